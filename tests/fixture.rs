//! An article with a hand-made analysis, and random decisions about it.

use jiff::Timestamp;
use std::sync::Arc;
use uuid::Uuid;
use whosaid::annotation::{Annotations, Desk, Edit, QuoteRole, RawText, Resolved, SpeakerChoice, Stamp, resolve};
use whosaid::engine::clean::{CleanOptions, RepairClass, clean};
use whosaid::engine::{
    Analysis, DocumentDate, Form, Interval, Mention, MentionKind, Quote, QuoteKind, SaidAt, Speaker, SpeakerId,
    SpeakerKind,
};
use whosaid::source::Article;
use whosaid::text::{PointIndex, Raw, Span};

pub const TEXT: &str = "OSLO — “We will not reopen it,” said Anna Lind, “before spring.” The mayor, Jon Berg, disagreed 🙂.\n\
    “It is safe,” Berg said. “Not at all,” a spokesman said. “No comment,” a spokesman for others said.\n";

pub struct Fixture {
    pub article: Article,
    pub analysis: Analysis,
    index: PointIndex,
}

impl Fixture {
    pub fn new() -> Self {
        let speaker = |name: Option<&str>, description: Option<&str>| Speaker {
            name: name.map(str::to_owned),
            description: description.map(str::to_owned),
            aliases: name.and_then(|name| name.split(' ').nth(1)).map(str::to_owned).into_iter().collect(),
            mentions: vec![Mention { span: span(name.unwrap_or("a spokesman")), kind: MentionKind::Name }],
            kind: SpeakerKind::Person,
        };
        let speakers = vec![
            speaker(Some("Anna Lind"), None),
            speaker(Some("Jon Berg"), None),
            speaker(None, Some("a spokesman")),
            speaker(None, Some("a spokesman")),
        ];
        let quote = |parts: &[&str], speaker: u32| Quote {
            kind: QuoteKind::Direct,
            form: Form::Prose,
            spans: parts.iter().map(|part| span(part)).collect(),
            mention: None,
            speaker: Some(SpeakerId(speaker)),
            cue: None,
            said_at: (speaker == 0).then(|| SaidAt {
                interval: Interval::day(jiff::civil::date(2017, 6, 5)),
                span: None,
                evidence: vec!["the article's day".into()],
            }),
            undated: None,
            nested_in: None,
            hypothetical: false,
            confidence: 0.5,
            evidence: vec!["said beside it".into()],
        };
        let quotes = vec![
            quote(&["“We will not reopen it,”", "“before spring.”"], 0),
            quote(&["“It is safe,”"], 1),
            quote(&["“Not at all,”"], 2),
            quote(&["“No comment,”"], 3),
        ];
        // The engine's cleaning may change the text; these tests need it as it is.
        let mut clean = clean(TEXT, &CleanOptions::default());
        clean.text = TEXT.into();
        clean.map = whosaid::text::OffsetMap::identity(TEXT.len());
        let article = Article {
            id: "bridge".to_owned(),
            path: None,
            title: None,
            date: None,
            text: Arc::from(TEXT),
            kind: whosaid::source::Kind::Text,
            notices: Vec::new(),
        };
        let analysis = Analysis { clean, quotes, speakers, timexes: Vec::new(), date: DocumentDate::default() };
        Self { article, analysis, index: PointIndex::new(TEXT) }
    }

    pub fn raw(&self) -> RawText<'_> {
        RawText { text: TEXT, index: &self.index }
    }

    pub fn view(&self, notes: &Annotations) -> Resolved {
        resolve(&self.analysis, notes, self.raw())
    }

    /// Makes the edit that `decide` asks for, if it asks for one.
    pub fn decide(&self, notes: &Annotations, n: u64, decide: impl FnOnce(&Desk) -> Option<Edit>) -> Option<Edit> {
        let resolved = self.view(notes);
        decide(&Desk { notes, resolved: &resolved, raw: self.raw(), stamp: stamp(n) })
    }

    /// Makes the edit and applies it.
    pub fn apply(&self, notes: &mut Annotations, n: u64, decide: impl FnOnce(&Desk) -> Option<Edit>) -> Edit {
        let edit = self.decide(notes, n, decide).expect("there is something to do");
        notes.apply(&edit).expect("a fresh edit fits");
        edit
    }
}

/// The bytes of `words`, which stand in the text once.
pub fn span<S>(words: &str) -> Span<S> {
    let at = TEXT.find(words).expect("the words are in the text");
    Span::new(at, at + words.len())
}

pub fn stamp(n: u64) -> Stamp {
    let now = Timestamp::from_second(1_800_000_000 + n.cast_signed()).expect("a moment of this century");
    Stamp { now, id: Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + u128::from(n) * 1000) }
}

/// One of all decisions, chosen by three numbers.
pub fn any_decision(desk: &Desk, what: u8, a: usize, b: usize) -> Option<Edit> {
    let quote = a % desk.resolved.quotes.len().max(1);
    let speaker = b % desk.resolved.speakers.len().max(1);
    let names = ["Anna Lind", "Jon Berg", "Berg", "A. Lind", "a spokesman", "Eva “E” =\\ Ås\n"];
    let name = names[b % names.len()];
    let words = [" x ", "travel ban", "", "línea\ttwo\nthree", "\u{1b}[2J\u{202e}\"\"\""];
    let points: Vec<usize> = TEXT.char_indices().map(|(at, _)| at).collect();
    let place = |n: usize, length: usize| -> Span<Raw> {
        let n = n % points.len();
        let start = points[n];
        let end = points[(n + length).min(points.len() - 1)];
        Span::new(start, end)
    };
    let day = jiff::civil::date(2017, 1 + (b % 12) as i8, 1);
    let role = QuoteRole::ALL[b % QuoteRole::ALL.len()];
    let passage = desk.resolved.passages.get(a % desk.resolved.passages.len().max(1)).map(|passage| passage.note);
    match what % 35 {
        0 | 1 => desk.accept(quote),
        2 => desk.reject(quote),
        3 => desk.reopen(quote),
        4 => desk.set_speaker(quote, Some(SpeakerChoice::Named(name.to_owned()))),
        5 => desk.set_speaker(quote, [Some(SpeakerChoice::Nobody), None][b % 2].clone()),
        6 => desk.set_kind(quote, [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect][b % 3]),
        7 => desk.add_tag(quote, words[b % words.len()]),
        8 => desk.remove_tag(quote, words[b % words.len()]),
        9 => desk.set_memo(quote, words[b % words.len()]),
        10 => desk.set_date(
            quote,
            (!b.is_multiple_of(3)).then(|| Interval { from: day, to: jiff::civil::date(2017, 12, 24) }),
        ),
        11 => desk.add_quote(&[place(a, 5), place(a.wrapping_add(9), 1 + b % 7)], QuoteKind::Mixed, None),
        12 => desk.add_quote(&[place(b, a % 9)], QuoteKind::Direct, Some(SpeakerChoice::Named(name.to_owned()))),
        13 => desk.remove_quote(quote),
        14 => desk.move_edges(quote, &[place(a, 1 + b % 20)]),
        15 => desk.rename_speaker(speaker, name),
        16 => desk.merge_speakers(speaker, &[a % desk.resolved.speakers.len().max(1)]),
        17 => desk.not_a_person(speaker),
        18 => desk.set_article_date((b.is_multiple_of(2)).then(|| Interval::day(day))),
        19 => desk.set_article_memo(words[b % words.len()]),
        20 | 21 => desk.set_role(quote, role, &[place(a, 1 + b % 9)], b.is_multiple_of(2).then_some(name)),
        22 => desk.clear_role(quote, role),
        23 => desk.fill_role(quote, role, words[a % words.len()]),
        24 => desk.add_part(quote, place(b, 1 + a % 30)),
        25 => desk.remove_part(quote, b % 3),
        26 => desk.move_edges(quote, &[place(b, 9), place(a, 9), place(a / 2, 3)]),
        27 => desk.tag_stretches(&[place(a, 4), place(b, 7), place(a.wrapping_add(b), 2)], words[b % words.len()]),
        28 => desk.tag_passage(passage?, words[b % words.len()]),
        29 => desk.untag_passage(passage?, words[b % words.len()].trim()),
        30 => {
            if a.is_multiple_of(2) {
                desk.set_passage_memo(passage?, words[b % words.len()])
            } else if b.is_multiple_of(2) {
                desk.remove_passage(passage?)
            } else {
                desk.move_passage(passage?, place(b, 6))
            }
        }
        31 => desk.add_alias(speaker, name),
        32 => {
            let seen = desk.resolved.speakers.get(speaker)?;
            let mentions: Vec<Span<Raw>> = seen.mentions.iter().map(|m| Span::new(m.span.start, m.span.end)).collect();
            desk.split_speaker(speaker, &mentions[..mentions.len().min(1 + a % 2)], &[quote], name)
        }
        33 => desk.set_unrepaired("left it as it was", |left| match b % 3 {
            0 => left.switch(RepairClass::ALL[a % RepairClass::ALL.len()]),
            1 => left.leave(desk.raw, place(a, b % 4)),
            _ => drop(left.places.pop()),
        }),
        _ => {
            if a.is_multiple_of(2) {
                desk.set_done(b.is_multiple_of(2))
            } else {
                desk.set_flagged(b.is_multiple_of(2))
            }
        }
    }
}
