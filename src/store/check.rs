//! Verifies a store: every file of every coder is read as it would be opened.

use super::error::StoreError;
use super::{disk, project, sheet};
use std::path::Path;

/// What a check found.
#[derive(Debug, Default)]
pub struct Checked {
    /// How many files are whole.
    pub files: usize,
    /// How many notes on quotations they hold.
    pub quotes: usize,
    /// How many notes on speakers.
    pub speakers: usize,
    /// What is wrong, a line each.
    pub faults: Vec<StoreError>,
}

/// Reads every file of the store in `dir`. An error is one that keeps it from reading the store at all.
pub fn check(dir: &Path) -> Result<Checked, StoreError> {
    let mut out = Checked { faults: project::check(dir), ..Checked::default() };
    for coder in sheet::coders(dir)? {
        let files = sheet::files(&coder).map_err(|error| sheet::failed(&coder, "reading the folder", error))?;
        for path in files {
            match whole(&path) {
                Ok((quotes, speakers)) => {
                    out.files += 1;
                    out.quotes += quotes;
                    out.speakers += speakers;
                }
                Err(fault) => out.faults.push(fault),
            }
        }
    }
    Ok(out)
}

fn whole(path: &Path) -> Result<(usize, usize), StoreError> {
    let bytes = disk::read(path).map_err(|error| sheet::failed(path, "reading", error))?.unwrap_or_default();
    let (_, content) = sheet::parse(path, &bytes)?;
    Ok((content.notes.quotes.len(), content.notes.speakers.len()))
}
