//! The occasion that the narrator sets just before a quotation: `On Nov. 20 the vicar gave evidence. “I am not here ...,” he said.`

use super::calendar::{Point, add_days, days_between};
use super::document::is_stamp;
use super::governs::contents;
use super::meaning::What;
use super::occasions::{is_gathering, is_speech};
use super::tense::{self, Tense};
use super::{DocumentDate, Interval, Timex, TimexType};
use crate::engine::page::Page;
use crate::engine::quotes::Quote;
use crate::text::{Clean, Span};
use std::ops::Range;

/// Bytes from the date of an occasion to the quotation, and from one quotation of it to the next.
const REACH: usize = 400;
/// Days of the longest stretch that is one occasion: a month.
const LONGEST: i32 = 31;
/// Scenes of another time that make a story one that looks back; a report has few.
const LOOKS_BACK: usize = 4;

/// An occasion that the narrator sets.
#[derive(Debug, Clone, Copy)]
pub struct Occasion {
    /// The days of a quotation of it.
    pub interval: Interval,
    /// The expression that dates it.
    pub span: Span<Clean>,
    /// Whether the words were said at it, not about it.
    pub at_it: bool,
    /// Whether it is of another time than the report.
    pub old: bool,
}

/// The dates by which the narrator of one page sets scenes.
pub struct Scenes<'a> {
    page: Page<'a>,
    /// The expressions, in order, each with whether it is of another time than the report.
    dates: Vec<(Span<Clean>, Interval, bool)>,
    /// Whether the story looks back on other times.
    looks_back: bool,
    /// The last day on which anything was said.
    end: jiff::civil::Date,
}

impl<'a> Scenes<'a> {
    /// Reads the narrator's dates; `None` where the article's date is not known.
    pub fn new(
        page: &Page<'a>,
        quotes: &[Quote],
        timexes: &[Timex],
        date: &DocumentDate,
        news_week: i32,
    ) -> Option<Self> {
        let article = date.interval.filter(|_| date.best.is_some())?;
        let contents = contents(quotes, timexes);
        let inside = |span: Span<Clean>| {
            let upto = contents.partition_point(|&(start, _)| start <= span.start);
            upto.checked_sub(1).is_some_and(|last| contents[last].1 >= span.end)
        };
        let mut dates = Vec::new();
        let mut old_leads = 0;
        for timex in timexes {
            let Some(days) = timex.interval else { continue };
            let fits = matches!(timex.kind, TimexType::Date | TimexType::Time)
                && days_between(days.from, days.to) <= LONGEST
                && days.from <= article.to
                && !inside(timex.span)
                && !is_stamp(page, timex.span);
            let Some(leads) = fits.then(|| sets(page, timex, article.to)).flatten() else { continue };
            let old = days.to < add_days(article.from, -news_week);
            old_leads += usize::from(old && leads);
            dates.push((timex.span, days, old));
        }
        Some(Self { page: *page, dates, looks_back: old_leads >= LOOKS_BACK, end: article.to })
    }

    /// Returns the occasion of a quotation that has no date of its own; `before` is the quotation before it with its occasion.
    ///
    /// In a story of other times the narrator's date holds for all who speak until the next one. In a report other people spoke
    /// elsewhere: there it holds for the sentence behind it, and for what goes on from that without a cue of its own.
    pub fn of(&self, quote: &Quote, before: Option<(&Quote, Occasion)>) -> Option<Occasion> {
        let hull = quote.hull();
        let anchor = self.page.tokens.within(quote.cue.unwrap_or(hull));
        let cue = quote.cue.map_or("", |cue| cue.of(self.page.text));
        // What is told now of then was not said then; but a letter goes on saying what it said.
        let source = quote.mention.map_or("", |mention| mention.of(self.page.text));
        let written = matches!(source, "it" | "It") || source.rsplit(' ').next().is_some_and(is_speech);
        if is_retrospective(cue) && !written || self.sentence(anchor.start)?.clone().any(|i| is_elsewhen(self.word(i)))
        {
            return None;
        }
        let start = hull.start.min(quote.cue.map_or(hull.start, |cue| cue.start));
        let inherited = before
            .filter(|(other, occasion)| {
                let end = other.hull().end;
                let goes_on = quote.cue.is_none() || quote.cue == other.cue;
                end <= start && start - end <= REACH && (occasion.old || goes_on)
            })
            .map(|(_, occasion)| occasion);
        let upto = self.dates.partition_point(|(span, ..)| span.end <= start);
        let Some((span, days, old)) = upto.checked_sub(1).map(|last| self.dates[last]) else { return inherited };
        if inherited.is_some_and(|occasion| occasion.span.start >= span.start) {
            return inherited;
        }
        let (from, to) = (self.page.tokens.at_or_after(span.start), self.page.tokens.at_or_after(start));
        let near = if old {
            self.looks_back && start - span.end <= REACH && self.paragraph(start) <= self.paragraph(span.start) + 1
        } else {
            days_between(days.from, days.to) <= 1
                && self.page.tokens.sentence_of(to) == self.page.tokens.sentence_of(from) + 1
        };
        if !near {
            return None;
        }
        let beside = anchor.start.saturating_sub(4)..anchor.end + 6;
        let at_it = old && (self.occasion(beside) || self.occasion(self.sentence(from)?.clone()));
        let to = if at_it { days.to.min(self.end) } else { self.end };
        Some(Occasion { interval: Interval { from: days.from, to: to.max(days.from) }, span, at_it, old })
    }

    fn sentence(&self, token: usize) -> Option<&Range<usize>> {
        self.page.tokens.sentences.get(self.page.tokens.sentence_of(token))
    }

    fn word(&self, token: usize) -> &'a str {
        self.page.tokens.all.get(token).map_or("", |token| token.of(self.page.text))
    }

    fn paragraph(&self, at: usize) -> usize {
        let token = self.page.tokens.at_or_after(at);
        self.page.tokens.paragraphs.partition_point(|paragraph| paragraph.end <= token)
    }

    /// Tells whether the words name an occasion of speech: a hearing, a hall, a crowd, a letter.
    fn occasion(&self, tokens: Range<usize>) -> bool {
        tokens.map(|i| self.word(i)).any(|word| is_speech(word) || is_gathering(word))
    }
}

/// Tells whether the narrator sets a scene by `timex`, and if so, whether it leads its sentence. A full date before `end`, the day
/// of the article, is past whatever its verb shows.
fn sets(page: &Page, timex: &Timex, end: jiff::civil::Date) -> Option<bool> {
    let span = timex.span;
    let at = page.tokens.within(span);
    let sentence = page.tokens.sentences.get(page.tokens.sentence_of(at.start))?;
    let word = |i: usize| page.tokens.all.get(i).map_or("", |token| token.of(page.text));
    // A date in the dateline or a line of its own is the article's.
    let narrow = sentence.len() <= at.len() + 4;
    let before = at.start.checked_sub(1).filter(|&i| i >= sentence.start).map_or("", word);
    // `on the night of March 9`
    let part = before == "of"
        && at
            .start
            .checked_sub(2)
            .is_some_and(|i| matches!(word(i), "night" | "day" | "morning" | "evening" | "afternoon"));
    let bound = !part
        && matches!(
            before,
            "since" | "Since" | "until" | "Until" | "before" | "Before" | "from" | "for" | "than" | "of"
        );
    let aside = (sentence.start..at.start)
        .rev()
        .take_while(|&i| !matches!(word(i), "," | ";" | "—" | "–"))
        .any(|i| matches!(word(i), "who" | "which" | "that" | "where" | "whose" | "("));
    // `Saturday’s attack` names it; the story need not be there.
    let names = matches!(word(at.end), "'s" | "’s" | "s" | "'" | "’" | "-");
    if narrow || bound || aside || names {
        return None;
    }
    let full = matches!(timex.meaning.what, What::Fixed(Point::Day(day)) if day < end);
    match tense::of(page, span) {
        Tense::Past | Tense::LeansPast => {}
        Tense::Open if full => {}
        _ => return None,
    }
    Some(at.start <= sentence.start + if part { 7 } else { 3 })
}

/// Tells whether a word puts the sentence at a time of its own: `warned in Everett recently`.
fn is_elsewhen(word: &str) -> bool {
    matches!(word, "recent" | "recently" | "earlier" | "previously" | "once" | "often" | "repeatedly" | "later")
}

/// Tells whether the cue tells now of what was then, or is told in the present.
fn is_retrospective(cue: &str) -> bool {
    matches!(
        cue,
        "recalled"
            | "recalls"
            | "remembered"
            | "remembers"
            | "reflected"
            | "says"
            | "adds"
            | "explains"
            | "writes"
            | "notes"
            | "thinks"
            | "believes"
            | "argues"
            | "insists"
            | "tells"
            | "calls"
            | "warns"
            | "claims"
            | "according to"
    )
}
