//! Days as people write them: in full, or in short beside a mark; moments as long as they are near.

use crate::engine::Interval;
use crate::engine::time::MONTHS;
use crate::text::counted;
use jiff::Timestamp;
use jiff::civil::Date;

/// How much is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `6 June 2017`
    Full,
    /// `6 Jun 2017`
    Short,
}

/// Returns the month of `date`.
pub fn month(date: Date, style: Style) -> &'static str {
    let name = MONTHS[usize::from(date.month().clamp(1, 12).unsigned_abs()) - 1];
    match style {
        Style::Full => name,
        Style::Short => &name[..3],
    }
}

/// Returns days as short as they can be written: `2016`, `2014–2016`, `June 2017`, `6 June 2017`, `3–5 June 2017`,
/// `3 May – 5 June 2017`, `November 2016 – January 2017`, `1 July 2016 – 3 May 2017`.
pub fn days(interval: Interval, style: Style) -> String {
    let Interval { from, to } = interval;
    let full = |date: Date| format!("{} {} {}", date.day(), month(date, style), date.year());
    let of_year = |date: Date| format!("{} {}", month(date, style), date.year());
    let months = from.day() == 1 && to == to.last_of_month();
    let years = months && from.month() == 1 && to.month() == 12;
    match (from.year() == to.year(), from.month() == to.month()) {
        _ if from == to => full(from),
        (true, _) if years => from.year().to_string(),
        (false, _) if years => format!("{}–{}", from.year(), to.year()),
        (true, true) if months => of_year(from),
        (true, false) if months => format!("{}–{}", month(from, style), of_year(to)),
        (false, _) if months => format!("{} – {}", of_year(from), of_year(to)),
        (true, true) => format!("{}–{}", from.day(), full(to)),
        (true, false) => format!("{} {} – {}", from.day(), month(from, style), full(to)),
        (false, _) => format!("{} – {}", full(from), full(to)),
    }
}

/// Returns how long ago a moment was, in words; from a week on the day it was, in UTC.
pub fn ago(at: Timestamp, now: Timestamp) -> String {
    let minutes = now.duration_since(at).as_secs() / 60;
    let some = |count: i64, one: &str, many: &str| counted(count as usize, one, many);
    match minutes {
        ..1 => "just now".to_owned(),
        1..60 => some(minutes, "minute ago", "minutes ago"),
        60..1440 => some(minutes / 60, "hour ago", "hours ago"),
        1440..10080 => some(minutes / 1440, "day ago", "days ago"),
        _ => days(Interval::day(at.to_zoned(jiff::tz::TimeZone::UTC).date()), Style::Full),
    }
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
    fn writes_days_as_people_do() {
        for (typed, short, full) in [
            ("2017-06-06", "6 Jun 2017", "6 June 2017"),
            ("2017-06", "Jun 2017", "June 2017"),
            ("2016", "2016", "2016"),
            ("2014..2016", "2014–2016", "2014–2016"),
            ("2017-06-03..2017-06-05", "3–5 Jun 2017", "3–5 June 2017"),
            ("2017-05-03..2017-06-05", "3 May – 5 Jun 2017", "3 May – 5 June 2017"),
            ("2016-07-01..2017-05-03", "1 Jul 2016 – 3 May 2017", "1 July 2016 – 3 May 2017"),
            ("2016-07..2016-12", "Jul–Dec 2016", "July–December 2016"),
            ("2016-11..2017-01", "Nov 2016 – Jan 2017", "November 2016 – January 2017"),
        ] {
            let typed = parse_typed(typed, None).expect("it is a full date");
            assert_eq!(days(typed, Style::Short), short);
            assert_eq!(days(typed, Style::Full), full);
        }
    }
}
