//! Exports on the disk: a file, a file with others beside it, or a folder of one file an article.

use crate::export::{self, Beside, Document, Format, LossReport, Set};
use crate::store::disk;
use std::io;
use std::path::{Path, PathBuf};

/// An export that could not be written: which file, and why.
#[derive(Debug)]
pub struct Failed {
    /// The file or folder.
    pub path: PathBuf,
    /// Why.
    pub error: io::Error,
}

impl Failed {
    fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |error| Self { path, error }
    }
}

/// Writes the documents, each file whole or not at all, and returns what the format could not hold.
///
/// `path` is the file; for a format of one article a file, a folder where it is one, has no ending, or there are several
/// articles. A file beside it that somebody else wrote is never replaced: then nothing is written.
pub fn write(format: Format, documents: &[Document], path: &Path) -> Result<LossReport, Failed> {
    let folder = path.is_dir() || documents.len() != 1 || path.extension().is_none();
    if format.is_one_article() && folder {
        std::fs::create_dir_all(path).map_err(Failed::at(path))?;
        let (sets, loss) = export::folder(format, documents).map_err(Failed::at(path))?;
        let main = |set: &Set| path.join(format!("{}.{}", set.stem, format.ending()));
        for set in &sets {
            check(&main(set), &set.stem, &set.beside)?;
        }
        for set in &sets {
            whole(&main(set), &set.main)?;
            others(path, &set.stem, &set.beside)?;
        }
        return Ok(loss);
    }
    let beside = export::beside(format, documents);
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    check(path, &stem, &beside)?;
    let mut loss = LossReport::default();
    let written = disk::write_export(path, |out| {
        loss = export::write(format, documents, out)?;
        Ok(())
    });
    written.map_err(Failed::at(path))?;
    others(path.parent().unwrap_or(Path::new("")), &stem, &beside)?;
    Ok(loss)
}

fn whole(path: &Path, bytes: &[u8]) -> Result<(), Failed> {
    disk::write_export(path, |out| out.write_all(bytes)).map_err(Failed::at(path))
}

fn others(folder: &Path, stem: &str, beside: &[Beside]) -> Result<(), Failed> {
    for other in beside {
        let path = folder.join(other.name(stem));
        // What is there already with the same bytes keeps its date.
        if std::fs::read(&path).ok().as_deref() != Some(&other.bytes) {
            whole(&path, &other.bytes)?;
        }
    }
    Ok(())
}

/// Fails where a file beside `main` is somebody else's.
fn check(main: &Path, stem: &str, beside: &[Beside]) -> Result<(), Failed> {
    let was_there = main.exists();
    for other in beside {
        let path = main.with_file_name(other.name(stem));
        let foreign = match std::fs::read(&path) {
            Ok(old) => !other.may_replace(&old, was_there),
            Err(error) => error.kind() != io::ErrorKind::NotFound,
        };
        if foreign {
            let error = io::Error::other(
                "the export needs this file too, but it is there and another program's: name another file or folder",
            );
            return Err(Failed { path, error });
        }
    }
    Ok(())
}
