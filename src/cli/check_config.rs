//! `whosaid check-config`: the mistakes in the user's keymap, settings and themes.

use super::input::say;
use crate::runtime::user::User;
use crate::text::counted;
use crate::text::visible::one_line;
use std::io::Write;
use std::process::ExitCode;

/// Runs the command: 0 and what was read; or 1 and `FILE:LINE:COLUMN: reason` for each mistake.
pub fn run() -> ExitCode {
    let mut user = User::read();
    user.check_themes();
    let Some(folder) = user.folder.as_deref().map(|folder| folder.display().to_string()) else {
        say("there is no folder for settings on this system; name one with WHOSAID_CONFIG");
        return ExitCode::FAILURE;
    };
    for mistake in &user.mistakes {
        say(&mistake.to_string());
    }
    if user.mistakes.is_empty() {
        let read: Vec<String> = user.files.iter().map(|file| file.display().to_string()).collect();
        let text = match read.as_slice() {
            [] => format!("{folder}: nothing of yours is set here; all is as shipped"),
            files => format!("{} without a mistake: {}", counted(files.len(), "file", "files"), files.join(", ")),
        };
        // A pipe that was closed early ends quietly.
        let _ = writeln!(std::io::stdout(), "{}", one_line(&text));
    }
    if user.mistakes.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
