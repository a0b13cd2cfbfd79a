//! A value that a measure has, or the reason why it has none.

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
