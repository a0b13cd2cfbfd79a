//! Time: date expressions, the article's own date, and when each quotation was said.

// Figures of dates are small; none comes near the sign.
#![allow(clippy::cast_possible_wrap)]

mod calendar;
mod cycles;
mod dates;
mod document;
mod events;
mod expressions;
mod figures;
mod governs;
mod idioms;
mod lengths;
mod lexemes;
mod meaning;
mod occasions;
mod periods;
mod relative;
mod resolve;
mod said_at;
mod scenes;
mod shorthand;
mod tense;
#[cfg(test)]
mod tests;
mod times;
mod typed;
mod values;
mod verbs;
mod word_table;
mod words;

use super::quotes::Evidence;
use crate::text::{Clean, Span};
use jiff::civil::Date;

pub use expressions::expressions;
pub use meaning::Meaning;
pub use resolve::resolve;
pub use said_at::date_quotes;
pub use typed::{ambiguity, parse_typed};

/// The months in full, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Days from `from` to `to`, both counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// First day.
    pub from: Date,
    /// Last day, not before `from`.
    pub to: Date,
}

impl Interval {
    /// Makes the interval of one day.
    pub fn day(day: Date) -> Self {
        Self { from: day, to: day }
    }
}

/// A date expression (TIMEX3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timex {
    /// The bytes of the expression.
    pub span: Span<Clean>,
    /// Its type.
    pub kind: TimexType,
    /// Its TIMEX3 value (ISO 8601, `2017-W23`, `2017-SU`, `PRESENT_REF`, `P3D`); empty before it is resolved.
    pub value: String,
    /// The days it names, where it names days.
    pub interval: Option<Interval>,
    /// What it means before anybody knows the article's date.
    pub meaning: Meaning,
}

/// A TIMEX3 type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimexType {
    /// A day or anything longer on the calendar.
    Date,
    /// A time of the day.
    Time,
    /// A length of time.
    Duration,
    /// Something that recurs.
    Set,
}

impl TimexType {
    /// Returns the TIMEX3 name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
}

/// The article's date (document creation time).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DocumentDate {
    /// The days in which it must lie; `None` where nothing tells.
    pub interval: Option<Interval>,
    /// The likeliest day of them, from which relative expressions are counted; `None` where the days are too many to tell.
    pub best: Option<Date>,
    /// Where that is from.
    pub from: DateFrom,
    /// Why, in words a person can check.
    pub evidence: Vec<Evidence>,
}

/// Where an article's date is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum DateFrom {
    /// Somebody gave it.
    Given,
    /// The source states it.
    Metadata,
    /// It was inferred from the text.
    Text,
    /// Nothing tells.
    #[default]
    Unknown,
}

/// When a quotation was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaidAt {
    /// The days in which it was said.
    pub interval: Interval,
    /// The expression that says so, where one does.
    pub span: Option<Span<Clean>>,
    /// Why, in words a person can check.
    pub evidence: Vec<Evidence>,
}
