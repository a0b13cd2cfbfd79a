//! The state of the program and how events change it: no terminal, no file, no clock. Effects are asked for, not made.

// Counts of rows and items are small; none comes near the sign.
#![allow(clippy::cast_possible_wrap)]

pub mod action;
pub mod arrive;
pub mod book_window;
pub mod cast;
pub mod citation;
pub mod codebook;
pub mod command;
pub mod comparing;
pub mod comparison;
pub mod document;
pub mod effect;
pub mod event;
pub mod explain;
pub mod filter;
pub mod find;
pub mod history;
pub mod hits;
pub mod jumps;
pub mod layers;
pub mod ledger;
pub mod library;
pub mod line;
pub mod listing;
pub mod marking;
pub mod memos;
pub mod mouse;
pub mod overlay;
pub mod parts;
pub mod passages;
pub mod picker;
pub mod places;
pub mod reading;
pub mod review;
pub mod reviewing;
pub mod rows;
pub mod screen;
pub mod search;
pub mod select;
pub mod shared;
pub mod state;
pub mod tags;
pub mod time;
pub mod tour;
pub mod update;

pub use action::{ACTIONS, Action, ActionInfo, Scope};
pub use document::Document;
pub use effect::Effect;
pub use event::{Entry, Event, Mouse, MouseKind, Opened};
pub use places::Return;
pub use screen::{Area, Pane};
pub use state::{Config, State};
pub use update::update;
