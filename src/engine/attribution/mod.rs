//! Attribution: which quotation is whose, by which cue, and why.

pub mod scene;
pub mod source;

use super::analysis::Page;
use super::model::linear::{Linear, softmax};
use super::people::{People, Speaker, SpeakerId, entities};
use super::quotes::{Form, Marked, Quote, QuoteKind};
use crate::text::Span;
use scene::{NONE, Scene};
use source::Previous;
use std::sync::LazyLock;

static SOURCE: LazyLock<Linear> = LazyLock::new(|| Linear::read(include_bytes!("../../../assets/model/source.bin")));

/// Makes the quotations: gives each its source, cue, speaker, confidence and evidence.
pub fn attribute(page: &Page, marked: &Marked, people: People) -> (Vec<Quote>, Vec<Speaker>) {
    let scene = Scene::new(page, marked, &people.found);
    let mut speakers = entities::speakers(page, &people.found, &people.entities);
    let mut quotes = Vec::new();
    let mut previous: Option<Previous> = None;
    let mut buffer = Vec::new();
    for (number, stretch) in marked.stretches.iter().enumerate() {
        if stretch.nested_in.is_some() || scene.of_stretch[number] == NONE {
            continue;
        }
        let setting = source::setting(&scene, number);
        let list = source::candidates(&scene, number, previous);
        let mut scores: Vec<f32> = std::iter::once(None)
            .chain(list.iter().copied().map(Some))
            .map(|mention| {
                source::features(&scene, &setting, mention, previous, &|m| people.entities.of[m], &mut buffer);
                SOURCE.score(&buffer)
            })
            .collect();
        softmax(&mut scores);
        let best = (0..scores.len()).fold(0, |best, n| if scores[n] > scores[best] { n } else { best });
        let mention = best.checked_sub(1).map(|n| list[n]);
        previous = Some(Previous { stretch: number, mention });
        let speaker = mention.map(|mention| speaker(page, &people, mention, &mut speakers));
        let cue = mention.map(|mention| source::beside(&scene, scene.of_mention[mention])).filter(|beside| beside.unit != NONE);
        quotes.push(Quote {
            kind: QuoteKind::Direct,
            form: Form::Prose,
            spans: vec![Span::new(stretch.outer.start, stretch.outer.end)],
            mention: mention.map(|mention| page.tokens.span(people.found[mention].tokens.clone())),
            speaker,
            cue: cue.map(|cue| page.tokens.span(scene.units[cue.unit].first as usize..scene.units[cue.unit].last as usize)),
            said_at: None,
            nested_in: None,
            hypothetical: false,
            confidence: scores[best],
            evidence: Vec::new(),
        });
    }
    (quotes, speakers)
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
