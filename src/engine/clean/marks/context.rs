//! What stands about a quotation mark: the nearest character and words on both sides, and words that report speech.

use super::Mark;
use super::lists::{is_auxiliary, is_first_person, is_report, is_title};

/// The surroundings of one mark. Other quotation marks, and spaces, are looked through.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::struct_excessive_bools)] // each is a fact by itself
pub struct Context<'a> {
    /// The nearest character before, `'\n'` at the start of a paragraph.
    pub before: char,
    /// The nearest word before (it may end where punctuation follows it).
    pub word_before: &'a str,
    /// The nearest character after, `'\n'` at the end of a paragraph.
    pub after: char,
    /// The nearest two words after, across commas.
    pub words_after: [&'a str; 2],
    /// Whether a reporting word follows in the same sentence, within a few words.
    pub report_follows: bool,
    /// Whether a space, or the edge of the text, stands at once before.
    pub space_before: bool,
    /// Whether a space, or the edge of the text, stands at once after.
    pub space_after: bool,
    /// Whether a reporting word stands before in the same clause, within a few words.
    pub report_before: bool,
    /// Whether overwritten words stand right before.
    pub damaged_before: bool,
    /// Whether they stand right after.
    pub damaged_after: bool,
}

/// Reads what stands about `mark`, looking through the words at the bytes `overwritten`.
pub fn of<'a>(text: &'a str, mark: &Mark, overwritten: &[(usize, usize)]) -> Context<'a> {
    let (head, tail) = beside(text, mark, overwritten);
    let through = |c: &char| matches!(c, ' ' | '\t' | '\r' | '\u{a0}' | '"' | '\'' | '`' | '‘'..='‟');
    let mut before = head.chars().rev().find(|c| !through(c)).unwrap_or('\n');
    let word_before = last_word(head);
    if before == '.' && (word_before.len() == 1 && word_before != "I" || is_title(word_before)) {
        // The stop of an initial or a title ends no sentence: what counts is the letter.
        before = word_before.chars().next_back().unwrap_or('.');
    }
    let after = tail.chars().find(|c| !through(c)).unwrap_or('\n');
    let words = Words { text: tail, at: 0 };
    let mut words_after = [""; 2];
    let mut report_follows = false;
    for (index, word) in words.take(8).enumerate() {
        if let Some(slot) = words_after.get_mut(index) {
            *slot = word;
        }
        if is_report(word) {
            report_follows = true;
            break;
        }
        // Such a word is of another clause than the one that names the speaker.
        if is_first_person(word) || is_auxiliary(word) {
            break;
        }
    }
    Context {
        before,
        word_before,
        after,
        words_after,
        report_follows,
        space_before: text[..mark.start].chars().next_back().is_none_or(char::is_whitespace),
        space_after: text[mark.end..].chars().next().is_none_or(char::is_whitespace),
        report_before: reports_before(head),
        damaged_before: head.len() < mark.start,
        damaged_after: tail.len() < text.len() - mark.end,
    }
}

/// Tells whether one of the last words of `head` reports speech, up to a stop or a mark.
fn reports_before(head: &str) -> bool {
    head.trim_end_matches([' ', ',', ':', '.', '?', '!'])
        .rsplit(' ')
        .filter(|word| !word.is_empty())
        .take(7)
        .take_while(|word| !matches!(*word, "\"" | "." | "”" | "“" | "?" | "!"))
        .any(is_report)
}

/// The text before and after `mark`, without overwritten words right beside it.
fn beside<'a>(text: &'a str, mark: &Mark, overwritten: &[(usize, usize)]) -> (&'a str, &'a str) {
    let (head, tail) = (&text[..mark.start], &text[mark.end..]);
    let next = overwritten.partition_point(|span| span.0 < mark.end);
    let before = next.checked_sub(1).map(|i| overwritten[i]).filter(|span| span.1 == head.trim_end_matches(' ').len());
    let after = overwritten.get(next).filter(|span| text.len() - tail.trim_start_matches(' ').len() == span.0);
    (before.map_or(head, |span| &text[..span.0]), after.map_or(tail, |span| &text[span.1..]))
}

/// Tells whether a single mark at `start..end` stands between two letters or digits.
pub fn inside_word(text: &str, start: usize, end: usize) -> bool {
    text[..start].chars().next_back().is_some_and(char::is_alphanumeric)
        && text[end..].chars().next().is_some_and(char::is_alphanumeric)
}

/// Returns the last word of `head`, looking back over spaces, marks and one stop.
pub fn last_word(head: &str) -> &str {
    let head = head.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '\n');
    let start = head.rfind(|c: char| !c.is_alphanumeric() && !matches!(c, '’' | '\'' | '-'));
    &head[start.map_or(0, |at| at + head[at..].chars().next().map_or(1, char::len_utf8))..]
}

/// Words up to the end of the sentence or the next double mark.
struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = &self.text[self.at..];
        let mut begin = None;
        for (at, c) in rest.char_indices() {
            let inside = c.is_alphanumeric() || begin.is_some() && matches!(c, '’' | '\'' | '-');
            match begin {
                None if inside => begin = Some(at),
                // A stop behind a title or an initial ends no sentence; here it is enough that it may.
                None if matches!(c, '\n' | '"' | '“' | '”' | '!' | '?' | ';' | ':') => return None,
                None if c == '.' && at > 0 && !self.after_title() => return None,
                Some(start) if !inside => {
                    self.at += at;
                    return Some(&rest[start..at]);
                }
                _ => {}
            }
        }
        let start = begin?;
        self.at = self.text.len();
        Some(&rest[start..])
    }
}

impl Words<'_> {
    /// Tells whether the word read last is a title or an initial.
    fn after_title(&self) -> bool {
        let word = last_word(&self.text[..self.at]);
        word.len() == 1 || is_title(word)
    }
}
