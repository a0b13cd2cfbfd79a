//! Formats of several files: what stands beside the main one, and folders of one file an article.

use super::{Document, Format, LossReport, standoff, write};
use std::io;

/// By what a file that may be written again is known; it stands in its first line.
pub const SIGN: &str = "written by whosaid";

/// A file that stands beside the main one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    name: Name,
    /// What is in it.
    pub bytes: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Name {
    /// The main file's, with this ending.
    Ending(&'static str),
    /// Its own.
    Own(&'static str),
}

impl Beside {
    /// Makes a file that is called as the main one but for its ending, given without the dot.
    pub fn ending(ending: &'static str, bytes: Vec<u8>) -> Self {
        Self { name: Name::Ending(ending), bytes }
    }

    /// Makes a file of its own name.
    pub fn named(name: &'static str, bytes: Vec<u8>) -> Self {
        Self { name: Name::Own(name), bytes }
    }

    /// Tells whether a file with these bytes may be replaced by this one: it is the same, or this program wrote it; where
    /// the main file was there before, what has its name is ours too.
    pub fn may_replace(&self, old: &[u8], main_was_there: bool) -> bool {
        let head = &old[..old.len().min(80)];
        old == self.bytes
            || head.windows(SIGN.len()).any(|part| part == SIGN.as_bytes())
            || main_was_there && matches!(self.name, Name::Ending(_))
    }

    /// Returns the name beside a main file `stem`.
    pub fn name(&self, stem: &str) -> String {
        match self.name {
            Name::Ending(ending) => format!("{stem}.{ending}"),
            Name::Own(name) => name.to_owned(),
        }
    }
}

/// Returns what stands beside a file with these documents.
pub fn beside(format: Format, documents: &[Document]) -> Vec<Beside> {
    documents.iter().filter_map(|document| of_one(format, document)).chain(of_all(format, documents)).collect()
}

/// Returns what each article has of its own beside its file.
fn of_one(format: Format, document: &Document) -> Option<Beside> {
    (format == Format::Brat).then(|| standoff::brat::text(document))
}

/// Returns what all articles of an export share.
fn of_all(format: Format, documents: &[Document]) -> Option<Beside> {
    match format {
        Format::Brat => Some(standoff::brat::declared(documents)),
        Format::LabelStudio => Some(standoff::label_studio::interface(documents)),
        _ => None,
    }
}

/// A file with what stands beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set {
    /// The name of the main file without its ending.
    pub stem: String,
    /// The main file.
    pub main: Vec<u8>,
    /// The others.
    pub beside: Vec<Beside>,
}

/// Makes a file an article, each with what stands beside it.
pub fn folder(format: Format, documents: &[Document]) -> io::Result<(Vec<Set>, LossReport)> {
    let mut loss = LossReport::default();
    let mut sets: Vec<Set> = Vec::new();
    for document in documents {
        let taken = |name: &str| sets.iter().any(|set| set.stem.to_lowercase() == name.to_lowercase());
        let stem = free_name(&file_name(&document.article.id), taken);
        let mut main = Vec::new();
        loss.merge(write(format, &[*document], &mut main)?);
        sets.push(Set { stem, main, beside: of_one(format, document).into_iter().collect() });
    }
    if let Some(last) = sets.last_mut() {
        last.beside.extend(of_all(format, documents));
    }
    Ok((sets, loss))
}

/// Returns the name of a file for an article: letters and figures, anything else a hyphen, at most 60 characters.
pub fn file_name(id: &str) -> String {
    let plain: String = id.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).take(60).collect();
    if plain.is_empty() { "article".to_owned() } else { plain }
}

/// Returns `name`, or where that is taken the first of `name-2`, `name-3` that is not.
pub fn free_name(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let names = std::iter::once(name.to_owned()).chain((2..).map(|n| format!("{name}-{n}")));
    names.into_iter().find(|name| !is_taken(name)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_and_never_the_same() {
        assert_eq!(file_name("2017/06: “Bridge”"), "2017-06---Bridge-");
        assert_eq!(file_name(""), "article");
        assert_eq!(free_name("a", |name| name == "a" || name == "a-2"), "a-3");
    }
}
