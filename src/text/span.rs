//! A half-open byte range that knows which text it belongs to.

use std::cmp::{max, min};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

/// The text as it was read from the source, before any repair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Raw {}

/// The text after cleaning: what the reader sees and the engine works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clean {}

/// A half-open range of bytes in the text `S` (`Raw` or `Clean`).
///
/// Two spans of different texts cannot be compared or mixed: the compiler refuses it.
/// Ordered by start, then by end.
pub struct Span<S> {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    space: PhantomData<fn() -> S>,
}

impl<S> Span<S> {
    /// Makes the span of bytes `start..end`; an `end` before `start` gives an empty span at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: max(start, end), space: PhantomData }
    }

    /// Makes an empty span at byte `at`.
    pub fn empty(at: usize) -> Self {
        Self::new(at, at)
    }

    /// Returns the length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Tells whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Tells whether byte `at` lies inside.
    pub fn contains(self, at: usize) -> bool {
        self.start <= at && at < self.end
    }

    /// Tells whether `other` lies wholly inside (equal counts).
    pub fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Tells whether the two share a byte.
    pub fn overlaps(self, other: Self) -> bool {
        max(self.start, other.start) < min(self.end, other.end)
    }

    /// Returns how many bytes the two share.
    pub fn overlap(self, other: Self) -> usize {
        min(self.end, other.end).saturating_sub(max(self.start, other.start))
    }

    /// Returns the smallest span that holds both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self::new(min(self.start, other.start), max(self.end, other.end))
    }

    /// Returns the text of the span, or `""` where it does not fit `text` (past its end, or inside a character).
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// Returns the bytes as a range.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start..self.end
    }
}

/// Returns the hull of several spans, or `None` where there are none.
pub fn hull<S>(spans: &[Span<S>]) -> Option<Span<S>> {
    spans.iter().copied().reduce(Span::hull)
}

impl<S> Clone for Span<S> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<S> Copy for Span<S> {}
impl<S> PartialEq for Span<S> {
    fn eq(&self, other: &Self) -> bool {
        (self.start, self.end) == (other.start, other.end)
    }
}
impl<S> Eq for Span<S> {}
impl<S> PartialOrd for Span<S> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<S> Ord for Span<S> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.start, self.end).cmp(&(other.start, other.end))
    }
}
impl<S> Hash for Span<S> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.start, self.end).hash(state);
    }
}
impl<S> fmt::Debug for Span<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_and_holds() {
        let a = Span::<Raw>::new(2, 6);
        assert!(a.overlaps(Span::new(5, 9)) && !a.overlaps(Span::new(6, 9)));
        assert_eq!(a.overlap(Span::new(5, 9)), 1);
        assert!(a.covers(Span::new(2, 6)) && !a.covers(Span::new(1, 3)));
        assert_eq!(a.hull(Span::new(8, 9)), Span::new(2, 9));
        assert_eq!(Span::<Raw>::new(5, 1), Span::empty(5));
        assert_eq!(Span::<Raw>::new(1, 2).of("é"), "");
    }
}
