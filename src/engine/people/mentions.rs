//! Mentions: names with their titles, pronouns, descriptions and handles, found on the tags of the words.

use super::MentionKind;
use crate::engine::lexicon::{ByWord, flag, hash, hashes};
use crate::engine::model::Tag;
use crate::engine::page::Page;
use crate::engine::words::{Shape, Word};
use crate::text::TokenKind;
use std::ops::Range;

/// One mention before it is known who is meant. Ranges are token numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The whole: titles, name, and for descriptions all words up to the head.
    pub tokens: Range<usize>,
    /// The name alone, or the head of a description.
    pub name: Range<usize>,
    /// How it is named.
    pub kind: MentionKind,
    /// What the name names; [`Tag::Other`] for pronouns, [`Tag::Noun`] or [`Tag::Nouns`] for descriptions.
    pub class: Tag,
    /// Whether it stands inside quotation marks.
    pub quoted: bool,
    /// Whether it only specifies the noun behind it: `Trump` in `Trump's aides` and `Trump aides`.
    pub modifier: bool,
}

impl Found {
    /// Makes the mention of the pronoun at token `at`.
    fn pronoun(at: usize, quoted: bool, modifier: bool) -> Self {
        let tokens = at..at + 1;
        Self { name: tokens.clone(), tokens, kind: MentionKind::Pronoun, class: Tag::Other, quoted, modifier }
    }

    /// Returns the token that carries the meaning: the last of the name.
    pub fn head(&self) -> usize {
        self.name.end - 1
    }
}

/// Finds all mentions in order; `quoted` tells for each token whether it stands in quotation marks.
pub fn find(page: &Page, quoted: &[bool]) -> Vec<Found> {
    let surnames = surnames(page);
    let mut out = Vec::new();
    for sentence in &page.tokens.sentences {
        let mut at = sentence.start;
        while at < sentence.end {
            let next = read(page, &surnames, quoted, sentence, at, &mut out);
            at = next.max(at + 1);
        }
    }
    out
}

/// How often a word of the page is tagged as (the last word of) a person's name, and how often otherwise.
type Surnames = ByWord<(u32, u32)>;

fn surnames(page: &Page) -> Surnames {
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
fn class(page: &Page, surnames: &Surnames, at: usize) -> Tag {
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

/// Reads the mention that begins at token `at`, pushes it, and returns the token behind it (or `at`).
fn read(
    page: &Page,
    surnames: &Surnames,
    quoted: &[bool],
    sentence: &Range<usize>,
    at: usize,
    out: &mut Vec<Found>,
) -> usize {
    let words = page.words;
    let word = &words[at];
    if page.text.as_bytes()[page.tokens.all[at].start as usize] == b'@' {
        return handle(page, quoted, sentence, at, out);
    }
    if page.tokens.all[at].kind != TokenKind::Word {
        return at;
    }
    if word.tag == Tag::Pronoun || word.is(flag::PRONOUN) && matches!(word.tag, Tag::Relative | Tag::Other) {
        out.push(Found::pronoun(at, quoted[at], false));
        return at + 1;
    }
    // `Continued Stone`: the cue is no part of the name.
    let named = |next: &Word| {
        next.tag == Tag::Person && !next.is(flag::SAID)
            || class(page, surnames, at + 1) == Tag::Person && at + 1 < sentence.end
    };
    if word.is(flag::SAID) && at == sentence.start && words.get(at + 1).is_some_and(named) {
        return at + 1;
    }
    if let Some(end) = role_alone(words, sentence, at) {
        let first = at - usize::from(at > sentence.start && words[at - 1].hash == const { hash("the") });
        let modifier = words.get(end).filter(|_| end < sentence.end).is_some_and(|next| next.tag == Tag::Genitive);
        let (tokens, name) = (first..end, end - 1..end);
        let quoted = quoted[at];
        out.push(Found { tokens, name, kind: MentionKind::Nominal, class: Tag::Noun, quoted, modifier });
        return end;
    }
    if title_ahead(words, sentence, at) || class(page, surnames, at).is_name() {
        return name(page, surnames, quoted, sentence, at, out);
    }
    if word.tag == Tag::Possessive && word.is(flag::PRONOUN) && !head_is_person(words, sentence, at + 1) {
        // `his comments`: the one who comments is `his`.
        out.push(Found::pronoun(at, quoted[at], true));
        return at + 1;
    }
    if relative_says(words, sentence, at) {
        out.push(Found::pronoun(at, quoted[at], false));
        return at + 1;
    }
    if stands_alone(words, sentence, at) {
        let class = if const { hashes(["another", "one"]) }.contains(&word.hash) { Tag::Noun } else { Tag::Nouns };
        let tokens = at..at + 1;
        let (name, kind) = (tokens.clone(), MentionKind::Nominal);
        out.push(Found { tokens, name, kind, class, quoted: quoted[at], modifier: false });
        return at + 1;
    }
    if matches!(
        word.tag,
        Tag::Determiner
            | Tag::Possessive
            | Tag::Adjective
            | Tag::Noun
            | Tag::Nouns
            | Tag::Number
            | Tag::Participle
            | Tag::Gerund
    ) {
        return description(page, quoted, sentence, at, out);
    }
    at
}

/// Returns the end of a role that is written like a name and stands for one: `the Prime Minister said`, `Mayor of London`.
fn role_alone(words: &[Word], sentence: &Range<usize>, at: usize) -> Option<usize> {
    let capital = |n: &usize| {
        words[*n].tag.is_name()
            && words[*n].shape == Shape::Capital
            && words[*n].is(flag::TITLE | flag::ROLE)
            && !words[*n].is(flag::FIRST | flag::PLURAL | flag::BODY | flag::WEAK)
            && !const { hashes(["republican", "democrat"]) }.contains(&words[*n].hash)
    };
    let end = (at..sentence.end).take_while(capital).last()? + 1;
    let named = |n: Option<usize>| n.and_then(|n| words.get(n)).is_some_and(|word| word.tag.is_name());
    let before = at.checked_sub(1).filter(|before| sentence.contains(before));
    let alone = !named(Some(end)) && !named(before) && !words.get(end).is_some_and(|next| next.tag.is_noun());
    (alone
        && words[end - 1].is(flag::ROLE)
        && words.get(end).is_none_or(|next| next.tag != Tag::Stop || at > sentence.start))
    .then_some(end)
}

/// Tells whether titles begin at `at` and a capitalised name follows them.
fn title_ahead(words: &[Word], sentence: &Range<usize>, at: usize) -> bool {
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

/// Tells whether the noun group at `at` has a person or a body for its head: `his spokesman`, but not `his comments`.
fn head_is_person(words: &[Word], sentence: &Range<usize>, at: usize) -> bool {
    let end = (at..sentence.end)
        .take_while(|&n| {
            matches!(words[n].tag, Tag::Adjective | Tag::Noun | Tag::Nouns | Tag::Number) || words[n].tag.is_name()
        })
        .last();
    end.is_some_and(|head| words[head].is(flag::ROLE | flag::BODY) || words[head].tag.is_name())
}

/// Returns what the name of two words at `at` names, where the tagger gave each another class; else what [`class`] says.
fn whole_class(page: &Page, surnames: &Surnames, sentence: &Range<usize>, at: usize, titled: bool) -> Tag {
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

fn is_small_link(word: &Word) -> bool {
    // Particles of names and the links inside names of organisations.
    const { hashes(["of", "for", "and", "the", "&", "on"]) }.contains(&word.hash)
}

fn is_particle(word: &Word) -> bool {
    const { hashes(["de", "van", "von", "der", "bin", "al", "la", "del", "da", "di", "el", "ibn", "le", "du"]) }
        .contains(&word.hash)
}

fn name(
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
    if let Some(office) = office(words, first).filter(|_| first == at && kind == Tag::Person) {
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

/// Tells whether a word says something: a verb of saying with a subject.
fn says(word: &Word) -> bool {
    word.is(flag::SAID) && word.tag.is_finite()
}

/// Tells whether a word that counts or points stands for somebody here: `another said`, `tweeted one.`, `said one of them`.
fn stands_alone(words: &[Word], sentence: &Range<usize>, at: usize) -> bool {
    if !const { hashes(["another", "one", "several", "most", "many", "some", "few", "half", "both"]) }
        .contains(&words[at].hash)
    {
        return false;
    }
    let next = words.get(at + 1).filter(|_| at + 1 < sentence.end);
    let after = words.get(at + 2).filter(|_| at + 2 < sentence.end);
    let before = at.checked_sub(1).filter(|before| sentence.contains(before)).map(|before| &words[before]);
    let speaks = next.is_some_and(says) || next.is_some_and(|next| next.tag == Tag::Adverb) && after.is_some_and(says);
    let ends = next.is_none_or(|next| {
        matches!(next.tag, Tag::Stop | Tag::Comma | Tag::Relative) || next.hash == const { hash("of") }
    });
    speaks || ends && before.is_some_and(says)
}

/// Tells whether `that` or `which` at `at` says something: `a sign that read`.
fn relative_says(words: &[Word], sentence: &Range<usize>, at: usize) -> bool {
    const { hashes(["that", "which"]) }.contains(&words[at].hash)
        && at > sentence.start
        && (words[at - 1].tag.is_noun() || words[at - 1].tag == Tag::Comma && words[at].hash == const { hash("which") })
        && words.get(at + 1).is_some_and(|next| at + 1 < sentence.end && says(next))
}

fn description(page: &Page, quoted: &[bool], sentence: &Range<usize>, at: usize, out: &mut Vec<Found>) -> usize {
    let words = page.words;
    let mut head = None;
    let mut end = at;
    while end < sentence.end {
        let word = &words[end];
        match word.tag {
            Tag::Noun | Tag::Nouns => head = Some(end),
            Tag::Determiner | Tag::Possessive | Tag::Number if head.is_none() => {
                // `some`, `many`, `both` can stand alone.
                if word.is(flag::ROLE) && word.is(flag::PLURAL) {
                    head = Some(end);
                }
            }
            Tag::Adjective | Tag::Participle | Tag::Gerund if head.is_none() => {
                if word.is(flag::ROLE)
                    && !words.get(end + 1).is_some_and(|next| next.tag.is_noun() || next.tag == Tag::Adjective)
                {
                    head = Some(end);
                }
            }
            _ => break,
        }
        if word.tag == Tag::Noun && words.get(end + 1).is_some_and(|next| next.tag.is_name()) {
            // The name that follows takes the role as its title.
            break;
        }
        end += 1;
    }
    let Some(head) = head else { return at + 1 };
    let modifier =
        words.get(head + 1).filter(|_| head + 1 < sentence.end).is_some_and(|next| next.tag == Tag::Genitive);
    out.push(Found {
        tokens: at..head + 1,
        name: head..head + 1,
        kind: MentionKind::Nominal,
        class: if words[head].tag == Tag::Nouns || words[head].is(flag::PLURAL) { Tag::Nouns } else { Tag::Noun },
        quoted: quoted[head],
        modifier,
    });
    head + 1
}

fn handle(page: &Page, quoted: &[bool], sentence: &Range<usize>, at: usize, out: &mut Vec<Found>) -> usize {
    let tokens = &page.tokens.all;
    let mut end = at + 1;
    while end < sentence.end
        && tokens[end].start == tokens[end - 1].end
        && (tokens[end].kind != TokenKind::Punct && tokens[end].kind != TokenKind::Mark
            || page.text.as_bytes()[tokens[end].start as usize] == b'_')
    {
        end += 1;
    }
    if end > at + 1 {
        out.push(Found {
            tokens: at..end,
            name: at + 1..end,
            kind: MentionKind::Handle,
            class: Tag::Person,
            quoted: quoted[at],
            modifier: false,
        });
    }
    end
}

#[cfg(test)]
mod tests {
    use crate::engine::{Cancel, Options, analyze};

    /// Returns the words that name the source of each quotation, in their order.
    fn sources(text: &str) -> Vec<String> {
        let analysis = analyze(text, &Options::default(), &Cancel::default()).expect("nobody cancels");
        let mentions = analysis.quotes.iter().map(|quote| quote.mention.map(|span| span.of(&analysis.clean.text)));
        mentions.map(|mention| mention.unwrap_or_default().to_owned()).collect()
    }

    #[test]
    fn a_role_before_a_name_hides_no_other_name() {
        let text = "“This shows donors that the ferry can change,” said Republican strategist Ryan Hale.";
        assert_eq!(sources(text), ["strategist Ryan Hale"]);
        let captain = "“We are ready for the flood,” said Navy Capt. Jeff Davis.";
        assert_eq!(sources(captain), ["Capt. Jeff Davis"]);
    }

    #[test]
    fn an_office_belongs_to_the_name_behind_it() {
        let text = "Secretary of State Madeleine Hale said, “There is a place for every harbour.”";
        assert_eq!(sources(text), ["Secretary of State Madeleine Hale"]);
    }

    #[test]
    fn words_that_count_or_point_can_speak() {
        let text = "“Better watch the water,” wrote one neighbour. “So it is,” tweeted another. \
                    “The pier is lost,” said one of the two divers.";
        assert_eq!(sources(text), ["one neighbour", "another", "one"]);
        let sign = "Along the quay hung a banner that said, “No boat lands here after dark.”";
        assert_eq!(sources(sign), ["that"]);
    }
}
