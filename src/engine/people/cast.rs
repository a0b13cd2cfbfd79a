//! The cast: who is left as a speaker once it is known who says what.

use super::{MentionKind, Speaker, SpeakerId};
use crate::engine::model::Tag;
use crate::engine::page::Page;
use crate::engine::quotes::Quote;

/// Keeps those who speak, and the people who are named without speaking; drops places, days, parties and works that say
/// nothing. The quotations' ids follow.
pub fn cast(page: &Page, quotes: &mut [Quote], speakers: Vec<Speaker>) -> Vec<Speaker> {
    let mut place = vec![None; speakers.len()];
    for quote in quotes.iter() {
        if let Some(known) = quote.speaker.and_then(|id| place.get_mut(id.0 as usize)) {
            *known = Some(0);
        }
    }
    let mut out = Vec::with_capacity(speakers.len());
    for (n, speaker) in speakers.into_iter().enumerate() {
        if place[n].is_some() || is_person(page, &speaker) {
            place[n] = Some(out.len() as u32);
            out.push(speaker);
        }
    }
    for quote in quotes {
        quote.speaker = quote.speaker.and_then(|id| place.get(id.0 as usize).copied().flatten()).map(SpeakerId);
    }
    out
}

/// Tells whether most words of its names are a person's.
fn is_person(page: &Page, speaker: &Speaker) -> bool {
    let names = speaker.mentions.iter().filter(|mention| mention.kind == MentionKind::Name);
    let (mut all, mut person) = (0, 0);
    for word in names.flat_map(|mention| &page.words[page.tokens.within(mention.span)]) {
        all += 1;
        person += usize::from(word.tag == Tag::Person);
    }
    2 * person > all
}
