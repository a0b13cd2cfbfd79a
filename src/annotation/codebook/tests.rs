use super::*;
use crate::annotation::{Annotations, QuoteNote, Status};
use jiff::Timestamp;
use proptest::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

const BOOK: &str = "\
# ours
version = 1
made_with = \"care\"

[[tag]]
name = \"policy\"     # the broad one
colour = \"#D33\"
description = \"What should be done.\\nOr not.\"

# narrower
[[tag]]
id = \"6bdbd99b-14a3-5c3d-8cc1-63d9ed65f746\"
name = \"travel ban\"
key = \"t\"
roles = [\"content\", \"topic\"]
parent = \"policy\"
weight = 3

[[tag]]
name = \"economy\"
";

fn book() -> Codebook {
    let (book, found) = Codebook::parse(BOOK, "codebook.toml");
    assert_eq!(found, []);
    book
}

fn note(id: u128, tags: &[&str]) -> QuoteNote {
    QuoteNote {
        status: Status::Accepted,
        tags: tags.iter().map(|&tag| tag.to_owned()).collect(),
        ..QuoteNote::blank(Uuid::from_u128(id), crate::annotation::Anchor::default(), Timestamp::UNIX_EPOCH)
    }
}

fn notes(list: &[QuoteNote]) -> Annotations {
    Annotations { quotes: list.iter().map(|note| (note.id, note.clone())).collect(), ..Annotations::default() }
}

fn apply(retag: &Retag, notes: &Annotations) -> Annotations {
    let mut made = notes.clone();
    if let Some(edit) = retag.edit(notes, Timestamp::UNIX_EPOCH) {
        let inverse = made.apply(&edit).expect("it was made for these notes");
        let mut back = made.clone();
        back.apply(&inverse).expect("an inverse fits");
        assert_eq!(&back, notes);
    }
    made
}

fn names(book: &Codebook) -> Vec<(usize, &str)> {
    book.tree().into_iter().map(|(depth, tag)| (depth, tag.name.as_str())).collect()
}

/// What is in memory is what is in the file.
fn check(book: &Codebook) {
    let (again, found) = Codebook::parse(&book.text(), "x");
    assert_eq!(found, []);
    assert_eq!(again.tags(), book.tags());
}

#[test]
fn a_file_is_read_and_kept_as_it_is() {
    let book = book();
    assert_eq!(book.text(), BOOK);
    assert_eq!(names(&book), [(0, "policy"), (1, "travel ban"), (0, "economy")]);
    assert_eq!(book.find("policy").unwrap().colour.as_deref(), Some("#dd3333"));
    assert_eq!(book.find("travel ban").unwrap().roles, [Role::Content, Role::Topic]);
    assert_eq!(book.find("economy").unwrap().id, Tag::new("economy").id);
}

#[test]
fn mistakes_are_named_with_their_place() {
    let text = "version = 1\n[[tag]]\nname = \"a\"\ncolour = \"red\"\n[[tag]]\nname = \"A\"\n[[tag]]\nkey = \"xy\"\n\
                [[tag]]\nname = \"b\"\nkey = \"ab\"\nroles = [\"cue\", \"who\"]\nparent = \"nobody\"\n\
                [[tag]]\nname = \"c\"\nparent = \"d\"\n[[tag]]\nname = \"d\"\nparent = \"c\"\n\
                [[tag]]\nname = \"e\"\nparent = \"c\"\n[[tag]]\nname = 7\n";
    let (book, found) = Codebook::parse(text, "f");
    let found: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "f:4:10: colour must be #rgb or #rrggbb",
            "f:6:8: there is a tag “a” already; names differ by more than their case",
            "f:7:1: name is missing",
            "f:11:7: key must be one character",
            "f:12:17: a role must be one of content, cue, source, addressee, topic",
            "f:24:8: name must be a string",
            "f:13:10: there is no tag “nobody” to stand under",
            "f:16:10: “c” cannot stand under “d”, which stands under it",
        ]
    );
    assert_eq!(names(&book), [(0, "a"), (0, "b"), (0, "c"), (1, "d"), (1, "e")]);
    assert_eq!(book.text(), text, "what could not be read stays");
    let (empty, found) = Codebook::parse("version = = 1", "f");
    assert!(empty.tags().is_empty() && found[0].to_string().starts_with("f:1:11: "), "{found:?}");
}

#[test]
fn renaming_carries_children_and_annotations() {
    let mut book = book();
    let retag = book.rename("policy", " politics ").unwrap();
    check(&book);
    assert_eq!(book.find("travel ban").unwrap().parent.as_deref(), Some("politics"));
    assert_eq!(book.find("politics").unwrap().id, Tag::new("policy").id, "the id stays, and is now in the file");
    let text = book.text();
    for kept in ["# ours", "made_with = \"care\"", "# the broad one", "# narrower", "weight = 3", "colour = \"#D33\""] {
        assert!(text.contains(kept), "{kept} is gone from\n{text}");
    }
    let before = notes(&[note(1, &["x", "policy", "y"]), note(2, &["y"]), note(3, &["policy"])]);
    let after = apply(&retag, &before);
    let tags: Vec<Vec<String>> = after.quotes.into_values().map(|note| note.tags).collect();
    assert_eq!(tags, [vec!["x", "politics", "y"], vec!["y"], vec!["politics"]]);
    assert_eq!(retag.edit(&notes(&[note(2, &["y"])]), Timestamp::UNIX_EPOCH), None);
    // By case alone it can be renamed too.
    assert!(book.rename("politics", "Politics").is_ok());
    check(&book);
}

#[test]
fn merging_gives_each_note_the_tag_once() {
    let mut book = book();
    let retag = book.merge("policy", "travel ban").unwrap();
    check(&book);
    assert_eq!(names(&book), [(0, "travel ban"), (0, "economy")]);
    let after = apply(&retag, &notes(&[note(1, &["travel ban", "policy"]), note(2, &["policy", "travel ban"])]));
    assert!(after.quotes.values().all(|note| note.tags == ["travel ban"]));
    let retag = book.merge("travel ban", "economy").unwrap();
    assert_eq!(names(&book), [(0, "economy")]);
    assert_eq!(retag.to.as_deref(), Some("economy"));
    check(&book);
}

#[test]
fn splitting_moving_and_removing() {
    let mut book = book();
    let chosen = [Uuid::from_u128(2)].into();
    let retag = book.split("travel ban", Tag { key: Some('v'), ..Tag::new("visa ban") }, chosen).unwrap();
    check(&book);
    assert_eq!(names(&book), [(0, "policy"), (1, "travel ban"), (1, "visa ban"), (0, "economy")]);
    let after = apply(&retag, &notes(&[note(1, &["travel ban"]), note(2, &["travel ban"])]));
    let tags: Vec<&str> = after.quotes.values().map(|note| note.tags[0].as_str()).collect();
    assert_eq!(tags, ["travel ban", "visa ban"]);
    book.move_to("policy", Some("economy")).unwrap();
    check(&book);
    assert_eq!(names(&book), [(0, "economy"), (1, "policy"), (2, "travel ban"), (2, "visa ban")]);
    let retag = book.remove("policy").unwrap();
    check(&book);
    assert_eq!(names(&book), [(0, "economy"), (1, "travel ban"), (1, "visa ban")]);
    assert!(apply(&retag, &notes(&[note(1, &["policy"])])).quotes.values().all(|note| note.tags.is_empty()));
    book.move_to("visa ban", None).unwrap();
    book.describe("visa ban", |tag| tag.description = Some("said of visas".into())).unwrap();
    check(&book);
    assert_eq!(names(&book), [(0, "economy"), (1, "travel ban"), (0, "visa ban")]);
}

#[test]
fn what_makes_no_tree_is_refused() {
    let mut book = book();
    let before = book.text();
    let cycle = book.move_to("policy", Some("travel ban")).unwrap_err();
    assert_eq!(cycle.to_string(), "“policy” cannot stand under “travel ban”, which stands under it");
    assert!(book.move_to("policy", Some("policy")).is_err());
    assert_eq!(book.rename("policy", "Economy"), Err(Refused::Taken("economy".into())));
    assert_eq!(book.add(Tag::new("ECONOMY")), Err(Refused::Taken("economy".into())));
    assert_eq!(book.add(Tag::new("  ")), Err(Refused::NoName(String::new())));
    assert_eq!(
        book.add(Tag { key: Some('t'), ..Tag::new("new") }),
        Err(Refused::KeyTaken { key: 't', tag: "travel ban".into() })
    );
    assert_eq!(book.add(Tag { parent: Some("none".into()), ..Tag::new("new") }), Err(Refused::Unknown("none".into())));
    assert_eq!(book.merge("policy", "policy"), Err(Refused::Same("policy".into())));
    assert_eq!(book.remove("none"), Err(Refused::Unknown("none".into())));
    assert_eq!(book.text(), before);
}

#[test]
fn a_qdc_holds_the_tree() {
    let mut book = book();
    book.add(Tag { description: Some("a & b < c\n“d” ]]> \"e\"".into()), ..Tag::new("x <&\"'> y") }).unwrap();
    let (xml, lost) = write_qdc(&book).unwrap();
    assert_eq!(lost, ["key of 1 tag: a .qdc has no place for it", "roles of 1 tag: a .qdc has no place for it"]);
    let (tags, notices) = read_qdc(&xml, "x.qdc").unwrap();
    assert_eq!(notices, Vec::<String>::new());
    let plain = |tag: &Tag| Tag { key: None, roles: Vec::new(), ..tag.clone() };
    let ours: Vec<Tag> = book.tree().into_iter().map(|(_, tag)| plain(tag)).collect();
    assert_eq!(tags, ours);
    // Taken over into the book it came from, it changes nothing: what it cannot say stays.
    let before = book.text();
    assert_eq!(book.take_over(&tags), (Vec::new(), Vec::new()));
    assert_eq!(book.text(), before);
    // Renamed in the other tool, it is renamed here.
    let renamed: Vec<Tag> = read_qdc(&xml.replace("travel ban", "entry ban"), "x.qdc").unwrap().0;
    let (retags, left) = book.take_over(&renamed);
    assert_eq!((retags.len(), left.len(), retags[0].from.as_str()), (1, 0, "travel ban"));
    assert_eq!(book.find("entry ban").unwrap().key, Some('t'));
    check(&book);
    assert!(write_qdc(&Codebook::default()).is_err());
}

#[test]
fn a_qdc_of_another_tool_is_read() {
    let xml = "<?xml version=\"1.0\"?><q:CodeBook xmlns:q='urn:QDA-XML:codebook:1.0'><q:Codes>\
        <q:Code guid='{73FF5B17-C906-545C-8A4F-5B2925705060}' name='Quote &amp; so' isCodable='true' color='#FA9'>\
        <q:Description>one<![CDATA[ & two]]> &#x26; three</q:Description>\
        <q:Code guid='bad' name='Direct' isCodable='false'/><q:Code name='direct'/></q:Code></q:Codes></q:CodeBook>";
    let (tags, notices) = read_qdc(xml, "x.qdc").unwrap();
    assert_eq!(notices, ["there are two codes “direct”; this one is called “direct (Quote & so)”"]);
    assert_eq!(tags[0].id.to_string(), "73ff5b17-c906-545c-8a4f-5b2925705060");
    assert_eq!(tags[0].colour.as_deref(), Some("#ffaa99"));
    assert_eq!(tags[0].description.as_deref(), Some("one & two & three"));
    assert_eq!(tags[2].parent.as_deref(), Some("Quote & so"));
    let broken = read_qdc("<CodeBook>\n <Codes>\n  <Code name='a'></Codes>", "x.qdc").unwrap_err();
    assert_eq!((broken.line, broken.file.as_str()), (3, "x.qdc"), "{broken}");
    assert!(
        read_qdc("", "x").is_err() && read_qdc("<a/>", "x").is_err() && read_qdc("<CodeBook><Codes>", "x").is_err()
    );
}

#[test]
fn a_csv_of_another_tool_is_read() {
    let csv =
        "\u{feff}Name,COLOR,key,roles\nfirst,#abc,f,cue; topic\n,,,\n\"two\nlines\",,,\n,#fff,,\nthird,blue,xx,who\n";
    let (tags, notices) = read_csv(csv, "x.csv").unwrap();
    assert_eq!(tags[0].colour.as_deref(), Some("#aabbcc"));
    assert_eq!((tags[0].key, tags[0].roles.as_slice()), (Some('f'), [Role::Cue, Role::Topic].as_slice()));
    assert_eq!(notices.len(), 4, "{notices:?}");
    let mut book = Codebook::default();
    let (_, left) = book.take_over(&tags);
    assert_eq!(left.len(), 1, "a name of two lines is refused: {left:?}");
    assert_eq!(names(&book), [(0, "first"), (0, "third")]);
    check(&book);
    assert!(read_csv("a,b\n1,2\n", "x.csv").is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_book_goes_through_csv_and_toml(steps in prop::collection::vec((any::<(u8, u8, u8)>(), "\\PC{1,8}", "[ -~\\n“é]{0,12}"), 1..30)) {
        let mut book = Codebook::default();
        let pick = |book: &Codebook, n: u8| book.tags().get(usize::from(n) % book.tags().len().max(1)).map(|tag| tag.name.clone());
        for ((what, a, b), name, text) in steps {
            let (first, second) = (pick(&book, a), pick(&book, b));
            let (first, second) = (first.unwrap_or_default(), second.unwrap_or_default());
            // Refusals are as good as changes here.
            match what % 6 {
                0 => drop(book.rename(&first, &name)),
                1 => drop(book.merge(&first, &second)),
                2 => drop(book.move_to(&first, Some(&second))),
                3 => drop(book.remove(&first)),
                4 => drop(book.split(&first, Tag::new(&name), BTreeSet::new())),
                _ => {
                    let description = Some(text).filter(|text| !text.trim().is_empty());
                    drop(book.add(Tag { description, key: char::from_u32(u32::from(a)).filter(|c| c.is_alphanumeric()), ..Tag::new(&name) }));
                }
            }
        }
        check(&book);
        prop_assert_eq!(book.tree().len(), book.tags().len());
        let (tags, notices) = read_csv(&write_csv(&book), "x").unwrap();
        prop_assert_eq!(notices, Vec::<String>::new());
        let ours: Vec<Tag> = book.tree().into_iter().map(|(_, tag)| tag.clone()).collect();
        prop_assert_eq!(&tags, &ours);
        if !ours.is_empty() {
            let (tags, _) = read_qdc(&write_qdc(&book).unwrap().0, "x").unwrap();
            let plain: Vec<Tag> = ours.iter().map(|tag| Tag { key: None, ..tag.clone() }).collect();
            prop_assert_eq!(tags, plain);
        }
    }
}

mod steps {
    use super::super::{Retag, Step};
    use crate::annotation::{Anchor, Annotations, Change, Edit, History, NoteId, Origin, PassageNote, QuoteNote};
    use jiff::Timestamp;
    use proptest::prelude::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn note(n: u128, tags: &[&str]) -> QuoteNote {
        QuoteNote {
            origin: Origin::Reader,
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            ..QuoteNote::blank(NoteId::from_u128(n), Anchor::default(), NOW)
        }
    }

    fn step(from: &str, to: Option<&str>) -> Step {
        let retag = Retag { name: "step".into(), from: from.into(), to: to.map(str::to_owned), only: None };
        Step { name: "step".into(), at: NOW, retags: vec![retag], text: String::new(), memo: None }
    }

    fn start(tags: &[&[&str]]) -> Annotations {
        let notes = tags.iter().enumerate().map(|(n, tags)| note(n as u128, tags));
        Annotations { quotes: notes.map(|note| (note.id, note)).collect(), ..Annotations::default() }
    }

    fn tags(notes: &Annotations) -> Vec<Vec<&str>> {
        notes.quotes.values().map(|note| note.tags.iter().map(String::as_str).collect()).collect()
    }

    #[test]
    fn a_merge_is_taken_back_where_both_were_carried_and_what_came_since_stays() {
        let mut notes = start(&[&["a"], &["a", "b"], &["b"], &["a", "c"]]);
        let (mut history, merge) = (History::default(), step("a", Some("b")));
        assert_eq!(merge.follow(&mut notes, &mut history), Ok(true));
        assert_eq!(tags(&notes), [vec!["b"], vec!["b"], vec!["b"], vec!["b", "c"]]);
        // Since then: a tag given, and the new tag taken off.
        let before = notes.clone();
        let mut change = |n: u128, tags: &[&str]| {
            let id = NoteId::from_u128(n);
            let after = QuoteNote { tags: note(n, tags).tags, ..notes.quotes[&id].clone() };
            let change =
                Change::Quote { before: Some(Box::new(notes.quotes[&id].clone())), after: Some(Box::new(after)) };
            let edit = Edit { name: "since".into(), at: NOW, changes: vec![change] };
            history.make(&mut notes, edit).expect("it fits");
        };
        change(0, &["b", "new"]);
        change(3, &["c"]);
        assert_ne!(before, notes);
        assert_eq!(merge.take_back(&mut notes, &mut history, NOW), Ok(true));
        assert_eq!(tags(&notes), [vec!["new", "a"], vec!["a", "b"], vec!["b"], vec!["c"]]);
        assert_eq!(history.done.last().map(|edit| edit.name.as_str()), Some("took back: step"));
        // And that is a step like any other.
        history.undo(&mut notes).expect("it fits");
        assert_eq!(tags(&notes)[0], ["b", "new"]);
        assert_eq!(merge.take_back(&mut start(&[&["b"]]), &mut History::default(), NOW), Ok(false));
    }

    #[test]
    fn tagged_passages_follow_and_one_that_went_with_its_tag_comes_back() {
        let passage = |n: u128, tags: &[&str], memo: Option<&str>| PassageNote {
            id: NoteId::from_u128(n),
            anchor: Anchor::default(),
            tags: note(n, tags).tags,
            memo: memo.map(str::to_owned),
            created: NOW,
            modified: NOW,
        };
        let all = [passage(7, &["a"], None), passage(8, &["a", "c"], None), passage(9, &["a"], Some("why"))];
        let passages = all.into_iter().map(|note| (note.id, note)).collect();
        let mut notes = Annotations { passages, ..start(&[&["a"]]) };
        let (before, mut history) = (notes.clone(), History::default());
        let carried = |notes: &Annotations| -> Vec<(u128, Vec<String>)> {
            notes.passages.values().map(|note| (note.id.as_u128(), note.tags.clone())).collect()
        };
        let gone = step("a", None);
        assert_eq!(gone.follow(&mut notes, &mut history), Ok(true));
        assert_eq!(carried(&notes), [(8, vec!["c".to_owned()]), (9, vec![])]);
        assert_eq!(gone.take_back(&mut notes, &mut history, NOW), Ok(true));
        assert_eq!(notes, before);
        assert_eq!(gone.follow(&mut notes, &mut history), Ok(true));
        let since = Change::Passage {
            before: Some(Box::new(notes.passages[&NoteId::from_u128(8)].clone())),
            after: Some(Box::new(passage(8, &["c", "new"], None))),
        };
        let edit = Edit { name: "since".into(), at: NOW, changes: vec![since] };
        history.make(&mut notes, edit).expect("it fits");
        assert_eq!(gone.take_back(&mut notes, &mut history, NOW), Ok(true));
        let tags = |tags: &[&str]| tags.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>();
        assert_eq!(carried(&notes), [(7, tags(&["a"])), (8, tags(&["c", "new", "a"])), (9, tags(&["a"]))]);
    }

    proptest! {
        #[test]
        fn a_step_taken_back_at_once_leaves_the_notes_as_they_were(
            lists in prop::collection::vec(prop::collection::btree_set("[abc]", 0..3), 0..6),
            from in "[abc]",
            to in prop::option::of("[abcd]"),
        ) {
            let lists: Vec<Vec<&str>> = lists.iter().map(|list| list.iter().map(String::as_str).collect()).collect();
            let mut notes = start(&lists.iter().map(Vec::as_slice).collect::<Vec<_>>());
            let (before, mut history) = (notes.clone(), History::default());
            let step = step(&from, to.as_deref());
            let changed = step.follow(&mut notes, &mut history).unwrap();
            let after = notes.clone();
            prop_assert_eq!(step.take_back(&mut notes, &mut history, NOW), Ok(changed));
            prop_assert_eq!(&notes, &before);
            prop_assert_eq!(step.follow(&mut notes, &mut history), Ok(changed));
            prop_assert_eq!(&notes, &after);
        }
    }
}
