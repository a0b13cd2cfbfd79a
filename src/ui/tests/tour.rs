//! The tour: each lesson ends when its key was pressed, whatever else was pressed before.

use super::{Session, TEXT};

fn open(width: u16, height: u16) -> Session {
    Session::with(&[TEXT, "Nothing is said here.\n"], width, height, |config| config.tour = true)
}

#[test]
fn ten_keys_are_learnt_by_pressing_them() {
    let mut session = open(80, 24);
    for (lesson, keys, leave) in [
        (1, "j", ""),
        (2, "w", "<esc>"),
        (3, "a", ""),
        (4, "s", "<esc>"),
        (5, "t", "<esc>"),
        (6, "e", "<enter>"),
        (7, "u", ""),
        (8, "m", "<esc>"),
        (9, "<tab>", ""),
        (10, "?", "<esc>"),
    ] {
        let asked = format!("tour {lesson}/10  press {} ", keys.trim_matches(['<', '>']));
        assert!(session.shows(&asked), "{asked} is not in\n{}", session.page());
        session.keys("b");
        assert!(session.shows(&asked), "another key is no answer\n{}", session.page());
        session.keys(keys);
        if leave.is_empty() {
            continue;
        }
        let line = session.rows().into_iter().find(|row| row.contains("tour ")).unwrap_or_default();
        assert!(line.contains(&format!("tour {lesson}/10  ")) && !line.contains("press"), "{line}");
        assert!(!line.contains('{'), "every key is named: {line}");
        session.keys(leave);
    }
    assert!(session.shows("tour done  press ]"), "{}", session.page());
    session.keys("]");
    assert!(!session.shows("tour"), "{}", session.page());
}

#[test]
fn it_comes_once_and_can_be_left_and_begun_again() {
    let mut session = open(80, 24);
    session.keys(":").types("tour").keys("<enter>");
    assert!(session.said().contains("the tour is over") && !session.shows("1/10"), "{}", session.page());
    session.keys(":").types("tour").keys("<enter> x");
    assert!(session.shows("tour 1/10"), "{}", session.page());
    // Who has decided something knows the keys.
    session.state.tour = None;
    session.keys("] [");
    assert!(!session.shows("1/10"), "{}", session.page());
    // On a screen with a few rows the text comes first.
    let small = open(40, 7);
    assert!(!small.shows("tour"), "{}", small.page());
}
