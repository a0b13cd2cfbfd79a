//! Escapes of tokenisers: the Penn Treebank's `-LRB-` and `\/`, Moses' ` @-@ `.

use super::RepairClass;
use super::edit::{Edits, With};
use memchr::memmem;

/// Finds the escapes of `text`. They stand in no written text, so one is enough.
pub fn find(text: &str) -> Edits {
    let bytes = text.as_bytes();
    let mut edits = Edits::default();
    if memmem::find(bytes, b"B-").is_none()
        && memmem::find(bytes, b"@ ").is_none()
        && memmem::find(bytes, b"\\/").is_none()
    {
        return edits;
    }
    for at in memchr::memchr3_iter(b'-', b'@', b'\\', bytes) {
        let rest = &bytes[at..];
        match rest {
            [b'-', b'L' | b'R', b'R' | b'S' | b'C', b'B', b'-', ..] if apart(bytes, at, at + 5) => {
                let sign = match (rest[1], rest[2]) {
                    (b'L', b'R') => '(',
                    (_, b'R') => ')',
                    (b'L', b'S') => '[',
                    (_, b'S') => ']',
                    (b'L', _) => '{',
                    _ => '}',
                };
                edits.add(at, at + 5, With::char(sign), RepairClass::Spacing);
            }
            [b'@', sign @ (b'-' | b',' | b'.' | b'/' | b':'), b'@', b' ', ..] if at > 0 && bytes[at - 1] == b' ' => {
                edits.add(at - 1, at + 4, With::char(char::from(*sign)), RepairClass::Spacing);
            }
            [b'\\', b'/', next, ..]
                if at > 0 && bytes[at - 1].is_ascii_alphanumeric() && next.is_ascii_alphanumeric() =>
            {
                edits.add(at, at + 1, With::NOTHING, RepairClass::Spacing);
            }
            _ => {}
        }
    }
    edits
}

/// Tells whether the bytes `start..end` are a word of their own.
fn apart(bytes: &[u8], start: usize, end: usize) -> bool {
    let edge = |byte: Option<&u8>| byte.is_none_or(|b| !b.is_ascii_alphanumeric());
    edge(start.checked_sub(1).map(|at| &bytes[at])) && edge(bytes.get(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Clean, Raw};

    #[test]
    fn takes_escapes_back() {
        let repaired = |text: &str| find(text).apply::<Raw, Clean>(text).0;
        assert_eq!(repaired("Dell -LRB- D -RRB- of the Post\\/Herald"), "Dell ( D ) of the Post/Herald");
        assert_eq!(repaired("a well @-@ known pier , 1 @,@ 200 boats"), "a well-known pier , 1,200 boats");
        assert_eq!(repaired("x-LRB-y @ - @ C:\\/ me@home @ noon"), "x-LRB-y @ - @ C:\\/ me@home @ noon");
    }
}
