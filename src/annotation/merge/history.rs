//! The histories of two copies, joined so that every step can be undone.

use super::copy::Copy;
use super::fields;
use crate::annotation::edit::{Change, Edit};
use crate::annotation::history::History;
use crate::annotation::model::{Annotations, PassageNote, QuoteNote, SpeakerNote};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Joins the histories: what both share, then the edits of both by time, then one edit that leads to the merged notes.
/// Each of them can be undone, one after the other.
pub fn join(ours: &Copy, theirs: &Copy, merged: &Annotations, conflicts: &mut Vec<String>) -> History {
    let key = |edit: &Edit| (edit.at, edit.name.clone());
    let (mine, other) = (&ours.history.done, &theirs.history.done);
    let shared = mine.iter().zip(other).take_while(|(a, b)| key(a) == key(b)).count();
    let mut state = ours.notes.clone();
    if mine[shared..].iter().rev().any(|edit| state.apply(&edit.inverse()).is_err()) {
        conflicts.push("the history does not lead to the notes: the other copy's history was left out".to_owned());
        let mut out = ours.history.clone();
        out.undone.clear();
        out.done.extend(step(&ours.notes, merged, out.done.last().map(|edit| edit.at)));
        return out;
    }
    let mut done: Vec<Edit> = mine[..shared].to_vec();
    let mut fresh: Vec<&Edit> = mine[shared..].iter().chain(&other[shared..]).collect();
    fresh.sort_by_key(|edit| edit.at);
    // An edit that both copies have, but not at the same place of their histories, happened once.
    fresh.dedup_by(|a, b| a == b);
    for edit in fresh {
        let changes: Vec<Change> = edit.changes.iter().filter_map(|change| rebased(change, &state)).collect();
        let edit = Edit { name: edit.name.clone(), at: edit.at, changes };
        // It was made for this state, so that it fits.
        if state.apply(&edit).is_ok() {
            done.push(edit);
        }
    }
    done.extend(step(&state, merged, done.last().map(|edit| edit.at)));
    let undone = match (merged == &ours.notes && other.len() == shared, merged == &theirs.notes && mine.len() == shared)
    {
        (true, _) => ours.history.undone.clone(),
        (_, true) => theirs.history.undone.clone(),
        // As after any new edit, there is nothing left to redo.
        _ => Vec::new(),
    };
    History { done, undone }
}

/// Returns what a change does to notes that are not quite those it was made for; `None` where it does nothing to them.
fn rebased(change: &Change, state: &Annotations) -> Option<Change> {
    match change {
        Change::Quote { before, after } => {
            let id = before.as_deref().or(after.as_deref())?.id;
            let now = state.quotes.get(&id);
            // The note as the edit left it wins over what the other copy said meanwhile.
            let after: Option<QuoteNote> = onto(before.as_deref(), after.as_deref(), now, fields::quote);
            (after.as_ref() != now)
                .then(|| Change::Quote { before: now.cloned().map(Box::new), after: after.map(Box::new) })
        }
        Change::Speaker { before, after } => {
            let id = before.as_deref().or(after.as_deref())?.id;
            let now = state.speakers.get(&id);
            let after: Option<SpeakerNote> = onto(before.as_deref(), after.as_deref(), now, fields::speaker);
            (after.as_ref() != now)
                .then(|| Change::Speaker { before: now.cloned().map(Box::new), after: after.map(Box::new) })
        }
        Change::Passage { before, after } => {
            let id = before.as_deref().or(after.as_deref())?.id;
            let now = state.passages.get(&id);
            let after: Option<PassageNote> = onto(before.as_deref(), after.as_deref(), now, fields::passage);
            (after.as_ref() != now)
                .then(|| Change::Passage { before: now.cloned().map(Box::new), after: after.map(Box::new) })
        }
        Change::Article { before, after } => {
            let to = fields::article(before, after, &state.article, &mut Vec::new());
            (to != state.article)
                .then(|| Change::Article { before: Box::new(state.article.clone()), after: Box::new(to) })
        }
    }
}

fn onto<T: Clone + PartialEq>(
    before: Option<&T>,
    after: Option<&T>,
    now: Option<&T>,
    both: impl FnOnce(Option<&T>, &T, &T, &mut Vec<String>) -> T,
) -> Option<T> {
    match (before, after, now) {
        // It is as the edit found it.
        (before, after, now) if before == now => after.cloned(),
        (_, Some(after), Some(now)) => Some(both(before, after, now, &mut Vec::new())),
        // Removed by one: what is still changed by the other comes back at the end, if at all.
        _ => None,
    }
}

/// Returns the edit that leads from one state to the other, or `None` where they are the same.
pub fn step(from: &Annotations, to: &Annotations, at: Option<Timestamp>) -> Option<Edit> {
    let mut changes = Vec::new();
    for id in from.quotes.keys().chain(to.quotes.keys()).collect::<BTreeSet<_>>() {
        let (before, after) = (from.quotes.get(id), to.quotes.get(id));
        if before != after {
            changes.push(Change::Quote { before: before.cloned().map(Box::new), after: after.cloned().map(Box::new) });
        }
    }
    for id in from.speakers.keys().chain(to.speakers.keys()).collect::<BTreeSet<_>>() {
        let (before, after) = (from.speakers.get(id), to.speakers.get(id));
        if before != after {
            changes
                .push(Change::Speaker { before: before.cloned().map(Box::new), after: after.cloned().map(Box::new) });
        }
    }
    for id in from.passages.keys().chain(to.passages.keys()).collect::<BTreeSet<_>>() {
        let (before, after) = (from.passages.get(id), to.passages.get(id));
        if before != after {
            changes
                .push(Change::Passage { before: before.cloned().map(Box::new), after: after.cloned().map(Box::new) });
        }
    }
    if from.article != to.article {
        changes.push(Change::Article { before: Box::new(from.article.clone()), after: Box::new(to.article.clone()) });
    }
    let quotes = to.quotes.values().map(|note| note.modified);
    let others = to.speakers.values().map(|note| note.modified).chain(to.passages.values().map(|note| note.modified));
    let at = at.max(quotes.chain(others).max()).unwrap_or(Timestamp::UNIX_EPOCH);
    (!changes.is_empty()).then(|| Edit { name: "merged with another copy".to_owned(), at, changes })
}
