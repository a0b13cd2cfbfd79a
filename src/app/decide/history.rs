//! Going back and forth in what was done: undo and redo, also into another article, and the list of all steps.

use crate::annotation::timeline::days;
use crate::annotation::{Change, Edit, Step};
use crate::app::article::reading;
use crate::app::articles::arrive;
use crate::app::decide::review;
use crate::app::effect::Effect;
use crate::app::state::{State, Then};
use crate::app::windows::overlay::Overlay;
use crate::app::windows::picker::{Choice, Item, Picker, Rows, Value};
use crate::text::counted;
use std::cmp::Ordering;

/// Undoes the step that was made last, in whichever article that was.
pub fn undo(state: &mut State) -> Vec<Effect> {
    let Some(document) = &state.document else { return Vec::new() };
    let here = document.history.done.last().map(|edit| edit.at);
    let others = state.entries.iter().enumerate().filter(|(n, _)| *n != document.entry);
    let latest = others.filter_map(|(n, entry)| Some((entry.last?, n))).max();
    match latest {
        Some((at, entry)) if here.is_none_or(|here| at > here) => elsewhere(state, entry, Then::Undo),
        _ => travel(state, true, false),
    }
}

/// Redoes the step that was undone last, in whichever article that was.
pub fn redo(state: &mut State) -> Vec<Effect> {
    let Some(document) = &state.document else { return Vec::new() };
    match state.undone_in.last() {
        Some(&entry) if entry != document.entry && entry < state.entries.len() => elsewhere(state, entry, Then::Redo),
        _ => travel(state, false, false),
    }
}

fn elsewhere(state: &mut State, entry: usize, then: Then) -> Vec<Effect> {
    let effects = arrive::open(state, entry);
    state.then = Some(then);
    effects
}

/// Does what the article that has just come was asked for.
pub fn then(state: &mut State) -> Vec<Effect> {
    match state.then.take() {
        Some(then) => travel(state, then == Then::Undo, true),
        None => Vec::new(),
    }
}

/// Undoes or redoes a step of the article that is open, and shows where it was.
pub(in crate::app) fn travel(state: &mut State, back: bool, moved: bool) -> Vec<Effect> {
    let place = if moved { format!(" in {}", state.title()) } else { String::new() };
    let Some(document) = changeable(state) else { return Vec::new() };
    let entry = document.entry;
    let step =
        if back { document.history.undo(&mut document.notes) } else { document.history.redo(&mut document.notes) };
    let edit = match step {
        Ok(Some(edit)) => edit.clone(),
        Ok(None) => {
            state.undone_in.retain(|&n| back || n != entry);
            state.say(if back { "nothing to undo" } else { "nothing to redo" });
            return Vec::new();
        }
        Err(conflict) => {
            state.warn(conflict.to_string());
            return Vec::new();
        }
    };
    if back {
        state.undone_in.push(entry);
    } else {
        state.undone_in.pop();
    }
    let effects = review::changed(state, vec![if back { Step::Undo } else { Step::Redo }]);
    show(state, &edit);
    state.say(format!("{}{place}: {}", if back { "undone" } else { "done again" }, edit.name));
    effects
}

/// Returns the document where it may be changed; else says why not.
fn changeable(state: &mut State) -> Option<&mut crate::app::Document> {
    if let Some(reason) = state.document.as_ref()?.read_only.clone() {
        state.warn(format!("nothing can be changed: {reason}"));
        return None;
    }
    state.document.as_mut()
}

/// Selects the quotation that an edit was about.
fn show(state: &mut State, edit: &Edit) {
    let Some(document) = &state.document else { return };
    let note = edit.changes.iter().find_map(|change| match change {
        Change::Quote { before, after } => after.as_ref().or(before.as_ref()),
        _ => None,
    });
    let Some(note) = note else { return };
    let quotes = &document.resolved.quotes;
    let at = quotes.iter().position(|quote| quote.note == Some(note.id)).or_else(|| {
        let first = *document.raw_text().locate(&note.anchor)?.first()?;
        quotes.iter().position(|quote| quote.raw_hull().overlaps(first))
    });
    if let Some(at) = at {
        reading::select(state, at);
    }
}

/// Opens the list of all steps of the article that is open, the newest first; the chosen one is where one is.
pub fn open(state: &mut State) {
    let Some(document) = &state.document else { return };
    let (done, undone) = (&document.history.done, &document.history.undone);
    let now = done.len();
    if now + undone.len() == 0 {
        return state.say("nothing was done in this article yet");
    }
    let title = format!("History · {now} of {} steps stand", now + undone.len());
    let rows = Rows::Numbered((0..=now + undone.len()).rev().collect());
    let mut picker = Picker::numbered(Choice::History, title, rows);
    picker.choose(undone.len());
    state.overlays.push(Overlay::Picker(picker));
}

/// Returns step `number` of the article that is open, counted from 1, those that were undone last.
fn step(state: &State, number: usize) -> Option<&Edit> {
    let history = &state.document.as_ref()?.history;
    let n = number.checked_sub(1)?;
    history.done.get(n).or_else(|| history.undone.iter().rev().nth(n - history.done.len()))
}

/// Returns the name of step `number` in the list; no word beside it finds it.
pub fn label(state: &State, number: usize) -> (&str, &'static str) {
    (step(state, number).map_or("as the program found it", |edit| &edit.name), "")
}

/// Returns the row of step `number` in the list.
pub fn item(state: &State, number: usize) -> Item {
    let now = state.document.as_ref().map_or(0, |document| document.history.done.len());
    let item = Item::new(Value::Number(number), label(state, number).0).with(detail(state, number));
    Item { sign: Some(sign(number, now)), ..item }
}

/// The sign of step `number` where `now` steps stand, and the same in ASCII.
fn sign(number: usize, now: usize) -> [&'static str; 2] {
    match number.cmp(&now) {
        Ordering::Less => ["✓", "*"],
        Ordering::Equal => ["●", ">"],
        Ordering::Greater => ["○", "o"],
    }
}

/// Returns what stands beside step `number` in the list: its number, when it was made, whether it stands.
fn detail(state: &State, number: usize) -> String {
    let done = state.document.as_ref().map_or(0, |document| document.history.done.len());
    let edit = step(state, number);
    let when = edit.map_or_else(|| "before all steps".to_owned(), |edit| days::ago(edit.at, state.now));
    let word = match number.cmp(&done) {
        Ordering::Less => "",
        Ordering::Equal => " · here",
        Ordering::Greater => " · undone",
    };
    format!("{number} · {when}{word}")
}

/// Undoes or redoes until `wanted` steps of the article that is open stand.
pub fn go_to(state: &mut State, wanted: usize) -> Vec<Effect> {
    let Some(document) = changeable(state) else { return Vec::new() };
    let entry = document.entry;
    let (mut steps, mut last) = (Vec::new(), None);
    loop {
        let now = document.history.done.len();
        let step = match now.cmp(&wanted) {
            Ordering::Greater => document.history.undo(&mut document.notes),
            Ordering::Less => document.history.redo(&mut document.notes),
            Ordering::Equal => break,
        };
        match step {
            Ok(Some(edit)) => last = Some(edit.clone()),
            Ok(None) => break,
            Err(conflict) => {
                state.warn(conflict.to_string());
                break;
            }
        }
        steps.push(if now > wanted { Step::Undo } else { Step::Redo });
    }
    let Some(last) = last else {
        if state.message.is_none() {
            state.say("you are there already");
        }
        return Vec::new();
    };
    let (count, back) = (steps.len(), steps.first() == Some(&Step::Undo));
    for _ in 0..count {
        if back {
            state.undone_in.push(entry);
        } else {
            state.undone_in.pop();
        }
    }
    let effects = review::changed(state, steps);
    show(state, &last);
    let way = if back { "undone, back to before" } else { "done again, up to" };
    state.say(format!("{} {way}: {}", counted(count, "step", "steps"), last.name));
    effects
}
