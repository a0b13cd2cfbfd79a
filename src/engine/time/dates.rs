//! The grammar of dates that stand on the calendar: days, months, years, decades, quarters, seasons, feasts.

use super::calendar::{Point, Season, Unit, date, exact, year_of};
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

    /// Numbers: `3 June 2017`, `1998`, `6/6/17`, `2017-06-06`, `2016-09`.
    fn figures(&self, i: usize, n: u32, figures: u8) -> Found {
        if let Some(found) = self.numeric(i, n, figures) {
            return Some(found);
        }
        if (1..=31).contains(&n) && figures <= 2 {
            return self.nth_of_month(i, n as u8);
        }
        // `the 1988 third quarter`, `the 1988 period`, `the 1988 fiscal year`
        let (end, year) = self.year_figure(i)?;
        let mut k = end;
        if self.l.lex(k) == Lex::Fiscal {
            k += 1;
        }
        match (self.l.lex(k), self.l.lex(k + 1)) {
            (Lex::Ordinal(n @ 1..=4), Lex::Unit(Unit::Quarter)) => {
                return Some((k + 2, Meaning::of(What::Fixed(Point::Quarter(year, n)))));
            }
            (Lex::Season(season), _) if season != Season::Autumn || !self.is(k, &["fall"]) => {
                return Some((k + 1, Meaning::of(What::Fixed(Point::Season(year, season)))));
            }
            (Lex::Unit(Unit::Quarter) | Lex::Period, _) if self.l.before(i) == Lex::The => {
                return Some((k + 1, Meaning::of(What::PeriodIn(year))));
            }
            _ => {}
        }
        self.is_year(i, n).then_some((end, fixed_year(year)))
    }

    /// `6/6/17`, `06/06/2017` (month first, unless it cannot be), `2017-06-06`, `2016-09`, `2017-06-06T10:35`.
    fn numeric(&self, i: usize, n: u32, figures: u8) -> Found {
        let (second, third) = (i + 1, i + 2);
        if figures == 4 && self.l.hyphen(second) {
            let Lex::Number(month @ 1..=12, 2) = self.l.lex(second) else { return None };
            let year = year_of(n as i32);
            if self.l.hyphen(third) {
                let day = match self.l.lex(third) {
                    Lex::Number(day @ 1..=31, 2) => day,
                    // `06T10:35:00`
                    _ => self
                        .l
                        .word(third)
                        .get(..2)
                        .and_then(|d| d.parse().ok())
                        .filter(|_| self.l.word(third).as_bytes().get(2) == Some(&b'T'))?,
                };
                let day = exact(year, month as u8, day as u8)?;
                return Some((third + 1, Meaning::of(What::Fixed(Point::Day(day)))));
            }
            return Some((third, Meaning::of(What::Fixed(Point::Month(year, month as u8)))));
        }
        let slash = self.l.lex(second) == Lex::Slash && self.l.touches(second) && self.l.touches(third);
        if slash && figures <= 2 {
            let Lex::Number(b, 1..=2) = self.l.lex(third) else { return None };
            // The one day that goes by its figures alone.
            if (n, b) == (9, 11) && self.l.lex(i + 3) != Lex::Slash {
                return Some((i + 3, Meaning::of(What::Fixed(Point::Day(september_11())))));
            }
            if self.l.lex(i + 3) != Lex::Slash {
                return None;
            }
            let Lex::Number(year, digits @ (2 | 4)) = self.l.lex(i + 4) else { return None };
            let year = if digits == 2 { short_year(year) } else { year_of(year as i32) };
            let (month, day) = if n > 12 { (b, n) } else { (n, b) };
            let day = exact(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?;
            return Some((i + 5, Meaning::of(What::Fixed(Point::Day(day)))));
        }
        if slash && figures == 4 {
            let Lex::Number(month @ 1..=12, _) = self.l.lex(third) else { return None };
            let Lex::Number(day @ 1..=31, _) = self.l.lex(i + 4) else { return None };
            let day = exact(year_of(n as i32), month as u8, day as u8)?;
            return (self.l.lex(i + 3) == Lex::Slash).then_some((i + 5, Meaning::of(What::Fixed(Point::Day(day)))));
        }
        None
    }

    /// `3 June`, `3rd of June 2017`, behind its number.
    fn nth_of_month(&self, i: usize, n: u8) -> Found {
        let j = if self.l.lex(i + 1) == Lex::Of { i + 2 } else { i + 1 };
        let (Lex::Month(month) | Lex::MonthShort(month)) = self.l.lex(j) else { return None };
        if !(1..=31).contains(&n) || !self.l.capital(j) || self.l.before(i) == Lex::Amount {
            return None;
        }
        // `on page 3 May said`: a lone May behind a number needs a year or its `of`.
        let comma = if self.l.lex(j + 1) == Lex::Comma { j + 2 } else { j + 1 };
        if let Some((end, year)) = self.year_figure(comma) {
            let day = exact(year, month, n)?;
            return Some((end, Meaning::of(What::Fixed(Point::Day(day)))));
        }
        if month == 5 && self.month_is_name {
            return None;
        }
        if let Some((end, shift)) = self.relative_year(comma) {
            return Some((end, Meaning::of(What::Cycle(Cycle::MonthDay(month, n), Which::Year(shift)))));
        }
        Some(self.with_part((j + 1, cycle(Cycle::MonthDay(month, n)))))
    }

    /// Four figures that can be a year.
    pub fn year_figure(&self, i: usize) -> Option<(usize, i16)> {
        match self.l.lex(i) {
            Lex::Number(n @ 1000..=2199, 4) if !matches!(self.l.lex(i + 1), Lex::Clock(..)) => Some((i + 1, n as i16)),
            _ => None,
        }
    }

    /// Tells whether four lone figures are a year rather than a count.
    fn is_year(&self, i: usize, n: u32) -> bool {
        let next = self.l.lex(i + 1);
        let before = self.l.before(i);
        if matches!(next, Lex::Amount | Lex::Units(_) | Lex::Unit(_)) && !self.l.hyphen(i + 1) {
            return false;
        }
        if self.l.hyphen(i)
            && !i.checked_sub(1).is_some_and(|b| self.is(b, &["mid", "post", "pre", "late", "early", "since"]))
            && !matches!(before, Lex::Number(_, 4))
        {
            return false;
        }
        let governed = matches!(
            before,
            Lex::In
                | Lex::Since
                | Lex::Of
                | Lex::By
                | Lex::From
                | Lex::Early
                | Lex::Late
                | Lex::Mid
                | Lex::Fiscal
                | Lex::Before
                | Lex::After
                | Lex::Last
        ) || matches!(before, Lex::Unit(Unit::Year));
        if (1900..=2099).contains(&n) {
            let counts = !self.l.capital(i + 1)
                && next == Lex::Other
                && !self.l.touches(i + 1)
                && self.l.word(i + 1).ends_with('s')
                && self.l.word(i + 1).len() > 4
                && !self.l.word(i + 1).ends_with("ss");
            return governed || matches!(before, Lex::The) || self.l.hyphen(i) || !counts;
        }
        governed
            && !(self.l.lex(i + 1) == Lex::Other
                && self.l.word(i + 1).bytes().all(|b| b.is_ascii_lowercase())
                && self.l.word(i + 1).ends_with('s'))
    }

    /// `nineteen ninety-six`, `two thousand`, `two thousand one`, `twenty seventeen`.
    pub fn spelled_year(&self, i: usize) -> Option<(usize, i16)> {
        let tens = |i: usize| match (self.l.lex(i), self.l.lex(i + 1)) {
            (Lex::Tens(tens), Lex::Small(n)) if n < 10 => Some((i + 2, i16::from(tens + n))),
            (Lex::Tens(tens), _) => Some((i + 1, i16::from(tens))),
            (Lex::Small(n @ 10..=19), _) => Some((i + 1, i16::from(n))),
            _ => None,
        };
        match self.l.lex(i) {
            Lex::Small(hundreds @ (18 | 19)) => {
                let (end, n) = tens(i + 1)?;
                Some((end, i16::from(hundreds) * 100 + n))
            }
            Lex::Tens(20) => {
                let (end, n) = tens(i + 1).filter(|(_, n)| (10..30).contains(n))?;
                (!matches!(self.l.lex(end), Lex::Units(_) | Lex::Unit(_))).then_some((end, 2000 + n))
            }
            Lex::Small(2) if self.l.lex(i + 1) == Lex::Thousand && self.l.before(i) == Lex::Unit(Unit::Year) => {
                match self.l.lex(i + 2) {
                    Lex::Small(n) => Some((i + 3, 2000 + i16::from(n))),
                    _ => Some((i + 2, 2000)),
                }
            }
            _ => None,
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
                        Some((end, Meaning::of(What::WeekOf(month, day))))
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
fn september_11() -> jiff::civil::Date {
    date(2001, 9, 11)
}

/// Two figures: 70 to 99 are of the twentieth century (as POSIX reads `%y`, from 69).
pub fn short_year(n: u32) -> i16 {
    year_of(n as i32 + if n >= 69 { 1900 } else { 2000 })
}
