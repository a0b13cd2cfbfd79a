//! The list of articles, and the places in them to go to and to come back to.

pub mod arrive;
pub mod jumps;
pub mod library;
pub mod listing;
pub mod places;
