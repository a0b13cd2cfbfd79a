//! The tense around a date: `will meet Tuesday` looks ahead, `met Tuesday` and `on Tuesday` in a report look back.

use crate::engine::page::Page;
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
    // `by Friday`, `until May`, `marching toward November` look ahead, unless the sentence is told as past.
    let ahead = tokens
        .start
        .checked_sub(1)
        .is_some_and(|i| i >= sentence.start && matches!(word(i), "by" | "until" | "till" | "toward" | "towards"));
    if tokens.start > sentence.start
        && matches!(word(tokens.start - 1), "after" | "After" | "following" | "Following" | "since" | "Since")
    {
        return Tense::Past;
    }
    // `Saturday’s attack` was; only what is held on an appointed day may still come: `Tuesday’s election`.
    let possessive = (tokens.end..sentence.end.min(tokens.end + 2)).find(|&i| matches!(word(i), "'s" | "’s" | "s"));
    if let Some(at) = possessive.filter(|_| tokens.len() == 1) {
        let appointed = (at + 1..sentence.end.min(at + 5)).any(|i| is_appointed(word(i)));
        if !appointed {
            return Tense::Past;
        }
    }
    let is_word = |i: usize| page.tokens.all[i].kind == TokenKind::Word;
    // `as soon as Tuesday`, `as early as next week`
    if tokens.start >= sentence.start + 3
        && word(tokens.start - 1) == "as"
        && matches!(word(tokens.start - 2), "soon" | "early" | "late")
    {
        return Tense::Future;
    }
    // `to win in November`: what is meant to be, unless a verb before it tells of the past. Of weekdays it tells little: `the first
    // to join on Friday`.
    let day = word(tokens.start).ends_with("day");
    let mut intent = false;
    for i in (sentence.start.max(tokens.start.saturating_sub(REACH))..tokens.start).rev() {
        if is_word(i) {
            intent |= word(i) == "to" && i + 1 < tokens.start && is_infinitive(word(i + 1));
            let before = |n: usize| i.checked_sub(n).filter(|&p| p >= sentence.start).map(word);
            match verb(word(i), [before(2), before(1)], (i + 1 < page.tokens.all.len()).then(|| word(i + 1))) {
                Tense::Open => {}
                Tense::Past if ahead && !matches!(word(i), "was" | "were" | "had") && before(1) != Some("had") => {
                    return Tense::Future;
                }
                tense => return tense,
            }
        }
    }
    if intent && !day {
        return Tense::Future;
    }
    for i in tokens.end..sentence.end.min(tokens.end + REACH) {
        if is_word(i) {
            let before = |n: usize| i.checked_sub(n).map(word);
            match verb(word(i), [before(2), before(1)], (i + 1 < sentence.end).then(|| word(i + 1))) {
                Tense::Open => {}
                tense => return tense,
            }
        }
    }
    if ahead { Tense::Future } else { Tense::Open }
}

/// Tells whether a word behind `to` is a verb, as far as its looks tell: `to win`, not `to the court`, `to Paris`, `to voters`.
fn is_infinitive(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && !word.ends_with("ed")
        && !word.ends_with("ing")
        && (word.ends_with("ss") || !word.ends_with('s'))
        && !matches!(
            word,
            "the"
                | "a"
                | "an"
                | "that"
                | "it"
                | "him"
                | "her"
                | "them"
                | "me"
                | "my"
                | "their"
                | "our"
                | "your"
                | "one"
                | "date"
        )
}

fn is_intent(word: &str) -> bool {
    matches!(
        word,
        "agreement"
            | "plan"
            | "plans"
            | "proposal"
            | "offer"
            | "program"
            | "bid"
            | "effort"
            | "deal"
            | "right"
            | "option"
            | "pledge"
            | "promise"
            | "decision"
            | "invitation"
            | "order"
            | "deadline"
            | "chance"
            | "ready"
            | "about"
            | "hoping"
            | "able"
    )
}

fn is_appointed(word: &str) -> bool {
    matches!(
        word,
        "election"
            | "elections"
            | "vote"
            | "meeting"
            | "hearing"
            | "debate"
            | "deadline"
            | "summit"
            | "game"
            | "match"
            | "primary"
            | "caucuses"
            | "race"
            | "contest"
            | "ceremony"
            | "referendum"
            | "runoff"
            | "talks"
            | "trial"
            | "auction"
            | "launch"
    )
}

/// Returns the tense of one word, if it is a verb that shows it; `before` are the two words before it.
fn verb(word: &str, before: [Option<&str>; 2], next: Option<&str>) -> Tense {
    if word.starts_with(|c: char| c.is_ascii_uppercase()) {
        return Tense::Open;
    }
    let told = || {
        // `to be paid`, `will be completed`; but `has been` and `was`.
        match before[1] {
            Some("be" | "being") => Tense::Future,
            // `when the case is heard in May`; `expected to hit`, `will cut`: the word before them tells.
            Some("is" | "are" | "to" | "will" | "would" | "could" | "can" | "may" | "might" | "should" | "must") => {
                Tense::Open
            }
            _ => Tense::Past,
        }
    };
    match word {
        // `had been expected`, `was previously scheduled`
        "expected" | "scheduled" | "due" | "planned" | "slated" | "supposed"
            if matches!(before, [Some("had"), Some("been")]) =>
        {
            Tense::Past
        }
        // `an agreement to sell`, `plans to vote`; `began to sell` is told by its verb.
        // `had been scheduled to expire`: the verb before it tells.
        "expire" | "begin" | "open" | "start" if before[1] == Some("to") => Tense::Open,
        "to" if before[1].is_some_and(is_intent) && next.is_some_and(|next| !next.ends_with("ed") && next != "the") => {
            Tense::Future
        }
        // `his plans in October` are things, `plans to open` looks ahead.
        "plans" if !matches!(next, Some("to" | "on" | "a" | "an")) => Tense::Open,
        "set" => match next {
            Some("to" | "for") => Tense::Future,
            _ => told(),
        },
        "will" | "’ll" | "'ll" | "shall" | "wo" | "won't" | "won’t" | "would" | "may" | "might" | "could"
        | "expected" | "scheduled" | "expects" | "expect" | "plans" | "planned" | "planning" | "due" | "slated"
        | "likely" | "hopes" | "intends" | "aims" | "going" | "payable" | "upcoming" | "expires" | "expire"
        | "must" | "should" | "preparing" | "prepares" | "begins" | "opens" | "starts" | "supposed" | "meet"
        | "meets" | "arrives" | "departs" | "tentatively" | "proposed" | "headed" | "effective" | "can" | "hold"
        | "holds" => Tense::Future,
        "was" | "were" | "had" | "has" | "have" | "been" | "did" | "said" | "told" | "went" | "came" | "made"
        | "took" | "met" | "began" | "fell" | "rose" | "held" | "shot" | "found" | "left" | "gave" | "got"
        | "became" | "won" | "lost" | "broke" | "spoke" | "saw" | "sent" | "led" | "ran" | "put" | "sold"
        | "bought" | "built" | "brought" | "kept" | "paid" | "wrote" | "hit" | "struck" | "stood" | "threw"
        | "flew" | "drew" | "grew" | "cut" | "slain" | "since" | "ago" | "says" | "tells" | "heard" => told(),
        _ if word.len() > 4
            && word.ends_with("ed")
            && !word.starts_with("un")
            && !matches!(word, "indeed" | "hundred" | "exceed" | "proceed" | "succeed") =>
        {
            told()
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
        let page = Page { text, tokens: &tokens, words: &[], suspects: &[] };
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
