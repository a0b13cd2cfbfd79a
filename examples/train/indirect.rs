//! Learns the content and the source of indirect and mixed speech.

use crate::linear::{self, Choice, Learned, Plan};
use crate::page::Seen;
use whosaid::engine::attribution::indirect::{
    Start, cues, end_features, ends, left_features, lefts, start_features, starts, subject_features, subjects,
};
use whosaid::engine::attribution::scene::Scene;
use whosaid::text::{Clean, Span};

const PLAN: Plan = Plan { bits: 17, epochs: 4, rate: 0.05, decay: 1e-4, orders: 4, rare: 1.0 };

/// The choices of the four models.
#[derive(Default)]
struct Choices {
    start: Vec<Choice>,
    end: Vec<Choice>,
    left: Vec<Choice>,
    subject: Vec<Choice>,
}

/// The four models, learned.
pub struct Indirect {
    pub start: Learned,
    pub end: Learned,
    pub left: Learned,
    pub subject: Learned,
}

/// Learns the four models for each share, and from all articles.
pub fn learn(seen: &[Seen], whole: bool) -> Indirect {
    let found = choices(seen);
    Indirect {
        start: linear::choices("content_start", &found.start, &PLAN, whole),
        end: linear::choices("content_end", &found.end, &Plan { bits: 16, ..PLAN }, whole),
        left: linear::choices("content_left", &found.left, &Plan { bits: 14, ..PLAN }, whole),
        subject: linear::choices("subject", &found.subject, &PLAN, whole),
    }
}

fn choices(seen: &[Seen]) -> Choices {
    let mut out = Choices::default();
    let (mut attached, mut all, mut no_start, mut no_end, mut no_source) = (0, 0, 0, 0, 0);
    for Seen { share: fold, article, read } in seen {
        let fold = *fold;
        let whole = read.page(article);
        let scene = Scene::new(&whole, &read.marked, &read.people.found);
        let cues = cues(&scene);
        // For each cue the attribution whose cue holds it.
        let mut truths = vec![None; cues.len()];
        for (number, quote) in article.quotes.iter().enumerate() {
            let holds = |cue: &&usize| {
                let unit = &scene.units[cues[**cue].unit];
                let at = read.tokens.all[unit.first as usize].start as usize;
                quote.cue.iter().any(|&[start, end]| start <= at && at < end)
            };
            let numbers: Vec<usize> = (0..cues.len()).collect();
            let held: Vec<usize> = numbers.iter().filter(holds).copied().collect();
            all += usize::from(quote.kind != "direct" && quote.speech_cue);
            if let Some(&cue) = held.last() {
                attached += usize::from(quote.kind != "direct" && quote.speech_cue);
                // An indirect one before a direct one where both share a cue.
                if truths[cue].is_none_or(|other: usize| article.quotes[other].kind == "direct") {
                    truths[cue] = Some(number);
                }
            }
        }
        for (cue, truth) in cues.iter().zip(truths) {
            let quote = truth.map(|number| &article.quotes[number]);
            let content = quote.filter(|quote| quote.kind != "direct");
            if let Some(quote) = quote {
                let right = read.sources(quote.source_head, &quote.source);
                let mut choice = Choice { fold, damaged: whole.is_damaged(), ..Choice::default() };
                for mention in std::iter::once(None).chain(subjects(&scene, cue).into_iter().map(Some)) {
                    if mention.map_or(quote.source.is_empty(), |mention| right.contains(&mention)) {
                        choice.right.push(choice.candidates.len());
                    }
                    let mut features = Vec::new();
                    subject_features(&scene, cue, mention, &mut features);
                    choice.candidates.push(features);
                }
                if choice.right.is_empty() {
                    no_source += 1;
                } else {
                    out.subject.push(choice);
                }
            }
            // The content's first part that lies in the sentence.
            let parts: Vec<(usize, usize)> = content
                .map(|quote| {
                    quote
                        .spans
                        .iter()
                        .filter_map(|&[start, end]| {
                            let tokens = read.tokens.within(Span::<Clean>::new(start, end));
                            if tokens.is_empty() {
                                return None;
                            }
                            let first = scene.of_token[tokens.start] as usize;
                            let last = scene.of_token[tokens.end - 1] as usize;
                            Some((first, last + 1))
                        })
                        .collect()
                })
                .unwrap_or_default();
            let truth = match (content, parts.first()) {
                (None, _) | (_, None) => Start::Nowhere,
                (_, Some(&(first, _))) if first > cue.unit => Start::Behind(first),
                (_, Some(&(_, end))) => Start::Before(end.min(cue.unit)),
            };
            let mut choice = Choice { fold, damaged: whole.is_damaged(), ..Choice::default() };
            let list = starts(&scene, cue);
            for start in &list {
                let right = match (truth, *start) {
                    (Start::Before(a), Start::Before(b)) => a.abs_diff(b) <= 1,
                    (a, b) => a == b,
                };
                if right {
                    choice.right.push(choice.candidates.len());
                }
                let mut features = Vec::new();
                start_features(&scene, cue, *start, &mut features);
                choice.candidates.push(features);
            }
            if choice.right.is_empty() {
                no_start += 1;
            } else {
                out.start.push(choice);
            }
            match truth {
                Start::Behind(start) if cue.sentence.contains(&start) => {
                    let wanted = parts.last().map_or(start + 1, |part| part.1);
                    let mut choice = Choice { fold, damaged: whole.is_damaged(), ..Choice::default() };
                    for end in ends(&scene, cue, start) {
                        if end == wanted || end == cue.sentence.end && wanted > end {
                            choice.right.push(choice.candidates.len());
                        }
                        let mut features = Vec::new();
                        end_features(&scene, cue, start, end, &mut features);
                        choice.candidates.push(features);
                    }
                    if choice.right.is_empty() {
                        no_end += 1;
                    } else {
                        out.end.push(choice);
                    }
                }
                Start::Before(end) if end > cue.sentence.start => {
                    let end = list.iter().find_map(|start| match start {
                        Start::Before(known) if known.abs_diff(end) <= 1 => Some(*known),
                        _ => None,
                    });
                    let Some(end) = end else { continue };
                    let mut choice = Choice { fold, damaged: whole.is_damaged(), ..Choice::default() };
                    for start in lefts(&scene, cue, end) {
                        if start == parts[0].0 || start == cue.sentence.start && parts[0].0 < start {
                            choice.right.push(choice.candidates.len());
                        }
                        let mut features = Vec::new();
                        left_features(&scene, cue, start, end, &mut features);
                        choice.candidates.push(features);
                    }
                    if !choice.right.is_empty() {
                        out.left.push(choice);
                    }
                }
                _ => {}
            }
        }
    }
    println!(
        "indirect: {attached} of {all} with a cue of ours; missed: {no_start} starts, {no_end} ends, {no_source} sources"
    );
    out
}
