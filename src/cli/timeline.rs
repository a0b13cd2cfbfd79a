//! `whosaid timeline`: the picture of who said what when, without the screen.

use super::export::work;
use super::input::{self, Kind, complain, say};
use super::output;
use crate::export::Document;
use crate::export::{svg, timeline};
use crate::runtime::files;
use crate::runtime::user::User;
use crate::store::disk;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// The arguments of `timeline`.
#[derive(clap::Args)]
pub struct Arguments {
    /// Files, folders or - for stdin.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
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
    /// Where to write; stdout where nothing is said.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// What the input is, where its ending does not tell.
    #[arg(long)]
    input: Option<Kind>,
    /// The folder of the store.
    #[arg(long)]
    store: Option<PathBuf>,
    /// Whose notes to draw.
    #[arg(long)]
    coder: Option<String>,
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
    let coder = files::coder(arguments.coder.as_deref());
    let mut works = Vec::new();
    let mut sound = true;
    let whole = input::articles(&arguments.paths, arguments.input, |article| {
        match work(arguments.store.as_deref(), article, &coder) {
            Ok(work) => works.extend(work),
            Err(reason) => {
                sound = false;
                say(&reason);
            }
        }
        Ok(())
    });
    let documents: Vec<Document> = works.iter().map(|work| work.document(&coder)).collect();
    if documents.is_empty() {
        return input::exit(whole.map(|whole| whole && sound));
    }
    let theme = User::read().theme(&arguments.theme);
    // What is narrower shows nothing, and what is wider no program.
    let (cells, pixels) = (arguments.width.unwrap_or(timeline::WIDTH), arguments.width.unwrap_or(svg::WIDTH));
    let write = |out: &mut dyn Write| match arguments.format {
        Format::Svg => svg::write(&documents, &theme, pixels.clamp(200, 20_000), out),
        Format::Text => timeline::text(&documents, cells.clamp(20, 2000), arguments.ascii, out),
    };
    let written = if let Some(path) = &arguments.out {
        if let Err(error) = disk::write_export(path, write) {
            complain(path, files::said(&error));
            return ExitCode::FAILURE;
        }
        Ok(())
    } else {
        let mut out = output::stdout();
        write(&mut out).and_then(|()| out.flush())
    };
    input::exit(whole.and_then(|whole| written.map(|()| whole && sound)))
}
