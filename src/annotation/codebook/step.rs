//! A step of the codebook: a change of the tags together with the notes that follow it, in all articles, and the way back.

use super::retag::Retag;
use crate::annotation::{Annotations, Change, Conflict, Edit, History, QuoteNote};
use jiff::Timestamp;

/// One change of the codebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What was done, in words. The edits of the notes bear the same name and the same moment: that is how they are found.
    pub name: String,
    /// When.
    pub at: Timestamp,
    /// What the notes have to follow.
    pub retags: Vec<Retag>,
    /// The text of the codebook to which leaving this step leads: the one before it where it is made, the one after it
    /// where it was taken back.
    pub text: String,
}

impl Step {
    /// Lets one article's notes follow; false where none of them carries a tag that changes.
    pub fn follow(&self, notes: &mut Annotations, history: &mut History) -> Result<bool, Conflict> {
        let own = |edit: &Edit| edit.name == self.name && edit.at == self.at;
        if history.undone.last().is_some_and(own) {
            return history.redo(notes).map(|edit| edit.is_some());
        }
        let mut after = notes.clone();
        for retag in &self.retags {
            if let Some(edit) = retag.edit(&after, self.at) {
                after.apply(&edit)?;
            }
        }
        make(self.name.clone(), self.at, notes, after, history)
    }

    /// Takes the step back in one article's notes. Where nothing was done there since, the edit is undone; else the notes
    /// that it changed get their tags back in one new edit, and what came since stays.
    pub fn take_back(&self, notes: &mut Annotations, history: &mut History, now: Timestamp) -> Result<bool, Conflict> {
        let own = |edit: &Edit| edit.name == self.name && edit.at == self.at;
        if history.done.last().is_some_and(own) {
            return history.undo(notes).map(|edit| edit.is_some());
        }
        let Some(edit) = history.done.iter().rev().find(|edit| own(edit)) else { return Ok(false) };
        let mut after = notes.clone();
        for change in &edit.changes {
            let Change::Quote { before: Some(was), after: Some(became) } = change else { continue };
            if let Some(note) = after.quotes.get_mut(&became.id) {
                restore(note, was, became);
                if *note != notes.quotes[&became.id] {
                    note.modified = now;
                }
            }
        }
        make(format!("took back: {}", self.name), now, notes, after, history)
    }
}

/// Gives a note its tags of before; a tag that was given or taken off since stays so.
fn restore(note: &mut QuoteNote, was: &QuoteNote, became: &QuoteNote) {
    if note.tags == became.tags {
        note.tags.clone_from(&was.tags);
        return;
    }
    let new = |tag: &String| became.tags.contains(tag) && !was.tags.contains(tag);
    // What was taken off since is not given again: not even under its old name.
    let lost = became.tags.iter().any(|tag| new(tag) && !note.tags.contains(tag));
    note.tags.retain(|tag| !new(tag));
    for tag in was.tags.iter().filter(|tag| !became.tags.contains(tag) && !lost) {
        if !note.tags.contains(tag) {
            note.tags.push(tag.clone());
        }
    }
}

/// Makes one edit of all notes on quotations that differ.
fn make(
    name: String,
    at: Timestamp,
    notes: &mut Annotations,
    after: Annotations,
    history: &mut History,
) -> Result<bool, Conflict> {
    let changes: Vec<Change> = after
        .quotes
        .into_iter()
        .filter_map(|(id, note)| {
            let before = notes.quotes.get(&id)?;
            (*before != note)
                .then(|| Change::Quote { before: Some(Box::new(before.clone())), after: Some(Box::new(note)) })
        })
        .collect();
    if changes.is_empty() {
        return Ok(false);
    }
    history.make(notes, Edit { name, at, changes })?;
    Ok(true)
}
