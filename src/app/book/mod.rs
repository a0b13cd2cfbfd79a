//! The codebook: every change of it, and its window.

pub mod book_window;
pub mod codebook;
