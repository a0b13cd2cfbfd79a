//! Tests of the whole room: from a text to values and days.

use super::calendar::date;
use super::{DateFrom, TimexType, date_quotes, expressions, resolve};
use crate::engine::analysis::Options;
use crate::engine::page::Page;
use crate::engine::people::SpeakerId;
use crate::engine::quotes::{Form, Quote, QuoteKind};
use crate::text::{Span, Tokens};
use jiff::civil::Date;
use proptest::prelude::*;

/// The expressions of `text` with their values, read on `on`.
fn values(text: &str, on: Option<Date>) -> Vec<(String, String)> {
    let tokens = Tokens::new(text);
    let page = Page { text, tokens: &tokens, words: &[], suspects: &[] };
    let options = Options { given_date: on, ..Options::default() };
    let (timexes, _) = resolve(&page, expressions(&page), &options);
    timexes.into_iter().map(|timex| (timex.span.of(text).to_owned(), timex.value)).collect()
}

pub(super) fn check(text: &str, expected: &[(&str, &str)]) {
    let found = values(text, Some(date(2017, 6, 6)));
    let expected: Vec<(String, String)> = expected.iter().map(|&(a, b)| (a.to_owned(), b.to_owned())).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn reads_explicit_dates() {
    check("It opened on June 3, 2015.", &[("June 3, 2015", "2015-06-03")]);
    check("It opened on June 3 , 2015 , they said", &[("June 3 , 2015", "2015-06-03")]);
    check("It opened on Friday, 3 March 2017.", &[("Friday, 3 March 2017", "2017-03-03")]);
    check("It opened in late 2016 or in Sept. 2014.", &[("late 2016", "2016"), ("Sept. 2014", "2014-09")]);
    check("The 1990s and the 19th century.", &[("The 1990s", "199"), ("the 19th century", "18")]);
    check("It closed on 2016-09-30 or 9/30/16.", &[("2016-09-30", "2016-09-30"), ("9/30/16", "2016-09-30")]);
    check("In the third quarter of 2015 sales fell.", &[("the third quarter of 2015", "2015-Q3")]);
    check("It was the summer of 2014.", &[("the summer of 2014", "2014-SU")]);
    check("They met on Christmas Eve.", &[("Christmas Eve", "2016-12-24")]);
    check("In nineteen ninety-six it rained.", &[("nineteen ninety-six", "1996")]);
}

#[test]
fn reads_relative_dates() {
    check("He left on Saturday.", &[("Saturday", "2017-06-03")]);
    check("He left after Saturday ’s flood.", &[("Saturday", "2017-06-03")]);
    check("He will leave on Saturday.", &[("Saturday", "2017-06-10")]);
    check(
        "He left last Tuesday and will return next Tuesday.",
        &[("last Tuesday", "2017-05-30"), ("next Tuesday", "2017-06-13")],
    );
    check("He spoke in January.", &[("January", "2017-01")]);
    check("He spoke in December.", &[("December", "2016-12")]);
    check("He will speak in August.", &[("August", "2017-08")]);
    check(
        "Sales rose last week, last month and last year.",
        &[("last week", "2017-W22"), ("last month", "2017-05"), ("last year", "2016")],
    );
    check(
        "It left the day before yesterday; they meet on June 24 and 25.",
        &[("the day before yesterday", "2017-06-04"), ("June 24", "2017-06-24"), ("25", "2017-06-25")],
    );
    check("It will one day be a park. It soon fell.", &[("one day", "FUTURE_REF")]);
    check("She resigned two weeks ago.", &[("two weeks ago", "2017-W21")]);
    check(
        "It ended three years ago, and a week later he left.",
        &[("three years ago", "2014"), ("a week later", "2015-W02")],
    );
    check("In March 2014 it rained; that year he left.", &[("March 2014", "2014-03"), ("that year", "2014")]);
    check("He called yesterday and last night.", &[("yesterday", "2017-06-05"), ("last night", "2017-06-05TNI")]);
    check("It opens at 10:30 a.m. on Friday.", &[("10:30 a.m. on Friday", "2017-06-09T10:30")]);
}

#[test]
fn reads_lengths_sets_and_vague_times() {
    check("It took about two and then 2 1/2 years.", &[("2 1/2 years", "P2Y6M")]);
    check("A 16-hour wait, twenty-five days.", &[("16-hour", "PT16H"), ("twenty-five days", "P25D")]);
    check(
        "They meet every Tuesday, daily, and three times a week.",
        &[("every Tuesday", "XXXX-WXX-2"), ("daily", "P1D"), ("a week", "P1W")],
    );
    check("He recently said it may now rain.", &[("recently", "PAST_REF"), ("now", "PRESENT_REF")]);
    check("Over the past decade it rose.", &[("the past decade", "P10Y")]);
}

#[test]
fn looks_ahead_where_the_sentence_does() {
    check("They want to win in November.", &[("November", "2017-11")]);
    check("The party is marching toward November.", &[("November", "2017-11")]);
    check("It was a row over the August ballot.", &[("August", "2017-08")]);
    check("They will file their April reports.", &[("April", "2017-04")]);
    check("He asked her to speak at the fair in July.", &[("July", "2017-07")]);
    check("He asked her to speak in April.", &[("April", "2017-04")]);
    check("A row over the August ballot.", &[("August", "2017-08")]);
    check("The storm is expected to hit on Wednesday.", &[("Wednesday", "2017-06-07")]);
    check("It hit on Wednesday.", &[("Wednesday", "2017-05-31")]);
    check("She changed her plans in October.", &[("October", "2016-10")]);
    check("In the fiscal year ended Oct. 31, sales fell.", &[("the fiscal year", "P1Y"), ("Oct. 31", "2016-10-31")]);
}

#[test]
fn reads_ends_and_months_of_a_year_named_before() {
    check("In 1998 the mill burned; it reopened that November.", &[("1998", "1998"), ("that November", "1998-11")]);
    check("It peaked in the last week of March.", &[("the last week of March", "2017-03")]);
    check(
        "They close by year-end. It has risen since year-end.",
        &[("year-end", "2017-12-31"), ("year-end", "2016-12-31")],
    );
    check("They made a year-end deal.", &[("year-end", "2017")]);
    check("At the moment she heard it, she left.", &[]);
    check("It is shut at the moment.", &[("the moment", "PRESENT_REF")]);
}

#[test]
fn keeps_times_to_their_day() {
    check("In 1990 he left. That night it rained.", &[("1990", "1990"), ("That night", "1990-XX-XXTNI")]);
    check(
        "He left on Saturday.\n\n7:30 a.m.\n\nHe is back.",
        &[("Saturday", "2017-06-03"), ("7:30 a.m.", "2017-06-06T07:30")],
    );
    check("On the morning of June 3, 2015, it rained.", &[("the morning of June 3, 2015", "2015-06-03TMO")]);
    check("They waited for hours, just minutes after it.", &[("hours", "PTXH"), ("minutes", "PTXM")]);
}

#[test]
fn leaves_alone_what_is_no_date() {
    for text in [
        "He read the Daily Courier in some quarters.",
        "Theresa May said she may march on.",
        "The 52-year-old driver was 52 years old.",
        "They sold 2000 tickets for $1990.",
        "The second half was better than a quarter of the match.",
        "He had a fall and sat down.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn stays_shallow_however_often_a_text_repeats_itself() {
    for part in [
        "the end of ",
        "early late mid ",
        "early in the ",
        "the early ",
        "later this ",
        "earlier in ",
        "each of ",
        "last the ",
        "Monday, ",
    ] {
        let text = part.repeat(20_000);
        assert!(values(&text, Some(date(2017, 6, 6))).len() <= 20_000, "{part}");
    }
}

#[test]
fn binds_to_events() {
    let text = "The bridge collapse on June 1 killed two. Nobody worked on the day of the accident. \
                Monday ’s explosion was heard far away. On the day of the explosion, he fled.";
    let found = values(text, Some(date(2017, 6, 6)));
    assert!(found.contains(&("the day of the explosion".into(), "2017-06-05".into())), "{found:?}");
}

#[test]
fn infers_the_article_date() {
    let on = |text: &str, options: &Options| {
        let tokens = Tokens::new(text);
        let page = Page { text, tokens: &tokens, words: &[], suspects: &[] };
        resolve(&page, expressions(&page), options).1
    };
    let plain = Options::default();
    let stamped = on("The mayor spoke on Tuesday. — Ann Poe (@annpoe) June 6, 2017", &plain);
    assert_eq!((stamped.from, stamped.best), (DateFrom::Text, Some(date(2017, 6, 6))));
    assert_eq!(stamped.evidence.len(), 2, "{:?}", stamped.evidence);
    let line = on("Bridge closed\nPublished June 5, 2017\nThe bridge is closed.", &plain);
    assert_eq!(line.best, Some(date(2017, 6, 5)));
    let head = on("OSTVALE, June 5, 2017 (Wire) - The bridge, built in 1990, is closed.", &plain);
    assert_eq!(head.best, Some(date(2017, 6, 5)), "{:?}", head.evidence);
    let pair = on("It fell on Saturday, June 3. It was built in 2016.", &plain);
    assert_eq!(pair.best.map(Date::year), Some(2017), "{:?}", pair.evidence);
    let old = on("OSTVALE, June 5 (Wire) - The bridge, opened on May 1, 1990, is closed.", &plain);
    assert_eq!((old.from, old.interval, old.evidence.len()), (DateFrom::Unknown, None, 3), "{:?}", old.evidence);
    let nothing = on("It fell on Saturday.", &plain);
    assert_eq!((nothing.from, nothing.interval), (DateFrom::Unknown, None));
    assert!(!nothing.evidence.is_empty());
    let named = Options { source_name: Some("news/2017/06/05/bridge.txt".into()), ..Options::default() };
    assert_eq!(on("It fell.", &named).from, DateFrom::Metadata);
    let given = Options { given_date: Some(date(2017, 6, 1)), ..Options::default() };
    let contradicted = on("Well. — Ann Poe (@annpoe) June 6, 2017", &given);
    assert_eq!(contradicted.best, Some(date(2017, 6, 1)));
    assert!(contradicted.evidence.iter().any(|reason| reason.contains("contradicted")), "{:?}", contradicted.evidence);
}

/// A quotation of `content` with its cue, said by speaker `speaker`.
fn quote(text: &str, content: &str, cue: &str, speaker: u32) -> Quote {
    let at = |part: &str| text.find(part).map(|start| Span::new(start, start + part.len()));
    Quote {
        kind: QuoteKind::Direct,
        form: Form::Prose,
        spans: at(content).into_iter().collect(),
        mention: None,
        speaker: Some(SpeakerId(speaker)),
        cue: at(cue),
        said_at: None,
        undated: None,
        nested_in: None,
        hypothetical: false,
        confidence: 1.0,
        evidence: Vec::new(),
    }
}

fn said(text: &str, mut quotes: Vec<Quote>) -> Vec<String> {
    let tokens = Tokens::new(text);
    let page = Page { text, tokens: &tokens, words: &[], suspects: &[] };
    let options = Options { given_date: Some(date(2017, 6, 6)), ..Options::default() };
    let (timexes, document) = resolve(&page, expressions(&page), &options);
    date_quotes(&page, &mut quotes, &timexes, &document);
    quotes
        .iter()
        .map(|quote| {
            quote
                .said_at
                .as_ref()
                .map_or("none".to_owned(), |said| format!("{}..{}", said.interval.from, said.interval.to))
        })
        .collect()
}

#[test]
fn dates_quotations_by_what_governs_them() {
    let text = "“The road is wet,” Poe said on Monday. “It will dry by Friday,” she added. \
                Orr, who told voters in late 2016 that “rain is good,” urged them after Saturday’s storm to stay at home.";
    let found = said(
        text,
        vec![
            quote(text, "“The road is wet,”", "said", 0),
            quote(text, "“It will dry by Friday,”", "added", 0),
            quote(text, "“rain is good,”", "told", 1),
            quote(text, "to stay at home", "urged", 1),
        ],
    );
    assert_eq!(
        found,
        ["2017-06-05..2017-06-05", "2017-06-05..2017-06-05", "2016-07-01..2016-12-31", "2017-06-03..2017-06-06"]
    );
}

#[test]
fn takes_no_description_for_a_date_of_speech() {
    let text = "“It is over,” Poe said of the 2016 season. The club, which let him go in 2015, said “he is free.” \
                In a 2013 memo, Orr wrote “pay them.”";
    let found = said(
        text,
        vec![
            quote(text, "“It is over,”", "said of", 0),
            quote(text, "“he is free.”", "said “he", 1),
            quote(text, "“pay them.”", "wrote", 2),
        ],
    );
    assert_eq!(found, ["2017-05-31..2017-06-06", "2017-05-31..2017-06-06", "2013-01-01..2013-12-31"]);
}

#[test]
fn takes_the_occasion_that_the_narrator_sets() {
    // In a report, the sentence before tells since when; a speaker elsewhere, and what was said recently, has no part in it.
    let text = "The council voted on Sunday. “It is done,” Poe said. Nobody cheered. “It is a pity,” Orr said. \
                The council voted on Sunday. “Too late,” Ash warned recently.";
    let found = said(
        text,
        vec![
            quote(text, "“It is done,”", "Poe said", 0),
            quote(text, "“It is a pity,”", "Orr said", 1),
            quote(text, "“Too late,”", "warned", 2),
        ],
    );
    assert_eq!(found, ["2017-06-04..2017-06-06", "2017-05-31..2017-06-06", "2017-05-31..2017-06-06"]);
    // A story that goes through the years is where its narrator says, until somebody recalls it.
    let text = "On May 2, 2003, the tower fell. On June 1, 2004, a judge came. On July 8, 2005, the mill burned. \n\n\
                On Aug. 9, 2006, the bridge opened. “It holds,” Poe told the crowd. “So far,” Orr answered. \
                “We all laughed,” Ash recalled.";
    let found = said(
        text,
        vec![
            quote(text, "“It holds,”", "told", 0),
            quote(text, "“So far,”", "answered", 1),
            quote(text, "“We all laughed,”", "recalled", 2),
        ],
    );
    assert_eq!(found, ["2006-08-09..2006-08-09", "2006-08-09..2006-08-09", "2017-05-31..2017-06-06"]);
}

#[test]
fn keeps_an_old_date_from_the_next_paragraph() {
    let text = "“It is over,” Poe said in January.\n\n“It goes on,” Poe said.";
    let found = said(text, vec![quote(text, "“It is over,”", "said in", 0), quote(text, "“It goes on,”", "said.", 0)]);
    assert_eq!(found[1], "2017-05-31..2017-06-06");
    let text = "He assured them in January that the loan was “solid.”";
    let mut mixed = quote(text, "them in January that the loan was “solid.”", "assured", 0);
    mixed.kind = QuoteKind::Mixed;
    assert_eq!(said(text, vec![mixed]), ["2017-01-01..2017-01-31"]);
}

#[test]
fn falls_back_on_the_article() {
    let text = "“The road is wet,” Poe said. He should say “it is dry.” “Nobody told me of Monday,” Orr said.";
    let mut should = quote(text, "“it is dry.”", "say", 1);
    should.hypothetical = true;
    let found = said(
        text,
        vec![
            quote(text, "“The road is wet,”", "said", 0),
            should,
            quote(text, "“Nobody told me of Monday,”", "Orr said", 2),
        ],
    );
    assert_eq!(found, ["2017-05-31..2017-06-06", "none", "2017-05-31..2017-06-06"]);
}

#[test]
fn says_why_no_day_can_be_told() {
    let text = "“The road is wet,” Poe said on Tuesday. “It rains,” Orr said. “It was dry,” Ash said in 1998.";
    let tokens = Tokens::new(text);
    let page = Page { text, tokens: &tokens, words: &[], suspects: &[] };
    let (timexes, document) = resolve(&page, expressions(&page), &Options::default());
    let mut quotes = vec![
        quote(text, "“The road is wet,”", "said on", 0),
        quote(text, "“It rains,”", "Orr said", 1),
        quote(text, "“It was dry,”", "Ash said", 2),
    ];
    date_quotes(&page, &mut quotes, &timexes, &document);
    let why: Vec<Option<&str>> = quotes.iter().map(|quote| quote.undated.as_deref()).collect();
    assert_eq!(
        why,
        [
            Some("“Tuesday” counts from the article’s date, which nothing tells"),
            Some("no date stands with it, and nothing tells the article’s date"),
            None
        ]
    );
    assert!(quotes[0].said_at.is_none() && quotes[2].said_at.is_some());
}

#[test]
fn takes_a_date_at_the_end_of_words_for_the_narrators() {
    let text = "In 2011, he promised a bore “within the decade,” and on May 4, 2014, he told us: “Dig it.”";
    let mut bore = quote(text, "a bore “within the decade,” and on May 4", "promised", 0);
    bore.kind = QuoteKind::Mixed;
    let found = said(text, vec![bore, quote(text, "“Dig it.”", "told", 0)]);
    assert_eq!(found[1], "2014-05-04..2014-05-04");
}

proptest! {
    #[test]
    fn never_leaves_the_calendar(
        text in "((last|next|this|the|that|early|late|mid|end of|Monday|Friday’s|June|May|31|30|29|Feb.|of|1990|9999|0001|2000|’90s|a|two|\
                 years|year|decade|centuries|weeks|day|quarter|third|ago|earlier|later|before|from now|weekend|Easter|Thanksgiving|Day|\
                 night|10 p.m.|noon|hundred|winter|the winter|fall|half|Christmas Eve|New Year’s Day|the week of|day before yesterday|ended|thousand|fiscal|previous|following|same|20th|century|attack|will|said|that|November|year-end|since|last week of|reports|,|\\.|-|/|\n| ){0,40}|\\PC{0,60})",
        year in prop_oneof![Just(1_i16), Just(9999), 1..=9999_i16], month in 1..=12_i8, day in 1..=31_i8, given in any::<bool>(),
    ) {
        let tokens = Tokens::new(&text);
        let page = Page { text: &text, tokens: &tokens, words: &[], suspects: &[] };
        let options = Options { given_date: given.then(|| date(year, month, day)), ..Options::default() };
        let (timexes, document) = resolve(&page, expressions(&page), &options);
        // Every part of the text between stops counts as said by somebody.
        let mut at = 0;
        let mut quotes: Vec<Quote> = text
            .split_inclusive(['.', ','])
            .map(|part| {
                at += part.len();
                Quote { spans: vec![Span::new(at - part.len(), at)], ..quote(&text, "", "", 0) }
            })
            .collect();
        date_quotes(&page, &mut quotes, &timexes, &document);
        let said = quotes.iter().filter_map(|quote| quote.said_at.as_ref().map(|said| said.interval));
        let intervals = timexes.iter().filter_map(|timex| timex.interval).chain(document.interval).chain(said);
        for days in intervals {
            prop_assert!(days.from <= days.to, "{days:?}");
            prop_assert!((1..=9999).contains(&days.from.year()) && (1..=9999).contains(&days.to.year()), "{days:?}");
        }
        let mut end = 0;
        for timex in &timexes {
            prop_assert!(timex.span.start >= end && !timex.span.is_empty() && !timex.span.of(&text).is_empty());
            prop_assert!(!timex.value.is_empty() || timex.kind == TimexType::Date);
            end = timex.span.end;
        }
    }
}
