//! Undo, redo and the list of steps: in one article, across articles, after a restart, and over a thousand steps.

use super::{Session, TEXT};
use crate::annotation::Annotations;

const OTHER: &str =
    "“We will not pay,” said Ann Bell on Saturday.\n\nMayor Bo Stone told reporters that “it is late”.\n";

#[test]
fn the_list_of_steps_leads_to_any_of_them() {
    let mut session = Session::open(&[TEXT], 120, 40);
    session.keys("H");
    assert!(session.said().contains("nothing was done in this article yet"), "{}", session.said());
    session.keys("a x t").types("money").keys("<enter> g h");
    assert!(session.shows("History · 3 of 3 steps stand"), "{}", session.page());
    assert!(session.shows("● tagged “money”") && session.shows("✓ accepted “We will not pay"), "{}", session.page());
    session.keys("<down> <down> <enter>");
    assert!(session.said().contains("2 steps undone, back to before: rejected"), "{}", session.said());
    assert!(session.shows("1 decided"), "{}", session.page());
    session.keys("H");
    assert!(session.shows("○ tagged") && session.shows("● accepted"), "{}", session.page());
    session.types("money").keys("<enter>");
    assert!(session.said().contains("2 steps done again, up to: tagged “money”"), "{}", session.said());
    session.keys("H <enter>");
    assert!(session.said().contains("you are there already"), "{}", session.said());
    session.keys("H").types("as the program found").keys("<enter>");
    assert!(session.shows("0 decided"), "{}", session.page());
    let document = session.state.document.as_ref().expect("it is open");
    assert_eq!((document.history.done.len(), document.history.undone.len()), (0, 3));
    assert_eq!(*session.saved[&0].0, Annotations::default(), "every step reached the disk");
}

#[test]
fn undo_goes_to_the_article_of_the_last_step_and_says_so() {
    let mut session = Session::open(&[TEXT, OTHER], 120, 40);
    session.clock(10).keys("a ]");
    assert!(session.shows("article 2/2"), "{}", session.page());
    session.clock(20).keys("x [");
    session.clock(30).keys("u");
    assert!(session.shows("article 2/2"), "{}", session.page());
    assert!(session.said().contains("undone in Article 2: rejected “We will not pay,”"), "{}", session.said());
    session.keys("u");
    assert!(session.shows("article 1/2"), "{}", session.page());
    assert!(session.said().contains("undone in Article 1: accepted"), "{}", session.said());
    session.keys("u");
    assert!(session.said().contains("nothing to undo"), "{}", session.said());
    session.keys("U");
    assert!(session.said().contains("done again: accepted"), "{}", session.said());
    session.keys("U");
    assert!(session.said().contains("done again in Article 2: rejected"), "{}", session.said());
    session.keys("U");
    assert!(session.said().contains("nothing to redo"), "{}", session.said());
    assert!(session.shows("article 2/2"));
}

#[test]
fn what_cannot_be_changed_cannot_be_undone() {
    let mut session = Session::open(&[TEXT, OTHER], 120, 40);
    session.clock(10).keys("a ]");
    session.read_only = Some("another whosaid has these notes open".to_owned());
    session.keys("u");
    assert!(session.said().contains("nothing can be changed: another whosaid"), "{}", session.said());
    session.keys("H").types("as the program").keys("<enter>");
    assert!(session.said().contains("nothing can be changed"), "{}", session.said());
}

/// A small generator, so that every run presses the same keys.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % sides as u64) as usize
    }
}

#[test]
fn a_thousand_steps_by_keys_are_undone_and_redone_to_the_same() {
    let mut dice = Dice(7);
    let mut session = Session::open(&[TEXT], 100, 30);
    let steps = |session: &Session| session.state.document.as_ref().map_or(0, |d| d.history.done.len());
    let words = ["pay", "late", "money", "who"];
    while steps(&session) < 1_000 {
        let word = words[dice.roll(4)];
        match dice.roll(20) {
            0 | 1 => session.keys("a"),
            2 => session.keys("x"),
            3 => session.keys("r"),
            4 => session.keys("j"),
            5 => session.keys("k"),
            6 => session.keys("t").types(word).keys("<enter>"),
            7 => session.keys("T"),
            8 => session.keys("s").types(["Ann Bell", "Bo Stone", "Cy Young", "nobody"][dice.roll(4)]).keys("<enter>"),
            9 => session.keys("m").types(word).keys("<esc>"),
            10 => session.keys("d").types(["2017-06-03", "2016", ""][dice.roll(3)]).keys("<enter>"),
            11 => session.keys("e l w <enter>"),
            12 => session.keys("2 v s <enter> <esc>"),
            13 => session.keys("<del>"),
            14 => session.keys("D"),
            15 => session.keys("f"),
            16 => session.keys("3 g g j R").types(word).keys("<enter> 2"),
            17 => session.keys("3 M <down> <enter> 2"),
            18 => session.keys("u"),
            _ => session.keys("g m").types(word).keys("<esc>"),
        };
        session.keys("<esc>");
    }
    let end = session.saved[&0].clone();
    let count = steps(&session);
    for _ in 0..count {
        session.keys("u");
    }
    assert_eq!((steps(&session), &*session.saved[&0].0), (0, &Annotations::default()));
    for _ in 0..count {
        session.keys("U");
    }
    assert_eq!(session.saved[&0], end);
    let document = session.state.document.as_ref().expect("it is open");
    assert_eq!((&document.notes, &document.history), (&*end.0, &*end.1), "the screen and the disk say the same");
}
