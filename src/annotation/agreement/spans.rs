//! Which unit of one coder is which of another, and how many they share.

use super::measured::{Measured, Undefined};
use super::units::{Unit, Wording};
use crate::annotation::model::Range;

/// How two units of two coders belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// The same code points.
    Exact,
    /// As many parts, and no edge farther off than the tolerance.
    Near,
    /// They share at least half of what they hold together, twice over: Dice's coefficient is 0.5 or more.
    Overlap,
}

/// What two coders marked: how much of it both did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Units that both have.
    pub both: usize,
    /// Units of the first.
    pub first: usize,
    /// Units of the second.
    pub second: usize,
}

impl Counts {
    /// Returns the harmonic mean of both shares, 0 to 1; the same whichever coder comes first.
    pub fn f1(self) -> Measured {
        let sum = self.first + self.second;
        if sum == 0 { Err(Undefined::NothingMarked) } else { Ok(2.0 * self.both as f64 / sum as f64) }
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.both += other.both;
        self.first += other.first;
        self.second += other.second;
    }
}

/// Pairs the units of two coders, each with one of the other's at most: those on the same code points first, then as
/// many as can be within `tolerance` words at every edge, then what overlaps most. Returns the indices of both, in order
/// of the first's.
pub fn matches(first: &[&Unit], second: &[&Unit], tolerance: usize, wording: &Wording) -> Vec<(usize, usize, Match)> {
    let mut out = Vec::new();
    let mut of_second: Vec<Option<usize>> = vec![None; second.len()];
    let mut taken = vec![false; first.len()];
    let by_place = Places::new(second);
    for (a, unit) in first.iter().enumerate() {
        let same = by_place.meeting(unit.hull()).find(|&b| of_second[b].is_none() && second[b].parts == unit.parts);
        if let Some(b) = same {
            of_second[b] = Some(a);
            taken[a] = true;
            out.push((a, b, Match::Exact));
        }
    }
    let exact: Vec<bool> = of_second.iter().map(Option::is_some).collect();
    let near: Vec<Vec<usize>> = first
        .iter()
        .enumerate()
        .map(|(a, unit)| {
            let mut near: Vec<(usize, usize)> = by_place
                .meeting(unit.hull())
                .filter(|&b| !taken[a] && !exact[b])
                .filter_map(|b| apart(unit, second[b], tolerance, wording).map(|words| (words, b)))
                .collect();
            near.sort_unstable();
            near.into_iter().map(|(_, b)| b).collect()
        })
        .collect();
    for a in 0..first.len() {
        augment(a, &near, &mut of_second, &mut vec![false; second.len()]);
    }
    for (b, a) in of_second.iter().enumerate().filter(|&(b, _)| !exact[b]) {
        if let Some(a) = *a {
            taken[a] = true;
            out.push((a, b, Match::Near));
        }
    }
    let mut rest: Vec<(f64, usize, usize)> = Vec::new();
    for (a, unit) in first.iter().enumerate().filter(|&(a, _)| !taken[a]) {
        for b in by_place.meeting(unit.hull()).filter(|&b| of_second[b].is_none()) {
            let dice = dice(unit, second[b]);
            if dice >= 0.5 {
                rest.push((dice, a, b));
            }
        }
    }
    rest.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    for (_, a, b) in rest {
        if !taken[a] && of_second[b].is_none() {
            taken[a] = true;
            of_second[b] = Some(a);
            out.push((a, b, Match::Overlap));
        }
    }
    out.sort_unstable();
    out
}

/// Counts what two coders marked and share: on the same code points, and within the tolerance.
pub fn count(first: &[&Unit], second: &[&Unit], tolerance: usize, wording: &Wording) -> (Counts, Counts) {
    let pairs = matches(first, second, tolerance, wording);
    let of = |worst: Match| pairs.iter().filter(|(_, _, how)| *how <= worst).count();
    let counts = |both| Counts { both, first: first.len(), second: second.len() };
    (counts(of(Match::Exact)), counts(of(Match::Near)))
}

/// Looks for a partner of `a`, moving others to another of theirs where that makes room (Kuhn's augmenting paths).
fn augment(a: usize, near: &[Vec<usize>], of_second: &mut [Option<usize>], seen: &mut [bool]) -> bool {
    for &b in &near[a] {
        if seen[b] {
            continue;
        }
        seen[b] = true;
        if of_second[b].is_none_or(|other| augment(other, near, of_second, seen)) {
            of_second[b] = Some(a);
            return true;
        }
    }
    false
}

/// Returns by how many words the edges differ in all, or `None` where one differs by more than the tolerance.
fn apart(a: &Unit, b: &Unit, tolerance: usize, wording: &Wording) -> Option<usize> {
    if a.parts.len() != b.parts.len() {
        return None;
    }
    let mut sum = 0;
    for (p, q) in a.parts.iter().zip(&b.parts) {
        if p.end <= q.start || q.end <= p.start {
            return None;
        }
        for (one, other) in [(p.start, q.start), (p.end, q.end)] {
            let words = wording.words(one, other)?;
            if words > tolerance {
                return None;
            }
            sum += words;
        }
    }
    Some(sum)
}

/// Returns twice what both share over the sum of their lengths, 0 to 1.
fn dice(a: &Unit, b: &Unit) -> f64 {
    let length = |unit: &Unit| unit.parts.iter().map(|part| part.end - part.start).sum::<usize>();
    let shared: usize = a
        .parts
        .iter()
        .flat_map(|p| b.parts.iter().map(move |q| p.end.min(q.end).saturating_sub(p.start.max(q.start))))
        .sum();
    2.0 * shared as f64 / (length(a) + length(b)).max(1) as f64
}

/// Units by their first code point, so that only those are looked at that can meet a stretch.
struct Places {
    /// Start, end and index of each unit, by start.
    sorted: Vec<(usize, usize, usize)>,
    /// The farthest end among the units up to here.
    reach: Vec<usize>,
}

impl Places {
    fn new(units: &[&Unit]) -> Self {
        let mut sorted: Vec<(usize, usize, usize)> =
            units.iter().enumerate().map(|(n, unit)| (unit.hull().start, unit.hull().end, n)).collect();
        sorted.sort_unstable();
        let mut far = 0;
        let reach = sorted
            .iter()
            .map(|&(_, end, _)| {
                far = far.max(end);
                far
            })
            .collect();
        Self { sorted, reach }
    }

    /// Returns the indices of the units that overlap `range`, by place.
    fn meeting(&self, range: Range) -> impl Iterator<Item = usize> + '_ {
        let from = self.reach.partition_point(|&end| end <= range.start);
        self.sorted[from..]
            .iter()
            .take_while(move |&&(start, _, _)| start < range.end)
            .filter(move |&&(_, end, _)| end > range.start)
            .map(|&(_, _, n)| n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::model::{Anchor, Annotations, Part, QuoteNote};
    use crate::annotation::{Origin, Status};

    const TEXT: &str = "“We can’t wait,” said Maria Lopez, “not now, not ever,” and left.";

    fn unit(parts: &[(usize, usize)]) -> Unit {
        Unit {
            note: uuid::Uuid::nil(),
            parts: parts.iter().map(|&(start, end)| Range { start, end }).collect(),
            quotation: Some(true),
            speaker: None,
            tags: std::collections::BTreeSet::new(),
        }
    }

    fn wording() -> Wording {
        let end = TEXT.chars().count();
        let anchor =
            Anchor { parts: vec![Part { range: Range { start: 0, end }, exact: TEXT.into() }], ..Anchor::default() };
        let note = QuoteNote {
            origin: Origin::Reader,
            status: Status::Accepted,
            ..QuoteNote::blank(uuid::Uuid::nil(), anchor, jiff::Timestamp::UNIX_EPOCH)
        };
        let mut wording = Wording::default();
        wording.add(&Annotations { quotes: [(note.id, note)].into(), ..Annotations::default() });
        wording
    }

    fn paired(a: &[Unit], b: &[Unit], tolerance: usize) -> Vec<(usize, usize, Match)> {
        let (a, b): (Vec<&Unit>, Vec<&Unit>) = (a.iter().collect(), b.iter().collect());
        matches(&a, &b, tolerance, &wording())
    }

    #[test]
    fn edges_are_apart_in_words_not_marks() {
        // With and without the quotation marks: 0 words.
        assert_eq!(paired(&[unit(&[(0, 16)])], &[unit(&[(1, 14)])], 0), [(0, 0, Match::Near)]);
        // Without "We": one word.
        assert_eq!(paired(&[unit(&[(0, 16)])], &[unit(&[(4, 16)])], 0), [(0, 0, Match::Overlap)]);
        assert_eq!(paired(&[unit(&[(0, 16)])], &[unit(&[(4, 16)])], 1), [(0, 0, Match::Near)]);
        // Another number of parts is another unit, however near.
        assert_eq!(paired(&[unit(&[(0, 16), (35, 54)])], &[unit(&[(0, 54)])], 9), [(0, 0, Match::Overlap)]);
        // Side by side is not together.
        assert_eq!(paired(&[unit(&[(0, 16)])], &[unit(&[(16, 20)])], 9), []);
    }

    #[test]
    fn as_many_as_can_be_are_paired() {
        // The first could take either, the second only one of them.
        let a = [unit(&[(3, 13)]), unit(&[(0, 13)])];
        let b = [unit(&[(1, 13)]), unit(&[(4, 15)])];
        assert_eq!(paired(&a, &b, 1).len(), 2);
        assert_eq!(paired(&a, &b, 1).iter().filter(|m| m.2 == Match::Near).count(), 2);
    }

    #[test]
    fn counts_say_when_there_is_nothing() {
        assert_eq!(Counts::default().f1(), Err(Undefined::NothingMarked));
        assert_eq!(Counts { both: 2, first: 3, second: 5 }.f1(), Ok(0.5));
        let one = unit(&[(0, 4)]);
        let (exact, near) = count(&[&one], &[], 1, &wording());
        assert_eq!((exact.f1(), near.f1()), (Ok(0.0), Ok(0.0)));
    }
}
