//! Roles, parts, passages, speakers and what is under review, by keys.

use super::{Session, TEXT};
use crate::annotation::{Annotations, Filler, QuoteNote};
use crate::app::Pane;
use crate::config::Role;

fn open() -> Session {
    Session::open(&[TEXT], 120, 40)
}

fn notes(session: &Session) -> Annotations {
    session.saved.get(&0).map(|(notes, _)| (**notes).clone()).unwrap_or_default()
}

/// The only note on a quotation.
fn note(session: &Session) -> QuoteNote {
    let notes = notes(session);
    assert_eq!(notes.quotes.len(), 1, "{}", session.page());
    notes.quotes.into_values().next().expect("one")
}

/// Goes to where `word` stands and selects it.
fn take<'a>(session: &'a mut Session, word: &str) -> &'a mut Session {
    session.keys("/").types(word).keys("<enter> v i")
}

#[test]
fn one_key_leads_from_the_words_to_the_cue_and_to_the_speaker() {
    let mut session = open();
    for said in ["cue “said”", "source “Ann Bell” · Ann Bell", "content “We will not pay,”", "cue “said”"]
    {
        session.keys("l");
        assert!(session.said().contains(said), "{said}: {}", session.said());
    }
    session.keys("h");
    assert!(session.said().contains("content"), "{}", session.said());
    session.keys("l <del>");
    assert!(session.said().contains("took off the cue of"), "{}", session.said());
    assert_eq!(note(&session).cue.map(|anchor| anchor.parts.len()), Some(0), "there is none");
    session.keys("l");
    assert!(session.said().contains("source"), "{}", session.said());
    session.keys("u");
    assert!(notes(&session).quotes.is_empty());
    session.keys("w");
    assert!(session.shows("Cue  “said”"), "{}", session.page());
}

#[test]
fn selected_text_gets_a_role_of_the_selected_quotation() {
    let mut session = open();
    take(&mut session, "reporters").keys("A");
    let Some(Filler::Stretch(anchor)) = note(&session).addressee else { panic!("{}", session.page()) };
    assert_eq!(anchor.parts[0].exact, "reporters");
    assert!(session.shows("to reporters"), "{}", session.page());
    let style = session.style(Pane::Clean, "reporters");
    let theme = &session.state.config.theme;
    assert!(theme.paint(Role::Addressee).italic && style.add_modifier.contains(ratatui::style::Modifier::ITALIC));
    take(&mut session, "Saturday").keys("P");
    take(&mut session, "told").keys("c");
    session.keys("w");
    for row in ["To  “reporters”", "About  “Saturday”", "Cue  “told”"] {
        assert!(session.shows(row), "{row}\n{}", session.page());
    }
    // A source that is somebody's mention says who speaks.
    session.keys("<esc>");
    take(&mut session, "Stone").keys("S");
    assert!(session.said().contains("said by Bo Stone"), "{}", session.said());
    session.keys("g p").types("the toll").keys("<enter>");
    assert_eq!(note(&session).topic, Some(Filler::Words("the toll".to_owned())));
    session.keys("g p <enter>");
    assert_eq!(note(&session).topic, None);
    session.keys("g a").types("bost").keys("<enter>");
    assert_eq!(note(&session).addressee, Some(Filler::Words("Bo Stone".to_owned())));
}

#[test]
fn parts_are_added_moved_and_taken_off() {
    let mut session = open();
    take(&mut session, "Nobody").keys("C");
    let exact = |session: &Session| -> Vec<String> {
        note(session).anchor.parts.iter().map(|part| part.exact.clone()).collect()
    };
    assert_eq!(exact(&session), ["“We will not pay,”", "Nobody"]);
    let id = note(&session).id;
    session.keys("e w <enter>");
    assert_eq!(exact(&session), ["“We will not pay,”", "Nobody said"]);
    // From the last part's end on to the first part's beginning.
    session.keys("e o w <enter>");
    assert_eq!(exact(&session), ["We will not pay,”", "Nobody said"]);
    session.keys("e - <enter>");
    assert_eq!((exact(&session), note(&session).id), (vec!["We will not pay,”".to_owned()], id));
    session.keys("u h <del>");
    assert_eq!(exact(&session).len(), 2, "what is pointed at first is the source: {}", session.page());
    session.keys("e -");
    session.keys("-");
    assert!(session.said().contains("the only part"), "{}", session.said());
    session.keys("<esc> u u u u u");
    assert!(notes(&session).quotes.is_empty(), "{}", session.said());
}

#[test]
fn quotations_at_one_place_are_stacked_and_stepped_through() {
    let mut session = open();
    session.keys("/").types("not pay").keys("<enter> v i w <enter>");
    assert!(session.shows("▌█"), "two lanes: {}", session.page());
    session.keys("c");
    assert!(session.said().contains("quotation 1 of 2 at this place"), "{}", session.said());
    assert!(session.shows("█▌"), "{}", session.page());
    session.keys("c");
    assert!(session.said().contains("quotation 2 of 2"), "{}", session.said());
    session.keys("j c");
    assert!(session.said().contains("the only quotation"), "{}", session.said());
    // Selecting by quotations: the inner one, then the one around it.
    session.keys("k v Q Q y");
    assert_eq!(session.effects.len(), 1, "{:?}", session.effects);
    assert!(format!("{:?}", session.effects).contains("“We will not pay,”"), "{:?}", session.effects);
}

#[test]
fn every_place_of_a_phrase_is_tagged_after_a_look() {
    let mut session = open();
    take(&mut session, "said").keys("T").types("saying").keys("<enter>");
    assert!(session.shows("Tag 2 of 2 × “said” as saying"), "{}", session.page());
    session.keys("<space>");
    assert!(session.shows("Tag 1 of 2"), "{}", session.page());
    session.keys("a");
    assert!(session.shows("Tag 0 of 2"), "{}", session.page());
    session.keys("<enter>");
    assert!(notes(&session).passages.is_empty() && session.said().contains("nothing was tagged"), "{}", session.said());
    session.keys("g t <enter> <enter> <enter>");
    assert!(session.said().contains("tagged 2 × “said” as saying"), "{}", session.said());
    assert_eq!((notes(&session).passages.len(), notes(&session).quotes.len()), (2, 0));
    assert!(session.shows("quote 1/4"), "passages are not counted among the quotations");
    // The next one is pointed at and loses its tag; then it is no passage any more.
    session.keys("<esc> i");
    assert!(session.said().contains("passage “said” · saying"), "{}", session.said());
    session.keys("t <enter>");
    assert_eq!(notes(&session).passages.len(), 1);
    session.keys("u u");
    assert!(session.said().contains("undone: tagged 2 ×"), "{}", session.said());
    assert!(notes(&session).passages.is_empty());
    take(&mut session, "Saturday").keys("t").types("day").keys("<enter>");
    assert_eq!(notes(&session).passages.len(), 1);
    session.keys("e w <enter>");
    assert_eq!(
        notes(&session).passages.values().next().map(|n| n.anchor.parts[0].exact.clone()).as_deref(),
        Some("Saturday.")
    );
    session.keys("g t").types("zebra").keys("<enter>");
    assert!(session.said().contains("“zebra” is not in the text"), "{}", session.said());
}

#[test]
fn a_name_is_split_off_and_every_pane_follows() {
    let mut session = open();
    session.keys("3 s").types("she").keys("<enter>").types("Cy Young").keys("<enter>");
    assert!(session.said().contains("split 1 mention of Ann Bell off to Cy Young"), "{}", session.said());
    session.keys("2 j");
    assert!(session.shows("“Not one cent,”  Cy Young"), "{}", session.page());
    session.keys("u");
    assert!(session.shows("“Not one cent,”  Ann Bell"), "{}", session.page());
    // One mention of the open speaker.
    session.keys("3 l j j s").types("Cy Young").keys("<enter>");
    assert_eq!(notes(&session).speakers.values().map(|note| note.taken.len()).sum::<usize>(), 1);
    session.keys("u h A").types("the boss").keys("<enter>");
    assert!(session.shows("she, the boss"), "{}", session.page());
    session.keys("M").types("bost").keys("<enter>");
    assert!(session.said().contains("merged Ann Bell into Bo Stone"), "{}", session.said());
    session.keys("u u");
    assert!(notes(&session).speakers.is_empty());
}

#[test]
fn what_is_under_review_can_be_chosen() {
    let mut session = open();
    session.keys("a");
    assert!(session.shows("quote 2/4 · 1 decided · 3 left"), "{}", session.page());
    session.keys(";");
    assert!(session.said().contains("undecided: 3 of them, 3 left"), "{}", session.said());
    session.keys("k");
    assert!(session.said().contains("no more above: undecided"), "{}", session.said());
    session.keys("j");
    assert!(session.shows("quote 3/4") && session.shows("undecided: 3 left"), "{}", session.page());
    session.keys("; Q");
    assert!(session.shows("least sure first: 3 left"), "{}", session.page());
    for (key, quote) in
        [("j", "quote 2/4"), ("j", "quote 1/4"), ("k", "quote 2/4"), (".", "quote 4/4"), ("a", "quote 3/4")]
    {
        session.keys(key);
        assert!(session.shows(quote), "{key} {quote}\n{}", session.page());
    }
    session.keys("F g g 2 k k k S");
    assert!(session.said().contains("only Ann Bell: 2 of them, 1 left"), "{}", session.said());
    session.keys("j a");
    assert!(session.said().contains("all of these are decided: only Ann Bell"), "{}", session.said());
    session.keys("S");
    assert!(
        session.said().contains("every quotation, in the order of the text: 4 of them, 1 left"),
        "{}",
        session.said()
    );
}
