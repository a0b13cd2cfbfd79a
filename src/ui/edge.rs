//! The keys named on the lower edge of the topmost window: which they are, and where they stand, to be clicked.

use super::ink;
use crate::app::screen::{Area, Button};
use crate::app::windows::overlay::{Overlay, Pager};
use crate::app::windows::picker::Choice;
use crate::app::{Action, State};

/// What stands between two keys.
const BETWEEN: &str = " · ";

/// The lower edge of a window.
#[derive(Debug, Default)]
pub struct Edge {
    /// What stands on it.
    pub text: String,
    /// The keys in it: the cell where each begins, counted from the first of the text, its width, and what it does.
    keys: Vec<(usize, usize, Action)>,
}

/// Returns what stands on the lower edge of the topmost window, in an area of the window's size. Where not all keys fit,
/// the last one, which leaves it, stays.
pub fn of(state: &State, window: Area) -> Edge {
    let Some(overlay) = state.overlays.last() else { return Edge::default() };
    let (before, mut keys) = named(state, overlay);
    let room = usize::from(window.width.saturating_sub(6));
    loop {
        let edge = lay(state, &before, &keys);
        if ink::width(&edge.text) <= room {
            return edge;
        }
        match keys.len() {
            0 => return Edge::default(),
            1 => keys.clear(),
            count => drop(keys.remove(count - 2)),
        }
    }
}

/// Returns where the keys on the lower edge of the topmost window, in this area, can be clicked.
pub fn buttons(state: &State, window: Area) -> Vec<(Area, Button)> {
    let edge = of(state, window);
    if edge.text.is_empty() || window.width < 4 || window.height < 3 {
        return Vec::new();
    }
    let left = window.right() - 3 - ink::width(&edge.text) as u16;
    let area = |at: usize, width: usize| Area::new(left + at as u16, window.bottom() - 1, width as u16, 1);
    edge.keys.iter().map(|&(at, width, action)| (area(at, width), Button::Do(action))).collect()
}

fn lay(state: &State, before: &str, keys: &[(Action, &str)]) -> Edge {
    let scopes = state.scopes();
    let mut edge = Edge { text: before.to_owned(), keys: Vec::new() };
    for &(action, about) in keys {
        let Some(key) = state.keys_of(scopes, action) else { continue };
        if !edge.text.is_empty() {
            edge.text.push_str(BETWEEN);
        }
        let part = format!("{key} {about}");
        edge.keys.push((ink::width(&edge.text), ink::width(&part), action));
        edge.text.push_str(&part);
    }
    edge
}

/// Returns what stands before the keys, and the keys with a word each.
fn named(state: &State, overlay: &Overlay) -> (String, Vec<(Action, &'static str)>) {
    let keys: &[(Action, &str)] = match overlay {
        Overlay::Picker(picker) => match picker.choice {
            Choice::History => &[(Action::Confirm, "go there"), (Action::Cancel, "leave")],
            Choice::Article => &[
                (Action::SortList, "sort"),
                (Action::HideDone, "hide done"),
                (Action::Confirm, "take"),
                (Action::Cancel, "leave"),
            ],
            _ => &[(Action::Confirm, "take"), (Action::Cancel, "leave")],
        },
        Overlay::Prompt(_) => &[(Action::Confirm, "take"), (Action::Cancel, "leave")],
        Overlay::Memo(_) => &[(Action::KeepMemo, "keep"), (Action::Cancel, "leave as it was")],
        Overlay::Pager(pager) => return read(state, pager, Action::Close),
        Overlay::Letter(letter) => return read(state, &letter.pager, Action::Cancel),
        Overlay::Codebook(_) => &[
            (Action::Tag, "give"),
            (Action::AddTag, "add"),
            (Action::Rename, "rename"),
            (Action::Merge, "merge"),
            (Action::Undo, "undo"),
            (Action::Close, "close"),
        ],
        Overlay::Found => {
            let close = if state.search.running { "stop" } else { "close" };
            return (
                String::new(),
                vec![(Action::GoHit, "go there"), (Action::OtherKind, "other kind"), (Action::Close, close)],
            );
        }
        Overlay::Preview(_) => &[
            (Action::Toggle, "on or off"),
            (Action::ToggleAll, "all or none"),
            (Action::Confirm, "tag them"),
            (Action::Cancel, "leave"),
        ],
        Overlay::Compare(_) => &[
            (Action::AdoptTheirs, "take theirs"),
            (Action::AdoptMine, "give mine"),
            (Action::NextDisagreement, "next"),
            (Action::PreviousDisagreement, "previous"),
            (Action::Undo, "undo"),
            (Action::Close, "close"),
        ],
    };
    (String::new(), keys.to_vec())
}

/// The keys of a window that is read; one that is longer than its room tells where one is in it.
fn read(state: &State, pager: &Pager, leave: Action) -> (String, Vec<(Action, &'static str)>) {
    let shown = usize::from(state.screen.overlay.height);
    if pager.rows <= shown {
        return (String::new(), vec![(leave, "close")]);
    }
    let place = format!("{}–{} of {}", pager.top + 1, (pager.top + shown).min(pager.rows), pager.rows);
    (place, vec![(Action::Down, "down"), (Action::Up, "up"), (leave, "close")])
}
