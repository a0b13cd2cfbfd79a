//! Says in words why a quotation has its source, and how likely the whole finding is right.

use super::scene::{NONE, Scene};
use super::source::Beside;
use crate::engine::people::{MentionKind, People};
use crate::engine::quotes::forms::Author;
use crate::engine::quotes::{Evidence, Form};
use crate::text::counted;

/// What a source was chosen for.
pub struct Ground {
    /// The verb beside the source.
    pub beside: Option<Beside>,
    /// The cue's unit.
    pub cue: Option<usize>,
    /// Whether the quotation before has the same source.
    pub previous: bool,
    /// Whether the source stands before the quotation.
    pub backward: bool,
    /// How many sentences lie between the two.
    pub sentences: u32,
}

/// Returns the evidence for a quotation in marks.
pub fn marked(scene: &Scene, people: &People, mention: Option<usize>, ground: &Ground, closed: bool) -> Vec<Evidence> {
    let mut out = Vec::new();
    source(scene, people, mention, ground, &mut out);
    if !closed {
        out.push("its closing mark is missing or stands in a later paragraph".into());
    }
    out
}

/// Returns the evidence for indirect or mixed speech.
pub fn reported(scene: &Scene, people: &People, mention: Option<usize>, ground: &Ground, mixed: bool) -> Vec<Evidence> {
    let mut out = Vec::new();
    if let Some(cue) = ground.cue {
        let what = if mixed { "part of what it reports stands in marks" } else { "it reports without marks" };
        out.push(["cue ‘", unit_text(scene, cue), "’: ", what].concat().into());
    }
    if let Some(mention) = mention {
        let side = if ground.backward { "before" } else { "behind" };
        out.push(["source ‘", mention_text(scene, mention), "’ ", side, " the cue"].concat().into());
    } else {
        out.push("nobody is named beside the cue".into());
    }
    meant(scene, people, mention, &mut out);
    out
}

/// Returns the evidence for speech that is set without marks.
pub fn set(form: Form, author: Author, label: &str) -> Evidence {
    match form {
        Form::Transcript if label.is_empty() => "a paragraph that answers the question above it".to_owned(),
        Form::Tweet => format!("a post signed ‘{label}’"),
        Form::Transcript => format!("a paragraph with the speaker’s label ‘{label}’"),
        Form::Block | Form::Prose if author == Author::Name => format!("set apart, and signed ‘{label}’"),
        Form::Block | Form::Prose => format!("set apart, with ‘{label}’"),
    }
    .into()
}

/// Returns the evidence for a quotation within a quotation.
pub fn nested(cue: &str, hypothetical: bool) -> Vec<Evidence> {
    let mut out: Vec<Evidence> = vec![format!("within another quotation, with the cue ‘{cue}’ of its own").into()];
    if hypothetical {
        out.push("what somebody should or might say: nobody said it".into());
    }
    out
}

fn source(scene: &Scene, people: &People, mention: Option<usize>, ground: &Ground, out: &mut Vec<Evidence>) {
    let Some(mention) = mention else {
        out.push("no source is named near it".into());
        return;
    };
    let name = mention_text(scene, mention);
    let beside = ground.beside.filter(|beside| beside.unit != NONE && beside.relation != 0);
    if ground.previous {
        out.push(["goes on from the quotation before, of ‘", name, "’"].concat().into());
    } else if matches!(ground.beside, Some(Beside { relation: 12 | 13, .. })) {
        out.push(format!("a line that ‘{name}’ signs").into());
    } else if let Some(beside) = beside {
        let cue = unit_text(scene, beside.unit);
        out.push(match beside.relation {
            3 | 11 => ["‘according to’ before ‘", name, "’"].concat().into(),
            4 => ["a colon behind ‘", name, "’"].concat().into(),
            2 | 10 => ["cue ‘", cue, "’ before ‘", name, "’"].concat().into(),
            _ => ["cue ‘", cue, "’ behind ‘", name, "’"].concat().into(),
        });
    } else {
        out.push(["‘", name, "’ stands near it, without a cue"].concat().into());
    }
    if ground.sentences > 0 {
        let side = if ground.backward { "before" } else { "behind" };
        let far = counted(ground.sentences as usize, "sentence", "sentences");
        out.push(format!("its source is {far} {side} it").into());
    }
    meant(scene, people, Some(mention), out);
}

/// Says whom a pronoun or a description means.
fn meant(scene: &Scene, people: &People, mention: Option<usize>, out: &mut Vec<Evidence>) {
    let Some(mention) = mention else { return };
    let found = &people.found[mention];
    let Some(entity) = people.entities.of[mention] else { return };
    let full = people.entities.all[entity].fullest;
    let name = scene.page.tokens.span(people.found[full].name.clone()).of(scene.page.text);
    if matches!(found.kind, MentionKind::Pronoun | MentionKind::Nominal) {
        out.push(["‘", mention_text(scene, mention), "’ is taken for ", name].concat().into());
    }
}

fn unit_text<'a>(scene: &Scene<'a>, unit: usize) -> &'a str {
    let unit = &scene.units[unit];
    scene.page.tokens.span(unit.first as usize..unit.last as usize).of(scene.page.text)
}

fn mention_text<'a>(scene: &Scene<'a>, mention: usize) -> &'a str {
    scene.page.tokens.span(scene.found[mention].tokens.clone()).of(scene.page.text)
}

/// Turns the product of the models' probabilities into how often such findings are right; measured on a share of the
/// training articles that the models had not seen.
pub fn calibrated(odds: f32) -> f32 {
    between(odds, MARKED)
}

/// The same for indirect and mixed speech.
pub fn calibrated_reported(odds: f32) -> f32 {
    between(odds, REPORTED)
}

/// Product of probabilities, and the share that is right.
const MARKED: &[(f32, f32)] = &[
    (0.0, 0.0),
    (0.25, 0.25),
    (0.38, 0.5),
    (0.5, 0.68),
    (0.65, 0.73),
    (0.75, 0.87),
    (0.92, 0.9),
    (0.985, 0.98),
    (1.0, 0.995),
];
const REPORTED: &[(f32, f32)] = &[
    (0.0, 0.25),
    (0.16, 0.32),
    (0.26, 0.38),
    (0.35, 0.44),
    (0.45, 0.57),
    (0.65, 0.69),
    (0.75, 0.76),
    (0.85, 0.83),
    (0.94, 0.88),
    (1.0, 0.92),
];

fn between(odds: f32, table: &[(f32, f32)]) -> f32 {
    let above = table.partition_point(|&(at, _)| at <= odds).clamp(1, table.len() - 1);
    let ((low, from), (high, to)) = (table[above - 1], table[above]);
    (from + (to - from) * (odds - low) / (high - low)).clamp(0.0, 1.0)
}
