//! The grammar of dates told from now or from a date before: `yesterday`, `last week`, `that day`, `recently`.

use super::calendar::{Point, Unit, add_days};
use super::events::NOUNS;
use super::expressions::{Found, Grammar};
use super::meaning::{Amount, Cycle, Edge, Meaning, Vague, What, Which};
use super::words::{Lex, Part};

impl Grammar<'_> {
    /// Returns the relative date that begins at lexeme `i`.
    pub fn relative(&self, i: usize) -> Found {
        let shift = |end: usize, n: i32| Some(self.with_part((end, Meaning::of(What::Shift(Unit::Day, n)))));
        match self.l.lex(i) {
            Lex::Today => shift(i + 1, 0),
            Lex::Yesterday => shift(i + 1, -1),
            Lex::Tomorrow => shift(i + 1, 1),
            Lex::Earlier | Lex::Later => self.within(i),
            Lex::Last | Lex::Next | Lex::This | Lex::Past | Lex::Coming => self.framed(i, false),
            Lex::That => self.anaphor(i + 1),
            Lex::The | Lex::Its => self.the(i),
            Lex::Unit(Unit::Year) => self.year_before(i),
            Lex::Current => match self.l.lex(i + 1) {
                Lex::Unit(unit) if unit > Unit::Day => Some((i + 2, Meaning::of(What::Shift(unit, 0)))),
                _ => None,
            },
            Lex::A => self.a_period(i),
            _ => None,
        }
    }

    /// `earlier this year`, `later that day`, `earlier Sunday`, `earlier in the year`.
    fn within(&self, i: usize) -> Found {
        let edge = if self.l.lex(i) == Lex::Earlier { Edge::SoFar } else { Edge::Rest };
        let j = if self.l.lex(i + 1) == Lex::In { i + 2 } else { i + 1 };
        let (end, meaning) = match self.l.lex(j) {
            Lex::Weekday(_) | Lex::Month(_) => self.date(j)?,
            Lex::This | Lex::That | Lex::The | Lex::Today | Lex::Yesterday | Lex::Last | Lex::Next => {
                self.relative(j)?
            }
            _ => return None,
        };
        let whole =
            meaning.edge == Edge::Whole && !matches!(meaning.what, What::Vague(_) | What::Length(_) | What::YearBefore);
        whole.then_some((end, meaning.edge(edge)))
    }

    /// `last week`, `next Tuesday`, `this past spring`, `last year’s third quarter`, `this coming Sunday, March 8`.
    #[allow(clippy::many_single_char_names, reason = "i, j, k are lexemes, as everywhere in the grammar")]
    fn framed(&self, i: usize, definite: bool) -> Found {
        let (mut which, mut n) = match self.l.lex(i) {
            Lex::Last | Lex::Past => (Which::Last, -1),
            Lex::Next | Lex::Coming => (Which::Next, 1),
            _ => (Which::This, 0),
        };
        let mut j = i + 1;
        match (self.l.lex(i), self.l.lex(j)) {
            (Lex::This, Lex::Past | Lex::Last) => (which, n, j) = (Which::Last, -1, j + 1),
            (Lex::This, Lex::Coming | Lex::Next) => (which, n, j) = (Which::Next, 1, j + 1),
            _ => {}
        }
        // `This Week`, `Next Year in Jerusalem`: every word of a name is a capital.
        if self.l.capital(i) && self.l.capital(j) && matches!(self.l.lex(j), Lex::Unit(_)) {
            return None;
        }
        let bare_past = matches!(self.l.lex(i), Lex::Past | Lex::Coming) && !definite;
        match self.l.lex(j) {
            Lex::Unit(unit) if unit > Unit::Day => {
                if bare_past && unit < Unit::Decade {
                    return None;
                }
                let end = j + 1;
                if unit == Unit::Year {
                    // `this year’s third quarter`, `last year’s quarter`
                    if self.l.lex(end) == Lex::Possessive {
                        let k = if self.l.lex(end + 1) == Lex::Fiscal { end + 2 } else { end + 1 };
                        match (self.l.lex(k), self.l.lex(k + 1)) {
                            (Lex::Ordinal(q @ 1..=4), Lex::Unit(Unit::Quarter)) => {
                                return Some((k + 2, Meaning::of(What::Cycle(Cycle::Quarter(q), Which::Year(n)))));
                            }
                            (Lex::Unit(Unit::Quarter), _) if n == -1 => {
                                return Some((k + 1, Meaning::of(What::YearBefore)));
                            }
                            (Lex::End, _) => return Some((k + 1, Meaning::of(What::Shift(unit, n)).edge(Edge::End))),
                            _ => {}
                        }
                    }
                }
                let end = if self.l.lex(end) == Lex::Or && self.l.lex(end + 1) == Lex::So { end + 2 } else { end };
                Some((end, Meaning::of(What::Shift(unit, n))))
            }
            Lex::Fiscal if self.l.lex(j + 1) == Lex::Unit(Unit::Year) => {
                Some((j + 2, Meaning::of(What::Shift(Unit::Year, n))))
            }
            Lex::Weekday(day) => {
                let comma = if self.l.lex(j + 1) == Lex::Comma { j + 2 } else { j + 1 };
                if matches!(self.l.lex(comma), Lex::Month(_) | Lex::MonthShort(_)) {
                    return self.date(j);
                }
                Some(self.with_part((j + 1, Meaning::of(What::Cycle(Cycle::Weekday(day), which)))))
            }
            Lex::Month(month) | Lex::MonthShort(month) if self.l.capital(j) => match self.date(j) {
                Some((end, meaning)) => match meaning.what {
                    What::Cycle(cycle, Which::Open) => {
                        Some((end, Meaning { what: What::Cycle(cycle, which), ..meaning }))
                    }
                    _ => Some((end, meaning)),
                },
                None => Some((j + 1, Meaning::of(What::Cycle(Cycle::Month(month), which)))),
            },
            Lex::Season(season) => Some((j + 1, Meaning::of(What::Cycle(Cycle::Season(season), which)))),
            Lex::Feast(_) => match self.date(j)? {
                (end, Meaning { what: What::Cycle(cycle, Which::Open), edge, clock }) => {
                    Some((end, Meaning { what: What::Cycle(cycle, which), edge, clock }))
                }
                found => Some(found),
            },
            Lex::Moment if self.l.lex(i) == Lex::This => Some((j + 1, Meaning::of(What::Vague(Vague::Present)))),
            _ => None,
        }
    }

    /// `that day`, `the same month` from the unit on.
    fn anaphor(&self, i: usize) -> Found {
        let j = if self.l.lex(i) == Lex::Same { i + 1 } else { i };
        match self.l.lex(j) {
            Lex::Unit(unit)
                if unit >= Unit::Day && self.l.lex(j + 1) != Lex::Possessive
                    || matches!(self.l.lex(j), Lex::Unit(Unit::Year)) =>
            {
                let Lex::Unit(unit) = self.l.lex(j) else { return None };
                Some((j + 1, Meaning::of(What::Focus(unit))))
            }
            Lex::Weekday(day) => {
                Some(self.with_part((j + 1, Meaning::of(What::Cycle(Cycle::Weekday(day), Which::Open)))))
            }
            Lex::Season(season) => Some((j + 1, Meaning::of(What::Cycle(Cycle::Season(season), Which::FocusYear)))),
            // `that November`; but `they know that March will be cold`.
            Lex::Month(month) if self.l.capital(j) && self.ends_here(j + 1) => {
                Some((j + 1, Meaning::of(What::Cycle(Cycle::Month(month), Which::FocusYear))))
            }
            _ => None,
        }
    }

    /// Tells whether no clause and no number goes on at lexeme `i`: a mark, a break or a capital stands there.
    fn ends_here(&self, i: usize) -> bool {
        match self.l.lex(i) {
            Lex::Break | Lex::Comma | Lex::Dash => true,
            Lex::Other => !self.l.word(i).starts_with(char::is_alphanumeric),
            _ => false,
        }
    }

    /// What may follow `the`: `the same day`, `the previous Friday`, `the following month`, `the latest quarter`,
    /// `the quarter`, `the year-earlier period`, `the weekend`, `the current year`.
    fn the(&self, i: usize) -> Found {
        let j = i + 1;
        match self.l.lex(j) {
            Lex::Same => self.anaphor(j),
            Lex::Previous | Lex::Following => {
                let n = if self.l.lex(j) == Lex::Previous { -1 } else { 1 };
                match self.l.lex(j + 1) {
                    Lex::Unit(unit) if unit >= Unit::Day => Some((j + 2, Meaning::of(What::FocusShift(unit, n)))),
                    Lex::Weekday(day) => {
                        let which = if n < 0 { Which::BeforeFocus } else { Which::AfterFocus };
                        Some(self.with_part((j + 2, Meaning::of(What::Cycle(Cycle::Weekday(day), which)))))
                    }
                    Lex::Part(Part::Night) if n < 0 => Some((
                        j + 2,
                        Meaning::of(What::FocusShift(Unit::Day, -1)).at(super::meaning::Clock::Part(Part::Night)),
                    )),
                    _ => None,
                }
            }
            Lex::Next => match self.l.lex(j + 1) {
                Lex::Unit(unit @ (Unit::Day | Unit::Year | Unit::Week | Unit::Month)) => {
                    if self.l.lex(j + 2) == Lex::Or && self.l.lex(j + 3) == Lex::So {
                        return Some((j + 4, Meaning::of(What::Length(Amount::whole(1, unit)))));
                    }
                    Some((j + 2, Meaning::of(What::FocusShift(unit, 1))))
                }
                _ => self.framed(j, true),
            },
            // `the last week of October`, `the last days of June 2015`: the end of the month.
            Lex::Last
                if matches!(self.l.lex(j + 1), Lex::Unit(Unit::Week) | Lex::Units(Unit::Week | Unit::Day))
                    && matches!(self.l.lex(j + 2), Lex::Of | Lex::In) =>
            {
                match self.date(j + 3) {
                    Some((end, meaning)) if is_month(meaning) => Some((end, meaning.edge(Edge::End))),
                    _ => self.framed(j, true),
                }
            }
            Lex::Last => self.framed(j, true),
            Lex::Latest => match self.l.lex(j + 1) {
                Lex::Unit(unit @ (Unit::Quarter | Unit::Year | Unit::Month | Unit::Week)) => {
                    Some((j + 2, Meaning::of(What::Latest(unit))))
                }
                Lex::Period => Some((j + 2, Meaning::of(What::Focus(Unit::Quarter)))),
                Lex::Fiscal if self.l.lex(j + 2) == Lex::Unit(Unit::Year) => {
                    Some((j + 3, Meaning::of(What::Latest(Unit::Year))))
                }
                Lex::Fiscal if self.l.lex(j + 2) == Lex::Unit(Unit::Quarter) => {
                    Some((j + 3, Meaning::of(What::Latest(Unit::Quarter))))
                }
                _ => None,
            },
            Lex::Current => match self.l.lex(j + 1) {
                Lex::Unit(unit) if unit > Unit::Day => Some((j + 2, Meaning::of(What::Shift(unit, 0)))),
                Lex::Fiscal if matches!(self.l.lex(j + 2), Lex::Unit(_)) => {
                    let Lex::Unit(unit) = self.l.lex(j + 2) else { return None };
                    Some((j + 3, Meaning::of(What::Shift(unit, 0))))
                }
                _ => None,
            },
            Lex::Comparable => match self.l.lex(j + 1) {
                Lex::Unit(Unit::Quarter) | Lex::Period => {
                    let end = self.relative_year_end(j + 2).unwrap_or(j + 2);
                    Some((end, Meaning::of(What::YearBefore)))
                }
                Lex::Unit(Unit::Year) => self.year_before(j + 1),
                _ => None,
            },
            Lex::Unit(Unit::Year) => self.year_before(j).or_else(|| self.year_end(i, j)),
            Lex::Fiscal | Lex::Full if self.l.lex(j + 1) == Lex::Unit(Unit::Year) => self.year_end(i, j + 1),
            Lex::Unit(Unit::Quarter) => {
                if self.l.lex(j + 1) == Lex::A && self.l.lex(j + 2) == Lex::Unit(Unit::Year) {
                    return matches!(self.l.lex(j + 3), Lex::Ago | Lex::Earlier)
                        .then(|| (j + 4, Meaning::of(What::YearBefore)));
                }
                (!self.l.hyphen(j + 1)).then(|| (j + 1, Meaning::of(What::Focus(Unit::Quarter))))
            }
            Lex::Unit(Unit::Weekend) => Some((j + 1, Meaning::of(What::Cycle(Cycle::Weekend, Which::Open)))),
            Lex::Unit(Unit::Week | Unit::Month) => {
                let Lex::Unit(unit) = self.l.lex(j) else { return None };
                let governed = matches!(self.l.before(i), Lex::Since | Lex::Of | Lex::In | Lex::Earlier | Lex::Later);
                let counted = self.l.lex(j + 1) == Lex::Of || matches!(self.l.lex(j + 1), Lex::Before | Lex::After);
                (governed && !counted).then(|| (j + 1, Meaning::of(What::Shift(unit, 0))))
            }
            // `the day before yesterday`, `the day after June 3, 2017`
            Lex::Unit(Unit::Day)
                if matches!(self.l.lex(j + 1), Lex::Before | Lex::After)
                    && matches!(self.l.lex(j + 2), Lex::Yesterday | Lex::Today | Lex::Tomorrow | Lex::Month(_)) =>
            {
                let step = if self.l.lex(j + 1) == Lex::Before { -1 } else { 1 };
                let (end, meaning) = self.date(j + 2).or_else(|| self.relative(j + 2))?;
                match meaning.what {
                    What::Shift(Unit::Day, n) => Some((end, Meaning::of(What::Shift(Unit::Day, n + step)))),
                    What::Fixed(Point::Day(day)) => {
                        Some((end, Meaning::of(What::Fixed(Point::Day(add_days(day, step))))))
                    }
                    _ => None,
                }
            }
            // `the day of the attack`: `events` looks for its date.
            Lex::Unit(Unit::Day) | Lex::Part(Part::Night | Part::Morning)
                if self.l.lex(j + 1) == Lex::Of && self.l.lex(j + 2) == Lex::The && self.event_end(j + 3).is_some() =>
            {
                let end = self.event_end(j + 3)?;
                Some((end, Meaning::of(What::Event)))
            }
            Lex::Unit(Unit::Day) => {
                let governed = matches!(self.l.before(i), Lex::Earlier | Lex::Later)
                    || self.l.before(i) == Lex::In && i >= 2 && matches!(self.l.lex(i - 2), Lex::Earlier | Lex::Later)
                    || matches!(self.l.before(i), Lex::Of) && i >= 2 && self.l.lex(i - 2) == Lex::End;
                governed.then(|| (j + 1, Meaning::of(What::Focus(Unit::Day))))
            }
            _ => None,
        }
    }

    /// The lexeme after the noun of an event, which begins at `i` and has at most two words before its noun.
    fn event_end(&self, i: usize) -> Option<usize> {
        (i..i + 3).find(|&k| self.is(k, NOUNS)).map(|k| k + 1)
    }

    /// `the year`: a length with its end, else the year that is spoken of.
    fn year_end(&self, i: usize, j: usize) -> Found {
        if self.l.lex(j + 1) == Lex::Ended {
            return Some((j + 1, Meaning::of(What::Length(Amount::whole(1, Unit::Year)))));
        }
        let governed =
            matches!(self.l.before(i), Lex::Since | Lex::In | Lex::Of | Lex::Earlier | Lex::Later | Lex::At | Lex::By);
        let next = self.l.lex(j + 1);
        (governed && !matches!(next, Lex::Before | Lex::After | Lex::Of | Lex::Number(..)))
            .then(|| (j + 1, Meaning::of(What::Shift(Unit::Year, 0))))
    }

    /// `year-ago quarter`, `year-earlier third quarter`, `year-earlier`.
    fn year_before(&self, i: usize) -> Found {
        if !matches!(self.l.lex(i + 1), Lex::Ago | Lex::Earlier) {
            return None;
        }
        let k = i + 2;
        match (self.l.lex(k), self.l.lex(k + 1)) {
            (Lex::Ordinal(n @ 1..=4), Lex::Unit(Unit::Quarter)) => {
                Some((k + 2, Meaning::of(What::Cycle(Cycle::Quarter(n), Which::YearBefore))))
            }
            (Lex::Unit(Unit::Quarter) | Lex::Period, _) => Some((k + 1, Meaning::of(What::YearBefore))),
            // `the year-earlier nine months`
            _ => match self.number(k) {
                Some((unit, halves @ Some(_))) if self.l.lex(unit) == Lex::Units(Unit::Month) => {
                    Some((unit + 1, Meaning::of(What::Length(Amount { halves, unit: Unit::Month }))))
                }
                _ => Some((k, Meaning::of(What::YearBefore))),
            },
        }
    }

    fn relative_year_end(&self, i: usize) -> Option<usize> {
        match (self.l.lex(i), self.l.lex(i + 1)) {
            (Lex::Last, Lex::Unit(Unit::Year)) => Some(i + 2),
            (Lex::A, Lex::Unit(Unit::Year)) if matches!(self.l.lex(i + 2), Lex::Ago | Lex::Earlier) => Some(i + 3),
            _ => None,
        }
    }

    /// `a while`, `a later date`.
    fn a_period(&self, i: usize) -> Found {
        match (self.l.lex(i + 1), self.is(i + 2, &["date"])) {
            (Lex::Later, true) => Some((i + 3, Meaning::of(What::Vague(Vague::Future)))),
            _ => None,
        }
    }

    /// `now`, `recently`, `the past`, `the near future`.
    pub fn vague(&self, i: usize) -> Found {
        let found = |end: usize, vague: Vague| Some((end, Meaning::of(What::Vague(vague))));
        match self.l.lex(i) {
            Lex::Right if self.l.lex(i + 1) == Lex::Now => found(i + 2, Vague::Present),
            Lex::Now | Lex::Currently => found(i + 1, Vague::Present),
            Lex::More | Lex::Least if self.l.lex(i + 1) == Lex::Recently => found(i + 2, Vague::Past),
            Lex::Recently => found(i + 1, Vague::Past),
            // `as soon as` compares, it does not date.
            Lex::Soon
                if self.l.before(i) != Lex::As && !matches!(self.l.lex(i + 1), Lex::After | Lex::Before | Lex::As) =>
            {
                found(i + 1, Vague::Future)
            }
            // `the then current price` was current once.
            Lex::Current if !matches!(self.l.lex(i + 1), Lex::Unit(_)) => {
                let then = i.checked_sub(1).is_some_and(|b| self.is(b, &["then"]));
                if then { None } else { found(i + 1, Vague::Present) }
            }
            Lex::Future if matches!(self.l.before(i), Lex::In) || self.is(i + 1, &["quarters", "years", "months"]) => {
                found(i + 1, Vague::Future)
            }
            Lex::Present if self.l.before(i) == Lex::At => found(i + 1, Vague::Present),
            Lex::The => match (self.l.lex(i + 1), self.l.lex(i + 2)) {
                // `the future of the party` is what becomes of it.
                (Lex::Future, Lex::Of) => None,
                (Lex::Future, _) => found(i + 2, Vague::Future),
                (Lex::Near | Lex::Distant, Lex::Future) => found(i + 3, Vague::Future),
                (Lex::Near | Lex::Short, Lex::Term) if !self.l.hyphen(i + 2) => found(i + 3, Vague::Future),
                (Lex::Past, next)
                    if !matches!(next, Lex::Unit(_) | Lex::Units(_) | Lex::Number(..) | Lex::Small(_) | Lex::Few) =>
                {
                    (matches!(self.l.before(i), Lex::In | Lex::Of | Lex::From))
                        .then_some(())
                        .and_then(|()| found(i + 2, Vague::Past))
                }
                // `at the moment he heard of it` is another.
                (Lex::Moment, next)
                    if matches!(self.l.before(i), Lex::At | Lex::Since)
                        && (next != Lex::Other || self.ends_here(i + 2)) =>
                {
                    found(i + 2, Vague::Present)
                }
                _ => None,
            },
            _ => None,
        }
    }
}

/// Tells whether a meaning is a month, whole, of any year.
fn is_month(meaning: Meaning) -> bool {
    meaning.edge == Edge::Whole
        && matches!(meaning.what, What::Fixed(Point::Month(..)) | What::Cycle(Cycle::Month(_), _))
}
