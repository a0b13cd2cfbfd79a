//! Words of time that tell no time: `24 hours a day`, `today’s youth`, `the leaders of tomorrow`, `a 1987 Ford`.

use super::calendar::Unit;
use super::expressions::Grammar;
use super::words::Lex;

/// Makers of cars: a year before one is a model, not a time.
pub const MAKES: &[&str] = &[
    "acura",
    "audi",
    "bmw",
    "buick",
    "cadillac",
    "chevrolet",
    "chevy",
    "chrysler",
    "dodge",
    "ferrari",
    "fiat",
    "ford",
    "gmc",
    "honda",
    "hyundai",
    "jaguar",
    "jeep",
    "kia",
    "lexus",
    "lincoln",
    "mazda",
    "mercedes",
    "mitsubishi",
    "nissan",
    "oldsmobile",
    "plymouth",
    "pontiac",
    "porsche",
    "saab",
    "saturn",
    "subaru",
    "suzuki",
    "toyota",
    "volkswagen",
    "volvo",
];

/// What is `today’s` for years, not on this day.
const OF_THE_AGE: &[&str] = &[
    "age",
    "children",
    "culture",
    "economy",
    "environment",
    "generation",
    "kids",
    "money",
    "politics",
    "society",
    "standards",
    "teenagers",
    "terms",
    "world",
    "young",
    "youth",
];

/// What is `of tomorrow`, but not of the next day.
const TO_COME: &[&str] = &["city", "cities", "leaders", "men", "people", "women", "world", "workers"];

impl Grammar<'_> {
    /// Tells whether the words at lexeme `i` look like a time and tell none.
    pub fn is_no_time(&self, i: usize) -> bool {
        match self.l.lex(i) {
            Lex::Today | Lex::Tomorrow => {
                let age = self.l.lex(i + 1) == Lex::Possessive && self.is(i + 2, OF_THE_AGE);
                let of = i >= 2 && self.l.lex(i - 1) == Lex::Of && self.is(i - 2, TO_COME);
                age || of
            }
            Lex::A => i.checked_sub(2).is_some_and(|from| self.is_always(from)),
            _ => self.is_always(i),
        }
    }

    /// `24 hours a day`, `seven days a week`: all the time.
    fn is_always(&self, i: usize) -> bool {
        let all = match self.l.lex(i) {
            Lex::Number(24, _) if matches!(self.l.lex(i + 1), Lex::Units(Unit::Hour)) => Unit::Day,
            Lex::Number(7, _) | Lex::Small(7) if matches!(self.l.lex(i + 1), Lex::Units(Unit::Day)) => Unit::Week,
            _ => return false,
        };
        self.l.lex(i + 2) == Lex::A && self.l.lex(i + 3) == Lex::Unit(all)
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::time::tests::check;

    #[test]
    fn joins_what_is_one_date() {
        check("Prices rise through the first two quarters of 2018.", &[("the first two quarters of 2018", "2018-H1")]);
        check("Net for the year-earlier nine months rose.", &[("the year-earlier nine months", "P9M")]);
    }

    #[test]
    fn leaves_idioms_alone() {
        check(
            "The shop is open 24 hours a day, seven days a week. He works eight hours a day.",
            &[("eight hours", "PT8H"), ("a day", "P1D")],
        );
        check("It matters in today’s world and to the leaders of tomorrow.", &[]);
        check("It was in today’s paper.", &[("today", "2017-06-06")]);
        check("She drove a 1987 Ford to the future of farming.", &[]);
        check("They sell at the then current price.", &[]);
        check(
            "In Easter week it snowed, and in the months that followed.",
            &[("Easter week", "2017-W15"), ("the months", "PXM")],
        );
        check("Over the years it grew.", &[("the years", "PXY")]);
    }
}
