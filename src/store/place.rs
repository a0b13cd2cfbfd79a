//! Where the notes on an article lie: a folder a coder, a file an article, named so that nothing leads outside.

use crate::source::Article;
pub use crate::text::digest::sha256;
use std::path::{Component, Path, PathBuf};

/// Returns the folder of a coder: the name itself where it is plain, else a plain form and 6 hex digits of its hash.
pub fn coder_folder(coder: &str) -> String {
    let slug = slug(coder, 32);
    if slug == coder { slug } else { format!("{slug}-{}", &sha256(coder.as_bytes())[..6]) }
}

/// Returns the file name of an article: a plain form of its id and 8 hex digits of the hash of where it is.
pub fn file_name(article: &Article, root: &Path) -> String {
    match article.path.as_deref() {
        Some(path) => file_name_of(path, &article.id, root),
        // From stdin or bundled: the text itself is all that tells it from others.
        None => named(&article.id, &format!("\0{}\0{}", article.id, sha256(article.text.as_bytes()))),
    }
}

/// Returns the file name of the article `id` in the file `path`.
pub fn file_name_of(path: &Path, id: &str, root: &Path) -> String {
    let at = location(path, root);
    let mut key = at.as_os_str().as_encoded_bytes().to_vec();
    key.push(0);
    key.extend_from_slice(id.as_bytes());
    format!("{}-{}.toml", slug(id, 48), &sha256(&key)[..8])
}

fn named(id: &str, key: &str) -> String {
    format!("{}-{}.toml", slug(id, 48), &sha256(key.as_bytes())[..8])
}

/// Returns where a file is: relative to `root`, the folder that holds the store, where it is below it; else absolute.
pub fn location(path: &Path, root: &Path) -> PathBuf {
    let path = real(path);
    match path.strip_prefix(real(root)) {
        Ok(below) => below.to_owned(),
        Err(_) => path,
    }
}

/// Returns the path without links and dots; one that does not exist is cleaned by its letters alone.
pub fn real(path: &Path) -> PathBuf {
    if let Ok(real) = path.canonicalize() {
        return real;
    }
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                out.pop();
            }
            Component::CurDir => {}
            other => out.push(other),
        }
    }
    out
}

/// Lower-case letters, digits, `-` and `_`, at most `longest` of them: safe in every file system.
fn slug(text: &str, longest: usize) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || c == '_' {
            out.push(c.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
        if out.len() >= longest {
            break;
        }
    }
    let out = out.trim_end_matches('-');
    if out.is_empty() { "x".to_owned() } else { out.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_plain() {
        assert_eq!(coder_folder("me"), "me");
        assert!(coder_folder("../../etc").starts_with("etc-"));
        assert_ne!(coder_folder("Me"), coder_folder("ME"));
        let name = file_name_of(Path::new("/nowhere/a/../x y.txt"), "x y", Path::new("/nowhere"));
        assert!(name.starts_with("x-y-") && name.len() == "x-y-".len() + 8 + 5, "{name}");
        assert_eq!(name, file_name_of(Path::new("/nowhere/x y.txt"), "x y", Path::new("/nowhere")));
    }

    proptest! {
        #[test]
        fn nothing_leads_outside(coder in any::<String>(), id in any::<String>()) {
            let name = file_name_of(Path::new("/nowhere/a"), &id, Path::new("/nowhere"));
            for part in [coder_folder(&coder), name] {
                prop_assert_eq!(Path::new(&part).components().count(), 1);
                prop_assert!(!part.starts_with('.') && part.len() < 80 && part.is_ascii());
            }
        }
    }
}
