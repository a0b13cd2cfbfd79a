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
    /// `ROWS`, or none.
    rows: Vec<Row>,
}

/// What one feature says of every tag; so aligned that no row lies across two lines of the cache.
#[derive(Debug, Clone, Copy)]
#[repr(align(32))]
struct Row([i8; Tag::COUNT]);

/// A sum of rows.
type Scores = [i16; Tag::COUNT];

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
        let rows = model.weights.as_chunks().0.iter().map(|&row| Row(row)).collect();
        Self { sure, mask: slots - 1, rows }
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
///
/// A row lies wherever its hash falls in a table that is larger than the caches, so that nearly all the time goes into
/// waiting for rows. Those that need no tags are therefore touched first, for the whole sentence: there none waits for
/// another, the processor fetches many at once, and the sums find them at hand.
pub fn tag_with(model: &Loaded, tokens: &Tokens, words: &mut [Word]) {
    let mut open: Vec<(usize, [u32; 10])> = Vec::new();
    for sentence in &tokens.sentences {
        let (start, end) = (sentence.start, sentence.end);
        let mut touched = 0;
        for at in sentence.clone() {
            let sure = || (words[at].shape == Shape::Lower).then(|| model.sure(words[at].hash)).flatten();
            if let Some(tag) = fixed(tokens, words, at).or_else(sure) {
                words[at].tag = tag;
            } else if model.rows.is_empty() {
                words[at].tag = guess(&words[at]);
            } else {
                let rows = of_words(words, start, end, at);
                touched = rows.iter().fold(touched, |touched, &row| touched ^ model.rows[row as usize].0[0]);
                open.push((at, rows));
            }
        }
        // Else the compiler would see that nobody asks for it, and leave the touching out.
        std::hint::black_box(touched);
        for (at, rows) in open.drain(..) {
            let mut scores = [0; Tag::COUNT];
            add(&mut scores, &model.rows, &rows);
            add(&mut scores, &model.rows, &of_tags(words, start, end, at));
            words[at].tag = best(&scores);
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
    let [f1, f2, f3, f7, f8, f9, f10, f11, f12, f14] = of_words(words, start, end, at);
    let [f4, f5, f6, f13] = of_tags(words, start, end, at);
    [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14]
}

/// A token as its neighbours see it: beyond the ends of the sentence one stands that is none.
fn neighbour(words: &[Word], start: usize, end: usize, at: Option<usize>) -> (u32, u32, u32, u32, u32) {
    at.filter(|&n| n >= start && n < end).map_or((1, 1, 1, 9, 33), |n| {
        let near = &words[n];
        (near.hash, near.flags, near.suffix, near.shape as u32, near.tag as u32)
    })
}

/// The features that need no tags.
fn of_words(words: &[Word], start: usize, end: usize, at: usize) -> [u32; 10] {
    let word = &words[at];
    let (previous, previous_flags, _, previous_shape, _) = neighbour(words, start, end, at.checked_sub(1));
    let (next, next_flags, next_suffix, next_shape, _) = neighbour(words, start, end, Some(at + 1));
    let (after, _, _, after_shape, _) = neighbour(words, start, end, Some(at + 2));
    let shape = word.shape as u32;
    let first = u32::from(at == start);
    [
        key(1, shape, first),
        key(2, word.hash, 0),
        key(3, word.suffix, shape),
        key(7, previous, shape),
        key(8, next, shape),
        key(9, next_suffix, next_shape << 8 | shape),
        key(10, word.flags, shape),
        key(11, previous_shape << 16 | shape << 8 | next_shape, after_shape << 8 | first),
        key(12, previous_flags, next_flags ^ (shape << 24)),
        key(14, word.hash, after),
    ]
    .map(|row| row % ROWS as u32)
}

/// The features that need the tags of the two tokens before.
fn of_tags(words: &[Word], start: usize, end: usize, at: usize) -> [u32; 4] {
    let word = &words[at];
    let (.., previous_tag) = neighbour(words, start, end, at.checked_sub(1));
    let (.., before_tag) = neighbour(words, start, end, at.checked_sub(2));
    let (next, ..) = neighbour(words, start, end, Some(at + 1));
    [
        key(4, word.suffix & 0xffff, previous_tag),
        key(5, previous_tag, before_tag),
        key(6, previous_tag, word.hash),
        key(13, next, previous_tag),
    ]
    .map(|row| row % ROWS as u32)
}

fn add(scores: &mut Scores, table: &[Row], rows: &[u32]) {
    for &row in rows {
        for (score, &weight) in scores.iter_mut().zip(&table[row as usize].0) {
            *score += i16::from(weight);
        }
    }
}

/// Returns the tag of the highest score, the first of equals.
fn best(scores: &Scores) -> Tag {
    // The number of the tag below its score: one maximum, without a branch for each tag.
    let marked = scores.iter().zip(0_i32..).map(|(&score, tag)| i32::from(score) << 5 | (31 - tag));
    Tag::ALL[31 - (marked.max().unwrap_or(31) & 31) as usize]
}
