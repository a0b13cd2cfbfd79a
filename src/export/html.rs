//! HTML: one page that any browser shows, without a script or a file beside it: the timeline, the text with its quotations
//! in the colours of their speakers, and a block a quotation.

use super::row::{Rows, status};
use super::xml::escape;
use super::{Document, LossReport, loss, svg};
use crate::annotation::{ResolvedQuote, Status};
use crate::config::Theme;
use crate::text::{Clean, Span, visible};
use std::collections::BTreeSet;
use std::io::{self, Write};

const STYLE: &str = include_str!("page.css");

/// How many colours speakers have before they begin anew.
const COLOURS: usize = 8;

/// Writes the page. No character of an article acts in it: markup is escaped, hidden characters are shown.
pub fn write(documents: &[Document], out: &mut dyn Write) -> io::Result<LossReport> {
    let mut loss = LossReport::default();
    let theme = Theme::shipped("light").unwrap_or_default();
    let titles: Vec<&str> = documents.iter().map(super::title).collect();
    let heading = match titles.as_slice() {
        [one] => (*one).to_owned(),
        all => format!("{} articles", all.len()),
    };
    writeln!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Who said what: {}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>",
        plain(&heading)
    )?;
    if documents.len() > 1 {
        writeln!(out, "<nav>\n<ol>")?;
        for (n, title) in titles.iter().enumerate() {
            writeln!(out, "<li><a href=\"#a{}\">{}</a></li>", n + 1, plain(title))?;
        }
        writeln!(out, "</ol>\n</nav>")?;
    }
    for (n, document) in documents.iter().enumerate() {
        let page = Page { rows: Rows::new(*document), number: n + 1 };
        page.write(&theme, out)?;
        for (_, quote) in page.rows.quotes() {
            loss.add(loss::REASONS, quote.evidence.len() + quote.date_evidence.len());
        }
        loss.add(loss::REJECTED, page.rows.rejected().count());
    }
    writeln!(out, "</body>\n</html>")?;
    Ok(loss)
}

/// One article on its way to the page.
struct Page<'a> {
    rows: Rows<'a>,
    number: usize,
}

impl Page<'_> {
    fn write(&self, theme: &Theme, out: &mut dyn Write) -> io::Result<()> {
        let Document { article, analysis, notes, coder, .. } = self.rows.document;
        let date = notes.article.date.or(analysis.date.interval);
        let dated = date.map_or_else(|| "no date".to_owned(), |days| days.to.to_string());
        let source = self.rows.source().unwrap_or_else(|| article.id.clone());
        writeln!(
            out,
            "<article id=\"a{}\">\n<header>\n<h1>{}</h1>\n<p>{} · {dated} · notes of {}</p>",
            self.number,
            plain(self.rows.title()),
            plain(&source),
            plain(coder)
        )?;
        if let Some(memo) = &notes.article.memo {
            writeln!(out, "<p class=\"memo\">{}</p>", plain(memo))?;
        }
        writeln!(out, "</header>")?;
        if self.rows.quotes().next().is_some() {
            writeln!(out, "<figure>")?;
            svg::write(&[self.rows.document], theme, svg::WIDTH, out)?;
            writeln!(out, "</figure>")?;
        }
        self.speakers(out)?;
        writeln!(out, "<div class=\"columns\">\n<section class=\"text\">\n<h2>Text</h2>")?;
        self.text(out)?;
        writeln!(out, "</section>\n<section class=\"quotes\">\n<h2>Quotations</h2>")?;
        for (n, quote) in self.rows.quotes() {
            self.block(n, quote, out)?;
        }
        if !self.rows.document.resolved.passages.is_empty() {
            writeln!(out, "<h2>Passages</h2>")?;
        }
        for (n, passage) in self.rows.document.resolved.passages.iter().enumerate() {
            let [start, end] = self.rows.raw(passage.raw_hull());
            writeln!(
                out,
                "<div class=\"quote\" id=\"a{}p{}\">\n<blockquote>{}</blockquote>",
                self.number,
                n + 1,
                plain(&self.rows.passage_words(passage))
            )?;
            Self::marks(&passage.tags, passage.memo.as_deref(), out)?;
            writeln!(out, "<p class=\"place\">{start}–{end}</p>\n</div>")?;
        }
        writeln!(out, "</section>\n</div>\n</article>")
    }

    fn speakers(&self, out: &mut dyn Write) -> io::Result<()> {
        let Document { resolved, notes, .. } = self.rows.document;
        let speaking: Vec<_> = resolved.speakers.iter().enumerate().filter(|(_, speaker)| speaker.quotes > 0).collect();
        if speaking.is_empty() {
            return Ok(());
        }
        writeln!(out, "<ul class=\"speakers\">")?;
        for (n, speaker) in speaking {
            let also: Vec<String> = speaker.aliases.iter().map(|alias| plain(alias)).collect();
            let also = if also.is_empty() { String::new() } else { format!(" <i>{}</i>", also.join(", ")) };
            let memo = notes.speaker_memo(speaker).map_or_else(String::new, |memo| format!(" — {}", plain(memo)));
            let (name, count) = (plain(&speaker.name), speaker.quotes);
            writeln!(out, "<li><b class=\"s{}\">{name}</b> {count}{also}{memo}</li>", n % COLOURS)?;
        }
        writeln!(out, "</ul>")
    }

    /// Writes the clean text; every quotation in it leads to its block.
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let text = &self.rows.document.analysis.clean.text;
        // Where something begins or ends, the text is cut; each piece carries the innermost quotation it stands in.
        let mut edges: BTreeSet<usize> = BTreeSet::new();
        let mut parts: Vec<(Span<Clean>, usize, &ResolvedQuote)> = Vec::new();
        for (n, quote) in self.rows.quotes() {
            for &span in &quote.spans {
                parts.push((span, n, quote));
                edges.extend([span.start, span.end]);
            }
        }
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let (start, end) = (at, at + line.trim_end_matches('\n').len());
            at += line.len();
            if text[start..end].trim().is_empty() {
                continue;
            }
            write!(out, "<p>")?;
            let mut low = start;
            let inside: Vec<usize> = edges.range(start + 1..end.max(start + 1)).copied().collect();
            for high in inside.into_iter().chain([end]) {
                let innermost = parts
                    .iter()
                    .filter(|(span, ..)| span.start <= low && high <= span.end)
                    .min_by_key(|(span, ..)| span.len());
                let words = plain(&text[low..high]);
                match innermost {
                    Some((_, n, quote)) => write!(
                        out,
                        "<a class=\"{} {}\" href=\"#a{}q{}\">{words}</a>",
                        quote.kind.name(),
                        colour(quote),
                        self.number,
                        n + 1
                    )?,
                    None => write!(out, "{words}")?,
                }
                low = high;
            }
            writeln!(out, "</p>")?;
        }
        Ok(())
    }

    fn block(&self, n: usize, quote: &ResolvedQuote, out: &mut dyn Write) -> io::Result<()> {
        let [start, end] = self.rows.raw(quote.raw_hull());
        let speaker =
            self.rows.speaker(quote).map_or_else(|| "nobody named".to_owned(), |speaker| plain(&speaker.name));
        writeln!(
            out,
            "<div class=\"quote\" id=\"a{}q{}\">\n<blockquote class=\"{}\">{}</blockquote>",
            self.number,
            n + 1,
            colour(quote),
            plain(&self.rows.words(quote))
        )?;
        let mut said = vec![format!("<b class=\"{}\">{speaker}</b>", colour(quote))];
        said.extend(quote.cue.map(|cue| format!("<i>{}</i>", plain(self.rows.clean_text(cue)))));
        said.extend(quote.said_at.map(|days| {
            let day = |day: jiff::civil::Date| format!("<time datetime=\"{day}\">{day}</time>");
            if days.from == days.to { day(days.to) } else { format!("{} to {}", day(days.from), day(days.to)) }
        }));
        said.push(quote.kind.name().to_owned());
        if quote.hypothetical {
            said.push("hypothetical".to_owned());
        }
        if quote.status != Status::Accepted {
            said.push(format!("{}, confidence {:.2}", status(quote.status), quote.confidence));
        }
        writeln!(out, "<p>{}</p>", said.join(" · "))?;
        for (role, filled) in [("To", &quote.addressee), ("About", &quote.topic)] {
            if let Some(filled) = filled {
                writeln!(out, "<p>{role}: {}</p>", plain(&filled.words))?;
            }
        }
        Self::marks(&quote.tags, quote.memo.as_deref(), out)?;
        writeln!(out, "<p class=\"place\">q{} · {start}–{end}</p>\n</div>", n + 1)
    }

    fn marks(tags: &[String], memo: Option<&str>, out: &mut dyn Write) -> io::Result<()> {
        if !tags.is_empty() {
            let tags: Vec<String> =
                tags.iter().map(|tag| format!("<span class=\"tag\">{}</span>", plain(tag))).collect();
            writeln!(out, "<p>{}</p>", tags.join(" "))?;
        }
        match memo {
            Some(memo) => writeln!(out, "<p class=\"memo\">{}</p>", plain(memo)),
            None => Ok(()),
        }
    }
}

/// Returns the class of a quotation's colour.
fn colour(quote: &ResolvedQuote) -> String {
    quote.speaker.map_or_else(|| "nobody".to_owned(), |n| format!("s{}", n % COLOURS))
}

/// The text with everything escaped that HTML would read as its own, and hidden characters shown.
fn plain(text: &str) -> String {
    escape(&visible::one_line(text)).replace('\'', "&#39;")
}
