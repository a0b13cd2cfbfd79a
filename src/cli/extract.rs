//! `whosaid extract`: a line of JSON an article, offsets in code points of the raw text.

use super::input::{self, Inputs};
use super::output;
use crate::engine::quotes::Evidence;
use crate::engine::{Analysis, Cancel, DateFrom, Options, Quote, QuoteKind, analyze};
use crate::export::json::Writer;
use crate::runtime::ordered::Ordered;
use crate::source::Article;
use crate::text::{Clean, PointIndex, Span};
use jiff::civil::Date;
use std::io::Write;
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
            lines.give(article).map_or(Ok(()), |line| out.write_all(&line))
        })?;
        while let Some(line) = lines.rest() {
            out.write_all(&line)?;
        }
        out.flush().map(|()| whole)
    });
    input::exit(result)
}

/// How many bytes are written for each of an article's, or more: measured on news.
const WRITTEN: usize = 4;

/// Analyses one article and writes its line.
fn line(article: &Article, given_date: Option<Date>) -> Vec<u8> {
    let options = Options { given_date, ..Options::of(article) };
    let Ok(analysis) = analyze(&article.text, &options, &Cancel::default()) else { return Vec::new() };
    let points = Points { analysis: &analysis, raw: &article.text, index: PointIndex::new(&article.text) };
    let mut out = Writer::with_capacity(article.text.len() * WRITTEN);
    record(&mut out, article, &points);
    out.line()
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

/// Writes the record of an article. The keys stand in the order of the alphabet, here and below.
fn record(out: &mut Writer, article: &Article, points: &Points) {
    let analysis = points.analysis;
    let date = &analysis.date;
    out.object().key("date").maybe(date.best, Writer::day);
    evidence(out.key("date_evidence"), &date.evidence);
    let from = match date.from {
        DateFrom::Given => Some("given"),
        DateFrom::Metadata => Some("metadata"),
        DateFrom::Text => Some("text"),
        DateFrom::Unknown => None,
    };
    out.key("date_from").maybe(from, Writer::string);
    out.key("date_interval").maybe(date.interval, |out, days| out.list([days.from, days.to], Writer::day));
    out.key("id").string(&article.id);
    out.key("quotes").list(analysis.quotes.iter().enumerate(), |out, (n, quote)| quotation(out, n, quote, points));
    out.key("source").maybe(article.path.as_ref(), |out, path| out.string(&path.to_string_lossy()));
    let mut quotes = vec![0; analysis.speakers.len()];
    for speaker in analysis.quotes.iter().filter_map(|quote| quote.speaker) {
        if let Some(count) = quotes.get_mut(speaker.0 as usize) {
            *count += 1;
        }
    }
    out.key("speakers").list(analysis.speakers.iter().zip(quotes).enumerate(), |out, (n, (speaker, quotes))| {
        out.object().key("aliases").list(&speaker.aliases, |out, alias| out.string(alias));
        out.key("description").maybe(speaker.description.as_deref(), Writer::string);
        out.key("id").id(b's', n + 1, None);
        out.key("mentions").list(&speaker.mentions, |out, mention| out.range(points.range(mention.span)));
        out.key("name").maybe(speaker.name.as_deref(), Writer::string);
        out.key("quotes").number(quotes);
        out.end_object();
    });
    if let Some(text) = article.text_of_page() {
        out.key("text").string(text);
    }
    out.key("timexes").list(&analysis.timexes, |out, timex| {
        let [start, end] = points.range(timex.span);
        out.object().key("end").number(end);
        out.key("start").number(start);
        out.key("text").string(points.text(timex.span));
        out.key("type").string(timex.kind.name());
        out.key("value").string(&timex.value);
        out.end_object();
    });
    out.key("title").maybe(article.title.as_deref(), Writer::string);
    out.end_object();
}

fn evidence(out: &mut Writer, all: &[Evidence]) {
    out.list(all, |out, evidence| out.string(evidence));
}

/// Writes the entries of one quotation. A direct one that narration interrupts has an entry a part (`q3`, `q3.2`), so that
/// no words outside its marks are counted as said; `spans` lists all parts in each, `quotation` names the whole.
fn quotation(out: &mut Writer, n: usize, quote: &Quote, points: &Points) {
    if quote.kind != QuoteKind::Direct || quote.spans.len() < 2 {
        entry(out, n, 0, quote, quote.hull(), points);
    } else {
        for (part, &span) in quote.spans.iter().enumerate() {
            entry(out, n, part, quote, span, points);
        }
    }
}

fn entry(out: &mut Writer, n: usize, part: usize, quote: &Quote, hull: Span<Clean>, points: &Points) {
    let [start, end] = points.range(hull);
    let speaker = quote.speaker.and_then(|id| points.analysis.speaker(id).map(|speaker| (id, speaker)));
    let range = |out: &mut Writer, span| out.range(points.range(span));
    out.object().key("confidence").confidence(quote.confidence);
    out.key("cue").maybe(quote.cue, range);
    out.key("end").number(end);
    evidence(out.key("evidence"), &quote.evidence);
    out.key("hypothetical").flag(quote.hypothetical);
    out.key("id").id(b'q', n + 1, (part > 0).then_some(part + 1));
    out.key("kind").string(quote.kind.name());
    out.key("nested_in").maybe(quote.nested_in, |out, outer| out.id(b'q', outer + 1, None));
    out.key("quotation").id(b'q', n + 1, None);
    out.key("said_at").maybe(quote.said_at.as_ref(), |out, said| {
        evidence(out.object().key("evidence"), &said.evidence);
        out.key("from").day(said.interval.from);
        out.key("span").maybe(said.span, range);
        out.key("text").maybe(said.span, |out, span| out.string(points.text(span)));
        out.key("to").day(said.interval.to);
        out.end_object();
    });
    out.key("spans").list(&quote.spans, |out, &span| range(out, span));
    out.key("speaker").object().key("id").maybe(speaker, |out, (id, _)| out.id(b's', id.0 as usize + 1, None));
    out.key("mention").maybe(quote.mention, range);
    out.key("name").maybe(speaker.and_then(|(_, speaker)| speaker.name.as_deref()), Writer::string);
    out.end_object();
    out.key("start").number(start);
    out.key("text").string(points.text(hull));
    out.key("undated").maybe(quote.undated.as_ref(), |out, why| out.string(why));
    out.end_object();
}
