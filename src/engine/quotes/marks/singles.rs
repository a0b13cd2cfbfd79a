//! Stretches between single marks, told from apostrophes.

use std::ops::Range;

/// The longest stretch between single marks, in bytes; beyond it an apostrophe was taken for a mark.
const SINGLE_REACH: usize = 420;

/// Calls `found` with every outermost stretch between single marks in `range`, which holds no double marks.
pub(super) fn singles(text: &str, range: Range<usize>, paragraph: Range<usize>, found: &mut dyn FnMut(Range<usize>)) {
    let mut at = range.start;
    while let Some(start) = find_single(text, at..range.end, '‘') {
        let len = mark_len(text, start);
        at = start + len;
        let before = text[paragraph.start..start].chars().next_back();
        let after = text[start + len..paragraph.end].chars().next();
        let opens = !before
            .is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '\'' | '’' | '‘' | '"' | '“' | '”'))
            && after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '$' | '#' | '@' | '(' | '['));
        if !opens || elides(&text[start + len..paragraph.end]) {
            continue;
        }
        if let Some(end) = single_end(text, start + len, range.end, paragraph.end) {
            found(start..end);
            at = end;
        }
    }
}

/// Tells whether an apostrophe before `rest` stands for letters left out: `’90s`, `’em`.
fn elides(rest: &str) -> bool {
    let word: &str = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
    let lower = word.to_ascii_lowercase();
    matches!(lower.as_str(), "em" | "til" | "tis" | "twas" | "cause" | "n" | "bout" | "round" | "cuz")
        || lower.strip_suffix('s').unwrap_or(&lower).len() == 2 && lower.as_bytes()[..2].iter().all(u8::is_ascii_digit)
}

/// Returns where the first straight single mark, or `curly` one (of U+2000 to U+203F), stands in `range`.
fn find_single(text: &str, range: Range<usize>, curly: char) -> Option<usize> {
    memchr::memchr2_iter(b'\'', 0xe2, &text.as_bytes()[range.clone()])
        .map(|offset| range.start + offset)
        .find(|&at| text.as_bytes()[at] == b'\'' || text[at..].starts_with(curly))
}

fn single_end(text: &str, start: usize, end: usize, paragraph_end: usize) -> Option<usize> {
    let mut at = start;
    loop {
        let mark = find_single(text, at..end, '’')?;
        if mark - start > SINGLE_REACH {
            return None;
        }
        let next = mark + mark_len(text, mark);
        let before = text[..mark].chars().next_back().unwrap_or(' ');
        let after = text[next..paragraph_end].chars().next();
        if !before.is_whitespace() && !after.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            let mut behind = text[next..paragraph_end].chars();
            let plural = before == 's' && behind.next() == Some(' ') && behind.next().is_some_and(char::is_lowercase);
            if !(plural && closes_later(text, next, end)) {
                return Some(next);
            }
        }
        at = next;
    }
}

/// Tells whether a further closing single mark stands in the same sentence: then the one before was a genitive's.
fn closes_later(text: &str, from: usize, end: usize) -> bool {
    let mut before = ' ';
    let mut seen_stop = false;
    for (offset, c) in text[from..end].char_indices().take(120) {
        if seen_stop && c == ' ' {
            return false;
        }
        seen_stop = matches!(c, '.' | '!' | '?');
        if matches!(c, '\'' | '’' | '‘') && before.is_whitespace() {
            return false;
        }
        let after = text[from + offset + c.len_utf8()..].chars().next();
        if matches!(c, '\'' | '’') && !before.is_whitespace() && !after.is_some_and(|c| c.is_alphanumeric() || c == '_')
        {
            return true;
        }
        before = c;
    }
    false
}

pub(super) fn mark_len(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

pub(super) fn last_len(text: &str, end: usize) -> usize {
    text[..end].chars().next_back().map_or(0, char::len_utf8)
}
