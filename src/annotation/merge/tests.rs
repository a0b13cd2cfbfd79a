use super::*;
use crate::annotation::{Anchor, Range, SpeakerChoice, Status};
use jiff::Timestamp;
use proptest::prelude::*;
use uuid::Uuid;

fn id(n: u128) -> NoteId {
    Uuid::from_u128(n)
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("in range")
}

fn note(n: u128, start: usize) -> QuoteNote {
    let part = Part { range: Range { start, end: start + 3 }, exact: format!("q{start:02}") };
    QuoteNote::blank(id(n), Anchor { parts: vec![part], ..Anchor::default() }, at(0))
}

/// Makes edits the way a person does: each leads from one state to the next.
fn edit(copy: &mut Copy, second: i64, name: &str, change: impl FnOnce(&mut Annotations)) {
    let before = copy.notes.clone();
    let mut after = before.clone();
    change(&mut after);
    for (id, note) in &mut after.quotes {
        if before.quotes.get(id) != Some(note) {
            note.modified = at(second);
        }
    }
    if let Some(made) = history::step(&before, &after, None) {
        let made = Edit { name: name.to_owned(), at: at(second), ..made };
        copy.history.make(&mut copy.notes, made).expect("it was made for these notes");
    }
}

fn base() -> Copy {
    let mut base = Copy::default();
    edit(&mut base, 1, "accepted", |notes| {
        let note = QuoteNote { status: Status::Accepted, tags: vec!["a".into(), "b".into()], ..note(1, 10) };
        notes.quotes.insert(id(1), note);
    });
    edit(&mut base, 2, "tagged", |notes| {
        notes.quotes.insert(id(2), note(2, 20));
    });
    base
}

/// Undoes everything and does it again: every step fits, and the ends are nothing and the merged notes.
fn walk(merged: &Copy) {
    let (mut notes, mut history) = (merged.notes.clone(), merged.history.clone());
    while history.undo(&mut notes).expect("every step can be undone").is_some() {}
    assert_eq!(notes, Annotations::default());
    for _ in 0..merged.history.done.len() {
        history.redo(&mut notes).expect("every step can be made again");
    }
    assert_eq!(notes, merged.notes);
}

fn names(copy: &Copy) -> Vec<&str> {
    copy.history.done.iter().map(|edit| edit.name.as_str()).collect()
}

#[test]
fn what_one_copy_changed_is_taken() {
    let (base, mut ours, mut theirs) = (base(), base(), base());
    edit(&mut ours, 11, "ours 1", |notes| notes.quotes.get_mut(&id(1)).unwrap().speaker = Some(SpeakerChoice::Nobody));
    edit(&mut theirs, 12, "theirs", |notes| {
        let note = notes.quotes.get_mut(&id(1)).unwrap();
        note.tags = vec!["b".into(), "c".into()];
        note.status = Status::Rejected;
    });
    edit(&mut ours, 13, "ours 2", |notes| {
        notes.quotes.get_mut(&id(1)).unwrap().tags.push("d".into());
        notes.quotes.insert(id(3), note(3, 30));
        notes.article.done = true;
    });
    let merged = merge(&base, &ours, &theirs);
    assert_eq!(merged.conflicts, Vec::<String>::new());
    let one = &merged.copy.notes.quotes[&id(1)];
    assert_eq!((one.status, &one.speaker), (Status::Rejected, &Some(SpeakerChoice::Nobody)));
    assert_eq!(one.tags, ["b", "d", "c"], "a was taken away, c and d were added");
    assert_eq!(one.modified, at(13));
    assert!(merged.copy.notes.quotes.contains_key(&id(3)) && merged.copy.notes.article.done);
    assert_eq!(&names(&merged.copy)[..5], ["accepted", "tagged", "ours 1", "theirs", "ours 2"]);
    walk(&merged.copy);
    // Only one changed: the copy itself, redo and all.
    assert_eq!(merge(&base, &ours, &base).copy, ours);
    assert_eq!(merge(&base, &base, &theirs).copy, theirs);
}

#[test]
fn where_both_changed_one_value_nothing_is_lost() {
    let (base, mut ours, mut theirs) = (base(), base(), base());
    let named = |name: &str| Some(SpeakerChoice::Named(name.to_owned()));
    edit(&mut ours, 11, "ours", |notes| {
        let note = notes.quotes.get_mut(&id(1)).unwrap();
        (note.speaker, note.memo) = (named("Ann"), Some("mine".into()));
        notes.article.date = Some(crate::engine::Interval::day(jiff::civil::date(2017, 6, 5)));
    });
    edit(&mut theirs, 12, "theirs", |notes| {
        let note = notes.quotes.get_mut(&id(1)).unwrap();
        (note.speaker, note.memo, note.status) = (named("Ben"), Some("yours".into()), Status::Rejected);
        note.found = Some(note.anchor.clone());
        note.anchor.parts[0].range.end += 1;
        notes.article.date = Some(crate::engine::Interval::day(jiff::civil::date(2017, 6, 6)));
    });
    let merged = merge(&base, &ours, &theirs);
    let one = &merged.copy.notes.quotes[&id(1)];
    assert_eq!((&one.speaker, one.status), (&named("Ann"), Status::Rejected));
    assert_eq!(one.anchor.parts[0].range.end, 14, "only one moved the edge");
    assert_eq!(one.memo.as_deref(), Some("mine\n\nyours\n\nConflict: the other copy has the speaker Ben."));
    assert_eq!(merged.copy.notes.article.memo.as_deref(), Some("Conflict: the other copy has the date 2017-06-06."));
    assert_eq!(merged.conflicts.len(), 3, "{:?}", merged.conflicts);
    walk(&merged.copy);
    // Merged once more, it says nothing twice.
    let again = merge(&base, &merged.copy, &theirs);
    assert_eq!(again.copy.notes, merged.copy.notes);
}

#[test]
fn a_note_removed_here_and_changed_there_stays() {
    let (base, mut ours, mut theirs) = (base(), base(), base());
    edit(&mut ours, 11, "removed both", |notes| notes.quotes.clear());
    edit(&mut theirs, 12, "changed one", |notes| notes.quotes.get_mut(&id(1)).unwrap().memo = Some("look".into()));
    let merged = merge(&base, &ours, &theirs);
    assert_eq!(merged.copy.notes.quotes.keys().copied().collect::<Vec<_>>(), [id(1)]);
    assert_eq!(merged.conflicts.len(), 1);
    walk(&merged.copy);
}

#[test]
fn notes_made_twice_on_one_place_become_one() {
    let (base, mut ours, mut theirs) = (base(), base(), base());
    let made = |n, tag: &str| QuoteNote { status: Status::Accepted, tags: vec![tag.into()], ..note(n, 40) };
    edit(&mut ours, 11, "ours", |notes| drop(notes.quotes.insert(id(9), made(9, "x"))));
    edit(&mut theirs, 12, "theirs", |notes| drop(notes.quotes.insert(id(8), made(8, "y"))));
    let speaker = |n, also: &str| SpeakerNote {
        id: id(n),
        name: "Ann".into(),
        also: vec![also.into()],
        taken: Vec::new(),
        not_a_person: false,
        memo: None,
        created: at(0),
        modified: at(0),
    };
    edit(&mut ours, 13, "merged", |notes| drop(notes.speakers.insert(id(20), speaker(20, "Mrs. Ann"))));
    edit(&mut theirs, 14, "merged", |notes| drop(notes.speakers.insert(id(21), speaker(21, "she"))));
    let (one, other) = (merge(&base, &ours, &theirs), merge(&base, &theirs, &ours));
    assert_eq!(one.conflicts, Vec::<String>::new());
    assert_eq!(one.copy.notes.quotes[&id(8)].tags, ["x", "y"]);
    assert_eq!(one.copy.notes.speakers[&id(20)].also, ["Mrs. Ann", "she"]);
    assert_eq!(one.copy.notes.quotes.keys().collect::<Vec<_>>(), other.copy.notes.quotes.keys().collect::<Vec<_>>());
    walk(&one.copy);
    walk(&other.copy);
}

#[test]
fn what_was_undone_in_one_copy_stays_undone() {
    let (base, mut ours, mut theirs) = (base(), base(), base());
    let Copy { notes, history } = &mut ours;
    history.undo(notes).unwrap();
    edit(&mut theirs, 12, "theirs", |notes| notes.article.flagged = true);
    let merged = merge(&base, &ours, &theirs);
    assert_eq!(merged.copy.notes.quotes.keys().copied().collect::<Vec<_>>(), [id(1)]);
    assert!(merged.copy.notes.article.flagged && merged.conflicts.is_empty());
    walk(&merged.copy);
}

/// A random thing that a person does: what, to which note, with which value.
type Act = (u8, u8, u8);

fn act(copy: &mut Copy, second: i64, fresh: u128, (what, which, value): Act) {
    let place = usize::from(which % 6) * 10;
    edit(copy, second, &format!("{what} {which} {value}"), |notes| {
        let known: Vec<NoteId> = notes.quotes.keys().copied().collect();
        let chosen = known.get(usize::from(which) % known.len().max(1)).copied();
        let tag = format!("t{}", value % 4);
        if let (1..=6, Some(note)) = (what % 8, chosen.and_then(|id| notes.quotes.get_mut(&id))) {
            match what % 8 {
                1 if !note.tags.contains(&tag) => note.tags.push(tag),
                2 => note.tags.retain(|known| *known != tag),
                3 => note.status = [Status::Open, Status::Accepted, Status::Rejected][usize::from(value % 3)],
                4 => note.speaker = Some(SpeakerChoice::Named(format!("s{}", value % 3))),
                5 => note.memo = Some(format!("m{value}")),
                _ => drop(notes.quotes.remove(&chosen.unwrap_or_default())),
            }
        } else if what % 8 == 7 {
            notes.article.done = value % 2 == 0;
        } else if !notes.quotes.values().any(|note| note.anchor.parts[0].range.start == place) {
            notes.quotes.insert(id(fresh), note(fresh, place));
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn nothing_is_lost(
        first in prop::collection::vec(any::<Act>(), 0..12),
        ours in prop::collection::vec(any::<Act>(), 0..12),
        theirs in prop::collection::vec(any::<Act>(), 0..12),
    ) {
        let mut base = Copy::default();
        for (n, step) in (0_u32..).zip(first) {
            act(&mut base, n.into(), 1 + u128::from(n), step);
        }
        let (mut a, mut b) = (base.clone(), base.clone());
        for (n, step) in (0_u32..).zip(ours) {
            act(&mut a, 100 + 2 * i64::from(n), 1000 + u128::from(n), step);
        }
        for (n, step) in (0_u32..).zip(theirs) {
            act(&mut b, 101 + 2 * i64::from(n), 2000 + u128::from(n), step);
        }
        let merged = merge(&base, &a, &b);
        walk(&merged.copy);
        let all = &merged.copy.notes.quotes;
        for (copy, other) in [(&a, &b), (&b, &a)] {
            for note in copy.notes.quotes.values() {
                let was = base.notes.quotes.get(&note.id);
                let gone = was.is_some() && !other.notes.quotes.contains_key(&note.id);
                // Gone only where the other removed it and this copy left it alone.
                let here = all.get(&note.id).or_else(|| all.values().find(|n| place(n) == place(note)));
                prop_assert!(here.is_some() || (gone && was == Some(note)), "{:?} is lost", note);
                let Some(here) = here else { continue };
                let memo = here.memo.clone().unwrap_or_default();
                for tag in note.tags.iter().filter(|tag| was.is_none_or(|was| !was.tags.contains(tag))) {
                    prop_assert!(here.tags.contains(tag), "the tag {tag} is lost");
                }
                if let Some(SpeakerChoice::Named(name)) = note.speaker.as_ref().filter(|_| was.is_none_or(|was| was.speaker != note.speaker)) {
                    prop_assert!(here.speaker == note.speaker || memo.contains(name.as_str()), "the speaker {name} is lost");
                }
                if let Some(text) = note.memo.as_ref().filter(|_| was.is_none_or(|was| was.memo != note.memo)) {
                    prop_assert!(memo.contains(text.as_str()), "the memo {text} is lost");
                }
            }
            for edit in &copy.history.done {
                prop_assert!(names(&merged.copy).contains(&edit.name.as_str()), "the edit {} is lost", edit.name);
            }
        }
        let swapped = merge(&base, &b, &a);
        prop_assert_eq!(merged.conflicts.is_empty(), swapped.conflicts.is_empty());
        if merged.conflicts.is_empty() {
            let plain = |notes: &Annotations| -> Vec<QuoteNote> {
                let sorted = |note: &QuoteNote| { let mut note = note.clone(); note.tags.sort(); note };
                notes.quotes.values().map(sorted).collect()
            };
            prop_assert_eq!(plain(&merged.copy.notes), plain(&swapped.copy.notes));
        }
    }
}
