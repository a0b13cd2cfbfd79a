//! The only place that touches the world: files, the terminal, its signals and input, the threads, the clock.

mod articles;
mod disk;
pub mod exports;
pub mod files;
pub mod input;
mod items;
mod mail;
pub mod ordered;
mod paper;
pub mod samples;
mod seeker;
pub mod session;
mod terminal;
pub mod user;
mod worker;

pub use articles::Request;
