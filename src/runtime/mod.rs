//! The only place that touches the world: the terminal, its signals and input, the worker, the disk, the clock.

mod disk;
pub mod input;
mod mail;
mod paper;
mod terminal;
pub mod user;
mod worker;
