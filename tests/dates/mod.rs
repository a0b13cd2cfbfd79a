//! Dates on the real article: its own date, and when each of its quotations was said.

use serde_json::Value;
use std::path::PathBuf;
use whosaid::engine::page::Page;
use whosaid::engine::words::Words;
use whosaid::engine::{Form, Options, Quote, QuoteKind, SpeakerId, time};
use whosaid::text::{PointIndex, Span, Tokens};

/// Returns the article and what people found in it, or `None` where the folder is absent.
fn article() -> Option<(String, Value)> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/articles"));
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: no articles in {}", folder.display());
        return None;
    };
    let text = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|e| e == "txt"))?;
    let gold = std::fs::read_to_string(text.with_extension("gold.json")).ok()?;
    Some((std::fs::read_to_string(text).ok()?, serde_json::from_str(&gold).ok()?))
}

/// Makes the quotation that people marked.
fn quote(gold: &Value, text: &str, index: &PointIndex, names: &mut Vec<String>, all: &[Value]) -> Quote {
    let byte = |point: &Value| index.to_bytes(text, point.as_u64().unwrap_or(0) as usize).unwrap_or(0);
    let span = |range: &Value| (!range.is_null()).then(|| Span::new(byte(&range[0]), byte(&range[1])));
    let name = gold["speaker"]["name"].as_str().unwrap_or("");
    let speaker = names.iter().position(|known| known == name).unwrap_or_else(|| {
        names.push(name.to_owned());
        names.len() - 1
    });
    Quote {
        kind: gold["kind"].as_str().and_then(QuoteKind::from_name).unwrap_or(QuoteKind::Direct),
        form: if gold["form"] == "tweet" { Form::Tweet } else { Form::Prose },
        spans: vec![Span::new(byte(&gold["start"]), byte(&gold["end"]))],
        mention: span(&gold["speaker"]["mention"]),
        speaker: Some(SpeakerId(speaker as u32)),
        cue: span(&gold["cue"]),
        said_at: None,
        undated: None,
        nested_in: gold["nested_in"].as_str().and_then(|outer| {
            all.iter().position(|other| other["text"].as_str().is_some_and(|text| text.contains(outer)))
        }),
        hypothetical: gold["hypothetical"] == true,
        confidence: 1.0,
        evidence: Vec::new(),
    }
}

/// The first and last day of a gold value: `2017-06-05`, `2017-01`, `2016-H2`, `2017-06-04/2017-06-06`.
fn days(value: &str) -> (String, String) {
    match value.split_once('/') {
        Some((from, to)) => (from.to_owned(), to.to_owned()),
        None if value.ends_with("-H2") => (format!("{}-07-01", &value[..4]), format!("{}-12-31", &value[..4])),
        // Every month has a 28th; the comparison below is of text.
        None if value.len() == 7 => (format!("{value}-01"), format!("{value}-28")),
        None => (value.to_owned(), value.to_owned()),
    }
}

#[test]
fn dates_the_real_article() {
    let Some((text, gold)) = article() else { return };
    let index = PointIndex::new(&text);
    let mut all = gold["quotes"].as_array().cloned().unwrap_or_default();
    all.sort_by_key(|quote| (quote["start"].as_u64(), std::cmp::Reverse(quote["end"].as_u64())));
    let mut names = Vec::new();
    let mut quotes: Vec<Quote> = all.iter().map(|found| quote(found, &text, &index, &mut names, &all)).collect();

    let tokens = Tokens::new(&text);
    let words = Words::new(&tokens, &[]);
    let page = Page { text: &text, tokens: &tokens, words: &words.all, suspects: &[] };
    let timexes = time::expressions(&page);
    let (timexes, date) = time::resolve(&page, timexes, &Options::default());
    time::date_quotes(&page, &mut quotes, &timexes, &date);

    let best = date.best.map(|day| day.to_string());
    assert_eq!(best.as_deref(), gold["doc_date"]["value"].as_str(), "{:?}", date.evidence);
    assert!(date.evidence.len() >= 2, "{:?}", date.evidence);

    let mut inside = 0;
    let mut dated = 0;
    for (found, quote) in all.iter().zip(&quotes) {
        let Some(value) = found["when"]["value"].as_str() else { continue };
        dated += 1;
        let (from, to) = days(value);
        let holds = quote.said_at.as_ref().is_some_and(|said| {
            said.interval.from.to_string() <= from && said.interval.to.to_string() >= to && !said.evidence.is_empty()
        });
        inside += usize::from(holds);
        println!("{} {value}: {:?}", if holds { "ok  " } else { "MISS" }, quote.said_at);
    }
    assert!(inside == 18 && dated == 18, "{inside} of {dated}");
}
