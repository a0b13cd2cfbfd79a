//! Raw and Clean: rows of text with what is marked in them.

use super::ink::{self, Ink};
use crate::annotation::Status;
use crate::app::article::layers::{Layer, Layers, Mark};
use crate::app::screen::Pane;
use crate::app::state::Mode;
use crate::app::{Document, State};
use crate::config::Role;
use crate::text::cells::{Face, clusters, code_of};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use std::ops::Range;

/// What is marked in one row, and how it looks.
struct Row<'a> {
    ink: Ink<'a>,
    document: &'a Document,
    /// The speaker whose mentions are shown: of the selected quotation.
    speaker: Option<usize>,
    lanes: &'a [Layer],
    quotes: &'a [Mark],
    cues: &'a [Mark],
    sources: &'a [Mark],
    addressees: &'a [Mark],
    topics: &'a [Mark],
    passages: &'a [Mark],
    mentions: &'a [Mark],
    dates: &'a [Mark],
    suspects: &'a [Mark],
    repairs: &'a [Mark],
    matches: Vec<Range<usize>>,
    spot: Range<usize>,
    marked: Vec<Range<usize>>,
    cursor: Option<usize>,
}

/// Draws the rows that `prepare` found.
pub fn draw(state: &State, document: &Document, pane: Pane, area: Rect, buffer: &mut Buffer, ink: Ink) {
    let text = document.text(pane);
    let layers = if pane == Pane::Raw { &document.raw_layers } else { &document.clean_layers };
    if document.analysis.is_none() && pane == Pane::Clean {
        ink::text(buffer, area, usize::from(document.gutter()), 0, "reading the article …", ink.role(Role::Muted));
        return;
    }
    for (line, range) in document.place(pane).rows.iter().enumerate().take(usize::from(area.height)) {
        let row = row(state, document, pane, layers, range, ink);
        let y = area.y + line as u16;
        row.draw_gutter(buffer, area, y, range, pane, state.config.settings.ascii);
        let x = row.draw_text(buffer, area, y, text, range);
        row.draw_tags(state, buffer, area, (x, y), range, pane);
    }
}

fn row<'a>(
    state: &'a State,
    document: &'a Document,
    pane: Pane,
    layers: &'a Layers,
    range: &Range<usize>,
    ink: Ink<'a>,
) -> Row<'a> {
    let (marked, cursor) = match &state.mode {
        Mode::Visual(visual) if visual.pane == pane => (vec![visual.range()], Some(visual.cursor)),
        Mode::Edges(edges) if pane == Pane::Clean => (edges.parts.clone(), Some(edges.cursor())),
        _ => (Vec::new(), None),
    };
    Row {
        ink,
        document,
        speaker: document.quote().and_then(|quote| quote.speaker),
        lanes: &layers.lanes,
        quotes: layers.quotes.within(range),
        cues: layers.cues.within(range),
        sources: layers.sources.within(range),
        addressees: layers.addressees.within(range),
        topics: layers.topics.within(range),
        passages: layers.passages.within(range),
        mentions: layers.mentions.within(range),
        dates: layers.dates.within(range),
        suspects: layers.suspects.within(range),
        repairs: layers.repairs.within(range),
        matches: matches(document, pane, range),
        spot: document.spot.map_or(0..0, |span| carried(document, pane, span.range())),
        marked,
        cursor,
    }
}

/// Returns what a search found in this row; what it found in the other text is shown too.
fn matches(document: &Document, pane: Pane, range: &Range<usize>) -> Vec<Range<usize>> {
    let Some(found) = &document.found else { return Vec::new() };
    if found.pane == pane {
        return found.within(range).to_vec();
    }
    let there = document.carry(pane, range.start)..document.carry(pane, range.end);
    let carry = |at: usize| document.carry(found.pane, at);
    found.within(&there).iter().map(|place| carry(place.start)..carry(place.end)).collect()
}

/// Leads bytes of Clean to `pane`.
fn carried(document: &Document, pane: Pane, range: Range<usize>) -> Range<usize> {
    if pane == Pane::Clean {
        range
    } else {
        document.carry(Pane::Clean, range.start)..document.carry(Pane::Clean, range.end)
    }
}

impl Row<'_> {
    /// Draws a bar for each quotation on this row, those that overlap side by side, and the sign of a decision where one
    /// begins.
    fn draw_gutter(&self, buffer: &mut Buffer, area: Rect, y: u16, range: &Range<usize>, pane: Pane, ascii: bool) {
        let document = self.document;
        if area.width <= document.gutter() {
            return;
        }
        let selected = |mark: &&Mark| Some(mark.tag) == document.selected;
        let mut seen: Vec<usize> = Vec::new();
        for (lane, layer) in self.lanes.iter().enumerate() {
            let marks = layer.within(range);
            seen.extend(marks.iter().map(|mark| mark.tag));
            // The selected one where it is on this row, else the first.
            let Some(mark) = marks.iter().find(selected).or(marks.first()) else { continue };
            let bar = match (ascii, Some(mark.tag) == document.selected) {
                (true, true) => "#",
                (true, false) => "|",
                (false, true) => "█",
                (false, false) => "▌",
            };
            let speaker = document.resolved.quotes.get(mark.tag).and_then(|quote| quote.speaker);
            if let Some(cell) = buffer.cell_mut((area.x + lane as u16, y)) {
                cell.set_symbol(bar).set_style(self.speaker_style(speaker));
            }
        }
        let begins = |n: &&usize| document.hull(pane, **n).is_some_and(|hull| range.contains(&hull.start));
        let here = seen.iter().filter(begins);
        let Some(&n) = here.clone().find(|&&n| Some(n) == document.selected).or(here.min()) else { return };
        let Some(quote) = document.resolved.quotes.get(n) else { return };
        let (sign, role) = match (quote.status, ascii) {
            (Status::Accepted, false) => ("✓", Role::Accepted),
            (Status::Accepted, true) => ("+", Role::Accepted),
            (Status::Rejected, false) => ("✗", Role::Rejected),
            (Status::Rejected, true) => ("x", Role::Rejected),
            (Status::Open, _) => return,
        };
        if let Some(cell) = buffer.cell_mut((area.x + document.gutter() - 2, y)) {
            cell.set_symbol(sign).set_style(self.ink.role(role).remove_modifier(Modifier::CROSSED_OUT));
        }
    }

    fn draw_text(&self, buffer: &mut Buffer, area: Rect, y: u16, text: &str, range: &Range<usize>) -> u16 {
        let gutter = self.document.gutter();
        let gutter = if area.width > gutter { gutter } else { 0 };
        let mut x = area.x + gutter;
        let right = area.x + area.width;
        for cluster in clusters(text, range.clone()) {
            let width = cluster.width as u16;
            let mut style = self.style(cluster.start);
            let symbol = &text[cluster.start..cluster.end];
            if self.cursor.is_some_and(|cursor| cluster.start <= cursor && cursor < cluster.end) {
                style = style.patch(self.ink.role(Role::Cursor));
                if width == 0 && x < right {
                    ink::put(buffer, x, y, " ", 1, style);
                }
            }
            if x + width > right {
                // Spaces may hang over the edge; what is wider than the pane shows its beginning.
                if cluster.face == Face::Code {
                    let style = style.patch(self.ink.role(Role::Control));
                    buffer.set_stringn(x, y, code_of(symbol), usize::from(right - x), style);
                }
                break;
            }
            match cluster.face {
                Face::Plain => {
                    ink::put(buffer, x, y, symbol, cluster.width, style);
                }
                Face::Space if width > 0 => {
                    ink::put(buffer, x, y, " ", 1, style);
                }
                Face::Space => {}
                Face::Code => {
                    let style = style.patch(self.ink.role(Role::Control));
                    buffer.set_stringn(x, y, code_of(symbol), cluster.width, style);
                }
            }
            x += width;
        }
        // The cursor may stand behind the last character.
        if self.cursor == Some(range.end) && range.end == text.len() && x < right {
            buffer.set_stringn(x, y, " ", 1, self.ink.role(Role::Cursor));
        }
        x
    }

    /// Draws what the reader put on the quotation: a sign where it begins, and the tags by name where it ends, in their
    /// colours, where the row has room.
    fn draw_tags(
        &self,
        state: &State,
        buffer: &mut Buffer,
        area: Rect,
        at: (u16, u16),
        range: &Range<usize>,
        pane: Pane,
    ) {
        let ascii = state.config.settings.ascii;
        let tint = |tag: &str| {
            let known = state.shared.book.find(tag).and_then(|tag| tag.colour.as_deref());
            known.map_or_else(|| self.ink.role(Role::Tag), |colour| ink::tint(state, colour))
        };
        let mut x = at.0;
        for mark in self.quotes {
            let (Some(quote), Some(hull)) =
                (self.document.resolved.quotes.get(mark.tag), self.document.hull(pane, mark.tag))
            else {
                continue;
            };
            if range.contains(&hull.start) && area.width > self.document.gutter() {
                let sign = match (quote.memo.is_some(), quote.tags.first(), ascii) {
                    (true, _, false) => Some(("✎", self.ink.role(Role::Notice))),
                    (true, _, true) => Some(("m", self.ink.role(Role::Notice))),
                    (false, Some(tag), _) => Some(("#", tint(tag))),
                    (false, None, _) => None,
                };
                if let Some((sign, style)) = sign
                    && let Some(cell) = buffer.cell_mut((area.x + self.document.gutter() - 1, at.1))
                {
                    cell.set_symbol(sign).set_style(style);
                }
            }
            if range.start < hull.end && hull.end <= range.end {
                for tag in &quote.tags {
                    let label = format!("#{tag}");
                    let width = ink::width(&label) as u16;
                    if x + 1 + width <= area.x + area.width {
                        ink::text(
                            buffer,
                            area,
                            usize::from(x + 1 - area.x),
                            usize::from(at.1 - area.y),
                            &label,
                            tint(tag),
                        );
                        x += 1 + width;
                    }
                }
            }
        }
    }

    fn style(&self, at: usize) -> Style {
        let tag = |marks: &[Mark]| marks.iter().find(|mark| mark.start <= at && at < mark.end).map(|mark| mark.tag);
        let inside = |ranges: &[Range<usize>]| ranges.iter().any(|range| range.contains(&at));
        let mut style = self.ink.role(Role::Text);
        let mut add = |role: Role| style = style.patch(self.ink.role(role));
        if tag(self.dates).is_some() {
            add(Role::Timex);
        }
        if tag(self.cues).is_some() {
            add(Role::Cue);
        }
        if let Some(speaker) = tag(self.mentions).filter(|&speaker| Some(speaker) == self.speaker) {
            style = style.patch(self.speaker_style(Some(speaker))).patch(self.ink.role(Role::Mention));
        }
        if let Some(quote) = tag(self.sources).and_then(|n| self.document.resolved.quotes.get(n)) {
            style = style.patch(self.speaker_style(quote.speaker)).patch(self.ink.role(Role::Source));
        }
        if let Some(n) = tag(self.quotes)
            && let Some(quote) = self.document.resolved.quotes.get(n)
        {
            if quote.status == Status::Rejected {
                style = style.patch(self.ink.role(Role::Rejected));
            } else {
                style = style.patch(self.speaker_style(quote.speaker)).patch(self.ink.role(Role::Quote));
            }
            if Some(n) == self.document.selected {
                style = style.patch(self.ink.role(Role::Selected));
            }
        }
        let mut add = |role: Role| style = style.patch(self.ink.role(role));
        for (marks, role) in
            [(self.addressees, Role::Addressee), (self.topics, Role::Topic), (self.passages, Role::Passage)]
        {
            if tag(marks).is_some() {
                add(role);
            }
        }
        if tag(self.repairs).is_some() {
            add(Role::Repair);
        }
        if tag(self.suspects).is_some() {
            add(Role::Suspect);
        }
        if self.spot.contains(&at) {
            add(Role::Selected);
        }
        if inside(&self.matches) {
            add(Role::Match);
        }
        if inside(&self.marked) {
            add(Role::Visual);
        }
        style
    }

    fn speaker_style(&self, speaker: Option<usize>) -> Style {
        match speaker.and_then(|n| self.document.colours.get(n)) {
            Some(&colour) => self.ink.speaker(colour),
            None => self.ink.role(Role::Muted),
        }
    }
}
