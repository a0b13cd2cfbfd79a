//! Learns which stretches in marks are speech, on sources and contents as models see them that have not seen the article.

use crate::gold::{Article, Set};
use crate::linear::{self, Case, Choice, Plan};
use crate::page::Read;
use crate::tagger::FOLDS;
use crate::{Outcome, indirect, source};
use std::path::Path;
use whosaid::engine::attribution::indirect::Models;
use whosaid::engine::attribution::scene::{NONE, Scene};
use whosaid::engine::attribution::{covering, sources, speech};
use whosaid::engine::model::linear::Linear;

const PLAN: Plan = Plan { bits: 16, epochs: 8, rate: 0.05, decay: 1e-4 };

/// The models whose findings the next ones are learned on.
pub struct Below {
    pub source: Linear,
    pub indirect: Models,
}

/// Learns the models below for each share from the other shares, and last from all train articles.
pub fn below(set: &Set) -> Vec<Below> {
    let source = source::choices(set.train());
    let indirect = indirect::choices(set.train());
    (0..=FOLDS)
        .map(|fold| {
            let learn = |choices: &[Choice], plan: &Plan| {
                let others: Vec<Choice> = choices
                    .iter()
                    .filter(|choice| choice.fold != fold && !(set.aside && choice.fold == 0))
                    .cloned()
                    .collect();
                linear::choose(&others, plan)
            };
            Below {
                source: learn(&source, &source::PLAN),
                indirect: Models {
                    start: learn(&indirect.start, &indirect::PLAN),
                    end: learn(&indirect.end, &indirect::PLAN),
                    left: learn(&indirect.left, &indirect::PLAN),
                    subject: learn(&indirect.subject, &indirect::PLAN),
                },
            }
        })
        .collect()
}

/// Learns from the train articles, writes `speech.bin` and prints how well those that are not speech are told.
pub fn train(set: &Set, below: &[Below], out: &Path) -> Outcome {
    let train = cases(set.train(), below);
    let all = &below[FOLDS..];
    let dev = cases(set.dev(), all);
    let model = linear::report_cases("speech", &train, &dev, &PLAN, set.aside);
    std::fs::write(out.join("speech.bin"), model.write())?;
    Ok(())
}

fn cases<'a>(articles: impl Iterator<Item = (usize, &'a Article, Read)>, below: &[Below]) -> Vec<Case> {
    let mut out = Vec::new();
    for (fold, article, read) in articles {
        let below = &below[fold];
        let whole = read.page(article);
        let scene = Scene::new(&whole, &read.marked, &read.people.found);
        let sources = sources(&scene, &read.people, &below.source);
        let contents = whosaid::engine::attribution::indirect::find(&scene, &below.indirect);
        let covering = covering(&scene, &contents);
        for (number, stretch) in read.marked.stretches.iter().enumerate() {
            if stretch.nested_in.is_some() || scene.of_stretch[number] == NONE {
                continue;
            }
            let truth =
                article.marked.iter().find(|truth| truth.start < stretch.inner.end && stretch.inner.start < truth.end);
            let (Some(truth), Some(source)) = (truth, &sources[number]) else { continue };
            if truth.unclear.is_some() {
                continue;
            }
            let mut features = Vec::new();
            speech::features(&scene, number, source, covering[number].map(|n| &contents[n]), &mut features);
            out.push(Case { features, truth: truth.speech, fold });
        }
    }
    out
}
