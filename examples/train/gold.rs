//! Reads the articles marked by people, and damaged copies of them, cleaned; offsets turned to bytes of their texts.

use crate::Outcome;
use serde::Deserialize;
use std::collections::HashMap;
use std::path::Path;
use whosaid::engine::Suspect;
use whosaid::engine::clean::{CleanOptions, clean};
use whosaid::text::{Clean, OffsetMap, PointIndex, Raw, Span};

/// One article.
#[derive(Deserialize)]
pub struct Article {
    pub id: String,
    /// Its line in the file, from 0; a damaged copy has that of its original, so that both fall to one share.
    #[serde(skip)]
    pub number: usize,
    pub text: String,
    /// Of a damaged copy the text as it was before cleaning, and how that changed it.
    #[serde(skip)]
    pub copy: Option<(String, OffsetMap<Raw, Clean>)>,
    /// What cleaning marked as damaged.
    #[serde(skip)]
    pub suspects: Vec<Suspect>,
    pub quotes: Vec<Quote>,
    pub marked: Vec<Stretch>,
}

/// One attribution.
#[derive(Deserialize)]
pub struct Quote {
    pub spans: Vec<[usize; 2]>,
    pub kind: String,
    pub source: Vec<[usize; 2]>,
    pub source_head: Option<[usize; 2]>,
    pub cue: Vec<[usize; 2]>,
    pub speech_cue: bool,
    pub resolved_name: Option<String>,
    /// Another name that may be meant, where the name is not sure.
    pub alt: Option<String>,
    pub conf: Option<String>,
}

/// One stretch in marks.
#[derive(Deserialize)]
pub struct Stretch {
    pub start: usize,
    pub end: usize,
    pub speech: bool,
    pub unclear: Option<String>,
    pub source: Vec<[usize; 2]>,
    pub source_head: Option<[usize; 2]>,
}

/// Reads `gold/{part}.jsonl`, and behind it the damaged copies of its articles in the files `copies`.
pub fn read(gold: &Path, part: &str, copies: &[&Path]) -> Outcome<Vec<Article>> {
    let mut out = lines(&gold.join(format!("{part}.jsonl")), false)?;
    let numbers: HashMap<String, usize> = out.iter().enumerate().map(|(n, article)| (article.id.clone(), n)).collect();
    for copy in copies {
        out.extend(lines(copy, true)?);
    }
    for article in &mut out {
        article.number = *numbers.get(&article.id).ok_or("a copy of an article that is not in the gold")?;
    }
    Ok(out)
}

/// Reads one file; with `damaged` its articles are cleaned as the engine cleans them.
fn lines(path: &Path, damaged: bool) -> Outcome<Vec<Article>> {
    let mut out = Vec::new();
    for line in std::fs::read_to_string(path)?.lines() {
        let mut article: Article = serde_json::from_str(line)?;
        let points = PointIndex::new(&article.text);
        let raw = std::mem::take(&mut article.text);
        let clean = damaged.then(|| clean(&raw, &CleanOptions::default()));
        let byte = |at: usize| points.to_bytes(&raw, at).unwrap_or(raw.len());
        let fix = |[start, end]: &mut [usize; 2]| {
            [*start, *end] = [byte(*start), byte(*end)];
            if let Some(clean) = &clean {
                let span = clean.map.forward(Span::new(*start, (*end).max(*start)));
                [*start, *end] = [span.start, span.end];
            }
        };
        for quote in &mut article.quotes {
            quote.spans.iter_mut().for_each(&fix);
            quote.source.iter_mut().for_each(&fix);
            quote.cue.iter_mut().for_each(&fix);
            quote.source_head.iter_mut().for_each(&fix);
        }
        for stretch in &mut article.marked {
            let mut span = [stretch.start, stretch.end];
            fix(&mut span);
            [stretch.start, stretch.end] = span;
            stretch.source.iter_mut().for_each(&fix);
            stretch.source_head.iter_mut().for_each(&fix);
        }
        match clean {
            Some(clean) => {
                article.text = clean.text.to_string();
                article.suspects = clean.suspects;
                article.copy = Some((raw, clean.map));
            }
            None => article.text = raw,
        }
        out.push(article);
    }
    Ok(out)
}

/// Returns the last word of a name, as the scorer compares it.
pub fn last_name(name: &str) -> String {
    let lower = name.to_lowercase();
    let lower = lower.trim().trim_end_matches("'s").trim_end_matches("’s").replace('.', ". ");
    let mut words: Vec<&str> = lower
        .split_whitespace()
        .map(|word| word.trim_matches(|c| ".,'’\"“”()".contains(c)))
        .filter(|word| !word.is_empty())
        .collect();
    while words.len() > 1 && ["jr", "sr", "ii", "iii", "iv"].contains(&words[words.len() - 1]) {
        words.pop();
    }
    words.last().map(|&word| word.to_owned()).unwrap_or_default()
}
