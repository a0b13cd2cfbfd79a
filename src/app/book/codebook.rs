//! The codebook: its rows with their counts, and every change of it as one step that all articles follow, and its way back.

use crate::annotation::codebook::{Codebook, Refused, Retag, Step, Tag};
use crate::annotation::{Edit, Stamp};
use crate::app::decide::review;
use crate::app::effect::Effect;
use crate::app::state::State;
use crate::app::windows::overlay::{BookWindow, Overlay};
use crate::text::counted;
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// Stands among the articles in which steps were undone for one of the codebook, or of the project's memo.
const OF_STORE: usize = usize::MAX;

/// A row of the codebook's window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// How deep it stands, from 0.
    pub depth: usize,
    /// The tag; of one that notes carry and the codebook does not have, only the name.
    pub tag: Tag,
    /// Whether the codebook does not have it.
    pub loose: bool,
    /// How many quotations and passages of the open article carry it.
    pub here: usize,
    /// How many notes of the store carry it, as they were read last.
    pub store: usize,
}

/// Opens the codebook, at a tag where one is named.
pub fn open(state: &mut State, at: Option<Uuid>) -> Vec<Effect> {
    let row = at.and_then(|id| rows(state).iter().position(|row| row.tag.id == id));
    state.overlays.push(Overlay::Codebook(BookWindow { at: row.unwrap_or(0), top: 0 }));
    if let Some(fault) = &state.shared.book_fault {
        state.warn(format!("the codebook cannot be changed: {fault}"));
    }
    state.shared.survey().into_iter().collect()
}

/// Returns the tags as a tree, then those that notes carry and the codebook does not have.
pub fn rows(state: &State) -> Vec<Row> {
    let mut here: BTreeMap<&str, usize> = BTreeMap::new();
    let resolved = || state.document.iter().map(|document| &document.resolved);
    let quotes = resolved().flat_map(|resolved| &resolved.quotes).flat_map(|quote| &quote.tags);
    let passages = resolved().flat_map(|resolved| &resolved.passages).flat_map(|passage| &passage.tags);
    for tag in quotes.chain(passages) {
        *here.entry(tag).or_default() += 1;
    }
    let store = &state.shared.survey.tags;
    let row = |depth: usize, tag: Tag, loose: bool| Row {
        depth,
        here: here.get(tag.name.as_str()).copied().unwrap_or(0),
        store: store.get(&tag.name).copied().unwrap_or(0),
        tag,
        loose,
    };
    let book = &state.shared.book;
    let mut out: Vec<Row> = book.tree().into_iter().map(|(depth, tag)| row(depth, tag.clone(), false)).collect();
    let mut loose: Vec<&str> = here.keys().copied().chain(store.keys().map(String::as_str)).collect();
    loose.sort_unstable();
    loose.dedup();
    loose.retain(|name| book.find(name).is_none());
    out.extend(loose.into_iter().map(|name| row(0, Tag::new(name), true)));
    out
}

/// Makes a change of the codebook that `make` decides on, as one step: notes follow, here at once, elsewhere as they can
/// be written; then the codebook is saved.
pub fn change(
    state: &mut State,
    stamp: Stamp,
    make: impl FnOnce(&mut Codebook) -> Result<(String, Vec<Retag>), Refused>,
) -> Vec<Effect> {
    if let Some(fault) = &state.shared.book_fault {
        let text = format!("nothing was changed: {fault}");
        state.warn(text);
        return Vec::new();
    }
    let mut book = state.shared.book.clone();
    let (name, retags) = match make(&mut book) {
        Ok(change) => change,
        Err(refused) => {
            state.warn(refused.to_string());
            return Vec::new();
        }
    };
    if book.text() == state.shared.book.text() && retags.is_empty() {
        state.say("nothing to change");
        return Vec::new();
    }
    let retags = retags.into_iter().map(|retag| Retag { name: name.clone(), ..retag }).collect();
    let text = state.shared.book_text.clone();
    let step = Step { name: name.clone(), at: stamp.now, retags, text, memo: None };
    state.shared.set_book(book);
    state.shared.project.push(step.clone());
    let mut effects = follow(state, step, false, stamp);
    effects.push(state.shared.save());
    state.say(name);
    effects
}

/// Writes the memo on the project, as a step like those of the codebook; an empty one takes it away.
pub fn note_project(state: &mut State, stamp: Stamp, memo: &str) -> Vec<Effect> {
    let name = "wrote a memo on the project".to_owned();
    let shared = &mut state.shared;
    let before = shared.project.memo().unwrap_or_default().to_owned();
    shared.project.set_memo(memo);
    let text = shared.book_text.clone();
    shared.project.push(Step { name: name.clone(), at: stamp.now, retags: Vec::new(), text, memo: Some(before) });
    state.undone_in.clear();
    let save = state.shared.save();
    state.say(name);
    vec![save]
}

/// Describes a tag anew; `what` says it in words, before the tag's name.
pub fn describe(
    state: &mut State,
    stamp: Stamp,
    id: Uuid,
    what: &str,
    change_tag: impl FnOnce(&mut Tag),
) -> Vec<Effect> {
    change(state, stamp, |book| {
        let name = book.by_id(id).map(|tag| tag.name.clone()).unwrap_or_default();
        book.describe(&name, change_tag)?;
        Ok((format!("{what} {name}"), Vec::new()))
    })
}

/// Takes the last step of the codebook back, with the notes of all articles, or makes it again.
pub fn travel(state: &mut State, stamp: Stamp, back: bool) -> Vec<Effect> {
    let project = &mut state.shared.project;
    let list = if back { &mut project.done } else { &mut project.undone };
    let Some(mut step) = list.pop() else {
        state.say(if back { "nothing to undo in the codebook" } else { "nothing to redo in the codebook" });
        return Vec::new();
    };
    if let Some(memo) = &mut step.memo {
        let now = project.memo().unwrap_or_default().to_owned();
        project.set_memo(&std::mem::replace(memo, now));
    } else {
        let text = std::mem::replace(&mut step.text, state.shared.book_text.clone());
        let (book, _) = Codebook::parse(&text, "codebook.toml");
        // An empty text is no codebook yet: the next tag begins one with its head.
        state.shared.book = if text.is_empty() { Codebook::default() } else { book };
        state.shared.book_text = text;
    }
    let project = &mut state.shared.project;
    let other = if back { &mut project.undone } else { &mut project.done };
    other.push(step.clone());
    if back {
        state.undone_in.push(OF_STORE);
    } else {
        state.undone_in.pop_if(|entry| *entry == OF_STORE);
    }
    let name = step.name.clone();
    let mut effects = follow(state, step, back, stamp);
    effects.push(state.shared.save());
    state.say(format!("{}: {name}", if back { "undone" } else { "done again" }));
    effects
}

/// Tells whether the step to undo (or to redo) is the codebook's last, so that it is undone everywhere: the open article
/// followed it last, or nothing was done in any article since.
pub fn is_last_step(state: &State, back: bool) -> bool {
    let project = &state.shared.project;
    let step = if back { project.done.last() } else { project.undone.last() };
    let newest = step.is_some_and(|step| {
        let here = state.document.iter().filter_map(|document| Some(document.history.done.last()?.at));
        here.chain(state.entries.iter().filter_map(|entry| entry.last)).all(|at| at < step.at)
    });
    if if back { newest } else { step.is_some() && state.undone_in.last() == Some(&OF_STORE) } {
        return true;
    }
    let edit = state.document.as_ref().and_then(|document| {
        let history = &document.history;
        if back { history.done.last() } else { history.undone.last() }
    });
    let same = |(step, edit): (&Step, &Edit)| step.name == edit.name && step.at == edit.at;
    step.zip(edit).is_some_and(same)
}

/// Lets the notes follow a step, or its taking back.
fn follow(state: &mut State, step: Step, back: bool, stamp: Stamp) -> Vec<Effect> {
    if step.retags.is_empty() {
        return Vec::new();
    }
    let mut effects = follow_here(state, &step, back, stamp);
    let step = Arc::new(step);
    state.shared.following.push((step.clone(), back));
    let except = state.document.as_ref().filter(|document| document.read_only.is_none()).map(|d| d.entry);
    effects.push(Effect::Follow { step, back, now: stamp.now, except });
    effects
}

/// Lets the notes of the open article follow.
fn follow_here(state: &mut State, step: &Step, back: bool, stamp: Stamp) -> Vec<Effect> {
    let Some(document) = state.document.as_mut().filter(|document| document.read_only.is_none()) else {
        return Vec::new();
    };
    let (notes, history) = (&mut document.notes, &mut document.history);
    let was = history.clone();
    let changed = if back { step.take_back(notes, history, stamp.now) } else { step.follow(notes, history) };
    match changed {
        Ok(true) => {
            // The codebook's steps are edits, undone and redone like others.
            let steps = was.steps_to(history).unwrap_or_default();
            review::changed(state, steps)
        }
        Ok(false) => Vec::new(),
        Err(conflict) => {
            state.warn(conflict.to_string());
            Vec::new()
        }
    }
}

/// Lets an article that was just opened follow the steps that are on their way: it may have been read before they came.
pub fn catch_up(state: &mut State, stamp: Stamp) -> Vec<Effect> {
    let following = state.shared.following.clone();
    following.iter().flat_map(|(step, back)| follow_here(state, step, *back, stamp)).collect()
}

/// Takes in how the other articles followed the oldest step that is on its way.
pub fn followed(state: &mut State, count: usize, failed: &[String]) -> Vec<Effect> {
    if state.shared.following.is_empty() {
        return Vec::new();
    }
    let (step, back) = state.shared.following.remove(0);
    let what = if back { format!("took back: {}", step.name) } else { step.name.clone() };
    match failed {
        [] if count > 0 => {
            let articles = counted(count, "other file", "other files");
            state.say(format!("{what}; {articles} of notes followed"));
        }
        [] => {}
        [first, rest @ ..] => {
            let more = if rest.is_empty() { String::new() } else { format!(" (and {} more)", rest.len()) };
            state.warn(format!("{what}; not followed: {first}{more}"));
        }
    }
    // The counts are others now.
    state.shared.surveying = false;
    state.shared.survey().into_iter().collect()
}
