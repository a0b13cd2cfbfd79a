//! The program and its terminal: what it takes it gives back, and nothing of an article acts on it.

use crate::screen::{Screen, Start};
use rustix::process::{Signal, kill_process};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

const ARTICLE: &str = "Ferry stays\n\n\"We have listened,\" said council leader Maren Holt.\n";

fn open(home: &Path, text: &str, environment: &[(&str, &str)]) -> Screen {
    let file = home.join("ferry.txt");
    fs::write(&file, text).unwrap();
    let file = file.to_str().unwrap();
    Screen::start(&Start { arguments: &[file], home, size: (24, 80), environment })
}

fn opened(home: &Path) -> Screen {
    let screen = open(home, ARTICLE, &[("WHOSAID_PANIC", "<f12>")]);
    screen.wait_for("We have listened");
    screen
}

#[test]
fn the_terminal_is_given_back_on_every_way_out() {
    let home = tempfile::tempdir().unwrap();
    let mut screen = opened(home.path());
    assert!(screen.left_on().contains(&"1049".to_owned()), "the screen is taken");
    screen.send("q");
    assert_eq!((screen.exit_code(), screen.left_on()), (0, vec![]));
    for (signal, number) in [(Signal::TERM, 15), (Signal::HUP, 1), (Signal::INT, 2), (Signal::QUIT, 3)] {
        let mut screen = opened(home.path());
        kill_process(screen.pid(), signal).unwrap();
        assert_eq!((screen.exit_code(), screen.left_on()), (128 + number, vec![]), "{signal:?}");
    }
    let mut screen = opened(home.path());
    screen.send("\x1b[24~");
    assert_eq!((screen.exit_code(), screen.left_on()), (101, vec![]));
    let said = String::from_utf8_lossy(&screen.bytes()).into_owned();
    let after = said.rsplit_once("\x1b[?1049l").unwrap().1;
    assert!(after.contains("WHOSAID_PANIC"), "what happened is said where it can be read: {after:?}");
}

#[test]
fn a_terminal_that_goes_away_ends_the_program() {
    let home = tempfile::tempdir().unwrap();
    let mut screen = opened(home.path());
    screen.close_window((25, 81));
    assert_eq!(screen.exit_code(), 129);
}

#[test]
fn it_stops_and_goes_on_where_it_was() {
    let home = tempfile::tempdir().unwrap();
    let mut screen = opened(home.path());
    let stopped = || {
        let stat = fs::read_to_string(format!("/proc/{}/stat", screen.pid().as_raw_nonzero())).unwrap_or_default();
        stat.rsplit_once(") ").is_some_and(|(_, rest)| rest.starts_with('T'))
    };
    if !Path::new("/proc/self/stat").exists() {
        println!("skipped: there is no /proc to see a stopped program in");
        return;
    }
    kill_process(screen.pid(), Signal::TSTP).unwrap();
    screen.wait_taken(false, "");
    let begun = Instant::now();
    while !stopped() {
        assert!(begun.elapsed() < Duration::from_secs(30), "it does not stop");
        std::thread::yield_now();
    }
    kill_process(screen.pid(), Signal::CONT).unwrap();
    screen.wait_taken(true, "We have listened");
    screen.send("q");
    assert_eq!((screen.exit_code(), screen.left_on()), (0, vec![]));
}

#[test]
fn any_size_will_do_and_the_place_is_kept() {
    let home = tempfile::tempdir().unwrap();
    let mut screen = opened(home.path());
    for (rows, cols) in [(1, 1), (2, 5), (1, 80), (24, 1), (3, 3), (200, 300), (24, 80)] {
        screen.resize(rows, cols);
    }
    screen.wait_for("We have listened");
    screen.send("q");
    assert_eq!(screen.exit_code(), 0);
}

#[test]
fn nothing_of_an_article_acts_on_the_terminal() {
    let home = tempfile::tempdir().unwrap();
    let hostile = [
        "\x1b]0;OWNED\x07",
        "\x1b]52;c;T1dORUQ=\x07",
        "\x1b[?7301h",
        "\x1b[8;73;117t",
        "\x1bc",
        "\u{9b}?7304h",
        "\u{202e}",
        "\u{2066}",
        "\u{200b}",
        "\x07",
        "\x1bP$qOWNED\x1b\\",
    ];
    let lines: Vec<String> = hostile.iter().enumerate().map(|(n, bad)| format!("L{n}a{bad}L{n}z")).collect();
    let screen = open(home.path(), &format!("Ferry stays. {}\n", lines.join(" ")), &[]);
    screen.wait_for("L0a");
    screen.wait_for(&format!("L{}z", lines.len() - 1));
    let bytes = screen.bytes();
    let sent = String::from_utf8_lossy(&bytes);
    for bad in hostile {
        // A bell alone ends no sequence of ours, so none may be there at all.
        assert!(!sent.contains(bad), "{bad:?} reached the terminal");
    }
    assert!(!sent.contains("\x1b]0;"), "no title is set from an article");
}

#[test]
fn a_paste_is_no_command() {
    let home = tempfile::tempdir().unwrap();
    let mut screen = opened(home.path());
    screen.send("\x1b[200~qqq:q\rq\x1b[201~");
    // It is still there to be left by a key.
    screen.resize(30, 90);
    screen.wait_for("We have listened");
    screen.send("q");
    assert_eq!(screen.exit_code(), 0);
}

#[test]
fn what_cannot_be_opened_is_said_in_one_line_before_the_screen() {
    let home = tempfile::tempdir().unwrap();
    let path = |name: &str| home.path().join(name);
    fs::write(path("empty.txt"), "").unwrap();
    fs::write(path("binary.txt"), [0, 1, 2, 0xff, 0, 3, 0, 0x80].repeat(64)).unwrap();
    fs::create_dir(path("folder")).unwrap();
    for (name, reason) in [
        ("missing.txt", "No such file"),
        ("empty.txt", "empty"),
        ("binary.txt", "not text"),
        ("folder", "no article in this folder"),
    ] {
        let mut screen =
            Screen::start(&Start { arguments: &[name], home: home.path(), size: (24, 80), environment: &[] });
        assert_eq!(screen.exit_code(), 1, "{name}");
        let said = String::from_utf8(screen.bytes()).unwrap();
        assert!(said.starts_with(&format!("whosaid: {name}: ")) && said.contains(reason), "{said:?}");
        assert!(said.trim_end().lines().count() == 1 && !said.contains('\x1b'), "{said:?}");
    }
    let mut screen = Screen::start(&Start {
        arguments: &["empty.txt"],
        home: home.path(),
        size: (24, 80),
        environment: &[("TERM", "dumb")],
    });
    assert_eq!(screen.exit_code(), 2);
    assert!(String::from_utf8(screen.bytes()).unwrap().contains("whosaid extract"));
}

#[test]
fn a_broken_keymap_is_named_and_a_bad_key_costs_that_key_alone() {
    let home = tempfile::tempdir().unwrap();
    let config = home.path().join("config");
    fs::create_dir(&config).unwrap();
    let keymap = config.join("keymap.toml");
    fs::write(&keymap, "[global]\nquit = \"Q\"\nacept = \"b\"\n").unwrap();
    let mut screen = open(home.path(), ARTICLE, &[]);
    screen.wait_for("We have listened");
    screen.send("Q");
    assert_eq!(screen.exit_code(), 0, "the good key works");
    let said = String::from_utf8(screen.bytes()).unwrap();
    let line = format!("whosaid: {}:3:1: there is no action \"acept\"; did you mean \"accept\"?", keymap.display());
    assert!(said.starts_with(&line), "{said:?}");
    let broken = "[global\nquit = \"Q\"\n";
    fs::write(&keymap, broken).unwrap();
    let mut screen = open(home.path(), ARTICLE, &[]);
    assert_eq!(screen.exit_code(), 1);
    let said = String::from_utf8(screen.bytes()).unwrap();
    assert!(said.starts_with(&format!("whosaid: {}:1:", keymap.display())) && !said.contains('\x1b'), "{said:?}");
    assert_eq!(fs::read_to_string(&keymap).unwrap(), broken, "it is left as it is");
}
