//! Makes the quotations from what was chosen: joins the parts of an interrupted one, hangs nested ones in, says why.

mod nested;
mod speakers;

use super::evidence::{self, Ground};
use super::indirect::Content;
use super::scene::{Class, NONE, Scene};
use super::source::{self, Beside};
use super::{SPEECH, Source, covering, goes_on, interview, is_bare, speech};
use crate::engine::model::linear::{Adapted, logistic};
use crate::engine::page::Page;
use crate::engine::people::{Mention, MentionKind, People, Speaker, SpeakerId};
use crate::engine::quotes::forms::{Author, SetSpeech};
use crate::engine::quotes::{Form, Quote, QuoteKind, Stretch};
use crate::text::Span;

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
    shop.set(&scene.marked.forms.speech);
    shop.reported(contents);
    shop.marked(contents, sources, speech);
    shop.within_open();
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
            let entity = match set.author {
                Author::Asks | Author::Answers => roles.of(set.author),
                Author::Name | Author::Mention => interview::bearer(page, self.people, set),
                Author::Nobody => None,
            };
            let label = Some(set.label).filter(|label| !label.is_empty());
            let is_name = matches!(set.author, Author::Name | Author::Mention);
            let speaker = entity.map(|entity| SpeakerId(entity as u32)).or_else(|| {
                label.map(|label| self.unnamed(label, page.tokens.span(set.name.clone()).of(page.text), is_name))
            });
            let confidence = if set.form == Form::Tweet { 0.9 } else { 0.85 };
            self.quotes.push(Quote {
                kind: QuoteKind::Direct,
                form: set.form,
                spans: vec![set.span],
                mention: label,
                speaker,
                cue: None,
                said_at: None,
                undated: None,
                nested_in: None,
                hypothetical: false,
                confidence,
                evidence: vec![evidence::set(set.form, set.author, set.label.of(page.text))],
            });
        }
    }

    /// Tells whether a unit stands in speech that is set without marks.
    fn is_set(&self, unit: usize) -> bool {
        self.scene.marked.forms.holding(self.span(unit)).is_some()
    }

    /// Indirect and mixed speech.
    fn reported(&mut self, contents: &[Content]) {
        let scene = self.scene;
        for content in contents.iter().filter(|content| !is_bare(scene, content)) {
            if self.is_set(content.cue) {
                continue;
            }
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
            let span = Span::new(stretch.outer.start, stretch.outer.end);
            if content.is_some() || scene.marked.forms.holding(span).is_some() {
                last = None;
                continue;
            }
            buffer.clear();
            speech::features(scene, number, source, content, &mut buffer);
            let odds = logistic(model.score(&buffer, scene.damaged));
            let odds = if source.signed { odds.max(SIGNED) } else { odds };
            if odds < SPEECH || is_definition(scene.page, stretch) {
                continue;
            }
            if let Some((before, quote, mention)) = last
                && mention == source.mention
                && goes_on(scene, before, number)
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

/// How likely words in marks are speech that a line signs or a headline puts beside a name.
const SIGNED: f32 = 0.9;

/// The longest name that brackets give something, in bytes.
const DEFINED: usize = 60;

/// Tells whether a stretch is a name that brackets give what stands before them: `(the “Company”)`, `(“Lomas” or “we”)`.
fn is_definition(page: &Page, stretch: &Stretch) -> bool {
    let text = page.text;
    let before = text[..stretch.outer.start].trim_end();
    let before = ["the", "or", "collectively,", "together,", "each, a"]
        .iter()
        .find_map(|word| before.strip_suffix(word))
        .unwrap_or(before);
    let behind = text[stretch.outer.end..].trim_start_matches([' ', ',']);
    let opened = before.trim_end().ends_with(['(', '”', '"', ',']) && before.rfind('(') > before.rfind(')');
    let closed = behind.starts_with(')') || behind.starts_with("or ") || behind.starts_with("and ");
    opened && closed && stretch.inner.len() <= DEFINED && !text[stretch.inner.clone()].ends_with(['.', '!', '?', ','])
}
