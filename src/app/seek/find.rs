//! The places that a search of the text found, and the one the reader is at.

use crate::app::screen::Pane;
use crate::text::Pattern;
use std::ops::Range;

/// How many places are kept.
pub const MOST: usize = 100_000;

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What was typed.
    pub query: String,
    /// In which text.
    pub pane: Pane,
    /// Where it stands, in order.
    pub places: Vec<Range<usize>>,
    /// The number of the place the reader is at.
    pub at: usize,
}

/// Finds `pattern` in `text`, and the place nearest at or behind byte `from`. `None` where it stands nowhere.
pub fn find(text: &str, pattern: &Pattern, pane: Pane, from: usize) -> Option<Found> {
    let places = pattern.places(text, MOST);
    let at = places.partition_point(|place| place.start < from);
    let at = if at < places.len() { at } else { 0 };
    (!places.is_empty()).then(|| Found { query: pattern.query().to_owned(), pane, places, at })
}

impl Found {
    /// Goes to the next place or the one before, around the end.
    pub fn step(&mut self, forward: bool) {
        let count = self.places.len();
        self.at = if forward { (self.at + 1) % count } else { (self.at + count - 1) % count };
    }

    /// Returns the place the reader is at.
    pub fn place(&self) -> Range<usize> {
        self.places[self.at.min(self.places.len() - 1)].clone()
    }

    /// Returns the places that share a byte with `range`.
    pub fn within(&self, range: &Range<usize>) -> &[Range<usize>] {
        let first = self.places.partition_point(|place| place.end <= range.start);
        let last = self.places.partition_point(|place| place.start < range.end);
        &self.places[first..last.max(first)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::pattern::Kind;

    #[test]
    fn begins_where_the_reader_is_and_goes_around() {
        let pattern = Pattern::new("a", Kind::Words).expect("it is whole");
        let mut found = find("a b a b a", &pattern, Pane::Raw, 3).expect("it is there");
        assert_eq!(found.place(), 4..5);
        found.step(true);
        found.step(true);
        assert_eq!(found.place(), 0..1);
        found.step(false);
        assert_eq!(found.place(), 8..9);
        assert_eq!(found.within(&(1..5)).len(), 1);
    }
}
