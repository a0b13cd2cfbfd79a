//! Marks: places that a reader gave a letter, kept in a TOML file of their own beside the notes.

use super::model::{Anchor, Part, Range};
use crate::config::Diagnostic;
use std::collections::BTreeMap;
use toml_edit::{DocumentMut, Item, Table, TableLike, Value};

const HEAD: &str = "\
# Marked places: a table a letter. article is the article's name, number its place in the list it was marked in (from 0),
# at its first and last code point in the raw text; the words and what stands about them find it again.
";

/// A marked place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The article's id.
    pub article: String,
    /// Its number in the list it was marked in, from 0: tells articles of one id apart.
    pub number: usize,
    /// The place in its raw text: one part.
    pub anchor: Anchor,
}

/// The marks of a reader, and their file, so that comments and unknown keys stay.
#[derive(Debug, Clone, Default)]
pub struct Marks {
    marks: BTreeMap<char, Mark>,
    document: DocumentMut,
}

impl Marks {
    /// Reads the file. A mark that cannot be read is left out and named with its place; its text stays.
    pub fn parse(text: &str, file: &str) -> (Self, Vec<Diagnostic>) {
        let mut found = Vec::new();
        let document = match text.parse::<DocumentMut>() {
            Ok(document) => document,
            Err(error) => {
                let at = error.span().map_or(0, |at| at.start);
                found.push(Diagnostic::at(file, text, at, error.message().replace('\n', ", ")).of_whole_file());
                return (Self::default(), found);
            }
        };
        let mut marks = BTreeMap::new();
        for (name, item) in
            document.get("mark").and_then(Item::as_table_like).into_iter().flat_map(|table| table.iter())
        {
            let mut letters = name.chars();
            let letter = letters.next().filter(|c| c.is_ascii_lowercase() && letters.next().is_none());
            if let Some((letter, mark)) = letter.zip(item.as_table_like().and_then(mark)) {
                marks.insert(letter, mark);
            } else {
                let at = text.find(&format!("[mark.{name}]")).unwrap_or(0);
                let reason = format!("the mark {name} cannot be read: a letter a to z, article, at and exact");
                found.push(Diagnostic::at(file, text, at, reason));
            }
        }
        (Self { marks, document }, found)
    }

    /// Returns the text of the file.
    pub fn text(&self) -> String {
        self.document.to_string()
    }

    /// Returns the mark of this letter.
    pub fn get(&self, letter: char) -> Option<&Mark> {
        self.marks.get(&letter)
    }

    /// Returns all marks in the order of their letters.
    pub fn iter(&self) -> impl Iterator<Item = (char, &Mark)> {
        self.marks.iter().map(|(&letter, mark)| (letter, mark))
    }

    /// Sets the mark `letter`, or takes it away.
    pub fn set(&mut self, letter: char, mark: Option<Mark>) {
        if self.document.as_table().is_empty() {
            self.document.insert("version", toml_edit::value(1));
            if let Some(mut key) = self.document.key_mut("version") {
                key.leaf_decor_mut().set_prefix(HEAD);
            }
        }
        let all = self.document.entry("mark").or_insert_with(|| {
            let mut table = Table::new();
            table.set_implicit(true);
            Item::Table(table)
        });
        let Some(all) = all.as_table_like_mut() else { return };
        let name = letter.to_string();
        let Some(mark) = mark else {
            all.remove(&name);
            self.marks.remove(&letter);
            return;
        };
        if all.get(&name).and_then(Item::as_table_like).is_none() {
            all.insert(&name, Item::Table(Table::new()));
        }
        if let Some(table) = all.get_mut(&name).and_then(Item::as_table_like_mut) {
            write(table, &mark);
        }
        self.marks.insert(letter, mark);
    }
}

fn write(table: &mut dyn TableLike, mark: &Mark) {
    let range = mark.anchor.parts.first().map_or(Range { start: 0, end: 0 }, |part| part.range);
    let number = |n: usize| Value::from(i64::try_from(n).unwrap_or(i64::MAX));
    let exact = mark.anchor.words();
    for (key, value) in [
        ("article", Value::from(mark.article.as_str())),
        ("number", number(mark.number)),
        ("at", Value::Array([number(range.start), number(range.end)].into_iter().collect())),
        ("exact", exact.into()),
        ("prefix", mark.anchor.prefix.as_str().into()),
        ("suffix", mark.anchor.suffix.as_str().into()),
    ] {
        table.insert(key, Item::Value(value));
    }
}

fn mark(table: &dyn TableLike) -> Option<Mark> {
    let string = |key: &str| table.get(key).and_then(Item::as_str).map(str::to_owned);
    let at = table.get("at")?.as_array()?;
    let point = |n: usize| at.get(n)?.as_integer().and_then(|n| usize::try_from(n).ok());
    let part = Part { range: Range { start: point(0)?, end: point(1)? }, exact: string("exact")? };
    Some(Mark {
        article: string("article")?,
        number: table.get("number").and_then(Item::as_integer).and_then(|n| usize::try_from(n).ok()).unwrap_or(0),
        anchor: Anchor {
            parts: vec![part],
            prefix: string("prefix").unwrap_or_default(),
            suffix: string("suffix").unwrap_or_default(),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(article: &str, start: usize) -> Mark {
        let part = Part { range: Range { start, end: start + 3 }, exact: "the".into() };
        Mark {
            article: article.into(),
            number: 2,
            anchor: Anchor { parts: vec![part], prefix: "before “".into(), suffix: " behind\n".into() },
        }
    }

    #[test]
    fn marks_come_back_as_they_were_set_and_what_a_person_wrote_stays() {
        let mut marks = Marks::default();
        marks.set('a', Some(mark("x", 4)));
        marks.set('q', Some(mark("y", 9)));
        let text = marks.text().replace("[mark.q]", "# mine\n[mark.q]\nwhy = \"good\"");
        let (mut again, found) = Marks::parse(&text, "m.toml");
        assert!(found.is_empty(), "{found:?}");
        assert_eq!(again.iter().collect::<Vec<_>>(), marks.iter().collect::<Vec<_>>());
        again.set('q', Some(mark("z", 1)));
        again.set('a', None);
        let text = again.text();
        assert!(text.contains("# mine") && text.contains("why = \"good\"") && !text.contains("mark.a"), "{text}");
        assert_eq!(Marks::parse(&text, "m.toml").0.get('q'), Some(&mark("z", 1)));
    }

    #[test]
    fn a_bad_mark_is_named_and_stays_in_the_file() {
        let (marks, found) = Marks::parse("version = 1\n\n[mark.A]\narticle = \"x\"\n", "m.toml");
        assert_eq!(
            found[0].to_string(),
            "m.toml:3:1: the mark A cannot be read: a letter a to z, article, at and exact"
        );
        assert!(marks.text().contains("[mark.A]") && marks.iter().next().is_none());
        assert!(Marks::parse("mark = ", "m.toml").1[0].unreadable);
    }
}
