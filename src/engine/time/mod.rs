//! Time: date expressions, the article's own date, and when each quotation was said.

use super::analysis::{Options, Page};
use super::quotes::{Evidence, Quote};
use crate::text::{Clean, Span};
use jiff::civil::Date;

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

/// Finds the date expressions of `page`, not yet resolved.
pub fn expressions(_page: &Page) -> Vec<Timex> {
    Vec::new()
}

/// Finds the article's date and gives every expression its value and days.
pub fn resolve(_page: &Page, timexes: Vec<Timex>, _options: &Options) -> (Vec<Timex>, DocumentDate) {
    (timexes, DocumentDate::default())
}

/// Gives each quotation the time at which it was said.
pub fn date_quotes(_page: &Page, _quotes: &mut [Quote], _timexes: &[Timex], _date: &DocumentDate) {}
