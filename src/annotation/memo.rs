//! Memos on speakers: whose they are, and how they are written.

use super::decide::{Desk, full};
use super::edit::{Change, Edit};
use super::model::{Annotations, SpeakerNote};
use super::resolved::ResolvedSpeaker;

impl Annotations {
    /// Returns the reader's note on a speaker of the resolved view.
    pub fn on_speaker(&self, speaker: &ResolvedSpeaker) -> Option<&SpeakerNote> {
        let named = |note: &&SpeakerNote| note.name == speaker.name;
        let labelled = |note: &&SpeakerNote| note.also.iter().any(|label| speaker.labels.contains(label));
        self.speakers.values().find(named).or_else(|| self.speakers.values().find(labelled))
    }

    /// Returns the memo on a speaker of the resolved view.
    pub fn speaker_memo(&self, speaker: &ResolvedSpeaker) -> Option<&str> {
        self.on_speaker(speaker)?.memo.as_deref()
    }
}

impl Desk<'_> {
    /// Writes a memo on a speaker; an empty one takes it away. The speaker keeps its name.
    pub fn set_speaker_memo(&self, speaker: usize, memo: &str) -> Option<Edit> {
        let seen = self.resolved.speakers.get(speaker)?;
        let memo = full(memo);
        if self.notes.speaker_memo(seen) == memo.as_deref() {
            return None;
        }
        let mut changes = self.gather(&[seen], &seen.name);
        if let Some(Change::Speaker { after: Some(note), .. }) = changes.last_mut() {
            note.memo = memo;
        }
        Some(self.edit(format!("wrote a memo on {}", seen.name), changes))
    }
}
