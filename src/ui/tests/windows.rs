//! Windows, hints and the mouse.

use super::{Session, TEXT};
use crate::app::{ACTIONS, MouseKind, Scope};
use crate::config::Keymap;

fn open() -> Session {
    Session::open(&[TEXT, "Nothing is said here.\n"], 120, 160)
}

#[test]
fn help_has_every_key_of_where_you_are() {
    let mut session = open();
    for (keys, scope) in [("2", Scope::Text), ("3", Scope::Speakers), ("4", Scope::Timeline)] {
        session.keys(keys).keys("?");
        for info in ACTIONS.iter().filter(|info| info.scopes.contains(&scope) || info.scopes.contains(&Scope::Global)) {
            if !Keymap::shipped().keys_of(scope.name(), info.name).is_empty() {
                assert!(session.shows(info.about), "{}: {}\n{}", scope.name(), info.about, session.page());
            }
        }
        session.keys("<esc>");
        assert!(!session.shows("Everywhere"));
    }
}

#[test]
fn another_key_closes_a_window_and_does_what_it_does() {
    let mut session = open();
    session.keys("w");
    assert!(session.shows("the cue stands beside the name") && session.shows("a stamp"), "{}", session.page());
    session.keys("a");
    assert!(session.shows("1 decided") && !session.shows("Because"), "{}", session.page());
}

#[test]
fn a_long_window_scrolls() {
    let mut session = Session::open(&[TEXT], 80, 14);
    session.keys("?");
    assert!(session.shows("1–10 of"), "{}", session.page());
    session.keys("j <space> G");
    assert!(!session.shows("1–10 of") && session.shows("Every key can be changed"), "{}", session.page());
    session.keys("g g");
    assert!(session.shows("1–10 of"), "{}", session.page());
}

#[test]
fn a_key_that_begins_a_sequence_shows_what_can_follow() {
    let mut session = open();
    session.keys("g");
    assert!(session.shows("g …") && session.shows("Write a memo on the article"), "{}", session.page());
    session.keys("y");
    assert!(session.said().contains("g y means nothing here"), "{}", session.said());
    assert!(session.effects.is_empty());
}

#[test]
fn any_action_is_found_by_its_name() {
    let mut session = open();
    session.keys(":").types("reject");
    assert!(session.shows("Reject it: this is no quotation"));
    session.keys("<enter>");
    assert!(session.shows("1 decided"), "{}", session.page());
    session.keys(":").types("select text for").keys("<enter>");
    assert!(session.shows("select "));
    session.keys("<esc> :").types("no such thing at all");
    assert!(session.shows("nothing fits"));
    session.keys("<enter>");
}

#[test]
fn search_counts_and_goes_around() {
    let mut session = open();
    session.keys("/").types("said").keys("<enter>");
    assert!(session.said().contains("said: 1 of 2"), "{}", session.said());
    let lit = session.style(crate::app::Pane::Clean, "said Ann").bg;
    assert_ne!(lit, session.style(crate::app::Pane::Clean, "Ann Bell").bg);
    session.keys("n");
    assert!(session.said().contains("2 of 2"));
    session.keys("n N N");
    assert!(session.said().contains("1 of 2"), "{}", session.said());
    session.keys("/").types("xyzzy").keys("<enter>");
    assert!(session.said().contains("xyzzy is not in the text"));
    session.keys("n");
    assert!(session.said().contains("nothing was searched for"));
}

#[test]
fn the_mouse_selects_marks_scrolls_and_presses_hints() {
    let mut session = open();
    session.mouse(MouseKind::Down, "it is late").mouse(MouseKind::Up, "it is late");
    assert!(session.shows("quote 3/4"), "{}", session.page());
    session.mouse(MouseKind::Down, "Ann Bell   ");
    assert!(session.shows("▸ Ann Bell") && session.shows("quote 1/4"), "{}", session.page());
    session.mouse(MouseKind::Down, "Nobody said");
    session.mouse(MouseKind::Drag, "never");
    assert!(session.shows("selecting"), "{}", session.page());
    session.keys("y");
    assert!(matches!(session.effects.as_slice(), [crate::app::Effect::Copy(text)] if text == "Nobody said ‘"));
    session.keys("<esc>").mouse(MouseKind::Down, "a accept");
    assert!(session.shows("1 decided"), "{}", session.page());
    session.keys("?").mouse(MouseKind::Down, "whosaid");
    assert!(!session.shows("Everywhere"));
    session.keys("s").mouse(MouseKind::Down, "nobody ");
    assert!(session.shows("to nobody"), "{}", session.page());
    let taken = session.state.mouse;
    session.keys(":").types("leave it to the terminal").keys("<enter>");
    assert_ne!(session.state.mouse, taken);
    session.keys("<esc>").mouse(MouseKind::Down, "a accept");
    assert!(session.shows("2 decided"), "what the terminal has is not taken: {}", session.page());
}

#[test]
fn keys_named_at_the_lower_edge_of_a_window_can_be_clicked() {
    let mut session = open();
    session.resize(100, 30).keys("?").mouse(MouseKind::Down, "j down");
    assert!(session.shows("2–") && session.shows("Keys"), "{}", session.page());
    session.mouse(MouseKind::Down, "k up");
    assert!(session.shows("1–"), "{}", session.page());
    session.mouse(MouseKind::Down, "esc close");
    assert!(!session.shows("k up"), "{}", session.page());
    session.keys("B").mouse(MouseKind::Down, "a add ·").types("harbour").mouse(MouseKind::Down, "enter take");
    assert!(session.shows("Codebook · 1 tag") && session.shows("harbour"), "{}", session.page());
    session.mouse(MouseKind::Down, "esc close").keys("m").types("loud").mouse(MouseKind::Down, "esc keep");
    assert!(session.shows("quote 1/4 · 1 decided") || session.said().contains("memo"), "{}", session.page());
    session.keys("s").mouse(MouseKind::Down, "esc leave");
    assert!(session.state.overlays.is_empty(), "{}", session.page());
    // Where not all keys fit, the last stays; what lies under a window is not clicked through it.
    session.resize(30, 12).keys("B");
    assert!(session.shows("close") && !session.shows("rename"), "{}", session.page());
    session.mouse(MouseKind::Down, "esc close");
    assert!(session.state.overlays.is_empty(), "{}", session.page());
}

#[test]
fn the_timeline_can_be_clicked_and_walked() {
    let mut session = open();
    session.keys("4 g g");
    assert!(session.shows("quote 3/4"), "{}", session.page());
    session.keys("l l");
    assert!(session.shows("quote 2/4"), "{}", session.page());
    session.keys("j");
    assert!(session.shows("quote 3/4"), "{}", session.page());
    session.mouse(MouseKind::Down, "(nobody named): “Who");
    assert!(session.shows("quote 4/4"), "{}", session.page());
}
