//! Which quotations are under review, and in which order.

use crate::annotation::Status;
use crate::app::article::document::Document;

/// What `j`, `k` and the keys for the next open quotation step through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only those that are not decided.
    pub open: bool,
    /// Only those of this speaker.
    pub speaker: Option<String>,
    /// The one that the program was least sure of first; else in the order of the text.
    pub least_sure: bool,
}

impl Filter {
    /// Tells whether every quotation is under review, in the order of the text.
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// Tells whether quotation `n` is under review.
    pub fn passes(&self, document: &Document, n: usize) -> bool {
        let Some(quote) = document.resolved.quotes.get(n) else { return false };
        let speaker = || quote.speaker.and_then(|n| document.resolved.speakers.get(n)).map(|speaker| &speaker.name);
        (!self.open || quote.status == Status::Open)
            && self.speaker.as_ref().is_none_or(|wanted| speaker() == Some(wanted))
    }

    /// Returns the quotations under review in their order.
    pub fn order(&self, document: &Document) -> Vec<usize> {
        let mut out: Vec<usize> = (0..document.resolved.quotes.len()).filter(|&n| self.passes(document, n)).collect();
        if self.least_sure {
            out.sort_by_key(|&n| self.key(document, n));
        }
        out
    }

    /// Returns the next quotation under review behind `from`, or the one before it; the first where nothing is selected.
    /// `from` itself need not be under review: it has its place in the order all the same.
    pub fn step(&self, document: &Document, from: Option<usize>, forward: bool) -> Option<usize> {
        let order = self.order(document);
        let Some(from) = from.map(|n| self.key(document, n)) else { return order.first().copied() };
        let at = order.partition_point(|&n| self.key(document, n) < from);
        if forward {
            order[at..].iter().copied().find(|&n| self.key(document, n) > from)
        } else {
            order[..at].last().copied()
        }
    }

    /// Returns the next quotation under review that is not decided, around the end; `from` comes last.
    pub fn next_open(&self, document: &Document, from: Option<usize>) -> Option<usize> {
        let open = Self { open: true, ..self.clone() };
        open.step(document, from, true).filter(|_| from.is_some()).or_else(|| open.order(document).first().copied())
    }

    /// Returns how many of those under review are not decided.
    pub fn left(&self, document: &Document) -> usize {
        let open = Self { open: true, ..self.clone() };
        (0..document.resolved.quotes.len()).filter(|&n| open.passes(document, n)).count()
    }

    /// Says what is under review: `undecided · only Ann Bell · least sure first`; nothing where all are, in order.
    pub fn words(&self) -> String {
        let speaker = self.speaker.as_ref().map(|name| format!("only {name}"));
        let open = self.open.then(|| "undecided".to_owned());
        let order = self.least_sure.then(|| "least sure first".to_owned());
        [open, speaker, order].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    /// The place of a quotation in the order. How sure the program was does not change with a decision, so that nothing
    /// moves under the reader's hand.
    fn key(&self, document: &Document, n: usize) -> (u32, usize) {
        let found = document.resolved.quotes.get(n).and_then(|quote| quote.found);
        let found = found.and_then(|found| document.analysis.as_ref()?.quotes.get(found));
        let sure = found.map_or(1.0, |quote| quote.confidence.clamp(0.0, 1.0));
        // A positive float's bits are in its order.
        (if self.least_sure { sure.to_bits() } else { 0 }, n)
    }
}
