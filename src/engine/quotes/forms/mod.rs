//! Speech that is set without quotation marks: posts signed with a stamp or marked up, transcripts and interviews, letters
//! and blocks; and lines that sign words in marks.

mod blocks;
mod posts;
mod questions;
mod signatures;
mod turns;

use super::{Form, Stretch};
use crate::engine::lexicon::hashes;
use crate::engine::page::Page;
use crate::text::{Clean, Span, TokenKind};
use std::ops::Range;

/// Speech without marks, and who is named as its author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetSpeech {
    /// The words said.
    pub span: Span<Clean>,
    /// How they are set.
    pub form: Form,
    /// Who says them.
    pub author: Author,
    /// The author as written: the label, the signature, or the handle of the markup. Empty where nothing is.
    pub label: Span<Clean>,
    /// The name alone, as tokens.
    pub name: Range<usize>,
}

/// How the author of set speech is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author {
    /// By a name that the form alone shows to be one: a label, a signature.
    Name,
    /// By words of the text: `he wrote:`.
    Mention,
    /// By a label that names nobody: `UNIDENTIFIED MALE:`.
    Nobody,
    /// By a label or a heading that asks.
    Asks,
    /// By a label that answers, or by standing behind a heading that asks.
    Answers,
}

/// What is set without marks, and what signs words in marks.
#[derive(Debug, Clone, Default)]
pub struct Forms {
    /// Speech without marks, in order.
    pub speech: Vec<SetSpeech>,
    /// Stretches in marks that a name behind them signs (`“…” – Lorna, Perth`): the stretch, and the name as tokens.
    pub signed: Vec<(usize, Range<usize>)>,
}

impl Forms {
    /// Returns the set speech that holds `span`.
    pub fn holding(&self, span: Span<Clean>) -> Option<usize> {
        let at = self.speech.partition_point(|set| set.span.start <= span.start).checked_sub(1)?;
        (span.end <= self.speech[at].span.end).then_some(at)
    }
}

/// Finds all of it; `quoted` tells which tokens stand in marks.
pub fn find(page: &Page, stretches: &[Stretch], quoted: &[bool]) -> Forms {
    let mut out = Vec::new();
    if page.text.contains("<tweet") {
        posts::marked_up(page, &mut out);
    }
    if page.text.contains('@') {
        posts::stamped(page, quoted, &mut out);
    }
    turns::find(page, quoted, &mut out);
    if !out.iter().any(|set| set.form == Form::Transcript) {
        questions::find(page, quoted, &mut out);
    }
    signatures::find(page, quoted, &mut out);
    blocks::find(page, quoted, &mut out);
    out.sort_by_key(|set| set.span);
    out.dedup_by(|b, a| a.span.overlaps(b.span));
    Forms { signed: signatures::of_marks(page, stretches), speech: out }
}

/// The fewest tokens of a paragraph that is speech set apart.
const WORDS: usize = 6;

const FIRST_PERSON: [u32; 8] = hashes(["i", "we", "my", "our", "me", "us", "i'm", "i've"]);

/// Tells whether a paragraph speaks of its author outside marks.
fn is_own(page: &Page, quoted: &[bool], mut paragraph: Range<usize>) -> bool {
    paragraph.any(|at| FIRST_PERSON.contains(&page.words[at].hash) && !quoted[at])
}

/// Returns the text of a token, empty behind the last.
fn text<'a>(page: &Page<'a>, at: usize) -> &'a str {
    page.tokens.all.get(at).map_or("", |token| token.of(page.text))
}

/// Tells whether a token is a dash of any length.
fn is_dash(page: &Page, at: usize) -> bool {
    matches!(text(page, at), "—" | "–" | "-" | "--" | "―")
}

/// Tells whether a token is of the markup of Markdown, which sets words bold or apart.
fn is_markup(page: &Page, at: usize) -> bool {
    matches!(text(page, at), "*" | "**" | "_" | "__" | "#" | ">")
}

/// Returns a paragraph without the markup at its edges.
fn bare(page: &Page, paragraph: &Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = paragraph.clone();
    while start < end && is_markup(page, start) {
        start += 1;
    }
    while start < end && is_markup(page, end - 1) {
        end -= 1;
    }
    start..end
}

/// Tells whether a paragraph ends as a sentence does: headings, signatures and places do not.
fn ends_sentence(page: &Page, paragraph: &Range<usize>) -> bool {
    let mut back = bare(page, paragraph).rev();
    let last = back.find(|&at| !matches!(page.tokens.all[at].kind, TokenKind::Mark) && text(page, at) != ")");
    last.is_some_and(|at| matches!(text(page, at).chars().next(), Some('.' | '!' | '?' | '…')))
}

/// Tells whether a paragraph stands in brackets: `(CROSSTALK)`, `[applause]`.
fn is_bracketed(page: &Page, paragraph: &Range<usize>) -> bool {
    let inner = bare(page, paragraph);
    matches!(text(page, inner.start), "(" | "[") && matches!(text(page, inner.end - 1), ")" | "]")
}
