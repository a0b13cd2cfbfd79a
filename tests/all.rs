//! All black-box tests in one binary.

mod agreement;
mod coders;
mod commands;
mod fixture;
mod notes;
mod store;
