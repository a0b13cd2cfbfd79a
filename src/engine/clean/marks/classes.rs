//! Classes of what stands about a quotation mark, and how the text between two marks begins and ends by them.

use super::Mark;
use super::context::Context;
use super::lists;

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
    let report = lists::is_report(word) && !is_nonfinite(word);
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
        _ if lists::is_report(word) => 11,
        _ if lists::is_open_ended(word) => 12,
        _ if lists::is_first_person(word) => 13,
        _ if lists::goes_on(word) => 14,
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
    let [word, next] = context.words_after;
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
        _ if lists::is_report(word) => 11,
        _ if report && lists::is_third_person(word) => 12,
        _ if report && lists::is_report(next) => 13,
        c if report && c.is_lowercase() => 14,
        _ if report => 15,
        c if lists::is_first_person(word) => 16 + usize::from(c.is_lowercase()),
        _ if lists::is_third_person(word) => 18,
        c if c.is_lowercase() && lists::goes_on(word) => 19,
        c if c.is_lowercase() && lists::is_open_ended(word) => 20,
        c if c.is_lowercase() => 21,
        c if c.is_ascii_digit() => 22,
        _ if word.chars().next().is_some_and(char::is_uppercase) && is_opening(word) => 23,
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

/// Tells whether `word` begins many a sentence, and no name.
fn is_opening(word: &str) -> bool {
    matches!(
        word,
        "The"
            | "This"
            | "That"
            | "These"
            | "Those"
            | "There"
            | "What"
            | "When"
            | "How"
            | "Why"
            | "And"
            | "But"
            | "So"
            | "If"
            | "In"
            | "On"
            | "At"
            | "For"
            | "A"
            | "An"
            | "No"
            | "Not"
            | "Yes"
            | "As"
            | "To"
            | "With"
            | "Is"
            | "Do"
            | "Let"
    )
}

/// Tells whether a reporting word does not report by itself: `what I say .`
fn is_nonfinite(word: &str) -> bool {
    word.ends_with("ing") || matches!(word, "say" | "notes" | "reads" | "charged")
}
