//! The speakers of the resolved view: gathered, renamed, split and counted by the reader's word.

use super::super::anchor::RawText;
use super::super::model::{Annotations, SpeakerChoice, SpeakerNote, Status};
use super::{Draft, ResolvedSpeaker};
use crate::engine::{Analysis, MentionKind, SpeakerKind};
use crate::text::{Clean, Span};
use std::collections::HashMap;

/// The mentions that speakers took from others.
struct Taken<'a> {
    places: Vec<(Span<Clean>, &'a SpeakerNote)>,
}

impl<'a> Taken<'a> {
    fn new(analysis: &Analysis, notes: &'a Annotations, raw: RawText) -> Self {
        let anchors = notes.speakers.values().flat_map(|note| note.taken.iter().map(move |anchor| (anchor, note)));
        let places = anchors.filter_map(|(anchor, note)| {
            let span = raw.locate(anchor)?.first().copied()?;
            Some((analysis.clean.map.forward(span), note))
        });
        Self { places: places.collect() }
    }

    /// Returns whose a mention is by the reader's word. An engine that sees its edges otherwise does not undo that: half
    /// of the longer one must be shared.
    fn by(&self, mention: Span<Clean>) -> Option<&'a SpeakerNote> {
        let shared = |span: &Span<Clean>| span.overlap(mention);
        let half = |span: &Span<Clean>| 2 * shared(span) >= span.len().max(mention.len()) && shared(span) > 0;
        self.places.iter().filter(|(span, _)| half(span)).max_by_key(|(span, _)| shared(span)).map(|(_, note)| *note)
    }
}

/// Gathers the speakers by the reader's word, gives every draft its speaker, and sorts by number of quotations.
pub(super) fn speakers(
    analysis: &Analysis,
    notes: &Annotations,
    raw: RawText,
    drafts: &mut [Draft],
) -> Vec<ResolvedSpeaker> {
    let mut out: Vec<ResolvedSpeaker> = Vec::new();
    let mut of_found = vec![None; analysis.speakers.len()];
    let taken = Taken::new(analysis, notes, raw);
    let text = &analysis.clean.text;
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
        entry.mentions.extend(speaker.mentions.iter().filter(|mention| taken.by(mention.span).is_none()));
        // A name under which every mention was taken is no longer this speaker's.
        let gone = |alias: &String| {
            let mut named = speaker.mentions.iter().filter(|mention| mention.span.of(text) == alias).peekable();
            named.peek().is_some() && named.all(|mention| taken.by(mention.span).is_some())
        };
        for other in speaker.aliases.iter().chain([&label]) {
            if gone(other) {
                continue;
            }
            if *other != entry.name && !entry.aliases.contains(other) {
                entry.aliases.push(other.clone());
            }
        }
        entry.labels.push(label);
    }
    for (n, speaker) in analysis.speakers.iter().enumerate() {
        for mention in &speaker.mentions {
            let Some(note) = taken.by(mention.span).filter(|note| !note.not_a_person) else { continue };
            let at = entry(&mut out, &note.name, true, analysis.speakers[n].kind);
            let entry = &mut out[at];
            if !entry.mentions.contains(mention) {
                entry.mentions.push(*mention);
            }
            let form = mention.span.of(text);
            if mention.kind != MentionKind::Pronoun && form != entry.name && !entry.aliases.iter().any(|a| a == form) {
                entry.aliases.push(form.to_owned());
            }
        }
    }
    // Names that the reader added.
    for note in notes.speakers.values().filter(|note| !note.not_a_person) {
        let Some(entry) = out.iter_mut().find(|speaker| speaker.name == note.name) else { continue };
        for name in &note.also {
            if *name != entry.name && !entry.aliases.contains(name) {
                entry.aliases.push(name.clone());
            }
        }
    }
    for draft in drafts.iter_mut() {
        let found = draft.found_speaker.and_then(|n| of_found.get(n).copied().flatten());
        draft.quote.speaker = match draft.choice {
            Some(SpeakerChoice::Named(name)) => chosen(&mut out, notes, name),
            Some(SpeakerChoice::Nobody) => None,
            None => match draft.quote.mention.and_then(|mention| taken.by(mention)) {
                Some(note) if note.not_a_person => None,
                Some(note) => Some(entry(&mut out, &note.name, true, SpeakerKind::Person)),
                None => found,
            },
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
pub(super) fn note_on<'a>(notes: &'a Annotations, label: &str) -> Option<&'a SpeakerNote> {
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
