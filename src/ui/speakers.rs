//! Speakers: who is quoted, how often, under which names; the open one with its mentions.

use super::ink::{self, Ink};
use crate::app::article::document::SpeakerRow;
use crate::app::screen::Pane;
use crate::app::{Document, State};
use crate::config::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Draws the rows that are in sight.
pub fn draw(state: &State, document: &Document, area: Rect, buffer: &mut Buffer, ink: Ink) {
    if document.resolved.speakers.is_empty() {
        let text = if document.analysis.is_some() { "nobody is quoted" } else { "" };
        ink::text(buffer, area, 1, 0, text, ink.role(Role::Muted));
        return;
    }
    let chosen = document.speakers.row;
    let second = document.speakers_second_line();
    for line in 0..usize::from(area.height) {
        let number = document.speakers.top + line;
        if second && number == chosen + 1 {
            draw_aliases(document, area, line, buffer, ink);
            continue;
        }
        let row = if second && number > chosen { number - 1 } else { number };
        let here = row == chosen;
        let strip = Rect { y: area.y + line as u16, height: 1, ..area };
        if here && state.focus == Pane::Speakers {
            buffer.set_style(strip, ink.role(Role::Selected));
        }
        match document.speaker_row(row) {
            Some(SpeakerRow::Speaker(n)) => draw_speaker(state, document, n, here, strip, buffer, ink),
            Some(SpeakerRow::Mention(speaker, n)) => draw_mention(document, speaker, n, strip, buffer, ink),
            None => break,
        }
    }
}

fn draw_speaker(state: &State, document: &Document, n: usize, here: bool, area: Rect, buffer: &mut Buffer, ink: Ink) {
    let speaker = &document.resolved.speakers[n];
    let ascii = state.config.settings.ascii;
    let sign = match (document.speakers.open == Some(n), here, ascii) {
        (true, _, false) => "▾",
        (true, _, true) => "v",
        (false, true, false) => "▸",
        (false, true, true) => ">",
        (false, false, _) => " ",
    };
    let own = document.quote().is_some_and(|quote| quote.speaker == Some(n));
    let colour = document.colours.get(n).map_or_else(|| ink.role(Role::Text), |&colour| ink.speaker(colour));
    let base = if here && state.focus == Pane::Speakers { ink.role(Role::Selected) } else { Style::default() };
    let mut name = if speaker.quotes > 0 { colour } else { ink.role(Role::Muted) };
    if own || here {
        name = name.add_modifier(ratatui::style::Modifier::BOLD);
    }
    let width = usize::from(area.width);
    let most = document.resolved.speakers.first().map_or(1, |first| first.quotes.max(1));
    // The bar has a third of the pane, where there is room for the name beside it.
    let bar = if width >= 26 { (width / 3).min(14) } else { 0 };
    let count = if speaker.quotes > 0 { speaker.quotes.to_string() } else { "·".to_owned() };
    let counts = most.to_string().len().max(2);
    let right = width.saturating_sub(bar + usize::from(bar > 0) + 1);
    let room = right.saturating_sub(counts + 1 + 3);
    ink::text(buffer, area, 1, 0, sign, name.patch(base));
    let column = ink::text(buffer, area, 3, 0, &ink::cut(&speaker.name, room), name.patch(base));
    if document.notes.speaker_memo(speaker).is_some() && column + 2 < right.saturating_sub(counts) {
        ink::text(buffer, area, column + 1, 0, if ascii { "m" } else { "✎" }, ink.role(Role::Notice).patch(base));
    }
    let column = right.saturating_sub(ink::width(&count));
    if column > 3 {
        ink::text(buffer, area, column, 0, &count, ink.role(Role::Text).patch(base));
    }
    if bar > 0 {
        ink::text(buffer, area, right + 1, 0, &bar_of(speaker.quotes, most, bar, ascii), colour.patch(base));
    }
}

/// Returns a bar of `count` of `most` in `width` cells, to an eighth of a cell.
fn bar_of(count: usize, most: usize, width: usize, ascii: bool) -> String {
    if ascii {
        return "=".repeat((count * width).div_ceil(most.max(1)));
    }
    let eighths = (count * width * 8).div_ceil(most.max(1));
    let mut out = "█".repeat(eighths / 8);
    out.push_str(["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]);
    out
}

fn draw_aliases(document: &Document, area: Rect, line: usize, buffer: &mut Buffer, ink: Ink) {
    let Some(speaker) = document.chosen_speaker().map(|n| &document.resolved.speakers[n]) else { return };
    let room = usize::from(area.width).saturating_sub(6);
    let aliases = ink::cut(&speaker.aliases.join(", "), room);
    ink::text(buffer, area, 5, line, &aliases, ink.role(Role::Muted));
}

/// Draws a mention in its sentence.
fn draw_mention(document: &Document, speaker: usize, n: usize, area: Rect, buffer: &mut Buffer, ink: Ink) {
    let Some(mention) = document.resolved.speakers.get(speaker).and_then(|speaker| speaker.mentions.get(n)) else {
        return;
    };
    let text = document.text(Pane::Clean);
    let here = document.spot == Some(mention.span);
    let base = if here { ink.role(Role::Selected) } else { Style::default() };
    let muted = ink.role(Role::Muted).patch(base);
    let room = usize::from(area.width).saturating_sub(6);
    let words = ink::cut(mention.span.of(text), room);
    // A few words before, and after it what fits.
    let from = text.floor_char_boundary(mention.span.start.saturating_sub(room / 3));
    let before = text.get(from..mention.span.start).unwrap_or("");
    let before = if from > 0 { before.split_once(' ').map_or("", |(_, rest)| rest) } else { before };
    let to = text.floor_char_boundary((mention.span.end + room * 2).min(text.len()));
    let after = text.get(mention.span.end..to).unwrap_or("");
    let before = ink::cut(before, room.saturating_sub(ink::width(&words)));
    let mut column = ink::text(buffer, area, 5, 0, &before, muted);
    let colour = document.colours.get(speaker).map_or_else(|| ink.role(Role::Text), |&colour| ink.speaker(colour));
    column = ink::text(buffer, area, column, 0, &words, colour.patch(ink.role(Role::Mention)).patch(base));
    let rest = usize::from(area.width).saturating_sub(column + 1);
    ink::text(buffer, area, column, 0, &ink::cut(after, rest), muted);
}
