//! An edit: named changes to the notes, each with what was before, so that its inverse is at hand.

use super::model::{Annotations, ArticleNote, NoteId, PassageNote, QuoteNote, SpeakerNote};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// One note before and after. `None` before is a new note, `None` after a removed one.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A note on a quotation.
    Quote {
        /// As it was.
        before: Option<Box<QuoteNote>>,
        /// As it is to be.
        after: Option<Box<QuoteNote>>,
    },
    /// A note on a speaker.
    Speaker {
        /// As it was.
        before: Option<Box<SpeakerNote>>,
        /// As it is to be.
        after: Option<Box<SpeakerNote>>,
    },
    /// A note on a tagged stretch.
    Passage {
        /// As it was.
        before: Option<Box<PassageNote>>,
        /// As it is to be.
        after: Option<Box<PassageNote>>,
    },
    /// The note on the article.
    Article {
        /// As it was.
        before: Box<ArticleNote>,
        /// As it is to be.
        after: Box<ArticleNote>,
    },
}

/// What a reader did in one step, in words, and the changes it made.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit {
    /// In words: `accepted “I don’t think …”`.
    pub name: String,
    /// When.
    pub at: Timestamp,
    /// The changes in order.
    pub changes: Vec<Change>,
}

/// An edit does not fit the notes: something is not as it was before.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{edit}: the note it changes is not as it was")]
pub struct Conflict {
    /// The name of the edit.
    pub edit: String,
}

impl Edit {
    /// Returns the edit that takes this one back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        let changes = self.changes.iter().rev().map(Change::inverse).collect();
        Self { name: self.name.clone(), at: self.at, changes }
    }
}

impl Change {
    fn inverse(&self) -> Self {
        match self.clone() {
            Self::Quote { before, after } => Self::Quote { before: after, after: before },
            Self::Speaker { before, after } => Self::Speaker { before: after, after: before },
            Self::Passage { before, after } => Self::Passage { before: after, after: before },
            Self::Article { before, after } => Self::Article { before: after, after: before },
        }
    }
}

impl Annotations {
    /// Makes all changes of `edit` and returns its inverse; or makes none of them where one does not fit.
    pub fn apply(&mut self, edit: &Edit) -> Result<Edit, Conflict> {
        for (made, change) in edit.changes.iter().enumerate() {
            if !self.change(change) {
                // What was made just now fits backwards: each change left exactly its `after`.
                for change in edit.changes[..made].iter().rev() {
                    self.change(&change.inverse());
                }
                return Err(Conflict { edit: edit.name.clone() });
            }
        }
        Ok(edit.inverse())
    }

    /// Makes one change; false where what it expects is not there.
    fn change(&mut self, change: &Change) -> bool {
        match change {
            Change::Quote { before, after } => {
                swap(&mut self.quotes, before.as_deref(), after.as_deref(), |note: &QuoteNote| note.id)
            }
            Change::Speaker { before, after } => {
                swap(&mut self.speakers, before.as_deref(), after.as_deref(), |note: &SpeakerNote| note.id)
            }
            Change::Passage { before, after } => {
                swap(&mut self.passages, before.as_deref(), after.as_deref(), |note: &PassageNote| note.id)
            }
            Change::Article { before, after } => {
                let fits = self.article == **before;
                if fits {
                    self.article = (**after).clone();
                }
                fits
            }
        }
    }
}

fn swap<T: Clone + PartialEq>(
    notes: &mut BTreeMap<NoteId, T>,
    before: Option<&T>,
    after: Option<&T>,
    id: impl Fn(&T) -> NoteId,
) -> bool {
    let fits = before.is_none_or(|before| notes.get(&id(before)) == Some(before));
    // A new id must be free; one that stays is its own.
    let stays = before.zip(after).is_some_and(|(before, after)| id(before) == id(after));
    let free = stays || after.is_none_or(|after| !notes.contains_key(&id(after)));
    let fits = fits && free;
    if fits {
        if let Some(before) = before {
            notes.remove(&id(before));
        }
        if let Some(after) = after {
            notes.insert(id(after), after.clone());
        }
    }
    fits
}
