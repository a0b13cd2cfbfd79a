//! What the engine's rooms know of each token: the hash of its word, what the lists say, its shape and its tag.

use super::clean::{Suspect, SuspectClass};
use super::lexicon::{self, flag};
use super::model::{Tag, tagger};
use crate::text::{Token, TokenKind, Tokens};

/// The features of one token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// [`lexicon::hash`] of the word.
    pub hash: u32,
    /// The lists' [`flag`]s.
    pub flags: u32,
    /// Its last three bytes, lower case.
    pub suffix: u32,
    /// How it is written.
    pub shape: Shape,
    /// Part of speech, or the kind of name.
    pub tag: Tag,
}

/// A word of which nothing is known: no list has it, and no model has met it.
const UNKNOWN: Word = Word { hash: 0, flags: 0, suffix: 0, shape: Shape::Lower, tag: Tag::Other };

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

/// The words of a page, one a token.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// In the order of the tokens.
    pub all: Vec<Word>,
}

impl Words {
    /// Looks every token up and tags it.
    pub fn new(text: &str, tokens: &Tokens, suspects: &[Suspect]) -> Self {
        let mut out = Self::untagged(text, tokens, suspects);
        tagger::tag(tokens, &mut out.all);
        out
    }

    /// Looks every token up, but for those that a coreference tool wrote over others: what stood there is unknown, and the
    /// name in its place would tell falsely of the words about it. All tags are [`Tag::Other`].
    pub fn untagged(text: &str, tokens: &Tokens, suspects: &[Suspect]) -> Self {
        let mut all: Vec<Word> = tokens.all.iter().map(|token| read(text, *token)).collect();
        for suspect in suspects.iter().filter(|suspect| suspect.class == SuspectClass::Coref) {
            all[tokens.within(suspect.clean)].fill(UNKNOWN);
        }
        Self { all }
    }
}

impl Word {
    /// Tells whether the lists give the word any of these flags.
    pub fn is(&self, flags: u32) -> bool {
        self.flags & flags != 0
    }

    /// Tells whether it is a form of a reporting verb.
    pub fn reports(&self) -> bool {
        self.is(flag::SAID | flag::CLAIM)
    }
}

fn read(text: &str, token: Token) -> Word {
    let word = token.of(text);
    let bytes = word.as_bytes();
    let Spelling { hash, upper, lower } = spelling(word);
    let flags = if token.kind == TokenKind::Word { lexicon::flags(hash) } else { 0 };
    let suffix = bytes[bytes.len().saturating_sub(3)..]
        .iter()
        .fold(0, |suffix, byte| suffix << 8 | u32::from(byte.to_ascii_lowercase()));
    let shape = match token.kind {
        TokenKind::Number => Shape::Number,
        TokenKind::Mark => Shape::Mark,
        TokenKind::Punct => Shape::Punct,
        TokenKind::Word if token.capital => match (upper, lower) {
            (1, 0) => Shape::Initial,
            (_, 0) => Shape::Upper,
            (0 | 1, _) => Shape::Capital,
            _ => Shape::Mixed,
        },
        TokenKind::Word if upper > 0 => Shape::Mixed,
        TokenKind::Word => Shape::Lower,
    };
    Word { hash, flags, suffix, shape, tag: Tag::Other }
}

/// The hash of a word and how many of its letters are upper and lower case (ASCII alone counts).
struct Spelling {
    hash: u32,
    upper: u32,
    lower: u32,
}

/// Reads a word once for all three: words are short, and each loop of its own costs more than what it does.
fn spelling(word: &str) -> Spelling {
    let mut out = Spelling { hash: lexicon::SEED, upper: 0, lower: 0 };
    let mut ascii = true;
    for &byte in word.as_bytes() {
        out.hash = lexicon::mix(out.hash, byte.to_ascii_lowercase());
        out.upper += u32::from(byte.is_ascii_uppercase());
        out.lower += u32::from(byte.is_ascii_lowercase());
        ascii &= byte.is_ascii();
    }
    if !ascii {
        // It may hold a curly apostrophe, which counts as a straight one.
        out.hash = lexicon::hash(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    #[test]
    fn nothing_is_known_of_words_written_over_others() {
        let text = "Mayor Ada Quill said that she Ada Quill rebuild the pier.";
        let tokens = Tokens::new(text);
        let suspect = |class| Suspect { raw: Span::new(30, 39), clean: Span::new(30, 39), class, reconstruction: None };
        let sound = Words::new(text, &tokens, &[]).all;
        assert_eq!(Words::new(text, &tokens, &[suspect(SuspectClass::DroppedWord)]).all, sound);

        let read = Words::untagged(text, &tokens, &[suspect(SuspectClass::Coref)]).all;
        let untagged = Words::untagged(text, &tokens, &[]).all;
        assert_eq!(tokens.all[6].of(text), "Ada");
        assert_eq!(read[6..8], [UNKNOWN; 2]);
        assert_eq!((&read[..6], &read[8..]), (&untagged[..6], &untagged[8..]));
        assert_eq!((sound[1].tag, sound[1].hash), (Tag::Person, untagged[6].hash));
    }
}
