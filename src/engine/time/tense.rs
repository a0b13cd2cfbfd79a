//! The tense around a date: `will meet Tuesday` looks ahead, `met Tuesday` and `on Tuesday` in a report look back.

pub use super::verbs::Tense;
use super::verbs::{is_appointed, is_before_a_month, is_done, is_infinitive, is_thing, verb};
use crate::engine::page::Page;
use crate::text::{Clean, Span, TokenKind};
use std::ops::Range;

/// Tokens read to either side.
const REACH: usize = 14;

/// Returns the tense that governs `span`: that of the nearest verb to its left in the sentence, else to its right.
pub fn of(page: &Page, span: Span<Clean>) -> Tense {
    let tokens = page.tokens.within(span);
    let Some(sentence) = page.tokens.sentences.get(page.tokens.sentence_of(tokens.start)) else { return Tense::Open };
    let word = |i: usize| page.tokens.all[i].of(page.text);
    let before = |n: usize| tokens.start.checked_sub(n).filter(|&i| i >= sentence.start).map(word);
    if matches!(before(1), Some("after" | "After" | "following" | "Following" | "since" | "Since")) {
        return Tense::Past;
    }
    // `by Friday`, `until May`, `marching toward November` look ahead; `prompted by the late Friday release` does not.
    let ahead = matches!(before(1), Some("by" | "until" | "till" | "toward" | "towards"))
        && !(before(1) == Some("by") && before(2).is_some_and(|verb| verb.ends_with("ed")));
    let day = word(tokens.start).ends_with("day") || tokens.len() > 1 && word(tokens.end - 1).ends_with("day");
    // `Saturday’s attack` was; only what is held on an appointed day may still come: `Tuesday’s election`.
    let possessive = (tokens.end..sentence.end.min(tokens.end + 2)).find(|&i| matches!(word(i), "'s" | "’s" | "s"));
    if let Some(at) = possessive.filter(|_| tokens.len() == 1 || day) {
        let appointed = (at + 1..sentence.end.min(at + 5)).any(|i| is_appointed(word(i)));
        if !appointed {
            return Tense::Past;
        }
    }
    // `as soon as Tuesday`, `as early as next week`
    if before(1) == Some("as") && matches!(before(2), Some("soon" | "early" | "late")) {
        return Tense::Future;
    }
    let tense = left(page, sentence.start..tokens.start, ahead, day)
        .or_else(|| right(page, sentence.clone(), tokens.clone(), day))
        .unwrap_or(if ahead { Tense::LeansFuture } else { Tense::Open });
    // `the November election`, `their February reports`: a verb tells little of the month of a thing.
    let month = tokens.len() == 1 && super::MONTHS.contains(&word(tokens.start));
    if month && before(1).is_some_and(|word| !is_before_a_month(word)) {
        let thing = (tokens.end..sentence.end.min(tokens.end + 3)).take_while(|&i| is_thing(word(i)));
        return match (thing.clone().any(|i| is_appointed(word(i))), tense) {
            (true, Tense::Open | Tense::LeansFuture | Tense::Future) => Tense::LeansFuture,
            (false, _) if thing.count() == 0 => tense,
            _ => Tense::Open,
        };
    }
    tense
}

/// The tense of the nearest verb before a date, in the tokens from the sentence's first to the date.
fn left(page: &Page, tokens: Range<usize>, ahead: bool, day: bool) -> Option<Tense> {
    let word = |i: usize| page.tokens.all[i].of(page.text);
    let is_word = |i: usize| page.tokens.all[i].kind == TokenKind::Word;
    // `to win in November`: what is meant to be. Of weekdays it tells little: `the first to join on Friday`.
    let (mut intent, mut appointed, mut comma) = (false, false, false);
    for i in (tokens.start.max(tokens.end.saturating_sub(REACH))..tokens.end).rev() {
        if !is_word(i) {
            comma |= word(i) == ",";
            continue;
        }
        let before = |n: usize| i.checked_sub(n).filter(|&p| p >= tokens.start).map(word);
        let next = (i + 1 < tokens.end).then(|| word(i + 1));
        intent |= word(i) == "to" && next.is_some_and(is_infinitive);
        appointed |= is_appointed(word(i));
        // `because of the shooting on Friday`, `After a win in Tuesday’s primary`, `Asked on Monday whether`
        if word(i) == "because" && next == Some("of") || i == tokens.start && !comma && is_done(word(i)) {
            return Some(Tense::Past);
        }
        match verb(word(i), [before(2), before(1)], (i + 1 < page.tokens.all.len()).then(|| word(i + 1))) {
            Tense::Past if ahead && !matches!(word(i), "was" | "were" | "had") && before(1) != Some("had") => {
                return Some(Tense::LeansFuture);
            }
            // `threatened to win in June`, `left before the convention in June`
            Tense::Past if !day && (intent || appointed) => return Some(Tense::LeansPast),
            Tense::Open => {}
            tense => return Some(tense),
        }
    }
    (intent && !day).then_some(Tense::LeansFuture)
}

/// The tense of the nearest verb behind a date, the tokens `date` of `sentence`.
fn right(page: &Page, sentence: Range<usize>, date: Range<usize>, day: bool) -> Option<Tense> {
    let word = |i: usize| page.tokens.all[i].of(page.text);
    // `On Tuesday, the council will`; in `her wins on Tuesday will help` the date belongs to the thing.
    let leads = (sentence.start..date.start).all(|i| is_before_a_month(word(i)) || matches!(word(i), "But" | "And"));
    let appointed = (sentence.start.max(date.start.saturating_sub(REACH))..date.start)
        .chain(date.end..sentence.end.min(date.end + 4))
        .any(|i| is_appointed(word(i)));
    let mut apart = false;
    for i in date.end..sentence.end.min(date.end + REACH) {
        if page.tokens.all[i].kind != TokenKind::Word {
            apart |= word(i) == ",";
            continue;
        }
        // `… in November, he said`: the words of the speaker are told, not what they tell.
        if apart && i > date.end + 1 && !leads && matches!(word(i), "said" | "says" | "told" | "tells" | "added") {
            return None;
        }
        apart |= matches!(word(i), "and" | "when");
        let before = |n: usize| i.checked_sub(n).map(word);
        match verb(word(i), [before(2), before(1)], (i + 1 < sentence.end).then(|| word(i + 1))) {
            Tense::Open => {}
            Tense::Future if !leads && !appointed && !apart => return (!day).then_some(Tense::LeansFuture),
            tense => return Some(tense),
        }
    }
    None
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

    #[test]
    fn tells_what_is_of_a_thing_from_what_is_of_a_verb() {
        assert_eq!(tense("Her wins in three towns on Tuesday will help the club.", "Tuesday"), Tense::Open);
        assert_eq!(tense("The vote on Tuesday will decide it.", "Tuesday"), Tense::Future);
        assert_eq!(tense("A survey in March shows that many will stay away.", "March"), Tense::LeansFuture);
        assert_eq!(tense("They must file their March reports by Sunday.", "March"), Tense::Open);
        assert_eq!(tense("Nobody knows how the November election ends.", "November"), Tense::LeansFuture);
        assert_eq!(tense("“I am glad of our chances in November,” Stell said.", "November"), Tense::Open);
    }

    #[test]
    fn hears_what_was_and_what_was_meant() {
        assert_eq!(tense("The mayor could not be reached on Saturday.", "Saturday"), Tense::Past);
        assert_eq!(tense("Asked on Monday whether it would rain, she laughed.", "Monday"), Tense::Past);
        assert_eq!(tense("After losing Tuesday’s primary, he must rest.", "Tuesday"), Tense::Past);
        assert_eq!(tense("In May, the agency proposed a limit.", "May"), Tense::Past);
        assert_eq!(tense("He left because of the fire on Friday that will cost millions.", "Friday"), Tense::Past);
        assert_eq!(tense("It was prompted by Friday and its news.", "Friday"), Tense::Past);
        assert_eq!(tense("They threatened to spoil the fair in June.", "June"), Tense::LeansPast);
        assert_eq!(tense("They have the votes in June.", "June"), Tense::Open);
        assert_eq!(tense("They will have the votes in June.", "June"), Tense::Future);
    }
}
