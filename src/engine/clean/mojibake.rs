//! Mojibake: UTF-8 that was read as windows-1252 or Latin-1, so that `’` shows as `â€™`.

use super::edit::With;

/// The characters that windows-1252 has for the bytes 0x80 to 0x9F; where it has none, Latin-1's control.
const UPPER: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Returns the character that windows-1252 has for `byte`.
pub fn char_of_byte(byte: u8) -> char {
    if (0x80..0xA0).contains(&byte) { UPPER[usize::from(byte - 0x80)] } else { char::from(byte) }
}

/// Returns the byte that windows-1252, or Latin-1, would have shown as `c`.
fn byte_of_char(c: char) -> Option<u8> {
    match c as u32 {
        code @ 0x80..0x100 => Some(code as u8),
        0x152..=0x2122 => UPPER.iter().position(|&u| u == c).map(|at| 0x80 + at as u8),
        _ => None,
    }
}

/// Reads the misread character that `text` begins with: its length in bytes, and the right one.
///
/// With `follows`, another stood at once before, which makes a doubtful one certain.
/// `text` begins with one of the characters U+00C2 to U+00F4, as which a leading byte of UTF-8 shows.
pub fn read(text: &str, follows: bool) -> Option<(usize, With)> {
    let mut chars = text.chars();
    let first = byte_of_char(chars.next()?)?;
    let count = match first {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let mut bytes = [first, 0, 0, 0];
    let mut len = char_of_byte(first).len_utf8();
    for (index, byte) in bytes.iter_mut().enumerate().take(count).skip(1) {
        let next = chars.next();
        match next.and_then(byte_of_char).filter(|b| (0x80..0xC0).contains(b)) {
            Some(found) => *byte = found,
            // A closing quotation mark ends in 0x9D, which windows-1252 lacks: often it was lost on the way.
            // Before a letter it was another mark, as of a hyphen: which, is not known.
            None if index == 2 && bytes_are(first, text, "â€") && !next.is_some_and(char::is_alphanumeric) => {
                let lost = if next == Some('\u{fffd}') { 3 } else { 0 };
                return Some((len + lost, With::char('”')));
            }
            None => return None,
        }
        len += next.map_or(0, char::len_utf8);
    }
    let right = std::str::from_utf8(&bytes[..count]).ok()?.chars().next()?;
    // Two characters may stand together by chance: `É’`, `Ä“`. What is left is what nobody writes.
    let certain = match first {
        0xC2 => true,
        0xC3 => !matches!(bytes[1], 0x85 | 0x91..=0x97) || text.starts_with("Ã¢"),
        0xC4..=0xDF => !matches!(
            bytes[1],
            0x82 | 0x84 | 0x85 | 0x8B | 0x91..=0x97 | 0x9B | 0xA0 | 0xA9 | 0xAB | 0xAE | 0xB0 | 0xBB
        ),
        _ => true,
    };
    (certain || follows).then(|| (len, With::char(right)))
}

fn bytes_are(first: u8, text: &str, shape: &str) -> bool {
    first == 0xE2 && text.starts_with(shape)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_was_misread() {
        let right = |text: &str| read(text, false).map(|(len, with)| (len, with.as_str().to_owned()));
        assert_eq!(right("â€™s"), Some((8, "’".to_owned())));
        assert_eq!(right("Ã©t"), Some((4, "é".to_owned())));
        assert_eq!(right("â€ he"), Some((5, "”".to_owned())));
        assert_eq!(right("â\u{80}\u{9c}"), Some((6, "“".to_owned())));
        assert_eq!(right("ðŸ˜€"), Some(("ðŸ˜€".len(), "😀".to_owned())));
        assert_eq!(right("É’"), None);
        assert!(read("Å“", true).is_some());
        assert_eq!(right("âge"), None);
        assert_eq!(right("â€harbour"), None);
        assert_eq!(right("São"), None);
        assert_eq!(right("Ã"), None);
    }
}
