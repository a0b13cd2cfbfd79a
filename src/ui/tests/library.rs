//! The list of articles: how far each is, in which order, which is next, and the place in each.

use super::{Session, TEXT};
use crate::app::{Effect, Pane};

fn open() -> Session {
    Session::open(&[TEXT, "Nothing is said here.\n", TEXT, "“We will not pay,” said Ann Bell.\n"], 120, 40)
}

/// The articles as they stand in the list.
fn listed(session: &Session) -> Vec<String> {
    let rows = session.rows();
    // The first row is the title of the one that is open.
    let names = rows.iter().skip(1).filter_map(|row| row.split_once("Article ").map(|(_, rest)| rest[..1].to_owned()));
    names.filter(|name| name.chars().all(|c| c.is_ascii_digit())).collect()
}

#[test]
fn each_article_shows_how_far_it_is() {
    let mut session = open();
    session.clock(5).keys("a x ] D ] f o");
    assert!(session.shows("◐ Article 1") && session.shows("████···· 2/4     doing"), "{}", session.page());
    assert!(session.shows("✓ Article 2") && session.shows("⚑ Article 3") && session.shows("○ Article 4"));
    assert!(session.shows("1 of 4 done · in their order"), "{}", session.page());
    session.types("flagged");
    assert_eq!(listed(&session), ["3"], "{}", session.page());
    session.keys("<enter>");
    assert!(session.shows("article 3/4"), "{}", session.page());
}

#[test]
fn it_is_sorted_and_what_is_done_can_be_hidden() {
    let mut session = open();
    session.clock(5).keys("a ] D ]");
    session.clock(9).keys("f o");
    assert_eq!(listed(&session), ["1", "2", "3", "4"]);
    let mut orders = Vec::new();
    for _ in 0..6 {
        session.keys("ctrl-s");
        orders.push(listed(&session).concat());
    }
    assert_eq!(orders, ["1234", "1432", "3412", "3124", "1324", "1234"], "{}", session.page());
    session.keys("ctrl-t");
    assert_eq!(listed(&session), ["1", "3", "4"], "{}", session.page());
    assert!(session.shows("done ones hidden"), "{}", session.page());
    session.types("4").keys("ctrl-s ctrl-s <enter>");
    assert!(session.shows("article 4/4"), "{}", session.page());
}

#[test]
fn the_next_article_that_is_not_done_is_a_key_away() {
    let mut session = open();
    session.keys("] D [ }");
    assert!(session.shows("article 3/4"), "{}", session.page());
    session.keys("D { D } D }");
    assert!(session.said().contains("no other article is left to do"), "{}\n{}", session.said(), session.page());
}

#[test]
fn the_place_is_kept_in_an_article_and_for_another_day() {
    let mut session = open();
    session.keys("j j 3 ]");
    let kept = session.effects.iter().find_map(|effect| match effect {
        Effect::Keep { entry: 0, place } => Some(place.clone()),
        _ => None,
    });
    let kept = kept.expect("the place is handed out");
    assert_eq!((kept.focus, kept.selected), (Pane::Speakers, TEXT.find("“it is late")), "{kept:?}");
    session.keys("2 [");
    assert!(session.shows("quote 3/4"), "{}", session.page());
    assert_eq!(session.state.focus, Pane::Speakers);

    let mut later = Session::open(&["“x” y\n", TEXT], 120, 40);
    later.place = Some(*kept);
    later.keys("]");
    assert!(later.shows("quote 3/4"), "{}", later.page());
    assert_eq!(later.state.focus, Pane::Speakers);
}

#[test]
fn the_title_says_whose_notes_these_are() {
    let session = Session::with(&[TEXT], 120, 40, |config| config.coder = "ana".to_owned());
    assert!(session.rows()[0].contains(" · ana · saved"), "{}", session.rows()[0]);
}

#[test]
fn decisions_wait_for_the_article_that_was_asked_for() {
    let mut session = open();
    session.late = Some(Vec::new());
    session.keys("] ] x a");
    assert!(session.shows("article 1/4") && session.saved.is_empty(), "nothing falls on the one that is still shown");
    session.come();
    assert!(session.shows("article 3/4") && session.shows("2 decided"), "{}", session.page());
    assert_eq!(session.saved.keys().copied().collect::<Vec<_>>(), [2]);
    // What waits can be dropped, and goes where its article cannot be read.
    session.late = Some(Vec::new());
    session.keys("[ x <esc>").come();
    assert!(session.shows("article 2/4") && session.saved.len() == 1, "{}", session.page());
    session.late = Some(vec![9]);
    session.keys("[ x");
    session.feed(crate::app::Event::Opened { entry: 0, result: Err("it is gone".to_owned()) });
    assert!(session.said().contains("it is gone") && session.state.held.is_empty(), "{}", session.said());
}
