//! Which stretches of a text touch a given one: found among thousands without looking at each.

use crate::text::{Raw, Span};

/// Stretches of the raw text with their numbers, in order.
#[derive(Debug, Default)]
pub struct Nearby {
    hulls: Vec<(Span<Raw>, usize)>,
    /// For each of them, where the farthest of it and those before it ends, in bytes.
    reach: Vec<usize>,
}

impl Nearby {
    /// Puts stretches in order; each has its place in the list as its number.
    pub fn new(hulls: impl Iterator<Item = Span<Raw>>) -> Self {
        let mut hulls: Vec<(Span<Raw>, usize)> = hulls.enumerate().map(|(n, hull)| (hull, n)).collect();
        hulls.sort();
        let mut end = 0;
        let reach = hulls
            .iter()
            .map(|(hull, _)| {
                end = end.max(hull.end);
                end
            })
            .collect();
        Self { hulls, reach }
    }

    /// Returns the numbers of those that share a byte with `place`, in no order.
    pub fn touching(&self, place: Span<Raw>) -> impl Iterator<Item = usize> + '_ {
        let until = self.hulls.partition_point(|(hull, _)| hull.start < place.end);
        let near = (0..until).rev().take_while(move |&n| self.reach[n] > place.start);
        near.map(|n| self.hulls[n]).filter(move |(hull, _)| hull.overlaps(place)).map(|(_, n)| n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn finds_what_a_look_at_each_finds(all in prop::collection::vec((0..60_usize, 0..20_usize), 0..20), at in 0..60_usize, length in 0..20_usize) {
            let spans: Vec<Span<Raw>> = all.iter().map(|&(start, length)| Span::new(start, start + length)).collect();
            let place = Span::new(at, at + length);
            let mut found: Vec<usize> = Nearby::new(spans.iter().copied()).touching(place).collect();
            found.sort_unstable();
            let each: Vec<usize> = (0..spans.len()).filter(|&n| spans[n].overlaps(place)).collect();
            prop_assert_eq!(found, each);
        }
    }
}
