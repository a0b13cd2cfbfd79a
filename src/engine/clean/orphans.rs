//! Halves without their other half: brackets, and quotation marks whose partner was lost.

use super::marks::{Mark, Role};

/// Finds the brackets of `text` that nothing opens or closes, as bytes in order. `1)` opens a list and counts as whole.
pub fn brackets(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut open: Vec<(usize, u8)> = Vec::new();
    let mut orphans = Vec::new();
    for at in memchr::memchr3_iter(b'(', b'[', b']', bytes)
        .chain(memchr::memchr_iter(b')', bytes))
        .collect::<std::collections::BTreeSet<_>>()
    {
        let partner = match bytes[at] {
            byte @ (b'(' | b'[') => {
                open.push((at, byte));
                continue;
            }
            b')' => b'(',
            _ => b'[',
        };
        match open.iter().rposition(|&(_, byte)| byte == partner) {
            Some(found) => {
                // What was opened inside and not closed is alone.
                orphans.extend(open.drain(found..).skip(1).map(|(start, _)| start));
            }
            None if bytes[at] == b')' && is_list_item(bytes, at) => {}
            None => orphans.push(at),
        }
    }
    orphans.extend(open.into_iter().map(|(start, _)| start));
    orphans.sort_unstable();
    orphans.into_iter().map(|at| (at, at + 1)).collect()
}

fn is_list_item(bytes: &[u8], at: usize) -> bool {
    let head = bytes[..at].trim_ascii_end();
    let start = head.iter().rposition(u8::is_ascii_whitespace).map_or(0, |space| space + 1);
    let item = &head[start..];
    item.len() <= 2 && !item.is_empty() && item.iter().all(u8::is_ascii_alphanumeric)
}

/// Returns the quotation marks whose other half was lost.
pub fn marks(marks: &[Mark]) -> impl Iterator<Item = (usize, usize)> + '_ {
    marks.iter().filter(|mark| mark.double && mark.role == Role::Unpaired).map(|mark| (mark.start, mark.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_brackets_that_are_alone() {
        assert_eq!(brackets("a ( b ) c [ d"), [(10, 11)]);
        assert_eq!(brackets("1 ) a ( b [ c ) d ]"), [(10, 11), (18, 19)]);
        assert_eq!(brackets("go[es ] on"), []);
    }
}
