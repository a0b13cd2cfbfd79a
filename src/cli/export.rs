//! `whosaid export`: what was found and decided, in a format for other tools.

use super::input::{self, Kind, complain, say};
use super::output;
use crate::annotation::{Annotations, RawText, Resolved, resolve};
use crate::engine::{Analysis, Cancel, Options, analyze};
use crate::export::{self, Document, Format, LossReport};
use crate::runtime::files;
use crate::source::Article;
use crate::store::{Store, disk};
use crate::text::PointIndex;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The arguments of `export`.
#[derive(clap::Args)]
pub struct Arguments {
    /// Files, folders or - for stdin.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The format: toml, jsonl, csv, markdown, svg, timeline.
    #[arg(long, value_name = "F")]
    format: Format,
    /// Where to write; stdout where nothing is said.
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
    /// What to leave out: all that nobody reviewed.
    #[arg(long)]
    only: Option<Only>,
    /// What the input is, where its ending does not tell.
    #[arg(long)]
    input: Option<Kind>,
    /// The folder of the store.
    #[arg(long)]
    store: Option<PathBuf>,
    /// Whose notes to export.
    #[arg(long)]
    coder: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Only {
    /// Quotations that were accepted, rejected or added.
    Decided,
}

/// An article with everything that was found and decided about it.
pub(super) struct Work {
    pub article: Article,
    pub analysis: Analysis,
    pub notes: Annotations,
    pub resolved: Resolved,
}

impl Work {
    /// Returns what an export is written from.
    pub fn document<'a>(&'a self, coder: &'a str) -> Document<'a> {
        let Self { article, analysis, notes, resolved } = self;
        Document { article, analysis, notes, resolved, coder }
    }
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> ExitCode {
    let coder = files::coder(arguments.coder.as_deref());
    let mut works = Vec::new();
    let mut sound = true;
    let whole = input::articles(&arguments.paths, arguments.input, |article| {
        match work(arguments.store.as_deref(), article, &coder) {
            Ok(Some(mut work)) => {
                if arguments.only == Some(Only::Decided) {
                    work.resolved = export::only_decided(&work.resolved);
                }
                works.push(work);
            }
            Ok(None) => {}
            Err(reason) => {
                sound = false;
                say(&reason);
            }
        }
        Ok(())
    });
    let documents: Vec<Document> = works.iter().map(|work| work.document(&coder)).collect();
    let mut loss = LossReport::default();
    let mut write = |out: &mut dyn Write| -> std::io::Result<()> {
        loss = export::write(arguments.format, &documents, out)?;
        Ok(())
    };
    let written = if let Some(path) = &arguments.out {
        if let Err(error) = disk::write_export(path, &mut write) {
            complain(path, files::said(&error));
            return ExitCode::FAILURE;
        }
        Ok(())
    } else {
        let mut out = output::stdout();
        write(&mut out).and_then(|()| out.flush())
    };
    if written.is_ok() && !loss.is_empty() {
        loss.to_string().lines().for_each(|line| say(&format!("{}: {line}", arguments.format.name())));
    }
    input::exit(whole.and_then(|whole| written.map(|()| whole && sound)))
}

/// Reads the notes on an article and joins them with what is found in it.
pub(super) fn work(store: Option<&Path>, article: Article, coder: &str) -> Result<Option<Work>, String> {
    let start = article.path.as_deref().unwrap_or(Path::new("."));
    let store = Store::new(files::store_dir(store, Some(start))?);
    let loaded = store.load(&article, coder).map_err(|error| error.to_string())?;
    let options = Options {
        given_date: loaded.notes.article.date.map(|days| days.to),
        metadata_date: article.date,
        title: article.title.clone(),
        ..Options::default()
    };
    let Ok(analysis) = analyze(&article.text, &options, &Cancel::default()) else { return Ok(None) };
    let index = PointIndex::new(&article.text);
    let raw = RawText { text: &article.text, index: &index };
    let resolved = resolve(&analysis, &loaded.notes, raw);
    if !resolved.orphans.is_empty() {
        complain(start, format!("{} notes no longer have their place in the text", resolved.orphans.len()));
    }
    Ok(Some(Work { article, analysis, notes: loaded.notes, resolved }))
}
