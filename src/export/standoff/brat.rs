//! brat standoff: a text file, an `.ann` file with what is marked in it, and an `annotation.conf` that declares the names.

use super::super::files::{SIGN, free_name};
use super::super::row::status;
use super::super::{Beside, Document, LossReport, loss};
use super::{Label, LinkKind, Standoff, iso};
use crate::text::{Raw, Span};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Writes the `.ann` of the documents; brat knows one text a file, so there should be one.
///
/// Offsets are code points. Source: brat's manual, “Standoff format” and “Configuration”.
pub fn write(documents: &[Document], out: &mut dyn Write) -> io::Result<LossReport> {
    let mut loss = LossReport::default();
    let names = tag_names(documents);
    for document in documents {
        annotate(&Standoff::new(*document), &names, out, &mut loss)?;
    }
    Ok(loss)
}

/// Returns the file with the text that an `.ann` speaks of.
pub fn text(document: &Document) -> Beside {
    Beside::ending("txt", document.article.text.as_bytes().to_vec())
}

fn annotate(
    page: &Standoff,
    names: &BTreeMap<&str, String>,
    out: &mut dyn Write,
    loss: &mut LossReport,
) -> io::Result<()> {
    for (n, mark) in page.marks.iter().enumerate() {
        let parts: Vec<Span<Raw>> = mark.parts.iter().flat_map(|&part| lines(page.text(), part)).collect();
        let places: Vec<String> =
            parts.iter().map(|&part| page.rows.raw(part)).map(|[a, b]| format!("{a} {b}")).collect();
        let words: Vec<String> = parts.iter().map(|&part| one_line(page.rows.raw_text(part))).collect();
        writeln!(out, "T{}\t{} {}\t{}", n + 1, mark.label.name(), places.join(";"), words.join(" "))?;
    }
    for (n, link) in page.links.iter().enumerate() {
        writeln!(out, "R{}\t{} Arg1:T{} Arg2:T{}", n + 1, link.kind.camel(), link.from + 1, link.to + 1)?;
    }
    let (mut attributes, mut notes) = (0, 0);
    for (n, mark) in page.marks.iter().enumerate() {
        let mut attribute = |name: &str, value: &str, out: &mut dyn Write| {
            attributes += 1;
            writeln!(out, "A{attributes}\t{name} T{}{}{value}", n + 1, if value.is_empty() { "" } else { " " })
        };
        let mut note = |kind: &str, words: &str, out: &mut dyn Write| {
            notes += 1;
            writeln!(out, "#{notes}\t{kind} T{}\t{}", n + 1, one_line(words))
        };
        if let Some(quote) = mark.quote {
            attribute("Kind", quote.kind.name(), out)?;
            attribute("Status", status(quote.status), out)?;
            if quote.hypothetical {
                attribute("Hypothetical", "", out)?;
            }
            if let Some(days) = quote.said_at {
                note("SaidAt", &iso(days), out)?;
            }
            for (kind, filled) in [("Addressee", &quote.addressee), ("Topic", &quote.topic)] {
                if let Some(filled) = filled.as_ref().filter(|filled| filled.span.is_none()) {
                    note(kind, &filled.words, out)?;
                }
            }
            loss.add(loss::CONFIDENCE, 1);
        }
        for tag in mark.tags() {
            attribute(names.get(tag.as_str()).map_or("Tag", String::as_str), "", out)?;
        }
        if let Some(speaker) = mark.speaker {
            note("SpeakerName", &speaker.name, out)?;
        }
        if let Some(memo) = mark.memo() {
            note("AnnotatorNotes", memo, out)?;
            loss.add(
                ["line break of a memo is written as a space", "line breaks of memos are written as spaces"],
                memo.trim().lines().count().saturating_sub(1),
            );
        }
    }
    page.losses(loss);
    Ok(())
}

/// Returns the file in which the names that the documents use are declared.
pub fn declared(documents: &[Document]) -> Beside {
    let mut out = format!("# {SIGN}\n[entities]\n");
    for label in Label::ALL {
        let _ = writeln!(out, "{}", label.name());
    }
    out += "\n[relations]\n";
    for (kind, to) in LinkKind::ALL {
        let _ = writeln!(out, "{}\tArg1:Quote, Arg2:{}", kind.camel(), to.name());
    }
    out += "\n[events]\n\n[attributes]\nKind\tArg:Quote, Value:direct|mixed|indirect\n\
            Status\tArg:Quote, Value:open|accepted\nHypothetical\tArg:Quote\n";
    for name in tag_names(documents).values() {
        let _ = writeln!(out, "{name}\tArg:Quote|Passage");
    }
    Beside::named("annotation.conf", out.into_bytes())
}

/// Returns a name that brat takes, `Tag_travel-ban`, for each tag; two tags never share one.
fn tag_names<'a>(documents: &[Document<'a>]) -> BTreeMap<&'a str, String> {
    let mut out: BTreeMap<&str, String> = BTreeMap::new();
    let views = documents.iter().map(|document| document.resolved);
    let quotes = views.clone().flat_map(|view| view.quotes.iter().flat_map(|quote| &quote.tags));
    for tag in quotes.chain(views.flat_map(|view| view.passages.iter().flat_map(|passage| &passage.tags))) {
        if !out.contains_key(tag.as_str()) {
            let plain: String =
                tag.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect();
            let name = free_name(&format!("Tag_{plain}"), |name| out.values().any(|known| known == name));
            out.insert(tag, name);
        }
    }
    out
}

/// Returns the stretches of `part` that lie on one line each, without the spaces at a line's edge: brat's are so.
fn lines(text: &str, part: Span<Raw>) -> Vec<Span<Raw>> {
    let words = part.of(text);
    let mut at = part.start;
    let mut out = Vec::new();
    for line in words.split_inclusive(['\n', '\r']) {
        let kept = line.trim();
        if !kept.is_empty() {
            let start = at + (line.len() - line.trim_start().len());
            out.push(Span::new(start, start + kept.len()));
        }
        at += line.len();
    }
    out
}

fn one_line(text: &str) -> String {
    text.trim().split(['\n', '\r', '\t']).map(str::trim).collect::<Vec<_>>().join(" ")
}
