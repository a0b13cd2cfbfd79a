//! The open article: its texts, moving in it, and selecting what stands in it.

pub mod document;
pub mod layers;
pub mod marking;
pub mod parts;
pub mod reading;
pub mod select;
pub mod time;
