//! Days as people write them: for the screen, and typed by the reader.

use crate::engine::Interval;
use jiff::civil::Date;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

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

/// Returns the name of the month of `date`.
pub fn month(date: Date) -> &'static str {
    MONTHS[(date.month().clamp(1, 12) - 1) as usize]
}

/// Reads `2017`, `2017-06`, `2017-06-03` and two of these with `..` between them.
pub fn parse(text: &str) -> Option<Interval> {
    match text.split_once("..") {
        Some((from, to)) => {
            let (from, to) = (one(from.trim())?, one(to.trim())?);
            (from.from <= to.to).then_some(Interval { from: from.from, to: to.to })
        }
        None => one(text.trim()),
    }
}

fn one(text: &str) -> Option<Interval> {
    let mut parts = text.split('-');
    let number = |part: &str| {
        let digits = !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.parse::<i16>().ok()).flatten()
    };
    let year = number(parts.next()?).filter(|&year| year > 0)?;
    let month = parts.next().map(number);
    let date = parts.next().map(number);
    if parts.next().is_some() {
        return None;
    }
    let at = |month: i16, day: i16| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    match (month, date) {
        (None, _) => Some(Interval { from: at(1, 1)?, to: at(12, 31)? }),
        (Some(month), None) => {
            let from = at(month?, 1)?;
            Some(Interval { from, to: from.last_of_month() })
        }
        (Some(month), Some(date)) => Some(Interval::day(at(month?, date?)?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
            assert_eq!(parse(typed).map(interval).as_deref(), Some(shown), "{typed}");
        }
        for wrong in ["", "x", "2017-13", "2017-02-30", "2017-06-06-1", "2018..2017", "-1", "0"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn never_fails(text in "[0-9.x-]{0,14}") {
            if let Some(found) = parse(&text) {
                prop_assert!(found.from <= found.to);
                interval(found);
            }
        }
    }
}
