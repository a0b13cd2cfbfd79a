//! Two coders side by side.

pub mod comparing;
pub mod comparison;
