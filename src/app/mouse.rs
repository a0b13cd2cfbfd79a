//! The mouse: a click selects, a drag marks text, the wheel scrolls, hints and tabs can be clicked.

use super::action::Action;
use super::article::document::SpeakerRow;
use super::article::marking::byte_at;
use super::article::reading;
use super::article::select::Visual;
use super::article::time;
use super::command;
use super::effect::Effect;
use super::event::{Mouse, MouseKind};
use super::screen::{Button, Pane};
use super::state::{Mode, State};
use super::windows::overlay::Overlay;
use crate::annotation::Stamp;

/// Rows that a notch of the wheel scrolls.
const NOTCH: isize = 3;

/// Takes what the mouse did.
pub fn mouse(state: &mut State, mouse: Mouse, stamp: Stamp) -> Vec<Effect> {
    if !state.overlays.is_empty()
        && mouse.kind == MouseKind::Down
        && let Some(Button::Do(action)) = state.screen.button_at(mouse.column, mouse.row)
    {
        state.message = None;
        return command::run(state, action, stamp);
    }
    if let Some(effects) = in_window(state, mouse, stamp) {
        return effects;
    }
    if let Some(overlay) = state.overlays.last_mut() {
        let area = state.screen.overlay;
        let inside = area.contains(mouse.column, mouse.row);
        match (overlay, mouse.kind) {
            (Overlay::Picker(picker), MouseKind::WheelUp) => picker.step(-1, false),
            (Overlay::Picker(picker), MouseKind::WheelDown) => picker.step(1, false),
            (Overlay::Picker(picker), MouseKind::Down) if inside => {
                let at = usize::from(mouse.row - area.y) + state.screen.overlay_top;
                if at < picker.count() {
                    picker.at = at;
                    return command::run(state, Action::Confirm, stamp);
                }
            }
            (Overlay::Pager(pager), MouseKind::WheelUp) => pager.top = pager.top.saturating_sub(NOTCH as usize),
            (Overlay::Pager(pager), MouseKind::WheelDown) => {
                let most = pager.rows.saturating_sub(usize::from(area.height));
                pager.top = (pager.top + NOTCH as usize).min(most);
            }
            (Overlay::Pager(_) | Overlay::Picker(_) | Overlay::Prompt(_), MouseKind::Down) if !inside => {
                state.overlays.pop();
            }
            _ => {}
        }
        return Vec::new();
    }
    match mouse.kind {
        MouseKind::WheelUp | MouseKind::WheelDown => {
            let by = if mouse.kind == MouseKind::WheelUp { -NOTCH } else { NOTCH };
            match state.screen.pane_at(mouse.column, mouse.row) {
                Some(Pane::Speakers) => reading::step_speaker(state, by.signum()),
                Some(Pane::Timeline) => time::step_time(state, by > 0),
                Some(_) => reading::scroll(state, by),
                None => {}
            }
            Vec::new()
        }
        MouseKind::Down => {
            state.message = None;
            down(state, mouse, stamp)
        }
        MouseKind::Drag => {
            drag(state, mouse);
            Vec::new()
        }
        MouseKind::Up => {
            state.pressed = None;
            Vec::new()
        }
    }
}

/// Takes what the mouse did in the codebook or the list of what was found; `None` where neither is open.
fn in_window(state: &mut State, mouse: Mouse, stamp: Stamp) -> Option<Vec<Effect>> {
    let area = state.screen.overlay;
    let inside = area.contains(mouse.column, mouse.row);
    let row = usize::from(mouse.row.saturating_sub(area.y));
    let action = match (state.overlays.last_mut()?, mouse.kind) {
        (Overlay::Codebook(_) | Overlay::Found | Overlay::Preview(_), MouseKind::WheelUp) => Action::Up,
        (Overlay::Codebook(_) | Overlay::Found | Overlay::Preview(_), MouseKind::WheelDown) => Action::Down,
        (Overlay::Preview(preview), MouseKind::Down) if inside => {
            let at = state.screen.overlay_top + row;
            if at >= preview.places.len() {
                return Some(Vec::new());
            }
            preview.at = at;
            Action::Toggle
        }
        (Overlay::Compare(_), MouseKind::WheelUp) => Action::PreviousDisagreement,
        (Overlay::Compare(_), MouseKind::WheelDown) => Action::NextDisagreement,
        (Overlay::Letter(_), MouseKind::Down) if !inside => Action::Cancel,
        (Overlay::Codebook(window), MouseKind::Down) if inside => {
            // `prepare` keeps it within the rows.
            window.at = window.top + row;
            return Some(Vec::new());
        }
        (Overlay::Found, MouseKind::Down) if inside => {
            let at = state.search.top + row;
            if at >= state.search.listed().count() {
                return Some(Vec::new());
            }
            state.search.at = at;
            Action::GoHit
        }
        (Overlay::Codebook(_) | Overlay::Found, MouseKind::Down) => Action::Close,
        (Overlay::Codebook(_) | Overlay::Found, _) => return Some(Vec::new()),
        _ => return None,
    };
    Some(command::run(state, action, stamp))
}

fn down(state: &mut State, mouse: Mouse, stamp: Stamp) -> Vec<Effect> {
    match state.screen.button_at(mouse.column, mouse.row) {
        Some(Button::Do(action)) => return command::run(state, action, stamp),
        Some(Button::Show(pane)) => {
            reading::focus(state, pane);
            return Vec::new();
        }
        None => {}
    }
    let Some(pane) = state.screen.pane_at(mouse.column, mouse.row) else { return Vec::new() };
    if state.mode != Mode::Normal {
        state.mode = Mode::Normal;
    }
    reading::focus(state, pane);
    match pane {
        Pane::Raw | Pane::Clean => {
            let Some(at) = byte_under(state, pane, mouse) else { return Vec::new() };
            state.pressed = Some((pane, at));
            let Some(document) = &state.document else { return Vec::new() };
            let layers = if pane == Pane::Raw { &document.raw_layers } else { &document.clean_layers };
            // A cue or a mention belongs to its quotation too.
            if let Some(n) = layers.quotes.at(at).or_else(|| layers.cues.at(at)) {
                reading::select(state, n);
            }
        }
        Pane::Speakers => {
            let area = state.screen.panes[pane.index()];
            let Some(document) = &mut state.document else { return Vec::new() };
            let mut line = document.speakers.top + usize::from(mouse.row - area.y);
            // The chosen speaker has a second line.
            if line > document.speakers.row && document.speakers_second_line() {
                line -= 1;
            }
            if let Some(row) = document.speaker_row(line) {
                let again = line == document.speakers.row && matches!(row, SpeakerRow::Speaker(_));
                document.speakers.row = line;
                if again {
                    reading::open_speaker(state, true);
                }
                reading::follow_speaker(state);
            }
        }
        Pane::Timeline => {
            if let Some(&(_, n)) = state.screen.marks.iter().find(|(area, _)| area.contains(mouse.column, mouse.row)) {
                reading::select(state, n);
            }
        }
    }
    Vec::new()
}

/// Marks text from where the button went down.
fn drag(state: &mut State, mouse: Mouse) {
    let Some(pane) = state.screen.pane_at(mouse.column, mouse.row).filter(|pane| pane.is_text()) else { return };
    let Some(at) = byte_under(state, pane, mouse) else { return };
    match &mut state.mode {
        Mode::Visual(visual) if visual.pane == pane => {
            visual.anchor = visual.anchor.or(Some(visual.cursor));
            visual.cursor = at;
        }
        Mode::Normal => {
            // A drag that began elsewhere marks nothing.
            let Some((_, anchor)) = state.pressed.filter(|&(began, start)| began == pane && start != at) else {
                return;
            };
            if let Some(document) = &mut state.document {
                // Selecting the quotation under the first click must not scroll the text away below the mouse.
                document.place_mut(pane).reveal = None;
            }
            state.mode = Mode::Visual(Visual { pane, cursor: at, anchor: Some(anchor) });
        }
        _ => {}
    }
}

/// Returns the byte of the text under the mouse.
fn byte_under(state: &State, pane: Pane, mouse: Mouse) -> Option<usize> {
    let area = state.screen.panes[pane.index()];
    let document = state.document.as_ref()?;
    let row = document.place(pane).rows.get(usize::from(mouse.row.checked_sub(area.y)?))?;
    let column = usize::from(mouse.column.saturating_sub(area.x + document.gutter()));
    Some(byte_at(document.text(pane), row, column))
}
