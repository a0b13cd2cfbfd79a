//! The grammar of dates that stand on the calendar: days and months by name, decades, edges; `figures` and `periods` have the rest.

use super::calendar::{Point, Unit, date, exact};
use super::expressions::{Found, Grammar};
use super::meaning::{Cycle, Edge, Meaning, What, Which};
use super::words::{Feast, Lex};

/// What `Sept. 11` stands before where it means the year 2001.
const AFTERMATH: &[&str] = &[
    "attack",
    "attacks",
    "terror",
    "terrorist",
    "terrorism",
    "hijackers",
    "hijackings",
    "conspiracy",
    "memorial",
    "commission",
];

impl Grammar<'_> {
    /// Returns the calendar date that begins at lexeme `i`.
    pub fn date(&self, i: usize) -> Found {
        match self.l.lex(i) {
            Lex::Weekday(day) => Some(self.weekday(i, day)),
            Lex::WeekdayShort(day) => {
                let (end, meaning) = self.weekday(i, day);
                (end > i + 1 || self.l.word(i).ends_with('.')).then_some((end, meaning))
            }
            Lex::Month(month) => self.month(i, month, false),
            Lex::MonthShort(month) => self.month(i, month, true),
            Lex::Number(n, figures) => self.figures(i, n, figures),
            Lex::Nth(n) => self.nth_of_month(i, n).or_else(|| self.century(i, n)),
            // `in his 30s` is an age.
            Lex::Decades(n)
                if n >= 1000 || matches!(self.l.before(i), Lex::The | Lex::Early | Lex::Late | Lex::Mid) =>
            {
                Some((i + 1, Meaning::of(What::Fixed(Point::Decade(decade(n))))))
            }
            Lex::Apostrophe => match self.l.lex(i + 1) {
                Lex::Decades(n) if n < 100 && self.l.touches(i + 1) => {
                    Some((i + 2, Meaning::of(What::Fixed(Point::Decade(decade(n))))))
                }
                _ => None,
            },
            Lex::TensPlural(n) if self.l.before(i) == Lex::The => {
                Some((i + 1, Meaning::of(What::Fixed(Point::Decade(decade(u16::from(n)))))))
            }
            Lex::Small(_) | Lex::Tens(_) => self.spelled_year(i).map(|(end, year)| (end, fixed_year(year))),
            Lex::Ordinal(n) => self.quarter(i, n).or_else(|| self.nth_of_month(i, n)).or_else(|| self.century(i, n)),
            Lex::Quarter(n) => Some(self.of_year(i + 1, Cycle::Quarter(n))),
            Lex::Season(season) => self.season(i, season),
            Lex::Feast(feast) => self.feast(i, feast),
            Lex::New => {
                let named = self.l.capital(i) && self.is(i + 1, &["year"]);
                let end = if self.l.lex(i + 2) == Lex::Possessive { i + 3 } else { i + 2 };
                match self.l.lex(end) {
                    Lex::Eve if named => Some((end + 1, cycle(Cycle::Eve(Feast::NewYear)))),
                    Lex::Unit(Unit::Day) if named && end > i + 2 => {
                        Some((end + 1, cycle(Cycle::Feast(Feast::NewYear))))
                    }
                    _ => None,
                }
            }
            Lex::Fiscal => self.fiscal(i),
            Lex::The => self.definite(i),
            Lex::Its => match self.l.lex(i + 1) {
                Lex::Fiscal | Lex::Ordinal(_) => {
                    self.date(i + 1).filter(|(_, m)| matches!(m.what, What::Cycle(Cycle::Quarter(_), _)))
                }
                _ => None,
            },
            Lex::Early | Lex::Late | Lex::Mid => self.edged(i),
            Lex::Unit(Unit::Year) => self.year_word(i),
            _ => None,
        }
    }

    /// `Friday`, `Friday, Oct. 23`, `Friday 3 June 2017`, `Friday night`, `Friday last week`.
    fn weekday(&self, i: usize, day: u8) -> (usize, Meaning) {
        let comma = if self.l.lex(i + 1) == Lex::Comma { i + 2 } else { i + 1 };
        let follows = match self.l.lex(comma) {
            Lex::Month(_) | Lex::MonthShort(_) | Lex::Number(..) | Lex::Nth(_) => self.date(comma),
            Lex::The if matches!(self.l.lex(comma + 1), Lex::Nth(_)) => self.date(comma + 1),
            _ => None,
        };
        if let Some((end, meaning)) = follows {
            match meaning.what {
                What::Cycle(Cycle::MonthDay(month, n), Which::Open) => {
                    return (end, Meaning { what: What::Cycle(Cycle::Dated(day, month, n), Which::Open), ..meaning });
                }
                What::Fixed(Point::Day(_)) | What::Cycle(Cycle::MonthDay(..), _) => return (end, meaning),
                _ => {}
            }
        }
        self.with_part((i + 1, cycle(Cycle::Weekday(day))))
    }

    /// `June`, `June 3`, `June 3, 2017`, `June 2017`, `June last year`, `June of that year`.
    fn month(&self, i: usize, month: u8, short: bool) -> Found {
        // `June 3`, `June 3rd`.
        let day = match self.l.lex(i + 1) {
            Lex::Number(n @ 1..=31, 1..=2) => Some(n as u8),
            Lex::Nth(n @ 1..=31) => Some(n),
            Lex::Ordinal(n) if n < 13 && self.l.capital(i) && !matches!(self.l.lex(i + 2), Lex::Unit(_)) => Some(n),
            Lex::Tens(tens @ 20..=30) => match self.l.lex(i + 2) {
                Lex::Ordinal(_) => None,
                _ => Some(tens),
            },
            _ => None,
        };
        if let Some(day) = day.filter(|_| !matches!(self.l.lex(i + 2), Lex::Amount | Lex::Units(_))) {
            let end = i + 2;
            let comma = if self.l.lex(end) == Lex::Comma { end + 1 } else { end };
            if let Some((end, year)) = self.year_figure(comma)
                && let Some(day) = exact(year, month, day)
            {
                return Some(self.with_part((end, Meaning::of(What::Fixed(Point::Day(day))))));
            }
            if let Some((end, n)) = self.relative_year(comma) {
                return Some((end, Meaning::of(What::Cycle(Cycle::MonthDay(month, day), Which::Year(n)))));
            }
            if (month, day) == (9, 11) && self.is(end, AFTERMATH) {
                return Some((end, Meaning::of(What::Fixed(Point::Day(september_11())))));
            }
            // `the fiscal year ended Jan. 31` is over.
            let over = i.checked_sub(1).is_some_and(|b| self.is(b, &["ended"]));
            let which = if over { Which::Last } else { Which::Open };
            return Some(self.with_part((end, Meaning::of(What::Cycle(Cycle::MonthDay(month, day), which)))));
        }
        let comma = match self.l.lex(i + 1) {
            Lex::Comma | Lex::Of => i + 2,
            _ => i + 1,
        };
        if let Some((end, year)) = self.year_figure(comma).or_else(|| self.spelled_year(comma)) {
            return Some((end, Meaning::of(What::Fixed(Point::Month(year, month)))));
        }
        let of = self.of_year(i + 1, Cycle::Month(month));
        if of.0 > i + 1 {
            return Some(of);
        }
        self.is_month(i, month, short).then_some(of)
    }

    /// Tells whether a lone month name is a month: not Theresa May, not the march on the capital, not August Wilson.
    fn is_month(&self, i: usize, month: u8, short: bool) -> bool {
        if short {
            return self.l.word(i).ends_with('.')
                && matches!(
                    self.l.before(i),
                    Lex::In
                        | Lex::Since
                        | Lex::Last
                        | Lex::Next
                        | Lex::By
                        | Lex::Early
                        | Lex::Late
                        | Lex::Mid
                        | Lex::This
                );
        }
        let governed = matches!(
            self.l.before(i),
            Lex::In | Lex::Since | Lex::Last | Lex::Next | Lex::This | Lex::Early | Lex::Late | Lex::Mid | Lex::Past
        );
        let named = matches!(
            self.l.before(i),
            Lex::From | Lex::By | Lex::To | Lex::Of | Lex::Before | Lex::After | Lex::The | Lex::Each | Lex::And
        );
        match month {
            5 => governed || (named && !self.month_is_name && self.l.before(i) != Lex::The),
            3 => governed || named && !matches!(self.l.lex(i + 1), Lex::On | Lex::Since | Lex::Of),
            4 | 6 | 8 => {
                let name = |i: usize| self.l.capital(i) && self.l.lex(i) == Lex::Other;
                governed || named || !(name(i + 1) || i.checked_sub(1).is_some_and(name))
            }
            _ => true,
        }
    }

    /// What may follow `the`: `the third quarter`, `the 1990s`, `the summer`, `the 20th century`, `the year 2000`,
    /// `the end of 1990`, `the weekend`, `the week of March 6`.
    fn definite(&self, i: usize) -> Found {
        match self.l.lex(i + 1) {
            Lex::Number(_, 4)
            | Lex::Fiscal
            | Lex::Decades(_)
            | Lex::Apostrophe
            | Lex::TensPlural(_)
            | Lex::Season(_)
            | Lex::Nth(_)
            | Lex::Ordinal(_)
            | Lex::Early
            | Lex::Late
            | Lex::Mid
            | Lex::Feast(_) => self.date(i + 1),
            Lex::Last if self.l.lex(i + 2) == Lex::Half => {
                let found = self.of_year(i + 3, Cycle::Half(2));
                (found.0 > i + 3).then_some(found)
            }
            Lex::Unit(Unit::Year) => {
                let (end, year) = self.year_figure(i + 2).or_else(|| self.spelled_year(i + 2))?;
                Some((end, fixed_year(year)))
            }
            Lex::Unit(Unit::Week) if self.l.lex(i + 2) == Lex::Of => {
                let (end, meaning) = self.date(i + 3)?;
                match meaning.what {
                    What::Fixed(Point::Day(day)) => Some((end, Meaning::of(What::Fixed(Point::Week(day))))),
                    What::Cycle(Cycle::MonthDay(month, day), Which::Open) => {
                        Some((end, Meaning::of(What::WeekOf(Cycle::MonthDay(month, day)))))
                    }
                    _ => None,
                }
            }
            Lex::Start | Lex::End | Lex::Middle if self.l.lex(i + 2) == Lex::Of => {
                let edge = match self.l.lex(i + 1) {
                    Lex::Start => Edge::Start,
                    Lex::End => Edge::End,
                    _ => Edge::Mid,
                };
                if self.is_edge(i + 3) {
                    return None;
                }
                let (end, meaning) = self.date(i + 3).or_else(|| self.relative(i + 3))?;
                let coarse = !super::expressions::is_day(meaning) && meaning.clock.is_none();
                coarse.then_some((end, meaning.edge(edge)))
            }
            _ => None,
        }
    }

    /// Tells whether another edge begins at lexeme `i`: there is none of an edge, however often a text repeats it.
    fn is_edge(&self, i: usize) -> bool {
        let i = if self.l.lex(i) == Lex::The { i + 1 } else { i };
        matches!(
            self.l.lex(i),
            Lex::Early | Lex::Late | Lex::Mid | Lex::Middle | Lex::Start | Lex::End | Lex::Earlier | Lex::Later
        )
    }

    /// `early 1990`, `late November`, `mid-1996`, `late Monday`, `late last week`.
    fn edged(&self, i: usize) -> Found {
        let edge = match self.l.lex(i) {
            Lex::Early => Edge::Early,
            Lex::Late => Edge::Late,
            _ => Edge::Mid,
        };
        let j = if self.l.lex(i + 1) == Lex::In { i + 2 } else { i + 1 };
        let j = if self.l.lex(j) == Lex::The && j > i + 1 { j + 1 } else { j };
        if self.is_edge(j) {
            return None;
        }
        let (end, meaning) = self.date(j).or_else(|| self.relative(j))?;
        let keeps =
            meaning.clock.is_some() || matches!(meaning.what, What::Vague(_) | What::Length(_) | What::Every(_));
        (!keeps && meaning.edge == Edge::Whole).then_some((end, meaning.edge(edge)))
    }
}

/// Makes the meaning of a cycle of which nothing says which.
pub fn cycle(what: Cycle) -> Meaning {
    Meaning::of(What::Cycle(what, Which::Open))
}

/// Makes the meaning of a year.
pub fn fixed_year(year: i16) -> Meaning {
    Meaning::of(What::Fixed(Point::Year(date(year, 1, 1).year())))
}

/// `1990` and `90` are both the decade 199.
fn decade(n: u16) -> i16 {
    if n >= 100 { (n / 10) as i16 } else { 190 + (n / 10) as i16 }
}

/// The attacks of 2001, which news names by month and day.
pub fn september_11() -> jiff::civil::Date {
    date(2001, 9, 11)
}
