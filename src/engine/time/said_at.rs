//! When each quotation was said: the expression that governs it, else the occasion it belongs to, else the article's date.

use super::calendar::{add_days, days_between};
use super::governs::{Reading, Scope};
use super::scenes::Scenes;
use super::{DocumentDate, Interval, SaidAt, Timex, events};
use crate::engine::page::Page;
use crate::engine::quotes::{Form, Quote};
use crate::text::{Clean, Span};
use std::borrow::Cow;

/// Days of speech that a news report looks back on where it names no day: the week that ends with it.
const NEWS_WEEK: i32 = 6;
/// Bytes between two quotations of one occasion.
const SCENE: usize = 320;
/// Bytes between a post and its stamp.
const STAMP: usize = 120;

/// Gives each quotation the time at which it was said; what nobody said gets none.
pub fn date_quotes(page: &Page, quotes: &mut [Quote], timexes: &[Timex], date: &DocumentDate) {
    let (mut own, open): (Vec<Option<Own>>, Vec<Option<Span<Clean>>>) = {
        let scope = Scope::new(page, quotes, timexes);
        let found = |n: usize| {
            let own = governing(page, quotes, timexes, date, &scope, n);
            let open = if own.is_none() && date.interval.is_none() { scope.open(n) } else { None };
            (own, open)
        };
        (0..quotes.len()).map(found).unzip()
    };
    // Consecutive quotations of one occasion share its date: first forward, then back.
    let order: Vec<usize> = (0..quotes.len()).filter(|&n| quotes[n].nested_in.is_none()).collect();
    // What nobody is named for stands between two of one speaker without parting them.
    let named: Vec<usize> = order.iter().copied().filter(|&n| quotes[n].speaker.is_some()).collect();
    for pair in named.windows(2) {
        share(page, quotes, &mut own, date, pair[0], pair[1]);
    }
    for pair in named.windows(2).rev() {
        share(page, quotes, &mut own, date, pair[1], pair[0]);
    }
    // What is still without a date is of the occasion that the narrator sets before it.
    if let Some(scenes) = Scenes::new(page, quotes, timexes, date, NEWS_WEEK) {
        let mut before = None;
        for &n in &order {
            if own[n].is_some() || quotes[n].form == Form::Tweet {
                before = None;
                continue;
            }
            let Some(occasion) = scenes.of(&quotes[n], before) else {
                before = None;
                continue;
            };
            before = Some((&quotes[n], occasion));
            let words = occasion.span.of(page.text);
            let reason = if occasion.at_it {
                format!("the story is at “{words}” here")
            } else {
                format!("the story is at “{words}” here: said then or since")
            };
            own[n] = Some(Own { said: said(occasion.interval, Some(occasion.span), reason), shared: false });
        }
    }
    for n in 0..quotes.len() {
        if quotes[n].hypothetical {
            quotes[n].said_at = None;
            quotes[n].undated = Some("nobody said it: it is what somebody should say, or might".into());
            continue;
        }
        let found = own[n].take().map(|own| own.said).or_else(|| fallback(date));
        quotes[n].undated = found.is_none().then(|| match open[n] {
            Some(span) => {
                format!("“{}” counts from the article’s date, which nothing tells", span.of(page.text)).into()
            }
            None => "no date stands with it, and nothing tells the article’s date".into(),
        });
        quotes[n].said_at = found;
    }
    // What is quoted within a quotation was said before it, or with it.
    for n in 0..quotes.len() {
        let outer = quotes[n].nested_in.and_then(|outer| quotes.get(outer)).and_then(|outer| outer.said_at.clone());
        if let (Some(outer), Some(said)) = (outer, quotes[n].said_at.as_mut())
            && said.span.is_none()
            && said.interval.to > outer.interval.to
        {
            let from = said.interval.from.min(add_days(outer.interval.to, -NEWS_WEEK));
            said.interval = Interval { from, to: outer.interval.to };
            said.evidence.push("quoted within another quotation: not after it".into());
        }
    }
}

/// A date that a quotation has of its own.
struct Own {
    said: SaidAt,
    /// Whether its neighbours may share it.
    shared: bool,
}

fn governing(
    page: &Page,
    quotes: &[Quote],
    timexes: &[Timex],
    date: &DocumentDate,
    scope: &Scope,
    n: usize,
) -> Option<Own> {
    let quote = &quotes[n];
    let stamped = (quote.form == Form::Tweet).then(|| stamp(quote, quotes, timexes, n)).flatten();
    if let Some((interval, span)) = stamped {
        let reason = format!("the stamp “{}” of the post", span.of(page.text));
        return Some(Own { said: said(interval, Some(span), reason), shared: false });
    }
    let found = scope.governing(n)?;
    let words = found.span.of(page.text);
    let (interval, reason) = match found.reading {
        Reading::Said(days) => {
            let beside = quote
                .cue
                .map_or(Cow::Borrowed("in its sentence"), |cue| format!("with the cue “{}”", cue.of(page.text)).into());
            (until(days, date), format!("“{words}” stands {beside}"))
        }
        Reading::After(days) => {
            let to = date.interval.map_or(add_days(days.to, NEWS_WEEK), |article| article.to);
            (
                Interval { from: days.from, to: to.max(days.to) },
                format!("said after “{words}”, which was {}", show(days)),
            )
        }
        Reading::AfterEvent { noun } => {
            let event = events::find(page, timexes, noun.of(page.text), found.span)?;
            let to = date.interval.map_or(add_days(event.interval.to, NEWS_WEEK), |article| article.to);
            let dated = event.span.of(page.text);
            (
                Interval { from: event.interval.from, to: to.max(event.interval.to) },
                format!("said after the {}, which “{dated}” dates to {}", noun.of(page.text), show(event.interval)),
            )
        }
    };
    let shared = !found.aside && matches!(found.reading, Reading::Said(_));
    Some(Own { said: said(interval, Some(found.span), reason), shared })
}

/// The stamp behind a post: the first dated day after it, before the next quotation.
fn stamp(quote: &Quote, quotes: &[Quote], timexes: &[Timex], n: usize) -> Option<(Interval, Span<Clean>)> {
    let end = quote.hull().end;
    let next =
        quotes.iter().skip(n + 1).map(|quote| quote.hull().start).find(|&start| start >= end).unwrap_or(usize::MAX);
    timexes
        .iter()
        .filter(|timex| timex.span.start >= end && timex.span.start <= end + STAMP && timex.span.start < next)
        .find_map(|timex| {
            let days = timex.interval.filter(|days| days_between(days.from, days.to) <= 1)?;
            Some((days, timex.span))
        })
}

/// Gives `to` the date of `from` where the two belong to one occasion: the same speaker, close by, and no date of its own.
fn share(page: &Page, quotes: &[Quote], own: &mut [Option<Own>], date: &DocumentDate, from: usize, to: usize) {
    if own[to].is_some() || quotes[to].form == Form::Tweet || quotes[from].form == Form::Tweet {
        return;
    }
    let Some(source) = own[from].as_ref().filter(|source| source.shared) else { return };
    let same = quotes[from].speaker.is_some() && quotes[from].speaker == quotes[to].speaker;
    let (a, b) = (quotes[from.min(to)].hull(), quotes[from.max(to)].hull());
    let gap = b.start.saturating_sub(a.end);
    // Back only within the sentence of the date: one told later is of what it stands with. Whole years make no occasion.
    let near = if from < to {
        gap <= SCENE && days_between(source.said.interval.from, source.said.interval.to) <= 31
    } else {
        source.said.span.is_some_and(|span| {
            let sentence = |at: usize| page.tokens.sentence_of(page.tokens.at_or_after(at));
            sentence(span.start) == sentence(a.start)
                || page
                    .tokens
                    .within(a)
                    .next_back()
                    .is_some_and(|last| sentence(span.start) == page.tokens.sentence_of(last))
        })
    };
    // Of what was said before the week of the news, a report comes back to its own time with the next paragraph.
    let old = date.interval.is_some_and(|article| source.said.interval.to < add_days(article.from, -NEWS_WEEK));
    let paragraph = |at: usize| {
        let token = page.tokens.at_or_after(at);
        page.tokens.paragraphs.partition_point(|paragraph| paragraph.end <= token)
    };
    let own_cue = quotes[to].cue.is_some() && quotes[to].cue != quotes[from].cue;
    if old && own_cue && paragraph(a.start) != paragraph(b.start) {
        return;
    }
    if same && near {
        let reason = format!(
            "the same speaker on the same occasion as the quotation {}",
            if from < to { "before" } else { "after" }
        );
        let mut evidence = vec![reason.into()];
        evidence.extend(source.said.evidence.iter().cloned());
        let said = SaidAt { interval: source.said.interval, span: source.said.span, evidence };
        own[to] = Some(Own { said, shared: true });
    }
}

/// No expression tells: not after the article, and hardly before the week that a report looks back on.
fn fallback(date: &DocumentDate) -> Option<SaidAt> {
    let article = date.interval?;
    if date.best.is_none() {
        return Some(said(article, None, "no date stands with it: about the time of the article".into()));
    }
    let interval = Interval { from: add_days(article.from, -NEWS_WEEK), to: article.to };
    Some(said(
        interval,
        None,
        format!(
            "no date stands with it: not after the article ({}), and news quotes the week before it",
            show(article)
        ),
    ))
}

/// Nothing is quoted after the article's date.
fn until(days: Interval, date: &DocumentDate) -> Interval {
    match date.interval {
        Some(article) if days.from <= article.to && days.to > article.to => {
            Interval { from: days.from, to: article.to }
        }
        _ => days,
    }
}

fn said(interval: Interval, span: Option<Span<Clean>>, reason: String) -> SaidAt {
    SaidAt { interval, span, evidence: vec![reason.into()] }
}

fn show(days: Interval) -> String {
    if days.from == days.to { days.from.to_string() } else { format!("{} to {}", days.from, days.to) }
}
