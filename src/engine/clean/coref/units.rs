//! Names in tokenised text: runs of capitalised words, cut where two names were pushed together.

use super::super::class::Class;
use super::super::lists::flag;
use super::super::words::Word;

/// A mention: a name, or a pronoun. Words `from..to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// First word.
    pub from: u32,
    /// One past the last word.
    pub to: u32,
    /// What it is.
    pub kind: Kind,
    /// The number of the last word of a name, by which its mentions are known; 0 for a pronoun.
    pub key: u32,
    /// The number of the whole name without article and title; the same as `key` where it is one word.
    pub whole: u32,
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

/// To what a pronoun can refer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pronoun {
    /// A person.
    Person,
    /// A thing or a group.
    Group,
    /// The speaker's own group.
    We,
}

/// Numbers for hashes, from 1 on in the order in which they come first, so that what is counted of a name is a list.
struct Numbers {
    /// A hash and its number, by the highest bits of the hash; number 0 is free. At most half of them are taken.
    slots: Vec<(u64, u32)>,
    shift: u32,
    given: u32,
}

impl Numbers {
    /// Makes room for so many hashes.
    fn new(most: usize) -> Self {
        let bits = (most.max(4) * 2).next_power_of_two().trailing_zeros();
        Self { slots: vec![(0, 0); 1 << bits], shift: 64 - bits, given: 0 }
    }

    /// Returns the place of `hash`, or the free one where it would be.
    fn place(&self, hash: u64) -> usize {
        // A text of many names that collide is only slow.
        let mut at = (hash >> self.shift) as usize;
        while self.slots[at].1 != 0 && self.slots[at].0 != hash {
            at = (at + 1) & (self.slots.len() - 1);
        }
        at
    }

    /// Returns the number of `hash`, which gets one where it has none.
    fn number(&mut self, hash: u64) -> u32 {
        let at = self.place(hash);
        if self.slots[at].1 == 0 {
            self.given += 1;
            self.slots[at] = (hash, self.given);
        }
        self.slots[at].1
    }

    /// Returns the number of `hash`, 0 where it has none.
    fn known(&self, hash: u64) -> u32 {
        self.slots[self.place(hash)].1
    }
}

/// Finds the mentions, in order, and tells how many numbers their names have (with 0).
pub fn find(words: &[Word]) -> (Vec<Unit>, usize) {
    let mut runs: Vec<(usize, usize)> = Vec::with_capacity(words.len() / 16);
    let mut next = 0;
    while let Some(from) = words[next..].iter().position(|word| word.names()).map(|more| next + more) {
        // A stop behind a title or an initial goes on; behind another word it is a token of its own.
        next = words[from..].iter().position(|word| !word.names()).map_or(words.len(), |more| from + more);
        runs.push((from, next));
    }
    let alone = Alone::new(words, &runs);
    // A name of several words has two numbers, its own and its last word's.
    let most = words.iter().filter(|word| word.names() || word.is(flag::THE)).count();
    let units = Vec::with_capacity(words.len() / 8);
    let mut names = Names { words, alone, numbers: Numbers::new(most), units };
    let mut at = 0;
    for (from, to) in runs.into_iter().chain(std::iter::once((words.len(), words.len()))) {
        names.between(at, from);
        names.cut((from, to));
        at = to;
    }
    (names.units, names.numbers.given as usize + 1)
}

/// How often names of several words stand alone somewhere: those can be found inside a longer run.
struct Alone {
    numbers: Numbers,
    counts: Vec<u32>,
}

impl Alone {
    fn new(words: &[Word], runs: &[(usize, usize)]) -> Self {
        let mut alone = Self { numbers: Numbers::new(runs.len()), counts: vec![0; runs.len() + 1] };
        for &(from, to) in runs.iter().filter(|run| run.1 - run.0 > 1) {
            alone.counts[alone.numbers.number(whole(&words[from..to])) as usize] += 1;
        }
        alone
    }

    fn is_often(&self, name: &[Word]) -> bool {
        self.counts[self.numbers.known(whole(name)) as usize] > 1
    }
}

struct Names<'a> {
    words: &'a [Word],
    alone: Alone,
    numbers: Numbers,
    units: Vec<Unit>,
}

impl Names<'_> {
    /// Finds what is no name among words `at..to`, before a run.
    fn between(&mut self, mut at: usize, to: usize) {
        while at < to {
            let word = self.words[at];
            if word.flags & (flag::THE | flag::PERSON | flag::GROUP | flag::WE) == 0 {
                at += 1;
                continue;
            }
            let unit = |to: usize, kind, key| Unit { from: at as u32, to: to as u32, kind, key, whole: key };
            let noun = self.words.get(at + 1).filter(|next| {
                let common = matches!(next.class, Class::Other | Class::Plural) && next.end - next.start > 3;
                word.is(flag::THE) && !next.capital() && common
            });
            if let Some(noun) = noun {
                let key = self.numbers.number(noun.hash);
                self.units.push(unit(at + 2, Kind::Noun, key));
                at += 2;
                continue;
            }
            let pronoun = match word {
                _ if word.is(flag::PERSON) => Some(Pronoun::Person),
                _ if word.is(flag::GROUP) => Some(Pronoun::Group),
                _ if word.is(flag::WE) => Some(Pronoun::We),
                _ => None,
            };
            self.units.extend(pronoun.map(|pronoun| unit(at + 1, Kind::Pronoun(pronoun), 0)));
            at += 1;
        }
    }

    /// Cuts one run into names.
    fn cut(&mut self, (from, to): (usize, usize)) {
        let words = self.words;
        let mut start = from;
        while start < to {
            let mut end = to;
            // A name that stands alone elsewhere, inside this run: the run is two names pushed together.
            'search: for a in start..to {
                for b in (a + 2..=to.min(a + 5)).rev() {
                    let part = b - a < to - start;
                    if part && !words[b - 1].is(flag::HONORIFIC) && self.alone.is_often(&words[a..b]) {
                        let only_titles = words[start..a].iter().all(|word| word.is(flag::HONORIFIC));
                        end = if a > start && !only_titles { a } else { b };
                        break 'search;
                    }
                }
            }
            // The same last word twice in one run is two mentions of one name.
            for second in start + 1..end {
                let again = words[second].hash;
                if let Some(first) = (start..second).find(|&first| words[first].hash == again) {
                    end = end.min(if second == end - 1 { first + 1 } else { second });
                    break;
                }
            }
            let end = end.max(start + 1);
            self.push(start, end);
            start = end;
        }
    }

    fn push(&mut self, from: usize, to: usize) {
        let article = from > 0
            && self.words[from - 1].is(flag::THE)
            && self.units.last().is_none_or(|unit| (unit.to as usize) < from);
        let start = if article { from - 1 } else { from };
        let key = self.numbers.number(self.words[to - 1].hash);
        let whole = if to - from > 1 { self.numbers.number(whole(&self.words[from..to])) } else { key };
        self.units.push(Unit { from: start as u32, to: to as u32, kind: Kind::Name { article }, key, whole });
    }
}

/// The hash of a name of several words from those of its words.
fn whole(words: &[Word]) -> u64 {
    words.iter().fold(0, |sum: u64, word| (sum.rotate_left(9) ^ word.hash).wrapping_mul(0x9E37_79B9_7F4A_7C15))
}
