//! Killed at any moment, the program loses at most the edit that was being made.

use crate::journal::Dice;
use crate::screen::{Screen, Start};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use whosaid::annotation::Status;
use whosaid::source::Article;
use whosaid::source::text;
use whosaid::store::{Store, check, rebuild};

const WAIT: Duration = Duration::from_secs(5);

fn article(home: &Path) -> Article {
    let path = home.join("long.txt");
    if !path.exists() {
        let names = ["Maren Holt", "Tomas Reyle", "Ada Quill"];
        let lines = (0..40).map(|n| {
            let name = names[n % names.len()];
            format!("\"We have counted {n} ships and the harbour is not full,\" said {name} on Monday.\n\n")
        });
        fs::write(&path, lines.collect::<String>()).expect("the test folder can be written");
    }
    let read = fs::read_to_string(&path).expect("it was written");
    Article { id: "long".to_owned(), path: Some(path), ..text::parse(&read, None) }
}

/// How many quotations are decided, as the store says when it is opened next; it must be whole.
fn decided(home: &Path, article: &Article, coder: &str) -> usize {
    let store = Store::new(home.join("store"));
    let checked = check(store.dir()).expect("the store is there");
    assert!(checked.faults.is_empty(), "{:?}", checked.faults);
    let sheet = store.open_to_write(article, coder, WAIT).expect("it opens");
    sheet.notes.quotes.values().filter(|note| note.status != Status::Open).count()
}

/// Reads "12 decided" off the screen, where it says that all is saved.
fn saved(screen: &str) -> Option<usize> {
    let header = screen.lines().next()?;
    let (before, rest) = header.split_once(" decided")?;
    rest.contains("· saved").then(|| before.rsplit(' ').next()?.parse().ok())?
}

#[test]
fn the_screen_loses_at_most_the_edit_in_progress() {
    let home = tempfile::tempdir().expect("there is a folder for temporary files");
    let article = article(home.path());
    let mut dice = Dice(5);
    let mut kept = 0;
    for round in 0..6 {
        let start =
            Start { arguments: &["long.txt", "--coder", "me"], home: home.path(), size: (30, 140), environment: &[] };
        let mut screen = Screen::start(&start);
        screen.wait("what was kept", |text| saved(text) == Some(kept));
        // After a restart one stands at the first, which is decided already.
        screen.send(".");
        // Accepts, some at once and some after a moment; killed while the last are on their way.
        let mut pressed = 0;
        for _ in 0..2 + dice.roll() % 3 {
            screen.send("a");
            pressed += 1;
            std::thread::sleep(Duration::from_millis(dice.roll() as u64 % 12));
        }
        if round % 2 == 0 {
            screen.wait("all of them decided", |text| text.contains(&format!("{} decided", kept + pressed)));
        }
        std::thread::sleep(Duration::from_micros(dice.roll() as u64 % 9_000));
        let shown = saved(&screen.text());
        rustix::process::kill_process(screen.pid(), rustix::process::Signal::KILL).expect("it runs");
        screen.exit_code();
        let now = decided(home.path(), &article, "me");
        assert!((kept..=kept + pressed).contains(&now), "round {round}: {kept} + {pressed}, not {now}");
        if let Some(shown) = shown {
            assert!(now >= shown, "round {round}: {shown} were said to be saved, {now} are");
        }
        kept = now;
    }
    // Whatever was killed, the journal leads to the same file.
    let store = Store::new(home.path().join("store"));
    let mut sheet = store.open_to_write(&article, "me", WAIT).expect("it opens");
    sheet.take(&[]).expect("what was recovered is saved");
    let (path, text) = (sheet.path().to_owned(), fs::read_to_string(sheet.path()).expect("it is there"));
    drop(sheet);
    fs::remove_file(&path).expect("it is there");
    let rebuilt = rebuild(store.dir(), WAIT).expect("there is a store");
    assert_eq!((rebuilt.written.len(), &rebuilt.faults), (1, &Vec::new()), "{rebuilt:?}");
    assert_eq!(fs::read_to_string(&path).expect("it was rebuilt"), text);
}

#[test]
fn a_command_that_was_killed_did_all_or_nothing() {
    let home = tempfile::tempdir().expect("there is a folder for temporary files");
    let article = article(home.path());
    let mut dice = Dice(9);
    let mut done = 0;
    let spans: Vec<usize> = article.text.match_indices('"').step_by(2).map(|(at, _)| at).collect();
    for (round, at) in spans.into_iter().take(14).enumerate() {
        let range = format!("{at}:{}", at + 12);
        let store = home.path().join("store");
        let mut child = Command::new(env!("CARGO_BIN_EXE_whosaid"))
            .args(["tag", "long.txt", "--coder", "you", "--quote", &range, "--tag", "x"])
            .current_dir(home.path())
            .env("WHOSAID_STORE", &store)
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        if round % 4 != 0 {
            std::thread::sleep(Duration::from_millis(dice.roll() as u64 % 160));
            // It may have ended by itself.
            let _ = child.kill();
        }
        let ended = child.wait().expect("it is ours").success();
        if !store.is_dir() {
            continue;
        }
        let now = decided(home.path(), &article, "you");
        assert!(now == done + 1 || (now == done && !ended), "round {round}: {done}, {now}, ended well: {ended}");
        done = now;
    }
    assert!(done >= 4, "those that were not killed: {done}");
}
