//! Who a mention is: a speaker with a name, or one by its description.

use super::Workshop;
use crate::engine::model::Tag;
use crate::engine::people::{Mention, MentionKind, Speaker, SpeakerId, SpeakerKind, descriptions, pronouns};
use crate::text::{Clean, Span};

impl Workshop<'_> {
    /// Returns the speaker of a mention; one without a name becomes a speaker of its own, by its description.
    pub(super) fn speaker(&mut self, mention: usize) -> SpeakerId {
        if let Some(entity) = self.people.entities.of[mention] {
            return SpeakerId(entity as u32);
        }
        // `a Warren adviser, who was not named`; `a neighbour said. She …`.
        let relative = pronouns::antecedent(self.scene.page, &self.people.found, mention);
        let mention = relative.unwrap_or(mention);
        let span = self.mention_span(mention);
        let text = self.description(mention).of(self.scene.page.text);
        let found = &self.people.found[mention];
        if let Some(other) = self.brought_in(mention) {
            return other;
        }
        let known = self.speakers.iter_mut().enumerate().find(|(_, speaker)| {
            found.kind == MentionKind::Nominal && speaker.name.is_none() && speaker.description.as_deref() == Some(text)
        });
        if let Some((n, speaker)) = known {
            speaker.mentions.push(Mention { span, kind: found.kind });
            return SpeakerId(n as u32);
        }
        let kind = match found.class {
            Tag::Nouns => SpeakerKind::Group,
            _ => SpeakerKind::Person,
        };
        self.speakers.push(Speaker {
            name: None,
            description: Some(text.to_owned()),
            aliases: Vec::new(),
            mentions: vec![Mention { span, kind: found.kind }],
            kind,
        });
        SpeakerId(self.speakers.len() as u32 - 1)
    }

    /// Returns the speaker that a label names who is named nowhere else; one that is no name, `Q`, is a description.
    pub(super) fn unnamed(&mut self, label: Span<Clean>, text: &str, is_name: bool) -> SpeakerId {
        let (name, description) = if is_name { (Some(text), None) } else { (None, Some(text)) };
        let same = |speaker: &Speaker| speaker.name.as_deref() == name && speaker.description.as_deref() == description;
        let mention = Mention { span: label, kind: MentionKind::Name };
        if let Some(n) = self.speakers.iter().position(same) {
            self.speakers[n].mentions.push(mention);
            return SpeakerId(n as u32);
        }
        self.speakers.push(Speaker {
            name: name.map(str::to_owned),
            description: description.map(str::to_owned),
            aliases: Vec::new(),
            mentions: vec![mention],
            kind: SpeakerKind::Person,
        });
        SpeakerId(self.speakers.len() as u32 - 1)
    }

    /// Returns who was brought in without a name by the description that `mention` takes up: `a foreign diplomat`, then
    /// `the diplomat`.
    fn brought_in(&mut self, mention: usize) -> Option<SpeakerId> {
        let found = &self.people.found[mention];
        if found.kind != MentionKind::Nominal || !descriptions::is_definite(self.scene.page, found) {
            return None;
        }
        let before = descriptions::unnamed(self.scene.page, &self.people.found, &self.people.entities, mention)?;
        let id = self.speaker(before);
        let mention = Mention { span: self.mention_span(mention), kind: MentionKind::Nominal };
        let speaker = self.speakers.get_mut(id.0 as usize)?;
        if !speaker.mentions.contains(&mention) {
            speaker.mentions.push(mention);
        }
        Some(id)
    }

    /// Returns the words that describe who is not named, with the name that specifies them: `a Warren adviser`,
    /// `Hale’s office`.
    fn description(&self, mention: usize) -> Span<Clean> {
        let (page, found) = (self.scene.page, &self.people.found);
        let span = self.mention_span(mention);
        let here = &found[mention];
        let before = mention.checked_sub(1).map(|n| &found[n]).filter(|before| {
            let owns = || page.words.get(before.tokens.end).is_some_and(|word| word.tag == Tag::Genitive);
            here.kind == MentionKind::Nominal
                && before.modifier
                && (before.tokens.end == here.tokens.start || before.tokens.end + 1 == here.tokens.start && owns())
        });
        let Some(before) = before else { return span };
        let article = |at: &usize| page.words[*at].tag == Tag::Determiner;
        let start = before.tokens.start.checked_sub(1).filter(article).unwrap_or(before.tokens.start);
        page.tokens.span(start..here.tokens.end)
    }
}
