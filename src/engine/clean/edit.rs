//! Small edits of a text, and the one place where they are made: text, map and ledger come from the same list.

use super::RepairClass;
use crate::text::{OffsetMap, Span};

/// What stands in a repaired place: at most twelve bytes, so that a list of edits allocates nothing an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct With {
    bytes: [u8; 12],
    len: u8,
}

impl With {
    /// Nothing: the place is deleted.
    pub const NOTHING: Self = Self { bytes: [0; 12], len: 0 };

    /// Makes a replacement; what does not fit twelve bytes is left out, by whole characters.
    pub fn text(text: &str) -> Self {
        let mut with = Self::NOTHING;
        for c in text.chars() {
            with.push(c);
        }
        with
    }

    /// Makes a replacement of one character.
    pub fn char(c: char) -> Self {
        let mut with = Self::NOTHING;
        with.push(c);
        with
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.len)]).unwrap_or("")
    }

    /// Returns this text and then `other`.
    #[must_use]
    pub fn and(mut self, other: &str) -> Self {
        self.append(other);
        self
    }

    fn push(&mut self, c: char) {
        let at = usize::from(self.len);
        if at + c.len_utf8() <= self.bytes.len() {
            c.encode_utf8(&mut self.bytes[at..]);
            self.len += c.len_utf8() as u8;
        }
    }

    fn append(&mut self, other: &str) {
        for c in other.chars() {
            self.push(c);
        }
    }
}

/// One edit: bytes `start..end` become `with`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edit {
    /// First byte.
    pub start: usize,
    /// One past the last byte; an insertion has `end == start`.
    pub end: usize,
    /// What stands there afterwards.
    pub with: With,
    /// Why.
    pub class: RepairClass,
}

/// Edits in order of their place; they do not overlap.
#[derive(Debug, Default)]
pub struct Edits {
    list: Vec<Edit>,
}

impl Edits {
    /// Makes an empty list with room for the edits of a tokenised text of so many words: one in seven is a stop or a mark.
    pub fn for_words(words: usize) -> Self {
        Self { list: Vec::with_capacity(words / 6 + 8) }
    }

    /// Adds an edit behind the last. An edit that would overlap the last one is not taken; one that touches it and is
    /// of the same class becomes one with it, so that a quotation mark and its space are one repair.
    pub fn add(&mut self, start: usize, end: usize, with: With, class: RepairClass) {
        if let Some(last) = self.list.last_mut() {
            if start < last.end {
                return;
            }
            if start == last.end && class == last.class && class == RepairClass::QuoteSide {
                last.end = end;
                last.with.append(with.as_str());
                return;
            }
        }
        self.list.push(Edit { start, end, with, class });
    }

    /// Tells whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Keeps the edits that `wanted` agrees with.
    pub fn retain(&mut self, wanted: impl FnMut(&Edit) -> bool) {
        self.list.retain(wanted);
    }

    /// Returns the edits in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Edit> {
        self.list.iter()
    }

    /// Makes the edits: the new text, and the map to it.
    pub fn apply<A, B>(&self, text: &str) -> (String, OffsetMap<A, B>) {
        let mut out = String::with_capacity(text.len() + text.len() / 16);
        let mut map = OffsetMap::builder();
        let mut at = 0;
        for edit in &self.list {
            out.push_str(&text[at..edit.start]);
            let start = out.len();
            out.push_str(edit.with.as_str());
            map.change(edit.start..edit.end, start..out.len());
            at = edit.end;
        }
        out.push_str(&text[at..]);
        let len = out.len();
        (out, map.finish(text.len(), len))
    }
}

/// Returns the span of an edit in its text.
pub fn span<S>(edit: &Edit) -> Span<S> {
    Span::new(edit.start, edit.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Clean, Raw};

    #[test]
    fn makes_edits_and_their_map() {
        let mut edits = Edits::default();
        edits.add(1, 2, With::NOTHING, RepairClass::Spacing);
        edits.add(4, 5, With::char('“'), RepairClass::QuoteSide);
        edits.add(5, 6, With::NOTHING, RepairClass::QuoteSide);
        edits.add(5, 7, With::NOTHING, RepairClass::Spacing);
        assert_eq!(edits.iter().count(), 2);
        let (text, map) = edits.apply::<Raw, Clean>("a , \" b");
        assert_eq!(text, "a, “b");
        assert_eq!(map.back(Span::new(3, 6)), Span::new(4, 6));
        assert_eq!(map.back(Span::new(6, 7)), Span::new(6, 7));
    }

    #[test]
    fn takes_what_fits() {
        assert_eq!(With::text("\n\n“").as_str(), "\n\n“");
        assert_eq!(With::text("“““““").as_str(), "““““");
    }
}
