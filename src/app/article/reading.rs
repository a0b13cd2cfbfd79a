//! Moving through the article: from quotation to quotation, by rows and pages, among speakers and through time.

use crate::app::article::document::{Document, SpeakerRow};
use crate::app::decide::filter::Filter;
use crate::app::screen::Pane;
use crate::app::state::{Mode, State};
use crate::text::{Clean, Span, units};
use std::ops::Range;

/// Selects quotation `n`: all four panes show it.
pub fn select(state: &mut State, n: usize) {
    let Some(document) = &mut state.document else { return };
    if n >= document.resolved.quotes.len() {
        return;
    }
    document.selected = Some(n);
    (document.pointed, document.spot) = (None, None);
    document.choose_own_speaker();
    reveal_selected(state);
}

/// Brings the selected quotation into view.
pub fn reveal_selected(state: &mut State) {
    let lead = state.lead;
    if let Some(document) = &mut state.document
        && let Some(hull) = document.selected.and_then(|n| document.hull(lead, n))
    {
        document.place_mut(lead).reveal = Some(hull);
    }
}

/// Brings a place of one text into view.
pub fn reveal(state: &mut State, pane: Pane, range: Range<usize>) {
    let lead = state.lead;
    let Some(document) = &mut state.document else { return };
    let range = if pane == lead {
        range
    } else {
        let start = document.carry(pane, range.start);
        start..document.carry(pane, range.end).max(start)
    };
    document.place_mut(lead).reveal = Some(range);
}

/// Points at the next sentence or the one before, for reading sentence by sentence; from the first in sight.
pub fn step_sentence(state: &mut State, forward: bool) {
    let Some(document) = &mut state.document else { return };
    let text = document.text(Pane::Clean);
    let at = document.spot.map_or_else(|| document.clean.top.min(text.len()), |spot| spot.start);
    let start = match (document.spot, forward) {
        (None, _) => at,
        (Some(_), true) => units::next_sentence(text, at),
        (Some(_), false) => units::previous_sentence(text, at),
    };
    let sentence = units::sentence(text, start);
    if sentence.is_empty() {
        return;
    }
    document.spot = Some(Span::new(sentence.start, sentence.end));
    reveal(state, Pane::Clean, sentence);
}

/// Selects the next quotation under review or the one before. Where the selected one is out of sight, the next is the
/// first in sight.
pub fn step_quote(state: &mut State, forward: bool) {
    let Some(document) = &state.document else { return };
    if document.resolved.quotes.is_empty() {
        scroll(state, if forward { 1 } else { -1 });
        return;
    }
    let filter = &state.filter;
    let rows = &document.place(state.lead).rows;
    let view = rows.first().map_or(0, |row| row.start)..rows.last().map_or(0, |row| row.end);
    let hull = |n: usize| document.hull(state.lead, n).unwrap_or(0..0);
    let seen = document.selected.map(hull).is_some_and(|hull| hull.start < view.end && hull.end > view.start);
    let from_selected = seen || view.is_empty() || document.place(state.lead).reveal.is_some() || filter.least_sure;
    let next = if from_selected && document.selected.is_some() {
        filter.step(document, document.selected, forward)
    } else {
        let order = filter.order(document);
        if forward {
            order.iter().copied().find(|&n| hull(n).start >= view.start).or(order.last().copied())
        } else {
            order.iter().rev().copied().find(|&n| hull(n).start < view.end).or(order.first().copied())
        }
    };
    match (next, filter.is_plain()) {
        (Some(n), _) => select(state, n),
        (None, true) if forward => {
            state.say("this is the last quotation");
            reveal_selected(state);
        }
        (None, true) => reveal_selected(state),
        (None, false) => {
            let text = format!("no more {}: {}", if forward { "below" } else { "above" }, filter.words());
            state.say(text);
        }
    }
}

/// Selects the next quotation under review that is not decided, around the end; false where all are decided.
pub fn next_open(state: &mut State) -> bool {
    let Some(document) = &state.document else { return false };
    let open = state.filter.next_open(document, document.selected);
    if let Some(n) = open {
        select(state, n);
    }
    open.is_some()
}

/// Selects the open quotation under review that the program is least sure of; false where all are decided.
pub fn least_sure(state: &mut State) -> bool {
    let Some(document) = &state.document else { return false };
    let filter = Filter { open: true, least_sure: true, ..state.filter.clone() };
    let least = filter.order(document).first().copied();
    if let Some(n) = least {
        select(state, n);
    }
    least.is_some()
}

/// Scrolls the text by rows.
pub fn scroll(state: &mut State, by: isize) {
    let lead = state.lead;
    let gutter = state.document.as_ref().map_or(0, Document::gutter);
    let width = state.screen.panes[lead.index()].width.saturating_sub(gutter);
    let Some(document) = state.document.as_mut().filter(|_| width > 0) else { return };
    let top = document.place(lead).top;
    let wrap = document.wrap(lead, usize::from(width));
    let rows = if by < 0 { wrap.rows_before(top, by.unsigned_abs()) } else { wrap.rows_from(top, by as usize + 1) };
    let place = document.place_mut(lead);
    if let Some(row) = rows.last() {
        place.top = row.start;
    }
    place.reveal = None;
}

/// Moves by a part of a page: the text, or the rows of Speakers.
pub fn page(state: &mut State, numerator: isize, denominator: isize) {
    let pane = if state.focus == Pane::Speakers { Pane::Speakers } else { state.lead };
    let height = state.screen.panes[pane.index()].height as isize;
    // A full page keeps one row, so that the eye finds its place.
    let by =
        ((height - isize::from(denominator == 1)).max(1) * numerator / denominator).abs().max(1) * numerator.signum();
    if pane == Pane::Speakers { step_speaker(state, by) } else { scroll(state, by) }
}

/// Goes to the beginning or the end of what the pane shows.
pub fn extreme(state: &mut State, last: bool) {
    let Some(document) = &mut state.document else { return };
    match state.focus {
        Pane::Raw | Pane::Clean => {
            let end = document.text(state.lead).len();
            let place = document.place_mut(state.lead);
            place.reveal = None;
            place.top = if last { end } else { 0 };
        }
        Pane::Speakers => step_speaker(state, if last { isize::MAX / 2 } else { isize::MIN / 2 }),
        Pane::Timeline => {
            let order = &document.by_time;
            let n = if last { order.last() } else { order.first() };
            if let Some(&n) = n {
                select(state, n);
            }
        }
    }
}

/// Moves among the rows of Speakers; the text follows.
pub fn step_speaker(state: &mut State, by: isize) {
    let Some(document) = &mut state.document else { return };
    let rows = document.speaker_rows();
    if rows == 0 {
        return;
    }
    document.speakers.row = (document.speakers.row as isize).saturating_add(by).clamp(0, rows as isize - 1) as usize;
    follow_speaker(state);
}

/// Shows in the text what is chosen in Speakers: a mention, or a speaker's first quotation, or its first mention.
pub fn follow_speaker(state: &mut State) {
    let Some(document) = &mut state.document else { return };
    let mention = |speaker: usize, n: usize| -> Option<Span<Clean>> {
        Some(document.resolved.speakers.get(speaker)?.mentions.get(n)?.span)
    };
    match document.speaker_row(document.speakers.row) {
        Some(SpeakerRow::Speaker(speaker)) => {
            let own = document.quote().is_some_and(|quote| quote.speaker == Some(speaker));
            let first = document.resolved.quotes.iter().position(|quote| quote.speaker == Some(speaker));
            if let Some(first) = first {
                if !own {
                    document.selected = Some(first);
                }
                document.spot = None;
                reveal_selected(state);
            } else if let Some(span) = mention(speaker, 0) {
                document.spot = Some(span);
                reveal(state, Pane::Clean, span.range());
            }
        }
        Some(SpeakerRow::Mention(speaker, n)) => {
            if let Some(span) = mention(speaker, n) {
                document.spot = Some(span);
                reveal(state, Pane::Clean, span.range());
            }
        }
        None => {}
    }
}

/// Opens or closes the chosen speaker; on a mention, goes to the text.
pub fn open_speaker(state: &mut State, open: bool) {
    let Some(document) = &mut state.document else { return };
    match (document.speaker_row(document.speakers.row), open) {
        (Some(SpeakerRow::Mention(..)), true) => state.focus = state.lead,
        (Some(SpeakerRow::Speaker(n)), true) if document.speakers.open == Some(n) => document.speakers.open = None,
        (Some(SpeakerRow::Speaker(n)), true) => {
            document.speakers.open = Some(n);
            document.speakers.row = n;
        }
        (Some(SpeakerRow::Speaker(n) | SpeakerRow::Mention(n, _)), false) => {
            document.speakers.open = None;
            document.speakers.row = n;
        }
        (None, _) => {}
    }
}

/// Gives the keys to a pane; a text pane leads from then on.
pub fn focus(state: &mut State, pane: Pane) {
    if pane.is_text() && pane != state.lead {
        if let Some(document) = &mut state.document {
            // The text that was not shown takes the place of the one that was.
            let top = document.carry(state.lead, document.place(state.lead).top);
            let place = document.place_mut(pane);
            place.top = top;
            place.reveal = None;
        }
        state.lead = pane;
    }
    state.focus = pane;
}

/// Tells whether the reader is selecting or moving edges.
pub fn is_marking(state: &State) -> bool {
    state.mode != Mode::Normal
}
