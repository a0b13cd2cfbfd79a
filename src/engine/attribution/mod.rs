//! Attribution: which quotation is whose, by which cue, and why.

pub mod indirect;
pub mod scene;
pub mod source;
pub mod speech;

use super::analysis::Page;
use super::model::linear::{Linear, logistic, softmax};
use super::people::{People, Speaker, SpeakerId, entities};
use super::quotes::{Form, Marked, Quote, QuoteKind};
use crate::text::Span;
use indirect::Content;
use scene::{Class, NONE, Scene};
use source::Previous;
use std::sync::LazyLock;

static SOURCE: LazyLock<Linear> = LazyLock::new(|| Linear::read(include_bytes!("../../../assets/model/source.bin")));

/// The probability of speech below which words in marks are left out.
const SPEECH: f32 = 0.55;

/// Makes the quotations: gives each its source, cue, speaker, confidence and evidence.
pub fn attribute(page: &Page, marked: &Marked, people: People) -> (Vec<Quote>, Vec<Speaker>) {
    let scene = Scene::new(page, marked, &people.found);
    let mut speakers = entities::speakers(page, &people.found, &people.entities);
    let contents = indirect::find(&scene, &indirect::MODELS);
    let sources = sources(&scene, &people, &SOURCE);
    let mut quotes = Vec::new();
    let mut buffer = Vec::new();
    let taken = covering(&scene, &contents);
    for content in &contents {
        let units = || content.parts.iter().flat_map(|part| &scene.units[part.clone()]);
        if is_bare(&scene, content) {
            continue;
        }
        let mixed = units().any(|unit| unit.class == Class::Quotation);
        let parts = content.parts.iter().map(|part| {
            page.tokens.span(scene.units[part.start].first as usize..scene.units[part.end - 1].last as usize)
        });
        quotes.push(Quote {
            kind: if mixed { QuoteKind::Mixed } else { QuoteKind::Indirect },
            form: Form::Prose,
            spans: parts.collect(),
            mention: content.source.map(|mention| page.tokens.span(people.found[mention].tokens.clone())),
            speaker: content.source.map(|mention| speaker(page, &people, mention, &mut speakers)),
            cue: Some(
                page.tokens.span(scene.units[content.cue].first as usize..scene.units[content.cue].last as usize),
            ),
            said_at: None,
            nested_in: None,
            hypothetical: false,
            confidence: content.start_odds * content.source_odds,
            evidence: Vec::new(),
        });
    }
    for (number, stretch) in marked.stretches.iter().enumerate() {
        let Some(source) = &sources[number] else { continue };
        let content = taken[number].map(|n: usize| &contents[n]);
        speech::features(&scene, number, source, content, &mut buffer);
        let odds = logistic(speech::MODEL.score(&buffer));
        if content.is_some() || odds < SPEECH {
            continue;
        }
        let cue = source
            .mention
            .map(|mention| source::beside(&scene, scene.of_mention[mention]))
            .filter(|beside| beside.unit != NONE);
        quotes.push(Quote {
            kind: QuoteKind::Direct,
            form: Form::Prose,
            spans: vec![Span::new(stretch.outer.start, stretch.outer.end)],
            mention: source.mention.map(|mention| page.tokens.span(people.found[mention].tokens.clone())),
            speaker: source.mention.map(|mention| speaker(page, &people, mention, &mut speakers)),
            cue: cue
                .map(|cue| page.tokens.span(scene.units[cue.unit].first as usize..scene.units[cue.unit].last as usize)),
            said_at: None,
            nested_in: None,
            hypothetical: false,
            confidence: source.odds,
            evidence: Vec::new(),
        });
    }
    quotes.sort_by_key(|quote| quote.hull());
    (quotes, speakers)
}

/// Tells whether content is nothing but words in marks: then it is a direct quotation.
fn is_bare(scene: &Scene, content: &Content) -> bool {
    let mut units = content.parts.iter().flat_map(|part| &scene.units[part.clone()]);
    units.all(|unit| matches!(unit.class, Class::Quotation | Class::Comma | Class::Stop | Class::Colon))
}

/// Returns for each stretch the number of the reported speech that it is a part of.
pub fn covering(scene: &Scene, contents: &[Content]) -> Vec<Option<usize>> {
    let mut out = vec![None; scene.marked.stretches.len()];
    for (n, content) in contents.iter().enumerate().filter(|(_, content)| !is_bare(scene, content)) {
        let units = content.parts.iter().flat_map(|part| &scene.units[part.clone()]);
        for unit in units.filter(|unit| unit.class == Class::Quotation) {
            out[unit.item as usize] = Some(n);
        }
    }
    out
}

/// The source chosen for a stretch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Source {
    /// The mention; `None` where nobody is named.
    pub mention: Option<usize>,
    /// The probability of the choice.
    pub odds: f32,
}

/// Chooses the source of every outermost stretch, one after the other.
pub fn sources(scene: &Scene, people: &People, model: &Linear) -> Vec<Option<Source>> {
    let mut previous: Option<Previous> = None;
    let mut buffer = Vec::new();
    let mut out = Vec::with_capacity(scene.marked.stretches.len());
    for (number, stretch) in scene.marked.stretches.iter().enumerate() {
        if stretch.nested_in.is_some() || scene.of_stretch[number] == NONE {
            out.push(None);
            continue;
        }
        let setting = source::setting(scene, number);
        let list = source::candidates(scene, number, previous);
        let mut scores: Vec<f32> = std::iter::once(None)
            .chain(list.iter().copied().map(Some))
            .map(|mention| {
                source::features(scene, &setting, mention, previous, &|m| people.entities.of[m], &mut buffer);
                model.score(&buffer)
            })
            .collect();
        softmax(&mut scores);
        let best = (0..scores.len()).fold(0, |best, n| if scores[n] > scores[best] { n } else { best });
        let mention = best.checked_sub(1).map(|n| list[n]);
        previous = Some(Previous { stretch: number, mention, earlier: previous.and_then(|previous| previous.mention) });
        out.push(Some(Source { mention, odds: scores[best] }));
    }
    out
}

/// Returns the speaker of a mention; one without a name becomes a speaker of its own, by its description.
fn speaker(page: &Page, people: &People, mention: usize, speakers: &mut Vec<Speaker>) -> SpeakerId {
    if let Some(entity) = people.entities.of[mention] {
        return SpeakerId(entity as u32);
    }
    let found = &people.found[mention];
    let span = page.tokens.span(found.tokens.clone());
    speakers.push(Speaker {
        name: None,
        description: Some(span.of(page.text).to_owned()),
        aliases: Vec::new(),
        mentions: vec![super::Mention { span, kind: found.kind }],
        kind: super::SpeakerKind::Person,
    });
    SpeakerId(speakers.len() as u32 - 1)
}
