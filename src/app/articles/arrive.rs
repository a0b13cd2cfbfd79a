//! Going to a place, in this article or another; the places one came from are kept, to go back and forward.

use crate::app::article::parts;
use crate::app::article::reading;
use crate::app::article::select::Pointed;
use crate::app::articles::places::{Arrival, Jump, MOST, Return};
use crate::app::effect::Effect;
use crate::app::screen::Pane;
use crate::app::state::State;
use crate::text::Span;

/// Keeps the place where the reader is, to come back to. What lay ahead is forgotten.
pub fn record(state: &mut State) {
    let Some(here) = here(state) else { return };
    let jumps = &mut state.jumps;
    jumps.list.truncate(jumps.at);
    if jumps.list.last() != Some(&here) {
        jumps.list.push(here);
    }
    if jumps.list.len() > MOST {
        jumps.list.remove(0);
    }
    jumps.at = jumps.list.len();
}

/// Goes back to the place before the last jump, or forward again.
pub fn travel(state: &mut State, back: bool) -> Vec<Effect> {
    let here = here(state);
    let jumps = &mut state.jumps;
    let to = if back {
        if jumps.at == jumps.list.len()
            && let Some(here) = here
        {
            // So that there is a way forward to here.
            if jumps.list.last() == Some(&here) {
                jumps.at -= 1;
            } else {
                jumps.list.push(here);
                jumps.at = jumps.list.len() - 1;
            }
        }
        jumps.at.checked_sub(1)
    } else {
        Some(jumps.at + 1).filter(|&at| at < jumps.list.len())
    };
    let Some(at) = to else {
        state.say(if back { "this is the first place of the jump list" } else { "this is the last place" });
        return Vec::new();
    };
    jumps.at = at;
    let (entry, place, count) = (jumps.list[at].entry, jumps.list[at].at.clone(), jumps.list.len());
    state.say(format!("place {} of {count}", at + 1));
    head_for(state, entry, Arrival::Back(place))
}

fn here(state: &State) -> Option<Jump> {
    let document = state.document.as_ref()?;
    Some(Jump { entry: document.entry, at: place(state)? })
}

/// Where the reader is; `None` until the article is analysed, since nothing is selected before.
fn place(state: &State) -> Option<Return> {
    let (lead, focus) = (state.lead, state.focus);
    let document = state.document.as_ref()?;
    document.analysis.as_ref()?;
    let top = document.place(lead).top;
    let top = if lead == Pane::Raw { top } else { document.carry(lead, top) };
    let selected = document.quote().map(|quote| quote.raw_hull().start);
    let listed = state.entries.get(document.entry);
    let (quotes, sure) = listed.map_or((None, None), |listed| (listed.quotes, listed.sure));
    Some(Return { selected, top, focus, lead, quotes, sure })
}

/// Goes to a place of article `entry`, and keeps the place where the reader was.
pub fn go(state: &mut State, entry: usize, arrival: Arrival) -> Vec<Effect> {
    record(state);
    head_for(state, entry, arrival)
}

fn head_for(state: &mut State, entry: usize, arrival: Arrival) -> Vec<Effect> {
    let there = state.document.as_ref().is_some_and(|document| document.entry == entry && document.analysis.is_some());
    state.arrival = Some((entry, arrival));
    if there && state.opening.is_none() {
        arrive(state);
        return Vec::new();
    }
    ask(state, entry)
}

/// Asks for article `entry`, keeping the place in the one that is open.
pub fn open(state: &mut State, entry: usize) -> Vec<Effect> {
    record(state);
    state.arrival = None;
    ask(state, entry)
}

fn ask(state: &mut State, entry: usize) -> Vec<Effect> {
    let kept = keep_place(state);
    state.opening = Some(entry);
    state.then = None;
    state.failed = None;
    kept.into_iter().chain([Effect::Open(entry)]).collect()
}

/// Keeps the place in the article that is open; `None` where it is kept already.
pub fn keep_place(state: &mut State) -> Option<Effect> {
    let place = place(state)?;
    let entry = state.document.as_ref()?.entry;
    let known = state.returns.insert(entry, place.clone());
    (known.as_ref() != Some(&place)).then(|| Effect::Keep { entry, place: Box::new(place) })
}

/// Goes to the place that was headed for, where its article is the one that is open; returns whether it went.
pub fn arrive(state: &mut State) -> bool {
    let open = state.document.as_ref().map(|document| document.entry);
    let Some((_, arrival)) = state.arrival.take_if(|(entry, _)| Some(*entry) == open) else { return false };
    let Some(document) = &mut state.document else { return false };
    let place = match arrival {
        Arrival::Back(place) => {
            let top = document.carry(Pane::Raw, place.top);
            let quotes = &document.resolved.quotes;
            let selected = place.selected.and_then(|at| quotes.iter().position(|quote| quote.raw_hull().start >= at));
            document.selected = selected.or(document.selected);
            document.spot = None;
            (document.raw.top, document.raw.reveal) = (place.top, None);
            (document.clean.top, document.clean.reveal) = (top, None);
            document.choose_own_speaker();
            return true;
        }
        Arrival::Note(id) => {
            if let Some(n) = document.resolved.quotes.iter().position(|quote| quote.note == Some(id)) {
                reading::select(state, n);
                return true;
            }
            if document.resolved.passages.iter().any(|passage| passage.note == id) {
                parts::point(state, Pointed::Passage(id));
                return true;
            }
            let note = document.notes.quotes.get(&id);
            note.and_then(|note| document.raw_text().locate(&note.anchor)).and_then(|spans| spans.first().copied())
        }
        Arrival::Anchor(anchor) => {
            document.raw_text().locate(&anchor).and_then(|spans| spans.first().copied()).or_else(|| {
                // The words are gone; where they stood may be as good.
                let start = anchor.parts.first()?.range.start;
                let at = document.raw_text().index.to_bytes(&document.article.text, start)?;
                Some(Span::empty(at))
            })
        }
        Arrival::Place(place) => Some(place),
    };
    let Some(place) = place else {
        state.warn("the place is no longer in the text");
        return true;
    };
    let Some(analysis) = &document.analysis else { return true };
    let clean = analysis.clean.map.forward(place);
    let inside = |quote: &crate::annotation::ResolvedQuote| quote.raw_hull().covers(place);
    if let Some(n) = document.resolved.quotes.iter().position(inside) {
        document.selected = Some(n);
        document.choose_own_speaker();
    }
    document.spot = Some(clean).filter(|clean| !clean.is_empty());
    reading::reveal(state, Pane::Clean, clean.range());
    true
}
