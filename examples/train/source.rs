//! Learns the source of quotations in marks.

use crate::gold::{self, Article};
use crate::linear::{self, Choice, Plan};
use crate::{Outcome, page};
use std::path::Path;
use whosaid::engine::attribution::scene::{NONE, Scene};
use whosaid::engine::attribution::source::{self, Previous};

const PLAN: Plan = Plan { bits: 18, epochs: 8, rate: 0.1, decay: 1e-5 };

/// Learns from the train articles, writes `source.bin` and prints the accuracy on the dev articles.
pub fn train(gold: &Path, out: &Path) -> Outcome {
    let model = linear::choose(&choices(&gold::read(gold, "train")?), &PLAN);
    std::fs::write(out.join("source.bin"), model.write())?;
    let dev = choices(&gold::read(gold, "dev")?);
    println!("source: {:.1} % of {} on dev, each given the one before", linear::accuracy(&model, &dev), dev.len());
    Ok(())
}

fn choices(articles: &[Article]) -> Vec<Choice> {
    let mut out = Vec::new();
    let (mut unknown, mut missed) = (0, 0);
    for article in articles {
        let read = page::read(article);
        let whole = read.page(article);
        let scene = Scene::new(&whole, &read.marked, &read.people.found);
        let mut previous = None;
        for (number, stretch) in read.marked.stretches.iter().enumerate() {
            if stretch.nested_in.is_some() || scene.of_stretch[number] == NONE {
                continue;
            }
            let Some(truth) = article.marked.iter().find(|truth| truth.start < stretch.inner.end && stretch.inner.start < truth.end) else {
                unknown += 1;
                continue;
            };
            if !truth.speech {
                continue;
            }
            let list = source::candidates(&scene, number, previous);
            let setting = source::setting(&scene, number);
            let right = read.sources(truth.source_head, &truth.source);
            let mut choice = Choice::default();
            for mention in std::iter::once(None).chain(list.iter().copied().map(Some)) {
                let mut features = Vec::new();
                source::features(&scene, &setting, mention, previous, &|m| read.people.entities.of[m], &mut features);
                if mention.map_or(truth.source.is_empty(), |mention| right.contains(&mention)) {
                    choice.right.push(choice.candidates.len());
                }
                choice.candidates.push(features);
            }
            let chosen = right.iter().copied().find(|mention| list.contains(mention));
            if choice.right.is_empty() {
                missed += 1;
            } else {
                out.push(choice);
            }
            previous = Some(Previous { stretch: number, mention: chosen });
        }
    }
    println!("source: {} decided, {missed} without the right candidate, {unknown} stretches not in the gold", out.len());
    out
}
