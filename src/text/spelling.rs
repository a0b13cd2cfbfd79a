//! How a word is spelled: its hash without regard to case, its ending, the case of its letters; all in one pass over it.

use super::TokenKind;

/// Returns the hash of a word without regard to its case: FNV-1a over ASCII-lower-cased bytes, curly apostrophes as
/// straight ones. Stored in the model's files, so that it may never change.
pub const fn hash(word: &str) -> u32 {
    let mut hash = SEED;
    let bytes = word.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        let byte = if byte == 0xe2 && at + 2 < bytes.len() && bytes[at + 1] == 0x80 && bytes[at + 2] == 0x99 {
            at += 2;
            b'\''
        } else {
            byte.to_ascii_lowercase()
        };
        hash = mix(hash, byte);
        at += 1;
    }
    hash
}

/// The [`hash`] of nothing.
const SEED: u32 = 0x811c_9dc5;

/// Adds a lower-case byte to a [`hash`].
const fn mix(hash: u32, byte: u8) -> u32 {
    (hash ^ byte as u32).wrapping_mul(0x0100_0193)
}

/// Returns the [`hash`]es of some words; for lists that are compared with often, made when the program is compiled.
pub const fn hashes<const N: usize>(words: [&str; N]) -> [u32; N] {
    let mut out = [0; N];
    let mut n = 0;
    while n < N {
        out[n] = hash(words[n]);
        n += 1;
    }
    out
}

/// How a token is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Shape {
    /// `word`
    Lower,
    /// `Word`
    Capital,
    /// `WORD`, `U.S.`
    Upper,
    /// `McCain`, `iPhone`
    Mixed,
    /// `J`
    Initial,
    /// `1,200`
    Number,
    /// A quotation mark.
    Mark,
    /// `,`
    Punct,
}

/// How a token is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spelling {
    /// Its [`hash`].
    pub hash: u32,
    /// Its last three bytes, lower case.
    pub suffix: u32,
    /// How it is written.
    pub shape: Shape,
}

/// Reads a token byte by byte.
#[derive(Clone, Copy)]
pub(super) struct Speller {
    hash: u32,
    tail: u32,
    /// How many letters are upper case (low half) and lower case (high half); ASCII alone counts.
    letters: u64,
}

impl Speller {
    /// Begins a token.
    pub(super) const fn new() -> Self {
        Self { hash: SEED, tail: 0, letters: 0 }
    }

    /// Reads the next byte.
    #[inline]
    pub(super) fn add(&mut self, byte: u8) {
        let lower = LOWER[byte as usize];
        self.hash = mix(self.hash, lower);
        self.tail = self.tail << 8 | u32::from(lower);
        self.letters += LETTERS[byte as usize];
    }

    /// Reads the next bytes.
    pub(super) fn add_all(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.add(byte);
        }
    }

    /// Tells how the token is spelled, which is `word`, of `kind`, and begins with an upper-case letter or not.
    #[inline]
    pub(super) fn spelling(self, word: &str, kind: TokenKind, capital: bool) -> Spelling {
        let (upper, lower) = (self.letters as u32, self.letters >> 32);
        let shape = match kind {
            TokenKind::Number => Shape::Number,
            TokenKind::Mark => Shape::Mark,
            TokenKind::Punct => Shape::Punct,
            TokenKind::Word if capital => match (upper, lower) {
                (1, 0) => Shape::Initial,
                (_, 0) => Shape::Upper,
                (0 | 1, _) => Shape::Capital,
                _ => Shape::Mixed,
            },
            TokenKind::Word if upper > 0 => Shape::Mixed,
            TokenKind::Word => Shape::Lower,
        };
        // Of other characters, one may be a curly apostrophe, which counts as a straight one.
        let hash = if word.is_ascii() { self.hash } else { hash(word) };
        Spelling { hash, suffix: self.tail & 0xff_ffff, shape }
    }
}

/// Tells how a token is spelled.
pub(super) fn spell(word: &str, kind: TokenKind, capital: bool) -> Spelling {
    let mut speller = Speller::new();
    speller.add_all(word.as_bytes());
    speller.spelling(word, kind, capital)
}

/// Each byte in lower case.
static LOWER: [u8; 256] = {
    let mut out = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        out[byte] = (byte as u8).to_ascii_lowercase();
        byte += 1;
    }
    out
};

/// What each byte adds to [`Speller::letters`].
static LETTERS: [u64; 256] = {
    let mut out = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let letter = byte as u8;
        out[byte] = letter.is_ascii_uppercase() as u64 | (letter.is_ascii_lowercase() as u64) << 32;
        byte += 1;
    }
    out
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_case_ending_and_hash() {
        let word = |word: &str, capital| spell(word, TokenKind::Word, capital);
        assert_eq!(hash("don’t"), hash("don't"));
        assert_eq!(word("Don’t", true), Spelling { hash: hash("don't"), suffix: 0x80_9974, shape: Shape::Capital });
        assert_eq!(word("of", false), Spelling { hash: hash("OF"), suffix: 0x6f66, shape: Shape::Lower });
        let shapes =
            [("J", Shape::Initial), ("U.S.", Shape::Upper), ("McRae", Shape::Mixed), ("Émile", Shape::Capital)];
        assert!(shapes.iter().all(|&(text, shape)| word(text, true).shape == shape));
        assert_eq!(word("iPod", false).shape, Shape::Mixed);
        assert_eq!(spell("21st", TokenKind::Number, false).shape, Shape::Number);
    }
}
