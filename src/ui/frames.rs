//! The frames of the panes: lines that are shared, joined where they meet, with titles in them.

use super::ink::{self, Ink};
use super::rect;
use crate::app::screen::{Area, Pane, Shape};
use crate::app::{Document, State};
use crate::config::Role;
use crate::text::counted;
use ratatui::buffer::Buffer;
use ratatui::style::Style;

const UP: u8 = 1;
const DOWN: u8 = 2;
const LEFT: u8 = 4;
const RIGHT: u8 = 8;

/// Draws the frames of all panes.
pub fn draw(state: &State, buffer: &mut Buffer, ink: Ink) {
    let frames = &state.screen.frames;
    let border = ink.role(Role::Border);
    let mut shown: Vec<(Pane, Area)> = Pane::ALL.map(|pane| (pane, frames[pane.index()])).to_vec();
    shown.retain(|(_, area)| !area.is_empty());
    // The one that has the keys is drawn last, so that its whole frame has its colour.
    shown.sort_by_key(|&(pane, _)| pane == state.focus);
    for &(pane, area) in &shown {
        let style = if pane == state.focus { ink.role(Role::BorderFocus) } else { border };
        each_cell(area, |column, row| {
            let sides = shown.iter().map(|&(_, other)| sides(other, column, row)).fold(0, |a, b| a | b);
            if let Some(cell) = buffer.cell_mut((column, row)) {
                cell.set_symbol(symbol(sides, state.config.settings.ascii)).set_style(style);
            }
        });
    }
    for &(pane, area) in &shown {
        title(state, pane, area, buffer, ink);
    }
}

/// Draws the frame of a window.
pub fn window(area: Area, title: &str, note: &str, ascii: bool, buffer: &mut Buffer, ink: Ink, base: Style) {
    each_cell(area, |column, row| {
        if let Some(cell) = buffer.cell_mut((column, row)) {
            cell.set_symbol(symbol(sides(area, column, row), ascii)).set_style(base.patch(ink.role(Role::BorderFocus)));
        }
    });
    let room = usize::from(area.width.saturating_sub(4));
    if room == 0 {
        return;
    }
    let text = format!(" {} ", ink::cut(title, room.saturating_sub(2)));
    ink::text(buffer, rect(area), 2, 0, &text, base.patch(ink.role(Role::Title)));
    if !note.is_empty() && ink::width(note) + 2 <= room {
        let line = usize::from(area.height.saturating_sub(1));
        let column = usize::from(area.width) - 3 - ink::width(note) - 1;
        ink::text(buffer, rect(area), column, line, &format!(" {note} "), base.patch(ink.role(Role::Muted)));
    }
}

fn title(state: &State, pane: Pane, area: Area, buffer: &mut Buffer, ink: Ink) {
    let focus = pane == state.focus;
    let style = if focus { ink.role(Role::Title) } else { ink.role(Role::Muted) };
    let line = rect(area);
    let mut column = ink::text(buffer, line, 2, 0, &format!(" {} ", pane.title()), style);
    if state.screen.shape == Shape::Medium && pane.is_text() {
        let other = if pane == Pane::Raw { Pane::Clean } else { Pane::Raw };
        let keys = state.keys_of(state.pane_scopes(), pane_action(other));
        let text = format!("{} {} ", keys.unwrap_or_default(), other.title());
        column = ink::text(buffer, line, column, 0, &text, ink.role(Role::Border));
    }
    if let Some(document) = &state.document {
        let note = note(document, pane);
        let width = ink::width(&note) + 2;
        let right = usize::from(area.width).saturating_sub(2 + width);
        if !note.is_empty() && right > column + 1 {
            ink::text(buffer, line, right, 0, &format!(" {note} "), ink.role(Role::Muted));
        }
    }
}

/// Returns the action that shows a pane.
pub fn pane_action(pane: Pane) -> crate::app::Action {
    use crate::app::Action;
    match pane {
        Pane::Raw => Action::PaneRaw,
        Pane::Clean => Action::PaneClean,
        Pane::Speakers => Action::PaneSpeakers,
        Pane::Timeline => Action::PaneTimeline,
    }
}

/// Returns what a pane's frame says at the right: how much was repaired, how far the reader is, how many there are.
pub fn note(document: &Document, pane: Pane) -> String {
    let Some(analysis) = &document.analysis else { return String::new() };
    match pane {
        Pane::Raw => {
            let (repairs, suspects) = (analysis.clean.repairs.len(), analysis.clean.suspects.len());
            match (repairs, suspects) {
                (0, 0) => "nothing to repair".to_owned(),
                (0, _) => format!("{suspects} suspect"),
                (_, 0) => counted(repairs, "repair", "repairs"),
                _ => format!("{} · {suspects} suspect", counted(repairs, "repair", "repairs")),
            }
        }
        Pane::Clean => {
            let (rows, len) = (&document.clean.rows, analysis.clean.text.len());
            let end = rows.last().map_or(0, |row| row.end);
            match (rows.first().map_or(0, |row| row.start), len.saturating_sub(end)) {
                (0, 0..=1) => String::new(),
                (0, _) => "top".to_owned(),
                (_, 0..=1) => "end".to_owned(),
                _ => format!("{}%", end * 100 / len.max(1)),
            }
        }
        Pane::Speakers => document.resolved.speakers.iter().filter(|s| s.quotes > 0).count().to_string(),
        Pane::Timeline => {
            let undated = document.resolved.quotes.iter().filter(|quote| quote.said_at.is_none()).count();
            if undated > 0 { format!("{undated} undated") } else { String::new() }
        }
    }
}

fn each_cell(area: Area, mut visit: impl FnMut(u16, u16)) {
    if area.is_empty() {
        return;
    }
    for column in area.x..area.right() {
        visit(column, area.y);
        visit(column, area.bottom() - 1);
    }
    for row in area.y..area.bottom() {
        visit(area.x, row);
        visit(area.right() - 1, row);
    }
}

/// Returns to which sides the frame of `area` goes from a cell; none where the cell is not on it.
fn sides(area: Area, column: u16, row: u16) -> u8 {
    if !area.contains(column, row) {
        return 0;
    }
    let (left, right) = (column == area.x, column + 1 == area.right());
    let (top, bottom) = (row == area.y, row + 1 == area.bottom());
    let mut sides = 0;
    if top || bottom {
        sides |= if left { 0 } else { LEFT } | if right { 0 } else { RIGHT };
    }
    if left || right {
        sides |= if top { 0 } else { UP } | if bottom { 0 } else { DOWN };
    }
    sides
}

fn symbol(sides: u8, ascii: bool) -> &'static str {
    const VERTICAL: u8 = UP | DOWN;
    const HORIZONTAL: u8 = LEFT | RIGHT;
    if ascii {
        return match sides {
            VERTICAL => "|",
            HORIZONTAL => "-",
            0 => " ",
            _ => "+",
        };
    }
    match (sides & UP != 0, sides & DOWN != 0, sides & LEFT != 0, sides & RIGHT != 0) {
        (true, true, false, false) => "│",
        (false, false, true, true) => "─",
        (false, true, false, true) => "┌",
        (false, true, true, false) => "┐",
        (true, false, false, true) => "└",
        (true, false, true, false) => "┘",
        (true, true, false, true) => "├",
        (true, true, true, false) => "┤",
        (false, true, true, true) => "┬",
        (true, false, true, true) => "┴",
        (true, true, true, true) => "┼",
        _ => " ",
    }
}
