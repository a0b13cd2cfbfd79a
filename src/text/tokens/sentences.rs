//! Where a sentence ends, by the token that ends it and the one that follows.

use super::{Token, TokenKind, Tokens};
use crate::text::spelling::hashes;

/// Words whose dot does not end a sentence (titles, months, and news abbreviations), lower case, without the dot.
const ABBREVIATIONS: [u32; 55] = hashes([
    "adm", "assn", "atty", "aug", "ave", "bros", "brig", "capt", "cmdr", "co", "col", "cpl", "dec", "dept", "dist",
    "dr", "est", "feb", "fr", "ft", "gen", "gov", "govs", "hon", "insp", "jan", "jr", "lt", "maj", "messrs", "mr",
    "mrs", "ms", "mt", "no", "nov", "oct", "pfc", "ph", "pres", "prof", "pvt", "rep", "reps", "rev", "sen", "sens",
    "sep", "sept", "sgt", "spc", "sr", "st", "supt", "vs",
]);

pub(super) fn ends_sentence(tokens: &Tokens, text: &str, i: usize) -> bool {
    let all = &tokens.all;
    let token = all[i];
    // Nearly all tokens are words, and a word ends a sentence only with a dot of its own; `…` has three bytes.
    if !matches!(text.as_bytes()[token.end as usize - 1], b'.' | b'!' | b'?' | 0xa6) {
        return false;
    }
    match token.of(text) {
        "!" | "?" | "…" => true,
        "." => {
            let Some(previous) = i.checked_sub(1).map(|p| all[p]) else { return false };
            if previous.end != token.start || previous.kind != TokenKind::Word {
                return true;
            }
            let word = previous.of(text);
            if word.chars().count() == 1 && previous.capital {
                // An initial, unless it is the pronoun.
                return word == "I";
            }
            !ABBREVIATIONS.contains(&tokens.spellings[i - 1].hash)
        }
        // `U.S.` ends a sentence only where a sentence clearly begins behind it.
        word if token.kind == TokenKind::Word && word.ends_with('.') => all
            .get(i + 1)
            .is_some_and(|next| next.kind == TokenKind::Mark || (next.capital && is_starter(next.of(text)))),
        _ => false,
    }
}

/// Words that begin a sentence far more often than they go on with a name.
fn is_starter(word: &str) -> bool {
    matches!(
        word,
        "The"
            | "He"
            | "She"
            | "It"
            | "They"
            | "We"
            | "I"
            | "But"
            | "And"
            | "In"
            | "On"
            | "At"
            | "This"
            | "That"
            | "A"
            | "An"
            | "His"
            | "Her"
            | "Their"
            | "If"
            | "As"
            | "For"
            | "When"
            | "There"
            | "What"
            | "Mr"
            | "Mrs"
            | "Ms"
            | "However"
            | "After"
            | "Former"
    )
}

pub(super) fn closes(all: &[Token], text: &str, i: usize) -> bool {
    let token = all[i];
    // A mark that stands off from the stop opens the next sentence.
    let touches = i.checked_sub(1).is_some_and(|p| all[p].end == token.start);
    match token.of(text) {
        "”" | "’" | "»" | ")" | "]" => true,
        "\"" | "'" | "''" => touches,
        "." | "!" | "?" | "…" => true,
        _ => false,
    }
}
