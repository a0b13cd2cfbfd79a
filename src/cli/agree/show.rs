//! What `whosaid agree` writes: a table for people, JSON for programs.

use crate::annotation::agreement::{self, Agreement, DocumentCodings, PairAgreement, Settings};
use crate::text::counted;
use crate::text::visible::one_line;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr as _;

/// One document and what was measured.
pub struct Measured {
    /// The document.
    pub document: DocumentCodings,
    /// Its measures.
    pub agreement: Agreement,
}

/// The widest a name is shown, in cells.
const NAME: usize = 28;

/// Returns the table: a row for each document and two coders, then all documents together.
pub fn table(each: &[Measured], overall: &Agreement, settings: Settings, alone: usize) -> String {
    let mut reasons = Reasons::default();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for measured in each {
        for pair in &measured.agreement.pairs {
            rows.push(row(&measured.document.document, pair, &mut reasons));
        }
    }
    let documents = each.len();
    for pair in &overall.pairs {
        rows.push(row("ALL", pair, &mut reasons));
    }
    let header = ["document", "coders", "marked", "exact", "near", "decision", "tags", "speaker"];
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{}: {}. {} by two or more of them{}. An edge may be {} off.\n",
        counted(overall.coders.len(), "coder", "coders"),
        overall.coders.iter().map(|name| clean(name)).collect::<Vec<_>>().join(", "),
        counted(documents, "document was coded", "documents were coded"),
        if alone > 0 { format!(", {alone} by one only") } else { String::new() },
        counted(settings.tolerance, "word", "words"),
    );
    columns(&mut out, &header, &rows);
    let _ = writeln!(out, "\nAll coders, all documents");
    let lines = [
        ("alpha, quotation or not", &overall.alpha_decisions),
        ("alpha, tags", &overall.alpha_tags),
        ("alpha, speaker", &overall.alpha_speakers),
        ("unitised alpha (1995), quotations", &overall.unitised_1995),
        ("unitised alpha (2016), quotations", &overall.unitised_2016),
        ("unitised alpha (1995), tags", &overall.unitised_tags),
    ];
    for (name, measured) in lines {
        let _ = writeln!(out, "  {name:<36}{:>7}", reasons.cell(measured));
    }
    let tags: Vec<_> = overall.pairs.iter().flat_map(|pair| pair.by_tag.iter().map(move |tag| (pair, tag))).collect();
    if !tags.is_empty() {
        let rows: Vec<Vec<String>> =
            tags.into_iter().map(|(pair, (tag, kappa))| vec![clean(tag), coders(pair), reasons.cell(kappa)]).collect();
        out.push_str("\nTag by tag, all documents\n");
        columns(&mut out, &["tag", "coders", "kappa"], &rows);
    }
    let passages: Vec<Vec<String>> = overall
        .pairs
        .iter()
        .filter(|pair| pair.passages.first + pair.passages.second > 0)
        .map(|pair| {
            let marked = format!("{} / {}", pair.passages.first, pair.passages.second);
            let f1 = [pair.passages.f1(), pair.near_passages.f1()].map(|measured| reasons.cell(&measured));
            ["passages".to_owned(), coders(pair), marked].into_iter().chain(f1).collect()
        })
        .collect();
    if !passages.is_empty() {
        out.push_str("\nTagged passages, all documents\n");
        columns(&mut out, &["what", "coders", "marked", "exact", "near"], &passages);
    }
    if !reasons.said.is_empty() {
        out.push_str("\nNo value\n");
        for (n, reason) in reasons.said.iter().enumerate() {
            let _ = writeln!(out, "  {:<4}{}", mark(n), one_line(reason));
        }
    }
    out
}

fn row(document: &str, pair: &PairAgreement, reasons: &mut Reasons) -> Vec<String> {
    let mut row = vec![clean(document), coders(pair), format!("{} / {}", pair.exact.first, pair.exact.second)];
    for measured in [&pair.exact.f1(), &pair.near.f1(), &pair.decisions, &pair.tags, &pair.same_speaker] {
        row.push(reasons.cell(measured));
    }
    row
}

fn coders(pair: &PairAgreement) -> String {
    format!("{} / {}", clean(&pair.coders[0]), clean(&pair.coders[1]))
}

/// The reasons for what has no value, each said once.
#[derive(Default)]
struct Reasons {
    said: Vec<String>,
}

impl Reasons {
    /// Returns a number with two places, or the mark of a reason.
    fn cell(&mut self, measured: &agreement::Measured) -> String {
        match measured {
            // Not "-0.00".
            Ok(value) => format!("{:.2}", if value.abs() < 0.005 { 0.0 } else { *value }),
            Err(reason) => {
                let reason = reason.to_string();
                let at = self.said.iter().position(|said| *said == reason).unwrap_or_else(|| {
                    self.said.push(reason);
                    self.said.len() - 1
                });
                format!("({})", mark(at))
            }
        }
    }
}

/// Returns a, b, ..., z, a1, b1, ...
fn mark(n: usize) -> String {
    let letter = char::from(b'a' + u8::try_from(n % 26).unwrap_or(0));
    if n < 26 { letter.to_string() } else { format!("{letter}{}", n / 26) }
}

/// Returns a name that is safe on a terminal and no wider than a column should be.
fn clean(name: &str) -> String {
    let name = one_line(name);
    if name.width() <= NAME {
        return name.into_owned();
    }
    let mut out = String::new();
    for c in name.chars() {
        if out.width() + c.to_string().width() >= NAME {
            break;
        }
        out.push(c);
    }
    out + "…"
}

/// Writes rows in columns: names to the left, numbers to the right.
fn columns(out: &mut String, header: &[&str], rows: &[Vec<String>]) {
    let width =
        |n: usize| rows.iter().filter_map(|row| row.get(n)).map(|cell| cell.width()).chain([header[n].width()]).max();
    let widths: Vec<usize> = (0..header.len()).map(|n| width(n).unwrap_or(0)).collect();
    let mut line = |cells: &mut dyn Iterator<Item = &str>| {
        let mut text = String::new();
        for (n, cell) in cells.enumerate() {
            let pad = " ".repeat(widths.get(n).map_or(0, |width| width.saturating_sub(cell.width())));
            let _ = if n < 2 { write!(text, "  {cell}{pad}") } else { write!(text, "  {pad}{cell}") };
        }
        let _ = writeln!(out, "{}", text.trim_end());
    };
    line(&mut header.iter().copied());
    for row in rows {
        line(&mut row.iter().map(String::as_str));
    }
}

/// Returns everything that was measured. A measure is `{"value": 0.5}`, or `{"value": null, "reason": "..."}`.
pub fn json(each: &[Measured], overall: &Agreement, settings: Settings, alone: usize) -> Value {
    let documents: Vec<Value> = each
        .iter()
        .map(|measured| {
            let coders: BTreeSet<&str> = measured.document.codings.iter().map(|coding| coding.coder.as_str()).collect();
            let mut value = agreement(&measured.agreement);
            value["document"] = json!(measured.document.document);
            value["length"] = json!(measured.document.length);
            value["coders"] = json!(coders);
            value
        })
        .collect();
    json!({
        "tolerance_words": settings.tolerance,
        "coders": overall.coders,
        "documents": documents,
        "documents_of_one_coder": alone,
        "overall": agreement(overall),
    })
}

fn agreement(agreement: &Agreement) -> Value {
    json!({
        "pairs": agreement.pairs.iter().map(pair).collect::<Vec<_>>(),
        "alpha": {
            "decisions": measured(&agreement.alpha_decisions),
            "tags": measured(&agreement.alpha_tags),
            "speakers": measured(&agreement.alpha_speakers),
        },
        "unitised_alpha": {
            "quotations_1995": measured(&agreement.unitised_1995),
            "quotations_2016": measured(&agreement.unitised_2016),
            "tags_1995": measured(&agreement.unitised_tags),
        },
    })
}

fn pair(pair: &PairAgreement) -> Value {
    let by_tag: serde_json::Map<String, Value> =
        pair.by_tag.iter().map(|(tag, kappa)| (tag.clone(), measured(kappa))).collect();
    json!({
        "coders": pair.coders,
        "marked": [pair.exact.first, pair.exact.second],
        "exact": {"both": pair.exact.both, "f1": measured(&pair.exact.f1())},
        "near": {"both": pair.near.both, "f1": measured(&pair.near.f1())},
        "decisions": {"units": pair.decided, "kappa": measured(&pair.decisions)},
        "tags": {"units": pair.matched, "kappa": measured(&pair.tags), "kappa_by_tag": by_tag},
        "speakers": {
            "units": pair.attributed,
            "same": measured(&pair.same_speaker),
            "kappa": measured(&pair.speakers),
        },
        "passages": {
            "marked": [pair.passages.first, pair.passages.second],
            "exact": {"both": pair.passages.both, "f1": measured(&pair.passages.f1())},
            "near": {"both": pair.near_passages.both, "f1": measured(&pair.near_passages.f1())},
        },
    })
}

fn measured(measured: &agreement::Measured) -> Value {
    match measured {
        Ok(value) => json!({"value": value}),
        Err(reason) => json!({"value": null, "reason": reason.to_string()}),
    }
}
