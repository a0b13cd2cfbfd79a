//! The screen: where everything stands (`prepare`), and drawing it (`draw`), which changes nothing.

pub mod chrome;
pub mod codebook;
pub mod comparing;
pub mod edge;
pub mod frames;
pub mod hits;
pub mod ink;
pub mod layout;
pub mod overlays;
pub mod prepare;
pub mod preview;
pub mod reviewed;
pub mod speakers;
pub mod texts;
pub mod timeline;
pub mod windows;

use crate::app::screen::{Area, Pane};
use crate::app::windows::overlay::Overlay;
use crate::app::{Document, State};
use crate::config::Role;
use ink::Ink;
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub use prepare::prepare;

/// Draws the state as it was prepared. A frame of another size than the prepared one shows what fits it.
pub fn draw(state: &State, frame: &mut Frame) {
    let area = frame.area();
    let screen = &state.screen;
    if screen.width > area.width || screen.height > area.height {
        return;
    }
    let ink = Ink { theme: &state.config.theme };
    let buffer = frame.buffer_mut();
    buffer.set_style(area, ink.role(Role::Text));
    frames::draw(state, buffer, ink);
    match &state.document {
        Some(document) => {
            for pane in Pane::ALL {
                let inside = screen.panes[pane.index()];
                if !inside.is_empty() {
                    draw_pane(state, document, pane, rect(inside), buffer, ink);
                }
            }
        }
        None => chrome::draw_empty(state, buffer, ink),
    }
    chrome::draw(state, buffer, ink);
    if let Some(Overlay::Compare(comparison)) = state.overlays.last() {
        comparing::draw(state, comparison, buffer, ink);
    }
    overlays::draw(state, buffer, ink);
    if let Some((column, row)) = overlays::cursor(state) {
        frame.set_cursor_position((column, row));
    }
}

fn draw_pane(state: &State, document: &Document, pane: Pane, area: Rect, buffer: &mut Buffer, ink: Ink) {
    match pane {
        Pane::Raw | Pane::Clean => texts::draw(state, document, pane, area, buffer, ink),
        Pane::Speakers => speakers::draw(state, document, area, buffer, ink),
        Pane::Timeline => timeline::draw(state, document, buffer, ink),
    }
}

/// Returns the same rectangle as ratatui writes it.
pub fn rect(area: Area) -> Rect {
    Rect { x: area.x, y: area.y, width: area.width, height: area.height }
}

#[cfg(test)]
mod tests;
