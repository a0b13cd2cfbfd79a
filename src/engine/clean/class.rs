//! Classes of words, by which what stands beside a name or a mark is told.

/// A class of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Class {
    /// The end of a sentence, or of the text.
    Stop,
    /// A comma, colon or semicolon.
    Comma,
    /// A quotation mark.
    Quote,
    /// A dash or bracket.
    Dash,
    /// `a`, `the`, `this`, `his`.
    Determiner,
    /// `’s`.
    Possessive,
    /// Forms of be, have, do.
    Auxiliary,
    /// `would`, `can`, `n’t`, `not`.
    Modal,
    /// `to`.
    To,
    /// Other prepositions.
    Preposition,
    /// `and`, `or`, `but`.
    And,
    /// `that`, `if`, `when`, `who`.
    Clause,
    /// Reporting verbs.
    Report,
    /// A subject pronoun.
    Subject,
    /// A title.
    Title,
    /// Another capitalised word.
    Capital,
    /// A word in -ed.
    Past,
    /// A word in -ing.
    Ing,
    /// A word in -ly.
    Adverb,
    /// A word in -s.
    Plural,
    /// A number.
    Number,
    /// Any other word.
    Other,
}

/// How many classes there are.
pub const CLASSES: usize = 22;
