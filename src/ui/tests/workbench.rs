//! The codebook, memos, marks and jumps, and search, as a reader uses them.

use super::{Session, TEXT};
use crate::annotation::NoteId;
use crate::annotation::seek::{Hit, Within};
use crate::app::effect::ProjectTexts;
use crate::app::shared::{StoredMemo, Survey};
use crate::app::{Effect, Event, MouseKind, Pane};
use crate::text::Span;
use std::sync::Arc;

const OTHER: &str = "Nothing is said here, but the ferry sails on Saturday.\n";

fn open() -> Session {
    Session::open(&[TEXT, OTHER], 120, 40)
}

/// The newest texts that were to be saved.
fn shared(session: &Session) -> Arc<ProjectTexts> {
    let saved = session.effects.iter().rev().find_map(|effect| match effect {
        Effect::SaveProject(texts) => Some(texts.clone()),
        _ => None,
    });
    saved.expect("something was saved")
}

fn tags(session: &Session) -> Vec<String> {
    session.state.document.as_ref().and_then(|document| document.quote()).map_or(Vec::new(), |quote| quote.tags.clone())
}

#[test]
fn a_tag_is_added_given_renamed_and_all_of_it_undone() {
    let mut session = open();
    session.keys("B");
    assert!(session.shows("no tag yet: a adds one"), "{}", session.page());
    session.keys("a").types("travel ban").keys("<enter> <enter>");
    assert_eq!(tags(&session), ["travel ban"]);
    assert!(session.shows("Codebook · 1 tag"), "{}", session.page());
    assert!(
        session.rows().iter().any(|row| row.contains("travel ban") && row.contains("1      ·")),
        "{}",
        session.page()
    );
    session.keys("a").types("Travel Ban").keys("<enter>");
    assert!(session.said().contains("there is a tag “travel ban” already"), "{}", session.said());
    session.keys("<esc> r").keys("ctrl-u").types("visa ban").keys("<enter>");
    assert_eq!(tags(&session), ["visa ban"]);
    assert!(shared(&session).codebook.contains("name = \"visa ban\""), "{}", shared(&session).codebook);
    let follows = session.effects.iter().filter(|effect| matches!(effect, Effect::Follow { back: false, .. })).count();
    assert_eq!(follows, 1, "{:?}", session.effects);
    // Out of the window, the step is undone everywhere as one.
    session.keys("<esc> u");
    assert!(session.said().contains("undone: renamed the tag travel ban to visa ban"), "{}", session.said());
    assert_eq!(tags(&session), ["travel ban"]);
    assert!(session.effects.iter().any(|effect| matches!(effect, Effect::Follow { back: true, .. })));
    assert!(shared(&session).codebook.contains("name = \"travel ban\""));
    session.keys("ctrl-r");
    assert_eq!(tags(&session), ["visa ban"]);
    session.keys("u u");
    assert_eq!(tags(&session), Vec::<String>::new(), "giving the tag is a step of the article's own");
    session.keys("B u");
    assert!(session.said().contains("undone: added the tag"), "{}", session.said());
    assert_eq!(shared(&session).codebook, "");
}

#[test]
fn tags_merge_split_move_and_go_and_notes_follow() {
    let mut session = open();
    // A tag that is typed need not be in the codebook; any change takes it in.
    session.keys("t").types("harbour").keys("<enter> j t").types("port").keys("<enter> B");
    assert!(session.shows("not in the codebook: any change takes it in"), "{}", session.page());
    session.keys("M").types("port").keys("<enter>");
    assert!(session.said().contains("merged the tag harbour into port"), "{}", session.said());
    session.keys("<esc> k");
    assert_eq!(tags(&session), ["port"]);
    session.keys("B s").types("quay").keys("<enter>");
    assert!(session.shows("Split off port") && session.shows("for the 0 marked"), "{}", session.page());
    session.keys("<down> <enter>");
    assert!(session.shows("for the 1 marked"), "{}", session.page());
    session.keys("<up> <enter>");
    assert!(session.said().contains("split the tag quay off port"), "{}", session.said());
    session.keys("<esc>");
    let all: Vec<Vec<String>> =
        session.state.document.as_ref().expect("open").resolved.quotes[..2].iter().map(|q| q.tags.clone()).collect();
    assert_eq!(all, [["quay"], ["port"]]);
    session.keys("B g g p").types("quay").keys("<enter>");
    assert!(session.said().contains("put the tag port under quay"), "{}", session.said());
    session.keys("g g p").types("port").keys("<enter>");
    assert!(session.said().contains("cannot stand under"), "{}", session.said());
    session.keys("g g x");
    assert!(session.said().contains("removed the tag quay"), "{}", session.said());
    session.keys("u <esc>");
    assert_eq!(tags(&session), ["quay"], "taken back with the notes");
}

#[test]
fn a_key_gives_its_tag_in_the_list_and_behind_a_prefix() {
    let mut session = open();
    session
        .keys("B a")
        .types("politics")
        .keys("<enter> K p c")
        .keys("ctrl-u")
        .types("sky")
        .keys("<enter> d")
        .types("Parties and votes")
        .keys("<esc>");
    assert!(session.shows("Parties and votes") && session.shows("key p"), "{}", session.page());
    let book = shared(&session).codebook.clone();
    assert!(book.contains("key = \"p\"") && book.contains("#56b4e9") && book.contains("Parties and votes"), "{book}");
    session.keys("a").types("prices").keys("<enter> G K p");
    assert!(session.said().contains("the key p gives “politics” already"), "{}", session.said());
    session.keys("<esc> \\");
    assert!(session.shows("p  politics"), "{}", session.page());
    session.keys("p");
    assert_eq!(tags(&session), ["politics"]);
    assert!(session.shows("#politics"));
    session.keys("t");
    assert!(session.shows("keys give theirs, space to type"), "{}", session.page());
    session.keys("p");
    assert_eq!(tags(&session), Vec::<String>::new());
    assert!(session.shows("Which tag?"), "what is typed on stays in the list");
    session.keys("<space>").types("police").keys("<enter>");
    assert_eq!(tags(&session), ["police"]);
    session.keys("\\ z");
    assert!(session.said().contains("the key z gives no tag"), "{}", session.said());
}

#[test]
fn an_article_opened_while_others_follow_follows_too_and_a_broken_codebook_is_left_alone() {
    let mut session = open();
    session.keys("t").types("old").keys("<enter> ]");
    assert!(session.shows("article 2/2"), "{}", session.page());
    session.keys("B");
    session.feed(Event::Surveyed(Box::new(Survey { tags: [("old".to_owned(), 1)].into(), ..Survey::default() })));
    session.keys("r ctrl-u").types("new").keys("<enter>");
    assert!(session.said().contains("renamed the tag old to new"), "{}", session.said());
    session.keys("<esc> [");
    assert_eq!(tags(&session), ["new"]);
    session.feed(Event::Followed { count: 0, failed: vec!["x.toml: another whosaid has these notes open".to_owned()] });
    assert!(session.said().contains("not followed: x.toml"), "{}", session.said());
    let texts = ProjectTexts { codebook: "[[tag]]\nname = 3\n".to_owned(), ..ProjectTexts::default() };
    session.feed(Event::Project { texts, errors: Vec::new() });
    assert!(session.said().contains("codebook.toml:2:8"), "{}", session.said());
    session.keys("B a").types("x").keys("<enter>");
    assert!(session.said().contains("nothing was changed: codebook.toml:2:8"), "{}", session.said());
}

#[test]
fn marks_are_kept_and_jumps_go_back_and_forward_across_articles() {
    let mut session = open();
    session.keys("j j \" b");
    assert!(session.said().contains("marked b"), "{}", session.said());
    let marks = shared(&session).marks.clone();
    assert!(marks.contains("[mark.b]") && marks.contains("it is late"), "{marks}");
    session.keys("] ' b");
    assert!(session.shows("quote 3/4"), "{}", session.page());
    session.keys("<");
    assert!(session.shows("article 2/2"), "{}", session.page());
    session.keys("<");
    assert!(session.shows("quote 3/4"), "{}", session.page());
    session.keys("> >");
    assert!(session.shows("quote 3/4"), "{}", session.page());
    session.keys(">");
    assert!(session.said().contains("this is the last place"), "{}", session.said());
    session.keys("' x");
    assert!(session.said().contains("there is no mark x"), "{}", session.said());
    session.keys("\" Q");
    assert!(session.said().contains("a mark is a letter a to z"), "{}", session.said());
    session.keys("g '");
    assert!(session.shows("Marks") && session.shows("it is late"), "{}", session.page());
    session.keys("<esc>");
    // Kept across a restart.
    let mut again = open();
    let texts = ProjectTexts { marks, ..ProjectTexts::default() };
    again.feed(Event::Project { texts, errors: Vec::new() });
    again.keys("] ' b");
    assert!(again.shows("quote 3/4"), "{}", again.page());
}

#[test]
fn the_mouse_chooses_in_the_codebook_and_goes_to_what_was_found() {
    let mut session = open();
    session.keys("B a").types("first-tag").keys("<enter> a").types("second-tag").keys("<enter>");
    session
        .mouse(MouseKind::Down, "first-tag ")
        .mouse(MouseKind::WheelDown, "first-tag ")
        .mouse(MouseKind::WheelUp, "first-tag ");
    session.keys("x");
    assert!(session.said().contains("removed the tag first-tag"), "{}", session.said());
    session.mouse(MouseKind::Down, "whosaid").keys("&").types("late").keys("<enter>");
    session.mouse(MouseKind::Down, "Article 1               text");
    assert!(session.shows("quote 3/4") && !session.shows("late (words)"), "{}", session.page());
}

#[test]
fn memos_stand_on_speaker_tag_and_project_and_in_one_list() {
    let mut session = open();
    session.keys("g n").types("a careful woman").keys("<esc> g b").types("why we read").keys("<esc>");
    session
        .keys("m")
        .types("loud")
        .keys("<esc> B a")
        .types("fees")
        .keys("<enter> m")
        .types("too wide")
        .keys("<esc> <esc>");
    assert!(session.shows("Ann Bell ✎"), "{}", session.page());
    let saved = &session.saved[&0].0;
    assert_eq!(saved.speakers.values().next().and_then(|note| note.memo.as_deref()), Some("a careful woman"));
    assert!(shared(&session).project.contains("why we read") && shared(&session).codebook.contains("too wide"));
    session.keys("g k");
    let memos = vec![StoredMemo {
        article: "a1".to_owned(),
        coder: "me".to_owned(),
        note: Some(NoteId::from_u128(9)),
        on: "the ferry".to_owned(),
        text: "sails".to_owned(),
    }];
    session.feed(Event::Surveyed(Box::new(Survey { memos, ..Survey::default() })));
    for text in ["a careful woman", "why we read", "loud", "too wide", "#fees", "a1 · the ferry"] {
        assert!(session.shows(text), "{text}\n{}", session.page());
    }
    session.types("careful").keys("<enter>");
    assert!(session.shows("Memo on Ann Bell"), "{}", session.page());
    session.keys("ctrl-u <esc> u");
    assert!(session.said().contains("undone: wrote a memo on Ann Bell"), "{}", session.said());
}

#[test]
fn a_query_is_words_regex_or_fuzzy_and_a_bad_one_says_where() {
    let mut session = open();
    session.keys("/").types("not  one").keys("<enter>");
    assert!(session.said().contains("not  one: 1 of 1"), "{}", session.said());
    session.keys("/ <tab>").types("sa(id");
    assert!(session.shows("Search the text: regex") && session.shows("column 3: unclosed group"), "{}", session.page());
    session.keys("<enter>");
    assert!(session.said().contains("column 3: unclosed group"), "{}", session.said());
    session.keys("<backspace> <backspace> <backspace>").types("(id|ys)");
    assert!(session.shows("2 places"), "{}", session.page());
    session.keys("<enter> n");
    assert!(session.said().contains("2 of 2"), "{}", session.said());
    session.keys("/ <tab>").types("reportres").keys("<enter>");
    assert!(session.said().contains("reportres: 1 of 1"), "{}", session.said());
    session.keys("*");
    assert!(session.said().contains("Ann Bell: 1 of 1"), "{}", session.said());
}

#[test]
fn a_list_of_what_is_found_fills_leads_there_and_a_newer_search_wins() {
    let mut session = open();
    session.keys("t").types("saturday-talk").keys("<enter> &").types("saturday").keys("<enter>");
    assert!(session.shows("saturday (words): 2 · all kinds"), "{}", session.page());
    session.keys("<tab> <tab> <tab>");
    assert!(session.shows("saturday (words): 1 · tag") && session.shows("saturday-talk"), "{}", session.page());
    session.keys("<enter>");
    assert!(session.shows("quote 1/4"), "{}", session.page());
    session.keys("g /").types("ferry").keys("<enter>");
    let Some(Effect::Seek { generation, pattern, except: Some(0) }) = session.effects.last().cloned() else {
        panic!("{:?}", session.effects.last());
    };
    assert!(session.shows("searching …") && pattern.query() == "ferry", "{}", session.page());
    let at = OTHER.find("ferry").expect("it is there");
    let hit = Hit {
        within: Within::Text,
        place: Some(Span::new(at, at + 5)),
        note: None,
        context: ["but the ".to_owned(), "ferry".to_owned(), " sails".to_owned()],
    };
    session.feed(Event::Found {
        generation: generation - 1,
        hits: vec![(1, hit.clone())],
        progress: (1, 2),
        done: false,
    });
    assert!(session.shows("searching …"), "an older search is dropped");
    session.feed(Event::Found { generation, hits: vec![(1, hit)], progress: (1, 2), done: false });
    assert!(session.shows("1 of 2 articles") && session.shows("Article 2"), "{}", session.page());
    // Keys go on while it runs; leaving stops it.
    session.keys("<esc>");
    assert!(matches!(session.effects.last(), Some(Effect::StopSeeking)));
    assert!(session.said().contains("the search was stopped"));
    session.keys("g l <enter>");
    assert!(session.shows("article 2/2"), "{}", session.page());
    let spot = session.state.document.as_ref().and_then(|document| document.spot);
    assert_eq!(spot.map(|spot| spot.of(OTHER)), Some("ferry"));
    assert_ne!(session.style(Pane::Clean, "ferry"), session.style(Pane::Clean, "sails"));
}
