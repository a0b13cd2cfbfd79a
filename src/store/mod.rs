//! The reader's notes on the disk: one TOML file an article and coder, never half written, never overwritten unread.

mod check;
mod decode;
pub mod disk;
mod encode;
mod error;
mod folder;
mod journal;
mod line;
mod lock;
mod merging;
mod paper;
mod place;
mod places;
mod project;
mod rebuild;
mod sheet;
mod whole;

pub use check::{Checked, check};
pub use error::{Fault, StoreError};
pub use folder::{StoredNotes, amend, note_files, notes_of, read_notes};
pub use merging::{MergedFile, merge_files};
pub use place::sha256;
pub use places::{Place, Places};
pub use project::{ProjectFiles, ProjectText};
pub use rebuild::{Rebuilt, rebuild};
pub use sheet::{Loaded, Sheet};

use crate::annotation::Annotations;
use crate::source::Article;
use crate::text::visible::one_line;
use jiff::Timestamp;
use journal::Journal;
use paper::About;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

/// A folder with notes: below it a folder a coder, in these a file an article.
#[derive(Debug, Clone)]
pub struct Store {
    dir: PathBuf,
    /// By coder, the files by the hash of the text they were made for: read once, when an article is not found by place.
    by_text: Arc<OnceLock<(String, Texts)>>,
    /// The journals by coder, so that each is read once.
    journals: Arc<Mutex<HashMap<String, Journal>>>,
}

/// Files by the hash of the text they were made for.
type Texts = HashMap<String, Vec<PathBuf>>;

/// How far a reader has come with one article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Quotations that were accepted, rejected or added.
    pub decided: usize,
    /// Whether the article is marked as done.
    pub done: bool,
    /// Whether it is flagged.
    pub flagged: bool,
    /// When the last step was made that can be undone.
    pub last: Option<Timestamp>,
}

impl Store {
    /// Names the store in `dir`. Nothing is read or made yet.
    pub fn new(dir: PathBuf) -> Self {
        Self { dir, by_text: Arc::default(), journals: Arc::default() }
    }

    /// Returns the store's folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Opens the notes of `coder` on `article` for the screen, and holds their lock as long as the sheet lives.
    ///
    /// What cannot be written can still be looked at: where another program holds the lock after `wait`, the store is
    /// newer or broken, or the folder is read-only, the sheet comes back with the reason in `read_only`.
    pub fn open(&self, article: &Article, coder: &str, wait: Duration) -> Result<Sheet, StoreError> {
        Sheet::open(self, article, coder, wait, true)
    }

    /// Opens the notes of `coder` on `article` to change them: anything that forbids that is an error.
    pub fn open_to_write(&self, article: &Article, coder: &str, wait: Duration) -> Result<Sheet, StoreError> {
        Sheet::open(self, article, coder, wait, false)
    }

    /// Reads the notes of `coder` on `article` without a lock; empty where there are none.
    pub fn load(&self, article: &Article, coder: &str) -> Result<Loaded, StoreError> {
        sheet::load(&self.find(article, coder).0)
    }

    /// Returns the file in which the notes of `coder` on the article `id` of the file `path` lie, if they do.
    pub fn file_of(&self, path: &Path, id: &str, coder: &str) -> PathBuf {
        self.dir.join(place::coder_folder(coder)).join(place::file_name_of(path, id, &self.root()))
    }

    /// Returns how far `coder` has come with the article `id` of the file `path`; `None` where nothing is noted yet.
    ///
    /// Reads only the end of one file, so that a list of thousands can ask for each line it shows.
    pub fn progress(&self, path: &Path, id: &str, coder: &str) -> Option<Progress> {
        const END: u64 = 1024;
        let bytes = disk::read_tail(&self.file_of(path, id, coder), END).ok()?;
        whole::tail(&String::from_utf8_lossy(&bytes))
    }

    /// Reads what coders other than `coder` noted on `article`: their names and notes, in the order of their folders.
    pub fn others(&self, article: &Article, coder: &str) -> Result<Vec<(String, Annotations)>, StoreError> {
        let own = place::coder_folder(coder);
        let name = place::file_name(article, &self.root());
        let mut out = Vec::new();
        if !self.dir.is_dir() {
            return Ok(out);
        }
        for folder in sheet::coders(&self.dir)? {
            let path = folder.join(&name);
            if folder.file_name().is_some_and(|folder| folder == own.as_str()) || !path.exists() {
                continue;
            }
            let stored = folder::read_notes(&path)?;
            out.push((stored.coder, stored.notes));
        }
        Ok(out)
    }

    /// Reads where `coder` was in each article.
    pub fn places(&self, coder: &str) -> Places {
        Places::read(&self.dir.join(place::coder_folder(coder)))
    }

    /// Returns the journal of `coder`.
    fn journal(&self, coder: &str) -> Journal {
        let folder = self.dir.join(place::coder_folder(coder));
        let mut journals = self.journals.lock().unwrap_or_else(PoisonError::into_inner);
        journals.entry(coder.to_owned()).or_insert_with(|| Journal::of(&folder)).clone()
    }

    /// Returns the file for the notes, and the older file where they lie so far if that is another one: the article
    /// was moved, its text is the same, and nothing lies in its old place any more.
    fn find(&self, article: &Article, coder: &str) -> (PathBuf, Option<PathBuf>) {
        let folder = self.dir.join(place::coder_folder(coder));
        let file = folder.join(place::file_name(article, &self.root()));
        if std::fs::symlink_metadata(&file).is_ok() || article.path.is_none() {
            return (file, None);
        }
        let moved = self.moved(article, coder, &folder);
        (file, moved)
    }

    fn moved(&self, article: &Article, coder: &str, folder: &Path) -> Option<PathBuf> {
        let (of, known) = self.by_text.get_or_init(|| (coder.to_owned(), sheet::texts(folder)));
        let fresh;
        let known = if of == coder {
            known
        } else {
            fresh = sheet::texts(folder);
            &fresh
        };
        let root = self.root();
        let mut gone: Vec<(String, PathBuf)> = known
            .get(&place::sha256(article.text.as_bytes()))?
            .iter()
            .filter_map(|file| {
                let about = sheet::load(file).ok()?.about;
                (!root.join(about.path.as_deref()?).exists()).then(|| (about.id, file.clone()))
            })
            .collect();
        // The same name tells; a file that was renamed is known by its text, where no other has the same.
        match gone.iter().position(|(id, _)| *id == article.id) {
            Some(at) => Some(gone.swap_remove(at).1),
            None if gone.len() == 1 => gone.pop().map(|(_, file)| file),
            None => None,
        }
    }

    fn about(&self, article: &Article) -> About {
        let path = article.path.as_deref().map(|path| place::location(path, &self.root()));
        About {
            id: article.id.clone(),
            // A path that is no text is not written down: a likeness of it would name another file.
            path: path.and_then(|path| Some(path.to_str()?.replace(std::path::MAIN_SEPARATOR, "/"))),
            sha256: place::sha256(article.text.as_bytes()),
        }
    }

    /// The folder that holds the store: a project, where the store is its `.whosaid`.
    fn root(&self) -> PathBuf {
        let dir = place::real(&self.dir);
        dir.parent().map_or_else(|| dir.clone(), Path::to_owned)
    }
}

/// A path as it may be shown.
fn shown(path: &Path) -> String {
    one_line(&path.to_string_lossy()).into_owned()
}
