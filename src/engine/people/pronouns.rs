//! Pronouns outside quotation marks: whom `he`, `she` and `who` mean, by a ranker over those named before.

use super::MentionKind;
use super::entities::{Entities, Sex};
use super::mentions::Found;
use crate::engine::lexicon::{flag, hash, hashes};
use crate::engine::model::linear::{Adapted, Ranking};
use crate::engine::model::{Tag, key};
use crate::engine::page::Page;
use crate::engine::words::Word;
use std::sync::LazyLock;

/// The model built in.
pub static MODEL: LazyLock<Adapted> = LazyLock::new(|| {
    Adapted::read(
        include_bytes!("../../../assets/model/pronoun.bin"),
        include_bytes!("../../../assets/model/pronoun_damaged.bin"),
    )
});

/// How many sentences back a name may stand.
const REACH: usize = 12;

/// Points every third-person pronoun outside marks to its entity by `model`; a pronoun that is sure tells the sex of a name.
pub fn resolve(page: &Page, found: &[Found], entities: &mut Entities, model: &Adapted) {
    let mut ranking = Ranking::default();
    let damaged = page.is_damaged();
    for n in 0..found.len() {
        if found[n].kind != MentionKind::Pronoun || found[n].quoted || antecedent(page, found, n).is_some() {
            continue;
        }
        let list = candidates(page, found, entities, n);
        // Without a model the nearest.
        ranking.begin();
        for candidate in &list {
            ranking.add(|out| features(page, found, entities, n, candidate, out));
        }
        let (best, odds) = ranking.best(model, damaged);
        let entity = list.get(best).map(|candidate| candidate.entity);
        let odds = odds.get(best).copied().unwrap_or(1.0);
        point(page, found, entities, n, entity, odds);
    }
}

/// Points each `who` that follows a description to whom that means: `a Warren adviser, who was not named`. To be called when
/// descriptions are resolved.
pub fn relatives(page: &Page, found: &[Found], entities: &mut Entities) {
    for n in 0..found.len() {
        if let Some(before) = antecedent(page, found, n) {
            entities.of[n] = entities.of[before];
            entities.odds[n] = entities.odds[before];
        }
    }
}

/// Returns the description of a person that a pronoun takes up: `who` stands behind it, with a comma or without; `he` and
/// `she` go on with somebody without a name who has just spoken, `a neighbour said`.
pub fn antecedent(page: &Page, found: &[Found], n: usize) -> Option<usize> {
    if found[n].kind != MentionKind::Pronoun || found[n].quoted {
        return None;
    }
    let word = page.words[found[n].head()].hash;
    let sex = match wanted(word)? {
        Wanted::Person(sex) => sex,
        Wanted::Body => return None,
    };
    if sex != Sex::Unknown {
        return unnamed_speaker(page, found, n, sex);
    }
    let before = n.checked_sub(1)?;
    let gap = found[before].tokens.end..found[n].tokens.start;
    let beside = gap.is_empty() || gap.len() == 1 && page.words[gap.start].tag == Tag::Comma;
    let person = found[before].kind == MentionKind::Nominal && page.words[found[before].head()].is(flag::ROLE);
    (beside && person).then_some(before)
}

/// Returns the last who spoke before pronoun `n` in its paragraph, where that is one person who was brought in without a name,
/// and nobody was named since.
fn unnamed_speaker(page: &Page, found: &[Found], n: usize, sex: Sex) -> Option<usize> {
    let paragraph = page.tokens.paragraph_of(found[n].head());
    let told = |m: &usize| !found[*m].quoted && page.tokens.paragraph_of(found[*m].head()) == paragraph;
    let since = (0..n).rev().take_while(|&m| page.tokens.paragraph_of(found[m].head()) == paragraph);
    let others = since.filter(told).take_while(|&m| {
        found[m].kind != MentionKind::Name && found[m].kind != MentionKind::Handle || found[m].class != Tag::Person
    });
    // `A spokeswoman, reached by telephone, said`
    let said = |m: usize| {
        let end = page.tokens.sentences[page.tokens.sentence_of(found[m].head())].end;
        let reports = |word: &Word| word.is(flag::SAID) && word.tag.is_finite();
        speaks(page, &found[m]) > 0 || page.words[found[m].tokens.end.min(end)..end].iter().any(reports)
    };
    let brought_in = |&m: &usize| {
        let head = &page.words[found[m].head()];
        let first = page.words[found[m].tokens.start].hash;
        let other = if sex == Sex::Male { flag::FEMALE } else { flag::MALE };
        found[m].kind == MentionKind::Nominal
            && const { hashes(["a", "an", "another", "one"]) }.contains(&first)
            && !head.is(flag::PLURAL | other)
            && page.tokens.sentence_of(found[m].head()) < page.tokens.sentence_of(found[n].head())
            && (head.is(flag::ROLE) && said(m)
                || page.words.get(found[m].tokens.end).is_some_and(|word| word.hash == WHO))
    };
    // At the head of its sentence or behind its verb: elsewhere it says what somebody named is.
    let subject = |m: &usize| {
        let start = found[*m].tokens.start;
        page.tokens.sentences[page.tokens.sentence_of(start)].start == start || speaks(page, &found[*m]) == 2
    };
    others.filter(brought_in).find(subject)
}

const WHO: u32 = hash("who");

/// Points pronoun `n` to `entity`, as likely as `odds`; one that is sure tells the sex of a name.
pub fn point(page: &Page, found: &[Found], entities: &mut Entities, n: usize, entity: Option<usize>, odds: f32) {
    entities.of[n] = entity;
    entities.odds[n] = odds;
    if let (Some(entity), Some(Wanted::Person(sex))) = (entity, wanted(page.words[found[n].head()].hash)) {
        let entity = &mut entities.all[entity];
        if odds > SURE && entity.sex == Sex::Unknown {
            entity.sex = sex;
        }
    }
}

/// From which probability on a pronoun tells the sex of whom it means.
const SURE: f32 = 0.8;

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

/// What a pronoun stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Person(Sex),
    Body,
}

/// Returns what a pronoun stands for, or `None` where it is not resolved.
fn wanted(word: u32) -> Option<Wanted> {
    if const { hashes(["he", "him", "his", "himself"]) }.contains(&word) {
        Some(Wanted::Person(Sex::Male))
    } else if const { hashes(["she", "her", "herself"]) }.contains(&word) {
        Some(Wanted::Person(Sex::Female))
    } else if const { hash("who") } == word {
        Some(Wanted::Person(Sex::Unknown))
    } else if const { hashes(["it", "its", "they", "which"]) }.contains(&word) {
        Some(Wanted::Body)
    } else {
        None
    }
}

/// Returns the entities that mention `n` may mean, the nearest first; what stands outside marks goes before what stands in
/// them.
pub fn candidates(page: &Page, found: &[Found], entities: &Entities, n: usize) -> Vec<Candidate> {
    let word = page.words[found[n].head()].hash;
    let Some(wanted) = wanted(word) else { return Vec::new() };
    let sentence = page.tokens.sentence_of(found[n].head());
    let mut out: Vec<Candidate> = Vec::with_capacity(16);
    for m in (0..n).rev() {
        let other = &found[m];
        if page.tokens.sentence_of(other.head()) + REACH < sentence {
            break;
        }
        let Some(entity) = entities.of[m] else { continue };
        let person = entities.all[entity].class == Some(Tag::Person);
        let known = entities.all[entity].sex;
        let fits = match wanted {
            Wanted::Person(sex) => person && (sex == Sex::Unknown || known == Sex::Unknown || known == sex),
            Wanted::Body => !person,
        };
        if !fits {
            continue;
        }
        if let Some(known) = out.iter_mut().find(|candidate| candidate.entity == entity) {
            known.count = (known.count + 1).min(9);
            if found[known.mention].quoted && !other.quoted {
                known.mention = m;
            }
        } else {
            let rank = out.len();
            out.push(Candidate { entity, mention: m, rank, count: 1 });
        }
    }
    out.truncate(14);
    // Those named outside marks, nearest first, then the others.
    out.sort_by_key(|candidate| (found[candidate.mention].quoted, std::cmp::Reverse(candidate.mention)));
    for (rank, candidate) in out.iter_mut().enumerate() {
        candidate.rank = rank;
    }
    out
}

/// Tells whether a verb of saying stands beside a mention: 1 behind it, 2 before it, 0 nowhere.
fn speaks(page: &Page, mention: &Found) -> u32 {
    let said = |at: Option<usize>| {
        at.and_then(|at| page.words.get(at)).is_some_and(|word| word.reports() && word.tag.is_verb())
    };
    if said(Some(mention.tokens.end)) || said(Some(mention.tokens.end + 1)) {
        1
    } else if said(mention.tokens.start.checked_sub(1)) {
        2
    } else {
        0
    }
}

/// Tells whether an entity is named within the quotation that stands in the sentence of mention `n`: nobody calls himself
/// by his name.
fn is_spoken_of(page: &Page, found: &[Found], entities: &Entities, n: usize, entity: usize) -> bool {
    let sentence = page.tokens.sentence_of(found[n].head());
    let beside = |m: &usize| page.tokens.sentence_of(found[*m].head()) == sentence;
    let names = |m: usize| found[m].quoted && entities.of[m] == Some(entity) && found[m].kind == MentionKind::Name;
    (0..n).rev().take_while(beside).any(names) || (n + 1..found.len()).take_while(beside).any(names)
}

/// Adds the features of `candidate` for the pronoun `n` to `out`.
pub fn features(
    page: &Page,
    found: &[Found],
    entities: &Entities,
    n: usize,
    candidate: &Candidate,
    out: &mut Vec<u32>,
) {
    let word = page.words[found[n].head()].hash;
    let mention = &found[candidate.mention];
    let (here, there) = (found[n].head(), mention.head());
    let sentences = (page.tokens.sentence_of(here) - page.tokens.sentence_of(there)).min(7) as u32;
    let paragraphs = match page.density() {
        0 => (page.tokens.paragraph_of(here) - page.tokens.paragraph_of(there)).min(4) as u32,
        // Breaks were lost: how many there are tells little.
        density => 4 + density,
    };
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
    let place =
        u32::from(subject) << 3 | u32::from(first) << 2 | u32::from(mention.modifier) << 1 | u32::from(mention.quoted);
    let near = (here - there).min(3) as u32;
    let full = entities.all[candidate.entity].name.len().min(3) as u32;
    let same_pronoun = u32::from(mention.kind == MentionKind::Pronoun && page.words[mention.head()].hash == word);
    let starts = u32::from(page.tokens.sentences[page.tokens.sentence_of(here)].start == here);
    let speaks_here = speaks(page, &found[n]);
    let spoke_before = speaks(page, mention);
    let first_person = u32::from(entities.all[candidate.entity].mentions.first() == Some(&candidate.mention));
    // Whether somebody else spoke in between; mostly just before the pronoun.
    let other_spoke = found[candidate.mention + 1..n]
        .iter()
        .rev()
        .any(|other| !other.quoted && other.kind == MentionKind::Name && speaks(page, other) > 0);
    let bearer = &found[entities.all[candidate.entity].fullest];
    // A first name of the list or a title shows that somebody is meant, and no heading.
    let sure = bearer.tokens.start < bearer.name.start || page.words[bearer.name.start].is(flag::FIRST);
    let title = u32::from(mention.tokens.start < mention.name.start);
    let named = &entities.all[candidate.entity].mentions;
    let all = (named.len() as u32).checked_ilog2().unwrap_or(0).min(5);
    let headline = page.tokens.paragraph_of(found[named[0]].head()) == 0;
    let spoken_of = u32::from(is_spoken_of(page, found, entities, n, candidate.entity));
    out.extend([
        key(30, spoken_of, speaks_here),
        key(32, sex << 4 | rank, place),
        key(33, sex, sentences << 4 | rank),
        key(34, all, sentences),
        key(35, all << 4 | sex, rank),
        key(36, all << 4 | u32::from(headline), count),
        key(31, spoken_of << 4 | rank, speaks_here << 4 | sentences),
        key(21, speaks_here << 4 | spoke_before, rank),
        key(22, speaks_here << 4 | spoke_before, sentences << 4 | u32::from(mention.quoted)),
        key(23, u32::from(other_spoke), spoke_before << 4 | speaks_here),
        key(24, u32::from(other_spoke) << 4 | rank, sentences),
        key(25, first_person << 4 | title, sentences),
        key(27, u32::from(sure) << 4 | full, count),
        key(28, u32::from(sure), sentences << 4 | rank),
        key(26, place, paragraphs << 4 | spoke_before),
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
