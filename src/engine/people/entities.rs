//! Gathers names into speakers: the longest form first, surnames and first names linked back, two people with one surname
//! kept apart by first name and title.

use super::mentions::Found;
use super::{Mention, MentionKind, Speaker, SpeakerId, SpeakerKind};
use crate::engine::lexicon::{ByWord, Spread, flag, hashes};
use crate::engine::model::Tag;
use crate::engine::page::Page;
use crate::engine::words::Shape;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::Range;

/// What is known of somebody's sex.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sex {
    /// Nothing tells.
    #[default]
    Unknown,
    /// `he`
    Male,
    /// `she`
    Female,
}

/// One entity while names are gathered.
#[derive(Debug, Clone, Default)]
pub struct Entity {
    /// The hashes of the fullest name's words.
    pub name: Vec<u32>,
    /// The mention that gives the fullest name.
    pub fullest: usize,
    /// A person, an organisation or a place, from its names.
    pub class: Option<Tag>,
    /// From titles, first names.
    pub sex: Sex,
    /// Whether a title told it. A first name may be a man's here and a woman's there.
    titled: bool,
    /// All its name mentions, in order.
    pub mentions: Vec<usize>,
}

/// The entities of a page and which mention names which.
#[derive(Debug, Clone, Default)]
pub struct Entities {
    /// Everybody.
    pub all: Vec<Entity>,
    /// For each mention its entity, where it is a name or a handle.
    pub of: Vec<Option<usize>>,
    /// For each mention how likely that is right.
    pub odds: Vec<f32>,
}

/// Gathers the names among `found`.
pub fn gather(page: &Page, found: &[Found]) -> Entities {
    let mut out = Entities { all: Vec::new(), of: vec![None; found.len()], odds: vec![1.0; found.len()] };
    let is_named = |mention: &Found| matches!(mention.kind, MentionKind::Name | MentionKind::Handle);
    // The words of all names in a row, and for each mention where its own end.
    let (mut row, mut ends) = (Vec::with_capacity(2 * found.len()), Vec::with_capacity(found.len()));
    for mention in found {
        if is_named(mention) {
            words(page, mention, &mut row);
        }
        ends.push(row.len());
    }
    let name_of = |n: usize| &row[n.checked_sub(1).map_or(0, |before| ends[before])..ends[n]];
    // Full names of persons, then other names, then single names of persons, which link back.
    let rank = |n: usize| match found[n].class {
        Tag::Person if name_of(n).len() > 1 => 0,
        Tag::Person => 2,
        _ => 1,
    };
    let order =
        (0..3).flat_map(|wanted| (0..found.len()).filter(move |&n| !name_of(n).is_empty() && rank(n) == wanted));
    let mut by_last: ByWord<Vec<usize>> = ByWord::default();
    let mut by_first: ByWord<Vec<usize>> = ByWord::default();
    let mut by_whole: HashMap<&[u32], usize, BuildHasherDefault<Spread>> = HashMap::default();
    for n in order {
        let mention = &found[n];
        let name = name_of(n);
        let (first, last) = (name[0], name[name.len() - 1]);
        // `Kelly` alone, where somebody has it for a surname, is no first name.
        let surname = name.len() == 1 && mention.tokens == mention.name && by_last.contains_key(&last);
        let title = title_sex(page, mention);
        let sex = match title {
            Sex::Unknown if surname => Sex::Unknown,
            Sex::Unknown => first_name_sex(page, mention),
            told => told,
        };
        let titled = title != Sex::Unknown;
        let entity = if mention.kind == MentionKind::Handle {
            by_handle(page, found, mention, &out)
        } else if mention.class == Tag::Person && name.len() > 1 {
            by_last.get(&last).and_then(|list| {
                list.iter().copied().find(|&e| {
                    let known = &out.all[e];
                    let unsure = !(known.titled && titled) && known.name[0] == first;
                    same_first(known, first) && (unsure || agrees(known.sex, sex))
                })
            })
        } else if name.len() == 1 {
            let one = |list: Option<&Vec<usize>>| choose(&out, found, list, sex, n);
            by_whole
                .get(name)
                .copied()
                .filter(|&e| agrees(out.all[e].sex, sex) && out.all[e].class != Some(Tag::Person))
                .or_else(|| one(by_last.get(&last)))
                .or_else(|| only_bearer(&out, by_last.get(&last)?, titled))
                .or_else(|| one(by_first.get(&first)))
                .or_else(|| by_initials(page, found, mention, &out))
        } else {
            by_whole.get(name).copied()
        };
        let entity = entity.unwrap_or_else(|| {
            out.all.push(Entity {
                name: name.to_vec(),
                fullest: n,
                class: Some(mention.class),
                sex,
                titled,
                mentions: Vec::new(),
            });
            let e = out.all.len() - 1;
            by_whole.insert(name, e);
            if mention.class == Tag::Person {
                by_last.entry(last).or_default().push(e);
                if name.len() > 1 {
                    by_first.entry(first).or_default().push(e);
                }
            }
            e
        });
        let known = &mut out.all[entity];
        if known.sex == Sex::Unknown || titled && !known.titled {
            (known.sex, known.titled) = (sex, titled);
        }
        // `Ruth Adeyemi` is fuller than the `RUTH ADEYEMI` of a label.
        let shouted = || is_upper(page, &found[known.fullest]) && !is_upper(page, mention);
        if mention.kind == MentionKind::Name
            && (name.len() > known.name.len() || name.len() == known.name.len() && shouted())
        {
            known.name = name.to_vec();
            known.fullest = n;
        }
        known.mentions.push(n);
        out.of[n] = Some(entity);
    }
    for entity in &mut out.all {
        entity.mentions.sort_unstable();
    }
    out
}

/// Tells whether a name of several words is written in capitals alone.
fn is_upper(page: &Page, mention: &Found) -> bool {
    let mut shapes = page.words[mention.name.clone()].iter().map(|word| word.shape);
    mention.name.len() > 1 && shapes.all(|shape| matches!(shape, Shape::Upper | Shape::Initial | Shape::Punct))
}

/// Adds the words of a name as hashes to `row`, without initials' dots and generational suffixes.
fn words(page: &Page, mention: &Found, row: &mut Vec<u32>) {
    let start = row.len();
    let mut marks = 0;
    for at in mention.name.clone() {
        // A nickname in marks is no part of the name.
        marks += usize::from(page.words[at].tag == Tag::Mark);
        let is_word = page.tokens.all[at].kind == crate::text::TokenKind::Word || mention.kind == MentionKind::Handle;
        if marks % 2 == 0 && is_word {
            row.push(page.words[at].hash);
        }
    }
    while row.len() > start + 1
        && row.last().is_some_and(|last| const { hashes(["jr", "sr", "ii", "iii", "iv"]) }.contains(last))
    {
        row.pop();
    }
}

/// Returns what the titles before a name say of the sex.
fn title_sex(page: &Page, mention: &Found) -> Sex {
    told(page, mention, mention.tokens.start..mention.name.start)
}

/// Returns what a first name says of it. A surname alone that is a first name too tells nothing.
fn first_name_sex(page: &Page, mention: &Found) -> Sex {
    if mention.name.len() > 1 || mention.tokens.len() == 1 {
        told(page, mention, mention.name.start..(mention.name.start + 1).min(mention.name.end))
    } else {
        Sex::Unknown
    }
}

/// Returns what the first of these words that says anything of the sex says.
fn told(page: &Page, mention: &Found, mut range: Range<usize>) -> Sex {
    if mention.class != Tag::Person {
        return Sex::Unknown;
    }
    let sex = range.find_map(|at| match page.words[at].flags & (flag::MALE | flag::FEMALE) {
        flag::MALE => Some(Sex::Male),
        flag::FEMALE => Some(Sex::Female),
        _ => None,
    });
    sex.unwrap_or_default()
}

/// Returns the only bearer of a surname, for `Mr. Maas` where `Jan Maas` was taken for a woman by the first name alone.
fn only_bearer(entities: &Entities, list: &[usize], titled: bool) -> Option<usize> {
    match list {
        &[e] if titled && !entities.all[e].titled => Some(e),
        _ => None,
    }
}

fn agrees(a: Sex, b: Sex) -> bool {
    a == b || a == Sex::Unknown || b == Sex::Unknown
}

fn same_first(entity: &Entity, first: u32) -> bool {
    let known = entity.name[0];
    entity.name.len() < 2 || known == first || nick(known, first)
}

/// Tells whether two first names are commonly one person's.
fn nick(a: u32, b: u32) -> bool {
    NICKNAMES.iter().any(|names| names.contains(&a) && names.contains(&b))
}

const NICKNAMES: &[&[u32]] = &[
    &hashes(["bill", "william", "will", "billy"]),
    &hashes(["joe", "joseph"]),
    &hashes(["mike", "michael", "mick"]),
    &hashes(["tim", "timothy"]),
    &hashes(["ted", "theodore", "edward", "ed", "eddie"]),
    &hashes(["jim", "james", "jimmy"]),
    &hashes(["bob", "robert", "rob", "bobby"]),
    &hashes(["dan", "daniel", "danny"]),
    &hashes(["dave", "david"]),
    &hashes(["tom", "thomas"]),
    &hashes(["steve", "stephen", "steven"]),
    &hashes(["chris", "christopher", "christine"]),
    &hashes(["matt", "matthew"]),
    &hashes(["jeff", "jeffrey"]),
    &hashes(["jon", "jonathan", "john", "jack"]),
    &hashes(["tony", "anthony"]),
    &hashes(["ron", "ronald"]),
    &hashes(["ken", "kenneth"]),
    &hashes(["ben", "benjamin"]),
    &hashes(["bernie", "bernard"]),
    &hashes(["don", "donald"]),
    &hashes(["liz", "elizabeth", "beth", "betsy"]),
    &hashes(["kate", "katherine", "kathy", "katie"]),
    &hashes(["nick", "nicholas"]),
    &hashes(["greg", "gregory"]),
    &hashes(["rick", "richard", "dick", "rich"]),
    &hashes(["pat", "patrick", "patricia"]),
    &hashes(["sam", "samuel", "samantha"]),
    &hashes(["al", "albert", "alan"]),
    &hashes(["alex", "alexander", "alexandra"]),
    &hashes(["andy", "andrew"]),
    &hashes(["debbie", "deborah"]),
    &hashes(["larry", "lawrence"]),
    &hashes(["charlie", "charles", "chuck"]),
    &hashes(["fred", "frederick"]),
    &hashes(["phil", "philip", "phillip"]),
    &hashes(["ray", "raymond"]),
    &hashes(["doug", "douglas"]),
    &hashes(["vince", "vincent"]),
];

/// Chooses among the entities that bear a name: the sex must agree; then the one whose full
/// name stands oftenest, of those named before mention `n`, or last.
fn choose(entities: &Entities, found: &[Found], list: Option<&Vec<usize>>, sex: Sex, n: usize) -> Option<usize> {
    let agreeing = list?.iter().copied().filter(|&e| agrees(entities.all[e].sex, sex));
    let told = |e: &usize| sex != Sex::Unknown && entities.all[*e].sex == sex;
    let any_told = agreeing.clone().any(|e| told(&e));
    let mut fits = agreeing.filter(|e| !any_told || told(e));
    let full = |e: usize| entities.all[e].mentions.iter().copied().filter(|&m| m < n && found[m].name.len() > 1).max();
    fits.clone()
        .filter(|&e| full(e).is_some())
        .max_by_key(|&e| (entities.all[e].mentions.iter().filter(|&&m| found[m].name.len() > 1).count(), full(e)))
        .or_else(|| fits.next())
}

/// Finds the body whose initials a name is: `FT` for the `Financial Times`, without its small words.
fn by_initials(page: &Page, found: &[Found], mention: &Found, entities: &Entities) -> Option<usize> {
    let at = mention.name.start;
    let name = page.tokens.all[at].of(page.text);
    if page.words[at].shape != Shape::Upper || name.len() < 2 || name.len() > MOST_INITIALS {
        return None;
    }
    let spells = |n: usize| {
        let words = found[n].name.clone().filter(|&at| page.words[at].shape != Shape::Lower);
        words.clone().count() > 1
            && words.filter_map(|at| page.tokens.all[at].of(page.text).chars().next()).eq(name.chars())
    };
    entities.all.iter().position(|entity| entity.class != Some(Tag::Person) && spells(entity.fullest))
}

/// The most letters of a name that stands for others, `UNESCO`.
const MOST_INITIALS: usize = 7;

/// Finds whom a handle means: it ends with the last name, or holds the first.
fn by_handle(page: &Page, found: &[Found], mention: &Found, entities: &Entities) -> Option<usize> {
    let squeezed = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let handle = squeezed(page.tokens.span(mention.name.clone()).of(page.text));
    let text = |at: usize| squeezed(page.tokens.all[at].of(page.text));
    let best = entities.all.iter().enumerate().filter(|(_, entity)| entity.class == Some(Tag::Person)).map(
        |(number, entity)| {
            let name = &found[entity.fullest].name;
            let (first, last) = (text(name.start), text(name.end - 1));
            let score = if last.len() > 3 && handle.ends_with(&last) {
                2 + usize::from(handle.contains(&first))
            } else {
                usize::from(first.len() > 3 && name.len() > 1 && handle.contains(&first))
            };
            (score, std::cmp::Reverse(number))
        },
    );
    best.max().filter(|(score, _)| *score > 0).map(|(_, std::cmp::Reverse(number))| number)
}

/// Turns the entities into speakers; the number of an entity is its speaker's.
pub fn speakers(page: &Page, found: &[Found], entities: &Entities) -> Vec<Speaker> {
    entities
        .all
        .iter()
        .map(|entity| {
            let fullest = &found[entity.fullest];
            // Who is known by a handle alone has that for a name: `@pier_ghost`.
            let handle = fullest.kind == MentionKind::Handle;
            let name = if handle { fullest.tokens.clone() } else { fullest.name.clone() };
            let name = page.tokens.span(name).of(page.text).to_owned();
            let mut aliases: Vec<String> = Vec::new();
            for &n in &entity.mentions {
                let alias = page.tokens.span(found[n].tokens.clone()).of(page.text);
                if alias != name && !aliases.iter().any(|known| known == alias) {
                    aliases.push(alias.to_owned());
                }
            }
            aliases.sort_by_key(|alias| std::cmp::Reverse(alias.len()));
            Speaker {
                name: Some(name),
                description: None,
                aliases,
                mentions: entity
                    .mentions
                    .iter()
                    .map(|&n| Mention { span: page.tokens.span(found[n].tokens.clone()), kind: found[n].kind })
                    .collect(),
                kind: if entity.class == Some(Tag::Person) { SpeakerKind::Person } else { SpeakerKind::Organisation },
            }
        })
        .collect()
}

/// Returns the speaker of a mention, where names alone tell it.
pub fn speaker_of(entities: &Entities, mention: usize) -> Option<SpeakerId> {
    entities.of.get(mention).copied().flatten().map(|entity| SpeakerId(entity as u32))
}

#[cfg(test)]
mod tests {
    use crate::engine::{Cancel, Options, analyze};

    /// Returns the names of those who speak, in the order of their quotations.
    fn speakers(text: &str) -> Vec<String> {
        let analysis = analyze(text, &Options::default(), &Cancel::default()).expect("nobody cancels");
        let names = analysis.quotes.iter().map(|quote| quote.speaker.and_then(|id| analysis.speaker(id)));
        names.map(|speaker| speaker.and_then(|speaker| speaker.name.clone()).unwrap_or_default()).collect()
    }

    #[test]
    fn a_title_outweighs_a_first_name() {
        // Elsewhere Jan is a woman’s name.
        let text = "The director, Jan Maas, came late. “Money moves faster than police,” Mr. Maas said.";
        assert_eq!(speakers(text), ["Jan Maas"]);
        let two = "Jane Maas and Peter Maas came late. “Money moves faster than police,” Mr. Maas said.";
        assert_eq!(speakers(two), ["Peter Maas"]);
    }

    #[test]
    fn a_name_is_whole_whatever_its_first_word_is() {
        let text = "Across the hall it was louder. “We never quit!” shouted forward DeShawn Price, who hit the winner. \
                    His father, Leonard Price, was there. “I told him so,” Leonard Price said.";
        assert_eq!(speakers(text), ["DeShawn Price", "Leonard Price"]);
        let titled = "In her opening statement, Assistant U.S. Attorney Beth Moran described the plan. \
                      “He took their money,” Moran said.";
        assert_eq!(speakers(titled).last().map(String::as_str), Some("Beth Moran"));
    }

    #[test]
    fn initials_stand_for_the_body() {
        let text = "The Federal Rail Inspectorate closed the line. “The bridge is not safe,” the FRI said on Monday.";
        assert_eq!(speakers(text), ["Federal Rail Inspectorate"]);
    }
}
