//! Learns the source of quotations in marks.

use crate::Outcome;
use crate::gold::{Article, Set};
use crate::linear::{self, Choice, Plan};
use crate::page::Read;
use std::path::Path;
use whosaid::engine::attribution::scene::{NONE, Scene};
use whosaid::engine::attribution::source::{self, Previous};

pub const PLAN: Plan = Plan { bits: 18, epochs: 4, rate: 0.05, decay: 1e-4 };

/// Learns from the train articles, writes `source.bin` and prints the accuracy on the dev articles.
pub fn train(set: &Set, out: &Path) -> Outcome {
    let (train, dev) = (choices(set.train()), choices(set.dev()));
    let model = linear::report("source", &train, &dev, &PLAN, set.aside);
    std::fs::write(out.join("source.bin"), model.write())?;
    Ok(())
}

pub fn choices<'a>(articles: impl Iterator<Item = (usize, &'a Article, Read)>) -> Vec<Choice> {
    let mut out = Vec::new();
    let (mut unknown, mut missed) = (0, 0);
    for (fold, article, read) in articles {
        let whole = read.page(article);
        let scene = Scene::new(&whole, &read.marked, &read.people.found);
        let mut previous = None;
        for (number, stretch) in read.marked.stretches.iter().enumerate() {
            if stretch.nested_in.is_some() || scene.of_stretch[number] == NONE {
                continue;
            }
            let Some(truth) =
                article.marked.iter().find(|truth| truth.start < stretch.inner.end && stretch.inner.start < truth.end)
            else {
                unknown += 1;
                continue;
            };
            if !truth.speech {
                continue;
            }
            let list = source::candidates(&scene, number, previous);
            let setting = source::setting(&scene, number);
            let right = read.sources(truth.source_head, &truth.source);
            let mut choice = Choice { fold, ..Choice::default() };
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
            previous = Some(Previous {
                stretch: number,
                mention: chosen,
                earlier: previous.and_then(|previous: Previous| previous.mention),
            });
        }
    }
    println!(
        "source: {} decided, {missed} without the right candidate, {unknown} stretches not in the gold",
        out.len()
    );
    out
}
