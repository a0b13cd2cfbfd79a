//! Reads the machine-parsed articles (`silver_*.conll.gz`) and lays their tags over our tokens.

use crate::Outcome;
use serde::Deserialize;
use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use whosaid::engine::model::Tag;
use whosaid::text::{PointIndex, Tokens};

/// One article with a tag for each of its tokens, `None` where the parse has none.
pub struct Article {
    /// Its line in the gold's file, from 0.
    pub number: usize,
    pub tokens: Tokens,
    pub tags: Vec<Option<Tag>>,
}

#[derive(Deserialize)]
struct Line {
    id: String,
    text: String,
}

/// Reads `gold/{part}.jsonl` and `gold/silver_{part}.conll.gz`.
pub fn read(gold: &Path, part: &str) -> Outcome<Vec<Article>> {
    let mut parsed: HashMap<String, Vec<(usize, Tag)>> = HashMap::new();
    let mut gzip = Command::new("gzip")
        .arg("-dc")
        .arg(gold.join(format!("silver_{part}.conll.gz")))
        .stdout(Stdio::piped())
        .spawn()?;
    let mut id = String::new();
    for line in BufReader::new(gzip.stdout.take().ok_or("no output of gzip")?).lines() {
        let line = line?;
        if let Some(name) = line.strip_prefix("# doc ") {
            name.trim().clone_into(&mut id);
            continue;
        }
        let fields: Vec<&str> = line.split('\t').collect();
        if let [_, _, _, pos, ner, _, _, _, start, _] = fields[..] {
            parsed.entry(id.clone()).or_default().push((start.parse()?, tag(pos, ner)));
        }
    }
    gzip.wait()?;
    let mut out = Vec::new();
    for (number, line) in std::fs::read_to_string(gold.join(format!("{part}.jsonl")))?.lines().enumerate() {
        let line: Line = serde_json::from_str(line)?;
        let Some(parsed) = parsed.get(&line.id) else { continue };
        let tokens = Tokens::new(&line.text);
        let points = PointIndex::new(&line.text);
        let starts: HashMap<usize, Tag> = parsed.iter().copied().collect();
        let tags = tokens
            .all
            .iter()
            .map(|token| starts.get(&points.to_points(&line.text, token.start as usize)).copied())
            .collect();
        out.push(Article { number, tokens, tags });
    }
    Ok(out)
}

/// Returns our tag for a Penn Treebank tag and an entity class.
fn tag(pos: &str, ner: &str) -> Tag {
    match (pos, ner) {
        ("NNP" | "NNPS", "PERSON") => Tag::Person,
        ("NNP" | "NNPS", "ORGANIZATION") => Tag::Organisation,
        ("NNP" | "NNPS", "LOCATION") => Tag::Place,
        ("NNP" | "NNPS", _) => Tag::Proper,
        ("NN", _) => Tag::Noun,
        ("NNS", _) => Tag::Nouns,
        ("PRP", _) => Tag::Pronoun,
        ("PRP$", _) => Tag::Possessive,
        ("DT" | "PDT", _) => Tag::Determiner,
        ("JJ" | "JJR" | "JJS", _) => Tag::Adjective,
        ("RB" | "RBR" | "RBS", _) => Tag::Adverb,
        ("VBD", _) => Tag::Past,
        ("VBZ", _) => Tag::Present,
        ("VBP", _) => Tag::Plain,
        ("VB", _) => Tag::Base,
        ("VBG", _) => Tag::Gerund,
        ("VBN", _) => Tag::Participle,
        ("MD", _) => Tag::Modal,
        ("IN", _) => Tag::Preposition,
        ("TO", _) => Tag::To,
        ("CC", _) => Tag::And,
        ("WP" | "WDT" | "WP$", _) => Tag::Relative,
        ("WRB", _) => Tag::RelativeAdverb,
        ("CD", _) => Tag::Number,
        ("POS", _) => Tag::Genitive,
        ("EX", _) => Tag::There,
        ("RP", _) => Tag::Particle,
        _ => Tag::Other,
    }
}
