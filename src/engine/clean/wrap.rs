//! Hard-wrapped lines: lines that were cut at a width are joined, and words that were hyphenated there.

use super::RepairClass;
use super::edit::{Edits, With};
use super::hyphens::{is_first_half, is_second_half};

/// Widths at which programs wrap, in code points.
const WIDTHS: std::ops::RangeInclusive<usize> = 30..=132;

/// Finds the line breaks of `text` that a wrap put there.
///
/// The rule of a wrap is that the next word would not have fitted. Where nearly all neighbouring lines keep it, the text is
/// wrapped, and a break that does not keep it is meant. Verse, lists and a sentence a line do not keep it.
pub fn find(text: &str) -> Edits {
    let mut edits = Edits::default();
    let bytes = text.as_bytes();
    // Sound text has lines as long as paragraphs, or a blank line after each: one look at the first lines is enough.
    if memchr::memchr(b'\n', bytes).is_none() {
        return edits;
    }
    let Some(lines) = lines(text) else { return edits };
    let width = lines.iter().map(|line| line.points).max().unwrap_or(0);
    if !WIDTHS.contains(&width) {
        return edits;
    }
    let mut pairs = 0;
    let mut kept = 0;
    let mut flowing = 0;
    for pair in lines.windows(2).filter(|pair| pair[0].points > 0 && pair[1].points > 0) {
        pairs += 1;
        if cut(text, &pair[0], &pair[1], width) {
            kept += 1;
            flowing += usize::from(flows(text, &pair[0], &pair[1]));
        }
    }
    if kept < 2 || kept * 5 < pairs * 4 || flowing * 2 < kept {
        return edits;
    }
    for pair in lines.windows(2).filter(|pair| pair[0].points > 0 && pair[1].points > 0) {
        if !cut(text, &pair[0], &pair[1], width) {
            continue;
        }
        let (from, to) = (pair[0].end, pair[1].start);
        let head = &text[pair[0].start..from];
        let tail = &text[to..pair[1].end];
        match hyphen(text, head, tail) {
            Hyphen::None => edits.add(from, to, With::char(' '), RepairClass::Wrap),
            Hyphen::Kept => edits.add(from, to, With::NOTHING, RepairClass::Wrap),
            Hyphen::OfTheCut => edits.add(from - 1, to, With::NOTHING, RepairClass::Wrap),
        }
    }
    edits
}

/// A line without the white space at its ends.
struct Line {
    start: usize,
    end: usize,
    points: usize,
}

/// The lines, or `None` as soon as one is too long to have been wrapped.
fn lines(text: &str) -> Option<Vec<Line>> {
    let mut lines = Vec::new();
    let mut at = 0;
    for whole in text.split_inclusive('\n') {
        if whole.len() > WIDTHS.end() * 4 {
            return None;
        }
        let start = at + (whole.len() - whole.trim_start().len());
        let line = whole.trim();
        at += whole.len();
        lines.push(Line { start: start.min(at), end: start.min(at) + line.len(), points: line.chars().count() });
    }
    Some(lines)
}

/// Tells whether the first word of `next` would not have fitted behind `line`.
fn cut(text: &str, line: &Line, next: &Line, width: usize) -> bool {
    let word = text[next.start..next.end].split(' ').next().unwrap_or("");
    let hyphen = text[line.start..line.end].ends_with('-');
    // A hyphenated word leaves its rest behind; some of that could have stood on the line before.
    line.points + usize::from(!hyphen) + word.chars().count() + if hyphen { 8 } else { 0 } > width
}

/// Tells whether a sentence flows over the break.
fn flows(text: &str, line: &Line, next: &Line) -> bool {
    !text[line.start..line.end].ends_with(['.', '!', '?', ':', '”', '"'])
        || text[next.start..next.end].starts_with(char::is_lowercase)
}

enum Hyphen {
    /// The line ends in none.
    None,
    /// It is part of the word: `well-` `known`.
    Kept,
    /// The wrap put it there: `cam-` `paign`.
    OfTheCut,
}

fn hyphen(text: &str, head: &str, tail: &str) -> Hyphen {
    let Some(stem) = head.strip_suffix('-') else { return Hyphen::None };
    let start = stem
        .rfind(|c: char| !c.is_alphanumeric())
        .map_or(0, |at| at + stem[at..].chars().next().map_or(1, char::len_utf8));
    let first = &stem[start..];
    let second = &tail[..tail.find(|c: char| !c.is_alphanumeric()).unwrap_or(tail.len())];
    if first.is_empty() || second.is_empty() {
        return Hyphen::None;
    }
    // `old-fash-`, `first-`: a compound's hyphen stands before the cut one, or a numeral or a capital beside it.
    let kept = !second.starts_with(char::is_lowercase) || !first.ends_with(char::is_lowercase);
    if kept {
        return Hyphen::Kept;
    }
    // The text itself is the best dictionary.
    let whole = format!("{first}{second}");
    let compound = format!("{first}-{second}");
    if has_word(text, &whole) {
        return Hyphen::OfTheCut;
    }
    if has_word(text, &compound)
        || is_first_half(first)
        || is_second_half(second)
        || first.len() > 2 && second.len() > 2 && has_word(text, first) && has_word(text, second)
        || tail[second.len()..].starts_with('-')
    {
        return Hyphen::Kept;
    }
    Hyphen::OfTheCut
}

/// Tells whether `word` stands in `text` by itself.
fn has_word(text: &str, word: &str) -> bool {
    memchr::memmem::find_iter(text.as_bytes(), word.as_bytes()).any(|at| {
        !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '-')
            && !text[at + word.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '-')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Clean, Raw};

    fn repaired(text: &str) -> String {
        find(text).apply::<Raw, Clean>(text).0
    }

    #[test]
    fn joins_wrapped_lines() {
        let text = "The harbour board met on Tuesday and spoke at\n\
                    length about the future of the well-\n\
                    known pier, which was closed for repairs af-\n\
                    ter the storm of last autumn broke it.\n\n\
                    Nobody came to the meeting but the mayor, her\n\
                    clerk and the two mem-\n\
                    bers of the fishing club.\n";
        assert_eq!(
            repaired(text),
            "The harbour board met on Tuesday and spoke at length about the future of the well-known pier, which was \
             closed for repairs after the storm of last autumn broke it.\n\nNobody came to the meeting but the mayor, \
             her clerk and the two mem-\nbers of the fishing club.\n"
        );
    }

    #[test]
    fn leaves_lines_that_are_meant() {
        for text in [
            "One.\nTwo and a bit more.\nThree.\nFour.\n",
            "Roses are red\nViolets are blue\nSugar is sweet\nAnd so are you\n",
            "A first paragraph of some length.\n\nA second one of some length.\n",
            "",
            "\n\n\n",
        ] {
            assert!(find(text).is_empty(), "{text}");
        }
    }
}
