//! The timeline on the screen: the picture that `prepare` laid out, painted; and where it can be clicked.

use super::ink::{self, Ink};
use super::rect;
use crate::annotation::timeline::{Frame, Picture, page};
use crate::app::screen::{Area, Pane};
use crate::app::{Document, State};
use crate::config::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// Returns where the timeline stands in its pane: a cell of air on either side, where there is room.
pub fn area(pane: Area) -> Rect {
    let air = u16::from(pane.width > 30);
    let area = rect(pane);
    Rect { x: area.x + air, width: area.width - 2 * air, ..area }
}

/// Lays the timeline out for this pane, unless nothing has changed since it was; keeps the selected mark in sight.
/// Returns where the screen shows which quotation.
pub fn prepare(document: &mut Document, pane: Area, ascii: bool) -> Vec<(Area, usize)> {
    let area = area(pane);
    if area.is_empty() {
        return Vec::new();
    }
    let (selected, place) = (document.selected, &mut document.timeline);
    let frame = Frame { width: usize::from(area.width), zoom: place.zoom, by_place: place.by_place, ascii };
    if std::mem::take(&mut place.stale) || place.picture.as_ref().is_some_and(|picture| picture.frame != frame) {
        let before = place.picture.take();
        place.picture = Picture::new(&document.resolved, frame);
        if let (Some(picture), Some(before)) = (&mut place.picture, &before) {
            picture.follow(before, selected);
        }
        place.revealed = None;
    }
    let Some(picture) = &mut place.picture else { return Vec::new() };
    if place.revealed != Some(selected) {
        if let Some(n) = selected {
            picture.reveal(n);
        }
        place.revealed = Some(selected);
    }
    let text = document.analysis.as_ref().map_or("", |analysis| &*analysis.clean.text);
    let pieces = picture.pieces(&document.resolved, text, usize::from(area.height), selected);
    let clickable = pieces.iter().filter(|piece| !piece.quotes.is_empty()).map(|piece| {
        // Clicked again, a mark of several goes on to its next.
        let here = piece.quotes.iter().position(|&n| Some(n) == selected).map_or(0, |n| n + 1);
        let wide = if piece.column == 0 { usize::from(area.width) } else { ink::width(&piece.text) };
        let wanted = Rect {
            x: area.x.saturating_add(piece.column as u16),
            y: area.y.saturating_add(piece.line as u16),
            width: wide as u16,
            height: 1,
        };
        let seen = wanted.intersection(area);
        (Area::new(seen.x, seen.y, seen.width, seen.height), piece.quotes[here % piece.quotes.len()])
    });
    let marks = clickable.collect();
    document.timeline.pieces = pieces;
    marks
}

/// Draws what was prepared.
pub fn draw(state: &State, document: &Document, buffer: &mut Buffer, ink: Ink) {
    let area = area(state.screen.panes[Pane::Timeline.index()]);
    if document.timeline.picture.is_none() {
        if document.analysis.is_some() {
            ink::text(buffer, area, 0, 0, "no quotations", ink.role(Role::Muted));
        }
        return;
    }
    for piece in &document.timeline.pieces {
        let style = match piece.ink {
            page::Ink::Muted => ink.role(Role::Muted),
            page::Ink::Axis => ink.role(Role::Axis),
            page::Ink::Lane(lane) => colour(document, lane, ink),
            page::Ink::Selected(lane) => {
                colour(document, lane, ink).patch(ink.role(Role::Selected)).add_modifier(Modifier::BOLD)
            }
        };
        ink::text(buffer, area, piece.column, piece.line, &piece.text, style);
    }
}

fn colour(document: &Document, lane: usize, ink: Ink) -> Style {
    document.colours.get(lane).map_or_else(|| ink.role(Role::Muted), |&colour| ink.speaker(colour))
}
