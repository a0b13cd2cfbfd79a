//! Quotation marks: where they stand, and on which side of the quoted words each stands, decided for the whole text.
//!
//! Not by alternation, which one nested or lost mark turns upside down from there on. All readings of all marks together
//! are weighed over how deep in quotations the text is ([`search`]): for each mark the spaces, stops, capitals and reporting
//! words about it, for each stretch between two marks its length, persons and tenses, and nesting, a mark that closes two
//! quotations, a quotation re-opened at a paragraph and a lost mark each have their price ([`facts`], learnt).

mod classes;
mod context;
pub mod facts;
pub mod search;
mod single;
mod weights;

use super::lists::{self, flag};
use super::words::Word;

pub use context::last_word;

/// Tells whether `word` reports speech; only forms that rarely do anything else.
pub fn is_report(word: &str) -> bool {
    lists::is(word, flag::REPORT)
}

/// Tells whether `word` is a title that is written with a stop.
pub fn is_title(word: &str) -> bool {
    lists::is(word, flag::TITLE)
}

/// On which side of the quoted words a mark stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Before them.
    Open,
    /// After them.
    Close,
    /// No quotation mark: an apostrophe, belonging to the word before it or after it.
    Apostrophe(Lean),
}

/// To which word an apostrophe belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lean {
    /// The word before it: `the voters’`.
    Before,
    /// The word after it: `’90s`.
    After,
    /// Both: `it’s`.
    Both,
}

/// What a mark does beside opening or closing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// Opens or closes one quotation.
    #[default]
    Plain,
    /// Opens a quotation inside another.
    Nested,
    /// Opens again at a new paragraph what is not closed yet.
    Reopen,
    /// Closes two quotations with one mark.
    ClosesTwo,
    /// Has lost its other half: a close that nothing opened, or an open in an open quotation.
    Unpaired,
}

/// One quotation mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Double (`"`, `“`, ` `` `) or single (`'`, `‘`).
    pub double: bool,
    /// The side that was decided.
    pub side: Side,
    /// What it does beside.
    pub role: Role,
}

/// Returns the marks of tokenised `text`, whose words are `words`, in order with their sides. Apostrophes inside words are
/// not marks. The words at the bytes `overwritten` (in order) are not the article's own: they are no evidence.
pub fn read(text: &str, words: &[Word], overwritten: &[(usize, usize)]) -> Vec<Mark> {
    let mut marks = find(text);
    search::decide(text, words, &mut marks, overwritten, &weights::WEIGHTS);
    single::decide(text, &mut marks);
    marks
}

/// Finds the marks; directional ones have their side, the others open.
pub fn find(text: &str) -> Vec<Mark> {
    let bytes = text.as_bytes();
    let mut marks = Vec::new();
    let mut end = 0;
    for at in memchr::memchr3_iter(b'"', b'\'', 0xE2, bytes) {
        if at < end {
            continue;
        }
        let (len, double) = match &bytes[at..] {
            [b'"', ..] | [0xE2, 0x80, 0x9C..=0x9F, ..] => (if bytes[at] == b'"' { 1 } else { 3 }, true),
            [b'\'', b'\'', ..] => (2, true),
            [b'\'', ..] => (1, false),
            [0xE2, 0x80, 0x98..=0x9B, ..] => (3, false),
            _ => continue,
        };
        end = at + len;
        if !double && context::inside_word(text, at, end) {
            continue;
        }
        let side = match &bytes[at..end] {
            [b'\'', b'\''] | [_, _, 0x99 | 0x9D] => Side::Close,
            _ => Side::Open,
        };
        marks.push(Mark { start: at, end, double, side, role: Role::Plain });
    }
    // The Penn Treebank's opening marks: two backticks, or one.
    let found = marks.len();
    let mut end = 0;
    for at in memchr::memchr_iter(b'`', bytes) {
        if at >= end {
            end = if bytes.get(at + 1) == Some(&b'`') { at + 2 } else { at + 1 };
            marks.push(Mark { start: at, end, double: end == at + 2, side: Side::Open, role: Role::Plain });
        }
    }
    if marks.len() > found {
        marks.sort_unstable_by_key(|mark| mark.start);
    }
    marks
}

#[cfg(test)]
mod tests;
