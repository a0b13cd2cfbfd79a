//! What a change of the codebook means for the annotations that carry a tag.

use crate::annotation::{Annotations, Change, Edit, NoteId};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// A tag becomes another, or goes, in all notes that carry it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retag {
    /// What was done, in words.
    pub name: String,
    /// The tag that notes carry so far.
    pub from: String,
    /// The one they carry now; none where it was removed.
    pub to: Option<String>,
    /// Where it holds for some notes only: which.
    pub only: Option<BTreeSet<NoteId>>,
}

impl Retag {
    pub(super) fn new(name: String, from: &str, to: Option<String>) -> Self {
        Self { name, from: from.to_owned(), to, only: None }
    }

    /// Returns the edit that makes one article's notes follow, or `None` where none carries the tag. The new tag takes
    /// the old one's place in the list, and stands in it once.
    pub fn edit(&self, notes: &Annotations, at: Timestamp) -> Option<Edit> {
        let concerned = notes.quotes.values().filter(|note| {
            note.tags.contains(&self.from) && self.only.as_ref().is_none_or(|only| only.contains(&note.id))
        });
        let changes: Vec<Change> = concerned
            .map(|note| {
                let mut after = note.clone();
                after.tags.clear();
                for tag in &note.tags {
                    let tag = if *tag == self.from { self.to.as_ref() } else { Some(tag) };
                    if let Some(tag) = tag.filter(|tag| !after.tags.contains(tag)) {
                        after.tags.push(tag.clone());
                    }
                }
                after.modified = at;
                Change::Quote { before: Some(Box::new(note.clone())), after: Some(Box::new(after)) }
            })
            .filter(|change| !matches!(change, Change::Quote { before, after } if before == after))
            .collect();
        (!changes.is_empty()).then(|| Edit { name: self.name.clone(), at, changes })
    }
}
