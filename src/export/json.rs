//! JSON as it is written: nothing in it acts on a terminal that shows it.

use crate::text::visible::{Shown, shown};
use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};
use std::io::{self, Write};

/// Writes `value` as one line of JSON. Characters that act on a terminal or hide there are written as `\uXXXX`, which
/// any reader of JSON takes for the same text.
pub fn line(out: &mut (impl Write + ?Sized), value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, Visible))?;
    out.write_all(b"\n")
}

struct Visible;

impl Formatter for Visible {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        if fragment.is_ascii() && memchr::memchr(0x7f, fragment.as_bytes()).is_none() {
            return CompactFormatter.write_string_fragment(writer, fragment);
        }
        let mut from = 0;
        for (at, c) in fragment.char_indices() {
            if matches!(shown(c), Shown::Code(_) | Shown::Caret(_)) {
                writer.write_all(&fragment.as_bytes()[from..at])?;
                for unit in c.encode_utf16(&mut [0; 2]) {
                    write!(writer, "\\u{unit:04x}")?;
                }
                from = at + c.len_utf8();
            }
        }
        writer.write_all(&fragment.as_bytes()[from..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_the_same_text() {
        let text = "a\u{1b}]0;x\u{7}\u{7f}\u{9b}\u{202e}“é”🙂\u{e0041}\n";
        let mut out = Vec::new();
        line(&mut out, &text).expect("a Vec takes all");
        let written = String::from_utf8(out).expect("JSON is UTF-8");
        assert_eq!(serde_json::from_str::<String>(&written).expect("it is JSON"), text);
        assert!(written.trim_end().chars().all(|c| matches!(shown(c), Shown::Plain(_))), "{written}");
        assert!(written.contains("“é”🙂"));
    }
}
