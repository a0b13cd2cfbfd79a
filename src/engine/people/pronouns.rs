//! Pronouns outside quotation marks: whom `he`, `she` and `who` mean, by a ranker over those named before.

use super::entities::{Entities, Sex};
use super::mentions::Found;
use super::MentionKind;
use crate::engine::analysis::Page;
use crate::engine::lexicon::hash;
use crate::engine::model::linear::Linear;
use crate::engine::model::{Tag, key};
use std::sync::LazyLock;

static MODEL: LazyLock<Linear> = LazyLock::new(|| Linear::read(include_bytes!("../../../assets/model/pronoun.bin")));

/// How many sentences back a name may stand.
const REACH: usize = 12;

/// Points every third-person pronoun outside marks to its entity.
pub fn resolve(page: &Page, found: &[Found], entities: &mut Entities) {
    let mut buffer = Vec::new();
    for n in 0..found.len() {
        if found[n].kind != MentionKind::Pronoun || found[n].quoted {
            continue;
        }
        let list = candidates(page, found, entities, n);
        let best = list
            .iter()
            .map(|candidate| {
                features(page, found, entities, n, candidate, &mut buffer);
                (candidate, if MODEL.is_empty() { -(candidate.rank as f32) } else { MODEL.score(&buffer) })
            })
            .fold(None, |best: Option<(&Candidate, f32)>, next| {
                if best.is_none_or(|(_, score)| next.1 > score) { Some(next) } else { best }
            });
        entities.of[n] = best.map(|(candidate, _)| candidate.entity);
    }
}

/// Somebody whom a pronoun may mean.
#[derive(Debug, Clone, Copy)]
pub struct Candidate {
    /// Who.
    pub entity: usize,
    /// The last mention before the pronoun.
    pub mention: usize,
    /// How many others were mentioned in between.
    pub rank: usize,
    /// How many mentions it has before, up to 9.
    pub count: usize,
}

/// The person a pronoun stands for, its sex, or `None` where it is not resolved.
fn wanted(word: u32) -> Option<Sex> {
    match word {
        word if word == hash("he") || word == hash("him") || word == hash("his") || word == hash("himself") => Some(Sex::Male),
        word if word == hash("she") || word == hash("her") || word == hash("herself") => Some(Sex::Female),
        word if word == hash("who") => Some(Sex::Unknown),
        _ => None,
    }
}

/// Returns the entities that mention `n` may mean, the nearest first.
pub fn candidates(page: &Page, found: &[Found], entities: &Entities, n: usize) -> Vec<Candidate> {
    let word = page.words[found[n].head()].hash;
    let Some(sex) = wanted(word) else { return Vec::new() };
    let sentence = page.tokens.sentence_of(found[n].head());
    let mut out: Vec<Candidate> = Vec::new();
    for m in (0..n).rev() {
        let other = &found[m];
        if page.tokens.sentence_of(other.head()) + REACH < sentence {
            break;
        }
        let Some(entity) = entities.of[m] else { continue };
        let person = entities.all[entity].class == Some(Tag::Person);
        let known = entities.all[entity].sex;
        if !person || sex != Sex::Unknown && known != Sex::Unknown && known != sex {
            continue;
        }
        if let Some(known) = out.iter_mut().find(|candidate| candidate.entity == entity) {
            known.count = (known.count + 1).min(9);
        } else {
            let rank = out.len();
            out.push(Candidate { entity, mention: m, rank, count: 1 });
        }
    }
    out.truncate(12);
    out
}

/// Writes the features of `candidate` for the pronoun `n` into `out`.
pub fn features(page: &Page, found: &[Found], entities: &Entities, n: usize, candidate: &Candidate, out: &mut Vec<u32>) {
    out.clear();
    let word = page.words[found[n].head()].hash;
    let mention = &found[candidate.mention];
    let (here, there) = (found[n].head(), mention.head());
    let sentences = (page.tokens.sentence_of(here) - page.tokens.sentence_of(there)).min(7) as u32;
    let paragraphs = (page.tokens.paragraph_of(here) - page.tokens.paragraph_of(there)).min(4) as u32;
    let sex = entities.all[candidate.entity].sex as u32;
    let rank = candidate.rank.min(5) as u32;
    let count = candidate.count.min(5) as u32;
    let kind = mention.kind as u32;
    let next = page.words.get(mention.tokens.end).map_or(Tag::Stop, |word| word.tag);
    let subject = next.is_finite() || next == Tag::Adverb;
    let sentence = &page.tokens.sentences[page.tokens.sentence_of(there)];
    let first = found[..candidate.mention]
        .iter()
        .rev()
        .take_while(|other| other.tokens.start >= sentence.start)
        .all(|other| other.kind == MentionKind::Nominal || other.quoted);
    let place = u32::from(subject) << 3 | u32::from(first) << 2 | u32::from(mention.modifier) << 1 | u32::from(mention.quoted);
    let near = (here - there).min(3) as u32;
    let full = entities.all[candidate.entity].name.len().min(3) as u32;
    let same_pronoun = u32::from(mention.kind == MentionKind::Pronoun && page.words[mention.head()].hash == word);
    let starts = u32::from(page.tokens.sentences[page.tokens.sentence_of(here)].start == here);
    out.extend([
        key(1, word, sex),
        key(2, sentences, rank),
        key(3, sentences << 8 | paragraphs, kind << 4 | place),
        key(4, rank, sex << 4 | count),
        key(5, place, rank),
        key(6, word, near),
        key(7, same_pronoun, sentences << 4 | rank),
        key(8, count, sentences),
        key(9, full, sex),
        key(10, starts << 8 | sentences, place),
        key(11, kind, rank << 4 | paragraphs),
        key(12, next as u32, sentences),
        key(13, word, rank << 4 | sentences),
    ]);
}
