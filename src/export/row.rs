//! One quotation as the formats write it: offsets in code points of the raw text, and the words.

use super::Document;
use crate::annotation::{ResolvedPassage, ResolvedQuote, ResolvedSpeaker, Status};
use crate::text::{Clean, PointIndex, Raw, Span};

/// A document with the index that turns bytes into code points.
pub struct Rows<'a> {
    /// The document.
    pub document: Document<'a>,
    index: PointIndex,
}

impl<'a> Rows<'a> {
    /// Reads the document's raw text once.
    pub fn new(document: Document<'a>) -> Self {
        Self { document, index: PointIndex::new(&document.article.text) }
    }

    /// Returns the quotations that were not rejected, each with its number in the view.
    pub fn quotes(&self) -> impl Iterator<Item = (usize, &'a ResolvedQuote)> + use<'a> {
        let quotes = self.document.resolved.quotes.iter().enumerate();
        quotes.filter(|(_, quote)| quote.status != Status::Rejected)
    }

    /// Returns those that were.
    pub fn rejected(&self) -> impl Iterator<Item = (usize, &'a ResolvedQuote)> + use<'a> {
        let quotes = self.document.resolved.quotes.iter().enumerate();
        quotes.filter(|(_, quote)| quote.status == Status::Rejected)
    }

    /// Returns the speaker of a quotation.
    pub fn speaker(&self, quote: &ResolvedQuote) -> Option<&'a ResolvedSpeaker> {
        self.document.resolved.speakers.get(quote.speaker?)
    }

    /// Returns the raw code points of a span.
    pub fn raw(&self, span: Span<Raw>) -> [usize; 2] {
        let text = &self.document.article.text;
        [self.index.to_points(text, span.start), self.index.to_points(text, span.end)]
    }

    /// Returns the raw code points of a span of the clean text.
    pub fn clean(&self, span: Span<Clean>) -> [usize; 2] {
        self.raw(self.document.analysis.clean.raw_span(span, &self.document.article.text))
    }

    /// Returns the raw text of a span.
    pub fn raw_text(&self, span: Span<Raw>) -> &'a str {
        span.of(&self.document.article.text)
    }

    /// Returns the raw text of a span of the clean text.
    pub fn back_text(&self, span: Span<Clean>) -> &'a str {
        self.raw_text(self.document.analysis.clean.raw_span(span, &self.document.article.text))
    }

    /// Returns the clean text of a span.
    pub fn clean_text(&self, span: Span<Clean>) -> &'a str {
        span.of(&self.document.analysis.clean.text)
    }

    /// Returns the words of a quotation in the clean text, its parts joined by ` […] `.
    pub fn words(&self, quote: &ResolvedQuote) -> String {
        quote.spans.iter().map(|&span| self.clean_text(span)).collect::<Vec<_>>().join(" […] ")
    }

    /// Returns the words of a passage in the clean text, its parts joined by ` […] `.
    pub fn passage_words(&self, passage: &ResolvedPassage) -> String {
        passage.spans.iter().map(|&span| self.clean_text(span)).collect::<Vec<_>>().join(" […] ")
    }

    /// Returns the paragraph around a stretch, at most some 200 bytes on either side, in the clean text.
    pub fn context(&self, hull: Span<Clean>) -> &'a str {
        const MOST: usize = 200;
        let text: &'a str = &self.document.analysis.clean.text;
        let (low, high) = (hull.start.saturating_sub(MOST), (hull.end + MOST).min(text.len()) + 1);
        let low = (low..hull.start).find(|&at| text.is_char_boundary(at)).unwrap_or(hull.start);
        let high = (hull.end..high).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(hull.end);
        let before = text.get(low..hull.start).unwrap_or("");
        let behind = text.get(hull.end..high).unwrap_or("");
        // From the paragraph's edge, or else from that of a word.
        let start = match before.rfind('\n') {
            Some(at) => at + 1,
            None if low == 0 => 0,
            None => before.find(' ').map_or(0, |at| at + 1),
        };
        let end = match behind.find('\n') {
            Some(at) => at,
            None if high >= text.len() => behind.len(),
            None => behind.rfind(' ').unwrap_or(0),
        };
        text.get(low + start..hull.end + end).unwrap_or("").trim()
    }

    /// Returns what the article is called: its title, else its id.
    pub fn title(&self) -> &'a str {
        self.document.article.title.as_deref().unwrap_or(&self.document.article.id)
    }

    /// Returns the article's file as text.
    pub fn source(&self) -> Option<String> {
        self.document.article.path.as_ref().map(|path| path.to_string_lossy().into_owned())
    }
}

/// Returns the word for a decision.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Open => "open",
        Status::Accepted => "accepted",
        Status::Rejected => "rejected",
    }
}
