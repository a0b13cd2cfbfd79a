//! JSON lines: one article a line, `{"id", "text" or "raw", "date" or "dct"?, "title"?}`.

use super::{Article, SourceError};
use jiff::civil::Date;
use serde::Deserialize;
use std::path::Path;

#[derive(Deserialize)]
struct Line {
    id: Option<serde_json::Value>,
    #[serde(alias = "raw")]
    text: String,
    #[serde(alias = "dct")]
    date: Option<String>,
    title: Option<String>,
}

/// Reads one line; `number` counts from 1 and names the article where it has no `id`.
///
/// A date that is no date costs a notice, not the article.
pub fn parse_line(line: &str, number: usize, path: Option<&Path>) -> Result<Article, SourceError> {
    let parsed: Line = serde_json::from_str(line).map_err(|error| SourceError::Line {
        line: number,
        column: error.column(),
        reason: error.to_string(),
    })?;
    let mut notices = Vec::new();
    let date = parsed.date.filter(|date| !date.is_empty()).and_then(|date| {
        let day: Option<Date> = date.get(..10).unwrap_or(&date).parse().ok();
        if day.is_none() {
            notices.push(format!("line {number}: the date {date:?} is not YYYY-MM-DD and is left out"));
        }
        day
    });
    let id = match parsed.id {
        Some(serde_json::Value::String(id)) => id,
        Some(serde_json::Value::Null) | None => format!("line-{number}"),
        Some(other) => other.to_string(),
    };
    Ok(Article { id, path: path.map(Path::to_owned), title: parsed.title, date, text: parsed.text.into(), notices })
}
