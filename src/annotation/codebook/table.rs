//! The codebook as CSV: a row a tag, for spreadsheets; it holds everything.

use super::book::Codebook;
use super::paper::id_or_named;
use super::tag::{Role, Tag, colour};
use crate::config::Diagnostic;
use crate::text::LineIndex;

const COLUMNS: [&str; 8] = ["id", "name", "parent", "colour", "key", "description", "roles", "memo"];

/// Returns the codebook as CSV (RFC 4180 with LF), parents before their children. Roles are joined with `;`.
pub fn write(book: &Codebook) -> String {
    let mut out = csv::Writer::from_writer(Vec::new());
    // Writing to memory does not fail; a row has always eight fields.
    let _ = out.write_record(COLUMNS);
    for (_, tag) in book.tree() {
        let roles: Vec<&str> = tag.roles.iter().map(|role| role.name()).collect();
        let _ = out.write_record([
            tag.id.to_string(),
            tag.name.clone(),
            tag.parent.clone().unwrap_or_default(),
            tag.colour.clone().unwrap_or_default(),
            tag.key.map(String::from).unwrap_or_default(),
            tag.description.clone().unwrap_or_default(),
            roles.join(";"),
            tag.memo.clone().unwrap_or_default(),
        ]);
    }
    String::from_utf8(out.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// Reads tags from CSV by the names of its columns; only `name` must be there, `color` is as good as `colour`. A value
/// that does not fit is left out and said; a table that cannot be read is an error with its place in `file`.
pub fn read(text: &str, file: &str) -> Result<(Vec<Tag>, Vec<String>), Diagnostic> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let fail = |at: usize, reason: String| {
        let (line, column) = LineIndex::new(text).line_column(text, at.min(text.len()));
        Diagnostic { file: file.to_owned(), line, column, reason, unreadable: false }
    };
    let place = |error: &csv::Error| error.position().map_or(0, |at| usize::try_from(at.byte()).unwrap_or(usize::MAX));
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| fail(place(&error), error.to_string()))?.clone();
    let column = |name: &str| header.iter().position(|known| known.trim().eq_ignore_ascii_case(name));
    if column("name").is_none() {
        return Err(fail(0, "the first line must name the columns, and one must be name".to_owned()));
    }
    let at = COLUMNS.map(|name| column(name).or_else(|| if name == "colour" { column("color") } else { None }));
    let mut tags = Vec::new();
    let mut notices = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| fail(place(&error), error.to_string()))?;
        let line = row.position().map_or(0, csv::Position::line);
        let [id, name, parent, tint, key, description, roles, memo] =
            at.map(|at| at.and_then(|at| row.get(at)).filter(|value| !value.trim().is_empty()));
        let Some(name) = name.map(str::trim) else {
            if row.iter().any(|value| !value.trim().is_empty()) {
                notices.push(format!("line {line}: no name; the row is left out"));
            }
            continue;
        };
        let mut tag = Tag { id: id_or_named(id, name), ..Tag::new(name) };
        tag.parent = parent.map(|parent| parent.trim().to_owned());
        tag.colour = tint.and_then(colour);
        if tint.is_some() && tag.colour.is_none() {
            notices.push(format!("line {line}: the colour of {name} is left out: it must be #rgb or #rrggbb"));
        }
        let mut characters = key.unwrap_or("").trim().chars();
        tag.key = characters.next().filter(|_| characters.next().is_none());
        if key.is_some() && tag.key.is_none() {
            notices.push(format!("line {line}: the key of {name} is left out: it must be one character"));
        }
        tag.description = description.map(str::to_owned);
        tag.memo = memo.map(str::to_owned);
        for role in roles.unwrap_or("").split(';').map(str::trim).filter(|role| !role.is_empty()) {
            match Role::parse(role) {
                Some(role) if tag.roles.contains(&role) => {}
                Some(role) => tag.roles.push(role),
                None => notices.push(format!("line {line}: there is no role {role}; it is left out")),
            }
        }
        tags.push(tag);
    }
    Ok((tags, notices))
}
