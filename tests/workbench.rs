//! The codebook, marks and search across the articles of a folder, with a real store.

use crate::screen::{Screen, Start};
use std::fs;
use std::path::Path;

const FIRST: &str = "Harbour council keeps the night ferry\n\n\
    PORT ELLERY, 12 March 2024 - The harbour council voted on Tuesday to keep the boat.\n\n\
    \"We have listened, and we have understood,\" said council leader Maren Holt after the meeting.\n";

const SECOND: &str = "Union wants more crews\n\n\
    PORT ELLERY, 14 March 2024 - The union met on Thursday.\n\n\
    \"On Friday we will sit down with the council,\" secretary Tomas Reyle told reporters. The lighthouse stays dark.\n";

fn open(home: &Path) -> Screen {
    let folder = home.join("articles");
    if !folder.exists() {
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("a.txt"), FIRST).unwrap();
        fs::write(folder.join("b.txt"), SECOND).unwrap();
    }
    let screen = Screen::start(&Start { arguments: &["articles"], home, size: (32, 110), environment: &[] });
    screen.wait("an article", |text| text.contains("quote 1/") && text.contains("/2 "));
    screen
}

/// The texts of the notes, in the order of their files.
fn notes(home: &Path) -> Vec<String> {
    let coder = fs::read_dir(home.join("store")).unwrap().map(|entry| entry.unwrap().path()).find(|path| path.is_dir());
    let files = fs::read_dir(coder.unwrap()).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files.filter(|path| path.extension().is_some_and(|ending| ending == "toml")).collect();
    files.sort();
    files.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

#[test]
fn a_tag_renamed_in_the_codebook_is_renamed_in_all_articles_and_back_after_a_restart() {
    let home = tempfile::tempdir().unwrap();
    let mut screen = open(home.path());
    for article in ["article 1/2", "article 2/2"] {
        screen.wait("the article", |text| text.contains(article) && text.contains("quote 1/"));
        screen.send("t");
        screen.wait_for("Which tag?");
        screen.send("harbour");
        screen.wait_for("> harbour");
        screen.send("\r");
        screen.wait("the tag", |text| text.contains("#harbour") && text.contains("saved"));
        screen.send("]");
    }
    screen.send("B");
    screen.wait("the codebook with its counts", |text| text.contains("Codebook") && text.contains("1      2"));
    screen.send("r");
    screen.wait_for("Rename harbour");
    screen.send("\x15port");
    screen.wait_for("> port");
    screen.send("\r");
    screen.wait_for("1 other file of notes followed");
    screen.send("\x1b");
    screen.wait("the window closed", |text| !text.contains("Codebook"));
    screen.send("\"m");
    screen.wait_for("marked m");
    screen.send("q");
    assert_eq!((screen.exit_code(), screen.left_on()), (0, vec![]));
    for text in notes(home.path()) {
        assert!(text.contains("tags = [\"port\"]") && text.contains("renamed the tag harbour to port"), "{text}");
    }
    let book = fs::read_to_string(home.path().join("store/codebook.toml")).unwrap();
    assert!(book.contains("name = \"port\""), "{book}");

    let mut screen = open(home.path());
    // It opens where it was left.
    screen.wait("the last article", |text| text.contains("#port") && text.contains("article 2/2"));
    screen.send("[");
    screen.wait_for("article 1/2");
    screen.send("'m");
    screen.wait("the marked place", |text| text.contains("article 2/2") && text.contains("quote 1/"));
    screen.send("u");
    screen.wait_for("1 other file of notes followed");
    screen.send("q");
    assert_eq!(screen.exit_code(), 0);
    for text in notes(home.path()) {
        assert!(text.contains("tags = [\"harbour\"]"), "{text}");
    }
}

#[test]
fn what_is_searched_for_in_all_articles_is_listed_and_gone_to() {
    let home = tempfile::tempdir().unwrap();
    let mut screen = open(home.path());
    screen.send("g/");
    screen.wait_for("Search all articles");
    screen.send("LIGHT");
    screen.wait_for("> LIGHT");
    screen.send("\r");
    screen.wait_for("nothing was found");
    screen.send("qg/");
    screen.wait_for("Search all articles");
    screen.send("light");
    screen.wait_for("> light");
    screen.send("\r");
    screen.wait("the place", |text| text.contains("light (words): 1") && text.contains("house stays dark"));
    screen.send("\r");
    screen.wait("the article", |text| text.contains("article 2/2") && text.contains("quote 1/"));
    screen.send("<");
    screen.wait("the way back", |text| text.contains("article 1/2"));
    screen.send("q");
    assert_eq!(screen.exit_code(), 0);
}
