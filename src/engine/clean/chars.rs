//! Characters beyond ASCII that do not belong: misread ones, invisible ones, spaces of other widths, ligatures of type.

use super::RepairClass;
use super::edit::{Edits, With};
use super::mojibake;

/// Finds the characters of `text` that are to be repaired.
pub fn find(text: &str) -> Edits {
    let bytes = text.as_bytes();
    let mut edits = Edits::default();
    let mut at = 0;
    // Where a misread character ended last.
    let mut misread = usize::MAX;
    while let Some(start) = next_beyond_ascii(bytes, at) {
        at = start + width(bytes[start]);
        match bytes[start] {
            // U+00C2 to U+00F4.
            0xC3 => {
                if let Some((len, with)) = mojibake::read(&text[start..], misread == start) {
                    at = start + len;
                    misread = at;
                    edits.add(start, at, with, RepairClass::Mojibake);
                }
            }
            // U+0080 to U+00BF; U+2000 to U+2FFF; U+3000; U+F000 and up.
            0xC2 | 0xE2 | 0xE3 | 0xEF => {
                let end = at;
                if let Some((with, class)) = text[start..end].chars().next().and_then(|c| single(text, start, end, c)) {
                    edits.add(start, end, with, class);
                }
            }
            _ => {}
        }
    }
    edits
}

fn single(text: &str, start: usize, end: usize, c: char) -> Option<(With, RepairClass)> {
    let left = || text[..start].chars().next_back().unwrap_or('\n');
    let right = || text[end..].chars().next().unwrap_or('\n');
    Some(match c {
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => (With::NOTHING, RepairClass::Invisible),
        // Joiners shape other scripts and emoji; marks of direction serve where a text runs from right to left.
        '\u{200c}' | '\u{200d}' if left().is_ascii() && right().is_ascii() => (With::NOTHING, RepairClass::Invisible),
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' if !runs_left(text) => {
            (With::NOTHING, RepairClass::Invisible)
        }
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
            let (left, right) = (left(), right());
            // Good type sets such spaces inside numbers, in French before high marks, in Chinese and Japanese as a stop.
            let meant = left.is_ascii_digit() && right.is_ascii_digit()
                || left == '«'
                || right == '»'
                || c != '\u{3000}' && matches!(right, '!' | '?' | ';' | ':' | '%' | '€')
                || c == '\u{3000}' && (is_cjk(left) || is_cjk(right));
            if meant {
                return None;
            }
            (With::char(' '), RepairClass::Spacing)
        }
        '\u{fb00}' => (With::text("ff"), RepairClass::Ligature),
        '\u{fb01}' => (With::text("fi"), RepairClass::Ligature),
        '\u{fb02}' => (With::text("fl"), RepairClass::Ligature),
        '\u{fb03}' => (With::text("ffi"), RepairClass::Ligature),
        '\u{fb04}' => (With::text("ffl"), RepairClass::Ligature),
        '\u{fb05}' | '\u{fb06}' => (With::text("st"), RepairClass::Ligature),
        _ => return None,
    })
}

fn is_cjk(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}')
}

/// Tells whether `text` has letters that run from right to left.
fn runs_left(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'))
}

/// Returns the first byte at or after `at` that is not ASCII; eight bytes a look.
fn next_beyond_ascii(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    let mut seen = 0;
    for chunk in rest.chunks_exact(8) {
        let word = u64::from_le_bytes(chunk.try_into().unwrap_or([0x80; 8])) & 0x8080_8080_8080_8080;
        if word != 0 {
            return Some(at + seen + (word.trailing_zeros() / 8) as usize);
        }
        seen += 8;
    }
    rest[seen..].iter().position(|b| !b.is_ascii()).map(|more| at + seen + more)
}

/// The length of the character that begins with byte `first`.
fn width(first: u8) -> usize {
    match first {
        0xC0..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xFF => 4,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Clean, Raw};

    fn repaired(text: &str) -> String {
        find(text).apply::<Raw, Clean>(text).0
    }

    #[test]
    fn repairs_what_does_not_belong() {
        assert_eq!(
            repaired("of\u{ad}fice \u{fb01}ne\u{a0}day\u{200b} \u{feff}at\u{2009}noon"),
            "office fine day at noon"
        );
        assert_eq!(repaired("itâ€™s a cafÃ©"), "it’s a café");
    }

    #[test]
    fn leaves_what_belongs() {
        for text in [
            "10\u{a0}000 «\u{a0}oui\u{a0}»\u{202f}!",
            "naïve “café” São — É",
            "שלום\u{200f}!",
            "👩\u{200d}🚀",
            "東京\u{3000}大阪",
        ] {
            assert!(find(text).is_empty(), "{text}");
        }
    }
}
