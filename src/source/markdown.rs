//! Markdown: one article, with the title and the date that stand before it (YAML front matter) where there are any.

use super::{Article, Kind, stated_day};
use std::path::Path;

/// Reads `text` as one article named after its file. Its raw text is the whole of it; its signs are cleaning's business.
pub fn parse(text: &str, path: Option<&Path>) -> Article {
    let mut article = Article { kind: Kind::Markdown, ..super::text::parse(text, path) };
    for line in front(text) {
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        let value = ["\"", "'"].iter().find_map(|m| value.strip_prefix(m)?.strip_suffix(m)).unwrap_or(value);
        if value.is_empty() {
            continue;
        }
        match key.trim().to_ascii_lowercase().as_str() {
            "title" => article.title = Some(value.to_owned()),
            "date" | "published" | "published_time" | "publishdate" => {
                let day = stated_day(value);
                if day.is_none() {
                    article
                        .notices
                        .push(format!("the date {value:?} before the text is not YYYY-MM-DD and is left out"));
                }
                article.date = article.date.or(day);
            }
            _ => {}
        }
    }
    article
}

/// Returns the lines between two lines `---`, of which the first begins the text; none where there are no such.
fn front(text: &str) -> impl Iterator<Item = &str> {
    let mut lines = text.lines();
    let whole = lines.next() == Some("---") && lines.clone().any(|line| line == "---" || line == "...");
    lines.take_while(move |line| whole && !matches!(*line, "---" | "..."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_and_date_stand_before_the_text() {
        let article = parse("---\ntitle: \"Bridge: open\"\nauthor: X\nDate: 2017-06-04T10:00\n---\n\nText.\n", None);
        assert_eq!(
            (article.title.as_deref(), article.date),
            (Some("Bridge: open"), Some(jiff::civil::date(2017, 6, 4)))
        );
        assert!(article.text.starts_with("---") && article.notices.is_empty());
        assert_eq!(parse("---\ndate: soon\n---\n", None).notices.len(), 1);
        for none in ["title: A\n\nText.", "---\ntitle: A\nno end", "", "Text\n---\ntitle: A\n---\n"] {
            assert_eq!(parse(none, None).title, None, "{none}");
        }
    }
}
