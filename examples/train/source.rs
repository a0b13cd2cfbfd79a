//! Learns the source of quotations in marks.

use crate::linear::{self, Choice, Learned, Plan};
use crate::page::Seen;
use whosaid::engine::attribution;
use whosaid::engine::attribution::scene::{NONE, Scene};
use whosaid::engine::attribution::source::{self, Previous};
use whosaid::engine::model::linear::Ranking;

const PLAN: Plan = Plan { bits: 17, epochs: 4, rate: 0.05, decay: 1e-4, orders: 4, rare: 1.0 };

/// Learns a model for each share, and from all articles; `subject` tells whose the cues are. Twice: the first time each
/// quotation knows the true source of the one before it, the second time the one that the first models chose.
pub fn learn(seen: &[Seen], subject: &Learned, whole: bool) -> Learned {
    let first = linear::choices("source, first", &choices(seen, subject, None), &PLAN, false);
    linear::choices("source", &choices(seen, subject, Some(&first)), &PLAN, whole)
}

fn choices(seen: &[Seen], subject: &Learned, first: Option<&Learned>) -> Vec<Choice> {
    let mut out = Vec::new();
    let (mut unknown, mut missed) = (0, 0);
    for Seen { share: fold, article, read } in seen {
        let fold = *fold;
        let whole = read.page(article);
        let scene = Scene::new(&whole, &read.marked, &read.people.found);
        let entity_of = |m: usize| read.people.entities.of[m];
        let subject = &subject.parts[fold];
        let chosen = first.map(|first| attribution::sources(&scene, &read.people, &first.parts[fold], subject));
        let mut previous = None;
        for (number, stretch) in read.marked.stretches.iter().enumerate() {
            if stretch.nested_in.is_some() || scene.of_stretch[number] == NONE {
                continue;
            }
            let before = previous;
            let go_on = |mention: Option<usize>| {
                let earlier = before.and_then(|before: Previous| before.mention);
                Some(Previous { stretch: number, mention, earlier })
            };
            if let Some(chosen) = &chosen {
                previous = go_on(chosen[number].and_then(|source| source.mention));
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
            let list = source::candidates(&scene, number, before);
            let setting = source::setting(&scene, number, subject, &entity_of, &mut Ranking::default());
            let right = read.sources(truth.source_head, &truth.source);
            let mut choice = Choice { fold, damaged: whole.is_damaged(), ..Choice::default() };
            for mention in std::iter::once(None).chain(list.iter().copied().map(Some)) {
                let mut features = Vec::new();
                source::features(&scene, &setting, mention, before, &entity_of, &mut features);
                if mention.map_or(truth.source.is_empty(), |mention| right.contains(&mention)) {
                    choice.right.push(choice.candidates.len());
                }
                choice.candidates.push(features);
            }
            let true_source = right.iter().copied().find(|mention| list.contains(mention));
            if choice.right.is_empty() {
                missed += 1;
            } else {
                out.push(choice);
            }
            if chosen.is_none() {
                previous = go_on(true_source);
            }
        }
    }
    println!(
        "source: {} decided, {missed} without the right candidate, {unknown} stretches not in the gold",
        out.len()
    );
    out
}
