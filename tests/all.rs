//! All black-box tests in one binary.

mod agreement;
mod coders;
mod commands;
mod dates;
mod exports;
mod fixture;
mod genres;
mod journal;
mod kill;
mod layers;
mod notes;
mod pages;
mod parts;
mod samples;
mod screen;
mod session;
mod speakers;
mod store;
mod tasks;
mod terminal;
mod workbench;
