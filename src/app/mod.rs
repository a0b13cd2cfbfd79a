//! The state of the program and how events change it: no terminal, no file, no clock. Effects are asked for, not made.

// Counts of rows and items are small; none comes near the sign.
#![allow(clippy::cast_possible_wrap)]

pub mod action;
pub mod article;
pub mod articles;
pub mod book;
pub mod citation;
pub mod command;
pub mod compare;
pub mod decide;
pub mod effect;
pub mod event;
pub mod explain;
pub mod mouse;
pub mod rows;
pub mod screen;
pub mod seek;
pub mod shared;
pub mod state;
pub mod tour;
pub mod update;
pub mod windows;

pub use action::{ACTIONS, Action, ActionInfo, Scope};
pub use article::document::Document;
pub use articles::places::Return;
pub use effect::Effect;
pub use event::{Entry, Event, Mouse, MouseKind, Opened};
pub use screen::{Area, Pane};
pub use state::{Config, State};
pub use update::update;
