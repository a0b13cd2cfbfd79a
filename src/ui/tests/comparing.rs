//! Comparing two coders: from one disagreement to the next, and taking over either side.

use super::{Session, TEXT};
use crate::annotation::{Annotations, History, Status};
use crate::app::{Config, Pane};

/// Opens the article as `ana`; `ben` has done other things with it.
fn open(width: u16, height: u16) -> Session {
    let named = |config: &mut Config| config.coder = "ana".to_owned();
    let mut ben = Session::open(&[TEXT], width, height);
    ben.keys("t").types("money").keys("<enter> a s").types("Cy Young").keys("<enter> j x");
    let (notes, history) = ben.saved[&0].clone();
    let mut ana = Session::with(&[TEXT], width, height, named);
    ana.keys("a j a");
    ana.others.insert("ben".to_owned(), ((*notes).clone(), (*history).clone()));
    ana
}

fn mine(session: &Session) -> &Annotations {
    &session.state.document.as_ref().expect("it is open").notes
}

#[test]
fn it_walks_through_what_differs() {
    let mut session = open(120, 40);
    let (mine_before, theirs_before) = (mine(&session).clone(), session.others["ben"].clone());
    session.keys("C");
    assert!(session.shows("ana and ben · 1 of "), "{}", session.page());
    let mut seen = Vec::new();
    for _ in 0..12 {
        let row = session.rows().into_iter().find(|row| row.contains("ana and ben"));
        let rows = session.rows();
        let at = rows.iter().position(|row| row.contains("ana and ben")).expect("the window is there");
        seen.push(rows[at + 1].trim_matches(['│', ' ']).to_owned());
        assert!(row.is_some());
        session.keys("j");
    }
    assert!(session.said().contains("this is the last disagreement"), "{}", session.said());
    seen.dedup();
    assert!(seen.iter().any(|what| what == "which tags?"), "{seen:?}");
    assert!(seen.iter().any(|what| what.starts_with("only ")), "{seen:?}");
    // The text shows the place, above the window.
    let lead = session.state.screen.panes[Pane::Clean.index()];
    assert!(session.state.screen.overlay.y >= lead.bottom() - 2, "{:?}", session.state.screen.overlay);
    session.keys("?");
    assert!(session.shows("In the comparison of two coders"));
    session.keys("<esc> <esc>");
    assert!(!session.shows("ana and ben"));
    assert_eq!((mine(&session), &session.others["ben"]), (&mine_before, &theirs_before));
}

#[test]
fn either_side_is_taken_over_with_a_key_and_back() {
    for key in ["t", "m"] {
        let mut session = open(120, 40);
        let before = (mine(&session).clone(), session.others["ben"].0.clone());
        session.keys("C");
        let mut count = 0;
        while !session.shows("agree on everything") {
            session.keys(key);
            count += 1;
            assert!(session.said().contains("took over") || session.said().contains("dropped"), "{}", session.said());
            assert!(count < 20, "{}", session.page());
        }
        let taken = (mine(&session).clone(), session.others["ben"].0.clone());
        assert_eq!((taken.0 == before.0, taken.1 == before.1), (key == "m", key == "t"));
        if key == "t" {
            assert_eq!(*session.saved[&0].0, taken.0, "it is saved");
        }
        session.keys(key);
        assert!(session.said().contains("nothing is left to decide"), "{}", session.said());
        for _ in 0..count {
            session.keys("u");
            assert!(session.said().contains("undone: "), "{}", session.said());
        }
        session.keys("u");
        assert!(session.said().contains("nothing was taken over here yet"), "{}", session.said());
        assert_eq!((mine(&session), &session.others["ben"].0), (&before.0, &before.1));
        for _ in 0..count {
            session.keys("U");
        }
        assert!(session.shows("agree on everything"), "{}", session.page());
        assert_eq!((mine(&session), &session.others["ben"].0), (&taken.0, &taken.1));
        session.keys("q");
        assert!(!session.shows("agree on everything"));
    }
}

#[test]
fn what_cannot_be_compared_or_written_is_said() {
    let mut session = Session::open(&[TEXT], 80, 24);
    session.keys("C");
    assert!(session.said().contains("no other coder has notes on this article"), "{}", session.said());
    session.others.insert("ben".to_owned(), (Annotations::default(), History::default()));
    session.keys("g c");
    assert!(session.said().contains("no disagreement with ben"), "{}", session.said());
    session.keys("a C");
    assert!(session.shows("you and ben · 1 of 1 · 1 of one coder only") && session.shows("only you have it"));
    session.broken = true;
    session.keys("m");
    assert!(session.said().contains("ben: the disk is full"), "{}", session.said());
    session.broken = false;
    session.keys("m");
    assert!(session.shows("agree on everything"), "{}", session.page());
    assert!(session.others["ben"].0.quotes.values().all(|note| note.status == Status::Accepted));
}

#[test]
fn of_several_coders_one_is_chosen() {
    let mut session = open(80, 24);
    session.others.insert("cy".to_owned(), (Annotations::default(), History::default()));
    session.keys("C");
    assert!(session.shows("Compare with whom?") && session.shows("2 disagreements"), "{}", session.page());
    session.types("cy").keys("<enter>");
    assert!(session.shows("ana and cy · 1 of 2"), "{}", session.page());
    session.resize(40, 12);
    assert!(session.shows("only ana has it"), "{}", session.page());
}
