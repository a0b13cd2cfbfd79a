//! Whether a store file is whole: its version, its counts, and what is wrong where it is not.

use super::Progress;
use super::decode::{self, Bad};
use crate::annotation::Annotations;
use toml_edit::{Item, Table};

/// The version of the format that this program writes.
///
/// A file keeps the version it has until it holds what an older program would lose: passages and fillers came with
/// 2, unwanted repairs with 3.
pub const VERSION: i64 = 3;

/// The version before that.
pub const SECOND: i64 = 2;

/// The first version.
pub const FIRST: i64 = 1;

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

/// Tells whether this program knows the version.
pub fn version(root: &Table) -> Result<(), Refused> {
    let Some(item) = root.get("version") else {
        return Err(Bad::new(Some(0..0), "version is missing").into());
    };
    match item.as_integer() {
        Some(FIRST..=VERSION) => Ok(()),
        Some(newer) if newer > VERSION => Err(Refused::Newer(newer)),
        _ => Err(Bad::new(item.span(), format!("version must be {FIRST} to {VERSION}")).into()),
    }
}

/// Compares the counts at the end with what is there: a file that was cut short is never taken for whole.
pub fn counted(text: &str, root: &Table, notes: &Annotations) -> Result<(), Bad> {
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
pub fn syntax(text: &str, error: &toml_edit::TomlError) -> Bad {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if ["<<<<<<< ", "=======\n", "=======\r\n", ">>>>>>> "].iter().any(|mark| line.starts_with(mark)) {
            return Bad::new(Some(at..at + 7), "a merge conflict is not resolved");
        }
        at += line.len();
    }
    Bad::new(error.span(), error.message().replace('\n', ", "))
}

/// Returns the counts at the end of a file, from its last bytes alone.
pub fn tail(text: &str) -> Option<Progress> {
    let at = text.rfind("\n[end]")?;
    let parsed = toml_edit::Document::parse(&text[at..]).ok()?;
    let end = parsed.get("end")?;
    let last = end.get("last").and_then(Item::as_datetime).and_then(|last| last.to_string().parse().ok());
    Some(Progress {
        decided: usize::try_from(end.get("decided")?.as_integer()?).ok()?,
        done: end.get("done")?.as_bool()?,
        flagged: end.get("flagged")?.as_bool()?,
        last,
    })
}
