//! UIMA CAS as JSON, with layers as `INCEpTION` names them.

use super::super::json::confidence;
use super::super::row::status;
use super::super::{Document, LossReport};
use super::{Label, LinkKind, Mark, Standoff};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// Where the layers' names live: those that a project of `INCEpTION` made itself.
const HOME: &str = "webanno.custom";

/// What a layer holds beside its place: names with what they range over.
fn features(label: Label) -> &'static [(&'static str, &'static str)] {
    const QUOTE: &[(&str, &str)] = &[
        ("kind", "String"),
        ("status", "String"),
        ("speaker", "String"),
        ("saidFrom", "String"),
        ("saidTo", "String"),
        ("addressee", "String"),
        ("topic", "String"),
        ("tags", "String"),
        ("memo", "String"),
        ("confidence", "Float"),
        ("part", "Integer"),
    ];
    match label {
        Label::Quote => QUOTE,
        Label::Passage => &[("tags", "String"), ("memo", "String"), ("part", "Integer")],
        Label::Speaker => &[("name", "String")],
        Label::Cue | Label::Addressee | Label::Topic => &[],
    }
}

/// Writes the CAS of the documents; a CAS holds one text, so there should be one. Offsets are units of UTF-16.
///
/// A part of a quotation is an annotation of its own, with its number as `part`; `Continues` links it to the next.
pub fn write(documents: &[Document], out: &mut dyn Write) -> io::Result<LossReport> {
    let mut loss = LossReport::default();
    for document in documents {
        let page = Standoff::new(*document);
        serde_json::to_writer_pretty(&mut *out, &cas(&page, &mut loss))?;
        out.write_all(b"\n")?;
        page.losses(&mut loss);
    }
    Ok(loss)
}

/// A CAS in the order in which readers want it: types come before what is of them.
#[derive(Serialize)]
struct Cas {
    #[serde(rename = "%TYPES")]
    types: Value,
    #[serde(rename = "%FEATURE_STRUCTURES")]
    structures: Vec<Value>,
    #[serde(rename = "%VIEWS")]
    views: Value,
}

fn layer(name: &str) -> String {
    format!("{HOME}.{name}")
}

fn types() -> Value {
    let mut out = Map::new();
    for label in Label::ALL {
        let name = layer(label.name());
        let mut layer = json!({"%NAME": name, "%SUPER_TYPE": "uima.tcas.Annotation"});
        for (feature, range) in features(label) {
            layer[feature] = json!({"%NAME": feature, "%RANGE": format!("uima.cas.{range}")});
        }
        out.insert(name, layer);
    }
    let links = LinkKind::ALL.iter().map(|(kind, to)| (kind.camel(), "Quote", to.name()));
    for (name, from, to) in links.chain([("Continues", "Quote", "Quote")]) {
        let name = layer(name);
        let end = |feature: &str, to: &str| json!({"%NAME": feature, "%RANGE": layer(to)});
        let relation = json!({
            "%NAME": name,
            "%SUPER_TYPE": "uima.tcas.Annotation",
            "Governor": end("Governor", from),
            "Dependent": end("Dependent", to),
        });
        out.insert(name, relation);
    }
    Value::Object(out)
}

fn cas(page: &Standoff, loss: &mut LossReport) -> Cas {
    let mut all = vec![json!({
        "%ID": 1,
        "%TYPE": "uima.cas.Sofa",
        "sofaNum": 1,
        "sofaID": "_InitialView",
        "mimeType": "text/plain",
        "sofaString": page.text(),
    })];
    let mut first = Vec::new();
    for mark in &page.marks {
        let mut before = None;
        for (n, &part) in mark.parts.iter().enumerate() {
            let [begin, end] = page.utf16(part);
            let id = all.len() + 1;
            let mut found =
                json!({"%ID": id, "%TYPE": layer(mark.label.name()), "@sofa": 1, "begin": begin, "end": end});
            if mark.parts.len() > 1 {
                found["part"] = json!(n + 1);
            }
            if n == 0 {
                tell(mark, &mut found);
                first.push((id, begin, end));
            }
            all.push(found);
            if mark.label == Label::Quote
                && let Some(before) = before
            {
                all.push(relation(all.len() + 1, "Continues", before, (id, begin, end)));
            }
            before = Some(id);
        }
        if mark.label == Label::Passage {
            loss.add(
                ["part of a passage is not linked", "parts of passages are not linked"],
                mark.parts.len().saturating_sub(1),
            );
        }
        loss.add(
            ["mark of hypothetical speech is left out", "marks of hypothetical speech are left out"],
            usize::from(mark.quote.is_some_and(|q| q.hypothetical)),
        );
    }
    for link in &page.links {
        all.push(relation(all.len() + 1, link.kind.camel(), first[link.from].0, first[link.to]));
    }
    let members: Vec<usize> = (2..=all.len()).collect();
    let views = json!({"_InitialView": {"%SOFA": 1, "%MEMBERS": members}});
    Cas { types: types(), structures: all, views }
}

/// Adds what is known of a mark.
fn tell(mark: &Mark, found: &mut Value) {
    if let Some(quote) = mark.quote {
        found["kind"] = json!(quote.kind.name());
        found["status"] = json!(status(quote.status));
        found["confidence"] = json!(confidence(quote.confidence));
        if let Some(days) = quote.said_at {
            found["saidFrom"] = json!(days.from.to_string());
            found["saidTo"] = json!(days.to.to_string());
        }
        for (key, filled) in [("addressee", &quote.addressee), ("topic", &quote.topic)] {
            if let Some(filled) = filled {
                found[key] = json!(filled.words);
            }
        }
    }
    if let Some(speaker) = mark.speaker {
        found[if mark.label == Label::Quote { "speaker" } else { "name" }] = json!(speaker.name);
    }
    if !mark.tags().is_empty() {
        found["tags"] = json!(mark.tags().join("; "));
    }
    if let Some(memo) = mark.memo() {
        found["memo"] = json!(memo);
    }
}

/// A relation stands where its dependent does, as `INCEpTION` keeps it.
fn relation(id: usize, name: &str, governor: usize, dependent: (usize, usize, usize)) -> Value {
    let (dependent, begin, end) = dependent;
    json!({"%ID": id, "%TYPE": layer(name), "@sofa": 1, "begin": begin, "end": end,
           "@Governor": governor, "@Dependent": dependent})
}
