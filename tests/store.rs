//! The store: what is saved comes back, what is broken is left alone.

use crate::fixture::{Fixture, any_decision, span};
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::time::Duration;
use whosaid::annotation::{Annotations, History};
use whosaid::engine::RepairClass;
use whosaid::source::Article;
use whosaid::store::{Progress, Store, StoreError, check};

const NO_WAIT: Duration = Duration::ZERO;

fn article_in(dir: &Path, name: &str) -> Article {
    let path = dir.join(name);
    let article = Fixture::new().article;
    std::fs::write(&path, article.text.as_bytes()).expect("the test folder can be written");
    Article { id: name.trim_end_matches(".txt").to_owned(), path: Some(path), ..article }
}

fn fixture_time(n: u64) -> jiff::Timestamp {
    crate::fixture::stamp(n).now
}

struct Place {
    dir: tempfile::TempDir,
    store: Store,
    article: Article,
}

impl Place {
    fn new() -> Self {
        let dir = tempfile::tempdir().expect("there is a folder for temporary files");
        let store = Store::new(dir.path().join(".whosaid"));
        let article = article_in(dir.path(), "bridge.txt");
        Self { dir, store, article }
    }

    /// Saves one accepted quotation and returns the file.
    fn saved(&self) -> (PathBuf, Annotations) {
        let fixture = Fixture::new();
        let (mut notes, mut history) = (Annotations::default(), History::default());
        let mut sheet = self.store.open_to_write(&self.article, "me", NO_WAIT).expect("it opens");
        for n in 0..2 {
            let edit = fixture.decide(&notes, n, |desk| desk.accept(n as usize)).expect("it was open");
            history.make(&mut notes, edit).expect("it fits");
        }
        sheet.save(&notes, &history).expect("it saves");
        (sheet.path().to_owned(), notes)
    }

    fn text(&self) -> String {
        std::fs::read_to_string(self.saved().0).expect("it was saved")
    }
}

#[test]
fn what_is_saved_comes_back() {
    let place = Place::new();
    assert_eq!(place.store.progress(place.article.path.as_deref().expect("a file"), "bridge", "me"), None);
    let (_, notes) = place.saved();
    let mut sheet = place.store.open(&place.article, "me", NO_WAIT).expect("it opens");
    assert_eq!((&sheet.notes, sheet.history.done.len(), &sheet.read_only), (&notes, 2, &None));
    let (mut notes, mut history) = (sheet.notes.clone(), sheet.history.clone());
    history.undo(&mut notes).expect("it fits");
    sheet.save(&notes, &history).expect("it saves");
    drop(sheet);
    let loaded = place.store.load(&place.article, "me").expect("it loads");
    assert_eq!((&loaded.notes, &loaded.history), (&notes, &history));
    let progress = place.store.progress(place.article.path.as_deref().expect("a file"), "bridge", "me");
    let last = Some(fixture_time(0));
    assert_eq!(progress, Some(Progress { decided: 1, done: false, flagged: false, last }));
    let other = place.store.load(&place.article, "you").expect("it loads");
    assert_eq!(other.notes, Annotations::default(), "another coder has other notes");
}

#[test]
fn repairs_that_were_left_come_back_and_older_programs_are_told() {
    let place = Place::new();
    let (path, mut notes) = place.saved();
    let written = |path: &Path| std::fs::read_to_string(path).expect("it was saved");
    assert!(written(&path).contains("version = 1\n"));
    let fixture = Fixture::new();
    let mut sheet = place.store.open_to_write(&place.article, "me", NO_WAIT).expect("it opens");
    let mut history = sheet.history.clone();
    let edit = fixture.decide(&notes, 7, |desk| {
        desk.set_unrepaired("left it as it was", |left| {
            left.switch(RepairClass::Clitic);
            left.leave(desk.raw, span("Jon Berg"));
        })
    });
    history.make(&mut notes, edit.expect("it was repaired")).expect("it fits");
    sheet.save(&notes, &history).expect("it saves");
    drop(sheet);
    let text = written(&path).replace("unrepaired = ", "weather = \"fine\"\nunrepaired = ");
    assert!(text.contains("version = 3\n") && text.contains("[\"clitic\"]"), "{text}");
    std::fs::write(&path, &text).expect("the file can be written");
    let mut sheet = place.store.open_to_write(&place.article, "me", NO_WAIT).expect("it opens");
    assert_eq!((&sheet.notes, sheet.notes.article.unrepaired.places.len()), (&notes, 1));
    let mut history = sheet.history.clone();
    history.undo(&mut notes).expect("it fits");
    sheet.save(&notes, &history).expect("it saves");
    drop(sheet);
    assert!(written(&path).contains("weather = \"fine\"") && !written(&path).contains("\nunrepaired = "));
    let loaded = place.store.load(&place.article, "me").expect("it loads");
    assert_eq!((loaded.notes, loaded.history), (notes, history));
}

#[test]
fn a_second_instance_only_looks() {
    let place = Place::new();
    place.saved();
    let first = place.store.open(&place.article, "me", NO_WAIT).expect("it opens");
    let mut second = place.store.open(&place.article, "me", NO_WAIT).expect("it opens to be looked at");
    assert_eq!(second.notes.quotes.len(), 2);
    assert!(second.read_only.as_deref().is_some_and(|reason| reason.contains("another whosaid")));
    let saved = second.save(&Annotations::default(), &History::default());
    assert!(matches!(saved, Err(StoreError::ReadOnly { .. })));
    let third = place.store.open_to_write(&place.article, "me", Duration::from_millis(20));
    assert!(matches!(third, Err(StoreError::Locked { .. })));
    drop(first);
    assert!(place.store.open(&place.article, "me", NO_WAIT).expect("it opens").read_only.is_none());
}

#[test]
fn what_a_person_wrote_stays() {
    let place = Place::new();
    let (path, mut notes) = place.saved();
    let text = std::fs::read_to_string(&path).expect("it was saved");
    let mine = text.replacen("[[quote]]", "# first of all\n[[quote]]\nmine = 'x' # y", 1).replacen(
        "\n[[edit]]",
        "\n[quote.more]\nb = 1\n\n[plugin.colour]\na = [ 1,2 ]\n\n[[edit]]",
        1,
    );
    std::fs::write(&path, format!("{mine}# the end\n")).expect("the test folder can be written");
    let fixture = Fixture::new();
    let mut sheet = place.store.open_to_write(&place.article, "me", NO_WAIT).expect("it opens");
    let mut history = sheet.history.clone();
    for n in 5..8 {
        let edit = fixture.decide(&notes, n, |desk| any_decision(desk, 12, 3, n as usize)).expect("a new quotation");
        history.make(&mut notes, edit).expect("it fits");
    }
    let edit = fixture.decide(&notes, 9, |desk| desk.merge_speakers(0, &[1])).expect("a merge");
    history.make(&mut notes, edit).expect("it fits");
    sheet.save(&notes, &history).expect("it saves");
    drop(sheet);
    let now = std::fs::read_to_string(&path).expect("it was saved");
    for kept in
        ["# first of all\n[[quote]]\nmine = 'x' # y\n", "[quote.more]\nb = 1\n", "[plugin.colour]\na = [ 1,2 ]\n"]
    {
        assert!(now.contains(kept), "{kept} is lost:\n{now}");
    }
    assert!(now.ends_with("flagged = false\n# the end\n"), "{now}");
    assert_eq!(now.matches("[quote.more]").count(), 1);
    let loaded = place.store.load(&place.article, "me").expect("it loads");
    assert_eq!((loaded.notes, loaded.history), (notes, history));
}

#[test]
fn what_another_program_wrote_is_not_overwritten() {
    let place = Place::new();
    let (path, notes) = place.saved();
    let mut sheet = place.store.open(&place.article, "me", NO_WAIT).expect("it opens");
    let theirs = std::fs::read_to_string(&path).expect("it was saved").replace("accepted", "rejected");
    std::fs::write(&path, &theirs).expect("the test folder can be written");
    let mut changed = notes.clone();
    changed.article.done = true;
    let error = sheet.save(&changed, &History::default()).expect_err("it must be noticed");
    let StoreError::Changed { kept, .. } = error else { panic!("{error}") };
    assert!(std::fs::read_to_string(&kept).expect("the notes are kept").contains("done = true"));
    changed.article.flagged = true;
    assert!(sheet.save(&changed, &History::default()).expect_err("still").to_string().contains("unsaved-1.toml"));
    assert!(std::fs::read_to_string(&kept).expect("the notes are kept").contains("flagged = true"));
    assert_eq!(std::fs::read_to_string(&path).expect("it is there"), theirs);
}

#[test]
fn a_cut_file_is_never_whole() {
    let place = Place::new();
    let text = place.text();
    let path = place.saved().0;
    for length in 0..text.len() - 1 {
        if text.is_char_boundary(length) {
            std::fs::write(&path, &text[..length]).expect("the test folder can be written");
            let error = place.store.load(&place.article, "me").expect_err(&text[..length]).to_string();
            assert!(error.contains(".toml:"), "{error}");
        }
    }
}

#[test]
fn a_broken_file_is_named_and_left() {
    let place = Place::new();
    let (path, _) = place.saved();
    let good = std::fs::read_to_string(&path).expect("it was saved");
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (good.replacen("path =", "path ==", 1).into(), ":8:"),
        (good.replacen("[[quote]]", "<<<<<<< HEAD\n[[quote]]\n=======\n>>>>>>> x", 1).into(), "merge conflict"),
        (good.replacen("version = 1", "version = 99", 1).into(), "version 99 is newer"),
        (good.replacen("version = 1", "version = \"one\"", 1).into(), "version must be 1"),
        (good.replacen("version = 1\n", "", 1).into(), "version is missing"),
        (good.replacen("status = \"accepted\"", "status = \"maybe\"", 1).into(), "one of open, accepted, rejected"),
        (good.replacen("at = [[", "at = [[-", 1).into(), "code points"),
        (good.replacen("created = ", "created = \"soon\" # ", 1).into(), "created"),
        (format!("{good}\nquotes = 2\n").into(), "duplicate"),
        (format!("{good}x = {}", "[".repeat(100_000)).into(), ":"),
        (format!("{good}[{}]\n", vec!["a"; 50_000].join(".")).into(), ":"),
        ([good.as_bytes(), &[0; 300]].concat(), "NUL"),
        ([good.as_bytes(), b"x = '\xff'\n"].concat(), "not UTF-8"),
        (Vec::new(), "empty"),
    ];
    for (bytes, says) in cases {
        std::fs::write(&path, &bytes).expect("the test folder can be written");
        let mut sheet = place.store.open(&place.article, "me", NO_WAIT).expect("it opens to be looked at");
        let reason = sheet.read_only.clone().unwrap_or_default();
        assert!(reason.contains(says) && reason.contains(".toml:"), "{says}: {reason}");
        assert_eq!(reason.lines().count(), 1);
        assert!(sheet.save(&Annotations::default(), &History::default()).is_err());
        assert_eq!(std::fs::read(&path).expect("it is there"), bytes);
        let checked = check(place.store.dir()).expect("the store is there");
        assert_eq!((checked.files, checked.faults.len()), (0, 1));
    }
}

#[test]
fn notes_changed_by_hand_can_still_be_undone_as_far_as_they_fit() {
    let place = Place::new();
    let (path, _) = place.saved();
    let text = std::fs::read_to_string(&path).expect("it was saved");
    // The second note goes, by hand, and with it what the last step did; the counts are set.
    let (first, rest) = text.split_at(text.rfind("[[quote]]").expect("two quotations"));
    let (_, edits) = rest.split_at(rest.find("[[edit]]").expect("two edits"));
    let mine = format!("{first}{edits}").replace("quotes = 2", "quotes = 1").replace("kind = \"direct\"\n", "");
    std::fs::write(&path, mine).expect("the test folder can be written");
    let mut sheet = place.store.open(&place.article, "me", NO_WAIT).expect("it opens");
    assert_eq!((sheet.notes.quotes.len(), sheet.history.done.len(), &sheet.read_only), (1, 0, &None));
    assert!(sheet.notices[0].contains("2 older steps"), "{:?}", sheet.notices);
    let mut notes = sheet.notes.clone();
    notes.article.done = true;
    sheet.save(&notes, &sheet.history.clone()).expect("it saves");
    drop(sheet);
    assert_eq!(place.store.load(&place.article, "me").expect("it is whole").notes, notes);
}

#[test]
fn notes_follow_a_file_that_moved() {
    let place = Place::new();
    let (old, notes) = place.saved();
    let sub = place.dir.path().join("sub");
    std::fs::create_dir(&sub).expect("the test folder can be written");
    let copy = article_in(&sub, "other.txt");
    assert_eq!(place.store.load(&copy, "me").expect("it loads").notes, Annotations::default(), "a copy is not a move");
    std::fs::remove_file(place.article.path.as_deref().expect("a file")).expect("it is there");
    let store = Store::new(place.store.dir().to_owned());
    let mut sheet = store.open(&copy, "me", NO_WAIT).expect("it opens");
    assert_eq!((&sheet.notes, sheet.notices.len()), (&notes, 1));
    let mut more = notes.clone();
    more.article.done = true;
    sheet.save(&more, &sheet.history.clone()).expect("it saves");
    assert!(sheet.path() != old && sheet.path().exists() && !old.exists());
    drop(sheet);
    assert_eq!(store.load(&copy, "me").expect("it loads").notes, more);
}

#[test]
fn many_writers_on_notes_that_have_to_move_lose_nothing() {
    const WRITERS: u64 = 8;
    let place = Place::new();
    let (_, notes) = place.saved();
    let sub = place.dir.path().join("sub");
    std::fs::create_dir(&sub).expect("the test folder can be written");
    let moved = article_in(&sub, "bridge.txt");
    std::fs::remove_file(place.article.path.as_deref().expect("a file")).expect("it is there");
    let (dir, start) = (place.store.dir().to_owned(), std::sync::Barrier::new(WRITERS as usize));
    std::thread::scope(|scope| {
        for n in 0..WRITERS {
            let (moved, dir, start) = (&moved, &dir, &start);
            scope.spawn(move || {
                start.wait();
                let mut sheet =
                    Store::new(dir.clone()).open_to_write(moved, "me", Duration::from_mins(1)).expect("it opens");
                let (mut notes, mut history) = (sheet.notes.clone(), sheet.history.clone());
                let edit = Fixture::new().decide(&notes, 100 + n, |desk| desk.add_tag(0, &format!("writer {n}")));
                history.make(&mut notes, edit.expect("a new tag")).expect("it fits");
                sheet.save(&notes, &history).expect("it saves");
            });
        }
    });
    let kept = Store::new(dir).load(&moved, "me").expect("it loads").notes;
    let tags = kept.quotes.values().map(|note| note.tags.len()).sum::<usize>();
    assert_eq!((kept.quotes.len(), tags), (notes.quotes.len(), WRITERS as usize), "{kept:?}");
}

#[test]
fn a_project_that_moved_keeps_its_notes() {
    let place = Place::new();
    let (_, notes) = place.saved();
    let new = tempfile::tempdir().expect("there is a folder for temporary files");
    let project = new.path().join("renamed");
    std::fs::rename(place.dir.path(), &project).expect("the test folder can be moved");
    let article = Article { path: Some(project.join("bridge.txt")), ..place.article.clone() };
    let store = Store::new(project.join(".whosaid"));
    assert_eq!(store.load(&article, "me").expect("it loads").notes, notes);
}

#[cfg(unix)]
#[test]
fn notes_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::new();
    let (path, _) = place.saved();
    let mode = |path: &Path| std::fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
    assert_eq!((mode(&path), mode(path.parent().expect("a folder")), mode(place.store.dir())), (0o600, 0o700, 0o700));
    std::fs::remove_file(&path).expect("it is there");
    std::os::unix::fs::symlink("/etc/passwd", &path).expect("the test folder can be written");
    let sheet = place.store.open(&place.article, "me", NO_WAIT).expect("it opens to be looked at");
    assert!(sheet.read_only.is_some_and(|reason| reason.contains("links are not followed")));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_edits_survive_a_restart(steps in prop::collection::vec(any::<(u8, usize, usize)>(), 1..24)) {
        let place = Place::new();
        let fixture = Fixture::new();
        let (mut notes, mut history) = (Annotations::default(), History::default());
        for (n, (what, a, b)) in steps.into_iter().enumerate() {
            match what % 30 {
                28 => { history.undo(&mut notes).expect("it fits"); }
                29 => { history.redo(&mut notes).expect("it fits"); }
                _ => if let Some(edit) = fixture.decide(&notes, n as u64, |desk| any_decision(desk, what, a, b)) {
                    history.make(&mut notes, edit).expect("it fits");
                }
            }
            if a % 3 == 0 {
                continue;
            }
            let mut sheet = place.store.open_to_write(&place.article, "me", NO_WAIT).expect("it opens");
            prop_assert_eq!(&sheet.notices, &Vec::<String>::new());
            sheet.save(&notes, &history).expect("it saves");
            drop(sheet);
            let loaded = place.store.load(&place.article, "me").expect("it loads");
            prop_assert_eq!(&loaded.notes, &notes);
            prop_assert_eq!(&loaded.history, &history);
        }
    }
}
