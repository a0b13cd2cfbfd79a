//! Word lists from `assets/lexicon`, compiled in: reporting verbs, titles, first names, roles, organisations.

pub use crate::text::spelling::{hash, hashes};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

/// What the lists say of a word, as the bits of [`flag`].
pub mod flag {
    /// A form of a verb of saying: `said`.
    pub const SAID: u32 = 1;
    /// A form of a verb that names an utterance: `criticized`.
    pub const CLAIM: u32 = 1 << 1;
    /// A form of a verb of thought or showing: `believes`.
    pub const BELIEF: u32 = 1 << 2;
    /// A word that stands before names: `Mr`, `Senator`.
    pub const TITLE: u32 = 1 << 3;
    /// Tells that somebody is male: `Mr`, `king`, `John`.
    pub const MALE: u32 = 1 << 4;
    /// Tells that somebody is female.
    pub const FEMALE: u32 = 1 << 5;
    /// A noun for a person: `spokesman`.
    pub const ROLE: u32 = 1 << 6;
    /// A noun for several people: `officials`.
    pub const PLURAL: u32 = 1 << 7;
    /// A noun for an organisation or document that may speak: `campaign`.
    pub const BODY: u32 = 1 << 8;
    /// A first name.
    pub const FIRST: u32 = 1 << 9;
    /// A word that makes a run of capitals an organisation: `Department`.
    pub const ORG: u32 = 1 << 10;
    /// A capitalised word that is no name of a person: `Monday`, `American`.
    pub const WEAK: u32 = 1 << 11;
    /// The base form of a reporting verb.
    pub const BASE: u32 = 1 << 12;
    /// Its `-ing` form.
    pub const GERUND: u32 = 1 << 13;
    /// A personal pronoun of the third person singular or plural, or `I`, `we`, `you`, `who`.
    pub const PRONOUN: u32 = 1 << 14;
    /// A word without meaning of its own: `the`, `of`, `and`.
    pub const FUNCTION: u32 = 1 << 15;
    /// A word of the name of a country, state or city.
    pub const PLACE: u32 = 1 << 16;
}

/// A map from the [`hash`] of a word.
pub type ByWord<T> = HashMap<u32, T, BuildHasherDefault<Spread>>;

/// Hashes what is a hash already: it only spreads the 32 bits over 64, as the map looks at the highest ones too. An
/// article that is made to collide gains nothing but a slow analysis of itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u32(byte.into());
        }
    }

    fn write_u32(&mut self, value: u32) {
        self.0 = (self.0 ^ u64::from(value)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// Returns what the lists say of the word with this [`hash`].
#[inline]
pub fn flags(hash: u32) -> u32 {
    LEXICON.get(hash)
}

/// Returns the hash of the base form of a reporting verb, or the hash itself for any other word.
pub fn base(hash: u32) -> u32 {
    let known = LEXICON.may_know(hash).then(|| LEXICON.bases.get(&hash)).flatten();
    known.copied().unwrap_or(hash)
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);

/// A table from word hash to what is known: open addressing, a power of two of slots, at most half full.
struct Lexicon {
    slots: Vec<Slot>,
    /// A bit for the first [`FILTER`] bits of each hash that is there: most words are on no list, and this small table
    /// tells so without a look at the large one.
    filter: [u64; 1 << (FILTER - 6)],
    /// For each form of a reporting verb the hash of its base form.
    bases: ByWord<u32>,
}

/// What the lists say of one word; without flags where the slot is free.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    hash: u32,
    flags: u32,
}

const SLOTS: usize = 1 << 13;

const FILTER: u32 = 15;

const PRONOUNS: &str =
    "i you he she it we they me him her us them who his their its my our your himself herself themselves itself myself";
const FUNCTION: &str = "the a an this that these those of in on at by for with from to into about over after before as and or but nor so yet if \
    because while when where which what whom whose why how is are was were be been being am has have had having do does did will would can could may \
    might must shall should not no than then there here also just only even still more most very too such all any each every either neither own same \
    during until since through between against under again further once out up down off above below both few other some \
    behind soon among despite without within toward towards near beyond although though unless whether instead meanwhile later earlier today yesterday \
    tonight tomorrow perhaps maybe indeed however like unlike besides inside outside across along around";

impl Lexicon {
    fn read() -> Self {
        let mut out =
            Self { slots: vec![Slot::default(); SLOTS], filter: [0; 1 << (FILTER - 6)], bases: ByWord::default() };
        for (text, bit) in [
            (include_str!("../../assets/lexicon/said.txt"), flag::SAID),
            (include_str!("../../assets/lexicon/claim.txt"), flag::CLAIM),
            (include_str!("../../assets/lexicon/belief.txt"), flag::BELIEF),
        ] {
            for line in lines(text) {
                let base = line.split(' ').next().map_or(0, hash);
                for (n, form) in line.split(' ').enumerate() {
                    let mut bits = bit;
                    if n == 0 {
                        bits |= flag::BASE;
                    }
                    if form.ends_with("ing") {
                        bits |= flag::GERUND;
                    }
                    out.add(hash(form), bits);
                    // Of two verbs with one form, always the same one.
                    out.bases.entry(hash(form)).and_modify(|other| *other = base.min(*other)).or_insert(base);
                }
            }
        }
        for (text, bit) in [
            (include_str!("../../assets/lexicon/titles.txt"), flag::TITLE),
            (include_str!("../../assets/lexicon/roles.txt"), flag::ROLE),
        ] {
            for line in lines(text) {
                let mut parts = line.split(' ');
                let word = parts.next().unwrap_or_default();
                let bits = parts.fold(bit, |bits, mark| match mark {
                    "m" => bits | flag::MALE,
                    "f" => bits | flag::FEMALE,
                    "s" => bits | flag::PLURAL,
                    "o" => (bits & !flag::ROLE) | flag::BODY,
                    _ => bits,
                });
                out.add(hash(word), bits);
            }
        }
        for (text, bit) in [
            (include_str!("../../assets/lexicon/names_male.txt"), flag::FIRST | flag::MALE),
            (include_str!("../../assets/lexicon/names_female.txt"), flag::FIRST | flag::FEMALE),
            (include_str!("../../assets/lexicon/orgs.txt"), flag::ORG),
            (include_str!("../../assets/lexicon/weak.txt"), flag::WEAK),
            (include_str!("../../assets/lexicon/places.txt"), flag::PLACE),
            (PRONOUNS, flag::PRONOUN),
            (FUNCTION, flag::FUNCTION),
        ] {
            for word in lines(text).flat_map(str::split_whitespace) {
                out.add(hash(word), bit);
            }
        }
        out
    }

    fn slot(&self, hash: u32) -> usize {
        let mut at = (hash ^ (hash >> 16)) as usize & (SLOTS - 1);
        while self.slots[at].flags != 0 && self.slots[at].hash != hash {
            at = (at + 1) & (SLOTS - 1);
        }
        at
    }

    fn add(&mut self, hash: u32, bits: u32) {
        let bit = hash >> (32 - FILTER);
        self.filter[bit as usize / 64] |= 1 << (bit % 64);
        let at = self.slot(hash);
        self.slots[at].hash = hash;
        self.slots[at].flags |= bits;
    }

    fn may_know(&self, hash: u32) -> bool {
        let bit = hash >> (32 - FILTER);
        self.filter[bit as usize / 64] >> (bit % 64) & 1 != 0
    }

    fn get(&self, hash: u32) -> u32 {
        if self.may_know(hash) { self.slots[self.slot(hash)].flags } else { 0 }
    }
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_words_in_any_case() {
        assert_ne!(flags(hash("Said")) & flag::SAID, 0);
        assert_ne!(flags(hash("MR")) & flag::MALE, 0);
        assert_eq!(flags(hash("xyzzy")), 0);
        assert_eq!(base(hash("told")), hash("tell"));
        assert_eq!(hash("don’t"), hash("don't"));
        assert_ne!(flags(hash("campaign")) & flag::BODY, 0);
        let used = LEXICON.slots.iter().filter(|slot| slot.flags != 0).count();
        assert!(used < SLOTS / 2, "{used}");
    }
}
