//! The resolved view in the formats of other tools; each says what it could not hold.

mod csv;
pub mod json;
mod jsonl;
mod loss;
mod markdown;
mod row;
#[cfg(test)]
mod sample;
pub mod svg;
pub mod timeline;
mod toml;

pub use loss::LossReport;

use crate::annotation::{Annotations, Resolved, Status};
use crate::config::Theme;
use crate::engine::Analysis;
use crate::source::Article;
use std::io::{self, Write};
use std::str::FromStr;

/// One article with everything that was found and decided about it.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    /// The article.
    pub article: &'a Article,
    /// What was found.
    pub analysis: &'a Analysis,
    /// What was decided.
    pub notes: &'a Annotations,
    /// The two joined: what is written.
    pub resolved: &'a Resolved,
    /// Whose decisions these are.
    pub coder: &'a str,
}

/// A format that can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One TOML document.
    Toml,
    /// A line of JSON an article, shaped as `extract` writes it.
    Jsonl,
    /// A row a quotation.
    Csv,
    /// A text to read.
    Markdown,
    /// The timeline as an image.
    Svg,
    /// The timeline as text.
    Timeline,
}

/// The names of all formats, those to come too.
pub const NAMES: [&str; 17] = [
    "toml",
    "jsonl",
    "csv",
    "markdown",
    "html",
    "brat",
    "w3c",
    "label-studio",
    "doccano",
    "prodigy",
    "stam",
    "cas-json",
    "qdpx",
    "tei",
    "conll",
    "svg",
    "timeline",
];

/// A name that names no format that can be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoFormat {
    /// A format of the list that is not written yet.
    #[error("the format {name} is not there yet; there are {there}", name = .0, there = written())]
    NotYet(&'static str),
    /// No format.
    #[error("there is no format {name:?}; there are {there}", name = .0, there = written())]
    Unknown(String),
}

impl Format {
    /// The formats that can be written.
    pub const ALL: [Self; 6] = [Self::Toml, Self::Jsonl, Self::Csv, Self::Markdown, Self::Svg, Self::Timeline];

    /// Returns the name of the format.
    pub fn name(self) -> &'static str {
        match self {
            Self::Toml => "toml",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Markdown => "markdown",
            Self::Svg => "svg",
            Self::Timeline => "timeline",
        }
    }

    /// Returns the ending of a file of this format, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Timeline => "timeline.txt",
            other => other.name(),
        }
    }
}

impl FromStr for Format {
    type Err = NoFormat;

    fn from_str(name: &str) -> Result<Self, NoFormat> {
        if let Some(format) = Self::ALL.into_iter().find(|format| format.name() == name) {
            return Ok(format);
        }
        match NAMES.into_iter().find(|known| *known == name) {
            Some(known) => Err(NoFormat::NotYet(known)),
            None => Err(NoFormat::Unknown(name.to_owned())),
        }
    }
}

fn written() -> String {
    Format::ALL.map(Format::name).join(", ")
}

/// Writes the documents and returns what the format could not hold. Offsets are code points of the raw text.
pub fn write(format: Format, documents: &[Document], mut out: &mut dyn Write) -> io::Result<LossReport> {
    let out = &mut out;
    match format {
        Format::Toml => toml::write(documents, out),
        Format::Jsonl => jsonl::write(documents, out),
        Format::Csv => csv::write(documents, out),
        Format::Markdown => markdown::write(documents, out),
        Format::Svg => {
            let theme = Theme::shipped("light").unwrap_or_default();
            svg::write(documents, &theme, svg::WIDTH, out)?;
            Ok(picture_loss(documents))
        }
        Format::Timeline => {
            timeline::text(documents, timeline::WIDTH, false, out)?;
            Ok(picture_loss(documents))
        }
    }
}

/// Returns what no picture of the timeline holds.
fn picture_loss(documents: &[Document]) -> LossReport {
    let mut loss = LossReport::default();
    for quote in documents.iter().flat_map(|document| &document.resolved.quotes) {
        if quote.status == Status::Rejected {
            loss.add(["rejected quotation is left out", "rejected quotations are left out"], 1);
            continue;
        }
        loss.add(["offset of a quotation is left out", "offsets of quotations are left out"], 1);
        loss.add(["tag is left out", "tags are left out"], quote.tags.len());
        loss.add(["memo is left out", "memos are left out"], usize::from(quote.memo.is_some()));
        loss.add(
            ["reason for a finding is left out", "reasons for a finding are left out"],
            quote.evidence.len() + quote.date_evidence.len(),
        );
    }
    loss
}

/// Returns what an article is called above its picture.
fn title<'a>(document: &'a Document) -> &'a str {
    document.article.title.as_deref().unwrap_or(&document.article.id)
}

/// Returns the view without the quotations that nobody reviewed, and without the speakers that only those have.
#[must_use]
pub fn only_decided(resolved: &Resolved) -> Resolved {
    let mut out =
        Resolved { passages: resolved.passages.clone(), orphans: resolved.orphans.clone(), ..Resolved::default() };
    let kept: Vec<usize> = (0..resolved.quotes.len()).filter(|&n| resolved.quotes[n].status != Status::Open).collect();
    let mut places = vec![None; resolved.speakers.len()];
    for &n in &kept {
        let mut quote = resolved.quotes[n].clone();
        quote.nested_in = quote.nested_in.and_then(|outer| kept.iter().position(|&old| old == outer));
        quote.speaker = quote.speaker.and_then(|old| {
            let speaker = resolved.speakers.get(old)?;
            Some(*places[old].get_or_insert_with(|| {
                out.speakers.push(crate::annotation::ResolvedSpeaker { quotes: 0, ..speaker.clone() });
                out.speakers.len() - 1
            }))
        });
        if let (Some(speaker), true) = (quote.speaker, quote.status != Status::Rejected) {
            out.speakers[speaker].quotes += 1;
        }
        out.quotes.push(quote);
    }
    out
}
