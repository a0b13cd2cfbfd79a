//! What a name names: the tagger's word for it, mended by titles and by what the page says of the same word elsewhere.

use super::says;
use crate::engine::lexicon::{ByWord, flag};
use crate::engine::model::Tag;
use crate::engine::page::Page;
use crate::engine::words::{Shape, Word};
use std::ops::Range;

/// How often a word of the page is tagged as (the last word of) a person's name, and how often otherwise.
pub type Surnames = ByWord<(u32, u32)>;

/// Counts for each word of the page how often it is tagged so.
pub fn surnames(page: &Page) -> Surnames {
    let mut out = Surnames::default();
    for (at, word) in page.words.iter().enumerate() {
        if !word.tag.is_name() {
            // `Norman Ham`: a capital behind a first name is a surname, whatever the tagger says.
            let named = at > 0 && page.words[at - 1].tag == Tag::Person && page.words[at - 1].is(flag::FIRST);
            let plain = matches!(word.tag, Tag::Noun | Tag::Nouns | Tag::Adjective | Tag::Other);
            // `,” Pine said`: nor is what speaks between a quotation and its verb.
            let speaks = at > 0
                && page.words[at - 1].shape == Shape::Mark
                && page.words.get(at + 1).is_some_and(says)
                && !word.is(flag::WEAK | flag::ORG | flag::BODY);
            if (named || speaks)
                && plain
                && word.shape == Shape::Capital
                && !word.is(flag::FUNCTION | flag::ROLE | flag::SAID)
            {
                out.entry(word.hash).or_default().0 += 3;
            }
            continue;
        }
        let next = page.words.get(at + 1).map_or(Tag::Other, |word| word.tag);
        let entry = out.entry(word.hash).or_default();
        if word.tag == Tag::Person && next != Tag::Person {
            let full = at > 0 && page.words[at - 1].tag == Tag::Person;
            entry.0 += if full { 3 } else { 1 };
        } else if word.tag != Tag::Person {
            entry.1 += 1;
        }
    }
    out
}

/// Returns what the name at `at` names, corrected by its title and by what the page says elsewhere.
pub fn class(page: &Page, surnames: &Surnames, at: usize) -> Tag {
    let word = &page.words[at];
    if !word.tag.is_name() {
        let capital = matches!(word.shape, Shape::Capital | Shape::Mixed)
            && !word.is(flag::FUNCTION | flag::PRONOUN | flag::ROLE | flag::WEAK)
            && !matches!(word.tag, Tag::Pronoun | Tag::Determiner | Tag::Preposition | Tag::Number);
        if !capital {
            return word.tag;
        }
        let (person, other) = surnames.get(&word.hash).copied().unwrap_or_default();
        if person >= 2 && person > other {
            return Tag::Person;
        }
        // In the middle of a sentence only names have capitals, but for headlines.
        let inner = at > 0 && matches!(page.words[at - 1].shape, Shape::Lower);
        let lower_ahead =
            page.words.get(at + 1).is_none_or(|next| !matches!(next.shape, Shape::Capital | Shape::Upper));
        if inner
            && lower_ahead
            && matches!(word.tag, Tag::Noun | Tag::Nouns | Tag::Other)
            && !word.is(flag::TITLE | flag::ORG)
        {
            return Tag::Proper;
        }
        return word.tag;
    }
    if word.is(flag::WEAK) {
        return word.tag;
    }
    let before_person = page.words.get(at + 1).is_some_and(|next| next.tag == Tag::Person);
    if word.is(flag::FIRST) && word.tag != Tag::Person && before_person {
        return Tag::Person;
    }
    let alone = !page.words.get(at + 1).is_some_and(|next| next.tag.is_name())
        && !at.checked_sub(1).is_some_and(|before| page.words[before].tag.is_name());
    if !alone {
        return word.tag;
    }
    if word.is(flag::FUNCTION) {
        return Tag::Other;
    }
    let (person, other) = surnames.get(&word.hash).copied().unwrap_or_default();
    let text = page.tokens.all[at].of(page.text);
    let clan = text.len() > 4 && (text.starts_with("Mc") || text.starts_with("O’") || text.starts_with("O'"));
    if word.tag != Tag::Person && (person > other || clan) {
        return Tag::Person;
    }
    if word.tag == Tag::Person && (word.is(flag::PLACE) && person <= 2 * other.max(1) || other > person) {
        return Tag::Place;
    }
    word.tag
}

/// Returns what the name of two words at `at` names, where the tagger gave each another class; else what [`class`] says.
pub fn whole_class(page: &Page, surnames: &Surnames, sentence: &Range<usize>, at: usize, titled: bool) -> Tag {
    let words = page.words;
    let kind = class(page, surnames, at);
    let capital = |word: &Word| matches!(word.shape, Shape::Capital | Shape::Mixed);
    let Some(next) = words.get(at + 1).filter(|next| at + 1 < sentence.end && next.tag.is_name() && capital(next))
    else {
        return kind;
    };
    let none = flag::WEAK | flag::ORG | flag::TITLE | flag::ROLE | flag::FUNCTION | flag::SAID | flag::PLACE;
    let (first, plain) = (&words[at], !words[at].is(none) && capital(&words[at]));
    if titled && first.is(flag::FIRST) && !next.is(flag::ORG | flag::WEAK) {
        return Tag::Person;
    }
    let longer = words.get(at + 2).is_some_and(|after| at + 2 < sentence.end && after.tag.is_name());
    let before = at.checked_sub(1).filter(|_| at > sentence.start).map(|before| words[before].shape);
    if longer || !matches!(before, Some(Shape::Lower | Shape::Punct)) || next.is(flag::FIRST) {
        return kind;
    }
    // A first name that no list has.
    if kind == Tag::Proper && next.tag == Tag::Person && plain { Tag::Person } else { kind }
}
