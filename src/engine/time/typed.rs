//! Dates as readers type them: `last saturday`, `6/6/17`, `2016-09`, `late 2016`, `june 3 to june 6`.

use super::Interval;
use super::calendar::{Season, date, exact};
use super::expressions::Grammar;
use super::meaning::What;
use super::resolve;
use super::shorthand;
use super::tense::Tense;
use super::word_table::look_up;
use super::words::Lex;
use crate::engine::page::Page;
use crate::text::Tokens;
use jiff::civil::Date;

/// What may be typed, for messages.
const EXAMPLES: &str = "2017-06-03, 2017-06, 2017, 6/3/17 (month first), 3 June 2017, June 3, last Saturday, yesterday, two weeks ago, \
                        late 2016, end of May, Q3 2016, 2016-W09, summer 2016, June 3-6, June 3 to July 6";

/// Reads a date that a reader typed, as the days it names.
///
/// `reference` is the article's date, from which `last saturday` and a day without a year are counted; a weekday alone is the last
/// one. Two dates with `to` or `..` between them name all days from the first to the second.
/// Fails with a message that says what is understood.
pub fn parse_typed(text: &str, reference: Option<Date>) -> Result<Interval, String> {
    let typed = text.trim();
    if typed.is_empty() {
        return Err(format!("no date is typed: {EXAMPLES}"));
    }
    let lower = typed.to_lowercase();
    if let Some(rest) = lower.strip_prefix("since ") {
        let from = one(rest, reference)?;
        let to = reference.ok_or_else(|| needs_reference(typed))?;
        return Ok(Interval { from: from.from, to: to.max(from.to) });
    }
    let whole = one(&lower, reference);
    if whole.is_ok() {
        return whole;
    }
    let bare = lower.strip_prefix("between ").or_else(|| lower.strip_prefix("from ")).unwrap_or(&lower);
    if let Some([first, last]) = shorthand::range(bare) {
        return both(typed, one(&first, reference), one(&last, reference)).unwrap_or(whole);
    }
    for separator in [" to ", "..", " until ", " through ", " and ", " - ", " – ", " — ", "–", "/"] {
        if let Some((first, second)) = bare.split_once(separator)
            && let Some(days) = both(typed, one(first.trim(), reference), one(second.trim(), reference))
        {
            return days;
        }
    }
    whole
}

/// Returns all days from the first of two dates to the last; `None` where one of them is none.
fn both(
    typed: &str,
    first: Result<Interval, String>,
    last: Result<Interval, String>,
) -> Option<Result<Interval, String>> {
    let (from, to) = (first.ok()?.from, last.ok()?.to);
    Some(if from > to {
        Err(format!("“{typed}” ends before it begins: {from} is after {to}"))
    } else {
        Ok(Interval { from, to })
    })
}

/// Returns what is to be known of a typed date that can be read in two ways: `3/6/17` has its month first.
pub fn ambiguity(text: &str) -> Option<&'static str> {
    let lower = text.trim().to_lowercase();
    // A date among several, such as `3/6/17 to 5/6/17`, is as ambiguous as one alone.
    for word in lower.split_whitespace().flat_map(|word| word.split("..")) {
        let parts: Vec<Option<u8>> = word.split('/').map(|part| part.parse().ok()).collect();
        if let [Some(first), Some(second)] | [Some(first), Some(second), _] = parts[..]
            && first != second
            && (1..=12).contains(&first)
            && (1..=12).contains(&second)
        {
            return Some("month first; 3.6.2017 has the day first");
        }
    }
    let words: Vec<&str> = lower.split_whitespace().collect();
    match words[..] {
        [one] | ["on", one] if matches!(look_up(one.as_bytes()), Lex::Weekday(_) | Lex::WeekdayShort(_)) => {
            Some("the last one; “next …” is the one after")
        }
        [.., one, _] if matches!(look_up(one.as_bytes()), Lex::Season(Season::Winter)) => {
            Some("a winter is named by the year of its January")
        }
        _ => None,
    }
}

/// Reads one date in lower case.
fn one(typed: &str, reference: Option<Date>) -> Result<Interval, String> {
    if let Some(day) = compact(typed) {
        return Ok(Interval::day(day));
    }
    if let Some(days) = shorthand::figures(typed) {
        return Ok(days);
    }
    let spelled = shorthand::spelled(typed);
    let typed = spelled.as_deref().unwrap_or(typed);
    if let Some(reason) = impossible(typed) {
        return Err(reason);
    }
    // The grammar is that of news: months and feasts have capitals, and a lone month stands behind `in`.
    let mut text = String::from("in");
    for word in typed.split_whitespace() {
        text.push(' ');
        push_word(&mut text, word);
    }
    let tokens = Tokens::new(&text);
    let page = Page { text: &text, tokens: &tokens, words: &[], suspects: &[] };
    let grammar = Grammar::new(&page);
    let small = |lex: Lex| matches!(lex, Lex::On | Lex::In | Lex::At | Lex::Roughly | Lex::Since);
    let start = (0..grammar.l.all.len()).find(|&i| !small(grammar.l.lex(i))).unwrap_or(0);
    let wrong = || format!("“{typed}” is no date that is understood; these are: {EXAMPLES}");
    let (end, meaning) = grammar.expression(start).ok_or_else(wrong)?;
    // `yesterday 5pm`, `june 3 at noon`: the time of the day changes nothing.
    let time = (end..grammar.l.all.len()).find(|&i| !small(grammar.l.lex(i)) && grammar.l.lex(i) != Lex::Comma);
    let end = time.and_then(|i| grammar.time(i)).filter(|(_, m)| m.what == What::Time).map_or(end, |(end, _)| end);
    if end < grammar.l.all.len() {
        return Err(wrong());
    }
    match resolve::alone(meaning, reference, Tense::Past).interval {
        Some(days) => Ok(days),
        None if reference.is_none()
            && resolve::alone(meaning, Some(super::calendar::date(2000, 1, 1)), Tense::Past).interval.is_some() =>
        {
            Err(needs_reference(typed))
        }
        None => Err(wrong()),
    }
}

/// Says why a date that is well written is none: `2016-02-30`, `13/13/2016`, `june 31`.
fn impossible(typed: &str) -> Option<String> {
    let words: Vec<&str> = typed.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let long_year = |year: &str| year.len() == 4;
    let mut long = false;
    let (year, month, day) = if let [one] = words[..] {
        let sign = ['-', '/', '.'].into_iter().find(|&sign| one.contains(sign))?;
        let year_first = one.split(sign).next().is_some_and(long_year);
        long = year_first || one.rsplit(sign).next().is_some_and(long_year);
        let parts: Vec<i16> = one.split(sign).map(|part| part.parse().ok()).collect::<Option<_>>()?;
        match parts[..] {
            [year, month, day] if year_first => (Some(year), month, day),
            [year, month] if year_first => (Some(year), month, 1),
            [day, month, year] if sign == '.' || day > 12 && month <= 12 => (Some(year), month, day),
            [month, day, year] => (Some(year), month, day),
            _ => return None,
        }
    } else {
        let month = words.iter().find_map(|word| match look_up(word.trim_end_matches('.').as_bytes()) {
            Lex::Month(month) | Lex::MonthShort(month) => Some(i16::from(month)),
            _ => None,
        })?;
        let mut numbers =
            words.iter().filter_map(|word| word.trim_end_matches(char::is_alphabetic).parse::<i16>().ok());
        let day = numbers.next().filter(|&day| day < 100)?;
        (numbers.next(), month, day)
    };
    if !(1..=12).contains(&month) {
        return Some(format!("“{typed}” is no date: there is no month {month}"));
    }
    // Without a year, February may have its leap day.
    let short = |year: i16| super::figures::short_year(year.unsigned_abs().into());
    let year = year.map_or(2000, |year| if year < 100 && !long { short(year) } else { year });
    if !(1..=9999).contains(&year) {
        return Some(format!("“{typed}” is no date: the years go from 1 to 9999"));
    }
    let last = date(year, month as i8, 1).days_in_month();
    let name = super::MONTHS[usize::from(month.unsigned_abs()) - 1];
    (!(1..=i16::from(last)).contains(&day)).then(|| format!("“{typed}” is no date: {name} has {last} days"))
}

fn needs_reference(typed: &str) -> String {
    format!("“{typed}” counts from the article's date, which is not known: type a full date, such as 2017-06-03")
}

/// Adds a word, with the capital or in the full form that the grammar wants.
fn push_word(text: &mut String, word: &str) {
    let plain = word.trim_end_matches([',', '.']);
    let tail = &word[plain.len()..];
    match look_up(plain.as_bytes()) {
        Lex::MonthShort(month) => {
            text.push_str(super::MONTHS[usize::from(month.clamp(1, 12)) - 1]);
            text.push_str(tail.trim_start_matches('.'));
        }
        Lex::WeekdayShort(day) => {
            const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
            text.push_str(DAYS[usize::from(day.min(6))]);
            text.push_str(tail.trim_start_matches('.'));
        }
        Lex::Month(_) | Lex::Weekday(_) | Lex::Feast(_) | Lex::New => capital(text, word),
        _ if matches!(plain, "day" | "eve") => capital(text, word),
        _ if matches!(plain, "year's" | "year’s" | "years") && text.ends_with("New") => text.push_str("Year's"),
        _ => text.push_str(word),
    }
}

fn capital(text: &mut String, word: &str) {
    let mut letters = word.chars();
    if let Some(first) = letters.next() {
        text.extend(first.to_uppercase());
        text.push_str(letters.as_str());
    }
}

/// `20170606`, and `6.6.2017` with the day first, as dots are used.
fn compact(typed: &str) -> Option<Date> {
    if typed.len() == 8 && typed.bytes().all(|byte| byte.is_ascii_digit()) {
        let number = |range: std::ops::Range<usize>| typed.get(range)?.parse::<i16>().ok();
        return exact(number(0..4)?, number(4..6)? as u8, number(6..8)? as u8);
    }
    let mut parts = typed.split('.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || !matches!(year.len(), 2 | 4) {
        return None;
    }
    let year: u32 = year.parse().ok()?;
    let year = if year < 100 { super::figures::short_year(year) } else { i16::try_from(year).ok()? };
    exact(year, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn days(typed: &str) -> String {
        match parse_typed(typed, Some(date(2017, 6, 6))) {
            Ok(days) if days.from == days.to => days.from.to_string(),
            Ok(days) => format!("{}..{}", days.from, days.to),
            Err(reason) => reason,
        }
    }

    #[test]
    fn reads_what_people_type() {
        for (typed, expected) in [
            ("last saturday", "2017-06-03"),
            ("saturday", "2017-06-03"),
            ("sat", "2017-06-03"),
            ("tuesday", "2017-06-06"),
            ("6/6/17", "2017-06-06"),
            ("13/6/2017", "2017-06-13"),
            ("6.7.2017", "2017-07-06"),
            ("2017-06-03", "2017-06-03"),
            ("2017/06/03", "2017-06-03"),
            ("20170603", "2017-06-03"),
            ("2016-09", "2016-09-01..2016-09-30"),
            ("2016", "2016-01-01..2016-12-31"),
            ("late 2016", "2016-07-01..2016-12-31"),
            ("today", "2017-06-06"),
            ("Yesterday", "2017-06-05"),
            ("june 3", "2017-06-03"),
            ("3 june 2016", "2016-06-03"),
            ("on June 3rd, 2016", "2016-06-03"),
            ("jan 2016", "2016-01-01..2016-01-31"),
            ("may", "2017-05-01..2017-05-31"),
            ("in sept. 2016", "2016-09-01..2016-09-30"),
            ("last week", "2017-05-29..2017-06-04"),
            ("two weeks ago", "2017-05-22..2017-05-28"),
            ("3 days ago", "2017-06-03"),
            ("q3 2016", "2016-07-01..2016-09-30"),
            ("summer 2016", "2016-06-01..2016-08-31"),
            ("christmas 2016", "2016-12-25"),
            ("the 1990s", "1990-01-01..1999-12-31"),
            ("june 3 to june 6", "2017-06-03..2017-06-06"),
            ("2017-06-03..2017-06-06", "2017-06-03..2017-06-06"),
            ("between 2015 and 2016", "2015-01-01..2016-12-31"),
            ("since saturday", "2017-06-03..2017-06-06"),
            ("3 june", "2017-06-03"),
            ("spring 2016", "2016-03-01..2016-05-31"),
            ("winter 2016", "2015-12-01..2016-02-29"),
            ("the day before yesterday", "2017-06-04"),
            ("last month", "2017-05-01..2017-05-31"),
            ("next friday", "2017-06-09"),
            ("a year ago", "2016-01-01..2016-12-31"),
            ("3/6/17", "2017-03-06"),
            ("3.6.17", "2017-06-03"),
            ("early june 2016", "2016-06-01..2016-06-15"),
            ("yesterday 5pm", "2017-06-05"),
            ("june 3 at noon", "2017-06-03"),
            ("5 pm yesterday", "2017-06-05"),
            ("tomorrow", "2017-06-07"),
            ("9/2016", "2016-09-01..2016-09-30"),
            ("09.2016", "2016-09-01..2016-09-30"),
            ("2016/9", "2016-09-01..2016-09-30"),
            ("2016-9-3", "2016-09-03"),
            ("2016-06-03T10:00", "2016-06-03"),
            ("2016-W09", "2016-02-29..2016-03-06"),
            ("week 9 of 2016", "2016-02-29..2016-03-06"),
            ("2016 Q3", "2016-07-01..2016-09-30"),
            ("2016q3", "2016-07-01..2016-09-30"),
            ("H1 2016", "2016-01-01..2016-06-30"),
            ("6/3", "2017-06-03"),
            ("13/5", "2017-05-13"),
            ("3.6.", "2017-06-03"),
            ("end of may", "2017-05-26..2017-05-31"),
            ("end of 2016", "2016-11-01..2016-12-31"),
            ("june '16", "2016-06-01..2016-06-30"),
            ("3-jun-2016", "2016-06-03"),
            ("90s", "1990-01-01..1999-12-31"),
            ("ca. 2015", "2015-01-01..2015-12-31"),
            ("june 3-5", "2017-06-03..2017-06-05"),
            ("3-5 june 2016", "2016-06-03..2016-06-05"),
            ("june 3-5, 2016", "2016-06-03..2016-06-05"),
            ("jan-mar 2016", "2016-01-01..2016-03-31"),
            ("jan 5 to mar 7 2016", "2016-01-05..2016-03-07"),
            ("2015-2016", "2015-01-01..2016-12-31"),
            ("weekend", "2017-06-03..2017-06-04"),
        ] {
            assert_eq!(days(typed), expected, "{typed}");
        }
    }

    #[test]
    fn explains_what_can_be_read_in_two_ways() {
        for (typed, about) in [
            ("3/6/17", "month first"),
            ("1/2/2017..3/4/2017", "month first"),
            ("3/6", "month first"),
            ("sat", "last one"),
            ("winter 2016", "January"),
        ] {
            assert!(ambiguity(typed).is_some_and(|text| text.contains(about)), "{typed}");
        }
        for typed in ["6/6/17", "13/6/17", "3.6.2017", "last saturday", "june 3", "2017/03/06", "2016", ""] {
            assert_eq!(ambiguity(typed), None, "{typed}");
        }
    }

    #[test]
    fn says_what_is_understood() {
        let wrong = parse_typed("the other day", Some(date(2017, 6, 6))).unwrap_err();
        assert!(wrong.contains("the other day") && wrong.contains("last Saturday"), "{wrong}");
        let undated = parse_typed("last saturday", None).unwrap_err();
        assert!(undated.contains("the article's date"), "{undated}");
        for (typed, why) in [
            ("2017-02-30", "February has 28 days"),
            ("2016-02-30", "February has 29 days"),
            ("2017-13-01", "no month 13"),
            ("2017-13", "no month 13"),
            ("13/14/2017", "no month 13"),
            ("31.6.2017", "June has 30 days"),
            ("june 31", "June has 30 days"),
            ("31 june 2017", "June has 30 days"),
            ("0000-01-01", "years go from 1"),
            ("2016-W54", "no date that is understood"),
            ("13/2016", "no date that is understood"),
            ("2/30", "February has 29 days"),
        ] {
            let wrong = parse_typed(typed, Some(date(2017, 6, 6))).unwrap_err();
            assert!(wrong.contains(why), "{typed}: {wrong}");
        }
        assert!(parse_typed("2017 to 2016", None).unwrap_err().contains("before it begins"));
        assert!(parse_typed(" ", None).is_err());
    }

    proptest! {
        #[test]
        fn never_leaves_the_calendar(
            typed in "([a-z0-9’. /-]{0,24}|(last|next|late|early|the|end of|week|w|h1|jan|'|two|9999|0001|year|years|century|ago|decades|weekend|sunday|q3|may|31|[0-9]{1,8}| |/|-){1,8})",
            year in 1..=9999_i16, month in 1..=12_i8, day in 1..=31_i8,
        ) {
            if let Ok(days) = parse_typed(&typed, Some(date(year, month, day))) {
                prop_assert!(days.from <= days.to && days.from.year() >= 1 && days.to.year() <= 9999);
            }
        }
    }
}
