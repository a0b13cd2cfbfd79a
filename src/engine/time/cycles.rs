//! Which one of what comes again and again is meant: of the Junes, Christmases and third quarters, the one that tense and custom choose.

use super::Interval;
use super::calendar::{Point, add_days, date, days_between, easter, exact, nth_weekday, weekday, year_of};
use super::meaning::{Cycle, Which};
use super::tense::Tense;
use super::words::Feast;
use jiff::civil::Date;

/// Returns the one of a cycle that comes once a year which is meant, read on the day `reference`.
pub fn yearly(cycle: Cycle, which: Which, tense: Tense, reference: Date) -> Point {
    let year = i32::from(reference.year());
    let at = |n: i32| in_year(cycle, year_of(year.saturating_add(n)));
    let latest = |fits: &dyn Fn(Interval) -> bool| {
        [1, 0, -1, -2].into_iter().map(at).find(|point| fits(point.days())).unwrap_or(at(-1))
    };
    let soonest = |fits: &dyn Fn(Interval) -> bool| {
        [-1, 0, 1, 2].into_iter().map(at).find(|point| fits(point.days())).unwrap_or(at(1))
    };
    match which {
        Which::Year(n) => at(n),
        Which::This => at(0),
        Which::Last | Which::BeforeFocus => latest(&|days| days.to < reference),
        Which::Next | Which::AfterFocus => soonest(&|days| days.from > reference),
        // A day of a month is the nearest one; tense decides where two are about as near.
        _ if matches!(cycle, Cycle::MonthDay(..) | Cycle::Feast(_) | Cycle::Eve(_)) => [-1, 0, 1]
            .into_iter()
            .map(at)
            .min_by_key(|point| {
                let distance = days_between(reference, point.days().from);
                let against = match tense {
                    Tense::Past | Tense::LeansPast => distance > 0,
                    Tense::Future | Tense::LeansFuture => distance < 0,
                    Tense::Open => false,
                };
                distance.abs() + if against { 180 } else { 0 }
            })
            .unwrap_or(at(0)),
        // A quarter is the one in or after which it is reported; only one long over can be meant as the next.
        _ if matches!(cycle, Cycle::Quarter(_)) => {
            let found = latest(&|days| days.from <= reference);
            let long_over = days_between(found.days().to, reference) > 180;
            if tense.is_future() && long_over { found.years_on(1) } else { found }
        }
        _ if tense == Tense::Future => soonest(&|days| days.to >= reference),
        // `the November ballot`, read in July, is to come: where no verb tells, a month that is twice as near as the last is meant;
        // where one only leans to a side, the other is meant where it is far nearer.
        _ if tense != Tense::Past && matches!(cycle, Cycle::Month(_) | Cycle::Season(_)) => {
            let (last, next) = (latest(&|days| days.from <= reference), soonest(&|days| days.to >= reference));
            let (ahead, back) = (days_between(reference, next.days().from), days_between(last.days().to, reference));
            let to_come = match tense {
                Tense::LeansPast => ahead * 4 < back,
                Tense::LeansFuture => ahead < back * 8,
                _ => ahead * 2 < back,
            };
            if to_come { next } else { last }
        }
        _ if tense == Tense::LeansFuture => soonest(&|days| days.to >= reference),
        _ => latest(&|days| days.from <= reference),
    }
}

/// Returns the day of a weekday, month and day whose year is open: of the years in which the weekday fits, the nearest that the
/// tense allows.
pub fn dated(day: u8, month: u8, n: u8, reference: Date, tense: Tense) -> Date {
    let year = i32::from(reference.year());
    (-12..=12)
        .filter_map(|shift| exact(year_of(year + shift), month, n))
        .filter(|&found| weekday(found) == i32::from(day))
        .min_by_key(|&found| {
            let distance = days_between(reference, found);
            let against = (tense.is_past() && distance > 7) || (tense.is_future() && distance < -7);
            (distance.abs() + if against { 200 } else { 0 }, found)
        })
        .unwrap_or_else(|| date(reference.year(), month as i8, n as i8))
}

/// Returns the one of `cycle` in `year`; a weekday or weekend gives the year.
pub fn in_year(cycle: Cycle, year: i16) -> Point {
    match cycle {
        Cycle::Month(month) => Point::Month(year, month),
        Cycle::MonthDay(month, day) | Cycle::Dated(_, month, day) => Point::Day(date(year, month as i8, day as i8)),
        Cycle::Season(season) => Point::Season(year, season),
        Cycle::Quarter(quarter) => Point::Quarter(year, quarter),
        Cycle::Half(half) => Point::Half(year, half),
        Cycle::Feast(feast) => Point::Day(feast_day(feast, year)),
        Cycle::Eve(feast) => {
            Point::Day(add_days(feast_day(feast, year_of(i32::from(year) + i32::from(feast == Feast::NewYear))), -1))
        }
        Cycle::Weekday(_) | Cycle::Weekend => Point::Year(year),
    }
}

/// Returns the day of a feast in `year`.
pub fn feast_day(feast: Feast, year: i16) -> Date {
    match feast {
        Feast::Christmas => date(year, 12, 25),
        Feast::Boxing => date(year, 12, 26),
        Feast::NewYear => date(year, 1, 1),
        Feast::Halloween => date(year, 10, 31),
        Feast::Valentine => date(year, 2, 14),
        Feast::Independence => date(year, 7, 4),
        Feast::Veterans => date(year, 11, 11),
        Feast::Inauguration => date(year, 1, 20),
        Feast::Thanksgiving => nth_weekday(year, 11, 4, 3),
        Feast::Labor => nth_weekday(year, 9, 1, 0),
        Feast::Memorial => nth_weekday(year, 5, 0, 0),
        Feast::Columbus => nth_weekday(year, 10, 2, 0),
        Feast::Election => add_days(nth_weekday(year, 11, 1, 0), 1),
        Feast::Easter => easter(year),
        Feast::GoodFriday => add_days(easter(year), -2),
    }
}
