//! Where articles come from one by one, and which files of notes a step of the codebook may concern.

use super::files::{self, Found};
use crate::annotation::codebook::Step;
use crate::source::Article;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where an article comes from.
#[derive(Clone)]
pub enum Item {
    /// One article, read when it is opened.
    File {
        /// Its file.
        path: PathBuf,
        /// Its name.
        id: String,
    },
    /// One of several in a file, a sample, or what came on standard input.
    Read(Arc<Article>),
}

/// Tells, without reading the notes one by one, whether a file may hold what a step changes.
pub fn may_follow(path: &Path, step: &Step, back: bool) -> bool {
    let Ok(bytes) = std::fs::read(path) else { return true };
    let names: Vec<&str> =
        if back { vec![step.name.as_str()] } else { step.retags.iter().map(|retag| retag.from.as_str()).collect() };
    // How TOML writes these may differ.
    let plain = |name: &&str| !name.chars().any(|c| c.is_control() || matches!(c, '"' | '\\' | '\''));
    !names.iter().all(plain) || names.iter().any(|name| memchr::memmem::find(&bytes, name.as_bytes()).is_some())
}

/// Reads an article.
pub fn read_item(item: &Item) -> Result<Arc<Article>, String> {
    match item {
        Item::Read(article) => Ok(Arc::clone(article)),
        Item::File { path, .. } => {
            let (mut article, mut skipped) = (None, None);
            let read = files::articles(Some(path), None, &mut |found| {
                match found {
                    Found::Article(found) => article = Some(Arc::from(found)),
                    Found::Skipped(reason) => skipped = Some(reason),
                }
                Ok(())
            });
            let named = |reason: String| format!("{}: {reason}", path.display());
            read.map_err(named)?.map_err(|error| named(files::said(&error)))?;
            let article: Arc<Article> =
                article.ok_or_else(|| named(skipped.unwrap_or_else(|| "there is no article in it".to_owned())))?;
            if article.text.trim().is_empty() {
                return Err(named("it is empty: there is nothing to read in it".to_owned()));
            }
            Ok(article)
        }
    }
}
