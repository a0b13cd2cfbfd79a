//! Agreement between coders: how far two or more readers marked the same words and said the same of them.
//!
//! Every measure is a pure function. Where a measure has no value (nothing was marked, everybody said the same thing of
//! everything) it says why in words and is never a number that is not one.

mod nominal;
mod report;
mod spans;
mod unitised;
mod units;

pub use nominal::{alpha, kappa};
pub use report::{Agreement, DocumentCodings, PairAgreement, Settings, measure};
pub use spans::{Counts, Match, count, matches};
pub use unitised::{Lane, UnitisedTerms, lanes, unitised_1995, unitised_2016};
pub use units::{Coding, Unit, Wording, coding, shown_name};

/// A measure, or why it has no value.
pub type Measured = Result<f64, Undefined>;

/// Why a measure has no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Undefined {
    /// Agreement needs two.
    #[error("only one coder")]
    OneCoder,
    /// Nobody marked anything.
    #[error("nobody marked anything here")]
    NothingMarked,
    /// There is no unit that two coders have.
    #[error("there is nothing that two coders both decided on")]
    NoUnits,
    /// All values are the same one, so there is nothing that chance could get wrong.
    #[error("everybody said the same of every unit ({0}); chance alone would agree as well")]
    OneValue(String),
    /// The expected disagreement is nil for another reason.
    #[error("chance could not disagree here (a text of one character, or one unit that is the whole text)")]
    NoVariation,
}
