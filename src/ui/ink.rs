//! From roles to styles, and text into cells: the one place where characters reach the buffer.

use crate::app::State;
use crate::config::{Colour, Depth, Paint, Role, Theme};
use crate::text::LineIndex;
use crate::text::cells::{self, Face};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

pub use crate::text::cells::{cut, width};

/// A theme, ready to paint with.
#[derive(Debug, Clone, Copy)]
pub struct Ink<'a> {
    /// The theme.
    pub theme: &'a Theme,
}

impl Ink<'_> {
    /// Returns the style of a role.
    pub fn role(&self, role: Role) -> Style {
        style(self.theme.paint(role))
    }

    /// Returns the style of the `n`th speaker.
    pub fn speaker(&self, n: usize) -> Style {
        style(self.theme.speaker(n))
    }
}

/// Returns the style of a tag's colour, `#rrggbb`, as near as the terminal can show it; none where no colour may be used.
pub fn tint(state: &State, colour: &str) -> Style {
    let part = |at: usize| colour.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok());
    let (Some(r), Some(g), Some(b), false) = (part(1), part(3), part(5), state.config.no_color) else {
        return Style::default();
    };
    let depth = state.config.depth.unwrap_or(Depth::True);
    style(Paint { fg: Some(Colour::Rgb(r, g, b).at_depth(depth)), ..Paint::default() })
}

/// Returns the style of a paint.
pub fn style(paint: Paint) -> Style {
    let colour = |colour| match colour {
        Colour::Indexed(n) => Color::Indexed(n),
        Colour::Rgb(r, g, b) => Color::Rgb(r, g, b),
    };
    let mut style = Style { fg: paint.fg.map(colour), bg: paint.bg.map(colour), ..Style::default() };
    for (on, modifier) in [
        (paint.bold, Modifier::BOLD),
        (paint.dim, Modifier::DIM),
        (paint.italic, Modifier::ITALIC),
        (paint.underline, Modifier::UNDERLINED),
        (paint.strike, Modifier::CROSSED_OUT),
        (paint.reverse, Modifier::REVERSED),
    ] {
        if on {
            style = style.add_modifier(modifier);
        }
    }
    style
}

/// Returns the end of `text` that fits `room` cells, from a whole word on, with a sign for what is left out.
pub fn tail(text: &str, room: usize) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut from = text.len();
    for (at, _) in text.char_indices().rev() {
        if width(&text[at..]) >= room {
            break;
        }
        from = at;
    }
    let rest = &text[from..];
    let cut_in_word = !text[..from].ends_with(char::is_whitespace) && !rest.starts_with(char::is_whitespace);
    let whole = match rest.split_once(char::is_whitespace) {
        Some((_, whole)) if cut_in_word && !whole.trim().is_empty() => whole,
        _ => rest,
    };
    if room == 0 { String::new() } else { format!("…{}", whole.trim_start()) }
}

/// Returns the rows of a text of one paragraph wrapped to `room` cells, at most `most`, the last cut where more follows.
pub fn rows(text: &str, room: usize, most: usize) -> Vec<String> {
    let lines = LineIndex::new(text);
    let wrap = cells::Wrap { text, lines: &lines, width: room.max(1) };
    let mut rows: Vec<std::ops::Range<usize>> = wrap.rows_from(0, most);
    if let Some(last) = rows.last_mut() {
        last.end = text.len();
    }
    rows.into_iter().map(|row| cut(text[row].trim_end(), room)).collect()
}

/// Writes `text` on line `line` of `area` from `column`, in its visible form, cut at the right edge; returns the column
/// behind it. What does not fit whole is left out.
pub fn text(buffer: &mut Buffer, area: Rect, column: usize, line: usize, text: &str, style: Style) -> usize {
    let mut column = column;
    if line >= area.height as usize {
        return column;
    }
    for cluster in cells::clusters(text, 0..text.len()) {
        if column + cluster.width > area.width as usize {
            break;
        }
        let symbol = &text[cluster.start..cluster.end];
        let at = (area.x + column as u16, area.y + line as u16);
        match cluster.face {
            Face::Plain => {
                put(buffer, at.0, at.1, symbol, cluster.width, style);
            }
            Face::Space => {
                put(buffer, at.0, at.1, " ", 1, style);
            }
            Face::Code => {
                let code = cells::code_of(symbol);
                buffer.set_stringn(at.0, at.1, code, cluster.width, style.add_modifier(Modifier::REVERSED));
            }
        }
        column += cluster.width;
    }
    column
}

/// Writes one cluster of `width` cells whose form is settled: nothing is measured or filtered again, which is most of the
/// cost of a frame otherwise. Outside the buffer nothing happens.
pub fn put(buffer: &mut Buffer, x: u16, y: u16, symbol: &str, width: usize, style: Style) {
    if let Some(cell) = buffer.cell_mut((x, y)) {
        cell.set_symbol(symbol).set_style(style);
    }
    for next in 1..width as u16 {
        if let Some(cell) = buffer.cell_mut((x + next, y)) {
            cell.reset();
            cell.set_style(style);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_with_a_sign() {
        assert_eq!(cut("Sadiq Khan", 10), "Sadiq Khan");
        assert_eq!(cut("Sadiq Khan", 7), "Sadiq…");
        assert_eq!(cut("漢字漢字", 5), "漢字…");
        assert_eq!(cut("abc", 0), "");
    }

    #[test]
    fn an_end_begins_with_a_whole_word_and_rows_lose_nothing_silently() {
        assert_eq!(tail("take two of its", 20), "take two of its");
        assert_eq!(tail("take two of its", 10), "…of its");
        assert_eq!(tail("unbreakable", 5), "…able");
        assert_eq!(tail("abc", 0), "");
        assert_eq!(rows("one two three four", 9, 2), ["one two", "three fo…"]);
        assert_eq!(rows("one two", 9, 2), ["one two"]);
        assert!(rows("", 9, 2).concat().is_empty());
    }

    #[test]
    fn shows_what_would_act_on_a_terminal() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        text(&mut buffer, Rect::new(0, 0, 12, 1), 0, 0, "a\u{1b}[2Jb", Style::default());
        let line: String = buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect();
        assert_eq!(line, "a^[[2Jb     ");
    }
}
