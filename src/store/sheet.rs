//! The notes of one coder on one article, open for reading and saving.

use super::error::{Fault, StoreError};
use super::journal::Journal;
use super::line::{Deed, Line};
use super::lock::{self, Lock};
use super::paper::{About, Paper};
use super::whole::Refused;
use super::{Store, Texts, disk, place, shown};
use crate::annotation::{Annotations, History, Step};
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
    coder: String,
    paper: Paper,
    /// The hash of the file as this sheet read or wrote it last; `None` where there was none.
    on_disk: Option<String>,
    /// Whether the notes hold something that is not on the disk.
    unsaved: bool,
    /// Every step, before it reaches the file.
    journal: Journal,
    /// The lines that are not in the journal yet.
    lines: Vec<Line>,
    /// Whether the journal knows that this sheet is open.
    opened: bool,
    /// Whether the notes were changed without a step: then the journal gets the whole file.
    whole: bool,
    /// By what the file on the disk is known without reading it: the file as this sheet wrote it last.
    seen: Option<disk::Seen>,
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
            journal: store.journal(coder),
            lines: Vec::new(),
            opened: false,
            whole: false,
            seen: None,
            coder: coder.to_owned(),
            kept: None,
            lock: None,
        };
        match sheet.take_lock(wait) {
            Ok(lock) => {
                sheet.lock = Some(lock);
                // Whoever held it before may have brought the notes of a moved article here.
                sheet.older = store.find(article, coder).1;
            }
            Err(error) if or_look => sheet.read_only = Some(error.to_string()),
            Err(error) => return Err(error),
        }
        match sheet.read() {
            Err(error) if or_look => sheet.read_only = Some(error.to_string()),
            other => other?,
        }
        if sheet.read_only.is_none() && sheet.older.is_none() {
            sheet.recover();
        }
        Ok(sheet)
    }

    /// Takes the steps that are in the journal but did not reach the file, because the program was killed in between.
    fn recover(&mut self) {
        // A journal that cannot be read now will be missed when something is to be saved.
        let waiting = self.journal.waiting(&self.name(), self.on_disk.as_deref()).unwrap_or_default();
        let taken = waiting.iter().take_while(|line| line.replay(&mut self.notes, &mut self.history)).count();
        if taken < waiting.len() {
            self.whole = true;
        }
        if taken > 0 {
            self.unsaved = true;
            let steps = if taken == 1 { "a step" } else { "some steps" };
            self.notices
                .push(format!("{steps} had not reached the file of the notes; taken from the journal: {taken}"));
        }
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
            match self.history.steps_to(history).filter(|steps| leads(&self.notes, &self.history, steps, notes)) {
                Some(steps) => self.note(&steps),
                None => self.whole = true,
            }
            self.notes.clone_from(notes);
            self.history.clone_from(history);
            self.unsaved = true;
        }
        self.write()
    }

    /// Takes steps and saves, as `save` does. A step that does not fit is an error, and those before it stand.
    pub fn take(&mut self, steps: &[Step]) -> Result<(), StoreError> {
        if let Some(reason) = &self.read_only {
            return Err(StoreError::ReadOnly { reason: reason.clone() });
        }
        for step in steps {
            let taken = self.history.take(&mut self.notes, step);
            if taken != Ok(true) {
                let reason = format!("{}: a step does not fit the notes", shown(&self.path));
                return Err(StoreError::ReadOnly { reason });
            }
            self.note(std::slice::from_ref(step));
            self.unsaved = true;
        }
        self.write()
    }

    fn note(&mut self, steps: &[Step]) {
        let (name, now) = (self.name(), jiff::Timestamp::now());
        self.lines.extend(steps.iter().map(|step| Line::of_step(&name, step, now)));
    }

    /// The name of the file in the coder's folder.
    fn name(&self) -> String {
        self.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// Writes what is not on the disk: first into the journal, then into the file.
    fn write(&mut self) -> Result<(), StoreError> {
        if !self.unsaved {
            return Ok(());
        }
        let known = self.older.clone().unwrap_or_else(|| self.path.clone());
        let as_seen = self.seen.is_some() && disk::Seen::of(&known) == self.seen;
        let there = if as_seen {
            None
        } else {
            disk::read(&known).map_err(|error| failed(&known, "reading before saving", error))?
        };
        // A file that somebody removed is written again: what is in memory is whole.
        if there.as_deref().is_some_and(|bytes| Some(place::sha256(bytes)) != self.on_disk) {
            self.compose();
            return Err(self
                .save_beside()
                .map_or_else(|error| error, |kept| StoreError::Changed { path: known, kept }));
        }
        self.write_journal(there).map_err(|error| failed(&self.path, "writing the journal", error))?;
        self.compose();
        let text = self.paper.text();
        disk::write(&self.path, text.as_bytes()).map_err(|error| failed(&self.path, "saving", error))?;
        let sha256 = place::sha256(text.as_bytes());
        self.on_disk = Some(sha256.clone());
        self.seen = disk::Seen::of(&self.path);
        self.unsaved = false;
        let mut lines = vec![Line { file: self.name(), deed: Deed::Saved { sha256 } }];
        if let Some(older) = self.older.take() {
            // The notes are safe in their new place; the old file is found again by nobody.
            let _ = std::fs::remove_file(&older);
            let file = older.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            lines.push(Line { file, deed: Deed::Gone });
        }
        // The file itself is safe: without this line the next program finds steps that are in the file already, sees
        // that it is not the one they were made for, and writes the whole file into the journal.
        let _ = self.journal.append(&lines, false);
        Ok(())
    }

    /// Brings the paper to the notes.
    fn compose(&mut self) {
        self.paper.describe(&self.about);
        self.paper.update(&self.notes, &self.history);
    }

    /// Writes the steps into the journal, durably; before the first what the file is, as far as the journal does not
    /// know that. `there` are the file's bytes, where they were read just now.
    fn write_journal(&mut self, there: Option<Vec<u8>>) -> io::Result<()> {
        let mut lines = Vec::new();
        if !self.opened || self.whole {
            let on_disk = self.on_disk.as_deref().filter(|_| self.older.is_none());
            let text = if self.whole {
                self.compose();
                Some(self.paper.text())
            } else if self.journal.leads_to(&self.name(), on_disk)? {
                None
            } else {
                Some(String::from_utf8(there.unwrap_or_default()).unwrap_or_default())
            };
            let About { id, path, sha256 } = self.about.clone();
            let deed = Deed::Open { coder: self.coder.clone(), id, path, sha256, text };
            lines.push(Line { file: self.name(), deed });
        }
        if !self.whole {
            lines.append(&mut self.lines);
        }
        if !lines.is_empty()
            && let Err(error) = self.journal.append(&lines, true)
        {
            // They are tried again with the next save, behind whatever of them was written.
            self.whole = true;
            return Err(error);
        }
        self.lines.clear();
        (self.opened, self.whole) = (true, false);
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

/// Tells whether the steps lead to these notes.
fn leads(from: &Annotations, history: &History, steps: &[Step], to: &Annotations) -> bool {
    let (mut notes, mut history) = (from.clone(), history.clone());
    steps.iter().all(|step| history.take(&mut notes, step) == Ok(true)) && notes == *to
}

/// Returns the folders of the coders in order. Links are not followed: nothing leads out of a store.
pub(super) fn coders(dir: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let failed = |error| failed(dir, "reading the store", error);
    let mut out = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        if !hidden && entry.file_type().map_err(failed)?.is_dir() {
            out.push(entry.path());
        }
    }
    out.sort();
    Ok(out)
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
