//! Places to go to and to come back to.

use crate::annotation::{Anchor, NoteId};
use crate::app::screen::Pane;
use crate::text::{Raw, Span};

/// Where the reader was in an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Return {
    /// The first byte of the selected quotation in Raw: its number may be another when the article is read again.
    pub selected: Option<usize>,
    /// The first byte shown in Raw.
    pub top: usize,
    /// The pane that had the keys.
    pub focus: Pane,
    /// The text that led.
    pub lead: Pane,
    /// How many quotations there were.
    pub quotes: Option<usize>,
    /// How sure the program was of the open quotation it was least sure of, in percent.
    pub sure: Option<u8>,
}

/// How many places are kept.
pub const MOST: usize = 200;

/// Where to go in an article.
#[derive(Debug, Clone, PartialEq)]
pub enum Arrival {
    /// To a stretch of its raw text, in bytes.
    Place(Span<Raw>),
    /// To where an anchor stands.
    Anchor(Box<Anchor>),
    /// To the quotation or the passage of a note.
    Note(NoteId),
    /// Back to where the reader was: the first byte in sight, and the selected quotation.
    Back(Return),
}

/// A place the reader left by a jump.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jump {
    /// The article's place in the list.
    pub entry: usize,
    /// Where in it.
    pub at: Return,
}

/// The places the reader jumped from, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Jumps {
    /// The places.
    pub list: Vec<Jump>,
    /// How many of them lie behind the reader; those from here on lie ahead.
    pub at: usize,
}
