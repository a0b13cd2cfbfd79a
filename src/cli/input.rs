//! The inputs of the commands without a screen: files, folders and stdin become a stream of articles.

use crate::source::{Article, jsonl, text};
use clap::ValueEnum;
use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};

/// A kind of input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Plain text.
    Text,
    /// JSON lines.
    Jsonl,
}

/// Calls `each` with every article of `paths`, in order; returns whether all could be read.
pub fn articles(
    paths: &[PathBuf],
    kind: Option<Kind>,
    mut each: impl FnMut(Article) -> std::io::Result<()>,
) -> std::io::Result<bool> {
    let mut whole = true;
    for path in paths {
        let stdin = path == Path::new("-");
        let name = (!stdin).then_some(path.as_path());
        let kind =
            kind.unwrap_or(if path.extension().is_some_and(|e| e == "jsonl") { Kind::Jsonl } else { Kind::Text });
        let reader: Box<dyn Read> =
            if stdin { Box::new(std::io::stdin()) } else { Box::new(std::fs::File::open(path)?) };
        let mut reader = std::io::BufReader::new(reader);
        match kind {
            Kind::Text => {
                let mut raw = String::new();
                reader.read_to_string(&mut raw)?;
                each(text::parse(&raw, name))?;
            }
            Kind::Jsonl => {
                for (number, line) in reader.lines().enumerate() {
                    let line = line?;
                    if line.trim().is_empty() {
                        continue;
                    }
                    match jsonl::parse_line(&line, number + 1, name) {
                        Ok(article) => each(article)?,
                        Err(error) => {
                            whole = false;
                            eprintln!("whosaid: {}: {error}", path.display());
                        }
                    }
                }
            }
        }
    }
    Ok(whole)
}
