//! The raw text as tokens whose edges fall on the edges of every mark, for the formats that count in tokens.

use super::Standoff;
use crate::text::{Raw, Span};
use unicode_segmentation::UnicodeSegmentation;

/// Returns words, marks and runs of white space in order: without the single spaces between them they are the text.
///
/// A space behind a token belongs to it; any other white space is a token of its own, as spaCy counts.
pub fn tokens(page: &Standoff) -> Vec<Span<Raw>> {
    let text = page.text();
    let mut edges: Vec<usize> =
        page.marks.iter().flat_map(|mark| mark.parts.iter().flat_map(|part| [part.start, part.end])).collect();
    edges.sort_unstable();
    edges.dedup();
    let mut out: Vec<Span<Raw>> = Vec::new();
    for (start, word) in text.split_word_bound_indices() {
        let end = start + word.len();
        let low = edges.partition_point(|&edge| edge <= start);
        let mut at = start;
        for &edge in edges[low..].iter().take_while(|&&edge| edge < end).chain(std::iter::once(&end)) {
            let piece = Span::new(at, edge);
            at = edge;
            if piece.of(text).trim().is_empty() && is_tail(text, &out, piece) {
                continue;
            }
            out.push(piece);
        }
    }
    out
}

/// Tells whether `piece` is the one space that stands behind a word.
fn is_tail(text: &str, before: &[Span<Raw>], piece: Span<Raw>) -> bool {
    let word = |span: &Span<Raw>| span.end == piece.start && !span.of(text).trim().is_empty();
    piece.of(text) == " " && before.last().is_some_and(word)
}

/// Tells whether a space that belongs to `token` follows it.
pub fn has_space(text: &str, token: Span<Raw>, next: Option<&Span<Raw>>) -> bool {
    text[token.end..].starts_with(' ') && next.is_none_or(|next| next.start > token.end)
}

/// Returns the numbers of the first and the last token of a part.
pub fn within(tokens: &[Span<Raw>], part: Span<Raw>) -> Option<[usize; 2]> {
    let first = tokens.partition_point(|token| token.end <= part.start);
    let behind = tokens.partition_point(|token| token.start < part.end);
    (first < behind).then(|| [first, behind - 1])
}
