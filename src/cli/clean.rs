//! `whosaid clean`: the cleaned text, or JSON lines with map, repairs and suspects.

use super::input::{self, Inputs};
use super::output;
use crate::engine::Options;
use crate::engine::clean::{CleanText, clean};
use crate::export::json;
use crate::source::Article;
use crate::text::PointIndex;
use serde_json::{Value, json as object};
use std::io::Write;
use std::process::ExitCode;

/// The arguments of `clean`.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    /// What to write.
    #[arg(long, default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Jsonl,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> ExitCode {
    let mut out = output::stdout();
    let result = input::articles(&arguments.inputs, |article| {
        let cleaned = clean(&article.text, &Options::of(&article).cleaning);
        match arguments.format {
            Format::Text => out.write_all(cleaned.text.as_bytes()),
            Format::Jsonl => json::line(&mut out, &record(&article, &cleaned)),
        }
    });
    input::exit(result.and_then(|whole| out.flush().map(|()| whole)))
}

fn record(article: &Article, cleaned: &CleanText) -> Value {
    let raw = PointIndex::new(&article.text);
    let clean = PointIndex::new(&cleaned.text);
    let raw_at = |at| raw.to_points(&article.text, at);
    let clean_at = |at| clean.to_points(&cleaned.text, at);
    object!({
        "id": article.id,
        "clean": &*cleaned.text,
        "suspects": cleaned.suspects.iter()
            .map(|s| object!([raw_at(s.raw.start), raw_at(s.raw.end), s.class.name()])).collect::<Vec<_>>(),
        // What may have stood there, for the suspects where that can be told; none of it is in the clean text.
        "reconstructions": cleaned.suspects.iter()
            .filter_map(|s| Some(object!([raw_at(s.raw.start), raw_at(s.raw.end), s.reconstruction.as_ref()?])))
            .collect::<Vec<_>>(),
        "map": cleaned.map.pieces()
            .map(|p| [raw_at(p.from.start), raw_at(p.from.end), clean_at(p.to.start), clean_at(p.to.end)]).collect::<Vec<_>>(),
        "repairs": cleaned.repairs.iter()
            .map(|r| object!([raw_at(r.raw.start), raw_at(r.raw.end), r.class.name()])).collect::<Vec<_>>(),
    })
}
