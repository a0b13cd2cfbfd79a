//! TEI P5: the article as a text with `<said>` elements; what overlaps stands apart in `<standOff>`.

use super::row::status;
use super::standoff::{Label, LinkKind, Mark, Standoff, iso};
use super::xml::{attribute, escape, forbidden};
use super::{Document, LossReport};
use crate::engine::QuoteKind;
use crate::text::{Raw, Span};
use std::fmt::Write as _;
use std::io::{self, Write};

/// Writes one `TEI`, or a `teiCorpus` of several. The text is the raw one, a paragraph a line.
///
/// A quotation over several paragraphs or in several parts is one `<said>` a piece, joined by `next` and `prev`.
/// Source: TEI P5 Guidelines, chapters 3.3.3 (quotation), 16.7 (linking) and 16.10 (stand-off).
pub fn write(documents: &[Document], out: &mut dyn Write) -> io::Result<LossReport> {
    let mut loss = LossReport::default();
    let corpus = documents.len() != 1;
    let mut page = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    if corpus {
        page.push_str("<teiCorpus xmlns=\"http://www.tei-c.org/ns/1.0\">\n");
        page.push_str(&header("Quotations", "several articles", "", ""));
    }
    for (n, document) in documents.iter().enumerate() {
        // Ids are unique in a file.
        let lead = if corpus { format!("a{}.", n + 1) } else { String::new() };
        Text { page: Standoff::new(*document), lead }.write(corpus, &mut page, &mut loss);
    }
    if corpus {
        page.push_str("</teiCorpus>\n");
    }
    out.write_all(page.as_bytes())?;
    Ok(loss)
}

fn header(title: &str, source: &str, classes: &str, people: &str) -> String {
    let (title, source) = (escape(title), escape(source));
    format!(
        "<teiHeader>\n<fileDesc>\n<titleStmt><title>{title}</title></titleStmt>\n\
         <publicationStmt><p>Annotated with whosaid.</p></publicationStmt>\n\
         <sourceDesc><p>{source}</p></sourceDesc>\n</fileDesc>\n{classes}{people}</teiHeader>\n"
    )
}

/// One article on its way to TEI.
struct Text<'a> {
    page: Standoff<'a>,
    /// What its ids begin with.
    lead: String,
}

/// A stretch within one line that becomes an element.
#[derive(Clone)]
struct Piece {
    span: Span<Raw>,
    /// The number of its mark, and of the piece among those of the mark.
    mark: usize,
    number: usize,
}

impl Text<'_> {
    fn write(&self, corpus: bool, out: &mut String, loss: &mut LossReport) {
        let page = &self.page;
        let Document { article, notes, .. } = page.rows.document;
        let tags = self.tags();
        let space = if corpus { "" } else { " xmlns=\"http://www.tei-c.org/ns/1.0\"" };
        let _ = writeln!(out, "<TEI{space}>");
        let source = page.rows.source().unwrap_or_else(|| article.id.clone());
        out.push_str(&header(page.rows.title(), &source, &self.classes(&tags), &self.people()));
        let (body, apart, pieces) = self.body(&tags);
        let mut aside = String::new();
        for (n, mark) in page.marks.iter().enumerate() {
            self.beside(n, mark, &pieces, &mut aside);
        }
        if let Some(memo) = &notes.article.memo {
            let _ = writeln!(aside, "<note type=\"memo\" resp=\"#{}\">{}</note>", self.coder(), escape(memo));
        }
        if !apart.is_empty() || !aside.is_empty() {
            let _ = writeln!(out, "<standOff>");
            if !apart.is_empty() {
                let _ = writeln!(out, "<listAnnotation>\n{apart}</listAnnotation>");
            }
            if !aside.is_empty() {
                let _ = writeln!(out, "<listAnnotation>\n{aside}</listAnnotation>");
            }
            out.push_str("</standOff>\n");
        }
        let _ = writeln!(out, "<text>\n<body>\n{body}</body>\n</text>\n</TEI>");
        loss.add(
            ["character that no XML may hold is written as �", "characters that no XML may hold are written as �"],
            forbidden(page.text()),
        );
        page.losses(loss);
    }

    fn coder(&self) -> String {
        format!("{}coder", self.lead)
    }

    fn tags(&self) -> Vec<&str> {
        let mut out: Vec<&str> = self.page.marks.iter().flat_map(Mark::tags).map(String::as_str).collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    fn classes(&self, tags: &[&str]) -> String {
        if tags.is_empty() {
            return String::new();
        }
        let mut out = String::from("<encodingDesc><classDecl><taxonomy>\n");
        for (n, tag) in tags.iter().enumerate() {
            let id = format!("{}tag{}", self.lead, n + 1);
            let _ = writeln!(out, "<category xml:id=\"{id}\"><catDesc>{}</catDesc></category>", escape(tag));
        }
        out.push_str("</taxonomy></classDecl></encodingDesc>\n");
        out
    }

    fn people(&self) -> String {
        let Document { resolved, notes, coder, .. } = self.page.rows.document;
        let mut out = String::from("<profileDesc><particDesc><listPerson>\n");
        for (n, speaker) in resolved.speakers.iter().enumerate() {
            let id = format!("{}s{}", self.lead, n + 1);
            let _ = write!(out, "<person xml:id=\"{id}\"><persName>{}</persName>", escape(&speaker.name));
            for alias in &speaker.aliases {
                let _ = write!(out, "<persName type=\"alias\">{}</persName>", escape(alias));
            }
            if let Some(memo) = notes.speaker_memo(speaker) {
                let _ = write!(out, "<note type=\"memo\">{}</note>", escape(memo));
            }
            out.push_str("</person>\n");
        }
        let name = escape(coder);
        let _ = writeln!(
            out,
            "<person xml:id=\"{}\" role=\"coder\"><persName>{name}</persName></person>\n\
             </listPerson></particDesc></profileDesc>",
            self.coder()
        );
        out
    }

    /// Returns the id of the speaker of a mark.
    fn who(&self, mark: &Mark) -> Option<String> {
        let speaker = mark.speaker?;
        let all = &self.page.rows.document.resolved.speakers;
        all.iter().position(|known| std::ptr::eq(known, speaker)).map(|n| format!("{}s{}", self.lead, n + 1))
    }

    fn id(&self, mark: usize, number: usize) -> String {
        let lead = &self.lead;
        if number == 0 { format!("{lead}m{}", mark + 1) } else { format!("{lead}m{}.{}", mark + 1, number + 1) }
    }

    /// Returns the lines of the text that are not blank, in bytes.
    fn lines(&self) -> Vec<Span<Raw>> {
        let mut at = 0;
        let mut out = Vec::new();
        for line in self.page.text().split_inclusive('\n') {
            let kept = line.trim_end_matches(['\n', '\r']);
            if !kept.trim().is_empty() {
                out.push(Span::new(at, at + kept.len()));
            }
            at += line.len();
        }
        out
    }

    /// Returns the paragraphs, the annotations that overlap others, and how many pieces each mark has.
    fn body(&self, tags: &[&str]) -> (String, String, Vec<usize>) {
        let lines = self.lines();
        let mut pieces = vec![0; self.page.marks.len()];
        let mut of_line: Vec<Vec<Piece>> = vec![Vec::new(); lines.len()];
        for (n, mark) in self.page.marks.iter().enumerate() {
            for part in &mark.parts {
                let first = lines.partition_point(|line| line.end <= part.start);
                for (offset, line) in lines[first..].iter().take_while(|line| line.start < part.end).enumerate() {
                    let span = Span::new(part.start.max(line.start), part.end.min(line.end));
                    if span.start < span.end {
                        of_line[first + offset].push(Piece { span, mark: n, number: pieces[n] });
                        pieces[n] += 1;
                    }
                }
            }
        }
        let (mut body, mut apart) = (String::new(), String::new());
        for (n, (line, mut here)) in lines.iter().zip(of_line).enumerate() {
            here.sort_by_key(|piece| (piece.span.start, std::cmp::Reverse(piece.span.end), piece.mark));
            let id = format!("{}p{}", self.lead, n + 1);
            let _ = write!(body, "<p xml:id=\"{id}\">");
            self.line(*line, &here, &pieces, tags, &id, &mut body, &mut apart);
            body.push_str("</p>\n");
        }
        (body, apart, pieces)
    }

    #[expect(clippy::too_many_arguments, reason = "a line with its pieces, and the two places that it is written to")]
    fn line(
        &self,
        line: Span<Raw>,
        here: &[Piece],
        pieces: &[usize],
        tags: &[&str],
        id: &str,
        body: &mut String,
        apart: &mut String,
    ) {
        let text = self.page.text();
        let mut open: Vec<(usize, &str)> = Vec::new();
        let mut at = line.start;
        for piece in here {
            while let Some(&(end, name)) = open.last().filter(|(end, _)| *end <= piece.span.start) {
                let _ = write!(body, "{}</{name}>", escape(&text[at..end]));
                at = end;
                open.pop();
            }
            let (name, attributes) = self.element(piece, pieces, tags);
            if open.last().is_some_and(|(end, _)| *end < piece.span.end) {
                // It begins within an element and ends behind it.
                let [start, end] = self.page.rows.raw(piece.span);
                let [low, _] = self.page.rows.raw(line);
                let (start, length) = (start - low, end - start);
                let _ = writeln!(
                    apart,
                    "<annotation{attributes} target=\"string-range(#{id},{start},{length})\"><note type=\"element\">\
                     {name}</note></annotation>"
                );
                continue;
            }
            let _ = write!(body, "{}<{name}{attributes}>", escape(&text[at..piece.span.start]));
            at = piece.span.start;
            open.push((piece.span.end, name));
        }
        while let Some((end, name)) = open.pop() {
            let _ = write!(body, "{}</{name}>", escape(&text[at..end]));
            at = end;
        }
        body.push_str(&escape(&text[at..line.end]));
    }

    /// Returns the element of a piece and its attributes.
    fn element(&self, piece: &Piece, pieces: &[usize], tags: &[&str]) -> (&'static str, String) {
        let mark = &self.page.marks[piece.mark];
        let mut out = format!(" xml:id=\"{}\"", self.id(piece.mark, piece.number));
        let mut put = |name: &str, value: &str| {
            let _ = write!(out, " {name}=\"{}\"", attribute(value));
        };
        let who = self.who(mark).map(|who| format!("#{who}"));
        let name = match mark.label {
            Label::Quote => {
                if let Some(who) = &who {
                    put("who", who);
                }
                if let Some(quote) = mark.quote {
                    put("direct", if quote.kind == QuoteKind::Indirect { "false" } else { "true" });
                    if quote.hypothetical {
                        put("aloud", "false");
                    }
                    put("type", quote.kind.name());
                    put("subtype", status(quote.status));
                    put("cert", certainty(quote.confidence));
                }
                "said"
            }
            Label::Speaker => {
                if let Some(who) = &who {
                    put("ref", who);
                }
                "rs"
            }
            label => {
                put("type", &label.name().to_lowercase());
                "seg"
            }
        };
        let ana: Vec<String> = mark
            .tags()
            .iter()
            .filter_map(|tag| tags.iter().position(|known| known == tag))
            .map(|n| format!("#{}tag{}", self.lead, n + 1))
            .collect();
        if !ana.is_empty() {
            put("ana", &ana.join(" "));
        }
        if piece.number > 0 {
            put("prev", &format!("#{}", self.id(piece.mark, piece.number - 1)));
        }
        if piece.number + 1 < pieces[piece.mark] {
            put("next", &format!("#{}", self.id(piece.mark, piece.number + 1)));
        }
        (name, out)
    }

    /// Writes what hangs on a mark: its links, date and memo.
    fn beside(&self, n: usize, mark: &Mark, pieces: &[usize], out: &mut String) {
        if pieces[n] == 0 {
            return;
        }
        let id = self.id(n, 0);
        let mut notes = String::new();
        if let Some(quote) = mark.quote {
            if let Some(days) = quote.said_at {
                let said = iso(days);
                let _ = write!(notes, "<date notBefore=\"{}\" notAfter=\"{}\">{said}</date>", days.from, days.to);
            }
            for (kind, filled) in [("addressee", &quote.addressee), ("topic", &quote.topic)] {
                if let Some(filled) = filled.as_ref().filter(|filled| filled.span.is_none()) {
                    let _ = write!(notes, "<note type=\"{kind}\">{}</note>", escape(&filled.words));
                }
            }
        }
        for link in self.page.links.iter().filter(|link| link.from == n && link.kind != LinkKind::NestedIn) {
            let _ = write!(notes, "<ptr type=\"{}\" target=\"#{}\"/>", link.kind.name(), self.id(link.to, 0));
        }
        if let Some(memo) = mark.memo() {
            let _ = write!(notes, "<note type=\"memo\" resp=\"#{}\">{}</note>", self.coder(), escape(memo));
        }
        if !notes.is_empty() {
            let _ = writeln!(out, "<annotation target=\"#{id}\">{notes}</annotation>");
        }
    }
}

/// Returns a degree of confidence in TEI's words.
fn certainty(confidence: f32) -> &'static str {
    match confidence {
        0.9.. => "high",
        0.6.. => "medium",
        _ => "low",
    }
}
