//! Marks: a letter for a place, kept with the store, to come back to from any article.

use crate::annotation::Mark;
use crate::annotation::decide::excerpt;
use crate::app::articles::arrive;
use crate::app::articles::places::Arrival;
use crate::app::effect::Effect;
use crate::app::screen::Pane;
use crate::app::state::State;
use crate::app::windows::overlay::{Ask, Letter, Overlay, Pager};
use crate::app::windows::picker::{Choice, Item, Picker, Value};
use crate::config::Role;
use crate::text::{Clean, Raw, Span, units};

/// Asks for the letter of a mark to set or to go to.
pub fn ask(state: &mut State, ask: Ask) {
    if ask == Ask::SetMark && state.document.as_ref().is_none_or(|document| document.analysis.is_none()) {
        return state.say("the article is still being read");
    }
    let title = if ask == Ask::SetMark { "Mark this place: a letter a to z" } else { "Go to which mark?" };
    let mut lines: Vec<_> = state
        .shared
        .marks
        .iter()
        .map(|(letter, mark)| {
            let words = mark.anchor.parts.first().map_or_else(String::new, |part| excerpt(&part.exact));
            let text = format!("{words}  {}", title_of(state, mark));
            vec![(Role::HintKey, format!("{letter}  ")), (Role::Text, text)]
        })
        .collect();
    if lines.is_empty() {
        if ask == Ask::GoMark {
            return state.say("no place is marked");
        }
        lines.push(vec![(Role::Muted, "no place is marked yet".to_owned())]);
    }
    let pager = Pager { title: title.to_owned(), lines, top: 0, rows: 0 };
    state.overlays.push(Overlay::Letter(Letter { ask, pager }));
}

fn title_of(state: &State, mark: &Mark) -> String {
    entry_of(state, mark)
        .and_then(|n| state.entries.get(n))
        .map_or_else(|| format!("{} (not in this list)", mark.article), |entry| entry.title.clone())
}

/// Returns the place in the list of a mark's article: the one it was marked in where that has its name still, else the
/// first of its name.
fn entry_of(state: &State, mark: &Mark) -> Option<usize> {
    let named = |n: &usize| state.entries.get(*n).is_some_and(|entry| entry.id == mark.article);
    Some(mark.number).filter(named).or_else(|| (0..state.entries.len()).find(named))
}

/// Sets the mark `letter` where the reader is: at the pointed place, the selected quotation, else the first row in sight.
pub fn set(state: &mut State, letter: char) -> Vec<Effect> {
    if !letter.is_ascii_lowercase() {
        state.warn(format!("a mark is a letter a to z, not {letter}"));
        return Vec::new();
    }
    let Some(document) = &state.document else { return Vec::new() };
    let Some(analysis) = &document.analysis else { return Vec::new() };
    let rows = &document.place(state.lead).rows;
    let view = rows.first().map_or(0, |row| row.start)..rows.last().map_or(0, |row| row.end);
    let raw = &document.article.text;
    let seen = |span: &Span<Raw>| {
        let at = if state.lead == Pane::Raw { span.start } else { document.carry(Pane::Raw, span.start) };
        view.contains(&at)
    };
    let spot = document.spot.map(|spot| analysis.clean.map.back(spot));
    let quote = document.quote().map(crate::annotation::ResolvedQuote::raw_hull);
    let span = spot.into_iter().chain(quote).find(seen).unwrap_or_else(|| {
        let top = if state.lead == Pane::Raw {
            view.start
        } else {
            analysis.clean.map.back(Span::<Clean>::empty(view.start)).start
        };
        let sentence = units::sentence(raw, top);
        Span::new(sentence.start, sentence.end)
    });
    // A few words are enough to find it again, and all that a list can show.
    let end = raw.floor_char_boundary(span.end.min(span.start + 120));
    let anchor = document.raw_text().anchor(&[Span::new(span.start, end)]);
    if anchor.parts.is_empty() {
        state.say("there is no text here to mark");
        return Vec::new();
    }
    let mark = Mark { article: document.article.id.clone(), number: document.entry, anchor };
    state.shared.marks.set(letter, Some(mark));
    state.say(format!("marked {letter}"));
    vec![state.shared.save()]
}

/// Goes to the mark `letter`.
pub fn go(state: &mut State, letter: char) -> Vec<Effect> {
    let Some(mark) = state.shared.marks.get(letter).cloned() else {
        state.warn(format!("there is no mark {letter}"));
        return Vec::new();
    };
    let Some(entry) = entry_of(state, &mark) else {
        state.warn(format!("the article of mark {letter}, {}, is not in this list", mark.article));
        return Vec::new();
    };
    arrive::go(state, entry, Arrival::Anchor(Box::new(mark.anchor)))
}

/// Opens the list of all marks.
pub fn list(state: &mut State) {
    let items = state.shared.marks.iter().map(|(letter, mark)| {
        let words = mark.anchor.parts.first().map_or_else(String::new, |part| excerpt(&part.exact));
        Item::new(Value::Name(letter.to_string()), format!("{letter}  {words}")).with(title_of(state, mark))
    });
    let items: Vec<Item> = items.collect();
    if items.is_empty() {
        return state.say("no place is marked");
    }
    state.overlays.push(Overlay::Picker(Picker::new(Choice::Mark, "Marks", items, None)));
}
