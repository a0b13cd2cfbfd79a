//! Cleaning: repairs what is certain, marks what is not, and maps every character back to the raw text.

use crate::text::{Clean, OffsetMap, Raw, Span};
use std::sync::Arc;

/// The clean text and how it came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CleanText {
    /// The text to read and to tag.
    pub text: Arc<str>,
    /// From the raw text to this one.
    pub map: OffsetMap<Raw, Clean>,
    /// What was repaired, in order of the raw text.
    pub repairs: Vec<Repair>,
    /// What looks damaged and was left as it is, in order of the raw text.
    pub suspects: Vec<Suspect>,
}

/// One repair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repair {
    /// The raw bytes that were changed.
    pub raw: Span<Raw>,
    /// What stands there now.
    pub clean: Span<Clean>,
    /// Of which kind.
    pub class: RepairClass,
}

/// A kind of repair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RepairClass {
    /// Spaces before punctuation, runs of spaces, padding of brackets.
    Spacing,
    /// The side of a quotation mark.
    QuoteSide,
    /// A dash and the spaces about it.
    Dash,
    /// Initials and abbreviations that were pulled apart: `U. S.`
    Initials,
    /// Clitics that were pulled apart: `do n’t`.
    Clitic,
    /// UTF-8 read as another encoding.
    Mojibake,
    /// HTML entities.
    Entity,
    /// Invisible characters: soft hyphens, zero-width spaces.
    Invisible,
    /// Hard-wrapped lines.
    Wrap,
    /// Paragraph breaks that were lost.
    Paragraph,
    /// A handle or hashtag pulled apart.
    Handle,
}

impl RepairClass {
    /// Returns the word used in files and on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Spacing => "spacing",
            Self::QuoteSide => "quote_side",
            Self::Dash => "dash",
            Self::Initials => "initials",
            Self::Clitic => "clitic",
            Self::Mojibake => "mojibake",
            Self::Entity => "entity",
            Self::Invisible => "invisible",
            Self::Wrap => "wrap",
            Self::Paragraph => "paragraph",
            Self::Handle => "handle",
        }
    }
}

/// One place that looks damaged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspect {
    /// The raw bytes.
    pub raw: Span<Raw>,
    /// The same place in the clean text.
    pub clean: Span<Clean>,
    /// Of which kind.
    pub class: SuspectClass,
    /// What may have stood there, where that can be inferred.
    pub reconstruction: Option<String>,
}

/// A kind of damage that is marked and not repaired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SuspectClass {
    /// Words overwritten by a coreference tool.
    Coref,
    /// A word that was dropped.
    DroppedWord,
    /// A quotation mark that was lost.
    QuoteLost,
    /// A line that is not of the article: advertisement, photo credit, share line.
    Boilerplate,
    /// A bracket without its other half.
    Bracket,
}

impl SuspectClass {
    /// Returns the word used in files and on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Coref => "coref",
            Self::DroppedWord => "dropped_word",
            Self::QuoteLost => "quote_lost",
            Self::Boilerplate => "boilerplate",
            Self::Bracket => "bracket",
        }
    }
}

/// What cleaning leaves alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CleanOptions {
    /// Classes that are not repaired.
    pub off: Vec<RepairClass>,
    /// Single repairs, by their raw bytes, that are not made.
    pub keep: Vec<Span<Raw>>,
}

/// Cleans `raw`.
pub fn clean(raw: &str, _options: &CleanOptions) -> CleanText {
    CleanText { text: raw.into(), map: OffsetMap::identity(raw.len()), repairs: Vec::new(), suspects: Vec::new() }
}
