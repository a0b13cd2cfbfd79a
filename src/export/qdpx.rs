//! REFI-QDA projects (`.qdpx`): what programs for qualitative work (`QualCoder`, `ATLAS.ti`, `NVivo`, `MAXQDA`) take over.

use super::standoff::{Label, Mark, Standoff, id_of, text_hash};
use super::xml::{attribute, escape};
use super::{Document, LossReport, loss};
use crate::annotation::codebook::{Codebook, Tag, qdc_codes};
use crate::text::{Raw, Span};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Cursor, Write};
use uuid::Uuid;
use zip::write::SimpleFileOptions;

/// How much of its words names a selection, in characters.
const WORDS: usize = 80;

/// Writes a zip with `project.qde` and the articles as `sources/GUID.txt`.
///
/// A part of a quotation is a selection of its own with codes for its kind, its speaker and its tags; sources, cues and
/// so on are selections too, and links join them. Offsets are code points of the articles with plain line feeds, as the
/// format wants them. Source: REFI-QDA standard 1.5, project exchange (`urn:QDA-XML:project:1.0`).
pub fn write(documents: &[Document], out: &mut dyn Write) -> io::Result<LossReport> {
    let mut loss = LossReport::default();
    let pages: Vec<Standoff> = documents.iter().map(|document| Standoff::new(*document)).collect();
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("project.qde", options)?;
    zip.write_all(project(&pages, &mut loss).as_bytes())?;
    for (n, page) in pages.iter().enumerate() {
        zip.start_file(format!("sources/{}.txt", source_id(page, n)), options)?;
        zip.write_all(plain_lines(page.text()).as_bytes())?;
        page.losses(&mut loss);
    }
    out.write_all(&zip.finish()?.into_inner())?;
    Ok(loss)
}

fn source_id(page: &Standoff, number: usize) -> Uuid {
    id_of(&["source", &text_hash(page.text()), &page.rows.document.article.id, &number.to_string()])
}

fn user_id(coder: &str) -> Uuid {
    id_of(&["user", coder])
}

/// Returns the text with `\n` for every line break.
fn plain_lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn project(pages: &[Standoff], loss: &mut LossReport) -> String {
    let coder = pages.first().map_or("", |page| page.rows.document.coder);
    let user = user_id(coder);
    let book = Codes::new(pages);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let _ = writeln!(
        out,
        "<Project xmlns=\"urn:QDA-XML:project:1.0\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"urn:QDA-XML:project:1.0 http://schema.qdasoftware.org/versions/Project/v1.0/Project.xsd\" \
         name=\"quotations\" origin=\"whosaid\" creatingUserGUID=\"{user}\">"
    );
    let name = attribute(coder);
    let _ = writeln!(out, "<Users>\n  <User guid=\"{user}\" name=\"{name}\" id=\"{name}\"/>\n</Users>");
    book.write(&mut out);
    let mut links = String::new();
    if !pages.is_empty() {
        out.push_str("<Sources>\n");
        for (n, page) in pages.iter().enumerate() {
            source(page, n, user, &book, &mut out, &mut links, loss);
        }
        out.push_str("</Sources>\n");
    }
    if !links.is_empty() {
        let _ = writeln!(out, "<Links>\n{links}</Links>");
    }
    out.push_str("</Project>\n");
    out
}

/// The codes of the project: kinds of quotations, speakers, roles, and the tags as the codebook has them.
struct Codes<'a> {
    /// Names of speakers, each once.
    speakers: Vec<&'a str>,
    /// The codebook with the tags it does not list added.
    book: Codebook,
    tags: BTreeMap<String, Uuid>,
}

const KINDS: [&str; 3] = ["direct", "mixed", "indirect"];

impl<'a> Codes<'a> {
    fn new(pages: &[Standoff<'a>]) -> Self {
        let mut speakers: Vec<&str> = Vec::new();
        let mut book = pages.first().map(|page| page.rows.document.book.clone()).unwrap_or_default();
        for mark in pages.iter().flat_map(|page| &page.marks) {
            if let Some(speaker) = mark.speaker.filter(|speaker| !speakers.contains(&speaker.name.as_str())) {
                speakers.push(&speaker.name);
            }
            for tag in mark.tags().iter().filter(|tag| book.find(tag).is_none()).collect::<Vec<_>>() {
                // A name that differs from another by its case only is that other.
                let _ = book.add(Tag::new(tag));
            }
        }
        let same = |tag: &str| book.tags().iter().find(|known| known.name.to_lowercase() == tag.to_lowercase());
        let all = pages.iter().flat_map(|page| page.marks.iter().flat_map(Mark::tags));
        let tags = all.filter_map(|tag| Some((tag.clone(), same(tag)?.id))).collect();
        Self { speakers, book, tags }
    }

    fn write(&self, out: &mut String) {
        out.push_str("<CodeBook>\n<Codes>\n");
        let leaf = |out: &mut String, id: Uuid, name: &str| {
            let _ = writeln!(out, "  <Code guid=\"{id}\" name=\"{}\" isCodable=\"true\"/>", attribute(name));
        };
        let open = |out: &mut String, label: Label| {
            let (id, name, colour) = (label_id(label), label.name(), label.colour());
            let _ = writeln!(out, "<Code guid=\"{id}\" name=\"{name}\" isCodable=\"true\" color=\"{colour}\">");
        };
        open(out, Label::Quote);
        for kind in KINDS {
            leaf(out, kind_id(kind), kind);
        }
        out.push_str("</Code>\n");
        open(out, Label::Speaker);
        for name in &self.speakers {
            leaf(out, speaker_id(name), name);
        }
        out.push_str("</Code>\n");
        for label in [Label::Cue, Label::Addressee, Label::Topic] {
            let (id, name, colour) = (label_id(label), label.name(), label.colour());
            let _ = writeln!(out, "<Code guid=\"{id}\" name=\"{name}\" isCodable=\"true\" color=\"{colour}\"/>");
        }
        out.push_str(&qdc_codes(&self.book));
        out.push_str("</Codes>\n</CodeBook>\n");
    }

    /// Returns the codes of a mark.
    fn of(&self, mark: &Mark) -> Vec<Uuid> {
        let mut out = Vec::new();
        match (mark.quote, mark.label) {
            (Some(quote), _) => out.push(kind_id(quote.kind.name())),
            (None, Label::Passage) => {}
            (None, label) => out.push(label_id(label)),
        }
        out.extend(mark.speaker.map(|speaker| speaker_id(&speaker.name)));
        out.extend(mark.tags().iter().filter_map(|tag| self.tags.get(tag)));
        out.dedup();
        out
    }
}

fn label_id(label: Label) -> Uuid {
    id_of(&["code", label.name()])
}

fn kind_id(kind: &str) -> Uuid {
    id_of(&["code", "kind", kind])
}

fn speaker_id(name: &str) -> Uuid {
    id_of(&["code", "speaker", name])
}

fn source(
    page: &Standoff,
    number: usize,
    user: Uuid,
    codes: &Codes,
    out: &mut String,
    links: &mut String,
    loss: &mut LossReport,
) {
    let Document { article, notes, .. } = page.rows.document;
    let id = source_id(page, number);
    let name = attribute(page.rows.title());
    let _ = writeln!(
        out,
        "<TextSource guid=\"{id}\" name=\"{name}\" plainTextPath=\"internal://{id}.txt\" creatingUser=\"{user}\">"
    );
    if let Some(memo) = &notes.article.memo {
        let _ = writeln!(out, "<Description>{}</Description>", escape(memo));
    }
    // Carriage returns before line feeds are gone from the source.
    let gone: Vec<usize> = article.text.match_indices("\r\n").map(|(at, _)| at).collect();
    let place = |part: Span<Raw>| {
        let [start, end] = page.rows.raw(part);
        let before = |at: usize| gone.partition_point(|&gone| gone < at);
        [start - before(part.start), end - before(part.end)]
    };
    let part_id = |n: usize, part: usize| id_of(&["selection", &id.to_string(), &n.to_string(), &part.to_string()]);
    let mut link = |name: &str, from: Uuid, to: Uuid| {
        let guid = id_of(&["link", name, &from.to_string(), &to.to_string()]);
        let _ = writeln!(
            links,
            "<Link guid=\"{guid}\" name=\"{name}\" direction=\"OneWay\" originGUID=\"{from}\" targetGUID=\"{to}\"/>"
        );
    };
    for (n, mark) in page.marks.iter().enumerate() {
        for (part, &span) in mark.parts.iter().enumerate() {
            let ([start, end], guid) = (place(span), part_id(n, part));
            let words: String = page.rows.raw_text(span).split_whitespace().collect::<Vec<_>>().join(" ");
            let words = attribute(&words.chars().take(WORDS).collect::<String>());
            let _ = writeln!(
                out,
                "<PlainTextSelection guid=\"{guid}\" name=\"{words}\" startPosition=\"{start}\" endPosition=\"{end}\" \
                 creatingUser=\"{user}\">"
            );
            if let Some(memo) = mark.memo().filter(|_| part == 0) {
                let _ = writeln!(out, "<Description>{}</Description>", escape(memo));
            }
            for code in codes.of(mark) {
                let coding = id_of(&["coding", &guid.to_string(), &code.to_string()]);
                let _ = writeln!(
                    out,
                    "<Coding guid=\"{coding}\" creatingUser=\"{user}\"><CodeRef targetGUID=\"{code}\"/></Coding>"
                );
            }
            out.push_str("</PlainTextSelection>\n");
            if part > 0 {
                link("continues", part_id(n, part - 1), guid);
            }
        }
        if let Some(quote) = mark.quote {
            loss.add(loss::DATES, usize::from(quote.said_at.is_some()));
            loss.add(loss::CONFIDENCE, 1);
            loss.add(["decision (open, accepted) is left out", "decisions (open, accepted) are left out"], 1);
        }
    }
    for known in &page.links {
        link(known.kind.name(), part_id(known.from, 0), part_id(known.to, 0));
    }
    out.push_str("</TextSource>\n");
}
