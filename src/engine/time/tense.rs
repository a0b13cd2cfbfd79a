//! The tense around a date: `will meet Tuesday` looks ahead, `met Tuesday` and `on Tuesday` in a report look back.

use crate::engine::analysis::Page;
use crate::text::{Clean, Span, TokenKind};

/// Which way the sentence looks at a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tense {
    /// It tells what was.
    Past,
    /// It tells what will be.
    Future,
    /// It does not say.
    Open,
}

/// Tokens read to either side.
const REACH: usize = 14;

/// Returns the tense that governs `span`: that of the nearest verb to its left in the sentence, else to its right.
pub fn of(page: &Page, span: Span<Clean>) -> Tense {
    let tokens = page.tokens.within(span);
    let Some(sentence) = page.tokens.sentences.get(page.tokens.sentence_of(tokens.start)) else { return Tense::Open };
    let word = |i: usize| page.tokens.all[i].of(page.text);
    let is_word = |i: usize| page.tokens.all[i].kind == TokenKind::Word;
    for i in (sentence.start.max(tokens.start.saturating_sub(REACH))..tokens.start).rev() {
        if is_word(i) {
            match verb(word(i), i.checked_sub(1).filter(|&p| p >= sentence.start).map(word)) {
                Tense::Open => {}
                tense => return tense,
            }
        }
    }
    for i in tokens.end..sentence.end.min(tokens.end + REACH) {
        if is_word(i) {
            match verb(word(i), i.checked_sub(1).map(word)) {
                Tense::Open => {}
                tense => return tense,
            }
        }
    }
    Tense::Open
}

/// Returns the tense of one word, if it is a verb that shows it.
fn verb(word: &str, before: Option<&str>) -> Tense {
    if word.starts_with(|c: char| c.is_ascii_uppercase()) {
        return Tense::Open;
    }
    match word {
        "will" | "’ll" | "'ll" | "shall" | "wo" | "won't" | "won’t" | "would" | "may" | "might" | "could" | "can"
        | "expected" | "scheduled" | "expects" | "expect" | "plans" | "planned" | "planning" | "due" | "slated"
        | "set" | "likely" | "hopes" | "intends" | "aims" | "going" | "payable" | "upcoming" | "expires" | "expire"
        | "until" | "tomorrow" | "must" | "should" | "preparing" | "prepares" | "begins" | "opens" | "starts"
        | "tentatively" | "wants" | "proposed" | "headed" => Tense::Future,
        "was" | "were" | "had" | "has" | "have" | "been" | "did" | "said" | "told" | "went" | "came" | "made"
        | "took" | "met" | "began" | "fell" | "rose" | "held" | "shot" | "found" | "left" | "gave" | "got"
        | "became" | "won" | "lost" | "broke" | "spoke" | "saw" | "sent" | "led" | "ran" | "put" | "sold"
        | "bought" | "built" | "brought" | "kept" | "paid" | "wrote" | "hit" | "struck" | "stood" | "threw"
        | "flew" | "drew" | "grew" | "cut" | "slain" | "since" | "ago" | "says" | "tells" => Tense::Past,
        _ if word.len() > 4
            && word.ends_with("ed")
            && !matches!(word, "indeed" | "hundred" | "exceed" | "proceed" | "succeed") =>
        {
            // `to be completed`, `will be paid`
            if matches!(before, Some("be")) { Tense::Future } else { Tense::Past }
        }
        _ => Tense::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Tokens;

    fn tense(text: &str, date: &str) -> Tense {
        let tokens = Tokens::new(text);
        let page = Page { text, tokens: &tokens, suspects: &[] };
        let start = text.find(date).unwrap_or(0);
        of(&page, Span::new(start, start + date.len()))
    }

    #[test]
    fn reads_the_nearest_verb() {
        assert_eq!(tense("The council met on Tuesday.", "Tuesday"), Tense::Past);
        assert_eq!(tense("The council will meet on Tuesday.", "Tuesday"), Tense::Future);
        assert_eq!(tense("On Tuesday, the council is scheduled to meet.", "Tuesday"), Tense::Future);
        assert_eq!(tense("The vote is to be repeated in May.", "May"), Tense::Future);
        assert_eq!(tense("Tuesday at noon.", "Tuesday"), Tense::Open);
    }
}
