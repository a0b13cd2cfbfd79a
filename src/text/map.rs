//! The offset map: which bytes of one text became which bytes of another.
//!
//! Records only the places that changed; all between them was copied. Built in order, composed with [`OffsetMap::then`],
//! so that each cleaning pass maps its own text and the whole leads back to the raw one.

use super::Span;
use std::marker::PhantomData;

/// One changed place: bytes `from` of the first text became bytes `to` of the second. Either may be empty, not both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Edit {
    from_start: usize,
    from_end: usize,
    to_start: usize,
    to_end: usize,
}

/// A stretch of the map as it is seen from outside; stretches cover both texts without a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<A, B> {
    /// The bytes in the first text.
    pub from: Span<A>,
    /// The bytes in the second text.
    pub to: Span<B>,
    /// Whether the bytes are the same, one for one.
    pub copied: bool,
}

/// Maps bytes of text `A` to bytes of text `B` and back.
///
/// Monotone: what comes first in one comes first in the other. Canonical: changed places that touch are one place, so
/// two maps with the same effect are equal and composition is associative.
#[derive(Clone, PartialEq, Eq)]
pub struct OffsetMap<A, B> {
    edits: Vec<Edit>,
    from_len: usize,
    to_len: usize,
    spaces: PhantomData<fn() -> (A, B)>,
}

impl<A, B> std::fmt::Debug for OffsetMap<A, B> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "OffsetMap({} -> {}, {:?})", self.from_len, self.to_len, self.edits)
    }
}

/// Collects the changed places in order and makes the map.
pub struct MapBuilder<A, B> {
    map: OffsetMap<A, B>,
}

impl<A, B> OffsetMap<A, B> {
    /// Makes the map of a text of `len` bytes that did not change.
    pub fn identity(len: usize) -> Self {
        Self { edits: Vec::new(), from_len: len, to_len: len, spaces: PhantomData }
    }

    /// Starts a map; see [`MapBuilder`].
    pub fn builder() -> MapBuilder<A, B> {
        MapBuilder { map: Self::identity(0) }
    }

    /// Returns the length of the first text in bytes.
    pub fn from_len(&self) -> usize {
        self.from_len
    }

    /// Returns the length of the second text in bytes.
    pub fn to_len(&self) -> usize {
        self.to_len
    }

    /// Tells whether nothing changed.
    pub fn is_identity(&self) -> bool {
        self.edits.is_empty()
    }

    /// Returns the stretches in order, copied and changed.
    pub fn pieces(&self) -> impl Iterator<Item = Piece<A, B>> + '_ {
        let end =
            Edit { from_start: self.from_len, from_end: self.from_len, to_start: self.to_len, to_end: self.to_len };
        let mut at = (0, 0);
        self.edits.iter().copied().chain(std::iter::once(end)).flat_map(move |edit| {
            let copied =
                Piece { from: Span::new(at.0, edit.from_start), to: Span::new(at.1, edit.to_start), copied: true };
            let changed = Piece {
                from: Span::new(edit.from_start, edit.from_end),
                to: Span::new(edit.to_start, edit.to_end),
                copied: false,
            };
            at = (edit.from_end, edit.to_end);
            [copied, changed].into_iter().filter(|piece| !(piece.from.is_empty() && piece.to.is_empty()))
        })
    }

    /// Returns the span of `B` that holds what became of `span`; a changed place counts whole.
    ///
    /// An empty span gives the empty span at the place where its text would stand.
    pub fn forward(&self, span: Span<A>) -> Span<B> {
        self.forward_in_order()(span)
    }

    /// Returns a function that does the same; it is faster where each span begins at or behind the one before.
    pub fn forward_in_order(&self) -> impl FnMut(Span<A>) -> Span<B> + '_ {
        // All edits before this one end at or before the span before.
        let mut passed = 0;
        move |span| {
            let (start, end) =
                carry(&self.edits, &mut passed, (span.start, span.end), self.from_len, self.to_len, |e| {
                    (e.from_start, e.from_end, e.to_start, e.to_end)
                });
            Span::new(start, end)
        }
    }

    /// Returns the span of `A` from which `span` came; a changed place counts whole. Exact on copied text.
    pub fn back(&self, span: Span<B>) -> Span<A> {
        let (start, end) = carry(&self.edits, &mut 0, (span.start, span.end), self.to_len, self.from_len, |e| {
            (e.to_start, e.to_end, e.from_start, e.from_end)
        });
        Span::new(start, end)
    }

    /// Returns the map from `A` to `C`: this one, then `next`.
    ///
    /// # Panics
    /// Where `next` does not begin with a text of this one's second length: the two do not belong together.
    #[must_use]
    pub fn then<C>(&self, next: &OffsetMap<B, C>) -> OffsetMap<A, C> {
        assert_eq!(self.to_len, next.from_len, "maps of different texts");
        if self.is_identity() {
            let edits = next.edits.clone();
            return OffsetMap { edits, from_len: self.from_len, to_len: next.to_len, spaces: PhantomData };
        }
        let mut builder = OffsetMap::builder();
        let (mut i, mut j) = (0, 0);
        // How far B has run ahead of A and C of B, at the place reached.
        let (mut shift_a, mut shift_c) = (0_isize, 0_isize);
        while i < self.edits.len() || j < next.edits.len() {
            let first = self.edits.get(i).map(|e| e.to_start);
            let second = next.edits.get(j).map(|e| e.from_start);
            let start = first.into_iter().chain(second).min().unwrap_or(0);
            let from_start = start.wrapping_add_signed(-shift_a);
            let to_start = start.wrapping_add_signed(shift_c);
            let mut end = start;
            // Everything that touches, through either map, is one changed place.
            loop {
                if let Some(edit) = self.edits.get(i).filter(|e| e.to_start <= end) {
                    end = end.max(edit.to_end);
                    shift_a += (edit.to_end - edit.to_start) as isize - (edit.from_end - edit.from_start) as isize;
                    i += 1;
                } else if let Some(edit) = next.edits.get(j).filter(|e| e.from_start <= end) {
                    end = end.max(edit.from_end);
                    shift_c += (edit.to_end - edit.to_start) as isize - (edit.from_end - edit.from_start) as isize;
                    j += 1;
                } else {
                    break;
                }
            }
            builder.change(from_start..end.wrapping_add_signed(-shift_a), to_start..end.wrapping_add_signed(shift_c));
        }
        builder.finish(self.from_len, next.to_len)
    }
}

impl<A, B> MapBuilder<A, B> {
    /// Records that bytes `from` became bytes `to`. Nothing is recorded where both are empty.
    ///
    /// # Panics
    /// Where a place comes before the one recorded last, or the text between them has two lengths.
    pub fn change(&mut self, from: std::ops::Range<usize>, to: std::ops::Range<usize>) {
        if from.is_empty() && to.is_empty() {
            return;
        }
        let (last_from, last_to) = self.map.edits.last().map_or((0, 0), |e| (e.from_end, e.to_end));
        assert!(from.start >= last_from && to.start >= last_to, "changed places out of order");
        assert_eq!(from.start - last_from, to.start - last_to, "copied text has one length");
        match self.map.edits.last_mut() {
            Some(last) if last.from_end == from.start => {
                last.from_end = from.end;
                last.to_end = to.end;
            }
            _ => self.map.edits.push(Edit {
                from_start: from.start,
                from_end: from.end,
                to_start: to.start,
                to_end: to.end,
            }),
        }
    }

    /// Returns the map of texts of `from_len` and `to_len` bytes.
    ///
    /// # Panics
    /// Where the copied tail has two lengths.
    pub fn finish(mut self, from_len: usize, to_len: usize) -> OffsetMap<A, B> {
        let (last_from, last_to) = self.map.edits.last().map_or((0, 0), |e| (e.from_end, e.to_end));
        assert!(
            from_len >= last_from && to_len >= last_to && from_len - last_from == to_len - last_to,
            "copied tail has one length"
        );
        self.map.from_len = from_len;
        self.map.to_len = to_len;
        self.map
    }
}

/// How many edits are looked at one by one before the rest is searched by halves.
const ONE_BY_ONE: usize = 4;

/// Carries `span` across; `sides` gives an edit as (near start, near end, far start, far end). So many edits as were
/// `passed` are taken to end at or before `span`, if the last of them does.
fn carry(
    edits: &[Edit],
    passed: &mut usize,
    span: (usize, usize),
    near_len: usize,
    far_len: usize,
    sides: impl Fn(&Edit) -> (usize, usize, usize, usize),
) -> (usize, usize) {
    let (start, end) = (span.0.min(near_len), span.1.min(near_len));
    // The far place of near byte `at`, where the edits up to `count` lie before it.
    let shifted = |count: usize, at: usize| {
        let (near, far) = count.checked_sub(1).map_or((0, 0), |last| {
            let (_, near_end, _, far_end) = sides(&edits[last]);
            (near_end, far_end)
        });
        (far + at.saturating_sub(near)).min(far_len)
    };
    // The byte at `start` belongs to the last edit that begins at or before it and ends after it, if any.
    let search = |from: usize, over: &dyn Fn(&Edit) -> bool| {
        let near = edits[from..].iter().take(ONE_BY_ONE).take_while(|&e| over(e)).count();
        from + if near < ONE_BY_ONE { near } else { near + edits[from + near..].partition_point(over) }
    };
    let known = passed.checked_sub(1).and_then(|last| edits.get(last)).is_some_and(|e| sides(e).1 <= start);
    let before = search(if known { *passed } else { 0 }, &|e| sides(e).1 <= start);
    *passed = before;
    let far_start = match edits.get(before).map(&sides) {
        Some((near_start, _, far_start, _)) if near_start < start || (near_start == start && start < end) => far_start,
        _ => shifted(before, start),
    };
    if start == end {
        return (far_start, far_start);
    }
    let upto = search(before, &|e| sides(e).0 < end);
    let far_end = match upto.checked_sub(1).map(|last| sides(&edits[last])) {
        Some((_, near_end, _, far_end)) if near_end >= end => far_end,
        _ => shifted(upto, end),
    };
    (far_start, far_end.max(far_start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Clean, Raw};
    use proptest::prelude::*;

    type Map = OffsetMap<Raw, Clean>;

    /// Applies `plan` (copy n, drop m, add k; repeated) to a text of `len` bytes.
    fn planned<A, B>(len: usize, plan: &[(usize, usize, usize)]) -> OffsetMap<A, B> {
        let mut builder = OffsetMap::builder();
        let (mut from, mut to) = (0, 0);
        for &(copy, drop, add) in plan {
            let copy = copy.min(len - from);
            (from, to) = (from + copy, to + copy);
            let drop = drop.min(len - from);
            builder.change(from..from + drop, to..to + add);
            (from, to) = (from + drop, to + add);
        }
        builder.finish(len, to + len - from)
    }

    #[test]
    fn leads_there_and_back() {
        // `say , " no` -> `say, “no`
        let mut builder = Map::builder();
        builder.change(3..4, 3..3);
        builder.change(6..8, 5..8);
        let map = builder.finish(10, 10);
        assert_eq!(map.back(Span::new(0, 3)), Span::new(0, 3));
        assert_eq!(map.back(Span::new(3, 4)), Span::new(4, 5));
        assert_eq!(map.back(Span::new(5, 10)), Span::new(6, 10));
        assert_eq!(map.forward(Span::new(4, 5)), Span::new(3, 4));
        assert_eq!(map.forward(Span::new(3, 4)), Span::new(3, 3));
        assert_eq!(map.forward(Span::new(7, 9)), Span::new(5, 9));
        let copied: Vec<bool> = map.pieces().map(|piece| piece.copied).collect();
        assert_eq!(copied, [true, false, true, false, true]);
    }

    #[test]
    #[should_panic(expected = "out of order")]
    fn refuses_disorder() {
        let mut builder = Map::builder();
        builder.change(5..6, 5..5);
        builder.change(3..4, 3..4);
    }

    fn plan() -> impl Strategy<Value = Vec<(usize, usize, usize)>> {
        prop::collection::vec((0..6_usize, 0..4_usize, 0..4_usize), 0..8)
    }

    proptest! {
        #[test]
        fn is_monotone(len in 0..50_usize, plan in plan()) {
            let map: Map = planned(len, &plan);
            let mut last = Span::new(0, 0);
            for at in 0..map.to_len() {
                let raw = map.back(Span::new(at, at + 1));
                prop_assert!(raw.start >= last.start && raw.end >= last.end && raw.end <= map.from_len());
                last = raw;
            }
        }

        #[test]
        fn composes_associatively(len in 0..40_usize, a in plan(), b in plan(), c in plan()) {
            let f: OffsetMap<Raw, Raw> = planned(len, &a);
            let g: OffsetMap<Raw, Raw> = planned(f.to_len(), &b);
            let h: OffsetMap<Raw, Clean> = planned(g.to_len(), &c);
            prop_assert_eq!(f.then(&g).then(&h), f.then(&g.then(&h)));
        }

        #[test]
        fn is_exact_on_copied_text(len in 0..50_usize, a in plan(), b in plan()) {
            let f: OffsetMap<Raw, Raw> = planned(len, &a);
            let map: Map = f.then(&planned(f.to_len(), &b));
            for piece in map.pieces().filter(|piece| piece.copied) {
                for start in 0..piece.to.len() {
                    for end in start + 1..=piece.to.len() {
                        let clean = Span::new(piece.to.start + start, piece.to.start + end);
                        let raw = Span::new(piece.from.start + start, piece.from.start + end);
                        prop_assert_eq!(map.back(clean), raw);
                        prop_assert_eq!(map.forward(raw), clean);
                    }
                }
            }
        }
    }
}
