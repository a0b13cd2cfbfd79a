//! Intervals in short, as people write them beside a mark.

use crate::engine::Interval;
use jiff::civil::Date;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Returns the month of `date` in three letters.
pub fn month(date: Date) -> &'static str {
    MONTHS[usize::try_from(date.month().clamp(1, 12)).unwrap_or(1) - 1]
}

/// Returns an interval as people write it, as short as it can be: `2016`, `Jan 2017`, `6 Jun 2017`, `4–6 Jun 2017`.
pub fn days(interval: Interval) -> String {
    let (from, to) = (interval.from, interval.to);
    let full = |date: Date| format!("{} {} {}", date.day(), month(date), date.year());
    let whole_months = from.day() == 1 && to == to.last_of_month();
    if from == to {
        full(from)
    } else if whole_months && from.month() == 1 && to.month() == 12 {
        if from.year() == to.year() { from.year().to_string() } else { format!("{}–{}", from.year(), to.year()) }
    } else if whole_months && from.year() == to.year() {
        if from.month() == to.month() {
            format!("{} {}", month(from), from.year())
        } else {
            format!("{}–{} {}", month(from), month(to), from.year())
        }
    } else if from.year() == to.year() && from.month() == to.month() {
        format!("{}–{} {} {}", from.day(), to.day(), month(from), from.year())
    } else if from.year() == to.year() {
        format!("{} {} – {}", from.day(), month(from), full(to))
    } else {
        format!("{} – {}", full(from), full(to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_days_as_people_do() {
        for (from, to, text) in [
            ("2017-06-06", "2017-06-06", "6 Jun 2017"),
            ("2017-06-04", "2017-06-06", "4–6 Jun 2017"),
            ("2017-05-30", "2017-06-06", "30 May – 6 Jun 2017"),
            ("2017-01-01", "2017-01-31", "Jan 2017"),
            ("2016-07-01", "2016-12-31", "Jul–Dec 2016"),
            ("2016-01-01", "2016-12-31", "2016"),
            ("2010-01-01", "2019-12-31", "2010–2019"),
        ] {
            assert_eq!(days(Interval { from: from.parse().unwrap(), to: to.parse().unwrap() }), text);
        }
    }
}
