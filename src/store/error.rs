//! What can be wrong with a store, in one line each.

use super::shown;
use crate::text::LineIndex;
use crate::text::visible::one_line;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A mistake in a file of the store: `FILE:LINE:COLUMN: reason`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub path: PathBuf,
    /// From 1.
    pub line: usize,
    /// From 1, in code points.
    pub column: usize,
    /// What is wrong.
    pub reason: String,
}

impl Fault {
    /// Makes the fault at byte `at` of `text`.
    pub(super) fn new(path: &Path, text: &str, at: usize, reason: String) -> Self {
        let (line, column) = LineIndex::new(text).line_column(text, at.min(text.len()));
        Self { path: path.to_owned(), line, column, reason }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", shown(&self.path), self.line, self.column, one_line(&self.reason))
    }
}

/// Why notes could not be read or saved. Each says the file and the reason in one line.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file is broken; it is left as it is.
    #[error("{0}")]
    Broken(Fault),
    /// The file was written by a newer version of this program; it is left as it is.
    #[error("{}:1:1: version {version} is newer than this program can write; the file is left as it is", shown(path))]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        version: i64,
    },
    /// Another program has the notes open.
    #[error("{}: another whosaid has these notes open", shown(path))]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// Another program changed the file since it was read.
    #[error("{}: changed by another program since it was read; your notes are kept in {}", shown(path), shown(kept))]
    Changed {
        /// The file, as the other program left it.
        path: PathBuf,
        /// Where the notes were saved instead.
        kept: PathBuf,
    },
    /// The notes were opened to be looked at only.
    #[error("{reason}")]
    ReadOnly {
        /// Why, with the file.
        reason: String,
    },
    /// The system refused something.
    #[error("{}: {doing}: {error}", shown(path))]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What was tried.
        doing: &'static str,
        /// What the system says.
        error: io::Error,
    },
}
