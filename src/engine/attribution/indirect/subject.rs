//! The mentions that may be the source of a cue, and the features by which they are ranked.

use super::super::scene::Scene;
use super::{Cue, class, form, within};
use crate::engine::lexicon::flag;
use crate::engine::model::key;
use crate::engine::people::MentionKind;

/// Returns the mentions of the sentence that may be the source: those outside the content, nearest the cue first, and those
/// of the sentence before where this one has none.
pub fn subjects(scene: &Scene, cue: &Cue) -> Vec<usize> {
    let low = cue.sentence.start.saturating_sub(6);
    let mut out = Vec::with_capacity(14 + 3);
    out.extend((low..cue.unit).rev().filter_map(|at| scene.mention(at)).take(14));
    let stop = cue.sentence.end.min(cue.unit + 8);
    out.extend((cue.unit + 1..stop).filter_map(|at| scene.mention(at)).take(3));
    out
}

/// Adds the features of a mention as the source of the cue to `out`; `None` stands for "none".
pub fn subject_features(scene: &Scene, cue: &Cue, mention: Option<usize>, out: &mut Vec<u32>) {
    let unit = cue.unit;
    let Cue { verb, tag, before, next, class: here, .. } = *cue;
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
    let between = scene.between(range.clone());
    let verbs = between.finite.min(3);
    let commas = (between.commas + between.brackets).min(4);
    let mentions = between.mentions.min(5);
    let direction = u32::from(backward) << 1 | outside;
    let behind = form(scene, at + 1);
    let prior = within(cue, at.checked_sub(1)).map_or(1, |at| form(scene, at));
    let quoted = u32::from(between.quotations > 0);
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
