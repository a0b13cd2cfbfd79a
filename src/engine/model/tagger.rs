//! Tags parts of speech and names: a greedy averaged perceptron over hashed features, learned from `silver_train`.
//!
//! Words that have one tag nearly always are looked up in a table and skip the model.

use super::{Tag, key};
use crate::engine::words::{Shape, Word};
use crate::text::{TokenKind, Tokens};
use std::sync::LazyLock;

/// Rows of the weight table; a power of two.
pub const ROWS: usize = 1 << 16;

/// How many features a token has.
pub const FEATURES: usize = 14;

/// The weights of a tagger.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// Word hash and its only tag, sorted by hash.
    pub sure: Vec<(u32, u8)>,
    /// `ROWS` rows of [`Tag::COUNT`] weights.
    pub weights: Vec<i8>,
}

static MODEL: LazyLock<Loaded> =
    LazyLock::new(|| Loaded::new(Model::read(include_bytes!("../../../assets/model/tagger.bin")).unwrap_or_default()));

/// A model made ready for use: the table of sure words is addressed by hash.
#[derive(Debug)]
pub struct Loaded {
    sure: Vec<(u32, u8)>,
    mask: usize,
    weights: Vec<i8>,
}

impl Loaded {
    fn new(model: Model) -> Self {
        let slots = (model.sure.len() * 2).next_power_of_two().max(2);
        let mut sure = vec![(0, u8::MAX); slots];
        for (hash, tag) in model.sure {
            let mut at = slot(hash, slots - 1);
            while sure[at].1 != u8::MAX {
                at = (at + 1) & (slots - 1);
            }
            sure[at] = (hash, tag);
        }
        Self { sure, mask: slots - 1, weights: model.weights }
    }

    fn sure(&self, hash: u32) -> Option<Tag> {
        let mut at = slot(hash, self.mask);
        loop {
            let (found, tag) = self.sure[at];
            if tag == u8::MAX {
                return None;
            }
            if found == hash {
                return Tag::ALL.get(tag as usize).copied();
            }
            at = (at + 1) & self.mask;
        }
    }
}

fn slot(hash: u32, mask: usize) -> usize {
    (hash ^ (hash >> 15)) as usize & mask
}

impl Model {
    /// Reads what [`Model::write`] wrote; `None` where the bytes are not that.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let count = u32::from_le_bytes(bytes.get(..4)?.try_into().ok()?) as usize;
        let table = bytes.get(4..4 + count * 5)?;
        let sure = table
            .chunks_exact(5)
            .map(|entry| (u32::from_le_bytes([entry[0], entry[1], entry[2], entry[3]]), entry[4]))
            .collect();
        let weights: Vec<i8> = bytes.get(4 + count * 5..)?.iter().map(|&byte| byte.cast_signed()).collect();
        (weights.len() == ROWS * Tag::COUNT).then_some(Self { sure, weights })
    }

    /// Makes the model ready for use.
    pub fn load(&self) -> Loaded {
        Loaded::new(self.clone())
    }

    /// Writes the model: the number of sure words, each as hash and tag, then the weights; all little endian.
    pub fn write(&self) -> Vec<u8> {
        let mut out = (self.sure.len() as u32).to_le_bytes().to_vec();
        for &(hash, tag) in &self.sure {
            out.extend(hash.to_le_bytes());
            out.push(tag);
        }
        out.extend(self.weights.iter().map(|weight| weight.cast_unsigned()));
        out
    }
}

/// Tags `words`, which belong to `tokens` one by one, with the model built in.
pub fn tag(tokens: &Tokens, words: &mut [Word]) {
    tag_with(&MODEL, tokens, words);
}

/// Tags `words` with `model`.
pub fn tag_with(model: &Loaded, tokens: &Tokens, words: &mut [Word]) {
    for sentence in &tokens.sentences {
        for at in sentence.clone() {
            words[at].tag = if let Some(tag) = fixed(tokens, words, at)
                .or_else(|| (words[at].shape == Shape::Lower).then(|| model.sure(words[at].hash)).flatten())
            {
                tag
            } else if model.weights.is_empty() {
                guess(&words[at])
            } else {
                best(&model.weights, &features(words, sentence.start, sentence.end, at))
            };
        }
    }
}

/// A stand-in for the model where none is built in: by shape alone.
fn guess(word: &Word) -> Tag {
    if word.shape == Shape::Lower { Tag::Noun } else { Tag::Proper }
}

/// Returns the tag of a token that needs no model: marks and punctuation.
pub fn fixed(tokens: &Tokens, words: &[Word], at: usize) -> Option<Tag> {
    let token = tokens.all[at];
    match token.kind {
        TokenKind::Mark => Some(Tag::Mark),
        TokenKind::Punct => Some(match words[at].suffix.to_be_bytes() {
            [0, 0, 0, b','] => Tag::Comma,
            [0, 0, 0, b'.' | b'!' | b'?'] => Tag::Stop,
            [0, 0, 0, b':' | b';' | b'-'] | [0, 0xe2, 0x80, 0x93 | 0x94 | 0xa6] => Tag::Colon,
            [0, 0, 0, b'(' | b')' | b'[' | b']'] => Tag::Mark,
            _ => Tag::Other,
        }),
        TokenKind::Number => Some(Tag::Number),
        TokenKind::Word => None,
    }
}

/// Returns the rows of the weight table that speak for token `at` of the sentence `start..end`; the tags before it are
/// known.
pub fn features(words: &[Word], start: usize, end: usize, at: usize) -> [u32; FEATURES] {
    let word = &words[at];
    let neighbour = |offset: isize| -> (u32, u32, u32, u32, u32) {
        at.checked_add_signed(offset).filter(|&n| n >= start && n < end).map_or((1, 1, 1, 9, 33), |n| {
            let near = &words[n];
            (near.hash, near.flags, near.suffix, near.shape as u32, near.tag as u32)
        })
    };
    let (previous, previous_flags, _, previous_shape, previous_tag) = neighbour(-1);
    let (_, _, _, _, before_tag) = neighbour(-2);
    let (next, next_flags, next_suffix, next_shape, _) = neighbour(1);
    let (after, _, _, after_shape, _) = neighbour(2);
    let shape = word.shape as u32;
    let first = u32::from(at == start);
    let rows = [
        key(1, shape, first),
        key(2, word.hash, 0),
        key(3, word.suffix, shape),
        key(4, word.suffix & 0xffff, previous_tag),
        key(5, previous_tag, before_tag),
        key(6, previous_tag, word.hash),
        key(7, previous, shape),
        key(8, next, shape),
        key(9, next_suffix, next_shape << 8 | shape),
        key(10, word.flags, shape),
        key(11, previous_shape << 16 | shape << 8 | next_shape, after_shape << 8 | first),
        key(12, previous_flags, next_flags ^ (shape << 24)),
        key(13, next, previous_tag),
        key(14, word.hash, after),
    ];
    rows.map(|row| row & (ROWS as u32 - 1))
}

fn best(weights: &[i8], rows: &[u32; FEATURES]) -> Tag {
    let mut scores = [0_i16; Tag::COUNT];
    for &row in rows {
        let row = &weights[row as usize * Tag::COUNT..][..Tag::COUNT];
        for (score, &weight) in scores.iter_mut().zip(row) {
            *score += i16::from(weight);
        }
    }
    let mut best = 0;
    for (tag, &score) in scores.iter().enumerate() {
        if score > scores[best] {
            best = tag;
        }
    }
    Tag::ALL[best]
}
