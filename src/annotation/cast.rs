//! Decisions about speakers: named, merged, split, given another name, or nobody at all.

use super::decide::{Desk, full, tidy};
use super::edit::{Change, Edit};
use super::model::{Anchor, SpeakerChoice, SpeakerNote};
use super::resolved::ResolvedSpeaker;
use crate::text::{Raw, Span, counted};

impl Desk<'_> {
    /// Gives a speaker another name everywhere. A name that another speaker bears makes the two one.
    pub fn rename_speaker(&self, speaker: usize, name: &str) -> Option<Edit> {
        let seen = self.resolved.speakers.get(speaker)?;
        let name = tidy(name).filter(|name| *name != seen.name || !seen.named)?;
        let mut gathered: Vec<&ResolvedSpeaker> = vec![seen];
        gathered.extend(self.resolved.speakers.iter().filter(|other| other.name == name && other.name != seen.name));
        Some(self.edit(format!("renamed {} to {name}", seen.name), self.gather(&gathered, &name)))
    }

    /// Makes several speakers one, under the name of the first.
    pub fn merge_speakers(&self, into: usize, others: &[usize]) -> Option<Edit> {
        let first = self.resolved.speakers.get(into)?;
        let mut gathered = vec![first];
        for &other in others.iter().filter(|&&other| other != into) {
            gathered.push(self.resolved.speakers.get(other)?);
        }
        let names: Vec<&str> = gathered.iter().skip(1).map(|speaker| speaker.name.as_str()).collect();
        if names.is_empty() {
            return None;
        }
        let edit = format!("merged {} into {}", names.join(" and "), first.name);
        Some(self.edit(edit, self.gather(&gathered, &first.name)))
    }

    /// Adds a name by which a speaker goes. A name that another speaker bears makes the two one.
    pub fn add_alias(&self, speaker: usize, name: &str) -> Option<Edit> {
        let seen = self.resolved.speakers.get(speaker)?;
        let name = tidy(name).filter(|name| *name != seen.name && !seen.aliases.contains(name))?;
        let bearer = self.resolved.speakers.iter().position(|other| other.name == name);
        if let Some(bearer) = bearer {
            return self.merge_speakers(speaker, &[bearer]);
        }
        let mut changes = self.gather(&[seen], &seen.name);
        if let Some(Change::Speaker { after: Some(note), .. }) = changes.last_mut()
            && !note.also.contains(&name)
        {
            note.also.push(name.clone());
        }
        Some(self.edit(format!("added the name {name} to {}", seen.name), changes))
    }

    /// Takes mentions out of a speaker and gives them to `name`, new or known, with the quotations whose source they
    /// are: `quotes` are those, so that what was written down when one was accepted follows.
    pub fn split_speaker(&self, speaker: usize, mentions: &[Span<Raw>], quotes: &[usize], name: &str) -> Option<Edit> {
        let seen = self.resolved.speakers.get(speaker)?;
        let name = tidy(name).filter(|name| *name != seen.name)?;
        let mentions = self.fitting(mentions)?;
        let known = self.resolved.speakers.iter().find(|other| other.name == name);
        let mut changes = if let Some(known) = known {
            self.gather(&[known], &name)
        } else {
            let note = SpeakerNote {
                id: self.stamp.id,
                name: name.clone(),
                also: vec![name.clone()],
                taken: Vec::new(),
                not_a_person: false,
                memo: None,
                created: self.stamp.now,
                modified: self.stamp.now,
            };
            vec![Change::Speaker { before: None, after: Some(Box::new(note)) }]
        };
        let place = |anchor: &Anchor| self.raw.locate(anchor).and_then(|spans| spans.first().copied());
        let moved = |anchor: &Anchor| place(anchor).is_some_and(|span| mentions.iter().any(|own| own.overlaps(span)));
        let mut own = None;
        if let Some(Change::Speaker { after: Some(note), .. }) = changes.last_mut() {
            note.taken.retain(|anchor| !moved(anchor));
            note.taken.extend(mentions.iter().map(|&span| self.raw.anchor(&[span])));
            own = Some(note.id);
        }
        // Whoever took them before, or was told to bear this name, does so no longer.
        let gathered: Vec<_> = changes.iter().filter_map(changed).collect();
        for note in self.notes.speakers.values().filter(|note| Some(note.id) != own && !gathered.contains(&note.id)) {
            let mut after = note.clone();
            after.taken.retain(|anchor| !moved(anchor));
            after.also.retain(|other| *other != name || note.name == name);
            if after != *note {
                after.modified = self.stamp.now;
                changes.push(Change::Speaker { before: Some(Box::new(note.clone())), after: Some(Box::new(after)) });
            }
        }
        for &n in quotes {
            let Some(note) = self.resolved.quotes.get(n).and_then(|quote| self.notes.quotes.get(&quote.note?)) else {
                continue;
            };
            if matches!(&note.speaker, Some(SpeakerChoice::Named(_))) {
                let mut after = note.clone();
                after.speaker = Some(SpeakerChoice::Named(name.clone()));
                after.modified = self.stamp.now;
                changes.push(Change::Quote { before: Some(Box::new(note.clone())), after: Some(Box::new(after)) });
            }
        }
        let count = mentions.len();
        let what = counted(count, "mention", "mentions");
        Some(self.edit(format!("split {what} of {} off to {name}", seen.name), changes))
    }

    /// Says that this is nobody who speaks: its quotations are then nobody's.
    pub fn not_a_person(&self, speaker: usize) -> Option<Edit> {
        let seen = self.resolved.speakers.get(speaker)?;
        let mut changes = self.gather(&[seen], &seen.name);
        if let Some(Change::Speaker { after: Some(note), .. }) = changes.last_mut() {
            note.not_a_person = true;
        }
        Some(self.edit(format!("marked {} as nobody who speaks", seen.name), changes))
    }

    /// Makes one note of all notes on these speakers, under `name`; the last change holds it.
    pub(super) fn gather(&self, speakers: &[&ResolvedSpeaker], name: &str) -> Vec<Change> {
        let mut also: Vec<String> = Vec::new();
        let mut add = |label: &String| {
            if !also.contains(label) {
                also.push(label.clone());
            }
        };
        for speaker in speakers {
            speaker.labels.iter().chain(std::iter::once(&speaker.name)).for_each(&mut add);
        }
        let mut known: Vec<&SpeakerNote> = self
            .notes
            .speakers
            .values()
            .filter(|note| also.contains(&note.name) || note.also.iter().any(|label| also.contains(label)))
            .collect();
        for note in &known {
            for label in &note.also {
                if !also.contains(label) {
                    also.push(label.clone());
                }
            }
        }
        let taken: Vec<Anchor> = known.iter().flat_map(|note| note.taken.iter().cloned()).collect();
        let first = speakers.first().and_then(|speaker| known.iter().position(|note| note.name == speaker.name));
        let before = (!known.is_empty()).then(|| known.remove(first.unwrap_or(0)));
        let memos: Vec<&str> = before.iter().chain(&known).filter_map(|note| note.memo.as_deref()).collect();
        let after = SpeakerNote {
            id: before.map_or(self.stamp.id, |note| note.id),
            name: name.to_owned(),
            also,
            taken,
            not_a_person: false,
            memo: full(&memos.join("\n")),
            created: before.map_or(self.stamp.now, |note| note.created),
            modified: self.stamp.now,
        };
        let mut changes: Vec<Change> = known
            .into_iter()
            .map(|note| Change::Speaker { before: Some(Box::new(note.clone())), after: None })
            .collect();
        changes.push(Change::Speaker { before: before.cloned().map(Box::new), after: Some(Box::new(after)) });
        changes
    }
}

/// Returns the note on a speaker that a change was made from.
fn changed(change: &Change) -> Option<super::model::NoteId> {
    match change {
        Change::Speaker { before: Some(note), .. } => Some(note.id),
        _ => None,
    }
}
