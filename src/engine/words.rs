//! What the engine's rooms know of each token: the hash of its word, what the lists say, its shape and its tag.

use super::clean::{Suspect, SuspectClass};
use super::lexicon::{self, flag};
use super::model::{Tag, tagger};
pub use crate::text::spelling::Shape;
use crate::text::spelling::Spelling;
use crate::text::{TokenKind, Tokens};

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

/// The words of a page, one a token.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// In the order of the tokens.
    pub all: Vec<Word>,
}

impl Words {
    /// Looks every token up and tags it.
    pub fn new(tokens: &Tokens, suspects: &[Suspect]) -> Self {
        let mut out = Self::untagged(tokens, suspects);
        tagger::tag(tokens, &mut out.all);
        out
    }

    /// Looks every token up, but for those that a coreference tool wrote over others: what stood there is unknown, and the
    /// name in its place would tell falsely of the words about it. All tags are [`Tag::Other`].
    pub fn untagged(tokens: &Tokens, suspects: &[Suspect]) -> Self {
        let spelled = tokens.all.iter().zip(&tokens.spellings);
        let mut all: Vec<Word> = spelled
            .map(|(token, &Spelling { hash, suffix, shape })| {
                let flags = if token.kind == TokenKind::Word { lexicon::flags(hash) } else { 0 };
                Word { hash, flags, suffix, shape, tag: Tag::Other }
            })
            .collect();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    #[test]
    fn nothing_is_known_of_words_written_over_others() {
        let text = "Mayor Ada Quill said that she Ada Quill rebuild the pier.";
        let tokens = Tokens::new(text);
        let suspect = |class| Suspect { raw: Span::new(30, 39), clean: Span::new(30, 39), class, reconstruction: None };
        let sound = Words::new(&tokens, &[]).all;
        assert_eq!(Words::new(&tokens, &[suspect(SuspectClass::DroppedWord)]).all, sound);

        let read = Words::untagged(&tokens, &[suspect(SuspectClass::Coref)]).all;
        let untagged = Words::untagged(&tokens, &[]).all;
        assert_eq!(tokens.all[6].of(text), "Ada");
        assert_eq!(read[6..8], [UNKNOWN; 2]);
        assert_eq!((&read[..6], &read[8..]), (&untagged[..6], &untagged[8..]));
        assert_eq!((sound[1].tag, sound[1].hash), (Tag::Person, untagged[6].hash));
    }
}
