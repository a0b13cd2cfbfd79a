//! The only place that touches the world: files, the terminal, its signals and input, the threads, the clock.

mod disk;
pub mod files;
pub mod input;
mod mail;
mod paper;
mod terminal;
pub mod user;
mod worker;
