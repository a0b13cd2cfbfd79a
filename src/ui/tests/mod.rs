//! The interface as a reader sees it: keys in, screens out.

mod coding;
mod comparing;
mod decisions;
mod history;
mod ledger;
mod library;
mod screens;
mod session;
mod timeline;
mod tour;
mod windows;
mod workbench;

pub use session::{Session, TEXT};
