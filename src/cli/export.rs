//! `whosaid export`: what was found and decided, in a format for other tools.

use super::input::{self, complain, say};
use super::noted;
use crate::export::{self, Format, LossReport};
use crate::runtime::{exports, files};
use std::io::{self, IsTerminal};
use std::process::ExitCode;

/// The arguments of `export`.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    source: noted::Source,
    /// The format: toml, jsonl, csv, markdown, html, brat, w3c, label-studio, doccano, prodigy, stam, cas-json, qdpx, tei,
    /// conll, svg, timeline.
    #[arg(long, value_name = "F")]
    format: Format,
    /// What to leave out: all that nobody reviewed.
    #[arg(long)]
    only: Option<Only>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Only {
    /// Quotations that were accepted, rejected or added.
    Decided,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> ExitCode {
    let mut noted = match arguments.source.read() {
        Ok(noted) => noted,
        Err(error) => return input::exit(Err(error)),
    };
    if arguments.only == Some(Only::Decided) {
        noted.choose(export::only_decided);
    }
    let format = arguments.format;
    let written = match arguments.source.out() {
        Some(path) => exports::write(format, &noted.documents(), path).map_err(|failed| {
            complain(&failed.path, files::said(&failed.error));
            ExitCode::FAILURE
        }),
        None => to_stdout(arguments, &noted),
    };
    match written {
        Err(failed) => failed,
        Ok(loss) => {
            loss.to_string().lines().for_each(|line| say(&format!("{}: {line}", format.name())));
            input::exit(Ok(noted.whole))
        }
    }
}

fn to_stdout(arguments: &Arguments, noted: &noted::Noted) -> Result<LossReport, ExitCode> {
    let format = arguments.format;
    let refused = |why: &str| {
        say(&format!("{}: {why}", format.name()));
        Err(ExitCode::from(2))
    };
    if format.is_one_article() && noted.documents().len() > 1 {
        return refused("a file holds one article: name a folder with --out");
    }
    if format.is_binary() && io::stdout().is_terminal() {
        return refused("this is no text: name a file with --out");
    }
    let mut loss = LossReport::default();
    arguments.source.write(noted, |documents, out| {
        loss = export::write(format, documents, out)?;
        Ok(())
    })?;
    Ok(loss)
}
