//! Who asks and who answers in an interview whose turns are labelled: by name, or `Q` and `A`.

use crate::engine::model::Tag;
use crate::engine::page::Page;
use crate::engine::people::People;
use crate::engine::quotes::Form;
use crate::engine::quotes::forms::{Author, SetSpeech};

/// The entities that ask and answer.
#[derive(Debug, Clone, Copy, Default)]
pub struct Roles {
    asks: Option<usize>,
    answers: Option<usize>,
}

impl Roles {
    /// Returns who has the part of `author`, where that is one.
    pub fn of(self, author: Author) -> Option<usize> {
        match author {
            Author::Asks => self.asks,
            Author::Answers => self.answers,
            _ => None,
        }
    }
}

/// Tells whether a turn is one of a side, and not of somebody named.
fn is_part(set: &SetSpeech) -> bool {
    matches!(set.author, Author::Asks | Author::Answers)
}

/// Returns the entity that a label names.
pub fn bearer(page: &Page, people: &People, set: &SetSpeech) -> Option<usize> {
    let entities = &people.entities;
    let from = people.found.partition_point(|found| found.tokens.end <= set.name.start);
    let mut within = (from..people.found.len()).take_while(|&n| people.found[n].tokens.start < set.name.end);
    let last = set.name.clone().next_back().map_or(0, |at| page.words[at].hash);
    within.find_map(|n| entities.of[n]).or_else(|| {
        entities.all.iter().position(|entity| entity.name.last() == Some(&last) || entity.name.first() == Some(&last))
    })
}

/// Finds who asks and who answers where turns are labelled `Q` and `A`: of those whose turns are labelled by name, who asks
/// most and who says most besides; else answers whom the words before the first turn name, and the article most often.
pub fn roles(page: &Page, people: &People, forms: &[SetSpeech]) -> Roles {
    let mut turns = forms.iter().filter(|set| set.form == Form::Transcript);
    let Some(first) = turns.clone().next().filter(|_| turns.any(is_part)) else {
        return Roles::default();
    };
    // For each entity with labels of its own: its turns, and those that ask.
    let mut named: Vec<(usize, u32, u32)> = Vec::new();
    for set in forms.iter().filter(|set| set.form == Form::Transcript && set.author == Author::Name) {
        let Some(entity) = bearer(page, people, set) else { continue };
        let asks = u32::from(set.span.of(page.text).trim_end().ends_with('?'));
        match named.iter_mut().find(|(other, ..)| *other == entity) {
            Some((_, turns, questions)) => (*turns, *questions) = (*turns + 1, *questions + asks),
            None => named.push((entity, 1, asks)),
        }
    }
    if !named.is_empty() {
        let asks = named.iter().filter(|(.., asks)| *asks > 0).max_by_key(|(.., asks)| *asks).map(|(n, ..)| *n);
        let others = named.iter().filter(|(n, ..)| Some(*n) != asks);
        return Roles { asks, answers: others.max_by_key(|(_, turns, _)| *turns).map(|(n, ..)| *n) };
    }
    let before =
        people.found.iter().zip(&people.entities.of).take_while(|(found, _)| found.tokens.end <= first.name.start);
    let persons =
        before.filter_map(|(_, entity)| *entity).filter(|&n| people.entities.all[n].class == Some(Tag::Person));
    let count = |n: usize| people.entities.all[n].mentions.len();
    let answers = persons.fold(
        None,
        |best: Option<usize>, n| {
            if best.is_none_or(|best| count(n) > count(best)) { Some(n) } else { best }
        },
    );
    Roles { asks: None, answers }
}
