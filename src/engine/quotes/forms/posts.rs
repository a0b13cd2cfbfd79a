//! Posts: marked up, or signed with a handle and a stamp.

use super::{Author, SetSpeech, is_dash, text};
use crate::engine::lexicon::hash;
use crate::engine::model::Tag;
use crate::engine::page::Page;
use crate::engine::quotes::Form;
use crate::engine::words::Shape;
use crate::text::{Clean, Span, TokenKind};

/// The longest post, in code points.
const POST: usize = 300;

/// Posts in `<tweet author="...">...</tweet>`.
pub(super) fn marked_up(page: &Page, out: &mut Vec<SetSpeech>) {
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
                out.push(SetSpeech { span, form: Form::Tweet, author: Author::Name, label, name });
            }
        }
    }
}

/// Posts that end with `— Name (@handle) June 3, 2017`.
pub(super) fn stamped(page: &Page, quoted: &[bool], out: &mut Vec<SetSpeech>) {
    let tokens = &page.tokens.all;
    let mut floor = 0;
    for at in 1..tokens.len() {
        if text(page, at) != "@" || text(page, at - 1) != "(" {
            continue;
        }
        // The name stands between a dash and the bracket.
        let dash = (at.saturating_sub(9)..at - 1).rev().find(|&n| is_dash(page, n));
        let close = (at + 1..tokens.len().min(at + 8)).find(|&n| text(page, n) == ")");
        let (Some(dash), Some(close)) = (dash, close) else { continue };
        if dash + 1 >= at - 1 {
            continue;
        }
        let mut after = close + 1;
        while after < tokens.len() && after < close + 6 && is_date_part(page, after) {
            after += 1;
        }
        let number = page.tokens.paragraph_of(dash);
        let mut low = page.tokens.paragraphs[number].start;
        if low == dash && number > 0 {
            // The stamp stands on a line of its own.
            low = page.tokens.paragraphs[number - 1].start;
        }
        let low = floor.max(low);
        let mut end = dash;
        while end > low && text(page, end - 1).chars().all(|c| matches!(c, '—' | '–' | '-' | '―')) {
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
            && matches!(text(page, start), "." | "," | ";" | ":")
        {
            start += 1;
        }
        floor = after;
        if start < end {
            let span = page.tokens.span(start..end);
            let label = page.tokens.span(dash + 1..close + 1);
            let name = dash + 1..at - 1;
            out.push(SetSpeech { span, form: Form::Tweet, author: Author::Name, label, name });
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

fn trim(text: &str, start: usize, end: usize) -> Span<Clean> {
    let part = &text[start..end];
    let lead = part.len() - part.trim_start().len();
    Span::new(start + lead, start + lead + part.trim().len())
}
