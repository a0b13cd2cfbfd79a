//! Stretches within stretches.

use super::sides::events;
use super::singles::{last_len, mark_len, singles};
use super::{Stretch, trim};
use std::ops::Range;

/// Adds the stretches that stand within others: double marks within double ones, single ones within double ones; where marks
/// were `lost`, a single one that a comma or a colon brings in and none closes runs to the end of the outer ones.
pub(super) fn nest(text: &str, stretches: &mut Vec<Stretch>, lost: bool) {
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
