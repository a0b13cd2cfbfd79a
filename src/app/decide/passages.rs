//! Tagging stretches of the text: what is selected, or every place where a phrase stands, looked through first.

use crate::annotation::{Desk, Stamp};
use crate::app::action::Action;
use crate::app::article::select::{Pointed, Visual};
use crate::app::article::{parts, reading};
use crate::app::decide::review;
use crate::app::effect::Effect;
use crate::app::screen::Pane;
use crate::app::seek::find::MOST;
use crate::app::state::{Mode, State};
use crate::app::windows::overlay::{Overlay, Place, Preview};
use crate::app::windows::picker::{Choice, Item, Picker, Value};
use crate::text::pattern::{Kind, Pattern};
use crate::text::{Clean, Span};
use std::ops::Range;

/// Bytes of the text that are shown before a place, and behind it.
const AROUND: usize = 60;

/// Opens the list of tags for the selected text, or for every place where its words stand.
pub fn ask(state: &mut State, visual: &Visual, every: bool) {
    let Some((_, clean)) = parts::stretch(state, visual) else { return state.say("no text is selected") };
    if every {
        let phrase = state.document.as_ref().map_or("", |document| clean.of(document.text(Pane::Clean))).to_owned();
        return ask_every(state, &phrase);
    }
    state.stretches = vec![clean];
    ask_tag(state, Choice::Stretch, "Which tag for this passage?".to_owned());
}

/// Opens the list of tags for every place where `phrase` stands.
pub fn ask_every(state: &mut State, phrase: &str) {
    let Some(document) = &state.document else { return };
    let searched = document.found.as_ref().map(|found| found.query.clone());
    let phrase = if phrase.trim().is_empty() { searched.unwrap_or_default() } else { phrase.to_owned() };
    if phrase.trim().is_empty() {
        return state.say("no phrase was typed");
    }
    let places = places(document.text(Pane::Clean), &phrase);
    if places.is_empty() {
        return state.warn(format!("“{}” is not in the text", phrase.trim()));
    }
    let title = format!("Which tag for {} × “{}”?", places.len(), phrase.trim());
    state.stretches = places.into_iter().map(|place| Span::new(place.start, place.end)).collect();
    ask_tag(state, Choice::Every, title);
}

fn ask_tag(state: &mut State, choice: Choice, title: String) {
    let Some(document) = &state.document else { return };
    let quotes = document.resolved.quotes.iter().flat_map(|quote| &quote.tags);
    let mut tags: Vec<(String, usize)> = Vec::new();
    for tag in quotes.chain(document.resolved.passages.iter().flat_map(|passage| &passage.tags)) {
        match tags.iter_mut().find(|(known, _)| known == tag) {
            Some((_, count)) => *count += 1,
            None => tags.push((tag.clone(), 1)),
        }
    }
    tags.sort_by_key(|(tag, count)| (std::cmp::Reverse(*count), tag.clone()));
    // The tag that was given last is the first to be offered.
    if let Some(last) = state.last_tag.clone() {
        let count = tags.iter().position(|(tag, _)| *tag == last).map_or(0, |at| tags.remove(at).1);
        tags.insert(0, (last, count));
    }
    let items = tags.into_iter().map(|(tag, count)| Item::new(Value::Name(tag.clone()), tag).with(count.to_string()));
    let picker = Picker::new(choice, title, items.collect(), Some("new tag"));
    state.overlays.push(Overlay::Picker(picker));
}

/// Takes the tag that was chosen: one passage is tagged at once, many places are looked through first.
pub fn take(state: &mut State, stamp: Stamp, choice: Choice, tag: &str) -> Vec<Effect> {
    state.last_tag = Some(tag.to_owned());
    let stretches = std::mem::take(&mut state.stretches);
    let Some(document) = &state.document else { return Vec::new() };
    let Some(analysis) = &document.analysis else { return Vec::new() };
    let raw = |clean: Span<Clean>| analysis.clean.map.back(clean);
    if choice == Choice::Stretch {
        let spans: Vec<_> = stretches.iter().map(|&clean| raw(clean)).collect();
        state.mode = Mode::Normal;
        let effects = review::decide(state, stamp, |desk| desk.tag_stretches(&spans, tag));
        point_at(state, stretches.first().copied());
        return effects;
    }
    let text = document.text(Pane::Clean);
    let desk = Desk { notes: &document.notes, resolved: &document.resolved, raw: document.raw_text(), stamp };
    let places: Vec<Place> = stretches
        .into_iter()
        .map(|clean| {
            let has = desk.is_tagged(raw(clean), tag);
            let from = text.floor_char_boundary(clean.start.saturating_sub(AROUND));
            let to = text.floor_char_boundary((clean.end + AROUND).min(text.len()));
            Place {
                raw: raw(clean),
                clean,
                before: one_line(&text[from..clean.start]),
                words: one_line(clean.of(text)),
                after: one_line(&text[clean.end..to]),
                on: !has,
                has,
            }
        })
        .collect();
    let at = places.iter().position(|place| place.on).unwrap_or(0);
    state.overlays.push(Overlay::Preview(Preview { tag: tag.to_owned(), places, at }));
    show(state);
    Vec::new()
}

/// Does what a key means in the list of places.
pub fn in_preview(state: &mut State, action: Action, stamp: Stamp) -> Vec<Effect> {
    let page = usize::from(state.screen.overlay.height).max(2) - 1;
    let Some(Overlay::Preview(preview)) = state.overlays.last_mut() else { return Vec::new() };
    let last = preview.places.len().saturating_sub(1);
    match action {
        Action::Down => preview.at = (preview.at + 1).min(last),
        Action::Up => preview.at = preview.at.saturating_sub(1),
        Action::PageDown => preview.at = (preview.at + page).min(last),
        Action::PageUp => preview.at = preview.at.saturating_sub(page),
        Action::First => preview.at = 0,
        Action::Last => preview.at = last,
        Action::Toggle => {
            let at = preview.at;
            if let Some(place) = preview.places.get_mut(at).filter(|place| !place.has) {
                place.on = !place.on;
            }
            preview.at = (at + 1).min(last);
        }
        Action::ToggleAll => {
            let on = preview.count() == 0;
            preview.places.iter_mut().for_each(|place| place.on = on && !place.has);
        }
        Action::Confirm => return confirm(state, stamp),
        Action::Cancel => {
            state.overlays.pop();
            state.say("nothing was tagged");
            return Vec::new();
        }
        _ => return Vec::new(),
    }
    show(state);
    Vec::new()
}

/// Tags every place that is switched on, in one step.
fn confirm(state: &mut State, stamp: Stamp) -> Vec<Effect> {
    let Some(Overlay::Preview(preview)) = state.overlays.pop() else { return Vec::new() };
    state.mode = Mode::Normal;
    let spans: Vec<_> = preview.places.iter().filter(|place| place.on).map(|place| place.raw).collect();
    if spans.is_empty() {
        state.say("no place is switched on: nothing was tagged");
        return Vec::new();
    }
    let first = preview.places.iter().find(|place| place.on).map(|place| place.clean);
    let effects = review::decide(state, stamp, |desk| desk.tag_stretches(&spans, &preview.tag));
    point_at(state, first);
    effects
}

/// Points at the passage that stands at `clean`, so that its tags can be changed at once. What was said stays said.
fn point_at(state: &mut State, clean: Option<Span<Clean>>) {
    let Some(document) = &mut state.document else { return };
    let passage = document.resolved.passages.iter().find(|passage| Some(passage.hull()) == clean);
    document.pointed = passage.map(|passage| Pointed::Passage(passage.note));
    document.spot = clean;
}

/// Shows the place that is chosen in the text behind the list.
fn show(state: &mut State) {
    let Some(Overlay::Preview(preview)) = state.overlays.last() else { return };
    let Some(clean) = preview.places.get(preview.at).map(|place| place.clean) else { return };
    if let Some(document) = &mut state.document {
        document.spot = Some(clean);
    }
    reading::reveal(state, Pane::Clean, clean.range());
}

fn one_line(text: &str) -> String {
    let mut out = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // The space beside the phrase is kept.
    if text.starts_with(char::is_whitespace) && !out.is_empty() {
        out.insert(0, ' ');
    }
    if text.ends_with(char::is_whitespace) {
        out.push(' ');
    }
    out
}

/// Returns where the words of `phrase` stand in `text` as whole words, whatever spaces and line breaks are between them;
/// upper and lower case alike unless a capital is typed, as in a search.
pub fn places(text: &str, phrase: &str) -> Vec<Range<usize>> {
    let phrase = phrase.trim();
    let Ok(pattern) = Pattern::new(phrase, Kind::Words) else { return Vec::new() };
    let (first, last) = (phrase.chars().next(), phrase.chars().next_back());
    let mut places = pattern.places(text, MOST);
    places.retain(|place| {
        let before = text[..place.start].chars().next_back();
        let behind = text[place.end..].chars().next();
        before.is_none_or(|before| !joins(before, first)) && behind.is_none_or(|behind| !joins(behind, last))
    });
    places
}

/// Tells whether a character goes on the word that ends or begins with `edge`.
fn joins(beside: char, edge: Option<char>) -> bool {
    beside.is_alphanumeric() && edge.is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(text: &'a str, phrase: &str) -> Vec<&'a str> {
        places(text, phrase).into_iter().map(|place| &text[place]).collect()
    }

    #[test]
    fn a_phrase_is_found_as_whole_words_over_line_breaks() {
        let text = "A travel ban. The Travel\n  Ban? Travel bans, retravel ban; travel  ban.";
        assert_eq!(found(text, "travel ban"), ["travel ban", "Travel\n  Ban", "travel  ban"]);
        assert_eq!(found(text, "Travel Ban"), ["Travel\n  Ban"]);
        assert_eq!(found("the the the the", "the the"), ["the the", "the the"]);
        assert_eq!(found("Élan élan ÉLAN", "élan"), ["Élan", "élan", "ÉLAN"]);
        assert_eq!(found("“No.” No", "“No.”"), ["“No.”"]);
        assert!(found(text, "  ").is_empty() && found("", "x").is_empty());
    }
}
