//! A step of the codebook: a change of the tags together with the notes that follow it, in all articles, and the way back.

use super::retag::Retag;
use crate::annotation::{Annotations, Change, Conflict, Edit, History, PassageNote};
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
    /// Where it is about the memo on the project instead: that memo, before or after in the same way; empty for none.
    pub memo: Option<String>,
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
            match change {
                Change::Quote { before: Some(was), after: Some(became) } => {
                    if let Some(note) = after.quotes.get_mut(&became.id)
                        && restore(&mut note.tags, &was.tags, &became.tags)
                    {
                        note.modified = now;
                    }
                }
                Change::Passage { before: Some(was), after: Some(became) } => {
                    if let Some(note) = after.passages.get_mut(&became.id)
                        && restore(&mut note.tags, &was.tags, &became.tags)
                    {
                        note.modified = now;
                    }
                }
                // It went with its last tag.
                Change::Passage { before: Some(was), after: None } => {
                    after.passages.entry(was.id).or_insert_with(|| PassageNote { modified: now, ..(**was).clone() });
                }
                _ => {}
            }
        }
        make(format!("took back: {}", self.name), now, notes, after, history)
    }
}

/// Gives a note its tags of before; a tag that was given or taken off since stays so. Tells whether any changes.
fn restore(tags: &mut Vec<String>, was: &[String], became: &[String]) -> bool {
    let now = tags.clone();
    if *tags == became {
        was.clone_into(tags);
        return *tags != now;
    }
    let new = |tag: &String| became.contains(tag) && !was.contains(tag);
    // What was taken off since is not given again: not even under its old name.
    let lost = became.iter().any(|tag| new(tag) && !tags.contains(tag));
    tags.retain(|tag| !new(tag));
    for tag in was.iter().filter(|tag| !became.contains(tag) && !lost) {
        if !tags.contains(tag) {
            tags.push(tag.clone());
        }
    }
    *tags != now
}

/// Makes one edit of all notes on quotations and passages that differ.
fn make(
    name: String,
    at: Timestamp,
    notes: &mut Annotations,
    after: Annotations,
    history: &mut History,
) -> Result<bool, Conflict> {
    let passages = notes.passages.keys().chain(after.passages.keys().filter(|id| !notes.passages.contains_key(id)));
    let passages: Vec<Change> = passages
        .map(|id| (notes.passages.get(id), after.passages.get(id)))
        .filter(|(before, after)| before != after)
        .map(|(before, after)| {
            let boxed = |note: Option<&PassageNote>| note.cloned().map(Box::new);
            Change::Passage { before: boxed(before), after: boxed(after) }
        })
        .collect();
    let changes: Vec<Change> = after
        .quotes
        .into_iter()
        .filter_map(|(id, note)| {
            let before = notes.quotes.get(&id)?;
            (*before != note)
                .then(|| Change::Quote { before: Some(Box::new(before.clone())), after: Some(Box::new(note)) })
        })
        .chain(passages)
        .collect();
    if changes.is_empty() {
        return Ok(false);
    }
    history.make(notes, Edit { name, at, changes })?;
    Ok(true)
}
