//! Roles, parts, passages and splits: decisions about stretches of the text.

use crate::fixture::{Fixture, TEXT, span, stamp};
use whosaid::annotation::codebook::Codebook;
use whosaid::annotation::merge::{Copy, merge};
use whosaid::annotation::{Annotations, Desk, Edit, Filler, History, QuoteRole, Resolved, SpeakerChoice, Status};
use whosaid::export::{Document, Format, write};
use whosaid::store::Store;
use whosaid::text::{Raw, Span};

/// The formats that hold notes; the pictures of a timeline hold who said what when.
const NOTES: [Format; 4] = [Format::Toml, Format::Jsonl, Format::Csv, Format::Markdown];

/// A decision to make.
type Step<'a> = &'a dyn Fn(&Desk) -> Option<Edit>;

fn exported(fixture: &Fixture, notes: &Annotations, format: Format) -> String {
    let resolved = fixture.view(notes);
    let book = Codebook::default();
    let document = Document {
        article: &fixture.article,
        analysis: &fixture.analysis,
        notes,
        resolved: &resolved,
        book: &book,
        coder: "me",
    };
    let mut out = Vec::new();
    write(format, &[document], &mut out).expect("it can be written");
    String::from_utf8(out).expect("it is text")
}

fn speaker(view: &Resolved, quote: usize) -> Option<&str> {
    view.quotes[quote].speaker.map(|n| view.speakers[n].name.as_str())
}

#[test]
fn stretches_get_roles_and_lose_them() {
    let fixture = Fixture::new();
    let mut notes = Annotations::default();
    let role = |notes: &mut Annotations, n, role, words: &str, name: Option<&str>| -> Edit {
        fixture.apply(notes, n, |desk| desk.set_role(1, role, &[span(words)], name))
    };
    let edit = role(&mut notes, 1, QuoteRole::Cue, "said. “Not", None);
    assert_eq!(edit.name, "made “said. “Not” the cue of “It is safe,”");
    role(&mut notes, 2, QuoteRole::Source, "The mayor", Some("Anna Lind"));
    role(&mut notes, 3, QuoteRole::Addressee, "OSLO", None);
    fixture.apply(&mut notes, 4, |desk| desk.fill_role(1, QuoteRole::Topic, " bridge\n safety "));
    let view = fixture.view(&notes);
    let quote = &view.quotes[1];
    assert_eq!((quote.cue, quote.mention), (Some(span("said. “Not")), Some(span("The mayor"))));
    assert_eq!((quote.status, speaker(&view, 1)), (Status::Accepted, Some("Anna Lind")));
    let [to, about] = [&quote.addressee, &quote.topic].map(|filled| filled.clone().expect("it is filled"));
    assert_eq!((to.words.as_str(), to.span), ("OSLO", Some(span("OSLO"))));
    assert_eq!((about.words.as_str(), about.span), ("bridge safety", None));
    for format in NOTES {
        let text = exported(&fixture, &notes, format);
        assert!(text.contains("OSLO") && text.contains("bridge safety"), "{text}");
    }
    for (n, role) in QuoteRole::ALL.into_iter().enumerate() {
        let edit = fixture.decide(&notes, 10 + n as u64, |desk| desk.clear_role(1, role));
        assert_eq!(edit.is_some(), role != QuoteRole::Content, "the words stay");
        if let Some(edit) = edit {
            notes.apply(&edit).expect("it fits");
        }
    }
    let view = fixture.view(&notes);
    let quote = &view.quotes[1];
    assert_eq!((quote.cue, quote.mention, &quote.addressee, &quote.topic), (None, None, &None, &None));
}

#[test]
fn an_addressee_bears_the_name_of_today() {
    let fixture = Fixture::new();
    let mut notes = Annotations::default();
    fixture.apply(&mut notes, 1, |desk| desk.fill_role(0, QuoteRole::Addressee, "Jon Berg"));
    fixture.apply(&mut notes, 2, |desk| desk.rename_speaker(1, "Jon B. Berg"));
    let to = fixture.view(&notes).quotes[0].addressee.clone().expect("it is filled");
    assert_eq!(to.words, "Jon B. Berg");
}

#[test]
fn parts_come_and_go() {
    let fixture = Fixture::new();
    let mut notes = Annotations::default();
    let add = |notes: &mut Annotations, n, words: &str| {
        fixture.apply(notes, n, |desk| desk.add_part(0, span(words)));
        fixture.view(notes).quotes[0].raw.clone()
    };
    assert_eq!(add(&mut notes, 1, "said Anna Lind").len(), 3);
    let id = *notes.quotes.keys().next().expect("one note");
    // What touches is one part.
    let parts = add(&mut notes, 2, " The mayor");
    assert_eq!(parts.last(), Some(&span::<Raw>("“before spring.” The mayor")));
    assert_eq!(parts.len(), 3);
    let edit = fixture.apply(&mut notes, 3, |desk| desk.remove_part(0, 1));
    assert_eq!(edit.name, "took “said Anna Lind” off “We will not reopen it,”");
    fixture.apply(&mut notes, 4, |desk| desk.remove_part(0, 0));
    assert_eq!(fixture.decide(&notes, 5, |desk| desk.remove_part(0, 0)), None, "the last part stays");
    assert_eq!(notes.quotes.keys().copied().collect::<Vec<_>>(), [id]);
    assert_eq!(fixture.view(&notes).quotes[0].found, Some(0), "it is still the quotation that was found");
}

#[test]
fn every_place_of_a_phrase_is_tagged_in_one_step() {
    let fixture = Fixture::new();
    let (mut notes, mut history) = (Annotations::default(), History::default());
    let places: Vec<Span<Raw>> = TEXT.match_indices("said").map(|(at, word)| Span::new(at, at + word.len())).collect();
    let tag = |desk: &Desk| desk.tag_stretches(&places, "saying");
    let edit = fixture.decide(&notes, 1, tag).expect("none is tagged");
    assert_eq!(edit.name, "tagged 4 × “said” as saying");
    history.make(&mut notes, edit).expect("it fits");
    let view = fixture.view(&notes);
    assert_eq!((view.passages.len(), view.quotes.len(), notes.quotes.len()), (4, 4, 0));
    assert_eq!(fixture.decide(&notes, 2, tag), None, "all have it");
    // Words that are a quotation but for its marks are that quotation; a passage takes a second tag.
    let both = [span("It is safe"), places[0]];
    fixture.apply(&mut notes, 3, |desk| desk.tag_stretches(&both, "b"));
    let view = fixture.view(&notes);
    assert_eq!((&view.quotes[1].tags[..], view.passages.len()), (&["b".to_owned()][..], 4));
    assert_eq!(view.passages[0].tags, ["saying", "b"]);
    for format in NOTES {
        let text = exported(&fixture, &notes, format);
        assert!(text.contains("saying"), "{text}");
    }
    let rows = exported(&fixture, &notes, Format::Csv);
    assert_eq!((rows.matches(",passage,").count(), rows.matches(",direct,").count()), (4, 4));
    let first = view.passages[0].note;
    fixture.apply(&mut notes, 4, |desk| desk.untag_passage(first, "saying"));
    fixture.apply(&mut notes, 5, |desk| desk.untag_passage(first, "b"));
    assert_eq!(notes.passages.len(), 3, "a passage that says nothing goes");
}

#[test]
fn a_mention_is_split_off_with_its_quotations() {
    let mut fixture = Fixture::new();
    fixture.analysis.quotes[0].mention = Some(span("Anna Lind"));
    fixture.analysis.quotes[1].mention = Some(span("Jon Berg"));
    let mut notes = Annotations::default();
    fixture.apply(&mut notes, 1, |desk| desk.accept(0));
    let lind = span::<Raw>("Anna Lind");
    let split = |notes: &mut Annotations, n, from: usize, name: &str| {
        fixture.apply(notes, n, |desk| desk.split_speaker(from, &[lind], &[0], name))
    };
    let edit = split(&mut notes, 2, 0, "A. Lind");
    assert_eq!(edit.name, "split 1 mention of Anna Lind off to A. Lind");
    let view = fixture.view(&notes);
    assert_eq!(speaker(&view, 0), Some("A. Lind"), "an accepted quotation follows");
    let taker = view.speakers.iter().find(|speaker| speaker.name == "A. Lind").expect("it is there");
    assert_eq!((taker.mentions.len(), taker.quotes, &taker.aliases[..]), (1, 1, &["Anna Lind".to_owned()][..]));
    let robbed = view.speakers.iter().find(|speaker| speaker.name == "Anna Lind").expect("it is there");
    assert!(robbed.mentions.is_empty() && robbed.quotes == 0);
    // On to somebody who is known: the mention is one speaker's alone.
    let from = view.speakers.iter().position(|speaker| speaker.name == "A. Lind").expect("it is there");
    split(&mut notes, 3, from, "Jon Berg");
    let view = fixture.view(&notes);
    assert_eq!(speaker(&view, 0), Some("Jon Berg"));
    assert_eq!(view.speakers.iter().map(|speaker| speaker.mentions.len()).sum::<usize>(), 4);
    assert_eq!(notes.speakers.values().map(|note| note.taken.len()).sum::<usize>(), 1);
}

#[test]
fn a_name_is_added_by_hand() {
    let fixture = Fixture::new();
    let mut notes = Annotations::default();
    let edit = fixture.apply(&mut notes, 1, |desk| desk.add_alias(0, " the  engineer "));
    assert_eq!(edit.name, "added the name the engineer to Anna Lind");
    assert!(fixture.view(&notes).speakers[0].aliases.contains(&"the engineer".to_owned()));
    fixture.apply(&mut notes, 2, |desk| desk.set_speaker(1, Some(SpeakerChoice::Named("the engineer".to_owned()))));
    assert_eq!(speaker(&fixture.view(&notes), 1), Some("Anna Lind"), "the name means her");
    assert_eq!(fixture.decide(&notes, 3, |desk| desk.add_alias(0, "the engineer")), None);
    // The name of another speaker makes the two one.
    fixture.apply(&mut notes, 4, |desk| desk.add_alias(0, "Jon Berg"));
    assert!(fixture.view(&notes).speakers.iter().all(|speaker| speaker.name != "Jon Berg"));
}

#[test]
fn the_store_keeps_them_and_says_so_by_its_version() {
    let fixture = Fixture::new();
    let dir = tempfile::tempdir().expect("there is a folder for temporary files");
    let store = Store::new(dir.path().join(".whosaid"));
    let (mut notes, mut history) = (Annotations::default(), History::default());
    let mut sheet = store.open_to_write(&fixture.article, "me", std::time::Duration::ZERO).expect("it opens");
    let make = |notes: &mut Annotations, history: &mut History, n, decide: Step| {
        let edit = fixture.decide(notes, n, |desk| decide(desk)).expect("there is something to do");
        history.make(notes, edit).expect("it fits");
    };
    make(&mut notes, &mut history, 1, &|desk| desk.accept(0));
    sheet.save(&notes, &history).expect("it saves");
    let text = |sheet: &whosaid::store::Sheet| std::fs::read_to_string(sheet.path()).expect("it was saved");
    assert!(text(&sheet).contains("\nversion = 1\n"), "an older program can read it:\n{}", text(&sheet));
    make(&mut notes, &mut history, 2, &|desk| desk.set_role(0, QuoteRole::Topic, &[span("spring")], None));
    make(&mut notes, &mut history, 3, &|desk| desk.fill_role(1, QuoteRole::Addressee, "you"));
    make(&mut notes, &mut history, 4, &|desk| desk.clear_role(1, QuoteRole::Addressee));
    make(&mut notes, &mut history, 5, &|desk| desk.tag_stretches(&[span("OSLO"), span("mayor")], "x"));
    make(&mut notes, &mut history, 6, &|desk| desk.split_speaker(0, &[span("Anna Lind")], &[0], "A. Lind"));
    sheet.save(&notes, &history).expect("it saves");
    let saved = text(&sheet);
    assert!(saved.contains("\nversion = 2\n") && saved.starts_with('#'), "{saved}");
    drop(sheet);
    let loaded = store.load(&fixture.article, "me").expect("it loads");
    assert_eq!((&loaded.notes, &loaded.history), (&notes, &history));
    while history.undo(&mut notes).expect("it fits").is_some() {}
    assert_eq!(notes, Annotations::default());
}

#[test]
fn two_copies_merge_with_their_passages_and_roles() {
    let fixture = Fixture::new();
    let base = Copy::default();
    let made = |steps: &[Step], first: u64| {
        let mut copy = Copy::default();
        for (n, step) in steps.iter().enumerate() {
            let edit = fixture.decide(&copy.notes, first + n as u64, |desk| step(desk)).expect("something to do");
            copy.history.make(&mut copy.notes, edit).expect("it fits");
        }
        copy
    };
    let ours = made(
        &[&|desk| desk.tag_stretches(&[span("OSLO"), span("mayor")], "a"), &|desk| {
            desk.fill_role(0, QuoteRole::Topic, "the bridge")
        }],
        10,
    );
    let theirs = made(
        &[&|desk| desk.tag_stretches(&[span("OSLO")], "b"), &|desk| {
            desk.fill_role(0, QuoteRole::Addressee, "the press")
        }],
        20,
    );
    let merged = merge(&base, &ours, &theirs);
    assert_eq!(merged.conflicts, Vec::<String>::new());
    let notes = merged.copy.notes;
    assert_eq!(notes.passages.len(), 2, "one place is one passage");
    let tags: Vec<&[String]> = notes.passages.values().map(|note| &note.tags[..]).collect();
    assert!(tags.contains(&&["a".to_owned(), "b".to_owned()][..]), "{tags:?}");
    let note = notes.quotes.values().next().expect("one note");
    assert_eq!(note.topic, Some(Filler::Words("the bridge".to_owned())));
    assert_eq!(note.addressee, Some(Filler::Words("the press".to_owned())));
    assert!(notes.passages.values().all(|note| note.created <= stamp(20).now));
}
