//! All black-box tests in one binary.

mod commands;
mod dates;
mod fixture;
mod layers;
mod notes;
mod screen;
mod session;
mod store;
mod terminal;
