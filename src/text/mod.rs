//! Text and places in it: typed spans, the offset map, lines, tokens, search, and characters as they may be shown.

pub mod cells;
mod counted;
pub mod digest;
pub mod lines;
pub mod map;
pub mod pattern;
pub mod points;
pub mod span;
pub mod spelling;
pub mod tokens;
pub mod units;
pub mod visible;

pub use counted::counted;
pub use lines::LineIndex;
pub use map::OffsetMap;
pub use pattern::{BadPattern, Pattern};
pub use points::PointIndex;
pub use span::{Clean, Raw, Span};
pub use tokens::{Token, TokenKind, Tokens};
