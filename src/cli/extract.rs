//! `whosaid extract`: a line of JSON an article, offsets in code points of the raw text.

use super::input::{self, Kind};
use super::output;
use crate::engine::{Analysis, Cancel, DateFrom, Options, Quote, QuoteKind, analyze};
use crate::export::json;
use crate::source::Article;
use crate::text::{Clean, PointIndex, Span};
use jiff::civil::Date;
use serde_json::{Value, json as object};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// The arguments of `extract`.
#[derive(clap::Args)]
pub struct Arguments {
    /// Files, folders or - for stdin.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// What the input is, where its ending does not tell.
    #[arg(long)]
    input: Option<Kind>,
    /// The articles' date.
    #[arg(long)]
    date: Option<Date>,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> ExitCode {
    let mut out = output::stdout();
    let result = input::articles(&arguments.paths, arguments.input, |article| {
        let options = Options {
            given_date: arguments.date,
            metadata_date: article.date,
            title: article.title.clone(),
            // The name of a file of many articles says nothing of one of them.
            source_name: article
                .path
                .as_ref()
                .filter(|path| path.extension().is_none_or(|ending| ending != "jsonl"))
                .map(|path| path.to_string_lossy().into_owned()),
            ..Options::default()
        };
        let Ok(analysis) = analyze(&article.text, &options, &Cancel::default()) else { return Ok(()) };
        json::line(&mut out, &record(&article, &analysis))
    });
    input::exit(result.and_then(|whole| out.flush().map(|()| whole)))
}

/// Clean bytes to raw code points.
struct Points<'a> {
    analysis: &'a Analysis,
    raw: &'a str,
    index: PointIndex,
}

impl Points<'_> {
    fn range(&self, span: Span<Clean>) -> [usize; 2] {
        let raw = self.analysis.clean.raw_span(span, self.raw);
        [self.index.to_points(self.raw, raw.start), self.index.to_points(self.raw, raw.end)]
    }

    fn text(&self, span: Span<Clean>) -> &str {
        self.analysis.clean.raw_span(span, self.raw).of(self.raw)
    }
}

fn record(article: &Article, analysis: &Analysis) -> Value {
    let points = Points { analysis, raw: &article.text, index: PointIndex::new(&article.text) };
    let quotes: Vec<Value> =
        analysis.quotes.iter().enumerate().flat_map(|(n, quote)| quote_values(n, quote, &points)).collect();
    let speakers: Vec<Value> = analysis
        .speakers
        .iter()
        .enumerate()
        .map(|(n, speaker)| {
            let count =
                analysis.quotes.iter().filter(|quote| quote.speaker.is_some_and(|id| id.0 as usize == n)).count();
            object!({
                "id": format!("s{}", n + 1),
                "name": speaker.name,
                "description": speaker.description,
                "aliases": speaker.aliases,
                "mentions": speaker.mentions.iter().map(|mention| points.range(mention.span)).collect::<Vec<_>>(),
                "quotes": count,
            })
        })
        .collect();
    let timexes: Vec<Value> = analysis
        .timexes
        .iter()
        .map(|timex| {
            let [start, end] = points.range(timex.span);
            object!({"start": start, "end": end, "type": timex.kind.name(), "value": timex.value, "text": points.text(timex.span)})
        })
        .collect();
    object!({
        "id": article.id,
        "source": article.path.as_ref().map(|path| path.to_string_lossy()),
        "title": article.title,
        "date": analysis.date.best.map(|day| day.to_string()),
        "date_interval": analysis.date.interval.map(|interval| [interval.from.to_string(), interval.to.to_string()]),
        "date_from": match analysis.date.from {
            DateFrom::Given => Some("given"),
            DateFrom::Metadata => Some("metadata"),
            DateFrom::Text => Some("text"),
            DateFrom::Unknown => None,
        },
        "date_evidence": analysis.date.evidence,
        "quotes": quotes,
        "speakers": speakers,
        "timexes": timexes,
    })
}

/// Returns the entries of one quotation. A direct one that narration interrupts has an entry a part (`q3`, `q3.2`), so that
/// no words outside its marks are counted as said; `spans` lists all parts in each, `quotation` names the whole.
fn quote_values(n: usize, quote: &Quote, points: &Points) -> Vec<Value> {
    if quote.kind != QuoteKind::Direct || quote.spans.len() < 2 {
        return vec![quote_value(n, 0, quote, quote.hull(), points)];
    }
    quote.spans.iter().enumerate().map(|(part, &span)| quote_value(n, part, quote, span, points)).collect()
}

fn quote_value(n: usize, part: usize, quote: &Quote, hull: Span<Clean>, points: &Points) -> Value {
    let [start, end] = points.range(hull);
    let speaker = quote.speaker.and_then(|id| points.analysis.speaker(id).map(|speaker| (id, speaker)));
    object!({
        "id": if part == 0 { format!("q{}", n + 1) } else { format!("q{}.{}", n + 1, part + 1) },
        "quotation": format!("q{}", n + 1),
        "start": start,
        "end": end,
        "kind": quote.kind.name(),
        "text": points.text(hull),
        "spans": quote.spans.iter().map(|&span| points.range(span)).collect::<Vec<_>>(),
        "speaker": {
            "id": speaker.map(|(id, _)| format!("s{}", id.0 + 1)),
            "name": speaker.and_then(|(_, speaker)| speaker.name.clone()),
            "mention": quote.mention.map(|span| points.range(span)),
        },
        "cue": quote.cue.map(|span| points.range(span)),
        "said_at": quote.said_at.as_ref().map(|said| object!({
            "from": said.interval.from.to_string(),
            "to": said.interval.to.to_string(),
            "span": said.span.map(|span| points.range(span)),
            "text": said.span.map(|span| points.text(span)),
            "evidence": said.evidence,
        })),
        "nested_in": quote.nested_in.map(|n| format!("q{}", n + 1)),
        "hypothetical": quote.hypothetical,
        "confidence": f64::from((quote.confidence * 1000.0).round()) / 1000.0,
        "evidence": quote.evidence,
    })
}
