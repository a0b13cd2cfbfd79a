//! The resolved view: what the program found, as the reader decided. Panes and exports read only this.

use super::anchor::RawText;
use super::model::{Anchor, Annotations, NoteId, Origin, QuoteNote, SpeakerChoice, SpeakerNote, Status};
use super::nearby::Nearby;
use crate::engine::quotes::Evidence;
use crate::engine::{Analysis, Form, Interval, Mention, QuoteKind, SpeakerKind};
use crate::text::{Clean, Raw, Span};
use std::collections::HashMap;

/// The article as the reader left it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Resolved {
    /// The quotations in order of their first byte; rejected ones stay in, so that they can be taken back.
    pub quotes: Vec<ResolvedQuote>,
    /// The speakers, those with most quotations first.
    pub speakers: Vec<ResolvedSpeaker>,
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
        let place = note.found.as_ref().and_then(|anchor| raw.locate(anchor)).unwrap_or_else(|| spans.clone());
        let known = match note.origin {
            Origin::Found => nearest(&drafts, &near, &place),
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
        let clean = |anchor: &Option<Anchor>| {
            let spans = raw.locate(anchor.as_ref()?)?;
            spans.first().map(|&span| analysis.clean.map.forward(span))
        };
        draft.quote.mention = clean(&note.source).or(draft.quote.mention);
        draft.quote.cue = clean(&note.cue).or(draft.quote.cue);
    }
    out.speakers = speakers(analysis, notes, &mut drafts);
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
struct Draft {
    quote: ResolvedQuote,
    /// The number of the speaker among those found.
    found_speaker: Option<usize>,
    choice: Option<SpeakerChoice>,
}

impl Draft {
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

    fn decide(&mut self, note: &QuoteNote) {
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
            quote.said_at = Some(interval);
            quote.date_chosen = true;
            quote.date_evidence.insert(0, "given by the reader".into());
        }
        if quote.status == Status::Accepted {
            quote.confidence = 1.0;
        }
        self.choice.clone_from(&note.speaker);
    }
}

fn found(analysis: &Analysis, raw: RawText, n: usize) -> Draft {
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
    }
    draft
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

/// Gathers the speakers by the reader's word, gives every draft its speaker, and sorts by number of quotations.
fn speakers(analysis: &Analysis, notes: &Annotations, drafts: &mut [Draft]) -> Vec<ResolvedSpeaker> {
    let mut out: Vec<ResolvedSpeaker> = Vec::new();
    let mut of_found = vec![None; analysis.speakers.len()];
    for (n, (speaker, label)) in analysis.speakers.iter().zip(labels(analysis)).enumerate() {
        let note = note_on(notes, &label);
        if note.is_some_and(|note| note.not_a_person) {
            continue;
        }
        let name = note.map_or(&label, |note| &note.name);
        // A memo alone does not make a name of a description.
        let renamed = note.is_some_and(|note| note.name != label || note.memo.is_none());
        let at = entry(&mut out, name, speaker.name.is_some() || renamed, speaker.kind);
        of_found[n] = Some(at);
        let entry = &mut out[at];
        entry.found.push(n);
        entry.mentions.extend(&speaker.mentions);
        for other in speaker.aliases.iter().chain([&label]) {
            if *other != entry.name && !entry.aliases.contains(other) {
                entry.aliases.push(other.clone());
            }
        }
        entry.labels.push(label);
    }
    for draft in drafts.iter_mut() {
        let found = draft.found_speaker.and_then(|n| of_found.get(n).copied().flatten());
        draft.quote.speaker = match &draft.choice {
            Some(SpeakerChoice::Named(name)) => chosen(&mut out, notes, name),
            Some(SpeakerChoice::Nobody) => None,
            None => found,
        };
        draft.quote.speaker_chosen =
            draft.choice.is_some() && (draft.quote.speaker != found || draft.quote.found.is_none());
        if draft.quote.speaker_chosen {
            draft.quote.evidence.insert(0, "speaker chosen by the reader".into());
        }
    }
    let mut first = vec![usize::MAX; out.len()];
    for draft in drafts.iter() {
        if let (Some(speaker), true) = (draft.quote.speaker, draft.quote.status != Status::Rejected) {
            out[speaker].quotes += 1;
            first[speaker] = first[speaker].min(draft.quote.hull().start);
        }
    }
    let mut order: Vec<usize> = (0..out.len()).collect();
    order.sort_by_key(|&n| (std::cmp::Reverse(out[n].quotes), first[n], n));
    let mut place = vec![0; out.len()];
    for (new, &old) in order.iter().enumerate() {
        place[old] = new;
    }
    for draft in drafts {
        draft.quote.speaker = draft.quote.speaker.map(|old| place[old]);
    }
    let mut sorted: Vec<(usize, ResolvedSpeaker)> =
        out.into_iter().enumerate().map(|(old, s)| (place[old], s)).collect();
    sorted.sort_by_key(|(new, _)| *new);
    sorted
        .into_iter()
        .map(|(_, mut speaker)| {
            speaker.mentions.sort_by_key(|mention| mention.span);
            speaker
        })
        .collect()
}

/// Returns what to call each found speaker, every label once: of two unnamed sources of one description the second is
/// `a spokesman (2)`, so that a word about one is not a word about the other.
fn labels(analysis: &Analysis) -> Vec<String> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for name in analysis.speakers.iter().filter_map(|speaker| speaker.name.as_deref()) {
        // A description that reads like somebody's name is not that name.
        seen.insert(name, 1);
    }
    let labelled = analysis.speakers.iter().map(|speaker| {
        let label = speaker.label();
        if speaker.name.is_some() {
            return label.to_owned();
        }
        let count = seen.entry(label).or_insert(0);
        *count += 1;
        if *count == 1 { label.to_owned() } else { format!("{label} ({count})") }
    });
    labelled.collect()
}

/// Returns the reader's note that takes over this label.
fn note_on<'a>(notes: &'a Annotations, label: &str) -> Option<&'a SpeakerNote> {
    notes.speakers.values().find(|note| note.also.iter().any(|name| name == label))
}

/// Returns the speaker whom the reader named, by name, by the reader's own renaming, or by an alias that only one bears.
fn chosen(out: &mut Vec<ResolvedSpeaker>, notes: &Annotations, name: &str) -> Option<usize> {
    if let Some(at) = out.iter().position(|speaker| speaker.name == name) {
        return Some(at);
    }
    if let Some(note) = note_on(notes, name) {
        return (!note.not_a_person).then(|| {
            let at = entry(out, &note.name, true, SpeakerKind::Person);
            if note.name != name && !out[at].aliases.iter().any(|alias| alias == name) {
                out[at].aliases.push(name.to_owned());
            }
            at
        });
    }
    let mut bearers = out.iter().enumerate().filter(|(_, speaker)| speaker.aliases.iter().any(|alias| alias == name));
    match (bearers.next(), bearers.next()) {
        (Some((at, _)), None) => Some(at),
        _ => Some(entry(out, name, true, SpeakerKind::Person)),
    }
}

/// Returns the place of the speaker of this name, new if need be.
fn entry(out: &mut Vec<ResolvedSpeaker>, name: &str, named: bool, kind: SpeakerKind) -> usize {
    if let Some(at) = out.iter().position(|speaker| speaker.name == name) {
        out[at].named |= named;
        return at;
    }
    out.push(ResolvedSpeaker {
        name: name.to_owned(),
        named,
        aliases: Vec::new(),
        mentions: Vec::new(),
        kind,
        quotes: 0,
        found: Vec::new(),
        labels: Vec::new(),
    });
    out.len() - 1
}
