//! Bytes of an input become articles: one file a kind of input. Pure: reading files is the runtime's business.

pub mod jsonl;
pub mod text;

use jiff::civil::Date;
use std::path::PathBuf;
use std::sync::Arc;

/// One article as it was given, before any cleaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// The name of the article: a JSONL line's `id`, else the file's name without its ending.
    pub id: String,
    /// The file it came from; `None` for stdin and the bundled samples.
    pub path: Option<PathBuf>,
    /// The title where the source states one apart from the text.
    pub title: Option<String>,
    /// The date where the source states one (JSONL `date`, metadata).
    pub date: Option<Date>,
    /// The raw text. All raw offsets are into this.
    pub text: Arc<str>,
    /// What a reader should know of how the bytes were read (a guessed encoding, bytes that were no text), a line each.
    pub notices: Vec<String>,
}

/// Why an input is no article.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// A line of a JSONL input is not what it should be.
    #[error("line {line}, column {column}: {reason}")]
    Line {
        /// From 1.
        line: usize,
        /// From 1, in bytes.
        column: usize,
        /// What the parser says.
        reason: String,
    },
}
