//! The grammar of dates in figures, and of years: `3 June 2017`, `6/6/17`, `2017-06-06`, `1998`, `nineteen ninety-six`.

use super::calendar::{Point, Season, Unit, exact, year_of};
use super::dates::{cycle, fixed_year, september_11};
use super::expressions::{Found, Grammar};
use super::idioms::MAKES;
use super::meaning::{Cycle, Meaning, What, Which};
use super::words::Lex;

impl Grammar<'_> {
    /// Numbers: `3 June 2017`, `1998`, `6/6/17`, `2017-06-06`, `2016-09`.
    pub fn figures(&self, i: usize, n: u32, figures: u8) -> Found {
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
    pub fn nth_of_month(&self, i: usize, n: u8) -> Found {
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
        // `a 1987 Ford` is a model.
        if self.l.capital(i + 1) && self.is(i + 1, MAKES) {
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
}

/// Two figures: 70 to 99 are of the twentieth century (as POSIX reads `%y`, from 69).
pub fn short_year(n: u32) -> i16 {
    year_of(n as i32 + if n >= 69 { 1900 } else { 2000 })
}
