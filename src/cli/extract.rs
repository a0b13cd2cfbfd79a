//! `whosaid extract`: a line of JSON an article, offsets in code points of the raw text.

use super::input::{self, Inputs};
use super::output;
use crate::engine::quotes::Evidence;
use crate::engine::{Analysis, Cancel, DateFrom, Options, Quote, QuoteKind, analyze};
use crate::export::json;
use crate::runtime::ordered::Ordered;
use crate::source::{Article, Kind};
use crate::text::{Clean, PointIndex, Span};
use jiff::civil::Date;
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::fmt::{self, Display};
use std::io::{self, Write};
use std::process::ExitCode;
use std::thread;

/// The arguments of `extract`.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    /// The articles' date.
    #[arg(long)]
    date: Option<Date>,
}

/// Runs the command: the articles are shared among the processors, and their lines come in the articles' order.
pub fn run(arguments: &Arguments) -> ExitCode {
    let mut out = output::stdout();
    let result = thread::scope(|scope| {
        let mut lines = Ordered::new(scope, |article: Article| line(&article, arguments.date));
        let whole = input::articles(&arguments.inputs, |article| {
            lines.give(article).map_or(Ok(()), |line| out.write_all(&line?))
        })?;
        while let Some(line) = lines.rest() {
            out.write_all(&line?)?;
        }
        out.flush().map(|()| whole)
    });
    input::exit(result)
}

/// Analyses one article and writes its line. JSON comes in crumbs, which are gathered here.
fn line(article: &Article, given_date: Option<Date>) -> io::Result<Vec<u8>> {
    let options = Options { given_date, ..Options::of(article) };
    let mut line = Vec::new();
    let Ok(analysis) = analyze(&article.text, &options, &Cancel::default()) else { return Ok(line) };
    let points = Points { analysis: &analysis, raw: &article.text, index: PointIndex::new(&article.text) };
    json::line(&mut line, &record(article, &analysis, &points))?;
    Ok(line)
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

/// What is written of an article. The keys stand in the order of the alphabet, here and below.
#[derive(Serialize)]
struct Record<'a> {
    date: Option<Shown<Date>>,
    date_evidence: &'a [Evidence],
    date_from: Option<&'static str>,
    date_interval: Option<[Shown<Date>; 2]>,
    id: &'a str,
    quotes: Vec<QuoteRecord<'a>>,
    source: Option<Cow<'a, str>>,
    speakers: Vec<SpeakerRecord<'a>>,
    /// The raw text where it is in no file.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    timexes: Vec<TimexRecord<'a>>,
    title: Option<&'a str>,
}

#[derive(Serialize)]
struct SpeakerRecord<'a> {
    aliases: &'a [String],
    description: Option<&'a str>,
    id: Shown<Numbered>,
    mentions: Vec<[usize; 2]>,
    name: Option<&'a str>,
    quotes: usize,
}

#[derive(Serialize)]
struct TimexRecord<'a> {
    end: usize,
    start: usize,
    text: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    value: &'a str,
}

#[derive(Serialize)]
struct QuoteRecord<'a> {
    confidence: f64,
    cue: Option<[usize; 2]>,
    end: usize,
    evidence: &'a [Evidence],
    hypothetical: bool,
    id: Shown<Part>,
    kind: &'static str,
    nested_in: Option<Shown<Numbered>>,
    quotation: Shown<Numbered>,
    said_at: Option<SaidAtRecord<'a>>,
    spans: Vec<[usize; 2]>,
    speaker: SourceRecord<'a>,
    start: usize,
    text: &'a str,
    undated: Option<&'a Evidence>,
}

/// Whose a quotation is.
#[derive(Serialize)]
struct SourceRecord<'a> {
    id: Option<Shown<Numbered>>,
    mention: Option<[usize; 2]>,
    name: Option<&'a str>,
}

#[derive(Serialize)]
struct SaidAtRecord<'a> {
    evidence: &'a [Evidence],
    from: Shown<Date>,
    span: Option<[usize; 2]>,
    text: Option<&'a str>,
    to: Shown<Date>,
}

/// Written as it is shown, without a string of its own.
struct Shown<T>(T);

impl<T: Display> Serialize for Shown<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// `q1`, `s1`: a letter, and a number that counts from 0 here and from 1 as it is written.
struct Numbered(char, usize);

impl Display for Numbered {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}{}", self.0, self.1 + 1)
    }
}

/// `q3`, `q3.2`: a quotation, or its part by a number that counts from 0 here; the first part has the quotation's own name.
struct Part(Numbered, usize);

impl Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.0.fmt(f)?;
        if self.1 == 0 { Ok(()) } else { write!(f, ".{}", self.1 + 1) }
    }
}

fn record<'a>(article: &'a Article, analysis: &'a Analysis, points: &'a Points) -> Record<'a> {
    let date = &analysis.date;
    let mut quotes = vec![0; analysis.speakers.len()];
    for speaker in analysis.quotes.iter().filter_map(|quote| quote.speaker) {
        if let Some(count) = quotes.get_mut(speaker.0 as usize) {
            *count += 1;
        }
    }
    let mut entries = Vec::with_capacity(analysis.quotes.len());
    for (n, quote) in analysis.quotes.iter().enumerate() {
        add_quote(n, quote, points, &mut entries);
    }
    Record {
        date: date.best.map(Shown),
        date_evidence: &date.evidence,
        date_from: match date.from {
            DateFrom::Given => Some("given"),
            DateFrom::Metadata => Some("metadata"),
            DateFrom::Text => Some("text"),
            DateFrom::Unknown => None,
        },
        date_interval: date.interval.map(|interval| [Shown(interval.from), Shown(interval.to)]),
        id: &article.id,
        quotes: entries,
        source: article.path.as_ref().map(|path| path.to_string_lossy()),
        speakers: analysis
            .speakers
            .iter()
            .zip(quotes)
            .enumerate()
            .map(|(n, (speaker, quotes))| SpeakerRecord {
                aliases: &speaker.aliases,
                description: speaker.description.as_deref(),
                id: Shown(Numbered('s', n)),
                mentions: speaker.mentions.iter().map(|mention| points.range(mention.span)).collect(),
                name: speaker.name.as_deref(),
                quotes,
            })
            .collect(),
        text: (article.kind == Kind::Html).then_some(&*article.text),
        timexes: analysis
            .timexes
            .iter()
            .map(|timex| {
                let [start, end] = points.range(timex.span);
                let (text, kind) = (points.text(timex.span), timex.kind.name());
                TimexRecord { end, start, text, kind, value: &timex.value }
            })
            .collect(),
        title: article.title.as_deref(),
    }
}

/// Adds the entries of one quotation. A direct one that narration interrupts has an entry a part (`q3`, `q3.2`), so that
/// no words outside its marks are counted as said; `spans` lists all parts in each, `quotation` names the whole.
fn add_quote<'a>(n: usize, quote: &'a Quote, points: &'a Points, into: &mut Vec<QuoteRecord<'a>>) {
    if quote.kind != QuoteKind::Direct || quote.spans.len() < 2 {
        into.push(quote_record(n, 0, quote, quote.hull(), points));
    } else {
        into.extend(quote.spans.iter().enumerate().map(|(part, &span)| quote_record(n, part, quote, span, points)));
    }
}

fn quote_record<'a>(n: usize, part: usize, quote: &'a Quote, hull: Span<Clean>, points: &'a Points) -> QuoteRecord<'a> {
    let [start, end] = points.range(hull);
    let speaker = quote.speaker.and_then(|id| points.analysis.speaker(id).map(|speaker| (id, speaker)));
    QuoteRecord {
        confidence: json::confidence(quote.confidence),
        cue: quote.cue.map(|span| points.range(span)),
        end,
        evidence: &quote.evidence,
        hypothetical: quote.hypothetical,
        id: Shown(Part(Numbered('q', n), part)),
        kind: quote.kind.name(),
        nested_in: quote.nested_in.map(|n| Shown(Numbered('q', n))),
        quotation: Shown(Numbered('q', n)),
        said_at: quote.said_at.as_ref().map(|said| SaidAtRecord {
            evidence: &said.evidence,
            from: Shown(said.interval.from),
            span: said.span.map(|span| points.range(span)),
            text: said.span.map(|span| points.text(span)),
            to: Shown(said.interval.to),
        }),
        spans: quote.spans.iter().map(|&span| points.range(span)).collect(),
        speaker: SourceRecord {
            id: speaker.map(|(id, _)| Shown(Numbered('s', id.0 as usize))),
            mention: quote.mention.map(|span| points.range(span)),
            name: speaker.and_then(|(_, speaker)| speaker.name.as_deref()),
        },
        start,
        text: points.text(hull),
        undated: quote.undated.as_ref(),
    }
}
