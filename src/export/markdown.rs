//! Markdown: a text to read, article by article.

use super::row::{Rows, status};
use super::{Document, LossReport, loss};
use crate::annotation::{ResolvedQuote, Status};
use std::io::{self, Write};

/// Writes a heading an article and a block quotation a quotation, in the order of the article.
pub fn write(documents: &[Document], out: &mut dyn Write) -> io::Result<LossReport> {
    let mut loss = LossReport::default();
    for (n, document) in documents.iter().enumerate() {
        let rows = Rows::new(*document);
        if n > 0 {
            writeln!(out)?;
        }
        writeln!(out, "# {}\n", plain(rows.title()))?;
        let date = document.notes.article.date.or(document.analysis.date.interval);
        let source = rows.source().unwrap_or_else(|| document.article.id.clone());
        let dated = date.map_or_else(|| "no date".to_owned(), |days| days.to.to_string());
        writeln!(out, "{} · {dated} · notes of {}", plain(&source), plain(document.coder))?;
        if let Some(memo) = &document.notes.article.memo {
            writeln!(out, "\n{}", plain(memo))?;
        }
        for speaker in &document.resolved.speakers {
            if let Some(memo) = document.notes.speaker_memo(speaker) {
                writeln!(out, "\n**{}**: {}", plain(&speaker.name), plain(memo))?;
            }
        }
        for (_, quote) in rows.quotes() {
            block(&rows, quote, out)?;
            loss.add(loss::REASONS, quote.evidence.len() + quote.date_evidence.len());
            loss.add(loss::OFFSETS, 1);
            loss.add(
                ["quotation in parts is written as one", "quotations in parts are written as one"],
                usize::from(quote.raw.len() > 1),
            );
        }
        if !document.resolved.passages.is_empty() {
            writeln!(out, "\n## Passages\n")?;
        }
        for passage in &document.resolved.passages {
            let tags: Vec<String> = passage.tags.iter().map(|tag| plain(tag)).collect();
            let memo = passage.memo.as_deref().map_or_else(String::new, |memo| format!(" — {}", plain(memo)));
            writeln!(out, "- {} ({}){memo}", plain(&rows.passage_words(passage)), tags.join(", "))?;
        }
        loss.add(
            ["offset of a passage is left out", "offsets of passages are left out"],
            document.resolved.passages.len(),
        );
        loss.add(loss::REJECTED, rows.rejected().count());
    }
    Ok(loss)
}

fn block(rows: &Rows, quote: &ResolvedQuote, out: &mut dyn Write) -> io::Result<()> {
    let words = rows.words(quote);
    writeln!(out)?;
    for line in words.lines() {
        writeln!(out, "> {}", plain(line.trim()))?;
    }
    let speaker = rows.speaker(quote).map_or_else(|| "nobody named".to_owned(), |speaker| plain(&speaker.name));
    let mut said = vec![format!("— **{speaker}**")];
    said.extend(
        quote.said_at.map(|days| {
            if days.from == days.to { days.to.to_string() } else { format!("{} to {}", days.from, days.to) }
        }),
    );
    said.push(quote.kind.name().to_owned());
    if quote.status != Status::Accepted {
        said.push(format!("{}, confidence {:.2}", status(quote.status), quote.confidence));
    }
    writeln!(out, ">\n> {}", said.join(", "))?;
    for (role, filled) in [("To", &quote.addressee), ("About", &quote.topic)] {
        if let Some(filled) = filled {
            writeln!(out, "\n{role}: {}", plain(&filled.words))?;
        }
    }
    if !quote.tags.is_empty() {
        let tags: Vec<String> = quote.tags.iter().map(|tag| plain(tag)).collect();
        writeln!(out, "\nTags: {}", tags.join(", "))?;
    }
    if let Some(memo) = &quote.memo {
        writeln!(out, "\n{}", plain(memo))?;
    }
    Ok(())
}

/// The text with everything escaped that Markdown would read as its own, and no control character.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' => out.extend(['\\', c]),
            '\n' | '\r' => out.push(' '),
            c => crate::text::visible::push(&mut out, c),
        }
    }
    // A number with a dot, or a dash, would begin a list.
    let list = out.trim_start_matches(|c: char| c.is_ascii_digit());
    if out.starts_with(['-', '+', '=']) {
        out.insert(0, '\\');
    } else if list.len() < out.len() && list.starts_with(['.', ')']) {
        out.insert(out.len() - list.len(), '\\');
    }
    out
}
