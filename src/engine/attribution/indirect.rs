//! Indirect and mixed speech: for each cue whether it has content, where that begins and ends, and whose it is.
//!
//! Three learned choices in a row: the beginning of the content (or none) for a cue, its end for a beginning, and the
//! source among the mentions of the sentence.

use super::scene::{Class, Scene};
use crate::engine::lexicon::{flag, hash};
use crate::engine::model::key;
use crate::engine::model::linear::{Adapted, Linear, softmax};
use crate::engine::people::MentionKind;
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
            start: Linear::read(include_bytes!("../../../assets/model/content_start.bin")),
            end: Linear::read(include_bytes!("../../../assets/model/content_end.bin")),
            left: Linear::read(include_bytes!("../../../assets/model/content_left.bin")),
            subject: Adapted::read(
                include_bytes!("../../../assets/model/subject.bin"),
                include_bytes!("../../../assets/model/subject_damaged.bin"),
            ),
        }
    }
}

/// How far behind a cue its content may begin, in units.
const AHEAD: usize = 14;

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

/// Where the content of a cue may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// There is none.
    Nowhere,
    /// Behind the cue, at this unit.
    Behind(usize),
    /// Before the cue; it ends before this unit.
    Before(usize),
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

/// Returns the beginnings that the content of `cue` may have, "nowhere" first.
pub fn starts(scene: &Scene, cue: &Cue) -> Vec<Start> {
    let mut out = vec![Start::Nowhere];
    let stop = cue.sentence.end.min(cue.unit + 1 + AHEAD);
    for at in cue.unit + 1..stop {
        if matches!(class(scene, at), Class::Comma | Class::Stop | Class::Colon) {
            continue;
        }
        out.push(Start::Behind(at));
    }
    // Before: up to the comma or quotation that stands before the source and its verb.
    let low = cue.sentence.start.max(cue.unit.saturating_sub(16));
    let mut seen = 0;
    for at in (low..cue.unit).rev() {
        if matches!(class(scene, at), Class::Comma | Class::Quotation | Class::Colon) && at > cue.sentence.start {
            let end = if class(scene, at) == Class::Quotation { at + 1 } else { at };
            out.push(Start::Before(end));
            seen += 1;
            if seen == 3 {
                break;
            }
        }
    }
    out
}

/// Writes the features of a beginning into `out`.
pub fn start_features(scene: &Scene, cue: &Cue, start: Start, out: &mut Vec<u32>) {
    out.clear();
    let unit = cue.unit;
    let verb = crate::engine::lexicon::base(word(scene, unit));
    let tag = scene.page.words[scene.units[unit].first as usize].tag as u32;
    let here = class(scene, unit) as u32;
    let form_at = |at: Option<usize>| within(cue, at).map_or(1, |at| form(scene, at));
    let class_at = |at: Option<usize>| within(cue, at).map_or(Class::Stop as u32, |at| class(scene, at) as u32);
    let next = form_at(Some(unit + 1));
    let next_class = class_at(Some(unit + 1));
    let before = form_at(unit.checked_sub(1));
    let before_class = class_at(unit.checked_sub(1));
    let before_two = class_at(unit.checked_sub(2));
    let quoted_before = scene.units[cue.sentence.start..unit].iter().any(|unit| unit.class == Class::Quotation);
    let quoted_after = scene.units[unit..cue.sentence.end].iter().any(|unit| unit.class == Class::Quotation);
    let quoted = u32::from(quoted_before) << 1 | u32::from(quoted_after);
    match start {
        Start::Nowhere => out.extend([
            key(1, verb, tag),
            key(2, verb, next),
            key(3, verb, before),
            key(4, next, before),
            key(5, here << 8 | tag, next_class << 16 | before_class << 8 | before_two),
            key(6, quoted, next_class << 8 | before_class),
            key(7, form_at(Some(unit + 2)), next),
            key(8, tag, before),
            key(9, scene.pattern(unit + 1..(unit + 4).min(cue.sentence.end.max(unit + 1)), 3), here),
            key(10, scene.pattern(unit.saturating_sub(4).max(cue.sentence.start)..unit, 4), here << 8 | tag),
            key(11, quoted, verb),
            key(12, class_at(Some(unit + 2)) << 8 | next_class, verb),
        ]),
        Start::Behind(at) => {
            let distance = (at - unit).min(9) as u32;
            let gap = scene.pattern(unit + 1..at, 4);
            let word_here = form(scene, at);
            let prior = form(scene, at - 1);
            let finite = scene.units[at..cue.sentence.end]
                .iter()
                .take(12)
                .any(|unit| matches!(unit.class, Class::Verb | Class::Said | Class::Claim));
            let followed = scene.pattern(at..(at + 3).min(cue.sentence.end), 3);
            out.extend([
                key(21, verb, gap),
                key(22, verb << 4 ^ distance, word_here),
                key(23, gap, word_here),
                key(24, prior, word_here),
                key(25, verb, prior),
                key(26, gap, class(scene, at) as u32 ^ u32::from(finite) << 9),
                key(27, followed, gap),
                key(28, followed, verb),
                key(29, before, gap ^ here),
                key(30, quoted << 4 | distance, class(scene, at) as u32),
                key(31, before_class << 8 | before_two, gap),
                key(32, tag, gap),
                key(33, here << 4 | distance, word_here),
                key(34, next, distance),
                key(35, scene.page.words[scene.units[at].last as usize - 1].tag as u32, gap ^ here),
            ]);
        }
        Start::Before(end) => {
            let gap = scene.pattern(end..unit, 5);
            let source_gap = (unit - end).min(9) as u32;
            let finite = scene.units[cue.sentence.start..end]
                .iter()
                .any(|unit| matches!(unit.class, Class::Verb | Class::Said | Class::Claim));
            let all_quoted = scene.units[cue.sentence.start..end]
                .iter()
                .all(|unit| matches!(unit.class, Class::Quotation | Class::Comma));
            let shape = u32::from(finite) << 1 | u32::from(all_quoted);
            let ending = class(scene, end - 1) as u32;
            out.extend([
                key(41, verb, gap),
                key(42, gap, next),
                key(43, next_class << 8 | shape, gap),
                key(44, verb, next),
                key(45, shape << 4 | source_gap, here),
                key(46, ending << 8 | shape, gap),
                key(47, form(scene, cue.sentence.start), shape),
                key(48, next, shape << 8 | here),
                key(49, tag, next_class << 8 | shape),
                key(50, (end - cue.sentence.start).min(12) as u32, shape),
            ]);
        }
    }
}

/// Returns the units behind which content that begins at `start` may end (exclusive), at least one.
pub fn ends(scene: &Scene, cue: &Cue, start: usize) -> Vec<usize> {
    let mut out = Vec::new();
    // What follows a colon in marks is a quotation of its own.
    let colon = (start + 1..cue.sentence.end.saturating_sub(1)).find(|&at| {
        class(scene, at) == Class::Colon && class(scene, at + 1) == Class::Quotation && word(scene, at) == hash(":")
    });
    // `Told that the mill had burned, she wrote`: a participle at the head of a sentence leaves the rest to its subject.
    let participle = cue.unit == cue.sentence.start && word(scene, cue.unit) != hash("according");
    let head = participle.then_some(start + 1..cue.sentence.end.saturating_sub(1));
    let subject =
        head.and_then(|mut rest| rest.find(|&at| class(scene, at) == Class::Comma && scene.mention(at + 1).is_some()));
    let limit = colon.unwrap_or(cue.sentence.end).min(subject.unwrap_or(usize::MAX));
    for end in start + 1..=limit {
        let boundary = end == limit
            || matches!(
                class(scene, end),
                Class::Comma
                    | Class::Stop
                    | Class::Colon
                    | Class::And
                    | Class::Bracket
                    | Class::Relative
                    | Class::Preposition
                    | Class::Adverb
            )
            || matches!(class(scene, end - 1), Class::Quotation)
            || matches!(scene.page.words[scene.units[end].first as usize].tag, crate::engine::model::Tag::Gerund);
        if boundary && !matches!(class(scene, end - 1), Class::Comma | Class::Colon | Class::And) {
            out.push(end);
        }
        if out.len() >= 24 && end + 1 < limit {
            out.push(limit);
            break;
        }
    }
    if out.is_empty() {
        out.push(limit.max(start + 1));
    }
    out
}

/// Writes the features of an end into `out`.
pub fn end_features(scene: &Scene, cue: &Cue, start: usize, end: usize, out: &mut Vec<u32>) {
    out.clear();
    let verb = crate::engine::lexicon::base(word(scene, cue.unit));
    let first = form(scene, start);
    let limit = u32::from(end == cue.sentence.end);
    let next = if limit == 1 { 1 } else { form(scene, end) };
    let after = if end + 1 < cue.sentence.end { form(scene, end + 1) } else { 1 };
    let after_class = if end + 1 < cue.sentence.end { class(scene, end + 1) as u32 } else { 1 };
    let units = &scene.units[start..end];
    let commas = units.iter().filter(|unit| unit.class == Class::Comma).count().min(4) as u32;
    let finite =
        units.iter().filter(|unit| matches!(unit.class, Class::Verb | Class::Said | Class::Claim)).count().min(3)
            as u32;
    let length = match units.len() {
        0..=2 => units.len() as u32,
        3..=4 => 3,
        5..=7 => 4,
        8..=12 => 5,
        13..=20 => 6,
        _ => 7,
    };
    let rest = &scene.units[end.min(cue.sentence.end)..cue.sentence.end];
    let rest_finite =
        rest.iter().filter(|unit| matches!(unit.class, Class::Verb | Class::Said | Class::Claim)).count().min(3) as u32;
    let rest_cue = u32::from(rest.iter().take(8).any(|unit| matches!(unit.class, Class::Said | Class::Claim)));
    let rest_length = rest.len().min(8) as u32;
    let last = class(scene, end - 1) as u32;
    let previous_verb = scene.units[cue.unit.saturating_sub(3).max(cue.sentence.start)..cue.unit]
        .iter()
        .any(|unit| matches!(unit.class, Class::Relative));
    let place = u32::from(cue.unit == cue.sentence.start) << 1 | u32::from(previous_verb);
    // A comma that began an aside before the cue may end it here.
    let aside =
        scene.units[cue.sentence.start..cue.unit].iter().filter(|unit| unit.class == Class::Comma).count().min(3)
            as u32;
    out.extend([
        key(1, limit, finite << 4 | commas),
        key(2, next, after),
        key(3, next, first),
        key(4, next, verb),
        key(5, next, finite << 8 | commas << 4 | length.min(4)),
        key(6, length << 4 | limit, first),
        key(7, rest_finite << 8 | rest_cue << 4 | rest_length, next),
        key(8, next, after_class << 8 | last),
        key(9, limit << 4 | rest_length, verb),
        key(10, place << 8 | aside << 4 | limit, next),
        key(11, commas << 8 | finite << 4, next ^ after_class),
        key(12, last, limit),
        key(13, rest_cue << 8 | rest_finite << 4 | finite, next),
        key(14, scene.pattern(end..(end + 3).min(cue.sentence.end.max(end)), 3), finite),
        key(15, after, first ^ next),
        key(16, word(scene, end.saturating_sub(1)), next),
    ]);
}

/// Returns the units where content that ends at `end`, before its cue, may begin.
pub fn lefts(scene: &Scene, cue: &Cue, end: usize) -> Vec<usize> {
    let mut out = vec![cue.sentence.start];
    for at in cue.sentence.start + 1..end {
        if matches!(class(scene, at - 1), Class::Comma | Class::Colon | Class::And | Class::Relative)
            || class(scene, at) == Class::Quotation
            || class(scene, at) == Class::Relative
            || word(scene, at - 1) == const { hash("but") }
        {
            out.push(at);
        }
    }
    out.truncate(16);
    out
}

/// Writes the features of a beginning before the cue into `out`.
pub fn left_features(scene: &Scene, cue: &Cue, start: usize, end: usize, out: &mut Vec<u32>) {
    out.clear();
    let verb = crate::engine::lexicon::base(word(scene, cue.unit));
    let units = &scene.units[start..end];
    let finite =
        units.iter().filter(|unit| matches!(unit.class, Class::Verb | Class::Said | Class::Claim)).count().min(3)
            as u32;
    let commas = units.iter().filter(|unit| unit.class == Class::Comma).count().min(4) as u32;
    let initial = u32::from(start == cue.sentence.start);
    let before = if initial == 1 { 1 } else { form(scene, start - 1) };
    let lead = &scene.units[cue.sentence.start..start];
    let lead_finite =
        lead.iter().filter(|unit| matches!(unit.class, Class::Verb | Class::Said | Class::Claim)).count().min(2) as u32;
    let lead_length = lead.len().min(7) as u32;
    out.extend([
        key(1, initial, finite << 4 | commas),
        key(2, before, form(scene, start)),
        key(3, before, finite),
        key(4, lead_finite << 4 | lead_length, finite),
        key(5, form(scene, cue.sentence.start), lead_length),
        key(6, form(scene, start), initial),
        key(7, verb, initial),
        key(8, class(scene, start) as u32, before),
        key(9, (end - start).min(9) as u32, initial),
    ]);
}

/// Returns the mentions of the sentence that may be the source: those outside the content, nearest the cue first, and those
/// of the sentence before where this one has none.
pub fn subjects(scene: &Scene, cue: &Cue) -> Vec<usize> {
    let low = cue.sentence.start.saturating_sub(6);
    let mut out: Vec<usize> = (low..cue.unit).rev().filter_map(|at| scene.mention(at)).take(14).collect();
    let stop = cue.sentence.end.min(cue.unit + 8);
    out.extend((cue.unit + 1..stop).filter_map(|at| scene.mention(at)).take(3));
    out
}

/// Writes the features of a mention as the source of the cue into `out`; `None` stands for "none".
pub fn subject_features(scene: &Scene, cue: &Cue, mention: Option<usize>, out: &mut Vec<u32>) {
    out.clear();
    let unit = cue.unit;
    let verb = crate::engine::lexicon::base(word(scene, unit));
    let tag = scene.page.words[scene.units[unit].first as usize].tag as u32;
    let next = within(cue, Some(unit + 1)).map_or(1, |at| form(scene, at));
    let before = within(cue, unit.checked_sub(1)).map_or(1, |at| form(scene, at));
    let Some(mention) = mention else {
        out.extend([key(50, verb, tag), key(51, before, tag), key(52, next, before), key(53, tag, 0)]);
        return;
    };
    let at = scene.of_mention[mention];
    let found = &scene.found[mention];
    let backward = at < unit;
    let range = if backward { at + 1..unit } else { unit + 1..at };
    let outside = u32::from(at < cue.sentence.start);
    let kind = match found.kind {
        MentionKind::Pronoun => 40 + (scene.page.words[found.head()].hash & 0xff_ffff),
        MentionKind::Nominal => 50 + (scene.page.words[found.head()].flags & (flag::ROLE | flag::PLURAL | flag::BODY)),
        MentionKind::Handle => 60,
        MentionKind::Name => found.class as u32,
    };
    let exact = scene.pattern(range.clone(), 5);
    let between = &scene.units[range.clone()];
    let verbs =
        between.iter().filter(|unit| matches!(unit.class, Class::Verb | Class::Said | Class::Claim)).count().min(3)
            as u32;
    let commas =
        between.iter().filter(|unit| matches!(unit.class, Class::Comma | Class::Bracket)).count().min(4) as u32;
    let mentions = range.clone().filter(|&at| scene.mention(at).is_some()).count().min(5) as u32;
    let direction = u32::from(backward) << 1 | outside;
    let behind = form(scene, at + 1);
    let prior = within(cue, at.checked_sub(1)).map_or(1, |at| form(scene, at));
    let here = class(scene, unit) as u32;
    let quoted = u32::from(between.iter().any(|unit| unit.class == Class::Quotation));
    // `The Hale campaign said`: what a name specifies may be a mention itself.
    let specifies = u32::from(found.modifier) << 8 | class(scene, at + 1) as u32;
    out.extend([
        key(1, direction, exact),
        key(2, direction ^ tag << 4, exact),
        key(3, exact, kind),
        key(4, kind, direction << 8 | mentions),
        key(5, direction << 12 | verbs << 8 | commas << 4 | mentions, tag),
        key(6, behind, direction << 4 | commas),
        key(7, prior, direction << 4 | mentions),
        key(8, prior, behind),
        key(9, verb, direction << 8 | mentions << 4 | u32::from(range.is_empty())),
        key(10, u32::from(found.modifier) << 4 | direction, mentions),
        key(11, before, direction << 8 | mentions << 4 | verbs),
        key(12, next, direction << 4 | quoted),
        key(13, here << 4 | direction, exact),
        key(14, class(scene, at) as u32, behind),
        key(15, direction, mentions << 8 | verbs << 4 | quoted),
        key(16, verb, exact),
        key(17, tag, kind ^ direction),
        key(18, specifies, exact),
        key(19, specifies, kind ^ direction),
    ]);
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
        let (best, odds) = choose(
            &list,
            |start, buffer| {
                start_features(scene, &cue, *start, buffer);
                models.start.score(buffer)
            },
            &mut buffer,
        );
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
        let list: Vec<Option<usize>> = std::iter::once(None)
            .chain(subjects(scene, &cue).into_iter().map(Some))
            .filter(|mention| {
                mention.is_none_or(|mention| !parts.iter().any(|part| part.contains(&scene.of_mention[mention])))
            })
            .collect();
        let (best, odds) = choose(
            &list,
            |&mention, buffer| {
                subject_features(scene, &cue, mention, buffer);
                models.subject.score(buffer, scene.damaged)
            },
            &mut buffer,
        );
        out.push(Content { cue: cue.unit, parts, source: list[best], start_odds, end_odds, source_odds: odds[best] });
    }
    out
}

/// Returns the number of the best candidate, and the probability of each.
pub fn choose<T>(list: &[T], score: impl Fn(&T, &mut Vec<u32>) -> f32, buffer: &mut Vec<u32>) -> (usize, Vec<f32>) {
    let mut scores: Vec<f32> = list.iter().map(|candidate| score(candidate, buffer)).collect();
    softmax(&mut scores);
    let best = (0..scores.len()).fold(0, |best, n| if scores[n] > scores[best] { n } else { best });
    (best, scores)
}
