//! The notes of one coder on one article, open for reading and saving.

use super::error::{Fault, StoreError};
use super::lock::{self, Lock};
use super::paper::{About, Paper, Refused};
use super::{Store, Texts, disk, place, shown};
use crate::annotation::{Annotations, History};
use crate::source::Article;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The notes of one coder on one article, with the lock on them.
#[derive(Debug)]
pub struct Sheet {
    /// The notes as they were opened.
    pub notes: Annotations,
    /// Their history.
    pub history: History,
    /// Why nothing can be saved, where nothing can.
    pub read_only: Option<String>,
    /// What the reader should know, a line each.
    pub notices: Vec<String>,
    path: PathBuf,
    /// Where the notes lay before the article was moved.
    older: Option<PathBuf>,
    about: About,
    paper: Paper,
    /// The hash of the file as this sheet read or wrote it last; `None` where there was none.
    on_disk: Option<String>,
    /// Whether the paper holds something that is not on the disk.
    unsaved: bool,
    /// Where the notes are saved since another program changed their file.
    kept: Option<PathBuf>,
    /// Held as long as the sheet lives.
    lock: Option<Lock>,
}

/// What a file of the store holds.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// The notes.
    pub notes: Annotations,
    /// Their history.
    pub history: History,
    /// What they are about.
    pub(super) about: About,
}

impl Sheet {
    pub(super) fn open(
        store: &Store,
        article: &Article,
        coder: &str,
        wait: Duration,
        or_look: bool,
    ) -> Result<Self, StoreError> {
        let (path, older) = store.find(article, coder);
        let about = store.about(article);
        let paper = Paper::new(&about, coder);
        let mut sheet = Self {
            notes: Annotations::default(),
            history: History::default(),
            read_only: None,
            notices: Vec::new(),
            path,
            older,
            about,
            paper,
            on_disk: None,
            unsaved: false,
            kept: None,
            lock: None,
        };
        match sheet.take_lock(wait) {
            Ok(lock) => sheet.lock = Some(lock),
            Err(error) if or_look => sheet.read_only = Some(error.to_string()),
            Err(error) => return Err(error),
        }
        match sheet.read() {
            Err(error) if or_look => sheet.read_only = Some(error.to_string()),
            other => other?,
        }
        Ok(sheet)
    }

    /// Returns the file of these notes.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Saves the notes and their history. Once it returns they are on the disk for good; where it fails, the file is as
    /// it was, and the next call tries again.
    ///
    /// Where another program changed the file since it was read, its work is left alone: the notes go into a file of
    /// their own beside it, and the error names that file.
    pub fn save(&mut self, notes: &Annotations, history: &History) -> Result<(), StoreError> {
        if let Some(reason) = &self.read_only {
            return Err(StoreError::ReadOnly { reason: reason.clone() });
        }
        if *notes != self.notes || *history != self.history {
            self.paper.describe(&self.about);
            self.paper.update(notes, history);
            self.notes.clone_from(notes);
            self.history.clone_from(history);
            self.unsaved = true;
        }
        if !self.unsaved {
            return Ok(());
        }
        let known = self.older.as_deref().unwrap_or(&self.path);
        let there = disk::read(known).map_err(|error| failed(known, "reading before saving", error))?;
        // A file that somebody removed is written again: what is in memory is whole.
        if there.is_some_and(|bytes| Some(place::sha256(&bytes)) != self.on_disk) {
            let path = known.to_owned();
            return Err(self.save_beside().map_or_else(|error| error, |kept| StoreError::Changed { path, kept }));
        }
        let text = self.paper.text();
        disk::write(&self.path, text.as_bytes()).map_err(|error| failed(&self.path, "saving", error))?;
        self.on_disk = Some(place::sha256(text.as_bytes()));
        self.unsaved = false;
        if let Some(older) = self.older.take() {
            // The notes are safe in their new place; the old file is found again by nobody.
            let _ = std::fs::remove_file(older);
        }
        Ok(())
    }

    /// Saves the notes in a file of their own, `NAME.unsaved-1.toml` or the next that is free.
    fn save_beside(&mut self) -> Result<PathBuf, StoreError> {
        let kept = self.kept.clone().unwrap_or_else(|| {
            let numbered = |n: u32| self.path.with_extension(format!("unsaved-{n}.toml"));
            (1..1_000_000)
                .map(numbered)
                .find(|path| std::fs::symlink_metadata(path).is_err())
                .unwrap_or_else(|| numbered(0))
        });
        disk::write(&kept, self.paper.text().as_bytes()).map_err(|error| failed(&kept, "saving", error))?;
        self.kept = Some(kept.clone());
        Ok(kept)
    }

    fn take_lock(&self, wait: Duration) -> Result<Lock, StoreError> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        disk::make_folder(folder).map_err(|error| failed(folder, "making the folder of the notes", error))?;
        let lock = lock::take(&self.path, wait).map_err(|error| failed(folder, "nothing can be saved here", error))?;
        lock.ok_or_else(|| StoreError::Locked { path: self.path.clone() })
    }

    fn read(&mut self) -> Result<(), StoreError> {
        let path = self.older.as_deref().unwrap_or(&self.path);
        let Some(bytes) = disk::read(path).map_err(|error| failed(path, "reading", error))? else { return Ok(()) };
        let (paper, content) = parse(path, &bytes)?;
        if content.lost > 0 {
            self.notices.push(format!(
                "{}: the notes were changed by hand: {} older steps can no longer be undone",
                shown(path),
                content.lost
            ));
        }
        if let Some(older) = &self.older {
            self.notices.push(format!("the article was moved; its notes were found in {}", shown(older)));
        }
        (self.paper, self.notes, self.history) = (paper, content.notes, content.history);
        self.on_disk = Some(place::sha256(&bytes));
        Ok(())
    }
}

/// Reads a file of the store; empty where there is none.
pub(super) fn load(path: &Path) -> Result<Loaded, StoreError> {
    let Some(bytes) = disk::read(path).map_err(|error| failed(path, "reading", error))? else {
        return Ok(Loaded::default());
    };
    let (_, content) = parse(path, &bytes)?;
    Ok(Loaded { notes: content.notes, history: content.history, about: content.about })
}

/// Returns the files of a coder by the hash of the text they were made for. Files that cannot be read are left out.
pub(super) fn texts(folder: &Path) -> Texts {
    let mut out = Texts::new();
    for file in files(folder).unwrap_or_default() {
        // The hash stands in the head of the file; a whole parse of thousands of files would take seconds.
        let head = std::fs::File::open(&file).and_then(|file| {
            let mut head = Vec::new();
            io::Read::read_to_end(&mut io::Read::take(file, 4096), &mut head).map(|_| head)
        });
        let head = head.unwrap_or_default();
        let head = String::from_utf8_lossy(&head);
        let hash = head.lines().find_map(|line| line.trim_start().strip_prefix("sha256")?.split('"').nth(1));
        if let Some(hash) = hash {
            out.entry(hash.to_owned()).or_default().push(file);
        }
    }
    out
}

/// Returns the TOML files of a folder in order.
pub(super) fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        if !hidden && path.extension().is_some_and(|ending| ending == "toml") {
            out.push(path);
        }
    }
    out.sort();
    Ok(out)
}

/// Reads the bytes of a store file.
pub(super) fn parse(path: &Path, bytes: &[u8]) -> Result<(Paper, super::paper::Content), StoreError> {
    let text = utf8(path, bytes)?;
    Paper::read(text).map_err(|refused| match refused {
        Refused::Newer(version) => StoreError::Newer { path: path.to_owned(), version },
        Refused::Bad(bad) => {
            let at = bad.at.map_or(0, |at| at.start);
            StoreError::Broken(Fault::new(path, text, at, bad.reason))
        }
    })
}

/// Returns the bytes of a file as text.
pub(super) fn utf8<'a>(path: &Path, bytes: &'a [u8]) -> Result<&'a str, StoreError> {
    std::str::from_utf8(bytes).map_err(|error| {
        let (sound, _) = bytes.split_at(error.valid_up_to());
        let sound = String::from_utf8_lossy(sound);
        StoreError::Broken(Fault::new(path, &sound, sound.len(), "a byte that is not UTF-8".to_owned()))
    })
}

pub(super) fn failed(path: &Path, doing: &'static str, error: io::Error) -> StoreError {
    StoreError::Io { path: path.to_owned(), doing, error }
}
