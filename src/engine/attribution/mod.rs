//! Attribution: which quotation is whose, by which cue, and why.

pub mod indirect;
pub mod scene;
pub mod source;

use super::analysis::Page;
use super::model::linear::{Linear, softmax};
use super::people::{People, Speaker, SpeakerId, entities};
use super::quotes::{Form, Marked, Quote, QuoteKind};
use crate::text::Span;
use scene::{Class, NONE, Scene};
use source::Previous;
use std::sync::LazyLock;

static SOURCE: LazyLock<Linear> = LazyLock::new(|| Linear::read(include_bytes!("../../../assets/model/source.bin")));

/// Makes the quotations: gives each its source, cue, speaker, confidence and evidence.
pub fn attribute(page: &Page, marked: &Marked, people: People) -> (Vec<Quote>, Vec<Speaker>) {
    let scene = Scene::new(page, marked, &people.found);
    let mut speakers = entities::speakers(page, &people.found, &people.entities);
    let contents = indirect::find(&scene);
    let sources = sources(&scene, &people);
    let mut quotes = Vec::new();
    let mut taken = vec![None; marked.stretches.len()];
    for (n, content) in contents.iter().enumerate() {
        let units = || content.parts.iter().flat_map(|part| &scene.units[part.clone()]);
        let bare = units().all(|unit| matches!(unit.class, Class::Quotation | Class::Comma | Class::Stop | Class::Colon));
        if bare {
            continue;
        }
        for unit in units().filter(|unit| unit.class == Class::Quotation) {
            taken[unit.item as usize] = Some(n);
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
            cue: Some(page.tokens.span(scene.units[content.cue].first as usize..scene.units[content.cue].last as usize)),
            said_at: None,
            nested_in: None,
            hypothetical: false,
            confidence: content.start_odds * content.source_odds,
            evidence: Vec::new(),
        });
    }
    for (number, stretch) in marked.stretches.iter().enumerate() {
        let Some(source) = &sources[number] else { continue };
        if taken[number].is_some() {
            continue;
        }
        let cue = source.mention.map(|mention| source::beside(&scene, scene.of_mention[mention])).filter(|beside| beside.unit != NONE);
        quotes.push(Quote {
            kind: QuoteKind::Direct,
            form: Form::Prose,
            spans: vec![Span::new(stretch.outer.start, stretch.outer.end)],
            mention: source.mention.map(|mention| page.tokens.span(people.found[mention].tokens.clone())),
            speaker: source.mention.map(|mention| speaker(page, &people, mention, &mut speakers)),
            cue: cue.map(|cue| page.tokens.span(scene.units[cue.unit].first as usize..scene.units[cue.unit].last as usize)),
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

/// The source chosen for a stretch.
struct Source {
    mention: Option<usize>,
    odds: f32,
}

/// Chooses the source of every outermost stretch, one after the other.
fn sources(scene: &Scene, people: &People) -> Vec<Option<Source>> {
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
                SOURCE.score(&buffer)
            })
            .collect();
        softmax(&mut scores);
        let best = (0..scores.len()).fold(0, |best, n| if scores[n] > scores[best] { n } else { best });
        let mention = best.checked_sub(1).map(|n| list[n]);
        previous = Some(Previous { stretch: number, mention });
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
