//! What people come to do, each task with its keys, done in a terminal and looked up in the notes on disk.

use crate::screen::{Screen, Start};
use serde::Deserialize;
use std::fmt::Write as _;
use std::fs;
use std::panic::catch_unwind;
use std::path::Path;
use whosaid::config::Code;
use whosaid::config::key::parse_sequence;

/// Keys that one of the commonest tasks may take.
const FEW: usize = 3;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tasks {
    task: Vec<Task>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Task {
    what: String,
    keys: String,
    #[serde(default)]
    common: bool,
    #[serde(default)]
    screen: Vec<String>,
    #[serde(default)]
    lacks: Vec<String>,
    #[serde(default)]
    store: Vec<String>,
    /// How often each of `store` stands there.
    times: Option<usize>,
    /// The key that leaves the window that is open then.
    leave: Option<String>,
    /// Keys that another coder, ana, presses in the same article before.
    ana: Option<String>,
}

/// A key, or text that is typed.
#[derive(Debug, PartialEq)]
enum Press<'a> {
    Key(&'a str),
    Text(&'a str),
}

fn tasks() -> Vec<Task> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tasks/tasks.toml");
    toml::from_str::<Tasks>(&fs::read_to_string(path).expect("the tasks are there")).expect("they can be read").task
}

/// Splits `a 'some text' <enter>`.
fn presses(keys: &str) -> Vec<Press<'_>> {
    let mut out = Vec::new();
    let mut rest = keys.trim_start();
    while !rest.is_empty() {
        let (press, after) = match rest.strip_prefix('\'').and_then(|text| text.split_once('\'')) {
            Some((text, after)) if !text.is_empty() => (Press::Text(text), after),
            _ => {
                let end = rest.find(' ').unwrap_or(rest.len());
                (Press::Key(&rest[..end]), &rest[end..])
            }
        };
        out.push(press);
        rest = after.trim_start();
    }
    out
}

/// Returns what a terminal sends for a key.
fn sent(key: &str) -> String {
    let parsed = parse_sequence(key).unwrap_or_else(|error| panic!("{key}: {error:?}"));
    parsed.iter().fold(String::new(), |mut out, key| {
        match key.code {
            Code::Char(c) if key.ctrl => out.push(char::from(c as u8 & 0x1f)),
            Code::Char(c) => out.push(c),
            Code::Enter => out.push('\r'),
            Code::Tab => out.push('\t'),
            Code::Escape => out.push('\x1b'),
            Code::Delete => out.push_str("\x1b[3~"),
            code => panic!("no task should need {code:?}"),
        }
        out
    })
}

/// Returns all notes of the store, one after another.
fn notes(folder: &Path) -> String {
    let mut out = String::new();
    let Ok(entries) = fs::read_dir(folder) else { return out };
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            out += &notes(&path);
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            let _ = writeln!(out, "{}", fs::read_to_string(&path).expect("notes are text"));
        }
    }
    out
}

fn send(screen: &mut Screen, keys: &str) {
    for press in presses(keys) {
        match press {
            Press::Key(key) => screen.send(&sent(key)),
            Press::Text(text) => screen.send(text),
        }
    }
}

fn run(task: &Task) {
    let home = tempfile::tempdir().expect("a folder");
    let articles = home.path().join("articles");
    fs::create_dir(&articles).expect("a folder");
    fs::write(articles.join("article.txt"), include_str!("article.txt")).expect("a file");
    fs::write(articles.join("other.txt"), include_str!("other.txt")).expect("a file");
    let open = |arguments: &[&str]| {
        let screen = Screen::start(&Start { arguments, home: home.path(), size: (32, 110), environment: &[] });
        screen.wait("the first quotation", |text| text.contains("quote 1/") && text.contains("article 1/2"));
        screen
    };
    if let Some(keys) = &task.ana {
        let mut screen = open(&["--coder", "ana", "articles"]);
        send(&mut screen, keys);
        screen.send("q");
        assert_eq!(screen.exit_code(), 0, "{}", task.what);
    }
    let mut screen = open(&["articles"]);
    send(&mut screen, &task.keys);
    let shown = screen.wait(&format!("the end of “{}”", task.what), |text| {
        // What is saved shows that the last key was taken too.
        task.screen.iter().all(|part| text.contains(part.as_str()))
            && !task.lacks.iter().any(|part| text.contains(part.as_str()))
            && (task.leave.is_some()
                || text.lines().next().is_some_and(|header| header.contains("saved") && !header.contains("unsaved")))
    });
    if let Some(key) = &task.leave {
        screen.send(&sent(key));
        let window = task.screen.last().expect("a window shows something");
        screen.wait("the window gone", |text| !text.contains(window.as_str()));
    }
    screen.send("q");
    assert_eq!(screen.exit_code(), 0, "{}:\n{shown}", task.what);
    let notes = notes(&home.path().join("store"));
    // The history in the file says everything once more.
    let now: Vec<&str> = notes.split("\n[[").filter(|table| !table.starts_with("edit]]")).collect();
    let now = now.join("\n[[");
    for part in &task.store {
        let times = now.matches(part.as_str()).count();
        let right = task.times.map_or(times > 0, |wanted| wanted == times);
        assert!(right, "{}: {part} stands {times} times in\n{notes}", task.what);
    }
}

#[test]
fn every_task_is_done_by_its_keys() {
    // Every task that fails is told, not the first alone.
    let failed: Vec<String> =
        tasks().into_iter().filter(|task| catch_unwind(|| run(task)).is_err()).map(|task| task.what).collect();
    assert!(failed.is_empty(), "failed: {failed:#?}");
}

#[test]
fn the_commonest_take_few_keys_and_none_needs_the_mouse() {
    let tasks = tasks();
    assert!(tasks.len() >= 40, "there are {} tasks", tasks.len());
    let common: Vec<&Task> = tasks.iter().filter(|task| task.common).collect();
    assert!(common.len() >= 15, "{} of them are common", common.len());
    for task in common {
        let keys = presses(&task.keys).iter().filter(|press| matches!(press, Press::Key(_))).count();
        assert!(keys <= FEW, "{} takes {keys} keys", task.what);
    }
    for task in &tasks {
        assert!(
            !task.screen.is_empty() || !task.lacks.is_empty() || !task.store.is_empty(),
            "{} is not looked at",
            task.what
        );
    }
}
