//! Classes of what stands about a quotation mark, and how the text between two marks begins and ends by them.

use super::Mark;
use super::context::Context;
use crate::engine::clean::lists::flag;

/// How many classes of what stands before a mark there are.
pub const BEFORES: usize = 19;
/// How many of what stands after it.
pub const AFTERS: usize = 25;
/// How many kinds of classes before are told apart where two facts are looked at together.
pub const GROUPS: usize = 5;
/// In how many ways a stretch begins; the last two are the start of the text and the end of overwritten words.
pub const STARTS: usize = 10;
/// In how many ways it ends; the last two are the end of the text and the start of overwritten words.
pub const ENDS: usize = 8;

/// The class of what stands before a mark.
pub fn before(context: &Context<'_>) -> usize {
    let word = context.word_before;
    let is = |flags: u32| context.before_is & flags != 0;
    let report = is(flag::FINITE);
    match context.before {
        '\n' => 0,
        ':' => 1,
        ',' if report => 2,
        ',' => 3,
        // `he said . "`: what he said goes on.
        '.' if report => 4,
        '.' => 5,
        '?' | '!' | '…' => 6,
        '(' | '[' => 7,
        '—' | '–' | '-' => 8,
        ';' => 9,
        c if !c.is_alphanumeric() => 10,
        _ if is(flag::REPORT) => 11,
        _ if is(flag::OPEN_ENDED) => 12,
        _ if is(flag::FIRST_PERSON) => 13,
        _ if is(flag::GOES_ON) => 14,
        _ if word.starts_with(char::is_uppercase) => 15,
        _ if word.starts_with(|c: char| c.is_ascii_digit()) => 16,
        _ if word.ends_with("ed") || word.ends_with("ing") => 17,
        _ => 18,
    }
}

/// The five kinds of those classes.
pub fn group(before: usize) -> usize {
    match before {
        0 | 1 | 7 | 8 => 0,
        2 | 3 | 9 => 1,
        4..=6 => 2,
        11..=14 => 3,
        _ => 4,
    }
}

/// How the stretch ends that ends before such a class.
pub fn end_of_stretch(before: usize) -> usize {
    match before {
        0 | 1 | 7 | 8 => 0,
        2 | 3 | 9 => 1,
        4 => 2,
        5 | 6 => 3,
        11..=14 => 4,
        _ => 5,
    }
}

/// The class of what stands after a mark.
pub fn after(text: &str, mark: &Mark, context: &Context<'_>) -> usize {
    let is = |flags: u32| context.after_is[0] & flags != 0;
    let report = context.report_follows;
    match context.after {
        '\n' => 0,
        ',' => 1,
        '.' | '…' if context.after == '…' || text[mark.end..].trim_start().starts_with("..") => 2,
        '.' => 3,
        '?' | '!' => 4,
        ':' | ';' => 5,
        ')' | ']' => 6,
        '(' => 7,
        '[' => 8,
        '—' | '–' | '-' => 9,
        c if !c.is_alphanumeric() => 10,
        _ if is(flag::REPORT) => 11,
        _ if report && is(flag::THIRD_PERSON) => 12,
        _ if report && context.after_is[1] & flag::REPORT != 0 => 13,
        c if report && c.is_lowercase() => 14,
        _ if report => 15,
        c if is(flag::FIRST_PERSON) => 16 + usize::from(c.is_lowercase()),
        _ if is(flag::THIRD_PERSON) => 18,
        c if c.is_lowercase() && is(flag::GOES_ON) => 19,
        c if c.is_lowercase() && is(flag::OPEN_ENDED) => 20,
        c if c.is_lowercase() => 21,
        c if c.is_ascii_digit() => 22,
        _ if is(flag::OPENING) => 23,
        _ => 24,
    }
}

/// How the stretch begins that begins with such a class.
pub fn start_of_stretch(after: usize) -> usize {
    match after {
        0..=5 => 0,
        6..=10 => 1,
        11..=14 => 2,
        15 => 3,
        16 | 17 => 4,
        18 | 23 => 5,
        19..=21 => 6,
        _ => 7,
    }
}
