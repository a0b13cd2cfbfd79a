//! The state of the program and how events change it: no terminal, no file, no clock. Effects are asked for, not made.

pub mod action;
pub mod effect;
pub mod event;
pub mod line;
pub mod state;
pub mod update;

pub use action::{ACTIONS, Action, ActionInfo, Scope};
pub use effect::Effect;
pub use event::{Entry, Event, Mouse, MouseKind, Opened};
pub use state::{Config, State};
pub use update::update;
