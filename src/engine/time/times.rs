//! The grammar of times of the day: `10:35 a.m.`, `noon Saturday`, `this morning`, `last night`, `5 p.m. EST Nov. 9`.

use super::calendar::Unit;
use super::expressions::{Found, Grammar, is_day};
use super::meaning::{Clock, Cycle, Meaning, What, Which};
use super::words::{Lex, Part};

impl Grammar<'_> {
    /// Returns the time of the day that begins at lexeme `i`, with its day where that follows.
    pub fn time(&self, i: usize) -> Found {
        let mut j = i;
        if self.l.lex(j) == Lex::Roughly {
            j += 1;
        }
        if let Some((mut j, clock)) = self.clock(j) {
            if self.l.lex(j) == Lex::Zone {
                j += 1;
            }
            let (end, meaning) = self.with_day(j, clock);
            // A time that is a paragraph of its own heads an entry of the day on which the article is written.
            let heads = meaning.what == What::Time && self.l.before(i) == Lex::Break && self.l.lex(end) == Lex::Break;
            return Some((end, if heads { Meaning { what: What::Shift(Unit::Day, 0), ..meaning } } else { meaning }));
        }
        if j != i {
            return None;
        }
        let today = |clock: Clock| Meaning::of(What::Shift(Unit::Day, 0)).at(clock);
        match (self.l.lex(i), self.l.lex(i + 1)) {
            (Lex::This, Lex::Part(part)) => Some((i + 2, today(Clock::Part(part)))),
            (Lex::Early | Lex::Late | Lex::Earlier | Lex::Later, Lex::This) => match self.l.lex(i + 2) {
                Lex::Part(part) => Some((i + 3, today(Clock::Part(part)))),
                _ => None,
            },
            (Lex::Last, Lex::Part(Part::Night)) => {
                Some((i + 2, Meaning::of(What::Shift(Unit::Day, -1)).at(Clock::Part(Part::Night))))
            }
            (Lex::Last | Lex::Next, Lex::Weekday(day)) => match self.l.lex(i + 2) {
                Lex::Part(part) => {
                    let which = if self.l.lex(i) == Lex::Last { Which::Last } else { Which::Next };
                    Some((i + 3, Meaning::of(What::Cycle(Cycle::Weekday(day), which)).at(Clock::Part(part))))
                }
                _ => None,
            },
            // `late-night` alone is a habit, no time.
            (Lex::Mid | Lex::Early | Lex::Late, Lex::Part(part)) => {
                let found = self.with_day(i + 2, Clock::Part(part));
                (found.0 > i + 2 || !self.l.hyphen(i + 1) || self.l.lex(i) == Lex::Mid).then_some(found)
            }
            (Lex::The, Lex::Next | Lex::Following) => match self.l.lex(i + 2) {
                Lex::Part(part) => Some((i + 3, Meaning::of(What::FocusShift(Unit::Day, 1)).at(Clock::Part(part)))),
                _ => None,
            },
            (Lex::That, Lex::Part(part)) => Some((i + 2, Meaning::of(What::Focus(Unit::Day)).at(Clock::Part(part)))),
            (Lex::The, Lex::Part(part))
                if matches!(part, Part::Morning | Part::Afternoon | Part::Evening) && self.l.before(i) == Lex::In =>
            {
                Some((i + 2, Meaning::of(What::Time).at(Clock::Part(part))))
            }
            // `the morning of June 3, 2017`
            (Lex::The, Lex::Part(part)) if self.l.lex(i + 2) == Lex::Of => {
                let (end, meaning) = self.date(i + 3)?;
                (is_day(meaning) && meaning.clock.is_none()).then(|| (end, meaning.at(Clock::Part(part))))
            }
            (Lex::Part(Part::Noon | Part::Midnight), _) => {
                let Lex::Part(part) = self.l.lex(i) else { return None };
                // `midnight mass`, `noon meal` are names of things.
                let free = matches!(
                    self.l.before(i),
                    Lex::At | Lex::By | Lex::Since | Lex::Roughly | Lex::Before | Lex::After | Lex::To
                ) || matches!(
                    self.l.lex(i + 1),
                    Lex::Weekday(_) | Lex::Today | Lex::Yesterday | Lex::Tomorrow | Lex::Zone | Lex::On
                );
                free.then(|| self.with_day(i + 1, Clock::Part(part)))
            }
            (Lex::Overnight, _) => Some((i + 1, Meaning::of(What::Shift(Unit::Day, -1)).at(Clock::Part(Part::Night)))),
            (Lex::Tonight, _) => Some((i + 1, today(Clock::Part(Part::Night)))),
            _ => None,
        }
    }

    /// `10:35 a.m.`, `10 p.m.`, `10pm`, `four o’clock`, `at 7:15`, `4 in the morning`.
    fn clock(&self, i: usize) -> Option<(usize, Clock)> {
        let half_day = |end: usize, hour: u8, minute: u8| match self.l.lex(end) {
            Lex::Am if (1..=12).contains(&hour) => Some((end + 1, Clock::At(hour % 12, minute))),
            Lex::Pm if (1..=12).contains(&hour) => Some((end + 1, Clock::At(hour % 12 + 12, minute))),
            _ => None,
        };
        match self.l.lex(i) {
            Lex::Hours(hour, minute) => Some((i + 1, Clock::At(hour, minute))),
            Lex::Clock(hour, minute) => half_day(i + 1, hour, minute).or_else(|| {
                let governed = matches!(self.l.before(i), Lex::At | Lex::By | Lex::Roughly | Lex::Since)
                    || self.l.lex(i + 1) == Lex::Zone;
                governed.then_some((i + 1, Clock::At(hour, minute)))
            }),
            Lex::Number(hour @ 1..=12, 1..=2) => {
                let hour = hour as u8;
                half_day(i + 1, hour, 0).or_else(|| self.spoken(i + 1, hour))
            }
            Lex::Small(hour @ 1..=12) => half_day(i + 1, hour, 0).or_else(|| self.spoken(i + 1, hour)),
            _ => None,
        }
    }

    /// `o’clock`, `in the morning` behind an hour.
    fn spoken(&self, i: usize, hour: u8) -> Option<(usize, Clock)> {
        let (end, hit) = if self.l.lex(i) == Lex::OClock { (i + 1, true) } else { (i, false) };
        if self.l.lex(end) == Lex::In && self.l.lex(end + 1) == Lex::The {
            match self.l.lex(end + 2) {
                Lex::Part(Part::Morning) => return Some((end + 3, Clock::At(hour % 12, 0))),
                Lex::Part(Part::Afternoon | Part::Evening) => return Some((end + 3, Clock::At(hour % 12 + 12, 0))),
                _ => {}
            }
        }
        hit.then_some((end, Clock::At(hour, 0)))
    }

    /// Adds the day that follows a time: `noon Saturday`, `10 a.m. on June 3`.
    fn with_day(&self, i: usize, clock: Clock) -> (usize, Meaning) {
        let day = match self.l.lex(i) {
            Lex::On | Lex::Comma => i + 1,
            _ => i,
        };
        if let Some((end, meaning)) = self.date(day).or_else(|| self.relative(day))
            && is_day(meaning)
            && meaning.clock.is_none()
        {
            return (end, meaning.at(clock));
        }
        (i, Meaning::of(What::Time).at(clock))
    }
}
