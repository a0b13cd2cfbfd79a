//! The words of tokenised text, read once for all that looks at words: where each stands, what it is by its shape and by the
//! lists, and how the offset rule counts it.

use super::class::Class;
use super::lists::{self, Key, Known, Table, flag};

/// One word: bytes `start..end`, a stretch without spaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Its number where runs of two and more spaces count as tokens too.
    pub with_runs: u32,
    /// Its number where they do not, and a compound set apart by its hyphen is one token.
    pub without: u32,
    /// A hash of its bytes.
    pub hash: u64,
    /// The bits of `lists::flag`.
    pub flags: u32,
    /// Its class.
    pub class: Class,
    /// The bits of [`shape`].
    pub shape: u8,
}

/// What the shape of a word tells, as bits.
pub mod shape {
    /// It begins with a capital of ASCII.
    pub const CAPITAL: u8 = 1;
    /// It holds nothing but letters of ASCII.
    pub const LETTERS: u8 = 1 << 1;
    /// It holds nothing but letters and digits of ASCII.
    pub const PLAIN: u8 = 1 << 2;
    /// It is one character of ASCII, and neither letter nor digit.
    pub const SIGN: u8 = 1 << 3;
    /// A line ends between it and the word before.
    pub const NEW_LINE: u8 = 1 << 4;
    /// No white space but spaces stands between it and the word before.
    pub const SPACED: u8 = 1 << 5;
    /// It can be of a name: it has a capital, and is no function word at the start of a sentence.
    pub const NAME: u8 = 1 << 6;
}

impl Word {
    /// Returns the text of the word.
    pub fn of(self, text: &str) -> &str {
        &text[self.start as usize..self.end as usize]
    }

    /// Tells whether one of the bits of `lists::flag` is set.
    pub fn is(self, flags: u32) -> bool {
        self.flags & flags != 0
    }

    /// Tells whether one of the bits of [`shape`] is set.
    pub fn has(self, shape: u8) -> bool {
        self.shape & shape != 0
    }

    /// The number of its kind in `lists::counted`.
    pub fn counted(self) -> u32 {
        lists::counted_of(self.flags)
    }

    /// Tells whether it begins with a capital of ASCII.
    pub fn capital(self) -> bool {
        self.has(shape::CAPITAL)
    }

    /// Tells whether it can be of a name.
    pub fn names(self) -> bool {
        self.has(shape::NAME)
    }
}

/// Splits `text` at white space and reads each word.
pub fn read(text: &str) -> Vec<Word> {
    let bytes = text.as_bytes();
    let table = Table::get();
    let mut words: Vec<Word> = Vec::with_capacity(bytes.len() / 4 + 1);
    let (mut with_runs, mut without) = (0, 0);
    // Whether the next word is one token with the one before: `low - income`, `$ 45` and `U. S.` were.
    let (mut joins, mut initial_before) = (false, false);
    let mut at = 0;
    loop {
        let gap = at;
        let mut white = shape::SPACED;
        while at < bytes.len() && matches!(bytes[at], b' ' | b'\n' | b'\r' | b'\t') {
            if bytes[at] != b' ' {
                white &= !shape::SPACED;
                white |= if bytes[at] == b'\n' { shape::NEW_LINE } else { 0 };
            }
            at += 1;
        }
        let start = at;
        let (end, key) = word_at(bytes, start);
        if start == end {
            return words;
        }
        at = end;
        let length = end - start;
        let word = &bytes[start..end];
        let spread = lists::spread(key);
        let known = if length > 16 { Known::default() } else { table.known(key, spread) };
        let class = known.class.unwrap_or_else(|| class_by_shape(word));
        let stop_behind_capital = length == 2 && word[1] == b'.' && word[0].is_ascii_uppercase();
        let joined = joins || initial_before && stop_behind_capital;
        let hyphen = length == 1 && word[0] == b'-';
        with_runs += u32::from(start - gap > 1) + u32::from(!(joined && stop_behind_capital));
        without += u32::from(!(joined || hyphen));
        joins = hyphen || length == 1 && word[0] == b'$';
        initial_before = stop_behind_capital;
        words.push(Word {
            start: start as u32,
            end: end as u32,
            with_runs,
            without,
            hash: if length > 16 { word[16..].iter().copied().fold(spread, mix) } else { spread },
            flags: known.flags,
            class,
            shape: white | shape_of(word, key, class, known.flags),
        });
    }
}

fn mix(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}

/// Each byte of a number of eight.
const EACH: u64 = 0x0101_0101_0101_0101;
/// The highest bit of each.
const HIGH: u64 = EACH << 7;

/// Eight bytes from `at` on as one number, the first the lowest; zeros behind the end of the text.
#[inline]
fn eight(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..at + 8).and_then(|eight| eight.try_into().ok()) {
        Some(eight) => u64::from_le_bytes(eight),
        None => bytes.iter().skip(at).rev().fold(0, |number, &byte| number << 8 | u64::from(byte)),
    }
}

/// How many of eight bytes come before the first that is a space or a control character.
#[inline]
fn before_space(eight: u64) -> usize {
    // Taking 0x21 from each byte borrows from its highest bit where it is a space or less; the lowest such bit is right.
    let low = eight.wrapping_sub(EACH * 0x21) & !eight & HIGH;
    (low.trailing_zeros() / 8) as usize
}

/// The first `count` of eight bytes (of all, where it is more), and zeros.
#[inline]
fn first(eight: u64, count: usize) -> u64 {
    if count < 8 { eight & !(u64::MAX << (count * 8)) } else { eight }
}

/// Where the word that begins at `start` ends, and the key of its first sixteen bytes. Eight bytes are looked at together:
/// words are short, and that their ends cannot be foreseen costs more than all else.
#[inline]
fn word_at(bytes: &[u8], start: usize) -> (usize, Key) {
    let low = eight(bytes, start);
    let length = before_space(low);
    if length < 8 && ends_at(bytes, start + length) {
        return (start + length, [first(low, length), 0]);
    }
    let mut end = start + length;
    while !ends_at(bytes, end) {
        // A control character that ends no word is of it.
        end += 1;
        end += before_space(eight(bytes, end));
    }
    let end = end.min(bytes.len());
    let length = end - start;
    (end, [first(low, length), if length > 8 { first(eight(bytes, start + 8), length - 8) } else { 0 }])
}

/// Tells whether a word ends before byte `at`.
#[inline]
fn ends_at(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_none_or(|byte| matches!(byte, b' ' | b'\n' | b'\t'))
}

#[inline]
fn shape_of(word: &[u8], key: Key, class: Class, flags: u32) -> u8 {
    let (letters, plain) = if word.len() > 16 {
        (word.iter().all(u8::is_ascii_alphabetic), word.iter().all(u8::is_ascii_alphanumeric))
    } else {
        let [[a, b], [c, d]] = key.map(letters_and_digits);
        // The highest bits of as many bytes as the word has.
        let [all, more] = [first(HIGH, word.len()), first(HIGH, word.len().saturating_sub(8))];
        (a == all && c == more, a | b == all && c | d == more)
    };
    let capital = word[0].is_ascii_uppercase();
    let name =
        matches!(class, Class::Capital | Class::Title) && capital && word.len() > 1 && flags & flag::NO_NAME == 0;
    let bit = |holds: bool, bit: u8| if holds { bit } else { 0 };
    bit(capital, shape::CAPITAL)
        | bit(letters, shape::LETTERS)
        | bit(plain, shape::PLAIN)
        | bit(word.len() == 1 && !plain, shape::SIGN)
        | bit(name, shape::NAME)
}

/// The highest bit of each byte that is a letter, and of each that is a digit.
#[inline]
fn letters_and_digits(eight: u64) -> [u64; 2] {
    // What is added lifts the highest bit of a byte that is so much or more; no byte overflows, as none is above 0x7F.
    let from = |number: u64, byte: u8| number + EACH * u64::from(0x80 - byte);
    let ascii = eight & !HIGH;
    let lower = ascii | (EACH * 0x20);
    let letters = from(lower, b'a') & !from(lower, b'z' + 1);
    let digits = from(ascii, b'0') & !from(ascii, b'9' + 1);
    [letters & !eight & HIGH, digits & !eight & HIGH]
}

/// Returns the class of `word`, which is on no list as it is written.
fn class_by_shape(word: &[u8]) -> Class {
    match word {
        [b'A'..=b'Z', ..] => class_of_capital(word),
        [b'.' | b'!' | b'?', ..] => Class::Stop,
        [b',' | b':' | b';', ..] => Class::Comma,
        [b'"' | b'`', ..] => Class::Quote,
        [b'(' | b')' | b'[' | b']' | b'-', ..] => Class::Dash,
        [b'$' | b'0'..=b'9' | b'#' | b'%', ..] => Class::Number,
        [b'\''] => Class::Quote,
        [b'\'', ..] => Class::Possessive,
        // `’s`, the marks `“ ” ‘ ’`, and `—`, `–`.
        [0xE2, 0x80, 0x99, _, ..] => Class::Possessive,
        [0xE2, 0x80, 0x98 | 0x99 | 0x9C | 0x9D, ..] => Class::Quote,
        [0xE2, 0x80, 0x93 | 0x94, ..] => Class::Dash,
        [0x80..=0xFF, ..] => Class::Other,
        [_, _, .., b'e', b'd'] => Class::Past,
        [_, _, .., b'i', b'n', b'g'] => Class::Ing,
        [_, _, .., b'l', b'y'] => Class::Adverb,
        [.., b's', b's'] => Class::Other,
        [_, _, _, .., b's'] => Class::Plural,
        _ => Class::Other,
    }
}

fn class_of_capital(word: &[u8]) -> Class {
    // Function words are short; those that begin a sentence are on the list as they are.
    if word.len() > 9 || !word[1..].iter().any(|byte| byte.is_ascii_uppercase() || *byte == b'.') {
        return Class::Capital;
    }
    let Ok(word) = std::str::from_utf8(word) else { return Class::Capital };
    if word.ends_with('.') && lists::is(word.trim_end_matches('.'), flag::TITLE) {
        return Class::Title;
    }
    lists::known(&word.to_ascii_lowercase())
        .class
        .filter(|&class| class != Class::Report && class != Class::Title)
        .unwrap_or(Class::Capital)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn classes(text: &str) -> Vec<Class> {
        read(text).iter().map(|word| word.class).collect()
    }

    #[test]
    fn reads_words() {
        use Class::{Adverb, Capital, Comma, Determiner, Modal, Number, Other, Past, Possessive, Report, Stop, Title};
        assert_eq!(
            classes("Mr. Dell ’s NEVER said , slowly walked ferry The WOULD 45 . May"),
            [
                Title, Capital, Possessive, Modal, Report, Comma, Adverb, Past, Other, Determiner, Modal, Number, Stop,
                Capital
            ]
        );
        let shapes: Vec<u8> =
            read("Dell 5th , c\u{f4}te , a\nb").iter().map(|word| word.shape & !shape::SPACED).collect();
        let word = shape::LETTERS | shape::PLAIN;
        let expected = [
            word | shape::CAPITAL | shape::NAME,
            shape::PLAIN,
            shape::SIGN,
            0,
            shape::SIGN,
            word,
            word | shape::NEW_LINE,
        ];
        assert_eq!(shapes, expected);
    }

    #[test]
    fn counts_as_the_offset_rule_does() {
        let numbers = |text: &str| read(text).iter().map(|word| (word.with_runs, word.without)).collect::<Vec<_>>();
        assert_eq!(numbers("a low - income job"), [(1, 1), (2, 2), (3, 2), (4, 2), (5, 3)]);
        assert_eq!(numbers("the U. S. at  $ 45"), [(1, 1), (2, 2), (2, 2), (3, 3), (5, 4), (6, 4)]);
    }

    proptest! {
        #[test]
        fn loses_nothing(text in "[a-zA-Z0-9 .,’\"“é漢\u{1}\r\t\n-]{0,80}") {
            let words = read(&text);
            let found: Vec<&str> = words.iter().map(|word| word.of(&text)).collect();
            let expected: Vec<&str> = text.split([' ', '\n', '\t']).map(|word| word.trim_start_matches('\r'))
                .filter(|word| !word.is_empty()).collect();
            prop_assert_eq!(found, expected);
            for word in words {
                let of = word.of(&text);
                prop_assert_eq!(word.has(shape::LETTERS), of.bytes().all(|b| b.is_ascii_alphabetic()));
                prop_assert_eq!(word.has(shape::PLAIN), of.bytes().all(|b| b.is_ascii_alphanumeric()));
            }
        }
    }
}
