//! JSON as it is written: nothing in it acts on a terminal that shows it.

mod writer;

pub use writer::Writer;

use crate::text::visible::{Shown, shown};
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use std::io::{self, Write};

/// Writes `value` as one line of JSON. Characters that act on a terminal or hide there are written as `\uXXXX`, which
/// any reader of JSON takes for the same text.
pub fn line(out: &mut (impl Write + ?Sized), value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, Visible))?;
    out.write_all(b"\n")
}

/// Returns a degree of confidence as it is written, to three figures.
pub fn confidence(value: f32) -> f64 {
    f64::from((value * 1000.0).round()) / 1000.0
}

struct Visible;

impl Formatter for Visible {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let bytes = fragment.as_bytes();
        let (mut from, mut at) = (0, 0);
        // What is below 0x20 comes here escaped already.
        while let Some(next) = beyond_ascii(&bytes[at..]) {
            let Some(c) = fragment[at + next..].chars().next() else { break };
            at += next + c.len_utf8();
            if is_escaped(c) {
                let mut escaped = Vec::new();
                push_escaped(&mut escaped, c);
                writer.write_all(&bytes[from..at - c.len_utf8()])?;
                writer.write_all(&escaped)?;
                from = at;
            }
        }
        writer.write_all(&bytes[from..])
    }
}

/// Tells whether a character is not written as it is: JSON has another form for it, or it acts on a terminal or hides there.
fn is_escaped(c: char) -> bool {
    matches!(c, '"' | '\\' | '\t') || !c.is_ascii_graphic() && matches!(shown(c), Shown::Code(_) | Shown::Caret(_))
}

/// Writes the escaped form of a character.
fn push_escaped(out: &mut Vec<u8>, c: char) {
    let short = match c {
        '"' | '\\' => c,
        '\u{8}' => 'b',
        '\t' => 't',
        '\n' => 'n',
        '\u{c}' => 'f',
        '\r' => 'r',
        _ => {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let digit = |shift: u16| b"0123456789abcdef"[(*unit >> shift & 15) as usize];
                out.extend_from_slice(&[b'\\', b'u', digit(12), digit(8), digit(4), digit(0)]);
            }
            return;
        }
    };
    out.extend_from_slice(&[b'\\', short as u8]);
}

/// Returns where the first byte stands that is no printed ASCII character or below that; eight bytes a look.
fn beyond_ascii(bytes: &[u8]) -> Option<usize> {
    let plain = |eight: &[u8; 8]| {
        let word = u64::from_le_bytes(*eight);
        // A byte and one make 0x80 or more where the byte is 0x7f; a carry comes from such a byte alone.
        (word | word.wrapping_add(0x0101_0101_0101_0101)) & 0x8080_8080_8080_8080 == 0
    };
    let (chunks, _) = bytes.as_chunks();
    let seen = 8 * chunks.iter().take_while(|eight| plain(eight)).count();
    bytes[seen..].iter().position(|&byte| byte >= 0x7f).map(|next| seen + next)
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
