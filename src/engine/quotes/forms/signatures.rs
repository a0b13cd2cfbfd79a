//! Lines that sign: letters, readers' views, and words in marks with a name behind them.

use super::{Author, FIRST_PERSON, SetSpeech, WORDS, bare, ends_sentence, is_dash, is_own, text};
use crate::engine::lexicon::{flag, hash, hashes};
use crate::engine::model::Tag;
use crate::engine::page::Page;
use crate::engine::quotes::{Form, Stretch};
use crate::engine::words::{Shape, Word};
use crate::text::TokenKind;
use std::ops::Range;

/// The longest line that signs words, in tokens.
const SIGNATURE: usize = 16;

/// The most words of a name that signs.
const NAME: usize = 5;

/// How many paragraphs one letter has at most.
const LETTER: usize = 12;

/// A line that signs.
struct Line {
    /// The name, as tokens.
    name: Range<usize>,
    /// Whether a dash or `Posted by` shows it.
    sure: bool,
}

/// Finds paragraphs without marks that a line signs: several in the article, or one in the first person behind a dash.
pub(super) fn find(page: &Page, quoted: &[bool], out: &mut Vec<SetSpeech>) {
    let paragraphs = &page.tokens.paragraphs;
    let lines: Vec<Option<Line>> = paragraphs.iter().map(|paragraph| line(page, paragraph)).collect();
    let mut found: Vec<(Range<usize>, &Line)> = Vec::new();
    let mut floor = 0;
    for (number, line) in lines.iter().enumerate() {
        let Some(line) = line else { continue };
        let words = |n: &usize| {
            let paragraph = &paragraphs[*n];
            lines[*n].is_none()
                && !quoted[paragraph.start]
                && !is_dash(page, paragraph.start)
                && paragraph.len() >= WORDS
        };
        let letter = |n: &usize| words(n) && ends_sentence(page, &paragraphs[*n]);
        let low = floor.max(number.saturating_sub(LETTER));
        let start = if line.sure {
            // One paragraph, as far as is known.
            let plain = |n: &usize| words(n) && !paragraphs[*n].clone().any(|at| quoted[at]);
            number.checked_sub(1).filter(|n| *n >= low && plain(n))
        } else {
            (low..number).rev().take_while(letter).last()
        };
        if let Some(start) = start {
            found.push((paragraphs[start].start..paragraphs[number - 1].end, line));
            floor = number + 1;
        } else if line.sure {
            // A letter that quotes somebody.
            if let Some(start) = (low..number).rev().take_while(letter).last() {
                found.push((paragraphs[start].start..paragraphs[number - 1].end, line));
                floor = number + 1;
            }
        }
    }
    let own = |words: &Range<usize>| is_own(page, quoted, words.clone());
    // Bare lines of names sign only where letters are what the article is made of.
    let letters = found.iter().filter(|(_, line)| !line.sure);
    let (all, said) = letters.fold((0, 0), |(all, said), (words, _)| (all + 1, said + usize::from(own(words))));
    let pages = all > 1 && said * 2 >= all;
    let many = found.iter().filter(|(_, line)| line.sure || pages).count() > 1;
    for (words, line) in &found {
        let signs = if line.sure { many || own(words) } else { pages };
        if signs {
            out.push(SetSpeech {
                span: page.tokens.span(words.clone()),
                form: Form::Block,
                author: Author::Name,
                label: page.tokens.span(line.name.clone()),
                name: line.name.clone(),
            });
        }
    }
}

/// Finds the stretches in marks that a name signs, behind a dash or on the next line: `“…” – Lorna, Perth`.
pub(super) fn of_marks(page: &Page, stretches: &[Stretch]) -> Vec<(usize, Range<usize>)> {
    let mut out = Vec::new();
    for (number, stretch) in stretches.iter().enumerate().filter(|(_, stretch)| stretch.nested_in.is_none()) {
        let behind = page.tokens.at_or_after(stretch.outer.end);
        if behind == 0 || behind >= page.tokens.all.len() || !is_dash(page, behind) {
            continue;
        }
        let end = page.tokens.paragraphs[page.tokens.paragraph_of(behind)].end;
        // On the same line, or a line of its own.
        let Some(line) = line(page, &(behind..end)) else { continue };
        out.push((number, line.name));
    }
    out
}

/// Reads a line that signs, or the end of one from its dash on.
fn line(page: &Page, paragraph: &Range<usize>) -> Option<Line> {
    let inner = bare(page, paragraph);
    if inner.is_empty() || inner.len() > SIGNATURE || text(page, inner.end - 1) == ":" {
        return None;
    }
    let mut start = inner.clone().find(|&at| !is_dash(page, at))?;
    let dashed = start > inner.start;
    let by = |at: usize| page.words.get(at).is_some_and(|word| word.hash == const { hash("by") });
    let posted = const { hashes(["posted", "submitted", "signed", "written", "comment"]) };
    let posted = posted.contains(&page.words[start].hash) && by(start + 1);
    start += 2 * usize::from(posted);
    // `— nightbus77`: one word alone.
    let alone = dashed && start + 1 == inner.end && page.tokens.all[start].kind == TokenKind::Word;
    let name = name(page, start, inner.end, posted || alone)?;
    // `retired` is tagged as a verb, too.
    let verb = |word: &Word| word.tag.is_finite() && word.tag != Tag::Past || word.is(flag::SAID);
    if page.words[start..inner.end].iter().any(verb) && !posted {
        return None;
    }
    let own = page.words[start..inner.end].iter().any(|word| FIRST_PERSON.contains(&word.hash));
    let sure = dashed || posted;
    let first = page.words[name.start].hash;
    let greeting =
        const { hashes(["dear", "sir", "letters", "letter", "to", "related", "more", "read"]) }.contains(&first);
    // Without a dash the line is nothing but a name, and what else has capitals, stands in brackets or is a role.
    let bare = || {
        let long = name.clone().filter(|&at| page.tokens.all[at].kind == TokenKind::Word).count() > 1;
        let rest = |at: usize| {
            let word = &page.words[at];
            word.shape != Shape::Lower || word.is(flag::ROLE | flag::FUNCTION) || text(page, at - 1) == "("
        };
        let person = page.words[name.clone()].iter().all(|word| !word.is(flag::ORG | flag::WEAK | flag::BODY))
            && page.words[name.clone()].iter().any(|word| word.tag == Tag::Person || word.is(flag::FIRST));
        let next = text(page, name.end);
        long && person
            && (name.end == inner.end || matches!(next, "," | "("))
            && (name.end..inner.end).all(rest)
            && !matches!(text(page, inner.end - 1), "." | "!" | "?")
    };
    // Behind a dash too a name stands alone or before a comma: `– Framing the battle ahead –` is a heading.
    let named = posted
        || matches!(text(page, name.end), "," | "(" | "|")
        || (name.end == inner.end || page.words[name.clone()].iter().any(|word| word.tag == Tag::Person))
            && !is_dash(page, inner.end - 1);
    (!own && !greeting && named && (sure || bare())).then_some(Line { name, sure })
}

/// Returns the name that begins at `start`: words with capitals, initials, what links them.
fn name(page: &Page, start: usize, high: usize, posted: bool) -> Option<Range<usize>> {
    if posted {
        return (start < high).then_some(start..start + 1);
    }
    let named = |at: usize| {
        let word = &page.words[at];
        matches!(word.shape, Shape::Capital | Shape::Mixed | Shape::Upper | Shape::Initial)
            && !word.is(flag::FUNCTION | flag::PRONOUN)
            || word.tag == Tag::Person
    };
    let mut end = start;
    let mut words = 0;
    while end < high && words < NAME {
        let dot = end > start
            && text(page, end) == "."
            && matches!(page.words[end - 1].shape, Shape::Initial | Shape::Capital)
            && end + 1 < high
            && named(end + 1);
        let particle = end > start
            && end + 1 < high
            && named(end + 1)
            && const { hashes(["van", "von", "de", "del", "der", "da", "la", "le", "bin", "al"]) }
                .contains(&page.words[end].hash);
        if named(end) {
            words += 1;
        } else if !(dot || particle) {
            break;
        }
        end += 1;
    }
    (end > start && page.words[start..end].iter().any(|word| word.shape != Shape::Punct)).then_some(start..end)
}
