//! An article read with the notes on it: its date, and the repairs to leave be, are the reader's.

use super::anchor::RawText;
use super::model::{Annotations, ArticleNote};
use super::resolved::{Resolved, resolve};
use crate::engine::clean::CleanOptions;
use crate::engine::{Analysis, Cancel, Cancelled, Options, analyze};
use crate::source::Article;
use crate::text::PointIndex;
use jiff::civil::Date;

impl ArticleNote {
    /// Returns how `article`, whose raw text `raw` is, is to be analysed. A date of the reader's goes before `given`.
    pub fn options(&self, article: &Article, raw: RawText, given: Option<Date>) -> Options {
        let of = Options::of(article);
        Options {
            given_date: self.date.map(|days| days.to).or(given),
            cleaning: CleanOptions { markdown: of.cleaning.markdown, ..self.unrepaired.options(raw) },
            ..of
        }
    }
}

/// Returns what is found in an article, and with it what was decided.
pub fn read(article: &Article, notes: &Annotations, given: Option<Date>) -> Result<(Analysis, Resolved), Cancelled> {
    let index = PointIndex::new(&article.text);
    let raw = RawText { text: &article.text, index: &index };
    let options = notes.article.options(article, raw, given);
    let analysis = analyze(&article.text, &options, &Cancel::default())?;
    let resolved = resolve(&analysis, notes, raw);
    Ok((analysis, resolved))
}
