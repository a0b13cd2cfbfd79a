//! The journal: every step in a line, before it reaches its file; and the store made again from it.

use crate::fixture::{Fixture, any_decision};
use assert_cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use whosaid::annotation::{Annotations, History, Step};
use whosaid::source::Article;
use whosaid::store::{Sheet, Store, rebuild};

const NO_WAIT: Duration = Duration::ZERO;

/// A small generator, so that every run makes the same edits.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize
    }
}

struct Place {
    dir: tempfile::TempDir,
    store: Store,
    article: Article,
    fixture: Fixture,
    notes: Annotations,
    history: History,
    stamp: u64,
}

impl Place {
    fn new() -> Self {
        let dir = tempfile::tempdir().expect("there is a folder for temporary files");
        let fixture = Fixture::new();
        let path = dir.path().join("bridge.txt");
        fs::write(&path, fixture.article.text.as_bytes()).expect("the test folder can be written");
        let article = Article { path: Some(path), ..fixture.article.clone() };
        let store = Store::new(dir.path().join(".whosaid"));
        Self { dir, store, article, fixture, notes: Annotations::default(), history: History::default(), stamp: 0 }
    }

    fn open(&self) -> Sheet {
        self.store.open_to_write(&self.article, "me", NO_WAIT).expect("it opens")
    }

    fn folder(&self) -> PathBuf {
        self.dir.path().join(".whosaid/me")
    }

    fn file(&self) -> PathBuf {
        self.open().path().to_owned()
    }

    fn text(&self) -> String {
        fs::read_to_string(self.file()).expect("it was saved")
    }

    fn journal(&self) -> PathBuf {
        self.folder().join("journal.jsonl")
    }

    /// Takes a random step; `None` where there was nothing to do.
    fn step(&mut self, dice: &mut Dice) -> Option<Step> {
        let (what, a, b) = (dice.roll() % 26, dice.roll() % 1000, dice.roll() % 1000);
        self.stamp += 1;
        let step = match what {
            24 => Step::Undo,
            25 => Step::Redo,
            _ => {
                let decide = |desk: &whosaid::annotation::Desk| any_decision(desk, what as u8, a, b);
                Step::Make(self.fixture.decide(&self.notes, self.stamp, decide)?)
            }
        };
        let taken = self.history.take(&mut self.notes, &step).expect("it fits");
        taken.then_some(step)
    }
}

#[test]
fn a_thousand_edits_undone_and_redone_lead_to_the_same_file() {
    let mut place = Place::new();
    let mut dice = Dice(3);
    let mut sheet = place.open();
    let mut batch = Vec::new();
    // What stands there first has a person's own words in it, and keys of another program.
    while place.history.done.len() < 6 {
        batch.extend(place.step(&mut dice));
    }
    sheet.take(&std::mem::take(&mut batch)).expect("it saves");
    drop(sheet);
    let mine = place.text().replacen("[[quote]]", "# first of all\n[[quote]]\nmine = 'x' # y", 1);
    fs::write(place.file(), &mine).expect("the test folder can be written");
    let begin = place.history.done.len();
    let mut sheet = place.open();
    sheet.take(&[]).expect("nothing to save");
    while place.history.done.len() < begin + 1_000 {
        // Undo must not lead behind the beginning: what was written by hand is no step.
        let low = place.history.done.len() == begin;
        match place.step(&mut dice) {
            Some(Step::Undo) if low => drop(place.history.redo(&mut place.notes).expect("it fits")),
            step => batch.extend(step),
        }
        if batch.len() > dice.roll() % 40 {
            sheet.take(&std::mem::take(&mut batch)).expect("it saves");
        }
    }
    sheet.take(&batch).expect("it saves");
    let end = fs::read_to_string(sheet.path()).expect("it was saved");
    let count = place.history.done.len() - begin;
    for steps in vec![Step::Undo; count].chunks(37) {
        sheet.take(steps).expect("it saves");
    }
    // What was undone is kept to be redone: all but these tables, their count and the version that they need is as it
    // was, byte for byte.
    let notes = |text: &str| -> String {
        let (notes, rest) = text.split_once("\n[[edit]]").expect("there are edits");
        let (_, end) = rest.split_once("\n[end]\n").expect("there is an end");
        let notes = notes.replacen("\nversion = 2\n", "\nversion = 1\n", 1);
        format!("{notes}{}", end.lines().filter(|line| !line.starts_with("edits = ")).collect::<Vec<_>>().join("\n"))
    };
    let undone = fs::read_to_string(sheet.path()).expect("it was saved");
    assert_eq!(notes(&undone), notes(&mine));
    for steps in vec![Step::Redo; count].chunks(41) {
        sheet.take(steps).expect("it saves");
    }
    assert_eq!(fs::read_to_string(sheet.path()).expect("it was saved"), end);
    // And the journal of all this leads to the same bytes.
    let path = sheet.path().to_owned();
    drop(sheet);
    fs::remove_file(&path).expect("it is there");
    let rebuilt = rebuild(place.store.dir(), NO_WAIT).expect("there is a store");
    assert_eq!((rebuilt.written.as_slice(), rebuilt.faults.len()), ([path.clone()].as_slice(), 0), "{rebuilt:?}");
    assert_eq!(fs::read_to_string(&path).expect("it was rebuilt"), end);
}

#[test]
fn a_file_opened_anew_at_every_step_is_the_same_as_one_kept_open() {
    for seed in 0..6 {
        let (mut one, mut other) = (Place::new(), Place::new());
        let (mut dice, mut same) = (Dice(seed), Dice(seed));
        let mut kept = other.open();
        for _ in 0..60 {
            if let Some(step) = one.step(&mut dice) {
                one.open().take(std::slice::from_ref(&step)).expect("it saves");
            }
            if let Some(step) = other.step(&mut same) {
                kept.take(&[step]).expect("it saves");
            }
        }
        let path = kept.path().to_owned();
        drop(kept);
        let (a, b) = (one.text(), fs::read_to_string(&path).expect("it was saved"));
        assert_eq!(a, b, "seed {seed}");
        for place in [&one, &other] {
            let (path, text) = (place.file(), place.text());
            fs::write(&path, &text[..text.len() / 2]).expect("the test folder can be written");
            let rebuilt = rebuild(place.store.dir(), NO_WAIT).expect("there is a store");
            assert_eq!((rebuilt.written.len(), rebuilt.faults.len()), (1, 0), "{rebuilt:?}");
            assert_eq!(fs::read_to_string(&path).expect("it was rebuilt"), text);
            let kept = path.with_extension("toml.broken-1");
            assert_eq!(fs::read_to_string(kept).expect("the broken file is kept"), text[..text.len() / 2]);
        }
    }
}

#[test]
fn a_step_that_did_not_reach_its_file_is_taken_from_the_journal() {
    let mut place = Place::new();
    let mut dice = Dice(11);
    let mut states = Vec::new();
    for _ in 0..12 {
        if let Some(step) = place.step(&mut dice) {
            place.open().take(&[step]).expect("it saves");
            states.push((place.text(), fs::read(place.journal()).expect("there is a journal"), place.notes.clone()));
        }
    }
    let path = place.file();
    for pair in states.windows(2) {
        let [(before, ..), (after, journal, notes)] = pair else { continue };
        // Killed between the journal and the file: its last line, which says that the file was saved, is not there.
        let text = std::str::from_utf8(journal).expect("UTF-8");
        let last = text.trim_end().rfind('\n').expect("several lines") + 1;
        fs::write(place.journal(), &text[..last]).expect("the test folder can be written");
        fs::write(&path, before).expect("the test folder can be written");
        // A new program, that has read nothing yet.
        let store = Store::new(place.store.dir().to_owned());
        let mut sheet = store.open_to_write(&place.article, "me", NO_WAIT).expect("it opens");
        assert_eq!((&sheet.notes, sheet.notices.len()), (notes, 1), "{:?}", sheet.notices);
        sheet.take(&[]).expect("it saves");
        drop(sheet);
        assert_eq!(&fs::read_to_string(&path).expect("it was saved"), after);
        // A step whose line was cut is the one that was being made: it is lost, and only it.
        let cut = text[..last].trim_end().rfind('\n').expect("several lines") + 9;
        fs::write(place.journal(), &text[..cut]).expect("the test folder can be written");
        fs::write(&path, before).expect("the test folder can be written");
        let store = Store::new(place.store.dir().to_owned());
        let mut sheet = store.open_to_write(&place.article, "me", NO_WAIT).expect("it opens");
        assert_ne!(&sheet.notes, notes);
        let next = place.fixture.decide(&sheet.notes, 500, |desk| desk.set_article_memo("seen")).expect("a new memo");
        sheet.take(&[Step::Make(next)]).expect("it saves");
        let text = fs::read_to_string(&path).expect("it was saved");
        drop(sheet);
        fs::remove_file(&path).expect("it is there");
        let rebuilt = rebuild(place.store.dir(), NO_WAIT).expect("there is a store");
        assert_eq!((rebuilt.written.len(), rebuilt.notices.len()), (1, 1), "{rebuilt:?}");
        assert!(rebuilt.notices[0].contains("journal.jsonl:") && rebuilt.notices[0].contains("cut short"));
        assert_eq!(fs::read_to_string(&path).expect("it was rebuilt"), text);
    }
}

#[test]
fn a_rebuild_never_touches_what_is_whole() {
    let mut place = Place::new();
    let mut dice = Dice(23);
    while place.history.done.len() < 5 {
        if let Some(step) = place.step(&mut dice) {
            place.open().take(&[step]).expect("it saves");
        }
    }
    let path = place.file();
    // By hand, or by git: another whole file.
    let mine = place.text().replacen("[[quote]]", "# mine\n[[quote]]", 1);
    fs::write(&path, &mine).expect("the test folder can be written");
    let rebuilt = rebuild(place.store.dir(), NO_WAIT).expect("there is a store");
    assert_eq!((rebuilt.written.len(), rebuilt.notices.len()), (0, 1), "{rebuilt:?}");
    assert_eq!(fs::read_to_string(&path).expect("it is there"), mine);
    // The next step writes down what was found, so that from then on the comment comes back too.
    let step = loop {
        if let Some(step) = place.step(&mut dice) {
            break step;
        }
    };
    place.open().take(&[step]).expect("it saves");
    let text = place.text();
    assert!(text.contains("# mine"));
    fs::write(&path, "version = 1\n").expect("the test folder can be written");
    rebuild(place.store.dir(), NO_WAIT).expect("there is a store");
    assert_eq!(place.text(), text);
    // A file that is locked, and one that no journal knows.
    fs::write(&path, "version = 1\n").expect("the test folder can be written");
    fs::write(place.folder().join("other.toml"), "version = 1\n").expect("the test folder can be written");
    let held = place.store.open(&place.article, "me", NO_WAIT).expect("it opens to be looked at");
    let rebuilt = rebuild(place.store.dir(), NO_WAIT).expect("there is a store");
    assert_eq!((rebuilt.written.len(), rebuilt.faults.len()), (0, 2), "{rebuilt:?}");
    assert!(rebuilt.faults.iter().any(|fault| fault.contains("another whosaid")), "{rebuilt:?}");
    assert!(rebuilt.faults.iter().any(|fault| fault.contains("does not know this file")), "{rebuilt:?}");
    drop(held);
}

#[test]
fn the_command_rebuilds_and_says_what_it_did() {
    let home = tempfile::tempdir().expect("a folder");
    let run = |arguments: &[&str]| {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("whosaid"));
        let output = command.current_dir(home.path()).args(arguments).output().expect("it runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    fs::write(home.path().join("a.txt"), "“Not now,” said Maria Lopez.\n").expect("written");
    fs::create_dir(home.path().join("s")).expect("made");
    let (code, _, said) = run(&["check", "--store", "s", "--rebuild"]);
    assert_eq!((code, said.as_str()), (Some(1), "whosaid: s: there is no journal to rebuild from\n"));
    for memo in ["one", "two"] {
        let (code, _, said) =
            run(&["tag", "a.txt", "--store", "s", "--coder", "ana", "--quote", "0:10", "--note", memo]);
        assert_eq!(code, Some(0), "{said}");
    }
    let folder = home.path().join("s/ana");
    let file = |folder: &Path| {
        let mut files = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
        files.find(|path| path.extension().is_some_and(|ending| ending == "toml")).expect("a file of notes")
    };
    let path = file(&folder);
    let text = fs::read_to_string(&path).expect("UTF-8");
    fs::remove_file(&path).expect("it is there");
    let (code, out, said) = run(&["check", "--store", "s", "--rebuild"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(out.starts_with("rebuilt ") && out.contains("1 file rebuilt, 0 were as the journals say"), "{out}");
    assert_eq!(fs::read_to_string(&path).expect("it is there again"), text);
    let (code, out, _) = run(&["check", "--store", "s", "--rebuild"]);
    assert_eq!(code, Some(0));
    assert!(out.contains("0 files rebuilt, 1 was as the journals say"), "{out}");
    let journal = fs::read_to_string(folder.join("journal.jsonl")).expect("UTF-8");
    assert_eq!(journal.matches("\"do\":\"make\"").count(), 3, "added, and two memos:\n{journal}");
    assert_eq!(journal.matches("\"text\":").count(), 1, "the file is written down once:\n{journal}");
}
