//! Pairs quotation marks over the whole article: by the side they face, the spaces about them and what is open, never by
//! alternation. A stretch ends with its paragraph; stretches of one quotation share a group.

use super::lost::{self, Overwritten};
use std::ops::Range;

/// Words between two marks, within one paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// With the marks that are there, in bytes.
    pub outer: Range<usize>,
    /// The words, without marks and white space.
    pub inner: Range<usize>,
    /// Whether the marks are single ones, outside any double ones.
    pub single: bool,
    /// The same number for the paragraphs of one quotation.
    pub group: u32,
    /// Whether it begins with a mark; not so where it runs on from the paragraph before.
    pub opened: bool,
    /// Whether it ends with a mark.
    pub closed: bool,
    /// The stretch it stands in, for a quotation within a quotation.
    pub nested_in: Option<usize>,
}

/// Which way a mark faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
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
    fn may_open(self) -> bool {
        matches!(self, Self::Open | Self::Neutral | Self::MaybeOpen)
    }

    fn may_close(self) -> bool {
        matches!(self, Self::Close | Self::Neutral | Self::MaybeClose)
    }
}

/// A double quotation mark.
#[derive(Debug, Clone, Copy)]
struct Event {
    at: usize,
    len: usize,
    side: Side,
}

/// One line of the text with its marks.
struct Paragraph {
    range: Range<usize>,
    events: Vec<Event>,
}

/// How far ahead the closing mark of a quotation over several paragraphs is looked for, in paragraphs.
const REACH: usize = 6;

/// The longest stretch between single marks, in bytes; beyond it an apostrophe was taken for a mark.
const SINGLE_REACH: usize = 420;

/// Returns the stretches in marks, by their start; the outer one before the one nested in it.
pub fn pair(text: &str) -> Vec<Stretch> {
    pair_damaged(text, None)
}

/// Does the same where `lost` tells that the text lost words, and which were written over others: there a mark without its
/// partner is a stretch too, and where the other end was is guessed.
pub fn pair_damaged(text: &str, lost: Option<&Overwritten>) -> Vec<Stretch> {
    let paragraphs = paragraphs(text);
    let mut out = Vec::new();
    let mut group = 0;
    let mut carry = None;
    for number in 0..paragraphs.len() {
        carry = pair_paragraph(text, &paragraphs, number, carry, lost, &mut group, &mut out);
    }
    out.retain(|stretch: &Stretch| {
        !stretch.inner.is_empty() && text[stretch.inner.clone()].chars().any(|c| c.is_alphanumeric() || c == '_')
    });
    out.sort_by_key(|stretch| (stretch.inner.start, std::cmp::Reverse(stretch.inner.end)));
    nest(text, &mut out, lost.is_some());
    out
}

fn paragraphs(text: &str) -> Vec<Paragraph> {
    let mut out = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let range = start..start + line.len();
        start = range.end + 1;
        if !line.trim().is_empty() {
            out.push(Paragraph { events: events(text, range.clone()), range });
        }
    }
    out
}

/// One mark that is open: where, its length in bytes (0 where it runs on from the paragraph before), and its group.
struct OpenMark {
    at: usize,
    len: usize,
    group: u32,
}

/// Pairs the marks of one paragraph; `carry` is the group of a quotation that the paragraph before left open. Returns the
/// group that this one leaves open.
fn pair_paragraph(
    text: &str,
    paragraphs: &[Paragraph],
    number: usize,
    carry: Option<u32>,
    lost: Option<&Overwritten>,
    group: &mut u32,
    out: &mut Vec<Stretch>,
) -> Option<u32> {
    let Paragraph { range, events } = &paragraphs[number];
    let blank_before = |at: usize| text[range.start..at].trim().is_empty();
    let mut covered: Vec<Range<usize>> = Vec::new();
    let mut open: Option<OpenMark> = None;
    let mut depth = 0_usize;
    let mut reopened = None;
    if let Some(carried) = carry {
        if events.first().is_some_and(|first| first.side.may_open() && blank_before(first.at)) {
            reopened = Some(carried);
        } else {
            open = Some(OpenMark { at: range.start, len: 0, group: carried });
            depth = 1;
        }
    }
    let fresh = |group: &mut u32| {
        *group += 1;
        *group
    };
    for (n, event) in events.iter().enumerate() {
        let straight = matches!(text.as_bytes()[event.at], b'"' | b'\'');
        let Some(current) = open.take_if(|_| depth > 0) else {
            if event.side == Side::Close {
                let low = covered.last().map_or(range.start, |part| part.end);
                if let Some(at) = lost.and_then(|over| lost::opening(text, over, low, event.at)) {
                    let opening = OpenMark { at, len: 0, group: fresh(group) };
                    push(text, &opening, event.at + event.len, event.len, out);
                    covered.push(at..event.at + event.len);
                }
                continue;
            }
            let number = reopened.take().filter(|_| blank_before(event.at)).unwrap_or_else(|| fresh(group));
            open = Some(OpenMark { at: event.at, len: event.len, group: number });
            depth = 1;
            continue;
        };
        if event.side == Side::Open {
            if !straight {
                // A second opening mark is nested only where closing marks enough follow; else the first one was never
                // closed. One that opens a paragraph whose successor opens again needs none of its own.
                let rest = &events[n + 1..];
                let outer_straight = text.as_bytes()[current.at] == b'"' && text[event.at..].starts_with('“');
                let free = outer_straight || blank_before(current.at) && reopens(text, paragraphs, number);
                let need = if free { depth } else { depth + 1 };
                let closers = rest.iter().filter(|mark| mark.side.may_close()).count();
                let openers = rest.iter().filter(|mark| mark.side == Side::Open).count();
                if closers >= need + openers {
                    depth += 1;
                    open = Some(current);
                    continue;
                }
            }
            let end = lost.and_then(|over| lost::closing(text, over, current.at + current.len, event.at));
            let end = end.unwrap_or(event.at);
            push(text, &current, end, 0, out);
            covered.push(current.at..end);
            open = Some(OpenMark { at: event.at, len: event.len, group: fresh(group) });
            depth = 1;
            continue;
        }
        depth -= 1;
        if depth == 0 {
            push(text, &current, event.at + event.len, event.len, out);
            covered.push(current.at..event.at + event.len);
        } else {
            open = Some(current);
        }
    }
    let mut left_open = None;
    if let Some(current) = open {
        let mut end = range.start + text[range.clone()].trim_end().len();
        if goes_on(text, paragraphs, number) {
            left_open = Some(current.group);
        } else if let Some(at) = lost.and_then(|over| lost::closing(text, over, current.at + current.len, end)) {
            end = at;
        }
        push(text, &current, end, 0, out);
        covered.push(current.at..end);
    }
    covered.sort_by_key(|range| (range.start, range.end));
    let mut low = range.start;
    for part in covered.iter().cloned().chain(std::iter::once(range.end..range.end)) {
        if part.start > low {
            singles(text, low..part.start, range.clone(), &mut |outer| {
                let inner =
                    trim(text, outer.start + mark_len(text, outer.start)..outer.end - last_len(text, outer.end));
                let group = fresh(group);
                out.push(Stretch { outer, inner, single: true, group, opened: true, closed: true, nested_in: None });
            });
        }
        low = low.max(part.end);
    }
    left_open
}

/// Tells whether a quotation left open at the end of paragraph `number` goes on: the next one opens again, or a closing mark
/// stands further down with none between.
fn goes_on(text: &str, paragraphs: &[Paragraph], number: usize) -> bool {
    for (distance, next) in paragraphs[number + 1..].iter().take(REACH).enumerate() {
        let Some(first) = next.events.first() else { continue };
        let at_start = text[next.range.start..first.at].trim().is_empty();
        return if at_start {
            distance == 0 && first.side.may_open()
        } else {
            matches!(first.side, Side::Close | Side::MaybeClose)
        };
    }
    false
}

fn reopens(text: &str, paragraphs: &[Paragraph], number: usize) -> bool {
    paragraphs.get(number + 1).is_some_and(|next| {
        next.events
            .first()
            .is_some_and(|first| first.side.may_open() && text[next.range.start..first.at].trim().is_empty())
    })
}

fn push(text: &str, open: &OpenMark, end: usize, closing: usize, out: &mut Vec<Stretch>) {
    let inner = trim(text, open.at + open.len..end - closing);
    out.push(Stretch {
        outer: open.at..end,
        inner,
        single: false,
        group: open.group,
        opened: open.len > 0,
        closed: closing > 0,
        nested_in: None,
    });
}

fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    if range.start >= range.end {
        return range.start..range.start;
    }
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    start..(start + part.trim().len())
}

/// For each byte whether a double mark may begin with it.
static MAY_BEGIN_MARK: [bool; 256] = {
    let mut out = [false; 256];
    let mut n = 0;
    while n < 5 {
        out[[b'"', b'\'', b'`', 0xe2, 0xc2][n] as usize] = true;
        n += 1;
    }
    out
};

/// Finds the double marks of a paragraph and the side each faces.
fn events(text: &str, range: Range<usize>) -> Vec<Event> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = range.start;
    let may_begin = |at: usize| bytes.get(at..range.end)?.iter().position(|&byte| MAY_BEGIN_MARK[byte as usize]);
    while let Some(next) = may_begin(at) {
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

fn mark_len(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

fn last_len(text: &str, end: usize) -> usize {
    text[..end].chars().next_back().map_or(0, char::len_utf8)
}

/// Calls `found` with every outermost stretch between single marks in `range`, which holds no double marks.
fn singles(text: &str, range: Range<usize>, paragraph: Range<usize>, found: &mut dyn FnMut(Range<usize>)) {
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

/// Adds the stretches that stand within others: double marks within double ones, single ones within double ones; where marks
/// were `lost`, a single one that a comma or a colon brings in and none closes runs to the end of the outer ones.
fn nest(text: &str, stretches: &mut Vec<Stretch>, lost: bool) {
    let mut inner = Vec::new();
    for (number, stretch) in stretches.iter().enumerate() {
        let range = stretch.inner.clone();
        if stretch.single || range.is_empty() {
            continue;
        }
        let mut open: Option<usize> = None;
        for event in events(text, range.clone()) {
            match open {
                None if event.side.may_open() => open = Some(event.at),
                Some(start) if event.side.may_close() => {
                    inner.push((number, start..event.at + event.len));
                    open = None;
                }
                _ => {}
            }
        }
        let before = inner.len();
        singles(text, range.clone(), range.clone(), &mut |outer| inner.push((number, outer)));
        if lost
            && inner.len() == before
            && let Some(start) = unclosed(text, range.clone())
        {
            inner.push((number, start..range.end));
        }
    }
    let group = stretches.iter().map(|stretch| stretch.group).max().unwrap_or(0);
    let outers = stretches.len();
    for (n, (number, outer)) in inner.into_iter().enumerate() {
        let double = if text[outer.clone()].starts_with("''") { 2 } else { mark_len(text, outer.start) };
        let closed = text[outer.clone()].ends_with(['"', '”', '“', '’', '\'', '»', '«', '‟', '„']);
        let closing = match text[outer.clone()].ends_with("''") {
            true => 2,
            false if closed => last_len(text, outer.end),
            false => 0,
        };
        if outer.len() <= double + closing {
            continue;
        }
        let range = trim(text, outer.start + double..outer.end - closing);
        if range == stretches[number].inner || !text[range.clone()].contains(char::is_alphanumeric) {
            continue;
        }
        stretches.push(Stretch {
            single: false,
            group: group + 1 + n as u32,
            opened: true,
            closed,
            nested_in: Some(number),
            inner: range,
            outer,
        });
    }
    // Outer ones come first and keep their numbers.
    debug_assert!(stretches[..outers].iter().all(|stretch| stretch.nested_in.is_none()));
}

/// Returns where an opening single mark stands in `range` that a comma or a colon brings in.
fn unclosed(text: &str, range: Range<usize>) -> Option<usize> {
    let part = &text[range.clone()];
    let brought_in = |&(at, _): &(usize, &str)| {
        part[..at].ends_with(char::is_whitespace) && part[..at].trim_end().ends_with([',', ':'])
    };
    part.match_indices('‘').find(brought_in).map(|(at, _)| range.start + at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn inner(text: &str) -> Vec<&str> {
        pair(text).into_iter().map(|stretch| &text[stretch.inner]).collect()
    }

    #[test]
    fn pairs_by_evidence() {
        assert_eq!(inner("“I am here,” he said. “Now.”"), ["I am here,", "Now."]);
        assert_eq!(inner("\"One,\" she said. \"Two\nThree.\" \"Four.\""), ["One,", "Two", "Three.", "Four."]);
        assert_eq!(inner("''We know,'' he said, ''that.''"), ["We know,", "that."]);
        assert_eq!(inner("He was 6' 2\" tall, ”not small”"), ["not small"]);
        assert_eq!(inner("‘Never’: Khan’s plan for workers' rights"), ["Never"]);
        assert_eq!(inner("He ”said” it."), ["said"]);
    }

    #[test]
    fn joins_paragraphs() {
        let text = "“One.\n“Two.\n“Three,” he said.";
        let found = pair(text);
        assert_eq!(found.len(), 3);
        assert!(found.iter().all(|stretch| stretch.group == found[0].group));
        assert!(!found[0].closed && found[2].closed);
    }

    #[test]
    fn takes_no_mark_within_markup() {
        assert_eq!(inner("<tweet id=\"66\" by=\"@quill\">The pier is \"open\" again</tweet>"), ["open"]);
        assert_eq!(inner("3 < 4, he said \"twice\" to us"), ["twice"]);
    }

    #[test]
    fn a_single_mark_left_open_ends_with_the_outer_ones_where_marks_were_lost() {
        let text = "“I want him to say: ‘The pier is ours, and we will mend it.” He left.";
        let found = pair_damaged(text, Some(&[]));
        assert_eq!(&text[found[1].inner.clone()], "The pier is ours, and we will mend it.");
        assert!(found[1].nested_in == Some(0) && !found[1].closed);
        assert_eq!(pair(text).len(), 1);
    }

    #[test]
    fn finds_nested_ones() {
        let text = "“He told me, ‘Go home,’ and I went,” she said.";
        let found = pair(text);
        assert_eq!(&text[found[1].inner.clone()], "Go home,");
        assert_eq!(found[1].nested_in, Some(0));
    }

    proptest! {
        #[test]
        fn never_panics(text in "[a-z .,'’‘\"“”`\n-]{0,120}") {
            for stretch in pair(&text) {
                prop_assert!(stretch.outer.start <= stretch.inner.start && stretch.inner.end <= stretch.outer.end);
            }
        }
    }
}
