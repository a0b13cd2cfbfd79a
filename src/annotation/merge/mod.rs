//! Two copies of one coder's notes made one again, note by note and field by field, so that nothing is lost.
//!
//! What only one copy changed is taken from it. Sets (tags, the names a speaker takes over) hold what either added and
//! lack what either took away. A note that one copy removed and the other changed stays. Where both changed a single
//! value, ours stays and theirs is written into the note's memo, as a paragraph that begins with `Conflict:`; two memos
//! stand one below the other. All of these, and nothing else, are conflicts: somebody should look. Notes that both
//! copies made on the same place are one note afterwards, under the smaller id, whichever copy is merged into which.

mod copy;
mod fields;
mod history;

pub use copy::Copy;
pub use fields::MARK;

use super::edit::{Change, Edit};
use super::history::History;
use super::model::{Annotations, NoteId, Part, PassageNote, QuoteNote, SpeakerNote};
use fields::{article, passage, place, quote, speaker, three, words};
use std::collections::{BTreeMap, BTreeSet};

/// What a merge gave.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Merged {
    /// The notes and history of both.
    pub copy: Copy,
    /// At what somebody should look, in words; empty where nothing was in doubt.
    pub conflicts: Vec<String>,
    /// The ids that notes had before they became one with another, and the one they have now.
    pub ids: BTreeMap<NoteId, NoteId>,
}

/// Merges two copies that both come from `base` (an empty one where nothing is known of where they come from).
pub fn merge(base: &Copy, ours: &Copy, theirs: &Copy) -> Merged {
    if ours == theirs || theirs == base {
        return Merged { copy: ours.clone(), ..Merged::default() };
    }
    if ours == base {
        return Merged { copy: theirs.clone(), ..Merged::default() };
    }
    let ids = fused(&base.notes, &ours.notes, &theirs.notes);
    let (ours, theirs) = (with_ids(ours, &ids), with_ids(theirs, &ids));
    let mut conflicts = Vec::new();
    let notes = notes(&base.notes, &ours.notes, &theirs.notes, &mut conflicts);
    doubles([&ours.notes, &theirs.notes], &notes, &mut conflicts);
    let history = history::join(&ours, &theirs, &notes, &mut conflicts);
    Merged { copy: Copy { notes, history }, conflicts, ids }
}

fn notes(base: &Annotations, ours: &Annotations, theirs: &Annotations, conflicts: &mut Vec<String>) -> Annotations {
    let mut out = Annotations::default();
    for id in ours.quotes.keys().chain(theirs.quotes.keys()).collect::<BTreeSet<_>>() {
        let sides = [base.quotes.get(id), ours.quotes.get(id), theirs.quotes.get(id)];
        let note = three(sides, quote);
        keep(&mut out.quotes, *id, note, sides[1].or(sides[2]).map(|note| words(&note.anchor)), conflicts);
    }
    for id in ours.speakers.keys().chain(theirs.speakers.keys()).collect::<BTreeSet<_>>() {
        let sides = [base.speakers.get(id), ours.speakers.get(id), theirs.speakers.get(id)];
        let note = three(sides, speaker);
        keep(&mut out.speakers, *id, note, sides[1].or(sides[2]).map(|note| note.name.clone()), conflicts);
    }
    for id in ours.passages.keys().chain(theirs.passages.keys()).collect::<BTreeSet<_>>() {
        let sides = [base.passages.get(id), ours.passages.get(id), theirs.passages.get(id)];
        let note = three(sides, passage);
        keep(&mut out.passages, *id, note, sides[1].or(sides[2]).map(|note| words(&note.anchor)), conflicts);
    }
    let mut said = Vec::new();
    out.article = article(&base.article, &ours.article, &theirs.article, &mut said);
    conflicts.extend(said.into_iter().map(|what| format!("the article: {what}")));
    out
}

fn keep<T>(
    out: &mut BTreeMap<NoteId, T>,
    id: NoteId,
    note: (Option<T>, Vec<String>),
    name: Option<String>,
    conflicts: &mut Vec<String>,
) {
    if let Some(note) = note.0 {
        out.insert(id, note);
    }
    let name = name.unwrap_or_default();
    conflicts.extend(note.1.into_iter().map(|what| format!("{name}: {what}")));
}

/// Pairs the notes that both copies made anew on the same place (or of the same speaker): both get the smaller id.
fn fused(base: &Annotations, ours: &Annotations, theirs: &Annotations) -> BTreeMap<NoteId, NoteId> {
    let mut out = BTreeMap::new();
    let mut pair = |a: NoteId, b: NoteId| {
        if a != b {
            out.insert(a.max(b), a.min(b));
        }
    };
    let fresh = |notes: &Annotations, other: &Annotations| -> Vec<(Vec<Part>, NoteId)> {
        let new = notes.quotes.values().filter(|note| !base.quotes.contains_key(&note.id));
        let new = new.filter(|note| !other.quotes.contains_key(&note.id));
        new.map(|note| (place(note).parts.clone(), note.id)).collect()
    };
    pair_places(fresh(theirs, ours), fresh(ours, theirs), &mut pair);
    let fresh = |notes: &Annotations, other: &Annotations| -> Vec<(Vec<Part>, NoteId)> {
        let new = notes.passages.values().filter(|note| !base.passages.contains_key(&note.id));
        let new = new.filter(|note| !other.passages.contains_key(&note.id));
        new.map(|note| (note.anchor.parts.clone(), note.id)).collect()
    };
    pair_places(fresh(theirs, ours), fresh(ours, theirs), &mut pair);
    let fresh = |notes: &Annotations, other: &Annotations| -> Vec<(String, NoteId)> {
        let new = notes.speakers.values().filter(|note| !base.speakers.contains_key(&note.id));
        let new = new.filter(|note| !other.speakers.contains_key(&note.id));
        new.map(|note| (note.name.clone(), note.id)).collect()
    };
    pair_places(fresh(theirs, ours), fresh(ours, theirs), &mut pair);
    out
}

/// Pairs what stands in both lists, each once.
fn pair_places<T: PartialEq>(
    mut left: Vec<(T, NoteId)>,
    right: Vec<(T, NoteId)>,
    pair: &mut impl FnMut(NoteId, NoteId),
) {
    for (place, id) in right {
        if let Some(at) = left.iter().position(|(other, _)| *other == place) {
            pair(id, left.swap_remove(at).1);
        }
    }
}

/// Returns the copy with some ids replaced, in its notes and in its history.
fn with_ids(copy: &Copy, ids: &BTreeMap<NoteId, NoteId>) -> Copy {
    if ids.is_empty() {
        return copy.clone();
    }
    let id = |id: NoteId| ids.get(&id).copied().unwrap_or(id);
    let quote = |note: &QuoteNote| QuoteNote { id: id(note.id), ..note.clone() };
    let speaker = |note: &SpeakerNote| SpeakerNote { id: id(note.id), ..note.clone() };
    let passage = |note: &PassageNote| PassageNote { id: id(note.id), ..note.clone() };
    let quotes = copy.notes.quotes.values().map(|note| (id(note.id), quote(note))).collect();
    let speakers = copy.notes.speakers.values().map(|note| (id(note.id), speaker(note))).collect();
    let passages = copy.notes.passages.values().map(|note| (id(note.id), passage(note))).collect();
    let edits = |edits: &[Edit]| -> Vec<Edit> {
        let change = |change: &Change| match change {
            Change::Quote { before, after } => {
                let map = |note: &Option<Box<QuoteNote>>| note.as_deref().map(|note| Box::new(quote(note)));
                Change::Quote { before: map(before), after: map(after) }
            }
            Change::Speaker { before, after } => {
                let map = |note: &Option<Box<SpeakerNote>>| note.as_deref().map(|note| Box::new(speaker(note)));
                Change::Speaker { before: map(before), after: map(after) }
            }
            Change::Passage { before, after } => {
                let map = |note: &Option<Box<PassageNote>>| note.as_deref().map(|note| Box::new(passage(note)));
                Change::Passage { before: map(before), after: map(after) }
            }
            Change::Article { .. } => change.clone(),
        };
        edits.iter().map(|edit| Edit { changes: edit.changes.iter().map(change).collect(), ..edit.clone() }).collect()
    };
    Copy {
        notes: Annotations { quotes, speakers, passages, article: copy.notes.article.clone() },
        history: History { done: edits(&copy.history.done), undone: edits(&copy.history.undone) },
    }
}

/// Says where two notes now claim the same place or the same name, and did not in either copy.
fn doubles(copies: [&Annotations; 2], merged: &Annotations, conflicts: &mut Vec<String>) {
    let places = |notes: &Annotations| {
        let mut out: BTreeMap<Vec<(usize, usize)>, Vec<String>> = BTreeMap::new();
        for note in notes.quotes.values() {
            let at = place(note).parts.iter().map(|part| (part.range.start, part.range.end)).collect();
            out.entry(at).or_default().push(words(&note.anchor));
        }
        out
    };
    let labels = |notes: &Annotations| {
        let mut out: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for note in notes.speakers.values() {
            for label in &note.also {
                out.entry(label.clone()).or_default().push(note.name.clone());
            }
        }
        out
    };
    let known = copies.map(places);
    for (at, notes) in places(merged).iter().filter(|(_, notes)| notes.len() > 1) {
        if known.iter().all(|known| known.get(at).is_none_or(|before| before.len() < notes.len())) {
            conflicts.push(format!("{}: {} notes on the same place were kept", notes[0], notes.len()));
        }
    }
    let known = copies.map(labels);
    for (label, names) in labels(merged).iter().filter(|(_, names)| names.len() > 1) {
        if known.iter().all(|known| known.get(label).is_none_or(|before| before.len() < names.len())) {
            conflicts.push(format!("{label}: several speakers take this name over: {}", names.join(", ")));
        }
    }
}

#[cfg(test)]
mod tests;
