//! Writes the train articles as the program reads them with the models of the other shares, one JSON object a line, as
//! `whosaid extract` would, so that the scorer measures on all of them.

use crate::Outcome;
use crate::linear::Learned;
use crate::page::Seen;
use crate::speech::Below;
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;
use whosaid::engine::attribution::{Models, attribute_with};
use whosaid::engine::people::{Speaker, cast};
use whosaid::engine::quotes::{Quote, QuoteKind};
use whosaid::text::{Clean, PointIndex, Raw, Span};

/// Returns all models of each share.
pub fn models(below: Vec<Below>, speech: Learned) -> Vec<Models> {
    let join = |(below, speech): (Below, _)| Models { source: below.source, indirect: below.indirect, speech };
    below.into_iter().zip(speech.parts).map(join).collect()
}

/// Attributes with the models of the other shares and writes the quotations to `file`, in code points of the text as it was
/// before cleaning.
pub fn write(seen: &[&Seen], models: &[Models], file: &Path) -> Outcome {
    let mut out = std::io::BufWriter::new(std::fs::File::create(file)?);
    for Seen { share, article, read } in seen {
        let page = read.page(article);
        let (mut quotes, speakers) = attribute_with(&page, &read.marked, &read.people, &models[*share]);
        let speakers = cast::cast(&page, &mut quotes, speakers);
        let raw = article.copy.as_ref().map_or(&article.text, |(raw, _)| raw);
        let points = PointIndex::new(raw);
        let at = |span: Span<Clean>| {
            let span: Span<Raw> = match &article.copy {
                Some((_, map)) => map.back(span),
                None => Span::new(span.start, span.end),
            };
            json!([points.to_points(raw, span.start), points.to_points(raw, span.end)])
        };
        let quotes: Vec<Value> = quotes.iter().flat_map(|quote| records(quote, &speakers, &at)).collect();
        writeln!(out, "{}", json!({"id": article.id, "quotes": quotes}))?;
    }
    Ok(out.flush()?)
}

/// A direct quotation is one record for each of its parts, any other one record.
fn records(quote: &Quote, speakers: &[Speaker], at: &dyn Fn(Span<Clean>) -> Value) -> Vec<Value> {
    let speaker = quote.speaker.and_then(|id| speakers.get(id.0 as usize));
    let record = |hull: Span<Clean>, spans: &[Span<Clean>]| {
        let hull = at(hull);
        json!({
            "start": hull[0], "end": hull[1], "kind": quote.kind.name(),
            "spans": spans.iter().map(|&span| at(span)).collect::<Vec<_>>(),
            "speaker": {"name": speaker.and_then(|speaker| speaker.name.clone()), "mention": quote.mention.map(at)},
            "cue": quote.cue.map(at), "nested": quote.nested_in.is_some(),
            "confidence": quote.confidence, "evidence": quote.evidence,
        })
    };
    if quote.kind == QuoteKind::Direct && quote.spans.len() > 1 {
        quote.spans.iter().map(|&span| record(span, &quote.spans)).collect()
    } else {
        vec![record(quote.hull(), &quote.spans)]
    }
}
