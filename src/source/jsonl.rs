//! JSON lines: one article a line, `{"id", "text" or "raw", "date" or "dct"?, "title"?}`.

use super::{Article, Kind, SourceError, stated_day};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::fmt;
use std::path::Path;

/// Reads one line; `number` counts from 1 and names the article where it has no `id`. A key that comes twice counts as it
/// comes last.
///
/// A date that is no date costs a notice, not the article.
pub fn parse_line(line: &str, number: usize, path: Option<&Path>) -> Result<Article, SourceError> {
    let bad = |column, reason: String| SourceError::Line { line: number, column, reason };
    if line.trim_start().starts_with('[') {
        return Err(bad(1, "a JSON array; JSONL has one object a line".to_owned()));
    }
    let fields: Fields = serde_json::from_str(line).map_err(|error| {
        // The parser counts lines within the line; its own place is said already.
        let reason = error.to_string();
        let reason = reason.split(" at line ").next().unwrap_or(&reason);
        bad(error.column(), format!("no JSON object on one line: {reason}"))
    })?;
    let text = match fields.text.or(fields.raw) {
        Some(Value::String(text)) => text,
        Some(_) => return Err(bad(1, "text is no string".to_owned())),
        None => return Err(bad(1, "there is no text".to_owned())),
    };
    let mut notices = Vec::new();
    let date = match fields.date.or(fields.dct) {
        None | Some(Value::Null) => None,
        Some(Value::String(date)) if date.is_empty() => None,
        Some(date) => {
            let written = date.as_str().unwrap_or_default();
            let day = stated_day(written);
            if day.is_none() {
                notices.push(format!("line {number}: the date {date} is not YYYY-MM-DD and is left out"));
            }
            day
        }
    };
    let id = match fields.id {
        Some(Value::String(id)) if !id.is_empty() => id,
        Some(Value::Null | Value::String(_)) | None => format!("line-{number}"),
        Some(other) => other.to_string(),
    };
    let title = match fields.title {
        Some(Value::String(title)) => Some(title),
        _ => None,
    };
    Ok(Article { id, path: path.map(Path::to_owned), title, date, text: text.into(), kind: Kind::Jsonl, notices })
}

/// The keys that are read. All others are skipped, not kept: annotated articles carry far more than their text.
#[derive(Default)]
struct Fields {
    text: Option<Value>,
    raw: Option<Value>,
    date: Option<Value>,
    dct: Option<Value>,
    id: Option<Value>,
    title: Option<Value>,
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FieldsVisitor)
    }
}

/// By hand, as a derived one takes a key that comes twice for an error, and null for a key that is not there.
struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
        let mut fields = Fields::default();
        while let Some(key) = map.next_key::<String>()? {
            let field = match key.as_str() {
                "text" => &mut fields.text,
                "raw" => &mut fields.raw,
                "date" => &mut fields.date,
                "dct" => &mut fields.dct,
                "id" => &mut fields.id,
                "title" => &mut fields.title,
                _ => {
                    map.next_value::<Skipped>()?;
                    continue;
                }
            };
            *field = Some(map.next_value()?);
        }
        Ok(fields)
    }
}

/// A value that is read and dropped. Unlike serde's `IgnoredAny` it takes a string or number that is none for an error:
/// a damaged line is not half an article.
struct Skipped;

impl<'de> Deserialize<'de> for Skipped {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for Skipped {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("any valid JSON value")
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self, A::Error> {
        while seq.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self, A::Error> {
        while map.next_entry::<Self, Self>()?.is_some() {}
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_line() {
        let article = parse_line(r#"{"id": 7, "raw": "é", "date": "2017-06-06T10:00:00Z", "text": "b"}"#, 3, None);
        let article = article.expect("it is an article");
        assert_eq!((article.id.as_str(), &*article.text), ("7", "b"));
        assert_eq!(article.date, Some(jiff::civil::date(2017, 6, 6)));
    }

    #[test]
    fn says_what_is_wrong() {
        for line in [
            "{bad",
            "[]",
            "1",
            r#"{"id": 1}"#,
            r#"{"text": null}"#,
            r#"{"text": "a\ud800"}"#,
            r#"{"text": "a", "x": ["\ud800"]}"#,
            r#"{"text": "a", "x": 1e999}"#,
        ] {
            let error = parse_line(line, 12, None).expect_err(line).to_string();
            assert!(error.starts_with("line 12, column "), "{error}");
        }
        let odd = parse_line(r#"{"text": "a", "date": "soon"}"#, 1, None).expect("a date costs only a notice");
        assert_eq!(odd.notices.len(), 1);
    }
}
