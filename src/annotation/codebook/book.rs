//! The tags as a tree, and what can be done to it; the file changes along.

use super::paper::{self, Paper};
use super::retag::Retag;
use super::tag::{Tag, same};
use crate::annotation::NoteId;
use crate::config::Diagnostic;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Why something cannot be done to a codebook.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// There is no such tag.
    #[error("there is no tag “{0}”")]
    Unknown(String),
    /// The name is taken.
    #[error("there is a tag “{0}” already; names differ by more than their case")]
    Taken(String),
    /// A name must have a letter at least, and stand on one line.
    #[error("“{0}” is no name for a tag: it must be one line and not empty")]
    NoName(String),
    /// The key is taken.
    #[error("the key {key} gives “{tag}” already")]
    KeyTaken {
        /// The key.
        key: char,
        /// Whose it is.
        tag: String,
    },
    /// The id is taken.
    #[error("the id {0} is that of another tag")]
    IdTaken(Uuid),
    /// It would stand under itself.
    #[error("“{tag}” cannot stand under “{parent}”, which stands under it")]
    Cycle {
        /// The tag.
        tag: String,
        /// The one it was to stand under.
        parent: String,
    },
    /// A tag cannot be merged into itself.
    #[error("“{0}” is the same tag")]
    Same(String),
}

/// The tags in the order of the file, and the file itself, so that comments and unknown keys stay.
#[derive(Debug, Clone, Default)]
pub struct Codebook {
    tags: Vec<Tag>,
    paper: Paper,
}

impl Codebook {
    /// Reads a codebook. A mistake costs the tag (or the value) in which it stands, and is named with its place in
    /// `file`; where the text is no TOML at all, the codebook is empty. What could not be read stays in the text.
    pub fn parse(text: &str, file: &str) -> (Self, Vec<Diagnostic>) {
        let (tags, paper, found) = paper::parse(text, file);
        (Self { tags, paper }, found)
    }

    /// Returns the text of the file.
    pub fn text(&self) -> String {
        self.paper.text()
    }

    /// Returns the tags in the order of the file.
    pub fn tags(&self) -> &[Tag] {
        &self.tags
    }

    /// Returns the tag of this name.
    pub fn find(&self, name: &str) -> Option<&Tag> {
        self.tags.iter().find(|tag| tag.name == name)
    }

    /// Returns the tag of this id.
    pub fn by_id(&self, id: Uuid) -> Option<&Tag> {
        self.tags.iter().find(|tag| tag.id == id)
    }

    /// Returns the tag that a key gives.
    pub fn by_key(&self, key: char) -> Option<&Tag> {
        self.tags.iter().find(|tag| tag.key == Some(key))
    }

    /// Returns the tags as a tree: each with its depth from 0, children behind their parent in the order of the file.
    pub fn tree(&self) -> Vec<(usize, &Tag)> {
        let mut below: BTreeMap<Option<&str>, Vec<&Tag>> = BTreeMap::new();
        for tag in &self.tags {
            below.entry(tag.parent.as_deref()).or_default().push(tag);
        }
        let mut out = Vec::with_capacity(self.tags.len());
        let tops = below.remove(&None).unwrap_or_default();
        let mut open: Vec<(usize, &Tag)> = tops.into_iter().rev().map(|tag| (0, tag)).collect();
        while let Some((depth, tag)) = open.pop() {
            out.push((depth, tag));
            let children = below.remove(&Some(tag.name.as_str())).unwrap_or_default();
            open.extend(children.into_iter().rev().map(|tag| (depth + 1, tag)));
        }
        out
    }

    /// Adds a tag at the end.
    pub fn add(&mut self, tag: Tag) -> Result<(), Refused> {
        let tag = Tag { name: self.free_name(&tag.name, None)?, ..tag };
        if let Some(parent) = &tag.parent {
            self.place(parent)?;
        }
        if self.tags.iter().any(|known| known.id == tag.id) {
            return Err(Refused::IdTaken(tag.id));
        }
        self.free_key(tag.key, tag.id)?;
        self.paper.push(&tag);
        self.tags.push(tag);
        Ok(())
    }

    /// Gives a tag another colour, key, description, memo or roles. Its name, parent and id stay as they are.
    pub fn describe(&mut self, name: &str, change: impl FnOnce(&mut Tag)) -> Result<(), Refused> {
        let at = self.place(name)?;
        let mut tag = self.tags[at].clone();
        change(&mut tag);
        let old = &self.tags[at];
        let tag = Tag { id: old.id, name: old.name.clone(), parent: old.parent.clone(), ..tag };
        self.free_key(tag.key, tag.id)?;
        self.set(at, tag);
        Ok(())
    }

    /// Renames a tag; its children and its annotations follow.
    pub fn rename(&mut self, from: &str, to: &str) -> Result<Retag, Refused> {
        let at = self.place(from)?;
        let to = self.free_name(to, Some(at))?;
        let tag = Tag { name: to.clone(), ..self.tags[at].clone() };
        self.set(at, tag);
        self.hand_over(from, Some(&to));
        Ok(Retag::new(format!("renamed the tag {from} to {to}"), from, Some(to)))
    }

    /// Merges one tag into another, which takes over its children and its annotations.
    pub fn merge(&mut self, from: &str, into: &str) -> Result<Retag, Refused> {
        let at = self.place(from)?;
        let target = self.place(into)?;
        if at == target {
            return Err(Refused::Same(from.to_owned()));
        }
        if self.stands_under(into, from) {
            // The target moves up to where the merged one stood.
            let parent = self.tags[at].parent.clone();
            let tag = Tag { parent, ..self.tags[target].clone() };
            self.set(target, tag);
        }
        self.hand_over(from, Some(into));
        self.drop(from);
        Ok(Retag::new(format!("merged the tag {from} into {into}"), from, Some(into.to_owned())))
    }

    /// Splits a new tag off another: of the annotations that carry `from`, those in `chosen` carry the new one instead.
    /// Without a parent of its own the new tag stands beside the old one.
    pub fn split(&mut self, from: &str, new: Tag, chosen: BTreeSet<NoteId>) -> Result<Retag, Refused> {
        let at = self.place(from)?;
        let parent = new.parent.clone().or_else(|| self.tags[at].parent.clone());
        self.add(Tag { parent, ..new })?;
        let to = self.tags.last().map(|tag| tag.name.clone()).unwrap_or_default();
        let retag = Retag::new(format!("split the tag {to} off {from}"), from, Some(to));
        Ok(Retag { only: Some(chosen), ..retag })
    }

    /// Puts a tag, with all below it, under another, or (`None`) at the top.
    pub fn move_to(&mut self, name: &str, parent: Option<&str>) -> Result<(), Refused> {
        let at = self.place(name)?;
        if let Some(parent) = parent {
            self.place(parent)?;
            if parent == name || self.stands_under(parent, name) {
                return Err(Refused::Cycle { tag: name.to_owned(), parent: parent.to_owned() });
            }
        }
        let tag = Tag { parent: parent.map(str::to_owned), ..self.tags[at].clone() };
        self.set(at, tag);
        Ok(())
    }

    /// Removes a tag; its children move up to where it stood, its annotations lose it.
    pub fn remove(&mut self, name: &str) -> Result<Retag, Refused> {
        let at = self.place(name)?;
        let parent = self.tags[at].parent.clone();
        self.hand_over(name, parent.as_deref());
        self.drop(name);
        Ok(Retag::new(format!("removed the tag {name}"), name, None))
    }

    /// Takes over what another codebook says: tags of the same id (or, failing that, of the same name) are changed, new
    /// ones added. What the other cannot say (`None`, no roles) stays; tags that the other lacks stay too. Returns the
    /// renamings, for the annotations to follow, and what could not be taken over, in words.
    pub fn take_over(&mut self, other: &[Tag]) -> (Vec<Retag>, Vec<String>) {
        let (mut retags, mut left) = (Vec::new(), Vec::new());
        // The names by which the other's tags are known here.
        let mut names: BTreeMap<&str, String> = BTreeMap::new();
        for tag in other {
            let known = self.tags.iter().position(|known| known.id == tag.id);
            let known = known.or_else(|| self.tags.iter().position(|known| known.name == tag.name));
            let result = match known {
                Some(at) => {
                    let old = self.tags[at].name.clone();
                    let result = self.update(at, tag);
                    if let Some(new) = result.as_ref().ok().filter(|new| **new != old) {
                        retags.push(Retag::new(format!("renamed the tag {old} to {new}"), &old, Some(new.clone())));
                    }
                    result
                }
                None => self.add(Tag { parent: None, ..tag.clone() }).map(|()| tag.name.trim().to_owned()),
            };
            match result {
                Ok(name) => {
                    names.insert(&tag.name, name);
                }
                Err(refused) => left.push(format!("{}: {refused}", tag.name)),
            }
        }
        for tag in other {
            let (Some(name), Some(parent)) = (names.get(tag.name.as_str()), &tag.parent) else { continue };
            let parent = names.get(parent.as_str()).unwrap_or(parent).clone();
            let name = name.clone();
            if self.find(&name).is_some_and(|tag| tag.parent.as_ref() != Some(&parent))
                && let Err(refused) = self.move_to(&name, Some(&parent))
            {
                left.push(refused.to_string());
            }
        }
        (retags, left)
    }

    fn update(&mut self, at: usize, tag: &Tag) -> Result<String, Refused> {
        let name = self.free_name(&tag.name, Some(at))?;
        let old = self.tags[at].clone();
        let roles = if tag.roles.is_empty() { old.roles } else { tag.roles.clone() };
        let new = Tag {
            id: old.id,
            name: name.clone(),
            colour: tag.colour.clone().or(old.colour),
            key: tag.key.or(old.key),
            description: tag.description.clone().or(old.description),
            memo: tag.memo.clone().or(old.memo),
            roles,
            parent: old.parent,
        };
        self.free_key(new.key, new.id)?;
        self.set(at, new);
        self.hand_over(&old.name, Some(&name));
        Ok(name)
    }

    fn place(&self, name: &str) -> Result<usize, Refused> {
        self.tags.iter().position(|tag| tag.name == name).ok_or_else(|| Refused::Unknown(name.to_owned()))
    }

    /// Returns the name without spaces around it, where no tag but the one at `own` has it.
    fn free_name(&self, name: &str, own: Option<usize>) -> Result<String, Refused> {
        let name = name.trim();
        if name.is_empty() || name.chars().any(char::is_control) {
            return Err(Refused::NoName(name.to_owned()));
        }
        let taken = |(n, tag): (usize, &Tag)| (Some(n) != own && same(&tag.name, name)).then(|| tag.name.clone());
        match self.tags.iter().enumerate().find_map(taken) {
            Some(taken) => Err(Refused::Taken(taken)),
            None => Ok(name.to_owned()),
        }
    }

    fn free_key(&self, key: Option<char>, own: Uuid) -> Result<(), Refused> {
        let Some(key) = key else { return Ok(()) };
        match self.tags.iter().find(|tag| tag.key == Some(key) && tag.id != own) {
            Some(tag) => Err(Refused::KeyTaken { key, tag: tag.name.clone() }),
            None => Ok(()),
        }
    }

    /// Whether `name` stands somewhere below `above`.
    fn stands_under(&self, name: &str, above: &str) -> bool {
        let mut at = self.find(name);
        // Never more steps than tags: what is read from a file has no cycles, but this must end all the same.
        for _ in 0..self.tags.len() {
            match at.and_then(|tag| tag.parent.as_deref()) {
                Some(parent) if parent == above => return true,
                Some(parent) => at = self.find(parent),
                None => return false,
            }
        }
        false
    }

    fn hand_over(&mut self, from: &str, to: Option<&str>) {
        for at in 0..self.tags.len() {
            let tag = &self.tags[at];
            if tag.parent.as_deref() == Some(from) && Some(tag.name.as_str()) != to {
                let tag = Tag { parent: to.map(str::to_owned), ..tag.clone() };
                self.set(at, tag);
            }
        }
    }

    fn set(&mut self, at: usize, tag: Tag) {
        self.paper.change(&self.tags[at], &tag);
        self.tags[at] = tag;
    }

    fn drop(&mut self, name: &str) {
        if let Some(tag) = self.find(name).cloned() {
            self.paper.remove(tag.id);
            self.tags.retain(|known| known.id != tag.id);
        }
    }
}
