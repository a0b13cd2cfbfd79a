//! Writes JSON piece by piece into one buffer: for much output, where a tree or a general serialiser would cost more than
//! what it writes.

use super::{is_escaped, push_escaped};
use jiff::civil::Date;
use std::io::Write as _;

/// A text of JSON that grows. Commas come by themselves; what is opened must be closed.
#[derive(Debug, Default)]
pub struct Writer {
    out: Vec<u8>,
}

impl Writer {
    /// Begins a text that may become `bytes` long.
    pub fn with_capacity(bytes: usize) -> Self {
        Self { out: Vec::with_capacity(bytes) }
    }

    /// Ends the line, and returns it.
    pub fn line(mut self) -> Vec<u8> {
        self.out.push(b'\n');
        self.out
    }

    /// Writes a comma where something stands before.
    #[inline]
    fn comma(&mut self) {
        // Strings end with their mark: these two have only just been opened.
        if !matches!(self.out.last(), None | Some(b'{' | b'[' | b':')) {
            self.out.push(b',');
        }
    }

    /// Opens an object.
    #[inline]
    pub fn object(&mut self) -> &mut Self {
        self.comma();
        self.out.push(b'{');
        self
    }

    /// Closes the object opened last.
    #[inline]
    pub fn end_object(&mut self) {
        self.out.push(b'}');
    }

    /// Writes a key, plain ASCII; its value comes next.
    #[inline]
    pub fn key(&mut self, key: &'static str) -> &mut Self {
        self.comma();
        self.out.push(b'"');
        self.out.extend_from_slice(key.as_bytes());
        self.out.extend_from_slice(b"\":");
        self
    }

    /// Writes a list, each item by `write`.
    pub fn list<T>(&mut self, items: impl IntoIterator<Item = T>, mut write: impl FnMut(&mut Self, T)) {
        self.comma();
        self.out.push(b'[');
        for item in items {
            write(self, item);
        }
        self.out.push(b']');
    }

    /// Writes a value by `write`, or null where there is none.
    pub fn maybe<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        match value {
            Some(value) => write(self, value),
            None => self.plain("null"),
        }
    }

    fn plain(&mut self, text: &str) {
        self.comma();
        self.out.extend_from_slice(text.as_bytes());
    }

    /// Writes true or false.
    pub fn flag(&mut self, value: bool) {
        self.plain(if value { "true" } else { "false" });
    }

    /// Writes a number.
    #[inline]
    pub fn number(&mut self, value: usize) {
        self.comma();
        self.digits(value);
    }

    /// Writes first and end as a list of two.
    pub fn range(&mut self, [start, end]: [usize; 2]) {
        self.comma();
        self.out.push(b'[');
        self.digits(start);
        self.out.push(b',');
        self.digits(end);
        self.out.push(b']');
    }

    fn digits(&mut self, value: usize) {
        let mut digits = [0; 20];
        let (mut at, mut rest) = (digits.len(), value);
        loop {
            at -= 1;
            digits[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        self.out.extend_from_slice(&digits[at..]);
    }

    /// Writes a degree of confidence, 0 to 1, to three figures.
    pub fn confidence(&mut self, value: f32) {
        let thousandths = (value * 1000.0).round() as usize;
        self.comma();
        self.digits(thousandths / 1000);
        let [a, b, c] = [100, 10, 1].map(|part| b'0' + (thousandths / part % 10) as u8);
        let figures = [b'.', a, b, c];
        let shown = if c != b'0' {
            4
        } else if b != b'0' {
            3
        } else {
            2
        };
        self.out.extend_from_slice(&figures[..shown]);
    }

    /// Writes an id: a letter and a number, `q3`, and a part behind a dot, `q3.2`.
    pub fn id(&mut self, letter: u8, number: usize, part: Option<usize>) {
        self.comma();
        self.out.extend_from_slice(&[b'"', letter]);
        self.digits(number);
        if let Some(part) = part {
            self.out.push(b'.');
            self.digits(part);
        }
        self.out.push(b'"');
    }

    /// Writes a day, `2017-06-05`.
    pub fn day(&mut self, day: Date) {
        self.comma();
        self.out.push(b'"');
        match u16::try_from(day.year()) {
            Ok(year @ 0..=9999) => {
                let mut two = |n: u16| self.out.extend_from_slice(&[b'0' + (n / 10) as u8, b'0' + (n % 10) as u8]);
                two(year / 100);
                two(year % 100);
                for part in [day.month(), day.day()] {
                    self.out.push(b'-');
                    let part = part.cast_unsigned();
                    self.out.extend_from_slice(&[b'0' + part / 10, b'0' + part % 10]);
                }
            }
            // Writing to a Vec cannot fail.
            _ => drop(write!(self.out, "{day}")),
        }
        self.out.push(b'"');
    }

    /// Writes a string. Characters that act on a terminal or hide there are written as `\uXXXX`.
    pub fn string(&mut self, text: &str) {
        self.comma();
        let bytes = text.as_bytes();
        self.out.reserve(bytes.len() + 2);
        self.out.push(b'"');
        let (mut from, mut at) = (0, 0);
        while let Some(next) = special(&bytes[at..]) {
            let Some(c) = text[at + next..].chars().next() else { break };
            let start = at + next;
            at = start + c.len_utf8();
            if is_escaped(c) {
                self.out.extend_from_slice(&bytes[from..start]);
                push_escaped(&mut self.out, c);
                from = at;
            }
        }
        self.out.extend_from_slice(&bytes[from..]);
        self.out.push(b'"');
    }
}

/// Returns where the first byte stands that may have to be escaped: a control, `"`, `\`, or the first of no ASCII
/// character; eight bytes a look.
fn special(bytes: &[u8]) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let plain = |eight: &[u8; 8]| {
        let word = u64::from_le_bytes(*eight);
        // The highest bit of a byte is set where the byte is below 0x20, the other two where it is 0 after the mark is
        // taken out. A borrow from a byte below can set it wrongly: then the bytes are looked at one by one.
        let below = word.wrapping_sub(ONES * 0x20);
        let mark = (word ^ (ONES * u64::from(b'"'))).wrapping_sub(ONES);
        let slash = (word ^ (ONES * u64::from(b'\\'))).wrapping_sub(ONES);
        (below | mark | slash | word | word.wrapping_add(ONES)) & (ONES * 0x80) == 0
    };
    let mut seen = 0;
    for eight in bytes.as_chunks::<8>().0 {
        if !plain(eight)
            && let Some(next) = eight.iter().position(|&byte| is_special(byte))
        {
            return Some(seen + next);
        }
        seen += 8;
    }
    bytes[seen..].iter().position(|&byte| is_special(byte)).map(|next| seen + next)
}

fn is_special(byte: u8) -> bool {
    !(0x20..0x7f).contains(&byte) || byte == b'"' || byte == b'\\'
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::json;
    use proptest::prelude::*;

    fn written(write: impl FnOnce(&mut Writer)) -> String {
        let mut writer = Writer::default();
        write(&mut writer);
        String::from_utf8(writer.line()).expect("JSON is UTF-8")
    }

    fn serialised(value: &impl serde::Serialize) -> String {
        let mut out = Vec::new();
        json::line(&mut out, value).expect("a Vec takes all");
        String::from_utf8(out).expect("JSON is UTF-8")
    }

    #[test]
    fn commas_stand_between_and_nowhere_else() {
        let text = written(|out| {
            out.object().key("a").number(0);
            out.key("b").list([[0, 17], [1, 2]], Writer::range);
            out.key("c").object().key("d").maybe(None::<u8>, |_, _| {});
            out.end_object();
            out.key("e").list(["[", "{"], Writer::string);
            out.key("f").id(b'q', 3, Some(2));
            out.key("g").flag(true);
            out.end_object();
        });
        assert_eq!(
            text,
            "{\"a\":0,\"b\":[[0,17],[1,2]],\"c\":{\"d\":null},\"e\":[\"[\",\"{\"],\"f\":\"q3.2\",\"g\":true}\n"
        );
    }

    #[test]
    fn numbers_and_days_are_as_serialised() {
        for value in (0..=1000).map(|n| n as f32 / 1000.0) {
            assert_eq!(written(|out| out.confidence(value)), serialised(&json::confidence(value)));
        }
        for day in [Date::MIN, Date::MAX, Date::constant(987, 1, 31), Date::constant(2017, 12, 5)] {
            assert_eq!(written(|out| out.day(day)), serialised(&day.to_string()));
        }
    }

    proptest! {
        #[test]
        fn strings_are_as_serialised(text in "[a-z \"\\\\\\x00-\\x1f\\x7f“é🙂\u{9b}\u{202e}]{0,40}") {
            prop_assert_eq!(written(|out| out.string(&text)), serialised(&text));
        }
    }
}
