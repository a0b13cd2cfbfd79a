//! The axis of the timeline: from days to columns, with long empty stretches compressed and marked.

use crate::engine::Interval;
use jiff::civil::Date;

/// An empty stretch longer than this many days is compressed.
const GAP: i64 = 10;
/// Columns of a compressed stretch.
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Column of its first cell.
    pub column: usize,
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
    /// Lays the days of `intervals` on at most `width` columns; `None` where there are no intervals or no columns.
    pub fn new(intervals: &[Interval], width: usize) -> Option<Self> {
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
        let mut segments = Vec::with_capacity(stops.len());
        let mut left = 0.0;
        for pair in stops.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            let covered = open_at(from);
            let right = left + weight(to - from, covered);
            segments.push(Segment { from, to, covered, left, right });
            left = right;
        }
        let scale = (width as f64 / left).min(STRETCH);
        for segment in &mut segments {
            segment.left *= scale;
            segment.right *= scale;
        }
        let used = (left * scale).round() as usize;
        Some(Self { segments, width: used.clamp(1, width) })
    }

    /// Returns the columns of `interval`: the first, and one past the last; at least one.
    pub fn columns(&self, interval: Interval) -> (usize, usize) {
        let left = (self.place(number(interval.from)).round() as usize).min(self.width - 1);
        let right = (self.place(number(interval.to) + 1).round() as usize).min(self.width);
        (left, right.max(left + 1))
    }

    fn place(&self, day: i64) -> f64 {
        let at = self.segments.partition_point(|segment| segment.to <= day);
        let Some(segment) = self.segments.get(at) else {
            return self.segments.last().map_or(0.0, |segment| segment.right);
        };
        let share = (day - segment.from).max(0) as f64 / (segment.to - segment.from) as f64;
        segment.left + share * (segment.right - segment.left)
    }

    /// Returns the years, and below them the months and days, each where it fits; a year is said once, and a month
    /// again only where it changes. The signs of compressed stretches stand in the lower row.
    pub fn labels(&self, gap: &str) -> (Vec<Label>, Vec<Label>) {
        let (mut years, mut days): (Vec<Label>, Vec<Label>) = (Vec::new(), Vec::new());
        let (mut year, mut month) = (None, None);
        for segment in &self.segments {
            let column = segment.left.round() as usize;
            if !segment.covered {
                if segment.to - segment.from > GAP {
                    put(
                        &mut days,
                        Label { column: (column + 1).min(self.width.saturating_sub(1)), text: gap.to_owned() },
                        self.width,
                    );
                }
                continue;
            }
            let Some(day) = date(segment.from) else { continue };
            if year != Some(day.year()) {
                if put(&mut years, Label { column, text: day.year().to_string() }, self.width) {
                    year = Some(day.year());
                }
                month = None;
            }
            let length = segment.to - segment.from;
            let name = MONTHS[usize::try_from(day.month()).unwrap_or(1) - 1];
            let text = if length >= 360 && day.day() == 1 && day.month() == 1 {
                continue;
            } else if length >= 27 && day.day() == 1 {
                name.to_owned()
            } else if month == Some(day.month()) {
                day.day().to_string()
            } else {
                format!("{name} {}", day.day())
            };
            let short = day.day().to_string();
            let placed = put(&mut days, Label { column, text }, self.width);
            if placed {
                month = Some(day.month());
            } else if month == Some(day.month()) {
                put(&mut days, Label { column, text: short }, self.width);
            }
        }
        (years, days)
    }

    /// Returns the columns that belong to compressed stretches.
    pub fn gaps(&self) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
        self.segments
            .iter()
            .filter(|segment| !segment.covered && segment.to - segment.from > GAP)
            .map(|segment| segment.left.round() as usize..segment.right.round() as usize)
    }
}

pub(super) const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Returns the comfortable width of a stretch: a day has room for a mark with two digits, longer ones grow with the
/// logarithm of their length, empty ones with their days until they are compressed.
fn weight(days: i64, covered: bool) -> f64 {
    if covered {
        5.0 + 2.0 * (days as f64).ln()
    } else if days > GAP {
        GAP_WIDTH
    } else {
        1.0 + (days as f64).ln()
    }
}

/// Puts a label behind those that stand, if it fits; returns whether it did.
fn put(row: &mut Vec<Label>, label: Label, width: usize) -> bool {
    let free = row.last().map_or(0, |last| last.column + last.text.chars().count() + 1);
    let fits = label.column >= free && label.column + label.text.chars().count() <= width;
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
        let axis = Axis::new(&intervals, 60).unwrap();
        let (years, below) = axis.labels("⋯");
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
        let axis = Axis::new(&[days("2017-06-06", "2017-06-06")], 100).unwrap();
        assert_eq!(axis.width, 15);
        assert_eq!(Axis::new(&[], 100), None);
    }

    proptest! {
        #[test]
        fn keeps_order_and_stays_inside(
            starts in prop::collection::vec((0..40_000_i64, 0..4000_i64), 1..20), width in 1..120_usize) {
            let intervals: Vec<Interval> = starts.iter()
                .map(|&(from, len)| Interval { from: date(from).unwrap(), to: date(from + len).unwrap() }).collect();
            let axis = Axis::new(&intervals, width).unwrap();
            prop_assert!(axis.width <= width);
            for a in &intervals {
                let (left, right) = axis.columns(*a);
                prop_assert!(left < right && right <= width);
                for b in intervals.iter().filter(|b| a.from <= b.from) {
                    prop_assert!(left <= axis.columns(*b).0);
                }
            }
            axis.labels("⋯");
        }
    }
}
