//! The calendar: points of any size, their ISO 8601 form, their days, and arithmetic that stays between the years 1 and 9999.

use super::Interval;
use jiff::ToSpan;
use jiff::civil::Date;

/// The first year the calendar knows.
const FIRST: i16 = 1;
/// The last year the calendar knows.
const LAST: i16 = 9999;

/// A length of time that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// `S`, of the clock.
    Second,
    /// `M`, of the clock.
    Minute,
    /// `H`, of the clock.
    Hour,
    /// `D`.
    Day,
    /// Saturday and Sunday.
    Weekend,
    /// `W`, from Monday (ISO 8601).
    Week,
    /// `M`.
    Month,
    /// `Q`, three months.
    Quarter,
    /// Six months.
    Half,
    /// `Y`.
    Year,
    /// Ten years, named by their first three digits.
    Decade,
    /// A hundred years, named by their first two digits.
    Century,
}

/// A stretch of the calendar that has a name of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    /// The years `n * 100` to `n * 100 + 99`.
    Century(i16),
    /// The years `n * 10` to `n * 10 + 9`.
    Decade(i16),
    /// A year.
    Year(i16),
    /// A half (1, 2) of a year.
    Half(i16, u8),
    /// A quarter (1 to 4) of a year.
    Quarter(i16, u8),
    /// A season of a year; a winter is named by the year of its January.
    Season(i16, Season),
    /// A month (1 to 12) of a year.
    Month(i16, u8),
    /// A week, by one of its days.
    Week(Date),
    /// A weekend, by one of the days of its week.
    Weekend(Date),
    /// A day.
    Day(Date),
}

/// A season of the northern year, by whole months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Season {
    /// March to May.
    Spring,
    /// June to August.
    Summer,
    /// September to November.
    Autumn,
    /// December to February.
    Winter,
}

impl Point {
    /// Returns the point of size `unit` that holds `day`; units below a day give the day.
    pub fn holding(day: Date, unit: Unit) -> Self {
        let month = day.month().unsigned_abs();
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Self::Day(day),
            Unit::Weekend => Self::Weekend(day),
            Unit::Week => Self::Week(day),
            Unit::Month => Self::Month(day.year(), month),
            Unit::Quarter => Self::Quarter(day.year(), (month - 1) / 3 + 1),
            Unit::Half => Self::Half(day.year(), (month - 1) / 6 + 1),
            Unit::Year => Self::Year(day.year()),
            Unit::Decade => Self::Decade(day.year() / 10),
            Unit::Century => Self::Century(day.year() / 100),
        }
    }

    /// Returns its size.
    pub fn unit(self) -> Unit {
        match self {
            Self::Century(_) => Unit::Century,
            Self::Decade(_) => Unit::Decade,
            Self::Year(_) => Unit::Year,
            Self::Half(..) => Unit::Half,
            Self::Quarter(..) | Self::Season(..) => Unit::Quarter,
            Self::Month(..) => Unit::Month,
            Self::Week(_) => Unit::Week,
            Self::Weekend(_) => Unit::Weekend,
            Self::Day(_) => Unit::Day,
        }
    }

    /// Returns its days, cut at the ends of the calendar.
    pub fn days(self) -> Interval {
        let months = |year: i16, first: i8, last: i8| Interval {
            from: date(year, first, 1),
            to: date(year, last, 1).last_of_month(),
        };
        match self {
            Self::Century(n) => Interval {
                from: date(n.saturating_mul(100), 1, 1),
                to: date(n.saturating_mul(100).saturating_add(99), 12, 31),
            },
            Self::Decade(n) => Interval {
                from: date(n.saturating_mul(10), 1, 1),
                to: date(n.saturating_mul(10).saturating_add(9), 12, 31),
            },
            Self::Year(year) => months(year, 1, 12),
            Self::Half(year, half) => {
                if half <= 1 {
                    months(year, 1, 6)
                } else {
                    months(year, 7, 12)
                }
            }
            Self::Quarter(year, quarter) => {
                let first = (quarter.clamp(1, 4) as i8 - 1) * 3 + 1;
                months(year, first, first + 2)
            }
            Self::Season(year, Season::Spring) => months(year, 3, 5),
            Self::Season(year, Season::Summer) => months(year, 6, 8),
            Self::Season(year, Season::Autumn) => months(year, 9, 11),
            Self::Season(year, Season::Winter) => {
                // The first winter of the calendar has no December.
                let from = if year > FIRST { date(year - 1, 12, 1) } else { date(FIRST, 1, 1) };
                Interval { from, to: date(year, 2, 1).last_of_month() }
            }
            Self::Month(year, month) => months(year, month as i8, month as i8),
            Self::Week(day) => {
                let monday = week_start(day);
                Interval { from: monday, to: add_days(monday, 6) }
            }
            Self::Weekend(day) => {
                let monday = week_start(day);
                Interval { from: add_days(monday, 5), to: add_days(monday, 6) }
            }
            Self::Day(day) => Interval::day(day),
        }
    }

    /// Returns its TIMEX3 value: `1998`, `1998-Q3`, `1998-SU`, `1998-W08`, `1998-02-13`, `199`, `19`.
    pub fn value(self) -> String {
        match self {
            Self::Century(n) => format!("{n:02}"),
            Self::Decade(n) => format!("{n:03}"),
            Self::Year(year) => format!("{year:04}"),
            Self::Half(year, half) => format!("{year:04}-H{half}"),
            Self::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
            Self::Season(year, season) => format!("{year:04}-{}", season.code()),
            Self::Month(year, month) => format!("{year:04}-{month:02}"),
            Self::Week(day) => {
                let week = day.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Self::Weekend(day) => format!("{}-WE", Self::Week(day).value()),
            Self::Day(day) => format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day()),
        }
    }

    /// Returns the point of the same size `n` steps on (back where negative).
    #[must_use]
    pub fn shifted(self, n: i32) -> Self {
        let short = |n: i32| n.clamp(-20_000, 20_000) as i16;
        match self {
            Self::Century(c) => Self::Century(c.saturating_add(short(n)).clamp(0, 99)),
            Self::Decade(d) => Self::Decade(d.saturating_add(short(n)).clamp(0, 999)),
            Self::Season(year, season) => Self::Season(year_of(i32::from(year).saturating_add(n)), season),
            Self::Day(day) => Self::Day(add_days(day, n)),
            Self::Week(day) => Self::Week(add_days(day, n.saturating_mul(7))),
            Self::Weekend(day) => Self::Weekend(add_days(day, n.saturating_mul(7))),
            Self::Year(year) => Self::Year(year_of(i32::from(year).saturating_add(n))),
            Self::Half(..) => Self::holding(add_months(self.days().from, n.saturating_mul(6)), Unit::Half),
            Self::Quarter(..) => Self::holding(add_months(self.days().from, n.saturating_mul(3)), Unit::Quarter),
            Self::Month(..) => Self::holding(add_months(self.days().from, n), Unit::Month),
        }
    }

    /// Returns the same point in the year `n` years on.
    #[must_use]
    pub fn years_on(self, n: i32) -> Self {
        let year = |year: i16| year_of(i32::from(year).saturating_add(n));
        match self {
            Self::Year(y) => Self::Year(year(y)),
            Self::Half(y, half) => Self::Half(year(y), half),
            Self::Quarter(y, quarter) => Self::Quarter(year(y), quarter),
            Self::Season(y, season) => Self::Season(year(y), season),
            Self::Month(y, month) => Self::Month(year(y), month),
            Self::Day(day) => Self::Day(add_months(day, n.saturating_mul(12))),
            Self::Week(day) => Self::Week(add_months(day, n.saturating_mul(12))),
            Self::Weekend(day) => Self::Weekend(add_months(day, n.saturating_mul(12))),
            Self::Decade(_) | Self::Century(_) => self,
        }
    }
}

impl Season {
    /// Returns the TIMEX3 letters.
    pub fn code(self) -> &'static str {
        match self {
            Self::Spring => "SP",
            Self::Summer => "SU",
            Self::Autumn => "FA",
            Self::Winter => "WI",
        }
    }
}

/// Returns the day, with year, month and day brought into the calendar where they lie outside.
pub fn date(year: i16, month: i8, day: i8) -> Date {
    let year = year.clamp(FIRST, LAST);
    let month = month.clamp(1, 12);
    let first = Date::constant(1, 1, 1);
    let start = Date::new(year, month, 1).unwrap_or(first);
    Date::new(year, month, day.clamp(1, start.days_in_month())).unwrap_or(start)
}

/// Returns the day, or `None` where the calendar has no such day.
pub fn exact(year: i16, month: u8, day: u8) -> Option<Date> {
    (FIRST..=LAST).contains(&year).then(|| Date::new(year, month as i8, day as i8).ok()).flatten()
}

/// Brings a year into the calendar.
pub fn year_of(year: i32) -> i16 {
    year.clamp(i32::from(FIRST), i32::from(LAST)) as i16
}

/// Returns the day `n` days on, not past the ends of the calendar.
pub fn add_days(day: Date, n: i32) -> Date {
    let end = if n < 0 { date(FIRST, 1, 1) } else { date(LAST, 12, 31) };
    let moved = day.checked_add(n.clamp(-4_000_000, 4_000_000).days()).unwrap_or(end);
    moved.clamp(date(FIRST, 1, 1), date(LAST, 12, 31))
}

/// Returns the day `n` months on (the last of the month where it is shorter), not past the ends of the calendar.
pub fn add_months(day: Date, n: i32) -> Date {
    let months = (i32::from(day.year()) * 12 + i32::from(day.month()) - 1).saturating_add(n);
    let year = months.div_euclid(12);
    if year < i32::from(FIRST) {
        return date(FIRST, 1, 1);
    }
    if year > i32::from(LAST) {
        return date(LAST, 12, 31);
    }
    date(year as i16, months.rem_euclid(12) as i8 + 1, day.day())
}

/// Returns the Monday of the week.
pub fn week_start(day: Date) -> Date {
    add_days(day, -i32::from(day.weekday().to_monday_zero_offset()))
}

/// Returns the number of days from `a` to `b`.
pub fn days_between(a: Date, b: Date) -> i32 {
    a.until(b).map_or(0, |span| span.get_days())
}

/// Returns Easter Sunday of a year (the Gregorian computus in the form of Meeus, Jones and Butcher).
#[allow(clippy::many_single_char_names, reason = "the names of the published rule")]
pub fn easter(year: i16) -> Date {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    date(year, (n / 31) as i8, (n % 31) as i8 + 1)
}

/// Returns the `nth` (from 1; 0 is the last) such weekday of a month.
pub fn nth_weekday(year: i16, month: i8, nth: u8, weekday: u8) -> Date {
    let first = date(year, month, 1);
    let offset = (i32::from(weekday) - i32::from(first.weekday().to_monday_zero_offset())).rem_euclid(7);
    if nth == 0 {
        let last = first.last_of_month();
        let back = (i32::from(last.weekday().to_monday_zero_offset()) - i32::from(weekday)).rem_euclid(7);
        return add_days(last, -back);
    }
    add_days(first, offset + 7 * (i32::from(nth) - 1))
}

/// Returns the number of a day in its week; Monday is 0.
pub fn weekday(day: Date) -> i32 {
    i32::from(day.weekday().to_monday_zero_offset())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn knows_moving_feasts() {
        assert_eq!(easter(2017), date(2017, 4, 16));
        assert_eq!(easter(2000), date(2000, 4, 23));
        assert_eq!(nth_weekday(1999, 11, 4, 3), date(1999, 11, 25));
        assert_eq!(nth_weekday(2017, 5, 0, 0), date(2017, 5, 29));
    }

    proptest! {
        #[test]
        fn stays_in_the_calendar(year in 1..=9999_i16, month in 1..=12_i8, day in 1..=31_i8, n in any::<i32>()) {
            let day = date(year, month, day);
            for unit in [Unit::Day, Unit::Weekend, Unit::Week, Unit::Month, Unit::Quarter, Unit::Half, Unit::Year, Unit::Decade,
                         Unit::Century] {
                let point = Point::holding(day, unit);
                for point in [point, point.shifted(n), point.years_on(n)] {
                    let days = point.days();
                    prop_assert!(days.from <= days.to, "{point:?} {days:?}");
                    prop_assert!((1..=9999).contains(&days.from.year()) && (1..=9999).contains(&days.to.year()));
                    prop_assert!(!point.value().is_empty());
                }
                prop_assert!(point.days().from <= day || unit == Unit::Weekend);
                prop_assert!(day <= point.days().to);
            }
        }
    }
}
