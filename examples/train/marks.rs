//! Learns the weights by which quotation marks are read in tokenised text, from articles that were damaged on purpose.
//!
//! What is known of a mark is its side; which marks are partners is not. So the likelihood of the sides is raised, all
//! readings with these sides taken together (a conditional random field with hidden roles): each step moves the weights by
//! what the readings with the right sides expect of each fact, less what all readings expect.

use crate::Outcome;
use serde::Deserialize;
use std::fmt::Write as _;
use std::path::Path;
use whosaid::engine::clean::marks::facts::{Edge, FACTS, Move, Place, StretchFacts};
use whosaid::engine::clean::marks::search::{Arc, DEPTHS, Lattice};
use whosaid::engine::clean::marks::{Side, find};
use whosaid::engine::clean::{coref, words};

const EPOCHS: usize = 10;
const BATCH: usize = 8;
const RATE: f64 = 0.15;
const DECAY: f64 = 3.0;
/// One article in so many keeps its paragraphs.
const WITH_PARAGRAPHS: usize = 4;

/// A damaged article, as `damage.py` writes it.
#[derive(Deserialize)]
struct Damaged {
    raw: String,
    gold: Gold,
}

#[derive(Deserialize)]
struct Gold {
    target: String,
    /// Code points of the target and of the raw text, and what was done there.
    align_target: Vec<(usize, usize, usize, usize, String)>,
}

/// The double marks of one article and their sides, where those are certain.
struct Article {
    lattice: Lattice,
    sides: Vec<Option<Side>>,
}

/// Learns from every `*_damaged.jsonl` of the folder `from` and writes `weights.rs` to `out`.
pub fn train(from: &Path, out: &Path) -> Outcome {
    let mut files: Vec<_> =
        std::fs::read_dir(from)?.collect::<Result<Vec<_>, _>>()?.iter().map(std::fs::DirEntry::path).collect();
    files.sort();
    let mut articles = Vec::new();
    for file in files.iter().filter(|file| file.to_string_lossy().ends_with("_damaged.jsonl")) {
        for line in std::fs::read_to_string(file)?.lines() {
            let damaged: Damaged = serde_json::from_str(line)?;
            articles.push(read(&damaged, articles.len() % WITH_PARAGRAPHS == 0));
        }
    }
    articles.retain(|article| !article.lattice.nodes.is_empty());
    println!("marks: {} articles", articles.len());
    let weights = learn(&articles);
    write(&weights, &out.join("weights.rs"))
}

/// Reads the marks of one article; `paragraphs` puts a line break where paragraphs were joined by a space.
fn read(damaged: &Damaged, paragraphs: bool) -> Article {
    let mut raw: Vec<char> = damaged.raw.chars().collect();
    let target: Vec<char> = damaged.gold.target.chars().collect();
    let mut known = vec![None; raw.len()];
    for &(start, end, from, to, ref what) in &damaged.gold.align_target {
        if paragraphs && what.contains("para_join") && raw[from] == ' ' {
            raw[from] = '\n';
        }
        for at in (start..end).filter(|&at| matches!(target[at], '"' | '“' | '”')) {
            let mark = if end - start == to - from {
                Some(from + at - start)
            } else {
                (from..to).find(|&at| matches!(raw[at], '"' | '“' | '”' | '`' | '\''))
            };
            if let Some(mark) = mark {
                known[mark] = side(&target, at);
            }
        }
    }
    let text: String = raw.iter().collect();
    let words = words::read(&text);
    let overwritten: Vec<_> =
        coref::find(&text, &words).overwrites.iter().map(|found| (found.start, found.end)).collect();
    let marks = find(&text);
    let lattice = Lattice::new(&text, &words, &marks, &overwritten);
    let bytes: std::collections::HashMap<usize, usize> =
        text.char_indices().enumerate().map(|(point, (byte, _))| (byte, point)).collect();
    let sides = lattice
        .nodes
        .iter()
        .map(|i| i.and_then(|i| bytes.get(&marks[i].start)).and_then(|&point| known[point]))
        .collect();
    Article { lattice, sides }
}

/// The side of the mark `at`, by the spaces about it in sound text, or by its shape.
fn side(target: &[char], at: usize) -> Option<Side> {
    let clings = |other: Option<&char>| other.is_some_and(|c| !c.is_whitespace());
    let before = clings(at.checked_sub(1).and_then(|at| target.get(at)));
    match (before, clings(target.get(at + 1)), target[at]) {
        (true, false, _) | (true, true, '”') => Some(Side::Close),
        (false, _, _) | (true, true, '“') => Some(Side::Open),
        _ => None,
    }
}

/// Prices by which a depth means a depth from the first step on: without them the roles could change their places.
fn start() -> Box<[f32; FACTS]> {
    let mut weights = Box::new([0.0; FACTS]);
    for (seam, lost) in (0..4).flat_map(|seam| [(seam, false), (seam, true)]) {
        let place = Place { seam, lost };
        for (made, price) in [
            (Move::OrphanClose, -3.0),
            (Move::Nest, -3.0),
            (Move::Again, -3.0),
            (Move::CloseBoth, -1.0),
            (Move::AgainInner, -5.0),
        ] {
            weights[made.fact(place)] = price;
        }
    }
    for (edge, price) in [
        (Edge::Ends(1), -2.0),
        (Edge::Ends(2), -4.0),
        (Edge::RunsOn, -2.0),
        (Edge::Closes(1), -2.0),
        (Edge::Closes(2), -4.0),
    ] {
        weights[edge.fact()] = price;
    }
    for lost in [Move::LostOpen, Move::LostClose, Move::LostInner] {
        weights[lost.lost_facts(0, 0).map_or(0, |facts| facts[0])] = -3.0;
    }
    weights
}

fn learn(articles: &[Article]) -> Box<[f32; FACTS]> {
    let first = start();
    let mut weights = first.clone();
    let mut squares = vec![1e-6; FACTS];
    let mut order: Vec<usize> = (0..articles.len()).collect();
    let mut chance = 1_u64;
    for epoch in 0..EPOCHS {
        for i in (1..order.len()).rev() {
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(i, (chance >> 33) as usize % (i + 1));
        }
        let mut loss = 0.0;
        for batch in order.chunks(BATCH) {
            let mut slope = vec![0.0; FACTS];
            for &i in batch {
                loss += expect(&articles[i], &weights, false, &mut slope);
                loss -= expect(&articles[i], &weights, true, &mut slope);
            }
            let share = DECAY * batch.len() as f64 / articles.len() as f64;
            let moved = weights.iter_mut().zip(first.iter()).zip(squares.iter_mut()).zip(slope);
            for (((weight, first), squares), slope) in moved {
                let slope = slope + share * f64::from(*weight - first);
                *squares += slope * slope;
                *weight -= (RATE * slope / f64::sqrt(*squares)) as f32;
            }
        }
        println!("marks: epoch {epoch}, loss {loss:.0}");
    }
    weights
}

/// Adds to `slope` how often the readings hold each fact, and returns the logarithm of their sum. With `right` only the
/// readings with the right sides are taken, and what they expect is taken away.
fn expect(article: &Article, weights: &[f32; FACTS], right: bool, slope: &mut [f64]) -> f64 {
    let Article { lattice, sides } = article;
    let allowed = |i: usize, arc: &Arc| !right || sides[i].is_none_or(|side| Some(side) == arc.made.side());
    let arcs: Vec<Vec<Arc>> = (0..sides.len())
        .map(|i| {
            let mut step = Vec::new();
            lattice.arcs(i, weights, &mut step);
            step.retain(|arc| allowed(i, arc));
            step
        })
        .collect();
    let mut before = vec![[f64::NEG_INFINITY; DEPTHS]; sides.len() + 1];
    before[0][0] = 0.0;
    for (i, step) in arcs.iter().enumerate() {
        for arc in step {
            before[i + 1][arc.to] = sum(before[i + 1][arc.to], before[i][arc.from] + f64::from(arc.score));
        }
    }
    let sign = if right { -1.0 } else { 1.0 };
    let mut after = lattice.end(weights).map(f64::from);
    let last = before[sides.len()];
    let all = (0..DEPTHS).fold(f64::NEG_INFINITY, |all, depth| sum(all, last[depth] + after[depth]));
    for (depth, (last, after)) in last.into_iter().zip(after).enumerate() {
        let share = (last + after - all).exp() * sign;
        slope[Edge::Ends(depth).fact()] += share;
        hold(&lattice.stretches[sides.len()], depth, share, slope);
    }
    for (i, step) in arcs.iter().enumerate().rev() {
        let mut next = [f64::NEG_INFINITY; DEPTHS];
        for arc in step {
            let onward = f64::from(arc.score) + after[arc.to];
            next[arc.from] = sum(next[arc.from], onward);
            let share = (before[i][arc.from] + onward - all).exp() * sign;
            if let Some(edge) = arc.edge {
                slope[edge.fact()] += share;
            }
            let mark = &lattice.marks[i];
            for fact in arc.made.lost_facts(mark.end, mark.start).into_iter().flatten() {
                slope[fact] += share;
            }
            if let Some(side) = arc.made.side() {
                slope[arc.made.fact(mark.place)] += share;
                let closing = if side == Side::Close { share } else { -share };
                for &fact in mark.facts.iter().filter(|&&fact| fact < FACTS) {
                    slope[fact] += closing;
                }
            }
            hold(&lattice.stretches[i], arc.from, share, slope);
        }
        after = next;
    }
    all
}

/// Counts the facts of a stretch at `depth`.
fn hold(stretch: &StretchFacts, depth: usize, share: f64, slope: &mut [f64]) {
    for &fact in &stretch.facts {
        slope[fact] += if depth == 0 { -share } else { share };
    }
    if depth == 2 {
        slope[stretch.nested] += share;
    }
}

/// The logarithm of a sum from those of its parts.
fn sum(a: f64, b: f64) -> f64 {
    let (small, large) = if a < b { (a, b) } else { (b, a) };
    if small == f64::NEG_INFINITY { large } else { large + (small - large).exp().ln_1p() }
}

fn write(weights: &[f32; FACTS], file: &Path) -> Outcome {
    let mut text = String::from(
        "//! The weights of the facts about quotation marks, in log odds: written by `examples/train marks`.\n\n\
         use super::facts::FACTS;\n\n\
         /// One weight a fact, in the order of the facts.\n\
         #[rustfmt::skip]\n\
         #[allow(clippy::approx_constant)] // what comes near to a constant does so by chance\n\
         pub const WEIGHTS: [f32; FACTS] = [\n",
    );
    for row in weights.chunks(16) {
        let row: Vec<String> = row.iter().map(|weight| format!("{:.2}", weight + 0.0)).collect();
        writeln!(text, "    {},", row.join(", "))?;
    }
    text.push_str("];\n");
    Ok(std::fs::write(file, text)?)
}
