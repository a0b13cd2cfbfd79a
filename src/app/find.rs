//! Searching the text: every place where the words stand, upper and lower case alike unless a capital is typed.

use super::screen::Pane;
use aho_corasick::{AhoCorasick, MatchKind};
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

/// Finds `query` in `text`, and the place nearest at or behind byte `from`. `None` where it stands nowhere.
pub fn find(text: &str, query: &str, pane: Pane, from: usize) -> Option<Found> {
    let exact = query.chars().any(char::is_uppercase);
    // Letters beyond ASCII are looked for as typed and as capitals.
    let mut patterns = vec![query.to_owned()];
    if !exact && !query.is_ascii() {
        patterns.push(query.to_uppercase());
        let mut letters = query.chars();
        patterns.extend(letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()));
    }
    let finder = AhoCorasick::builder()
        .ascii_case_insensitive(!exact)
        .match_kind(MatchKind::LeftmostLongest)
        .build(patterns.iter().filter(|pattern| !pattern.is_empty()))
        .ok()?;
    let places: Vec<Range<usize>> = finder.find_iter(text).take(MOST).map(|found| found.range()).collect();
    let at = places.partition_point(|place| place.start < from);
    let at = if at < places.len() { at } else { 0 };
    (!places.is_empty()).then(|| Found { query: query.to_owned(), pane, places, at })
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

    #[test]
    fn minds_case_only_where_a_capital_is_typed() {
        let text = "Khan, khan, KHAN; Ärger, ärger";
        let count = |query: &str| find(text, query, Pane::Clean, 0).map_or(0, |found| found.places.len());
        assert_eq!([count("khan"), count("Khan"), count("ärger"), count("x"), count("")], [3, 1, 2, 0, 0]);
    }

    #[test]
    fn begins_where_the_reader_is_and_goes_around() {
        let mut found = find("a b a b a", "a", Pane::Raw, 3).expect("it is there");
        assert_eq!(found.place(), 4..5);
        found.step(true);
        found.step(true);
        assert_eq!(found.place(), 0..1);
        found.step(false);
        assert_eq!(found.place(), 8..9);
        assert_eq!(found.within(&(1..5)).len(), 1);
    }
}
