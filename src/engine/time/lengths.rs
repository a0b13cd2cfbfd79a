//! The grammar of numbers and lengths of time, and of what is so far from now: `two weeks`, `a year ago`, `three days later`.

use super::calendar::Unit;
use super::expressions::{Found, Grammar};
use super::meaning::{Amount, Meaning, Vague, What};
use super::words::Lex;

impl Grammar<'_> {
    /// Reads a number at lexeme `i`: the lexeme after it, and twice its value (`None` where it is vague).
    pub fn number(&self, i: usize) -> Option<(usize, Option<u32>)> {
        let (end, halves) = self.plain_number(i)?;
        // A range counts by its first number: `two to three weeks`, `two or three weeks`.
        let joined = matches!(self.l.lex(end), Lex::To | Lex::Or) || self.l.hyphen(end);
        if joined && halves.is_some() {
            let from = if self.l.hyphen(end) && !matches!(self.l.lex(end), Lex::To | Lex::Or) { end } else { end + 1 };
            if let Some((second, Some(_))) = self.plain_number(from)
                && matches!(self.l.lex(second), Lex::Units(_) | Lex::Unit(_))
            {
                return Some((second, halves));
            }
        }
        Some((end, halves))
    }

    fn plain_number(&self, i: usize) -> Option<(usize, Option<u32>)> {
        match self.l.lex(i) {
            Lex::Number(n, figures) if figures <= 4 => {
                if let (Lex::Number(1, _), Lex::Slash, Lex::Number(2, _)) =
                    (self.l.lex(i + 1), self.l.lex(i + 2), self.l.lex(i + 3))
                {
                    return Some((i + 4, Some(n * 2 + 1)));
                }
                Some((i + 1, Some(n * 2)))
            }
            Lex::Decimal => {
                let word = self.l.word(i);
                let (whole, rest) = word.split_once('.')?;
                let whole: u32 = whole.parse().ok().filter(|&n: &u32| n < 10_000)?;
                Some((i + 1, Some(whole * 2 + u32::from(rest.starts_with('5')))))
            }
            Lex::Few => Some((i + 1, None)),
            Lex::Couple => Some((if self.l.lex(i + 1) == Lex::Of { i + 2 } else { i + 1 }, Some(4))),
            Lex::A => match self.l.lex(i + 1) {
                Lex::Few => Some((i + 2, None)),
                Lex::Couple => self.plain_number(i + 1),
                Lex::Hundred | Lex::Thousand => self.number_word(i + 1),
                _ => None,
            },
            Lex::Half => (self.l.lex(i + 1) == Lex::A).then_some((i + 2, Some(1))),
            _ => self.number_word(i),
        }
    }

    /// `twenty-five`, `two hundred`, `a thousand`.
    fn number_word(&self, i: usize) -> Option<(usize, Option<u32>)> {
        let (mut n, mut j) = match self.l.lex(i) {
            Lex::Small(n) => (u32::from(n), i + 1),
            Lex::Tens(tens) => match self.l.lex(i + 1) {
                Lex::Small(n) if n < 10 => (u32::from(tens + n), i + 2),
                _ => (u32::from(tens), i + 1),
            },
            Lex::Hundred | Lex::Thousand => (1, i),
            _ => return None,
        };
        loop {
            match self.l.lex(j) {
                Lex::Hundred => n = n.checked_mul(100)?,
                Lex::Thousand => n = n.checked_mul(1000)?,
                _ => break,
            }
            j += 1;
        }
        Some((j, Some(n.checked_mul(2)?)))
    }

    /// `about two weeks`, `the past five years`, `a year ago`, `16-hour`, `years`.
    pub fn length(&self, i: usize) -> Found {
        let mut j = self.roughly(i);
        let (mut definite, mut framed, mut next) = (false, false, false);
        loop {
            match self.l.lex(j) {
                Lex::The | Lex::This | Lex::That | Lex::These | Lex::Its if !definite => definite = true,
                Lex::Each if self.l.lex(j + 1) == Lex::Of && j == i => j += 1,
                Lex::Last
                | Lex::Past
                | Lex::Next
                | Lex::Coming
                | Lex::Following
                | Lex::Latest
                | Lex::Previous
                | Lex::Ordinal(1)
                | Lex::Recent
                | Lex::Full
                    if !framed =>
                {
                    framed = true;
                    next = matches!(self.l.lex(j), Lex::Next | Lex::Coming);
                }
                _ => break,
            }
            j += 1;
        }
        // `the first two quarters of 1990` is a date.
        if j.checked_sub(1).is_some_and(|first| self.two_quarters(first).is_some()) {
            return None;
        }
        let start = j;
        if let Some((mut j, halves)) = self.number(j) {
            while matches!(self.l.lex(j), Lex::More | Lex::Another | Lex::Full | Lex::Running | Lex::Ordinal(1)) {
                j += 1;
            }
            let (unit, many) = match self.l.lex(j) {
                Lex::Units(unit) => (unit, true),
                Lex::Unit(unit) => (unit, false),
                _ => return None,
            };
            // `will one day be`: some day to come.
            if unit == Unit::Day && !many && j == start + 1 && start == i && self.some_day(i, j) {
                return Some((j + 1, Meaning::of(What::Vague(Vague::Future))));
            }
            // `60 Minutes` is the name of something.
            if self.l.capital(j) && j > i && !self.l.capital(i) && matches!(self.l.lex(i), Lex::Number(..)) {
                return None;
            }
            // Ages are no times: `6-year-old`, `52 years old`. Neither are fractions: `three-quarters of`.
            if self.l.lex(j + 1) == Lex::Old || (unit == Unit::Quarter && (self.l.hyphen(j) || self.l.hyphen(j + 1))) {
                return None;
            }
            // `some day`, `1990 day`: one of a unit takes a number only as an adjective or as one; `some quarters` are people.
            let counts = if many {
                unit != Unit::Quarter || !self.is(start, &["some", "many"])
            } else {
                self.l.hyphen(j) && j > start
            };
            if halves.is_none() && !counts {
                return None;
            }
            if !many && halves > Some(2) && !self.l.hyphen(j) && matches!(self.l.lex(start), Lex::Number(_, 4)) {
                return None;
            }
            return Some(self.after_amount(i, j + 1, Amount { halves, unit }, framed || definite));
        }
        match self.l.lex(j) {
            Lex::A | Lex::Another if !definite && !framed => {
                let mut k = j + 1;
                while matches!(self.l.lex(k), Lex::Another | Lex::Full | Lex::More) {
                    k += 1;
                }
                let Lex::Unit(unit) = self.l.lex(k) else { return None };
                // `more than a quarter of` is a share.
                if unit == Unit::Quarter && (j > i || self.l.lex(k + 1) == Lex::Of) {
                    return None;
                }
                if self.l.hyphen(k + 1) && !matches!(self.l.lex(k + 1), Lex::Ago | Lex::Earlier | Lex::Long | Lex::Old)
                {
                    return None;
                }
                Some(self.after_amount(i, k + 1, Amount::whole(1, unit), false))
            }
            // `the past year`, `the past decade`; `last week` is a date.
            Lex::Unit(unit) if definite && framed && self.l.before(j) == Lex::Past => {
                Some((j + 1, Meaning::of(What::Length(Amount::whole(1, unit)))))
            }
            // `decades-long`, `day-long`
            Lex::Units(unit) if self.l.lex(j + 1) == Lex::Long && self.l.hyphen(j + 1) => {
                Some((j + 2, Meaning::of(What::Length(Amount::vague(unit)))))
            }
            Lex::Unit(unit) if self.l.lex(j + 1) == Lex::Long && self.l.hyphen(j + 1) => {
                Some((j + 2, Meaning::of(What::Length(Amount::whole(1, unit)))))
            }
            // `hours before the vote`, `just minutes after`, `lined up for hours`
            Lex::Units(unit @ (Unit::Hour | Unit::Minute)) if !definite && !framed => {
                let counted = matches!(self.l.lex(j + 1), Lex::Before | Lex::After | Lex::Earlier | Lex::Later)
                    || i.checked_sub(1).is_some_and(|b| self.is(b, &["for", "within", "just", "only"]));
                (counted && !self.is(j + 1, &["apart"]))
                    .then(|| (j + 1, Meaning::of(What::Length(Amount::vague(unit)))))
            }
            Lex::Units(unit) => {
                let before = self.l.before(j);
                // `recent years`, `the coming weeks`: a length at the edge of now.
                if before == Lex::Recent || (framed && next) {
                    return Some((j + 1, Meaning::of(What::Length(Amount::vague(unit)))));
                }
                if framed && before == Lex::Past {
                    return Some((j + 1, Meaning::of(What::Vague(Vague::Past))));
                }
                if before == Lex::These && unit == Unit::Day && self.is(j - 1, &["these"]) {
                    return Some((j + 1, Meaning::of(What::Vague(Vague::Present))));
                }
                if framed {
                    return (unit != Unit::Quarter && definite)
                        .then(|| (j + 1, Meaning::of(What::Length(Amount::vague(unit)))));
                }
                if self.l.lex(j + 1) == Lex::Ago {
                    return Some((j + 2, Meaning::of(What::Vague(Vague::Past))));
                }
                // `in the weeks that followed`, `over the years`
                let follows = self.l.lex(j + 1) == Lex::That && self.is(j + 2, &["followed", "follow"]);
                let over = unit == Unit::Year && i.checked_sub(1).is_some_and(|b| self.is(b, &["over"]));
                if self.l.lex(i) == Lex::The && j == i + 1 && unit > Unit::Hour && (follows || over) {
                    return Some((j + 1, Meaning::of(What::Length(Amount::vague(unit)))));
                }
                let governed = matches!(before, Lex::In | Lex::Since | Lex::Roughly)
                    || j > i
                    || matches!(self.l.lex(j + 1), Lex::Earlier | Lex::Later | Lex::Before | Lex::After | Lex::Ahead)
                    || j.checked_sub(1)
                        .is_some_and(|b| self.is(b, &["within", "of", "take", "takes", "spent", "after"]));
                (governed && unit > Unit::Hour && unit != Unit::Weekend && !definite)
                    .then(|| (j + 1, Meaning::of(What::Length(Amount::vague(unit)))))
            }
            _ => None,
        }
    }

    /// What follows an amount: `ago`, `earlier`, `later`, `from now`, `and a half`, `old`.
    fn after_amount(&self, i: usize, end: usize, mut amount: Amount, framed: bool) -> (usize, Meaning) {
        let mut j = end;
        if self.l.lex(j) == Lex::And && self.l.lex(j + 1) == Lex::A && self.l.lex(j + 2) == Lex::Half {
            amount.halves = amount.halves.map(|halves| halves + 1);
            j += 3;
        }
        if self.l.lex(j) == Lex::Or && self.l.lex(j + 1) == Lex::So {
            j += 2;
        }
        let length = |end: usize| (end, Meaning::of(What::Length(amount)));
        if framed {
            return length(j);
        }
        let n = amount.halves.map(|halves| (halves / 2).min(1_000_000) as i32);
        let (unit, n) = match (amount.unit, n) {
            (Unit::Decade, Some(n)) => (Unit::Year, Some(n * 10)),
            (Unit::Century, Some(n)) => (Unit::Year, Some(n.min(1000) * 100)),
            (unit, n) => (unit, n),
        };
        let exact = self.roughly(i) == i;
        match self.l.lex(j) {
            Lex::Ago => match n {
                None => (j + 1, Meaning::of(What::Vague(Vague::Past))),
                Some(_) if unit < Unit::Day => (j + 1, Meaning::of(What::Shift(Unit::Day, 0))),
                Some(1) if unit == Unit::Year && exact => (j + 1, Meaning::of(What::YearBefore)),
                Some(n) => (j + 1, Meaning::of(What::Shift(unit, -n))),
            },
            Lex::Earlier => match n {
                Some(1) if unit == Unit::Year => (j + 1, Meaning::of(What::YearBefore)),
                Some(n) if unit >= Unit::Day && exact => (j + 1, Meaning::of(What::FocusShift(unit, -n))),
                _ => length(j),
            },
            Lex::Later => match n {
                Some(n) if unit >= Unit::Day && exact => (j + 1, Meaning::of(What::FocusShift(unit, n))),
                _ => length(j),
            },
            Lex::Hence => match n {
                Some(n) if unit >= Unit::Day => (j + 1, Meaning::of(What::Shift(unit, n))),
                _ => length(j),
            },
            Lex::From if matches!(self.l.lex(j + 1), Lex::Now | Lex::Today) => match n {
                Some(n) if unit >= Unit::Day => (j + 2, Meaning::of(What::Shift(unit, n))),
                _ => (j + 2, Meaning::of(What::Vague(Vague::Future))),
            },
            _ => length(j),
        }
    }

    /// Tells whether `one day`, lexemes `i` to `j`, is an adverb: behind a subject or `will`, before a verb.
    fn some_day(&self, i: usize, j: usize) -> bool {
        let next = self.l.lex(j + 1);
        self.l.lex(i) == Lex::Small(1)
            && !self.l.hyphen(j)
            && next == Lex::Other
            && self.l.word(j + 1).starts_with(|c: char| c.is_lowercase())
            && i.checked_sub(1).is_some_and(|b| {
                self.is(
                    b,
                    &["will", "would", "could", "can", "might", "may", "should", "to", "he", "she", "they", "we", "i"],
                )
            })
    }

    /// Skips `about`, `more than`, `at least`, `up to`.
    fn roughly(&self, i: usize) -> usize {
        match (self.l.lex(i), self.l.lex(i + 1)) {
            // `over the past year` is no amount.
            (Lex::Roughly, next) if !matches!(next, Lex::The | Lex::This | Lex::That | Lex::Its) => i + 1,
            (Lex::More | Lex::Less, Lex::Than) | (Lex::At, Lex::Least) | (Lex::Up, Lex::To) => i + 2,
            _ => i,
        }
    }
}
