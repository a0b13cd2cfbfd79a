//! The commands without a screen, as a script sees them.

use assert_cmd::Command;
use std::path::Path;
use whosaid::export::Format;

fn whosaid(dir: &Path) -> Command {
    let mut command = Command::cargo_bin("whosaid").expect("the program is built");
    command.current_dir(dir).env("WHOSAID_STORE", dir.join("store")).env("USER", "me");
    command
}

fn run(command: &mut Command) -> (i32, String, String) {
    let output = command.output().expect("it starts");
    let text = |bytes| String::from_utf8(bytes).expect("it writes UTF-8");
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("there is a folder for temporary files")
}

fn write(dir: &Path, name: &str, bytes: &[u8]) {
    std::fs::write(dir.join(name), bytes).expect("the test folder can be written");
}

const TEXT: &str = "“We will not reopen it before spring,” said Anna Lind 🙂. =1+1\n";

#[test]
fn a_tag_is_exported_in_every_format() {
    let dir = folder();
    write(dir.path(), "a.txt", TEXT.as_bytes());
    let tag = ["tag", "a.txt", "--quote", "0:38", "--speaker", "=Anna Lind", "--tag", "ban", "--note", "-x"];
    assert_eq!(run(whosaid(dir.path()).args(tag)), (0, String::new(), String::new()));
    let (code, out, _) = run(whosaid(dir.path()).args(["check"]));
    assert_eq!((code, out.split(' ').next()), (0, Some("1")));
    // In columns every word stands on a line of its own, and a project is a zip; tests/exports.rs reads those.
    for format in Format::ALL.map(Format::name).into_iter().filter(|name| !["conll", "qdpx"].contains(name)) {
        let (code, out, _) =
            run(whosaid(dir.path()).args(["export", "a.txt", "--only", "decided", "--format", format]));
        assert_eq!(code, 0);
        assert!(out.contains("We will not reopen it before spring,") && out.contains("Anna Lind"), "{format}: {out}");
        let file = dir.path().join(format!("{format}.out"));
        let (code, shown, _) = run(whosaid(dir.path())
            .args(["export", "a.txt", "--only", "decided", "--format", format, "--out"])
            .arg(&file));
        assert_eq!((code, shown), (0, String::new()));
        assert_eq!(std::fs::read_to_string(&file).expect("it was written"), out);
    }
    let (_, out, said) = run(whosaid(dir.path()).args(["export", "a.txt", "--format", "csv"]));
    assert!(out.contains(",'=Anna Lind,") && out.contains(",'-x,"), "{out}");
    assert!(said.contains("2 cells begin with an apostrophe"), "{said}");
    let (_, out, _) = run(whosaid(dir.path()).args(["export", "a.txt", "--format", "jsonl"]));
    let record: serde_json::Value = serde_json::from_str(&out).expect("it is JSON");
    let quote =
        &record["quotes"].as_array().expect("a list").iter().find(|q| q["tags"][0] == "ban").expect("it is there");
    assert_eq!((&quote["start"], &quote["end"]), (&0.into(), &38.into()));
    assert_eq!(quote["text"], TEXT[..TEXT.find(" said").unwrap_or(0)]);
}

#[test]
fn what_is_wrong_is_said_in_one_line() {
    let dir = folder();
    write(dir.path(), "good.txt", TEXT.as_bytes());
    write(dir.path(), "binary.txt", b"\x7fELF\0\0\0");
    write(dir.path(), "empty.txt", b"");
    write(dir.path(), "page.html", b"<title>a</title>");
    write(dir.path(), "west.txt", b"Jos\xe9 a dit : \xab Non \xbb, et puis c'est tout ; voil\xe0.");
    write(dir.path(), "bad.jsonl", b"{\"text\": \"a\", \"id\": 1}\n{bad\n");
    std::fs::create_dir(dir.path().join("none")).expect("the test folder can be written");
    for (name, code, says) in [
        ("gone.txt", 1, "No such file"),
        ("binary.txt", 1, "not text"),
        ("empty.txt", 0, "empty"),
        ("page.html", 0, "it is empty"),
        ("west.txt", 0, "windows-1252"),
        ("bad.jsonl", 0, "line 2"),
        ("none", 0, "no article"),
        ("\u{1b}[2Jx.txt", 1, "^[[2Jx.txt: "),
    ] {
        for command in ["extract", "clean"] {
            let (was, out, said) = run(whosaid(dir.path()).args([command, name, "good.txt"]));
            assert_eq!(was, code, "{command} {name}: {said}");
            assert!(said.starts_with("whosaid: ") && said.contains(says) && said.lines().count() == 1, "{said}");
            assert!(command == "clean" || out.lines().last().is_some_and(|line| line.contains("\"good\"")), "{out}");
        }
    }
    for wrong in [&["extract"][..], &["export", "a", "--format", "word"], &["no"]] {
        assert_eq!(run(whosaid(dir.path()).args(wrong)).0, 2);
    }
}

#[test]
fn a_tag_outside_the_text_is_refused() {
    let dir = folder();
    write(dir.path(), "a.txt", TEXT.as_bytes());
    let (code, _, said) = run(whosaid(dir.path()).args(["tag", "a.txt", "--quote", "0:9999"]));
    assert_eq!((code, said.contains("the text ends at 62")), (1, true), "{said}");
    assert_eq!(run(whosaid(dir.path()).args(["tag", "a.txt", "--quote", "9:3"])).0, 2);
    assert!(!dir.path().join("store").exists());
}

#[test]
fn folders_stdin_and_json_lines_are_read_in_order() {
    let dir = folder();
    std::fs::create_dir_all(dir.path().join("f/sub")).expect("the test folder can be written");
    write(dir.path(), "f/b.txt", b"b");
    write(dir.path(), "f/a.md", b"a");
    write(dir.path(), "f/.hidden.txt", b"x");
    write(
        dir.path(),
        "f/sub/c.jsonl",
        b"{\"id\":\"c1\",\"text\":\"\xc3\xa9\",\"date\":\"2017-06-06\"}\n\n{\"text\":\"x\"}\n",
    );
    write(dir.path(), "f/sub/d.csv", b"id;text\nd1;\"x;y\"\n");
    #[cfg(unix)]
    std::os::unix::fs::symlink("..", dir.path().join("f/sub/loop")).expect("the test folder can be written");
    let (code, out, said) = run(whosaid(dir.path()).args(["extract", "f", "-"]).write_stdin("from stdin"));
    let ids: Vec<String> = out
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).expect("JSON")["id"].as_str().unwrap_or("").to_owned()
        })
        .collect();
    assert_eq!((code, said.as_str()), (0, ""));
    assert_eq!(ids, ["a", "b", "c1", "line-3", "d1", "stdin"]);
}

#[test]
fn a_store_is_found_upward() {
    let dir = folder();
    std::fs::create_dir_all(dir.path().join(".whosaid")).expect("the test folder can be written");
    std::fs::create_dir_all(dir.path().join("x/y")).expect("the test folder can be written");
    write(dir.path(), "x/y/a.txt", TEXT.as_bytes());
    let (code, _, said) = run(whosaid(dir.path()).env_remove("WHOSAID_STORE").args([
        "tag",
        "x/y/a.txt",
        "--quote",
        "0:4",
        "--coder",
        "Eva",
    ]));
    assert_eq!(code, 0, "{said}");
    let coders: Vec<_> = std::fs::read_dir(dir.path().join(".whosaid")).expect("it is there").collect();
    assert_eq!(coders.len(), 1);
}
