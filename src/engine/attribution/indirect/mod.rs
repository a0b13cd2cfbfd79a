//! Indirect and mixed speech: for each cue whether it has content, where that begins and ends, and whose it is.
//!
//! Three learned choices in a row: the beginning of the content (or none) for a cue, its end for a beginning, and the
//! source among the mentions of the sentence.

mod places;
mod subject;

pub use places::{Start, end_features, ends, left_features, lefts, start_features, starts};
pub use subject::{subject_features, subjects};

use super::headed;
use super::scene::{Class, Scene};
use crate::engine::lexicon::{flag, hash, hashes};
use crate::engine::model::linear::{Adapted, Linear, softmax};
use std::ops::Range;

/// The models of the four choices.
pub struct Models {
    /// Where content begins.
    pub start: Linear,
    /// Where content behind its cue ends.
    pub end: Linear,
    /// Where content before its cue begins.
    pub left: Linear,
    /// Whose it is.
    pub subject: Adapted,
}

impl Models {
    /// Reads the models built in.
    pub fn built_in() -> Self {
        Self {
            start: Linear::read(include_bytes!("../../../../assets/model/content_start.bin")),
            end: Linear::read(include_bytes!("../../../../assets/model/content_end.bin")),
            left: Linear::read(include_bytes!("../../../../assets/model/content_left.bin")),
            subject: Adapted::read(
                include_bytes!("../../../../assets/model/subject.bin"),
                include_bytes!("../../../../assets/model/subject_damaged.bin"),
            ),
        }
    }
}

/// One cue outside marks, in its sentence; all numbers are units.
#[derive(Debug, Clone)]
pub struct Cue {
    /// The verb, or `according`.
    pub unit: usize,
    /// The units of its sentence, without the stop.
    pub sentence: Range<usize>,
}

/// The content of a cue.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// Its cue.
    pub cue: usize,
    /// Its parts, as units, in order.
    pub parts: Vec<Range<usize>>,
    /// Its source, a mention.
    pub source: Option<usize>,
    /// The probability of the beginning.
    pub start_odds: f32,
    /// The probability of the end.
    pub end_odds: f32,
    /// The probability of the source.
    pub source_odds: f32,
}

/// Returns all cues of the article.
pub fn cues(scene: &Scene) -> Vec<Cue> {
    let mut out = Vec::new();
    for paragraph in &scene.paragraphs {
        let mut begin = paragraph.start;
        for at in paragraph.clone() {
            let last = at + 1 == paragraph.end;
            let breaks = !last && scene.units[at + 1].sentence != scene.units[at].sentence;
            if !(last || breaks) {
                continue;
            }
            let end = if scene.units[at].class == Class::Stop { at } else { at + 1 };
            for unit in begin..end {
                if is_cue(scene, unit) {
                    out.push(Cue { unit, sentence: begin..end });
                }
            }
            begin = at + 1;
        }
    }
    out
}

fn word(scene: &Scene, unit: usize) -> u32 {
    scene.units.get(unit).map_or(0, |unit| scene.page.words[unit.first as usize].hash)
}

fn class(scene: &Scene, unit: usize) -> Class {
    scene.units.get(unit).map_or(Class::Stop, |unit| unit.class)
}

fn is_cue(scene: &Scene, unit: usize) -> bool {
    matches!(class(scene, unit), Class::Said | Class::Claim)
        || word(scene, unit) == const { hash("according") } && word(scene, unit + 1) == const { hash("to") }
}

/// The word of a unit where it says much (function words, cues, punctuation), else its class.
fn form(scene: &Scene, unit: usize) -> u32 {
    let Some(known) = scene.units.get(unit) else { return 1 };
    let word = &scene.page.words[known.first as usize];
    if word.is(flag::FUNCTION | flag::PRONOUN)
        || matches!(known.class, Class::Said | Class::Claim | Class::Comma | Class::Colon | Class::Stop)
    {
        word.hash
    } else {
        (known.class as u32) << 8 | scene.page.words[known.last as usize - 1].tag as u32
    }
}

fn within(cue: &Cue, unit: Option<usize>) -> Option<usize> {
    unit.filter(|unit| cue.sentence.contains(unit))
}

/// Finds the content of every cue.
pub fn find(scene: &Scene, models: &Models) -> Vec<Content> {
    let mut out = Vec::new();
    let mut buffer = Vec::new();
    if models.start.is_empty() {
        return out;
    }
    for cue in cues(scene) {
        let list = starts(scene, &cue);
        let (mut best, odds) = choose(
            &list,
            |start, buffer| {
                start_features(scene, &cue, *start, buffer);
                models.start.score(buffer)
            },
            &mut buffer,
        );
        let blamed = blamed(scene, &cue);
        if blamed.is_some() && matches!(list[best], Start::Nowhere) && list.len() > 1 {
            best = (2..list.len()).fold(1, |best, n| if odds[n] > odds[best] { n } else { best });
        }
        let start_odds = odds[best];
        let (parts, end_odds) = match list[best] {
            Start::Nowhere => continue,
            Start::Behind(start) => {
                let list = ends(scene, &cue, start);
                let (best, odds) = choose(
                    &list,
                    |&end, buffer| {
                        end_features(scene, &cue, start, end, buffer);
                        models.end.score(buffer)
                    },
                    &mut buffer,
                );
                (std::iter::once(start..list[best]).collect::<Vec<_>>(), odds[best])
            }
            Start::Before(end) => {
                let list = lefts(scene, &cue, end);
                let (best, odds) = choose(
                    &list,
                    |&start, buffer| {
                        left_features(scene, &cue, start, end, buffer);
                        models.left.score(buffer)
                    },
                    &mut buffer,
                );
                (std::iter::once(list[best]..end).collect(), odds[best])
            }
        };
        let list: Vec<Option<usize>> = if blamed.is_some() {
            vec![blamed]
        } else {
            std::iter::once(None)
                .chain(subjects(scene, &cue).into_iter().map(Some))
                .filter(|mention| {
                    mention.is_none_or(|mention| !parts.iter().any(|part| part.contains(&scene.of_mention[mention])))
                })
                .collect()
        };
        let (best, odds) = choose(
            &list,
            |&mention, buffer| {
                subject_features(scene, &cue, mention, buffer);
                models.subject.score(buffer, scene.damaged)
            },
            &mut buffer,
        );
        out.push(Content {
            cue: cue.unit,
            parts,
            source: list[best].map(|mention| headed(scene, mention)),
            start_odds,
            end_odds,
            source_odds: odds[best],
        });
    }
    out
}

/// Returns who is blamed or praised for what the cue brings in, where part of that stands in marks: `slammed Khan for telling
/// them there is “no reason to worry”`.
fn blamed(scene: &Scene, cue: &Cue) -> Option<usize> {
    let for_or_of = cue
        .unit
        .checked_sub(1)
        .filter(|at| cue.sentence.contains(at) && const { hashes(["for", "of"]) }.contains(&word(scene, *at)))?;
    let gerund = scene.page.words[scene.units[cue.unit].first as usize].is(flag::GERUND);
    let behind = cue.unit + 1..cue.sentence.end;
    let plain = |at: &usize| !matches!(class(scene, *at), Class::Said | Class::Claim | Class::Comma | Class::Colon);
    let quoted = behind.take_while(plain).any(|at| class(scene, at) == Class::Quotation);
    let who = for_or_of.checked_sub(1).filter(|at| cue.sentence.contains(at))?;
    let person = matches!(class(scene, who), Class::Person | Class::Pronoun);
    (gerund && quoted && person).then(|| scene.mention(who)).flatten()
}

/// Returns the number of the best candidate, and the probability of each.
pub fn choose<T>(list: &[T], score: impl Fn(&T, &mut Vec<u32>) -> f32, buffer: &mut Vec<u32>) -> (usize, Vec<f32>) {
    let mut scores: Vec<f32> = list.iter().map(|candidate| score(candidate, buffer)).collect();
    softmax(&mut scores);
    let best = (0..scores.len()).fold(0, |best, n| if scores[n] > scores[best] { n } else { best });
    (best, scores)
}
