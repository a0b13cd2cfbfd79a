//! TOML as notes: every mistake is named with its place in the file.

use super::encode::{self, Fields};
use crate::annotation::{
    Anchor, Annotations, ArticleNote, Change, Edit, Filler, History, NoteId, Origin, Part, PassageNote, QuoteNote,
    Range, SpeakerChoice, SpeakerNote, Status, Unrepaired,
};
use crate::engine::{Interval, QuoteKind};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::ops::Range as Bytes;
use toml_edit::{Array, InlineTable, Item, Table, TableLike, Value};

/// A mistake and its bytes in the file, where they are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bad {
    /// The bytes.
    pub at: Option<Bytes<usize>>,
    /// What is wrong.
    pub reason: String,
}

impl Bad {
    /// Makes a mistake.
    pub fn new(at: Option<Bytes<usize>>, reason: impl Into<String>) -> Self {
        Self { at, reason: reason.into() }
    }
}

/// Reads all notes of a file. An id that comes twice is a mistake.
pub fn notes(root: &Table) -> Result<Annotations, Bad> {
    let mut out = Annotations::default();
    for table in tables(root, "quote")? {
        let note = quote(table, table.span())?;
        once(&mut out.quotes, note.id, note, table.span())?;
    }
    for table in tables(root, "speaker")? {
        let note = speaker(table, table.span())?;
        once(&mut out.speakers, note.id, note, table.span())?;
    }
    for table in tables(root, "passage")? {
        let note = passage(table, table.span())?;
        once(&mut out.passages, note.id, note, table.span())?;
    }
    if let Some(table) = table(root, "article")? {
        out.article = article(table, table.span())?;
    }
    Ok(out)
}

fn once<T>(notes: &mut BTreeMap<NoteId, T>, id: NoteId, note: T, at: Option<Bytes<usize>>) -> Result<(), Bad> {
    match notes.insert(id, note) {
        None => Ok(()),
        Some(_) => Err(Bad::new(at, format!("the id {id} comes twice"))),
    }
}

/// Reads the history that led to `notes`; the edits before one that no longer fits are left out, and counted.
pub fn history(root: &Table, notes: &Annotations) -> Result<(History, usize), Bad> {
    let mut out = History::default();
    let (mut done, mut undone) = (Vec::new(), Vec::new());
    for table in tables(root, "edit")? {
        let fields = Reader { table, at: table.span() };
        let list = if fields.flag("undone")? { &mut undone } else { &mut done };
        list.push((fields.need("name", fields.string("name")?)?, fields.time("at")?, fields.steps()?));
    }
    let mut lost = 0;
    for (steps, undone, list) in [(done, false, &mut out.done), (undone, true, &mut out.undone)] {
        if steps.is_empty() {
            continue;
        }
        let mut state = notes.clone();
        let mut left = steps.len();
        for (name, at, steps) in steps.into_iter().rev() {
            // Made edits are walked backwards from the notes, undone ones forwards: the nearest stands last.
            let ordered: Vec<&InlineTable> = if undone { steps.iter().collect() } else { steps.iter().rev().collect() };
            let Some(changes) = ordered.into_iter().map(|step| walk(&mut state, step)).collect() else { break };
            let walked = Edit { name, at, changes };
            let edit = if undone { walked } else { walked.inverse() };
            list.push(edit);
            left -= 1;
        }
        list.reverse();
        lost += left;
    }
    Ok((out, lost))
}

/// Makes the steps of one edit on `state`, forwards, and returns them as that edit; `None` where one does not fit.
pub fn forwards(state: &mut Annotations, name: &str, at: Timestamp, steps: &[InlineTable]) -> Option<Edit> {
    let changes = steps.iter().map(|step| walk(state, step)).collect::<Option<Vec<Change>>>()?;
    Some(Edit { name: name.to_owned(), at, changes })
}

/// Makes one step on `state` and returns it as a change from what was to what is.
fn walk(state: &mut Annotations, step: &InlineTable) -> Option<Change> {
    let id = |key: &str| step.get(key).and_then(Value::as_str).and_then(|id| id.parse::<NoteId>().ok());
    if let Some(id) = id("quote") {
        let before = state.quotes.get(&id).cloned();
        let after = target(step, before.as_ref().map(encode::quote))?.map(|fields| quote(&fields, None));
        let after = after.transpose().ok()?.filter(|note| note.id == id);
        replace(&mut state.quotes, id, after.clone());
        return Some(Change::Quote { before: before.map(Box::new), after: after.map(Box::new) });
    }
    if let Some(id) = id("speaker") {
        let before = state.speakers.get(&id).cloned();
        let after = target(step, before.as_ref().map(encode::speaker))?.map(|fields| speaker(&fields, None));
        let after = after.transpose().ok()?.filter(|note| note.id == id);
        replace(&mut state.speakers, id, after.clone());
        return Some(Change::Speaker { before: before.map(Box::new), after: after.map(Box::new) });
    }
    if let Some(id) = id("passage") {
        let before = state.passages.get(&id).cloned();
        let after = target(step, before.as_ref().map(encode::passage))?.map(|fields| passage(&fields, None));
        let after = after.transpose().ok()?.filter(|note| note.id == id);
        replace(&mut state.passages, id, after.clone());
        return Some(Change::Passage { before: before.map(Box::new), after: after.map(Box::new) });
    }
    step.get("article")?;
    let before = state.article.clone();
    let after = article(&target(step, Some(encode::article(&before)))??, None).ok()?;
    state.article = after.clone();
    Some(Change::Article { before: Box::new(before), after: Box::new(after) })
}

fn replace<T>(notes: &mut BTreeMap<NoteId, T>, id: NoteId, note: Option<T>) {
    match note {
        Some(note) => notes.insert(id, note),
        None => notes.remove(&id),
    };
}

/// The fields to which a step leads; the outer `None` where it does not fit, the inner one where it leads to no note.
#[allow(clippy::option_option)] // A step that does not fit and one that removes the note are two things.
fn target(step: &InlineTable, from: Option<Fields>) -> Option<Option<InlineTable>> {
    if step.contains_key("nothing") {
        return from.map(|_| None);
    }
    if let Some(whole) = step.get("whole") {
        return if from.is_none() { whole.as_inline_table().cloned().map(Some) } else { None };
    }
    let mut fields: InlineTable = from?.into_iter().collect();
    for key in step.get("unset").and_then(Value::as_array).into_iter().flatten() {
        fields.remove(key.as_str()?);
    }
    for (key, value) in step.get("set").and_then(Value::as_inline_table).into_iter().flat_map(InlineTable::iter) {
        fields.insert(key, value.clone());
    }
    Some(Some(fields))
}

fn quote(table: &dyn TableLike, at: Option<Bytes<usize>>) -> Result<QuoteNote, Bad> {
    let fields = Reader { table, at };
    let origin =
        fields.need("origin", fields.word("origin", &[("found", Origin::Found), ("reader", Origin::Reader)])?)?;
    let decisions = [Status::Open, Status::Accepted, Status::Rejected].map(|s| (encode::status(s), s));
    let kinds = [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect].map(|kind| (kind.name(), kind));
    let named = fields.string("speaker")?.map(SpeakerChoice::Named);
    let nobody = fields.flag("nobody")?.then_some(SpeakerChoice::Nobody);
    if named.is_some() && nobody.is_some() {
        return Err(fields.bad("nobody", "there is a speaker already"));
    }
    Ok(QuoteNote {
        id: fields.id()?,
        anchor: fields.anchor()?,
        found: fields.place("found")?,
        origin,
        status: fields.need("status", fields.word("status", &decisions)?)?,
        kind: fields.word("kind", &kinds)?,
        speaker: named.or(nobody),
        source: fields.place("source")?,
        cue: fields.place("cue")?,
        addressee: fields.filler("addressee")?,
        topic: fields.filler("topic")?,
        said_at: fields.days("said_at")?,
        tags: fields.strings("tags")?.unwrap_or_default(),
        memo: fields.string("memo")?,
        created: fields.time("created")?,
        modified: fields.time("modified")?,
    })
}

fn speaker(table: &dyn TableLike, at: Option<Bytes<usize>>) -> Result<SpeakerNote, Bad> {
    let fields = Reader { table, at };
    Ok(SpeakerNote {
        id: fields.id()?,
        name: fields.need("name", fields.string("name")?)?,
        also: fields.strings("also")?.unwrap_or_default(),
        taken: fields.places("taken")?,
        not_a_person: fields.flag("not_a_person")?,
        memo: fields.string("memo")?,
        created: fields.time("created")?,
        modified: fields.time("modified")?,
    })
}

fn passage(table: &dyn TableLike, at: Option<Bytes<usize>>) -> Result<PassageNote, Bad> {
    let fields = Reader { table, at };
    Ok(PassageNote {
        id: fields.id()?,
        anchor: fields.anchor()?,
        tags: fields.strings("tags")?.unwrap_or_default(),
        memo: fields.string("memo")?,
        created: fields.time("created")?,
        modified: fields.time("modified")?,
    })
}

fn article(table: &dyn TableLike, at: Option<Bytes<usize>>) -> Result<ArticleNote, Bad> {
    let fields = Reader { table, at };
    Ok(ArticleNote {
        date: fields.days("date")?,
        memo: fields.string("memo")?,
        done: fields.flag("done")?,
        flagged: fields.flag("flagged")?,
        unrepaired: Unrepaired {
            classes: fields.strings("unrepaired")?.unwrap_or_default(),
            places: fields.places("left")?,
        },
    })
}

/// Returns the table of this name, if there is one.
pub fn table<'a>(root: &'a Table, key: &str) -> Result<Option<&'a Table>, Bad> {
    match root.get(key) {
        None => Ok(None),
        Some(Item::Table(table)) => Ok(Some(table)),
        Some(other) => Err(Bad::new(other.span(), format!("{key} must be a table: [{key}]"))),
    }
}

/// Returns the tables `[[key]]`.
pub fn tables<'a>(root: &'a Table, key: &str) -> Result<Vec<&'a Table>, Bad> {
    match root.get(key) {
        None => Ok(Vec::new()),
        Some(Item::ArrayOfTables(tables)) => Ok(tables.iter().collect()),
        Some(other) => Err(Bad::new(other.span(), format!("{key} must be a list of tables: [[{key}]]"))),
    }
}

/// Reads the values of one table.
pub struct Reader<'a> {
    /// The table.
    pub table: &'a dyn TableLike,
    /// Its bytes in the file.
    pub at: Option<Bytes<usize>>,
}

impl Reader<'_> {
    /// Returns a whole number that is not negative.
    pub fn count(&self, key: &str) -> Result<Option<usize>, Bad> {
        self.value(key, "a whole number from 0", |value| value.as_integer().and_then(|n| usize::try_from(n).ok()))
    }

    /// Returns a string.
    pub fn string(&self, key: &str) -> Result<Option<String>, Bad> {
        self.value(key, "a string", |value| value.as_str().map(str::to_owned))
    }

    /// Returns the value, or says that it is missing.
    pub fn need<T>(&self, key: &str, value: Option<T>) -> Result<T, Bad> {
        value.ok_or_else(|| Bad::new(self.at.clone(), format!("{key} is missing")))
    }

    fn bad(&self, key: &str, reason: &str) -> Bad {
        let at = self.table.get(key).and_then(Item::span).or_else(|| self.at.clone());
        Bad::new(at, format!("{key}: {reason}"))
    }

    fn value<T>(&self, key: &str, what: &str, read: impl FnOnce(&Value) -> Option<T>) -> Result<Option<T>, Bad> {
        let Some(item) = self.table.get(key) else { return Ok(None) };
        let value = item.as_value().and_then(read);
        value.map(Some).ok_or_else(|| self.bad(key, &format!("must be {what}")))
    }

    fn flag(&self, key: &str) -> Result<bool, Bad> {
        Ok(self.value(key, "true or false", Value::as_bool)?.unwrap_or(false))
    }

    fn strings(&self, key: &str) -> Result<Option<Vec<String>>, Bad> {
        self.value(key, "a list of strings", |value| {
            value.as_array()?.iter().map(|text| text.as_str().map(str::to_owned)).collect()
        })
    }

    fn word<T: Copy>(&self, key: &str, words: &[(&str, T)]) -> Result<Option<T>, Bad> {
        let names: Vec<&str> = words.iter().map(|(name, _)| *name).collect();
        self.value(key, &format!("one of {}", names.join(", ")), |value| {
            let word = value.as_str()?;
            words.iter().find(|(name, _)| *name == word).map(|(_, meaning)| *meaning)
        })
    }

    fn id(&self) -> Result<NoteId, Bad> {
        let id = self.value("id", "a UUID", |value| value.as_str()?.parse().ok())?;
        self.need("id", id)
    }

    fn time(&self, key: &str) -> Result<Timestamp, Bad> {
        let read = |value: &Value| -> Option<Timestamp> {
            let text = value.as_datetime().map(ToString::to_string).or_else(|| value.as_str().map(str::to_owned));
            text?.parse().ok()
        };
        let time = self.value(key, "a date and time with Z or an offset", read)?;
        self.need(key, time)
    }

    fn days(&self, key: &str) -> Result<Option<Interval>, Bad> {
        let day = |value: &Value| -> Option<Date> {
            let text = value.as_datetime().map(ToString::to_string).or_else(|| value.as_str().map(str::to_owned))?;
            text.parse().ok()
        };
        self.value(key, "a date, or two in order", |value| match value.as_array() {
            None => day(value).map(Interval::day),
            Some(days) if days.len() == 2 => {
                let (from, to) = (day(days.get(0)?)?, day(days.get(1)?)?);
                (from <= to).then_some(Interval { from, to })
            }
            Some(_) => None,
        })
    }

    fn place(&self, key: &str) -> Result<Option<Anchor>, Bad> {
        let Some(item) = self.table.get(key) else { return Ok(None) };
        let table = item.as_table_like().ok_or_else(|| self.bad(key, "must be a table"))?;
        Reader { table, at: item.span().or_else(|| self.at.clone()) }.anchor().map(Some)
    }

    fn places(&self, key: &str) -> Result<Vec<Anchor>, Bad> {
        let tables = self.value(key, "a list of inline tables", |value| {
            value.as_array()?.iter().map(|place| place.as_inline_table().cloned()).collect::<Option<Vec<_>>>()
        })?;
        let tables = tables.unwrap_or_default();
        tables.iter().map(|table| Reader { table, at: table.span().or_else(|| self.at.clone()) }.anchor()).collect()
    }

    fn filler(&self, key: &str) -> Result<Option<Filler>, Bad> {
        match self.table.get(key).and_then(Item::as_str) {
            Some(words) => Ok(Some(Filler::Words(words.to_owned()))),
            None => Ok(self.place(key)?.map(Filler::Stretch)),
        }
    }

    fn anchor(&self) -> Result<Anchor, Bad> {
        let ranges = self.value("at", "a list of [start, end] in code points", |value| {
            value.as_array()?.iter().map(|pair| range(pair.as_array()?)).collect::<Option<Vec<Range>>>()
        })?;
        let (ranges, exact) = (self.need("at", ranges)?, self.need("exact", self.strings("exact")?)?);
        if ranges.len() != exact.len() {
            return Err(self.bad("exact", "must have one string for each pair of at"));
        }
        Ok(Anchor {
            parts: ranges.into_iter().zip(exact).map(|(range, exact)| Part { range, exact }).collect(),
            prefix: self.string("prefix")?.unwrap_or_default(),
            suffix: self.string("suffix")?.unwrap_or_default(),
        })
    }

    fn steps(&self) -> Result<Vec<InlineTable>, Bad> {
        let steps = self.value("changes", "a list of inline tables", |value| {
            value.as_array()?.iter().map(|step| step.as_inline_table().cloned()).collect()
        })?;
        self.need("changes", steps)
    }
}

/// A pair of whole numbers; the text decides later whether anything stands there.
fn range(pair: &Array) -> Option<Range> {
    let at = |n| pair.get(n)?.as_integer().and_then(|n: i64| usize::try_from(n).ok());
    (pair.len() == 2).then_some(Range { start: at(0)?, end: at(1)? })
}
