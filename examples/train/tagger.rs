//! Learns the tagger: an averaged perceptron, greedy from left to right, its weights rounded to bytes.

use crate::{Outcome, silver};
use std::collections::HashMap;
use std::path::Path;
use whosaid::engine::model::Tag;
use whosaid::engine::model::tagger::{FEATURES, Loaded, Model, ROWS, features, fixed, tag_with};
use whosaid::engine::words::{Shape, Word, Words};

const EPOCHS: usize = 6;

/// How many shares the train articles are dealt to.
pub const FOLDS: usize = 4;

/// Learns from `silver_train`, writes `tagger.bin` and prints the accuracy on `silver_dev`.
pub fn train(gold: &Path, out: &Path) -> Outcome {
    let articles = silver::read(gold, "train")?;
    let model = learn(&articles.iter().collect::<Vec<_>>());
    let bytes = model.write();
    std::fs::write(out.join("tagger.bin"), &bytes)?;
    println!("tagger: {} sure words, {} bytes", model.sure.len(), bytes.len());

    let loaded = model.load();
    let (mut right, mut seen, mut names) = (0_u32, 0_u32, [[0_u32; 3]; 4]);
    for article in silver::read(gold, "dev")? {
        let mut words = Words::untagged(&article.tokens, &[]).all;
        tag_with(&loaded, &article.tokens, &mut words);
        for (word, truth) in words.iter().zip(&article.tags) {
            let Some(truth) = truth else { continue };
            if matches!(word.tag, Tag::Comma | Tag::Stop | Tag::Mark | Tag::Colon) {
                continue;
            }
            seen += 1;
            right += u32::from(word.tag == *truth);
            for (kind, counts) in [Tag::Person, Tag::Organisation, Tag::Place, Tag::Proper].iter().zip(&mut names) {
                counts[0] += u32::from(word.tag == *kind && truth == kind);
                counts[1] += u32::from(word.tag == *kind);
                counts[2] += u32::from(truth == kind);
            }
        }
    }
    println!("tagger: dev {:.2} % of {seen} words", 100.0 * f64::from(right) / f64::from(seen));
    for (name, [both, ours, theirs]) in ["person", "organisation", "place", "other name"].iter().zip(names) {
        println!(
            "tagger: dev {name}: precision {:.1} %, recall {:.1} %",
            100.0 * f64::from(both) / f64::from(ours),
            100.0 * f64::from(both) / f64::from(theirs)
        );
    }
    Ok(())
}

/// Learns one tagger for each share of the train articles, from the others: what is learned on top of the tagger must see
/// the errors that it makes on articles it does not know. With `cache` they are kept in that folder and read again.
pub fn jackknife(gold: &Path, cache: Option<&Path>) -> Outcome<Vec<Loaded>> {
    let file = |share: usize| cache.map(|folder| folder.join(format!("tagger_{share}.bin")));
    let kept = |share: usize| file(share).and_then(|file| Model::read(&std::fs::read(file).ok()?));
    if let Some(known) = (0..FOLDS).map(kept).collect::<Option<Vec<_>>>() {
        return Ok(known.iter().map(Model::load).collect());
    }
    let articles = silver::read(gold, "train")?;
    let mut out = Vec::new();
    for share in 0..FOLDS {
        let others: Vec<_> = articles.iter().filter(|article| article.number % FOLDS != share).collect();
        let model = learn(&others);
        if let Some(file) = file(share) {
            std::fs::write(file, model.write())?;
        }
        out.push(model.load());
    }
    Ok(out)
}

fn learn(articles: &[&silver::Article]) -> Model {
    let mut counts: HashMap<u32, [u32; Tag::COUNT]> = HashMap::new();
    let pages: Vec<Vec<Word>> = articles.iter().map(|article| Words::untagged(&article.tokens, &[]).all).collect();
    for (article, words) in articles.iter().zip(&pages) {
        for (word, tag) in words.iter().zip(&article.tags) {
            if let (Shape::Lower, Some(tag)) = (word.shape, tag) {
                counts.entry(word.hash).or_insert([0; Tag::COUNT])[*tag as usize] += 1;
            }
        }
    }
    let mut sure: Vec<(u32, u8)> = counts
        .iter()
        .filter_map(|(&hash, counts)| {
            let total: u32 = counts.iter().sum();
            let (tag, &most) = counts.iter().enumerate().max_by_key(|(tag, count)| (**count, *tag))?;
            (total >= 12 && f64::from(most) >= 0.995 * f64::from(total)).then_some((hash, tag as u8))
        })
        .collect();
    sure.sort_unstable();
    let known: HashMap<u32, u8> = sure.iter().copied().collect();

    let size = ROWS * Tag::COUNT;
    let (mut weights, mut totals, mut stamps) = (vec![0_i32; size], vec![0_i64; size], vec![0_u32; size]);
    let mut now = 0_u32;
    let mut order: Vec<usize> = (0..articles.len()).collect();
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..EPOCHS {
        for n in (1..order.len()).rev() {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(n, (random >> 33) as usize % (n + 1));
        }

        for &number in &order {
            let article = articles[number];
            let mut words = pages[number].clone();
            for sentence in &article.tokens.sentences {
                for at in sentence.clone() {
                    if let Some(tag) = fixed(article.tokens.all[at].kind, &words[at]) {
                        words[at].tag = tag;
                        continue;
                    }
                    if let (Shape::Lower, Some(&tag)) = (words[at].shape, known.get(&words[at].hash)) {
                        words[at].tag = Tag::ALL[tag as usize];
                        continue;
                    }
                    let rows: [u32; FEATURES] = features(&words, sentence.start, sentence.end, at);
                    let mut scores = [0_i32; Tag::COUNT];
                    for &row in &rows {
                        for (tag, score) in scores.iter_mut().enumerate() {
                            *score += weights[row as usize * Tag::COUNT + tag];
                        }
                    }
                    let best = (0..Tag::COUNT).fold(0, |best, tag| if scores[tag] > scores[best] { tag } else { best });
                    if let Some(truth) = article.tags[at] {
                        now += 1;
                        if best != truth as usize {
                            for &row in &rows {
                                for (tag, step) in [(truth as usize, 1), (best, -1)] {
                                    let cell = row as usize * Tag::COUNT + tag;
                                    totals[cell] += i64::from(now - stamps[cell]) * i64::from(weights[cell]);
                                    stamps[cell] = now;
                                    weights[cell] += step;
                                }
                            }
                        }
                    }
                    words[at].tag = Tag::ALL[best];
                }
            }
        }
    }
    let averages: Vec<f64> = (0..size)
        .map(|cell| (totals[cell] + i64::from(now - stamps[cell]) * i64::from(weights[cell])) as f64 / f64::from(now))
        .collect();
    // The largest weights are cut so that the many small ones keep their differences.
    let mut sizes: Vec<f64> = averages.iter().map(|weight| weight.abs()).filter(|&weight| weight > 0.0).collect();
    sizes.sort_by(f64::total_cmp);
    let scale = 127.0 / sizes[sizes.len() * 9995 / 10000];
    let weights = averages.iter().map(|weight| (weight * scale).round().clamp(-127.0, 127.0) as i8).collect();
    Model { sure, weights }
}
