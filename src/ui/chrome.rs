//! What stands around the panes: the header, the tabs, the status and the hints.

use super::ink::{self, Ink};
use super::rect;
use super::reviewed::{draw_review, mode};
use crate::annotation::Status;
use crate::annotation::timeline::days::{self, Style as Written};
use crate::app::explain;
use crate::app::screen::{Area, Pane, Shape};
use crate::app::state::{Mode, State};
use crate::app::{Action, Document, tour};
use crate::config::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// Cells of the title that are kept free where what stands at the right can be said in less.
const TITLE: usize = 12;

/// A key and what it does, on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// Where it stands.
    pub area: Area,
    /// The keys.
    pub keys: String,
    /// What it does.
    pub action: Action,
}

/// Draws the header, the tabs and the status.
pub fn draw(state: &State, buffer: &mut Buffer, ink: Ink) {
    draw_header(state, buffer, ink);
    for (area, pane) in tab_areas(state) {
        let here = pane == state.focus;
        let style = ink.role(if here { Role::Title } else { Role::Muted });
        let style = if here { style.patch(ink.role(Role::Selected)) } else { style };
        let text = format!(" {} ", tab_text(state, pane));
        ink::text(buffer, rect(area), 0, 0, &text, style);
    }
    if state.screen.shape == Shape::Single
        && let Some(document) = &state.document
    {
        let note = super::frames::note(document, state.focus);
        let used: u16 = tab_areas(state).iter().map(|(area, _)| area.right()).max().unwrap_or(0);
        let tabs = rect(state.screen.tabs);
        let column = usize::from(tabs.width).saturating_sub(ink::width(&note) + 1);
        if column > usize::from(used) + 1 {
            ink::text(buffer, tabs, column, 0, &note, ink.role(Role::Muted));
        }
    }
    draw_guide(state, buffer, ink);
    draw_status(state, buffer, ink);
}

/// Draws what the tour says: how far it is, the key to press, what it does.
fn draw_guide(state: &State, buffer: &mut Buffer, ink: Ink) {
    let area = rect(state.screen.guide);
    let Some((at, key, rest)) = tour::says(state).filter(|_| !area.is_empty()) else { return };
    let base = ink.role(Role::Header);
    buffer.set_style(area, base);
    let width = usize::from(area.width);
    let mut column = ink::text(buffer, area, 1, 0, &at, base.patch(ink.role(Role::Title))) + 2;
    if !key.is_empty() {
        column = ink::text(buffer, area, column, 0, "press ", base);
        column = ink::text(buffer, area, column, 0, &key, base.patch(ink.role(Role::HintKey))) + 1;
    }
    column = ink::text(buffer, area, column, 0, &ink::cut(&rest, width.saturating_sub(column + 1)), base);
    let leave = ":tour leaves it";
    let right = width.saturating_sub(leave.len() + 1);
    if column + 2 <= right {
        ink::text(buffer, area, right, 0, leave, base.patch(ink.role(Role::Muted)));
    }
}

/// Returns where each tab stands, where there are tabs.
pub fn tab_areas(state: &State) -> Vec<(Area, Pane)> {
    let tabs = state.screen.tabs;
    let mut out = Vec::new();
    let mut x = 0;
    let longest: usize = Pane::ALL.iter().map(|pane| ink::width(&tab_text(state, *pane)) + 2).sum();
    for pane in Pane::ALL {
        // Where not all fit, only the one that is shown is named.
        let fits = longest <= usize::from(tabs.width) || pane == state.focus;
        let width = if fits { ink::width(&tab_text(state, pane)) as u16 + 2 } else { 0 };
        if tabs.height > 0 && width > 0 && x < tabs.width {
            let width = width.min(tabs.width - x);
            out.push((Area::new(tabs.x + x, tabs.y, width, 1), pane));
            x += width;
        }
    }
    out
}

fn tab_text(state: &State, pane: Pane) -> String {
    let keys = state.keys_of(state.pane_scopes(), super::frames::pane_action(pane)).unwrap_or_default();
    format!("{keys} {}", pane.title()).trim_start().to_owned()
}

fn draw_header(state: &State, buffer: &mut Buffer, ink: Ink) {
    let area = rect(state.screen.header);
    if area.is_empty() {
        return;
    }
    let base = ink.role(Role::Header);
    buffer.set_style(area, base);
    let width = usize::from(area.width);
    // Where the whole does not leave room for the title, less is said at the right.
    let saving = saving(state);
    let places = places(state);
    let whole = [places.as_slice(), std::slice::from_ref(&saving.0)].concat().join(" · ");
    let short = saving.0.clone();
    let mut title = state.title().split_whitespace().collect::<Vec<_>>().join(" ");
    let mut column = 1;
    if width >= 60 {
        column = ink::text(buffer, area, column, 0, "whosaid", base.patch(ink.role(Role::Title))) + 3;
    }
    // How many are decided says how many are left, too.
    let fewer: Vec<String> = places.iter().filter(|place| !place.ends_with(" left")).cloned().collect();
    let fewer = [fewer.as_slice(), std::slice::from_ref(&saving.0)].concat().join(" · ");
    let room = width.saturating_sub(column + 3);
    let own = ink::width(&title).min(TITLE);
    let right = [whole, fewer, [places.first().cloned().unwrap_or_default(), short.clone()].join(" · "), short]
        .into_iter()
        .map(|text| text.trim_start_matches(" · ").to_owned())
        .find(|text| ink::width(text) + own <= room || text.is_empty())
        .unwrap_or_default();
    let right_at = width.saturating_sub(ink::width(&right) + 1);
    if let Some(date) = state.document.as_ref().and_then(Document::date) {
        let days = days::days(date.0, Written::Full);
        let inferred = if date.1 { [days.clone(), days] } else { [format!("{days} (inferred)"), format!("~{days}")] };
        let room = right_at.saturating_sub(column + 2);
        // What the date leaves of the title is worth reading; else the date is said in short, or not at all.
        let fits = |text: &&String| room.saturating_sub(ink::width(text) + 3) >= ink::width(&title).min(12);
        if let Some(text) = inferred.iter().find(fits) {
            title = format!("{} · {text}", ink::cut(&title, room - ink::width(text) - 3));
        }
    }
    let analysed = state.document.as_ref().filter(|document| document.analysis.is_some());
    let undated = " · undated";
    if analysed.is_some_and(|document| document.date().is_none())
        && right_at.saturating_sub(column + 2) >= ink::width(&title).min(12) + ink::width(undated)
    {
        let room = right_at.saturating_sub(column + 2) - ink::width(undated);
        title = format!("{}{undated}", ink::cut(&title, room));
    }
    let title = ink::cut(&title, right_at.saturating_sub(column + 2));
    ink::text(buffer, area, column, 0, &title, base);
    let style = if saving.1 { ink.role(Role::Error) } else { Style::default() };
    let column = ink::text(buffer, area, right_at, 0, right.strip_suffix(&saving.0).unwrap_or(&right), base);
    if right.ends_with(&saving.0) {
        ink::text(buffer, area, column, 0, &saving.0, base.patch(style));
    }
}

/// Returns where the reader is: the quotation, the article, what is decided.
fn places(state: &State) -> Vec<String> {
    let Some(document) = &state.document else { return Vec::new() };
    let count = document.resolved.quotes.len();
    let mut out = Vec::new();
    if count > 0 {
        out.push(format!(
            "quote {}/{count}",
            document.selected.map_or_else(|| "–".to_owned(), |n| (n + 1).to_string())
        ));
        out.push(format!("{} decided", document.decided()));
        let left = count - document.decided();
        if document.decided() > 0 && left > 0 {
            out.push(format!("{left} left"));
        }
    } else if document.analysis.is_some() {
        out.push("no quotations".to_owned());
    }
    if state.entries.len() > 1 {
        out.push(format!("article {}/{}", document.entry + 1, state.entries.len()));
    }
    let article = &document.notes.article;
    out.extend([(article.done, "done"), (article.flagged, "flagged")].iter().filter(|f| f.0).map(|f| f.1.to_owned()));
    if !state.config.coder.is_empty() {
        out.push(state.config.coder.clone());
    }
    out
}

/// Returns how saving goes, and whether something is wrong.
fn saving(state: &State) -> (String, bool) {
    let Some(document) = &state.document else { return (String::new(), false) };
    let saving = &document.saving;
    if document.read_only.is_some() {
        ("read only".to_owned(), true)
    } else if saving.failed.is_some() {
        ("unsaved".to_owned(), true)
    } else if saving.saved < saving.revision {
        ("saving".to_owned(), false)
    } else {
        ("saved".to_owned(), false)
    }
}

fn draw_status(state: &State, buffer: &mut Buffer, ink: Ink) {
    let area = rect(state.screen.status);
    if area.is_empty() {
        return;
    }
    buffer.set_style(area, ink.role(Role::Status));
    let first = Rect { height: 1, ..area };
    let last = Rect { y: area.y + area.height - 1, height: 1, ..area };
    let failed = state.document.as_ref().and_then(|document| document.saving.failed.as_ref());
    let message = state.message.as_ref().map(|message| (message.text.clone(), message.error));
    // What is not saved stays on the screen.
    let message = message.or_else(|| failed.map(|reason| (format!("unsaved: {reason}"), true)));
    // What is long takes both rows: the end of a sentence often says what to do.
    let said = message.map(|(text, error)| {
        let line = text.lines().collect::<Vec<_>>().join(" ");
        (ink::rows(&line, usize::from(last.width).saturating_sub(2), usize::from(area.height)), error)
    });
    let rows = said.as_ref().map_or(0, |(rows, _)| rows.len());
    if rows < usize::from(area.height) {
        let review = draw_review(state, first, buffer, ink);
        draw_selected(state, Rect { width: first.width - review, ..first }, buffer, ink);
    }
    if let Some((rows, error)) = said {
        let role = if error { Role::Error } else { Role::Notice };
        let from = usize::from(area.height).saturating_sub(rows.len());
        for (n, row) in rows.iter().enumerate() {
            ink::text(buffer, area, 0, from + n, &format!(" {row} "), ink.role(Role::Status).patch(ink.role(role)));
        }
        return;
    }
    if area.height > 1 {
        for hint in hints(state) {
            let base = ink.role(Role::Status);
            let line = rect(hint.area);
            let column = ink::text(buffer, line, 0, 0, &hint.keys, base.patch(ink.role(Role::HintKey)));
            ink::text(buffer, line, column + 1, 0, hint.action.info().short, base.patch(ink.role(Role::HintText)));
        }
        let mode = mode(state);
        if !mode.is_empty() {
            ink::text(buffer, last, 1, 0, mode, ink.role(Role::Status).patch(ink.role(Role::Title)));
        }
    }
}

/// Draws what the selected quotation is, in a line: words, speaker, day, how sure, why.
fn draw_selected(state: &State, area: Rect, buffer: &mut Buffer, ink: Ink) {
    let Some(document) = &state.document else { return };
    let base = ink.role(Role::Status);
    let width = usize::from(area.width);
    let Some(quote) = document.quote() else {
        if document.analysis.is_some() && document.resolved.quotes.is_empty() {
            let text = "no quotation was found; select text to add one";
            ink::text(buffer, area, 1, 0, &ink::cut(text, width.saturating_sub(2)), base.patch(ink.role(Role::Muted)));
        }
        return;
    };
    let words = quote.hull().of(document.text(Pane::Clean));
    let words: String = words.chars().take(200).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let speaker = quote.speaker.and_then(|n| document.resolved.speakers.get(n));
    let colour = quote.speaker.and_then(|n| document.colours.get(n)).map_or(ink.role(Role::Muted), |&c| ink.speaker(c));
    let name = speaker.map_or("nobody named", |speaker| speaker.name.as_str());
    let mut parts: Vec<(String, Style)> = vec![(name.to_owned(), base.patch(colour))];
    if let Some(said) = quote.said_at {
        parts.push((days::days(said, Written::Full), base));
    }
    let (text, role) = match quote.status {
        Status::Open => (format!("{:.2}", quote.confidence), Role::Open),
        status => (
            explain::status(status).to_owned(),
            if status == Status::Accepted { Role::Accepted } else { Role::Rejected },
        ),
    };
    let role = ink.role(role).remove_modifier(Modifier::CROSSED_OUT);
    parts.push((text, base.patch(role)));
    if !quote.tags.is_empty() {
        for tag in &quote.tags {
            let known = state.shared.book.find(tag).and_then(|tag| tag.colour.as_deref());
            let tint = known.map_or_else(|| ink.role(Role::Tag), |colour| ink::tint(state, colour));
            parts.push((format!("#{tag}"), base.patch(tint)));
        }
    }
    for (word, filled) in [("to", &quote.addressee), ("about", &quote.topic)] {
        if let Some(filled) = filled {
            let words = filled.words.split_whitespace().collect::<Vec<_>>().join(" ");
            parts.push((format!("{word} {}", ink::cut(&words, 24)), base));
        }
    }
    if quote.memo.is_some() {
        parts.push(("memo".to_owned(), base.patch(ink.role(Role::Notice))));
    }
    let fixed: usize = parts.iter().map(|(text, _)| ink::width(text) + 3).sum();
    // The words get what the rest leaves, and not more than a third.
    let room = width.saturating_sub(fixed + 2).min((width / 3).max(16));
    let mut column = 1;
    if room >= 8 {
        column = ink::text(buffer, area, column, 0, &ink::cut(&words, room), base.patch(colour)) + 2;
    }
    for (n, (text, style)) in parts.iter().enumerate() {
        // What does not fit is left out, but for the name.
        if n > 0 && column + 3 + ink::width(text).min(24) >= width {
            continue;
        }
        if n > 0 {
            column = ink::text(buffer, area, column, 0, " · ", base.patch(ink.role(Role::Muted)));
        }
        let text = ink::cut(text, width.saturating_sub(column + 1));
        column = ink::text(buffer, area, column, 0, &text, *style);
    }
    let room = width.saturating_sub(column + 4);
    if let Some(evidence) = quote.evidence.first().filter(|_| room >= 12) {
        column = ink::text(buffer, area, column, 0, " · ", base.patch(ink.role(Role::Muted)));
        ink::text(buffer, area, column, 0, &ink::cut(evidence, room), base.patch(ink.role(Role::Muted)));
    }
}

/// Returns the hints of the last line, as many as fit; the keys of help always stand last.
pub fn hints(state: &State) -> Vec<Hint> {
    let status = state.screen.status;
    let told = state.message.is_some() || state.document.as_ref().is_some_and(|d| d.saving.failed.is_some());
    if status.height < 2 || !state.overlays.is_empty() || told {
        return Vec::new();
    }
    let wanted: &[Action] = match (&state.mode, state.focus) {
        (Mode::Visual(_), _) => &[
            Action::MakeQuote,
            Action::TakeMarks,
            Action::TakeSentence,
            Action::TakeWord,
            Action::Select,
            Action::WordRight,
            Action::SentenceRight,
            Action::OtherEnd,
            Action::TagStretch,
            Action::MakeCue,
            Action::MakeSource,
            Action::AddPart,
            Action::Copy,
            Action::Cancel,
        ],
        (Mode::Edges(_), _) => &[
            Action::Keep,
            Action::OtherEnd,
            Action::WordRight,
            Action::WordLeft,
            Action::Right,
            Action::Left,
            Action::TakeMarks,
            Action::Cancel,
        ],
        (Mode::Normal, Pane::Speakers) => &[
            Action::Open,
            Action::Rename,
            Action::Merge,
            Action::Split,
            Action::Alias,
            Action::NotAPerson,
            Action::Accept,
            Action::Speaker,
            Action::Zoom,
        ],
        (Mode::Normal, Pane::Timeline) => &[
            Action::Left,
            Action::Right,
            Action::Date,
            Action::ZoomIn,
            Action::ZoomOut,
            Action::Order,
            Action::Accept,
            Action::ArticleDate,
            Action::Zoom,
        ],
        (Mode::Normal, _) => &[
            Action::Accept,
            Action::Reject,
            Action::Speaker,
            Action::Tag,
            Action::Memo,
            Action::Date,
            Action::Edges,
            Action::Select,
            Action::Why,
            Action::Undo,
            Action::Search,
            Action::Library,
        ],
    };
    let scopes = state.scopes();
    let keys_of = |action| state.keys_of(scopes, action);
    let y = status.bottom() - 1;
    let make = |x: u16, keys: String, action: Action| {
        let width = (ink::width(&keys) + 1 + ink::width(action.info().short)) as u16;
        Hint { area: Area::new(x, y, width, 1), keys, action }
    };
    // Help and the finder stand at the right edge.
    let mut out = Vec::new();
    let mut right = status.width.saturating_sub(1);
    for action in [Action::Help, Action::Actions] {
        if let Some(keys) = keys_of(action) {
            let hint = make(0, keys, action);
            if hint.area.width + 2 <= right && status.width >= 30 {
                right -= hint.area.width;
                out.push(Hint { area: Area { x: right, ..hint.area }, ..hint });
                right = right.saturating_sub(3);
            }
        }
    }
    let mode = ink::width(mode(state)) as u16;
    let mut x = if mode > 0 { mode + 4 } else { 1 };
    for &action in wanted {
        let Some(keys) = keys_of(action) else { continue };
        let hint = make(x, keys, action);
        if hint.area.right() > right {
            break;
        }
        x = hint.area.right() + 3;
        out.push(hint);
    }
    out
}

/// Draws what is seen before an article is open.
pub fn draw_empty(state: &State, buffer: &mut Buffer, ink: Ink) {
    let screen = Rect { x: 0, y: 0, width: state.screen.width, height: state.screen.height };
    let (text, role) = match (&state.failed, state.opening, state.entries.is_empty()) {
        (Some(reason), ..) => (reason.clone(), Role::Error),
        (None, Some(_), _) => ("reading the article …".to_owned(), Role::Muted),
        (None, None, true) => ("looking for articles …".to_owned(), Role::Muted),
        (None, None, false) => ("no article is open".to_owned(), Role::Muted),
    };
    let text = ink::cut(&text, usize::from(screen.width).saturating_sub(6));
    let column = usize::from(screen.width).saturating_sub(ink::width(&text)) / 2;
    ink::text(buffer, screen, column, usize::from(screen.height) / 3, &text, ink.role(role));
}
