//! Moving through the timeline: from mark to mark, nearer and farther, to earlier and later days.

use crate::annotation::timeline::MOST;
use crate::annotation::{ResolvedQuote, Status};
use crate::app::article::reading::select;
use crate::app::state::State;

/// Stretches the days by so many steps, or shows more of them again.
pub fn zoom(state: &mut State, by: i8) {
    let Some(document) = &mut state.document else { return };
    let place = &mut document.timeline;
    if place.picture.as_ref().is_none_or(|picture| picture.axis.is_none()) {
        return state.say("no quotation has a date");
    }
    let zoom = place.zoom.saturating_add_signed(by).min(MOST);
    if zoom == place.zoom {
        state.say(if by > 0 { "nearer is not possible" } else { "all days are in sight" });
    } else {
        place.zoom = zoom;
    }
}

/// Shows earlier or later days.
pub fn pan(state: &mut State, later: bool) {
    let Some(picture) = state.document.as_mut().and_then(|document| document.timeline.picture.as_mut()) else { return };
    if !picture.pan(later) {
        state.say(if later { "nothing was said later" } else { "nothing was said earlier" });
    }
}

/// Changes the order of the list.
pub fn order(state: &mut State) {
    let Some(document) = &mut state.document else { return };
    document.timeline.by_place = !document.timeline.by_place;
}

/// Moves through time: to the next quotation that was said, or the one before.
pub fn step_time(state: &mut State, forward: bool) {
    let Some(document) = &state.document else { return };
    let (order, quotes) = (&document.by_time, &document.resolved.quotes);
    let at = document.selected.and_then(|n| order.iter().position(|&other| other == n));
    // A rejected one has no mark to stand on.
    let marked = |n: &&usize| quotes[**n].status != Status::Rejected;
    let next = match at {
        Some(at) if forward => order[at + 1..].iter().find(marked),
        Some(at) => order[..at].iter().rev().find(marked),
        None => order.iter().find(marked),
    };
    if let Some(&n) = next {
        select(state, n);
    }
}

/// Moves from speaker to speaker in the timeline: to the quotation of the next lane that is nearest in time.
pub fn step_lane(state: &mut State, down: bool) {
    let Some(document) = &state.document else { return };
    let quotes = &document.resolved.quotes;
    let Some(quote) = document.quote() else { return step_time(state, true) };
    // Nobody's quotations make the last lane.
    let lane = |speaker: Option<usize>| speaker.unwrap_or(usize::MAX);
    let here = lane(quote.speaker);
    let marked = |quote: &&ResolvedQuote| quote.status != Status::Rejected;
    let lanes = quotes.iter().filter(marked).map(|quote| lane(quote.speaker));
    let next = if down { lanes.filter(|&l| l > here).min() } else { lanes.filter(|&l| l < here).max() };
    let day =
        |n: usize| quotes[n].said_at.map(|said| i64::from(said.from.year()) * 372 + i64::from(said.from.day_of_year()));
    let from = document.selected.and_then(day);
    let near =
        (0..quotes.len()).filter(|&n| marked(&&quotes[n]) && Some(lane(quotes[n].speaker)) == next).min_by_key(|&n| {
            match (day(n), from) {
                (Some(day), Some(from)) => (day - from).abs(),
                (None, None) => 0,
                _ => i64::MAX,
            }
        });
    if let Some(n) = near {
        select(state, n);
    }
}
