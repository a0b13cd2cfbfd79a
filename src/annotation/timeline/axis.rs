//! The axis of the timeline: from days to columns, with long empty stretches compressed and marked.

use super::days;
use crate::engine::Interval;
use jiff::civil::Date;
use std::ops::Range;

/// An empty stretch longer than this many days is compressed.
const GAP: i64 = 10;
/// Columns of a compressed stretch where the others have their comfortable width.
const GAP_WIDTH: f64 = 3.0;
/// How far an axis with few dates may be stretched beyond its comfortable width.
const STRETCH: f64 = 3.0;

/// Days on the axis and where they stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// Stretches in order, without gaps between them.
    segments: Vec<Segment>,
    /// Columns in use.
    pub width: usize,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Segment {
    /// First day, and the day behind the last.
    from: i64,
    to: i64,
    /// Whether something may have been said in it.
    covered: bool,
    /// Columns from the left edge.
    left: f64,
    right: f64,
}

/// A word on the axis, or the sign of a compressed stretch.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// Column of its first cell.
    pub column: usize,
    /// Where what it names begins, in columns and parts of columns.
    pub place: f64,
    /// What it says.
    pub text: String,
}

/// Returns the number of a day; days count from 1970-01-01. By the arithmetic of H. Hinnant's `days_from_civil`, for a
/// thousand quotations are laid out at every key.
fn number(day: Date) -> i64 {
    let (month, date) = (i64::from(day.month()), i64::from(day.day()));
    // Years begin in March, so that the leap day is the last.
    let year = i64::from(day.year()) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + date - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn date(number: i64) -> Option<Date> {
    let days = jiff::Span::new().try_days(number).ok()?;
    Date::constant(1970, 1, 1).checked_add(days).ok()
}

impl Axis {
    /// Lays the days of `intervals` on at most `width` columns times `zoom`, which is at least 1; compressed stretches do
    /// not grow with it. `None` where there are no intervals or no columns.
    pub fn new(intervals: &[Interval], width: usize, zoom: f64) -> Option<Self> {
        let spans: Vec<(i64, i64)> = intervals.iter().map(|i| (number(i.from), number(i.to) + 1)).collect();
        let mut stops: Vec<i64> = spans.iter().flat_map(|&(from, to)| [from, to]).collect();
        stops.sort_unstable();
        stops.dedup();
        if stops.len() < 2 || width == 0 {
            return None;
        }
        // A sweep over the stops tells which stretches somebody may have spoken in.
        let mut starts: Vec<i64> = spans.iter().map(|&(from, _)| from).collect();
        let mut ends: Vec<i64> = spans.iter().map(|&(_, to)| to).collect();
        starts.sort_unstable();
        ends.sort_unstable();
        let open_at =
            |day: i64| starts.partition_point(|&start| start <= day) > ends.partition_point(|&end| end <= day);
        let stretches: Vec<(i64, i64, bool)> =
            stops.windows(2).map(|pair| (pair[0], pair[1], open_at(pair[0]))).collect();
        // A compressed stretch keeps room for its sign, as long as all of them leave room for the rest.
        let (gaps, rest): (Vec<_>, Vec<_>) =
            stretches.iter().partition(|&&(from, to, covered)| is_gap(to - from, covered));
        let rest: f64 = rest.iter().map(|&&(from, to, covered)| weight(to - from, covered)).sum();
        let (width, count) = (width as f64, gaps.len() as f64);
        let fixed = [6.0, GAP_WIDTH, 2.0].into_iter().find(|gap| count * gap <= width / 3.0);
        let loose = count * GAP_WIDTH;
        let scale = fixed.map_or(width / (rest + loose), |gap| (width - count * gap) / rest).min(STRETCH);
        let gap = fixed.unwrap_or(GAP_WIDTH * scale).min(GAP_WIDTH * scale.max(1.0));
        let mut left = 0.0;
        let segments = stretches.into_iter().map(|(from, to, covered)| {
            let wide = if is_gap(to - from, covered) { gap } else { weight(to - from, covered) * scale * zoom };
            let right = left + wide;
            let segment = Segment { from, to, covered, left, right };
            left = right;
            segment
        });
        let segments: Vec<Segment> = segments.collect();
        let used = segments.last().map_or(0.0, |segment| segment.right).round() as usize;
        Some(Self { segments, width: used.max(1) })
    }

    /// Returns the columns of `interval`: the first, and one past the last; at least one.
    pub fn columns(&self, interval: Interval) -> (usize, usize) {
        let (left, right) = self.edges(interval);
        let left = (left.round() as usize).min(self.width - 1);
        let right = (right.round() as usize).min(self.width);
        (left, right.max(left + 1))
    }

    /// Returns the left and right edge of `interval`, in columns and parts of columns.
    pub fn edges(&self, interval: Interval) -> (f64, f64) {
        (self.place(number(interval.from) as f64), self.place((number(interval.to) + 1) as f64))
    }

    /// Returns the column of a day and part of a day, counted from 1970-01-01.
    pub fn place(&self, day: f64) -> f64 {
        let at = self.segments.partition_point(|segment| segment.to as f64 <= day);
        let Some(segment) = self.segments.get(at) else {
            return self.segments.last().map_or(0.0, |segment| segment.right);
        };
        let share = (day - segment.from as f64).max(0.0) / (segment.to - segment.from) as f64;
        segment.left + share * (segment.right - segment.left)
    }

    /// Returns the day and part of a day at a column, counted from 1970-01-01.
    pub fn day_at(&self, column: f64) -> f64 {
        let at = self.segments.partition_point(|segment| segment.right <= column).min(self.segments.len() - 1);
        let segment = self.segments[at];
        let share = ((column - segment.left) / (segment.right - segment.left)).clamp(0.0, 1.0);
        segment.from as f64 + share * (segment.to - segment.from) as f64
    }

    /// Returns the years, and below them the months and days, of the columns `view`, counted from its first, each where it
    /// fits; a year is said once, and a month again only where it changes. The signs of compressed stretches stand in the
    /// lower row.
    pub fn labels(&self, view: &Range<usize>, gap: &str) -> (Vec<Label>, Vec<Label>) {
        let (mut years, mut days): (Vec<Label>, Vec<Label>) = (Vec::new(), Vec::new());
        let (mut year, mut month) = (None, None);
        let room = view.len();
        for tick in self.ticks(view) {
            let Some(column) = tick.column.checked_sub(view.start).filter(|&column| column < room) else { continue };
            let place = tick.day.map_or(tick.column as f64, |day| self.place(day as f64)) - view.start as f64;
            let Some(day) = tick.day.and_then(date) else {
                put(&mut days, Label { column, place, text: gap.to_owned() }, room);
                continue;
            };
            if year != Some(day.year()) {
                if put(&mut years, Label { column, place, text: day.year().to_string() }, room) {
                    year = Some(day.year());
                }
                month = None;
            }
            let name = days::month(day, days::Style::Short);
            let text = if tick.length >= 360 && day.day() == 1 && day.month() == 1 {
                continue;
            } else if tick.length >= 27 && day.day() == 1 {
                name.to_owned()
            } else if month == Some(day.month()) {
                day.day().to_string()
            } else {
                format!("{name} {}", day.day())
            };
            if put(&mut days, Label { column, place, text }, room) {
                month = Some(day.month());
            }
        }
        (years, days)
    }

    /// Returns where something may be said on the axis, in order: where stretches begin, where a view begins within one,
    /// the signs of compressed ones, and within wide ones years, months or days, whatever there is room for.
    fn ticks(&self, view: &Range<usize>) -> Vec<Tick> {
        let mut out = Vec::new();
        let first = self.segments.partition_point(|segment| segment.right <= view.start as f64);
        for segment in self.segments[first..].iter().take_while(|segment| segment.left < view.end as f64) {
            let (length, wide) = (segment.to - segment.from, segment.right - segment.left);
            if !segment.covered {
                if is_gap(length, false) && wide >= 1.5 {
                    out.push(Tick {
                        column: (f64::midpoint(segment.left, segment.right) - 0.5) as usize,
                        day: None,
                        length,
                    });
                }
                continue;
            }
            let column = segment.left.round() as usize;
            if column >= view.start {
                out.push(Tick { column, day: Some(segment.from), length });
            } else {
                let day = self.day_at(view.start as f64) as i64;
                out.push(Tick { column: view.start, day: Some(day), length: 1 });
            }
            self.inner(segment, view, &mut out);
        }
        // What is left of a stretch at the left edge does not take the place of the next one's label.
        let mut dated = out.iter().filter(|tick| tick.day.is_some()).map(|tick| tick.column);
        let (edge, next) = (dated.next(), dated.next());
        if view.start > 0 && edge == Some(view.start) && next.is_some_and(|next| next < view.start + 7) {
            out.retain(|tick| tick.column != view.start || tick.day.is_none());
        }
        out
    }

    /// Adds the beginnings of years, months or days within a stretch, the finest that have room.
    fn inner(&self, segment: &Segment, view: &Range<usize>, out: &mut Vec<Tick>) {
        let a_day = (segment.right - segment.left) / (segment.to - segment.from) as f64;
        let unit = match a_day {
            a_day if a_day >= 7.0 => 1,
            a_day if a_day * 30.0 >= 8.0 => 30,
            a_day if a_day * 365.0 >= 8.0 => 365,
            _ => return,
        };
        let from = self.day_at(segment.left.max(view.start as f64)) as i64;
        let to = self.day_at(segment.right.min(view.end as f64)) as i64;
        let Some(mut day) = date(from) else { return };
        // A label may have the width of `Jun 30` and a space.
        let last = segment.right - 7.0;
        let mut free = out.last().map_or(0, |tick| tick.column + 7);
        loop {
            let next = match unit {
                1 => day.tomorrow(),
                30 => day.last_of_month().tomorrow(),
                _ => day.last_of_year().tomorrow(),
            };
            let Some(next) = next.ok().filter(|&next| number(next) <= to && number(next) < segment.to) else { return };
            let place = self.place(number(next) as f64);
            let column = place.round() as usize;
            if place > last {
                return;
            }
            if column >= free {
                out.push(Tick { column, day: Some(number(next)), length: unit });
                free = column + 7;
            }
            day = next;
        }
    }

    /// Returns the columns that belong to compressed stretches.
    pub fn gaps(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.segments
            .iter()
            .filter(|segment| is_gap(segment.to - segment.from, segment.covered))
            .map(|segment| segment.left.round() as usize..segment.right.round() as usize)
    }
}

/// A place of the axis where a label may stand.
struct Tick {
    column: usize,
    /// The day; `None` for the sign of a compressed stretch.
    day: Option<i64>,
    /// Days of which it is the first.
    length: i64,
}

fn is_gap(days: i64, covered: bool) -> bool {
    !covered && days > GAP
}

/// Returns the comfortable width of a stretch: a day has room for a mark with two digits, longer ones grow with the
/// logarithm of their length, empty ones less.
fn weight(days: i64, covered: bool) -> f64 {
    if covered { 5.0 + 2.0 * (days as f64).ln() } else { 1.0 + (days as f64).ln() }
}

/// Puts a label behind those that stand, moved left at the edge, if it fits; returns whether it did.
fn put(row: &mut Vec<Label>, mut label: Label, width: usize) -> bool {
    let free = row.last().map_or(0, |last| last.column + last.text.chars().count() + 1);
    let length = label.text.chars().count();
    label.column = label.column.min(width.saturating_sub(length));
    let fits = label.column >= free && label.column + length <= width;
    if fits {
        row.push(label);
    }
    fits
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn days(from: &str, to: &str) -> Interval {
        Interval { from: from.parse().unwrap(), to: to.parse().unwrap() }
    }

    fn line(labels: &[Label]) -> String {
        let mut out = String::new();
        for label in labels {
            out.push_str(&" ".repeat(label.column - out.chars().count()));
            out.push_str(&label.text);
        }
        out
    }

    #[test]
    fn compresses_what_is_empty() {
        let intervals = [
            days("2016-07-01", "2016-12-31"),
            days("2017-01-01", "2017-01-31"),
            days("2017-06-03", "2017-06-03"),
            days("2017-06-04", "2017-06-05"),
            days("2017-06-06", "2017-06-06"),
        ];
        let axis = Axis::new(&intervals, 60, 1.0).unwrap();
        let (years, below) = axis.labels(&(0..axis.width), "⋯");
        let words = |labels: &[Label]| line(labels).split_whitespace().map(str::to_owned).collect::<Vec<_>>().join(" ");
        assert_eq!(words(&years), "2016 2017");
        assert_eq!(words(&below), "Jul Jan ⋯ Jun 3 4 6");
        assert!(
            line(&below).contains("⋯") && line(&below).contains("Jun 3") && line(&below).ends_with('6'),
            "{}",
            line(&below)
        );
        assert!(axis.columns(intervals[0]).1 <= axis.columns(intervals[1]).0 + 1);
    }

    #[test]
    fn numbers_days_as_the_calendar_does() {
        for n in (-900_000..2_900_000).step_by(997) {
            assert_eq!(date(n).map(number), date(n).map(|_| n));
        }
    }

    #[test]
    fn one_day_takes_no_whole_screen() {
        let axis = Axis::new(&[days("2017-06-06", "2017-06-06")], 100, 1.0).unwrap();
        assert_eq!(axis.width, 15);
        assert_eq!(Axis::new(&[], 100, 1.0), None);
    }

    proptest! {
        #[test]
        fn keeps_order_and_stays_inside(
            starts in prop::collection::vec((0..40_000_i64, 0..4000_i64), 1..20), width in 1..120_usize,
            zoom in prop_oneof![Just(1.0), 1.0..200.0_f64], at in 0.0..1.0_f64) {
            let intervals: Vec<Interval> = starts.iter()
                .map(|&(from, len)| Interval { from: date(from).unwrap(), to: date(from + len).unwrap() }).collect();
            let axis = Axis::new(&intervals, width, zoom).unwrap();
            prop_assert!(zoom > 1.0 || axis.width <= width);
            for a in &intervals {
                let (left, right) = axis.columns(*a);
                prop_assert!(left < right && right <= axis.width);
                for b in intervals.iter().filter(|b| a.from <= b.from) {
                    prop_assert!(left <= axis.columns(*b).0);
                }
            }
            let from = (at * axis.width as f64) as usize;
            let view = from..(from + width).min(axis.width).max(from + 1);
            let (years, days) = axis.labels(&view, "⋯");
            for row in [years, days] {
                prop_assert!(row.iter().all(|label| label.column + label.text.chars().count() <= view.len()));
                prop_assert!(row.windows(2).all(|two| two[0].column + two[0].text.chars().count() < two[1].column));
            }
            let column = from as f64;
            prop_assert!((axis.place(axis.day_at(column)) - column).abs() < 0.5);
        }
    }
}
