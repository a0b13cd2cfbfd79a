//! What all windows above the panes share: where they stand, their frame, and the keys named on it.

use super::frames;
use super::ink::{self, Ink};
use crate::app::screen::Area;
use crate::app::{Action, State};
use crate::config::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// Returns the inside of a window.
pub fn inner(area: Area) -> Area {
    if area.width < 4 || area.height < 3 {
        return Area::new(area.x, area.y, area.width, area.height);
    }
    Area::new(area.x + 2, area.y + 1, area.width - 4, area.height - 2)
}

/// Returns a window of this size in the middle, a little above it.
pub fn middle(width: u16, height: u16, wanted_width: u16, wanted_height: u16) -> Area {
    let (w, h) = (wanted_width.min(width), wanted_height.min(height));
    Area::new((width - w) / 2, (height - h) * 2 / 5, w, h)
}

/// Returns the style of a window.
pub fn base(state: &State, ink: Ink) -> Style {
    let base = ink.role(Role::Text).patch(ink.role(Role::Overlay));
    // Its frame tells it apart; a whole window in reverse would hide what is reversed in it.
    if state.config.no_color { base.remove_modifier(Modifier::REVERSED) } else { base }
}

/// Returns the style of a row of a list; where it is the chosen one, the row is lit and a sign stands before it.
pub fn row(state: &State, here: bool, area: Rect, buffer: &mut Buffer, ink: Ink) -> Style {
    let base = base(state, ink);
    if !here {
        return base;
    }
    let style = base.patch(ink.role(Role::Selected));
    buffer.set_style(area, style);
    let sign = if state.config.settings.ascii { ">" } else { "▸" };
    ink::text(buffer, area, 0, 0, sign, style.patch(ink.role(Role::HintKey)));
    style
}

/// Clears a window and draws its frame; returns its style.
pub fn open(state: &State, area: Area, title: &str, note: &str, buffer: &mut Buffer, ink: Ink) -> Style {
    let base = base(state, ink);
    for row in area.y..area.bottom() {
        for column in area.x..area.right() {
            if let Some(cell) = buffer.cell_mut((column, row)) {
                cell.reset();
                cell.set_style(base);
            }
        }
    }
    if area.width >= 4 && area.height >= 3 {
        frames::window(area, title, note, state.config.settings.ascii, buffer, ink, base);
    }
    base
}

/// Returns the keys of some actions with a word each, for the lower edge of a window.
pub fn note(state: &State, pairs: &[(Action, &str)]) -> String {
    let scopes = state.scopes();
    let part = |&(action, text): &(Action, &str)| Some(format!("{} {text}", state.keys_of(scopes, action)?));
    pairs.iter().filter_map(part).collect::<Vec<_>>().join(" · ")
}
