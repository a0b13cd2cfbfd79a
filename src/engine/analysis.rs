//! Joins the rooms: cleaning, quotations, people, attribution and time, in that order.

use super::page::Page;
use super::words::Words;
use super::{CleanText, DocumentDate, Quote, Speaker, SpeakerId, Timex, attribution, clean, people, quotes, time};
use crate::source::{Article, Kind};
use crate::text::Tokens;
use jiff::civil::Date;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What the caller knows of the article, and wishes.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The article's date where somebody gave it (`--date`, or the reader).
    pub given_date: Option<Date>,
    /// The article's date where its source states it (JSONL `date`, metadata).
    pub metadata_date: Option<Date>,
    /// The title where the source states one apart from the text.
    pub title: Option<String>,
    /// The file name or address it came from: such names often carry the date.
    pub source_name: Option<String>,
    /// What cleaning is told, and what it leaves alone.
    pub cleaning: clean::CleanOptions,
}

impl Options {
    /// Returns what the source tells of an article: its title, its date, and the name of its file, where that is a file
    /// of one article. The name of a file of many says nothing of one of them, nor does a folder's, but for a day's
    /// (`2017/06/05/bridge.txt`): a folder may be named after the day of its making.
    pub fn of(article: &Article) -> Self {
        let path = article.path.as_deref();
        let own = path.filter(|path| !matches!(Kind::of(path), Some(Kind::Jsonl | Kind::Csv)));
        let name = |path: &Path| -> String {
            let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
            let folders = parts.iter().rev().skip(1);
            let days = folders.take_while(|folder| folder.bytes().all(|byte| byte.is_ascii_digit())).count();
            parts[parts.len().saturating_sub(days + 1)..].join("/")
        };
        Self {
            metadata_date: article.date,
            title: article.title.clone(),
            source_name: own.map(name),
            cleaning: clean::CleanOptions { markdown: article.kind == Kind::Markdown, ..Default::default() },
            ..Self::default()
        }
    }
}

/// Everything the program found in one article. All spans are into `clean.text`.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// The cleaned text, its map to the raw text, the repairs and the suspects.
    pub clean: CleanText,
    /// The quotations in order of their first byte.
    pub quotes: Vec<Quote>,
    /// The speakers; a `SpeakerId` is an index into this.
    pub speakers: Vec<Speaker>,
    /// The date expressions in order.
    pub timexes: Vec<Timex>,
    /// The article's date, with where it is from.
    pub date: DocumentDate,
}

impl Analysis {
    /// Returns the speaker with this id.
    pub fn speaker(&self, id: SpeakerId) -> Option<&Speaker> {
        self.speakers.get(id.0 as usize)
    }
}

/// Tells a running analysis to stop; clones share the one flag.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Asks the analysis to stop at its next look.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Returns `Err(Cancelled)` once somebody asked to stop.
    pub fn check(&self) -> Result<(), Cancelled> {
        if self.0.load(Ordering::Relaxed) { Err(Cancelled) } else { Ok(()) }
    }
}

/// The analysis was told to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cancelled")]
pub struct Cancelled;

/// Finds who said what, and when, in the raw text `raw`.
pub fn analyze(raw: &str, options: &Options, cancel: &Cancel) -> Result<Analysis, Cancelled> {
    let clean = clean::clean(raw, &options.cleaning);
    cancel.check()?;
    let tokens = Tokens::new(&clean.text);
    let words = Words::new(&tokens, &clean.suspects);
    let page = Page { text: &clean.text, tokens: &tokens, words: &words.all, suspects: &clean.suspects };
    let timexes = time::expressions(&page);
    cancel.check()?;
    let marked = quotes::find(&page);
    cancel.check()?;
    let people = people::find(&page, &marked);
    cancel.check()?;
    let (mut quotes, speakers) = attribution::attribute(&page, &marked, &people);
    let speakers = people::cast::cast(&page, &mut quotes, speakers);
    cancel.check()?;
    let (timexes, date) = time::resolve(&page, timexes, options);
    time::date_quotes(&page, &mut quotes, &timexes, &date);
    Ok(Analysis { clean, quotes, speakers, timexes, date })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_file_of_one_article_and_folders_of_days_name_a_date() {
        let name = |path: &str| {
            let article = Article {
                id: String::new(),
                path: Some(path.into()),
                title: None,
                date: None,
                text: "".into(),
                kind: Kind::Text,
                notices: Vec::new(),
            };
            Options::of(&article).source_name
        };
        assert_eq!(name("/home/a/scraped-2024-03-01/bridge.txt").as_deref(), Some("bridge.txt"));
        assert_eq!(name("news/2017/06/05/bridge.txt").as_deref(), Some("2017/06/05/bridge.txt"));
        assert_eq!(name("2017-06-05-bridge.md").as_deref(), Some("2017-06-05-bridge.md"));
        assert_eq!(name("2017-06-05.jsonl"), None);
        assert_eq!(name("2017-06-05.tsv"), None);
    }
}
