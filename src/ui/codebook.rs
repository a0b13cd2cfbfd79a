//! The codebook's window: the tree of tags with their keys and counts, and what is said about the chosen one.

use super::ink::{self, Ink};
use super::windows::{self, inner, middle, note, open};
use super::{edge, rect};
use crate::app::book::codebook::{Row, rows};
use crate::app::screen::Area;
use crate::app::windows::overlay::{BookWindow, Overlay};
use crate::app::{Action, State};
use crate::config::Role;
use crate::text::counted;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Cells of the two columns of counts.
const COUNTS: usize = 14;
/// Rows below the list: what is said about the chosen tag.
const BELOW: u16 = 4;

/// Returns where the window stands.
pub fn outer(state: &State) -> Area {
    let (width, height) = (state.screen.width, state.screen.room());
    middle(width, height, 96.min(width.saturating_sub(2).max(10)), 32.min(height.saturating_sub(2).max(4)))
}

/// Finds where the list stands and which of its rows is the first; returns the list's area.
pub fn prepare(state: &mut State) -> Area {
    let inside = inner(outer(state));
    let list = Area::new(inside.x, inside.y + 1, inside.width, inside.height.saturating_sub(1 + BELOW));
    let count = rows(state).len();
    let shown = usize::from(list.height.max(1));
    if let Some(Overlay::Codebook(BookWindow { at, top })) = state.overlays.last_mut() {
        *at = (*at).min(count.saturating_sub(1));
        *top = (*top).min(*at).max((*at + 1).saturating_sub(shown)).min(count.saturating_sub(shown));
    }
    list
}

/// Draws the window.
pub fn draw(state: &State, window: &BookWindow, buffer: &mut Buffer, ink: Ink) {
    let rows = rows(state);
    let area = outer(state);
    let tags = state.shared.book.tags().len();
    let title = format!("Codebook · {}", counted(tags, "tag", "tags"));
    let base = open(state, area, &title, &edge::of(state, area).text, buffer, ink);
    let inside = rect(inner(area));
    let list = state.screen.overlay;
    let muted = base.patch(ink.role(Role::Muted));
    let right = usize::from(inside.width).saturating_sub(COUNTS);
    ink::text(buffer, inside, right, 0, &format!("{:>6}{:>7}", "here", "store"), muted);
    if rows.is_empty() {
        let add = state.keys_of(state.scopes(), Action::AddTag).unwrap_or_default();
        ink::text(buffer, rect(list), 2, 0, &format!("no tag yet: {add} adds one"), muted);
    }
    for line in 0..usize::from(list.height) {
        let Some(row) = rows.get(window.top + line) else { break };
        let strip = Rect { y: list.y + line as u16, height: 1, ..rect(list) };
        let first_loose = row.loose && (window.top + line == 0 || !rows[window.top + line - 1].loose);
        draw_row(state, row, window.top + line == window.at, first_loose, strip, buffer, ink);
    }
    if let Some(row) = rows.get(window.at).filter(|_| inside.height > BELOW) {
        let below = Rect { y: inside.y + inside.height - BELOW + 1, height: BELOW - 1, ..inside };
        draw_below(state, row, below, buffer, ink);
    }
}

fn draw_row(state: &State, row: &Row, here: bool, first_loose: bool, area: Rect, buffer: &mut Buffer, ink: Ink) {
    let ascii = state.config.settings.ascii;
    let base = windows::row(state, here, area, buffer, ink);
    let muted = base.patch(ink.role(Role::Muted));
    if let Some(key) = row.tag.key {
        ink::text(buffer, area, 2, 0, key.encode_utf8(&mut [0; 4]), base.patch(ink.role(Role::HintKey)));
    }
    let tint = row.tag.colour.as_deref().map_or_else(|| ink.role(Role::Tag), |colour| ink::tint(state, colour));
    let width = usize::from(area.width);
    let right = width.saturating_sub(COUNTS);
    let left = 4 + 2 * row.depth.min(8);
    let name = ink::cut(&row.tag.name, right.saturating_sub(left + 1));
    let mut column = ink::text(buffer, area, left, 0, &name, base.patch(tint));
    if row.tag.memo.is_some() {
        column = ink::text(buffer, area, column + 1, 0, if ascii { "m" } else { "✎" }, muted);
    }
    let said = match (row.loose, &row.tag.description) {
        (true, _) if first_loose => "not in the codebook: any change takes it in",
        (true, _) => "not in the codebook",
        (false, Some(description)) => description,
        (false, None) => "",
    };
    let room = right.saturating_sub(column + 3);
    if !said.is_empty() && room > 8 {
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        ink::text(buffer, area, column + 2, 0, &ink::cut(&said, room), muted);
    }
    let count = |n: usize| if n == 0 { "·".to_owned() } else { n.to_string() };
    ink::text(buffer, area, right, 0, &format!("{:>6}{:>7}", count(row.here), count(row.store)), base);
}

/// Draws what is said about the chosen tag: its colour and roles, its description, its memo.
fn draw_below(state: &State, row: &Row, area: Rect, buffer: &mut Buffer, ink: Ink) {
    let base = windows::base(state, ink);
    let (muted, tag) = (base.patch(ink.role(Role::Muted)), &row.tag);
    let width = usize::from(area.width);
    let mut facts: Vec<String> = Vec::new();
    facts.extend(tag.colour.clone());
    facts.extend(tag.key.map(|key| format!("key {key}")));
    if !tag.roles.is_empty() {
        facts.push(format!("on {}", tag.roles.iter().map(|role| role.name()).collect::<Vec<_>>().join(", ")));
    }
    facts.extend(tag.parent.as_ref().map(|parent| format!("under {parent}")));
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    ink::text(buffer, area, 0, 0, &ink::cut(&facts.join(" · "), width), muted);
    let keys = [(Action::Describe, "describe"), (Action::KeyOfTag, "key"), (Action::Recolour, "colour")];
    let more =
        [(Action::MoveTag, "move"), (Action::Split, "split"), (Action::TagRoles, "roles"), (Action::Remove, "remove")];
    let hints = format!("{} · {}", note(state, &keys), note(state, &more));
    let said = tag.description.as_deref().map_or(hints, one_line);
    ink::text(buffer, area, 0, 1, &ink::cut(&said, width), if tag.description.is_some() { base } else { muted });
    if let Some(memo) = &tag.memo {
        ink::text(buffer, area, 0, 2, &ink::cut(&format!("memo: {}", one_line(memo)), width), base);
    }
}
