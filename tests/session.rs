//! The main job, as a reader does it: open, decide by keyboard, leave, come back, export.

use crate::screen::{Screen, Start};
use std::fs;
use std::path::{Path, PathBuf};

const ARTICLE: &str = "Harbour council keeps the night ferry\n\n\
    PORT ELLERY, 12 March 2024 - The harbour council voted on Tuesday to keep the night ferry.\n\n\
    \"We have listened, and we have understood,\" said council leader Maren Holt after the meeting.\n\n\
    Union secretary Tomas Reyle was not content. \"On Friday we will sit down with the council,\" he told reporters.\n\n\
    Nobody in the port slept that night.\n";

fn open(home: &Path) -> Screen {
    let file = home.join("ferry.txt");
    if !file.exists() {
        fs::write(&file, ARTICLE).unwrap();
    }
    let screen = Screen::start(&Start { arguments: &["ferry.txt"], home, size: (32, 110), environment: &[] });
    screen.wait("the quotations", |text| counts(text).is_some_and(|(n, of)| n >= 1 && of >= 2));
    screen
}

/// Reads "quote 2/5" off the screen.
fn counts(screen: &str) -> Option<(usize, usize)> {
    let (_, rest) = screen.split_once("quote ")?;
    let (n, rest) = rest.split_once('/')?;
    Some((n.parse().ok()?, rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()?))
}

/// The one file of the store.
fn sheet(home: &Path) -> String {
    let mut folders = vec![home.join("store")];
    let mut found: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "toml") {
                found.push(path);
            }
        }
    }
    assert_eq!(found.len(), 1, "{found:?}");
    fs::read_to_string(&found[0]).unwrap()
}

#[test]
fn a_reader_decides_leaves_comes_back_and_exports() {
    let home = tempfile::tempdir().unwrap();
    let mut screen = open(home.path());
    let (_, found) = counts(&screen.text()).unwrap();

    screen.send("j");
    screen.wait("the next quotation", |text| counts(text) == Some((2, found)));

    screen.send("s");
    screen.wait_for("Who said it?");
    screen.send("Ada Quill");
    screen.wait_for("new speaker");
    screen.send("\r");
    screen.wait("the speaker everywhere", |text| !text.contains("Who said it?") && text.contains("Ada Quill"));

    screen.send("t");
    screen.wait_for("Which tag?");
    screen.send("harbour-politics");
    screen.wait_for("new tag");
    screen.send("\r");
    screen.wait("the tag", |text| !text.contains("Which tag?") && text.contains("harbour-politics"));

    screen.send("v");
    screen.wait_for("take sentence");
    screen.send("s\r");
    screen.wait("one quotation more", |text| {
        !text.contains("take sentence") && counts(text).is_some_and(|(_, of)| of == found + 1)
    });
    // Choosing who says it may be offered at once.
    if screen.text().contains("Who said it?") {
        screen.send("\x1b");
        screen.wait("the window gone", |text| !text.contains("Who said it?"));
    }

    screen.send("m");
    screen.wait_for("Memo on");
    screen.send("heard on the quay");
    screen.wait_for("heard on the quay");
    screen.send("\x13");
    screen.wait("the memo kept", |text| !text.contains("Memo on") && text.contains("saved"));

    // Two steps back: the memo and the new quotation; and forward again.
    screen.send("uu");
    screen.wait("the new quotation undone", |text| counts(text).is_some_and(|(_, of)| of == found));
    screen.send("\x12\x12");
    screen.wait("it done again", |text| counts(text).is_some_and(|(_, of)| of == found + 1));

    screen.send("q");
    assert_eq!((screen.exit_code(), screen.left_on()), (0, vec![]));

    let kept = sheet(home.path());
    for text in ["Ada Quill", "harbour-politics", "heard on the quay", "version"] {
        assert!(kept.contains(text), "{text} is not in the store:\n{kept}");
    }

    let mut screen = open(home.path());
    screen.wait("everything there again, and the reader where he was", |text| {
        text.contains("Ada Quill") && counts(text).is_some_and(|(n, of)| n == 2 && of == found + 1)
    });
    screen.send("uu");
    screen.wait("undone after a restart", |text| counts(text).is_some_and(|(_, of)| of == found));
    screen.send("\x12\x12q");
    assert_eq!(screen.exit_code(), 0);
    assert_eq!(sheet(home.path()).matches("heard on the quay").count(), kept.matches("heard on the quay").count());

    let csv = std::process::Command::new(env!("CARGO_BIN_EXE_whosaid"))
        .args(["export", "ferry.txt", "--format", "csv"])
        .current_dir(home.path())
        .env("WHOSAID_STORE", home.path().join("store"))
        .env("WHOSAID_CONFIG", home.path().join("config"))
        .output()
        .unwrap();
    assert!(csv.status.success(), "{}", String::from_utf8_lossy(&csv.stderr));
    let csv = String::from_utf8(csv.stdout).unwrap();
    for text in ["Ada Quill", "harbour-politics", "heard on the quay"] {
        assert!(csv.contains(text), "{text} is not in:\n{csv}");
    }
}

#[test]
fn an_edit_survives_a_signal_in_the_same_moment() {
    let home = tempfile::tempdir().unwrap();
    let mut screen = open(home.path());
    screen.send("x");
    screen.wait("the decision", |text| text.contains("1 decided"));
    rustix::process::kill_process(screen.pid(), rustix::process::Signal::TERM).unwrap();
    assert_eq!((screen.exit_code(), screen.left_on()), (143, vec![]));
    assert!(sheet(home.path()).contains("rejected"), "{}", sheet(home.path()));
}

#[test]
fn a_second_program_reads_only_and_nothing_is_lost() {
    let home = tempfile::tempdir().unwrap();
    let mut first = open(home.path());
    let mut second = open(home.path());
    second.wait("why nothing can be saved", |text| text.contains("another whosaid") || text.contains("read"));
    second.send("x");
    first.send("x");
    first.wait("the decision", |text| text.contains("1 decided"));
    second.send("q");
    first.send("q");
    assert_eq!(first.exit_code(), 0);
    second.exit_code();
    assert!(sheet(home.path()).contains("rejected"));
}

#[test]
fn a_broken_store_is_named_and_left_as_it_is() {
    let home = tempfile::tempdir().unwrap();
    let mut screen = open(home.path());
    screen.send("x");
    screen.wait("the decision", |text| text.contains("1 decided"));
    screen.send("q");
    assert_eq!(screen.exit_code(), 0);
    let mut folder = home.path().join("store");
    let file = loop {
        let next = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
        let next = next.filter(|path| path.is_dir() || path.extension().is_some_and(|e| e == "toml")).min().unwrap();
        if next.is_file() {
            break next;
        }
        folder = next;
    };
    let broken = fs::read_to_string(&file).unwrap().replacen("version", "version = = 1\nversion", 1);
    fs::write(&file, &broken).unwrap();
    let mut screen =
        Screen::start(&Start { arguments: &["ferry.txt"], home: home.path(), size: (24, 200), environment: &[] });
    assert_eq!(screen.exit_code(), 1);
    let said = String::from_utf8(screen.bytes()).unwrap();
    assert!(said.starts_with("whosaid: ") && said.contains(".toml:") && !said.contains('\x1b'), "{said:?}");
    assert_eq!(fs::read_to_string(&file).unwrap(), broken);
}
