//! The state of the program and how events change it: no terminal, no file, no clock. Effects are asked for, not made.

pub mod effect;
pub mod event;

pub use effect::Effect;
pub use event::{Entry, Event, Mouse, MouseKind, Opened};
