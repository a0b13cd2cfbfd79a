//! Speech or not: tells what somebody said from scare quotes, titles of works, nicknames, slogans and names of shows.

use super::Source;
use super::indirect::Content;
use super::scene::{Class, NONE, Scene};
use super::source::{self, Beside};
use crate::engine::lexicon::{self, flag, hashes};
use crate::engine::model::{Tag, key};
use crate::engine::words::Shape;

/// Adds the features of a stretch to `out`; `content` is the reported speech it stands in.
pub fn features(scene: &Scene, stretch: usize, source: &Source, content: Option<&Content>, out: &mut Vec<u32>) {
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
    let (_, after_two_class, ..) = word(Some(unit + 2));
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
        key(2, before, 0),
        key(3, before, before_two),
        key(4, after, ends),
        key(6, before_class << 8 | after_class, ends),
        key(7, before_tag as u32, (after_tag as u32) << 8 | size.min(5)),
        key(9, tags, before_tag as u32),
        key(10, finite << 8 | personal << 4 | size, case),
        key(11, first << 8 | last, size),
        key(12, said << 4 | claim, place),
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
    let naming = |unit: usize| {
        let hash = words[scene.units[unit].first as usize].hash;
        NAMING
            .contains(&hash)
            .then_some(1)
            .or(WORKS.contains(&hash).then_some(2))
            .or(SLOGANS.contains(&hash).then_some(3))
    };
    let naming_before = (paragraph.start.max(unit.saturating_sub(4))..unit)
        .rev()
        .take_while(|&at| scene.units[at].class != Class::Quotation)
        .find_map(|at| naming(at).map(|kind| kind << 4 | (unit - at) as u32))
        .unwrap_or(0);
    let naming_after = (unit + 1..paragraph.end.min(unit + 4))
        .take_while(|&at| scene.units[at].class != Class::Quotation)
        .find_map(|at| naming(at).map(|kind| kind << 4 | (at - unit) as u32))
        .unwrap_or(0);
    let finer =
        content.map_or(0, |content| 1 + (content.start_odds * 5.0) as u32 * 6 + (content.end_odds * 5.0) as u32);
    // Where it stands in the reported speech: units before and behind.
    let spot = content.map_or(0, |content| {
        let (start, end) = (content.parts[0].start, content.parts[content.parts.len() - 1].end);
        1 << 8 | (unit.saturating_sub(start).min(6) as u32) << 4 | end.saturating_sub(unit + 1).min(4) as u32
    });
    let first_word = inner.first().map_or(0, |word| word.hash);
    let last_word = inner.iter().rev().find(|word| word.shape != Shape::Punct).map_or(0, |word| word.hash);
    let whole =
        if count <= 3 { inner.iter().fold(5_u32, |hash, word| hash.wrapping_mul(37) ^ word.hash) } else { size };
    // How often the article says it, up to 3 times.
    let again = if count <= 6 {
        let said = scene.page.text[here.inner.clone()].trim_end_matches([',', '.', '!', '?']).as_bytes();
        let about = here.inner.start.saturating_sub(AGAIN)..(here.inner.end + AGAIN).min(scene.page.text.len());
        memchr::memmem::find_iter(&scene.page.text.as_bytes()[about], said).take(3).count() as u32
    } else {
        9
    };
    let same = |at: usize| scene.units[at].sentence == sentence;
    let cue_before = (paragraph.start..unit)
        .rev()
        .take_while(|&at| same(at))
        .find(|&at| matches!(scene.units[at].class, Class::Said | Class::Claim));
    let cue_after = (unit + 1..paragraph.end)
        .take_while(|&at| same(at))
        .find(|&at| matches!(scene.units[at].class, Class::Said | Class::Claim));
    let gap = |at: Option<usize>| at.map_or(15, |at| at.abs_diff(unit).min(12) as u32);
    let cue_word = |at: Option<usize>| at.map_or(0, |at| lexicon::base(words[scene.units[at].first as usize].hash));
    let cues = gap(cue_before) << 4 | gap(cue_after);
    let coarse = |at: Option<usize>| {
        at.map_or(0, |at| match at.abs_diff(unit) {
            0..=1 => 1,
            2..=3 => 2,
            4..=8 => 3,
            _ => 4,
        })
    };
    let kind = source.mention.map_or(9, |mention| scene.found[mention].kind as u32);
    let lower_start = u32::from(inner.first().is_some_and(|word| word.shape == Shape::Lower));
    let within_sentence = scene.units[paragraph.clone()]
        .iter()
        .filter(|unit| unit.sentence == sentence && unit.class == Class::Quotation);
    let (mut many, mut long) = (0_u32, 0_u32);
    for unit in within_sentence {
        many += 1;
        long += u32::from(unit.last - unit.first > 8);
    }
    let company = many.min(4) << 2 | long.min(2);
    let all = scene.marked.stretches.len().min(64) as u32 / 8;
    let pre = scene.pattern(unit.saturating_sub(4).max(paragraph.start)..unit, 4);
    let post = scene.pattern(unit + 1..(unit + 4).min(paragraph.end.max(unit + 1)), 3);
    out.extend([
        key(50, naming_before, case),
        key(51, naming_before, size),
        key(52, naming_after, case << 4 | size),
        key(53, naming_before << 8 | naming_after, 0),
        key(54, first_word, size),
        key(55, last_word, size),
        key(56, whole, 0),
        key(57, first_word, before),
        key(58, last_word, after),
        key(59, again, size),
        key(60, again, case << 4 | marks),
        key(68, cues, size),
        key(69, cue_word(cue_before), coarse(cue_before) << 4 | size.min(5)),
        key(70, cue_word(cue_after), coarse(cue_after) << 4 | size.min(5)),
        key(71, coarse(cue_before) << 4 | coarse(cue_after), case << 8 | size << 4 | ends),
        key(72, kind, relation),
        key(75, company, size),
        key(76, company, case << 8 | said << 4 | claim),
        key(77, all, size),
        key(78, pre, size.min(5)),
        key(79, post, size.min(5)),
        key(80, pre, post),
        key(81, pre, first),
        key(86, spot, size),
        key(87, spot, case << 8 | marks),
        key(88, spot, before),
        key(89, finer, size << 4 | case),
        key(90, finer, naming_before),
        key(91, finer, first),
        key(92, finer, relation),
        key(84, before, case << 4 | lower_start),
        key(85, after, case << 4 | lower_start),
    ]);
    if scene.density > 0 {
        out.extend([
            key(40, scene.density, place),
            key(41, relation << 4 | scene.density, shape),
            key(42, before_class << 8 | after_class, ends << 4 | scene.density),
        ]);
    }
}

/// How far off the same words are looked for, in bytes; articles are shorter.
const AGAIN: usize = 20_000;

/// Words that say what somebody or something is called.
const NAMING: [u32; 17] = hashes([
    "called",
    "so-called",
    "dubbed",
    "known",
    "named",
    "nicknamed",
    "titled",
    "entitled",
    "headlined",
    "labeled",
    "branded",
    "coined",
    "calling",
    "calls",
    "termed",
    "captioned",
    "billed",
]);

/// Works that have titles.
const WORKS: [u32; 40] = hashes([
    "song",
    "songs",
    "book",
    "books",
    "movie",
    "film",
    "films",
    "show",
    "program",
    "programme",
    "series",
    "article",
    "column",
    "essay",
    "op-ed",
    "album",
    "novel",
    "play",
    "musical",
    "podcast",
    "documentary",
    "episode",
    "video",
    "ad",
    "spot",
    "magazine",
    "memoir",
    "report",
    "paper",
    "story",
    "poem",
    "drama",
    "comedy",
    "sitcom",
    "section",
    "chapter",
    "site",
    "blog",
    "website",
    "newspaper",
]);

/// Words for words: slogans, phrases, chants.
const SLOGANS: [u32; 26] = hashes([
    "phrase", "phrases", "word", "words", "term", "terms", "slogan", "slogans", "motto", "hashtag", "nickname",
    "moniker", "chant", "chants", "sign", "signs", "banner", "banners", "shirt", "shirts", "t-shirt", "hat",
    "headline", "label", "title", "bumper",
]);
