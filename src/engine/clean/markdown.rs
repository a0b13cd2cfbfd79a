//! Markdown: emphasis, links and the like become the words that they mark, and a paragraph's lines one line.

use super::RepairClass;
use super::edit::{Edits, With};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// HTML that is only the look of its text (`<b>`, `<br/>`); other tags may mean something (`<tweet>`) and stay.
const LOOKS: [&str; 21] = [
    "a", "abbr", "b", "br", "center", "cite", "code", "del", "em", "font", "i", "img", "mark", "p", "s", "small",
    "span", "strong", "sub", "sup", "u",
];

/// Finds the marks of `text`, read as `CommonMark` with tables and strikethrough. What stands between two paragraphs, and the
/// signs of items and quoted paragraphs, stay as they are.
pub fn find(text: &str) -> Edits {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut line = Line { text, edits: Edits::default(), at: None, due: None };
    let mut skipped: Option<Range<usize>> = None;
    for (event, place) in Parser::new_ext(text, options).into_offset_iter() {
        if skipped.as_ref().is_some_and(|skipped| place.end <= skipped.end) {
            continue;
        }
        skipped = None;
        match event {
            Event::Start(Tag::Image { .. }) => {
                line.drop(place.clone());
                skipped = Some(place);
            }
            Event::Start(Tag::MetadataBlock(_)) => {
                line.at = None;
                // With the empty lines behind it: the article begins after them.
                let rest = &text[place.end..];
                let end = place.end + (rest.len() - rest.trim_start_matches(['\n', '\r']).len());
                line.edits.add(place.start, end, With::NOTHING, RepairClass::Markup);
                skipped = Some(place);
            }
            Event::Start(Tag::CodeBlock(_)) => skipped = Some(place),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. }) => {
                line.begin(place.start);
            }
            Event::Start(Tag::Heading { .. }) => (line.at, line.due) = (Some(place.start), None),
            Event::Start(_) => (line.at, line.due) = (None, None),
            Event::End(tag) => {
                if line.at.is_some() && (is_inline(tag) || matches!(tag, TagEnd::Heading(_))) {
                    let end = place.start + text[place.clone()].trim_end_matches(['\n', '\r']).len();
                    line.drop(end..end);
                }
                if !is_inline(tag) {
                    (line.at, line.due) = (None, None);
                }
            }
            Event::Code(_) => {
                line.begin(place.start);
                line.keep(within_ticks(text, &place));
                line.drop(place.end..place.end);
            }
            Event::InlineHtml(html) => match is_look(&html) {
                Some("br") => line.due = Some("\n"),
                Some(_) => line.drop(place),
                None => line.keep(place),
            },
            Event::SoftBreak => line.due = line.due.or(Some(" ")),
            Event::HardBreak => line.due = Some("\n"),
            Event::Text(_) | Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) => {
                line.keep(place);
            }
            Event::Html(_) | Event::Rule | Event::TaskListMarker(_) => (line.at, line.due) = (None, None),
        }
    }
    line.edits
}

/// Returns where the text of a code span is: without its ticks, and without one space on each side where both are there.
fn within_ticks(text: &str, place: &Range<usize>) -> Range<usize> {
    let span = &text[place.clone()];
    let ticks = span.len() - span.trim_start_matches('`').len();
    let inner = span.get(ticks..span.len().saturating_sub(ticks)).unwrap_or_default();
    let space = usize::from(inner.starts_with(' ') && inner.ends_with(' ') && !inner.trim().is_empty());
    place.start + ticks + space..place.start + ticks + inner.len() - space
}

fn is_inline(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

/// Returns the name of a tag that is only the look of its text.
fn is_look(html: &str) -> Option<&'static str> {
    let name = html.trim_start_matches(['<', '/']);
    let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
    LOOKS.into_iter().find(|look| name.eq_ignore_ascii_case(look))
}

/// The edits so far, and how far the paragraph that is open has been told.
struct Line<'a> {
    text: &'a str,
    edits: Edits,
    /// The first byte behind what was kept or dropped; `None` where no text of the paragraph came yet.
    at: Option<usize>,
    /// What goes before the next text: the lines are one, or two.
    due: Option<&'static str>,
}

impl Line<'_> {
    /// The first text of the paragraph may begin with a sign: what is before it is no part of the paragraph.
    fn begin(&mut self, start: usize) {
        self.at = self.at.or(Some(start));
    }

    /// Keeps the text of `place`; what stands before it, since the last, goes.
    fn keep(&mut self, place: Range<usize>) {
        if let Some(at) = self.at.filter(|&at| at <= place.start) {
            let with = self.due.take().unwrap_or("");
            if self.text[at..place.start] != *with {
                // A line break alone is how the text was wrapped.
                let wrapped = self.text[at..place.start].trim_matches([' ', '>']) == "\n";
                let class = if wrapped { RepairClass::Wrap } else { RepairClass::Markup };
                self.edits.add(at, place.start, With::text(with), class);
            }
        }
        self.due = None;
        self.at = Some(place.end);
    }

    /// Drops everything from what was kept last to the end of `place`.
    fn drop(&mut self, place: Range<usize>) {
        let start = self.at.unwrap_or(place.start);
        if start < place.end {
            self.edits.add(start, place.end, With::text(self.due.take().unwrap_or("")), RepairClass::Markup);
        }
        self.at = Some(place.end.max(start));
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::clean::{CleanOptions, RepairClass, clean};

    fn cleaned(text: &str) -> String {
        clean(text, &CleanOptions { markdown: true, ..CleanOptions::default() }).text.to_string()
    }

    #[test]
    fn signs_become_the_words_they_mark() {
        for (markdown, text) in [
            ("**“We will not,”** said *Ann* _Lee_, `ever`.\n", "“We will not,” said Ann Lee, ever.\n"),
            ("She [told the *Post*](https://example.com/a_b \"x\") so.", "She told the Post so."),
            ("# Bridge is *closed* #\n\nThe mayor\nsaid so.\n", "Bridge is closed\n\nThe mayor said so.\n"),
            ("Bridge\n======\n\nText.", "Bridge\n\nText."),
            ("Two  \nlines, one\\\nmore<br>end <b>bold</b>.", "Two\nlines, one\nmore\nend bold."),
            (
                "![A photo](a.jpg)\n\n**Q: Why?**\n\nA: 5 \\* 3 is not 2 * 4.\n",
                "\n\nQ: Why?\n\nA: 5 * 3 is not 2 * 4.\n",
            ),
            (
                "> The cost is **not**\n> known.\n\n- one *two*\n- three\n",
                "> The cost is not known.\n\n- one two\n- three\n",
            ),
            ("---\ntitle: A\ndate: 2017-06-06\n---\n\nText.\n", "Text.\n"),
            ("| a | **b** |\n|---|---|\n| c | d |\n", "| a | b |\n|---|---|\n| c | d |\n"),
            (
                "A <tweet>stays</tweet> here.\n\n    indented *text*\n",
                "A <tweet>stays</tweet> here.\n\n    indented *text*\n",
            ),
            ("Nothing to do, “here,” she said.\n\nNor here.\n", "Nothing to do, “here,” she said.\n\nNor here.\n"),
        ] {
            assert_eq!(cleaned(markdown), text, "{markdown}");
        }
    }

    #[test]
    fn what_was_cleaned_leads_back() {
        let raw = "“We *will*\nfight,” she said.";
        let clean = clean(raw, &CleanOptions { markdown: true, ..CleanOptions::default() });
        assert_eq!(&*clean.text, "“We will fight,” she said.");
        let classes: Vec<_> = clean.repairs.iter().map(|repair| (repair.raw.of(raw), repair.class)).collect();
        assert_eq!(classes, [("*", RepairClass::Markup), ("*", RepairClass::Markup), ("\n", RepairClass::Wrap)]);
    }
}
