//! The windows above the panes: lists, lines to type, the memo, what is read; and the keys that can follow a key.

use super::ink::{self, Ink};
use super::windows::{self, inner, middle, open};
use super::{codebook, edge, hits, preview, rect};
use crate::app::screen::Area;
use crate::app::state::State;
use crate::app::windows::overlay::{Memo, Overlay, Pager, Prompt};
use crate::app::windows::picker::{Choice, Item, Picker, Rows};
use crate::app::{Action, rows};
use crate::config::{Lookup, Role};
use crate::text::LineIndex;
use crate::text::cells::{Wrap, clusters};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// The widest a window becomes.
const WIDEST: u16 = 84;

/// Finds where the topmost window stands and what it shows.
pub fn prepare(state: &mut State) {
    let (width, height) = (state.screen.width, state.screen.room());
    let mut top = 0;
    let inside = match state.overlays.last_mut() {
        Some(Overlay::Pager(pager)) => {
            let outer = pager_area(pager, width, height);
            let inside = inner(outer);
            pager.rows = pager_rows(pager, usize::from(inside.width)).len();
            pager.top = pager.top.min(pager.rows.saturating_sub(usize::from(inside.height)));
            inside
        }
        Some(Overlay::Picker(_)) => {
            let (list, first) = list(state);
            top = first;
            list
        }
        Some(Overlay::Letter(letter)) => {
            letter.pager.rows = letter.pager.lines.len();
            inner(pager_area(&letter.pager, width, height))
        }
        Some(Overlay::Codebook(_)) => codebook::prepare(state),
        Some(Overlay::Found) => hits::prepare(state),
        Some(Overlay::Preview(preview)) => {
            let inside = preview::inside(preview, width, height);
            let shown = usize::from(inside.height);
            top = state.screen.overlay_top.min(preview.at).max((preview.at + 1).saturating_sub(shown));
            top = top.min(preview.places.len().saturating_sub(shown));
            inside
        }
        Some(Overlay::Prompt(_)) => inner(prompt_area(width, height)),
        Some(Overlay::Memo(_)) => inner(memo_area(width, height)),
        Some(Overlay::Compare(_)) => inner(comparing_area(width, height, state.screen.status.height)),
        None => Area::default(),
    };
    state.screen.overlay = inside;
    state.screen.overlay_top = top;
}

/// Returns where the rows of the topmost list stand, and which is the first of them.
fn list(state: &State) -> (Area, usize) {
    let Some(Overlay::Picker(picker)) = state.overlays.last() else { return (Area::default(), 0) };
    let inside = inner(picker_area(state, picker, state.screen.width, state.screen.room()));
    // The first line is what is typed.
    let list = Area::new(inside.x, inside.y + 1, inside.width, inside.height.saturating_sub(1));
    let shown = usize::from(list.height);
    let top = state.screen.overlay_top.min(picker.at).max((picker.at + 1).saturating_sub(shown));
    (list, top.min(picker.count().saturating_sub(shown)))
}

/// Draws the windows, and the keys that can follow those that were pressed.
pub fn draw(state: &State, buffer: &mut Buffer, ink: Ink) {
    if let Some(overlay) = state.overlays.last() {
        match overlay {
            Overlay::Picker(picker) => draw_picker(state, picker, buffer, ink),
            Overlay::Prompt(prompt) => draw_prompt(state, prompt, buffer, ink),
            Overlay::Memo(memo) => draw_memo(state, memo, buffer, ink),
            Overlay::Pager(pager) => draw_pager(state, pager, buffer, ink),
            Overlay::Letter(letter) => draw_pager(state, &letter.pager, buffer, ink),
            Overlay::Codebook(window) => codebook::draw(state, window, buffer, ink),
            Overlay::Found => hits::draw(state, buffer, ink),
            Overlay::Preview(preview) => preview::draw(state, preview, buffer, ink),
            // It has a file of its own.
            Overlay::Compare(_) => {}
        }
    }
    if !state.pending.is_empty() {
        draw_next_keys(state, buffer, ink);
    }
}

/// Returns where the terminal's cursor stands, where one types.
pub fn cursor(state: &State) -> Option<(u16, u16)> {
    let area = state.screen.overlay;
    let (column, row) = match state.overlays.last()? {
        Overlay::Picker(picker) => {
            let (_, column) = scrolled(picker.query.text(), picker.query.cursor(), area.width.saturating_sub(3));
            (area.x + 2 + column, area.y.checked_sub(1)?)
        }
        Overlay::Prompt(prompt) => {
            let (_, column) = scrolled(prompt.line.text(), prompt.line.cursor(), area.width.saturating_sub(3));
            (area.x + 2 + column, area.y)
        }
        Overlay::Memo(memo) => {
            let (top, rows) = memo_rows(memo, area);
            let at = memo.line.cursor();
            let row = rows.iter().rposition(|row| row.start <= at)?;
            let before = clusters(memo.line.text(), rows[row].start..at).map(|cluster| cluster.width).sum::<usize>();
            (area.x + before.min(usize::from(area.width.saturating_sub(1))) as u16, area.y + (row - top) as u16)
        }
        Overlay::Pager(_)
        | Overlay::Letter(_)
        | Overlay::Codebook(_)
        | Overlay::Found
        | Overlay::Preview(_)
        | Overlay::Compare(_) => {
            return None;
        }
    };
    let screen = &state.screen;
    (column < screen.width && row < screen.height && !area.is_empty()).then_some((column, row))
}

/// Returns where the topmost window stands, its frame included.
pub(super) fn outer(state: &State) -> Area {
    let (width, height) = (state.screen.width, state.screen.room());
    match state.overlays.last() {
        Some(Overlay::Pager(pager)) => pager_area(pager, width, height),
        Some(Overlay::Letter(letter)) => pager_area(&letter.pager, width, height),
        Some(Overlay::Picker(picker)) => picker_area(state, picker, width, height),
        Some(Overlay::Codebook(_)) => codebook::outer(state),
        Some(Overlay::Found) => hits::outer(state),
        Some(Overlay::Preview(preview)) => preview::area(preview, width, height),
        Some(Overlay::Prompt(_)) => prompt_area(width, height),
        Some(Overlay::Memo(_)) => memo_area(width, height),
        Some(Overlay::Compare(_)) => comparing_area(width, height, state.screen.status.height),
        None => Area::default(),
    }
}

fn pager_area(pager: &Pager, width: u16, height: u16) -> Area {
    let room = width.saturating_sub(4).min(WIDEST);
    let longest = pager.lines.iter().map(|line| line.iter().map(|(_, text)| ink::width(text)).sum::<usize>()).max();
    let wide = (longest.unwrap_or(0).min(usize::from(WIDEST)) as u16 + 4).clamp(30, room.max(30));
    let rows = pager_rows(pager, usize::from(wide.min(width).saturating_sub(4))).len().min(usize::from(height));
    middle(width, height, wide, (rows as u16 + 2).min(height.saturating_sub(2).max(3)))
}

fn picker_area(state: &State, picker: &Picker, width: u16, height: u16) -> Area {
    // Labels and what stands beside them are two columns.
    let longest = |widths: &mut dyn Iterator<Item = usize>| widths.max().unwrap_or(0);
    let columns = match &picker.rows {
        Rows::Made(items) => {
            let seen = items.iter().take(500);
            longest(&mut seen.clone().map(|item| ink::width(&item.label)))
                + longest(&mut seen.map(|item| ink::width(&item.detail)))
        }
        // What stands beside these has about this width.
        Rows::Numbered(numbers) => {
            let labels = numbers.iter().take(60).map(|&n| ink::width(rows::label(state, picker.choice, n).0));
            longest(&mut labels.into_iter()) + if picker.choice == Choice::History { 26 } else { 34 }
        }
    };
    let wide = ((columns + 9).max(ink::width(&picker.title) + 4) as u16).clamp(44, WIDEST) + 4;
    // The window keeps its height while the list grows shorter.
    let rows = (picker.all().min(200) as u16 + 3).clamp(6, 24);
    middle(width, height, wide.min(width.saturating_sub(2).max(10)), rows.min(height.saturating_sub(2).max(4)))
}

fn prompt_area(width: u16, height: u16) -> Area {
    middle(width, height, 64.min(width.saturating_sub(2).max(10)), 5)
}

fn memo_area(width: u16, height: u16) -> Area {
    middle(width, height, 72.min(width.saturating_sub(2).max(10)), (height / 2).clamp(6, 16))
}

/// Returns where the comparison of two coders stands: above the status line, so that the texts stay in sight.
fn comparing_area(width: u16, height: u16, status: u16) -> Area {
    let rows = 5.min(height.saturating_sub(status).max(1));
    Area::new(0, height.saturating_sub(status + rows), width, rows)
}

fn draw_picker(state: &State, picker: &Picker, buffer: &mut Buffer, ink: Ink) {
    let outer = outer(state);
    let base = open(state, outer, &picker.title, &edge::of(state, outer).text, buffer, ink);
    let inside = rect(inner(outer));
    draw_line(inside, picker.query.text(), picker.query.cursor(), base, buffer, ink);
    if picker.query.text().is_empty() {
        let hint = if picker.new.is_some() { "type to find, or a new one" } else { "type to find" };
        ink::text(buffer, inside, 3, 0, hint, base.patch(ink.role(Role::Muted)));
    }
    let list = state.screen.overlay;
    if picker.count() == 0 {
        ink::text(buffer, rect(list), 2, 0, "nothing fits", base.patch(ink.role(Role::Muted)));
    }
    let top = state.screen.overlay_top;
    // What stands beside the labels begins in one column.
    let seen: Vec<_> = (top..top + usize::from(list.height)).map_while(|at| rows::row(state, picker, at)).collect();
    let labels = seen.iter().map(|item| ink::width(&item.label)).max().unwrap_or(0);
    let typed = picker.lit(seen.iter().map(|item| item.label.as_str()));
    for (line, (item, lit)) in seen.iter().zip(&typed).enumerate() {
        let row = Rect { y: list.y + line as u16, height: 1, ..rect(list) };
        let here = top + line == picker.at;
        let style = windows::row(state, here, row, buffer, ink);
        draw_item(state, item, (lit, labels), row, style, buffer, ink);
    }
}

fn draw_item(
    state: &State,
    item: &Item,
    (lit, labels): (&[u32], usize),
    row: Rect,
    style: Style,
    buffer: &mut Buffer,
    ink: Ink,
) {
    let (width, beside) = (usize::from(row.width), item.detail.as_str());
    let signs = item.sign.unwrap_or(if item.on { ["✓", "*"] } else { [" ", " "] });
    let sign = signs[usize::from(state.config.settings.ascii)];
    ink::text(buffer, row, 2, 0, sign, style.patch(ink.role(Role::Accepted)));
    let colour = item.colour.map_or(style, |colour| style.patch(ink.speaker(colour)));
    let colour = item.tint.as_deref().map_or(colour, |tint| colour.patch(ink::tint(state, tint)));
    let left = item_left(state);
    if let Some(key) = item.key {
        let mut bytes = [0; 4];
        ink::text(buffer, row, 4, 0, key.encode_utf8(&mut bytes), style.patch(ink.role(Role::HintKey)));
    }
    // Labels have at least half of the row, and what the widest detail leaves.
    let room = width.saturating_sub(left + 1);
    let labels =
        labels.min(if beside.is_empty() { room } else { (room / 2).max(room.saturating_sub(ink::width(beside) + 2)) });
    let label = ink::cut(&item.label, labels);
    let mut column = left;
    for (n, c) in label.chars().enumerate() {
        let hit = lit.binary_search(&(n as u32)).is_ok();
        let style = if hit { colour.patch(ink.role(Role::HintKey)).add_modifier(Modifier::UNDERLINED) } else { colour };
        let mut bytes = [0; 4];
        column = ink::text(buffer, row, column, 0, c.encode_utf8(&mut bytes), style);
    }
    let column = left + labels + 2;
    let detail = ink::cut(beside, width.saturating_sub(column + 1));
    ink::text(buffer, row, column, 0, &detail, style.patch(ink.role(Role::Muted)));
}

/// Returns the column where labels begin: behind the keys, where any item has one.
fn item_left(state: &State) -> usize {
    match state.overlays.last() {
        Some(Overlay::Picker(picker)) if picker.items().iter().any(|item| item.key.is_some()) => 6,
        _ => 4,
    }
}

/// Draws a line that is typed, scrolled so that its cursor is in sight.
fn draw_line(area: Rect, text: &str, cursor: usize, base: Style, buffer: &mut Buffer, ink: Ink) {
    ink::text(buffer, area, 0, 0, ">", base.patch(ink.role(Role::HintKey)));
    let (from, _) = scrolled(text, cursor, area.width.saturating_sub(3));
    ink::text(buffer, area, 2, 0, &text[from..], base);
}

/// Returns the first byte that is shown of a typed line, and the column of the cursor.
fn scrolled(text: &str, cursor: usize, width: u16) -> (usize, u16) {
    let before = ink::width(&text[..cursor]);
    let hidden = before.saturating_sub(usize::from(width));
    let mut skipped = 0;
    let mut from = 0;
    for cluster in clusters(text, 0..cursor) {
        if skipped >= hidden {
            break;
        }
        skipped += cluster.width;
        from = cluster.end;
    }
    (from, (before - skipped.min(before)) as u16)
}

fn draw_prompt(state: &State, prompt: &Prompt, buffer: &mut Buffer, ink: Ink) {
    let outer = outer(state);
    let base = open(state, outer, &prompt.title, &edge::of(state, outer).text, buffer, ink);
    let inside = rect(state.screen.overlay);
    draw_line(inside, prompt.line.text(), prompt.line.cursor(), base, buffer, ink);
    let role = if prompt.wrong { Role::Open } else { Role::Muted };
    let room = usize::from(inside.width).saturating_sub(2);
    for (n, row) in ink::rows(&prompt.echo, room, 2).iter().enumerate() {
        ink::text(buffer, inside, 2, n + 1, row, base.patch(ink.role(role)));
    }
}

fn draw_memo(state: &State, memo: &Memo, buffer: &mut Buffer, ink: Ink) {
    let outer = outer(state);
    let base = open(state, outer, &memo.title, &edge::of(state, outer).text, buffer, ink);
    let area = state.screen.overlay;
    let (top, rows) = memo_rows(memo, area);
    for (line, row) in rows.iter().skip(top).take(usize::from(area.height)).enumerate() {
        ink::text(buffer, rect(area), 0, line, memo.line.text()[row.clone()].trim_end_matches('\n'), base);
    }
}

/// Returns the first row of a memo that is shown, and all its rows.
fn memo_rows(memo: &Memo, area: Area) -> (usize, Vec<std::ops::Range<usize>>) {
    let text = memo.line.text();
    let lines = LineIndex::new(text);
    let wrap = Wrap { text, lines: &lines, width: usize::from(area.width.max(2)) - 1 };
    let rows = wrap.rows_from(0, text.len() + 2);
    let at = rows.iter().rposition(|row| row.start <= memo.line.cursor()).unwrap_or(0);
    ((at + 1).saturating_sub(usize::from(area.height.max(1))), rows)
}

/// Returns the rows of a window that is read: pieces with their roles, wrapped; what follows a wrap stands below its text.
fn pager_rows(pager: &Pager, width: usize) -> Vec<Vec<(Role, String)>> {
    let width = width.max(1);
    let mut out = Vec::new();
    for line in &pager.lines {
        // The first of several pieces is a heading in front of the text.
        let indent = if line.len() > 1 { ink::width(&line[0].1).min(width / 2) } else { 0 };
        let mut row: Vec<(Role, String)> = Vec::new();
        let mut used = 0;
        for (n, (role, text)) in line.iter().enumerate() {
            if n == 0 && line.len() > 1 {
                row.push((*role, ink::cut(text, indent.max(1))));
                used = ink::width(&row[0].1).max(indent);
                continue;
            }
            let lines = LineIndex::new(text);
            let wrap = Wrap { text, lines: &lines, width: width.saturating_sub(used).max(1) };
            for (k, part) in wrap.rows_from(0, 10_000).into_iter().enumerate() {
                if k > 0 {
                    out.push(std::mem::take(&mut row));
                    row.push((*role, " ".repeat(indent)));
                }
                row.push((*role, text[part].trim_end().to_owned()));
            }
            used = indent;
        }
        out.push(row);
    }
    out
}

fn draw_pager(state: &State, pager: &Pager, buffer: &mut Buffer, ink: Ink) {
    let outer = outer(state);
    let area = state.screen.overlay;
    let shown = usize::from(area.height);
    let base = open(state, outer, &pager.title, &edge::of(state, outer).text, buffer, ink);
    let rows = pager_rows(pager, usize::from(area.width));
    for (line, row) in rows.iter().skip(pager.top).take(shown).enumerate() {
        let mut column = 0;
        for (role, text) in row {
            column = ink::text(buffer, rect(area), column, line, text, base.patch(ink.role(*role)));
        }
    }
}

/// Draws the keys that can follow those that were pressed, above the status line.
fn draw_next_keys(state: &State, buffer: &mut Buffer, ink: Ink) {
    let Lookup::Prefix(next) = state.lookup(state.scopes(), &state.pending) else { return };
    let about = |name: &str| Action::from_name(name).map_or("", |action| action.info().about);
    let rows: Vec<(String, &str)> = next.iter().map(|(key, name)| (key.to_string(), about(name))).collect();
    let wide = rows.iter().map(|(key, about)| ink::width(key) + ink::width(about) + 2).max().unwrap_or(0) as u16 + 4;
    let (width, height) = (state.screen.width, state.screen.room());
    let (w, h) = (wide.min(width), (rows.len() as u16 + 2).min(height));
    let y = height.saturating_sub(h + state.screen.status.height);
    let area = Area::new(width - w, y, w, h);
    let title = crate::config::key::write_sequence(&state.pending);
    let base = open(state, area, &format!("{title} …"), "", buffer, ink);
    let inside = rect(inner(area));
    let keys = rows.iter().map(|(key, _)| ink::width(key)).max().unwrap_or(0);
    for (line, (key, about)) in rows.iter().enumerate() {
        ink::text(buffer, inside, keys - ink::width(key), line, key, base.patch(ink.role(Role::HintKey)));
        let room = usize::from(inside.width).saturating_sub(keys + 2);
        ink::text(buffer, inside, keys + 2, line, &ink::cut(about, room), base);
    }
}
