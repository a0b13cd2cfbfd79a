//! `whosaid merge-file`: merges two copies of a file of the store, as git asks its merge drivers to.

use super::input::{complain, say};
use crate::store::{disk, merge_files};
use std::path::PathBuf;
use std::process::ExitCode;

const HELP: &str = "\
Two copies are merged note by note. What only one copy changed is taken; tags and names hold what either added and lack
what either took away; a note that one removed and the other changed stays. Where both changed the same value, OURS keeps
its own, and the other one's is written into the memo of the note, in a paragraph that begins with “Conflict:”. Both
histories are kept by time, so that undo still works. The merged file replaces OURS, and passes `whosaid check`.

Exit code 0: nothing was in doubt. 1: somebody should look; stderr says at what. Where a file cannot be read, OURS stays
as it is.

To let git call it, once:
  git config merge.whosaid.name \"notes of whosaid\"
  git config merge.whosaid.driver \"whosaid merge-file %O %A %B %P\"
and in .gitattributes (the codebook, one folder up, is merged as text):
  .whosaid/*/*.toml merge=whosaid";

/// The arguments of `merge-file`.
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub struct Arguments {
    /// The file that both come from; empty where there is none (git: %O).
    base: PathBuf,
    /// Our copy; the merged file is written here (git: %A).
    ours: PathBuf,
    /// The other copy (git: %B).
    theirs: PathBuf,
    /// What to call the file in messages (git: %P).
    name: Option<PathBuf>,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> ExitCode {
    match merge(arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(reason) => {
            say(&reason);
            ExitCode::FAILURE
        }
    }
}

/// Returns whether nothing was in doubt.
fn merge(arguments: &Arguments) -> Result<bool, String> {
    let read = |path: &PathBuf| -> Result<Vec<u8>, String> {
        let bytes = disk::read(path).map_err(|error| format!("{}: reading: {error}", path.display()))?;
        bytes.ok_or_else(|| format!("{}: there is no such file", path.display()))
    };
    let (base, ours, theirs) = (read(&arguments.base)?, read(&arguments.ours)?, read(&arguments.theirs)?);
    let merged = merge_files((&arguments.base, &base), (&arguments.ours, &ours), (&arguments.theirs, &theirs));
    let merged = merged.map_err(|error| error.to_string())?;
    if merged.text.as_bytes() != ours {
        disk::write(&arguments.ours, merged.text.as_bytes())
            .map_err(|error| format!("{}: saving: {error}", arguments.ours.display()))?;
    }
    let name = arguments.name.as_ref().unwrap_or(&arguments.ours);
    merged.conflicts.iter().for_each(|conflict| complain(name, conflict));
    Ok(merged.conflicts.is_empty())
}
