//! Names in tokenised text: runs of capitalised words, cut where two names were pushed together.

use super::words::{Class, Pronoun, Word, class, pronoun};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A mention: a name, or a pronoun. Words `from..to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// First word.
    pub from: u32,
    /// One past the last word.
    pub to: u32,
    /// What it is.
    pub kind: Kind,
    /// The hash of the last word of a name, by which its mentions are known.
    pub key: u64,
    /// The hash of the whole name without article and title.
    pub whole: u64,
}

/// What a mention is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A name; `article` where `the` stands before it as part of it.
    Name {
        /// Whether it begins with `the`.
        article: bool,
    },
    /// `the` and a common noun.
    Noun,
    /// A pronoun.
    Pronoun(Pronoun),
}

/// A map keyed by hashes that are already good.
pub type Table<V> = HashMap<u64, V, BuildHasherDefault<Same>>;

/// The hasher of [`Table`]: the key itself.
#[derive(Debug, Default)]
pub struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash(bytes);
    }
    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

/// FNV-1a, finished so that its low and high bits are good.
pub fn hash(bytes: &[u8]) -> u64 {
    let mut value = 0xcbf2_9ce4_8422_2325_u64;
    for &byte in bytes {
        value = (value ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    value ^ (value >> 29)
}

/// Finds the mentions, in order.
pub fn find(text: &str, words: &[Word]) -> Vec<Unit> {
    let mut runs: Vec<(usize, usize)> = Vec::with_capacity(words.len() / 16);
    // The hash of each word of a run.
    let mut hashes = vec![0_u64; words.len()];
    let mut units = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if !words[at].capital {
            at += 1;
            continue;
        }
        let word = words[at].of(text);
        if !names(word) {
            at += 1;
            continue;
        }
        let from = at;
        while at < words.len() && words[at].capital && (at == from || names(words[at].of(text))) {
            hashes[at] = hash(words[at].of(text).as_bytes());
            at += 1;
            // A stop behind a title or an initial goes on; behind another word it is a token of its own.
        }
        runs.push((from, at));
    }
    // Which names stand alone somewhere: those can be found inside a longer run.
    let mut alone: Table<u32> = Table::default();
    for &(from, to) in &runs {
        *alone.entry(whole(&hashes[from..to])).or_default() += 1;
    }
    let mut next_run = 0;
    let mut at = 0;
    while at < words.len() {
        if let Some(&(from, to)) = runs.get(next_run).filter(|run| run.0 == at) {
            cut(text, words, &hashes, (from, to), &alone, &mut units);
            next_run += 1;
            at = to;
            continue;
        }
        let word = words[at];
        let next = words.get(at + 1).filter(|next| !next.capital);
        if let Some(next) = next.filter(|_| matches!(word.of(text), "the" | "The")) {
            let noun = next.of(text);
            if matches!(class(noun), Class::Other | Class::Plural) && noun.len() > 3 {
                let key = hash(noun.as_bytes());
                units.push(Unit { from: at as u32, to: at as u32 + 2, kind: Kind::Noun, key, whole: key });
                at += 2;
                continue;
            }
        }
        if let Some(kind) = pronoun(word.of(text)) {
            units.push(Unit { from: at as u32, to: at as u32 + 1, kind: Kind::Pronoun(kind), key: 0, whole: 0 });
        }
        at += 1;
    }
    units
}

/// Cuts one run into names.
fn cut(
    text: &str,
    words: &[Word],
    hashes: &[u64],
    (from, to): (usize, usize),
    alone: &Table<u32>,
    units: &mut Vec<Unit>,
) {
    let mut start = from;
    while start < to {
        let mut end = to;
        // A name that stands alone elsewhere, inside this run: the run is two names pushed together.
        'search: for a in start..to {
            for b in ((a + 1)..=to.min(a + 5)).rev() {
                let part = b - a < to - start;
                let long = b - a >= 2;
                if part
                    && long
                    && !title(words[b - 1].of(text))
                    && alone.get(&whole(&hashes[a..b])).is_some_and(|&n| n > 1)
                {
                    end = if a > start && !only_titles(text, words, start, a) { a } else { b };
                    break 'search;
                }
            }
        }
        // The same last word twice in one run is two mentions of one name.
        for second in start + 1..end {
            if (start..second).any(|first| hashes[first] == hashes[second]) {
                let again = hashes[second];
                let first = (start..second).find(|&i| hashes[i] == again).unwrap_or(start);
                end = end.min(if second == end - 1 { first + 1 } else { second });
                break;
            }
        }
        push(text, words, hashes, (start, end.max(start + 1)), units);
        start = end.max(start + 1);
    }
}

fn push(text: &str, words: &[Word], hashes: &[u64], (from, to): (usize, usize), units: &mut Vec<Unit>) {
    let article = from > 0
        && matches!(words[from - 1].of(text), "the" | "The")
        && units.last().is_none_or(|unit: &Unit| (unit.to as usize) < from);
    let start = if article { from - 1 } else { from };
    units.push(Unit {
        from: start as u32,
        to: to as u32,
        kind: Kind::Name { article },
        key: hashes[to - 1],
        whole: whole(&hashes[from..to]),
    });
}

/// The hash of a name from those of its words.
fn whole(hashes: &[u64]) -> u64 {
    hashes.iter().fold(0, |sum: u64, hash| sum.rotate_left(9).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ hash)
}

fn only_titles(text: &str, words: &[Word], from: usize, to: usize) -> bool {
    words[from..to].iter().all(|word| title(word.of(text)))
}

fn title(word: &str) -> bool {
    matches!(
        word,
        "President"
            | "Secretary"
            | "Senator"
            | "Mayor"
            | "Speaker"
            | "Governor"
            | "Minister"
            | "Prime"
            | "Chairman"
            | "Chief"
            | "General"
            | "Judge"
            | "Justice"
            | "Representative"
            | "Congressman"
            | "Congresswoman"
            | "Vice"
            | "Former"
            | "Lord"
            | "Sir"
            | "Dame"
            | "King"
            | "Queen"
            | "Prince"
            | "Princess"
            | "Pope"
            | "Chancellor"
    ) || word.ends_with('.') && super::super::marks::is_title(word.trim_end_matches('.'))
}

/// Tells whether a capitalised word can be of a name: no function word at the start of a sentence.
fn names(word: &str) -> bool {
    let plain = matches!(class(word), Class::Capital | Class::Title | Class::Report);
    plain
        && word.len() > 1
        && !matches!(
            word,
            "Yes"
                | "Here"
                | "There"
                | "Then"
                | "Now"
                | "Also"
                | "New"
                | "Last"
                | "Many"
                | "Most"
                | "Not"
                | "Yet"
                | "Even"
                | "Just"
                | "Republican"
                | "Democratic"
                | "However"
                | "Still"
                | "Monday"
                | "Tuesday"
                | "Wednesday"
                | "Thursday"
                | "Friday"
                | "Saturday"
                | "Sunday"
                | "Meanwhile"
                | "Well"
                | "Instead"
                | "Later"
                | "Earlier"
        )
}
