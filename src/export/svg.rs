//! The timeline as a picture to keep and to print: SVG for browsers and documents.

use super::{Document, title, xml};
use crate::annotation::timeline::axis::Axis;
use crate::annotation::timeline::days::{self, Style};
use crate::annotation::timeline::{Lane, items, lanes, lanes::Item, names, order};
use crate::annotation::{Resolved, ResolvedQuote};
use crate::config::{Colour, Paint, Role, Theme};
use crate::engine::{DateFrom, Interval};
use crate::text::{cells, counted, visible};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Pixels of an image where nobody says how wide.
pub const WIDTH: usize = 1000;
/// Pixels of a column of the axis: room for a letter of its labels.
const COLUMN: f64 = 7.5;
/// Pixels of air at the edges.
const AIR: f64 = 16.0;
/// Pixels from the top to the first lane: the title, the line below it, and two lines of the axis.
const HEAD: f64 = 104.0;
/// Pixels of a line of the names.
const LINE: f64 = 22.0;
/// Pixels a lane may be high before its marks become thinner, and the thinnest mark with the air below it.
const LANE: f64 = 140.0;
const THIN: f64 = 4.0;
/// Words of a quotation that its tooltip shows, in characters.
const WORDS: usize = 140;

/// Writes the documents, one below the other, as an SVG 1.1 image of `width` pixels: a lane a speaker in the colours of `theme`, a
/// mark a quotation, as wide as the days in which it may have been said; who, when and the first words are its tooltip, and stand
/// in the list below for those who print it.
pub fn write(documents: &[Document], theme: &Theme, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let colour = |paint: Paint, behind: bool, other: &str| hex(paint, behind).unwrap_or_else(|| other.to_owned());
    // A theme that leaves text and ground to the terminal was made for a dark or a light one: its speakers tell which.
    let light = |paint: Paint| paint.fg.map(Colour::luminance);
    let speakers: Vec<f64> = (0..8).filter_map(|n| light(theme.speaker(n))).collect();
    let mean = speakers.iter().sum::<f64>() / speakers.len().max(1) as f64;
    let dark = light(theme.paint(Role::Text)).unwrap_or(mean) > 0.3;
    let text = colour(theme.paint(Role::Text), false, if dark { "#e6e6e6" } else { "#202020" });
    let ground = colour(theme.paint(Role::Text), true, if dark { "#16181d" } else { "#ffffff" });
    let mut body = String::new();
    let mut top = 0.0;
    for document in documents {
        top += Sheet::new(document, theme, width as f64).draw(top, &mut body);
    }
    let height = top.max(2.0 * AIR);
    let title = documents.iter().map(title).collect::<Vec<_>>().join("; ");
    let whole = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" font-family=\"system-ui, sans-serif\" font-size=\"13\" fill=\"{text}\">\n\
         <title>{}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"{ground}\"/>\n{body}</svg>\n",
        escape(&format!("Who said what when: {title}"))
    );
    out.write_all(whole.as_bytes())
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
    axis_colour: String,
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
        let axis_colour = hex(theme.paint(Role::Axis), false).unwrap_or_else(|| "#707070".to_owned());
        Self { document, theme, lanes, used, axis, width, left, right, axis_colour }
    }

    /// Draws the sheet from `top`; returns its height.
    fn draw(&self, top: f64, out: &mut String) -> f64 {
        let _ = writeln!(out, "<g transform=\"translate(0 {top})\">");
        let room = ((self.width - 2.0 * AIR) / 9.0) as usize;
        let heading = escape(&cells::cut(title(self.document), room));
        let _ = writeln!(
            out,
            "<text x=\"{AIR}\" y=\"{}\" font-size=\"16\" font-weight=\"600\">{heading}</text>",
            AIR + 14.0
        );
        let wide = ((self.width - 2.0 * AIR) / 6.5) as usize;
        self.say(out, AIR, AIR + 32.0, &cells::cut(&self.about(), wide));
        let mut body = String::new();
        let mut end = HEAD;
        for (&lane, items) in &self.used {
            end += self.lane(lane, items, end, &mut body);
        }
        self.head(end, out);
        out.push_str(&body);
        let end = self.list(end + AIR, out) + AIR;
        out.push_str("</g>\n");
        end
    }

    /// Says something about the picture, in the colour of the axis.
    fn say(&self, out: &mut String, x: f64, y: f64, text: &str) {
        let (colour, text) = (&self.axis_colour, escape(text));
        let _ = writeln!(out, "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"12\" fill=\"{colour}\">{text}</text>");
    }

    /// Returns the day of the article and how much was said in it.
    fn about(&self) -> String {
        let (notes, found) = (self.document.notes.article.date, &self.document.analysis.date);
        let date = match (notes.or(found.interval), found.from) {
            (None, _) => "undated".to_owned(),
            (Some(days), DateFrom::Text) if notes.is_none() => format!("{} (inferred)", days::days(days, Style::Full)),
            (Some(days), _) => days::days(days, Style::Full),
        };
        let named = self.used.keys().filter(|&&lane| lane + 1 < self.lanes.len()).count();
        let quotes = self.used.values().map(Vec::len).sum();
        let quotes = counted(quotes, "quotation", "quotations");
        format!("{date} · {quotes} of {}", counted(named, "speaker", "speakers"))
    }

    /// Draws the labels of the axis, a fine line down to `end` from each day, and what is written where there is nothing.
    fn head(&self, end: f64, out: &mut String) {
        let first = HEAD - 8.0;
        if self.used.is_empty() {
            return self.say(out, AIR, first, "no quotations");
        }
        let Some(axis) = &self.axis else { return self.say(out, self.left, first, "no dates in this article") };
        let (years, days) = axis.labels(&(0..axis.width), "⋯");
        for gap in axis.gaps() {
            let (from, to) = (self.left + gap.start as f64 * COLUMN, self.left + gap.end as f64 * COLUMN);
            let _ = writeln!(
                out,
                "<rect x=\"{from:.1}\" y=\"{HEAD}\" width=\"{:.1}\" height=\"{:.1}\" fill-opacity=\"0.06\"/>",
                to - from,
                end - HEAD
            );
        }
        for (line, labels) in [&years, &days].into_iter().enumerate() {
            for label in labels {
                // A label stands at its line, or at the edge where that leaves it no room.
                let x = (label.place * COLUMN).min(label.column as f64 * COLUMN + COLUMN);
                self.say(out, self.left + x, first - 16.0 + line as f64 * 16.0, &label.text);
            }
        }
        if self.right + AIR < self.width {
            self.say(out, self.right + AIR, first, "undated");
        }
        let mut places: Vec<f64> =
            years.iter().chain(&days).filter(|label| label.text != "⋯").map(|label| label.place).collect();
        places.sort_by(f64::total_cmp);
        places.dedup();
        for place in places {
            let x = self.left + place * COLUMN;
            let _ = writeln!(
                out,
                "<path d=\"M{x:.1} {HEAD}V{end:.1}\" stroke=\"{}\" stroke-opacity=\"0.25\"/>",
                self.axis_colour
            );
        }
    }

    /// Draws a lane from `top`; returns its height.
    fn lane(&self, lane: usize, items: &[Item], top: f64, out: &mut String) -> f64 {
        let colour = self.colour(lane);
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
        // A fine line leads from the name to its marks.
        let _ = writeln!(
            out,
            "<path d=\"M{AIR} {0:.1}H{1:.1}\" stroke=\"{2}\" stroke-opacity=\"0.15\"/>",
            top + height + 3.0,
            self.width - AIR,
            self.axis_colour
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
            // The number in as large a script as there is room for; a figure is some 0.63 of its height wide.
            let fits = |size: &f64| bar >= size + 1.0 && wide >= number.len() as f64 * size * 0.63 + 3.0;
            if let Some(size) = [11.0, 9.0, 7.0].iter().find(|size| fits(size)) {
                let _ = write!(
                    out,
                    "<text x=\"{:.1}\" y=\"{:.1}\" font-size=\"{size}\" text-anchor=\"middle\">{number}</text>",
                    from + wide / 2.0,
                    y + bar / 2.0 + size * 0.36
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

    fn colour(&self, lane: usize) -> String {
        let nobody = lane + 1 == self.lanes.len();
        hex(self.theme.speaker(lane), false).filter(|_| !nobody).unwrap_or_else(|| "#808080".to_owned())
    }

    /// Writes the quotations as they were said, from `top`, in the colours of their lanes; returns where the list ends.
    fn list(&self, top: f64, out: &mut String) -> f64 {
        let Resolved { quotes, .. } = self.document.resolved;
        let mut y = top;
        let dates: BTreeMap<usize, String> =
            self.used.values().flatten().map(|item| (item.quote, when(&quotes[item.quote]))).collect();
        let longest = dates.values().map(|date| cells::width(date)).max().unwrap_or(0);
        let words = AIR + 28.0 + longest as f64 * 6.6 + AIR;
        // A letter of the list is some 6.3 pixels wide; of words that do not fit, the end is left out.
        let room = ((self.width - AIR - words) / 6.3).max(0.0) as usize;
        for n in order(quotes, false) {
            let Some(date) = dates.get(&n) else { continue };
            let lane = quotes[n].speaker.unwrap_or(self.lanes.len() - 1);
            let name = cells::cut(&self.lanes[lane].name, room.min(40));
            let left = room.saturating_sub(cells::width(&name) + 2);
            y += 17.0;
            let _ = writeln!(
                out,
                "<text y=\"{y:.1}\" font-size=\"12\"><tspan fill=\"{colour}\" x=\"{:.1}\" text-anchor=\"end\">{}</tspan>\
                 <tspan fill=\"{colour}\" x=\"{:.1}\">{}</tspan><tspan fill=\"{colour}\" x=\"{words:.1}\">{}:</tspan> {}</text>",
                AIR + 20.0,
                n + 1,
                AIR + 28.0,
                escape(date),
                escape(&name),
                escape(&cells::cut(&self.words(n, left + 1), left)),
                colour = self.colour(lane),
            );
        }
        y
    }

    fn tooltip(&self, lane: &Lane, quote: usize) -> String {
        let said = when(&self.document.resolved.quotes[quote]);
        format!("{} · {said}\n{}", lane.name, self.words(quote, WORDS))
    }

    /// Returns the first words of a quotation, at most `most` characters of them.
    fn words(&self, quote: usize, most: usize) -> String {
        let words = self.document.resolved.quotes[quote].hull().of(&self.document.analysis.clean.text);
        let mut words = words.split_whitespace().flat_map(|word| [" ", word]).skip(1).flat_map(str::chars);
        let mut short: String = words.by_ref().take(most).collect();
        if words.next().is_some() {
            short.push('…');
        }
        short
    }
}

fn when(quote: &ResolvedQuote) -> String {
    quote.said_at.map_or_else(|| "undated".to_owned(), |said| days::days(said, Style::Short))
}

/// Returns a colour as SVG writes it: of the text, or behind it.
fn hex(paint: Paint, behind: bool) -> Option<String> {
    let (r, g, b) = if behind { paint.bg } else { paint.fg }?.rgb();
    Some(format!("#{r:02x}{g:02x}{b:02x}"))
}

/// Returns text as XML may hold it; controls and what turns the direction of writing are shown, not obeyed.
fn escape(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // Of these the escaping takes care.
            '\n' | '\t' | '\u{fffe}' | '\u{ffff}' => shown.push(c),
            c => visible::push(&mut shown, c),
        }
    }
    xml::escape(&shown)
}

#[cfg(test)]
mod tests {
    use super::super::sample::{TEXT, with};
    use super::*;
    fn drawn(text: &str, width: usize) -> String {
        let theme = Theme::shipped("light").expect("it is shipped");
        let mut out = Vec::new();
        with(text, |document| write(std::slice::from_ref(document), &theme, width, &mut out))
            .expect("a vector takes everything");
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
}
