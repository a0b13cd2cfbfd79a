//! STAM JSON: one annotation store with the texts, and selectors for parts and links.

use super::super::row::status;
use super::super::{Document, LossReport};
use super::{Mark, Standoff};
use crate::text::{Raw, Span};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::{self, Write};

/// The id of the annotation set.
const SET: &str = "urn:whosaid:quotations";

/// Every key that data may have.
const KEYS: [&str; 13] = [
    "type",
    "kind",
    "status",
    "tag",
    "memo",
    "speaker",
    "said_from",
    "said_to",
    "addressee",
    "topic",
    "confidence",
    "coder",
    "rel",
];

/// The store in the order in which readers want it: what annotations point at comes before them.
#[derive(Serialize)]
struct Store {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: &'static str,
    resources: Vec<Value>,
    #[serde(rename = "annotationsets")]
    sets: Vec<Value>,
    annotations: Vec<Value>,
}

/// The data of all annotations, each of a key and a value once.
#[derive(Default)]
struct Data {
    all: Vec<Value>,
    known: HashMap<(&'static str, String), usize>,
}

impl Data {
    /// Returns a reference to the data of this key and value.
    fn of(&mut self, key: &'static str, value: &str, kind: &str) -> Value {
        let number = *self.known.entry((key, value.to_owned())).or_insert_with(|| {
            let id = format!("D{}", self.all.len() + 1);
            let number = value.parse::<f64>().ok().filter(|_| kind == "Float");
            let value = number.map_or_else(|| json!(value), |number| json!(number));
            self.all.push(
                json!({"@type": "AnnotationData", "@id": id, "key": key, "value": {"@type": kind, "value": value}}),
            );
            self.all.len()
        });
        json!({"@type": "AnnotationData", "@id": format!("D{number}"), "set": SET})
    }

    fn word(&mut self, key: &'static str, value: &str) -> Value {
        self.of(key, value, "String")
    }
}

/// Writes one store of all documents. Offsets are code points.
///
/// Source: the STAM data model and its JSON serialisation, version 1.
pub fn write(documents: &[Document], out: &mut dyn Write) -> io::Result<LossReport> {
    let mut loss = LossReport::default();
    let (mut resources, mut annotations, mut data) = (Vec::new(), Vec::new(), Data::default());
    for (number, document) in documents.iter().enumerate() {
        let page = Standoff::new(*document);
        // Two articles may have one id, two resources not.
        let twice = documents[..number].iter().any(|other| other.article.id == document.article.id);
        let resource =
            if twice { format!("{}-{}", document.article.id, number + 1) } else { document.article.id.clone() };
        resources.push(json!({"@type": "TextResource", "@id": resource, "text": page.text()}));
        let id = |n: usize| format!("{}-m{}", number + 1, n + 1);
        for (n, mark) in page.marks.iter().enumerate() {
            annotations.push(json!({
                "@type": "Annotation",
                "@id": id(n),
                "target": target(&page, &resource, &mark.parts),
                "data": told(mark, document.coder, &mut data),
            }));
        }
        for (n, link) in page.links.iter().enumerate() {
            let end = |n: usize| json!({"@type": "AnnotationSelector", "annotation": id(n)});
            annotations.push(json!({
                "@type": "Annotation",
                "@id": format!("{}-r{}", number + 1, n + 1),
                "target": {"@type": "DirectionalSelector", "selectors": [end(link.from), end(link.to)]},
                "data": [data.word("rel", link.kind.name())],
            }));
        }
        page.losses(&mut loss);
    }
    let keys: Vec<Value> = KEYS.iter().map(|key| json!({"@type": "DataKey", "@id": key})).collect();
    let store = Store {
        kind: "AnnotationStore",
        id: "whosaid",
        resources,
        sets: vec![json!({"@type": "AnnotationDataSet", "@id": SET, "keys": keys, "data": data.all})],
        annotations,
    };
    serde_json::to_writer_pretty(&mut *out, &store)?;
    out.write_all(b"\n")?;
    Ok(loss)
}

fn told(mark: &Mark, coder: &str, data: &mut Data) -> Vec<Value> {
    let mut out = vec![data.word("type", mark.label.name())];
    if let Some(quote) = mark.quote {
        out.push(data.word("kind", quote.kind.name()));
        out.push(data.word("status", status(quote.status)));
        out.push(data.of("confidence", &format!("{:.3}", quote.confidence), "Float"));
        out.push(data.word("coder", coder));
        if let Some(days) = quote.said_at {
            out.push(data.word("said_from", &days.from.to_string()));
            out.push(data.word("said_to", &days.to.to_string()));
        }
        for (key, filled) in [("addressee", &quote.addressee), ("topic", &quote.topic)] {
            out.extend(filled.as_ref().map(|filled| data.word(key, &filled.words)));
        }
    }
    out.extend(mark.speaker.map(|speaker| data.word("speaker", &speaker.name)));
    out.extend(mark.tags().iter().map(|tag| data.word("tag", tag)));
    out.extend(mark.memo().map(|memo| data.word("memo", memo)));
    out
}

fn target(page: &Standoff, resource: &str, parts: &[Span<Raw>]) -> Value {
    let mut selectors: Vec<Value> = parts
        .iter()
        .map(|&part| {
            let [start, end] = page.rows.raw(part);
            let cursor = |at: usize| json!({"@type": "BeginAlignedCursor", "value": at});
            let offset = json!({"@type": "Offset", "begin": cursor(start), "end": cursor(end)});
            json!({"@type": "TextSelector", "resource": resource, "offset": offset})
        })
        .collect();
    match selectors.len() {
        1 => selectors.remove(0),
        _ => json!({"@type": "CompositeSelector", "selectors": selectors}),
    }
}
