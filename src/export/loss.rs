//! What a format could not hold, counted.

use crate::text::counted;
use std::fmt;

// What several formats cannot hold.

/// Why the program found something.
pub const REASONS: [&str; 2] = ["reason for a finding is left out", "reasons for a finding are left out"];
/// What the reader rejected.
pub const REJECTED: [&str; 2] = ["rejected quotation is left out", "rejected quotations are left out"];
/// Where quotations stand.
pub const OFFSETS: [&str; 2] = ["offset of a quotation is left out", "offsets of quotations are left out"];
/// What the reader tagged.
pub const TAGS: [&str; 2] = ["tag is left out", "tags are left out"];
/// Memos on quotations and passages.
pub const MEMOS: [&str; 2] = ["memo is left out", "memos are left out"];
/// Memos on articles.
pub const ARTICLE_MEMOS: [&str; 2] = ["memo on an article is left out", "memos on articles are left out"];
/// Memos on speakers.
pub const SPEAKER_MEMOS: [&str; 2] = ["memo on a speaker is left out", "memos on speakers are left out"];
/// Who speaks, beside the source as written.
pub const NAMES: [&str; 2] = ["name of a speaker is left out", "names of speakers are left out"];
/// When it was said.
pub const DATES: [&str; 2] = ["date of a quotation is left out", "dates of quotations are left out"];
/// How sure the program is.
pub const CONFIDENCE: [&str; 2] = ["degree of confidence is left out", "degrees of confidence are left out"];

/// What a format could not hold: each kind of loss with how often it came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LossReport {
    losses: Vec<([&'static str; 2], usize)>,
}

impl LossReport {
    /// Counts `times` more losses of one kind, told in words that fit behind 1 and behind more: `memo is left out`,
    /// `memos are left out`.
    pub fn add(&mut self, what: [&'static str; 2], times: usize) {
        if times == 0 {
            return;
        }
        match self.losses.iter_mut().find(|(known, _)| *known == what) {
            Some((_, count)) => *count += times,
            None => self.losses.push((what, times)),
        }
    }

    /// Takes over what another report counted.
    pub fn merge(&mut self, other: Self) {
        other.losses.into_iter().for_each(|(what, times)| self.add(what, times));
    }

    /// Tells whether nothing was lost.
    pub fn is_empty(&self) -> bool {
        self.losses.is_empty()
    }
}

/// A line each: `3 memos are left out`.
impl fmt::Display for LossReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, ([one, many], count)) in self.losses.iter().enumerate() {
            let end = if n == 0 { "" } else { "\n" };
            write!(f, "{end}{}", counted(*count, one, many))?;
        }
        Ok(())
    }
}
