//! One store file as a document that can be changed in place: what a person wrote into it stays as it is.

use super::decode::{self, Bad};
use super::encode::{self, Fields};
use super::whole::{FIRST, Refused, SECOND, VERSION, counted, syntax, version};
use crate::annotation::{
    Annotations, ArticleNote, Change, Edit, History, NoteId, QuoteNote, SpeakerNote, Status, Unrepaired,
};
use std::collections::{BTreeMap, HashMap};
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table};

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

/// A document and the notes that stand in it.
#[derive(Debug, Clone)]
pub struct Paper {
    document: DocumentMut,
    notes: Annotations,
    history: History,
    /// The tables of notes that were removed: what a person wrote into one comes back with it when that is undone.
    removed: HashMap<NoteId, Table>,
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
        let mut paper =
            Self { document, notes: Annotations::default(), history: History::default(), removed: HashMap::new() };
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
        let mut paper = Self { document: parsed.into_mut(), notes, history, removed: HashMap::new() };
        // What is not there yet has its place all the same, so that the file is the same however often it was opened.
        for key in ["quote", "speaker", "edit"] {
            paper.array(key);
        }
        order(paper.document.as_table_mut(), &["version", "coder", "article", "quote", "speaker", "edit", "end"]);
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
            && let needed = needed(notes, history)
            && version.as_integer().is_some_and(|known| known < needed)
        {
            *version = toml_edit::value(needed);
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
        let mut was_there = std::mem::take(&mut self.removed);
        let array = self.array(key);
        let id = |table: &Table| table.get("id").and_then(Item::as_str).and_then(|id| id.parse::<NoteId>().ok());
        let gone = |table: &Table| id(table).filter(|id| !is.contains_key(id));
        let removed: Vec<(NoteId, Table)> =
            array.iter().filter_map(|table| Some((gone(table)?, table.clone()))).collect();
        array.retain(|table| gone(table).is_none());
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
            let mut table = match was_there.remove(new) {
                Some(mut table) => {
                    again(&mut table, &fields(note));
                    table
                }
                None => fields(note).into_iter().map(|(key, value)| (key, toml_edit::value(value))).collect(),
            };
            let position = at.checked_sub(1).and_then(|n| array.get(n)).and_then(deepest).or(before);
            table.set_position(position);
            array.insert(at, table);
        }
        was_there.extend(removed);
        self.removed = was_there;
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
        let last = self.history.done.last().map(|edit| ("last", encode::time(edit.at)));
        let gone = last.is_none();
        fields.extend(last);
        fields.extend([("done", self.notes.article.done.into()), ("flagged", self.notes.article.flagged.into())]);
        let mut end = match self.document.remove("end") {
            Some(Item::Table(table)) => table,
            _ => Table::new(),
        };
        if gone {
            end.remove("last");
        }
        for (key, value) in fields {
            set(&mut end, key, value);
        }
        order(&mut end, &["quotes", "speakers", "edits", "decided", "last", "done", "flagged"]);
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

/// Returns the least version of a file that holds the notes and the way to them.
fn needed(notes: &Annotations, history: &History) -> i64 {
    let mut changes = history.done.iter().chain(&history.undone).flat_map(|edit| &edit.changes);
    let left = |note: &ArticleNote| note.unrepaired != Unrepaired::default();
    let third = |change: &Change| matches!(change, Change::Article { before, after } if left(before) || left(after));
    if left(&notes.article) || changes.any(third) {
        VERSION
    } else if needs_second(notes, history) {
        SECOND
    } else {
        FIRST
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
    let keys: Vec<&str> = to.iter().map(|(key, _)| *key).collect();
    order(table, &keys);
}

/// Makes the table of a note that was removed that of the note as it is now.
fn again(table: &mut Table, fields: &Fields) {
    let stays = |key: &str| fields.iter().any(|(known, _)| *known == key);
    let gone: Vec<String> = encode::KNOWN.iter().filter(|key| !stays(key)).map(|key| (*key).to_owned()).collect();
    for key in gone {
        table.remove(&key);
    }
    for (key, value) in fields {
        let same =
            table.get(key).and_then(Item::as_value).is_some_and(|old| old.to_string().trim() == value.to_string());
        if !same {
            set(table, key, value.clone());
        }
    }
    let keys: Vec<&str> = fields.iter().map(|(key, _)| *key).collect();
    order(table, &keys);
}

/// Puts the known keys into their order, so that taking a step back leads to the same bytes; a key of somebody else's
/// stays behind the known key it stands behind.
fn order(table: &mut Table, known: &[&str]) {
    let place = |key: &str| known.iter().position(|other| *other == key);
    let mut last = 0;
    let mut ranks: HashMap<String, usize> = HashMap::new();
    for (key, _) in table.iter() {
        last = place(key).map_or(last, |place| place + 1);
        ranks.insert(key.to_owned(), last);
    }
    if !table.iter().map(|(key, _)| ranks[key]).is_sorted() {
        table.sort_values_by(|a, _, b, _| ranks[a.get()].cmp(&ranks[b.get()]));
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

fn about(root: &Table) -> Result<About, Bad> {
    let Some(table) = decode::table(root, "article")? else { return Ok(About::default()) };
    let fields = decode::Reader { table, at: table.span() };
    Ok(About {
        id: fields.string("id")?.unwrap_or_default(),
        path: fields.string("path")?,
        sha256: fields.string("sha256")?.unwrap_or_default(),
    })
}
