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

/// What one feature says of every tag, 128 for nothing: all tags have the same number of rows, so that the highest sum
/// is the same, and bytes without a sign are widened in fewer steps. So aligned that no row lies across two lines of the
/// cache.
#[derive(Debug, Clone, Copy)]
#[repr(align(32))]
struct Row([u8; Tag::COUNT]);

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
        let rows = model
            .weights
            .as_chunks()
            .0
            .iter()
            .map(|row| Row(row.map(|weight| weight.cast_unsigned() ^ 0x80)))
            .collect();
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
/// waiting for rows. Those that need no tags still to be found are therefore touched first, for the whole sentence: there none waits for
/// another, the processor fetches many at once, and the sums find them at hand.
pub fn tag_with(model: &Loaded, tokens: &Tokens, words: &mut [Word]) {
    let mut open: Vec<(usize, [u32; 10])> = Vec::new();
    let mut seen = Vec::new();
    for sentence in &tokens.sentences {
        seen.clear();
        seen.extend([EDGE; 2]);
        seen.extend(words[sentence.clone()].iter().map(Seen::of));
        seen.extend([EDGE; 2]);
        let mut touched = 0;
        for at in sentence.clone() {
            let sure = || (words[at].shape == Shape::Lower).then(|| model.sure(words[at].hash)).flatten();
            let number = at - sentence.start;
            let tag = if let Some(tag) = fixed(tokens, words, at).or_else(sure) {
                tag
            } else if model.rows.is_empty() {
                guess(&words[at])
            } else {
                let rows = of_words(window(&seen, number), number == 0);
                let touch = |touched, &row: &u32| touched ^ model.rows[row as usize].0[0];
                touched = rows.iter().fold(touched, touch);
                // Half of the time the token before has its tag already.
                if open.last().is_none_or(|&(last, _)| last + 1 < number) {
                    touched = of_tags(window(&seen, number)).iter().fold(touched, touch);
                }
                open.push((number, rows));
                continue;
            };
            words[at].tag = tag;
            seen[number + 2].tag = tag as u32;
        }
        // Else the compiler would see that nobody asks for it, and leave the touching out.
        std::hint::black_box(touched);
        for (number, rows) in open.drain(..) {
            let mut scores = [0; Tag::COUNT];
            add(&mut scores, &model.rows, &rows);
            add(&mut scores, &model.rows, &of_tags(window(&seen, number)));
            let tag = best(&scores);
            words[sentence.start + number].tag = tag;
            seen[number + 2].tag = tag as u32;
        }
    }
}

/// A token as its neighbours see it.
#[derive(Clone, Copy)]
struct Seen {
    hash: u32,
    flags: u32,
    suffix: u32,
    shape: u32,
    tag: u32,
}

/// What stands beyond the ends of a sentence: a token that is none.
const EDGE: Seen = Seen { hash: 1, flags: 1, suffix: 1, shape: 9, tag: 33 };

impl Seen {
    fn of(word: &Word) -> Self {
        Self { hash: word.hash, flags: word.flags, suffix: word.suffix, shape: word.shape as u32, tag: word.tag as u32 }
    }
}

/// Token `number` of a sentence that stands between two [`EDGE`]s on either side, with its neighbours: it is the third.
fn window(seen: &[Seen], number: usize) -> &[Seen; 5] {
    seen.get(number..).and_then(<[Seen]>::first_chunk).unwrap_or(&[EDGE; 5])
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
    let mut seen = [EDGE; 5];
    for (seen, n) in seen.iter_mut().zip(at as isize - 2..) {
        if let Some(word) = usize::try_from(n).ok().filter(|n| (start..end).contains(n)).map(|n| &words[n]) {
            *seen = Seen::of(word);
        }
    }
    let [f1, f2, f3, f7, f8, f9, f10, f11, f12, f14] = of_words(&seen, at == start);
    let [f4, f5, f6, f13] = of_tags(&seen);
    [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14]
}

/// The features that need no tags.
fn of_words([_, previous, word, next, after]: &[Seen; 5], first: bool) -> [u32; 10] {
    let shape = word.shape;
    let first = u32::from(first);
    [
        key(1, shape, first),
        key(2, word.hash, 0),
        key(3, word.suffix, shape),
        key(7, previous.hash, shape),
        key(8, next.hash, shape),
        key(9, next.suffix, next.shape << 8 | shape),
        key(10, word.flags, shape),
        key(11, previous.shape << 16 | shape << 8 | next.shape, after.shape << 8 | first),
        key(12, previous.flags, next.flags ^ (shape << 24)),
        key(14, word.hash, after.hash),
    ]
    .map(|row| row % ROWS as u32)
}

/// The features that need the tags of the two tokens before.
fn of_tags([before, previous, word, next, _]: &[Seen; 5]) -> [u32; 4] {
    [
        key(4, word.suffix & 0xffff, previous.tag),
        key(5, previous.tag, before.tag),
        key(6, previous.tag, word.hash),
        key(13, next.hash, previous.tag),
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
    // Two plain passes: the first is done many tags at a time.
    let most = scores.iter().copied().fold(i16::MIN, i16::max);
    scores.iter().position(|&score| score == most).map_or(Tag::Other, |tag| Tag::ALL[tag])
}
