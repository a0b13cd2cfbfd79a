//! Transcripts and interviews: turns that begin with a label, `PENCE:`, `Ruth Adeyemi, host:`, `Q.`, `**Rosa:**`.

use super::{Author, SetSpeech, bare, ends_sentence, is_bracketed, is_markup, text};
use crate::engine::lexicon::hashes;
use crate::engine::model::Tag;
use crate::engine::page::Page;
use crate::engine::quotes::Form;
use crate::engine::words::Shape;
use std::ops::Range;

/// How many labelled paragraphs make a transcript.
const LABELS: usize = 3;

/// The longest label, in tokens, and the longest with the name of an office or a show behind a comma.
const LABEL: usize = 7;
const LONG_LABEL: usize = 16;

/// How many paragraphs without a label may follow in one turn.
const TURN: usize = 8;

/// A turn that a label begins.
struct Turn {
    /// Its paragraph, as a number.
    paragraph: usize,
    /// The whole label, and the name in it.
    label: Range<usize>,
    name: Range<usize>,
    /// Its first word.
    start: usize,
    /// Whether the label alone tells that it is one: capitals, `Q`.
    plain: bool,
    author: Author,
}

/// Finds the turns, where the article has several.
pub(super) fn find(page: &Page, quoted: &[bool], out: &mut Vec<SetSpeech>) {
    let paragraphs = &page.tokens.paragraphs;
    let mut turns: Vec<Turn> = (0..paragraphs.len()).filter_map(|n| turn(page, quoted, n)).collect();
    // Labels like names, `Khan:`, are those of a conversation only where they come again.
    let last: Vec<u32> = turns.iter().map(|turn| page.words[turn.name.end - 1].hash).collect();
    let again = |n: usize| last.iter().filter(|word| **word == last[n]).count() > 1;
    let kept: Vec<bool> = (0..turns.len()).map(|n| turns[n].plain || again(n)).collect();
    // One label over and over is a rubric, not a conversation.
    let mut labels = last.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(word, _)| *word);
    let several = labels.next().is_some_and(|first| labels.any(|other| other != first));
    let mut kept = kept.into_iter();
    turns.retain(|_| kept.next() == Some(true));
    if turns.len() < LABELS || !several {
        return;
    }
    for (n, turn) in turns.iter().enumerate() {
        // What has no label of its own goes on, up to the next turn.
        let next = turns.get(n + 1).map_or(turn.paragraph + 1, |next| next.paragraph);
        let next = if next > turn.paragraph + 1 + TURN { turn.paragraph + 1 } else { next };
        let goes_on = |number: &usize| {
            let paragraph = &paragraphs[*number];
            !is_bracketed(page, paragraph) && !quoted[paragraph.start] && ends_sentence(page, paragraph)
        };
        let mut number = turn.paragraph;
        while number < next {
            if number > turn.paragraph && !goes_on(&number) {
                number += 1;
                continue;
            }
            let end = (number + 1..next).find(|n| !goes_on(n)).unwrap_or(next);
            let first = if number == turn.paragraph { turn.start } else { bare(page, &paragraphs[number]).start };
            let last = bare(page, &paragraphs[end - 1]).end;
            if first < last {
                out.push(SetSpeech {
                    span: page.tokens.span(first..last),
                    form: Form::Transcript,
                    author: turn.author,
                    label: page.tokens.span(turn.label.clone()),
                    name: turn.name.clone(),
                });
            }
            number = end;
        }
    }
}

/// Reads the label of a paragraph, where it has one.
fn turn(page: &Page, quoted: &[bool], number: usize) -> Option<Turn> {
    let paragraph = bare(page, &page.tokens.paragraphs[number]);
    let begin = paragraph.start;
    let ends =
        |at: &usize| text(page, *at) == ":" || *at == begin + 1 && text(page, *at) == "." && is_part(page, begin);
    let colon = (begin + 1..paragraph.end.min(begin + LONG_LABEL)).find(ends)?;
    let mut start = colon + 1;
    while start < paragraph.end && is_markup(page, start) {
        start += 1;
    }
    if start >= paragraph.end || quoted[start] || quoted[begin] {
        return None;
    }
    let mut end = colon;
    while end > begin + 1 && is_markup(page, end - 1) {
        end -= 1;
    }
    let label = begin..end;
    // `GREER (on camera)`, `RUTH ADEYEMI, HOST`.
    let aside = label.clone().skip(1).find(|&at| matches!(text(page, at), "(" | "[" | ","));
    let name = begin..aside.unwrap_or(end);
    let words = &page.words[name.clone()];
    let upper = words.iter().all(|word| matches!(word.shape, Shape::Upper | Shape::Initial | Shape::Punct));
    let named = words.iter().all(|word| {
        matches!(word.shape, Shape::Capital | Shape::Mixed | Shape::Upper | Shape::Initial) || word.tag == Tag::Stop
    });
    let letters = words.iter().any(|word| !matches!(word.shape, Shape::Punct | Shape::Number));
    // Not the table of a count.
    let lower = (start..paragraph.end).filter(|&at| page.words[at].shape == Shape::Lower).count();
    let short = if aside.is_some() && upper { name.len() < LABEL } else { label.len() < LABEL };
    let spoken = upper || named && (lower >= 3 || lower > 0 && label.end < colon);
    if !(short && letters && spoken) || is_rubric(page, &name) {
        return None;
    }
    let author = match words {
        [word] if const { hashes(["q", "question"]) }.contains(&word.hash) => Author::Asks,
        [word] if const { hashes(["a", "answer"]) }.contains(&word.hash) => Author::Answers,
        _ if is_nobody(page, &name) => Author::Nobody,
        _ => Author::Name,
    };
    Some(Turn { paragraph: number, label, name, start, plain: upper, author })
}

/// Tells whether a token is `Q` or `A`.
fn is_part(page: &Page, at: usize) -> bool {
    matches!(text(page, at), "Q" | "A")
}

/// Tells whether a label says what kind of words follow, and not who says them: `NOTE:`, `Verdict:`.
fn is_rubric(page: &Page, name: &Range<usize>) -> bool {
    let word = |at: usize| page.words[at].hash;
    RUBRICS.contains(&word(name.start)) || RUBRICS.contains(&word(name.end - 1))
}

/// Tells whether a label names nobody: `UNIDENTIFIED MALE:`, `AUDIENCE MEMBER 2:`.
fn is_nobody(page: &Page, name: &Range<usize>) -> bool {
    let words = &page.words[name.clone()];
    words.iter().all(|word| NOBODY.contains(&word.hash) || matches!(word.shape, Shape::Number | Shape::Punct))
}

/// Words of labels that tell what follows.
const RUBRICS: [u32; 96] = hashes([
    "transcript",
    "note",
    "notes",
    "caption",
    "photo",
    "photos",
    "photograph",
    "picture",
    "pictures",
    "image",
    "images",
    "video",
    "audio",
    "graphic",
    "update",
    "updated",
    "updates",
    "correction",
    "clarification",
    "warning",
    "summary",
    "background",
    "context",
    "related",
    "source",
    "sources",
    "credit",
    "subject",
    "from",
    "to",
    "cc",
    "date",
    "re",
    "location",
    "where",
    "when",
    "what",
    "who",
    "why",
    "how",
    "price",
    "cost",
    "score",
    "scores",
    "result",
    "results",
    "address",
    "phone",
    "email",
    "website",
    "tel",
    "fax",
    "contact",
    "contacts",
    "ingredients",
    "method",
    "directions",
    "serves",
    "rating",
    "ratings",
    "grade",
    "verdict",
    "pros",
    "cons",
    "director",
    "starring",
    "runtime",
    "tickets",
    "information",
    "breaking",
    "exclusive",
    "watch",
    "read",
    "listen",
    "more",
    "tip",
    "fact",
    "facts",
    "fiction",
    "myth",
    "claim",
    "best",
    "worst",
    "winner",
    "loser",
    "key",
    "map",
    "table",
    "figure",
    "poll",
    "step",
    "part",
    "chapter",
    "section",
    "ps",
    "disclosure",
]);

/// Words of labels that name nobody.
const NOBODY: [u32; 36] = hashes([
    "unidentified",
    "unknown",
    "male",
    "female",
    "man",
    "woman",
    "boy",
    "girl",
    "voice",
    "voices",
    "question",
    "questioner",
    "answer",
    "audience",
    "crowd",
    "announcer",
    "reporter",
    "reporters",
    "moderator",
    "interviewer",
    "interviewee",
    "narrator",
    "caller",
    "operator",
    "witness",
    "court",
    "judge",
    "host",
    "speaker",
    "student",
    "member",
    "participant",
    "group",
    "all",
    "both",
    "the",
]);
