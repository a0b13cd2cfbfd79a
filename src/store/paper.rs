//! One store file as a document that can be changed in place: what a person wrote into it stays as it is.

use super::decode::{self, Bad};
use super::encode::{self, Fields};
use crate::annotation::{Annotations, Change, Edit, History, NoteId, QuoteNote, SpeakerNote, Status};
use std::collections::BTreeMap;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table};

/// The version of the format that this program writes.
///
/// A file keeps the version it has until it holds what an older program would lose: passages and fillers came with 2.
pub const VERSION: i64 = 2;

/// The first version.
const FIRST: i64 = 1;

const HEAD: &str = "\
# Notes of one reader on one article, kept by whosaid. You can read and change this file while whosaid is closed;
# when you add or remove notes, set the counts under [end], which tell a whole file from one that was cut short.
";

/// Where and what an article is, as its notes remember it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// Its name.
    pub id: String,
    /// Its file: relative to the folder that holds the store where it is below that, else absolute.
    pub path: Option<String>,
    /// The SHA-256 of its raw text, in hex.
    pub sha256: String,
}

/// What a file holds.
#[derive(Debug, Clone, Default)]
pub struct Content {
    /// The notes.
    pub notes: Annotations,
    /// Their history.
    pub history: History,
    /// How many edits were left out of the history, because the notes no longer follow from them.
    pub lost: usize,
    /// The article.
    pub about: About,
    /// Whose notes they are.
    pub coder: Option<String>,
}

/// Why a file's text is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// Written by a newer program.
    Newer(i64),
    /// Something is wrong at a place.
    Bad(Bad),
}

impl From<Bad> for Refused {
    fn from(bad: Bad) -> Self {
        Self::Bad(bad)
    }
}

/// A document and the notes that stand in it.
#[derive(Debug, Clone)]
pub struct Paper {
    document: DocumentMut,
    notes: Annotations,
    history: History,
}

impl Paper {
    /// Makes an empty document.
    pub fn new(about: &About, coder: &str) -> Self {
        let mut document = DocumentMut::new();
        document.insert("version", toml_edit::value(FIRST));
        document.insert("coder", toml_edit::value(coder));
        document.insert("article", Item::Table(Table::new()));
        document.insert("quote", Item::ArrayOfTables(ArrayOfTables::new()));
        document.insert("speaker", Item::ArrayOfTables(ArrayOfTables::new()));
        document.insert("edit", Item::ArrayOfTables(ArrayOfTables::new()));
        document.insert("end", Item::Table(Table::new()));
        if let Some(mut key) = document.key_mut("version") {
            key.leaf_decor_mut().set_prefix(HEAD);
        }
        let mut paper = Self { document, notes: Annotations::default(), history: History::default() };
        paper.describe(about);
        paper
    }

    /// Reads a document. Whole means: the version is known, every note can be read, and the counts at its end are right.
    pub fn read(text: &str) -> Result<(Self, Content), Refused> {
        if let Some(at) = memchr::memchr(0, text.as_bytes()) {
            return Err(Bad::new(Some(at..at + 1), "a NUL byte: the file is damaged").into());
        }
        if text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
            return Err(Bad::new(Some(0..0), "the file is empty: version is missing").into());
        }
        let parsed = toml_edit::Document::parse(text).map_err(|error| syntax(text, &error))?;
        let root = parsed.as_table();
        version(root)?;
        let notes = decode::notes(root)?;
        let (history, lost) = decode::history(root, &notes)?;
        counted(text, root, &notes)?;
        let coder = decode::Reader { table: root, at: None }.string("coder")?;
        let content = Content { notes: notes.clone(), history: history.clone(), lost, about: about(root)?, coder };
        let mut paper = Self { document: parsed.into_mut(), notes, history };
        if lost > 0 {
            // What could not be followed is written anew from what could.
            paper.array("edit").clear();
            paper.history = History::default();
        }
        Ok((paper, content))
    }

    /// Puts down where and what the article is now.
    pub fn describe(&mut self, about: &About) {
        let mut fields: Fields = vec![("id", about.id.as_str().into())];
        fields.extend(about.path.as_deref().map(|path| ("path", path.into())));
        fields.push(("sha256", about.sha256.as_str().into()));
        let table = self.table("article");
        for (key, value) in fields {
            if table.get(key).and_then(Item::as_str) != value.as_str() {
                set(table, key, value);
            }
        }
    }

    /// Brings the document from the notes that stand in it to these. Only what differs is touched.
    pub fn update(&mut self, notes: &Annotations, history: &History) {
        let was = std::mem::take(&mut self.notes);
        self.sync("quote", &["article"], &was.quotes, &notes.quotes, encode::quote);
        self.sync("speaker", &["quote", "article"], &was.speakers, &notes.speakers, encode::speaker);
        let (from, to) = (encode::article(&was.article), encode::article(&notes.article));
        change(self.table("article"), &from, &to);
        self.sync("passage", &["speaker", "quote", "article"], &was.passages, &notes.passages, encode::passage);
        self.record(history);
        if let Some(version) = self.document.get_mut("version")
            && version.as_integer() == Some(FIRST)
            && needs_second(notes, history)
        {
            *version = toml_edit::value(VERSION);
        }
        self.notes = notes.clone();
        self.close();
    }

    /// Returns the text of the document.
    pub fn text(&self) -> String {
        self.document.to_string()
    }

    /// Returns the document's own keys.
    pub(super) fn root(&self) -> &Table {
        self.document.as_table()
    }

    /// Puts a key at the top of the document.
    pub(super) fn put_root(&mut self, key: &str, item: Item) {
        self.document.insert(key, item);
    }

    /// Returns the table of the article.
    pub(super) fn article_table(&mut self) -> &mut Table {
        self.table("article")
    }

    /// Returns the table of one note.
    pub(super) fn note_table(&mut self, key: &str, id: NoteId) -> Option<&mut Table> {
        let of = |table: &Table| table.get("id").and_then(Item::as_str).and_then(|id| id.parse::<NoteId>().ok());
        self.array(key).iter_mut().find(|table| of(table) == Some(id))
    }

    fn sync<T: PartialEq>(
        &mut self,
        key: &str,
        behind: &[&str],
        was: &BTreeMap<NoteId, T>,
        is: &BTreeMap<NoteId, T>,
        fields: impl Fn(&T) -> Fields,
    ) {
        if was == is {
            return;
        }
        let before = behind.iter().find_map(|key| last_position(self.document.get(key)?));
        let array = self.array(key);
        let id = |table: &Table| table.get("id").and_then(Item::as_str).and_then(|id| id.parse::<NoteId>().ok());
        array.retain(|table| id(table).is_none_or(|id| is.contains_key(&id)));
        for table in array.iter_mut() {
            if let Some(id) = id(table)
                && let (Some(was), Some(is)) = (was.get(&id), is.get(&id))
                && was != is
            {
                change(table, &fields(was), &fields(is));
            }
        }
        for (new, note) in is.iter().filter(|(id, _)| !was.contains_key(id)) {
            // In order of their ids, so that taking a removal back leads to the same file.
            let smaller = |n: &usize| array.get(*n).and_then(id).is_none_or(|id| id < *new);
            let at = (0..array.len()).rev().find(smaller).map_or(0, |at| at + 1);
            let mut table: Table =
                fields(note).into_iter().map(|(key, value)| (key, toml_edit::value(value))).collect();
            let position = at.checked_sub(1).and_then(|n| array.get(n)).and_then(deepest).or(before);
            table.set_position(position);
            array.insert(at, table);
        }
    }

    /// Writes the history: the edits that stand there already stay.
    fn record(&mut self, history: &History) {
        let old = std::mem::replace(&mut self.history, history.clone());
        if old == *history {
            return;
        }
        let same = old.done.iter().zip(&history.done).take_while(|(a, b)| a == b).count();
        let before =
            ["passage", "speaker", "quote", "article"].iter().find_map(|key| last_position(self.document.get(key)?));
        let array = self.array("edit");
        let kept = array.iter().take(same).filter_map(deepest).max().or(before);
        let mut at = 0;
        array.retain(|_| {
            at += 1;
            at <= same
        });
        let fresh = history.done[same..].iter().map(|edit| (edit, false));
        for (edit, undone) in fresh.chain(history.undone.iter().map(|edit| (edit, true))) {
            let mut table = edit_table(edit, undone);
            table.set_position(kept);
            array.push(table);
        }
    }

    /// Writes the counts at the end, behind everything else.
    fn close(&mut self) {
        let decided = self.notes.quotes.values().filter(|note| note.status != Status::Open).count();
        let mut fields: Fields = vec![
            ("quotes", encode::number(self.notes.quotes.len())),
            ("speakers", encode::number(self.notes.speakers.len())),
            ("passages", encode::number(self.notes.passages.len())),
            ("edits", encode::number(self.history.done.len() + self.history.undone.len())),
            ("decided", encode::number(decided)),
        ];
        fields.extend([("done", self.notes.article.done.into()), ("flagged", self.notes.article.flagged.into())]);
        let mut end = match self.document.remove("end") {
            Some(Item::Table(table)) => table,
            _ => Table::new(),
        };
        for (key, value) in fields {
            set(&mut end, key, value);
        }
        // The last to be visited and the last by position: it is written last.
        end.set_position(Some(isize::MAX));
        self.document.insert("end", Item::Table(end));
    }

    fn array(&mut self, key: &str) -> &mut ArrayOfTables {
        let item = self.document.entry(key).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
        if item.as_array_of_tables().is_none() {
            *item = Item::ArrayOfTables(ArrayOfTables::new());
        }
        item.as_array_of_tables_mut().expect("it was made just now")
    }

    fn table(&mut self, key: &str) -> &mut Table {
        let item = self.document.entry(key).or_insert_with(|| Item::Table(Table::new()));
        if item.as_table().is_none() {
            *item = Item::Table(Table::new());
        }
        item.as_table_mut().expect("it was made just now")
    }
}

/// Tells whether the notes, or the way to them, hold what a file of the first version cannot.
fn needs_second(notes: &Annotations, history: &History) -> bool {
    let quote = |note: &QuoteNote| note.addressee.is_some() || note.topic.is_some();
    let speaker = |note: &SpeakerNote| !note.taken.is_empty();
    let now = !notes.passages.is_empty() || notes.quotes.values().any(quote) || notes.speakers.values().any(speaker);
    now || history.done.iter().chain(&history.undone).flat_map(|edit| &edit.changes).any(|change| match change {
        Change::Quote { before, after } => before.iter().chain(after).any(|note| quote(note)),
        Change::Speaker { before, after } => before.iter().chain(after).any(|note| speaker(note)),
        Change::Passage { .. } => true,
        Change::Article { .. } => false,
    })
}

fn edit_table(edit: &Edit, undone: bool) -> Table {
    encode::edit(edit, undone).into_iter().map(|(key, value)| (key, toml_edit::value(value))).collect()
}

/// Changes the fields that differ; unknown keys, and how a person wrote the others, stay.
fn change(table: &mut Table, from: &Fields, to: &Fields) {
    let (fields, gone) = encode::difference(from, to);
    for key in gone {
        table.remove(key);
    }
    for (key, value) in fields {
        set(table, key, value);
    }
}

/// Sets one value and keeps the comment behind it.
fn set(table: &mut Table, key: &str, mut value: toml_edit::Value) {
    if let Some(old) = table.get(key).and_then(Item::as_value) {
        *value.decor_mut() = old.decor().clone();
    }
    table.insert(key, Item::Value(value));
}

/// The last place in the file that belongs to this item.
fn last_position(item: &Item) -> Option<isize> {
    match item {
        Item::Table(table) => deepest(table),
        Item::ArrayOfTables(tables) => tables.iter().filter_map(deepest).max(),
        _ => None,
    }
}

fn deepest(table: &Table) -> Option<isize> {
    table.iter().filter_map(|(_, item)| last_position(item)).chain(table.position()).max()
}

fn version(root: &Table) -> Result<(), Refused> {
    let Some(item) = root.get("version") else {
        return Err(Bad::new(Some(0..0), "version is missing").into());
    };
    match item.as_integer() {
        Some(FIRST..=VERSION) => Ok(()),
        Some(newer) if newer > VERSION => Err(Refused::Newer(newer)),
        _ => Err(Bad::new(item.span(), format!("version must be {FIRST} to {VERSION}")).into()),
    }
}

fn about(root: &Table) -> Result<About, Bad> {
    let Some(table) = decode::table(root, "article")? else { return Ok(About::default()) };
    let fields = decode::Reader { table, at: table.span() };
    Ok(About {
        id: fields.string("id")?.unwrap_or_default(),
        path: fields.string("path")?,
        sha256: fields.string("sha256")?.unwrap_or_default(),
    })
}

/// Compares the counts at the end with what is there: a file that was cut short is never taken for whole.
fn counted(text: &str, root: &Table, notes: &Annotations) -> Result<(), Bad> {
    let last = Some(text.len()..text.len());
    let Some(end) = decode::table(root, "end")? else {
        return Err(Bad::new(last, "the file was cut short: [end] is missing"));
    };
    let fields = decode::Reader { table: end, at: end.span() };
    let edits = decode::tables(root, "edit")?.len();
    let check = |key: &str, told: usize, there: usize| {
        let at = end.get(key).and_then(Item::span).or_else(|| end.span());
        let reason =
            || format!("there are {there} {key}, not {told}: the file was cut short, or changed without this count");
        if told == there { Ok(()) } else { Err(Bad::new(at, reason())) }
    };
    for (key, there) in [("quotes", notes.quotes.len()), ("speakers", notes.speakers.len()), ("edits", edits)] {
        check(key, fields.need(key, fields.count(key)?)?, there)?;
    }
    // Files of the first version do not count passages.
    check("passages", fields.count("passages")?.unwrap_or(0), notes.passages.len())?;
    // The last key that is written: without it the counts before it may be cut too.
    match end.get("flagged").map(Item::as_bool) {
        Some(Some(_)) => Ok(()),
        _ => Err(Bad::new(last, "the file was cut short: [end] does not end with flagged")),
    }
}

/// Returns the parser's complaint; where git left its marks, that is what is said.
fn syntax(text: &str, error: &toml_edit::TomlError) -> Bad {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if ["<<<<<<< ", "=======\n", "=======\r\n", ">>>>>>> "].iter().any(|mark| line.starts_with(mark)) {
            return Bad::new(Some(at..at + 7), "a merge conflict is not resolved");
        }
        at += line.len();
    }
    Bad::new(error.span(), error.message().replace('\n', ", "))
}

/// Returns the counts at the end of a file, from its last bytes alone: quotations decided, done, flagged.
pub fn tail(text: &str) -> Option<(usize, bool, bool)> {
    let at = text.rfind("\n[end]")?;
    let parsed = toml_edit::Document::parse(&text[at..]).ok()?;
    let end = parsed.get("end")?;
    let decided = usize::try_from(end.get("decided")?.as_integer()?).ok()?;
    Some((decided, end.get("done")?.as_bool()?, end.get("flagged")?.as_bool()?))
}
