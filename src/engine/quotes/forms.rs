//! Speech that is set without quotation marks: posts signed with a stamp or marked up, transcripts and interviews.

use super::Form;
use crate::engine::lexicon::{flag, hash, hashes};
use crate::engine::model::Tag;
use crate::engine::page::Page;
use crate::engine::words::{Shape, Word};
use crate::text::{Clean, Span, TokenKind};
use std::ops::Range;

/// Speech without marks, and who is named as its author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetSpeech {
    /// The words said.
    pub span: Span<Clean>,
    /// How they are set.
    pub form: Form,
    /// The author as written: the label, the signature, or the handle of the markup.
    pub label: Span<Clean>,
    /// The name alone, as tokens.
    pub name: Range<usize>,
}

/// The longest post, in code points.
const POST: usize = 300;

/// How many labelled paragraphs make a transcript.
const LABELS: usize = 3;

/// Finds all of it, in order; `quoted` tells which tokens stand in marks.
pub fn find(page: &Page, quoted: &[bool]) -> Vec<SetSpeech> {
    let mut out = Vec::new();
    if page.text.contains("<tweet") {
        marked_up(page, &mut out);
    }
    if page.text.contains('@') {
        stamped(page, quoted, &mut out);
    }
    transcript(page, quoted, &mut out);
    signed(page, quoted, &mut out);
    introduced(page, quoted, &mut out);
    out.sort_by_key(|set| set.span);
    out.dedup_by(|b, a| a.span.overlaps(b.span));
    out
}

/// Posts in `<tweet author="...">...</tweet>`.
fn marked_up(page: &Page, out: &mut Vec<SetSpeech>) {
    let mut from = 0;
    while let Some(start) = page.text[from..].find("<tweet ").map(|at| from + at) {
        let Some(open) = page.text[start..].find('>').map(|at| start + at) else { return };
        from = open + 1;
        let Some(end) = page.text[from..].find('<').map(|at| from + at) else { return };
        let author = page.text[start..open].find("author=\"").map(|at| start + at + 8);
        let span = trim(page.text, from, end);
        if let Some(author) = author.filter(|_| !span.is_empty()) {
            let close = page.text[author..open].find('"').map_or(open, |at| author + at);
            let label = Span::new(author, close);
            let name = page.tokens.within(label);
            let signature = span.of(page.text).rfind(" — ").filter(|_| span.of(page.text).contains("(@"));
            let span = signature.map_or(span, |at| Span::new(span.start, span.start + at));
            if span.of(page.text).chars().any(char::is_alphanumeric) && !name.is_empty() {
                out.push(SetSpeech { span, form: Form::Tweet, label, name });
            }
        }
    }
}

/// Posts that end with `— Name (@handle) June 3, 2017`.
fn stamped(page: &Page, quoted: &[bool], out: &mut Vec<SetSpeech>) {
    let tokens = &page.tokens.all;
    let text = |at: usize| tokens.get(at).map_or("", |token| token.of(page.text));
    let mut floor = 0;
    for at in 1..tokens.len() {
        if text(at) != "@" || text(at - 1) != "(" {
            continue;
        }
        // The name stands between a dash and the bracket.
        let dash = (at.saturating_sub(9)..at - 1).rev().find(|&n| matches!(text(n), "—" | "–" | "-" | "--" | "―"));
        let close = (at + 1..tokens.len().min(at + 8)).find(|&n| text(n) == ")");
        let (Some(dash), Some(close)) = (dash, close) else { continue };
        if dash + 1 >= at - 1 {
            continue;
        }
        let mut after = close + 1;
        while after < tokens.len() && after < close + 6 && is_date_part(page, after) {
            after += 1;
        }
        let paragraph = page.tokens.paragraphs[page.tokens.paragraph_of(dash)].clone();
        let low = floor.max(paragraph.start);
        let mut end = dash;
        while end > low && text(end - 1).chars().all(|c| matches!(c, '—' | '–' | '-' | '―')) {
            end -= 1;
        }
        let mut start = end;
        // Whole sentences backward, as long as a post may be, up to words in marks.
        while start > low && !quoted[start - 1] {
            let sentence = page.tokens.sentences[page.tokens.sentence_of(start - 1)].start.max(low);
            let first = (sentence..start).rev().take_while(|&n| !quoted[n]).last().unwrap_or(start);
            let span = page.tokens.span(first..end);
            if span.of(page.text).chars().count() > POST && start < end {
                break;
            }
            start = first;
            if first > sentence {
                break;
            }
        }
        while start < end
            && matches!(tokens[start].kind, TokenKind::Punct)
            && matches!(text(start), "." | "," | ";" | ":")
        {
            start += 1;
        }
        floor = after;
        if start < end {
            let span = page.tokens.span(start..end);
            let label = page.tokens.span(dash + 1..close + 1);
            out.push(SetSpeech { span, form: Form::Tweet, label, name: dash + 1..at - 1 });
        }
    }
}

/// The months, whole and short, in lower case.
const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
];

fn is_date_part(page: &Page, at: usize) -> bool {
    let word = &page.words[at];
    word.shape == Shape::Number || word.tag == Tag::Comma || MONTHS.iter().any(|month| hash(month) == word.hash)
}

/// Paragraphs that begin with `NAME:`, `Q:` or `A:`, where the article has several of them.
fn transcript(page: &Page, quoted: &[bool], out: &mut Vec<SetSpeech>) {
    let tokens = &page.tokens.all;
    let labels: Vec<(Range<usize>, usize, bool)> = page
        .tokens
        .paragraphs
        .iter()
        .filter_map(|paragraph| {
            let colon = (paragraph.start + 1..paragraph.end.min(paragraph.start + 7))
                .find(|&at| tokens[at].of(page.text) == ":")?;
            let label = &page.words[paragraph.start..colon];
            let upper = label.iter().all(|word| matches!(word.shape, Shape::Upper | Shape::Initial | Shape::Punct));
            let named = label.iter().all(|word| {
                matches!(word.shape, Shape::Capital | Shape::Mixed | Shape::Upper | Shape::Initial)
                    || word.tag == Tag::Stop
            });
            let letters = label.iter().any(|word| word.shape != Shape::Punct);
            let long = paragraph.end > colon + 1 && !quoted[colon + 1] && !quoted[paragraph.start];
            // Not the table of a count.
            let words = (colon + 1..paragraph.end).filter(|&at| page.words[at].shape == Shape::Lower).count();
            let named = named && words >= 3;
            ((upper || named) && letters && long).then(|| (paragraph.clone(), colon, upper))
        })
        .collect();
    // Labels like names, `Khan:`, are those of a conversation only where they come again.
    let again = |colon: usize| {
        let last = page.words[colon - 1].hash;
        labels.iter().filter(|(_, other, _)| page.words[other - 1].hash == last).count() > 1
    };
    let labels: Vec<(Range<usize>, usize)> = labels
        .iter()
        .filter(|(_, colon, upper)| *upper || again(*colon))
        .map(|(paragraph, colon, _)| (paragraph.clone(), *colon))
        .collect();
    if labels.len() < LABELS {
        return;
    }
    // One label over and over is a rubric, not a conversation.
    let first = page.words[labels[0].1 - 1].hash;
    if labels.iter().all(|(_, colon)| page.words[colon - 1].hash == first) {
        return;
    }
    for (paragraph, colon) in labels {
        out.push(SetSpeech {
            span: page.tokens.span(colon + 1..paragraph.end),
            form: Form::Transcript,
            label: page.tokens.span(paragraph.start..colon),
            name: paragraph.start..colon,
        });
    }
}

/// Paragraphs without marks that a line `- Name` signs: several in the article, or one in the first person.
fn signed(page: &Page, quoted: &[bool], out: &mut Vec<SetSpeech>) {
    let paragraphs = &page.tokens.paragraphs;
    let dash = |at: usize| matches!(page.tokens.all[at].of(page.text), "—" | "–" | "-" | "--" | "―");
    let name = |paragraph: &Range<usize>| {
        let start = (paragraph.start..paragraph.end).find(|&at| !dash(at))?;
        let end = (start..paragraph.end).take_while(|&at| page.words[at].tag == Tag::Person).last()? + 1;
        // `retired` is tagged as a verb, too.
        let verb = |word: &Word| word.tag.is_finite() && word.tag != Tag::Past || word.is(flag::SAID);
        let short = paragraph.len() <= SIGNATURE && !page.words[start..paragraph.end].iter().any(verb);
        (start > paragraph.start && short).then_some(start..end)
    };
    let found: Vec<(Range<usize>, Range<usize>)> = paragraphs
        .windows(2)
        .filter(|pair| !pair[0].clone().any(|at| quoted[at]) && !dash(pair[0].start) && pair[0].len() >= WORDS)
        .filter_map(|pair| name(&pair[1]).map(|name| (pair[0].clone(), name)))
        .collect();
    for (words, name) in &found {
        let own = page.words[words.clone()].iter().any(|word| FIRST_PERSON.contains(&word.hash));
        if found.len() > 1 || own {
            let label = page.tokens.span(name.clone());
            out.push(SetSpeech { span: page.tokens.span(words.clone()), form: Form::Block, label, name: name.clone() });
        }
    }
}

/// The longest line that signs words, in tokens.
const SIGNATURE: usize = 16;

/// The fewest tokens of a paragraph that is speech set apart.
const WORDS: usize = 6;

const FIRST_PERSON: [u32; 8] = hashes(["i", "we", "my", "our", "me", "us", "i'm", "i've"]);

/// Paragraphs without marks behind one that ends with a cue and a colon: `In a statement the mayor said:`.
fn introduced(page: &Page, quoted: &[bool], out: &mut Vec<SetSpeech>) {
    for pair in page.tokens.paragraphs.windows(2) {
        let (before, block) = (&pair[0], &pair[1]);
        let colon = before.end - 1;
        if page.tokens.all[colon].of(page.text) != ":" || block.len() < WORDS || quoted[block.start] {
            continue;
        }
        let sentence = page.tokens.sentences[page.tokens.sentence_of(colon)].clone();
        let said = |at: &usize| page.words[*at].is(flag::SAID) && page.words[*at].tag.is_verb() && !quoted[*at];
        let Some(cue) = sentence.clone().rev().find(said).filter(|cue| colon - cue <= 8) else { continue };
        let who = |at: &usize| {
            page.words[*at].tag == Tag::Person || THIRD_PERSON.contains(&page.words[*at].hash) && !quoted[*at]
        };
        let Some(last) = (sentence.start..cue).rev().take(8).find(who) else { continue };
        let person = |at: &usize| page.words[*at].tag == Tag::Person;
        let first = (sentence.start..last).rev().take_while(person).last().unwrap_or(last);
        let own = page.words[block.clone()].iter().any(|word| FIRST_PERSON.contains(&word.hash));
        if own {
            let label = page.tokens.span(first..last + 1);
            out.push(SetSpeech {
                span: page.tokens.span(block.clone()),
                form: Form::Block,
                label,
                name: first..last + 1,
            });
        }
    }
}

const THIRD_PERSON: [u32; 2] = hashes(["he", "she"]);

fn trim(text: &str, start: usize, end: usize) -> Span<Clean> {
    let part = &text[start..end];
    let lead = part.len() - part.trim_start().len();
    Span::new(start + lead, start + lead + part.trim().len())
}
