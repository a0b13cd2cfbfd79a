//! Label Studio: tasks with regions and relations, and the labelling interface that shows them.

use super::super::files::SIGN;
use super::super::{Beside, Document, LossReport};
use super::{Label, LinkKind, Mark, Standoff, iso};
use crate::annotation::Status;
use crate::text::{Raw, Span};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::{self, Write};

/// The kinds of quotations as choices of a region.
const KINDS: [&str; 3] = ["direct", "mixed", "indirect"];

/// Writes the tasks, one an article: what was decided as an annotation, what nobody reviewed yet as a prediction.
///
/// Offsets are units of UTF-16, as in a browser. A part of a quotation is a region of its own, and the parts follow one
/// another by the relation `continues`; tags, memo, date and the name of the speaker hang on the first.
pub fn write(documents: &[Document], out: &mut dyn Write) -> io::Result<LossReport> {
    let mut loss = LossReport::default();
    let mut tasks = Vec::new();
    for (n, document) in documents.iter().enumerate() {
        let page = Standoff::new(*document);
        tasks.push(task(&page, n + 1));
        page.losses(&mut loss);
    }
    serde_json::to_writer_pretty(&mut *out, &tasks)?;
    out.write_all(b"\n")?;
    Ok(loss)
}

/// Returns the file that stands beside the tasks: the labelling interface, with the tags of these documents.
pub fn interface(documents: &[Document]) -> Beside {
    let pages: Vec<Standoff> = documents.iter().map(|document| Standoff::new(*document)).collect();
    let mut tags: Vec<&str> =
        pages.iter().flat_map(|page| page.marks.iter().flat_map(Mark::tags)).map(String::as_str).collect();
    tags.sort_unstable();
    tags.dedup();
    let mut out = format!("<!-- {SIGN} -->\n<View>\n  <Relations>\n");
    for name in LinkKind::ALL.iter().map(|(kind, _)| kind.name()).chain(["continues"]) {
        let _ = writeln!(out, "    <Relation value=\"{name}\"/>");
    }
    out.push_str("  </Relations>\n  <Labels name=\"label\" toName=\"text\">\n");
    for label in Label::ALL {
        let _ = writeln!(out, "    <Label value=\"{}\" background=\"{}\"/>", label.name(), label.colour());
    }
    out.push_str("  </Labels>\n  <Text name=\"text\" value=\"$text\"/>\n");
    let mut choices = |name: &str, choice: &str, values: &[&str]| {
        let _ = writeln!(out, "  <Choices name=\"{name}\" toName=\"text\" perRegion=\"true\" choice=\"{choice}\">");
        for value in values {
            let _ = writeln!(out, "    <Choice value=\"{}\"/>", quick_xml::escape::escape(*value));
        }
        out.push_str("  </Choices>\n");
    };
    choices("kind", "single", &KINDS);
    if !tags.is_empty() {
        choices("tags", "multiple", &tags);
    }
    for name in ["speaker", "said_at", "memo"] {
        let _ = writeln!(out, "  <TextArea name=\"{name}\" toName=\"text\" perRegion=\"true\" editable=\"true\"/>");
    }
    out.push_str("</View>\n");
    Beside::ending("xml", out.into_bytes())
}

fn task(page: &Standoff, number: usize) -> Value {
    let Document { article, coder, .. } = page.rows.document;
    let decided = |mark: &Mark| mark.quote.is_none_or(|quote| quote.status != Status::Open);
    let result = |wanted: bool| -> Vec<Value> {
        let mut out = Vec::new();
        // A source or a cue goes where a quotation goes that has it.
        let takes = |n: usize, mark: &Mark| match mark.label {
            Label::Quote | Label::Passage => decided(mark) == wanted,
            _ => page.links.iter().any(|link| link.to == n && decided(&page.marks[link.from]) == wanted),
        };
        for (n, mark) in page.marks.iter().enumerate().filter(|&(n, mark)| takes(n, mark)) {
            regions(page, n, mark, &mut out);
        }
        for link in &page.links {
            if decided(&page.marks[link.from]) == wanted && takes(link.to, &page.marks[link.to]) {
                out.push(relation(&name(link.from, 0), &name(link.to, 0), link.kind.name()));
            }
        }
        out
    };
    let (annotated, predicted) = (result(true), result(false));
    let open: Vec<f32> = page
        .marks
        .iter()
        .filter_map(|mark| mark.quote)
        .filter(|quote| quote.status == Status::Open)
        .map(|quote| quote.confidence)
        .collect();
    let mut annotations = Vec::new();
    if !annotated.is_empty() {
        annotations.push(json!({
            "id": number,
            "was_cancelled": false,
            "ground_truth": false,
            "result": annotated,
        }));
    }
    let mut predictions = Vec::new();
    if !predicted.is_empty() {
        let score = f64::from(open.iter().sum::<f32>()) / open.len().max(1) as f64;
        let score = (score * 1000.0).round() / 1000.0;
        predictions.push(json!({"model_version": "whosaid", "score": score, "result": predicted}));
    }
    json!({
        "id": number,
        "data": {"text": page.text(), "meta": {"doc": article.id, "coder": coder}},
        "annotations": annotations,
        "predictions": predictions,
    })
}

fn name(mark: usize, part: usize) -> String {
    if part == 0 { format!("m{}", mark + 1) } else { format!("m{}.{}", mark + 1, part + 1) }
}

/// Adds the regions of a mark and what hangs on them.
fn regions(page: &Standoff, n: usize, mark: &Mark, out: &mut Vec<Value>) {
    for (part, &span) in mark.parts.iter().enumerate() {
        let labels = json!([mark.label.name()]);
        out.push(region(page, &name(n, part), span, "label", "labels", "labels", &labels));
        if part > 0 {
            out.push(relation(&name(n, part - 1), &name(n, part), "continues"));
        }
    }
    let Some(&first) = mark.parts.first() else { return };
    let id = name(n, 0);
    let mut hang = |control: &str, kind: &str, key: &str, value: &Value| {
        out.push(region(page, &id, first, control, kind, key, value));
    };
    if let Some(quote) = mark.quote {
        hang("kind", "choices", "choices", &json!([quote.kind.name()]));
        if let Some(days) = quote.said_at {
            hang("said_at", "textarea", "text", &json!([iso(days)]));
        }
    }
    if !mark.tags().is_empty() {
        hang("tags", "choices", "choices", &json!(mark.tags()));
    }
    if let Some(speaker) = mark.speaker {
        hang("speaker", "textarea", "text", &json!([speaker.name]));
    }
    if let Some(memo) = mark.memo() {
        hang("memo", "textarea", "text", &json!([memo]));
    }
}

fn region(page: &Standoff, id: &str, span: Span<Raw>, control: &str, kind: &str, key: &str, value: &Value) -> Value {
    let [start, end] = page.utf16(span);
    let mut place = json!({"start": start, "end": end});
    if key != "text" {
        place["text"] = json!(page.rows.raw_text(span));
    }
    place[key] = value.clone();
    json!({"id": id, "from_name": control, "to_name": "text", "type": kind, "origin": "manual", "value": place})
}

fn relation(from: &str, to: &str, kind: &str) -> Value {
    json!({"type": "relation", "from_id": from, "to_id": to, "direction": "right", "labels": [kind]})
}
