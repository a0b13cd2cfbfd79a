//! What a change of the codebook means for the annotations that carry a tag.

use crate::annotation::{Annotations, Change, Edit, NoteId, PassageNote, QuoteNote};
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
        let concerned = |id: NoteId, tags: &[String]| {
            tags.contains(&self.from) && self.only.as_ref().is_none_or(|only| only.contains(&id))
        };
        let quotes = notes.quotes.values().filter(|note| concerned(note.id, &note.tags)).map(|note| {
            let after = QuoteNote { tags: self.tags(&note.tags), modified: at, ..note.clone() };
            Change::Quote { before: Some(Box::new(note.clone())), after: Some(Box::new(after)) }
        });
        let passages = notes.passages.values().filter(|note| concerned(note.id, &note.tags)).map(|note| {
            let after = PassageNote { tags: self.tags(&note.tags), modified: at, ..note.clone() };
            // A passage is there for its tags and memo: without either it goes.
            let after = (!after.tags.is_empty() || after.memo.is_some()).then(|| Box::new(after));
            Change::Passage { before: Some(Box::new(note.clone())), after }
        });
        let same = |change: &Change| match change {
            Change::Quote { before, after } => before == after,
            Change::Passage { before, after } => before == after,
            Change::Speaker { .. } | Change::Article { .. } => false,
        };
        let changes: Vec<Change> = quotes.chain(passages).filter(|change| !same(change)).collect();
        (!changes.is_empty()).then(|| Edit { name: self.name.clone(), at, changes })
    }

    /// Returns these tags with the new one in the place of the old.
    fn tags(&self, tags: &[String]) -> Vec<String> {
        let mut out: Vec<String> = Vec::with_capacity(tags.len());
        for tag in tags {
            let tag = if *tag == self.from { self.to.as_ref() } else { Some(tag) };
            if let Some(tag) = tag.filter(|tag| !out.contains(tag)) {
                out.push(tag.clone());
            }
        }
        out
    }
}
