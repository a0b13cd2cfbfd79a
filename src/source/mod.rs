//! Bytes of an input become articles: one file a kind of input. Pure: reading files is the runtime's business.

pub mod csv;
pub mod decode;
mod html;
pub mod jsonl;
mod markdown;
pub mod text;

use jiff::civil::Date;
use std::path::{Path, PathBuf};
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
    /// What kind of input it came in. The text of a web page is in no file: outputs for programs hold it.
    pub kind: Kind,
    /// What a reader should know of how the bytes were read (a guessed encoding, bytes that were no text), a line each.
    pub notices: Vec<String>,
}

impl Article {
    /// Returns the raw text where no file holds it, so that outputs for programs have to: that of a web page.
    pub fn text_of_page(&self) -> Option<&str> {
        (self.kind == Kind::Html).then_some(&self.text)
    }
}

/// Reads the day of a date that a source states as YYYY-MM-DD, with or without a time behind it.
fn stated_day(written: &str) -> Option<Date> {
    written.get(..10).unwrap_or(written).parse().ok()
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
    /// The bytes are no text.
    #[error("{0}")]
    Binary(String),
    /// The kind of input is not read, or not such a one.
    #[error("{0}")]
    Unsupported(&'static str),
}

/// A kind of input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Plain text: one article.
    Text,
    /// Markdown: the raw text is as it stands there; cleaning makes plain text of it.
    Markdown,
    /// A web page: the article in it.
    Html,
    /// JSON lines: an article a line.
    Jsonl,
    /// CSV: an article a row.
    Csv,
}

impl Kind {
    /// Returns the kind that a file's ending names, or `None` where it names none that is known.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match ending.as_str() {
            "txt" | "text" => Self::Text,
            "md" | "markdown" => Self::Markdown,
            "html" | "htm" | "xhtml" => Self::Html,
            "jsonl" | "ndjson" => Self::Jsonl,
            "csv" | "tsv" => Self::Csv,
            _ => return None,
        })
    }

    /// Tells whether bytes of an unknown kind begin as a web page does.
    pub fn is_page(bytes: &[u8]) -> bool {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
        [&b"<!doctype html"[..], b"<html"]
            .iter()
            .any(|start| bytes.get(..start.len()).is_some_and(|bytes| bytes.eq_ignore_ascii_case(start)))
    }
}

/// Reads the bytes of a file that is one article (text, Markdown, a web page).
pub fn single(bytes: &[u8], kind: Kind, path: Option<&Path>) -> Result<Article, SourceError> {
    if path.and_then(Path::extension).is_some_and(|ending| ["xml", "rss", "atom"].iter().any(|xml| ending == *xml)) {
        return Err(SourceError::Unsupported("XML and feeds are not supported: save the article as text"));
    }
    let mut article;
    if kind == Kind::Html {
        let decoded = decode::page(bytes)?;
        article = html::parse(&decoded.text, path)?;
        article.notices.splice(..0, decoded.notices);
    } else {
        let decoded = decode::decode(bytes)?;
        article = if kind == Kind::Markdown {
            markdown::parse(&decoded.text, path)
        } else {
            text::parse(&decoded.text, path)
        };
        article.notices = decoded.notices;
    }
    if article.text.trim().is_empty() {
        article.notices.push("it is empty: there is no text in it".to_owned());
    }
    Ok(article)
}
