//! Attribution: which quotation is whose, by which cue, and why.

mod assemble;
mod beside;
mod evidence;
pub mod indirect;
mod interview;
pub mod scene;
pub mod source;
pub mod speech;

use super::lexicon::flag;
use super::model::Tag;
use super::model::linear::{Adapted, Ranking};
use super::page::Page;
use super::people::{MentionKind, People, Speaker, entities, pronouns};
use super::quotes::{Marked, Quote, marks::Stretch};
use super::{Suspect, SuspectClass};
use indirect::Content;
use scene::{Class, NONE, Scene};
use source::Previous;
use std::sync::LazyLock;

/// The models that attribution asks.
pub struct Models {
    /// The source of a stretch in marks.
    pub source: Adapted,
    /// The content and the source of reported speech.
    pub indirect: indirect::Models,
    /// Whether a stretch in marks is speech.
    pub speech: Adapted,
}

/// The models built in.
pub static MODELS: LazyLock<Models> = LazyLock::new(|| Models {
    source: Adapted::read(
        include_bytes!("../../../assets/model/source.bin"),
        include_bytes!("../../../assets/model/source_damaged.bin"),
    ),
    indirect: indirect::Models::built_in(),
    speech: Adapted::read(
        include_bytes!("../../../assets/model/speech.bin"),
        include_bytes!("../../../assets/model/speech_damaged.bin"),
    ),
});

/// The probability of speech below which words in marks are left out.
const SPEECH: f32 = 0.55;

/// Makes the quotations with the models built in: gives each its source, cue, speaker, confidence and evidence.
pub fn attribute(page: &Page, marked: &Marked, people: &People) -> (Vec<Quote>, Vec<Speaker>) {
    attribute_with(page, marked, people, &MODELS)
}

/// Makes the quotations with `models`.
pub fn attribute_with(page: &Page, marked: &Marked, people: &People, models: &Models) -> (Vec<Quote>, Vec<Speaker>) {
    let scene = Scene::new(page, marked, &people.found);
    let speakers = entities::speakers(page, &people.found, &people.entities);
    let contents = indirect::find(&scene, &models.indirect);
    let sources = sources(&scene, people, &models.source, &models.indirect.subject);
    assemble::assemble(&scene, people, speakers, &contents, &sources, &models.speech)
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
    /// Whether the form alone tells it: a line that signs, a headline.
    pub signed: bool,
}

/// Returns the person a sentence is about where the words before the colon that introduces the quotation were overwritten
/// (`Farage slammed Khan for the attack, Khan: “I …`): the cue is lost, and what stands there names nobody.
fn subject_before_damage(scene: &Scene, people: &People, stretch: &Stretch) -> Option<usize> {
    let page = scene.page;
    if page.suspects.is_empty() {
        return None;
    }
    let colon = page.tokens.at_or_after(stretch.outer.start).checked_sub(1)?;
    let before = colon.checked_sub(1).filter(|_| page.tokens.all[colon].of(page.text) == ":")?;
    let cue = page.tokens.all[before].span();
    let damaged = |suspect: &Suspect| suspect.class == SuspectClass::Coref && suspect.clean.overlaps(cue);
    if !page.suspects.iter().any(damaged) {
        return None;
    }
    let sentence = &page.tokens.sentences[page.tokens.sentence_of(colon)];
    people.found.iter().position(|mention| {
        sentence.contains(&mention.tokens.start)
            && mention.kind == MentionKind::Name
            && mention.class == Tag::Person
            && !mention.quoted
    })
}

/// How many units may stand between the parts of one interrupted quotation.
const INTERRUPTION: usize = 14;

/// Tells whether stretch `next` is a further part of the quotation that `before` is of: the next paragraph of it, or
/// the rest of a sentence that `she said` interrupted.
fn goes_on(scene: &Scene, before: usize, next: usize) -> bool {
    scene.marked.stretches[before].group == scene.marked.stretches[next].group || breaks_off(scene, before, next)
}

/// Tells whether stretch `next` is the rest of the sentence that stretch `before` begins, and no cue brings that in: in
/// `somebody shouted, “Cruz,” Beck joked, “Amen”` the two are not one.
fn interrupted(scene: &Scene, before: usize, next: usize) -> bool {
    let unit = scene.of_stretch[before];
    let here = scene.units[unit];
    let same = |at: &usize| scene.units[*at].sentence == here.sentence && scene.units[*at].paragraph == here.paragraph;
    let cue = |at: usize| matches!(scene.units[at].class, Class::Said | Class::Claim);
    breaks_off(scene, before, next) && !(0..unit).rev().take_while(same).any(cue)
}

/// Tells whether a sentence in marks breaks off at stretch `before`, for words with a cue, and goes on in stretch `next`.
fn breaks_off(scene: &Scene, before: usize, next: usize) -> bool {
    let (first, second) = (&scene.marked.stretches[before], &scene.marked.stretches[next]);
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

/// Returns who signs a stretch behind it: `“…” – Lorna, Perth`.
fn signer(scene: &Scene, stretch: usize) -> Option<usize> {
    let (_, name) = scene.marked.forms.signed.iter().find(|(signed, _)| *signed == stretch)?;
    scene.found.iter().position(|mention| mention.tokens.start == name.start)
}

/// Returns the person whom a headline puts behind the words it quotes: `“I never wanted it”: Nora Bell on leaving`.
fn headline(scene: &Scene, stretch: usize) -> Option<usize> {
    let unit = scene.of_stretch[stretch];
    let here = scene.units[unit];
    let paragraph = &scene.paragraphs[here.paragraph as usize];
    let text = |at: usize| scene.page.tokens.all[scene.units[at].first as usize].of(scene.page.text);
    let starts = (paragraph.start..unit).all(|at| text(at) == "#");
    let beside = here.paragraph < HEADLINES && starts && unit + 2 < paragraph.end && text(unit + 1) == ":";
    let person = |at: usize| scene.units[at].class == Class::Person;
    (beside && person(unit + 2)).then(|| scene.mention(unit + 2)).flatten()
}

/// How many paragraphs the headlines of an article are.
const HEADLINES: u32 = 3;

/// Returns the person a name only specifies, where the text goes on with that person: `a Warren adviser, who`.
fn headed(scene: &Scene, mention: usize) -> usize {
    let (name, next) = (&scene.found[mention], scene.found.get(mention + 1));
    let specifies = name.kind == MentionKind::Name && name.modifier;
    let head = next.filter(|next| {
        specifies
            && next.kind == MentionKind::Nominal
            && next.tokens.start == name.tokens.end
            && !next.quoted
            && scene.page.words[next.head()].is(flag::ROLE)
    });
    let goes_on = head.is_some()
        && scene.found.get(mention + 2).is_some()
        && pronouns::antecedent(scene.page, scene.found, mention + 2) == Some(mention + 1);
    if goes_on && scene.of_mention[mention + 1] != NONE { mention + 1 } else { mention }
}

/// Chooses the source of every outermost stretch, one after the other; `subject` tells whose the cues about it are.
pub fn sources(scene: &Scene, people: &People, model: &Adapted, subject: &Adapted) -> Vec<Option<Source>> {
    let mut previous: Option<Previous> = None;
    let mut ranking = Ranking::default();
    let mut out = Vec::with_capacity(scene.marked.stretches.len());
    for (number, stretch) in scene.marked.stretches.iter().enumerate() {
        if stretch.nested_in.is_some() || scene.of_stretch[number] == NONE {
            out.push(None);
            continue;
        }
        if let Some(mention) = subject_before_damage(scene, people, stretch) {
            previous =
                Some(Previous { stretch: number, mention: Some(mention), earlier: previous.and_then(|p| p.mention) });
            out.push(Some(Source { mention: Some(mention), odds: 0.6, signed: false }));
            continue;
        }
        if let Some(mention) = signer(scene, number).or_else(|| headline(scene, number)) {
            previous =
                Some(Previous { stretch: number, mention: Some(mention), earlier: previous.and_then(|p| p.mention) });
            out.push(Some(Source { mention: Some(mention), odds: 0.9, signed: true }));
            continue;
        }
        // The rest of an interrupted sentence has the source of its beginning.
        let rest = previous.filter(|before| before.stretch + 1 == number && interrupted(scene, before.stretch, number));
        if let Some(source) = rest.and_then(|before| out[before.stretch]) {
            out.push(Some(source));
            previous = rest.map(|before| Previous { stretch: number, ..before });
            continue;
        }
        let entity_of = |mention: usize| people.entities.of[mention];
        let setting = source::setting(scene, number, subject, &entity_of, &mut ranking);
        let list = source::candidates(scene, number, previous);
        ranking.begin();
        for mention in std::iter::once(None).chain(list.iter().copied().map(Some)) {
            ranking.add(|out| source::features(scene, &setting, mention, previous, &entity_of, out));
        }
        let (best, odds) = ranking.best(model, scene.damaged);
        let mention = best.checked_sub(1).map(|n| list[n]);
        previous = Some(Previous { stretch: number, mention, earlier: previous.and_then(|previous| previous.mention) });
        let mention = mention.map(|mention| headed(scene, mention));
        out.push(Some(Source { mention, odds: odds[best], signed: false }));
    }
    out
}
