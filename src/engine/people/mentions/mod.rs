//! Mentions: names with their titles, pronouns, descriptions and handles, found on the tags of the words.

mod classes;
mod names;
mod nominals;

use super::MentionKind;
use crate::engine::lexicon::{flag, hash, hashes};
use crate::engine::model::Tag;
use crate::engine::page::Page;
use crate::engine::words::Word;
use crate::text::TokenKind;
use classes::{Surnames, class, surnames};
use names::{name, title_ahead};
use nominals::{description, head_is_person, role_alone, stands_alone};
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
    // One word in four begins a mention.
    let mut out = Vec::with_capacity(page.words.len() / 4);
    for sentence in &page.tokens.sentences {
        let mut at = sentence.start;
        while at < sentence.end {
            let next = read(page, &surnames, quoted, sentence, at, &mut out);
            at = next.max(at + 1);
        }
    }
    out
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
    let hashtag = at > 0
        && page.tokens.all[at - 1].end == page.tokens.all[at].start
        && page.text.as_bytes()[page.tokens.all[at - 1].start as usize] == b'#';
    if page.tokens.all[at].kind != TokenKind::Word || hashtag {
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

/// Tells whether a word says something: a verb of saying with a subject.
fn says(word: &Word) -> bool {
    word.is(flag::SAID) && word.tag.is_finite()
}

/// Tells whether `that` or `which` at `at` says something: `a sign that read`.
fn relative_says(words: &[Word], sentence: &Range<usize>, at: usize) -> bool {
    const { hashes(["that", "which"]) }.contains(&words[at].hash)
        && at > sentence.start
        && (words[at - 1].tag.is_noun() || words[at - 1].tag == Tag::Comma && words[at].hash == const { hash("which") })
        && words.get(at + 1).is_some_and(|next| at + 1 < sentence.end && says(next))
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
