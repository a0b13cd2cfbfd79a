//! What a date expression means before anybody knows the article's date.

use super::calendar::{Point, Season, Unit};
use super::words::{Feast, Part};

/// What an expression means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    /// The stretch it names.
    pub what: What,
    /// Which part of the stretch, where only a part is meant.
    pub edge: Edge,
    /// The time of the day, where it names one.
    pub clock: Option<Clock>,
}

/// The stretch that an expression names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A point that needs no reference: `June 3, 2017`.
    Fixed(Point),
    /// A point that comes again and again: `Tuesday`, `in June`, `third-quarter`.
    Cycle(Cycle, Which),
    /// `n` units from the article's date: `yesterday`, `last week`, `two years ago`.
    Shift(Unit, i32),
    /// `n` units from the date named before: `a week later`, `the following year`.
    FocusShift(Unit, i32),
    /// The unit of the date named before: `that year`, `the quarter`.
    Focus(Unit),
    /// The latest finished unit: `the latest quarter`.
    Latest(Unit),
    /// The week that holds a day of a month or a feast: `the week of March 6`, `Easter week`.
    WeekOf(Cycle),
    /// The period spoken of, in this year: `the 1988 period`.
    PeriodIn(i16),
    /// The period named before, a year back: `a year earlier`.
    YearBefore,
    /// A time of the day whose day is to be found.
    Time,
    /// The day of an event of this article: `the day of the attack`.
    Event,
    /// Only past, present or future.
    Vague(Vague),
    /// A length of time.
    Length(Amount),
    /// Something that recurs each `Amount`.
    Every(Amount),
    /// Something that recurs with the cycle: `every Tuesday`.
    EveryCycle(Cycle),
}

/// A point that comes again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cycle {
    /// A weekday, Monday is 0.
    Weekday(u8),
    /// A month.
    Month(u8),
    /// A day of a month.
    MonthDay(u8, u8),
    /// A day of a weekday and a date, whose year is open: the weekday (Monday is 0), month, day.
    Dated(u8, u8, u8),
    /// A season.
    Season(Season),
    /// A quarter of the year.
    Quarter(u8),
    /// A half of the year.
    Half(u8),
    /// A feast.
    Feast(Feast),
    /// The evening before a feast.
    Eve(Feast),
    /// The weekend.
    Weekend,
}

/// Which one of a cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Nothing says: tense and custom decide.
    Open,
    /// The last one.
    Last,
    /// The next one.
    Next,
    /// The one of the current week or year.
    This,
    /// The one of the year so many years on: `June last year`.
    Year(i32),
    /// The one of this year of the calendar: `Christmas 1989`.
    In(i16),
    /// The one of the year named before: `in June of that year`.
    FocusYear,
    /// The one before the date named before: `the previous Friday`.
    BeforeFocus,
    /// The one after the date named before.
    AfterFocus,
    /// The one a year before the one that was named: `the year-ago quarter`.
    YearBefore,
}

/// Which part of a stretch is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// All of it.
    Whole,
    /// Its first half.
    Early,
    /// Its middle half.
    Mid,
    /// Its second half.
    Late,
    /// Its beginning.
    Start,
    /// Its end.
    End,
    /// From its beginning to the article's date: `earlier this year`.
    SoFar,
    /// From the article's date to its end: `later this year`.
    Rest,
}

/// A time of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// Hour (0 to 24) and minute.
    At(u8, u8),
    /// A part of the day.
    Part(Part),
}

/// A time that is only past, present or future.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vague {
    /// `PAST_REF`
    Past,
    /// `PRESENT_REF`
    Present,
    /// `FUTURE_REF`
    Future,
}

/// A length of time in halves of a unit, so that `2 1/2 years` is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// Twice the number of units; `None` where it is vague (`several`).
    pub halves: Option<u32>,
    /// The unit.
    pub unit: Unit,
}

impl Meaning {
    /// Makes the meaning of a whole stretch.
    pub fn of(what: What) -> Self {
        Self { what, edge: Edge::Whole, clock: None }
    }

    /// The same with this edge.
    #[must_use]
    pub fn edge(self, edge: Edge) -> Self {
        Self { edge, ..self }
    }

    /// The same with this time of the day.
    #[must_use]
    pub fn at(self, clock: Clock) -> Self {
        Self { clock: Some(clock), ..self }
    }
}

impl Amount {
    /// Makes an amount of `n` whole units.
    pub fn whole(n: u32, unit: Unit) -> Self {
        Self { halves: Some(n.saturating_mul(2)), unit }
    }

    /// Makes a vague amount.
    pub fn vague(unit: Unit) -> Self {
        Self { halves: None, unit }
    }

    /// Returns the whole units, or `None` where it is vague or no whole number.
    pub fn units(self) -> Option<u32> {
        self.halves.filter(|halves| halves.is_multiple_of(2)).map(|halves| halves / 2)
    }

    /// Returns the TIMEX3 value: `P3D`, `PT5H30M`, `PXY`.
    pub fn value(self) -> String {
        let (prefix, letter, size, half) = match self.unit {
            Unit::Second => ("PT", "S", 1, ".5S"),
            Unit::Minute => ("PT", "M", 1, "30S"),
            Unit::Hour => ("PT", "H", 1, "30M"),
            Unit::Day => ("P", "D", 1, "T12H"),
            Unit::Weekend => ("P", "WE", 1, ""),
            Unit::Week => ("P", "W", 1, ""),
            Unit::Month => ("P", "M", 1, ""),
            Unit::Quarter => ("P", "Q", 1, ""),
            Unit::Half => ("P", "M", 6, "3M"),
            Unit::Year => ("P", "Y", 1, "6M"),
            Unit::Decade => ("P", "Y", 10, "5Y"),
            Unit::Century => ("P", "Y", 100, "50Y"),
        };
        match self.halves {
            None => match self.unit {
                Unit::Decade => "PXE".to_owned(),
                Unit::Century => "PXC".to_owned(),
                _ => format!("{prefix}X{letter}"),
            },
            Some(halves) if halves.is_multiple_of(2) => {
                format!("{prefix}{}{letter}", u64::from(halves / 2) * size)
            }
            Some(halves) => match self.unit {
                Unit::Decade | Unit::Century => format!("P{}Y", u64::from(halves) * size / 2),
                Unit::Day | Unit::Week | Unit::Month | Unit::Quarter | Unit::Weekend | Unit::Second | Unit::Half => {
                    format!("{prefix}{}.5{letter}", halves / 2)
                }
                _ if halves == 1 && self.unit == Unit::Year => "P6M".to_owned(),
                _ if halves == 1 && self.unit == Unit::Hour => "PT30M".to_owned(),
                _ if halves == 1 => format!("{prefix}{half}"),
                _ => format!("{prefix}{}{letter}{half}", halves / 2),
            },
        }
    }
}
