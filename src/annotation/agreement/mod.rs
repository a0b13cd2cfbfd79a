//! Agreement between coders: how far two or more readers marked the same words and said the same of them.
//!
//! Every measure is a pure function. Where a measure has no value (nothing was marked, everybody said the same thing of
//! everything) it says why in words and is never a number that is not one.

mod measured;
mod nominal;
mod report;
mod spans;
mod unitised;
mod units;

pub use measured::{Measured, Undefined};
pub use nominal::{alpha, kappa};
pub use report::{Agreement, DocumentCodings, PairAgreement, Settings, measure};
pub use spans::{Counts, Match, count, matches};
pub use unitised::{Lane, UnitisedTerms, lanes, unitised_1995, unitised_2016};
pub use units::{Coding, Unit, Wording, coding, shown_name};
