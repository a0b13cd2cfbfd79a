//! An article of the tests: with marks, a control character and two speakers of different years.

use super::Document;
use crate::annotation::codebook::Codebook;
use crate::annotation::{Annotations, RawText, resolve};
use crate::engine::{Cancel, Options, analyze};
use crate::source::Article;
use crate::text::PointIndex;

/// The article.
pub const TEXT: &str = "LONDON, June 6, 2017 — A meeting.\n\n“Pay & <b>\u{1}\u{202e} now,” Ann Bell said on Monday.\n\n\
    “We will not pay a cent,” Bo Stone said on Tuesday.\n\n“Who pays?” asked Bo Stone in 2009.\n";

/// Analyses `text` and hands it to `draw` as an export gets it.
pub fn with<T>(text: &str, draw: impl FnOnce(&Document) -> T) -> T {
    let article = Article {
        id: "a<b>".to_owned(),
        path: None,
        title: None,
        date: None,
        text: text.into(),
        kind: crate::source::Kind::Text,
        notices: Vec::new(),
    };
    let analysis = analyze(&article.text, &Options::default(), &Cancel::default()).expect("nobody cancels it");
    let (index, notes) = (PointIndex::new(&article.text), Annotations::default());
    let book = Codebook::default();
    let resolved = resolve(&analysis, &notes, RawText { text: &article.text, index: &index });
    draw(&Document {
        article: &article,
        analysis: &analysis,
        notes: &notes,
        resolved: &resolved,
        book: &book,
        coder: "me",
    })
}
