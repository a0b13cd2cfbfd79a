//! All black-box tests in one binary.

mod commands;
mod dates;
mod fixture;
mod notes;
mod store;
