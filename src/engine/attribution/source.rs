//! The features by which the source of a quotation in marks is ranked among the mentions about it.

pub use super::beside::beside;
pub use super::scene::Beside;

use super::indirect::{Cue, choose_subject, subjects};
use super::scene::{Class, NONE, Scene, Traits};
use crate::engine::lexicon::{self, flag};
use crate::engine::model::key;
use crate::engine::model::linear::{Adapted, Ranking};
use crate::engine::people::MentionKind;

/// How many paragraphs before the quotation sources are looked for.
const BEFORE: usize = 3;

/// The most candidates a quotation may have, nearest first on either side.
const MOST: usize = 24;

/// What was decided for the quotation before.
#[derive(Debug, Clone, Copy)]
pub struct Previous {
    /// The stretch.
    pub stretch: usize,
    /// Its source, where it has one.
    pub mention: Option<usize>,
    /// The source of the one before that.
    pub earlier: Option<usize>,
}

/// Returns the mentions that may be the source of `stretch`; the source of the quotation before is among them.
pub fn candidates(scene: &Scene, stretch: usize, previous: Option<Previous>) -> Vec<usize> {
    let unit = scene.of_stretch[stretch];
    if unit == NONE {
        return Vec::new();
    }
    let paragraph = scene.units[unit].paragraph as usize;
    let begin = scene.paragraphs[paragraph.saturating_sub(BEFORE)].start;
    let end = scene.paragraphs.get(paragraph + 1).map_or(scene.units.len(), |next| next.end);
    let mut out = Vec::with_capacity(MOST + MOST / 2 + 1);
    out.extend((begin..unit).rev().filter_map(|at| scene.mention(at)).take(MOST));
    let after = (unit + 1..end).take_while(|&at| scene.units[at].paragraph as usize == paragraph || at < unit + 25);
    out.extend(after.filter_map(|at| scene.mention(at)).take(MOST / 2));
    if let Some(mention) = previous.and_then(|previous| previous.mention)
        && !out.contains(&mention)
    {
        out.push(mention);
    }
    out
}

/// How far from a quotation its cue may stand, in units.
const CUE: usize = 24;

/// A cue in the sentence of a quotation, with how likely each mention is its subject.
struct Near {
    /// How it stands to the quotation: 0 it touches; 1 with a mark between; 2 and 3 farther off, without or with a mention
    /// between.
    gap: u32,
    /// The verb's base form, hashed.
    verb: u32,
    /// How likely it has no subject here, as a [`step`].
    nobody: u8,
    /// For each mention from [`Near::first`] on how likely it is its subject, as a [`step`].
    steps: Vec<u8>,
    first: usize,
}

impl Near {
    /// Looks for the cue before or behind the quotation at `unit`, in its sentence.
    fn find(scene: &Scene, unit: usize, behind: bool, subject: &Adapted, ranking: &mut Ranking) -> Option<Self> {
        let here = scene.units[unit];
        let along = |at: &usize| {
            let other = &scene.units[*at];
            other.paragraph == here.paragraph && other.sentence == here.sentence
        };
        let is_cue = |at: &usize| matches!(scene.units[*at].class, Class::Said | Class::Claim);
        let at = if behind {
            (unit + 1..scene.units.len().min(unit + CUE)).take_while(along).find(is_cue)
        } else {
            (unit.saturating_sub(CUE)..unit).rev().take_while(along).find(is_cue)
        }?;
        let between = if behind { unit + 1..at } else { at + 1..unit };
        let marks = |at: usize| matches!(scene.units[at].class, Class::Comma | Class::Colon);
        let gap = match between.len() {
            0 => 0,
            1 if marks(between.start) => 1,
            _ => 2 + u32::from(between.clone().any(|at| scene.mention(at).is_some())),
        };
        let range = scene.paragraphs[here.paragraph as usize].clone();
        let start = (range.start..unit).rev().take_while(along).last().unwrap_or(unit);
        let end = (unit..range.end).take_while(along).last().map_or(unit + 1, |last| last + 1);
        let stop = usize::from(scene.units[end - 1].class == Class::Stop);
        let cue = Cue::new(scene, at, start..(end - stop).max(at + 1));
        let list = subjects(scene, &cue);
        let (_, odds) = choose_subject(scene, &cue, &list, subject, ranking);
        let verb = lexicon::base(scene.page.words[scene.units[at].first as usize].hash);
        let first = list.iter().copied().min().unwrap_or(0);
        let mut steps = vec![1; list.iter().max().map_or(0, |last| last + 1 - first)];
        for (&mention, &odds) in list.iter().zip(&odds[1..]) {
            steps[mention - first] = step(odds);
        }
        Some(Self { gap, verb, nobody: step(odds[0]), steps, first })
    }

    /// Returns how likely a mention is the subject, in six steps; 0 without a cue.
    fn step(near: Option<&Self>, mention: Option<usize>) -> u32 {
        near.map_or(0, |near| match mention {
            None => near.nobody.into(),
            Some(mention) => near.steps.get(mention.wrapping_sub(near.first)).map_or(1, |&step| step.into()),
        })
    }
}

/// A probability in six steps.
fn step(odds: f32) -> u8 {
    match odds {
        0.9.. => 6,
        0.7.. => 5,
        0.4.. => 4,
        0.15.. => 3,
        0.03.. => 2,
        _ => 1,
    }
}

/// What the features of all candidates of one stretch share.
pub struct Setting {
    before_cue: Option<Near>,
    behind_cue: Option<Near>,
    /// The entities named inside the quotation.
    inside: Vec<usize>,
    unit: usize,
    paragraph: u32,
    before: u32,
    after: u32,
    text: u32,
    floating: u32,
    own: u32,
    number: u32,
}

/// Looks at the stretch itself: what touches it, how it ends, whether its paragraph has a cue of its own, and, by the
/// model `subject`, whose the cues about it are.
pub fn setting(
    scene: &Scene,
    stretch: usize,
    subject: &Adapted,
    entity_of: &dyn Fn(usize) -> Option<usize>,
    ranking: &mut Ranking,
) -> Setting {
    let unit = scene.of_stretch[stretch];
    let paragraph = scene.units[unit].paragraph;
    let range = scene.paragraphs[paragraph as usize].clone();
    let touch = |at: Option<usize>| {
        at.filter(|at| range.contains(at)).map_or(1, |at| {
            let word = &scene.page.words[scene.units[at].first as usize];
            let class = scene.units[at].class as u32;
            let lexical =
                word.is(flag::FUNCTION) || matches!(scene.units[at].class, Class::Comma | Class::Colon | Class::Stop);
            class << 24 ^ if lexical { word.hash & 0xff_ffff } else { 0 }
        })
    };
    let inner = &scene.marked.stretches[stretch].inner;
    let words = scene.units[unit].last - scene.units[unit].first;
    let last = scene.page.text[inner.clone()].chars().next_back().unwrap_or(' ');
    let ends = match last {
        ',' => 1,
        '.' => 2,
        '!' | '?' => 3,
        '—' | '-' | '–' => 4,
        _ => 0,
    };
    let capital = scene.page.text[inner.clone()].chars().next().is_some_and(char::is_uppercase);
    let size = match words {
        0..=4 => 0,
        5..=8 => 1,
        9..=16 => 2,
        17..=40 => 3,
        _ => 4_u32,
    };
    let starts = unit == range.start;
    let alone = range.len() == scene.units[range.clone()].iter().filter(|unit| unit.class == Class::Quotation).count();
    let own = scene.units[range.clone()].iter().filter(|unit| unit.class == Class::Said).count().min(2) as u32;
    let number =
        scene.units[range.start..unit].iter().filter(|unit| unit.class == Class::Quotation).count().min(3) as u32;
    let (first, last) = (scene.units[unit].first as usize, scene.units[unit].last as usize);
    let from = scene.found.partition_point(|mention| mention.tokens.start < first);
    let inside = (from..scene.found.len())
        .take_while(|&n| scene.found[n].tokens.start < last)
        .filter_map(|n| entity_of(n).filter(|_| scene.found[n].kind == MentionKind::Name))
        .collect();
    Setting {
        before_cue: Near::find(scene, unit, false, subject, ranking),
        behind_cue: Near::find(scene, unit, true, subject, ranking),
        inside,
        unit,
        paragraph,
        before: touch(unit.checked_sub(1)),
        after: touch(Some(unit + 1)),
        text: ends << 8 | u32::from(capital) << 4 | size,
        floating: u32::from(starts) << 1 | u32::from(alone),
        own,
        number,
    }
}

/// Looks at a mention as a source.
fn traits(scene: &Scene, mention: usize) -> Traits {
    let at = scene.of_mention[mention];
    let (found, here) = (&scene.found[mention], scene.units[at]);
    let head = &scene.page.words[found.head()];
    let kind = match found.kind {
        MentionKind::Name => found.class as u32 | head.flags & (flag::WEAK | flag::PLACE | flag::ORG),
        MentionKind::Pronoun => 40 + (head.hash & 0xff_ffff),
        MentionKind::Nominal => 50 + (head.flags & (flag::ROLE | flag::PLURAL | flag::BODY)),
        MentionKind::Handle => 60,
    };
    let ahead = at.checked_sub(1).map_or(0, |n| {
        scene.units[n].class as u32 ^ (scene.page.words[scene.units[n].first as usize].hash & 0xff_ff00)
    });
    let along = |n: &usize| {
        let other = &scene.units[*n];
        other.sentence == here.sentence && other.paragraph == here.paragraph
    };
    let first = (0..at).rev().take(12).take_while(along).all(|n| scene.mention(n).is_none());
    Traits { kind, class: here.class as u32, ahead, first, modifier: found.modifier }
}

/// Adds the features of `mention` as the source of the stretch to `out`; `None` stands for "no source".
pub fn features(
    scene: &Scene,
    setting: &Setting,
    mention: Option<usize>,
    previous: Option<Previous>,
    entity_of: &dyn Fn(usize) -> Option<usize>,
    out: &mut Vec<u32>,
) {
    let Setting { unit, paragraph, before, after, text, floating, own, number, .. } = *setting;
    let step_before = Near::step(setting.before_cue.as_ref(), mention);
    let step_behind = Near::step(setting.behind_cue.as_ref(), mention);
    let steps = step_before << 4 | step_behind;
    let gap = |near: &Option<Near>| near.as_ref().map_or(7, |near| near.gap);
    let gaps = gap(&setting.before_cue) << 4 | gap(&setting.behind_cue);
    let Some(mention) = mention else {
        out.extend([
            key(100, before, 0),
            key(101, after, 0),
            key(102, text, floating),
            key(103, floating << 4 | own, number),
            key(104, before, after),
            key(105, u32::from(previous.is_some()), text & 15),
            key(106, 0, 0),
            key(107, steps, gaps),
            key(108, steps, text),
        ]);
        return;
    };
    let at = scene.of_mention[mention];
    let Traits { kind, class, ahead, first, modifier } = *scene.traits[mention].get_or_init(|| traits(scene, mention));
    let backward = at < unit;
    let range = if backward { at + 1..unit } else { unit + 1..at };
    let direction = u32::from(backward);
    let paragraphs = paragraph as i32 - scene.units[at].paragraph as i32;
    let far = (paragraphs + 2).clamp(0, 6) as u32;
    let place = far << 1 | direction;
    let sentences = (scene.units[unit].sentence as i32 - scene.units[at].sentence as i32).unsigned_abs().min(6);
    let between = scene.between(range.clone());
    let quotations = between.quotations.min(4);
    let mentions = between.mentions.min(6);
    let persons = between.persons.min(4);
    let beside = beside(scene, at);
    // Whether the verb stands between the mention and the quotation, or touches the quotation.
    let verb_place = if beside.unit == NONE {
        0
    } else if backward {
        if beside.unit + 1 == unit {
            4
        } else if beside.unit > unit {
            1
        } else if beside.unit > at {
            2
        } else {
            3
        }
    } else if beside.unit == unit + 1 {
        4
    } else if beside.unit < at {
        2
    } else {
        3
    };
    let tie = beside.relation << 8 | verb_place << 4 | beside.class as u32 & 15 | (beside.class as u32) << 12;
    let short = scene.pattern(range.clone(), 1);
    let exact = if range.len() <= 6 { scene.pattern(range.clone(), 6) } else { 7 };
    let same_mention = previous.is_some_and(|previous| previous.mention == Some(mention));
    let same_entity = previous
        .and_then(|previous| previous.mention)
        .is_some_and(|other| entity_of(other).is_some() && entity_of(other) == entity_of(mention));
    let since = previous.map_or(9, |previous| {
        let other = scene.of_stretch[previous.stretch];
        if other == NONE { 8 } else { (paragraph.saturating_sub(scene.units[other].paragraph)).min(4) }
    });
    let same_group = previous.is_some_and(|previous| {
        scene.marked.stretches[previous.stretch].group == scene.marked.stretches[unit_stretch(scene, unit)].group
    });
    let earlier = previous
        .and_then(|previous| previous.earlier)
        .is_some_and(|other| other == mention || entity_of(other).is_some() && entity_of(other) == entity_of(mention));
    let same = u32::from(earlier) << 2 | u32::from(same_mention) << 1 | u32::from(same_entity);
    let inside = u32::from(entity_of(mention).is_some_and(|entity| setting.inside.contains(&entity)));
    let said_between = between.said.min(3);
    let quoted_between = quotations << 4 | sentences;
    let lead = u32::from(!backward || first) << 1 | u32::from(modifier);
    out.extend([
        key(4, place ^ tie << 8, quoted_between),
        key(5, place ^ beside.relation << 8, beside.verb),
        key(8, tie, after),
        key(10, kind, place),
        key(11, kind, tie),
        key(12, place << 8 | sentences, mentions << 4 | persons),
        key(14, same, own << 16 | text),
        key(15, same << 8 | since, after),
        key(16, same << 8 | since, before),
        key(17, lead, place << 8 | class),
        key(19, ahead, class),
        key(20, place << 8 | quotations, short ^ class),
        key(23, place << 8 | sentences, tie),
        key(24, place ^ lead << 8, before),
        key(28, place ^ after << 4, exact),
        key(29, place ^ before << 4, exact),
        key(30, u32::from(same_group), same),
        key(31, place << 4 | said_between, tie),
        key(33, same << 4 | text >> 8, floating << 4 | own),
        key(40, step_before, gap(&setting.before_cue)),
        key(46, step_behind << 4 | gap(&setting.behind_cue), setting.behind_cue.as_ref().map_or(0, |near| near.verb)),
        key(47, steps << 8 | gaps, place << 8 | class),
        key(48, steps, tie),
        key(49, steps << 8 | gaps, kind),
        key(50, inside, kind),
        key(51, inside << 8 | place, same),
        key(52, inside, tie),
    ]);
    // Where breaks were lost, sentences and speakers count more than paragraphs.
    let density = scene.density;
    if density > 0 {
        out.extend([
            key(70 + density, place << 8 | sentences, tie),
            key(72 + density, same << 8 | sentences, text ^ floating << 16),
            key(74 + density, quoted_between << 8 | persons, class ^ direction << 8),
            key(76 + density, same << 8 | quotations, tie),
            key(78 + density, same << 8 | number, after),
            key(80 + density, same << 8 | number, before),
        ]);
    }
}

fn unit_stretch(scene: &Scene, unit: usize) -> usize {
    scene.units[unit].item as usize
}
