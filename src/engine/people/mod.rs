//! People: names, titles, pronouns, descriptions and handles, gathered into those who may speak.

pub mod cast;
pub mod descriptions;
pub mod entities;
pub mod labels;
pub mod mentions;
pub mod overwritten;
pub mod pronouns;

pub use entities::{Entities, Entity};
pub use mentions::Found;

use super::model::linear::Adapted;
use super::page::Page;
use super::quotes::Marked;
use crate::text::{Clean, Span};

/// The number of a speaker within its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpeakerId(pub u32);

/// Somebody who may speak, with all the names the article uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// The fullest proper name the article gives; `None` where nobody nameable speaks.
    pub name: Option<String>,
    /// How an unnamed source is described: `a spokesman for the mayor`.
    pub description: Option<String>,
    /// The other names the article uses, longest first.
    pub aliases: Vec<String>,
    /// Where it is named, in order.
    pub mentions: Vec<Mention>,
    /// What it is.
    pub kind: SpeakerKind,
}

impl Speaker {
    /// Returns what to call it: the name, else the description, else `unknown`.
    pub fn label(&self) -> &str {
        self.name.as_deref().or(self.description.as_deref()).unwrap_or("unknown")
    }
}

/// What a speaker is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum SpeakerKind {
    /// A person.
    #[default]
    Person,
    /// A company, ministry, party, newspaper.
    Organisation,
    /// Several people: `two officials`, `they`.
    Group,
}

/// One place where a speaker is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// The bytes of the mention.
    pub span: Span<Clean>,
    /// How it is named.
    pub kind: MentionKind,
}

/// How a mention names its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionKind {
    /// By name.
    Name,
    /// By pronoun.
    Pronoun,
    /// By description: `the mayor`.
    Nominal,
    /// By handle: `@SadiqKhan`.
    Handle,
}

/// The people of an article before it is known who says what.
#[derive(Debug, Clone, Default)]
pub struct People {
    /// All mentions in order.
    pub found: Vec<Found>,
    /// Who bears which names; pronouns and descriptions point to them too.
    pub entities: Entities,
}

/// Finds the people of `page` and gathers their mentions, with the models built in.
pub fn find(page: &Page, marked: &Marked) -> People {
    find_with(page, marked, &pronouns::MODEL)
}

/// Finds the people of `page` and gathers their mentions; `pronoun` tells whom pronouns mean.
pub fn find_with(page: &Page, marked: &Marked, pronoun: &Adapted) -> People {
    let mut found = mentions::find(page, &marked.quoted);
    overwritten::remove(page, &mut found);
    labels::put(page, &marked.forms, &mut found);
    let mut entities = entities::gather(page, &found);
    pronouns::resolve(page, &found, &mut entities, pronoun);
    descriptions::resolve(page, &found, &mut entities);
    pronouns::relatives(page, &found, &mut entities);
    People { found, entities }
}
