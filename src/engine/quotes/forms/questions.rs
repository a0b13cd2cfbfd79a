//! Interviews whose questions are set like headings, the answers as plain paragraphs under them.

use super::{Author, SetSpeech, bare, ends_sentence, is_bracketed, is_own, text};
use crate::engine::page::Page;
use crate::engine::quotes::Form;
use crate::text::Span;
use std::ops::Range;

/// How many such questions make an interview.
const QUESTIONS: usize = 3;

/// The longest question set like a heading, in tokens.
const QUESTION: usize = 45;

/// How many paragraphs one answer has at most.
const ANSWER: usize = 6;

/// Finds the answers, where most of them are given by an `I`.
pub(super) fn find(page: &Page, quoted: &[bool], out: &mut Vec<SetSpeech>) {
    let paragraphs = &page.tokens.paragraphs;
    let asks = |n: &usize| {
        let inner = bare(page, &paragraphs[*n]);
        (3..=QUESTION).contains(&inner.len()) && text(page, inner.end - 1) == "?" && !quoted[inner.start]
    };
    let questions: Vec<usize> = (0..paragraphs.len()).filter(asks).collect();
    if questions.len() < QUESTIONS {
        return;
    }
    let mut answers: Vec<Range<usize>> = Vec::new();
    for (n, &question) in questions.iter().enumerate() {
        let next = questions.get(n + 1).copied();
        let high = next.unwrap_or(paragraphs.len()).min(question + 1 + ANSWER);
        let mut end = question + 1;
        while end < high
            && ends_sentence(page, &paragraphs[end])
            && !is_bracketed(page, &paragraphs[end])
            // Behind the last question the article may go on.
            && (next.is_some() || end == question + 1 || is_own(page, quoted, paragraphs[end].clone()))
        {
            end += 1;
        }
        answers.push(question + 1..end);
    }
    let tokens = |range: &Range<usize>| paragraphs[range.start].start..paragraphs[range.end - 1].end;
    answers.retain(|range| !range.is_empty());
    let own = answers.iter().filter(|range| is_own(page, quoted, tokens(range))).count();
    let all: usize = answers.iter().map(|range| tokens(range).len()).sum();
    if answers.len() < QUESTIONS || own * 3 < answers.len() * 2 || all * 2 < page.tokens.all.len() {
        return;
    }
    for range in answers {
        let span = page.tokens.span(tokens(&range));
        let label = Span::empty(span.start);
        let name = tokens(&range).start..tokens(&range).start;
        out.push(SetSpeech { span, form: Form::Transcript, author: Author::Answers, label, name });
    }
}
