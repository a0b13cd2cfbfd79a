//! The windows above the panes: which there are, lists to choose from, and what is typed in them.

pub mod fuzzy;
pub mod line;
pub mod overlay;
pub mod picker;
