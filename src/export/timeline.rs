//! The timeline as a picture to keep: SVG for browsers and documents, and text as on the screen.

use super::Document;
use crate::annotation::timeline::axis::Axis;
use crate::annotation::timeline::{Frame, Lane, Picture, days, items, lanes, lanes::Item, names};
use crate::annotation::{Resolved, ResolvedQuote};
use crate::config::{Paint, Role, Theme};
use crate::engine::Interval;
use crate::text::{cells, visible};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Pixels of a column of the axis: room for a letter of its labels.
const COLUMN: f64 = 7.5;
/// Pixels of air at the edges.
const AIR: f64 = 16.0;
/// Pixels of a line of the names.
const LINE: f64 = 22.0;
/// Pixels a lane may be high before its marks become thinner, and the thinnest mark with the air below it.
const LANE: f64 = 140.0;
const THIN: f64 = 4.0;
/// Words of a quotation that its tooltip shows, in characters.
const WORDS: usize = 140;

/// Writes the pictures and lists of the documents as text, lines of `width` cells, one below the other.
pub fn text(documents: &[Document], width: usize, ascii: bool, out: &mut dyn Write) -> io::Result<()> {
    for (n, document) in documents.iter().enumerate() {
        if n > 0 {
            writeln!(out)?;
        }
        if documents.len() > 1 {
            writeln!(out, "{}", visible::one_line(title(document)))?;
        }
        out.write_all(page(document, width, ascii).as_bytes())?;
    }
    Ok(())
}

fn page(document: &Document, width: usize, ascii: bool) -> String {
    let frame = Frame { width, ascii, ..Frame::default() };
    let Some(picture) = Picture::new(document.resolved, frame) else { return "no quotations\n".to_owned() };
    let height = picture.rows.len() + picture.order.len() + 3;
    let mut lines: Vec<Vec<String>> = vec![vec![" ".to_owned(); width]; height];
    for piece in picture.pieces(document.resolved, &document.analysis.clean.text, height, None) {
        let Some(line) = lines.get_mut(piece.line) else { continue };
        let mut column = piece.column;
        for cluster in cells::clusters(&piece.text, 0..piece.text.len()) {
            if column + cluster.width > width {
                break;
            }
            let shown = visible::one_line(&piece.text[cluster.start..cluster.end]).into_owned();
            for cell in &mut line[column..column + cluster.width] {
                cell.clear();
            }
            if let Some(cell) = line.get_mut(column) {
                *cell = shown;
            }
            column += cluster.width;
        }
    }
    lines.iter().fold(String::new(), |out, line| out + line.concat().trim_end() + "\n").trim_end().to_owned() + "\n"
}

/// Writes one document as an SVG 1.1 image of `width` pixels: a lane a speaker in the colours of `theme`, a mark a
/// quotation, as wide as the days in which it may have been said; who, when and the first words are its tooltip.
pub fn svg(document: &Document, theme: &Theme, width: usize, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(Sheet::new(document, theme, width as f64).draw().as_bytes())
}

/// A picture on its way to the file.
struct Sheet<'a> {
    document: &'a Document<'a>,
    theme: &'a Theme,
    lanes: Vec<Lane>,
    /// The quotations of each lane that has any.
    used: BTreeMap<usize, Vec<Item>>,
    axis: Option<Axis>,
    /// Pixels: of the whole, up to the axis, up to those without a date.
    width: f64,
    left: f64,
    right: f64,
}

/// A mark: its quotation, its left and right edge in pixels, and its row in the lane.
type Mark = (usize, f64, f64, usize);

impl<'a> Sheet<'a> {
    fn new(document: &'a Document<'a>, theme: &'a Theme, width: f64) -> Self {
        let (items, lanes) = (items(document.resolved), lanes(document.resolved));
        let mut used: BTreeMap<usize, Vec<Item>> = BTreeMap::new();
        for item in &items {
            used.entry(item.lane).or_default().push(*item);
        }
        let dated: Vec<Interval> = items.iter().filter_map(|item| item.said_at).collect();
        let room = ((width / 4.0 / COLUMN) as usize).max(8);
        let longest = used.keys().map(|&lane| cells::width(&lanes[lane].name).min(room)).max().unwrap_or(0);
        let left = AIR + longest as f64 * COLUMN + AIR;
        let undated = if dated.len() == items.len() { 0.0 } else { 90.0 };
        let right = (width - AIR - undated).max(left + COLUMN);
        let axis = Axis::new(&dated, ((right - left) / COLUMN) as usize, 1.0);
        Self { document, theme, lanes, used, axis, width, left, right }
    }

    fn draw(&self) -> String {
        let mut body = String::new();
        let mut top = AIR + 20.0 + AIR + 34.0;
        for (&lane, items) in &self.used {
            top += self.lane(lane, items, top, &mut body);
        }
        let height = top + AIR;
        let text = hex(self.theme.paint(Role::Text), false).unwrap_or_else(|| "#202020".to_owned());
        let ground = hex(self.theme.paint(Role::Text), true).unwrap_or_else(|| {
            // A theme that leaves the ground to the terminal was made for a dark or a light one.
            let light = self.theme.paint(Role::Text).fg.is_some_and(|colour| colour.luminance() > 0.4);
            if light { "#16181d" } else { "#ffffff" }.to_owned()
        });
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{height}\" viewBox=\"0 0 {0} {height}\" \
             font-family=\"system-ui, sans-serif\" font-size=\"13\" fill=\"{text}\">\n",
            self.width
        );
        let _ = writeln!(out, "<title>{}</title>", escape(&format!("Who said what when: {}", title(self.document))));
        let _ = writeln!(out, "<rect width=\"100%\" height=\"100%\" fill=\"{ground}\"/>");
        let room = ((self.width - 2.0 * AIR) / 9.0) as usize;
        let heading = escape(&cells::cut(title(self.document), room));
        let _ = writeln!(
            out,
            "<text x=\"{AIR}\" y=\"{}\" font-size=\"16\" font-weight=\"600\">{heading}</text>",
            AIR + 14.0
        );
        self.head(height, &mut out);
        out + &body + "</svg>\n"
    }

    /// Draws the labels of the axis, a fine line down from each day, and what is written where there is nothing.
    fn head(&self, height: f64, out: &mut String) {
        let top = AIR + 20.0 + AIR;
        let axis_colour = hex(self.theme.paint(Role::Axis), false).unwrap_or_else(|| "#707070".to_owned());
        let mut say = |x: f64, y: f64, text: &str| {
            let _ = writeln!(
                out,
                "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"12\" fill=\"{axis_colour}\">{}</text>",
                escape(text)
            );
        };
        if self.used.is_empty() {
            return say(AIR, top + 14.0, "no quotations");
        }
        let Some(axis) = &self.axis else { return say(self.left, top + 14.0, "no dates in this article") };
        let (years, days) = axis.labels(&(0..axis.width), "⋯");
        for (line, labels) in [&years, &days].into_iter().enumerate() {
            for label in labels {
                say(self.left + label.column as f64 * COLUMN, top + 12.0 + line as f64 * 16.0, &label.text);
            }
        }
        if self.right + AIR < self.width {
            say(self.right + AIR, top + 28.0, "undated");
        }
        for gap in axis.gaps() {
            let (from, to) = (self.left + gap.start as f64 * COLUMN, self.left + gap.end as f64 * COLUMN);
            let _ = writeln!(
                out,
                "<rect x=\"{from:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill-opacity=\"0.06\"/>",
                top + 34.0,
                to - from,
                height - AIR - top - 34.0
            );
        }
        for label in days.iter().filter(|label| label.text != "⋯") {
            let x = self.left + label.column as f64 * COLUMN;
            let _ = writeln!(
                out,
                "<path d=\"M{x:.1} {:.1}V{:.1}\" stroke=\"{axis_colour}\" stroke-opacity=\"0.25\"/>",
                top + 34.0,
                height - AIR
            );
        }
    }

    /// Draws a lane from `top`; returns its height.
    fn lane(&self, lane: usize, items: &[Item], top: f64, out: &mut String) -> f64 {
        let colour = hex(self.theme.speaker(lane), false).unwrap_or_else(|| "#808080".to_owned());
        let nobody = lane + 1 == self.lanes.len();
        let colour = if nobody { "#808080".to_owned() } else { colour };
        let (marks, rows) = self.marks(items);
        let step = (LANE / rows as f64).clamp(THIN, LINE);
        let bar = if step > 8.0 { step - 5.0 } else { step - 1.0 };
        let height = (rows as f64 * step).max(LINE);
        let room = ((self.left - 2.0 * AIR) / COLUMN).ceil() as usize;
        let name = &self.lanes[lane];
        let _ = writeln!(
            out,
            "<g fill=\"{colour}\"><text x=\"{AIR}\" y=\"{:.1}\">{}<title>{}</title></text>",
            top + 14.0,
            escape(&names::short(name, room)),
            escape(&name.name)
        );
        for (quote, from, to, row) in marks {
            let (y, wide) = (top + row as f64 * step, (to - from).max(6.0) - 1.0);
            let _ = write!(
                out,
                "<g><title>{}</title><rect x=\"{from:.1}\" y=\"{y:.1}\" width=\"{wide:.1}\" height=\"{bar:.1}\" \
                 rx=\"2\" fill-opacity=\"0.3\" stroke=\"{colour}\"/>",
                escape(&self.tooltip(name, quote))
            );
            let number = (quote + 1).to_string();
            if bar >= 12.0 && wide >= number.len() as f64 * 7.0 + 4.0 {
                let _ = write!(
                    out,
                    "<text x=\"{:.1}\" y=\"{:.1}\" font-size=\"11\" text-anchor=\"middle\">{number}</text>",
                    from + wide / 2.0,
                    y + bar / 2.0 + 4.0
                );
            }
            out.push_str("</g>\n");
        }
        out.push_str("</g>\n");
        height + 6.0
    }

    /// Returns the marks of a lane, stacked where they meet, and the number of rows.
    fn marks(&self, items: &[Item]) -> (Vec<Mark>, usize) {
        let mut out: Vec<Mark> = Vec::new();
        let mut spans: Vec<(f64, f64, usize)> = Vec::new();
        let mut undated = 0;
        for item in items {
            if let Some((axis, said)) = self.axis.as_ref().zip(item.said_at) {
                let (from, to) = axis.edges(said);
                spans.push((self.left + from * COLUMN, self.left + to * COLUMN, item.quote));
            } else {
                // Beside the axis two in a row; without one, as many as there is room for.
                let first = if self.axis.is_some() { self.right + AIR } else { self.left };
                let across =
                    if self.axis.is_some() { 2 } else { (((self.width - AIR - first) / 32.0) as usize).max(1) };
                let x = first + (undated % across) as f64 * 32.0;
                out.push((item.quote, x, x + 30.0, undated / across));
                undated += 1;
            }
        }
        spans.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
        let mut ends: Vec<f64> = Vec::new();
        for (from, to, quote) in spans {
            let to = to.max(from + 6.0);
            let row = ends.iter().position(|&end| end <= from + 0.01).unwrap_or(ends.len());
            if row == ends.len() {
                ends.push(to);
            } else {
                ends[row] = to;
            }
            out.push((quote, from, to, row));
        }
        let rows = out.iter().map(|mark| mark.3 + 1).max().unwrap_or(1);
        (out, rows)
    }

    fn tooltip(&self, lane: &Lane, quote: usize) -> String {
        let Resolved { quotes, .. } = self.document.resolved;
        let quote: &ResolvedQuote = &quotes[quote];
        let when = quote.said_at.map_or_else(|| "undated".to_owned(), days::days);
        let words = quote.hull().of(&self.document.analysis.clean.text);
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut short: String = words.chars().take(WORDS).collect();
        if short.len() < words.len() {
            short.push('…');
        }
        format!("{} · {when}\n{short}", lane.name)
    }
}

fn title<'a>(document: &'a Document) -> &'a str {
    document.article.title.as_deref().unwrap_or(&document.article.id)
}

/// Returns a colour as SVG writes it: of the text, or behind it.
fn hex(paint: Paint, behind: bool) -> Option<String> {
    let (r, g, b) = if behind { paint.bg } else { paint.fg }?.rgb();
    Some(format!("#{r:02x}{g:02x}{b:02x}"))
}

/// Returns text as XML may hold it: marked up, and without what XML 1.0 forbids (section 2.2, `Char`).
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push('\n'),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            // Controls and what turns the direction of writing are shown, not obeyed.
            c => {
                let mut shown = String::new();
                visible::push(&mut shown, c);
                if shown.len() == c.len_utf8() { out.push(c) } else { out.push_str(&escape(&shown)) }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Annotations, RawText, resolve};
    use crate::engine::{Cancel, Options, analyze};
    use crate::source::Article;
    use crate::text::PointIndex;

    const TEXT: &str = "LONDON, June 6, 2017 — A meeting.\n\n“Pay & <b>\u{1}\u{202e} now,” Ann Bell said on Monday.\n\n\
        “We will not pay a cent,” Bo Stone said on Tuesday.\n\n“Who pays?” asked Bo Stone in 2009.\n";

    fn with<T>(text: &str, draw: impl FnOnce(&Document) -> T) -> T {
        let article = Article {
            id: "a<b>".to_owned(),
            path: None,
            title: None,
            date: None,
            text: text.into(),
            notices: Vec::new(),
        };
        let analysis = analyze(&article.text, &Options::default(), &Cancel::default()).expect("nobody cancels it");
        let (index, notes) = (PointIndex::new(&article.text), Annotations::default());
        let resolved = resolve(&analysis, &notes, RawText { text: &article.text, index: &index });
        draw(&Document { article: &article, analysis: &analysis, notes: &notes, resolved: &resolved, coder: "me" })
    }

    fn drawn(text: &str, width: usize) -> String {
        let theme = Theme::shipped("light").expect("it is shipped");
        let mut out = Vec::new();
        with(text, |document| svg(document, &theme, width, &mut out)).expect("a vector takes everything");
        String::from_utf8(out).expect("it is text")
    }

    /// Fails where elements are not closed in the order they were opened, or something stands that XML forbids.
    fn assert_sound(svg: &str) {
        let mut open: Vec<&str> = Vec::new();
        for part in svg.split('<').skip(1) {
            let (tag, words) = part.split_once('>').expect("a tag ends");
            assert!(!words.contains('>'), "{part}");
            assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
            if let Some(name) = tag.strip_prefix('/') {
                assert_eq!(open.pop(), Some(name));
            } else if !tag.ends_with('/') {
                open.push(tag.split(' ').next().unwrap_or_default());
            }
        }
        assert!(open.is_empty(), "{open:?}");
        assert!(svg.chars().all(|c| c == '\n' || !c.is_control()) && !svg.contains('\u{202e}'));
        let entity = |text: &str| ["amp;", "lt;", "gt;", "quot;"].iter().any(|name| text.starts_with(name));
        assert!(svg.split('&').skip(1).all(entity));
    }

    #[test]
    fn an_image_is_sound_and_has_a_mark_a_quotation() {
        for width in [200, 500, 1000, 4000] {
            let svg = drawn(TEXT, width);
            assert_sound(&svg);
            let count = with(TEXT, |document| document.resolved.quotes.len());
            assert_eq!(svg.matches("rx=\"2\"").count(), count);
            assert!(svg.contains("Bo Stone · 6 Jun 2017\n“We will not pay a cent"), "{svg}");
            assert!(svg.contains("&amp; &lt;b&gt;^A"), "{svg}");
        }
        for text in ["", "Nobody speaks here.", "“We will not pay a cent,” Ann Bell said."] {
            assert_sound(&drawn(text, 600));
        }
    }

    #[test]
    fn a_page_holds_its_width_and_every_quotation() {
        for width in [20, 40, 100] {
            let mut out = Vec::new();
            with(TEXT, |document| text(std::slice::from_ref(document), width, false, &mut out)).expect("it takes all");
            let page = String::from_utf8(out).expect("it is text");
            assert!(page.lines().all(|line| cells::width(line) <= width), "{page}");
            assert!(page.contains("2017") && !page.contains('\u{1}'), "{page}");
            let list: Vec<&str> = page.lines().skip_while(|line| !line.contains("as they")).skip(1).collect();
            assert_eq!(list.len(), with(TEXT, |document| document.resolved.quotes.len()), "{page}");
        }
    }
}
