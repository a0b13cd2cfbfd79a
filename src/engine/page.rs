//! The page: the clean text with what every room of the engine needs to know of it.

use super::clean::{self, SuspectClass};
use super::words::Word;
use crate::text::Tokens;

/// The clean text as every room reads it.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// The clean text.
    pub text: &'a str,
    /// Its tokens, sentences and paragraphs.
    pub tokens: &'a Tokens,
    /// What is known of each token: its word's hash, the lists' flags, its tag.
    pub words: &'a [Word],
    /// What cleaning marked as damaged; overwritten words are unknown words, and never count as evidence for a speaker.
    pub suspects: &'a [clean::Suspect],
}

impl Page<'_> {
    /// Tells whether words or marks were lost: then less can be trusted, and other weights count.
    pub fn is_damaged(&self) -> bool {
        is_damaged(self.suspects)
    }

    /// Tells how much a damaged page looks as if paragraph breaks were lost: 0 as news is set; 1, 2 where its paragraphs hold
    /// many more words. Of undamaged articles 98 in 100 have fewer than 75 tokens a paragraph.
    pub fn density(&self) -> u32 {
        if !self.is_damaged() {
            return 0;
        }
        match self.tokens.all.len() / self.tokens.paragraphs.len().max(1) {
            0..=75 => 0,
            76..=160 => 1,
            _ => 2,
        }
    }
}

/// Tells whether `suspects` show that words or marks were lost.
pub fn is_damaged(suspects: &[clean::Suspect]) -> bool {
    let lost = |class| matches!(class, SuspectClass::Coref | SuspectClass::DroppedWord | SuspectClass::QuoteLost);
    suspects.iter().any(|suspect| lost(suspect.class))
}
