//! `whosaid check`: verifies a store.

use super::input::{exit, say};
use crate::runtime::files;
use crate::store;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

/// The arguments of `check`.
#[derive(clap::Args)]
pub struct Arguments {
    /// The folder of the store.
    #[arg(long)]
    store: Option<PathBuf>,
}

/// Runs the command: a count, and 0; or `FILE:LINE:COLUMN: reason` for each fault, and 1.
pub fn run(arguments: &Arguments) -> ExitCode {
    let dir = match files::store_dir(arguments.store.as_deref(), None) {
        Ok(dir) => dir,
        Err(reason) => {
            say(&reason);
            return ExitCode::FAILURE;
        }
    };
    match store::check(&dir) {
        Ok(checked) => {
            checked.faults.iter().for_each(|fault| say(&fault.to_string()));
            let count = format!(
                "{} quotations and {} speakers noted in {} files: {}\n",
                checked.quotes,
                checked.speakers,
                checked.files,
                if checked.faults.is_empty() { "all whole" } else { "the faults are on stderr" }
            );
            let written = std::io::stdout().write_all(count.as_bytes());
            exit(written.map(|()| checked.faults.is_empty()))
        }
        Err(error) => {
            say(&error.to_string());
            ExitCode::FAILURE
        }
    }
}
