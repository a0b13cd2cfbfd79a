//! Paragraphs without marks behind one that ends with a cue and a colon: `In a statement the mayor said:`.

use super::{Author, SetSpeech, WORDS, ends_sentence, is_own, text};
use crate::engine::lexicon::{flag, hashes};
use crate::engine::model::Tag;
use crate::engine::page::Page;
use crate::engine::quotes::Form;
use std::ops::Range;

/// How far the cue may stand before the colon, in tokens.
const CUE: usize = 8;

/// The longest line that brings a block in by a name alone, in tokens.
const LINE: usize = 16;

/// The longest block, in paragraphs.
const BLOCK: usize = 8;

/// Finds the blocks: in the first person, or set apart by `>` or by an indent.
pub(super) fn find(page: &Page, quoted: &[bool], out: &mut Vec<SetSpeech>) {
    let paragraphs = &page.tokens.paragraphs;
    for number in 1..paragraphs.len() {
        let (before, block) = (&paragraphs[number - 1], &paragraphs[number]);
        let colon = before.end - 1;
        if text(page, colon) != ":" || quoted[block.start] {
            continue;
        }
        let apart = is_apart(page, block) && !is_apart(page, before);
        if !apart && (block.len() < WORDS || !is_own(page, quoted, block.clone())) {
            continue;
        }
        let sentence = page.tokens.sentences[page.tokens.sentence_of(colon)].clone();
        let cue = |at: &usize| {
            let word = &page.words[*at];
            !quoted[*at]
                && (word.is(flag::SAID) && word.tag.is_verb() || SPEECHES.contains(&word.hash) && word.tag.is_noun())
        };
        let cue = sentence.clone().rev().find(cue).filter(|cue| colon - cue <= CUE);
        // `Our correspondent, Miles Hale, on the east side:`
        let verb = |at: usize| page.words[at].tag.is_finite();
        let line = before.len() <= LINE && sentence.start == before.start && !sentence.clone().any(verb);
        let (cue, reach) = match cue {
            Some(cue) => (cue, if page.words[cue].is(flag::SAID) { CUE } else { 2 * CUE }),
            None if line => (colon, LINE),
            None => continue,
        };
        let who = |at: &usize| {
            let pronoun = THIRD_PERSON.contains(&page.words[*at].hash);
            !quoted[*at] && (page.words[*at].tag == Tag::Person || pronoun && cue < colon)
        };
        let Some(last) = (sentence.start..cue).rev().take(reach).find(who) else { continue };
        let person = |at: &usize| page.words[*at].tag == Tag::Person;
        let first = (sentence.start..last).rev().take_while(person).last().unwrap_or(last);
        let goes_on = |n: &usize| {
            let paragraph = &paragraphs[*n];
            is_apart(page, paragraph) && !quoted[paragraph.start] && ends_sentence(page, paragraph)
        };
        let high = if apart { paragraphs.len().min(number + BLOCK) } else { number + 1 };
        let end = (number + 1..high).find(|n| !goes_on(n)).unwrap_or(high);
        let words = block.start..paragraphs[end - 1].end;
        let start = words.clone().find(|&at| text(page, at) != ">").unwrap_or(words.start);
        out.push(SetSpeech {
            span: page.tokens.span(start..words.end),
            form: Form::Block,
            author: Author::Mention,
            label: page.tokens.span(first..last + 1),
            name: first..last + 1,
        });
    }
}

/// Tells whether a paragraph is set apart: behind `>`, or two spaces or more from the edge.
fn is_apart(page: &Page, paragraph: &Range<usize>) -> bool {
    let start = page.tokens.all[paragraph.start].start as usize;
    let line = page.text[..start].rfind('\n').map_or(0, |at| at + 1);
    let indent = &page.text[line..start];
    text(page, paragraph.start) == ">" || indent.len() > 1 && line > 0
}

const THIRD_PERSON: [u32; 2] = hashes(["he", "she"]);

/// What words are written in.
const SPEECHES: [u32; 14] = hashes([
    "statement",
    "letter",
    "email",
    "e-mail",
    "message",
    "note",
    "memo",
    "post",
    "tweet",
    "text",
    "blog",
    "speech",
    "release",
    "caption",
]);
