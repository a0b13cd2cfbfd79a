//! Unitised alpha: agreement on where the units are, when every coder cut them out of the text for himself.

use super::measured::{Measured, Undefined};
use crate::annotation::model::Range;
use std::collections::BTreeMap;

/// The units of each coder on one continuum: no two of one coder overlap, and they stand in order.
pub type Lane = Vec<Vec<Range>>;

/// The disagreement observed and the one expected by chance, of which alpha is `1 - observed / expected`. The terms of
/// several categories (or lanes) are added before they are divided.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct UnitisedTerms {
    /// What the coders differ by.
    pub observed: f64,
    /// What they would differ by if they had put their units anywhere.
    pub expected: f64,
}

impl UnitisedTerms {
    /// Returns alpha, at most 1.
    pub fn alpha(self) -> Measured {
        if self.expected > 0.0 { Ok(1.0 - self.observed / self.expected) } else { Err(Undefined::NoVariation) }
    }
}

impl std::iter::Sum for UnitisedTerms {
    fn sum<I: Iterator<Item = Self>>(terms: I) -> Self {
        terms
            .fold(Self::default(), |a, b| Self { observed: a.observed + b.observed, expected: a.expected + b.expected })
    }
}

/// Spreads the units of each coder over lanes in which no two overlap: the outermost, longest first, lie in the first
/// lane, those nested in or overlapping them in the next. Both alphas below know no overlap within one category; lane by
/// lane they are defined all the same, and coders who marked the same agree fully. Empty units count for nothing.
pub fn lanes(coders: &[Vec<Range>]) -> Vec<Lane> {
    let mut lanes: Vec<Lane> = Vec::new();
    for (coder, units) in coders.iter().enumerate() {
        let mut units: Vec<Range> = units.iter().copied().filter(|unit| unit.start < unit.end).collect();
        units.sort_by_key(|unit| (unit.start, std::cmp::Reverse(unit.end)));
        for unit in units {
            let free = |lane: &Lane| lane[coder].last().is_none_or(|last| last.end <= unit.start);
            let at = lanes.iter().position(free).unwrap_or_else(|| {
                lanes.push(vec![Vec::new(); coders.len()]);
                lanes.len() - 1
            });
            lanes[at][coder].push(unit);
        }
    }
    lanes
}

/// Returns the terms of Krippendorff's first unitising alpha for one category on a text of `length` code points. It is
/// strict: edges count by the square of their distance.
///
/// Source: K. Krippendorff, *On the reliability of unitizing continuous data*, Sociological Methodology 25 (1995),
/// 47-76; with the expected disagreement as in *Measuring the reliability of qualitative text analysis data*, Quality &
/// Quantity 38 (2004), 787-800. Of two units that overlap, the squares of the distances of their first and last edges;
/// of a unit within a gap, the square of its length; expected: the same over all places that the units and gaps could
/// have to each other.
pub fn unitised_1995(lane: &Lane, length: usize) -> UnitisedTerms {
    let coders = lane.len() as f64;
    let continuum = length as f64;
    let units = lane.iter().map(Vec::len).sum::<usize>() as f64;
    if lane.len() < 2 || length == 0 || units == 0.0 {
        return UnitisedTerms::default();
    }
    let mut observed = 0.0;
    for (n, first) in lane.iter().enumerate() {
        for second in &lane[n + 1..] {
            observed += differences(first, second) + alone(first, second) + alone(second, first);
        }
    }
    let gaps = Gaps::new(lane, length);
    let mut expected = 0.0;
    let mut within = 0.0;
    for unit in lane.iter().flatten() {
        let l = (unit.end - unit.start) as f64;
        expected +=
            (units - 1.0) / 3.0 * (2.0 * l * l * l - 3.0 * l * l + l) + l * l * gaps.places(unit.end - unit.start);
        within += l * (l - 1.0);
    }
    UnitisedTerms {
        observed: 2.0 * observed / (coders * (coders - 1.0) * continuum * continuum),
        expected: 2.0 / continuum * expected / (coders * continuum * (coders * continuum - 1.0) - within),
    }
}

/// Sums the squared distances of the edges over all pairs that overlap.
fn differences(first: &[Range], second: &[Range]) -> f64 {
    let mut sum = 0.0;
    let mut from = 0;
    for a in first {
        while second.get(from).is_some_and(|b| b.end <= a.start) {
            from += 1;
        }
        for b in second[from..].iter().take_while(|b| b.start < a.end) {
            let (start, end) = (a.start as f64 - b.start as f64, a.end as f64 - b.end as f64);
            sum += start * start + end * end;
        }
    }
    sum
}

/// Sums the squared lengths of the units of `first` that overlap none of `second`.
fn alone(first: &[Range], second: &[Range]) -> f64 {
    let mut sum = 0.0;
    let mut from = 0;
    for a in first {
        while second.get(from).is_some_and(|b| b.end <= a.start) {
            from += 1;
        }
        if second.get(from).is_none_or(|b| b.start >= a.end) {
            let l = (a.end - a.start) as f64;
            sum += l * l;
        }
    }
    sum
}

/// The lengths of all gaps, longest first, with running sums.
struct Gaps {
    lengths: Vec<usize>,
    sums: Vec<f64>,
}

impl Gaps {
    fn new(lane: &Lane, length: usize) -> Self {
        let mut lengths = Vec::new();
        for units in lane {
            let mut at = 0;
            for unit in units {
                lengths.push(unit.start.saturating_sub(at));
                at = unit.end;
            }
            lengths.push(length.saturating_sub(at));
        }
        lengths.sort_unstable_by(|a, b| b.cmp(a));
        let mut sum = 0.0;
        let mut sums = vec![sum];
        for &gap in &lengths {
            sum += gap as f64;
            sums.push(sum);
        }
        Self { lengths, sums }
    }

    /// Counts the places within gaps that a unit of this length could have.
    fn places(&self, length: usize) -> f64 {
        let fit = self.lengths.partition_point(|&gap| gap >= length);
        self.sums[fit] - fit as f64 * (length as f64 - 1.0)
    }
}

/// Returns the terms of the revised unitising alpha (`uα` nominal) over all categories: the share of the text on which
/// the coders differ. `lane` has each coder's units with their category.
///
/// Source: K. Krippendorff, Y. Mathet, S. Bouvry, A. Widlöcher, *On the reliability of unitizing textual continua:
/// further developments*, Quality & Quantity 50 (2016), 2347-2364, which mends the coefficient of 1995 for more than
/// two coders. Observed: the length of all intersections of two coders' segments that differ in category (a gap is a
/// category too). Expected: the same between all places of all coders, but those within one unit, which hangs together;
/// the places of a gap do not.
pub fn unitised_2016<T: Ord>(lane: &[Vec<(Range, T)>], length: usize) -> UnitisedTerms {
    let coders = lane.len() as f64;
    if lane.len() < 2 || length == 0 || lane.iter().all(Vec::is_empty) {
        return UnitisedTerms::default();
    }
    let mut observed = 0.0;
    for (n, first) in lane.iter().enumerate() {
        for second in &lane[n + 1..] {
            observed += 2.0 * unlike(first, second) / (coders - 1.0);
        }
    }
    let all = coders * length as f64;
    let mut of_value: BTreeMap<&T, f64> = BTreeMap::new();
    let (mut squares, mut covered) = (0.0, 0.0);
    for (unit, value) in lane.iter().flatten() {
        let l = (unit.end - unit.start) as f64;
        *of_value.entry(value).or_default() += l;
        squares += l * l;
        covered += l;
    }
    let gap = all - covered;
    // All pairs of places but those within a unit, or of a place with itself in a gap; less those of one category.
    let pairs = all * all - squares - gap;
    let alike = of_value.values().map(|l| l * l).sum::<f64>() - squares + gap * (gap - 1.0);
    let expected = if pairs > 0.0 { all * (1.0 - alike / pairs) } else { 0.0 };
    UnitisedTerms { observed, expected: if expected < 1e-9 { 0.0 } else { expected } }
}

/// Counts the code points on which two coders differ in category.
fn unlike<T: Ord>(first: &[(Range, T)], second: &[(Range, T)]) -> f64 {
    let total = |units: &[(Range, T)]| units.iter().map(|(unit, _)| unit.end - unit.start).sum::<usize>();
    let (mut shared, mut alike, mut from) = (0, 0, 0);
    for (a, value) in first {
        while second.get(from).is_some_and(|(b, _)| b.end <= a.start) {
            from += 1;
        }
        for (b, other) in second[from..].iter().take_while(|(b, _)| b.start < a.end) {
            let both = a.end.min(b.end) - a.start.max(b.start);
            shared += both;
            alike += if value == other { both } else { 0 };
        }
    }
    // What is covered by either, less what both cover alike.
    (total(first) + total(second) - shared - alike) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ranges(list: &[(usize, usize)]) -> Vec<Range> {
        list.iter().map(|&(start, end)| Range { start, end }).collect()
    }

    #[test]
    fn the_worked_example_of_2004() {
        // Krippendorff 2004, figure 2: a continuum from 150 to 450, two observers, categories c and k.
        let c = vec![ranges(&[(75, 145), (220, 250)]), ranges(&[(70, 150), (205, 225), (250, 270)])];
        let k = vec![ranges(&[(30, 90), (150, 200)]), ranges(&[(30, 90), (150, 200)])];
        let (c, k) = (unitised_1995(&c, 300), unitised_1995(&k, 300));
        assert!((c.observed - 0.0144).abs() < 0.0001 && (c.expected - 0.0532).abs() < 0.0001, "{c:?}");
        assert!(k.observed == 0.0 && (k.expected - 0.0490).abs() < 0.0001, "{k:?}");
        let joint = [c, k].into_iter().sum::<UnitisedTerms>().alpha().unwrap();
        assert!((joint - 0.8587).abs() < 0.0001, "{joint}");
    }

    #[test]
    fn lanes_take_nested_units_apart() {
        let both = ranges(&[(0, 10), (2, 5), (12, 20), (18, 25)]);
        let lanes = lanes(&[both.clone(), both]);
        assert_eq!(lanes.len(), 2);
        assert_eq!(lanes[0][0], ranges(&[(0, 10), (12, 20)]));
        assert_eq!(lanes[1][1], ranges(&[(2, 5), (18, 25)]));
        let alpha = lanes.iter().map(|lane| unitised_1995(lane, 40)).sum::<UnitisedTerms>().alpha();
        assert_eq!(alpha, Ok(1.0));
    }

    #[test]
    fn nothing_marked_is_undefined() {
        assert!(unitised_1995(&vec![vec![], vec![]], 10).alpha().is_err());
        assert!(unitised_2016::<u8>(&[vec![], vec![]], 10).alpha().is_err());
        let whole = vec![(Range { start: 0, end: 10 }, 'c')];
        assert!(unitised_2016(&[whole.clone(), whole], 10).alpha().is_err(), "one unit is all there is");
    }

    /// A section as the definition of 1995 has it: every stretch of the continuum is a unit or a gap.
    #[derive(Clone, Copy, Debug)]
    struct Section {
        start: i64,
        end: i64,
        unit: bool,
    }

    fn section(start: usize, end: usize, unit: bool) -> Section {
        let small = |n: usize| i64::try_from(n).expect("it is small");
        Section { start: small(start), end: small(end), unit }
    }

    fn sections(units: &[Range], length: usize) -> Vec<Section> {
        let mut out = Vec::new();
        let mut at = 0;
        for unit in units {
            if at < unit.start {
                out.push(section(at, unit.start, false));
            }
            out.push(section(unit.start, unit.end, true));
            at = unit.end;
        }
        if at < length {
            out.push(section(at, length, false));
        }
        out
    }

    fn distance(a: Section, b: Section) -> i64 {
        let apart = a.end <= b.start || b.end <= a.start;
        let square = |n: i64| n * n;
        match (a.unit, b.unit) {
            (true, true) if !apart => square(a.start - b.start) + square(a.end - b.end),
            (true, false) if b.start <= a.start && a.end <= b.end => square(a.end - a.start),
            (false, true) if a.start <= b.start && b.end <= a.end => square(b.end - b.start),
            _ => 0,
        }
    }

    /// Both terms of 1995 from the definition: every section against every other, in every place they could have.
    fn brute_1995(lane: &Lane, length: usize) -> UnitisedTerms {
        let of: Vec<Vec<Section>> = lane.iter().map(|units| sections(units, length)).collect();
        let (m, l) = (lane.len() as f64, length as f64);
        let mut observed = 0;
        for (i, first) in of.iter().enumerate() {
            for (j, second) in of.iter().enumerate().filter(|&(j, _)| j != i) {
                assert_ne!(i, j);
                observed += first.iter().flat_map(|&a| second.iter().map(move |&b| distance(a, b))).sum::<i64>();
            }
        }
        let all: Vec<Section> = of.into_iter().flatten().collect();
        let mut expected = 0;
        for (n, &a) in all.iter().enumerate() {
            for (_, &b) in all.iter().enumerate().filter(|&(k, _)| k != n) {
                for shift in -(b.end - b.start)..=(a.end - a.start) {
                    let moved = Section { start: a.start + shift, end: a.start + shift + b.end - b.start, ..b };
                    expected += distance(a, moved);
                }
            }
        }
        let within: f64 =
            all.iter().filter(|s| s.unit).map(|s| ((s.end - s.start) * (s.end - s.start - 1)) as f64).sum();
        UnitisedTerms {
            observed: observed as f64 / (m * (m - 1.0) * l * l),
            expected: expected as f64 / l / (m * l * (m * l - 1.0) - within),
        }
    }

    /// Both terms of 2016 from the definition: place by place.
    fn brute_2016(lane: &[Vec<(Range, u8)>], length: usize) -> UnitisedTerms {
        // Of each place: the coder, the unit it is in (or itself, in a gap) and the category.
        let mut places = Vec::new();
        for (coder, units) in lane.iter().enumerate() {
            for at in 0..length {
                let unit = units.iter().position(|(unit, _)| unit.start <= at && at < unit.end);
                places.push((coder, at, unit, unit.map(|n| units[n].1)));
            }
        }
        let m = lane.len() as f64;
        let (mut observed, mut pairs, mut unlike) = (0.0, 0.0, 0.0);
        for &(coder, at, unit, value) in &places {
            for &(other, there, its, other_value) in &places {
                if at == there && coder != other && value != other_value {
                    observed += 1.0 / (m - 1.0);
                }
                let one = coder == other && if unit.is_some() { unit == its } else { at == there };
                if !one {
                    pairs += 1.0;
                    unlike += f64::from(u8::from(value != other_value));
                }
            }
        }
        let expected = if pairs > 0.0 { m * length as f64 * unlike / pairs } else { 0.0 };
        UnitisedTerms { observed, expected }
    }

    fn coder(length: usize) -> impl Strategy<Value = Vec<(Range, u8)>> {
        prop::collection::vec((0..3_usize, 1..6_usize, 0..3_u8), 0..5).prop_map(move |steps| {
            let mut at = 0;
            let mut units = Vec::new();
            for (gap, len, value) in steps {
                let (start, end) = (at + gap, at + gap + len);
                if end <= length {
                    units.push((Range { start, end }, value));
                    at = end;
                }
            }
            units
        })
    }

    proptest! {
        #[test]
        fn both_equal_their_definitions(lane in prop::collection::vec(coder(24), 2..5), extra in 0..6_usize) {
            let length = 24 + extra;
            let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
            let plain: Lane = lane.iter().map(|units| units.iter().map(|(unit, _)| *unit).collect()).collect();
            if plain.iter().any(|units| !units.is_empty()) {
                let (fast, slow) = (unitised_1995(&plain, length), brute_1995(&plain, length));
                prop_assert!(near(fast.observed, slow.observed) && near(fast.expected, slow.expected), "{fast:?} {slow:?}");
                let (fast, slow) = (unitised_2016(&lane, length), brute_2016(&lane, length));
                prop_assert!(near(fast.observed, slow.observed) && near(fast.expected, slow.expected), "{fast:?} {slow:?}");
            }
        }
    }
}
