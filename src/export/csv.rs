//! CSV: a row a quotation, in which no cell can act as a formula of a spreadsheet.

use super::row::{Rows, status};
use super::{Document, LossReport, loss};
use crate::annotation::{ResolvedPassage, ResolvedQuote};
use std::io::{self, Write};

const HEADER: [&str; 21] = [
    "document",
    "source",
    "quote",
    "speaker",
    "cue",
    "quotation",
    "context",
    "from",
    "to",
    "kind",
    "status",
    "tags",
    "memo",
    "coder",
    "start",
    "end",
    "spans",
    "raw",
    "confidence",
    "addressee",
    "topic",
];

/// Writes a header and a row a quotation; behind those of an article its tagged passages, of the kind `passage`.
///
/// A cell that begins as a formula would (`= + - @`, their full-width forms, a tab or a carriage return) gets an
/// apostrophe in front, as OWASP advises against CSV injection; how many did is in the report.
pub fn write(documents: &[Document], out: &mut dyn Write) -> io::Result<LossReport> {
    let mut loss = LossReport::default();
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(HEADER)?;
    for document in documents {
        let rows = Rows::new(*document);
        for (n, quote) in rows.quotes() {
            writer.write_record(cells(&rows, n, quote).map(|cell| guarded(cell, &mut loss)))?;
            loss.add(loss::REASONS, quote.evidence.len() + quote.date_evidence.len());
            loss.add(
                ["tag holds the separator \"; \" itself", "tags hold the separator \"; \" themselves"],
                quote.tags.iter().filter(|t| t.contains("; ")).count(),
            );
        }
        for (n, passage) in document.resolved.passages.iter().enumerate() {
            writer.write_record(passage_cells(&rows, n, passage).map(|cell| guarded(cell, &mut loss)))?;
        }
        loss.add(loss::REJECTED, rows.rejected().count());
        loss.add(loss::ARTICLE_MEMOS, usize::from(document.notes.article.memo.is_some()));
        loss.add(
            ["note on a speaker is left out but for the name", "notes on speakers are left out but for the name"],
            document.notes.speakers.len(),
        );
        let memos = document.notes.speakers.values().filter(|note| note.memo.is_some());
        loss.add(loss::SPEAKER_MEMOS, memos.count());
    }
    writer.flush()?;
    Ok(loss)
}

fn cells(rows: &Rows, n: usize, quote: &ResolvedQuote) -> [String; HEADER.len()] {
    let [start, end] = rows.raw(quote.raw_hull());
    let spans: Vec<String> = quote.raw.iter().map(|&span| rows.raw(span)).map(|[a, b]| format!("{a}:{b}")).collect();
    [
        rows.document.article.id.clone(),
        rows.source().unwrap_or_default(),
        format!("q{}", n + 1),
        rows.speaker(quote).map(|speaker| speaker.name.clone()).unwrap_or_default(),
        quote.cue.map(|cue| rows.clean_text(cue).to_owned()).unwrap_or_default(),
        rows.words(quote),
        rows.context(quote.hull()).to_owned(),
        quote.said_at.map(|days| days.from.to_string()).unwrap_or_default(),
        quote.said_at.map(|days| days.to.to_string()).unwrap_or_default(),
        quote.kind.name().to_owned(),
        status(quote.status).to_owned(),
        quote.tags.join("; "),
        quote.memo.clone().unwrap_or_default(),
        rows.document.coder.to_owned(),
        start.to_string(),
        end.to_string(),
        spans.join(" "),
        rows.raw_text(quote.raw_hull()).to_owned(),
        format!("{:.3}", quote.confidence),
        quote.addressee.as_ref().map(|filled| filled.words.clone()).unwrap_or_default(),
        quote.topic.as_ref().map(|filled| filled.words.clone()).unwrap_or_default(),
    ]
}

/// Returns the row of a passage: nobody says it, at no time.
fn passage_cells(rows: &Rows, n: usize, passage: &ResolvedPassage) -> [String; HEADER.len()] {
    let [start, end] = rows.raw(passage.raw_hull());
    let spans: Vec<String> = passage.raw.iter().map(|&span| rows.raw(span)).map(|[a, b]| format!("{a}:{b}")).collect();
    HEADER.map(|column| match column {
        "document" => rows.document.article.id.clone(),
        "source" => rows.source().unwrap_or_default(),
        "quote" => format!("p{}", n + 1),
        "quotation" => rows.passage_words(passage),
        "context" => rows.context(passage.hull()).to_owned(),
        "kind" => "passage".to_owned(),
        "tags" => passage.tags.join("; "),
        "memo" => passage.memo.clone().unwrap_or_default(),
        "coder" => rows.document.coder.to_owned(),
        "start" => start.to_string(),
        "end" => end.to_string(),
        "spans" => spans.join(" "),
        "raw" => rows.raw_text(passage.raw_hull()).to_owned(),
        _ => String::new(),
    })
}

fn guarded(cell: String, loss: &mut LossReport) -> String {
    let (cell, changed) = safe(cell);
    loss.add(
        [
            "cell begins with an apostrophe, so that no spreadsheet runs it",
            "cells begin with an apostrophe, so that no spreadsheet runs them",
        ],
        usize::from(changed),
    );
    cell
}

/// Returns the cell as it may stand in a spreadsheet, and whether it had to change.
fn safe(cell: String) -> (String, bool) {
    let acts = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if acts { (format!("'{cell}"), true) } else { (cell, false) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_cell_acts_as_a_formula(lead in "[-=+@\t\r\n＝＋－＠a ]?", rest in any::<String>()) {
            let cell = format!("{lead}{rest}");
            let (out, changed) = safe(cell.clone());
            prop_assert!(!out.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']));
            prop_assert_eq!(out.strip_prefix('\'').filter(|_| changed).unwrap_or(&out), cell);
        }
    }
}
