//! An article read as the engine reads it, without cleaning, so that the gold's offsets hold.

use crate::gold::Article;
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

/// Reads `article` with the tagger built in, or with `tagger`.
pub fn read(article: &Article, tagger: Option<&Loaded>) -> Read {
    let tokens = Tokens::new(&article.text);
    let words = match tagger {
        Some(tagger) => {
            let mut words = Words::untagged(&article.text, &tokens);
            tag_with(tagger, &tokens, &mut words.all);
            words
        }
        None => Words::new(&article.text, &tokens),
    };
    let page = Page { text: &article.text, tokens: &tokens, words: &words.all, suspects: &[] };
    let marked = quotes::find(&page);
    let people = people::find(&page, &marked);
    Read { tokens, words, marked, people }
}

impl Read {
    /// Returns the page as the engine's rooms take it.
    pub fn page<'a>(&'a self, article: &'a Article) -> Page<'a> {
        Page { text: &article.text, tokens: &self.tokens, words: &self.words.all, suspects: &[] }
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
