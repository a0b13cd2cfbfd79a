//! The resolved view in the formats of other tools; each says what it could not hold.

mod csv;
mod files;
mod html;
pub mod json;
mod jsonl;
mod loss;
mod markdown;
mod qdpx;
mod row;
#[cfg(test)]
mod sample;
pub mod standoff;
pub mod svg;
mod tei;
pub mod timeline;
mod toml;
mod xml;

pub use files::{Beside, Set, beside, file_name, folder};
pub use loss::LossReport;

use crate::annotation::codebook::Codebook;
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
    /// The tags of the project.
    pub book: &'a Codebook,
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
    /// A page for a browser.
    Html,
    /// brat standoff.
    Brat,
    /// W3C Web Annotation, JSON-LD.
    W3c,
    /// Label Studio tasks.
    LabelStudio,
    /// doccano's JSON lines.
    Doccano,
    /// Prodigy's JSON lines.
    Prodigy,
    /// STAM JSON.
    Stam,
    /// UIMA CAS as JSON.
    CasJson,
    /// A REFI-QDA project.
    Qdpx,
    /// TEI P5.
    Tei,
    /// CoNLL-2003 columns.
    Conll,
    /// The timeline as an image.
    Svg,
    /// The timeline as text.
    Timeline,
}

/// A name that names no format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no format {0:?}; there are {names}", names = Format::ALL.map(Format::name).join(", "))]
pub struct NoFormat(String);

impl Format {
    /// Every format.
    pub const ALL: [Self; 17] = [
        Self::Toml,
        Self::Jsonl,
        Self::Csv,
        Self::Markdown,
        Self::Html,
        Self::Brat,
        Self::W3c,
        Self::LabelStudio,
        Self::Doccano,
        Self::Prodigy,
        Self::Stam,
        Self::CasJson,
        Self::Qdpx,
        Self::Tei,
        Self::Conll,
        Self::Svg,
        Self::Timeline,
    ];

    /// Returns the name of the format.
    pub fn name(self) -> &'static str {
        match self {
            Self::Toml => "toml",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Brat => "brat",
            Self::W3c => "w3c",
            Self::LabelStudio => "label-studio",
            Self::Doccano => "doccano",
            Self::Prodigy => "prodigy",
            Self::Stam => "stam",
            Self::CasJson => "cas-json",
            Self::Qdpx => "qdpx",
            Self::Tei => "tei",
            Self::Conll => "conll",
            Self::Svg => "svg",
            Self::Timeline => "timeline",
        }
    }

    /// Returns the ending of a file of this format, without the dot; no two formats have the same.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Brat => "ann",
            Self::W3c => "w3c.json",
            Self::LabelStudio => "label-studio.json",
            Self::Doccano => "doccano.jsonl",
            Self::Prodigy => "prodigy.jsonl",
            Self::Stam => "stam.json",
            Self::CasJson => "cas.json",
            Self::Tei => "tei.xml",
            Self::Timeline => "timeline.txt",
            other => other.name(),
        }
    }

    /// Tells whether a file of this format holds one article: of several, a folder is made.
    pub fn is_one_article(self) -> bool {
        matches!(self, Self::Brat | Self::CasJson)
    }

    /// Tells whether the format is no text.
    pub fn is_binary(self) -> bool {
        self == Self::Qdpx
    }
}

impl FromStr for Format {
    type Err = NoFormat;

    fn from_str(name: &str) -> Result<Self, NoFormat> {
        Self::ALL.into_iter().find(|format| format.name() == name).ok_or_else(|| NoFormat(name.to_owned()))
    }
}

/// Writes the documents and returns what the format could not hold. Offsets are code points of the raw text, or units of
/// UTF-16 where the format counts so.
pub fn write(format: Format, documents: &[Document], mut out: &mut dyn Write) -> io::Result<LossReport> {
    let out = &mut out;
    match format {
        Format::Toml => toml::write(documents, out),
        Format::Jsonl => jsonl::write(documents, out),
        Format::Csv => csv::write(documents, out),
        Format::Markdown => markdown::write(documents, out),
        Format::Html => html::write(documents, out),
        Format::Brat => standoff::brat::write(documents, out),
        Format::W3c => standoff::w3c::write(documents, out),
        Format::LabelStudio => standoff::label_studio::write(documents, out),
        Format::Doccano => standoff::doccano::write(documents, out),
        Format::Prodigy => standoff::prodigy::write(documents, out),
        Format::Stam => standoff::stam::write(documents, out),
        Format::CasJson => standoff::cas::write(documents, out),
        Format::Qdpx => qdpx::write(documents, out),
        Format::Tei => tei::write(documents, out),
        Format::Conll => standoff::conll::write(documents, out),
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
            loss.add(loss::REJECTED, 1);
            continue;
        }
        loss.add(loss::OFFSETS, 1);
        loss.add(loss::TAGS, quote.tags.len());
        loss.add(loss::MEMOS, usize::from(quote.memo.is_some()));
        loss.add(loss::REASONS, quote.evidence.len() + quote.date_evidence.len());
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
