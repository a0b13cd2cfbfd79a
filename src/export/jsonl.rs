//! JSON lines: shaped as `extract` writes them, with the decisions.

use super::json::{confidence, line};
use super::row::{Rows, status};
use super::{Document, LossReport};
use crate::annotation::{Filled, ResolvedPassage, ResolvedQuote};
use serde_json::{Value, json};
use std::io::{self, Write};

/// Writes a line an article, with its raw text where that was found in a web page. Nothing is lost.
pub fn write(documents: &[Document], out: &mut dyn Write) -> io::Result<LossReport> {
    for document in documents {
        line(out, &record(&Rows::new(*document)))?;
    }
    Ok(LossReport::default())
}

fn record(rows: &Rows) -> Value {
    let Document { article, analysis, notes, resolved, coder, .. } = rows.document;
    let speakers: Vec<Value> = resolved
        .speakers
        .iter()
        .enumerate()
        .map(|(n, speaker)| {
            json!({
                "id": format!("s{}", n + 1),
                "name": speaker.named.then_some(&speaker.name),
                "label": speaker.name,
                "aliases": speaker.aliases,
                "mentions": speaker.mentions.iter().map(|m| rows.clean(m.span)).collect::<Vec<_>>(),
                "quotes": speaker.quotes,
                "memo": notes.speaker_memo(speaker),
            })
        })
        .collect();
    let timexes: Vec<Value> = analysis
        .timexes
        .iter()
        .map(|timex| {
            let [start, end] = rows.clean(timex.span);
            json!({"start": start, "end": end, "type": timex.kind.name(), "value": timex.value,
                   "text": rows.back_text(timex.span)})
        })
        .collect();
    let date = notes.article.date.or(analysis.date.interval);
    json!({
        "id": article.id,
        "source": rows.source(),
        "title": article.title,
        "text": article.text_of_page(),
        "date": date.map(|days| days.to.to_string()),
        "date_from": notes.article.date.map(|_| "given"),
        "coder": coder,
        "memo": notes.article.memo,
        "done": notes.article.done,
        "flagged": notes.article.flagged,
        "quotes": rows.quotes().map(|(n, quote)| value(rows, n, quote)).collect::<Vec<_>>(),
        "rejected": rows.rejected().map(|(n, quote)| value(rows, n, quote)).collect::<Vec<_>>(),
        "passages": resolved.passages.iter().enumerate().map(|(n, p)| passage(rows, n, p)).collect::<Vec<_>>(),
        "speakers": speakers,
        "timexes": timexes,
    })
}

fn filler(rows: &Rows, filled: &Filled) -> Value {
    json!({"text": filled.words, "span": filled.span.map(|span| rows.clean(span))})
}

fn passage(rows: &Rows, n: usize, passage: &ResolvedPassage) -> Value {
    let [start, end] = rows.raw(passage.raw_hull());
    json!({
        "id": format!("p{}", n + 1),
        "note": passage.note.to_string(),
        "start": start,
        "end": end,
        "text": rows.raw_text(passage.raw_hull()),
        "clean": rows.passage_words(passage),
        "spans": passage.raw.iter().map(|&span| rows.raw(span)).collect::<Vec<_>>(),
        "tags": passage.tags,
        "memo": passage.memo,
    })
}

fn value(rows: &Rows, n: usize, quote: &ResolvedQuote) -> Value {
    let [start, end] = rows.raw(quote.raw_hull());
    let speaker = rows.speaker(quote);
    json!({
        "id": format!("q{}", n + 1),
        "note": quote.note.map(|id| id.to_string()),
        "start": start,
        "end": end,
        "kind": quote.kind.name(),
        "text": rows.raw_text(quote.raw_hull()),
        "clean": rows.words(quote),
        "spans": quote.raw.iter().map(|&span| rows.raw(span)).collect::<Vec<_>>(),
        "speaker": {
            "id": quote.speaker.map(|n| format!("s{}", n + 1)),
            "name": speaker.filter(|speaker| speaker.named).map(|speaker| &speaker.name),
            "label": speaker.map(|speaker| &speaker.name),
            "mention": quote.mention.map(|span| rows.clean(span)),
        },
        "cue": quote.cue.map(|span| rows.clean(span)),
        "addressee": quote.addressee.as_ref().map(|filled| filler(rows, filled)),
        "topic": quote.topic.as_ref().map(|filled| filler(rows, filled)),
        "said_at": quote.said_at.map(|days| json!({
            "from": days.from.to_string(),
            "to": days.to.to_string(),
            "span": quote.said_span.map(|span| rows.clean(span)),
            "text": quote.said_span.map(|span| rows.back_text(span)),
            "evidence": quote.date_evidence,
        })),
        "nested_in": quote.nested_in.map(|n| format!("q{}", n + 1)),
        "hypothetical": quote.hypothetical,
        "status": status(quote.status),
        "tags": quote.tags,
        "memo": quote.memo,
        "confidence": confidence(quote.confidence),
        "evidence": quote.evidence,
    })
}
