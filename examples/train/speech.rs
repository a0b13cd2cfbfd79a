//! Learns which stretches in marks are speech, on sources and contents as models see them that have not seen the article.

use crate::indirect::Indirect;
use crate::linear::{self, Case, Learned, Plan};
use crate::page::Seen;
use crate::tagger::FOLDS;
use whosaid::engine::attribution::indirect::Models;
use whosaid::engine::attribution::scene::{NONE, Scene};
use whosaid::engine::attribution::{covering, indirect, sources, speech};
use whosaid::engine::model::linear::Adapted;

const PLAN: Plan = Plan { bits: 16, epochs: 2, rate: 0.05, decay: 1e-4, orders: 8, rare: 1.5 };

/// The models of one share whose findings the last one is learned on.
pub struct Below {
    pub source: Adapted,
    pub indirect: Models,
}

/// Returns the models below for each share.
pub fn below(source: &Learned, indirect: &Indirect) -> Vec<Below> {
    let of = |learned: &Learned, share: usize| learned.parts[share].clone();
    (0..FOLDS)
        .map(|share| Below {
            source: of(source, share),
            indirect: Models {
                start: of(&indirect.start, share),
                end: of(&indirect.end, share),
                left: of(&indirect.left, share),
                subject: of(&indirect.subject, share),
            },
        })
        .collect()
}

/// Learns a model for each share, and from all articles.
pub fn learn(seen: &[Seen], below: &[Below], whole: bool) -> Learned {
    linear::cases("speech", &cases(seen, below), &PLAN, whole)
}

fn cases(seen: &[Seen], below: &[Below]) -> Vec<Case> {
    let mut out = Vec::new();
    for Seen { share: fold, article, read } in seen {
        let fold = *fold;
        let below = &below[fold];
        let whole = read.page(article);
        let scene = Scene::new(&whole, &read.marked, &read.people.found);
        let sources = sources(&scene, &read.people, &below.source, &below.indirect.subject);
        let contents = indirect::find(&scene, &below.indirect);
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
            out.push(Case { features, truth: truth.speech, fold, damaged: whole.is_damaged() });
        }
    }
    out
}
