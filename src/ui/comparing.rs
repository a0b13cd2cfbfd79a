//! The comparison of two coders: a window below the texts, which show the place that is looked at.

use super::ink::{self, Ink};
use super::overlays;
use super::windows;
use super::{edge, rect};
use crate::annotation::compare::Side;
use crate::app::State;
use crate::app::compare::comparison::Comparison;
use crate::config::Role;
use ratatui::buffer::Buffer;

/// Draws what differs, and what either side says.
pub fn draw(state: &State, comparison: &Comparison, buffer: &mut Buffer, ink: Ink) {
    let Some(document) = &state.document else { return };
    let outer = overlays::outer(state);
    let count = comparison.list.len();
    let mine = match state.config.coder.as_str() {
        "" => "you",
        name => name,
    };
    let title = if count == 0 {
        format!("{mine} and {} agree on everything", comparison.coder)
    } else {
        format!("{mine} and {} · {} of {count} · {}", comparison.coder, comparison.at + 1, comparison.summary())
    };
    let base = windows::open(state, outer, &title, &edge::of(state, outer).text, buffer, ink);
    let inside = rect(state.screen.overlay);
    let width = usize::from(inside.width);
    let what = comparison.what(mine);
    ink::text(buffer, inside, 0, 0, &ink::cut(&what, width), base.patch(ink.role(Role::Notice)));
    if count == 0 {
        return;
    }
    let names = [mine, comparison.coder.as_str()];
    let wide = names.iter().map(|name| ink::width(name)).max().unwrap_or(0).min(width / 4);
    for (row, side) in [Side::First, Side::Second].into_iter().enumerate() {
        let name = ink::cut(names[row], wide);
        ink::text(buffer, inside, 0, row + 1, &name, base.patch(ink.role(Role::HintKey)));
        let says = comparison.says(side, &document.notes);
        ink::text(buffer, inside, wide + 2, row + 1, &ink::cut(&says, width.saturating_sub(wide + 2)), base);
    }
}
