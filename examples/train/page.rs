//! An article read as the engine reads it: a sound one without cleaning, so that the gold's offsets hold.

use crate::gold::Article;
use whosaid::engine::model::linear::{Adapted, Linear};
use whosaid::engine::model::tagger::{Loaded, tag_with};
use whosaid::engine::page::Page;
use whosaid::engine::people::{self, People};
use whosaid::engine::quotes::{self, Marked};
use whosaid::engine::words::Words;
use whosaid::text::{Clean, Span, Tokens};

/// What the engine finds in one article.
pub struct Read {
    pub tokens: Tokens,
    pub words: Words,
    pub marked: Marked,
    pub people: People,
}

/// An article of one share as the engine reads it with the models of the other shares.
pub struct Seen<'a> {
    pub share: usize,
    pub article: &'a Article,
    pub read: Read,
}

/// Deals the articles to shares, one for each tagger, and reads them; `lost` tells where lost marks stood, and without
/// `pronouns` those are resolved by nearness.
pub fn all<'a>(
    articles: Vec<&'a Article>,
    taggers: &[Loaded],
    lost: &[Adapted],
    pronouns: Option<&[Adapted]>,
) -> Vec<Seen<'a>> {
    let empty = Adapted::default();
    let read = |article: &'a Article| {
        let share = article.number % taggers.len();
        let pronoun = pronouns.map_or(&empty, |pronouns| &pronouns[share]);
        Seen { share, article, read: read(article, &taggers[share], &lost[share].sound, pronoun) }
    };
    articles.into_iter().map(read).collect()
}

/// Reads tokens and tags.
pub fn words(article: &Article, tagger: &Loaded) -> (Tokens, Words) {
    let tokens = Tokens::new(&article.text);
    let mut words = Words::untagged(&tokens, &article.suspects);
    tag_with(tagger, &tokens, &mut words.all);
    (tokens, words)
}

fn read(article: &Article, tagger: &Loaded, lost: &Linear, pronoun: &Adapted) -> Read {
    let (tokens, words) = words(article, tagger);
    let page = Page { text: &article.text, tokens: &tokens, words: &words.all, suspects: &article.suspects };
    let marked = quotes::find_with(&page, lost);
    let people = people::find_with(&page, &marked, pronoun);
    Read { tokens, words, marked, people }
}

impl Read {
    /// Returns the page as the engine's rooms take it.
    pub fn page<'a>(&'a self, article: &'a Article) -> Page<'a> {
        Page { text: &article.text, tokens: &self.tokens, words: &self.words.all, suspects: &article.suspects }
    }

    /// Returns the mentions outside marks that name the source: by its head, else by its last word.
    pub fn sources(&self, head: Option<[usize; 2]>, source: &[[usize; 2]]) -> Vec<usize> {
        let near = |start: usize, end: usize| -> Vec<usize> {
            let tokens = self.tokens.within(Span::<Clean>::new(start, end));
            let overlaps = |n: &usize| {
                let found = &self.people.found[*n];
                !found.quoted && found.tokens.start < tokens.end && tokens.start < found.tokens.end
            };
            (0..self.people.found.len()).filter(overlaps).collect()
        };
        let by_head = head.map(|[start, end]| near(start, end)).unwrap_or_default();
        if !by_head.is_empty() {
            return by_head;
        }
        source.last().map(|&[start, end]| near(end.saturating_sub(1).max(start), end)).unwrap_or_default()
    }
}
