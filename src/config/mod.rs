//! What a user may set: keys, colours, habits. Pure parsers; every mistake in a file is named with its file, line and column.

pub mod diagnostic;
mod document;
pub mod key;
pub mod keymap;
pub mod palette;
pub mod settings;
pub mod theme;
mod theme_file;

pub use diagnostic::Diagnostic;
pub use key::{Code, Key};
pub use keymap::{Keymap, Lookup};
pub use palette::Depth;
pub use settings::Settings;
pub use theme::{Colour, Paint, Role, Theme};
