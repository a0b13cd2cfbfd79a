//! Reads the articles marked by people, offsets turned to bytes of their texts.

use crate::Outcome;
use serde::Deserialize;
use std::path::Path;
use whosaid::text::PointIndex;

/// One article.
#[derive(Deserialize)]
pub struct Article {
    pub id: String,
    pub text: String,
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

/// Reads `gold/{part}.jsonl`.
pub fn read(gold: &Path, part: &str) -> Outcome<Vec<Article>> {
    let mut out = Vec::new();
    for line in std::fs::read_to_string(gold.join(format!("{part}.jsonl")))?.lines() {
        let mut article: Article = serde_json::from_str(line)?;
        let points = PointIndex::new(&article.text);
        let text = std::mem::take(&mut article.text);
        let fix = |at: &mut usize| *at = points.to_bytes(&text, *at).unwrap_or(text.len());
        let fix_all = |spans: &mut [[usize; 2]]| spans.iter_mut().flatten().for_each(&fix);
        for quote in &mut article.quotes {
            fix_all(&mut quote.spans);
            fix_all(&mut quote.source);
            fix_all(&mut quote.cue);
            quote.source_head.iter_mut().flatten().for_each(&fix);
        }
        for stretch in &mut article.marked {
            fix(&mut stretch.start);
            fix(&mut stretch.end);
            fix_all(&mut stretch.source);
            stretch.source_head.iter_mut().flatten().for_each(&fix);
        }
        article.text = text;
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
