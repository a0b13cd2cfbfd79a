//! The notes of one reader on one article.

use crate::engine::{Interval, QuoteKind};
use jiff::Timestamp;
use std::collections::BTreeMap;
use uuid::Uuid;

/// The id of a note; sorts by the time it was made (UUID version 7).
pub type NoteId = Uuid;

/// The moment of an edit and a fresh id, handed in from the runtime: this floor knows no clock and no chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// When.
    pub now: Timestamp,
    /// An id that no note has yet.
    pub id: NoteId,
}

impl Stamp {
    /// Returns the `n`th id of this stamp, for an edit that makes several notes.
    pub fn nth_id(&self, n: u64) -> NoteId {
        Uuid::from_u128(self.id.as_u128().wrapping_add(u128::from(n)))
    }
}

/// Everything one reader noted on one article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Annotations {
    /// Notes on quotations, found and new.
    pub quotes: BTreeMap<NoteId, QuoteNote>,
    /// Notes on speakers: names, merges.
    pub speakers: BTreeMap<NoteId, SpeakerNote>,
    /// Notes on the article as a whole.
    pub article: ArticleNote,
}

/// A half-open range of code points of the raw text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Range {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// One stretch of the raw text, with enough of it to find it again in a changed article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Where it stood.
    pub range: Range,
    /// The text itself, exactly.
    pub exact: String,
}

/// A place in the raw text: one part or several, with what stands before the first and behind the last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Anchor {
    /// The parts in order.
    pub parts: Vec<Part>,
    /// Up to 32 code points before the first part.
    pub prefix: String,
    /// Up to 32 code points behind the last part.
    pub suffix: String,
}

/// Who made a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The program found it; the note decides about it.
    Found,
    /// The reader added it.
    Reader,
}

/// What the reader decided about a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// Nothing yet; it may carry tags or a memo all the same.
    Open,
    /// It is right as it stands in the resolved view.
    Accepted,
    /// It is no quotation.
    Rejected,
}

/// Who speaks, by the reader's word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpeakerChoice {
    /// Somebody of this name.
    Named(String),
    /// Nobody who could be named.
    Nobody,
}

/// The reader's note on one quotation. What is `None` is as the program found it.
#[derive(Debug, Clone, PartialEq)]
pub struct QuoteNote {
    /// Its id.
    pub id: NoteId,
    /// Where the quotation stands. For `Origin::Found`, what the program found when the note was made, or what the
    /// reader moved it to.
    pub anchor: Anchor,
    /// For a found quotation whose edges the reader moved: where the program had found it.
    pub found: Option<Anchor>,
    /// Who made the quotation.
    pub origin: Origin,
    /// The decision.
    pub status: Status,
    /// Another kind.
    pub kind: Option<QuoteKind>,
    /// Another speaker.
    pub speaker: Option<SpeakerChoice>,
    /// Another source mention.
    pub source: Option<Anchor>,
    /// Another cue.
    pub cue: Option<Anchor>,
    /// Another date.
    pub said_at: Option<Interval>,
    /// Tags in the order they were given, each once.
    pub tags: Vec<String>,
    /// A memo.
    pub memo: Option<String>,
    /// When the note was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub modified: Timestamp,
}

/// The reader's word on one speaker: a name, and every found name that means the same.
#[derive(Debug, Clone, PartialEq)]
pub struct SpeakerNote {
    /// Its id.
    pub id: NoteId,
    /// The name to show.
    pub name: String,
    /// The found labels (names or descriptions) that this speaker takes over.
    pub also: Vec<String>,
    /// Whether it is nobody who speaks.
    pub not_a_person: bool,
    /// A memo.
    pub memo: Option<String>,
    /// When the note was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub modified: Timestamp,
}

/// The reader's word on the article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ArticleNote {
    /// The article's date.
    pub date: Option<Interval>,
    /// A memo.
    pub memo: Option<String>,
    /// Whether the reader has marked it as done.
    pub done: bool,
    /// Whether the reader has flagged it.
    pub flagged: bool,
}
