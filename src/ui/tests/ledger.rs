//! The ledger, on an article that the engine itself cleaned.

use super::Session;

const DAMAGED: &str = "The mayor did n't answer . \" We wo n't pay , \" said Ann Bell on Monday . \
    \" It is n't fair . \" He did n't say why , and she does n't know .";

#[test]
fn repairs_are_counted_shown_and_left() {
    let mut session = Session::of_engine(&[DAMAGED], 110, 30);
    assert!(session.shows("didn't answer."), "{}", session.page());
    session.keys("L");
    assert!(session.shows("Repairs and suspects") && session.shows("clitic"), "{}", session.page());
    session.types("clitic").keys("<enter>");
    assert!(session.shows("leave all of these as they were"), "{}", session.page());
    session.keys("<down> <enter> R");
    assert!(session.shows("did n't answer."), "{}", session.page());
    session.keys("L").types("left").keys("<enter> <enter>");
    assert!(!session.shows("did n't answer."), "{}", session.page());
    session.keys("L").types("clitic").keys("<enter> <enter>");
    assert!(session.shows("did n't answer.") && session.shows("does n't know."), "{}", session.page());
    session.keys("L").types("clitic");
    assert!(session.shows("switched off"), "{}", session.page());
}

#[test]
fn what_was_left_is_a_step_and_stays_left() {
    let mut session = Session::of_engine(&[DAMAGED, "Nothing is wrong here."], 110, 30);
    session.keys("L").types("clitic").keys("<enter> <down> <enter> R");
    assert!(session.shows("did n't answer.") && session.said().starts_with("left “"), "{}", session.page());
    session.keys("u");
    assert!(session.shows("didn't answer."), "{}", session.page());
    session.keys("U");
    assert!(session.shows("did n't answer."), "{}", session.page());
    session.keys("L").types("quote").keys("<enter> <enter>");
    assert!(session.shows("answer. \" We won't pay, \" said"), "{}", session.page());
    // In another article, and back.
    session.keys("]");
    assert!(session.shows("Nothing is wrong"), "{}", session.page());
    session.keys("[");
    assert!(session.shows("did n't answer. \" We won't pay"), "{}", session.page());
    session.keys("L").types("left").keys("<enter>");
    assert!(session.shows("did n't"), "{}", session.page());
    session.keys("<enter>");
    assert!(session.shows("didn't answer."), "{}", session.page());
}

#[test]
fn what_cannot_be_seen_and_was_dropped_leaves_a_mark_in_clean() {
    let session = Session::of_engine(&["The may\u{ad}or spoke of it.\u{200b}\n\nNobody came."], 80, 24);
    assert!(session.shows("The mayor spoke of it."), "{}", session.page());
    let at = |text: &str| session.style(crate::app::Pane::Clean, text);
    let plain = at("Nobody");
    assert_eq!([at("The"), at("y"), at("r spoke"), at("t.")], [plain; 4]);
    assert_ne!(at("or spoke"), plain);
    assert_ne!(at(". "), plain);
}

#[test]
fn a_repair_must_be_pointed_at() {
    let mut session = Session::of_engine(&[DAMAGED], 110, 30);
    session.keys("R");
    assert!(session.said().contains("no repair is pointed at"), "{}", session.said());
    let mut sound = Session::of_engine(&["Nothing is wrong here."], 110, 30);
    sound.keys("L");
    assert!(sound.said().contains("nothing was repaired"), "{}", sound.said());
}

#[test]
fn sentences_are_read_one_by_one() {
    let mut session = Session::of_engine(&["One is here. Two is there. Three is gone."], 110, 30);
    let lit = |session: &Session, text: &str| session.style(crate::app::Pane::Clean, text);
    let plain = lit(&session, "Two");
    session.keys(") )");
    assert_ne!(lit(&session, "Two"), plain);
    assert_eq!(lit(&session, "One"), plain);
    session.keys("(");
    assert_ne!(lit(&session, "One"), plain);
}
