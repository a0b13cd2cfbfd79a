//! The resolved view as marks upon the raw text and links between them: what the standoff formats are written from.

pub mod brat;
pub mod cas;
pub mod conll;
pub mod doccano;
pub mod label_studio;
pub mod prodigy;
pub mod stam;
mod tokens;
pub mod w3c;

use super::row::Rows;
use super::{Document, LossReport, loss};
use crate::annotation::{NoteId, ResolvedPassage, ResolvedQuote, ResolvedSpeaker};
use crate::text::{Raw, Span, digest};
use uuid::Uuid;

/// What a marked stretch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// The content of a quotation.
    Quote,
    /// A source as written.
    Speaker,
    /// A cue.
    Cue,
    /// To whom it was said.
    Addressee,
    /// About what it was said.
    Topic,
    /// A tagged stretch that is no quotation.
    Passage,
}

impl Label {
    /// Every label, in the order in which the formats declare them.
    pub const ALL: [Self; 6] = [Self::Quote, Self::Speaker, Self::Cue, Self::Addressee, Self::Topic, Self::Passage];

    /// Returns the word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Quote => "Quote",
            Self::Speaker => "Speaker",
            Self::Cue => "Cue",
            Self::Addressee => "Addressee",
            Self::Topic => "Topic",
            Self::Passage => "Passage",
        }
    }

    /// Returns the colour that a tool may show it in, `#RRGGBB`.
    pub fn colour(self) -> &'static str {
        match self {
            Self::Quote => "#FFA39E",
            Self::Speaker => "#A3C7FF",
            Self::Cue => "#B7EB8F",
            Self::Addressee => "#D3ADF7",
            Self::Topic => "#FFE58F",
            Self::Passage => "#D9D9D9",
        }
    }

    /// Returns how a quotation is linked to a stretch of this label.
    fn link(self) -> Option<LinkKind> {
        match self {
            Self::Speaker => Some(LinkKind::AttributedTo),
            Self::Cue => Some(LinkKind::CuedBy),
            Self::Addressee => Some(LinkKind::AddressedTo),
            Self::Topic => Some(LinkKind::About),
            Self::Quote | Self::Passage => None,
        }
    }
}

/// How two marks belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// From a quotation to its source.
    AttributedTo,
    /// From a quotation to its cue.
    CuedBy,
    /// From a quotation to whom it was said to.
    AddressedTo,
    /// From a quotation to what it is about.
    About,
    /// From a quotation to the one it stands in.
    NestedIn,
}

impl LinkKind {
    /// Every kind, with the label that its second end has.
    pub const ALL: [(Self, Label); 5] = [
        (Self::AttributedTo, Label::Speaker),
        (Self::CuedBy, Label::Cue),
        (Self::AddressedTo, Label::Addressee),
        (Self::About, Label::Topic),
        (Self::NestedIn, Label::Quote),
    ];

    /// Returns the word for it, in small letters with `_`.
    pub fn name(self) -> &'static str {
        match self {
            Self::AttributedTo => "attributed_to",
            Self::CuedBy => "cued_by",
            Self::AddressedTo => "addressed_to",
            Self::About => "about",
            Self::NestedIn => "nested_in",
        }
    }

    /// Returns the same word as `AttributedTo`.
    pub fn camel(self) -> &'static str {
        match self {
            Self::AttributedTo => "AttributedTo",
            Self::CuedBy => "CuedBy",
            Self::AddressedTo => "AddressedTo",
            Self::About => "About",
            Self::NestedIn => "NestedIn",
        }
    }
}

/// One stretch, in one part or several.
pub struct Mark<'a> {
    /// What it is.
    pub label: Label,
    /// Its parts, in bytes of the raw text, none of them empty.
    pub parts: Vec<Span<Raw>>,
    /// The quotation whose content it is.
    pub quote: Option<&'a ResolvedQuote>,
    /// The passage it is.
    pub passage: Option<&'a ResolvedPassage>,
    /// Who speaks: of a quotation, and of a source.
    pub speaker: Option<&'a ResolvedSpeaker>,
}

impl<'a> Mark<'a> {
    /// Returns the reader's tags.
    pub fn tags(&self) -> &'a [String] {
        let quote = self.quote.map(|quote| quote.tags.as_slice());
        quote.or(self.passage.map(|passage| passage.tags.as_slice())).unwrap_or(&[])
    }

    /// Returns the reader's memo.
    pub fn memo(&self) -> Option<&'a str> {
        let quote = self.quote.and_then(|quote| quote.memo.as_deref());
        quote.or(self.passage.and_then(|passage| passage.memo.as_deref()))
    }

    /// Returns the reader's note, if there is one.
    pub fn note(&self) -> Option<NoteId> {
        self.quote.and_then(|quote| quote.note).or(self.passage.map(|passage| passage.note))
    }

    /// Returns the bytes from the first part's start to the last one's end.
    pub fn hull(&self) -> Span<Raw> {
        crate::text::span::hull(&self.parts).unwrap_or(Span::empty(0))
    }
}

/// A quotation's link to another mark, both as numbers of marks.
pub struct Link {
    /// The quotation.
    pub from: usize,
    /// What it is linked to.
    pub to: usize,
    /// How.
    pub kind: LinkKind,
}

/// One article as marks and links. A source or cue of two quotations is one mark.
pub struct Standoff<'a> {
    /// The article, with its code points.
    pub rows: Rows<'a>,
    /// The marks: the quotations in order, then what they are linked to, then the passages.
    pub marks: Vec<Mark<'a>>,
    /// The links, by their quotation.
    pub links: Vec<Link>,
    /// Where characters begin that are two units in UTF-16, in bytes.
    wide: Vec<usize>,
}

impl<'a> Standoff<'a> {
    /// Reads one article's view; rejected quotations are left out.
    pub fn new(document: Document<'a>) -> Self {
        let rows = Rows::new(document);
        let quotes: Vec<(usize, &ResolvedQuote)> =
            rows.quotes().filter(|(_, quote)| quote.raw.iter().any(|part| !part.is_empty())).collect();
        let mut marks: Vec<Mark> = quotes
            .iter()
            .map(|&(_, quote)| Mark {
                label: Label::Quote,
                parts: quote.raw.iter().copied().filter(|part| !part.is_empty()).collect(),
                quote: Some(quote),
                passage: None,
                speaker: rows.speaker(quote),
            })
            .collect();
        let mut links = Vec::new();
        for (from, &(_, quote)) in quotes.iter().enumerate() {
            let filler = |filled: &Option<crate::annotation::Filled>| filled.as_ref().and_then(|filled| filled.span);
            for (label, span) in [
                (Label::Speaker, quote.mention),
                (Label::Cue, quote.cue),
                (Label::Addressee, filler(&quote.addressee)),
                (Label::Topic, filler(&quote.topic)),
            ] {
                let (Some(span), Some(kind)) = (span, label.link()) else { continue };
                let part = document.analysis.clean.raw_span(span, &document.article.text);
                if part.is_empty() {
                    continue;
                }
                let speaker = rows.speaker(quote).filter(|_| label == Label::Speaker);
                let same = |mark: &Mark| {
                    mark.label == label
                        && mark.parts == [part]
                        && mark.speaker.map(std::ptr::from_ref) == speaker.map(std::ptr::from_ref)
                };
                let known = marks[quotes.len()..].iter().position(same).map(|n| n + quotes.len());
                let to = known.unwrap_or_else(|| {
                    marks.push(Mark { label, parts: vec![part], quote: None, passage: None, speaker });
                    marks.len() - 1
                });
                links.push(Link { from, to, kind });
            }
            let outer = quote.nested_in.and_then(|outer| quotes.iter().position(|&(number, _)| number == outer));
            links.extend(outer.map(|to| Link { from, to, kind: LinkKind::NestedIn }));
        }
        marks.extend(document.resolved.passages.iter().map(|passage| Mark {
            label: Label::Passage,
            parts: passage.raw.iter().copied().filter(|part| !part.is_empty()).collect(),
            quote: None,
            passage: Some(passage),
            speaker: None,
        }));
        marks.retain(|mark| !mark.parts.is_empty());
        let text = &document.article.text;
        let wide = text.char_indices().filter(|(_, c)| c.len_utf16() == 2).map(|(at, _)| at).collect();
        Self { rows, marks, links, wide }
    }

    /// Returns the raw text.
    pub fn text(&self) -> &'a str {
        &self.rows.document.article.text
    }

    /// Returns a span in units of UTF-16.
    pub fn utf16(&self, span: Span<Raw>) -> [usize; 2] {
        let [start, end] = self.rows.raw(span);
        let wide = |at: usize| self.wide.partition_point(|&wide| wide < at);
        [start + wide(span.start), end + wide(span.end)]
    }

    /// Returns an id for a mark that is the same whenever the same is written: its note's, else one that follows from
    /// the article's text and the place (UUID version 8 of a SHA-256).
    pub fn id(&self, mark: &Mark) -> Uuid {
        mark.note().unwrap_or_else(|| {
            let parts: Vec<String> = mark.parts.iter().map(|part| format!("{}:{}", part.start, part.end)).collect();
            id_of(&[&text_hash(self.text()), mark.label.name(), &parts.join(" ")])
        })
    }

    /// Counts what no standoff format holds: what is in the view beside its marks and links.
    pub fn losses(&self, loss: &mut LossReport) {
        let Document { notes, .. } = self.rows.document;
        loss.add(loss::REJECTED, self.rows.rejected().count());
        loss.add(loss::ARTICLE_MEMOS, usize::from(notes.article.memo.is_some()));
        loss.add(loss::SPEAKER_MEMOS, notes.speakers.values().filter(|note| note.memo.is_some()).count());
        for quote in self.marks.iter().filter_map(|mark| mark.quote) {
            loss.add(loss::REASONS, quote.evidence.len() + quote.date_evidence.len());
        }
    }
}

/// Returns the hexadecimal SHA-256 of a text.
pub fn text_hash(text: &str) -> String {
    digest::sha256(text.as_bytes())
}

/// Returns the id that follows from some words.
pub fn id_of(words: &[&str]) -> Uuid {
    digest::id_of(&format!("whosaid\0{}", words.join("\0")))
}

/// Returns `from/to`, or the day alone, as ISO 8601 writes intervals.
pub fn iso(days: crate::engine::Interval) -> String {
    if days.from == days.to { days.to.to_string() } else { format!("{}/{}", days.from, days.to) }
}
