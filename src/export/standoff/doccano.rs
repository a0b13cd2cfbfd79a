//! doccano's JSON lines for sequence labelling with relations.

use super::super::json::line;
use super::super::{Document, LossReport, loss};
use super::Standoff;
use serde_json::{Value, json};
use std::io::{self, Write};

/// Writes a line an article. Offsets are code points; a part of a quotation is an entity of its own, and the parts follow
/// one another by the relation `continues`.
pub fn write(documents: &[Document], out: &mut dyn Write) -> io::Result<LossReport> {
    let mut loss = LossReport::default();
    // Numbers are unique in the file, as doccano's are in a project.
    let (mut entity, mut relation) = (0, 0);
    for (number, document) in documents.iter().enumerate() {
        let page = Standoff::new(*document);
        let mut first = Vec::new();
        let (mut entities, mut relations) = (Vec::new(), Vec::new());
        let mut relate = |from: usize, to: usize, kind: &str| -> Value {
            relation += 1;
            json!({"id": relation, "from_id": from, "to_id": to, "type": kind})
        };
        for mark in &page.marks {
            for (n, &part) in mark.parts.iter().enumerate() {
                let [start, end] = page.rows.raw(part);
                entity += 1;
                entities
                    .push(json!({"id": entity, "label": mark.label.name(), "start_offset": start, "end_offset": end}));
                if n == 0 {
                    first.push(entity);
                } else {
                    relations.push(relate(entity - 1, entity, "continues"));
                }
            }
            loss.add(loss::TAGS, mark.tags().len());
            loss.add(loss::NAMES, usize::from(mark.quote.is_some() && mark.speaker.is_some()));
            if let Some(quote) = mark.quote {
                loss.add(["kind of a quotation is left out", "kinds of quotations are left out"], 1);
                loss.add(loss::DATES, usize::from(quote.said_at.is_some()));
            }
        }
        relations.extend(page.links.iter().map(|link| relate(first[link.from], first[link.to], link.kind.name())));
        let comments: Vec<&str> = page.marks.iter().filter_map(super::Mark::memo).collect();
        line(
            out,
            &json!({
                "id": number + 1,
                "text": page.text(),
                "entities": entities,
                "relations": relations,
                "Comments": comments,
                "doc": document.article.id,
                "coder": document.coder,
            }),
        )?;
        loss.add(["memo stands without its place", "memos stand without their place"], comments.len());
        page.losses(&mut loss);
    }
    Ok(loss)
}
