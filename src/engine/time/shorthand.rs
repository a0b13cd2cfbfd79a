//! Short forms of dates that people type and news do not print: `9/2016`, `2016-W09`, `6/3`, `june 3-5`, `end of may`.

use super::Interval;
use super::calendar::{add_days, add_months, date, exact};
use super::word_table::look_up;
use super::words::Lex;
use jiff::civil::{ISOWeekDate, Weekday};

/// Returns the days of a form in figures that names its year; `typed` is in lower case.
pub fn figures(typed: &str) -> Option<Interval> {
    // `2016-06-03T10:00`: the time of the day changes nothing.
    let typed = match typed.split_once('t') {
        Some((day, time)) if time.starts_with(|c: char| c.is_ascii_digit()) && time.contains(':') => day,
        _ => typed,
    };
    let typed = typed.strip_prefix("week ").map_or_else(|| typed.to_owned(), |rest| format!("w{rest}"));
    let parts: Vec<&str> = typed.split([' ', '-', '/', '.']).filter(|part| !part.is_empty() && *part != "of").collect();
    let (first, second) = match parts[..] {
        // `2016w09`, `2016q3`.
        [one] => one.split_at_checked(4)?,
        [first, second] => (first, second),
        // `2016-9-3`.
        [year, month, day] if !typed.contains(' ') => {
            return Some(Interval::day(exact(full_year(year)?, month.parse().ok()?, day.parse().ok()?)?));
        }
        _ => return None,
    };
    let (year, rest) = match (full_year(first), full_year(second)) {
        (Some(year), None) => (year, second),
        (None, Some(year)) => (year, first),
        _ => return None,
    };
    let number = |figures: &str| figures.parse::<i8>().ok().filter(|&n| n > 0 && figures.len() <= 2);
    let months = |from: i8, count: i32| {
        let first = date(year, from, 1);
        Some(Interval { from: first, to: add_days(add_months(first, count), -1) })
    };
    match (rest.get(..1)?, rest.get(1..)?) {
        ("w", week) => {
            let monday = ISOWeekDate::new(year, number(week)?, Weekday::Monday).ok()?.date();
            Some(Interval { from: monday, to: add_days(monday, 6) })
        }
        ("q", quarter) => number(quarter).filter(|&n| n <= 4).and_then(|n| months(3 * n - 2, 3)),
        ("h", half) => number(half).filter(|&n| n <= 2).and_then(|n| months(6 * n - 5, 6)),
        // A month of figures only with a sign between: `9/2016`, not `9 2016`.
        _ if !typed.contains(' ') && parts.len() == 2 => number(rest).filter(|&n| n <= 12).and_then(|n| months(n, 1)),
        _ => None,
    }
}

/// Returns the first and the last date of a range whose parts share a month or a year: `june 3-5, 2017`, `3-5 june`,
/// `jan-mar 2016`, `jan to mar 2016`, `2015-2016`.
pub fn range(typed: &str) -> Option<[String; 2]> {
    let (first, last) = [" to ", " until ", " through ", " and ", " – ", " - ", "–", "-"]
        .iter()
        .find_map(|sign| typed.split_once(sign))
        .map(|(first, last)| (first.trim(), last.trim()))?;
    let (front, back) = (words(first), words(last));
    let is_month =
        |word: &str| matches!(look_up(word.trim_end_matches('.').as_bytes()), Lex::Month(_) | Lex::MonthShort(_));
    let is_day = |word: &str| word.len() <= 2 && word.parse::<u8>().is_ok();
    let year = back.last().copied().filter(|word| full_year(word).is_some());
    let has_year = front.iter().any(|word| full_year(word).is_some());
    let with_year = |text: String| match year {
        Some(year) if !has_year => format!("{text} {year}"),
        _ => text,
    };
    match (&front[..], &back[..]) {
        ([one], [other]) if full_year(one).is_some() && full_year(other).is_some() => {
            Some([(*one).to_owned(), (*other).to_owned()])
        }
        ([month, from], [to, rest @ ..]) if is_month(month) && is_day(from) && is_day(to) && rest.len() <= 1 => {
            let last = [&[*month, *to], rest].concat().join(" ");
            Some([with_year(format!("{month} {from}")), last])
        }
        ([from], [to, month, rest @ ..]) if is_day(from) && is_day(to) && is_month(month) && rest.len() <= 1 => {
            Some([with_year(format!("{from} {month}")), back.join(" ")])
        }
        _ if year.is_some() && !has_year && front.iter().any(|word| is_month(word)) => {
            Some([with_year(front.join(" ")), back.join(" ")])
        }
        _ => None,
    }
}

/// Returns a form in other words that the grammar of news knows: `end of may` is `the end of may`.
pub fn spelled(typed: &str) -> Option<String> {
    let parts: Vec<&str> = typed.trim_end_matches('.').split(['/', '.']).collect();
    let sign = typed.contains('/') || typed.ends_with('.');
    if let ([first, second], true) = (&parts[..], sign)
        && let (Ok(first), Ok(second)) = (first.parse::<u8>(), second.parse::<u8>())
    {
        // Slashes have the month first where both can be, dots the day.
        let (month, day) = if typed.contains('.') || first > 12 { (second, first) } else { (first, second) };
        let name = super::MONTHS.get(usize::from(month).checked_sub(1)?)?;
        return Some(format!("{} {day}", name.to_lowercase()));
    }
    let words: Vec<&str> = typed.split(' ').filter(|word| !word.is_empty()).collect();
    match words[..] {
        ["end" | "beginning" | "start" | "middle", "of", ..] | ["weekend"] => Some(format!("the {typed}")),
        ["ca." | "ca" | "c." | "circa" | "~", ref rest @ ..] if !rest.is_empty() => {
            Some(format!("about {}", rest.join(" ")))
        }
        [decade] if decade.len() == 3 && decade.ends_with("0s") => Some(format!("the {typed}")),
        [ref front @ .., short] if !front.is_empty() && short.len() == 3 && short.starts_with('\'') => {
            let year = super::figures::short_year(short[1..].parse().ok()?);
            Some(format!("{} {year}", front.join(" ")))
        }
        // `3-jun-2017`.
        [one] if one.split('-').count() == 3 && one.bytes().any(|byte| byte.is_ascii_alphabetic()) => {
            Some(one.replace('-', " "))
        }
        _ => None,
    }
}

fn words(text: &str) -> Vec<&str> {
    text.split([' ', ',']).filter(|word| !word.is_empty()).collect()
}

/// A year of four figures.
fn full_year(figures: &str) -> Option<i16> {
    let plain = figures.len() == 4 && figures.bytes().all(|byte| byte.is_ascii_digit());
    figures.parse().ok().filter(|&year| plain && year > 0)
}
