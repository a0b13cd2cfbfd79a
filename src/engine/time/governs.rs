//! Which date expression governs a quotation: the nearest to its cue in the sentence, with no other clause between them.

use super::document::is_stamp;
use super::meaning::What;
use super::occasions::{goes_on, is_speech};
use super::{Interval, Timex, TimexType};
use crate::engine::page::Page;
use crate::engine::quotes::{Quote, QuoteKind};
use crate::text::{Clean, Span, TokenKind};
use std::ops::Range;

/// Tokens to either side of a cue that count as its sentence, so that text without stops costs no more than other text.
const REACH: usize = 150;

/// How an expression dates a quotation.
#[derive(Debug, Clone, Copy)]
pub enum Reading {
    /// It was said then.
    Said(Interval),
    /// It was said after that: `following Saturday’s attack`.
    After(Interval),
    /// It was said after an event that is dated elsewhere: `Following the attack`.
    AfterEvent {
        /// The noun of the event.
        noun: Span<Clean>,
    },
}

/// The expression that governs a quotation.
#[derive(Debug, Clone, Copy)]
pub struct Governing {
    /// The expression, with `following` where that belongs to it.
    pub span: Span<Clean>,
    /// How it dates the quotation.
    pub reading: Reading,
    /// Whether cue and expression stand in a clause of their own (`who told Londoners in late 2016`), so that no other quotation
    /// shares the date.
    pub aside: bool,
}

/// The quotations and expressions of a page, and where they stand.
pub struct Scope<'a> {
    page: Page<'a>,
    quotes: &'a [Quote],
    timexes: &'a [Timex],
    /// The tokens of each quotation's cue; of its content where it has none.
    anchors: Vec<Range<usize>>,
    /// The first tokens of the cues in order, each with the number of its quotation.
    cues: Vec<(usize, usize)>,
    /// The parts of all quotations in order of their first byte, with the furthest end so far.
    contents: Vec<(usize, usize)>,
}

impl<'a> Scope<'a> {
    /// Reads the places of all quotations once.
    pub fn new(page: &Page<'a>, quotes: &'a [Quote], timexes: &'a [Timex]) -> Self {
        let anchors: Vec<Range<usize>> =
            quotes.iter().map(|quote| page.tokens.within(quote.cue.unwrap_or_else(|| quote.hull()))).collect();
        let contents = contents(quotes, timexes);
        let mut cues: Vec<(usize, usize)> =
            (0..quotes.len()).filter(|&n| quotes[n].cue.is_some()).map(|n| (anchors[n].start, n)).collect();
        cues.sort_unstable();
        Self { page: *page, quotes, timexes, anchors, cues, contents }
    }

    /// Returns the expression that governs quotation `n`.
    pub fn governing(&self, n: usize) -> Option<Governing> {
        let anchor = self.anchors.get(n)?;
        let sentence = self.sentence(anchor.start)?;
        // A quotation without a cue may begin or end in a sentence of the narrator's.
        let until = self.sentence(anchor.end.saturating_sub(1).max(anchor.start))?;
        let reach = self.page.tokens.span(sentence.start..until.end);
        let first = self.timexes.partition_point(|timex| timex.span.start < reach.start);
        let best = self.timexes[first..]
            .iter()
            .take_while(|timex| timex.span.end <= reach.end)
            .filter(|timex| matches!(timex.kind, TimexType::Date | TimexType::Time) && timex.interval.is_some())
            .filter(|timex| !self.in_words(n, timex.span) && !is_stamp(&self.page, timex.span))
            .filter_map(|timex| self.reading(n, timex, &sentence))
            .min_by_key(|&(distance, _)| distance)
            .map(|(_, governing)| governing);
        best.or_else(|| self.after_event(n, &sentence))
    }

    /// Returns the expression beside quotation `n` that names no days, as it counts from a date that is not known.
    pub fn open(&self, n: usize) -> Option<Span<Clean>> {
        let anchor = self.anchors.get(n)?;
        let sentence = self.sentence(anchor.start)?;
        let reach = self.page.tokens.span(sentence);
        let first = self.timexes.partition_point(|timex| timex.span.start < reach.start);
        self.timexes[first..]
            .iter()
            .take_while(|timex| timex.span.end <= reach.end)
            .filter(|timex| matches!(timex.kind, TimexType::Date | TimexType::Time) && timex.interval.is_none())
            .filter(|timex| !matches!(timex.meaning.what, What::Vague(_)) && !self.in_words(n, timex.span))
            .min_by_key(|timex| Self::distance(&self.page.tokens.within(timex.span), anchor))
            .map(|timex| timex.span)
    }

    /// The sentence of a token, a runaway one cut about it.
    fn sentence(&self, token: usize) -> Option<Range<usize>> {
        let whole = self.page.tokens.sentences.get(self.page.tokens.sentence_of(token))?;
        Some(whole.start.max(token.saturating_sub(REACH))..whole.end.min(token + REACH))
    }

    fn word(&self, token: usize) -> &'a str {
        self.page.tokens.all.get(token).map_or("", |found| found.of(self.page.text))
    }

    /// Tells whether `span` lies within the words of a quotation.
    fn in_content(&self, span: Span<Clean>) -> bool {
        let upto = self.contents.partition_point(|&(start, _)| start <= span.start);
        // What begins in words and goes on behind them is the narrator's: their end was found too late.
        upto.checked_sub(1).is_some_and(|last| self.contents[last].1 >= span.end)
    }

    /// Tells whether `span` lies within words that say nothing of when quotation `n` was said: those of a quotation; but the
    /// words about a nested one do, and so does `in February` in `assured them in February that ...`.
    fn in_words(&self, n: usize, span: Span<Clean>) -> bool {
        if !self.in_content(span) {
            return false;
        }
        let quote = &self.quotes[n];
        let hull = quote.hull();
        if let Some(outer) = quote.nested_in.and_then(|outer| self.quotes.get(outer)) {
            return hull.overlaps(span)
                || !outer.spans.iter().any(|part| part.start <= span.start && span.end <= part.end);
        }
        let leads = quote.kind != QuoteKind::Direct
            && quote.cue.is_some_and(|cue| cue.end <= hull.start)
            && hull.start <= span.start
            && span.end < hull.end;
        if !leads {
            return true;
        }
        let (first, at) = (self.page.tokens.at_or_after(hull.start), self.page.tokens.within(span));
        let close = at.start.saturating_sub(first) <= 5
            && (first..at.start).all(|i| self.page.tokens.all[i].kind == TokenKind::Word && self.word(i) != "that");
        // `described the consultation held in July as`: the date is the thing's.
        let opens = (self.word(at.end) == "as" && at.start <= first + 2)
            || matches!(self.word(at.end), "that" | "whether" | "how" | "why" | "what" | "“" | "\"" | "‘");
        !(close && opens)
    }

    /// Returns how far an expression stands from the cue of quotation `n`, and how it dates it, if it does.
    fn reading(&self, n: usize, timex: &Timex, sentence: &Range<usize>) -> Option<(usize, Governing)> {
        let days = timex.interval?;
        let at = self.page.tokens.within(timex.span);
        let anchor = &self.anchors[n];
        let distance = Self::distance(&at, anchor)?;
        let before = at.start.checked_sub(1).filter(|&i| i >= sentence.start).map_or("", |i| self.word(i));
        if matches!(before, "before" | "until" | "till" | "by" | "through" | "for" | "than") {
            return None;
        }
        let leads = at.start <= sentence.start + 2;
        if self.attributive(timex, &at, anchor, before) || self.in_other_relative(&at, anchor, sentence) {
            return None;
        }
        // Behind the words of an indirect quotation, only what stands close by is of its cue.
        let hull = self.quotes[n].hull();
        if anchor.end <= at.start
            && self.quotes[n].cue.is_some_and(|cue| cue.end <= hull.start)
            && hull.end <= timex.span.start
        {
            let behind = self.page.tokens.at_or_after(hull.end);
            if at.start.saturating_sub(behind) > 3 {
                return None;
            }
        }
        if leads && at.end <= anchor.start {
            // `On Tuesday, ... said`: governs the main clause, not one that a relative pronoun opens.
            if self.relative(anchor.start) && !self.is_relative_near(&at, anchor) {
                return None;
            }
        } else if self.blocked(&at, anchor) {
            return None;
        }
        // Another cue stands nearer, and its clause keeps the date to itself.
        let first = self.cues.partition_point(|&(start, _)| start < sentence.start);
        let taken = self.cues[first..].iter().take_while(|(start, _)| *start < sentence.end).any(|&(_, other)| {
            let theirs = &self.anchors[other];
            other != n
                && theirs != anchor
                && Self::distance(&at, theirs).is_some_and(|nearer| nearer < distance)
                && (self.relative(theirs.start) || !leads && at.start >= theirs.end)
        });
        if taken {
            return None;
        }
        let aside = self.relative(anchor.start);
        let after = matches!(before, "after" | "After" | "following" | "Following" | "since" | "Since");
        let with_before =
            Span::new(self.page.tokens.all.get(at.start.saturating_sub(1))?.start as usize, timex.span.end);
        match self.event_behind(at.end, sentence) {
            // `Saturday’s attack` is no date of speech, `Saturday’s interview` is.
            Some(event) if !event.speech => {
                after.then_some((distance, Governing { span: with_before, reading: Reading::After(days), aside }))
            }
            _ if after => Some((distance, Governing { span: with_before, reading: Reading::After(days), aside })),
            _ => Some((distance, Governing { span: timex.span, reading: Reading::Said(days), aside })),
        }
    }

    /// Tells whether the expression only describes a noun that is no occasion of speech: `said of the 2016 election`, `9/11 widows`;
    /// but `in a 2013 memo`, `in 2010 said`.
    fn attributive(&self, timex: &Timex, at: &Range<usize>, anchor: &Range<usize>, before: &str) -> bool {
        let next = self.word(at.end);
        let noun = next.len() > 2
            && next.starts_with(|c: char| c.is_lowercase())
            && !next.ends_with("ly")
            && at.end != anchor.start
            && !goes_on(next);
        let coarse = timex.interval.is_some_and(|days| super::calendar::days_between(days.from, days.to) > 40)
            || timex.span.of(self.page.text).starts_with(|c: char| c.is_ascii_digit());
        let described = matches!(
            before,
            "a" | "an" | "the" | "his" | "her" | "its" | "their" | "our" | "this" | "said" | "of" | ""
        ) || matches!(self.word(at.start), "the" | "The");
        let speech = (at.end..at.end + 3).any(|i| is_speech(self.word(i)));
        noun && coarse && described && !speech
    }

    /// Tells whether the expression stands in a relative clause that ends before the cue: `the network, which let him go in 2015, and
    /// said`.
    fn in_other_relative(&self, at: &Range<usize>, anchor: &Range<usize>, sentence: &Range<usize>) -> bool {
        if at.end > anchor.start || !(at.end..anchor.start).any(|i| matches!(self.word(i), "," | "—" | "–")) {
            return false;
        }
        (sentence.start..at.start)
            .rev()
            .take_while(|&i| !matches!(self.word(i), "," | "—" | "–" | ";"))
            .any(|i| matches!(self.word(i), "who" | "which" | "where" | "when"))
    }

    /// Tokens between an expression and a cue.
    fn distance(at: &Range<usize>, anchor: &Range<usize>) -> Option<usize> {
        let between = if at.end <= anchor.start {
            at.end..anchor.start
        } else if anchor.end <= at.start {
            anchor.end..at.start
        } else {
            return None;
        };
        Some(between.len())
    }

    /// Tells whether another clause begins between an expression and a cue.
    fn blocked(&self, at: &Range<usize>, anchor: &Range<usize>) -> bool {
        let (between, behind) = if at.end <= anchor.start {
            (at.end..anchor.start, false)
        } else {
            (anchor.end..at.start.saturating_sub(1).max(anchor.end), true)
        };
        between.filter(|&i| !self.in_content(self.page.tokens.all[i].span())).any(|i| {
            matches!(
                self.word(i),
                "who"
                    | "which"
                    | "whose"
                    | "when"
                    | "where"
                    | "while"
                    | "because"
                    | "since"
                    | "after"
                    | "before"
                    | "as"
                    | "if"
                    | "but"
                    | "—"
                    | "–"
                    | "--"
                    | ";"
                    | "("
                    | ")"
            ) || (behind && matches!(self.word(i), "that" | "to" | "whether") && i > anchor.end)
        })
    }

    /// Tells whether a relative pronoun opens the clause of the token: `Khan, who told`.
    fn relative(&self, token: usize) -> bool {
        (token.saturating_sub(4)..token).any(|i| matches!(self.word(i), "who" | "which"))
    }

    /// Tells whether the expression itself stands in that clause.
    fn is_relative_near(&self, at: &Range<usize>, anchor: &Range<usize>) -> bool {
        !(at.end..anchor.start).any(|i| matches!(self.word(i), "who" | "which"))
    }

    /// The noun behind `Saturday’s`, if a possessive stands there.
    fn event_behind(&self, end: usize, sentence: &Range<usize>) -> Option<Behind> {
        let mut i = end;
        if matches!(self.word(i), "’" | "'" | "‘") {
            i += 1;
        }
        if !matches!(self.word(i), "s" | "’s" | "'s") {
            return None;
        }
        let speech = (i + 1..sentence.end.min(i + 5)).any(|i| is_speech(self.word(i)));
        Some(Behind { speech })
    }

    /// `Following the London Bridge terror attack, ... urged`: at the head of the sentence, or behind the cue.
    fn after_event(&self, n: usize, sentence: &Range<usize>) -> Option<Governing> {
        let anchor = &self.anchors[n];
        let head = sentence.start;
        let opens = matches!(self.word(head), "After" | "Following" | "Since");
        if !opens || self.relative(anchor.start) || anchor.start < head {
            return None;
        }
        let noun = (head + 1..sentence.end.min(head + 9))
            .take_while(|&i| self.page.tokens.all[i].kind == TokenKind::Word)
            .filter(|&i| !matches!(self.word(i), "the" | "a" | "an" | "this" | "that"))
            .last()?;
        // The noun group ends at its first preposition or relative: `the attack in London`.
        let noun = (head + 1..=noun)
            .find(|&i| {
                i > head + 1
                    && matches!(self.word(i), "in" | "on" | "of" | "at" | "by" | "that" | "which" | "who" | "near")
            })
            .map_or(noun, |i| i - 1);
        if self.in_content(self.page.tokens.all[head].span()) {
            return None;
        }
        Some(Governing {
            span: self.page.tokens.span(head..noun + 1),
            reading: Reading::AfterEvent { noun: self.page.tokens.all[noun].span() },
            aside: true,
        })
    }
}

/// Returns the parts of all quotations in order of their first byte, each with the furthest end so far. A part that is only a date
/// (`told the coastguard that night`) says nothing but when.
pub fn contents(quotes: &[Quote], timexes: &[Timex]) -> Vec<(usize, usize)> {
    let mut contents: Vec<(usize, usize)> = quotes
        .iter()
        .flat_map(|quote| quote.spans.iter())
        .filter(|part| {
            timexes
                .binary_search_by_key(&part.start, |timex| timex.span.start)
                .map_or(true, |n| timexes[n].span.end < part.end)
        })
        .map(|part| (part.start, part.end))
        .collect();
    contents.sort_unstable();
    let mut furthest = 0;
    for part in &mut contents {
        furthest = furthest.max(part.1);
        part.1 = furthest;
    }
    contents
}

/// What stands behind a possessive date.
struct Behind {
    /// Whether it is an occasion of speech.
    speech: bool,
}
