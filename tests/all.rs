//! All black-box tests in one binary.

mod agreement;
mod coders;
mod commands;
mod dates;
mod fixture;
mod journal;
mod kill;
mod layers;
mod notes;
mod samples;
mod screen;
mod session;
mod store;
mod terminal;
mod workbench;
