//! One tag of a codebook.

use crate::text::digest;
use uuid::Uuid;

/// What part of an attribution a tag may be put on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// What was said.
    Content,
    /// The words that tell that something was said.
    Cue,
    /// Who said it, as written.
    Source,
    /// To whom.
    Addressee,
    /// About what.
    Topic,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 5] = [Self::Content, Self::Cue, Self::Source, Self::Addressee, Self::Topic];

    /// Returns the name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Content => "content",
            Self::Cue => "cue",
            Self::Source => "source",
            Self::Addressee => "addressee",
            Self::Topic => "topic",
        }
    }

    /// Returns the role of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// One tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Its id, the same for good whatever it is called.
    pub id: Uuid,
    /// Its name, the one that annotations carry; there is no other of this name, in whatever case.
    pub name: String,
    /// `#rrggbb`, lower case.
    pub colour: Option<String>,
    /// The key that gives it.
    pub key: Option<char>,
    /// When to give it and when not.
    pub description: Option<String>,
    /// A memo: thoughts about it, which are no rule for giving it.
    pub memo: Option<String>,
    /// Where it may be put; everywhere where none is named.
    pub roles: Vec<Role>,
    /// The name of the tag above it.
    pub parent: Option<String>,
}

impl Tag {
    /// Makes a tag of this name, with an id that follows from the name: the same name gives the same id everywhere.
    pub fn new(name: &str) -> Self {
        Self {
            id: id_of(name),
            name: name.to_owned(),
            colour: None,
            key: None,
            description: None,
            memo: None,
            roles: Vec::new(),
            parent: None,
        }
    }
}

/// Whether two names are the same but for case.
pub(super) fn same(a: &str, b: &str) -> bool {
    a == b || a.to_lowercase() == b.to_lowercase()
}

/// Returns the id that follows from a name (UUID version 8 of its SHA-256).
pub(super) fn id_of(name: &str) -> Uuid {
    digest::id_of(&format!("whosaid tag\0{name}"))
}

/// Returns `#rrggbb` in lower case of `#rgb` or `#rrggbb`.
pub fn colour(text: &str) -> Option<String> {
    let digits = text.trim().strip_prefix('#')?.to_ascii_lowercase();
    let plain = digits.bytes().all(|b| b.is_ascii_hexdigit());
    match digits.len() {
        6 if plain => Some(format!("#{digits}")),
        3 if plain => Some(digits.chars().fold("#".to_owned(), |out, c| format!("{out}{c}{c}"))),
        _ => None,
    }
}
