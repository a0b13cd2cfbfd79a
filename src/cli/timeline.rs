//! `whosaid timeline`: the picture of who said what when, without the screen.

use super::{input, noted};
use crate::export::{svg, timeline};
use crate::runtime::user::User;
use std::process::ExitCode;

/// The arguments of `timeline`.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    source: noted::Source,
    /// What to draw.
    #[arg(long, default_value = "text")]
    format: Format,
    /// How wide: cells of text (100 where nothing is said), pixels of SVG (1000).
    #[arg(long, value_name = "N")]
    width: Option<usize>,
    /// Draw text with ASCII only around names and words.
    #[arg(long)]
    ascii: bool,
    /// The theme whose colours the speakers have in SVG.
    #[arg(long, value_name = "NAME", default_value = "light")]
    theme: String,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// An image for browsers and documents.
    Svg,
    /// The picture of the screen, and the list.
    Text,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> ExitCode {
    let noted = match arguments.source.read() {
        Ok(noted) => noted,
        Err(error) => return input::exit(Err(error)),
    };
    // Of nothing there is no picture, and what was drawn before stays.
    if noted.is_empty() {
        return input::exit(Ok(noted.whole));
    }
    let theme = User::read().theme(&arguments.theme);
    // What is narrower shows nothing, and what is wider no program.
    let (cells, pixels) = (arguments.width.unwrap_or(timeline::WIDTH), arguments.width.unwrap_or(svg::WIDTH));
    let written = arguments.source.write(&noted, |documents, out| match arguments.format {
        Format::Svg => svg::write(documents, &theme, pixels.clamp(200, 20_000), out),
        Format::Text => timeline::text(documents, cells.clamp(20, 2000), arguments.ascii, out),
    });
    written.map_or_else(|failed| failed, |()| input::exit(Ok(noted.whole)))
}
