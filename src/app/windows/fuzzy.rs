//! Finding rows by the letters that are typed: which fit, and in which order, also among ten thousand.

use memchr::memmem::Finder;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str, chars};
use std::cmp::Reverse;

/// Of so many rows, the best by a quick look, the order is found letter by letter. Nobody reads on behind these
/// without typing on.
const FINE: usize = 400;

/// Labels as they are searched, small letters without accents, one behind the other in one text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    text: Vec<u8>,
    labels: Vec<Outline>,
}

/// What is known of a folded label before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Outline {
    /// Where it ends.
    end: usize,
    /// The letters and figures in it, a bit each.
    letters: u64,
    /// Those that begin a word of it.
    firsts: u64,
}

impl Folded {
    /// Folds labels as the matcher does: of a grapheme, its first character counts.
    pub fn new<'a>(labels: impl Iterator<Item = &'a str>) -> Self {
        let mut folded = Self::default();
        for label in labels {
            let start = folded.text.len();
            if label.is_ascii() {
                folded.text.extend(label.bytes().map(|byte| byte.to_ascii_lowercase()));
            } else {
                let text = chars::graphemes(label).map(|char| chars::to_lower_case(chars::normalize(char)));
                folded.text.extend(text.collect::<String>().bytes());
            }
            let mut outline = Outline { end: folded.text.len(), letters: 0, firsts: 0 };
            let mut before = None;
            for &byte in &folded.text[start..] {
                outline.letters |= bit(byte);
                outline.firsts |= if begins(before) { bit(byte) } else { 0 };
                before = Some(byte);
            }
            folded.labels.push(outline);
        }
        folded
    }

    /// Returns label number `n`, and what is known of it.
    fn get(&self, n: usize) -> Option<(&[u8], Outline)> {
        let outline = *self.labels.get(n)?;
        let start = n.checked_sub(1).map_or(0, |before| self.labels[before].end);
        Some((self.text.get(start..outline.end)?, outline))
    }
}

/// Whether a word begins behind this byte.
fn begins(before: Option<u8>) -> bool {
    before.is_none_or(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric())
}

/// Returns the bit of a letter or a figure; none for anything else.
fn bit(byte: u8) -> u64 {
    match byte {
        b'a'..=b'z' => 1 << (byte - b'a'),
        b'0'..=b'9' => 1 << (byte - b'0' + 26),
        _ => 0,
    }
}

/// A word that is looked for in folded labels.
struct Word {
    finder: Finder<'static>,
    letters: u64,
}

impl Word {
    fn new(word: &str) -> Self {
        let letters = word.bytes().fold(0, |letters, byte| letters | bit(byte));
        Self { finder: Finder::new(word.as_bytes()).into_owned(), letters }
    }

    /// Returns 3 where the word begins the label, 2 where it begins a word of it, 1 where it stands anywhere, 0 where
    /// its letters come in this order; `None` where they do not.
    fn look(&self, (text, outline): (&[u8], Outline)) -> Option<usize> {
        let word = self.finder.needle();
        if self.letters & !outline.letters != 0 {
            return None;
        }
        let (&first, rest) = word.split_first()?;
        let known = bit(first);
        if text.first() == Some(&first) && text.starts_with(word) {
            return Some(3);
        }
        if rest.is_empty() && known != 0 {
            return Some(if known & outline.firsts != 0 { 2 } else { 1 });
        }
        let Some(at) = self.finder.find(text) else {
            let mut text = text.iter();
            return word.iter().all(|byte| text.any(|other| other == byte)).then_some(0);
        };
        let may_begin = known == 0 || known & outline.firsts != 0;
        let starts = |at: usize| begins(at.checked_sub(1).map(|before| text[before]));
        let does =
            may_begin && (starts(at) || self.finder.find_iter(&text[at + 1..]).any(|next| starts(at + 1 + next)));
        Some(if does { 2 } else { 1 })
    }
}

/// What is typed, taken apart once for all rows.
pub struct Typed {
    pattern: Pattern,
    words: Vec<String>,
    /// Where a quick look is enough to tell whether a folded label fits: letters and figures, no sign, no accent.
    quick: Option<Vec<Word>>,
    matcher: Matcher,
    buffer: Vec<char>,
}

impl Typed {
    /// Takes apart what is typed.
    pub fn new(typed: &str) -> Self {
        let words: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
        let quick = (typed.is_ascii() && is_plain(typed)).then(|| words.iter().map(|word| Word::new(word)).collect());
        let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
        Self { pattern, words, quick, matcher: Matcher::new(Config::DEFAULT), buffer: Vec::new() }
    }

    /// Returns how well a row fits; `None` where it does not.
    ///
    /// A hit beside the label, in `beside`, counts less than any in it, and must be whole words as typed: letters strewn
    /// over a long detail would put somebody in front of the new name that is being typed.
    pub fn score(&mut self, label: &str, beside: impl FnOnce() -> String) -> Option<u32> {
        if let Some(score) = self.pattern.score(Utf32Str::new(label, &mut self.buffer), &mut self.matcher) {
            return Some(score + 10_000);
        }
        self.is_beside(&beside()).then_some(0)
    }

    /// Returns which characters of `label` were typed, by number.
    pub fn lit(&mut self, label: &str) -> Vec<u32> {
        let mut lit = Vec::new();
        self.pattern.indices(Utf32Str::new(label, &mut self.buffer), &mut self.matcher, &mut lit);
        lit.sort_unstable();
        lit.dedup();
        lit
    }

    /// Returns those of the `rows` that fit, the best first, those that fit alike in the order they come in.
    ///
    /// `folded` has the folded label of each number, `number` the number of a row, `label` the label of a number and
    /// the word beside it. All rows get a quick look at their folded labels; the best of them are then put in the order
    /// of [`Typed::score`], the others stay as the quick look put them.
    pub fn fits<'a>(
        mut self,
        rows: impl Iterator<Item = usize> + Clone,
        number: impl Fn(usize) -> Option<usize>,
        label: impl Fn(usize) -> (&'a str, &'static str),
        folded: Option<&Folded>,
    ) -> Vec<usize> {
        let quick = self.quick.take();
        let Some((words, folded)) = quick.as_ref().zip(folded) else {
            return self.in_order(rows, number, label);
        };
        // How good each row looks: up to three for each word, and one more; nothing where only the word beside it fits.
        let mut counts = vec![0; 3 * words.len() + 2];
        let look = |row: usize| {
            let number = number(row)?;
            let outlined = folded.get(number)?;
            let look = words.iter().try_fold(1, |sum, word| Some(sum + word.look(outlined)?));
            let look = look.or_else(|| self.is_beside(label(number).1).then_some(0))?;
            counts[look] += 1;
            Some(look as u16)
        };
        let looks: Vec<Option<u16>> = rows.clone().map(look).collect();
        // Where the rows that look so begin among all that fit, the best first.
        let mut places = counts;
        let mut count = 0;
        for place in places.iter_mut().rev() {
            count += std::mem::replace(place, count);
        }
        let mut fits = vec![0; count];
        for (row, look) in rows.zip(looks) {
            if let Some(look) = look {
                let place = &mut places[usize::from(look)];
                fits[*place] = row;
                *place += 1;
            }
        }
        let fine = fits.len().min(FINE);
        let best = self.in_order(fits[..fine].iter().copied(), number, label);
        fits.splice(..fine, best);
        fits
    }

    /// Returns those of the `rows` that fit, in the order of their scores.
    fn in_order<'a>(
        &mut self,
        rows: impl Iterator<Item = usize>,
        number: impl Fn(usize) -> Option<usize>,
        label: impl Fn(usize) -> (&'a str, &'static str),
    ) -> Vec<usize> {
        let score = |row: usize| {
            let (label, beside) = label(number(row)?);
            Some((self.score(label, || beside.to_owned())?, row))
        };
        sorted(rows.filter_map(score).collect())
    }

    fn is_beside(&self, beside: &str) -> bool {
        !beside.is_empty() && self.words.iter().all(|word| beside.contains(word))
    }
}

/// Whether what is typed asks for letters only. A sign (`!`, `^`, `$`, `'`, `\`) asks for more, so that more may fit as
/// one types on.
pub fn is_plain(typed: &str) -> bool {
    !typed.contains(['!', '^', '$', '\'', '\\'])
}

/// Returns the rows, the best first.
pub fn sorted(mut scored: Vec<(u32, usize)>) -> Vec<usize> {
    scored.sort_unstable_by_key(|&(score, row)| (Reverse(score), row));
    scored.into_iter().map(|(_, row)| row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fits(labels: &[String], typed: &str, folded: Option<&Folded>) -> Vec<usize> {
        let label = |n: usize| (labels[n].as_str(), if n.is_multiple_of(5) { "done" } else { "to do" });
        Typed::new(typed).fits(0..labels.len(), Some, label, folded)
    }

    proptest! {
        /// The quick look finds the rows that the matcher finds, in its order where there are not thousands.
        #[test]
        fn a_quick_look_finds_what_the_matcher_finds(
            labels in prop::collection::vec("[a-eA-Eé ß.-]{0,9}|\\PC{0,6}|Strike [a-z]{1,3}", 0..30),
            typed in "[a-e]{1,3}|[a-d ]{1,4}|!a|é|do|done|[a-eA-E] [a-e]{2}",
        ) {
            let folded = Folded::new(labels.iter().map(String::as_str));
            prop_assert_eq!(fits(&labels, &typed, Some(&folded)), fits(&labels, &typed, None));
        }
    }

    #[test]
    fn among_thousands_the_best_stand_first() {
        let mut labels: Vec<String> = (0..3_000).map(|n| format!("Notes of an astronaut, {n}")).collect();
        labels[2_500] = "A ferry strike".to_owned();
        labels[2_700] = "Strike in the port".to_owned();
        let folded = Folded::new(labels.iter().map(String::as_str));
        let found = fits(&labels, "str", Some(&folded));
        assert_eq!((found.len(), &found[..2]), (3_000, &[2_500, 2_700][..]));
        let mut all = found;
        all.sort_unstable();
        assert!(all.into_iter().eq(0..3_000));
    }
}
