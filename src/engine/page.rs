//! The page: the clean text with what every room of the engine needs to know of it.

use super::clean;
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
    /// What cleaning marked as damaged; overwritten words never count as evidence for a speaker.
    pub suspects: &'a [clean::Suspect],
}
