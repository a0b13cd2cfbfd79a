//! The resolved view: what the program found, as the reader decided. Panes and exports read only this.

use super::anchor::RawText;
use super::model::{Anchor, Annotations, Filler, NoteId, Origin, QuoteNote, SpeakerChoice, Status};
use super::nearby::Nearby;
use crate::engine::quotes::Evidence;
use crate::engine::{Analysis, Form, Interval, Mention, QuoteKind, SpeakerKind};
use crate::text::{Clean, Raw, Span};
use speakers::{note_on, speakers};

mod speakers;

/// The article as the reader left it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Resolved {
    /// The quotations in order of their first byte; rejected ones stay in, so that they can be taken back.
    pub quotes: Vec<ResolvedQuote>,
    /// The speakers, those with most quotations first.
    pub speakers: Vec<ResolvedSpeaker>,
    /// The stretches that the reader tagged and that are no quotations, in order.
    pub passages: Vec<ResolvedPassage>,
    /// Notes whose place is no longer in the text.
    pub orphans: Vec<NoteId>,
}

/// One quotation as it stands after the reader's decisions.
#[derive(Debug, Clone, PartialEq)]
pub struct ResolvedQuote {
    /// Its number among what the program found, if it found it.
    pub found: Option<usize>,
    /// The reader's note on it, if there is one.
    pub note: Option<NoteId>,
    /// The decision.
    pub status: Status,
    /// Its kind.
    pub kind: QuoteKind,
    /// How it is set.
    pub form: Form,
    /// The parts of its content in the clean text.
    pub spans: Vec<Span<Clean>>,
    /// The same parts in the raw text.
    pub raw: Vec<Span<Raw>>,
    /// The speaker, as an index into `Resolved::speakers`.
    pub speaker: Option<usize>,
    /// Whether the reader chose the speaker.
    pub speaker_chosen: bool,
    /// The source as written.
    pub mention: Option<Span<Clean>>,
    /// The cue.
    pub cue: Option<Span<Clean>>,
    /// To whom it was said, by the reader's word.
    pub addressee: Option<Filled>,
    /// About what it was said, by the reader's word.
    pub topic: Option<Filled>,
    /// When it was said.
    pub said_at: Option<Interval>,
    /// The expression that says when.
    pub said_span: Option<Span<Clean>>,
    /// Whether the reader gave the date.
    pub date_chosen: bool,
    /// Whether nobody said it.
    pub hypothetical: bool,
    /// The index of the quotation it stands in.
    pub nested_in: Option<usize>,
    /// The reader's tags.
    pub tags: Vec<String>,
    /// The reader's memo.
    pub memo: Option<String>,
    /// How likely the finding is right, 0 to 1; 1 where the reader made or accepted it.
    pub confidence: f32,
    /// Why, in words: of the quotation and its speaker.
    pub evidence: Vec<Evidence>,
    /// Why it was said then.
    pub date_evidence: Vec<Evidence>,
}

impl ResolvedQuote {
    /// Returns the hull of its parts in the clean text.
    pub fn hull(&self) -> Span<Clean> {
        crate::text::span::hull(&self.spans).unwrap_or(Span::empty(0))
    }

    /// Returns the hull of its parts in the raw text.
    pub fn raw_hull(&self) -> Span<Raw> {
        crate::text::span::hull(&self.raw).unwrap_or(Span::empty(0))
    }
}

/// What fills the role of an addressee or a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The words: of the stretch, or those the reader typed; of a speaker who was renamed or merged, the name of today.
    pub words: String,
    /// Where they stand; none where the reader typed them, or the stretch is no longer there.
    pub span: Option<Span<Clean>>,
}

/// A tagged stretch that is no quotation.
#[derive(Debug, Clone, PartialEq)]
pub struct ResolvedPassage {
    /// The reader's note.
    pub note: NoteId,
    /// Its parts in the clean text.
    pub spans: Vec<Span<Clean>>,
    /// The same parts in the raw text.
    pub raw: Vec<Span<Raw>>,
    /// The reader's tags.
    pub tags: Vec<String>,
    /// The reader's memo.
    pub memo: Option<String>,
}

impl ResolvedPassage {
    /// Returns the hull of its parts in the clean text.
    pub fn hull(&self) -> Span<Clean> {
        crate::text::span::hull(&self.spans).unwrap_or(Span::empty(0))
    }

    /// Returns the hull of its parts in the raw text.
    pub fn raw_hull(&self) -> Span<Raw> {
        crate::text::span::hull(&self.raw).unwrap_or(Span::empty(0))
    }
}

/// One speaker as it stands after the reader's decisions.
#[derive(Debug, Clone, PartialEq)]
pub struct ResolvedSpeaker {
    /// What to call it.
    pub name: String,
    /// Whether `name` is a proper name, not a description.
    pub named: bool,
    /// The other names in use.
    pub aliases: Vec<String>,
    /// Where it is named.
    pub mentions: Vec<Mention>,
    /// What it is.
    pub kind: SpeakerKind,
    /// How many quotations it has that are not rejected.
    pub quotes: usize,
    /// The numbers of the found speakers it gathers.
    pub found: Vec<usize>,
    /// What the program called them: names or descriptions, each once in an article.
    pub labels: Vec<String>,
}

/// Joins what was found with what was decided.
pub fn resolve(analysis: &Analysis, notes: &Annotations, raw: RawText) -> Resolved {
    let mut out = Resolved::default();
    let mut drafts: Vec<Draft> = analysis.quotes.iter().enumerate().map(|(n, _)| found(analysis, raw, n)).collect();
    let near = Nearby::new(drafts.iter().map(|draft| draft.quote.raw_hull()));
    for note in notes.quotes.values() {
        let Some(spans) = raw.locate(&note.anchor) else {
            out.orphans.push(note.id);
            continue;
        };
        let moved = note.found.as_ref().and_then(|anchor| raw.locate(anchor));
        let known = match note.origin {
            Origin::Found => nearest(&drafts, &near, moved.as_ref().unwrap_or(&spans)),
            Origin::Reader => None,
        };
        let at = known.unwrap_or_else(|| {
            drafts.push(Draft::new(note.kind.unwrap_or(QuoteKind::Direct)));
            drafts.len() - 1
        });
        let draft = &mut drafts[at];
        draft.decide(note);
        if draft.quote.raw != spans {
            draft.quote.spans = spans.iter().map(|&span| analysis.clean.map.forward(span)).collect();
            draft.quote.raw = spans;
        }
        let clean = |anchor: &Anchor| {
            raw.locate(anchor)?.first().map(|&span| analysis.clean.map.forward(span)).filter(|span| !span.is_empty())
        };
        // An anchor without parts says that there is none; one that is no longer in the text says nothing.
        let place = |anchor: &Option<Anchor>, found: Option<Span<Clean>>| match anchor {
            Some(anchor) if anchor.parts.is_empty() => None,
            Some(anchor) => clean(anchor).or(found),
            None => found,
        };
        let filled = |filler: &Filler| match filler {
            Filler::Stretch(anchor) => {
                let words = anchor.parts.iter().map(|part| part.exact.as_str()).collect::<Vec<_>>().join(" ");
                Filled { words, span: clean(anchor) }
            }
            Filler::Words(words) => Filled { words: shown(notes, words).to_owned(), span: None },
        };
        draft.quote.mention = place(&note.source, draft.quote.mention);
        draft.quote.cue = place(&note.cue, draft.quote.cue);
        draft.quote.addressee = note.addressee.as_ref().map(filled);
        draft.quote.topic = note.topic.as_ref().map(filled);
    }
    for note in notes.passages.values() {
        match raw.locate(&note.anchor) {
            Some(spans) => out.passages.push(ResolvedPassage {
                note: note.id,
                spans: spans.iter().map(|&span| analysis.clean.map.forward(span)).collect(),
                raw: spans,
                tags: note.tags.clone(),
                memo: note.memo.clone(),
            }),
            None => out.orphans.push(note.id),
        }
    }
    out.passages.sort_by_key(|passage| (passage.raw_hull().start, std::cmp::Reverse(passage.raw_hull().end)));
    out.speakers = speakers(analysis, notes, raw, &mut drafts);
    drafts.sort_by_key(|draft| (draft.quote.hull().start, std::cmp::Reverse(draft.quote.hull().end)));
    let order: Vec<Option<usize>> = drafts.iter().map(|draft| draft.quote.found).collect();
    out.quotes = drafts
        .into_iter()
        .map(|draft| {
            let nested_in =
                draft.quote.nested_in.and_then(|outer| order.iter().position(|&found| found == Some(outer)));
            ResolvedQuote { nested_in, ..draft.quote }
        })
        .collect();
    out
}

/// A quotation on its way to the resolved view; its speaker is still a name.
struct Draft<'a> {
    quote: ResolvedQuote,
    /// The number of the speaker among those found.
    found_speaker: Option<usize>,
    choice: Option<&'a SpeakerChoice>,
}

impl<'a> Draft<'a> {
    fn new(kind: QuoteKind) -> Self {
        let quote = ResolvedQuote {
            found: None,
            note: None,
            status: Status::Open,
            kind,
            form: Form::Prose,
            spans: Vec::new(),
            raw: Vec::new(),
            speaker: None,
            speaker_chosen: false,
            mention: None,
            cue: None,
            addressee: None,
            topic: None,
            said_at: None,
            said_span: None,
            date_chosen: false,
            hypothetical: false,
            nested_in: None,
            tags: Vec::new(),
            memo: None,
            confidence: 1.0,
            evidence: Vec::new(),
            date_evidence: Vec::new(),
        };
        Self { quote, found_speaker: None, choice: None }
    }

    fn decide(&mut self, note: &'a QuoteNote) {
        let quote = &mut self.quote;
        quote.note = Some(note.id);
        quote.status = note.status;
        quote.kind = note.kind.unwrap_or(quote.kind);
        quote.tags.clone_from(&note.tags);
        quote.memo.clone_from(&note.memo);
        if note.origin == Origin::Reader {
            quote.status = Status::Accepted;
            quote.evidence.push("added by the reader".into());
        }
        if let Some(interval) = note.said_at {
            if quote.said_at.is_none() {
                quote.date_evidence.clear();
            }
            quote.said_at = Some(interval);
            quote.date_chosen = true;
            quote.date_evidence.insert(0, "given by the reader".into());
        }
        if quote.status == Status::Accepted {
            quote.confidence = 1.0;
        }
        self.choice = note.speaker.as_ref();
    }
}

fn found<'a>(analysis: &Analysis, raw: RawText, n: usize) -> Draft<'a> {
    let quote = &analysis.quotes[n];
    let mut draft = Draft::new(quote.kind);
    draft.found_speaker = quote.speaker.map(|id| id.0 as usize);
    let out = &mut draft.quote;
    out.found = Some(n);
    out.form = quote.form;
    out.spans.clone_from(&quote.spans);
    out.raw = quote.spans.iter().map(|&span| analysis.clean.raw_span(span, raw.text)).collect();
    out.mention = quote.mention;
    out.cue = quote.cue;
    out.hypothetical = quote.hypothetical;
    out.nested_in = quote.nested_in;
    out.confidence = quote.confidence;
    out.evidence.clone_from(&quote.evidence);
    if let Some(said) = &quote.said_at {
        out.said_at = Some(said.interval);
        out.said_span = said.span;
        out.date_evidence.clone_from(&said.evidence);
    } else {
        out.date_evidence.extend(quote.undated.clone());
    }
    draft
}

/// Returns the name under which a speaker is shown today; a name that no note takes over is its own.
fn shown<'a>(notes: &'a Annotations, name: &'a str) -> &'a str {
    note_on(notes, name).map_or(name, |note| &note.name)
}

/// Returns the found quotation that stands at `place`: the one that shares most with it, at least half of both.
fn nearest(drafts: &[Draft], near: &Nearby, place: &[Span<Raw>]) -> Option<usize> {
    let total: usize = place.iter().map(|span| span.len()).sum();
    let shared = |draft: &Draft| -> usize {
        draft.quote.raw.iter().flat_map(|&a| place.iter().map(move |&b| a.overlap(b))).sum()
    };
    near.touching(crate::text::span::hull(place)?)
        .map(|n| (n, &drafts[n]))
        .filter(|(_, draft)| draft.quote.found.is_some() && draft.quote.note.is_none())
        .map(|(n, draft)| {
            let own: usize = draft.quote.raw.iter().map(|span| span.len()).sum();
            (2 * shared(draft), own + total, n)
        })
        .filter(|&(shared, sum, _)| 2 * shared >= sum && shared > 0)
        .max_by(|a, b| (a.0 * b.1).cmp(&(b.0 * a.1)).then(b.2.cmp(&a.2)))
        .map(|(_, _, n)| n)
}
