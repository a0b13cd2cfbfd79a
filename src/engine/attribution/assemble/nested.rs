//! Quotations within quotations, and within speech that is set without marks: those that have a cue of their own.

use super::Workshop;
use crate::engine::attribution::evidence;
use crate::engine::lexicon::{flag, hash, hashes};
use crate::engine::model::Tag;
use crate::engine::people::entities::Sex;
use crate::engine::people::{MentionKind, SpeakerId};
use crate::engine::quotes::{Form, Quote, QuoteKind};
use crate::text::Span;
use std::ops::Range;

/// How many tokens, with its marks, a quotation within a quotation has at least; one that a comma or a colon brings in may be
/// a word.
const NESTED: usize = 5;
const BROUGHT_IN: usize = 3;

/// How many tokens may stand between a cue and the words it brings in: whom it was said to.
const TOLD: usize = 4;

/// How many tokens before the end of a stretch left open the cue of what stands within it may be.
const OPEN: usize = 5;

/// How far before its cue the subject of a coordinated verb is looked for, in tokens: `I looked at him and said`.
const SUBJECT: usize = 16;

/// How many mentions before a quotation are looked at for whom a pronoun within it means.
const NAMED_BEFORE: usize = 8;

impl Workshop<'_> {
    /// Quotations within quotations that have a cue of their own beside them.
    pub(super) fn nested(&mut self) {
        let scene = self.scene;
        let page = scene.page;
        for stretch in &scene.marked.stretches {
            let span = Span::new(stretch.outer.start, stretch.outer.end);
            let set = scene.marked.forms.holding(span);
            // What is set without marks came first into the shop.
            let (outer, whole) = if let Some(around) = stretch.nested_in {
                let Some(outer) = self.of_stretch[around].or(set) else { continue };
                (outer, scene.marked.stretches[around].inner.clone())
            } else {
                let Some(set) = set else { continue };
                let span = scene.marked.forms.speech[set].span;
                (set, span.start..span.end)
            };
            let whole = page.tokens.within(Span::new(whole.start, whole.end));
            let inner = page.tokens.within(span);
            let Some((cue, who)) = self.cue_before(&inner, whole.start).or_else(|| self.cue_behind(&inner, whole.end))
            else {
                continue;
            };
            let hypothetical = is_hypothetical(self, whole.start, cue);
            let speaker = self.nested_speaker(who, outer);
            // What `they say` is part of the outer quotation.
            if self.is_nobody(who, speaker) {
                continue;
            }
            self.quotes.push(Quote {
                kind: QuoteKind::Direct,
                form: Form::Prose,
                spans: vec![span],
                mention: Some(self.mention_span(who)),
                speaker,
                cue: Some(page.tokens.all[cue].span()),
                said_at: None,
                undated: None,
                nested_in: Some(outer),
                hypothetical,
                confidence: 0.6,
                evidence: evidence::nested(page.tokens.all[cue].of(page.text), hypothetical),
            });
        }
    }

    /// Gives each stretch that stands within one left open to whom a cue there gives it: `“The mayor says there is “no reason
    /// to worry!”`, where the inner marks have closed the outer ones.
    pub(super) fn within_open(&mut self) {
        let scene = self.scene;
        let page = scene.page;
        for (number, pair) in scene.marked.stretches.windows(2).enumerate() {
            let [before, stretch] = pair else { continue };
            let touch = before.outer.end <= stretch.outer.start
                && page.text[before.outer.end..stretch.outer.start].trim().is_empty();
            if before.closed || before.nested_in.is_some() || stretch.nested_in.is_some() || !touch {
                continue;
            }
            let (Some(outer), Some(quote)) = (self.of_stretch[number], self.of_stretch[number + 1]) else { continue };
            if outer == quote || self.quotes[quote].spans.len() > 1 {
                continue;
            }
            let whole = page.tokens.within(Span::new(before.inner.start, before.inner.end));
            let cue = whole.clone().rev().take(OPEN).find(|&at| page.words[at].is(flag::SAID));
            let found = &self.people.found;
            let sayer = cue.and_then(|cue| {
                let n = found.partition_point(|other| other.tokens.start < cue).checked_sub(1)?;
                (found[n].tokens.start >= whole.start && found[n].tokens.end + 2 > cue && self.can_say(n))
                    .then_some((cue, n))
            });
            let Some((cue, who)) = sayer else { continue };
            let Some(speaker) = self.nested_speaker(who, outer) else { continue };
            let mention = self.mention_span(who);
            let quote = &mut self.quotes[quote];
            quote.speaker = Some(speaker);
            quote.mention = Some(mention);
            quote.cue = Some(page.tokens.all[cue].span());
            quote.nested_in = Some(outer);
            quote.evidence = evidence::nested(page.tokens.all[cue].of(page.text), false);
        }
    }

    /// Returns the cue before the words at `inner` and the mention it goes with: it touches them, but for a comma or a colon
    /// and whom it was said to: `he told me, ‘…’`.
    fn cue_before(&self, inner: &Range<usize>, low: usize) -> Option<(usize, usize)> {
        let words = self.scene.page.words;
        let point = |at: usize| matches!(words[at].tag, Tag::Comma | Tag::Colon);
        let near = inner.start.checked_sub(1).filter(|&at| at >= low && point(at));
        let end = near.unwrap_or(inner.start);
        let back = if near.is_some() { TOLD + 1 } else { 1 };
        let cue = (low.max(end.saturating_sub(back))..end).rev().find(|&at| words[at].is(flag::SAID))?;
        let told = |at: usize| {
            let tag = words[at].tag;
            tag.is_name()
                || tag.is_noun()
                || matches!(tag, Tag::Pronoun | Tag::Determiner | Tag::Possessive | Tag::Adjective | Tag::To)
        };
        let least = if near.is_some() { BROUGHT_IN } else { NESTED };
        if !(cue + 1..end).all(told) || inner.len() < least {
            return None;
        }
        let found = &self.people.found;
        let sayers = || {
            let before =
                found.iter().enumerate().filter(|(_, other)| other.tokens.start >= low && other.tokens.end <= cue);
            before.filter(|(n, _)| self.can_say(*n)).map(|(n, _)| n)
        };
        let beside = sayers().next_back().filter(|&n| found[n].tokens.end + TOLD > cue);
        // `and then he turned to me and said`: a verb of its own has stood between.
        let coordinated = (low.max(cue.saturating_sub(2))..cue).any(|at| words[at].tag == Tag::And);
        let who = if coordinated {
            // `my teacher, Henrik Hale, raised it and said`: not what the verb before has for an object.
            let tag = |at: usize| words.get(at).map_or(Tag::Stop, |word| word.tag);
            let subject = |n: &usize| {
                let end = found[*n].tokens.end;
                tag(end).is_finite()
                    || tag(end) == Tag::Adverb
                    || words[end.min(cue)].is(flag::SAID)
                    || tag(end) == Tag::Comma && tag(end + 1).is_finite()
            };
            sayers().filter(|&n| found[n].tokens.end + SUBJECT > cue).rfind(subject).or(beside)
        } else {
            beside
        };
        who.map(|who| (cue, who))
    }

    /// Returns the cue behind the words at `inner`, and the mention it goes with: `‘Jump,’ he shouted`.
    fn cue_behind(&self, inner: &Range<usize>, high: usize) -> Option<(usize, usize)> {
        let page = self.scene.page;
        let words = page.words;
        let last = inner.end.checked_sub(2)?;
        let stops = matches!(page.tokens.all[last].of(page.text), "," | "!" | "?");
        if !stops || inner.end + 1 >= high || inner.len() < BROUGHT_IN {
            return None;
        }
        let found = &self.people.found;
        let says = |at: usize| words.get(at).is_some_and(|word| at < high && word.is(flag::SAID) && word.tag.is_verb());
        let n = found.partition_point(|other| other.tokens.start < inner.end);
        let first = found.get(n)?;
        if first.tokens.start == inner.end && says(first.tokens.end) && self.can_say(n) {
            return Some((first.tokens.end, n));
        }
        (says(inner.end) && first.tokens.start == inner.end + 1 && self.can_say(n)).then_some((inner.end, n))
    }

    /// Tells whether a mention may say something: days, places and works say nothing.
    fn can_say(&self, mention: usize) -> bool {
        let found = &self.people.found[mention];
        match found.kind {
            MentionKind::Name => matches!(found.class, Tag::Person | Tag::Organisation),
            MentionKind::Nominal => !TIMES.contains(&self.scene.page.words[found.head()].hash),
            MentionKind::Pronoun | MentionKind::Handle => true,
        }
    }

    /// Whom a mention inside a quotation means: `I` its speaker, a pronoun the person named last within it, or before it.
    fn nested_speaker(&mut self, who: usize, outer: usize) -> Option<SpeakerId> {
        let found = &self.people.found[who];
        let word = self.scene.page.words[found.head()].hash;
        if found.kind == MentionKind::Pronoun {
            if const { hashes(["i", "we", "me"]) }.contains(&word) {
                return self.quotes[outer].speaker;
            }
            if word == const { hash("you") } {
                return self.addressed(who, outer);
            }
            let male = const { hashes(["he", "him"]) }.contains(&word);
            if male || const { hashes(["she", "her"]) }.contains(&word) {
                let hull = self.quotes[outer].hull();
                let named = (0..who).rev().take_while(|&n| self.mention_span(n).start >= hull.start);
                let other = if male { Sex::Female } else { Sex::Male };
                let fits = |entity: &usize| {
                    let entity = &self.people.entities.all[*entity];
                    entity.class == Some(Tag::Person) && entity.sex != other
                };
                let within = named.filter_map(|n| self.people.entities.of[n]).find(fits);
                // Whom the quotation does not name is whom the article named last before it, but for who speaks.
                let before = || {
                    let speaker = self.quotes[outer].speaker.map(|id| id.0 as usize);
                    let told = |n: &usize| !self.people.found[*n].quoted && self.mention_span(*n).end <= hull.start;
                    let persons = (0..who).rev().filter(told).filter_map(|n| self.people.entities.of[n]);
                    persons.take(NAMED_BEFORE).find(|entity| fits(entity) && Some(*entity) != speaker)
                };
                return within.or_else(before).map(|entity| SpeakerId(entity as u32));
            }
        }
        Some(self.speaker(who))
    }

    /// Returns whom `you` means: who is called by name before it, `Ms. Hale, you wrote`; in a conversation whose turn is next.
    fn addressed(&self, who: usize, outer: usize) -> Option<SpeakerId> {
        let (page, found) = (self.scene.page, &self.people.found);
        let hull = self.quotes[outer].hull();
        let called = |n: &usize| {
            found[*n].kind == MentionKind::Name
                && page.words.get(found[*n].tokens.end).is_some_and(|next| next.tag == Tag::Comma)
        };
        let within = (0..who).rev().take_while(|&n| self.mention_span(n).start >= hull.start);
        if let Some(entity) = within.take(NAMED_BEFORE).find(called).and_then(|n| self.people.entities.of[n]) {
            return Some(SpeakerId(entity as u32));
        }
        if self.quotes[outer].form != Form::Transcript {
            return None;
        }
        let speaker = self.quotes[outer].speaker;
        let other = |n: usize| {
            let quote = self.quotes.get(n).filter(|quote| quote.form == Form::Transcript)?;
            quote.speaker.filter(|_| quote.speaker != speaker)
        };
        other(outer + 1).or_else(|| outer.checked_sub(1).and_then(other))
    }

    /// Tells whether a mention is a pronoun that means nobody who is named; `he`, `she` and `I` mean somebody all the same.
    fn is_nobody(&self, who: usize, speaker: Option<SpeakerId>) -> bool {
        let named = |id: SpeakerId| self.speakers.get(id.0 as usize).is_some_and(|speaker| speaker.name.is_some());
        let found = &self.people.found[who];
        let word = self.scene.page.words[found.head()].hash;
        let somebody = const { hashes(["he", "she", "i"]) }.contains(&word);
        found.kind == MentionKind::Pronoun && !somebody && !speaker.is_some_and(named)
    }
}

/// Nouns for times: the day before a cue says nothing.
const TIMES: [u32; 20] = hashes([
    "today",
    "yesterday",
    "tomorrow",
    "tonight",
    "morning",
    "afternoon",
    "evening",
    "night",
    "day",
    "week",
    "month",
    "year",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "time",
]);

/// Tells whether the words before a nested cue say what somebody should or might say: `I would like him to say: ...`.
fn is_hypothetical(shop: &Workshop, low: usize, cue: usize) -> bool {
    const SIGNS: [u32; 13] = hashes([
        "would", "will", "should", "could", "might", "if", "imagine", "wish", "must", "ought", "want", "let", "suppose",
    ]);
    let words = &shop.scene.page.words[low.max(cue.saturating_sub(12)).min(cue)..cue];
    words.iter().any(|word| SIGNS.contains(&word.hash))
}
