//! Decisions about the parts of a quotation: its words, its cue, its source, to whom and about what it was said.

use super::decide::{Desk, accept_open, excerpt, tidy};
use super::edit::Edit;
use super::model::{Anchor, Filler, Origin, QuoteNote, QuoteRole, SpeakerChoice};
use crate::text::{Raw, Span};

impl Desk<'_> {
    /// Gives a stretch a role of the quotation. A source that is a mention of `speaker` gives it that speaker too. As
    /// content it becomes a part of the quotation.
    pub fn set_role(&self, quote: usize, role: QuoteRole, spans: &[Span<Raw>], speaker: Option<&str>) -> Option<Edit> {
        if role == QuoteRole::Content {
            return self.add_part(quote, *spans.first()?);
        }
        let anchor = self.raw.anchor(&self.fitting(spans)?);
        let words = excerpt(&anchor.parts.first()?.exact);
        let mut edit = self.change(quote, &format!("made {words} the {} of", role.name()), |note| {
            put(note, role, Some(anchor));
            if let (QuoteRole::Source, Some(name)) = (role, speaker) {
                note.speaker = Some(SpeakerChoice::Named(name.to_owned()));
            }
            accept_open(note);
        })?;
        if let (QuoteRole::Source, Some(name)) = (role, speaker) {
            edit.name.push_str(", said by ");
            edit.name.push_str(name);
        }
        Some(edit)
    }

    /// Says in the reader's words to whom or about what it was said; no words take it back. Other roles are stretches.
    pub fn fill_role(&self, quote: usize, role: QuoteRole, words: &str) -> Option<Edit> {
        let filler = tidy(words).map(Filler::Words);
        let verb = match &filler {
            Some(Filler::Words(words)) => format!("named {words} as the {} of", role.name()),
            _ => format!("took off the {} of", role.name()),
        };
        match role {
            QuoteRole::Addressee => self.change(quote, &verb, |note| {
                if filler.is_some() {
                    accept_open(note);
                }
                note.addressee = filler;
            }),
            QuoteRole::Topic => self.change(quote, &verb, |note| {
                if filler.is_some() {
                    accept_open(note);
                }
                note.topic = filler;
            }),
            QuoteRole::Content | QuoteRole::Cue | QuoteRole::Source => None,
        }
    }

    /// Says that nothing has this role. The words themselves stay.
    pub fn clear_role(&self, quote: usize, role: QuoteRole) -> Option<Edit> {
        let seen = self.resolved.quotes.get(quote)?;
        let there = match role {
            QuoteRole::Content => false,
            QuoteRole::Cue => seen.cue.is_some(),
            QuoteRole::Source => seen.mention.is_some(),
            QuoteRole::Addressee => seen.addressee.is_some(),
            QuoteRole::Topic => seen.topic.is_some(),
        };
        if !there {
            return None;
        }
        self.change(quote, &format!("took off the {} of", role.name()), |note| {
            put(note, role, None);
            accept_open(note);
        })
    }

    /// Adds a stretch to the quotation as a part of its own; what touches or overlaps a part becomes one with it.
    pub fn add_part(&self, quote: usize, part: Span<Raw>) -> Option<Edit> {
        let seen = self.resolved.quotes.get(quote)?;
        let part = *self.fitting(&[part])?.first()?;
        let mut parts = seen.raw.clone();
        parts.push(part);
        let words = excerpt(part.of(self.raw.text));
        self.place(quote, &joined(parts), &format!("added {words} to"))
    }

    /// Takes a part off the quotation. The last one stays.
    pub fn remove_part(&self, quote: usize, part: usize) -> Option<Edit> {
        let seen = self.resolved.quotes.get(quote)?;
        let gone = seen.raw.get(part).filter(|_| seen.raw.len() > 1)?;
        let mut spans = seen.raw.clone();
        spans.remove(part);
        self.place(quote, &spans, &format!("took {} off", excerpt(gone.of(self.raw.text))))
    }

    /// Moves the edges of a quotation; its note keeps its id, and remembers where the program had found it.
    pub fn move_edges(&self, quote: usize, spans: &[Span<Raw>]) -> Option<Edit> {
        self.place(quote, &joined(self.fitting(spans)?), "moved the edges of")
    }

    /// Puts a quotation at `spans`, which are in order and not empty.
    fn place(&self, quote: usize, spans: &[Span<Raw>], verb: &str) -> Option<Edit> {
        let seen = self.resolved.quotes.get(quote)?;
        if spans == seen.raw {
            return None;
        }
        let anchor = self.raw.anchor(spans);
        self.change(quote, verb, |note| {
            if note.origin == Origin::Found && note.found.is_none() {
                note.found = Some(note.anchor.clone());
            }
            note.anchor = anchor;
            accept_open(note);
        })
    }
}

/// Returns the stretches in order, those that touch or overlap as one.
fn joined(mut parts: Vec<Span<Raw>>) -> Vec<Span<Raw>> {
    parts.sort();
    let mut out: Vec<Span<Raw>> = Vec::with_capacity(parts.len());
    for span in parts {
        match out.last_mut() {
            Some(last) if span.start <= last.end => *last = last.hull(span),
            _ => out.push(span),
        }
    }
    out
}

/// Puts a stretch into a role, or nothing.
fn put(note: &mut QuoteNote, role: QuoteRole, anchor: Option<Anchor>) {
    match role {
        QuoteRole::Content => {}
        QuoteRole::Cue => note.cue = Some(anchor.unwrap_or_default()),
        QuoteRole::Source => note.source = Some(anchor.unwrap_or_default()),
        QuoteRole::Addressee => note.addressee = anchor.map(Filler::Stretch),
        QuoteRole::Topic => note.topic = anchor.map(Filler::Stretch),
    }
}
