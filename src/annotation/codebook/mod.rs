//! The codebook: the tags of a project as a tree, kept in a TOML file that a person may write too.

mod book;
mod paper;
mod qdc;
mod retag;
mod step;
mod table;
mod tag;
#[cfg(test)]
mod tests;

pub use book::{Codebook, Refused};
pub use qdc::{codes as qdc_codes, read as read_qdc, write as write_qdc};
pub use retag::Retag;
pub use step::Step;
pub use table::{read as read_csv, write as write_csv};
pub use tag::{Role, Tag, colour};
