//! Plain text: the whole input is one article.

use super::{Article, Kind};
use std::path::Path;

/// Reads `text` as one article named after its file.
pub fn parse(text: &str, path: Option<&Path>) -> Article {
    let id =
        path.and_then(Path::file_stem).map_or_else(|| "stdin".to_owned(), |stem| stem.to_string_lossy().into_owned());
    Article {
        id,
        path: path.map(Path::to_owned),
        title: None,
        date: None,
        text: text.into(),
        kind: Kind::Text,
        notices: Vec::new(),
    }
}
