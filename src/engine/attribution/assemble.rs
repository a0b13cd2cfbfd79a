//! Makes the quotations from what was chosen: joins the parts of an interrupted one, hangs nested ones in, says why.

use super::evidence::{self, Ground};
use super::indirect::Content;
use super::scene::{Class, NONE, Scene};
use super::source::{self, Beside};
use super::{SPEECH, Source, covering, interview, is_bare, speech};
use crate::engine::lexicon::hash;
use crate::engine::model::Tag;
use crate::engine::model::linear::{Adapted, logistic};
use crate::engine::people::entities::Sex;
use crate::engine::people::{Mention, MentionKind, People, Speaker, SpeakerId, SpeakerKind};
use crate::engine::quotes::forms::SetSpeech;
use crate::engine::quotes::{Form, Quote, QuoteKind};
use crate::text::Span;

/// How many units may stand between the parts of one interrupted quotation.
const INTERRUPTION: usize = 14;

/// How many tokens, with its marks, a quotation within a quotation has at least.
const NESTED: usize = 5;

/// How many mentions before a quotation are looked at for whom a pronoun within it means.
const NAMED_BEFORE: usize = 8;

/// Everything a quotation is made from.
pub struct Workshop<'a> {
    /// The article.
    pub scene: &'a Scene<'a>,
    /// Who is named in it.
    pub people: &'a People,
    /// The speakers; those without a name are added as they speak.
    pub speakers: Vec<Speaker>,
    quotes: Vec<Quote>,
    /// For each stretch the quotation it is a part of.
    of_stretch: Vec<Option<usize>>,
}

/// Makes all quotations, in order.
pub fn assemble(
    scene: &Scene,
    people: &People,
    speakers: Vec<Speaker>,
    contents: &[Content],
    sources: &[Option<Source>],
    speech: &Adapted,
) -> (Vec<Quote>, Vec<Speaker>) {
    let of_stretch = vec![None; scene.marked.stretches.len()];
    let mut shop = Workshop { scene, people, speakers, quotes: Vec::new(), of_stretch };
    shop.set(&scene.marked.forms);
    shop.reported(contents);
    shop.marked(contents, sources, speech);
    shop.nested();
    shop.finish()
}

impl Workshop<'_> {
    fn span(&self, unit: usize) -> Span<crate::text::Clean> {
        let unit = &self.scene.units[unit];
        self.scene.page.tokens.span(unit.first as usize..unit.last as usize)
    }

    fn mention_span(&self, mention: usize) -> Span<crate::text::Clean> {
        self.scene.page.tokens.span(self.people.found[mention].tokens.clone())
    }

    /// Speech set without marks.
    fn set(&mut self, forms: &[SetSpeech]) {
        let page = self.scene.page;
        let roles = interview::roles(page, self.people, forms);
        for set in forms {
            let part = interview::part(page, set);
            let entity = match part {
                Some(part) => roles.of(part),
                None => interview::bearer(page, self.people, set),
            };
            let speaker = match entity {
                Some(entity) => SpeakerId(entity as u32),
                None => self.unnamed(set.label, page.tokens.span(set.name.clone()).of(page.text), part.is_none()),
            };
            let confidence = if set.form == Form::Tweet { 0.9 } else { 0.85 };
            self.quotes.push(Quote {
                kind: QuoteKind::Direct,
                form: set.form,
                spans: vec![set.span],
                mention: Some(set.label),
                speaker: Some(speaker),
                cue: None,
                said_at: None,
                undated: None,
                nested_in: None,
                hypothetical: false,
                confidence,
                evidence: vec![evidence::set(set.form, set.label.of(page.text))],
            });
        }
    }

    /// Indirect and mixed speech.
    fn reported(&mut self, contents: &[Content]) {
        let scene = self.scene;
        for content in contents.iter().filter(|content| !is_bare(scene, content)) {
            let units = || content.parts.iter().flat_map(|part| &scene.units[part.clone()]);
            let mixed = units().any(|unit| unit.class == Class::Quotation);
            let parts = content.parts.iter().map(|part| {
                scene.page.tokens.span(scene.units[part.start].first as usize..scene.units[part.end - 1].last as usize)
            });
            let spans: Vec<_> = parts.collect();
            for unit in units().filter(|unit| unit.class == Class::Quotation) {
                self.of_stretch[unit.item as usize] = Some(self.quotes.len());
            }
            let ground = Ground {
                beside: content.source.map(|mention| source::beside(scene, scene.of_mention[mention])),
                cue: Some(content.cue),
                previous: false,
                backward: content.source.is_none_or(|mention| scene.of_mention[mention] < content.cue),
                sentences: 0,
            };
            let evidence = evidence::reported(scene, self.people, content.source, &ground, mixed);
            let speaker = content.source.map(|mention| self.speaker(mention));
            self.quotes.push(Quote {
                kind: if mixed { QuoteKind::Mixed } else { QuoteKind::Indirect },
                form: Form::Prose,
                spans,
                mention: content.source.map(|mention| self.mention_span(mention)),
                speaker,
                cue: Some(self.span(content.cue)),
                said_at: None,
                undated: None,
                nested_in: None,
                hypothetical: false,
                confidence: evidence::calibrated_reported(
                    content.start_odds * content.end_odds.sqrt() * content.source_odds,
                ),
                evidence,
            });
        }
    }

    /// Quotations in marks that are speech.
    fn marked(&mut self, contents: &[Content], sources: &[Option<Source>], model: &Adapted) {
        let scene = self.scene;
        let covering = covering(scene, contents);
        let mut buffer = Vec::new();
        // The stretch before, its quotation and its source.
        let mut last: Option<(usize, usize, Option<usize>)> = None;
        for (number, stretch) in scene.marked.stretches.iter().enumerate() {
            let Some(source) = &sources[number] else { continue };
            let content = covering[number].map(|n| &contents[n]);
            if content.is_some() {
                last = None;
                continue;
            }
            speech::features(scene, number, source, content, &mut buffer);
            let odds = logistic(model.score(&buffer, scene.damaged));
            if odds < SPEECH {
                continue;
            }
            let span = Span::new(stretch.outer.start, stretch.outer.end);
            if let Some((before, quote, mention)) = last
                && mention == source.mention
                && self.goes_on(before, number)
            {
                self.quotes[quote].spans.push(span);
                self.of_stretch[number] = Some(quote);
                last = Some((number, quote, mention));
                continue;
            }
            let unit = scene.of_stretch[number];
            let beside: Option<Beside> = source.mention.map(|mention| source::beside(scene, scene.of_mention[mention]));
            let cue = beside.filter(|beside| beside.unit != NONE).map(|beside| beside.unit);
            let at = source.mention.map(|mention| scene.of_mention[mention]);
            let ground = Ground {
                beside,
                cue,
                previous: last.is_some_and(|(_, _, mention)| mention.is_some() && mention == source.mention),
                backward: at.is_none_or(|at| at < unit),
                sentences: at.map_or(0, |at| scene.units[unit].sentence.abs_diff(scene.units[at].sentence)),
            };
            let evidence = evidence::marked(scene, self.people, source.mention, &ground, stretch.closed);
            let speaker = source.mention.map(|mention| self.speaker(mention));
            let entity_odds = source.mention.map_or(1.0, |mention| self.people.entities.odds[mention]);
            self.of_stretch[number] = Some(self.quotes.len());
            last = Some((number, self.quotes.len(), source.mention));
            self.quotes.push(Quote {
                kind: QuoteKind::Direct,
                form: Form::Prose,
                spans: vec![span],
                mention: source.mention.map(|mention| self.mention_span(mention)),
                speaker,
                cue: cue.map(|unit| self.span(unit)),
                said_at: None,
                undated: None,
                nested_in: None,
                hypothetical: false,
                confidence: evidence::calibrated(odds * source.odds * entity_odds),
                evidence,
            });
        }
    }

    /// Tells whether stretch `next` is a further part of the quotation that `before` is of: the next paragraph of it, or
    /// the rest of a sentence that `she said` interrupted.
    fn goes_on(&self, before: usize, next: usize) -> bool {
        let scene = self.scene;
        let (first, second) = (&scene.marked.stretches[before], &scene.marked.stretches[next]);
        if first.group == second.group {
            return true;
        }
        let (from, to) = (scene.of_stretch[before] + 1, scene.of_stretch[next]);
        let text = scene.page.text;
        let open = text[first.inner.clone()].ends_with([',', '—', '–', '-', '…'])
            || text[second.inner.clone()].starts_with(char::is_lowercase);
        from < to
            && to - from <= INTERRUPTION
            && scene.units[from].paragraph == scene.units[to].paragraph
            && open
            && matches!(scene.units[to - 1].class, Class::Comma | Class::Colon)
            && scene.units[from..to].iter().all(|unit| unit.class != Class::Stop)
            && scene.units[from..to].iter().any(|unit| matches!(unit.class, Class::Said | Class::Claim))
    }

    /// Quotations within quotations that have a cue of their own before them.
    fn nested(&mut self) {
        let scene = self.scene;
        let page = scene.page;
        for stretch in &scene.marked.stretches {
            let Some(outer) = stretch.nested_in.and_then(|outer| self.of_stretch[outer]) else { continue };
            let inner = page.tokens.within(Span::new(stretch.outer.start, stretch.outer.end));
            let low = page.tokens.at_or_after(scene.marked.stretches[stretch.nested_in.unwrap_or(0)].inner.start);
            // The cue touches the mark but for a comma, a colon or `that`.
            let near = inner.start.saturating_sub(2).max(low)..inner.start;
            let Some(cue) = near.clone().rev().find(|&at| page.words[at].is(crate::engine::lexicon::flag::SAID)) else {
                continue;
            };
            let plain = (cue + 1..near.end).all(|at| matches!(page.words[at].tag, Tag::Comma | Tag::Colon));
            if !plain || inner.len() < NESTED {
                continue;
            }
            let who = self
                .people
                .found
                .iter()
                .enumerate()
                .filter(|(_, found)| {
                    found.quoted && found.tokens.end <= cue && found.tokens.end + 4 > cue && found.tokens.start >= low
                })
                // Days, places and works say nothing.
                .filter(|(_, found)| {
                    found.kind != MentionKind::Name || matches!(found.class, Tag::Person | Tag::Organisation)
                })
                .map(|(n, _)| n)
                .next_back();
            let Some(who) = who else { continue };
            let hypothetical = is_hypothetical(self, low, cue);
            let speaker = self.nested_speaker(who, outer);
            // What `they say` is part of the outer quotation.
            if self.is_nobody(who, speaker) {
                continue;
            }
            self.quotes.push(Quote {
                kind: QuoteKind::Direct,
                form: Form::Prose,
                spans: vec![Span::new(stretch.outer.start, stretch.outer.end)],
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

    /// Whom a mention inside a quotation means: `I` its speaker, a pronoun the person named last within it, or before it.
    fn nested_speaker(&mut self, who: usize, outer: usize) -> Option<SpeakerId> {
        let found = &self.people.found[who];
        let word = self.scene.page.words[found.head()].hash;
        if found.kind == MentionKind::Pronoun {
            if ["i", "we", "me"].iter().any(|form| hash(form) == word) {
                return self.quotes[outer].speaker;
            }
            let male = ["he", "him"].iter().any(|form| hash(form) == word);
            if male || ["she", "her"].iter().any(|form| hash(form) == word) {
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

    /// Tells whether a mention is a pronoun that means nobody who is named; `he`, `she` and `I` mean somebody all the same.
    fn is_nobody(&self, who: usize, speaker: Option<SpeakerId>) -> bool {
        let named = |id: SpeakerId| self.speakers.get(id.0 as usize).is_some_and(|speaker| speaker.name.is_some());
        let found = &self.people.found[who];
        let word = self.scene.page.words[found.head()].hash;
        let somebody = ["he", "she", "i"].iter().any(|form| hash(form) == word);
        found.kind == MentionKind::Pronoun && !somebody && !speaker.is_some_and(named)
    }

    /// Returns the speaker of a mention; one without a name becomes a speaker of its own, by its description.
    fn speaker(&mut self, mention: usize) -> SpeakerId {
        if let Some(entity) = self.people.entities.of[mention] {
            return SpeakerId(entity as u32);
        }
        let span = self.mention_span(mention);
        let text = span.of(self.scene.page.text);
        let found = &self.people.found[mention];
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
    fn unnamed(&mut self, label: Span<crate::text::Clean>, text: &str, is_name: bool) -> SpeakerId {
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

    /// Sorts the quotations and carries the numbers of outer ones along; pronouns and descriptions become mentions.
    fn finish(mut self) -> (Vec<Quote>, Vec<Speaker>) {
        let mut order: Vec<usize> = (0..self.quotes.len()).collect();
        order.sort_by_key(|&n| (self.quotes[n].hull().start, std::cmp::Reverse(self.quotes[n].hull().end), n));
        let mut place = vec![0; order.len()];
        for (new, &old) in order.iter().enumerate() {
            place[old] = new;
        }
        let mut quotes: Vec<Option<Quote>> = self.quotes.drain(..).map(Some).collect();
        let mut out: Vec<Quote> = order.iter().filter_map(|&old| quotes[old].take()).collect();
        for quote in &mut out {
            quote.nested_in = quote.nested_in.map(|outer| place[outer]);
        }
        for (n, entity) in self.people.entities.of.iter().enumerate() {
            let found = &self.people.found[n];
            if let (Some(entity), MentionKind::Pronoun | MentionKind::Nominal) = (entity, found.kind) {
                let span = self.scene.page.tokens.span(found.tokens.clone());
                self.speakers[*entity].mentions.push(Mention { span, kind: found.kind });
            }
        }
        for speaker in &mut self.speakers {
            speaker.mentions.sort_by_key(|mention| mention.span);
        }
        (out, self.speakers)
    }
}

/// Tells whether the words before a nested cue say what somebody should or might say: `I would like him to say: ...`.
fn is_hypothetical(shop: &Workshop, low: usize, cue: usize) -> bool {
    const SIGNS: &[&str] =
        &["would", "should", "could", "might", "if", "imagine", "wish", "must", "ought", "want", "let", "suppose"];
    let words = &shop.scene.page.words[low.max(cue.saturating_sub(12))..cue];
    words.iter().any(|word| SIGNS.iter().any(|sign| hash(sign) == word.hash))
}
