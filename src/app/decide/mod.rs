//! What the reader decides: each thing a named step that can be taken back.

pub mod cast;
pub mod filter;
pub mod history;
pub mod ledger;
pub mod memos;
pub mod passages;
pub mod review;
pub mod reviewing;
pub mod tags;
