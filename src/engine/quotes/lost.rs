//! Where a quotation mark stood that was lost: the other end of a stretch that has only one of its marks.
//!
//! A guess, made only in texts that lost words. It weighs, for each place where the mark may have stood, what stands there
//! (words that were written over others, a cue, the end of a sentence) and how much what lies on either side of it reads as
//! spoken or as told.

use crate::engine::clean::marks::{is_report, is_title, last_word};
use std::ops::Range;

/// Words that were written over others, as bytes of the text, in order.
pub type Overwritten = [Range<usize>];

/// The longest stretch that is looked for, in bytes.
const REACH: usize = 900;

/// A place must be at least this likely, in the units of [`spoken`].
const ENOUGH: f32 = 1.0;

/// Returns where the stretch begins that is closed at `close`; it begins at `low` or later.
pub fn opening(text: &str, overwritten: &Overwritten, low: usize, close: usize) -> Option<usize> {
    let low = floor(text, low.max(close.saturating_sub(REACH)));
    best(text, overwritten, low..close, |at, over| {
        let before = text[low..at].trim_end();
        let word = last_word(before.trim_end_matches([',', ':', '.']));
        let reported = is_report(word) || ends_with_cue(before);
        let place = match before.chars().next_back() {
            None => 0.5,
            Some(':') => 2.0,
            Some(',') if reported => 2.5,
            Some('.' | '!' | '?') if reported => 2.0,
            Some('.' | '!' | '?' | '…') => 0.5,
            Some(_) if over && reported => 2.0,
            Some(_) if over => -0.5,
            Some(_) => return None,
        };
        let more = if over { 1.5 } else { 0.0 };
        Some(place + more + spoken(&text[at..close]) - spoken(&text[low..at]))
    })
}

/// Returns where the stretch ends that was opened at `open`; it ends at `high` or before.
pub fn closing(text: &str, overwritten: &Overwritten, open: usize, high: usize) -> Option<usize> {
    let high = floor(text, high.min(open + REACH));
    best(text, overwritten, open..high, |at, over| {
        let before = text[open..at].trim_end();
        let behind = &text[at..high];
        let cue = begins_with_cue(behind);
        let place = match before.chars().next_back()? {
            ',' if cue => 3.0,
            '.' | '!' | '?' | '…' if cue => 2.5,
            '.' | '!' | '?' | '…' => 0.5,
            _ if over && cue => 2.0,
            _ if over => -0.5,
            _ => return None,
        };
        let more = if over { 1.5 } else { 0.0 };
        Some(place + more + spoken(&text[open..at]) - spoken(behind))
    })
}

/// Returns the place within `range` that scores best: behind stops and commas, about overwritten words.
fn best(
    text: &str,
    overwritten: &Overwritten,
    range: Range<usize>,
    score: impl Fn(usize, bool) -> Option<f32>,
) -> Option<usize> {
    let mut found: Option<(f32, usize)> = None;
    let mut look = |at: usize, over: bool| {
        if at <= range.start && !over || at >= range.end {
            return;
        }
        if let Some(score) = score(at, over).filter(|score| *score >= ENOUGH)
            && found.is_none_or(|(best, _)| score > best)
        {
            found = Some((score, at));
        }
    };
    let near = &overwritten[overwritten.partition_point(|over| over.start < range.start)..];
    let near = &near[..near.partition_point(|over| over.end <= range.end)];
    for over in near {
        look(over.start, true);
        look(over.end, true);
    }
    for (offset, _) in text[range.clone()].match_indices([',', ':', '.', '!', '?', '…']) {
        let at = range.start + offset;
        let end = at + text[at..].chars().next().map_or(1, char::len_utf8);
        let ends = text[end..].starts_with(char::is_whitespace) && !is_title(last_word(&text[range.start..at]));
        if ends && !near.iter().any(|over| over.start <= end && end <= over.end) {
            look(end, false);
        }
    }
    found.map(|(_, at)| at)
}

/// How much words read as spoken (positive) or as told.
fn spoken(words: &str) -> f32 {
    let mut out = 0.0;
    for word in words.split(|c: char| !c.is_ascii_alphabetic()) {
        out += match word {
            "I" | "we" | "We" | "our" | "Our" | "my" | "My" | "us" | "me" | "you" | "You" | "your" => 0.6,
            "said" | "says" | "told" | "added" | "asked" | "wrote" | "tweeted" => -2.0,
            "he" | "He" | "she" | "She" | "his" | "her" => -0.25,
            _ => 0.0,
        };
    }
    out
}

/// Tells whether the last sentence of `text` ends in who spoke: `, she said.`, `, said Ada Quill.`
fn ends_with_cue(text: &str) -> bool {
    let text = text.trim_end_matches(['.', ',', ':', '!', '?']);
    text.rsplit(' ').take(5).take_while(|word| !word.ends_with(['.', '!', '?', '"', '”'])).any(is_report)
}

/// Tells whether `text` begins with who spoke: ` she said`, ` said Ada Quill`, ` Ada Quill, the mayor, said`.
fn begins_with_cue(text: &str) -> bool {
    text.split(' ')
        .filter(|word| !word.is_empty())
        .take(5)
        .take_while(|word| !word.starts_with(['"', '“']))
        .map(|word| word.trim_end_matches([',', '.', ':']))
        .any(is_report)
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_where_a_mark_stood() {
        let text =
            "The pier is old, Quill said. Quill We will mend it before our children see it fall.” The club was glad.";
        let over = std::slice::from_ref(&(29..34));
        assert_eq!(opening(text, over, 0, text.find('”').unwrap_or(0)), Some(29));

        let text = "“We will mend it before winter, Quill he said. The club was glad. It is two hundred years old. ";
        let over = std::slice::from_ref(&(34..39));
        assert_eq!(closing(text, over, 3, text.len()), Some(34));
    }

    #[test]
    fn finds_none_in_what_is_told() {
        let text = "He told the club that it was late”";
        assert_eq!(opening(text, &[], 0, text.len() - 3), None);
        assert_eq!(opening("", &[], 0, 0), None);
        assert_eq!(closing("“", &[], 3, 3), None);
    }
}
