//! Everything drawing needs that depends on the size: areas, the rows of the texts, what is scrolled where.

use super::chrome;
use super::layout::layout;
use super::timeline;
use super::{edge, overlays};
use crate::app::Document;
use crate::app::article::document::Place;
use crate::app::article::reading::focus;
use crate::app::screen::{Area, Button, Pane, Shape};
use crate::app::state::{Mode, State};
use std::ops::Range;

/// Computes what the screen of this size shows: the only place that writes to what drawing reads.
pub fn prepare(state: &mut State, width: u16, height: u16) {
    let mut screen = layout(width, height, state.focus, state.lead, state.zoom, state.tour.is_some());
    if screen.shape != Shape::Wide && state.focus.is_text() && state.focus != state.lead {
        let pane = state.focus;
        focus(state, pane);
        screen = layout(width, height, state.focus, state.lead, state.zoom, state.tour.is_some());
    }
    let (lead, mode) = (state.lead, state.mode.clone());
    if let Some(document) = &mut state.document {
        texts(document, lead, &mode, &screen.panes);
        speakers(document, screen.panes[Pane::Speakers.index()]);
    }
    state.screen = screen;
    let (pane, ascii) = (state.screen.panes[Pane::Timeline.index()], state.config.settings.ascii);
    state.screen.marks =
        state.document.as_mut().map_or_else(Vec::new, |document| timeline::prepare(document, pane, ascii));
    overlays::prepare(state);
    // What lies under a window cannot be clicked.
    state.screen.buttons = if state.overlays.is_empty() {
        let tabs = chrome::tab_areas(state).into_iter().map(|(area, pane)| (area, Button::Show(pane)));
        tabs.chain(chrome::hints(state).into_iter().map(|hint| (hint.area, Button::Do(hint.action)))).collect()
    } else {
        edge::buttons(state, overlays::outer(state))
    };
}

/// Finds the rows of both texts. The one that leads shows what it is asked to; the other stands beside it.
fn texts(document: &mut Document, lead: Pane, mode: &Mode, panes: &[Area; 4]) {
    let area = panes[lead.index()];
    let other = if lead == Pane::Raw { Pane::Clean } else { Pane::Raw };
    let beside = panes[other.index()];
    let gutter = document.gutter();
    if area.width <= gutter || area.height == 0 {
        document.place_mut(lead).rows.clear();
    } else {
        let place = settle(document, lead, area);
        *document.place_mut(lead) = place;
    }
    if beside.width <= gutter || beside.height == 0 {
        document.place_mut(other).rows.clear();
        return;
    }
    // The two are level at what the reader looks at: the cursor, the selected quotation, else the first row.
    let rows = &document.place(lead).rows;
    let cursor = match mode {
        Mode::Visual(visual) if visual.pane == lead => Some(visual.cursor),
        Mode::Edges(edges) if lead == Pane::Clean => Some(edges.cursor()),
        _ => None,
    };
    let selected = document.selected.and_then(|n| document.hull(lead, n)).map(|hull| hull.start);
    let level = cursor
        .into_iter()
        .chain(selected)
        .find_map(|at| rows.iter().position(|row| row.contains(&at)).map(|row| (at, row)))
        .or_else(|| rows.first().map(|row| (row.start, 0)));
    let Some((at, row)) = level else { return };
    let at = document.carry(lead, at);
    let wrap = document.wrap(other, usize::from(beside.width - gutter));
    let top = wrap.rows_before(at, row).pop().or_else(|| wrap.rows_from(at, 1).pop()).map_or(0, |row| row.start);
    let place = window(document, other, beside, top);
    *document.place_mut(other) = place;
}

/// Returns the place of the text that leads: what is to be revealed is in sight, with some rows around it.
fn settle(document: &Document, pane: Pane, area: Area) -> Place {
    let place = document.place(pane);
    let wrap = document.wrap(pane, usize::from(area.width - document.gutter()));
    let height = usize::from(area.height);
    let first = |at: usize| wrap.rows_from(at, 1).pop().unwrap_or(at..at);
    let mut top = first(place.top.min(document.text(pane).len())).start;
    if let Some(wanted) = &place.reveal {
        let rows = wrap.rows_from(top, height);
        let margin = (height / 6).min(3);
        let position = |at: usize| rows.iter().position(|row| row.contains(&at) || (row.start == at));
        let last = wanted.end.max(wanted.start + 1) - 1;
        let begins = position(wanted.start).filter(|&row| row >= margin || top == 0);
        let ends = position(last).filter(|&row| row + margin < height);
        // What does not fit at all is shown from its beginning.
        let fits = begins.is_some() && (ends.is_some() || begins.is_some_and(|row| row <= margin));
        if !fits {
            let long = wrap.rows_from(wanted.start, height);
            let rows = long.iter().take_while(|row| row.start <= last).count();
            let above =
                if rows + margin >= height { margin.min(height.saturating_sub(rows)) } else { (height - rows) / 3 };
            let start = first(wanted.start).start;
            top = wrap.rows_before(start, above).pop().map_or(start, |row| row.start);
        }
    }
    window(document, pane, area, top)
}

/// Returns the rows from `top`; where the text ends earlier, its last rows.
fn window(document: &Document, pane: Pane, area: Area, top: usize) -> Place {
    let wrap = document.wrap(pane, usize::from(area.width - document.gutter()));
    let height = usize::from(area.height);
    let mut rows = wrap.rows_from(top, height);
    if rows.len() < height {
        let start = rows.first().map_or(0, |row| row.start);
        let mut before: Vec<Range<usize>> = wrap.rows_before(start, height - rows.len());
        before.reverse();
        before.append(&mut rows);
        rows = before;
    }
    Place { top: rows.first().map_or(0, |row| row.start), reveal: None, rows }
}

/// Keeps the chosen row of Speakers in sight.
fn speakers(document: &mut Document, area: Area) {
    let height = usize::from(area.height);
    let second = usize::from(document.speakers_second_line());
    let lines = document.speaker_rows() + second;
    let row = document.speakers.row;
    let place = &mut document.speakers;
    place.top =
        place.top.min(row).max((row + second + 1).saturating_sub(height)).min(lines.saturating_sub(height.max(1)));
}
