//! The codebook's file: read with every mistake named, changed in place.

use super::tag::{Role, Tag, colour, id_of, same};
use crate::config::Diagnostic;
use crate::text::LineIndex;
use std::collections::BTreeMap;
use std::ops::Range as Bytes;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, Value};
use uuid::Uuid;

const HEAD: &str = "\
# The tags of this project. Each has a name; all else may be left out: colour (#rrggbb), key (one character),
# description, memo, roles (content, cue, source, addressee, topic) and parent (the name of the tag above it).
";

/// The document as it stands in the file.
#[derive(Debug, Clone)]
pub(super) struct Paper {
    document: DocumentMut,
    /// The ids of the tables `[[tag]]` in order; `None` for those that could not be read, which stay as they are.
    ids: Vec<Option<Uuid>>,
}

impl Default for Paper {
    fn default() -> Self {
        let mut document = DocumentMut::new();
        document.insert("version", toml_edit::value(1));
        if let Some(mut key) = document.key_mut("version") {
            key.leaf_decor_mut().set_prefix(HEAD);
        }
        Self { document, ids: Vec::new() }
    }
}

/// Reads a codebook's file: its tags, the document, and what is wrong in it.
pub(super) fn parse(text: &str, file: &str) -> (Vec<Tag>, Paper, Vec<Diagnostic>) {
    let lines = LineIndex::new(text);
    let mut found = Vec::new();
    let mut say = |at: Option<Bytes<usize>>, reason: String| {
        let (line, column) = lines.line_column(text, at.map_or(0, |at| at.start).min(text.len()));
        found.push(Diagnostic { file: file.to_owned(), line, column, reason, unreadable: false });
    };
    let parsed = match toml_edit::Document::parse(text) {
        Ok(parsed) => parsed,
        Err(error) => {
            say(error.span(), error.message().replace('\n', ", "));
            return (Vec::new(), Paper::default(), found);
        }
    };
    match parsed.get("version") {
        None => {}
        Some(item) if item.as_integer() == Some(1) => {}
        Some(item) => say(item.span(), "version must be 1: this codebook is newer than this program".to_owned()),
    }
    let empty = ArrayOfTables::new();
    let tables = match parsed.get("tag") {
        None => &empty,
        Some(Item::ArrayOfTables(tables)) => tables,
        Some(other) => {
            say(other.span(), "tag must be a list of tables: [[tag]]".to_owned());
            &empty
        }
    };
    let mut read: Vec<(Tag, &Table)> = Vec::new();
    let mut ids = Vec::new();
    for table in tables {
        let tag = tag(table, &mut say).and_then(|tag| match clash(&tag, &read) {
            None => Some(tag),
            Some((key, reason)) if key == "key" => {
                say(at(table, key), reason);
                Some(Tag { key: None, ..tag })
            }
            Some((key, reason)) => {
                say(at(table, key), reason);
                None
            }
        });
        ids.push(tag.as_ref().map(|tag| tag.id));
        read.extend(tag.map(|tag| (tag, table)));
    }
    parents(&mut read, &mut say);
    let tags = read.into_iter().map(|(tag, _)| tag).collect();
    (tags, Paper { document: parsed.into_mut(), ids }, found)
}

impl Paper {
    /// Returns the text of the file.
    pub(super) fn text(&self) -> String {
        self.document.to_string()
    }

    pub(super) fn push(&mut self, tag: &Tag) {
        let mut table = Table::new();
        for (key, value) in fields(tag) {
            table.insert(key, Item::Value(value));
        }
        if !self.ids.is_empty() || !self.document.as_table().is_empty() {
            table.decor_mut().set_prefix("\n");
        }
        self.array().push(table);
        self.ids.push(Some(tag.id));
    }

    /// Changes the values that differ; comments, unknown keys and how a person wrote the rest stay.
    pub(super) fn change(&mut self, from: &Tag, to: &Tag) {
        let (was, is) = (fields(from), fields(to));
        let Some(at) = self.ids.iter().position(|id| *id == Some(from.id)) else { return };
        let Some(table) = self.array().get_mut(at) else { return };
        for (key, _) in &was {
            if !is.iter().any(|(kept, _)| kept == key) {
                table.remove(key);
            }
        }
        // A value that differs, and the id once the file is changed at all: with another name it would be lost.
        for (key, mut value) in is {
            let same = was.iter().any(|(known, old)| *known == key && old.to_string() == value.to_string());
            if same && (key != "id" || table.contains_key("id") || from.name == to.name) {
                continue;
            }
            if let Some(old) = table.get(key).and_then(Item::as_value) {
                *value.decor_mut() = old.decor().clone();
            }
            table.insert(key, Item::Value(value));
        }
    }

    pub(super) fn remove(&mut self, id: Uuid) {
        if let Some(at) = self.ids.iter().position(|known| *known == Some(id)) {
            self.ids.remove(at);
            self.array().remove(at);
        }
    }

    fn array(&mut self) -> &mut ArrayOfTables {
        let item = self.document.entry("tag").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
        if item.as_array_of_tables().is_none() {
            *item = Item::ArrayOfTables(ArrayOfTables::new());
        }
        item.as_array_of_tables_mut().expect("it was made just now")
    }
}

fn fields(tag: &Tag) -> Vec<(&'static str, Value)> {
    let mut out: Vec<(&'static str, Value)> =
        vec![("id", tag.id.to_string().into()), ("name", tag.name.as_str().into())];
    out.extend(tag.colour.as_deref().map(|colour| ("colour", colour.into())));
    out.extend(tag.key.map(|key| ("key", key.to_string().into())));
    out.extend(tag.description.as_deref().map(|text| ("description", text.into())));
    out.extend(tag.memo.as_deref().map(|memo| ("memo", memo.into())));
    if !tag.roles.is_empty() {
        out.push(("roles", Value::Array(tag.roles.iter().map(|role| role.name()).collect())));
    }
    out.extend(tag.parent.as_deref().map(|parent| ("parent", parent.into())));
    out
}

fn at(table: &Table, key: &str) -> Option<Bytes<usize>> {
    table.get(key).and_then(Item::span).or_else(|| table.span())
}

/// Reads one tag; `None` without a name.
fn tag(table: &Table, say: &mut impl FnMut(Option<Bytes<usize>>, String)) -> Option<Tag> {
    let mut string = |key: &str| -> Option<String> {
        let item = table.get(key)?;
        let text = item.as_str().map(str::to_owned);
        if text.is_none() {
            say(item.span(), format!("{key} must be a string"));
        }
        text
    };
    let name = string("name");
    let texts = ["id", "colour", "key", "parent"].map(|key| (key, string(key)));
    let description = string("description");
    let memo = string("memo");
    let Some(name) = name.map(|name| name.trim().to_owned()) else {
        if !table.contains_key("name") {
            say(table.span(), "name is missing".to_owned());
        }
        return None;
    };
    if name.is_empty() || name.chars().any(char::is_control) {
        say(at(table, "name"), "name must be one line and not empty".to_owned());
        return None;
    }
    let mut tag = Tag { description, memo, ..Tag::new(&name) };
    for (key, text) in texts {
        let Some(text) = text else { continue };
        let mut characters = text.chars();
        match (key, characters.next(), characters.next()) {
            ("id", ..) => match text.parse() {
                Ok(id) => tag.id = id,
                Err(_) => say(at(table, key), "id must be a UUID".to_owned()),
            },
            ("colour", ..) => {
                tag.colour = colour(&text);
                if tag.colour.is_none() {
                    say(at(table, key), "colour must be #rgb or #rrggbb".to_owned());
                }
            }
            ("key", Some(c), None) if !c.is_control() && !c.is_whitespace() => tag.key = Some(c),
            ("key", ..) => say(at(table, key), "key must be one character".to_owned()),
            _ => tag.parent = Some(text.trim().to_owned()),
        }
    }
    if let Some(item) = table.get("roles") {
        match item.as_array() {
            None => say(item.span(), "roles must be a list of strings".to_owned()),
            Some(list) => {
                for value in list {
                    match value.as_str().and_then(Role::parse) {
                        Some(role) if tag.roles.contains(&role) => {}
                        Some(role) => tag.roles.push(role),
                        None => {
                            let names = Role::ALL.map(Role::name).join(", ");
                            say(value.span().or_else(|| item.span()), format!("a role must be one of {names}"));
                        }
                    }
                }
            }
        }
    }
    Some(tag)
}

/// Returns what of this tag another one has already, and what to say.
fn clash(tag: &Tag, read: &[(Tag, &Table)]) -> Option<(&'static str, String)> {
    read.iter().find_map(|(known, _)| {
        if same(&known.name, &tag.name) {
            Some(("name", format!("there is a tag “{}” already; names differ by more than their case", known.name)))
        } else if known.id == tag.id {
            Some(("id", format!("the id is that of “{}”; leave it out to get a new one", known.name)))
        } else if tag.key.is_some() && known.key == tag.key {
            Some(("key", format!("this key gives “{}” already", known.name)))
        } else {
            None
        }
    })
}

/// Sees to it that every parent is there and none stands under itself; a tag with such a parent stands at the top.
fn parents(read: &mut [(Tag, &Table)], say: &mut impl FnMut(Option<Bytes<usize>>, String)) {
    let names: BTreeMap<String, usize> = read.iter().enumerate().map(|(n, (tag, _))| (tag.name.clone(), n)).collect();
    let mut above: Vec<Option<usize>> = Vec::with_capacity(read.len());
    for (tag, table) in read.iter_mut() {
        let parent = tag.parent.as_ref().map(|parent| names.get(parent).copied());
        if parent == Some(None) {
            let parent = tag.parent.take().unwrap_or_default();
            say(at(table, "parent"), format!("there is no tag “{parent}” to stand under"));
        }
        above.push(parent.flatten());
    }
    for n in 0..read.len() {
        let mut at_tag = n;
        let mut steps = 0;
        while let Some(next) = above[at_tag] {
            at_tag = next;
            steps += 1;
            if at_tag == n || steps > read.len() {
                break;
            }
        }
        if at_tag == n && steps > 0 {
            let (tag, table) = &mut read[n];
            let parent = tag.parent.take().unwrap_or_default();
            above[n] = None;
            let reason = format!("“{}” cannot stand under “{parent}”, which stands under it", tag.name);
            say(at(table, "parent"), reason);
        }
    }
}

/// Returns an id for a tag from another tool, where it gives none that can be read.
pub(super) fn id_or_named(id: Option<&str>, name: &str) -> Uuid {
    id.and_then(|id| id.trim().trim_matches(['{', '}']).parse().ok()).unwrap_or_else(|| id_of(name))
}
