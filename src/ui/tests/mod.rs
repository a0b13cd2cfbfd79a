//! The interface as a reader sees it: keys in, screens out.

mod coding;
mod decisions;
mod ledger;
mod screens;
mod session;
mod timeline;
mod tour;
mod windows;
mod workbench;

pub use session::{Session, TEXT};
