//! The grammar of periods of the calendar: quarters, halves, seasons, feasts, fiscal years, centuries, and the year behind them.

use super::calendar::{Point, Season, Unit};
use super::dates::{cycle, fixed_year};
use super::expressions::{Found, Grammar};
use super::meaning::{Cycle, Edge, Meaning, What, Which};
use super::words::{Feast, Lex};

impl Grammar<'_> {
    /// `last year`, `this year`, `next year`, `a year ago` behind a month or a quarter: the years from now.
    pub fn relative_year(&self, i: usize) -> Option<(usize, i32)> {
        let j = if self.l.lex(i) == Lex::Of { i + 1 } else { i };
        if self.l.lex(j + 1) == Lex::Unit(Unit::Year) {
            match self.l.lex(j) {
                Lex::Last => return Some((j + 2, -1)),
                Lex::This => return Some((j + 2, 0)),
                Lex::Next => return Some((j + 2, 1)),
                Lex::A if self.l.lex(j + 2) == Lex::Ago => return Some((j + 3, -1)),
                _ => {}
            }
        }
        None
    }

    /// Adds the year behind a month, season, quarter or half: `of 1989`, `last year`, `of that year`.
    pub fn of_year(&self, i: usize, what: Cycle) -> (usize, Meaning) {
        let j = match self.l.lex(i) {
            Lex::Of | Lex::Comma => i + 1,
            _ => i,
        };
        let j = if self.l.lex(j) == Lex::Fiscal { j + 1 } else { j };
        if let Some((end, year)) =
            self.year_figure(j).or_else(|| self.spelled_year(j)).filter(|_| !matches!(self.l.lex(i), Lex::Comma))
        {
            let point = match what {
                Cycle::Month(month) => Some(Point::Month(year, month)),
                Cycle::Season(season) => Some(Point::Season(year, season)),
                Cycle::Quarter(quarter) => Some(Point::Quarter(year, quarter)),
                Cycle::Half(half) => Some(Point::Half(year, half)),
                _ => None,
            };
            if let Some(point) = point {
                return (end, Meaning::of(What::Fixed(point)));
            }
        }
        if let Some((end, shift)) = self.relative_year(i) {
            return (end, Meaning::of(What::Cycle(what, Which::Year(shift))));
        }
        if self.l.lex(i) == Lex::Of && self.l.lex(i + 2) == Lex::Unit(Unit::Year) {
            match self.l.lex(i + 1) {
                Lex::That => return (i + 3, Meaning::of(What::Cycle(what, Which::FocusYear))),
                Lex::The => return (i + 3, Meaning::of(What::Cycle(what, Which::Open))),
                _ => {}
            }
        }
        (i, cycle(what))
    }

    /// `third quarter`, `third-quarter`, `fiscal second-quarter`, `first half of 1989`, `first two quarters of 1990`.
    pub fn quarter(&self, i: usize, n: u8) -> Found {
        let j = if self.l.lex(i + 1) == Lex::Fiscal { i + 2 } else { i + 1 };
        match self.l.lex(j) {
            Lex::Unit(Unit::Quarter) if n <= 4 => {
                let (end, meaning) = self.of_year(j + 1, Cycle::Quarter(n));
                Some((end, meaning))
            }
            Lex::Small(2) if n == 1 && self.two_quarters(i).is_some() => self.two_quarters(i),
            Lex::Half if n <= 2 => {
                let found = self.of_year(j + 1, Cycle::Half(n));
                // `the first half` may be of a match; with its year, or of a financial year, it is a date.
                (found.0 > j + 1).then_some(found)
            }
            _ => None,
        }
    }

    /// `first two quarters of 1990`: the first half of that year.
    pub fn two_quarters(&self, i: usize) -> Found {
        let named = self.l.lex(i) == Lex::Ordinal(1)
            && self.l.lex(i + 1) == Lex::Small(2)
            && self.l.lex(i + 2) == Lex::Units(Unit::Quarter);
        let found = named.then(|| self.of_year(i + 3, Cycle::Half(1)))?;
        (found.0 > i + 3).then_some(found)
    }

    /// `20th century`, `19th-century`.
    pub fn century(&self, i: usize, n: u8) -> Found {
        (self.l.lex(i + 1) == Lex::Unit(Unit::Century) && n > 0)
            .then(|| (i + 2, Meaning::of(What::Fixed(Point::Century(i16::from(n) - 1)))))
    }

    /// A season, where it is one: `last fall`, `the summer of 1994`, `in spring`.
    pub fn season(&self, i: usize, season: Season) -> Found {
        let found = self.of_year(i + 1, Cycle::Season(season));
        let fall = self.is(i, &["fall", "spring"]);
        if found.0 > i + 1 {
            return Some(found);
        }
        let governed = matches!(self.l.before(i), Lex::In | Lex::Since | Lex::Early | Lex::Late | Lex::Mid | Lex::By);
        let definite = self.l.before(i) == Lex::The
            && (!fall
                || i >= 2
                    && matches!(self.l.lex(i - 2), Lex::In | Lex::Since | Lex::By)
                    && self.l.lex(i + 1) != Lex::Of);
        (governed || definite).then_some(found)
    }

    /// `Christmas`, `Thanksgiving Day`, `Election Day`, `Christmas Eve`, `Easter week`.
    pub fn feast(&self, i: usize, feast: Feast) -> Found {
        if !self.l.capital(i) {
            return None;
        }
        let mut j = i + 1;
        if self.l.lex(j) == Lex::Possessive && feast == Feast::Valentine {
            j += 1;
        }
        let day = self.l.lex(j) == Lex::Unit(Unit::Day) && self.l.capital(j);
        let needs_day = matches!(
            feast,
            Feast::Election
                | Feast::Labor
                | Feast::Memorial
                | Feast::Independence
                | Feast::Valentine
                | Feast::Veterans
                | Feast::Columbus
                | Feast::Boxing
                | Feast::Inauguration
        );
        if feast == Feast::GoodFriday {
            return matches!(self.l.lex(j), Lex::Weekday(4)).then(|| (j + 1, cycle(Cycle::Feast(feast))));
        }
        if self.l.lex(j) == Lex::Eve {
            return Some((j + 1, cycle(Cycle::Eve(feast))));
        }
        if needs_day && !day {
            return None;
        }
        // `Easter week` leads up to the day.
        if !needs_day && self.l.lex(j) == Lex::Unit(Unit::Week) {
            return Some((j + 1, Meaning::of(What::WeekOf(Cycle::Feast(feast)))));
        }
        if feast == Feast::Easter && matches!(self.l.lex(j), Lex::Weekday(6)) {
            j += 1;
        }
        let end = if day { j + 1 } else { j };
        let comma = if self.l.lex(end) == Lex::Comma { end + 1 } else { end };
        if let Some((end, year)) = self.year_figure(comma) {
            return Some((end, Meaning::of(What::Cycle(Cycle::Feast(feast), Which::In(year)))));
        }
        Some((end, cycle(Cycle::Feast(feast))))
    }

    /// `fiscal 1989`, `fiscal year 1989`, `fiscal first quarter`.
    pub fn fiscal(&self, i: usize) -> Found {
        let j = if self.l.lex(i + 1) == Lex::Unit(Unit::Year) { i + 2 } else { i + 1 };
        if let Some((end, year)) = self.year_figure(j) {
            return Some((end, fixed_year(year)));
        }
        match self.l.lex(i + 1) {
            Lex::Ordinal(n) => self.quarter(i + 1, n),
            _ => None,
        }
    }

    /// `year-end`, `year end`, `year’s end`.
    pub fn year_word(&self, i: usize) -> Found {
        // The last day: `by year-end`, `has risen since year-end`; but `a year-end deal`.
        let describes = self.l.hyphen(i + 1)
            && self.l.lex(i + 2) == Lex::Other
            && self.l.word(i + 2).starts_with(char::is_alphabetic);
        if self.l.lex(i + 1) == Lex::End && !describes {
            let over = i.checked_sub(1).is_some_and(|b| self.is(b, &["since"]));
            let which = if over { Which::Last } else { Which::Open };
            return Some((i + 2, Meaning::of(What::Cycle(Cycle::MonthDay(12, 31), which))));
        }
        let j = if self.l.lex(i + 1) == Lex::Possessive { i + 2 } else { i + 1 };
        (self.l.lex(j) == Lex::End).then(|| (j + 1, Meaning::of(What::Shift(Unit::Year, 0)).edge(Edge::End)))
    }
}
