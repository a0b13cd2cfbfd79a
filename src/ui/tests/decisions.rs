//! Deciding by keys: what is saved, what is shown, what is undone.

use super::{Session, TEXT};
use crate::annotation::{Origin, QuoteNote, SpeakerChoice, Status};
use crate::app::{Effect, Event, Pane};

fn open() -> Session {
    Session::open(&[TEXT, "Nothing is said here.\n"], 120, 40)
}

/// Returns the notes that were saved last, in the order of the text.
fn notes(session: &Session) -> Vec<QuoteNote> {
    let mut notes: Vec<QuoteNote> =
        session.saved.get(&0).map(|(notes, _)| notes.quotes.values().cloned().collect()).unwrap_or_default();
    notes.sort_by_key(|note| note.anchor.parts[0].range.start);
    notes
}

#[test]
fn accepting_saves_and_goes_to_the_next_open_one() {
    let mut session = open();
    session.keys("a");
    assert_eq!(notes(&session)[0].status, Status::Accepted);
    assert_eq!(notes(&session)[0].speaker, Some(SpeakerChoice::Named("Ann Bell".to_owned())));
    assert!(session.shows("quote 2/4 · 1 decided"), "{}", session.page());
    assert!(session.said().contains("accepted “We will not pay,”"), "{}", session.said());
    session.keys("x a a");
    assert_eq!(notes(&session).iter().map(|note| note.status).collect::<Vec<_>>(), {
        use Status::{Accepted, Rejected};
        [Accepted, Rejected, Accepted, Accepted]
    });
    assert!(session.said().contains("every quotation is decided"), "{}", session.said());
    assert!(session.shows("✓ “We will") && session.shows("✓ Mayor"), "{}", session.page());
    session.keys("g g 2 k k k k r j a k x");
    assert!(session.shows("✗ “We will"), "{}", session.page());
}

#[test]
fn undo_and_redo_name_the_step_and_survive_a_restart() {
    let mut session = open();
    session.keys("x u");
    assert_eq!(notes(&session), []);
    assert!(session.said().contains("undone: rejected"), "{}", session.said());
    session.keys("ctrl-r");
    assert!(session.said().contains("done again: rejected"), "{}", session.said());
    // Another article and back: the notes and their history come from the store.
    session.keys("] [ u");
    assert!(session.said().contains("undone: rejected"), "{}", session.said());
    session.keys("u");
    assert!(session.said().contains("nothing to undo"));
}

#[test]
fn a_speaker_is_picked_or_typed_new() {
    let mut session = open();
    session.keys("s").types("bost").keys("<enter>");
    assert_eq!(notes(&session)[0].speaker, Some(SpeakerChoice::Named("Bo Stone".to_owned())));
    session.keys("s").types("Cy Young").keys("<enter>");
    assert_eq!(notes(&session)[0].speaker, Some(SpeakerChoice::Named("Cy Young".to_owned())));
    assert!(session.shows("Cy Young "), "{}", session.page());
    session.keys("s <up> <up>").keys("<enter>");
    assert_eq!(notes(&session)[0].speaker, Some(SpeakerChoice::Nobody));
    session.keys("s").types("zzz").keys("<esc>");
    assert_eq!(notes(&session)[0].speaker, Some(SpeakerChoice::Nobody));
}

#[test]
fn tags_are_given_repeated_and_taken_off() {
    let mut session = open();
    session.keys("t").types("money").keys("<enter>");
    assert_eq!(notes(&session)[0].tags, ["money"]);
    assert!(session.shows("#money"));
    session.keys("j T");
    assert_eq!(notes(&session)[1].tags, ["money"]);
    session.keys("t <enter>");
    assert_eq!(notes(&session).len(), 1);
}

#[test]
fn a_memo_holds_lines_and_what_is_pasted() {
    let mut session = open();
    session.keys("m").types("first").keys("<enter>");
    session.feed(Event::Paste("second\nx a\u{1b}q".to_owned()));
    session.keys("<esc>");
    assert_eq!(notes(&session)[0].memo.as_deref(), Some("first\nsecond\nx aq"));
    session.keys("m").types("!").keys("ctrl-c");
    assert_eq!(notes(&session)[0].memo.as_deref(), Some("first\nsecond\nx aq"));
    // Pasted where nobody types, it is nothing.
    session.feed(Event::Paste("xxxxx".to_owned()));
    assert_eq!(notes(&session)[0].status, Status::Open);
}

#[test]
fn dates_are_typed_as_people_do_and_mistakes_can_be_mended() {
    let mut session = open();
    session.keys("d").types("2017-05");
    assert!(session.shows("May 2017"), "{}", session.page());
    session.keys("<enter>");
    assert_eq!(notes(&session)[0].said_at.map(|days| days.from.to_string()).as_deref(), Some("2017-05-01"));
    session.keys("d ctrl-u").types("gibberish").keys("<enter>");
    assert!(session.shows("gibberish") && session.shows("When was it said?"));
    session.keys("ctrl-u <enter>");
    assert_eq!(notes(&session)[0].said_at, None);
    session.keys("g d").types("2016-12-24").keys("<enter>");
    assert!(session.shows("24 December 2016"), "{}", session.page());
}

#[test]
fn edges_move_and_the_note_keeps_its_id() {
    let mut session = open();
    session.keys("t").types("x").keys("<enter>");
    let id = notes(&session)[0].id;
    session.keys("e w j");
    let moved = notes(&session);
    assert_eq!((moved[0].id, moved[0].anchor.parts[0].exact.as_str()), (id, "“We will not pay,” said"));
    assert!(session.shows("quote 2/4"), "any other key keeps the edges and does what it does");
    session.keys("k e o w <enter>");
    assert_eq!(notes(&session)[0].anchor.parts[0].exact, "We will not pay,” said");
    session.keys("e b b <esc>");
    assert_eq!(notes(&session)[0].anchor.parts[0].exact, "We will not pay,” said");
}

#[test]
fn text_is_selected_by_keys_and_becomes_a_quotation() {
    let mut session = open();
    session.keys("/").types("never").keys("<enter> v q <enter>");
    let made = notes(&session);
    assert_eq!((made[0].origin, made[0].anchor.parts[0].exact.as_str()), (Origin::Reader, "‘never’"));
    assert!(session.shows("quote 5/5"));
    session.keys("<del>");
    assert_eq!(notes(&session), []);
    session.keys("/").types("Nobody").keys("<enter> v v w w");
    assert!(session.shows("selecting"), "{}", session.page());
    session.keys("<enter>");
    assert_eq!(notes(&session)[0].anchor.parts[0].exact, "Nobody said");
    // In Raw the bytes are the file's own, two spaces and all.
    session.keys("u 1 /").types("said  Ann").keys("<enter> v v w w <enter>");
    assert_eq!(notes(&session)[0].anchor.parts[0].exact, "said  Ann");
}

#[test]
fn speakers_are_renamed_merged_and_taken_out() {
    let mut session = open();
    session.keys("3 R ctrl-u").types("Ann B.").keys("<enter>");
    assert!(session.shows("Ann B."), "{}", session.page());
    session.keys("M").types("bo").keys("<enter>");
    assert_eq!(session.state.document.as_ref().map(|d| d.resolved.speakers.len()), Some(1));
    session.keys("u u");
    assert_eq!(session.state.document.as_ref().map(|d| d.resolved.speakers.len()), Some(2));
    session.keys("g g X");
    assert_eq!(session.state.document.as_ref().map(|d| d.resolved.quotes[0].speaker), Some(None));
}

#[test]
fn what_cannot_be_saved_is_said_and_kept() {
    let mut session = open();
    session.broken = true;
    session.keys("a j");
    assert!(session.shows("unsaved") && session.said().contains("the disk is full"), "{}", session.page());
    session.broken = false;
    session.keys("x");
    assert!(!session.shows("unsaved") && notes(&session).len() == 2, "{}", session.page());
    let mut session = open();
    session.read_only = Some("another whosaid has it open".to_owned());
    session.keys("] [ a");
    assert!(session.shows("read only") && session.said().contains("another whosaid"), "{}", session.page());
    assert!(session.saved.is_empty());
}

#[test]
fn articles_are_marked_and_the_place_is_kept() {
    let mut session = open();
    session.keys("j j D f");
    assert!(session.shows("article 1/2 · done · flagged"), "{}", session.page());
    session.keys("]");
    assert!(session.shows("article 2/2") && session.shows("no quotations"), "{}", session.page());
    session.keys("]");
    assert!(session.said().contains("this is the last article"));
    session.keys("o").types("1").keys("<enter>");
    assert!(session.shows("quote 3/4"), "{}", session.page());
}

#[test]
fn a_quotation_is_copied_with_its_citation() {
    let mut session = open();
    session.keys("y E <enter> q");
    let [Effect::Copy(text), Effect::Export { format, .. }, Effect::Keep { .. }, Effect::Quit] =
        session.effects.as_slice()
    else {
        panic!("{:?}", session.effects)
    };
    assert_eq!(text, "“We will not pay,” — Ann Bell, 3 June 2017 (Article 1)");
    assert_eq!(format, "markdown");
}

#[test]
fn one_selection_is_seen_from_four_sides() {
    let mut session = open();
    let selected = |session: &Session, words: &str| {
        let bg = session.style(Pane::Clean, words).bg;
        assert_eq!(bg, session.style(Pane::Raw, words).bg);
        bg == crate::ui::ink::style(session.state.config.theme.paint(crate::config::Role::Selected)).bg
    };
    assert!(selected(&session, "We will") && !selected(&session, "it is late"));
    for keys in ["j j", "3 G", "4 g g"] {
        session.keys("g g 2 k k k k").keys(keys);
        assert!(selected(&session, "it is late") && !selected(&session, "We will"), "{keys}\n{}", session.page());
        assert!(session.shows("▸ Bo Stone") && session.shows("quote 3/4"), "{keys}\n{}", session.page());
    }
}
