//! The inputs of the commands without a screen: files, folders and stdin become a stream of articles.

use crate::runtime::files::{self, Found};
use crate::source::{self, Article};
use crate::text::visible::one_line;
use clap::ValueEnum;
use std::fmt::Display;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// After so many parts of one input that are no articles, the rest is only counted.
const MOST_SAID: usize = 20;

/// A kind of input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Plain text.
    Text,
    /// A web page: the article in it.
    Html,
    /// Markdown: the words without its signs.
    Markdown,
    /// JSON lines: {"id", "text", "date"?, "title"?}.
    Jsonl,
    /// CSV with a column text.
    Csv,
}

impl From<Kind> for source::Kind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Text => Self::Text,
            Kind::Html => Self::Html,
            Kind::Markdown => Self::Markdown,
            Kind::Jsonl => Self::Jsonl,
            Kind::Csv => Self::Csv,
        }
    }
}

/// What to read.
#[derive(clap::Args)]
pub struct Inputs {
    /// Files, folders or - for stdin.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// What the input is, where its ending does not tell.
    #[arg(long, value_name = "KIND")]
    input: Option<Kind>,
}

/// Calls `each` with every article of the inputs, in order; returns whether all inputs could be read. What is wrong with an
/// input is said on stderr, and the others go on; an error is one of `each`.
pub fn articles(inputs: &Inputs, mut each: impl FnMut(Article) -> io::Result<()>) -> io::Result<bool> {
    let kind = inputs.input.map(source::Kind::from);
    let mut whole = true;
    for path in &inputs.paths {
        if path == Path::new("-") {
            whole &= one(None, kind, &mut each)?;
        } else if path.is_dir() {
            let mut files = Vec::new();
            let mut fail = |folder: &Path, reason: String| {
                whole = false;
                complain(folder, reason);
            };
            files::walk(path, &mut |file| files.push(file), &mut fail);
            if files.is_empty() && whole {
                complain(path, "no article in this folder (.txt, .md, .html, .jsonl, .csv)");
            }
            for file in files {
                whole &= one(Some(&file), kind, &mut each)?;
            }
        } else {
            whole &= one(Some(path), kind, &mut each)?;
        }
    }
    Ok(whole)
}

fn one(
    path: Option<&Path>,
    kind: Option<source::Kind>,
    each: &mut dyn FnMut(Article) -> io::Result<()>,
) -> io::Result<bool> {
    let name = path.unwrap_or(Path::new("stdin"));
    let mut skipped = 0;
    if name.to_str().is_none() {
        complain(name, "the name of the file is not UTF-8");
    }
    let result = files::articles(path, kind, &mut |found| match found {
        Found::Article(article) => {
            article.notices.iter().for_each(|notice| complain(name, notice));
            each(*article)
        }
        Found::Skipped(reason) => {
            skipped += 1;
            if skipped <= MOST_SAID {
                complain(name, reason);
            }
            Ok(())
        }
    });
    if skipped > MOST_SAID {
        complain(name, format!("{} more like this", skipped - MOST_SAID));
    }
    match result {
        Ok(result) => result.map(|()| true),
        Err(reason) => {
            complain(name, reason);
            Ok(false)
        }
    }
}

/// Says `whosaid: FILE: reason` on stderr, in one line that nothing in the name can break.
pub fn complain(path: &Path, reason: impl Display) {
    let line = format!("{}: {reason}", path.display());
    say(&line);
}

/// Says `whosaid: message` on stderr. That nobody may be there to read it is no error.
pub fn say(message: &str) {
    use io::Write as _;
    let _ = writeln!(io::stderr(), "whosaid: {}", one_line(message));
}

/// Returns the exit code of a command: 0 where all inputs were read, 1 where not; a broken pipe is a quiet 0.
pub fn exit(result: io::Result<bool>) -> ExitCode {
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            say(&format!("writing: {}", files::said(&error)));
            ExitCode::FAILURE
        }
    }
}
