//! The list of places that are about to be tagged.

use super::ink::{self, Ink};
use super::windows::{self, inner, middle, open};
use super::{edge, rect};
use crate::app::State;
use crate::app::screen::Area;
use crate::app::windows::overlay::{Place, Preview};
use crate::config::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The widest the window becomes.
const WIDEST: u16 = 96;

/// Returns where the window stands: low, so that the text above it shows the place that is chosen.
pub fn area(preview: &Preview, width: u16, height: u16) -> Area {
    let rows = (preview.places.len().min(200) as u16 + 2).clamp(5, 14).min((height / 2).max(4)).min(height);
    let middle = middle(width, height, WIDEST.min(width.saturating_sub(2).max(10)), rows);
    Area { y: height.saturating_sub(rows + 2), ..middle }
}

/// Returns the inside of the window.
pub fn inside(preview: &Preview, width: u16, height: u16) -> Area {
    inner(area(preview, width, height))
}

/// Draws the list: a row a place, those that are switched on with a sign.
pub fn draw(state: &State, preview: &Preview, buffer: &mut Buffer, ink: Ink) {
    let outer = area(preview, state.screen.width, state.screen.room());
    let words = preview.places.first().map_or("", |place| place.words.trim());
    let (count, all) = (preview.count(), preview.places.len());
    let title = format!("Tag {count} of {all} × “{words}” as {}", preview.tag);
    open(state, outer, &title, &edge::of(state, outer).text, buffer, ink);
    let list = state.screen.overlay;
    for line in 0..usize::from(list.height) {
        let n = state.screen.overlay_top + line;
        let Some(place) = preview.places.get(n) else { break };
        let row = Rect { y: list.y + line as u16, height: 1, ..rect(list) };
        let here = n == preview.at;
        let style = windows::row(state, here, row, buffer, ink);
        draw_place(state, place, row, style, buffer, ink);
    }
}

fn draw_place(state: &State, place: &Place, row: Rect, style: ratatui::style::Style, buffer: &mut Buffer, ink: Ink) {
    let sign = match (place.has, place.on, state.config.settings.ascii) {
        (true, ..) => "=",
        (false, true, false) => "✓",
        (false, true, true) => "*",
        (false, false, _) => " ",
    };
    ink::text(buffer, row, 2, 0, sign, style.patch(ink.role(Role::Accepted)));
    let room = usize::from(row.width).saturating_sub(5);
    let words = ink::cut(&place.words, room);
    // The phrase stands a third of the row in, with as much before it as fits.
    let left = (room.saturating_sub(ink::width(&words)) / 3).min(ink::width(&place.before));
    let muted = style.patch(ink.role(Role::Muted));
    let mut column = ink::text(buffer, row, 4, 0, &ink::tail(&place.before, left), muted);
    let lit = if place.on { style.patch(ink.role(Role::Match)) } else { style };
    column = ink::text(buffer, row, column, 0, &words, lit);
    let rest = usize::from(row.width).saturating_sub(column + 1);
    let end = if place.has { " (has it)" } else { "" };
    column = ink::text(buffer, row, column, 0, &ink::cut(&place.after, rest.saturating_sub(end.len())), muted);
    ink::text(buffer, row, column, 0, end, muted);
}
