//! The blocks of a web page: its text as a browser breaks it, paragraph by paragraph, with what the markup says of each.

use dom_query::NodeRef;

/// What is never text of the page.
const SKIPPED: [&str; 18] = [
    "head", "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "canvas", "audio",
    "video", "button", "select", "textarea", "dialog", "map",
];

/// Elements that stand in a line of text. All others begin and end a block.
const INLINE: [&str; 37] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "nobr", "picture", "q", "rp", "rt", "ruby", "s", "samp", "small", "source", "span",
    "strike", "strong", "sub", "sup", "time", "u",
];

/// Elements and roles whose text stands beside the article.
const BESIDE: [&str; 3] = ["nav", "aside", "footer"];
const BESIDE_ROLES: [&str; 7] = ["navigation", "complementary", "banner", "contentinfo", "search", "menu", "dialog"];

/// Words in the class or id of what is no part of the article, whole or before `-` and `_`.
const BESIDE_WORDS: [&str; 33] = [
    "ad",
    "ads",
    "advert",
    "advertisement",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "comment",
    "comments",
    "consent",
    "cookie",
    "disqus",
    "footer",
    "hidden",
    "menu",
    "modal",
    "nav",
    "navbar",
    "newsletter",
    "outbrain",
    "popup",
    "promo",
    "recirculation",
    "related",
    "share",
    "sharing",
    "sidebar",
    "signup",
    "social",
    "sponsor",
    "subscribe",
    "taboola",
    "trending",
];

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A paragraph, or a line that stands by itself.
    Prose,
    /// A heading, with its level from 1 to 6.
    Heading(u8),
    /// An item of a list.
    Item,
    /// A paragraph within a quotation of its own (`<blockquote>`).
    Quoted,
    /// A line of a post that is embedded in the page.
    Post,
}

/// A block of text, at least one character that is no space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its text: white space as one space, a `<br>` as a line break.
    pub text: String,
    /// What it is.
    pub part: Part,
    /// Whether the markup says that it stands beside the article (navigation, related links, an advertisement).
    pub beside: bool,
    /// Bytes of its text within links.
    pub linked: usize,
    /// The nearest `<article>` (or body of an article) it stands in, counted from 1 as they come; 0 for none.
    pub article: usize,
}

/// Returns the blocks below `root` in order, and how deep its elements are nested.
pub fn blocks(root: NodeRef) -> (Vec<Block>, usize) {
    let mut builder = Builder::default();
    let mut open: Vec<Element> = Vec::new();
    let mut deepest = 0;
    let mut next = Some(root);
    while let Some(node) = next {
        let element = builder.enter(&node);
        if let (Some(element), Some(child)) = (element, node.first_child()) {
            open.push(element);
            deepest = deepest.max(open.len());
            next = Some(child);
            continue;
        }
        if let Some(element) = element {
            builder.leave(element);
        }
        // Up to the next element that has something behind it.
        let mut here = node;
        next = loop {
            if let Some(sibling) = here.next_sibling().filter(|_| !open.is_empty()) {
                break Some(sibling);
            }
            let (Some(element), Some(parent)) = (open.pop(), here.parent()) else { break None };
            builder.leave(element);
            here = parent;
        };
    }
    builder.end();
    (builder.blocks, deepest)
}

/// What an open element changes.
#[derive(Debug, Clone, Copy)]
struct Element {
    sort: Sort,
    /// Whether it stands in a line of text.
    inline: bool,
    beside: bool,
    /// Where it begins an article: the one that was open before.
    before: Option<usize>,
}

/// What the text of an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Plain,
    Link,
    /// `<q>`: a browser writes the marks.
    Marked,
    Verbatim,
    Quoted,
    Post,
    Heading(u8),
}

/// Gathers the text of the block that is open, and the blocks before it.
#[derive(Debug, Default)]
struct Builder {
    blocks: Vec<Block>,
    text: String,
    linked: usize,
    /// A space, or so many line breaks, are due before the next character.
    gap: bool,
    breaks: usize,
    /// How many elements of a sort are open.
    links: usize,
    verbatim: usize,
    quoted: usize,
    posts: usize,
    beside: usize,
    heading: Option<u8>,
    /// The next block is the first of an item.
    item: bool,
    article: usize,
    articles: usize,
}

impl Builder {
    /// Takes in what stands at the beginning of `node`; `None` where there is nothing to look for within it.
    fn enter(&mut self, node: &NodeRef) -> Option<Element> {
        let plain = Element { sort: Sort::Plain, inline: false, beside: false, before: None };
        if node.is_text() {
            self.push(&node.text());
            return None;
        }
        let Some(name) = node.node_name() else {
            return (node.is_document() || node.is_fragment()).then_some(plain);
        };
        let name: &str = &name;
        match name {
            _ if SKIPPED.contains(&name) || hidden(node) => return None,
            "br" => {
                self.breaks += 1;
                return None;
            }
            "wbr" => return None,
            _ => {}
        }
        let mut element = Element {
            sort: sort(node, name),
            inline: INLINE.contains(&name),
            beside: BESIDE.contains(&name) || beside(node, name),
            ..plain
        };
        if !element.inline {
            self.end();
        }
        self.item |= name == "li";
        if name == "article" || node.attr("itemprop").is_some_and(|property| &*property == "articleBody") {
            self.articles += 1;
            element.before = Some(std::mem::replace(&mut self.article, self.articles));
        }
        self.beside += usize::from(element.beside);
        match element.sort {
            Sort::Plain => {}
            Sort::Link => self.links += 1,
            Sort::Marked => self.push("\u{201c}"),
            Sort::Verbatim => self.verbatim += 1,
            Sort::Quoted => self.quoted += 1,
            Sort::Post => self.posts += 1,
            Sort::Heading(level) => self.heading = Some(level),
        }
        Some(element)
    }

    /// Takes in the end of an element.
    fn leave(&mut self, element: Element) {
        if element.sort == Sort::Marked {
            self.gap = false;
            self.push("\u{201d}");
        }
        if !element.inline {
            self.end();
            self.item = false;
        }
        self.beside -= usize::from(element.beside);
        match element.sort {
            Sort::Plain | Sort::Marked => {}
            Sort::Link => self.links -= 1,
            Sort::Verbatim => self.verbatim -= 1,
            Sort::Quoted => self.quoted -= 1,
            Sort::Post => self.posts -= 1,
            Sort::Heading(_) => self.heading = None,
        }
        if let Some(before) = element.before {
            self.article = before;
        }
    }

    /// Adds text, its white space as one space; two line breaks begin a new block.
    fn push(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' if self.verbatim > 0 => self.breaks += 1,
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => self.gap = true,
                _ => {
                    if self.breaks > 1 && !self.text.is_empty() {
                        self.end();
                    }
                    if !self.text.is_empty() && (self.breaks > 0 || self.gap) {
                        self.text.push(if self.breaks > 0 { '\n' } else { ' ' });
                    }
                    (self.breaks, self.gap) = (0, false);
                    self.text.push(c);
                    self.linked += if self.links > 0 { c.len_utf8() } else { 0 };
                }
            }
        }
    }

    /// Ends the block that is open.
    fn end(&mut self) {
        (self.breaks, self.gap) = (0, false);
        if self.text.is_empty() {
            return;
        }
        let part = match self.heading {
            Some(level) => Part::Heading(level),
            None if self.posts > 0 => Part::Post,
            None if self.quoted > 0 => Part::Quoted,
            None if std::mem::take(&mut self.item) => Part::Item,
            None => Part::Prose,
        };
        self.blocks.push(Block {
            text: std::mem::take(&mut self.text),
            part,
            beside: self.beside > 0,
            linked: std::mem::take(&mut self.linked),
            article: self.article,
        });
    }
}

fn sort(node: &NodeRef, name: &str) -> Sort {
    match name {
        "a" => Sort::Link,
        "q" => Sort::Marked,
        "pre" => Sort::Verbatim,
        "blockquote" if node.class().is_some_and(|class| class.contains("tweet") || class.contains("-post")) => {
            Sort::Post
        }
        "blockquote" => Sort::Quoted,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Sort::Heading(name.as_bytes()[1] - b'0'),
        _ => Sort::Plain,
    }
}

fn hidden(node: &NodeRef) -> bool {
    node.has_attr("hidden")
        || node.attr("style").is_some_and(|style| {
            let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
}

/// Tells whether a role, a class or an id says that an element stands beside the article. The elements that hold the whole page
/// say much of what else is on it.
fn beside(node: &NodeRef, name: &str) -> bool {
    if matches!(name, "html" | "body" | "main" | "article" | "form" | "p" | "span" | "a" | "em" | "strong" | "b" | "i")
    {
        return false;
    }
    node.attr("role").is_some_and(|role| BESIDE_ROLES.contains(&&*role))
        || [node.class(), node.id_attr()].into_iter().flatten().any(|names| {
            names.split_ascii_whitespace().any(|name| {
                let first = name.split(['-', '_']).next().unwrap_or_default();
                BESIDE_WORDS.iter().any(|word| first.eq_ignore_ascii_case(word))
            })
        })
}
