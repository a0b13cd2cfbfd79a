//! The files that belong to the store as a whole: its codebook, its memo, and each coder's marks.

use super::error::{Fault, StoreError};
use super::{disk, lock, place, sheet};
use crate::annotation::codebook::Codebook;
use crate::annotation::{Marks, Project};
use crate::config::Diagnostic;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long another program may hold one of these files.
const WAIT: Duration = Duration::from_millis(500);

/// The texts of the three files; empty for a file that is not there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProjectText {
    /// `codebook.toml`.
    pub codebook: String,
    /// `project.toml`: the memo of the store and the steps of the codebook.
    pub project: String,
    /// `marks-CODER.toml`.
    pub marks: String,
}

/// The three files as they are on the disk.
#[derive(Debug)]
pub struct ProjectFiles {
    dir: PathBuf,
    files: [File; 3],
}

#[derive(Debug)]
struct File {
    path: PathBuf,
    /// The text as it was read or written last; `None` where it cannot be read, and so is never written.
    known: Option<String>,
    /// Where it is written since another program changed it.
    kept: Option<PathBuf>,
}

impl ProjectFiles {
    /// Reads the files of the store in `dir`; what cannot be read comes back as errors, and is never overwritten.
    pub fn open(dir: &Path, coder: &str) -> (Self, ProjectText, Vec<StoreError>) {
        let mut errors = Vec::new();
        let names = ["codebook.toml".to_owned(), "project.toml".to_owned(), marks_name(coder)];
        let files = names.map(|name| {
            let path = dir.join(name);
            let known = match read(&path) {
                Ok(text) => Some(text),
                Err(error) => {
                    errors.push(error);
                    None
                }
            };
            File { path, known, kept: None }
        });
        let text = |n: usize| files[n].known.clone().unwrap_or_default();
        let texts = ProjectText { codebook: text(0), project: text(1), marks: text(2) };
        (Self { dir: dir.to_owned(), files }, texts, errors)
    }

    /// Writes the files whose text is another than the one that is known, each whole or not at all. Where another program
    /// changed a file meanwhile, its work is left alone: the text goes into a file of its own beside it, and the error
    /// names that.
    pub fn save(&mut self, texts: &ProjectText) -> Result<(), StoreError> {
        let mut first = Ok(());
        for (file, text) in self.files.iter_mut().zip([&texts.codebook, &texts.project, &texts.marks]) {
            let result = file.save(&self.dir, text);
            first = first.and(result);
        }
        first
    }
}

/// Reads the files that belong to the store in `dir` as a whole; returns what is wrong with them.
pub(super) fn check(dir: &Path) -> Vec<StoreError> {
    let mut names: Vec<String> = vec!["codebook.toml".to_owned(), "project.toml".to_owned()];
    let listed = std::fs::read_dir(dir).into_iter().flatten().flatten();
    let listed = listed.filter_map(|entry| entry.file_name().into_string().ok());
    names.extend(
        listed.filter(|name| name.starts_with("marks-") && Path::new(name).extension() == Some("toml".as_ref())),
    );
    names.sort();
    let mut out = Vec::new();
    for name in names {
        let path = dir.join(&name);
        match read(&path) {
            Ok(text) if text.is_empty() => {}
            Ok(text) => {
                let found = match name.as_str() {
                    "codebook.toml" => Codebook::parse(&text, &name).1,
                    "project.toml" => Project::parse(&text, &name).1,
                    _ => Marks::parse(&text, &name).1,
                };
                let fault =
                    |Diagnostic { line, column, reason, .. }| Fault { path: path.clone(), line, column, reason };
                out.extend(found.into_iter().map(fault).map(StoreError::Broken));
            }
            Err(error) => out.push(error),
        }
    }
    out
}

/// Returns the name of the file of a coder's marks.
pub fn marks_name(coder: &str) -> String {
    format!("marks-{}.toml", place::coder_folder(coder))
}

impl File {
    fn save(&mut self, dir: &Path, text: &str) -> Result<(), StoreError> {
        let Some(known) = self.known.as_deref().filter(|known| *known != text) else {
            return Ok(());
        };
        let path = &self.path;
        let failed = |doing| move |error| sheet::failed(path, doing, error);
        disk::make_folder(dir).map_err(failed("making the folder of the store"))?;
        let lock = lock::take(path, WAIT).map_err(failed("locking"))?;
        let _lock = lock.ok_or_else(|| StoreError::Locked { path: path.clone() })?;
        let there = read(path)?;
        // A file that somebody removed is written again: what is in memory is whole.
        if !there.is_empty() && there != known {
            let numbered = |n: u32| path.with_extension(format!("unsaved-{n}.toml"));
            let free = || (1..1000).map(numbered).find(|path| std::fs::symlink_metadata(path).is_err());
            let kept = self.kept.clone().or_else(free).unwrap_or_else(|| numbered(0));
            disk::write(&kept, text.as_bytes()).map_err(failed("saving"))?;
            self.kept = Some(kept.clone());
            return Err(StoreError::Changed { path: path.clone(), kept });
        }
        disk::write(path, text.as_bytes()).map_err(failed("saving"))?;
        self.known = Some(text.to_owned());
        Ok(())
    }
}

fn read(path: &Path) -> Result<String, StoreError> {
    let bytes = disk::read(path).map_err(|error| sheet::failed(path, "reading", error))?.unwrap_or_default();
    sheet::utf8(path, &bytes).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_written_where_they_changed_and_never_over_anothers_work() {
        let dir = tempfile::tempdir().expect("a folder");
        let store = dir.path().join("store");
        let (mut files, texts, errors) = ProjectFiles::open(&store, "Ada L.");
        assert_eq!((texts, errors.len()), (ProjectText::default(), 0));
        let first = ProjectText { codebook: "version = 1\n".into(), marks: "# m\n".into(), project: String::new() };
        files.save(&first).expect("it can be written");
        assert!(!store.join("project.toml").exists());
        assert_eq!(ProjectFiles::open(&store, "Ada L.").1, first);
        // Another program writes the codebook.
        std::fs::write(store.join("codebook.toml"), "version = 1 # theirs\n").expect("written");
        let second = ProjectText { codebook: "version = 1 # ours\n".into(), marks: "# n\n".into(), ..first };
        let error = files.save(&second).expect_err("it was changed").to_string();
        assert!(error.contains("codebook.unsaved-1.toml"), "{error}");
        let read = |name: &str| std::fs::read_to_string(store.join(name)).expect("it is there");
        assert_eq!(read("codebook.toml"), "version = 1 # theirs\n");
        assert_eq!(read("codebook.unsaved-1.toml"), "version = 1 # ours\n");
        assert_eq!(ProjectFiles::open(&store, "Ada L.").1.marks, "# n\n");
    }

    #[test]
    fn what_cannot_be_read_is_never_written() {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::write(dir.path().join("codebook.toml"), b"\xff\n").expect("written");
        let (mut files, texts, errors) = ProjectFiles::open(dir.path(), "me");
        assert!(errors[0].to_string().contains("codebook.toml:1:1"), "{}", errors[0]);
        files.save(&ProjectText { codebook: "new".into(), ..texts }).expect("nothing to write");
        assert_eq!(std::fs::read(dir.path().join("codebook.toml")).expect("it is there"), b"\xff\n");
    }
}
