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
pub const FEATURES: usize = WORD_FEATURES + TAG_FEATURES;

/// How many of them need no tags.
const WORD_FEATURES: usize = 10;

/// How many need the tags of the tokens before.
const TAG_FEATURES: usize = 4;

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
    /// The hashes of the sure words, 0 where nothing stands: open addressing, a power of two of slots.
    sure: Vec<u32>,
    /// For each slot the tag.
    tags: Vec<Tag>,
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
        // At most two thirds full, so that it fits the nearest cache.
        let slots = (model.sure.len() * 3 / 2 + 1).next_power_of_two();
        let (mut sure, mut tags) = (vec![0; slots], vec![Tag::Other; slots]);
        for (hash, tag) in model.sure {
            let Some(&tag) = Tag::ALL.get(tag as usize).filter(|_| hash != 0) else { continue };
            let mut at = slot(hash, slots - 1);
            while sure[at] != 0 {
                at = (at + 1) & (slots - 1);
            }
            (sure[at], tags[at]) = (hash, tag);
        }
        let rows = model
            .weights
            .as_chunks()
            .0
            .iter()
            .map(|row| Row(row.map(|weight| weight.cast_unsigned() ^ 0x80)))
            .collect();
        Self { sure, tags, rows }
    }

    fn sure(&self, hash: u32) -> Option<Tag> {
        let mask = self.sure.len() - 1;
        let mut at = slot(hash, mask);
        loop {
            match self.sure[at] {
                0 => return None,
                found if found == hash => return Some(self.tags[at]),
                _ => at = (at + 1) & mask,
            }
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
/// waiting for rows. Those that need no tags still to be found are therefore touched first, all those of a sentence in one
/// plain loop: there none waits for another, the processor fetches many at once, and the sums find them at hand.
pub fn tag_with(model: &Loaded, tokens: &Tokens, words: &mut [Word]) {
    // The tokens that have no tag yet, and the rows of each; those that need tags only where these are known.
    let mut open: Vec<usize> = Vec::new();
    let mut rows: Vec<[u32; WORD_FEATURES]> = Vec::new();
    let mut tag_rows: Vec<[u32; TAG_FEATURES]> = Vec::new();
    let mut seen = Vec::new();
    for sentence in &tokens.sentences {
        seen.clear();
        seen.extend([EDGE; 2]);
        for at in sentence.clone() {
            let word = &mut words[at];
            let sure = (word.shape == Shape::Lower).then(|| model.sure(word.hash)).flatten();
            if let Some(tag) = fixed(tokens.all[at].kind, word).or(sure) {
                word.tag = tag;
            } else if model.rows.is_empty() {
                word.tag = guess(word);
            } else {
                open.push(at - sentence.start);
            }
            seen.push(Seen::of(word));
        }
        seen.extend([EDGE; 2]);
        let mut last = None;
        for &number in &open {
            let window = window(&seen, number);
            rows.push(of_words(window, number == 0));
            // Half of the time the token before has its tag already.
            if last.is_none_or(|last| last + 1 < number) {
                tag_rows.push(of_tags(window));
            }
            last = Some(number);
        }
        let touch = |touched, &row: &u32| touched ^ model.rows[row as usize].0[0];
        let touched = rows.as_flattened().iter().fold(0, touch);
        let touched = tag_rows.as_flattened().iter().fold(touched, touch);
        // Else the compiler would see that nobody asks for it, and leave the touching out.
        std::hint::black_box(touched);
        for (number, rows) in open.drain(..).zip(rows.drain(..)) {
            let mut scores = [0; Tag::COUNT];
            add(&mut scores, &model.rows, &rows);
            add(&mut scores, &model.rows, &of_tags(window(&seen, number)));
            let tag = best(&scores);
            words[sentence.start + number].tag = tag;
            seen[number + 2].tag = tag as u32;
        }
        tag_rows.clear();
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

/// Returns the tag of a token of this kind that needs no model: marks and punctuation.
pub fn fixed(kind: TokenKind, word: &Word) -> Option<Tag> {
    match kind {
        TokenKind::Mark => Some(Tag::Mark),
        TokenKind::Punct => Some(match word.suffix.to_be_bytes() {
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
fn of_words([_, previous, word, next, after]: &[Seen; 5], first: bool) -> [u32; WORD_FEATURES] {
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
fn of_tags([before, previous, word, next, _]: &[Seen; 5]) -> [u32; TAG_FEATURES] {
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
    // Each score, which is below 2^12, is joined with its place from behind among 16, so that the highest of them tells both;
    // the processor does that for many tags at a time, where a search for the place would jump.
    const HALF: usize = Tag::COUNT / 2;
    let highest = |half: &[i16; HALF]| {
        let joined: [i16; HALF] = std::array::from_fn(|n| (half[n] - 2048) * HALF as i16 + (HALF - 1 - n) as i16);
        joined.into_iter().fold(i16::MIN, i16::max)
    };
    let place = |joined: i16| HALF - 1 - joined as usize % HALF;
    let (first, second) = scores.split_at(HALF);
    let (Some(first), Some(second)) = (first.first_chunk(), second.first_chunk()) else { return Tag::Other };
    let (first, second) = (highest(first), highest(second));
    // Divided, not shifted by rounding to zero: the scores of the two halves are compared without their places.
    let at = if second >> 4 > first >> 4 { HALF + place(second) } else { place(first) };
    Tag::ALL[at]
}
