//! The command line: one file a command.

mod agree;
mod check;
mod check_config;
mod clean;
mod codebook;
mod export;
mod extract;
mod input;
mod merge;
mod noted;
mod output;
mod read;
mod tag;
mod timeline;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Shows who said what, and when, in news articles, and takes your decisions about it.
#[derive(Parser)]
#[command(name = "whosaid", version, args_conflicts_with_subcommands = true)]
struct CommandLine {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    read: read::Arguments,
}

#[derive(Subcommand)]
enum Command {
    /// Open articles on the screen; this is what happens without a command, too.
    Read(read::Arguments),
    /// Write the quotations, speakers and dates of articles as JSON lines.
    Extract(extract::Arguments),
    /// Write the cleaned text of articles.
    Clean(clean::Arguments),
    /// Write what was found and decided in a format for other tools.
    Export(export::Arguments),
    /// Draw who said what when, as an SVG image or as text.
    Timeline(timeline::Arguments),
    /// Add one annotation without opening the screen.
    Tag(tag::Arguments),
    /// Verify a store.
    Check(check::Arguments),
    /// Verify your settings, keymap and themes.
    CheckConfig,
    /// Measure how far several coders agree.
    Agree(agree::Arguments),
    /// Show, change, import and export a codebook.
    Codebook(codebook::Arguments),
    /// Merge two copies of a file of the store, for git.
    MergeFile(merge::Arguments),
}

/// Runs the program and returns its exit code: 0 done, 1 an input failed, 2 wrong usage.
pub fn main() -> ExitCode {
    let arguments = match CommandLine::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    match arguments.command.unwrap_or(Command::Read(arguments.read)) {
        Command::Read(arguments) => read::run(arguments),
        Command::Extract(arguments) => extract::run(&arguments),
        Command::Clean(arguments) => clean::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Timeline(arguments) => timeline::run(&arguments),
        Command::Tag(arguments) => tag::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::CheckConfig => check_config::run(),
        Command::Agree(arguments) => agree::run(&arguments),
        Command::Codebook(arguments) => codebook::run(&arguments),
        Command::MergeFile(arguments) => merge::run(&arguments),
    }
}

/// Prints what is wrong with the arguments, or the help; nothing in an argument acts on the terminal.
fn usage(error: &clap::Error) -> ExitCode {
    use std::io::Write as _;
    let text = error.render().to_string();
    let lines = text.lines().fold(String::new(), |out, line| out + &crate::text::visible::one_line(line) + "\n");
    if error.use_stderr() {
        let _ = std::io::stderr().write_all(lines.as_bytes());
        return ExitCode::from(2);
    }
    input::exit(std::io::stdout().write_all(lines.as_bytes()).map(|()| true))
}
