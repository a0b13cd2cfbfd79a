//! Days as people write them.

use crate::engine::Interval;
use crate::engine::time::MONTHS;
use jiff::Timestamp;
use jiff::civil::Date;

/// Returns `6 June 2017`.
pub fn day(date: Date) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

/// Returns `6 June 2017`, `June 2017`, `2016`, `3–5 June 2017`, `3 May – 5 June 2017`, `1 July 2016 – 3 May 2017`.
pub fn interval(interval: Interval) -> String {
    let Interval { from, to } = interval;
    if from == to {
        return day(from);
    }
    let whole = from.day() == 1 && to == to.last_of_month();
    if from.year() != to.year() {
        return if whole && from.month() == 1 && to.month() == 12 {
            format!("{}–{}", from.year(), to.year())
        } else if whole {
            format!("{} {} – {} {}", month(from), from.year(), month(to), to.year())
        } else {
            format!("{} – {}", day(from), day(to))
        };
    }
    match (whole, from.month() == to.month()) {
        (true, true) => format!("{} {}", month(from), from.year()),
        (true, false) if from.month() == 1 && to.month() == 12 => from.year().to_string(),
        (true, false) => format!("{}–{} {}", month(from), month(to), from.year()),
        (false, true) => format!("{}–{}", from.day(), day(to)),
        (false, false) => format!("{} {} – {}", from.day(), month(from), day(to)),
    }
}

/// Returns how long ago a moment was, in words; from a week on the day it was, in UTC.
pub fn ago(at: Timestamp, now: Timestamp) -> String {
    let minutes = now.duration_since(at).as_secs() / 60;
    let some = |count: i64, what: &str| format!("{count} {what}{} ago", if count == 1 { "" } else { "s" });
    match minutes {
        ..1 => "just now".to_owned(),
        1..60 => some(minutes, "minute"),
        60..1440 => some(minutes / 60, "hour"),
        1440..10080 => some(minutes / 1440, "day"),
        _ => day(at.to_zoned(jiff::tz::TimeZone::UTC).date()),
    }
}

/// Returns the name of the month of `date`.
pub fn month(date: Date) -> &'static str {
    MONTHS[(date.month().clamp(1, 12) - 1) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::time::parse_typed;

    #[test]
    fn tells_how_long_ago() {
        let now: Timestamp = "2017-06-06T12:00:00Z".parse().expect("a moment");
        for (at, shown) in [
            ("2017-06-06T11:59:30Z", "just now"),
            ("2017-06-06T12:00:30Z", "just now"),
            ("2017-06-06T11:58:00Z", "2 minutes ago"),
            ("2017-06-06T10:59:00Z", "1 hour ago"),
            ("2017-06-01T12:00:00Z", "5 days ago"),
            ("2017-05-01T23:00:00Z", "1 May 2017"),
        ] {
            assert_eq!(ago(at.parse().expect("a moment"), now), shown);
        }
    }

    #[test]
    fn writes_what_it_reads_as_people_do() {
        for (typed, shown) in [
            ("2017-06-06", "6 June 2017"),
            ("2017-06", "June 2017"),
            ("2016", "2016"),
            ("2017-06-03..2017-06-05", "3–5 June 2017"),
            ("2017-05-03..2017-06-05", "3 May – 5 June 2017"),
            ("2016-07-01..2017-05-03", "1 July 2016 – 3 May 2017"),
            ("2016-07..2016-12", "July–December 2016"),
            ("2014..2016", "2014–2016"),
            ("2016-11..2017-01", "November 2016 – January 2017"),
        ] {
            assert_eq!(parse_typed(typed, None).map(interval).as_deref(), Ok(shown), "{typed}");
        }
    }
}
