//! Words that a coreference tool overwrote: a name stands where other words were, a fixed number of tokens behind a mention
//! of the same one.
//!
//! The damage keeps the mention and overwrites what stands k tokens behind it; k stays or rises through the text, never
//! falls. So three things speak for a name being put in: it stands k tokens behind a mention of its own (k from a search
//! over the whole text), it repeats what was just named, and its neighbours leave it no place in the sentence. The three are
//! weighed together. A text is suspected only if many of its names are: sound prose has none.

mod units;
mod weights;

use super::class::{CLASSES, Class};
use super::lists::flag;
use super::words::Word;
use units::{Kind, Pronoun, Unit};
use weights::WEIGHTS;

/// The smallest and largest number of tokens between a mention and what it overwrote.
const K: std::ops::RangeInclusive<u32> = 2..=9;
const KS: usize = 8;

/// How sure a name must be to count as put in, in log odds; more where no mention stands at any k before it.
const SURE: f32 = 0.22;
const SURE_WITHOUT_MENTION: f32 = 1.42;
/// The same right behind an opening quotation mark, for its space only: a mistake there harms least.
const LIKELY: f32 = -1.5;
/// The document-level gate: so many names, and so many of a hundred, must be put in beyond doubt; fewer names where they
/// are more of a hundred. Two of them must be so twice over, and so many of a hundred stand where the offset rule puts them:
/// a list of the bereaved names the same people again and again, but not at one distance. None of 1,848 tokenised articles
/// without the damage passes (eight did before the last two rules), 738 of 754 with it do.
const STRONG: f32 = 1.5;
const GATE: [(usize, usize); 2] = [(4, 10), (3, 12)];
const STRONGER: f32 = 2.5;
const STRONGER_NAMES: usize = 2;
const IN_PLACE_PERCENT: usize = 40;
/// Where more of a hundred tokens are capitalised, the text is a list of names (clubs, the bereaved), which repeats them by
/// itself. Of 540 articles of damaged prose one has more.
const LIST_PERCENT: usize = 45;

/// One suspected stretch, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overwrite {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What may have stood there.
    pub original: Original,
}

/// What can be said of the overwritten words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Original {
    /// Nothing stood there: the name repeats the one beside it.
    Nothing,
    /// The stop of a sentence: a reporting verb before, a quotation that begins behind.
    Stop,
    /// So many tokens: as many as the mention has that the name was put behind.
    Tokens(u32),
    /// That is not known.
    Unknown,
}

impl Original {
    /// Returns it in words, with what is not the article's own in square brackets; `None` where nothing is known.
    pub fn describe(self) -> Option<String> {
        match self {
            Self::Nothing => Some(String::new()),
            Self::Stop => Some(".".to_owned()),
            Self::Tokens(1) => Some("[1 word]".to_owned()),
            Self::Tokens(count) => Some(format!("[{count} words]")),
            Self::Unknown => None,
        }
    }
}

/// How names stand to the offset rule.
#[derive(Debug, Clone, Copy, Default)]
struct Reach {
    /// Which k a mention of the same name stands before, as bits from k = 2; then the same for pronouns.
    name: u8,
    pronoun: u8,
}

const FEATURES: usize = 7 * CLASSES + 32;
const PLAIN: usize = 7 * CLASSES;

/// What the search found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// The overwritten stretches, in order.
    pub overwrites: Vec<Overwrite>,
    /// Where stretches begin that may be overwritten, these and less certain ones, in order: bytes.
    pub likely: Vec<usize>,
}

/// Finds the overwritten stretches of tokenised `text`, whose words are `words`.
pub fn find(text: &str, words: &[Word]) -> Found {
    if words.iter().filter(|word| word.capital()).count() * 100 > words.len() * LIST_PERCENT {
        return Found::default();
    }
    let (units, names) = units::find(words);
    let page = Page::new(text, words, &units, names);
    let rows = page.rows();
    if !passes(&rows) {
        return Found::default();
    }
    Found {
        overwrites: rows.iter().filter(|row| row.is_sure()).map(|row| page.judge(row)).collect(),
        likely: rows
            .iter()
            .filter(|row| row.is_sure() || row.reached && row.score > LIKELY)
            .map(|row| words[units[row.unit].from as usize].start as usize)
            .collect(),
    }
}

/// Tells whether this kind of damage is here at all.
fn passes(rows: &[Row]) -> bool {
    let strong = rows.iter().filter(|row| row.score > STRONG).count();
    let stronger = rows.iter().filter(|row| row.score > STRONGER).count();
    let in_place = rows.iter().filter(|row| row.score > STRONG && row.mention.is_some()).count();
    GATE.iter().any(|&(names, percent)| strong >= names && strong * 100 >= rows.len() * percent)
        && stronger >= STRONGER_NAMES
        && in_place * 100 >= strong * IN_PLACE_PERCENT
}

/// A name that may have been put in, and what speaks for it.
struct Row {
    unit: usize,
    /// The mention that stands k tokens before it.
    mention: Option<usize>,
    /// Whether a mention stands at any k before it.
    reached: bool,
    /// The odds that the name was put in, as a logarithm.
    score: f32,
}

impl Row {
    fn is_sure(&self) -> bool {
        self.score > if self.reached { SURE } else { SURE_WITHOUT_MENTION }
    }
}

struct Page<'a> {
    text: &'a str,
    words: &'a [Word],
    units: &'a [Unit],
    /// How often the name of each number is one's last word, and one's whole.
    keys: Vec<u32>,
    wholes: Vec<u32>,
}

impl<'a> Page<'a> {
    /// Counts the units, in whose names there are so many numbers.
    fn new(text: &'a str, words: &'a [Word], units: &'a [Unit], names: usize) -> Self {
        let (mut keys, mut wholes) = (vec![0; names], vec![0; names]);
        for unit in units {
            keys[unit.key as usize] += 1;
            wholes[unit.whole as usize] += 1;
        }
        Self { text, words, units, keys, wholes }
    }

    /// The units that may have been put in, with what speaks for each.
    fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::with_capacity(self.units.len());
        // The names that were met.
        let mut seen = vec![false; self.keys.len()];
        for (i, unit) in self.units.iter().enumerate() {
            let candidate = match unit.kind {
                Kind::Name { .. } | Kind::Noun => self.keys[unit.key as usize] > 1,
                Kind::Pronoun(Pronoun::We) => true,
                Kind::Pronoun(_) => self.word(unit.from as usize) == "them",
            };
            if candidate {
                rows.push(self.row(i, &seen));
            }
            seen[unit.key as usize] = true;
            seen[unit.whole as usize] = true;
        }
        // What a name's neighbours alone say steers the search for k.
        let oddness: Vec<f32> = rows.iter().map(|row| 1.0 / (1.0 + (-row.score).exp())).collect();
        let (mut best, mut best_path, mut best_reach, mut with) = (f32::MIN, Vec::new(), Vec::new(), true);
        for with_runs in [true, false] {
            let reach: Vec<Reach> = rows.iter().map(|row| self.reach(row.unit, with_runs)).collect();
            let (score, path) = path(&reach, &oddness);
            if score > best {
                (best, best_path, best_reach, with) = (score, path, reach, with_runs);
            }
        }
        for (row, (&k, reach)) in rows.iter_mut().zip(best_path.iter().zip(&best_reach)) {
            let hit = |bits: u8, k: usize| k < KS && bits >> k & 1 == 1;
            row.score += sum(
                PLAIN,
                [
                    hit(reach.name, k),
                    hit(reach.pronoun, k),
                    hit(reach.name, k.wrapping_sub(1)) || hit(reach.name, k + 1),
                    hit(reach.pronoun, k.wrapping_sub(1)) || hit(reach.pronoun, k + 1),
                    reach.name != 0,
                    reach.pronoun != 0,
                ],
            );
            row.reached = reach.name | reach.pronoun != 0;
            row.mention = (hit(reach.name, k) || hit(reach.pronoun, k))
                .then(|| self.mention(row.unit, k as u32 + K.start(), with))
                .flatten();
        }
        rows
    }

    fn word(&self, at: usize) -> &'a str {
        self.words.get(at).map_or("", |word| word.of(self.text))
    }

    /// The class of word `at`; outside the text it is its end.
    fn class_at(&self, at: usize) -> Class {
        self.words.get(at).map_or(Class::Stop, |word| word.class)
    }

    /// Which k a mention of the same stands before.
    fn reach(&self, i: usize, with_runs: bool) -> Reach {
        let number = |at: u32| {
            let word = &self.words[at as usize];
            if with_runs { word.with_runs } else { word.without }
        };
        let unit = &self.units[i];
        let mut reach = self.reach_from(i, number(unit.from), &number);
        // A name that stands nowhere else may be one that was put in behind another capitalised word.
        if unit.to - unit.from > 1 && unit.key != 0 && self.wholes[unit.whole as usize] == 1 {
            let last = self.reach_from(i, number(unit.to - 1), &number);
            reach.name |= last.name;
            reach.pronoun |= last.pronoun;
        }
        reach
    }

    fn reach_from(&self, i: usize, own: u32, number: &impl Fn(u32) -> u32) -> Reach {
        let unit = &self.units[i];
        let mut reach = Reach::default();
        for other in self.units[..i].iter().rev() {
            let k = own - number(other.from);
            if k > *K.end() {
                break;
            }
            if k < *K.start() || other.to > unit.from {
                continue;
            }
            let bit = 1_u8 << (k - K.start());
            match (unit.kind, other.kind) {
                (Kind::Name { .. }, Kind::Name { .. }) | (Kind::Noun, Kind::Noun) if unit.key == other.key => {
                    reach.name |= bit;
                }
                (Kind::Noun, Kind::Pronoun(Pronoun::Group))
                | (Kind::Name { .. }, Kind::Pronoun(Pronoun::Person | Pronoun::Group)) => reach.pronoun |= bit,
                (Kind::Pronoun(a), Kind::Pronoun(b)) if a == b => reach.pronoun |= bit,
                _ => {}
            }
        }
        reach
    }

    fn row(&self, i: usize, seen: &[bool]) -> Row {
        let unit = &self.units[i];
        let (from, to) = (unit.from as usize, unit.to as usize);
        let before = self.class_at(from.wrapping_sub(1));
        let after = self.class_at(to);
        let article = matches!(unit.kind, Kind::Name { article: true });
        let pronoun = matches!(unit.kind, Kind::Pronoun(_));
        let noun = unit.kind == Kind::Noun;
        let mut score = 0.0;
        let base = if pronoun { 5 * CLASSES } else { 0 };
        score += WEIGHTS[base + before as usize];
        score += WEIGHTS[base + CLASSES + after as usize];
        if article {
            score += WEIGHTS[2 * CLASSES + after as usize];
        }
        score += WEIGHTS[3 * CLASSES + self.class_at(from.wrapping_sub(2)) as usize];
        score += WEIGHTS[4 * CLASSES + self.class_at(to + 1) as usize];
        let first = !pronoun && !seen[unit.key as usize];
        let seen = seen[unit.whole as usize];
        let times = self.wholes[unit.whole as usize];
        let full = !pronoun && to - from - usize::from(article) > 1;
        // The same name stands at once before, or at once after.
        let previous = i.checked_sub(1).map(|i| self.units[i]).filter(|other| other.to == unit.from);
        let next = self.units.get(i + 1).filter(|other| other.from == unit.to);
        let content = |c| matches!(c, Class::Other | Class::Plural | Class::Past | Class::Ing | Class::Number);
        score += sum(
            PLAIN + 6,
            [
                true,
                pronoun,
                first,
                full && !first,
                full && seen,
                article,
                content(before) && content(after),
                matches!(before, Class::Determiner | Class::Modal | Class::To) && !content(after),
                before == Class::Preposition && matches!(after, Class::Preposition | Class::And | Class::To),
                matches!(before, Class::Stop | Class::Quote | Class::And | Class::Clause)
                    && matches!(
                        after,
                        Class::Auxiliary | Class::Modal | Class::Past | Class::Report | Class::Possessive
                    ),
                matches!(before, Class::Preposition | Class::To | Class::Past | Class::Ing)
                    && matches!(after, Class::Comma | Class::Stop | Class::And),
                article && before == Class::Determiner,
                previous.is_some_and(|other| other.key == unit.key && !pronoun),
                next.is_some_and(|other| other.key == unit.key && !pronoun),
                matches!(before, Class::Preposition | Class::To) && content(after),
                matches!(before, Class::Auxiliary | Class::Modal)
                    && matches!(after, Class::Determiner | Class::Preposition | Class::Past),
                content(before) && matches!(after, Class::Determiner | Class::Preposition | Class::To),
                times > 3 && full,
                noun,
                noun && matches!(
                    before,
                    Class::Determiner | Class::Modal | Class::Auxiliary | Class::Stop | Class::Other | Class::Plural
                ),
                noun && matches!(after, Class::Determiner | Class::Other | Class::Capital | Class::Ing | Class::Number),
                article && matches!(after, Class::Other | Class::Plural | Class::Capital) && seen,
                pronoun
                    && self.words[from].capital()
                    && !matches!(before, Class::Stop | Class::Quote | Class::Dash | Class::Comma),
                full && !noun && times == 1,
                // A name between a comma and a colon is no speaker's line: that begins a sentence.
                before == Class::Comma
                    && after == Class::Comma
                    && self.word(from.wrapping_sub(1)) == ","
                    && self.word(to) == ":",
                // One of a name does not take a plural's verb: `Dell have`, where it said `we have`.
                !pronoun
                    && !noun
                    && self.words.get(to).is_some_and(|word| word.is(flag::PLURAL_VERB))
                    && !self.word(to - 1).ends_with('s')
                    && !matches!(before, Class::Auxiliary | Class::Modal | Class::And | Class::Comma),
            ],
        );
        Row { unit: i, mention: None, reached: false, score }
    }

    /// Returns a mention that stands `k` tokens before unit `i`.
    fn mention(&self, i: usize, k: u32, with_runs: bool) -> Option<usize> {
        let number = |at: u32| {
            let word = self.words[at as usize];
            if with_runs { word.with_runs } else { word.without }
        };
        let own = number(self.units[i].from);
        (0..i)
            .rev()
            .take_while(|&j| own - number(self.units[j].from) <= k)
            .find(|&j| own - number(self.units[j].from) == k)
    }

    fn judge(&self, row: &Row) -> Overwrite {
        let unit = &self.units[row.unit];
        let (from, to) = (unit.from as usize, unit.to as usize);
        let twin =
            |other: Option<&Unit>| other.is_some_and(|o| o.key == unit.key && (o.to == unit.from || o.from == unit.to));
        let said = self.class_at(from.wrapping_sub(1)) == Class::Report;
        let original = if unit.key != 0 && twin(row.unit.checked_sub(1).and_then(|j| self.units.get(j))) {
            Original::Nothing
        } else if said && self.class_at(to) == Class::Quote {
            Original::Stop
        } else {
            row.mention.map_or(Original::Unknown, |j| Original::Tokens(self.units[j].to - self.units[j].from))
        };
        Overwrite { start: self.words[from].start as usize, end: self.words[to - 1].end as usize, original }
    }
}

/// Sums the weights, from number `from` on, of the facts that hold: few of them do.
fn sum<const N: usize>(from: usize, facts: [bool; N]) -> f32 {
    let mut left = facts.iter().rev().fold(0_u32, |bits, &fact| bits << 1 | u32::from(fact));
    let mut sum = 0.0;
    while left != 0 {
        sum += WEIGHTS[from + left.trailing_zeros() as usize];
        left &= left - 1;
    }
    sum
}

/// Searches the k of each candidate: k never falls, and as many odd candidates as can be have a mention k tokens before.
fn path(reach: &[Reach], oddness: &[f32]) -> (f32, Vec<usize>) {
    let mut best = [0.0_f32; KS];
    let mut came: Vec<[u8; KS]> = Vec::with_capacity(reach.len());
    for (reach, odd) in reach.iter().zip(oddness) {
        let mut from = [0_u8; KS];
        let mut running = (best[0], 0);
        let mut next = [0.0; KS];
        for k in 0..KS {
            if best[k] > running.0 {
                running = (best[k], k);
            }
            let bits = reach.name | reach.pronoun;
            next[k] = running.0 + if bits >> k & 1 == 1 { *odd } else { 0.0 };
            from[k] = running.1 as u8;
        }
        best = next;
        came.push(from);
    }
    let mut k = (0..KS).max_by(|&a, &b| best[a].total_cmp(&best[b]).then(b.cmp(&a))).unwrap_or(0);
    let score = best[k];
    let mut path = vec![0; reach.len()];
    for (slot, from) in path.iter_mut().zip(&came).rev() {
        *slot = k;
        k = usize::from(from[k]);
    }
    (score, path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::clean::words;

    /// Sentences of our own in which every third-or-so name was put two tokens behind its mention.
    const DAMAGED: &str = "Mayor Ada Quill said that she Ada Quill rebuild the pier . The council gave Quill a Ada Quill sum for \
        it . Quill has Ada Quill no vote on it yet . Critics asked her the Ada Quill of the plan . She told Ada Quill that \
        money is short . His rival Ben Dell said Dell would Ben Dell the quay first . Dell and Ben Dell friends wrote a \
        letter . He wants Ben Dell ferry back . Nobody knows whether Dell can Ben Dell it before the spring .";
    const SOUND: &str = "Mayor Ada Quill said that she would rebuild the pier . The council gave Quill a large sum for it . \
        Quill has had no vote on it yet . Critics asked her the cost of the plan . She told them that money is short . His \
        rival Ben Dell said Dell would repair the quay first . Dell and his friends wrote a letter . He wants the ferry back .";

    fn found(text: &str) -> Found {
        find(text, &words::read(text))
    }

    #[test]
    fn finds_names_that_were_put_in() {
        let found = found(DAMAGED).overwrites;
        assert!(found.len() >= 5, "{found:?}");
        let put_in = ["Ada Quill", "the Ada Quill", "Ben Dell"];
        let right = found.iter().filter(|o| put_in.contains(&&DAMAGED[o.start..o.end])).count();
        assert!(right >= 8 && right * 4 >= found.len() * 3, "{found:?}");
    }

    #[test]
    fn leaves_sound_text_alone() {
        assert_eq!(found(SOUND), Found::default());
        assert_eq!(found(""), Found::default());
        assert_eq!(found("We We We . Dell Dell"), Found::default());
        // A list of clubs names the same towns again and again.
        let list = "Round one : Wellmouth Rovers v Marsh Town , Dell Rovers v Wellmouth Town , Marsh Rovers v Dell Town . Round \
            two : Marsh Town v Wellmouth Rovers , Wellmouth Town v Dell Rovers , Dell Town v Marsh Rovers . Marsh Rovers won .";
        assert_eq!(found(list), Found::default());
    }
}
