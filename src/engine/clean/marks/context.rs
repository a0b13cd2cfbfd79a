//! What stands about a quotation mark: the nearest character and words on both sides, and words that report speech.

use super::Mark;
use crate::engine::clean::lists::{flag, is, known};
use crate::engine::clean::words::{Word, shape};

/// The surroundings of one mark. Other quotation marks, and spaces, are looked through.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::struct_excessive_bools)] // each is a fact by itself
pub struct Context<'a> {
    /// The nearest character before, `'\n'` at the start of a paragraph.
    pub before: char,
    /// The nearest word before (it may end where punctuation follows it).
    pub word_before: &'a str,
    /// What the lists say of it.
    pub before_is: u32,
    /// The nearest character after, `'\n'` at the end of a paragraph.
    pub after: char,
    /// What the lists say of the nearest two words after, across commas.
    pub after_is: [u32; 2],
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

/// Reads what stands about `mark` in `text`, whose words are `words`, looking through the words at the bytes `overwritten`.
pub fn of<'a>(text: &'a str, words: &[Word], mark: &Mark, overwritten: &[(usize, usize)]) -> Context<'a> {
    let (head, tail) = beside(text, mark, overwritten);
    let (from, to) = (text.len() - tail.len(), head.len());
    let through = |c: &char| matches!(c, ' ' | '\t' | '\r' | '\u{a0}' | '"' | '\'' | '`' | '‘'..='‟');
    let mut before = head.chars().rev().find(|c| !through(c)).unwrap_or('\n');
    // The words that end before the mark.
    let earlier = &words[..words.partition_point(|word| word.end as usize <= to)];
    let last = earlier.last().filter(|_| words.get(earlier.len()).is_none_or(|word| word.start as usize >= to));
    let (word_before, before_is) = last.and_then(|_| nearest_before(head, earlier)).map_or_else(
        || {
            let word = last_word(head);
            (word, known(word).flags)
        },
        |word| (word.of(text), word.flags),
    );
    if before == '.' && (word_before.len() == 1 && word_before != "I" || before_is & flag::TITLE != 0) {
        // The stop of an initial or a title ends no sentence: what counts is the letter.
        before = word_before.chars().next_back().unwrap_or('.');
    }
    let (after_is, report_follows) = following(tail, from, words);
    Context {
        before,
        word_before,
        before_is,
        after: tail.chars().find(|c| !through(c)).unwrap_or('\n'),
        after_is,
        report_follows,
        space_before: text[..mark.start].chars().next_back().is_none_or(char::is_whitespace),
        space_after: text[mark.end..].chars().next().is_none_or(char::is_whitespace),
        report_before: last.and_then(|_| reports_earlier(head, earlier)).unwrap_or_else(|| reports_before(head)),
        damaged_before: to < mark.start,
        damaged_after: from > mark.end,
    }
}

/// Returns the last word of `head` where it is one of plain letters behind nothing but signs; `earlier` are the words that
/// end in `head`, and none begins in it that ends later. What is less plain is [`last_word`]'s.
fn nearest_before(head: &str, earlier: &[Word]) -> Option<Word> {
    let last = earlier.iter().rev().find(|word| !word.has(shape::SIGN)).filter(|word| word.has(shape::PLAIN))?;
    let behind = &head.as_bytes()[last.end as usize..];
    (!behind.contains(&b'\n')).then_some(*last)
}

/// Tells what [`reports_before`] tells, where the words show it: the last ones are set apart by spaces alone.
fn reports_earlier(head: &str, earlier: &[Word]) -> Option<bool> {
    let stop = |word: &&Word| {
        word.has(shape::SIGN) && matches!(head.as_bytes()[word.start as usize], b',' | b':' | b'.' | b'?' | b'!')
    };
    let stops = earlier.iter().rev().take_while(stop).count();
    let rest = &earlier[..earlier.len() - stops];
    let last = rest.last()?;
    let behind = &head.as_bytes()[last.end as usize..];
    if behind.iter().any(|&byte| byte.is_ascii_whitespace() && byte != b' ')
        || matches!(head.as_bytes()[last.end as usize - 1], b',' | b':' | b'.' | b'?' | b'!')
    {
        return None;
    }
    for word in rest.iter().rev().take(7) {
        if word.is(flag::CLAUSE_END) || !word.has(shape::SPACED) && word.start > 0 {
            return if word.is(flag::CLAUSE_END) { Some(false) } else { None };
        }
        if word.is(flag::REPORT) {
            return Some(true);
        }
    }
    Some(false)
}

/// Tells whether one of the last words of `head` reports speech, up to a stop or a mark.
fn reports_before(head: &str) -> bool {
    head.trim_end_matches([' ', ',', ':', '.', '?', '!'])
        .rsplit(' ')
        .filter(|word| !word.is_empty())
        .take(7)
        .take_while(|word| !is(word, flag::CLAUSE_END))
        .any(|word| is(word, flag::REPORT))
}

/// How many words are looked at for one that reports.
const FOLLOWING: usize = 8;

/// What the lists say of the first two words of `tail`, which begins at byte `from` of the text, and whether a reporting
/// word follows in the same sentence.
fn following(tail: &str, from: usize, words: &[Word]) -> ([u32; 2], bool) {
    let mut found = Following::default();
    // Where the word that was read last ends in `tail`.
    let mut at = 0;
    let mut last: Option<Word> = None;
    let first = words.partition_point(|word| word.end as usize <= from);
    for &word in &words[first..] {
        let start = word.start as usize;
        if word.has(shape::NEW_LINE) && start > from {
            return found.told();
        }
        if word.has(shape::PLAIN) && start >= from {
            at = word.end as usize - from;
            last = Some(word);
            if found.ends_with(word.flags) {
                return found.told();
            }
            continue;
        }
        if word.is(flag::BREAK) && start > from {
            return found.told();
        }
        if !word.has(shape::SIGN) || start <= from {
            break;
        }
        if tail.as_bytes()[start - from] == b'.'
            && !last.is_some_and(|last| last.end - last.start == 1 || last.is(flag::TITLE))
        {
            return found.told();
        }
    }
    for word in (Words { text: tail, at }) {
        if found.ends_with(known(word).flags) {
            break;
        }
    }
    found.told()
}

/// What was read of the words behind a mark.
#[derive(Default)]
struct Following {
    is: [u32; 2],
    count: usize,
    report: bool,
}

impl Following {
    /// Takes the next word; returns whether it was the last to look at.
    fn ends_with(&mut self, flags: u32) -> bool {
        if let Some(slot) = self.is.get_mut(self.count) {
            *slot = flags;
        }
        self.count += 1;
        self.report = flags & flag::REPORT != 0;
        // Such a word is of another clause than the one that names the speaker.
        self.count == FOLLOWING || flags & (flag::REPORT | flag::FIRST_PERSON | flag::AUXILIARY) != 0
    }

    fn told(&self) -> ([u32; 2], bool) {
        (self.is, self.report)
    }
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
        word.len() == 1 || is(word, flag::TITLE)
    }
}
