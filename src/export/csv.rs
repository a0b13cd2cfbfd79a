//! CSV: a row a quotation, in which no cell can act as a formula of a spreadsheet.

use super::row::{Rows, status};
use super::{Document, LossReport};
use crate::annotation::ResolvedQuote;
use std::io::{self, Write};

const HEADER: [&str; 19] = [
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
];

/// Writes a header and a row a quotation.
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
            let cells = cells(&rows, n, quote).map(|cell| match safe(cell) {
                (cell, true) => {
                    loss.add("cells begin with an apostrophe, so that no spreadsheet runs them", 1);
                    cell
                }
                (cell, false) => cell,
            });
            writer.write_record(&cells)?;
            loss.add("reasons for a finding are left out", quote.evidence.len() + quote.date_evidence.len());
            loss.add(
                "tags hold the separator \"; \" themselves",
                quote.tags.iter().filter(|t| t.contains("; ")).count(),
            );
        }
        loss.add("rejected quotations are left out", rows.rejected().count());
        loss.add("memos on articles are left out", usize::from(document.notes.article.memo.is_some()));
        loss.add("notes on speakers are left out but for the name", document.notes.speakers.len());
        let memos = document.notes.speakers.values().filter(|note| note.memo.is_some());
        loss.add("memos on speakers are left out", memos.count());
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
        rows.context(quote).to_owned(),
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
    ]
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
