//! Decisions and the view they lead to.

use crate::fixture::{Fixture, any_decision, span, stamp};
use proptest::prelude::*;
use whosaid::annotation::{Annotations, Change, Edit, History, Origin, SpeakerChoice, Status};
use whosaid::engine::{Interval, QuoteKind};

#[test]
fn found_and_decided_are_joined() {
    let fixture = Fixture::new();
    let mut notes = Annotations::default();
    let edit = fixture.apply(&mut notes, 1, |desk| desk.accept(0));
    assert_eq!(edit.name, "accepted “We will not reopen it,”");
    let view = fixture.view(&notes);
    assert_eq!((view.quotes.len(), view.quotes[0].status, view.quotes[0].found), (4, Status::Accepted, Some(0)));
    assert_eq!(view.speakers[view.quotes[0].speaker.expect("it has one")].name, "Anna Lind");
    assert!(!view.quotes[0].speaker_chosen, "as it was found");
    assert!((view.quotes[0].confidence - 1.0).abs() < f32::EPSILON);
    assert_eq!(view.quotes[0].said_at, Some(Interval::day(jiff::civil::date(2017, 6, 5))));

    fixture.apply(&mut notes, 2, |desk| desk.reject(1));
    let view = fixture.view(&notes);
    assert_eq!(view.quotes[1].status, Status::Rejected);
    let berg = view.speakers.iter().find(|speaker| speaker.name == "Jon Berg").expect("he is still there");
    assert_eq!(berg.quotes, 0, "what was rejected is not counted");
    fixture.apply(&mut notes, 3, |desk| desk.reopen(1));
    assert_eq!(notes.quotes.len(), 1, "a note that says nothing goes");
}

#[test]
fn a_moved_edge_keeps_the_note() {
    let fixture = Fixture::new();
    let mut notes = Annotations::default();
    fixture.apply(&mut notes, 1, |desk| desk.add_tag(1, "safety"));
    fixture.apply(&mut notes, 2, |desk| desk.move_edges(1, &[span("“It is safe,” Berg")]));
    fixture.apply(&mut notes, 3, |desk| desk.move_edges(1, &[span("safe")]));
    let view = fixture.view(&notes);
    assert_eq!((view.quotes.len(), notes.quotes.len()), (4, 1));
    let quote = &view.quotes[1];
    assert_eq!(
        (quote.found, &quote.raw[..], &quote.tags[..]),
        (Some(1), &[span("safe")][..], &["safety".to_owned()][..])
    );
    assert_eq!(fixture.decide(&notes, 4, |desk| desk.move_edges(1, &[span("safe")])), None);
}

#[test]
fn a_quotation_is_added_and_removed() {
    let fixture = Fixture::new();
    let mut notes = Annotations::default();
    let speaker = Some(SpeakerChoice::Named("Eva Ås".to_owned()));
    fixture.apply(&mut notes, 1, |desk| desk.add_quote(&[span("disagreed 🙂")], QuoteKind::Indirect, speaker.clone()));
    let view = fixture.view(&notes);
    let at = view.quotes.iter().position(|quote| quote.found.is_none()).expect("it is there");
    assert_eq!((at, view.quotes[at].status), (1, Status::Accepted));
    assert_eq!(view.speakers[view.quotes[at].speaker.expect("it has one")].name, "Eva Ås");
    fixture.apply(&mut notes, 2, |desk| desk.remove_quote(at));
    assert_eq!(notes, Annotations::default());
    assert_eq!(fixture.decide(&notes, 3, |desk| desk.add_quote(&[], QuoteKind::Direct, None)), None);
    assert_eq!(fixture.decide(&notes, 3, |desk| desk.accept(99)), None);
}

#[test]
fn two_unnamed_sources_of_one_description_stay_two() {
    let fixture = Fixture::new();
    let mut notes = Annotations::default();
    let view = fixture.view(&notes);
    let names: Vec<&str> = view.speakers.iter().map(|speaker| speaker.name.as_str()).collect();
    assert_eq!(names, ["Anna Lind", "Jon Berg", "a spokesman", "a spokesman (2)"]);
    fixture.apply(&mut notes, 1, |desk| desk.rename_speaker(2, "Eva Ås"));
    let view = fixture.view(&notes);
    assert_eq!(view.speakers[view.quotes[2].speaker.expect("named now")].name, "Eva Ås");
    assert_eq!(view.speakers[view.quotes[3].speaker.expect("as before")].name, "a spokesman (2)");
}

#[test]
fn speakers_are_renamed_and_merged() {
    let fixture = Fixture::new();
    let mut notes = Annotations::default();
    fixture.apply(&mut notes, 1, |desk| desk.accept(0));
    fixture.apply(&mut notes, 2, |desk| desk.rename_speaker(0, "A. Lind"));
    fixture.apply(&mut notes, 3, |desk| desk.set_speaker(1, Some(SpeakerChoice::Named("Eva".to_owned()))));
    let view = fixture.view(&notes);
    assert_eq!(view.speakers[view.quotes[0].speaker.expect("it has one")].name, "A. Lind", "what was accepted follows");
    let place = |name: &str| view.speakers.iter().position(|speaker| speaker.name == name).expect(name);
    let edit =
        fixture.apply(&mut notes, 4, |desk| desk.merge_speakers(place("A. Lind"), &[place("Eva"), place("Jon Berg")]));
    assert_eq!(edit.name, "merged Eva and Jon Berg into A. Lind");
    let view = fixture.view(&notes);
    assert_eq!((view.speakers[0].name.as_str(), view.speakers[0].quotes, view.speakers.len()), ("A. Lind", 2, 3));
    assert_eq!(notes.speakers.len(), 1);
    fixture.apply(&mut notes, 5, |desk| desk.not_a_person(0));
    assert!(fixture.view(&notes).quotes[..2].iter().all(|quote| quote.speaker.is_none()));
}

#[test]
fn a_better_engine_does_not_undo_a_decision() {
    let mut fixture = Fixture::new();
    let mut notes = Annotations::default();
    fixture.apply(&mut notes, 1, |desk| desk.accept(1));
    fixture.analysis.quotes[1].speaker = Some(whosaid::engine::SpeakerId(0));
    fixture.analysis.quotes[1].kind = QuoteKind::Indirect;
    let view = fixture.view(&notes);
    assert_eq!(view.speakers[view.quotes[1].speaker.expect("it has one")].name, "Jon Berg");
    assert_eq!(view.quotes[1].kind, QuoteKind::Direct);
    fixture.analysis.quotes.remove(1);
    let view = fixture.view(&notes);
    assert_eq!((view.quotes.len(), view.quotes[1].found), (4, None), "the quotation stays though it is found no more");
}

#[test]
fn a_note_without_a_place_is_an_orphan() {
    let fixture = Fixture::new();
    let mut notes = Annotations::default();
    fixture.apply(&mut notes, 1, |desk| desk.accept(1));
    if let Some(note) = notes.quotes.values_mut().next() {
        note.anchor.parts[0].exact = "“never said at all by anybody here”".to_owned();
    }
    let view = fixture.view(&notes);
    assert_eq!((view.orphans.len(), view.quotes[1].status), (1, Status::Open));
    fixture.apply(&mut notes, 2, |desk| desk.remove_note(desk.resolved.orphans[0]));
    assert!(notes.quotes.is_empty());
}

#[test]
fn an_edit_that_does_not_fit_changes_nothing() {
    let fixture = Fixture::new();
    let mut notes = Annotations::default();
    let good = fixture.decide(&notes, 1, |desk| desk.accept(0)).expect("there is something to do");
    fixture.apply(&mut notes, 2, |desk| desk.accept(1));
    let stale = Change::Article { before: Box::default(), after: Box::default() };
    let mut wrong = fixture.decide(&notes, 3, |desk| desk.set_done(true)).expect("there is something to do");
    fixture.apply(&mut notes, 4, |desk| desk.set_flagged(true));
    wrong.changes.splice(..0, good.changes.clone());
    let before = notes.clone();
    assert!(notes.apply(&wrong).is_err());
    assert_eq!(notes, before);
    assert!(notes.apply(&Edit { changes: vec![stale], ..good }).is_err());
    assert!(before.quotes.values().all(|note| note.origin == Origin::Found && note.id != stamp(1).id));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn undone_is_as_before_and_redone_as_after(steps in prop::collection::vec(any::<(u8, usize, usize)>(), 0..60)) {
        let fixture = Fixture::new();
        let (mut notes, mut history) = (Annotations::default(), History::default());
        let mut states = vec![notes.clone()];
        for (n, (what, a, b)) in steps.into_iter().enumerate() {
            if let Some(edit) = fixture.decide(&notes, n as u64, |desk| any_decision(desk, what, a, b)) {
                prop_assert!(!edit.name.is_empty());
                history.make(&mut notes, edit).expect("a fresh edit fits");
                states.push(notes.clone());
            }
            let view = fixture.view(&notes);
            prop_assert!(view.quotes.iter().all(|quote| quote.speaker.is_none_or(|n| n < view.speakers.len())));
            prop_assert_eq!(view.quotes.iter().filter(|quote| quote.found.is_some()).count(), 4);
        }
        let end = notes.clone();
        for state in states.iter().rev().skip(1) {
            history.undo(&mut notes).expect("it fits").expect("there is one");
            prop_assert_eq!(&notes, state);
        }
        prop_assert!(history.undo(&mut notes).expect("it fits").is_none());
        while history.redo(&mut notes).expect("it fits").is_some() {}
        prop_assert_eq!(notes, end);
    }
}
