//! The W3C Web Annotation data model as JSON-LD: a collection with an annotation a quotation.

use super::super::row::status;
use super::super::{Document, LossReport, loss};
use super::{Label, LinkKind, Mark, Standoff, id_of, iso, text_hash};
use crate::text::{Raw, Span};
use serde_json::{Value, json};
use std::io::{self, Write};

/// How much text before and behind a place tells it from others, in code points, as in the store.
const AROUND: usize = 32;

/// Writes one `AnnotationCollection`. A target has a selector by the exact text and one by code points; the articles'
/// texts are known by their SHA-256 (`urn:sha256:…`).
///
/// Source: W3C Recommendation “Web Annotation Data Model”, 23 February 2017.
pub fn write(documents: &[Document], out: &mut dyn Write) -> io::Result<LossReport> {
    let mut loss = LossReport::default();
    let mut items = Vec::new();
    let mut hashes = String::new();
    for document in documents {
        let page = Standoff::new(*document);
        let source = text_hash(page.text());
        for (n, mark) in page.marks.iter().enumerate() {
            if matches!(mark.label, Label::Quote | Label::Passage) {
                items.push(annotation(&page, n, mark, &source, document));
            }
        }
        hashes += &source;
        page.losses(&mut loss);
        loss.add(["title or name of an article is left out", "titles and names of articles are left out"], 1);
        loss.add(loss::CONFIDENCE, page.marks.iter().filter(|mark| mark.quote.is_some()).count());
    }
    let collection = format!("urn:uuid:{}", id_of(&["collection", &hashes]));
    let mut all = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": collection,
        "type": "AnnotationCollection",
        "label": "Quotations found and decided with whosaid",
        "total": items.len(),
    });
    if !items.is_empty() {
        let page = format!("urn:uuid:{}", id_of(&["page", &hashes]));
        all["first"] = json!({"id": page, "type": "AnnotationPage", "startIndex": 0, "items": items});
        all["last"] = json!(page);
    }
    serde_json::to_writer_pretty(&mut *out, &all)?;
    out.write_all(b"\n")?;
    Ok(loss)
}

fn annotation(page: &Standoff, n: usize, mark: &Mark, source: &str, document: &Document) -> Value {
    let name = |coder: &str| format!("urn:uuid:{}", id_of(&["coder", coder]));
    let mut bodies = vec![text("classifying", mark.label.name())];
    let mut motivation = vec!["classifying"];
    if let Some(quote) = mark.quote {
        bodies.push(text("classifying", quote.kind.name()));
        bodies.push(text("assessing", status(quote.status)));
        if let Some(days) = quote.said_at {
            bodies.push(text("describing", &format!("said {}", iso(days))));
        }
    }
    bodies.extend(mark.tags().iter().map(|tag| text("tagging", tag)));
    bodies.extend(mark.memo().map(|memo| text("commenting", memo)));
    if let Some(speaker) = mark.speaker {
        // The same name in one article is the same person.
        let person = id_of(&["speaker", source, &speaker.name]);
        bodies.push(text("identifying", &speaker.name));
        bodies.push(json!({"type": "SpecificResource", "purpose": "linking", "source": format!("urn:uuid:{person}")}));
        motivation.push("linking");
    }
    for link in page.links.iter().filter(|link| link.from == n) {
        let to = &page.marks[link.to];
        let purpose = if link.kind == LinkKind::AttributedTo { "identifying" } else { "linking" };
        if link.kind == LinkKind::NestedIn {
            let outer = format!("urn:uuid:{}", page.id(to));
            bodies.push(json!({"type": "SpecificResource", "purpose": purpose, "source": outer}));
            continue;
        }
        // The words of the source, the cue and so on, with their place; what they are is said by `role`.
        let mut body = place(page, to.parts[0], source);
        body["type"] = json!("SpecificResource");
        body["purpose"] = json!(purpose);
        body["scope"] = json!(format!("urn:whosaid:{}", link.kind.name()));
        bodies.push(body);
    }
    let mut out = json!({
        "id": format!("urn:uuid:{}", page.id(mark)),
        "type": "Annotation",
        "motivation": motivation,
        "creator": {"id": name(document.coder), "type": "Person", "nickname": document.coder},
        "body": bodies,
        "target": mark.parts.iter().map(|&part| place(page, part, source)).collect::<Vec<_>>(),
    });
    let notes = document.notes;
    let times = mark.note().and_then(|id| {
        let quote = notes.quotes.get(&id).map(|note| (note.created, note.modified));
        quote.or_else(|| notes.passages.get(&id).map(|note| (note.created, note.modified)))
    });
    match times {
        Some((created, modified)) => {
            out["created"] = json!(created.to_string());
            out["modified"] = json!(modified.to_string());
        }
        // What nobody touched was made by the program.
        None => out["creator"] = json!({"id": name(""), "type": "Software", "name": "whosaid"}),
    }
    out
}

fn text(purpose: &str, value: &str) -> Value {
    json!({"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"})
}

fn place(page: &Standoff, part: Span<Raw>, source: &str) -> Value {
    let text = page.text();
    let before = text[..part.start].char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    let behind = text[part.end..].char_indices().nth(AROUND).map_or(text.len(), |(at, _)| part.end + at);
    let [start, end] = page.rows.raw(part);
    json!({
        "source": format!("urn:sha256:{source}"),
        "selector": [
            {"type": "TextQuoteSelector", "exact": part.of(text), "prefix": &text[before..part.start],
             "suffix": &text[part.end..behind]},
            {"type": "TextPositionSelector", "start": start, "end": end},
        ],
    })
}
