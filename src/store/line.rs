//! One line of a journal: a step of a coder on one article as JSON, with the changes as the store itself writes them.

use super::decode;
use super::encode;
use super::paper::About;
use crate::annotation::{Annotations, History, Step};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use toml_edit::{InlineTable, Value};

/// One line: which file of the coder's folder, and what was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// The name of the file in the coder's folder.
    pub file: String,
    /// What was done.
    #[serde(flatten)]
    pub deed: Deed,
}

/// What a line of a journal says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Deed {
    /// A program opened the file to change it.
    Open {
        /// Whose notes.
        coder: String,
        /// The article's name.
        id: String,
        /// The article's file.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        path: Option<String>,
        /// The SHA-256 of the article's raw text.
        sha256: String,
        /// The file as it is then, where the journal does not lead to it: empty where there is none yet.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    },
    /// A new edit.
    Make {
        /// The step in words.
        name: String,
        /// When.
        at: String,
        /// What it changes, forwards.
        changes: Vec<Json>,
    },
    /// The last edit was taken back.
    Undo {
        /// When.
        at: String,
    },
    /// The edit that was taken back last was made again.
    Redo {
        /// When.
        at: String,
    },
    /// All steps before this line have reached the file.
    Saved {
        /// The SHA-256 of the file.
        sha256: String,
    },
    /// The file is no more: its notes lie in another one, because the article was moved.
    Gone,
}

impl Line {
    /// Makes the line of one step.
    pub fn of_step(file: &str, step: &Step, now: Timestamp) -> Self {
        let deed = match step {
            Step::Make(edit) => {
                let fields = encode::edit(edit, true);
                let changes = fields.iter().find(|(key, _)| *key == "changes").map(|(_, value)| json(value));
                let Some(Json::Array(changes)) = changes else { unreachable!("an edit has changes") };
                Deed::Make { name: edit.name.clone(), at: edit.at.to_string(), changes }
            }
            Step::Undo => Deed::Undo { at: now.to_string() },
            Step::Redo => Deed::Redo { at: now.to_string() },
        };
        Self { file: file.to_owned(), deed }
    }

    /// Returns what the article is, as an opening line says.
    pub fn about(&self) -> Option<(About, &str)> {
        let Deed::Open { coder, id, path, sha256, .. } = &self.deed else { return None };
        Some((About { id: id.clone(), path: path.clone(), sha256: sha256.clone() }, coder))
    }

    /// Takes the step of this line; false where it is none, or does not fit.
    pub fn replay(&self, notes: &mut Annotations, history: &mut History) -> bool {
        let step = match &self.deed {
            Deed::Make { name, at, changes } => {
                let steps: Option<Vec<InlineTable>> = changes
                    .iter()
                    .map(|change| match toml(change)? {
                        Value::InlineTable(table) => Some(table),
                        _ => None,
                    })
                    .collect();
                let at = at.parse::<Timestamp>().ok();
                let (Some(steps), Some(at)) = (steps, at) else { return false };
                // The edit is read against a copy, and made for good only as a whole.
                let Some(edit) = decode::forwards(&mut notes.clone(), name, at, &steps) else { return false };
                Step::Make(edit)
            }
            Deed::Undo { .. } => Step::Undo,
            Deed::Redo { .. } => Step::Redo,
            _ => return false,
        };
        history.take(notes, &step) == Ok(true)
    }

    /// Tells whether the line is a step.
    pub fn is_step(&self) -> bool {
        matches!(self.deed, Deed::Make { .. } | Deed::Undo { .. } | Deed::Redo { .. })
    }
}

/// Returns a TOML value as JSON; a moment or a day becomes its text, which the store reads as well.
fn json(value: &Value) -> Json {
    match value {
        Value::String(text) => Json::String(text.value().clone()),
        Value::Integer(number) => Json::from(*number.value()),
        Value::Float(number) => Json::from(*number.value()),
        Value::Boolean(is) => Json::Bool(*is.value()),
        Value::Datetime(at) => Json::String(at.value().to_string()),
        Value::Array(list) => Json::Array(list.iter().map(json).collect()),
        Value::InlineTable(table) => Json::Object(table.iter().map(|(key, v)| (key.to_owned(), json(v))).collect()),
    }
}

/// Returns JSON as a TOML value; `None` for `null` and for numbers that TOML cannot write.
fn toml(value: &Json) -> Option<Value> {
    Some(match value {
        Json::Null => return None,
        Json::Bool(is) => Value::from(*is),
        Json::Number(number) => match number.as_i64() {
            Some(number) => Value::from(number),
            None => Value::from(number.as_f64()?),
        },
        Json::String(text) => Value::from(text.as_str()),
        Json::Array(list) => Value::Array(list.iter().map(toml).collect::<Option<_>>()?),
        Json::Object(table) => {
            let pairs = table.iter().map(|(key, value)| Some((key.as_str(), toml(value)?)));
            Value::InlineTable(pairs.collect::<Option<Vec<_>>>()?.into_iter().collect())
        }
    })
}
