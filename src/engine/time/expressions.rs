//! Finds date expressions: one pass over the lexemes, the longest reading at each.

use super::lexemes::Lexemes;
use super::meaning::{Amount, Clock, Cycle, Meaning, What, Which};
use super::words::Lex;
use super::{Timex, TimexType};
use crate::engine::page::Page;
use crate::text::{Token, TokenKind};
use memchr::memmem;

/// What a rule of the grammar found: the lexeme after the expression, and its meaning.
pub type Found = Option<(usize, Meaning)>;

/// The grammar over the lexemes of one page; its rules are in `dates`, `relative`, `lengths` and `times`.
pub struct Grammar<'a> {
    /// The lexemes.
    pub l: Lexemes<'a>,
    /// Whether somebody in this article is called May (or April, June, August).
    pub month_is_name: bool,
}

/// Finds the date expressions of `page`, not yet resolved.
pub fn expressions(page: &Page) -> Vec<Timex> {
    let grammar = Grammar::new(page);
    let mut out = Vec::new();
    let mut i = 0;
    while i < grammar.l.all.len() {
        if matches!(grammar.l.all[i].lex, Lex::Other | Lex::Comma | Lex::Break | Lex::Of | Lex::To | Lex::And) {
            i += 1;
            continue;
        }
        let Some((end, meaning)) = grammar.expression(i) else {
            i += 1;
            continue;
        };
        out.push(Timex {
            span: grammar.l.span(i, end),
            kind: kind(meaning),
            value: String::new(),
            interval: None,
            meaning,
        });
        i = end.max(i + 1);
        if let Some((end, meaning)) = grammar.second_day(end, meaning) {
            let span = grammar.l.span(end - 1, end);
            out.push(Timex { span, kind: kind(meaning), value: String::new(), interval: None, meaning });
            i = end;
        }
    }
    out
}

/// Returns the TIMEX3 type of a meaning; `resolve` may still change it.
pub fn kind(meaning: Meaning) -> TimexType {
    match meaning.what {
        What::Length(_) => TimexType::Duration,
        What::Every(_) | What::EveryCycle(_) => TimexType::Set,
        _ if meaning.clock.is_some() => TimexType::Time,
        _ => TimexType::Date,
    }
}

impl<'a> Grammar<'a> {
    /// Reads the tokens of `page`.
    pub fn new(page: &Page<'a>) -> Self {
        let (text, tokens) = (page.text, &page.tokens.all);
        let month_is_name = memmem::find_iter(text.as_bytes(), "May").any(|start| {
            let at = page.tokens.at_or_after(start);
            let is_token = tokens.get(at).is_some_and(|token| token.start as usize == start && token.of(text) == "May");
            is_token && at.checked_sub(1).is_some_and(|before| bears_a_name(text, tokens[before]))
        });
        Self { l: Lexemes::new(page), month_is_name }
    }

    /// Returns the longest expression that begins at lexeme `i`.
    pub fn expression(&self, i: usize) -> Found {
        // Money, scores and counts: `$1990`, `No. 5`.
        if self.l.before(i) == Lex::Amount && self.l.touches(i) {
            return None;
        }
        // `Russia Today`, `News Daily`: a capital behind a capital is a name.
        let named = |i: usize| self.l.capital(i) && self.l.lex(i) == Lex::Other && self.l.word(i).len() > 1;
        if self.l.capital(i)
            && matches!(self.l.lex(i), Lex::Today | Lex::Tomorrow | Lex::Now | Lex::Often(_))
            && i.checked_sub(1).is_some_and(named)
        {
            return None;
        }
        // `the Daily News`
        if self.l.capital(i) && matches!(self.l.lex(i), Lex::Often(_)) && named(i + 1) {
            return None;
        }
        if self.is_no_time(i) {
            return None;
        }
        let rules = [self.set(i), self.time(i), self.date(i), self.relative(i), self.length(i), self.vague(i)];
        rules.into_iter().flatten().reduce(|best, found| if found.0 > best.0 { found } else { best })
    }

    /// Adds a part of the day behind a day: `Friday night`.
    pub fn with_part(&self, found: (usize, Meaning)) -> (usize, Meaning) {
        let (end, meaning) = found;
        match self.l.lex(end) {
            Lex::Part(part) if meaning.clock.is_none() && is_day(meaning) => (end + 1, meaning.at(Clock::Part(part))),
            Lex::Parts(part) if is_day(meaning) => match meaning.what {
                What::Cycle(cycle @ Cycle::Weekday(_), _) => {
                    (end + 1, Meaning::of(What::EveryCycle(cycle)).at(Clock::Part(part)))
                }
                _ => found,
            },
            _ => found,
        }
    }

    /// `and 25` behind `April 24`, `or 4` behind `June 3`.
    fn second_day(&self, i: usize, first: Meaning) -> Found {
        let joined = matches!(self.l.lex(i), Lex::And | Lex::Or | Lex::To) || self.l.lex(i) == Lex::Comma;
        let Lex::Number(n @ 1..=31, 1..=2) = self.l.lex(i + 1) else { return None };
        let counts = matches!(
            self.l.lex(i + 2),
            Lex::Unit(_) | Lex::Units(_) | Lex::Amount | Lex::Clock(..) | Lex::Am | Lex::Pm
        ) || self.l.hyphen(i + 2)
            || matches!(self.l.lex(i + 2), Lex::Month(_) | Lex::MonthShort(_) | Lex::Of | Lex::Slash)
            || (self.l.lex(i + 2) == Lex::Other && self.l.word(i + 2).ends_with('s'));
        if !joined || counts {
            return None;
        }
        let day = n as u8;
        let what = match first.what {
            What::Cycle(Cycle::MonthDay(month, before), Which::Open) if before < day => {
                What::Cycle(Cycle::MonthDay(month, day), Which::Open)
            }
            _ => return None,
        };
        // A list of days goes on to its last: `June 3, 4 and 5`; a number behind a comma alone is something else.
        (self.l.lex(i) != Lex::Comma || self.l.lex(i + 2) == Lex::And).then(|| (i + 2, Meaning::of(what)))
    }

    /// The word of lexeme `i` in lower case is one of `words`.
    pub fn is(&self, i: usize, words: &[&str]) -> bool {
        let word = self.l.word(i);
        words.iter().any(|known| known.eq_ignore_ascii_case(word))
    }

    /// `every day`, `each July`, `daily`, `Tuesdays`, `per year`, `five times a week`.
    fn set(&self, i: usize) -> Found {
        match self.l.lex(i) {
            Lex::Often(unit) => Some((i + 1, Meaning::of(What::Every(Amount::whole(1, unit))))),
            Lex::Weekdays(day) => {
                let meaning = Meaning::of(What::EveryCycle(Cycle::Weekday(day)));
                match self.l.lex(i + 1) {
                    Lex::Part(part) | Lex::Parts(part) => Some((i + 2, meaning.at(Clock::Part(part)))),
                    _ => Some((i + 1, meaning)),
                }
            }
            Lex::Each => match self.l.lex(i + 1) {
                Lex::Unit(unit) => Some((i + 2, Meaning::of(What::Every(Amount::whole(1, unit))))),
                Lex::Weekday(day) => {
                    let meaning = Meaning::of(What::EveryCycle(Cycle::Weekday(day)));
                    match self.l.lex(i + 2) {
                        Lex::Part(part) => Some((i + 3, meaning.at(Clock::Part(part)))),
                        _ => Some((i + 2, meaning)),
                    }
                }
                Lex::Month(month) => Some((i + 2, Meaning::of(What::EveryCycle(Cycle::Month(month))))),
                Lex::Season(season) => Some((i + 2, Meaning::of(What::EveryCycle(Cycle::Season(season))))),
                Lex::Part(part) => Some((
                    i + 2,
                    Meaning::of(What::Every(Amount::whole(1, super::calendar::Unit::Day))).at(Clock::Part(part)),
                )),
                Lex::Few | Lex::Couple | Lex::Number(..) | Lex::Small(_) | Lex::Tens(_) => {
                    let (j, halves) = self.number(i + 1)?;
                    let Lex::Units(unit) = self.l.lex(j) else { return None };
                    Some((j + 1, Meaning::of(What::Every(Amount { halves, unit }))))
                }
                _ => None,
            },
            Lex::Per => match self.l.lex(i + 1) {
                Lex::Unit(unit) => Some((i + 2, Meaning::of(What::Every(Amount::whole(1, unit))))),
                _ => None,
            },
            Lex::A => {
                let Lex::Unit(unit) = self.l.lex(i + 1) else { return None };
                let rate = matches!(self.l.before(i), Lex::Amount | Lex::Number(..) | Lex::Decimal)
                    || i.checked_sub(1).is_some_and(|b| {
                        self.is(
                            b,
                            &[
                                "million", "billion", "trillion", "times", "once", "twice", "percent", "cents",
                                "barrels", "tons", "dollars", "pounds",
                            ],
                        )
                    });
                let goes_on = matches!(self.l.lex(i + 2), Lex::Ago | Lex::Earlier | Lex::Later);
                (rate && !goes_on).then(|| (i + 2, Meaning::of(What::Every(Amount::whole(1, unit)))))
            }
            _ => None,
        }
    }
}

/// Tells whether `May` behind this token is somebody's name.
fn bears_a_name(text: &str, before: Token) -> bool {
    let word = before.of(text);
    let named = before.capital
        && before.kind == TokenKind::Word
        && (word.len() > 2
            && !matches!(word, "In" | "Last" | "This" | "Since" | "By" | "Until" | "Early" | "Late" | "Mid")
            || matches!(word, "Mr" | "Ms"));
    named || word == "." && text[..before.start as usize].ends_with("Mrs")
}

/// Tells whether a meaning is a day, so that a part of the day can follow.
pub fn is_day(meaning: Meaning) -> bool {
    use super::calendar::{Point, Unit};
    matches!(
        meaning.what,
        What::Fixed(Point::Day(_))
            | What::Cycle(Cycle::Weekday(_) | Cycle::MonthDay(..) | Cycle::Dated(..) | Cycle::Feast(_), _)
            | What::Shift(Unit::Day, _)
            | What::FocusShift(Unit::Day, _)
            | What::Focus(Unit::Day)
    )
}
