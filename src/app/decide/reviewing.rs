//! Choosing what is under review: only one speaker, only the undecided, the least sure first.

use crate::app::article::document::Document;
use crate::app::article::reading;
use crate::app::decide::filter::Filter;
use crate::app::screen::Pane;
use crate::app::state::State;

/// Steps through the undecided only, or through all again.
pub fn only_open(state: &mut State) {
    state.filter.open = !state.filter.open;
    told(state);
}

/// Steps through the least sure first, or in the order of the text again.
pub fn least_sure_first(state: &mut State) {
    state.filter.least_sure = !state.filter.least_sure;
    told(state);
}

/// Steps through the quotations of one speaker only, the one chosen in Speakers or that of the selected quotation; or
/// through everybody's again.
pub fn only_speaker(state: &mut State) {
    if state.filter.speaker.take().is_some() {
        return told(state);
    }
    let Some(document) = &state.document else { return };
    let chosen = if state.focus == Pane::Speakers {
        document.chosen_speaker()
    } else {
        document.quote().and_then(|q| q.speaker)
    };
    let Some(speaker) = chosen.and_then(|n| document.resolved.speakers.get(n)) else {
        return state.say("nobody named is selected");
    };
    state.filter.speaker = Some(speaker.name.clone());
    told(state);
}

/// Steps through every quotation in the order of the text again.
pub fn everything(state: &mut State) {
    state.filter = Filter::default();
    told(state);
}

/// Says what is under review now, and selects one of them where the selected quotation is none.
fn told(state: &mut State) {
    let filter = state.filter.clone();
    let Some(document) = &state.document else { return };
    let (order, left) = (filter.order(document), filter.left(document));
    let words = if filter.is_plain() { "every quotation, in the order of the text".to_owned() } else { filter.words() };
    let here = document.selected.is_some_and(|n| order.contains(&n));
    let next = next(document, &filter, &order);
    if !here && let Some(next) = next {
        reading::select(state, next);
    }
    state.say(format!("{words}: {} of them, {left} left to decide", order.len()));
}

/// The one to begin with: in the order of certainty the first, else the next behind the reader.
fn next(document: &Document, filter: &Filter, order: &[usize]) -> Option<usize> {
    let behind = filter.step(document, document.selected, true).filter(|_| !filter.least_sure);
    behind.or(order.first().copied())
}
