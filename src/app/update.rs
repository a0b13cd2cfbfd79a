//! How an event changes the state.

use super::article::document::Document;
use super::article::marking;
use super::article::reading;
use super::articles::library;
use super::articles::{arrive, jumps};
use super::book::{book_window, codebook};
use super::command;
use super::compare::comparing;
use super::decide::history;
use super::decide::review;
use super::decide::{memos, tags};
use super::effect::Effect;
use super::event::{Event, Opened};
use super::mouse;
use super::seek::search;
use super::state::{Mode, State};
use super::windows::overlay::{Ask, Overlay, Question};
use super::{Action, Pane, rows};
use crate::annotation::{History, Stamp};
use crate::config::key::write_sequence;
use crate::config::{Code, Key, Lookup};
use crate::engine::Analysis;
use std::sync::Arc;

/// Takes one event in and returns what is to be done in the world.
pub fn update(state: &mut State, event: Event, stamp: Stamp) -> Vec<Effect> {
    state.now = stamp.now;
    match event {
        Event::Key(key) => return press(state, key, stamp),
        Event::Paste(text) => paste(state, &text),
        Event::Mouse(mouse) if state.mouse => {
            state.pending.clear();
            return mouse::mouse(state, mouse, stamp);
        }
        Event::Listed(entries) => {
            library::take_in(state, entries);
            if state.document.is_none() && state.opening.is_none() && !state.entries.is_empty() {
                return arrive::open(state, state.config.first.min(state.entries.len() - 1));
            }
        }
        Event::Opened { entry, result } => return opened(state, entry, result, stamp),
        Event::Analysed { generation, analysis } if generation == state.generation => {
            let mut effects = analysed(state, analysis);
            if !state.comparing && !state.awaits_article() {
                effects.extend(release(state, stamp));
            }
            return effects;
        }
        Event::Saved { entry, revision, result } => saved(state, entry, revision, result),
        Event::Project { texts, errors } => {
            if let Some(wrong) = state.shared.read(&texts, &errors).first() {
                state.warn(wrong.clone());
            }
        }
        Event::ProjectSaved(Err(reason)) => state.warn(format!("not saved: {reason}")),
        Event::Followed { count, failed } => return codebook::followed(state, count, &failed),
        Event::Surveyed(survey) => {
            state.shared.surveying = false;
            state.shared.survey = *survey;
            memos::refresh(state);
        }
        Event::Found { generation, hits, progress, done } => {
            return search::found(state, generation, hits, progress, done);
        }
        Event::TagsRead { path, text } => return book_window::import(state, stamp, &path, text),
        Event::Others { entry, result } => {
            match result {
                Ok(others) => comparing::others(state, entry, others),
                Err(reason) => state.warn(reason),
            }
            return release(state, stamp);
        }
        Event::Amended { step, edit, result } => {
            comparing::amended(state, step, *edit, result.map(|notes| *notes));
        }
        Event::Exported(Ok(text)) | Event::Notice(text) => state.say(text),
        Event::Exported(Err(text)) => state.warn(text),
        // The size comes with `prepare`; the place in the text is kept by its bytes.
        Event::Mouse(_) | Event::Resize { .. } | Event::Analysed { .. } | Event::ProjectSaved(Ok(())) | Event::Tick => {
        }
    }
    Vec::new()
}

/// Takes the keys that waited: for the notes of other coders, or for an article.
fn release(state: &mut State, stamp: Stamp) -> Vec<Effect> {
    state.comparing = false;
    let held = std::mem::take(&mut state.held).into_iter().zip(1..);
    // A stamp's ids count up, so that every edit has its own.
    held.flat_map(|(key, n)| press(state, key, Stamp { id: stamp.nth_id(n << 32), ..stamp })).collect()
}

/// Takes a key: what it means where the reader is, or a character where one types.
fn press(state: &mut State, key: Key, stamp: Stamp) -> Vec<Effect> {
    if state.comparing || !state.held.is_empty() {
        if key == Key::plain(Code::Escape) {
            state.comparing = false;
            state.held.clear();
        } else {
            state.held.push(key);
        }
        return Vec::new();
    }
    state.message = None;
    state.pending.push(key);
    let scopes = state.scopes();
    match state.lookup(scopes, &state.pending) {
        Lookup::Action(name) => {
            let action = Action::from_name(name);
            let keys = std::mem::take(&mut state.pending);
            let waits = state.overlays.is_empty() && state.awaits_article();
            if waits && action.is_some_and(Action::needs_article) {
                state.held = keys;
                return Vec::new();
            }
            action.map_or_else(Vec::new, |action| command::run(state, action, stamp))
        }
        Lookup::Prefix(_) => Vec::new(),
        Lookup::Unbound => {
            let keys = std::mem::take(&mut state.pending);
            if keys.len() > 1 {
                state.say(format!("{} means nothing here", write_sequence(&keys)));
                return Vec::new();
            }
            unbound(state, key, stamp)
        }
    }
}

/// Takes a key that means nothing by itself where the reader is.
fn unbound(state: &mut State, key: Key, stamp: Stamp) -> Vec<Effect> {
    if let Some(effects) = tags::key_in_list(state, stamp, key) {
        return effects;
    }
    match state.overlays.last_mut() {
        Some(Overlay::Pager(_)) => {
            state.overlays.pop();
            return press(state, key, stamp);
        }
        Some(Overlay::Letter(letter)) => {
            let ask = letter.ask;
            state.overlays.pop();
            let (Code::Char(c), false, false) = (key.code, key.ctrl, key.alt) else { return Vec::new() };
            return match ask {
                Ask::SetMark => jumps::set(state, c),
                Ask::GoMark => jumps::go(state, c),
                Ask::Tag => tags::by_key(state, stamp, c),
                Ask::KeyOf(id) => book_window::give_key(state, stamp, id, c),
            };
        }
        Some(overlay) => {
            if let Some((line, lines)) = overlay.line_mut() {
                if lines && key == Key::plain(Code::Enter) {
                    line.insert("\n", true);
                } else {
                    line.key(key);
                }
            }
            typed(state);
            return Vec::new();
        }
        None => {}
    }
    if matches!(state.mode, Mode::Edges(_)) {
        // Any other key keeps the edges and does what it does.
        let mut effects = marking::keep_edges(state, stamp);
        let said = state.message.take();
        // A stamp's ids count up, so that the second edit has one of its own.
        effects.extend(press(state, key, Stamp { id: stamp.nth_id(1 << 32), ..stamp }));
        state.message = state.message.take().or(said);
        return effects;
    }
    if key == Key::plain(Code::Escape)
        && let Some(document) = &mut state.document
    {
        // Escape clears what a search lit.
        document.found = None;
        (document.pointed, document.spot) = (None, None);
    }
    Vec::new()
}

/// Pasted text goes only to where one types.
fn paste(state: &mut State, text: &str) {
    if let Some((line, lines)) = state.overlays.last_mut().and_then(Overlay::line_mut) {
        line.insert(text, lines);
        typed(state);
    }
}

/// Takes in that a line has changed.
fn typed(state: &mut State) {
    match state.overlays.last_mut() {
        Some(Overlay::Picker(_)) => rows::narrow(state),
        Some(Overlay::Prompt(prompt)) if matches!(prompt.question, Question::Search(..)) => search::echo(state),
        Some(Overlay::Prompt(_)) => review::echo(state),
        _ => {}
    }
}

fn opened(state: &mut State, entry: usize, result: Result<Box<Opened>, String>, stamp: Stamp) -> Vec<Effect> {
    if state.opening.is_some_and(|wanted| wanted != entry) {
        return Vec::new();
    }
    state.opening = None;
    state.pending.clear();
    let opened = match result {
        Ok(opened) => *opened,
        Err(reason) => {
            // They were meant for this one.
            state.held.clear();
            if state.document.is_some() {
                state.warn(reason);
            } else {
                state.failed = Some(reason);
            }
            return Vec::new();
        }
    };
    let mut effects: Vec<Effect> = arrive::keep_place(state).into_iter().collect();
    state.mode = Mode::Normal;
    state.failed = None;
    let notices = opened.article.notices.clone();
    let read_only = opened.read_only.clone();
    if state.config.tour && entry == 0 && opened.history == History::default() {
        state.tour = Some(0);
    }
    let known = opened.place.clone();
    let mut document = Document::new(entry, opened);
    if let Some(place) = state.returns.get(&entry).cloned().or(known) {
        document.raw.top = place.top;
        (state.focus, state.lead) = (place.focus, place.lead);
        state.returns.insert(entry, place);
    }
    state.document = Some(document);
    if let Some(reason) = read_only {
        state.warn(format!("read only: {reason}"));
    } else if let Some(notice) = notices.first() {
        state.say(notice.clone());
    }
    library::listed(state);
    effects.extend(codebook::catch_up(state, stamp));
    effects.extend(review::analyse(state));
    effects
}

fn analysed(state: &mut State, analysis: Arc<Analysis>) -> Vec<Effect> {
    let Some(document) = &mut state.document else { return Vec::new() };
    let first = document.analysis.is_none();
    document.analysed(analysis);
    let entry = document.entry;
    library::listed(state);
    if !first {
        arrive::arrive(state);
        return Vec::new();
    }
    let place = state.returns.get(&entry).cloned();
    let selected = place.as_ref().map_or(Some(0), |place| {
        let at = place.selected?;
        state.document.as_ref()?.resolved.quotes.iter().position(|quote| quote.raw_hull().start >= at)
    });
    if let Some(n) = selected {
        reading::select(state, n);
    }
    if place.is_some()
        && let Some(document) = &mut state.document
    {
        // On return the text stands where it stood.
        document.place_mut(Pane::Raw).reveal = None;
        document.place_mut(Pane::Clean).reveal = None;
    }
    arrive::arrive(state);
    history::then(state)
}

fn saved(state: &mut State, entry: usize, revision: u64, result: Result<(), String>) {
    let open = state.document.as_mut().filter(|document| document.entry == entry);
    match (open, result) {
        (Some(document), Ok(())) => {
            document.saving.saved = document.saving.saved.max(revision);
            if document.saving.saved == document.saving.revision {
                document.saving.failed = None;
            }
        }
        (Some(document), Err(reason)) => document.saving.failed = Some(reason),
        (None, Err(reason)) => {
            let title = state.entries.get(entry).map_or("an article", |entry| &entry.title).to_owned();
            state.warn(format!("not saved: {title}: {reason}"));
        }
        (None, Ok(())) => {}
    }
}
