//! What a coder's notes say, as units that can be compared with another coder's.

use crate::annotation::model::{Anchor, Annotations, NoteId, Origin, QuoteNote, Range, SpeakerChoice, Status};
use crate::text::PointIndex;
use std::collections::{BTreeMap, BTreeSet};
use unicode_segmentation::UnicodeSegmentation;

/// A stretch longer than this (in code points) is not looked into for words: no tolerance reaches so far.
const FARTHEST: usize = 4096;

/// One note on a quotation, or on a tagged passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The note it is from.
    pub note: NoteId,
    /// Its parts in order, in code points of the raw text.
    pub parts: Vec<Range>,
    /// Whether the coder holds it for a quotation; `None` where the note decides nothing.
    pub quotation: Option<bool>,
    /// Who speaks, by the name the coder shows: `None` where the coder did not say, an empty name for nobody.
    pub speaker: Option<String>,
    /// Its tags.
    pub tags: BTreeSet<String>,
}

impl Unit {
    /// Returns the first code point and the one past the last.
    pub fn hull(&self) -> Range {
        let start = self.parts.iter().map(|part| part.start).min().unwrap_or(0);
        Range { start, end: self.parts.iter().map(|part| part.end).max().unwrap_or(start) }
    }

    /// Whether it counts as marked: a quotation by the coder's word, or one that carries tags and is not rejected.
    pub fn marked(&self) -> bool {
        self.quotation.unwrap_or(!self.tags.is_empty())
    }
}

/// Everything one coder marked in one document, in order of place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Coding {
    /// The coder.
    pub coder: String,
    /// The units.
    pub units: Vec<Unit>,
    /// The passages that carry tags; they are never counted among quotations.
    pub passages: Vec<Unit>,
}

/// Returns the units of a coder's notes. Notes that neither decide nor tag are left out, and so are empty anchors.
pub fn coding(coder: &str, notes: &Annotations) -> Coding {
    let mut units: Vec<Unit> = notes.quotes.values().map(|note| unit(note, notes)).collect();
    units.retain(|unit| !unit.parts.is_empty() && (unit.quotation.is_some() || !unit.tags.is_empty()));
    let mut passages: Vec<Unit> = notes
        .passages
        .values()
        .map(|note| Unit {
            note: note.id,
            parts: parts(&note.anchor),
            quotation: None,
            speaker: None,
            tags: note.tags.iter().cloned().collect(),
        })
        .collect();
    passages.retain(|unit| !unit.parts.is_empty() && !unit.tags.is_empty());
    for list in [&mut units, &mut passages] {
        list.sort_by_key(|unit| (unit.hull().start, std::cmp::Reverse(unit.hull().end), unit.note));
    }
    Coding { coder: coder.to_owned(), units, passages }
}

/// Returns the stretches of an anchor in order.
fn parts(anchor: &Anchor) -> Vec<Range> {
    let mut parts: Vec<Range> = anchor.parts.iter().map(|part| part.range).filter(|r| r.start < r.end).collect();
    parts.sort_unstable();
    parts
}

fn unit(note: &QuoteNote, notes: &Annotations) -> Unit {
    let quotation = match (note.origin, note.status) {
        (_, Status::Rejected) => Some(false),
        (Origin::Reader, _) | (_, Status::Accepted) => Some(true),
        (Origin::Found, Status::Open) => None,
    };
    let speaker = note.speaker.as_ref().map(|choice| match choice {
        SpeakerChoice::Named(name) => shown_name(name, notes),
        SpeakerChoice::Nobody => String::new(),
    });
    Unit { note: note.id, parts: parts(&note.anchor), quotation, speaker, tags: note.tags.iter().cloned().collect() }
}

/// Returns the name under which this coder shows a speaker: the one that a merge or a renaming gave; empty for nobody.
pub fn shown_name(name: &str, notes: &Annotations) -> String {
    let taken = notes.speakers.values().find(|note| note.also.iter().any(|other| other == name));
    let name = taken.map_or(name, |note| if note.not_a_person { "" } else { &note.name });
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// As much of the raw text as the anchors of some notes hold: enough to count the words between two edges of units that
/// overlap, without the article at hand.
#[derive(Debug, Clone, Default)]
pub struct Wording {
    /// Pieces of the text by their first code point.
    pieces: BTreeMap<usize, Vec<(String, PointIndex)>>,
    end: usize,
}

impl Wording {
    /// Adds what these notes hold.
    pub fn add(&mut self, notes: &Annotations) {
        let passages = notes.passages.values().map(|note| &note.anchor);
        for anchor in notes.quotes.values().map(|note| &note.anchor).chain(passages) {
            for part in &anchor.parts {
                self.put(part.range.start, &part.exact);
            }
            let behind = anchor.parts.last().map_or(0, |part| part.range.end);
            self.end = self.end.max(behind.saturating_add(anchor.suffix.chars().count()));
        }
    }

    /// Adds a piece of the text that begins at this code point: the whole of it at 0, where it is at hand.
    pub fn put(&mut self, from: usize, text: &str) {
        let pieces = self.pieces.entry(from).or_default();
        // What is known already, and what an earlier piece begins with, tells nothing new.
        if pieces.iter().any(|(known, _)| known.starts_with(text)) {
            return;
        }
        let index = PointIndex::new(text);
        self.end = self.end.max(from.saturating_add(index.len()));
        pieces.push((text.to_owned(), index));
    }

    /// Returns one past the last code point that is known: the length of the text at least.
    pub fn end(&self) -> usize {
        self.end
    }

    /// Counts the words that stand, whole or in part, between two places; `None` where the text there is not known.
    /// Marks and spaces are no words: two edges that differ by a quotation mark are 0 words apart.
    pub fn words(&self, a: usize, b: usize) -> Option<usize> {
        let (from, to) = (a.min(b), a.max(b));
        if to - from > FARTHEST {
            return None;
        }
        let before =
            self.pieces.range(..=from).rev().flat_map(|(start, list)| list.iter().map(move |piece| (start, piece)));
        let mut between = before.filter_map(|(start, (text, index))| {
            let at = |point: usize| index.to_bytes(text, point - start);
            text.get(at(from)?..at(to)?)
        });
        Some(between.next()?.unicode_words().count())
    }
}
