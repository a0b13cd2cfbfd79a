//! Web pages: the article is told from the rest of the page, and its text, title and date are found.

mod blocks;
mod metadata;

use super::{Article, Kind, SourceError};
use blocks::{Block, Part};
use dom_query::Document;
use dom_smoothie::Readability;
use std::collections::HashMap;
use std::path::Path;

/// Elements nested deeper are no page that a person wrote, and the search for the article takes the square of the depth.
/// Browsers stop at 512.
const DEEPEST: usize = 400;

/// With more elements unclosed, a page is not read: each that follows looks through all of them.
const MOST_UNCLOSED: usize = 3_000;

/// A page of more blocks is read whole: no article has as many, and the search for it would take long.
const MOST_BLOCKS: usize = 20_000;

/// Reads a web page as one article named after its file.
///
/// Which blocks are the article is what readers of browsers find (Readability). They lose paragraphs now and then: what stands
/// between two blocks of the article, or in its own `<article>`, and reads as prose, is taken back. The text begins with the
/// headline that the page shows.
pub fn parse(page: &str, path: Option<&Path>) -> Result<Article, SourceError> {
    if unclosed(page) > MOST_UNCLOSED {
        return Err(SourceError::Unsupported(
            "its elements are nested thousands deep, as in no web page: save the article as text",
        ));
    }
    let mut article = super::text::parse("", path);
    let document = Document::from(page);
    let (blocks, depth) = blocks::blocks(document.root());
    article.kind = Kind::Html;
    article.date = metadata::date(&document);
    let found = if depth > DEEPEST || blocks.len() > MOST_BLOCKS { None } else { readable(document) };
    let kept = match &found {
        Some(found) => {
            article.title.clone_from(&found.title);
            article.date = article.date.or(found.date);
            choose(&blocks, found)
        }
        None => vec![false; blocks.len()],
    };
    article.text = if kept.contains(&true) {
        written(blocks.iter().zip(&kept).filter_map(|(block, &kept)| kept.then_some(block)))
    } else {
        if !blocks.is_empty() {
            article.notices.push("no article could be told from the rest of the page: all its text is read".to_owned());
        }
        written(blocks.iter().filter(|block| !block.beside))
    }
    .into();
    Ok(article)
}

/// Counts, for the place in a page where there are most, the elements that were opened and not closed, but for those that
/// need not be closed. About right: no more is needed to know a page whose reading would take the square of its length.
fn unclosed(page: &str) -> usize {
    const NEED_NOT: [&str; 28] = [
        "p", "li", "td", "tr", "th", "dt", "dd", "option", "optgroup", "colgroup", "thead", "tbody", "tfoot", "rp",
        "rt", "br", "img", "hr", "input", "meta", "link", "col", "area", "base", "source", "track", "wbr", "embed",
    ];
    let (mut open, mut most) = (0_usize, 0);
    for at in memchr::memchr_iter(b'<', page.as_bytes()) {
        let tag = &page[at + 1..];
        let closes = tag.starts_with('/');
        let name = &tag[usize::from(closes)..];
        let name = &name[..name.bytes().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(name.len())];
        if name.is_empty() || NEED_NOT.iter().any(|other| name.eq_ignore_ascii_case(other)) {
            continue;
        }
        open = if closes { open.saturating_sub(1) } else { open + 1 };
        most = most.max(open);
    }
    most
}

/// What Readability finds in a page.
struct Found {
    title: Option<String>,
    date: Option<jiff::civil::Date>,
    blocks: Vec<Block>,
}

fn readable(document: Document) -> Option<Found> {
    let mut readability = Readability::with_document(document, None, None).ok()?;
    let found = readability.parse().ok()?;
    let title = Some(found.title.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|title| !title.is_empty());
    let date = found.published_time.as_deref().and_then(metadata::day);
    let content = Document::fragment(found.content);
    Some(Found { title, date, blocks: blocks::blocks(content.root()).0 })
}

/// Tells of each block of the page whether it is the article's.
fn choose(blocks: &[Block], found: &Found) -> Vec<bool> {
    let mut wanted: HashMap<&str, usize> = HashMap::new();
    for block in &found.blocks {
        *wanted.entry(&block.text).or_default() += 1;
    }
    let mut kept: Vec<bool> = blocks
        .iter()
        .map(|block| match wanted.get_mut(block.text.as_str()) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        })
        .collect();
    // Where the markup sets most of the article aside, it means something else by it.
    let size = |wanted: fn(&Block) -> bool| -> usize {
        blocks
            .iter()
            .zip(&kept)
            .filter(|(block, kept)| **kept && wanted(block))
            .map(|(block, _)| block.text.len())
            .sum()
    };
    if size(|block| block.beside) * 3 < size(|_| true) {
        kept.iter_mut().zip(blocks).for_each(|(kept, block)| *kept &= !block.beside);
    }
    let (Some(mut first), Some(last)) = (kept.iter().position(|&kept| kept), kept.iter().rposition(|&kept| kept))
    else {
        return kept;
    };
    let headline = found.title.as_deref().and_then(|title| {
        let is_title =
            |block: &Block| block.part == Part::Heading(1) && !block.beside && one_says_the_other(&block.text, title);
        blocks.iter().position(is_title)
    });
    if let Some(headline) = headline.filter(|&at| at <= last) {
        kept[headline] = true;
        first = first.min(headline);
    }
    let mut articles: Vec<usize> =
        blocks.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(block, _)| block.article).collect();
    articles.sort_unstable();
    articles.dedup();
    for (at, block) in blocks.iter().enumerate() {
        let within = (first..last).contains(&at) || (block.article > 0 && articles.contains(&block.article));
        kept[at] |= within && !block.beside && is_prose(block);
    }
    kept
}

/// Tells whether a headline and the page's title are the same, or one is a part of the other (`Headline - The Paper`).
fn one_says_the_other(headline: &str, title: &str) -> bool {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let (headline, title) = (letters(headline), letters(title));
    !headline.is_empty() && !title.is_empty() && (title.contains(&headline) || headline.contains(&title))
}

/// Tells whether a block reads as prose: at least five words, the end of a sentence, and most of it no link.
fn is_prose(block: &Block) -> bool {
    let text = block.text.trim_end_matches(['"', '\'', '\u{201d}', '\u{2019}', ')', ']', '\u{bb}']);
    block.linked * 2 < block.text.len()
        && text.ends_with(['.', '?', '!', '\u{2026}', ':', ',', '\u{2014}'])
        && block.text.split_whitespace().nth(4).is_some()
}

/// Writes blocks as a text: an empty line between two, none between the items of a list and the lines of a post.
fn written<'a>(blocks: impl Iterator<Item = &'a Block>) -> String {
    let mut text = String::new();
    let mut before = None;
    for block in blocks {
        let close = before == Some(block.part) && matches!(block.part, Part::Item | Part::Post);
        if before.is_some() {
            text.push_str(if close { "\n" } else { "\n\n" });
        }
        match block.part {
            Part::Item => text.push_str("\u{2022} "),
            Part::Quoted => text.push_str("> "),
            Part::Prose | Part::Heading(_) | Part::Post => {}
        }
        text.push_str(&if block.part == Part::Quoted { block.text.replace('\n', "\n> ") } else { block.text.clone() });
        before = Some(block.part);
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_broken_as_a_browser_shows_it() {
        let page = "<p>One\n  <b>two</b>\tthree <q>four</q>&nbsp;&amp; five<br>six<br><br>seven <script>x</script><pre>a\n b</pre>\
            <table><tr><td>x</td><td>y</td></tr></table><p hidden>no</p><p style='display: none'>no</p><!-- no -->\
            <blockquote><p>Said.<br>Again.</blockquote><ul><li>i<li>j<p>k</ul><h2>Head</h2>";
        let (blocks, _) = blocks::blocks(Document::from(page).root());
        assert_eq!(
            written(blocks.iter()),
            "One two three “four”\u{a0}& five\nsix\n\nseven\n\na\nb\n\nx\n\ny\n\n> Said.\n> Again.\n\n• i\n• j\n\nk\n\nHead\n"
        );
    }
}
