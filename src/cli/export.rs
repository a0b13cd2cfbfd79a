//! `whosaid export`: what was found and decided, in a format for other tools.

use super::input::{self, say};
use super::noted;
use crate::export::{self, Format, LossReport};
use std::process::ExitCode;

/// The arguments of `export`.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    source: noted::Source,
    /// The format: toml, jsonl, csv, markdown, svg, timeline.
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
    let mut loss = LossReport::default();
    let written = arguments.source.write(&noted, |documents, out| {
        loss = export::write(arguments.format, documents, out)?;
        Ok(())
    });
    if written.is_ok() {
        loss.to_string().lines().for_each(|line| say(&format!("{}: {line}", arguments.format.name())));
    }
    written.map_or_else(|failed| failed, |()| input::exit(Ok(noted.whole)))
}
