//! A user's TOML file with the place of every key and value, read on past its mistakes.

use super::diagnostic::{Diagnostic, did_you_mean};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A table as the parser gives it.
pub(super) type Table<'a> = DeTable<'a>;
/// A value with its place, in bytes of the file.
pub(super) type Value<'a> = Spanned<DeValue<'a>>;

/// One file that is being read.
pub(super) struct Document<'a> {
    file: &'a str,
    text: &'a str,
    /// What was wrong so far.
    pub(super) found: Vec<Diagnostic>,
}

impl<'a> Document<'a> {
    /// Parses `text`; what is no TOML is a diagnostic, and what can be read beside it is in the table.
    pub(super) fn parse(file: &'a str, text: &'a str) -> (Self, Table<'a>) {
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut document = Self { file, text, found: Vec::new() };
        for error in errors {
            let at = error.span().map_or(0, |span| span.start);
            let reason = format!("this is no TOML: {}", error.message().replace('\n', ", "));
            document.found.push(Diagnostic::at(file, text, at, reason).of_whole_file());
        }
        (document, table.into_inner())
    }

    /// Notes a mistake at byte `at`.
    pub(super) fn say(&mut self, at: usize, reason: impl Into<String>) {
        self.found.push(Diagnostic::at(self.file, self.text, at, reason));
    }

    /// Notes that `name` at byte `at` is no `what`, and which of `names` it may have been meant for.
    pub(super) fn unknown<'n>(&mut self, at: usize, what: &str, name: &str, names: impl IntoIterator<Item = &'n str>) {
        self.say(at, format!("there is no {what} {name:?}{}", did_you_mean(name, names)));
    }

    /// Returns the text of a string value, or notes that `what` wants one.
    pub(super) fn string<'v>(&mut self, value: &'v Value<'_>, what: &str) -> Option<&'v str> {
        let DeValue::String(text) = value.get_ref() else {
            self.wrong_type(value, what, "a text in quotation marks");
            return None;
        };
        Some(text)
    }

    /// Returns a truth value, or notes that `what` wants one.
    pub(super) fn boolean(&mut self, value: &Value<'_>, what: &str) -> Option<bool> {
        let DeValue::Boolean(truth) = value.get_ref() else {
            self.wrong_type(value, what, "true or false");
            return None;
        };
        Some(*truth)
    }

    /// Returns the entries of a table value in the order of the file, or notes that `what` wants one.
    pub(super) fn table<'v>(&mut self, value: &'v Value<'a>, what: &str) -> Vec<Entry<'v, 'a>> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type(value, what, "a table");
            return Vec::new();
        };
        entries(table)
    }

    /// Notes that `what` wants `wanted`.
    pub(super) fn wrong_type(&mut self, value: &Value<'_>, what: &str, wanted: &str) {
        let is = match value.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.say(value.span().start, format!("{what} wants {wanted}, and this is {is}"));
    }

    /// Returns what was wrong, in the order of the file.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(|diagnostic| (diagnostic.line, diagnostic.column));
        self.found
    }
}

/// One `key = value` of a table.
pub(super) struct Entry<'v, 'a> {
    /// The key.
    pub(super) key: &'v str,
    /// Where it stands, in bytes.
    pub(super) at: usize,
    /// The value.
    pub(super) value: &'v Value<'a>,
}

/// Returns the entries of `table` in the order of the file.
pub(super) fn entries<'v, 'a>(table: &'v Table<'a>) -> Vec<Entry<'v, 'a>> {
    let mut entries: Vec<_> =
        table.iter().map(|(key, value)| Entry { key: key.get_ref(), at: key.span().start, value }).collect();
    entries.sort_by_key(|entry| entry.at);
    entries
}
