//! TIMEX3 values of what no day of the calendar can be told for, and of times of the day.

use super::calendar::{Unit, add_days};
use super::cycles::feast_day;
use super::meaning::{Clock, Cycle, What};
use super::words::Feast;

/// Returns the value of a day, or of what is known of it, with a time of the day: `2017-06-06TNI`, `2017-06-XXT10:30`.
pub fn with_clock(value: String, clock: Option<Clock>) -> String {
    let Some(clock) = clock else { return value };
    // `that night`, of a year or a month.
    let value = match value.len() {
        4 => value + "-XX-XX",
        7 => value + "-XX",
        _ => value,
    };
    match clock {
        Clock::At(hour, minute) => format!("{value}T{hour:02}:{minute:02}"),
        Clock::Part(part) => value + part.code(),
    }
}

/// Returns the value of a cycle of which nothing says which one.
pub fn open_value(cycle: Cycle) -> String {
    match cycle {
        Cycle::Weekday(day) => format!("XXXX-WXX-{}", day + 1),
        Cycle::Weekend => "XXXX-WXX-WE".to_owned(),
        Cycle::Month(month) => format!("XXXX-{month:02}"),
        Cycle::MonthDay(month, day) | Cycle::Dated(_, month, day) => format!("XXXX-{month:02}-{day:02}"),
        Cycle::Season(season) => format!("XXXX-{}", season.code()),
        Cycle::Quarter(quarter) => format!("XXXX-Q{quarter}"),
        Cycle::Half(half) => format!("XXXX-H{half}"),
        Cycle::Feast(feast) => open_feast(feast, 0),
        Cycle::Eve(feast) => open_feast(feast, -1),
    }
}

fn open_feast(feast: Feast, shift: i32) -> String {
    let day = add_days(feast_day(feast, 2001), shift);
    // Feasts that move have no month and day of their own.
    match feast {
        Feast::Easter
        | Feast::GoodFriday
        | Feast::Thanksgiving
        | Feast::Labor
        | Feast::Memorial
        | Feast::Columbus
        | Feast::Election => "XXXX-XX-XX".to_owned(),
        _ => format!("XXXX-{:02}-{:02}", day.month(), day.day()),
    }
}

/// Returns the value of what cannot be placed because the article has no date.
pub fn unknown(what: What) -> String {
    match what {
        What::Cycle(cycle, _) => open_value(cycle),
        What::Shift(unit, _) | What::FocusShift(unit, _) | What::Focus(unit) | What::Latest(unit) => match unit {
            Unit::Year | Unit::Half => "XXXX",
            Unit::Quarter => "XXXX-QX",
            Unit::Month => "XXXX-XX",
            Unit::Week => "XXXX-WXX",
            Unit::Weekend => "XXXX-WXX-WE",
            Unit::Decade => "XXX",
            Unit::Century => "XX",
            _ => "XXXX-XX-XX",
        }
        .to_owned(),
        What::WeekOf(..) => "XXXX-WXX".to_owned(),
        What::YearBefore => "XXXX".to_owned(),
        _ => "XXXX-XX-XX".to_owned(),
    }
}
