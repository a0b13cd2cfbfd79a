//! Words that a coreference tool wrote over others name nobody: they never count as evidence for a speaker.

use super::mentions::Found;
use crate::engine::SuspectClass;
use crate::engine::page::Page;
use crate::engine::words::Shape;
use std::ops::Range;

/// Takes the overwritten words out of the mentions: a mention whose head was put in goes, one that only begins with such
/// words loses them, and an initial left without its first name (`us J. Trump` for `Donald J. Trump`) is no first name.
pub fn remove(page: &Page, found: &mut Vec<Found>) {
    let put_in: Vec<Range<usize>> = page
        .suspects
        .iter()
        .filter(|suspect| suspect.class == SuspectClass::Coref)
        .map(|suspect| page.tokens.within(suspect.clean))
        .filter(|tokens| !tokens.is_empty())
        .collect();
    if put_in.is_empty() {
        return;
    }
    // Suspects stand in order and apart.
    let over = |token: usize| {
        let at = put_in.partition_point(|tokens| tokens.end <= token);
        put_in.get(at).filter(|tokens| tokens.start <= token)
    };
    found.retain_mut(|mention| {
        if over(mention.head()).is_some() {
            return false;
        }
        while let Some(tokens) = over(mention.tokens.start) {
            mention.tokens.start = tokens.end;
            mention.name.start = mention.name.start.max(tokens.end);
        }
        let bare = mention.name.start > 0 && over(mention.name.start - 1).is_some();
        let is_initial = |token: usize| matches!(page.words[token].shape, Shape::Initial | Shape::Punct);
        while bare && mention.name.len() > 1 && is_initial(mention.name.start) {
            mention.name.start += 1;
            mention.tokens.start = mention.tokens.start.max(mention.name.start);
        }
        true
    });
}
