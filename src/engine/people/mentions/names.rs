//! Names: where one begins, with its titles, and where it ends.

use super::Found;
use super::classes::{Surnames, class, whole_class};
use crate::engine::lexicon::{flag, hash, hashes};
use crate::engine::model::Tag;
use crate::engine::page::Page;
use crate::engine::people::MentionKind;
use crate::engine::words::{Shape, Word};
use std::ops::Range;

/// Reads the name that begins at token `at`, with the titles, roles and office before it, pushes it, and returns the token
/// behind it.
pub fn name(
    page: &Page,
    surnames: &Surnames,
    quoted: &[bool],
    sentence: &Range<usize>,
    at: usize,
    out: &mut Vec<Found>,
) -> usize {
    let words = page.words;
    let mut start = at;
    while start < sentence.end && words[start].is(flag::TITLE) {
        // `Chief` of `Chief Executive` and first names that are titles too (`King`) need a name behind them.
        let mut next = start + 1;
        if next < sentence.end && words[next].tag == Tag::Stop {
            next += 1;
        }
        let named = next < sentence.end
            && matches!(words[next].shape, Shape::Capital | Shape::Mixed | Shape::Initial | Shape::Upper)
            && (words[next].tag.is_name() || words[next].is(flag::TITLE) || words[start].is(flag::MALE | flag::FEMALE))
            && !words[next].is(flag::FUNCTION | flag::PRONOUN);
        if !named {
            break;
        }
        start = next;
    }
    let titled = start > at;
    let mut kind = whole_class(page, surnames, sentence, start, titled);
    if titled && (!kind.is_name() || kind != Tag::Person && words[at].is(flag::MALE | flag::FEMALE)) {
        kind = Tag::Person;
    }
    let mut end = start + 1;
    while end < sentence.end {
        let word = &words[end];
        let previous = &words[end - 1];
        let touching = page.tokens.all[end].start == page.tokens.all[end - 1].end;
        if word.shape == Shape::Mark && kind == Tag::Person && !touching {
            // `Juan "Chico" Manriquez`
            let close = (end + 2..(end + 4).min(sentence.end)).find(|&n| words[n].tag == Tag::Mark);
            if let Some(close) = close {
                let word_behind = words.get(close + 1).filter(|_| close + 1 < sentence.end);
                if word_behind
                    .is_some_and(|next| matches!(next.shape, Shape::Capital | Shape::Mixed) && next.tag.is_name())
                {
                    end = close + 2;
                    continue;
                }
            }
            break;
        }
        if word.tag == Tag::Stop && touching {
            // The dot of an initial or of `Jr.` within a name.
            let goes_on = end + 1 < sentence.end && words[end + 1].tag.is_name();
            if matches!(previous.shape, Shape::Initial) && goes_on
                || const { hashes(["jr", "sr", "st"]) }.contains(&previous.hash)
            {
                end += 1;
                continue;
            }
            break;
        }
        let suffix = const { hashes(["jr", "sr", "ii", "iii", "iv"]) }.contains(&word.hash);
        if suffix && kind == Tag::Person && word.shape != Shape::Lower {
            end += 1;
            let dot = words.get(end).is_some_and(|next| next.tag == Tag::Stop) && end < sentence.end;
            if dot && page.tokens.all[end].start == page.tokens.all[end - 1].end && end + 1 < sentence.end {
                end += 1;
            }
            break;
        }
        let same = match kind {
            Tag::Person => {
                // The verb `may` has no capital behind a first name.
                let may = word.shape == Shape::Capital && words[end - 1].is(flag::FIRST) && word.hash == hash("may");
                // `Peter T. King`: what follows an initial is a surname.
                let behind_initial = previous.tag == Tag::Stop
                    && words[end - 2].shape == Shape::Initial
                    && word.tag.is_name()
                    && matches!(word.shape, Shape::Capital | Shape::Mixed);
                // `Tad Pine`, where the article says `Pine said` elsewhere.
                let surname = end == start + 1
                    && words[start].tag == Tag::Person
                    && !word.tag.is_name()
                    && class(page, surnames, end) == Tag::Person;
                word.tag == Tag::Person
                    || may
                    || surname
                    || behind_initial
                    || end == start + 1
                        && (words[start].is(flag::FIRST) || titled)
                        && matches!(word.shape, Shape::Capital | Shape::Mixed)
                        && !word.is(flag::ORG
                            | flag::WEAK
                            | flag::TITLE
                            | flag::ROLE
                            | flag::FUNCTION
                            | flag::PRONOUN
                            | flag::SAID)
                        && (word.tag.is_name()
                            || matches!(word.tag, Tag::Noun | Tag::Nouns | Tag::Adjective | Tag::Other | Tag::Base))
            }
            Tag::Organisation => {
                word.tag == Tag::Organisation || word.tag == Tag::Proper || word.tag.is_name() && word.is(flag::ORG)
            }
            Tag::Place => word.tag == Tag::Place || word.tag.is_name() && word.is(flag::ORG),
            _ => word.tag == Tag::Proper || word.tag.is_name() && word.is(flag::ORG),
        };
        let begins_person = kind != Tag::Person
            && word.is(flag::FIRST)
            && words.get(end + 1).is_some_and(|next| next.tag == Tag::Person)
            && !words[start].is(flag::FIRST)
            || kind != Tag::Person && titles_person(words, sentence, end);
        if same && !matches!(word.shape, Shape::Lower | Shape::Punct | Shape::Mark) && !begins_person {
            end += 1;
            continue;
        }
        let next_named = words.get(end + 1).filter(|_| end + 1 < sentence.end).is_some_and(|next| {
            next.shape != Shape::Lower
                && if kind == Tag::Person {
                    next.tag == Tag::Person
                } else {
                    next.tag == Tag::Organisation || previous.is(flag::ORG) && next.tag.is_name()
                }
        });
        let body = kind == Tag::Organisation || previous.is(flag::ORG) && const { hash("of") } == word.hash;
        if next_named
            && (kind == Tag::Person && is_particle(word) || kind != Tag::Person && body && is_small_link(word))
        {
            if kind != Tag::Person {
                kind = Tag::Organisation;
            }
            end += 2;
            continue;
        }
        break;
    }
    // An abbreviated title without a name is nobody's: `the former Gov. and senator`.
    let abbreviated = words[start].is(flag::TITLE)
        && !words[start].is(flag::FIRST)
        && words
            .get(end)
            .is_some_and(|next| next.tag == Tag::Stop && page.tokens.all[end].start == page.tokens.all[end - 1].end)
        && end + 1 < sentence.end;
    if end == start + 1 && (words[start].shape == Shape::Initial || abbreviated) {
        return end;
    }
    if words[start..end].iter().any(|word| word.is(flag::ORG))
        && kind != Tag::Organisation
        && end - start > 1
        && !titled
    {
        let last_org = words[end - 1].is(flag::ORG);
        if last_org || kind != Tag::Person {
            kind = Tag::Organisation;
        }
    }
    // `London Mayor Sadiq Khan`: lower-case roles and titles before the name belong to it, but no other name:
    // `Republican strategist Ryan Hale`.
    let mut first = at;
    if start == at && end == at + 1 && kind == Tag::Person {
        first = unknown_first_name(page, sentence, at);
        start = first;
    }
    let begin = first;
    let names = out.iter().rev().take_while(|last| last.tokens.end > sentence.start);
    let low = names.filter(|last| last.kind != MentionKind::Nominal).map(|last| last.tokens.end).max();
    let low = low.unwrap_or(sentence.start).max(sentence.start);
    while first > low
        && words[first - 1].is(flag::TITLE | flag::ROLE)
        && kind == Tag::Person
        && words[first - 1].tag.is_noun()
    {
        first -= 1;
    }
    if let Some(office) = office(words, first).filter(|_| first == begin && kind == Tag::Person) {
        first = office.max(sentence.start);
    }
    while first < at && out.last().is_some_and(|last| last.tokens.end > first) {
        out.pop();
    }
    let modifier = words.get(end).filter(|_| end < sentence.end).is_some_and(|next| {
        matches!(next.tag, Tag::Genitive | Tag::Noun | Tag::Nouns)
            || next.tag.is_name() && end < sentence.end
            || matches!(next.tag, Tag::Adjective | Tag::Other)
                && words.get(end + 1).is_some_and(|after| after.tag.is_noun())
    });
    out.push(Found {
        tokens: first..end,
        name: start..end,
        kind: MentionKind::Name,
        class: kind,
        quoted: quoted[start],
        modifier,
    });
    end
}

/// Tells whether titles begin at `at` and a capitalised name follows them.
pub fn title_ahead(words: &[Word], sentence: &Range<usize>, at: usize) -> bool {
    let mut n = at;
    while n < sentence.end && words[n].is(flag::TITLE) && matches!(words[n].shape, Shape::Capital | Shape::Upper) {
        n += 1;
        if n < sentence.end && words[n].tag == Tag::Stop && words[n].shape == Shape::Punct {
            n += 1;
        }
    }
    n > at
        && n < sentence.end
        && matches!(words[n].shape, Shape::Capital | Shape::Mixed | Shape::Initial | Shape::Upper)
        && !words[n].is(flag::FUNCTION | flag::PRONOUN)
        && (words[n].tag.is_name()
            || words[at].is(flag::MALE | flag::FEMALE)
            || !words[n].is(flag::ROLE | flag::BODY | flag::ORG)
                && words
                    .get(n + 1)
                    .is_some_and(|next| matches!(next.shape, Shape::Capital | Shape::Mixed) && next.tag.is_name()))
}

/// Tells whether titles of a person who is named behind them begin at `at`: `Navy Capt. Ben Hale`.
fn titles_person(words: &[Word], sentence: &Range<usize>, at: usize) -> bool {
    let mut n = at;
    while n < sentence.end && words[n].is(flag::TITLE) && words[n].shape == Shape::Capital {
        n += 1;
        if n < sentence.end && words[n].tag == Tag::Stop && words[n].shape == Shape::Punct {
            n += 1;
        }
    }
    n > at && n < sentence.end && words[n].tag == Tag::Person && matches!(words[n].shape, Shape::Capital | Shape::Mixed)
}

/// Returns where the name at `at` begins with a first name that the tagger does not know: `substitute Kwame Boadu`; at the head
/// of a sentence, `Sal Romano is late`, only where the page does not write the word small.
fn unknown_first_name(page: &Page, sentence: &Range<usize>, at: usize) -> usize {
    let words = page.words;
    let Some(before) = at.checked_sub(1).filter(|before| sentence.contains(before)) else { return at };
    let word = &words[before];
    let plain = matches!(word.shape, Shape::Capital) && word.flags & !(flag::FIRST | flag::MALE | flag::FEMALE) == 0;
    let role = |word: &Word| word.is(flag::ROLE | flag::TITLE) || matches!(word.shape, Shape::Lower | Shape::Punct);
    let inner = before > sentence.start && role(&words[before - 1]);
    // At the head of a sentence everything has a capital: `Several Cruz supporters`, where Ted Cruz is named.
    let small = |other: &Word| other.hash == word.hash && other.shape == Shape::Lower;
    let bears =
        |pair: &[Word]| pair[1].hash == words[at].hash && pair[0].tag == Tag::Person && pair[0].hash != word.hash;
    let free = || !words.iter().any(small) && !words.windows(2).any(bears);
    let may = !matches!(word.tag, Tag::Determiner | Tag::Preposition | Tag::Number | Tag::Adverb | Tag::Past);
    let head = before == sentence.start && may && matches!(words[at].shape, Shape::Capital) && free();
    if plain && (inner || head) { before } else { at }
}

fn is_small_link(word: &Word) -> bool {
    // Particles of names and the links inside names of organisations.
    const { hashes(["of", "for", "and", "the", "&", "on"]) }.contains(&word.hash)
}

fn is_particle(word: &Word) -> bool {
    const { hashes(["de", "van", "von", "der", "bin", "al", "la", "del", "da", "di", "el", "ibn", "le", "du"]) }
        .contains(&word.hash)
}

/// Returns where the office begins that stands before the name at `at`: `secretary of state Ada Hale`.
fn office(words: &[Word], at: usize) -> Option<usize> {
    let [role, of, field] = words.get(at.checked_sub(3)?..at)? else { return None };
    let is_office = role.is(flag::ROLE)
        && !role.is(flag::PLURAL)
        && role.tag.is_noun()
        && of.hash == const { hash("of") }
        && field.tag.is_noun()
        && field.tag != Tag::Person
        && !field.is(flag::ROLE | flag::TITLE | flag::PLURAL | flag::BODY);
    is_office.then(|| at - 3)
}
