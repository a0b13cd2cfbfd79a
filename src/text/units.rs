//! The units in which a person moves and selects: graphemes, words, sentences, paragraphs, and what stands in marks.

use std::ops::Range;
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// How far to look for a word's or sentence's edge, in bytes: a unit longer than this is cut there.
const REACH: usize = 4096;

/// Returns the start of the grapheme behind the one at `at`, or the end of the text.
pub fn next_grapheme(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at);
    GraphemeCursor::new(at, text.len(), true).next_boundary(text, 0).ok().flatten().unwrap_or(text.len())
}

/// Returns the start of the grapheme before `at`, or 0.
pub fn previous_grapheme(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at);
    GraphemeCursor::new(at, text.len(), true).prev_boundary(text, 0).ok().flatten().unwrap_or(0)
}

/// Returns the start of the first word behind `at`, or the end of the text. A mark or a bracket counts as a word.
pub fn next_word(text: &str, at: usize) -> usize {
    let window = window(text, at);
    pieces(text, &window).map(|piece| piece.start).find(|&start| start > at).unwrap_or(window.end)
}

/// Returns the start of the word before `at`, or the start of the text.
pub fn previous_word(text: &str, at: usize) -> usize {
    let window = window(text, at);
    pieces(text, &window).map(|piece| piece.start).take_while(|&start| start < at).last().unwrap_or(window.start)
}

/// Returns the end of the first word that ends behind `at`, or the end of the text.
pub fn next_word_end(text: &str, at: usize) -> usize {
    let window = window(text, at);
    pieces(text, &window).map(|piece| piece.end).find(|&end| end > at).unwrap_or(window.end)
}

/// Returns the end of the last word that ends before `at`, or the start of the text.
pub fn previous_word_end(text: &str, at: usize) -> usize {
    let window = window(text, at);
    pieces(text, &window).map(|piece| piece.end).take_while(|&end| end < at).last().unwrap_or(window.start)
}

/// Returns the word, mark or bracket at `at`; between words, the next one; an empty range where there is none.
pub fn word(text: &str, at: usize) -> Range<usize> {
    let window = window(text, at);
    pieces(text, &window).find(|piece| piece.end > at).unwrap_or(at..at)
}

/// Returns the sentence at `at`, without white space at its ends, by the rules of UAX 29.
pub fn sentence(text: &str, at: usize) -> Range<usize> {
    let paragraph = paragraph(text, at);
    let found = text[paragraph.clone()].split_sentence_bound_indices().map(|(start, part)| {
        let start = paragraph.start + start;
        start..start + part.len()
    });
    let last = found.clone().last();
    trimmed(text, found.clone().find(|part| part.end > at).or(last).unwrap_or(paragraph))
}

/// Returns the start of the next sentence, or the end of the text.
pub fn next_sentence(text: &str, at: usize) -> usize {
    let behind = sentence(text, at).end.max(at);
    text[behind..].find(|c: char| !c.is_whitespace()).map_or(text.len(), |skip| behind + skip)
}

/// Returns the start of this sentence, or of the one before where `at` is a start; or the start of the text.
pub fn previous_sentence(text: &str, at: usize) -> usize {
    let start = sentence(text, at).start;
    if start < at {
        return start;
    }
    let before = text[..at].trim_end();
    if before.is_empty() { 0 } else { sentence(text, previous_grapheme(text, before.len())).start }
}

/// Returns the line at `at`, without white space at its ends.
pub fn paragraph(text: &str, at: usize) -> Range<usize> {
    let at = text.floor_char_boundary(at);
    let start = memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |end| end + 1);
    let end = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |len| at + len);
    trimmed(text, start..end)
}

/// Returns the narrowest stretch around `at` that stands in quotation marks, marks included.
///
/// A mark opens where a space (or nothing, or a bracket) stands before it and none behind; it closes the other way
/// round; a curly mark says it itself. A paragraph that opens and never closes ends the stretch.
pub fn quoted(text: &str, at: usize) -> Option<Range<usize>> {
    let paragraph = paragraph(text, at);
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut best: Option<Range<usize>> = None;
    let mut consider = |found: Range<usize>| {
        if found.contains(&at) && best.as_ref().is_none_or(|best| found.len() < best.len()) {
            best = Some(found);
        }
    };
    for (offset, c) in text[paragraph.clone()].char_indices() {
        let start = paragraph.start + offset;
        let end = start + c.len_utf8();
        match side(text, start, c, open.last().map(|&(_, mark)| mark)) {
            Side::Opens => open.push((start, family(c))),
            Side::Closes => {
                if let Some(depth) = open.iter().rposition(|&(_, mark)| mark == family(c)) {
                    consider(open[depth].0..end);
                    open.truncate(depth);
                }
            }
            Side::Neither => {}
        }
    }
    for (start, _) in open {
        consider(start..paragraph.end);
    }
    best
}

enum Side {
    Opens,
    Closes,
    Neither,
}

/// Returns the family of a mark: double or single.
fn family(c: char) -> char {
    if matches!(c, '\'' | '‘' | '’' | '‹' | '›') { '\'' } else { '"' }
}

/// Returns whether the mark `c` at `at` opens or closes; `inside` is the family of the mark that is open.
fn side(text: &str, at: usize, c: char, inside: Option<char>) -> Side {
    let before = text[..at].chars().next_back();
    let behind = text[at + c.len_utf8()..].chars().next();
    let stands_off =
        |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | '“' | '‘' | '"'));
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '“' | '„' | '«' | '‘' | '‹' => Side::Opens,
        '”' | '»' | '›' => Side::Closes,
        '’' | '\'' if letter(before) && letter(behind) => Side::Neither,
        '’' if inside == Some('\'') => Side::Closes,
        '"' | '\'' => match (stands_off(before), stands_off(behind)) {
            (true, false) => Side::Opens,
            (false, true) if inside == Some(family(c)) => Side::Closes,
            _ if c == '\'' => Side::Neither,
            _ if inside == Some('"') => Side::Closes,
            _ => Side::Opens,
        },
        _ => Side::Neither,
    }
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    start..start + part.trim().len()
}

fn window(text: &str, at: usize) -> Range<usize> {
    let start = text.floor_char_boundary(at.saturating_sub(REACH));
    let end = text.ceil_char_boundary((at + REACH).min(text.len()));
    start..end
}

/// Returns the words and marks of a window: what stands between white space, cut at word boundaries.
fn pieces<'a>(text: &'a str, window: &Range<usize>) -> impl Iterator<Item = Range<usize>> + 'a {
    let base = window.start;
    text[window.clone()]
        .split_word_bound_indices()
        .filter(|(_, piece)| !piece.trim().is_empty())
        .map(move |(start, piece)| base + start..base + start + piece.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = "“I don’t agree,” said Ann. It is ‘late’.\n\nShe \"left the \" room\" then.";

    #[test]
    fn moves_by_words_and_sentences() {
        assert_eq!(word(TEXT, 5), 5..12);
        let agree = TEXT.find("agree").unwrap();
        assert_eq!(next_word(TEXT, 5), agree);
        assert_eq!(previous_word(TEXT, agree), 5);
        assert_eq!(next_word_end(TEXT, agree), agree + 5);
        let it = TEXT.find("It is").unwrap();
        assert_eq!(next_sentence(TEXT, 8), it);
        assert_eq!(previous_sentence(TEXT, it), 0);
        assert!(TEXT[sentence(TEXT, it)].starts_with("It is"));
    }

    #[test]
    fn finds_what_stands_in_marks() {
        assert_eq!(quoted(TEXT, 8).map(|r| &TEXT[r]), Some("“I don’t agree,”"));
        assert_eq!(quoted(TEXT, TEXT.find("late").unwrap()).map(|r| &TEXT[r]), Some("‘late’"));
        assert_eq!(quoted(TEXT, TEXT.find("said").unwrap()), None);
        assert_eq!(quoted("“It goes on", 4), Some(0..13));
        let nested = "“He said ‘no way’ to me.”";
        assert_eq!(quoted(nested, nested.find("way").unwrap()).map(|r| &nested[r]), Some("‘no way’"));
        assert_eq!(quoted(nested, nested.find("to me").unwrap()), Some(0..nested.len()));
    }

    proptest! {
        #[test]
        fn stays_on_boundaries(text in "[a-z .,’'\"“”é🙂\n]{0,80}", at in 0..90_usize) {
            let at = text.floor_char_boundary(at.min(text.len()));
            for place in [next_grapheme(&text, at), previous_grapheme(&text, at), next_word(&text, at), previous_word(&text, at),
                next_word_end(&text, at), previous_word_end(&text, at), next_sentence(&text, at), previous_sentence(&text, at)] {
                prop_assert!(text.is_char_boundary(place));
            }
            for range in [word(&text, at), sentence(&text, at), paragraph(&text, at), quoted(&text, at).unwrap_or(0..0)] {
                prop_assert!(range.start <= range.end && text.get(range).is_some());
            }
            prop_assert!(next_word(&text, at) >= at && previous_word(&text, at) <= at);
        }
    }
}
