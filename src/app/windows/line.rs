//! A small text editor for prompts and memos: a string and a cursor between two graphemes.

use crate::config::{Code, Key};
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// What is being typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    text: String,
    /// In bytes.
    cursor: usize,
}

impl Line {
    /// Begins with `text`, the cursor behind it.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { cursor: text.len(), text }
    }

    /// Returns what was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the place of the cursor in bytes.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Puts `text` in at the cursor. Control characters but line breaks stay out; line breaks too unless `lines`.
    pub fn insert(&mut self, text: &str, lines: bool) {
        for c in text.replace("\r\n", "\n").chars().map(|c| if c == '\r' { '\n' } else { c }) {
            if !c.is_control() || (c == '\n' && lines) {
                self.text.insert(self.cursor, c);
                self.cursor += c.len_utf8();
            } else if c == '\n' || c == '\t' {
                self.text.insert(self.cursor, ' ');
                self.cursor += 1;
            }
        }
    }

    /// Takes an editing key; returns whether it was one.
    pub fn key(&mut self, key: Key) -> bool {
        match (key.code, key.ctrl, key.alt) {
            (Code::Char(c), false, false) => self.insert(c.encode_utf8(&mut [0; 4]), false),
            (Code::Left, false, _) | (Code::Char('b'), true, false) => self.cursor = self.previous(),
            (Code::Right, false, _) | (Code::Char('f'), true, false) => self.cursor = self.next(),
            (Code::Left, true, _) | (Code::Char('b'), false, true) => self.cursor = self.word_start(),
            (Code::Right, true, _) | (Code::Char('f'), false, true) => self.cursor = self.word_end(),
            (Code::Home, ..) | (Code::Char('a'), true, false) => {
                self.cursor = self.text[..self.cursor].rfind('\n').map_or(0, |at| at + 1);
            }
            (Code::End, ..) | (Code::Char('e'), true, false) => {
                self.cursor = self.text[self.cursor..].find('\n').map_or(self.text.len(), |at| self.cursor + at);
            }
            (Code::Up, ..) => self.vertical(false),
            (Code::Down, ..) => self.vertical(true),
            (Code::Backspace, false, false) | (Code::Char('h'), true, false) => {
                self.delete(self.previous(), self.cursor);
            }
            (Code::Delete, ..) | (Code::Char('d'), true, false) => self.delete(self.cursor, self.next()),
            (Code::Backspace, ..) | (Code::Char('w'), true, false) => self.delete(self.word_start(), self.cursor),
            (Code::Char('u'), true, false) => self.delete(0, self.cursor),
            (Code::Char('k'), true, false) => self.delete(self.cursor, self.text.len()),
            _ => return false,
        }
        true
    }

    fn delete(&mut self, from: usize, to: usize) {
        self.text.replace_range(from..to, "");
        self.cursor = from;
    }

    fn previous(&self) -> usize {
        let mut cursor = GraphemeCursor::new(self.cursor, self.text.len(), true);
        cursor.prev_boundary(&self.text, 0).ok().flatten().unwrap_or(0)
    }

    fn next(&self) -> usize {
        let mut cursor = GraphemeCursor::new(self.cursor, self.text.len(), true);
        cursor.next_boundary(&self.text, 0).ok().flatten().unwrap_or(self.text.len())
    }

    fn word_start(&self) -> usize {
        self.text[..self.cursor].unicode_word_indices().next_back().map_or(0, |(at, _)| at)
    }

    fn word_end(&self) -> usize {
        let word = self.text[self.cursor..].unicode_word_indices().next();
        word.map_or(self.text.len(), |(at, word)| self.cursor + at + word.len())
    }

    /// Goes to the line below or above, as near to the same column as it reaches.
    fn vertical(&mut self, down: bool) {
        let start = self.text[..self.cursor].rfind('\n').map_or(0, |at| at + 1);
        let column = self.text[start..self.cursor].graphemes(true).count();
        let line = if down {
            self.text[self.cursor..].find('\n').map(|at| self.cursor + at + 1)
        } else {
            start.checked_sub(1).map(|end| self.text[..end].rfind('\n').map_or(0, |at| at + 1))
        };
        if let Some(line) = line {
            let end = self.text[line..].find('\n').map_or(self.text.len(), |at| line + at);
            self.cursor = self.text[line..end].grapheme_indices(true).nth(column).map_or(end, |(at, _)| line + at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ctrl(c: char) -> Key {
        Key { ctrl: true, ..Key::char(c) }
    }

    #[test]
    fn edits() {
        let mut line = Line::new("Sadiq Kahn");
        line.key(ctrl('w'));
        line.insert("Khan\u{1b}", false);
        assert_eq!(line.text(), "Sadiq Khan");
        line.key(Key::plain(Code::Home));
        line.key(Key::plain(Code::Delete));
        assert_eq!((line.text(), line.cursor()), ("adiq Khan", 0));
        line.insert("a\nb", false);
        assert_eq!(line.text(), "a badiq Khan");
    }

    #[test]
    fn moves_between_lines() {
        let mut memo = Line::new("one two\nthree");
        memo.key(Key::plain(Code::Up));
        assert_eq!(memo.cursor(), 5);
        memo.key(Key::plain(Code::Down));
        assert_eq!(memo.cursor(), 13);
    }

    proptest! {
        #[test]
        fn never_leaves_a_boundary(text in "[a-zé🙂\n ]{0,20}", keys in prop::collection::vec(0..12_usize, 0..40)) {
            let codes = [Code::Left, Code::Right, Code::Up, Code::Down, Code::Home, Code::End, Code::Backspace, Code::Delete];
            let mut line = Line::new(text);
            for n in keys {
                let key = codes.get(n).map_or_else(|| ctrl(['w', 'u', 'k', 'd'][n - 8]), |&code| Key::plain(code));
                line.key(key);
                prop_assert!(line.text().is_char_boundary(line.cursor()));
            }
        }
    }
}
