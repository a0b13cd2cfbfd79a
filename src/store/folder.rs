//! Every file of a store, coder by coder: what agreement and whole-project changes read.

use super::error::StoreError;
use super::journal::Journal;
use super::line::{Deed, Line};
use super::paper::About;
use super::{disk, lock, place, sheet};
use crate::annotation::{Annotations, Conflict, History};
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// One file of a store.
#[derive(Debug, Clone, Default)]
pub struct StoredNotes {
    /// The file.
    pub path: PathBuf,
    /// Whose notes they are: as the file says, else the name of its folder.
    pub coder: String,
    /// The article's name.
    pub id: String,
    /// The article's file, as the store knows it.
    pub article: Option<String>,
    /// The SHA-256 of the raw text that was annotated, in hex.
    pub sha256: String,
    /// The notes, without their history.
    pub notes: Annotations,
}

/// Reads every file of the store in `dir`, in the order of coders and files. The outer error is one that keeps it from
/// reading the store at all; a file that is broken stands as an error in its place.
pub fn notes_of(dir: &Path) -> Result<Vec<Result<StoredNotes, StoreError>>, StoreError> {
    Ok(note_files(dir)?.into_iter().map(|path| read_notes(&path)).collect())
}

/// Returns every file of notes of the store in `dir`, in the order of coders and files.
pub fn note_files(dir: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let mut out = Vec::new();
    for folder in sheet::coders(dir)? {
        out.extend(sheet::files(&folder).map_err(|error| sheet::failed(&folder, "reading the folder", error))?);
    }
    Ok(out)
}

/// Reads one file of notes.
pub fn read_notes(path: &Path) -> Result<StoredNotes, StoreError> {
    let bytes = disk::read(path).map_err(|error| sheet::failed(path, "reading", error))?.unwrap_or_default();
    let (_, content) = sheet::parse(path, &bytes)?;
    let name = || path.parent()?.file_name().map(|name| name.to_string_lossy().into_owned());
    Ok(StoredNotes {
        coder: content.coder.or_else(name).unwrap_or_default(),
        id: content.about.id,
        article: content.about.path,
        sha256: content.about.sha256,
        notes: content.notes,
        path: path.to_owned(),
    })
}

/// Changes the notes in a file of the store with their history, under their lock. `change` returns whether it changed
/// anything; what it made can be undone like any other step.
pub fn amend(
    path: &Path,
    wait: Duration,
    change: impl FnOnce(&mut Annotations, &mut History) -> Result<bool, Conflict>,
) -> Result<bool, StoreError> {
    let failed = |doing| move |error| sheet::failed(path, doing, error);
    let lock = lock::take(path, wait).map_err(failed("locking"))?;
    let _lock = lock.ok_or_else(|| StoreError::Locked { path: path.to_owned() })?;
    let bytes = disk::read(path).map_err(failed("reading"))?.unwrap_or_default();
    let (mut paper, content) = sheet::parse(path, &bytes)?;
    let (mut notes, mut history) = (content.notes, content.history);
    let was = history.clone();
    match change(&mut notes, &mut history) {
        Ok(false) => return Ok(false),
        Ok(true) => {}
        Err(conflict) => {
            return Err(StoreError::ReadOnly { reason: format!("{}: {conflict}", super::shown(path)) });
        }
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let journal = Journal::of(folder);
    let known = journal.leads_to(&file, Some(&place::sha256(&bytes))).map_err(failed("reading the journal"))?;
    paper.update(&notes, &history);
    let text = paper.text();
    // Where no steps lead from the one to the other, the journal gets the file as it is to be.
    let steps = was.steps_to(&history);
    let before = match &steps {
        None => Some(text.clone()),
        Some(_) => (!known).then(|| String::from_utf8_lossy(&bytes).into_owned()),
    };
    let About { id, path: article, sha256 } = content.about;
    let coder = content.coder.unwrap_or_default();
    let open = Deed::Open { coder, id, path: article, sha256, text: before };
    let mut lines = vec![Line { file: file.clone(), deed: open }];
    lines.extend(steps.iter().flatten().map(|step| Line::of_step(&file, step, Timestamp::now())));
    journal.append(&lines, true).map_err(failed("writing the journal"))?;
    disk::write(path, text.as_bytes()).map_err(failed("saving"))?;
    // The file is safe; see `Sheet::write`.
    let _ = journal.append(&[Line { file, deed: Deed::Saved { sha256: place::sha256(text.as_bytes()) } }], false);
    Ok(true)
}
