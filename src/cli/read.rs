//! `whosaid [read]`: opens the screen.

use super::input::Kind;
use crate::runtime::samples::SAMPLES;
use crate::runtime::{Request, session};
use jiff::civil::Date;
use std::path::PathBuf;
use std::process::ExitCode;

/// The arguments of `read`.
#[derive(clap::Args)]
pub struct Arguments {
    /// Files, folders or - for an article on stdin; the bundled samples where nothing is said.
    paths: Vec<PathBuf>,
    /// The folder of the store.
    #[arg(long, value_name = "DIR")]
    store: Option<PathBuf>,
    /// The articles' date, YYYY-MM-DD.
    #[arg(long)]
    date: Option<Date>,
    /// Under whose name notes are kept.
    #[arg(long, value_name = "NAME")]
    coder: Option<String>,
    /// What the input is, where its ending does not tell.
    #[arg(long)]
    input: Option<Kind>,
}

/// Runs the command.
pub fn run(arguments: Arguments) -> ExitCode {
    let Arguments { paths, store, date, coder, input } = arguments;
    session::run(&Request { paths, input: input.map(Into::into), store, date, coder }, SAMPLES)
}
