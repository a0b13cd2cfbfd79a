//! Names that the form of the text shows: labels of turns, signatures of letters and posts. The tagger knows sentences, and
//! misses half of them.

use super::MentionKind;
use super::mentions::Found;
use crate::engine::lexicon::flag;
use crate::engine::model::Tag;
use crate::engine::page::Page;
use crate::engine::quotes::forms::{Author, Forms};
use crate::text::TokenKind;
use std::ops::Range;

/// Makes each of these names one mention, in place of what was found there; a label that names nobody is none.
pub fn put(page: &Page, forms: &Forms, found: &mut Vec<Found>) {
    let names = forms.speech.iter().filter(|set| set.author == Author::Name).map(|set| set.name.clone());
    let mut names: Vec<Range<usize>> = names.chain(forms.signed.iter().map(|(_, name)| name.clone())).collect();
    names.retain(|name| !name.is_empty() && page.text.as_bytes()[page.tokens.all[name.start].start as usize] != b'@');
    names.sort_by_key(|name| name.start);
    names.dedup();
    let nobody: Vec<&Range<usize>> =
        forms.speech.iter().filter(|set| set.author == Author::Nobody).map(|set| &set.name).collect();
    if names.is_empty() && nobody.is_empty() {
        return;
    }
    let mut known: Vec<Option<Tag>> = vec![None; names.len()];
    found.retain(|mention| {
        let at = names.partition_point(|name| name.end <= mention.tokens.start);
        let over = names.get(at).filter(|name| name.start < mention.tokens.end);
        if over.is_some_and(|name| mention.kind == MentionKind::Name && mention.name == *name) {
            known[at] = Some(mention.class);
        }
        let overlaps = |name: &&Range<usize>| name.start < mention.tokens.end && mention.tokens.start < name.end;
        over.is_none() && !nobody.iter().any(overlaps)
    });
    for (name, class) in names.into_iter().zip(known) {
        let bare = past_titles(page, &name);
        found.push(Found {
            name: bare,
            tokens: name,
            kind: MentionKind::Name,
            class: class.filter(|class| matches!(class, Tag::Person | Tag::Organisation)).unwrap_or(Tag::Person),
            quoted: false,
            modifier: false,
        });
    }
    found.sort_by_key(|mention| mention.tokens.start);
}

/// Returns a name without the titles it begins with, where something is left.
fn past_titles(page: &Page, name: &Range<usize>) -> Range<usize> {
    let mut start = name.start;
    while start < name.end && page.words[start].is(flag::TITLE) && !page.words[start].is(flag::FIRST) {
        start += 1;
        while start < name.end && page.tokens.all[start].kind == TokenKind::Punct {
            start += 1;
        }
    }
    if start < name.end { start..name.end } else { name.clone() }
}
