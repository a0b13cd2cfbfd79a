//! Anchors: a place in the raw text written so that it can be found again after the text changed.

use super::model::{Anchor, Part, Range};
use crate::text::{PointIndex, Raw, Span};

/// How many code points of context an anchor keeps on either side (W3C Web Annotation's TextQuoteSelector leaves the
/// length open; 32 is what Hypothesis uses).
pub const CONTEXT: usize = 32;

/// The raw text with its code point index: what anchors are made from and looked up in.
#[derive(Debug, Clone, Copy)]
pub struct RawText<'a> {
    /// The raw text.
    pub text: &'a str,
    /// Its index.
    pub index: &'a PointIndex,
}

impl RawText<'_> {
    /// Makes the anchor of these spans; spans that fit no character boundary give an empty part.
    pub fn anchor(&self, spans: &[Span<Raw>]) -> Anchor {
        let parts = spans
            .iter()
            .map(|span| Part {
                range: Range {
                    start: self.index.to_points(self.text, span.start),
                    end: self.index.to_points(self.text, span.end),
                },
                exact: span.of(self.text).to_owned(),
            })
            .collect();
        let before = spans.first().and_then(|span| self.text.get(..span.start)).unwrap_or("");
        let behind = spans.last().and_then(|span| self.text.get(span.end..)).unwrap_or("");
        let skip = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
        Anchor { parts, prefix: before[skip..].to_owned(), suffix: behind.chars().take(CONTEXT).collect() }
    }

    /// Returns where the anchor stands in this text, or `None` where it is no longer there (an orphan).
    pub fn locate(&self, anchor: &Anchor) -> Option<Vec<Span<Raw>>> {
        let spans: Option<Vec<Span<Raw>>> = anchor
            .parts
            .iter()
            .map(|part| {
                let start = self.index.to_bytes(self.text, part.range.start)?;
                let end = self.index.to_bytes(self.text, part.range.end)?;
                let span = Span::new(start, end);
                (span.of(self.text) == part.exact).then_some(span)
            })
            .collect();
        spans.filter(|spans| !spans.is_empty())
    }
}
