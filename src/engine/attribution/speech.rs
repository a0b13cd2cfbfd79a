//! Speech or not: tells what somebody said from scare quotes, titles of works, nicknames, slogans and names of shows.

use super::Source;
use super::indirect::Content;
use super::scene::{Class, NONE, Scene};
use super::source::{self, Beside};
use crate::engine::lexicon::{self, flag};
use crate::engine::model::{Tag, key};
use crate::engine::words::Shape;

/// Writes the features of a stretch into `out`; `content` is the reported speech it stands in.
pub fn features(scene: &Scene, stretch: usize, source: &Source, content: Option<&Content>, out: &mut Vec<u32>) {
    out.clear();
    let unit = scene.of_stretch[stretch];
    let here = &scene.marked.stretches[stretch];
    let words = scene.page.words;
    let tokens = scene.page.tokens.within(crate::text::Span::new(here.inner.start, here.inner.end));
    let paragraph = scene.paragraphs[scene.units[unit].paragraph as usize].clone();
    let word = |at: Option<usize>| {
        at.filter(|at| paragraph.contains(at)).map_or((1, 1, Tag::Stop, Shape::Punct), |at| {
            let first = &words[scene.units[at].first as usize];
            let last = &words[scene.units[at].last as usize - 1];
            let near = if at < unit { last } else { first };
            (near.hash, scene.units[at].class as u32, near.tag, near.shape)
        })
    };
    let (before, before_class, before_tag, _) = word(unit.checked_sub(1));
    let (before_two, before_two_class, ..) = word(unit.checked_sub(2));
    let (after, after_class, after_tag, after_shape) = word(Some(unit + 1));
    let (after_two, after_two_class, ..) = word(Some(unit + 2));
    let inner = &words[tokens.clone()];
    let count = inner.iter().filter(|word| !matches!(word.shape, Shape::Punct | Shape::Mark)).count();
    let size = match count {
        0..=4 => count as u32,
        5..=6 => 5,
        7..=9 => 6,
        10..=15 => 7,
        _ => 8,
    };
    let capitals =
        inner.iter().filter(|word| matches!(word.shape, Shape::Capital | Shape::Upper | Shape::Mixed)).count();
    let lowers = inner.iter().filter(|word| word.shape == Shape::Lower && !word.is(flag::FUNCTION)).count();
    let case = if capitals == 0 {
        0
    } else if lowers == 0 {
        1
    } else if capitals == 1 && inner[0].shape != Shape::Lower {
        2
    } else {
        3_u32
    };
    let finite = inner.iter().filter(|word| word.tag.is_finite()).count().min(2) as u32;
    let personal = u32::from(
        inner.iter().any(|word| word.is(flag::PRONOUN) && matches!(word.tag, Tag::Pronoun | Tag::Possessive)),
    );
    let ends = match scene.page.text[here.inner.clone()].chars().next_back().unwrap_or(' ') {
        ',' => 1,
        '.' => 2,
        '!' | '?' => 3,
        _ => 0_u32,
    };
    let marks = u32::from(here.single) << 1 | u32::from(here.opened && here.closed);
    let shape = size << 8 | case << 4 | ends;
    let tags = if count <= 4 {
        inner.iter().fold(7_u32, |hash, word| hash.wrapping_mul(37).wrapping_add(word.tag as u32))
    } else {
        size
    };
    let first = inner.first().map_or(0, |word| word.tag as u32);
    let last = inner.iter().rev().find(|word| word.shape != Shape::Punct).map_or(0, |word| word.tag as u32);
    let sentence = scene.units[unit].sentence;
    let near = |class: Class| {
        scene.units[paragraph.clone()]
            .iter()
            .filter(|unit| unit.sentence.abs_diff(sentence) <= 1 && unit.class == class)
            .count()
            .min(2) as u32
    };
    let (said, claim) = (near(Class::Said), near(Class::Claim));
    let alone = paragraph.len() == 1;
    let quotations =
        scene.units[paragraph.clone()].iter().filter(|unit| unit.class == Class::Quotation).count().min(3) as u32;
    let headline = scene.units[unit].paragraph == 0;
    let starts = unit == paragraph.start;
    let place = u32::from(alone) << 5 | u32::from(headline) << 4 | u32::from(starts) << 3 | quotations;
    let odds = (source.odds * 5.0) as u32;
    let (relation, far, verb, distance) = source.mention.map_or((15, 9, 0, 0), |mention| {
        let at = scene.of_mention[mention];
        let Beside { relation, verb, unit: verb_unit, class } = source::beside(scene, at);
        let far = (scene.units[unit].paragraph as i32 - scene.units[at].paragraph as i32 + 2).clamp(0, 6) as u32;
        let distance = if verb_unit == NONE { 15 } else { verb_unit.abs_diff(unit).min(14) as u32 };
        (relation << 8 | class as u32, far << 1 | u32::from(at < unit), verb, distance)
    });
    let covered = content.map_or(0, |content| 1 + (content.start_odds * 4.0) as u32);
    let content_verb = content.map_or(0, |content| lexicon::base(words[scene.units[content.cue].first as usize].hash));
    out.extend([
        key(1, shape, marks),
        key(2, before, 0),
        key(3, before, before_two),
        key(4, after, ends),
        key(5, after, after_two),
        key(6, before_class << 8 | after_class, ends),
        key(7, before_tag as u32, (after_tag as u32) << 8 | size.min(5)),
        key(8, tags, marks),
        key(9, tags, before_tag as u32),
        key(10, finite << 8 | personal << 4 | size, case),
        key(11, first << 8 | last, size),
        key(12, said << 4 | claim, place),
        key(13, relation, far),
        key(14, relation, distance << 4 | odds),
        key(15, verb, distance),
        key(16, far, odds << 4 | said),
        key(17, covered, size),
        key(18, covered, content_verb),
        key(19, covered << 4 | case, before_class),
        key(20, place, shape),
        key(21, before_two_class << 8 | before_class, size),
        key(22, after_class << 8 | after_two_class, size << 4 | ends),
        key(23, after_shape as u32, case << 8 | before_tag as u32),
        key(24, u32::from(covered > 0) << 12 | relation, size),
        key(25, personal << 8 | finite, relation),
        key(26, before, size << 4 | case),
        key(27, u32::from(headline) << 8 | marks, case << 4 | said),
        key(28, ends << 8 | after_class, relation),
        key(29, 0, 0),
    ]);
    if scene.density > 0 {
        out.extend([
            key(40, scene.density, place),
            key(41, relation << 4 | scene.density, shape),
            key(42, before_class << 8 | after_class, ends << 4 | scene.density),
        ]);
    }
}
