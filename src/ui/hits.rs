//! The list of what was found: where, in what, and with what stands about it.

use super::ink::{self, Ink};
use super::windows::{self, inner, middle, open};
use super::{edge, rect};
use crate::app::State;
use crate::app::screen::Area;
use crate::app::seek::hits::Row;
use crate::config::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Returns where the window stands.
pub fn outer(state: &State) -> Area {
    let (width, height) = (state.screen.width, state.screen.room());
    middle(width, height, 130.min(width.saturating_sub(2).max(10)), 40.min(height.saturating_sub(2).max(4)))
}

/// Finds where the list stands and which of its rows is the first; returns its area.
pub fn prepare(state: &mut State) -> Area {
    let list = inner(outer(state));
    let count = state.search.listed().count();
    let shown = usize::from(list.height.max(1));
    let search = &mut state.search;
    search.at = search.at.min(count.saturating_sub(1));
    search.top = search.top.min(search.at).max((search.at + 1).saturating_sub(shown)).min(count.saturating_sub(shown));
    list
}

/// Draws the window.
pub fn draw(state: &State, buffer: &mut Buffer, ink: Ink) {
    let search = &state.search;
    let area = outer(state);
    let count = search.listed().count();
    let what = search.only.map_or("all kinds", |only| only.name());
    let most = if search.cut { " or more" } else { "" };
    let (done, of) = search.progress;
    let progress = if search.running { format!(" · {done} of {of} articles") } else { String::new() };
    let title = format!("{} ({}): {count}{most} · {what}{progress}", search.query, search.kind.name());
    let base = open(state, area, &title, &edge::of(state, area).text, buffer, ink);
    let list = rect(state.screen.overlay);
    if count == 0 {
        let text = if search.running { "searching …" } else { "nothing was found" };
        ink::text(buffer, list, 2, 0, text, base.patch(ink.role(Role::Muted)));
    }
    for (line, row) in search.listed().skip(search.top).take(usize::from(list.height)).enumerate() {
        let strip = Rect { y: list.y + line as u16, height: 1, ..list };
        draw_row(state, row, search.top + line == search.at, strip, buffer, ink);
    }
}

fn draw_row(state: &State, row: &Row, here: bool, area: Rect, buffer: &mut Buffer, ink: Ink) {
    let base = windows::row(state, here, area, buffer, ink);
    let muted = base.patch(ink.role(Role::Muted));
    let width = usize::from(area.width);
    let title = match row.entry {
        Some(entry) => state.entries.get(entry).map_or("", |entry| entry.title.as_str()),
        None => "the store",
    };
    // Where, in a fifth of the row; in what; then the words with what stands about them, which get the rest.
    let place = (width / 5).clamp(8, 24);
    ink::text(buffer, area, 2, 0, &ink::cut(title, place), base);
    let within = if width >= 60 { row.hit.within.name() } else { "" };
    ink::text(buffer, area, place + 4, 0, within, muted);
    let left = place + 4 + if within.is_empty() { 0 } else { 11 };
    let room = width.saturating_sub(left + 1);
    let [before, words, behind] = &row.hit.context;
    let words = ink::cut(words, room);
    // The found words stand in sight: what stands before them gets at most a third, from its end.
    let most = (room.saturating_sub(ink::width(&words))).min(room / 3);
    let before = ink::tail(before, most);
    let mut column = ink::text(buffer, area, left, 0, &before, muted);
    column = ink::text(buffer, area, column, 0, &words, base.patch(ink.role(Role::Match)));
    ink::text(buffer, area, column, 0, &ink::cut(behind, width.saturating_sub(column + 1)), muted);
}
