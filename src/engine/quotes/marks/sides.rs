//! The double marks of a line, and which way each faces by what it is and what stands beside it.

use std::ops::Range;

/// Which way a mark faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Open,
    Close,
    /// Either.
    Neutral,
    /// Typed as a closing mark where the spaces want an opening one.
    MaybeOpen,
    /// The reverse.
    MaybeClose,
}

impl Side {
    pub(super) fn may_open(self) -> bool {
        matches!(self, Self::Open | Self::Neutral | Self::MaybeOpen)
    }

    pub(super) fn may_close(self) -> bool {
        matches!(self, Self::Close | Self::Neutral | Self::MaybeClose)
    }
}

/// A double quotation mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Event {
    /// Where, in bytes.
    pub(super) at: usize,
    /// How many bytes.
    pub(super) len: usize,
    /// Which way it faces.
    pub(super) side: Side,
}

/// Returns where the first byte stands with which a double mark may begin; sixteen bytes a look.
fn may_begin(bytes: &[u8]) -> Option<usize> {
    let begins = |byte: u8| matches!(byte, b'"' | b'\'' | b'`' | 0xe2 | 0xc2);
    // Added up, not looked for one by one, so that the processor compares many bytes at a time.
    let is = |byte: u8, mark: u8| u8::from(byte == mark);
    let marks = |byte| is(byte, b'"') | is(byte, b'\'') | is(byte, b'`') | is(byte, 0xe2) | is(byte, 0xc2);
    let holds = |chunk: &[u8; 16]| chunk.iter().fold(0, |any, &byte| any | marks(byte)) != 0;
    let seen = 16 * bytes.as_chunks().0.iter().take_while(|chunk| !holds(chunk)).count();
    bytes[seen..].iter().position(|&byte| begins(byte)).map(|next| seen + next)
}

/// Finds the double marks of a paragraph and the side each faces.
pub(super) fn events(text: &str, range: Range<usize>) -> Vec<Event> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = range.start;
    while let Some(next) = bytes.get(at..range.end).and_then(may_begin) {
        at += next;
        let (len, typed) = match bytes[at] {
            b'"' if in_markup(text, range.start, at) => (0, None),
            b'"' => (1, None),
            b'\'' if bytes.get(at + 1) == Some(&b'\'') => (2, None),
            b'`' if bytes.get(at + 1) == Some(&b'`') => (2, Some(Side::Open)),
            0xe2 if bytes.get(at + 1) == Some(&0x80) => match bytes.get(at + 2) {
                Some(0x9c | 0x9e | 0x9f) => (3, Some(Side::Open)),
                Some(0x9d) => (3, Some(Side::Close)),
                Some(0x98) if text[at + 3..].starts_with('‘') => (6, Some(Side::Open)),
                Some(0x99) if text[at + 3..].starts_with('’') => (6, Some(Side::Close)),
                _ => (0, None),
            },
            0xc2 => match bytes.get(at + 1) {
                Some(0xab) => (2, Some(Side::Open)),
                Some(0xbb) => (2, Some(Side::Close)),
                _ => (0, None),
            },
            _ => (0, None),
        };
        if len == 0 {
            at += 1;
            continue;
        }
        if bytes[at] == b'\'' && bytes.get(at + 2) == Some(&b'\'') {
            // Three of them: a double and a single one.
            let (before, after) = about(text, &range, at, 3);
            if before.is_none_or(char::is_whitespace) && after.is_some_and(|c| !c.is_whitespace()) {
                out.push(Event { at, len: 2, side: Side::Open });
            } else {
                out.push(Event { at: at + 1, len: 2, side: Side::Close });
            }
            at += 3;
            continue;
        }
        let (before, after) = about(text, &range, at, len);
        out.push(Event { at, len, side: side(typed, before, after, text[at..].starts_with('“')) });
        at += len;
    }
    out
}

/// How far before a mark the beginning of the markup it stands in is looked for, in bytes.
const MARKUP: usize = 300;

/// Tells whether the mark at `at` bounds a value within markup: `<tweet id="…">`, `<a href="…">`.
fn in_markup(text: &str, low: usize, at: usize) -> bool {
    let bytes = &text.as_bytes()[low.max(at.saturating_sub(MARKUP))..at];
    let open = bytes.iter().rposition(|&byte| matches!(byte, b'<' | b'>'));
    open.is_some_and(|open| bytes[open] == b'<' && bytes.get(open + 1).is_some_and(u8::is_ascii_alphabetic))
}

/// Returns the characters before and behind, `None` at the edges of the paragraph.
fn about(text: &str, range: &Range<usize>, at: usize, len: usize) -> (Option<char>, Option<char>) {
    (text[range.start..at].chars().next_back(), text[(at + len).min(range.end)..range.end].chars().next())
}

fn opens_after(c: Option<char>) -> bool {
    c.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '{' | '—' | '–' | '-' | '/' | ':' | '>' | '‘'))
}

fn closes_before(c: Option<char>) -> bool {
    c.is_none_or(|c| {
        c.is_whitespace()
            || matches!(
                c,
                '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '—' | '–' | '-' | '/' | '<' | '’' | '…'
            )
    })
}

fn side(typed: Option<Side>, before: Option<char>, after: Option<char>, curly: bool) -> Side {
    let space_before = before.is_none_or(char::is_whitespace);
    let space_after = after.is_none_or(char::is_whitespace);
    match typed {
        Some(Side::Open) if curly && !space_before && !opens_after(before) && closes_before(after) => Side::MaybeClose,
        Some(Side::Close) if space_before && !space_after && !closes_before(after) => Side::MaybeOpen,
        Some(side) => side,
        None => match (space_before, space_after) {
            (true, false) => Side::Open,
            (false, true) => Side::Close,
            _ => match (opens_after(before), closes_before(after)) {
                (true, false) => Side::Open,
                (false, true) => Side::Close,
                _ => Side::Neutral,
            },
        },
    }
}
