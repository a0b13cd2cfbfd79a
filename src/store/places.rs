//! Where a coder was in each article: a convenience of its own file, written without waiting for the disk.

use super::disk;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The name of the file in a coder's folder.
pub const NAME: &str = ".places.json";

/// A place in one article.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// The first byte of the selected quotation in the raw text.
    pub quote: Option<usize>,
    /// The first byte of the raw text that was shown.
    pub top: usize,
    /// The pane that had the keys.
    pub pane: String,
    /// The text that led.
    pub lead: String,
    /// How many quotations there were.
    pub quotes: Option<usize>,
    /// How sure the program was of the open quotation it was least sure of, in percent.
    pub sure: Option<u8>,
}

/// All places of one coder.
#[derive(Debug, Clone, Default)]
pub struct Places {
    path: PathBuf,
    kept: Kept,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    /// The article that was open last: its file and its name.
    last: Option<(PathBuf, String)>,
    /// By the file and the name of the article.
    places: BTreeMap<String, Place>,
}

impl Places {
    /// Reads the places of the coder in `folder`; none where there are none, or they cannot be read.
    pub fn read(folder: &Path) -> Self {
        let path = folder.join(NAME);
        let bytes = disk::read(&path).ok().flatten().unwrap_or_default();
        Self { path, kept: serde_json::from_slice(&bytes).unwrap_or_default() }
    }

    /// Returns the place in an article.
    pub fn of(&self, file: Option<&Path>, id: &str) -> Option<&Place> {
        self.kept.places.get(&key(file, id))
    }

    /// Returns the file and the name of the article that was open last.
    pub fn last(&self) -> Option<(&Path, &str)> {
        self.kept.last.as_ref().map(|(file, id)| (file.as_path(), id.as_str()))
    }

    /// Remembers a place. That it could not be written is no loss that anybody need hear of. Nothing is written as long
    /// as the coder has no folder: looking at an article leaves no trace.
    pub fn keep(&mut self, file: Option<&Path>, id: &str, place: Place) {
        self.kept.last = Some((absolute(file), id.to_owned()));
        self.kept.places.insert(key(file, id), place);
        let Some(folder) = self.path.parent().filter(|folder| folder.is_dir()) else { return };
        let written = tempfile::NamedTempFile::new_in(folder).and_then(|file| {
            serde_json::to_writer(std::io::BufWriter::new(file.as_file()), &self.kept)?;
            file.persist(&self.path).map_err(|error| error.error)
        });
        drop(written);
    }
}

fn absolute(file: Option<&Path>) -> PathBuf {
    file.map(|file| std::path::absolute(file).unwrap_or_else(|_| file.to_owned())).unwrap_or_default()
}

fn key(file: Option<&Path>, id: &str) -> String {
    format!("{}\n{id}", absolute(file).to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_come_back_and_a_broken_file_is_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut places = Places::read(folder.path());
        let place = Place { quote: Some(7), top: 3, pane: "Speakers".to_owned(), ..Place::default() };
        places.keep(Some(Path::new("/a/b.txt")), "b", place.clone());
        let again = Places::read(folder.path());
        assert_eq!(again.of(Some(Path::new("/a/b.txt")), "b"), Some(&place));
        assert_eq!((again.of(None, "b"), again.last()), (None, Some((Path::new("/a/b.txt"), "b"))));
        std::fs::write(folder.path().join(NAME), "{\"places\": 7").expect("written");
        assert_eq!(Places::read(folder.path()).last(), None);
    }
}
