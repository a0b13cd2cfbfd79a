//! The only place with side effects: files, the terminal, the clock.

pub mod files;
