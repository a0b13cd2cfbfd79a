//! All black-box tests in one binary.

mod commands;
mod dates;
mod fixture;
mod layers;
mod notes;
mod samples;
mod screen;
mod store;
mod terminal;
