//! What is under review, and what the keys are for, as the status says it.

use super::ink::{self, Ink};
use crate::app::State;
use crate::app::article::select::Pointed;
use crate::app::state::Mode;
use crate::config::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

/// Draws what is under review and how much of it is left, where not everything is; returns the cells it takes.
pub fn draw_review(state: &State, area: Rect, buffer: &mut Buffer, ink: Ink) -> u16 {
    let Some(document) = state.document.as_ref().filter(|_| !state.filter.is_plain()) else { return 0 };
    let text = format!(" {}: {} left ", state.filter.words(), state.filter.left(document));
    let text = ink::cut(&text, usize::from(area.width) * 2 / 3);
    let width = ink::width(&text) as u16;
    let strip = Rect { x: area.x + area.width - width, width, ..area };
    let style = ink.role(Role::Status).patch(ink.role(Role::Notice)).add_modifier(Modifier::REVERSED);
    ink::text(buffer, strip, 0, 0, &text, style);
    width
}

/// Returns the word for what is being done or pointed at; none while the reader only reads.
pub fn mode(state: &State) -> &'static str {
    match &state.mode {
        Mode::Normal => match state.document.as_ref().and_then(|document| document.pointed) {
            Some(Pointed::Part(_)) => "content",
            Some(Pointed::Role(role)) => role.name(),
            Some(Pointed::Passage(_)) => "passage",
            None => "",
        },
        Mode::Visual(visual) if visual.anchor.is_none() => "select",
        Mode::Visual(_) => "selecting",
        Mode::Edges(edges) if edges.end => "end edge",
        Mode::Edges(_) => "begin edge",
    }
}
