//! Descriptions: noun groups, roles that stand for a name, and words that count or point.

use super::{Found, says};
use crate::engine::lexicon::{flag, hash, hashes};
use crate::engine::model::Tag;
use crate::engine::page::Page;
use crate::engine::people::MentionKind;
use crate::engine::words::{Shape, Word};
use std::ops::Range;

/// Reads the noun group that begins at token `at`, pushes it where it has a head, and returns the token behind it.
pub fn description(page: &Page, quoted: &[bool], sentence: &Range<usize>, at: usize, out: &mut Vec<Found>) -> usize {
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
    // `The trust today announced`: the day announces nothing.
    if head == at && const { hashes(["today", "yesterday", "tomorrow", "tonight"]) }.contains(&words[head].hash) {
        return at + 1;
    }
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

/// Returns the end of a role that is written like a name and stands for one: `the Prime Minister said`, `Mayor of London`.
pub fn role_alone(words: &[Word], sentence: &Range<usize>, at: usize) -> Option<usize> {
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

/// Tells whether a word that counts or points stands for somebody here: `another said`, `tweeted one.`, `said one of them`.
pub fn stands_alone(words: &[Word], sentence: &Range<usize>, at: usize) -> bool {
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

/// Tells whether the noun group at `at` has a person or a body for its head: `his spokesman`, but not `his comments`.
pub fn head_is_person(words: &[Word], sentence: &Range<usize>, at: usize) -> bool {
    let end = (at..sentence.end)
        .take_while(|&n| {
            matches!(words[n].tag, Tag::Adjective | Tag::Noun | Tag::Nouns | Tag::Number) || words[n].tag.is_name()
        })
        .last();
    end.is_some_and(|head| words[head].is(flag::ROLE | flag::BODY) || words[head].tag.is_name())
}
