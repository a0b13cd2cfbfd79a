//! Several coders at the command line: tag, agree, the codebook, and git with our merge driver.

use assert_cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

const TEXT: &str =
    "“We cannot wait,” said Maria Lopez on Monday. “Not now,” she added. Ben Hart said: “Never again.”\n";

fn whosaid(dir: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("whosaid"));
    command.current_dir(dir).args(arguments).output().expect("it runs")
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Where these words stand, as `--quote` wants it.
fn at(words: &str) -> String {
    let byte = TEXT.find(words).expect("they are in the text");
    let start = TEXT[..byte].chars().count();
    format!("{start}:{}", start + words.chars().count())
}

fn project() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    fs::write(dir.path().join("a.txt"), TEXT).expect("written");
    dir
}

fn tag(dir: &Path, store: &str, coder: &str, words: &str, tag: &str, speaker: &str) {
    let quote = at(words);
    let arguments =
        ["tag", "a.txt", "--store", store, "--coder", coder, "--quote", &quote, "--tag", tag, "--speaker", speaker];
    let output = whosaid(dir, &arguments);
    assert!(output.status.success(), "{}", err(&output));
}

fn only_file(folder: &Path) -> PathBuf {
    let files = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|e| e == "toml")).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    files.remove(0)
}

#[test]
fn two_coders_are_measured() {
    let dir = project();
    let dir = dir.path();
    tag(dir, ".whosaid", "ana", "“We cannot wait,”", "policy", "Maria Lopez");
    let output = whosaid(dir, &["agree", "."]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(err(&output), "whosaid: .: notes of one coder only (ana); agreement needs two\n");
    tag(dir, ".whosaid", "ana", "“Never again.”", "travel", "Ben Hart");
    tag(dir, ".whosaid", "ben", "We cannot wait,” said", "policy", "maria lopez");
    tag(dir, ".whosaid", "ben", "“Never again.”", "policy", "Maria Lopez");
    tag(dir, ".whosaid", "ben", "“Not now,”", "policy", "Maria Lopez");
    let output = whosaid(dir, &["agree", ".", "--tolerance", "1", "--json"]);
    assert!(output.status.success(), "{}", err(&output));
    let json: serde_json::Value = serde_json::from_str(&out(&output)).expect("JSON");
    assert_eq!(json["coders"], serde_json::json!(["ana", "ben"]));
    let pair = &json["overall"]["pairs"][0];
    assert_eq!(pair["marked"], serde_json::json!([2, 3]));
    assert_eq!((pair["exact"]["both"].as_u64(), pair["near"]["both"].as_u64()), (Some(1), Some(2)));
    assert_eq!(pair["near"]["f1"]["value"].as_f64(), Some(0.8));
    assert_eq!(pair["speakers"]["same"]["value"].as_f64(), Some(0.5));
    assert_eq!(pair["tags"]["kappa"]["value"].as_f64(), Some(0.0));
    assert!(pair["decisions"]["kappa"]["reason"].as_str().is_some_and(|reason| reason.contains("a quotation")));
    assert_eq!(json["documents"][0]["length"].as_u64(), Some(TEXT.chars().count() as u64));
    assert!(json["overall"]["unitised_alpha"]["quotations_1995"]["value"].as_f64().is_some_and(|a| a < 1.0));
    let strict = whosaid(dir, &["agree", ".whosaid", "--tolerance", "0", "--json"]);
    let strict: serde_json::Value = serde_json::from_str(&out(&strict)).expect("JSON");
    assert_eq!(strict["overall"]["pairs"][0]["near"]["both"].as_u64(), Some(1));
    let table = out(&whosaid(dir, &["agree", "."]));
    for words in ["a ", "ana / ben", "2 / 3", "0.80", "0.50", "everybody said the same", "unitised alpha (2016)"] {
        assert!(table.contains(words), "{words} is not in\n{table}");
    }
    assert!(!table.contains("NaN"), "{table}");
}

#[test]
fn bad_stores_are_one_clear_line() {
    let dir = project();
    let dir = dir.path();
    let output = whosaid(dir, &["agree", "nowhere"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(err(&output).lines().count(), 1);
    fs::create_dir(dir.join("empty")).expect("made");
    let output = whosaid(dir, &["agree", "empty"]);
    assert_eq!(err(&output), "whosaid: empty: there are no notes in this store\n");
    assert_eq!(whosaid(dir, &["agree"]).status.code(), Some(2));
    // A broken file is named, the others are measured.
    tag(dir, "s", "ana", "“Never again.”", "x", "Ben");
    tag(dir, "s", "ben", "“Never again.”", "x", "Ben");
    tag(dir, "s", "cal", "“Never again.”", "x", "Ben");
    fs::write(only_file(&dir.join("s/cal")), "version = 1\n").expect("written");
    let output = whosaid(dir, &["agree", "s"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("cal") && out(&output).contains("ana / ben"), "{}", err(&output));
}

#[test]
fn a_codebook_is_changed_with_its_notes() {
    let dir = project();
    let dir = dir.path();
    for coder in ["ana", "ben"] {
        tag(dir, "s", coder, "“Never again.”", "policy", "Ben Hart");
    }
    let run = |arguments: &[&str]| {
        let output = whosaid(dir, &[&["codebook", "book.toml"], arguments].concat());
        assert!(output.status.success(), "{arguments:?}: {}", err(&output));
        output
    };
    run(&["--add", "policy", "--add", "economy"]);
    run(&["--rename", "policy", "politics", "--move", "economy", "politics", "--store", "s"]);
    for coder in ["ana", "ben"] {
        let text = fs::read_to_string(only_file(&dir.join("s").join(coder))).expect("read");
        assert!(
            text.contains("renamed the tag policy to politics") && text.contains("tags = [\"politics\"]"),
            "{text}"
        );
    }
    assert!(whosaid(dir, &["check", "--store", "s"]).status.success());
    assert_eq!(out(&run(&["--store", "s"])), "politics  2\n  economy  0\n");
    run(&["--export", "book.csv"]);
    run(&["--export", "book.qdc"]);
    for from in ["book.csv", "book.qdc"] {
        let output = whosaid(dir, &["codebook", "new.toml", "--import", from]);
        assert!(output.status.success(), "{}", err(&output));
        assert_eq!(out(&whosaid(dir, &["codebook", "new.toml"])), "politics\n  economy\n");
        fs::remove_file(dir.join("new.toml")).expect("removed");
    }
    let before = fs::read_to_string(dir.join("book.toml")).expect("read");
    let output = whosaid(dir, &["codebook", "book.toml", "--add", "new", "--move", "politics", "economy"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(err(&output), "whosaid: book.toml: “politics” cannot stand under “economy”, which stands under it\n");
    assert_eq!(fs::read_to_string(dir.join("book.toml")).expect("read"), before);
    fs::write(dir.join("bad.toml"), "[[tag]]\nname = \"a\"\n[[tag]]\nname = \"a\"\n").expect("written");
    let output = whosaid(dir, &["codebook", "bad.toml"]);
    assert_eq!((output.status.code(), out(&output)), (Some(1), "a\n".to_owned()));
    assert!(err(&output).starts_with("whosaid: bad.toml:4:8: "), "{}", err(&output));
}

/// Runs git; `None` where there is none on this machine.
fn git(dir: &Path, arguments: &[&str]) -> Option<Output> {
    let mut command = std::process::Command::new("git");
    command.current_dir(dir).args([
        "-c",
        "user.name=t",
        "-c",
        "user.email=t@example.org",
        "-c",
        "commit.gpgsign=false",
    ]);
    command.args(arguments).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").output().ok()
}

#[test]
fn git_merges_with_our_driver() {
    let dir = project();
    let dir = dir.path();
    let Some(output) = git(dir, &["init", "-q", "-b", "main"]) else {
        println!("skipped: there is no git here");
        return;
    };
    assert!(output.status.success(), "{}", err(&output));
    let ok = |arguments: &[&str]| {
        let output = git(dir, arguments).expect("git is there");
        assert!(output.status.success(), "{arguments:?}: {}{}", out(&output), err(&output));
    };
    let driver = format!("'{}' merge-file %O %A %B %P", assert_cmd::cargo::cargo_bin!("whosaid").display());
    ok(&["config", "merge.whosaid.driver", &driver]);
    fs::write(dir.join(".gitattributes"), ".whosaid/*/*.toml merge=whosaid\n").expect("written");
    let commit = |message: &str| {
        ok(&["add", "-A"]);
        ok(&["commit", "-q", "-m", message]);
    };
    tag(dir, ".whosaid", "ana", "“We cannot wait,”", "policy", "Maria Lopez");
    commit("base");
    ok(&["checkout", "-q", "-b", "other"]);
    tag(dir, ".whosaid", "ana", "“Not now,”", "b", "Maria Lopez");
    tag(dir, ".whosaid", "ana", "“We cannot wait,”", "theirs", "Maria Lopez");
    commit("other");
    ok(&["checkout", "-q", "main"]);
    tag(dir, ".whosaid", "ana", "“Not now,”", "a", "Maria Lopez");
    tag(dir, ".whosaid", "ana", "“Never again.”", "c", "Ben Hart");
    commit("main");
    ok(&["merge", "-q", "-m", "both", "other"]);
    let file = only_file(&dir.join(".whosaid/ana"));
    let text = fs::read_to_string(&file).expect("read");
    for words in ["tags = [\"policy\", \"theirs\"]", "tags = [\"a\", \"b\"]", "Ben Hart", "quotes = 3"] {
        assert!(text.contains(words), "{words} is not in\n{text}");
    }
    assert!(whosaid(dir, &["check", "--store", ".whosaid"]).status.success());
    // Two speakers for one quotation: git stops, and both names are in the file.
    ok(&["checkout", "-q", "-b", "third"]);
    tag(dir, ".whosaid", "ana", "“Never again.”", "c", "Benjamin Hart");
    commit("third");
    ok(&["checkout", "-q", "main"]);
    tag(dir, ".whosaid", "ana", "“Never again.”", "c", "B. Hart");
    commit("main again");
    let output = git(dir, &["merge", "-q", "-m", "more", "third"]).expect("git is there");
    assert_eq!(output.status.code(), Some(1), "{}{}", out(&output), err(&output));
    assert!(err(&output).contains("the speaker Benjamin Hart"), "{}", err(&output));
    let text = fs::read_to_string(&file).expect("read");
    assert!(text.contains("speaker = \"B. Hart\"") && text.contains("the speaker Benjamin Hart"), "{text}");
    assert!(whosaid(dir, &["check", "--store", ".whosaid"]).status.success());
}

#[test]
fn a_merge_of_what_is_no_store_file_leaves_ours_alone() {
    let dir = project();
    let dir = dir.path();
    tag(dir, "s", "ana", "“Never again.”", "x", "Ben");
    let file = only_file(&dir.join("s/ana"));
    let before = fs::read_to_string(&file).expect("read");
    fs::write(dir.join("bad.toml"), "version = 1\nquote = 7\n").expect("written");
    fs::write(dir.join("base.toml"), "").expect("written");
    let output = whosaid(dir, &["merge-file", "base.toml", file.to_str().expect("plain"), "bad.toml"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).starts_with("whosaid: bad.toml:2:9: "), "{}", err(&output));
    assert_eq!(fs::read_to_string(&file).expect("read"), before);
}
