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
use crate::engine::lexicon::{base, flag, hash, hashes};
use crate::engine::model::linear::{Adapted, Linear, Ranking};
use std::ops::Range;

/// The models of the four choices.
pub struct Models {
    /// Where content begins.
    pub start: Adapted,
    /// Where content behind its cue ends.
    pub end: Adapted,
    /// Where content before its cue begins.
    pub left: Adapted,
    /// Whose it is.
    pub subject: Adapted,
}

impl Models {
    /// Reads the models built in.
    pub fn built_in() -> Self {
        Self {
            start: Linear::read(include_bytes!("../../../../assets/model/content_start.bin")).into(),
            end: Linear::read(include_bytes!("../../../../assets/model/content_end.bin")).into(),
            left: Linear::read(include_bytes!("../../../../assets/model/content_left.bin")).into(),
            subject: Adapted::read(
                include_bytes!("../../../../assets/model/subject.bin"),
                include_bytes!("../../../../assets/model/subject_damaged.bin"),
            ),
        }
    }
}

/// One cue outside marks, in its sentence; all numbers are units. Knows what all features about it share.
#[derive(Debug, Clone)]
pub struct Cue {
    /// The verb, or `according`.
    pub unit: usize,
    /// The units of its sentence, without the stop.
    pub sentence: Range<usize>,
    /// The verb's base form, hashed.
    verb: u32,
    /// Its tag.
    tag: u32,
    /// Its [`Class`].
    class: u32,
    /// The [`form`]s of the units before and behind it, 1 beyond its sentence.
    before: u32,
    next: u32,
    /// Whether its sentence has quotations before it (2) and behind it (1).
    quoted: u32,
}

impl Cue {
    /// Makes the cue at `unit` in `sentence`.
    pub fn new(scene: &Scene, unit: usize, sentence: Range<usize>) -> Self {
        let form_at = |at: Option<usize>| at.filter(|at| sentence.contains(at)).map_or(1, |at| form(scene, at));
        let quoted = |range: Range<usize>| u32::from(scene.between(range).quotations > 0);
        Self {
            verb: base(word(scene, unit)),
            tag: scene.page.words[scene.units[unit].first as usize].tag as u32,
            class: class(scene, unit) as u32,
            before: form_at(unit.checked_sub(1)),
            next: form_at(Some(unit + 1)),
            quoted: quoted(sentence.start..unit) << 1 | quoted(unit..sentence.end),
            unit,
            sentence,
        }
    }
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
                    out.push(Cue::new(scene, unit, begin..end));
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
    let mut ranking = Ranking::default();
    if models.start.sound.is_empty() {
        return out;
    }
    for cue in cues(scene) {
        let list = starts(scene, &cue);
        ranking.begin();
        for &start in &list {
            ranking.add(|out| start_features(scene, &cue, start, out));
        }
        let (mut best, odds) = ranking.best(&models.start, false);
        let blamed = blamed(scene, &cue);
        if blamed.is_some() && matches!(list[best], Start::Nowhere) && list.len() > 1 {
            best = (2..list.len()).fold(1, |best, n| if odds[n] > odds[best] { n } else { best });
        }
        let start_odds = odds[best];
        let (part, end_odds) = match list[best] {
            Start::Nowhere => continue,
            Start::Behind(start) => {
                let list = ends(scene, &cue, start);
                ranking.begin();
                for &end in &list {
                    ranking.add(|out| end_features(scene, &cue, start, end, out));
                }
                let (best, odds) = ranking.best(&models.end, false);
                (start..list[best], odds[best])
            }
            Start::Before(end) => {
                let list = lefts(scene, &cue, end);
                ranking.begin();
                for &start in &list {
                    ranking.add(|out| left_features(scene, &cue, start, end, out));
                }
                let (best, odds) = ranking.best(&models.left, false);
                (list[best]..end, odds[best])
            }
        };
        let (source, source_odds) = if blamed.is_some() {
            (blamed, 1.0)
        } else {
            let mut list = subjects(scene, &cue);
            list.retain(|&mention| !part.contains(&scene.of_mention[mention]));
            let (best, odds) = choose_subject(scene, &cue, &list, &models.subject, &mut ranking);
            (best.checked_sub(1).map(|n| list[n]), odds[best])
        };
        let source = source.map(|mention| headed(scene, mention));
        out.push(Content { cue: cue.unit, parts: vec![part], source, start_odds, end_odds, source_odds });
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

/// Chooses the source of `cue` by `model`: returns 0 for nobody or one more than the place of a mention in `list`, and the
/// probability of each.
pub fn choose_subject<'a>(
    scene: &Scene,
    cue: &Cue,
    list: &[usize],
    model: &Adapted,
    ranking: &'a mut Ranking,
) -> (usize, &'a [f32]) {
    ranking.begin();
    ranking.add(|out| subject_features(scene, cue, None, out));
    for &mention in list {
        ranking.add(|out| subject_features(scene, cue, Some(mention), out));
    }
    ranking.best(model, scene.damaged)
}
