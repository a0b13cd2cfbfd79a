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
    /// Stretches that carry tags without being quotations.
    pub passages: BTreeMap<NoteId, PassageNote>,
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

impl Anchor {
    /// Returns the words of the first part, exactly; none of an anchor without parts.
    pub fn words(&self) -> &str {
        self.parts.first().map_or("", |part| &part.exact)
    }
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

/// What a stretch of the text is to a quotation: the parts of an attribution relation (PARC 3.0: content, cue, source),
/// and to whom and about what it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuoteRole {
    /// The words themselves.
    Content,
    /// What says that they were said: `said`, `according to`.
    Cue,
    /// Who says them, as written.
    Source,
    /// To whom.
    Addressee,
    /// About what.
    Topic,
}

impl QuoteRole {
    /// Every role, in the order in which they are stepped through.
    pub const ALL: [Self; 5] = [Self::Content, Self::Cue, Self::Source, Self::Addressee, Self::Topic];

    /// Returns the word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Content => "content",
            Self::Cue => "cue",
            Self::Source => "source",
            Self::Addressee => "addressee",
            Self::Topic => "topic",
        }
    }
}

/// What fills the role of an addressee or a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filler {
    /// A stretch of the article.
    Stretch(Anchor),
    /// A name or words that the reader typed.
    Words(String),
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
    /// Another source mention; an anchor without parts says that there is none.
    pub source: Option<Anchor>,
    /// Another cue; an anchor without parts says that there is none.
    pub cue: Option<Anchor>,
    /// To whom it was said.
    pub addressee: Option<Filler>,
    /// About what it was said.
    pub topic: Option<Filler>,
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

impl QuoteNote {
    /// Makes a note on what the program found at `anchor` that says nothing yet.
    pub fn blank(id: NoteId, anchor: Anchor, at: Timestamp) -> Self {
        Self {
            id,
            anchor,
            found: None,
            origin: Origin::Found,
            status: Status::Open,
            kind: None,
            speaker: None,
            source: None,
            cue: None,
            addressee: None,
            topic: None,
            said_at: None,
            tags: Vec::new(),
            memo: None,
            created: at,
            modified: at,
        }
    }
}

/// The reader's word on one speaker: a name, and every found name that means the same.
#[derive(Debug, Clone, PartialEq)]
pub struct SpeakerNote {
    /// Its id.
    pub id: NoteId,
    /// The name to show.
    pub name: String,
    /// The found labels (names or descriptions) that this speaker takes over, and the names the reader added.
    pub also: Vec<String>,
    /// Mentions that the program gave to somebody else: they, and the quotations whose source they are, are this
    /// speaker's.
    pub taken: Vec<Anchor>,
    /// Whether it is nobody who speaks.
    pub not_a_person: bool,
    /// A memo.
    pub memo: Option<String>,
    /// When the note was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub modified: Timestamp,
}

/// A stretch that the reader tagged and that is no quotation: a phrase, a place, a claim of the paper itself.
#[derive(Debug, Clone, PartialEq)]
pub struct PassageNote {
    /// Its id.
    pub id: NoteId,
    /// Where it stands.
    pub anchor: Anchor,
    /// Its tags in the order they were given, each once.
    pub tags: Vec<String>,
    /// A memo.
    pub memo: Option<String>,
    /// When the note was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub modified: Timestamp,
}

/// Repairs of the article that the reader does not want.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Unrepaired {
    /// Whole classes, by their words ([`crate::engine::RepairClass::name`]); one that this program does not know is kept.
    pub classes: Vec<String>,
    /// Single places.
    pub places: Vec<Anchor>,
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
    /// What cleaning is to leave as it was.
    pub unrepaired: Unrepaired,
}
