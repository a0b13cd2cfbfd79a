//! All black-box tests in one binary.

mod commands;
mod fixture;
mod notes;
mod store;
