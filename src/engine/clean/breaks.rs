//! Paragraph breaks that were lost when an article's lines were joined.
//!
//! Only from evidence: a quotation that begins after a finished sentence, a sentence that begins after a finished quotation, a
//! tweet's signature line, a wide gap. What has none stays joined; a wrong break is worse than a missing one.

use super::marks::{Mark, Role, Side, is_report, is_title, last_word};

/// A paragraph is hardly shorter, in bytes.
const SHORTEST: usize = 60;
/// Evidence that is enough by itself, and enough where the paragraph is already [`LONG`].
const SURE: i32 = 4;
const LIKELY: i32 = 2;
const LONG: usize = 220;

/// Returns where the gaps start at which a paragraph begins, in the joined, tokenised `text`.
pub fn find(text: &str, marks: &[Mark]) -> Vec<usize> {
    let bytes = text.as_bytes();
    if memchr::memchr(b'\n', text.trim_end().as_bytes()).is_some() {
        return Vec::new();
    }
    let mut breaks = Vec::new();
    let mut last = 0;
    let mut next_mark = 0;
    let mut depth = 0_i32;
    // Nearly all gaps lie behind a letter.
    let plain = |before: u8| before.is_ascii_alphanumeric() || matches!(before, b' ' | b':' | b';' | b'-');
    for start in (1..bytes.len()).filter(|&at| bytes[at] == b' ' && !plain(bytes[at - 1])) {
        while let Some(mark) = marks.get(next_mark).filter(|mark| mark.end <= start) {
            if mark.double {
                depth = match (mark.side, mark.role) {
                    (Side::Open, Role::Nested) => 2,
                    (Side::Open, _) => 1,
                    (_, Role::ClosesTwo) => 0,
                    _ => (depth - 1).max(0),
                };
            }
            next_mark += 1;
        }
        if start - last < SHORTEST {
            continue;
        }
        let end = start + bytes[start..].iter().take_while(|&&b| b == b' ').count();
        let opens = marks.get(next_mark).filter(|mark| mark.start == end && mark.double && mark.side == Side::Open);
        let closed = next_mark
            .checked_sub(1)
            .map(|i| &marks[i])
            .filter(|mark| mark.end == start && mark.double && mark.side == Side::Close);
        if depth > 0 && opens.is_none_or(|mark| mark.role != Role::Reopen) {
            continue;
        }
        let head = text[..closed.map_or(start, |mark| mark.start)].trim_end_matches(' ');
        let signature = is_signature(head);
        let head = head.trim_end_matches(['’', '\'', ' ']);
        if !(signature || head.ends_with(['.', '!', '?', '…'])) {
            continue;
        }
        let tail = &text[end..];
        let first = text[opens.map_or(end, |mark| mark.end)..].trim_start_matches([' ', '‘']).chars().next();
        if last_word(head).len() < 2
            || is_title(last_word(head))
            || !first.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || c == '[')
        {
            continue;
        }
        let mut evidence = 0;
        if signature {
            evidence += SURE;
        }
        if end - start >= 3 {
            evidence += 3;
        }
        if let Some(mark) = opens {
            // `he said . " We` goes on with the same speaker.
            let sentence = head.rfind(['.', '!', '?']).map_or(head, |at| head[..at].trim_end());
            evidence += if mark.role == Role::Reopen {
                SURE
            } else if reports_at_end(sentence) {
                0
            } else {
                3
            };
        }
        if closed.is_some() && opens.is_none() && !reports_soon(tail) {
            evidence += 3;
        }
        if closed.is_some() && opens.is_some() {
            evidence += 1;
        }
        if evidence >= SURE || evidence >= LIKELY && start - last >= LONG {
            breaks.push(start);
            last = start;
        }
    }
    breaks
}

/// Tells whether `head` ends in a tweet's signature: `( @handle ) June 3 , 2017 ,`
fn is_signature(head: &str) -> bool {
    let head = head.trim_end_matches([' ', ',']);
    let Some(year) = head.get(head.len().saturating_sub(4)..) else { return false };
    if !(year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit())) {
        return false;
    }
    let before = &head[..head.len() - 4];
    let mut from = before.len().saturating_sub(40);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    before[from..].contains('@') && before[from..].contains(')')
}

/// Tells whether the last sentence of `head` ends in who spoke: `, she said`, `, said Ada Quill`.
fn reports_at_end(head: &str) -> bool {
    head.rsplit(' ')
        .filter(|word| !word.is_empty())
        .take(6)
        .take_while(|word| !matches!(*word, "\"" | "." | "”"))
        .any(is_report)
}

/// Tells whether `tail` soon says who spoke: `she said`, `Ada Quill told`.
fn reports_soon(tail: &str) -> bool {
    tail.split(' ').take(4).take_while(|word| !matches!(*word, "\"" | "." | ",")).any(is_report)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::clean::marks::read;

    #[test]
    fn breaks_where_the_evidence_is() {
        let text = "The council met on Monday night and spoke about the old pier for hours , as it does each year . \" We will not let it \
                    fall into the sea , whatever the engineers tell us , \" said Ada Quill . \" It is ours , and it was our fathers ’ . \" \
                    The fishing club has asked for a new one since the storm . ";
        let breaks = find(text, &read(text));
        let after: Vec<&str> = breaks.iter().map(|&at| &text[at + 1..at + 12]).collect();
        assert_eq!(after, ["The fishing"]);
    }

    #[test]
    fn knows_a_signature_line() {
        assert!(is_signature("— Ada Quill ( @quill ) June 3 , 2017 ,"));
        assert!(!is_signature("on June 3 , 2017"));
    }
}
