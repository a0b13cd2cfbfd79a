//! The verb that goes with a mention: `Khan said`, `said Khan`, `according to Khan`, and how the two stand to each other.

use super::scene::{Beside, Class, NONE, Scene};
use crate::engine::lexicon;
use crate::engine::model::Tag;

/// Returns the verb that goes with the mention at `unit`.
pub fn beside(scene: &Scene, unit: usize) -> Beside {
    scene
        .besides
        .get(unit)
        .map_or_else(|| look_beside(scene, unit), |known| *known.get_or_init(|| look_beside(scene, unit)))
}

fn look_beside(scene: &Scene, unit: usize) -> Beside {
    let class = |at: usize| scene.units.get(at).map_or(Class::Stop, |unit| unit.class);
    let verb = |at: usize| lexicon::base(scene.page.words[scene.units[at].first as usize].hash);
    let paragraph = scene.units[unit].paragraph;
    let within = |at: usize| scene.units.get(at).is_some_and(|unit| unit.paragraph == paragraph);
    if let Some(relation) = signs(scene, unit) {
        return Beside { relation, unit: NONE, verb: 45, class: Class::Other };
    }
    let mention = unit;
    // Before whatever specifies the name: `said Khan's old friend Quill`.
    let unit = group_start(scene, unit);
    let aside = if scene.mention(mention).is_some_and(|n| scene.found[n].modifier) { 8 } else { 0 };
    if unit > 0 && within(unit - 1) && matches!(class(unit - 1), Class::Said | Class::Claim) {
        // `said Khan`; but `called Khan a ...` has its own subject before it.
        let subject_before = unit > 1
            && within(unit - 2)
            && matches!(
                class(unit - 2),
                Class::Person
                    | Class::Pronoun
                    | Class::Name
                    | Class::Description
                    | Class::Adverb
                    | Class::Form
                    | Class::Verb
            );
        if !subject_before {
            return Beside { relation: 2 + aside, unit: unit - 1, verb: verb(unit - 1), class: class(unit - 1) };
        }
    }
    if unit > 1 && within(unit - 2) && is_according(scene, unit - 1) {
        return Beside { relation: 3 + aside, unit: unit - 2, verb: lexicon::hash("according"), class: Class::Said };
    }
    let unit = mention;
    if class(unit + 1) == Class::Colon && within(unit + 1) {
        return Beside { relation: 4, unit: unit + 1, verb: 58, class: Class::Colon };
    }
    // Forward over an apposition, a relative clause, adverbs and auxiliaries to the verb.
    let mut at = unit + 1;
    let mut aside = false;
    let mut plain = NONE;
    // A verb of saying behind an aside that no comma closes: `Quill, head of the club said`.
    let mut unclosed = NONE;
    let far = at + 28;
    while at < far {
        if !within(at) {
            break;
        }
        match class(at) {
            Class::Said | Class::Claim
                if !aside || class(at - 1) == Class::Comma || class(at - 1) == Class::Bracket =>
            {
                let relation = if aside {
                    5
                } else if plain == NONE {
                    1
                } else {
                    6
                };
                return Beside { relation, unit: at, verb: verb(at), class: class(at) };
            }
            Class::Said | Class::Claim if unclosed == NONE && scene.mention(at - 1).is_some() => unclosed = at,
            Class::Verb | Class::Form if !aside => {
                if plain == NONE {
                    plain = at;
                } else if at > plain + 3 {
                    break;
                }
            }
            Class::Comma | Class::Bracket | Class::Relative => {
                if plain != NONE {
                    break;
                }
                aside = true;
            }
            Class::Stop | Class::Quotation | Class::Colon => break,
            Class::Adverb => {}
            _ if aside => {}
            _ if plain != NONE => {
                if at > plain + 3 {
                    break;
                }
            }
            _ => break,
        }
        at += 1;
    }
    if unclosed != NONE && plain == NONE {
        return Beside { relation: 9, unit: unclosed, verb: verb(unclosed), class: class(unclosed) };
    }
    if plain != NONE {
        return Beside { relation: 7, unit: plain, verb: verb(plain), class: Class::Verb };
    }
    Beside { relation: 0, unit: NONE, verb: 0, class: Class::Other }
}

/// The most units of a noun group before the name at its end.
const GROUP: usize = 8;

/// Returns where the noun group begins that ends with the mention at `unit`.
fn group_start(scene: &Scene, unit: usize) -> usize {
    let paragraph = scene.units[unit].paragraph;
    let specifies = |at: &usize| {
        let other = &scene.units[*at];
        let word = &scene.page.words[other.last as usize - 1];
        other.paragraph == paragraph
            && match scene.mention(*at) {
                Some(mention) => scene.found[mention].modifier,
                None => {
                    other.class == Class::Other
                        && (word.tag.is_noun() || matches!(word.tag, Tag::Genitive | Tag::Adjective | Tag::Number))
                }
            }
    };
    (unit.saturating_sub(GROUP)..unit).rev().take_while(specifies).last().unwrap_or(unit)
}

/// Tells whether the mention at `unit` begins a line that signs what stands before it: 12 with a dash, `— Ada Quill, nurse`;
/// 13 without, behind a paragraph that ends in marks.
fn signs(scene: &Scene, unit: usize) -> Option<u32> {
    let range = &scene.paragraphs[scene.units[unit].paragraph as usize];
    if range.len() > LINE || unit > range.start + 2 || range.start == 0 {
        return None;
    }
    let plain =
        |at: usize| !matches!(scene.units[at].class, Class::Quotation | Class::Said | Class::Claim | Class::Verb);
    if !range.clone().all(plain) {
        return None;
    }
    let dash = |at: usize| {
        scene.page.tokens.all[scene.units[at].first as usize].of(scene.page.text).starts_with(['-', '–', '—', '―'])
    };
    if unit > range.start {
        return (range.start..unit).all(dash).then_some(12);
    }
    (scene.units[range.start - 1].class == Class::Quotation).then_some(13)
}

/// The longest line that signs words, in units.
const LINE: usize = 16;

pub(super) fn is_according(scene: &Scene, to: usize) -> bool {
    let word = |at: usize| scene.page.words[scene.units[at].first as usize].hash;
    to > 0 && word(to) == const { lexicon::hash("to") } && word(to - 1) == const { lexicon::hash("according") }
}
