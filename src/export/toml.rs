//! TOML: one document with everything, to read and to process.

use super::json::confidence;
use super::row::{Rows, status};
use super::{Document, LossReport};
use crate::annotation::{ResolvedPassage, ResolvedQuote};
use std::io::{self, Write};
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, Value, value};

/// Writes `[[article]]` with `[[article.quote]]` and `[[article.speaker]]`.
pub fn write(documents: &[Document], out: &mut dyn Write) -> io::Result<LossReport> {
    // Written article by article: a table of one is the same text as its part of the table of all.
    out.write_all(b"version = 1\n")?;
    for document in documents {
        let mut list = ArrayOfTables::new();
        list.push(article(&Rows::new(*document)));
        let mut page = DocumentMut::new();
        page.insert("article", Item::ArrayOfTables(list));
        write!(out, "\n{}", page.to_string().trim_start())?;
    }
    Ok(LossReport::default())
}

fn article(rows: &Rows) -> Table {
    let Document { article, analysis, notes, resolved, coder, .. } = rows.document;
    let mut out = Table::new();
    let mut put = |key: &str, text: Option<String>| {
        if let Some(text) = text {
            out.insert(key, value(text));
        }
    };
    put("id", Some(article.id.clone()));
    put("source", rows.source());
    put("title", article.title.clone());
    put("coder", Some(coder.to_owned()));
    put("memo", notes.article.memo.clone());
    if let Some(days) = notes.article.date.or(analysis.date.interval) {
        put("date", Some(days.to.to_string()));
    }
    out.insert("done", value(notes.article.done));
    out.insert("flagged", value(notes.article.flagged));
    let mut speakers = ArrayOfTables::new();
    for speaker in &resolved.speakers {
        let mut table = Table::new();
        table.insert("name", value(&speaker.name));
        table.insert("named", value(speaker.named));
        table.insert("aliases", value(speaker.aliases.iter().map(String::as_str).collect::<Array>()));
        table.insert("quotes", value(number(speaker.quotes)));
        if let Some(memo) = notes.speaker_memo(speaker) {
            table.insert("memo", value(memo));
        }
        speakers.push(table);
    }
    let mut quotes = ArrayOfTables::new();
    for (_, quote) in rows.quotes().chain(rows.rejected()) {
        quotes.push(table(rows, quote));
    }
    out.insert("speaker", Item::ArrayOfTables(speakers));
    out.insert("quote", Item::ArrayOfTables(quotes));
    let mut passages = ArrayOfTables::new();
    for passage in &resolved.passages {
        passages.push(passage_table(rows, passage));
    }
    if !passages.is_empty() {
        out.insert("passage", Item::ArrayOfTables(passages));
    }
    out
}

fn passage_table(rows: &Rows, passage: &ResolvedPassage) -> Table {
    let mut out = Table::new();
    out.insert("text", value(rows.raw_text(passage.raw_hull())));
    out.insert("clean", value(rows.passage_words(passage)));
    out.insert("spans", value(passage.raw.iter().map(|&span| pair(rows.raw(span))).collect::<Array>()));
    out.insert("tags", value(passage.tags.iter().map(String::as_str).collect::<Array>()));
    if let Some(memo) = &passage.memo {
        out.insert("memo", value(memo));
    }
    out
}

fn pair([start, end]: [usize; 2]) -> Value {
    Value::Array([number(start), number(end)].into_iter().collect())
}

fn table(rows: &Rows, quote: &ResolvedQuote) -> Table {
    let mut out = Table::new();
    let list = |items: &[String]| value(items.iter().map(String::as_str).collect::<Array>());
    out.insert("status", value(status(quote.status)));
    out.insert("kind", value(quote.kind.name()));
    out.insert("text", value(rows.raw_text(quote.raw_hull())));
    out.insert("clean", value(rows.words(quote)));
    out.insert("spans", value(quote.raw.iter().map(|&span| pair(rows.raw(span))).collect::<Array>()));
    if let Some(speaker) = rows.speaker(quote) {
        out.insert("speaker", value(&speaker.name));
    }
    for (key, span) in [("mention", quote.mention), ("cue", quote.cue)] {
        if let Some(span) = span {
            out.insert(key, value(pair(rows.clean(span))));
        }
    }
    for (key, filled) in [("addressee", &quote.addressee), ("topic", &quote.topic)] {
        if let Some(filled) = filled {
            out.insert(key, value(&filled.words));
        }
        if let Some(span) = filled.as_ref().and_then(|filled| filled.span) {
            out.insert(&format!("{key}_at"), value(pair(rows.clean(span))));
        }
    }
    if let Some(days) = quote.said_at {
        out.insert("said_from", value(days.from.to_string()));
        out.insert("said_to", value(days.to.to_string()));
    }
    out.insert("tags", list(&quote.tags));
    if let Some(memo) = &quote.memo {
        out.insert("memo", value(memo));
    }
    out.insert("hypothetical", value(quote.hypothetical));
    out.insert("confidence", value(confidence(quote.confidence)));
    let reasons: Vec<String> = quote.evidence.iter().chain(&quote.date_evidence).map(ToString::to_string).collect();
    out.insert("evidence", list(&reasons));
    out
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
