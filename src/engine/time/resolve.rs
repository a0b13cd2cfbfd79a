//! Gives every date expression its value and its days, once the article's date is known.

use super::calendar::{Point, Unit, add_days, date, days_between, week_start, weekday};
use super::cycles::{dated, in_year, yearly};
use super::meaning::{Clock, Cycle, Edge, Meaning, Vague, What, Which};
use super::tense::{self, Tense};
use super::values::{open_value, unknown, with_clock};
use super::{DocumentDate, Interval, Timex, TimexType, document, events};
use crate::engine::analysis::Options;
use crate::engine::page::Page;
use jiff::civil::Date;

/// Finds the article's date and gives every expression its value and days.
pub fn resolve(page: &Page, mut timexes: Vec<Timex>, options: &Options) -> (Vec<Timex>, DocumentDate) {
    let document = document::find(page, &timexes, options);
    // `soon became a flood` tells an order of events, no future.
    timexes.retain(|timex| {
        timex.meaning.what != What::Vague(Vague::Future)
            || !timex.span.of(page.text).eq_ignore_ascii_case("soon")
            || !tense::of(page, timex.span).is_past()
    });
    let tenses: Vec<Tense> = timexes
        .iter()
        .map(|timex| if needs_tense(timex.meaning) { tense::of(page, timex.span) } else { Tense::Open })
        .collect();
    let resolved = pass(&timexes, &tenses, document.best);
    // Where the article's date is only known to lie between two days, so is what is told from it.
    let ends = document.interval.filter(|days| document.best.is_some() && days.from != days.to);
    let others = ends.map(|days| [pass(&timexes, &tenses, Some(days.from)), pass(&timexes, &tenses, Some(days.to))]);
    for (n, (timex, mut found)) in timexes.iter_mut().zip(resolved).enumerate() {
        for other in others.iter().flatten() {
            if let (Some(days), Some(more)) = (found.interval, other.get(n).and_then(|other| other.interval)) {
                found.interval = Some(Interval { from: days.from.min(more.from), to: days.to.max(more.to) });
            }
        }
        (timex.value, timex.interval, timex.kind) = (found.value, found.interval, found.kind);
    }
    events::bind(page, &mut timexes);
    (timexes, document)
}

/// What one expression came to.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// Its TIMEX3 value.
    pub value: String,
    /// Its days.
    pub interval: Option<Interval>,
    /// Its type.
    pub kind: TimexType,
}

/// Resolves one expression that stands alone.
pub fn alone(meaning: Meaning, reference: Option<Date>, tense: Tense) -> Resolved {
    Resolver::new(reference).resolve(meaning, tense)
}

fn needs_tense(meaning: Meaning) -> bool {
    matches!(meaning.what, What::Cycle(_, Which::Open | Which::YearBefore) | What::WeekOf(..))
}

fn pass(timexes: &[Timex], tenses: &[Tense], reference: Option<Date>) -> Vec<Resolved> {
    let mut resolver = Resolver::new(reference);
    timexes.iter().zip(tenses).map(|(timex, &tense)| resolver.resolve(timex.meaning, tense)).collect()
}

/// What was named so far.
struct Resolver {
    /// The article's date.
    reference: Option<Date>,
    /// The date named last.
    focus: Option<Point>,
    /// The quarter, half or year that is being reported on.
    period: Option<Point>,
}

impl Resolver {
    fn new(reference: Option<Date>) -> Self {
        Self { reference, focus: None, period: None }
    }

    fn resolve(&mut self, meaning: Meaning, tense: Tense) -> Resolved {
        let kind = super::expressions::kind(meaning);
        let plain = |value: String| Resolved { value, interval: None, kind };
        match meaning.what {
            What::Length(amount) => {
                // Behind `the nine months`, `the year ended`, `a year earlier` is a year and no quarter.
                let report =
                    matches!((amount.unit, amount.units()), (Unit::Month, Some(6 | 9)) | (Unit::Year, Some(1)));
                if let (true, Some(_), Some(day)) = (report, self.period, self.reference) {
                    self.period = Some(Point::Year(day.year()));
                }
                plain(amount.value())
            }
            What::Every(amount) => match meaning.clock {
                Some(Clock::Part(part)) => plain(format!("XXXX-XX-XX{}", part.code())),
                _ => plain(amount.value()),
            },
            What::EveryCycle(cycle) => plain(with_clock(open_value(cycle), meaning.clock)),
            What::Vague(vague) => plain(
                match vague {
                    Vague::Past => "PAST_REF",
                    Vague::Present => "PRESENT_REF",
                    Vague::Future => "FUTURE_REF",
                }
                .to_owned(),
            ),
            what => match self.point(what, tense) {
                Some(point) => {
                    let resolved = Resolved {
                        value: with_clock(point.value(), meaning.clock),
                        interval: Some(edge_days(point, meaning.edge, self.reference)),
                        kind,
                    };
                    self.remember(what, point, tense);
                    resolved
                }
                None => plain(with_clock(unknown(what), meaning.clock)),
            },
        }
    }

    fn remember(&mut self, what: What, point: Point, tense: Tense) {
        // The period that a report is about is one that is over, and not long over.
        let days = point.days();
        let reported = self.reference.is_none_or(|day| days.to <= add_days(day, 7) && days.to >= add_days(day, -300));
        let compared = matches!(what, What::YearBefore | What::PeriodIn(_) | What::Cycle(_, Which::YearBefore));
        // A fiscal quarter may be reported before the calendar's is over: `fourth-quarter earnings fell`.
        let first = self.period.is_none()
            && !tense.is_future()
            && self.reference.is_some_and(|day| days.from <= day && day <= days.to);
        // The report goes on being about its own period where it looks back on an earlier one.
        let earlier = matches!((self.period, point), (Some(period @ Point::Quarter(..)), Point::Quarter(..))
            if days.to < period.days().from);
        if matches!(point, Point::Quarter(..) | Point::Half(..)) && (reported || first) && !compared && !earlier {
            self.period = Some(point);
        }
        // `9/11` names what happened; the story is not there.
        let named = point == Point::Day(date(2001, 9, 11));
        if !named && !matches!(what, What::YearBefore | What::Time | What::Cycle(_, Which::YearBefore)) {
            self.focus = Some(point);
        }
    }

    fn point(&self, what: What, tense: Tense) -> Option<Point> {
        match what {
            What::Fixed(point) => Some(point),
            What::Cycle(cycle, which) => self.cycle(cycle, which, tense),
            What::Shift(unit, n) => Some(Point::holding(self.reference?, unit).shifted(n)),
            What::FocusShift(unit, n) => {
                let from = match self.focus {
                    Some(point) => {
                        let days = point.days();
                        if n < 0 { days.from } else { days.to }
                    }
                    None => self.reference?,
                };
                Some(Point::holding(from, unit).shifted(n))
            }
            What::Focus(Unit::Quarter) | What::Latest(Unit::Quarter) => self.quarter(),
            What::Focus(unit) => {
                let from = self.focus.map(|point| point.days().from).or(self.reference)?;
                // A day of a month that is all we know stays that month.
                match self.focus {
                    Some(point) if point.unit() > unit => Some(point),
                    _ => Some(Point::holding(from, unit)),
                }
            }
            What::Latest(unit) => Some(Point::holding(self.reference?, unit).shifted(-1)),
            What::WeekOf(cycle) => match self.cycle(cycle, Which::Open, tense)? {
                Point::Day(day) => Some(Point::Week(day)),
                _ => None,
            },
            What::PeriodIn(year) => Some(match self.period {
                Some(Point::Quarter(_, quarter)) => Point::Quarter(year, quarter),
                Some(Point::Half(_, half)) => Point::Half(year, half),
                _ => Point::Year(year),
            }),
            What::YearBefore => {
                Some(self.period.map_or_else(|| self.reference.map(|day| Point::Year(day.year())), Some)?.years_on(-1))
            }
            What::Time => match self.focus {
                Some(Point::Day(day)) => Some(Point::Day(day)),
                _ => self.reference.map(Point::Day),
            },
            What::Length(_) | What::Every(_) | What::EveryCycle(_) | What::Vague(_) | What::Event => None,
        }
    }

    /// The quarter that is being reported on, else the last one that is over.
    fn quarter(&self) -> Option<Point> {
        match self.period {
            Some(point @ Point::Quarter(..)) => Some(point),
            _ => Some(Point::holding(self.reference?, Unit::Quarter).shifted(-1)),
        }
    }

    fn cycle(&self, cycle: Cycle, which: Which, tense: Tense) -> Option<Point> {
        let focus = self.focus.map(super::calendar::Point::days);
        match which {
            Which::In(year) => return Some(in_year(cycle, year)),
            Which::FocusYear => {
                let year = focus.map(|days| days.from).or(self.reference)?.year();
                return Some(in_year(cycle, year));
            }
            Which::YearBefore => return Some(self.cycle(cycle, Which::Open, Tense::Past)?.years_on(-1)),
            _ => {}
        }
        let reference = match which {
            Which::BeforeFocus | Which::AfterFocus => focus.map(|days| days.from).or(self.reference)?,
            _ => self.reference?,
        };
        match cycle {
            Cycle::Weekday(day) => {
                let last = |strict: bool| {
                    let back = (weekday(reference) - i32::from(day)).rem_euclid(7);
                    add_days(reference, if back == 0 && strict { -7 } else { -back })
                };
                let next = |strict: bool| {
                    let on = (i32::from(day) - weekday(reference)).rem_euclid(7);
                    add_days(reference, if on == 0 && strict { 7 } else { on })
                };
                Some(Point::Day(match which {
                    Which::Last | Which::BeforeFocus => last(true),
                    Which::Next | Which::AfterFocus => next(true),
                    Which::This => add_days(week_start(reference), i32::from(day)),
                    _ if tense.is_future() => next(false),
                    _ => last(false),
                }))
            }
            Cycle::Weekend => {
                let week = Point::Weekend(reference);
                Some(match which {
                    Which::Last => week.shifted(-1),
                    Which::Next => week.shifted(1),
                    Which::This => week,
                    // Of a week that has not come to its weekend, the one before is meant.
                    _ if week.days().from > reference && !tense.is_future() => week.shifted(-1),
                    _ => week,
                })
            }
            Cycle::Dated(day, month, n) => Some(Point::Day(dated(day, month, n, reference, tense))),
            cycle => Some(yearly(cycle, which, tense, reference)),
        }
    }
}

/// Returns the days of an edge of `point`. Early and late are halves, mid the two middle quarters, start and end a sixth.
fn edge_days(point: Point, edge: Edge, reference: Option<Date>) -> Interval {
    let days = point.days();
    let length = days_between(days.from, days.to);
    let cut = |from: i32, to: i32| Interval { from: add_days(days.from, from), to: add_days(days.from, to.max(from)) };
    // Of years, halves are of six months.
    if let (Point::Year(year), Edge::Early | Edge::Mid | Edge::Late) = (point, edge) {
        let (first, last) = match edge {
            Edge::Early => (1, 6),
            Edge::Mid => (4, 9),
            _ => (7, 12),
        };
        return Interval { from: date(year, first, 1), to: date(year, last, 1).last_of_month() };
    }
    match edge {
        _ if length == 0 => days,
        Edge::Whole => days,
        Edge::Early => cut(0, length / 2),
        Edge::Late => cut(length / 2 + 1, length),
        Edge::Mid => cut(length / 4, length - length / 4),
        Edge::Start => cut(0, length / 6),
        Edge::End => cut(length - length / 6, length),
        Edge::SoFar => match reference {
            Some(day) if day >= days.from && day <= days.to => Interval { from: days.from, to: day },
            _ => days,
        },
        Edge::Rest => match reference {
            Some(day) if day >= days.from && day <= days.to => Interval { from: day, to: days.to },
            _ => days,
        },
    }
}
