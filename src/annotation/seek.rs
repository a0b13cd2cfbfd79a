//! Searching an article with its notes: where a pattern stands in the text, in quotations, tags, speakers and memos.

use super::RawText;
use super::model::{Annotations, NoteId, QuoteNote, SpeakerChoice};
use crate::text::{Pattern, Raw, Span};
use std::ops::Range;

/// Bytes of context that are kept before a place, and behind it.
const BEFORE: usize = 48;
const BEHIND: usize = 96;
/// The most bytes of a place that are kept.
const LONGEST: usize = 160;

/// What a pattern was found in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Within {
    /// The text.
    Text,
    /// The words of a quotation that somebody decided about.
    Quotation,
    /// A tag.
    Tag,
    /// The name of a speaker.
    Speaker,
    /// A memo.
    Memo,
}

impl Within {
    /// Returns its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Quotation => "quotation",
            Self::Tag => "tag",
            Self::Speaker => "speaker",
            Self::Memo => "memo",
        }
    }
}

/// One place where a pattern was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What it was found in.
    pub within: Within,
    /// Where to go in the raw text, in bytes; `None` for the article as a whole.
    pub place: Option<Span<Raw>>,
    /// The note it belongs to, where its place must be looked up.
    pub note: Option<NoteId>,
    /// What stands before, the words that were found, and what stands behind, each on one line.
    pub context: [String; 3],
}

/// Returns where `pattern` stands in the raw text and the notes of one article: the text first, in order, then the notes.
/// At most `most` places.
pub fn seek(pattern: &Pattern, raw: RawText, notes: &Annotations, most: usize) -> Vec<Hit> {
    let quotes: Vec<(Span<Raw>, &QuoteNote)> = notes
        .quotes
        .values()
        .filter_map(|note| Some((crate::text::span::hull(&raw.locate(&note.anchor)?)?, note)))
        .collect();
    let mut out: Vec<Hit> = pattern
        .places(raw.text, most)
        .into_iter()
        .map(|range| {
            let place = Span::<Raw>::new(range.start, range.end);
            let quote = quotes.iter().find(|(hull, _)| hull.covers(place));
            Hit {
                within: if quote.is_some() { Within::Quotation } else { Within::Text },
                place: Some(place),
                note: None,
                context: context(raw.text, range),
            }
        })
        .collect();
    let mut add = |within: Within, place: Option<Span<Raw>>, note: Option<NoteId>, text: &str, beside: &str| {
        if out.len() < most
            && let Some(range) = pattern.places(text, 1).pop()
        {
            let mut context = context(text, range);
            if !beside.is_empty() {
                context[2].push_str(" · ");
                context[2].push_str(&line(beside.get(..beside.floor_char_boundary(BEHIND)).unwrap_or("")));
            }
            out.push(Hit { within, place, note, context });
        }
    };
    for note in notes.quotes.values() {
        let place = quotes.iter().find(|(_, other)| other.id == note.id).map(|(hull, _)| *hull);
        let words = note.anchor.words();
        if place.is_none() {
            // Words that are no longer where they were: the note still holds them.
            add(Within::Quotation, None, Some(note.id), words, "no longer in the text");
        }
        for tag in &note.tags {
            add(Within::Tag, place, Some(note.id), tag, words);
        }
        if let Some(SpeakerChoice::Named(name)) = &note.speaker {
            add(Within::Speaker, place, Some(note.id), name, words);
        }
        if let Some(memo) = &note.memo {
            add(Within::Memo, place, Some(note.id), memo, words);
        }
    }
    for note in notes.passages.values() {
        let place = raw.locate(&note.anchor).and_then(|spans| crate::text::span::hull(&spans));
        let words = note.anchor.words();
        for tag in &note.tags {
            add(Within::Tag, place, Some(note.id), tag, words);
        }
        if let Some(memo) = &note.memo {
            add(Within::Memo, place, Some(note.id), memo, words);
        }
    }
    for note in notes.speakers.values() {
        for name in std::iter::once(&note.name).chain(&note.also) {
            add(Within::Speaker, None, Some(note.id), name, &note.name);
        }
        if let Some(memo) = &note.memo {
            add(Within::Memo, None, Some(note.id), memo, &note.name);
        }
    }
    if let Some(memo) = &notes.article.memo {
        add(Within::Memo, None, None, memo, "on the article");
    }
    out
}

/// Returns what stands before a place, the place itself, and what stands behind it: on one line, cut at words.
pub fn context(text: &str, range: Range<usize>) -> [String; 3] {
    let from = text.floor_char_boundary(range.start.saturating_sub(BEFORE));
    let before = text.get(from..range.start).unwrap_or("");
    let before = match (from, before.split_once(char::is_whitespace)) {
        (1.., Some((_, whole))) => format!("…{whole}"),
        _ => before.to_owned(),
    };
    let to = text.floor_char_boundary((range.end + BEHIND).min(text.len()));
    let longest = text.floor_char_boundary(range.end.min(range.start + LONGEST));
    [line(&before), line(text.get(range.start..longest).unwrap_or("")), line(text.get(range.end..to).unwrap_or(""))]
}

/// White space as single spaces.
fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let c = if c.is_whitespace() { ' ' } else { c };
        if c != ' ' || !out.ends_with(' ') {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Anchor, ArticleNote, Origin, Part, PassageNote, Range, SpeakerNote, Status};
    use crate::text::PointIndex;
    use crate::text::pattern::Kind;
    use jiff::Timestamp;

    const TEXT: &str = "The ferry sails.\n“The ferry stays,” said Holt, who likes the ferry.";

    #[test]
    fn finds_in_the_text_in_quotations_tags_speakers_and_memos() {
        let index = PointIndex::new(TEXT);
        let raw = RawText { text: TEXT, index: &index };
        let at = TEXT.find('“').expect("it is there");
        let end = TEXT.find(" said").expect("it is there");
        let note = QuoteNote {
            origin: Origin::Reader,
            status: Status::Accepted,
            speaker: Some(SpeakerChoice::Named("Captain Ferry".into())),
            tags: vec!["ferry-politics".into(), "other".into()],
            memo: Some("about the\nferry again".into()),
            ..QuoteNote::blank(NoteId::from_u128(1), raw.anchor(&[Span::new(at, end)]), Timestamp::UNIX_EPOCH)
        };
        let gone = QuoteNote {
            id: NoteId::from_u128(2),
            anchor: Anchor {
                parts: vec![Part { range: Range { start: 0, end: 17 }, exact: "a ferry that sank".into() }],
                ..Anchor::default()
            },
            tags: Vec::new(),
            memo: None,
            speaker: None,
            ..note.clone()
        };
        let speaker = SpeakerNote {
            id: NoteId::from_u128(3),
            name: "Maren Holt".into(),
            also: vec!["the ferrywoman".into()],
            taken: Vec::new(),
            not_a_person: false,
            memo: None,
            created: Timestamp::UNIX_EPOCH,
            modified: Timestamp::UNIX_EPOCH,
        };
        let passage = PassageNote {
            id: NoteId::from_u128(4),
            anchor: raw.anchor(&[Span::new(0, 16)]),
            tags: vec!["ferry-times".into()],
            memo: Some("the ferry's times".into()),
            created: Timestamp::UNIX_EPOCH,
            modified: Timestamp::UNIX_EPOCH,
        };
        let notes = Annotations {
            quotes: [(note.id, note), (gone.id, gone)].into(),
            speakers: [(speaker.id, speaker)].into(),
            passages: [(passage.id, passage)].into(),
            article: ArticleNote { memo: Some("All on the ferry".into()), ..ArticleNote::default() },
        };
        let pattern = Pattern::new("ferry", Kind::Words).expect("it is whole");
        let found = seek(&pattern, raw, &notes, 100);
        let names: Vec<&str> = found.iter().map(|hit| hit.within.name()).collect();
        assert_eq!(
            names,
            ["text", "quotation", "text", "tag", "speaker", "memo", "quotation", "tag", "memo", "speaker", "memo"]
        );
        assert_eq!(found[1].place.map(|place| place.of(TEXT)), Some("ferry"));
        assert_eq!(found[3].place, Some(Span::new(at, end)));
        assert_eq!(found[5].context, ["about the ".to_owned(), "ferry".into(), " again · “The ferry stays,”".into()]);
        assert_eq!(seek(&pattern, raw, &notes, 2).len(), 2);
    }
}
