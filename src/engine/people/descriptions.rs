//! Descriptions that mean somebody named: `the mayor`, `the New York businessman`, `Khan, the mayor of London`.

use super::MentionKind;
use super::entities::{Entities, Sex};
use super::mentions::Found;
use crate::engine::lexicon::{ByWord, flag, hash, hashes};
use crate::engine::model::Tag;
use crate::engine::page::Page;
use crate::engine::words::Shape;

/// How many sentences back somebody must have been named for a description without a known role.
const REACH: usize = 3;

/// How often a description is rightly taken for somebody named; measured on the articles.
const DESCRIPTION: f32 = 0.75;

/// How many mentions back somebody without a name is looked for.
const BACK: usize = 200;

/// How far an apposition may be from its name, in tokens.
const APPOSITION: usize = 14;

/// Points definite descriptions of one person to the entity they mean. To be called when pronouns are resolved.
pub fn resolve(page: &Page, found: &[Found], entities: &mut Entities) {
    let mut roles = roles(page, found, entities);
    for n in 0..found.len() {
        let mention = &found[n];
        let head = &page.words[mention.head()];
        if is_compatriot(page, mention) {
            // `the 19-year-old Briton said`
            let entity = meant(page, found, entities, &roles, n);
            if let Some(nation) = entities.of[n].filter(|_| entity.is_some()) {
                entities.all[nation].mentions.retain(|&m| m != n);
                entities.of[n] = entity;
                entities.odds[n] = DESCRIPTION;
            }
            continue;
        }
        if mention.kind != MentionKind::Nominal || !head.is(flag::ROLE) || head.is(flag::PLURAL) {
            let is_body = || COMPANIES.contains(&head.hash) || BODIES.contains(&head.hash);
            if mention.kind == MentionKind::Nominal && !mention.quoted && is_body() {
                entities.of[n] = body(page, found, entities, n);
                entities.odds[n] = DESCRIPTION;
            }
            continue;
        }
        if entities.of[n].is_none() {
            entities.of[n] = apposition(page, found, entities, n);
        }
        if let Some(entity) = entities.of[n] {
            roles.entry(short(head.hash)).or_default().push(entity);
            continue;
        }
        let capital = head.shape == Shape::Capital && mention.name.start > 0;
        if capital || mention.quoted && is_definite(page, mention) {
            // Within a quotation, and for a role written like a name, only whom the article gave it as a title.
            entities.of[n] = bearer(found, entities, &roles, n, short(head.hash));
        } else if is_definite(page, mention) {
            entities.of[n] = meant(page, found, entities, &roles, n);
            entities.odds[n] = DESCRIPTION;
        } else if page.words[mention.tokens.start].tag == Tag::Possessive && KIN.contains(&head.hash) {
            // `her daughter recalled`, where the article named her: `her daughter, Susan Thwaite`.
            entities.of[n] = bearer(found, entities, &roles, n, short(head.hash));
        }
    }
}

/// The entities that bear a role, in order of their first title.
type Roles = ByWord<Vec<usize>>;

fn roles(page: &Page, found: &[Found], entities: &Entities) -> Roles {
    let mut out = Roles::default();
    for (n, mention) in found.iter().enumerate() {
        let (Some(entity), MentionKind::Name) = (entities.of[n], mention.kind) else { continue };
        for at in mention.tokens.start..mention.name.start {
            let list = out.entry(short(page.words[at].hash)).or_default();
            if !list.contains(&entity) {
                list.push(entity);
            }
        }
    }
    out
}

/// Abbreviated titles and the words they stand for are one role.
fn short(word: u32) -> u32 {
    for (long, abbreviation) in const {
        [
            (hash("senator"), hash("sen")),
            (hash("governor"), hash("gov")),
            (hash("representative"), hash("rep")),
            (hash("congressman"), hash("rep")),
            (hash("congresswoman"), hash("rep")),
            (hash("lawmaker"), hash("rep")),
            (hash("general"), hash("gen")),
            (hash("professor"), hash("prof")),
            (hash("doctor"), hash("dr")),
        ]
    } {
        if long == word {
            return abbreviation;
        }
    }
    word
}

/// Tells whether a description points to somebody known.
pub fn is_definite(page: &Page, mention: &Found) -> bool {
    let first = page.words[mention.tokens.start].hash;
    let before = mention.tokens.start.checked_sub(1).map(|at| &page.words[at]);
    let the = |word: u32| const { hashes(["the", "this", "that"]) }.contains(&word);
    // `the New York businessman`: a name stands between the article and the description.
    let through_name = before.is_some_and(|word| word.tag.is_name())
        && (1..6).any(|back| mention.tokens.start.checked_sub(back).is_some_and(|at| the(page.words[at].hash)));
    the(first) || through_name
}

/// Returns the entity of the name that a description stands beside: `Khan, the mayor`; `the leader of the league, Khan`.
fn apposition(page: &Page, found: &[Found], entities: &Entities, n: usize) -> Option<usize> {
    let mention = &found[n];
    let person = |m: usize| {
        entities.of[m]
            .filter(|&entity| found[m].kind == MentionKind::Name && entities.all[entity].class == Some(Tag::Person))
    };
    // `her colleague @deanpoole`
    if let Some(next) = found.get(n + 1).filter(|next| next.kind == MentionKind::Handle)
        && next.tokens.start == mention.tokens.end
    {
        return entities.of[n + 1];
    }
    // `According to the coach, Orme is not …`: the name begins what is reported.
    let according = mention.tokens.start.checked_sub(2).is_some_and(|at| page.words[at].hash == hash("according"));
    let comma = |at: usize| page.words.get(at).is_some_and(|word| word.tag == Tag::Comma);
    if let Some(m) = n.checked_sub(1)
        && found[m].tokens.end + 1 == mention.tokens.start
        && comma(found[m].tokens.end)
        && let Some(entity) = person(m)
    {
        return Some(entity);
    }
    if according {
        return None;
    }
    // `his son, Vincent Hale`, `his son, the producer Vincent Hale`.
    let behind_comma = |start: usize| {
        let the = start.checked_sub(1).is_some_and(|at| page.words[at].hash == const { hash("the") });
        comma(start.wrapping_sub(1)) || the && comma(start.wrapping_sub(2))
    };
    let next = found.iter().enumerate().skip(n + 1).take(4).find(|(_, other)| {
        behind_comma(other.tokens.start) && other.kind == MentionKind::Name && other.class == Tag::Person
    });
    let (m, other) = next?;
    let between = mention.tokens.end..other.tokens.start;
    let plain = page.words.get(between.clone())?.iter().all(|word| !word.tag.is_verb() && word.tag != Tag::Stop);
    let commas = page.words[between.clone()].iter().filter(|word| word.tag == Tag::Comma).count();
    (between.len() <= APPOSITION && plain && commas == 1).then(|| person(m)).flatten()
}

/// Tells whether a name is a nation's or a party's that stands for one person: `the Italian said`, `the Texas Republican`.
fn is_compatriot(page: &Page, mention: &Found) -> bool {
    let start = mention.tokens.start;
    let next = page.words.get(mention.tokens.end);
    let speaks = next.is_some_and(|next| next.tag.is_finite() || next.reports() || next.tag == Tag::Stop);
    mention.kind == MentionKind::Name
        && !mention.quoted
        && mention.name.len() == 1
        && COMPATRIOTS.contains(&page.words[mention.head()].hash)
        && (1..8).any(|back| {
            start.checked_sub(back).is_some_and(|at| {
                page.words[at].hash == const { hash("the") }
                    && page.words[at + 1..start].iter().all(|word| {
                        matches!(word.tag, Tag::Adjective | Tag::Number | Tag::Noun) || word.hash == const { hash("-") }
                    })
            })
        })
        && speaks
}

/// Nouns for one person of a nation or a party.
const COMPATRIOTS: [u32; 44] = hashes([
    "american",
    "argentine",
    "australian",
    "austrian",
    "belgian",
    "brazilian",
    "briton",
    "canadian",
    "chilean",
    "colombian",
    "croat",
    "czech",
    "dane",
    "democrat",
    "dutchman",
    "egyptian",
    "englishman",
    "finn",
    "frenchman",
    "frenchwoman",
    "german",
    "greek",
    "hungarian",
    "indian",
    "irishman",
    "italian",
    "jamaican",
    "kenyan",
    "mexican",
    "nigerian",
    "norwegian",
    "pole",
    "republican",
    "romanian",
    "russian",
    "scot",
    "serb",
    "spaniard",
    "swede",
    "swiss",
    "texan",
    "turk",
    "ukrainian",
    "welshman",
]);

/// Relatives: `her daughter` is the one that was named, where `her vice president` may be another's.
const KIN: [u32; 14] = hashes([
    "mother",
    "father",
    "brother",
    "sister",
    "son",
    "daughter",
    "wife",
    "husband",
    "child",
    "widow",
    "grandmother",
    "grandfather",
    "uncle",
    "aunt",
]);

/// Returns the organisation that `the company` means: of whose name the word is a part, named last; else, for a company, the one
/// that the article has named most so far, twice at least, and that is no public body by its name.
fn body(page: &Page, found: &[Found], entities: &Entities, n: usize) -> Option<usize> {
    let mention = &found[n];
    if mention.tokens.len() != 2 || page.words[mention.tokens.start].hash != const { hash("the") } {
        return None;
    }
    let word = page.words[mention.head()].hash;
    let named = |m: &usize| found[*m].kind == MentionKind::Name && !found[*m].quoted;
    let is_body = |entity: &usize| entities.all[*entity].class == Some(Tag::Organisation);
    let before = || (0..n).rev().take(BACK).filter(named).filter_map(|m| entities.of[m]).filter(is_body);
    let count = |entity: usize| entities.all[entity].mentions.iter().take_while(|m| **m < n).count();
    let of_name = before().find(|&entity| {
        let name = &entities.all[entity].name;
        name.len() > 1 && name.contains(&word)
    });
    // The one named last, unless another was named more often.
    let most = || {
        let most = before().fold(None, |best: Option<usize>, entity| match best {
            Some(known) if count(known) >= count(entity) => best,
            _ => Some(entity),
        });
        let public = |entity: usize| entities.all[entity].name.iter().any(|word| PUBLIC.contains(word));
        most.filter(|&entity| COMPANIES.contains(&word) && count(entity) > 1 && !public(entity))
    };
    of_name.or_else(most)
}

/// Nouns that stand for a company named before.
const COMPANIES: [u32; 7] = hashes(["company", "firm", "bank", "retailer", "carmaker", "automaker", "manufacturer"]);

/// Words in the names of bodies that are no company.
const PUBLIC: [u32; 36] = hashes([
    "house",
    "senate",
    "congress",
    "parliament",
    "states",
    "u.s.",
    "us",
    "nation",
    "nations",
    "union",
    "kingdom",
    "eu",
    "un",
    "u.n.",
    "nato",
    "fbi",
    "f.b.i.",
    "cia",
    "c.i.a.",
    "court",
    "party",
    "republicans",
    "democrats",
    "gop",
    "g.o.p.",
    "department",
    "ministry",
    "committee",
    "commission",
    "council",
    "government",
    "administration",
    "campaign",
    "university",
    "police",
    "army",
]);

/// Nouns that stand for another body named before.
const BODIES: [u32; 21] = hashes([
    "airline",
    "network",
    "union",
    "charity",
    "club",
    "agency",
    "bureau",
    "department",
    "ministry",
    "commission",
    "committee",
    "council",
    "court",
    "university",
    "college",
    "school",
    "library",
    "trust",
    "institute",
    "association",
    "party",
]);

/// Returns who bears a role and was named last before mention `n`, outside marks.
fn bearer(found: &[Found], entities: &Entities, roles: &Roles, n: usize, role: u32) -> Option<usize> {
    let list = roles.get(&role)?;
    (0..n).rev().filter(|&m| !found[m].quoted).filter_map(|m| entities.of[m]).find(|entity| list.contains(entity))
}

/// Returns the last mention that brought in somebody without a name by the word that a definite description has: `a foreign
/// diplomat`, then `the diplomat`.
pub fn unnamed(page: &Page, found: &[Found], entities: &Entities, n: usize) -> Option<usize> {
    let word = page.words[found[n].head()].hash;
    let brings_in = |&m: &usize| {
        let other = &found[m];
        let first = &page.words[other.tokens.start];
        let before = other.tokens.start.checked_sub(1).map(|at| page.words[at].hash);
        let a = |word: u32| const { hashes(["a", "an", "another", "one"]) }.contains(&word);
        // `A Warren adviser`: a name stands between.
        let through_name = m.checked_sub(1).is_some_and(|name| {
            found[name].modifier
                && found[name].tokens.end == other.tokens.start
                && found[name].tokens.start.checked_sub(1).is_some_and(|at| a(page.words[at].hash))
        });
        other.kind == MentionKind::Nominal
            && page.words[other.head()].hash == word
            && entities.of[m].is_none()
            && (a(first.hash) || before.is_some_and(a) || through_name)
    };
    (0..n).rev().take(BACK).find(brings_in)
}

/// Returns whom a definite description means: who bears the role, named last before it; else, for words that tell one
/// person from the others of a story, who was spoken of last.
fn meant(page: &Page, found: &[Found], entities: &Entities, roles: &Roles, n: usize) -> Option<usize> {
    let mention = &found[n];
    let head = &page.words[mention.head()];
    let sex = match head.flags & (flag::MALE | flag::FEMALE) {
        flag::MALE => Sex::Male,
        flag::FEMALE => Sex::Female,
        _ => Sex::Unknown,
    };
    let agrees = |entity: usize| {
        let known = entities.all[entity].sex;
        entities.all[entity].class == Some(Tag::Person)
            && (sex == Sex::Unknown || known == Sex::Unknown || known == sex)
    };
    let sentence = page.tokens.sentence_of(mention.head());
    let before = || (0..n).rev().filter(|&m| !found[m].quoted);
    let known = bearer(found, entities, roles, n, short(head.hash)).filter(|entity| agrees(*entity));
    let last = known.and_then(|entity| (0..n).rev().find(|&m| entities.of[m] == Some(entity)));
    if unnamed(page, found, entities, n).is_some_and(|other| last.is_none_or(|last| last < other)) {
        return None;
    }
    if known.is_some() {
        return known;
    }
    if ANONYMOUS.contains(&head.hash) {
        return None;
    }
    // The subject of the sentence before, else whoever was named last in it.
    let mut best: Option<(i32, usize)> = None;
    for m in before() {
        let other = page.tokens.sentence_of(found[m].head());
        // A mention that begins before this one may have its head in a later sentence.
        if other >= sentence {
            continue;
        }
        if other + REACH < sentence {
            break;
        }
        let Some(entity) = entities.of[m].filter(|&entity| agrees(entity)) else { continue };
        let next = page.words.get(found[m].tokens.end).map_or(Tag::Stop, |word| word.tag);
        let subject = next.is_finite() || matches!(next, Tag::Adverb | Tag::Comma);
        let score = 6 - 2 * (sentence - other).min(3) as i32 + i32::from(subject) * 3 - i32::from(found[m].modifier);
        if best.is_none_or(|(known, _)| score > known) {
            best = Some((score, entity));
        }
    }
    best.map(|(_, entity)| entity)
}

/// Heads that mostly bring in somebody without a name.
const ANONYMOUS: [u32; 65] = hashes([
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "official",
    "aide",
    "source",
    "adviser",
    "advisor",
    "expert",
    "analyst",
    "voter",
    "member",
    "supporter",
    "resident",
    "person",
    "man",
    "woman",
    "student",
    "worker",
    "employee",
    "witness",
    "officer",
    "reporter",
    "editor",
    "lawyer",
    "attorney",
    "judge",
    "narrator",
    "moderator",
    "user",
    "critic",
    "friend",
    "staffer",
    "operative",
    "strategist",
    "consultant",
    "donor",
    "delegate",
    "someone",
    "one",
    "another",
    "anyone",
    "nobody",
    "somebody",
    "everyone",
    "guest",
    "fan",
    "customer",
    "neighbor",
    "neighbour",
    "driver",
    "teacher",
    "head",
    "boss",
    "owner",
    "mother",
    "father",
    "brother",
    "sister",
    "son",
    "daughter",
    "wife",
    "husband",
    "child",
    "author",
]);
