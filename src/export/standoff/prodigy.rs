//! Prodigy's JSON lines: tokens, spans and relations.

use super::super::json::{confidence, line};
use super::super::row::status;
use super::super::{Document, LossReport};
use super::tokens::{has_space, tokens, within};
use super::{Mark, Standoff, iso, text_hash};
use crate::annotation::Status;
use crate::text::{Raw, Span};
use serde_json::{Value, json};
use std::io::{self, Write};

/// Writes a line an article. Offsets are code points; `token_end` is the last token itself. A part of a quotation is a
/// span of its own, and the parts follow one another by the relation `CONTINUES`. What a span holds beside its place
/// (tags, the name of the speaker, the memo) are keys that Prodigy keeps and does not show.
pub fn write(documents: &[Document], out: &mut dyn Write) -> io::Result<LossReport> {
    let mut loss = LossReport::default();
    for document in documents {
        let page = Standoff::new(*document);
        let tokens = tokens(&page);
        let text = page.text();
        let listed: Vec<Value> = tokens
            .iter()
            .enumerate()
            .map(|(n, &token)| {
                let [start, end] = page.rows.raw(token);
                let ws = has_space(text, token, tokens.get(n + 1));
                json!({"text": token.of(text), "start": start, "end": end, "id": n, "ws": ws})
            })
            .collect();
        let (mut spans, mut relations) = (Vec::new(), Vec::new());
        let mut first = Vec::new();
        for mark in &page.marks {
            let parts: Vec<Value> = mark.parts.iter().filter_map(|&part| place(&page, &tokens, mark, part)).collect();
            relations.extend(parts.windows(2).map(|pair| relation(&pair[0], &pair[1], "CONTINUES")));
            for (n, part) in parts.iter().enumerate() {
                spans.push(if n == 0 { told(part.clone(), mark) } else { part.clone() });
            }
            first.push(parts.into_iter().next());
        }
        for link in &page.links {
            if let (Some(from), Some(to)) = (&first[link.from], &first[link.to]) {
                relations.push(relation(from, to, &link.kind.name().to_uppercase()));
            }
        }
        let hash = text_hash(text);
        // A task whose quotations are all decided is an answered one.
        let open = page.marks.iter().any(|mark| mark.quote.is_some_and(|quote| quote.status == Status::Open));
        let mut task = json!({
            "text": text,
            "tokens": listed,
            "spans": spans,
            "relations": relations,
            "meta": {"doc": document.article.id, "coder": document.coder},
            "_view_id": "relations",
            "_input_hash": number(&hash),
            "_task_hash": number(&text_hash(&format!("{hash} quotations"))),
        });
        if !open {
            task["answer"] = json!("accept");
        }
        line(out, &task)?;
        page.losses(&mut loss);
    }
    Ok(loss)
}

fn place(page: &Standoff, tokens: &[Span<Raw>], mark: &Mark, part: Span<Raw>) -> Option<Value> {
    let [start, end] = page.rows.raw(part);
    let [low, high] = within(tokens, part)?;
    let label = mark.label.name().to_uppercase();
    Some(json!({"start": start, "end": end, "token_start": low, "token_end": high, "label": label}))
}

/// Adds to a mark's first part what is known of the mark.
fn told(mut part: Value, mark: &Mark) -> Value {
    if let Some(quote) = mark.quote {
        part["kind"] = json!(quote.kind.name());
        part["status"] = json!(status(quote.status));
        part["said_at"] = json!(quote.said_at.map(iso));
        part["score"] = json!(confidence(quote.confidence));
        part["addressee"] = json!(quote.addressee.as_ref().map(|filled| &filled.words));
        part["topic"] = json!(quote.topic.as_ref().map(|filled| &filled.words));
    }
    if let Some(speaker) = mark.speaker {
        part["speaker"] = json!(speaker.name);
    }
    if !mark.tags().is_empty() {
        part["tags"] = json!(mark.tags());
    }
    if let Some(memo) = mark.memo() {
        part["memo"] = json!(memo);
    }
    part
}

fn relation(from: &Value, to: &Value, label: &str) -> Value {
    // The head of a span is its last token.
    json!({"head": from["token_end"], "child": to["token_end"], "head_span": from, "child_span": to, "label": label})
}

/// Returns a number that follows from a hexadecimal hash, of the size that Prodigy's have.
fn number(hash: &str) -> i32 {
    u32::from_str_radix(&hash[..8], 16).map_or(0, u32::cast_signed)
}
