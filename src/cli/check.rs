//! `whosaid check`: verifies a store.

use super::input::{exit, say};
use crate::runtime::files;
use crate::store;
use crate::text::counted;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

/// The arguments of `check`.
#[derive(clap::Args)]
pub struct Arguments {
    /// The folder of the store.
    #[arg(long)]
    store: Option<PathBuf>,
    /// Write the files that are missing or broken again, from the journals of the coders. A file that is whole is never
    /// written; a broken one is kept beside it.
    #[arg(long)]
    rebuild: bool,
}

/// How long another program may hold the notes before this one gives up.
const WAIT: Duration = Duration::from_secs(2);

/// Runs the command: a count, and 0; or `FILE:LINE:COLUMN: reason` for each fault, and 1.
pub fn run(arguments: &Arguments) -> ExitCode {
    let dir = match files::store_dir(arguments.store.as_deref(), None) {
        Ok(dir) => dir,
        Err(reason) => {
            say(&reason);
            return ExitCode::FAILURE;
        }
    };
    if arguments.rebuild && !rebuild(&dir) {
        return ExitCode::FAILURE;
    }
    match store::check(&dir) {
        Ok(checked) => {
            checked.faults.iter().for_each(|fault| say(&fault.to_string()));
            let count = format!(
                "{} and {} noted in {}: {}\n",
                counted(checked.quotes, "quotation", "quotations"),
                counted(checked.speakers, "speaker", "speakers"),
                counted(checked.files, "file", "files"),
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

/// Rebuilds what is missing or broken and says what was done; false where something could not be.
fn rebuild(dir: &Path) -> bool {
    let rebuilt = match store::rebuild(dir, WAIT) {
        Ok(rebuilt) => rebuilt,
        Err(error) => {
            say(&error.to_string());
            return false;
        }
    };
    rebuilt.notices.iter().chain(&rebuilt.faults).for_each(|line| say(line));
    let mut lines: Vec<String> = rebuilt
        .written
        .iter()
        .map(|path| format!("rebuilt {}\n", crate::text::visible::one_line(&path.to_string_lossy())))
        .collect();
    if rebuilt.same + lines.len() + rebuilt.notices.len() + rebuilt.faults.len() == 0 {
        say(&format!("{}: there is no journal to rebuild from", dir.display()));
        return false;
    }
    lines.push(format!(
        "{}, {} as the journals say\n",
        counted(rebuilt.written.len(), "file rebuilt", "files rebuilt"),
        counted(rebuilt.same, "was", "were")
    ));
    let written = std::io::stdout().write_all(lines.concat().as_bytes());
    written.is_ok() && rebuilt.faults.is_empty()
}
