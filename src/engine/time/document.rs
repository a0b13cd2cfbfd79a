//! The article's own date: given, stated by its source, or inferred from what the text says, always with the reasons.

use super::calendar::{self, Point, add_days, days_between};
use super::meaning::{Cycle, What, Which};
use super::tense;
use super::{DateFrom, DocumentDate, Interval, Timex};
use crate::engine::analysis::Options;
use crate::engine::page::Page;
use crate::engine::quotes::Evidence;
use crate::text::{Clean, Span, counted};
use jiff::civil::Date;

/// Finds the article's date. `timexes` need no values yet.
pub fn find(page: &Page, timexes: &[Timex], options: &Options) -> DocumentDate {
    let stated = match (options.given_date, options.metadata_date) {
        (Some(day), _) => Some((day, DateFrom::Given, "the date was given".into())),
        (None, Some(day)) => Some((day, DateFrom::Metadata, "the source states the date".into())),
        (None, None) => options.source_name.as_deref().and_then(|name| {
            let day = in_name(name)?;
            Some((day, DateFrom::Metadata, format!("the name of the source has {day}: “{}”", tail(name)).into()))
        }),
    };
    if let Some((day, from, reason)) = stated {
        let mut evidence: Vec<Evidence> = vec![reason];
        if let Some((stamp, span)) = fixed_days(timexes).filter(|&(_, span)| is_stamp(page, span)).max()
            && stamp > add_days(day, 1)
        {
            evidence
                .push(format!("contradicted by the text: a stamp “{}” is later than {day}", span.of(page.text)).into());
        }
        return DocumentDate { interval: Some(Interval::day(day)), best: Some(day), from, evidence };
    }
    infer(page, timexes)
}

/// Returns the date in a file name or address: `2017/06/06/`, `2017-06-06-title`, `story_20170606.html`.
pub fn in_name(name: &str) -> Option<Date> {
    let bytes = name.as_bytes();
    let digits = |at: usize, n: usize| -> Option<i16> {
        let part = bytes.get(at..at + n)?;
        part.iter().all(u8::is_ascii_digit).then(|| part.iter().fold(0, |sum, d| sum * 10 + i16::from(d - b'0')))
    };
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    (0..bytes.len()).filter(|&at| !digit(at.checked_sub(1))).find_map(|at| {
        let year = digits(at, 4).filter(|year| (1900..=2100).contains(year))?;
        let separator = *bytes.get(at + 4)?;
        let (month, day, end) = if separator.is_ascii_digit() {
            (digits(at + 4, 2)?, digits(at + 6, 2)?, at + 8)
        } else if matches!(separator, b'-' | b'/' | b'_' | b'.') && bytes.get(at + 7) == Some(&separator) {
            (digits(at + 5, 2)?, digits(at + 8, 2)?, at + 10)
        } else {
            return None;
        };
        if digit(Some(end)) {
            return None;
        }
        super::calendar::exact(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    })
}

/// The last 60 characters or so of a name.
fn tail(name: &str) -> &str {
    name.char_indices().rev().nth(59).map_or(name, |(at, _)| &name[at..])
}

fn fixed_days(timexes: &[Timex]) -> impl Iterator<Item = (Date, Span<Clean>)> + '_ {
    timexes.iter().filter_map(|timex| match timex.meaning.what {
        What::Fixed(Point::Day(day)) => Some((day, timex.span)),
        _ => None,
    })
}

/// Infers the date from the text.
fn infer(page: &Page, timexes: &[Timex]) -> DocumentDate {
    let mut evidence: Vec<Evidence> = Vec::new();
    // A line that states it: `Published June 6, 2017`, or the date alone at the top.
    let lines: Vec<(Date, Span<Clean>)> = fixed_days(timexes).filter(|&(_, span)| is_date_line(page, span)).collect();
    if let Some(&(day, span)) = lines.iter().max() {
        evidence.push(format!("a line of the article states it: “{}”", line_of(page, span)).into());
        let earliest = lines.iter().map(|line| line.0).min().unwrap_or(day);
        if earliest != day {
            evidence.push(format!("another line states {earliest}: the later one is taken").into());
        }
        let from = if days_between(earliest, day) <= 366 { earliest } else { day };
        return inferred(Interval { from, to: day }, Some(day), evidence);
    }
    // The stamps of posts: the article is not older than the last of them.
    if let Some((day, span)) = fixed_days(timexes).filter(|&(_, span)| is_stamp(page, span)).max() {
        evidence.push(
            format!(
                "the last stamp of a post is “{}”, a {}: the article is not older",
                span.of(page.text),
                weekday_name(day)
            )
            .into(),
        );
        let last = weekdays(page, timexes, day, &mut evidence);
        return inferred(
            Interval { from: day, to: add_days(day, if last.is_some() { 1 } else { 7 }) },
            Some(last.unwrap_or(day)),
            evidence,
        );
    }
    if let Some(found) = dateline(page, timexes, &mut evidence) {
        return found;
    }
    // Full dates, months and years in running text are mostly of what is long past: they bound the date, they do not tell it.
    let told = |timex: &&Timex| !tense::of(page, timex.span).is_future();
    if let Some((_, span)) =
        timexes.iter().filter(|timex| fixed_day(timex).is_some()).filter(told).filter_map(fixed_day).max()
    {
        evidence.push(format!("it is hardly older than “{}”, the last full date it tells", span.of(page.text)).into());
    }
    evidence.push("nothing in the text tells its own date".into());
    DocumentDate { interval: None, best: None, from: DateFrom::Unknown, evidence }
}

fn inferred(interval: Interval, best: Option<Date>, evidence: Vec<Evidence>) -> DocumentDate {
    DocumentDate { interval: Some(interval), best, from: DateFrom::Text, evidence }
}

fn fixed_day(timex: &Timex) -> Option<(Date, Span<Clean>)> {
    match timex.meaning.what {
        What::Fixed(Point::Day(day)) => Some((day, timex.span)),
        _ => None,
    }
}

/// A dateline or a weekday with its date, whose year another date of the article fixes.
fn dateline(page: &Page, timexes: &[Timex], evidence: &mut Vec<Evidence>) -> Option<DocumentDate> {
    let year_hint = timexes
        .iter()
        .filter_map(|timex| match timex.meaning.what {
            What::Fixed(Point::Year(year) | Point::Month(year, _) | Point::Quarter(year, _)) => {
                Some((year, timex.span))
            }
            What::Fixed(Point::Day(day)) => Some((day.year(), timex.span)),
            _ => None,
        })
        .filter(|(_, span)| !tense::of(page, *span).is_future())
        .max();
    for timex in timexes {
        match timex.meaning.what {
            // `Tuesday, June 6`: the weekday fixes the year among those near the ones named.
            What::Cycle(Cycle::Dated(weekday, month, day), Which::Open) => {
                let Some((year, span)) = year_hint else {
                    evidence.push(
                        format!(
                            "“{}” fixes the year only among every fifth or sixth, and no year is named",
                            timex.span.of(page.text)
                        )
                        .into(),
                    );
                    continue;
                };
                let fits = (-1..=3_i32)
                    .filter_map(|n| super::calendar::exact(super::calendar::year_of(i32::from(year) + n), month, day))
                    .find(|&found| calendar::weekday(found) == i32::from(weekday));
                if let Some(found) = fits {
                    evidence.push(
                        format!(
                            "“{}” fell in {}, the year that fits the weekday beside “{}”",
                            timex.span.of(page.text),
                            found.year(),
                            span.of(page.text)
                        )
                        .into(),
                    );
                    return Some(inferred(
                        Interval { from: add_days(found, -7), to: add_days(found, 7) },
                        Some(found),
                        std::mem::take(evidence),
                    ));
                }
            }
            // `LONDON, June 6 (Agency) -`: only in the first line.
            What::Cycle(Cycle::MonthDay(..), Which::Open) if is_dateline(page, timex.span) => {
                evidence.push(format!("the dateline has “{}” without a year", timex.span.of(page.text)).into());
            }
            _ => {}
        }
    }
    None
}

/// Looks for the weekday of `day` told as past: a report names the day on which it is written by its weekday.
///
/// Returns the day where the text speaks of that weekday, and says so in `evidence`.
fn weekdays(page: &Page, timexes: &[Timex], day: Date, evidence: &mut Vec<Evidence>) -> Option<Date> {
    let mut latest: Option<(i32, Span<Clean>)> = None;
    for timex in timexes {
        if let What::Cycle(Cycle::Weekday(weekday), Which::Open) = timex.meaning.what {
            if tense::of(page, timex.span).is_future() {
                continue;
            }
            let back = (calendar::weekday(day) - i32::from(weekday)).rem_euclid(7);
            if latest.is_none_or(|(least, _)| back < least) {
                latest = Some((back, timex.span));
            }
        }
    }
    let (back, span) = latest?;
    if back == 0 {
        evidence.push(
            format!(
                "the text tells of “{}”, the weekday of {day}: written on that day or soon after",
                around(page, span)
            )
            .into(),
        );
        return Some(day);
    }
    evidence.push(
        format!(
            "the weekdays it tells of (“{}”) go with {day}, as the latest is {} before",
            around(page, span),
            counted(back as usize, "day", "days")
        )
        .into(),
    );
    Some(day)
}

/// The expression with the word before it: `on Tuesday`.
fn around<'a>(page: &Page<'a>, span: Span<Clean>) -> &'a str {
    let first = page.tokens.within(span).start;
    let before = first
        .checked_sub(1)
        .map(|i| page.tokens.all[i])
        .filter(|token| matches!(token.of(page.text), "on" | "On" | "last"));
    Span::<Clean>::new(before.map_or(span.start, |token| token.start as usize), span.end).of(page.text)
}

/// A stamp of a post stands behind its author’s handle: `(@name) June 6, 2017`.
pub fn is_stamp(page: &Page, span: Span<Clean>) -> bool {
    let mut from = span.start.saturating_sub(60);
    while !page.text.is_char_boundary(from) {
        from -= 1;
    }
    let before = page.text[from..span.start].trim_end();
    let before = before.strip_suffix([',', '·', '|', '—', '–', '-']).map_or(before, str::trim_end);
    let Some(open) = before.strip_suffix(')').and_then(|inner| inner.rfind('(').map(|at| &inner[at + 1..])) else {
        return before.rsplit(char::is_whitespace).next().is_some_and(|word| word.starts_with('@') && word.len() > 2);
    };
    open.trim_start().starts_with('@')
}

/// The line that holds `span`, trimmed; a long line is cut some way to either side.
fn line_of<'a>(page: &Page<'a>, span: Span<Clean>) -> &'a str {
    const FAR: usize = 200;
    let text = page.text;
    let from =
        (span.start.saturating_sub(FAR)..=span.start).find(|&at| text.is_char_boundary(at)).unwrap_or(span.start);
    let to =
        (span.end..=text.len().min(span.end + FAR)).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(span.end);
    let start = text[from..span.start].rfind('\n').map_or(from, |at| from + at + 1);
    let end = text[span.end..to].find('\n').map_or(to, |at| span.end + at);
    text[start..end].trim()
}

/// Tells whether the date stands in a line of its own at the top, in a dateline, or behind `Published`, `Updated`, `Posted`; a
/// line of its own at the bottom is as often the date of a correction.
fn is_date_line(page: &Page, span: Span<Clean>) -> bool {
    if is_stamp(page, span) {
        return false;
    }
    let line = line_of(page, span);
    let rest = line.len().saturating_sub(span.len());
    let lead = line.trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    let states = matches!(
        lead.to_ascii_lowercase().as_str(),
        "published" | "updated" | "posted" | "date" | "dated" | "last" | "first" | "modified" | "by"
    );
    (states && line.len() < 140) || (rest < 24 && span.start < 600) || is_dateline(page, span)
}

/// Tells whether the date stands in a dateline: capitals before it, at the very top.
fn is_dateline(page: &Page, span: Span<Clean>) -> bool {
    let top = page.text.len() - page.text.trim_start().len();
    if span.start > top + 160 {
        return false;
    }
    let line = &page.text[page.text[..span.start].rfind('\n').map_or(0, |at| at + 1)..span.start];
    let (place, rest) = line.split_once(',').unwrap_or((line, ""));
    // Behind the place stand at most its state and the agency: `OSTVALE, Vt. (Wire), June 6`.
    let close = rest.len() <= 24 && !rest.bytes().any(|byte| byte.is_ascii_digit());
    let letters = || place.chars().filter(|c| c.is_alphabetic());
    close && place.len() > 2 && letters().next().is_some() && letters().all(char::is_uppercase)
}

fn weekday_name(day: Date) -> &'static str {
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        .get(calendar::weekday(day) as usize)
        .copied()
        .unwrap_or("")
}
