//! Text and places in it: typed spans, the offset map, lines, tokens, and characters as they may be shown.

pub mod cells;
pub mod lines;
pub mod map;
pub mod points;
pub mod span;
pub mod tokens;
pub mod visible;

pub use lines::LineIndex;
pub use map::OffsetMap;
pub use points::PointIndex;
pub use span::{Clean, Raw, Span};
pub use tokens::{Token, TokenKind, Tokens};
