//! Events that the article itself dates: `Saturday’s terror attack` dates `the day of the attack` and `following the attack`.

use super::calendar::days_between;
use super::meaning::What;
use super::{Interval, Timex, TimexType};
use crate::engine::page::Page;
use crate::text::{Clean, Span, TokenKind};

/// An event with its date.
#[derive(Debug, Clone, Copy)]
pub struct Event {
    /// The days it took place in.
    pub interval: Interval,
    /// The expression that dates it.
    pub span: Span<Clean>,
}

/// What `the day of the …` may be the day of.
pub const NOUNS: &[&str] = &[
    "attack",
    "attacks",
    "bombing",
    "bombings",
    "shooting",
    "shootings",
    "killing",
    "killings",
    "murder",
    "explosion",
    "blast",
    "crash",
    "accident",
    "fire",
    "election",
    "vote",
    "referendum",
    "debate",
    "speech",
    "raid",
    "arrest",
    "trial",
    "hearing",
    "meeting",
    "summit",
    "ceremony",
    "funeral",
    "wedding",
    "launch",
    "strike",
    "protest",
    "march",
    "rally",
    "earthquake",
    "storm",
    "hurricane",
    "flood",
    "incident",
    "massacre",
    "assassination",
    "invasion",
    "inauguration",
];

/// Words between a date and the noun of the event it dates.
const REACH: usize = 5;

/// Gives the expressions that are bound to an event (`the day of the attack`) the date of that event.
pub fn bind(page: &Page, timexes: &mut [Timex]) {
    for n in 0..timexes.len() {
        if timexes[n].meaning.what != What::Event {
            continue;
        }
        let Some(noun) =
            page.tokens.within(timexes[n].span).next_back().map(|token| page.tokens.all[token].of(page.text))
        else {
            continue;
        };
        if let Some(source) = find(page, timexes, noun, timexes[n].span) {
            let value = timexes.iter().find(|timex| timex.span == source.span).map(|timex| timex.value.clone());
            timexes[n].interval = Some(source.interval);
            timexes[n].value = value.unwrap_or_default();
        }
    }
}

/// Finds the date of the event that `noun` names, other than at `not_at`: `Saturday’s terror attack`, `the attack on Saturday`.
pub fn find(page: &Page, timexes: &[Timex], noun: &str, not_at: Span<Clean>) -> Option<Event> {
    let all = &page.tokens.all;
    let same = |word: &str| {
        let (a, b) = (word.trim_end_matches('s'), noun.trim_end_matches('s'));
        a.eq_ignore_ascii_case(b)
    };
    timexes.iter().find_map(|timex| {
        let interval = timex.interval.filter(|days| days_between(days.from, days.to) <= 31)?;
        if timex.span.overlaps(not_at)
            || !matches!(timex.kind, TimexType::Date | TimexType::Time)
            || timex.meaning.what == What::Event
        {
            return None;
        }
        let at = page.tokens.within(timex.span);
        let mut names = false;
        for token in all.iter().skip(at.end).take(REACH) {
            let word = token.of(page.text);
            match token.kind {
                TokenKind::Word if matches!(word, "s" | "'s" | "’s") => names = true,
                // `Saturday’s terror attack`, `the June 3 attack`: no verb or preposition stands between.
                TokenKind::Word if same(word) => return Some(Event { interval, span: timex.span }),
                TokenKind::Word if is_small(word) => break,
                TokenKind::Word => {}
                TokenKind::Mark if !names && matches!(word, "’" | "'" | "‘") => {}
                _ => break,
            }
        }
        let sentence = page.tokens.sentences.get(page.tokens.sentence_of(at.start))?;
        let first = sentence.start.max(at.start.saturating_sub(REACH + 1));
        // `the attack on Saturday`, `the attack in London on June 3`
        all[first..at.start]
            .iter()
            .rev()
            .take_while(|token| token.kind == TokenKind::Word)
            .any(|token| same(token.of(page.text)))
            .then_some(Event { interval, span: timex.span })
    })
}

fn is_small(word: &str) -> bool {
    matches!(
        word,
        "of" | "in"
            | "on"
            | "at"
            | "that"
            | "when"
            | "as"
            | "to"
            | "for"
            | "and"
            | "was"
            | "is"
            | "were"
            | "has"
            | "had"
            | "after"
            | "before"
            | "with"
            | "by"
            | "from"
            | "who"
            | "which"
            | "said"
    )
}
