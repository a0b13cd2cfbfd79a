//! Searching: in the text, and in all articles.

pub mod find;
pub mod hits;
pub mod search;
