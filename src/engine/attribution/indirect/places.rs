//! Where the content of a cue may begin and end, and the features by which these places are ranked.

use super::super::scene::{Class, Scene};
use super::{Cue, class, form, within, word};
use crate::engine::lexicon::hash;
use crate::engine::model::key;

/// How far behind a cue its content may begin, in units.
const AHEAD: usize = 14;

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

/// Returns the beginnings that the content of `cue` may have, "nowhere" first.
pub fn starts(scene: &Scene, cue: &Cue) -> Vec<Start> {
    let mut out = Vec::with_capacity(AHEAD + 4);
    out.push(Start::Nowhere);
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

/// Adds the features of a beginning to `out`.
pub fn start_features(scene: &Scene, cue: &Cue, start: Start, out: &mut Vec<u32>) {
    let unit = cue.unit;
    let Cue { verb, tag, before, next, class: here, quoted, .. } = *cue;
    let form_at = |at: Option<usize>| within(cue, at).map_or(1, |at| form(scene, at));
    let class_at = |at: Option<usize>| within(cue, at).map_or(Class::Stop as u32, |at| class(scene, at) as u32);
    let next_class = class_at(Some(unit + 1));
    let before_class = class_at(unit.checked_sub(1));
    let before_two = class_at(unit.checked_sub(2));
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
            let finite = scene.between(at..cue.sentence.end.min(at + 12)).finite > 0;
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
            let finite = scene.between(cue.sentence.start..end).finite > 0;
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
    let mut out = Vec::with_capacity(cue.sentence.len().min(25));
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

/// Adds the features of an end to `out`.
pub fn end_features(scene: &Scene, cue: &Cue, start: usize, end: usize, out: &mut Vec<u32>) {
    let verb = cue.verb;
    let first = form(scene, start);
    let limit = u32::from(end == cue.sentence.end);
    let next = if limit == 1 { 1 } else { form(scene, end) };
    let after = if end + 1 < cue.sentence.end { form(scene, end + 1) } else { 1 };
    let after_class = if end + 1 < cue.sentence.end { class(scene, end + 1) as u32 } else { 1 };
    let inside = scene.between(start..end);
    let commas = inside.commas.min(4);
    let finite = inside.finite.min(3);
    let length = match end - start {
        length @ 0..=2 => length as u32,
        3..=4 => 3,
        5..=7 => 4,
        8..=12 => 5,
        13..=20 => 6,
        _ => 7,
    };
    let rest = &scene.units[end.min(cue.sentence.end)..cue.sentence.end];
    let rest_finite = scene.between(end.min(cue.sentence.end)..cue.sentence.end).finite.min(3);
    let rest_cue = u32::from(rest.iter().take(8).any(|unit| matches!(unit.class, Class::Said | Class::Claim)));
    let rest_length = rest.len().min(8) as u32;
    let last = class(scene, end - 1) as u32;
    let previous_verb = scene.units[cue.unit.saturating_sub(3).max(cue.sentence.start)..cue.unit]
        .iter()
        .any(|unit| matches!(unit.class, Class::Relative));
    let place = u32::from(cue.unit == cue.sentence.start) << 1 | u32::from(previous_verb);
    // A comma that began an aside before the cue may end it here.
    let aside = scene.between(cue.sentence.start..cue.unit).commas.min(3);
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

/// Adds the features of a beginning before the cue to `out`.
pub fn left_features(scene: &Scene, cue: &Cue, start: usize, end: usize, out: &mut Vec<u32>) {
    let inside = scene.between(start..end);
    let (finite, commas) = (inside.finite.min(3), inside.commas.min(4));
    let initial = u32::from(start == cue.sentence.start);
    let before = if initial == 1 { 1 } else { form(scene, start - 1) };
    let lead_finite = scene.between(cue.sentence.start..start).finite.min(2);
    let lead_length = (start - cue.sentence.start).min(7) as u32;
    out.extend([
        key(1, initial, finite << 4 | commas),
        key(2, before, form(scene, start)),
        key(3, before, finite),
        key(4, lead_finite << 4 | lead_length, finite),
        key(5, form(scene, cue.sentence.start), lead_length),
        key(6, form(scene, start), initial),
        key(7, cue.verb, initial),
        key(8, class(scene, start) as u32, before),
        key(9, (end - start).min(9) as u32, initial),
    ]);
}
