//! Pairs quotation marks over the whole article: by the side they face, the spaces about them and what is open, never by
//! alternation. A stretch ends with its paragraph; stretches of one quotation share a group.

mod nested;
mod sides;
mod singles;

use super::lost::{Half, Lost};
use nested::nest;
use sides::{Event, Side, events};
use singles::{last_len, mark_len, singles};
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

/// One line of the text with its marks.
struct Paragraph {
    range: Range<usize>,
    events: Vec<Event>,
}

/// How far ahead the closing mark of a quotation over several paragraphs is looked for, in paragraphs.
const REACH: usize = 6;

/// How far behind the opening mark of a nested quotation both closing marks are looked for in a text that lost marks, in bytes.
const NESTED: usize = 900;

/// Returns the stretches in marks, by their start; the outer one before the one nested in it.
pub fn pair(text: &str) -> Vec<Stretch> {
    pair_damaged(text, None)
}

/// Does the same in a text that lost words: there a mark without its partner is a stretch too, and where the other one stood
/// is guessed.
pub fn pair_damaged(text: &str, lost: Option<&Lost>) -> Vec<Stretch> {
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
    lost: Option<&Lost>,
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
                if let Some(at) = lost.and_then(|lost| lost.other(Half::Closed(event.at), low..event.at)) {
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
                let enough = if lost.is_some() {
                    // Where marks and breaks were lost, closing marks far off belong to others.
                    let near = |mark: &&Event| mark.side != Side::Open && mark.at < event.at + NESTED;
                    rest.iter().take_while(near).filter(|mark| mark.side.may_close()).count() >= need
                } else {
                    let openers = rest.iter().filter(|mark| mark.side == Side::Open).count();
                    rest.iter().filter(|mark| mark.side.may_close()).count() >= need + openers
                };
                if enough {
                    depth += 1;
                    open = Some(current);
                    continue;
                }
            }
            let end = lost.and_then(|lost| {
                lost.other(Half::Opened(current.at + current.len), current.at + current.len..event.at)
            });
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
        } else if let Some(at) =
            lost.and_then(|lost| lost.other(Half::Opened(current.at + current.len), current.at + current.len..end))
        {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::model::linear::Linear;
    use crate::engine::page::Page;
    use crate::engine::words::Words;
    use crate::engine::{Suspect, SuspectClass};
    use crate::text::{Span, Tokens};
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
        let tokens = Tokens::new(text);
        let words = Words::untagged(&tokens, &[]).all;
        let suspect = Suspect {
            raw: Span::new(0, 1),
            clean: Span::new(0, 1),
            class: SuspectClass::QuoteLost,
            reconstruction: None,
        };
        let page = Page { text, tokens: &tokens, words: &words, suspects: &[suspect] };
        let found = pair_damaged(text, Lost::new(&page, &Linear::default()).as_ref());
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
