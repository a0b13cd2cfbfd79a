//! What a user may set: keys, colours, habits. Pure parsers; every mistake in a file is named with file:line:column.

pub mod diagnostic;
pub mod key;
pub mod keymap;
pub mod settings;
pub mod theme;

pub use diagnostic::Diagnostic;
pub use key::{Code, Key};
pub use keymap::{Keymap, Lookup};
pub use settings::Settings;
pub use theme::{Colour, Paint, Role, Theme};
