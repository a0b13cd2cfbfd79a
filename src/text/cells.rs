//! Text as cells of a screen: clusters with their widths, and rows wrapped to a width.

use super::visible::{self, Shown};
use super::{LineIndex, visible::shown};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// What is shown for one cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// The bytes themselves.
    Plain,
    /// A space.
    Space,
    /// The visible forms of its characters, in a distinct style.
    Code,
}

/// The bytes that are shown together, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cluster {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Cells it takes; at least 1 but for line breaks.
    pub width: usize,
    /// How it is shown.
    pub face: Face,
}

/// Returns the clusters of `text[range]` in order; their bytes count from the start of `text`. `range` must lie on
/// character boundaries. A line break is a cluster of no width.
pub fn clusters(text: &str, range: Range<usize>) -> impl Iterator<Item = Cluster> + '_ {
    let bytes = text.as_bytes();
    let end = range.end.min(text.len());
    let mut at = range.start.min(end);
    let mut rest: Option<std::iter::Peekable<unicode_segmentation::GraphemeIndices<'_>>> = None;
    let mut base = 0;
    std::iter::from_fn(move || {
        if at >= end {
            return None;
        }
        let start = at;
        // Printable ASCII before ASCII needs no segmentation.
        let plain = bytes[at].is_ascii() && bytes[at] != b'\r' && bytes.get(at + 1).is_none_or(u8::is_ascii);
        let cluster = if plain {
            rest = None;
            &text[at..=at]
        } else {
            let graphemes = rest.get_or_insert_with(|| {
                base = start;
                text[start..end].grapheme_indices(true).peekable()
            });
            while graphemes.peek().is_some_and(|(offset, _)| base + offset < start) {
                graphemes.next();
            }
            graphemes.next().map_or(&text[start..end], |(_, cluster)| cluster)
        };
        let cluster = shortened(cluster);
        at = start + cluster.len();
        let (width, face) = measure(cluster);
        Some(Cluster { start, end: at, width, face })
    })
}

/// Cuts a cluster that stacks marks without end to its first character: 32 bytes hold every emoji family.
fn shortened(cluster: &str) -> &str {
    let first = cluster.chars().next().map_or(0, char::len_utf8);
    if cluster.len() > 32 { &cluster[..first] } else { cluster }
}

/// Returns the cells `text` takes in its visible form.
pub fn width(text: &str) -> usize {
    clusters(text, 0..text.len()).map(|cluster| cluster.width).sum()
}

/// Returns `text` cut to `room` cells, with `…` where something was left out.
pub fn cut(text: &str, room: usize) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut used = 0;
    let mut end = 0;
    for cluster in clusters(text, 0..text.len()) {
        if used + cluster.width + 1 > room {
            break;
        }
        used += cluster.width;
        end = cluster.end;
    }
    if room == 0 { String::new() } else { format!("{}…", text[..end].trim_end()) }
}

fn measure(cluster: &str) -> (usize, Face) {
    let mut chars = cluster.chars();
    let first = chars.next().unwrap_or(' ');
    if first == '\n' || cluster == "\r\n" {
        return (0, Face::Space);
    }
    if chars.next().is_none() {
        match shown(first) {
            Shown::Space => return (1, Face::Space),
            Shown::Plain(' '..='~') => return (1, Face::Plain),
            Shown::Plain(_) => {}
            Shown::Caret(_) | Shown::Code(_) => return (code_of(cluster).len(), Face::Code),
        }
    }
    // Joiners and the choice of a picture's form stay in a cluster that begins with a picture or a letter of a script that needs them.
    let joined = first as u32 > 0x02ff;
    let plain = cluster
        .chars()
        .all(|c| matches!(shown(c), Shown::Plain(_)) || (joined && matches!(c, '\u{200d}' | '\u{fe0e}' | '\u{fe0f}')));
    let width = cluster.width();
    if plain && width > 0 { (width.min(2), Face::Plain) } else { (code_of(cluster).len(), Face::Code) }
}

/// Returns the visible form of a cluster that is shown by its codes: ASCII, but for plain letters among them.
pub fn code_of(cluster: &str) -> String {
    let mut out = String::new();
    for c in cluster.chars() {
        match shown(c) {
            Shown::Plain(c) if c.is_ascii() => out.push(c),
            // What has no width of its own, or hangs on what is hidden, is named too.
            Shown::Plain(c) => visible::push_code(&mut out, c),
            _ => visible::push(&mut out, c),
        }
    }
    out
}

/// Bytes of a line that are wrapped at a time: a longer line is wrapped in stretches of this length, so that a text of
/// one line of 10 MB costs no more than what is seen of it.
const STRETCH: usize = 8 * 1024;

/// A text wrapped to a width, row by row as needed: nothing is kept.
#[derive(Debug, Clone, Copy)]
pub struct Wrap<'a> {
    /// The text.
    pub text: &'a str,
    /// Its lines.
    pub lines: &'a LineIndex,
    /// Cells a row may take; 0 counts as 1.
    pub width: usize,
}

impl Wrap<'_> {
    /// Returns up to `count` rows from the one that holds byte `at`, as bytes without their line break.
    pub fn rows_from(&self, at: usize, count: usize) -> Vec<Range<usize>> {
        let mut out = Vec::with_capacity(count);
        let mut stretch = Some(self.stretch(at));
        while let Some(bytes) = stretch {
            let rows = wrap(self.text, bytes.clone(), self.width.max(1));
            let skip = if out.is_empty() { row_of(&rows, at) } else { 0 };
            out.extend(rows.into_iter().skip(skip).take(count - out.len()));
            stretch = if out.len() < count { self.after(&bytes) } else { None };
        }
        out
    }

    /// Returns up to `count` rows before the one that holds byte `at`, the nearest first.
    pub fn rows_before(&self, at: usize, count: usize) -> Vec<Range<usize>> {
        let mut out = Vec::with_capacity(count);
        let first = self.stretch(at);
        let mut rows = wrap(self.text, first.clone(), self.width.max(1));
        rows.truncate(row_of(&rows, at));
        let mut stretch = first;
        loop {
            let missing = count - out.len();
            out.extend(rows.into_iter().rev().take(missing));
            let Some(before) = (out.len() < count).then(|| self.before(&stretch)).flatten() else { return out };
            rows = wrap(self.text, before.clone(), self.width.max(1));
            stretch = before;
        }
    }

    /// Returns the stretch of a line that holds byte `at`.
    fn stretch(&self, at: usize) -> Range<usize> {
        let at = at.min(self.text.len());
        let line = self.lines.range(self.lines.line_of(at)).unwrap_or(0..0);
        let number = (at - line.start) / STRETCH;
        let mut start = self.cut(&line, number);
        let mut end = self.cut(&line, number + 1);
        if at >= end && end < line.end {
            (start, end) = (end, self.cut(&line, number + 2));
        } else if at < start {
            (start, end) = (self.cut(&line, number.saturating_sub(1)), start);
        }
        start..end
    }

    /// Returns where stretch `number` of `line` begins: behind the white space before its even place.
    fn cut(&self, line: &Range<usize>, number: usize) -> usize {
        let even = line.start + number * STRETCH;
        if number == 0 {
            return line.start;
        }
        if even >= line.end {
            return line.end;
        }
        let even = self.text.floor_char_boundary(even);
        let from = self.text.floor_char_boundary(even.saturating_sub(256).max(line.start));
        self.text[from..even].rfind(' ').map_or(even, |at| from + at + 1)
    }

    fn after(&self, bytes: &Range<usize>) -> Option<Range<usize>> {
        let line = self.lines.line_of(bytes.start);
        let end = self.lines.range(line)?.end;
        if bytes.end < end {
            return Some(self.stretch(bytes.end));
        }
        self.lines.range(line + 1).map(|next| self.stretch(next.start))
    }

    fn before(&self, bytes: &Range<usize>) -> Option<Range<usize>> {
        let line = self.lines.line_of(bytes.start);
        if bytes.start > self.lines.range(line)?.start {
            return Some(self.stretch(bytes.start - 1));
        }
        let previous = self.lines.range(line.checked_sub(1)?)?;
        Some(self.stretch(previous.end.saturating_sub(1).max(previous.start)))
    }
}

/// Returns the number of the row that holds byte `at`.
fn row_of(rows: &[Range<usize>], at: usize) -> usize {
    rows.partition_point(|row| row.start <= at).saturating_sub(1)
}

/// Wraps `text[range]` at spaces and after hyphens; a word wider than a row is cut. Spaces at the end of a row hang.
fn wrap(text: &str, range: Range<usize>, width: usize) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let mut start = range.start;
    let mut column = 0;
    // Where the row may end, and the column there.
    let mut chance: Option<(usize, usize)> = None;
    for cluster in clusters(text, range.clone()) {
        let space = cluster.face == Face::Space || text.as_bytes()[cluster.start] == b' ';
        while !space && column + cluster.width > width && cluster.start > start {
            let (end, used) = chance.filter(|&(end, _)| end > start).unwrap_or((cluster.start, column));
            rows.push(start..end);
            start = end;
            column -= used;
            chance = None;
        }
        column += cluster.width;
        if space || matches!(&text[cluster.start..cluster.end], "-" | "–" | "—" | "/") {
            chance = Some((cluster.end, column));
        }
    }
    rows.push(start..range.end);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(text: &str, width: usize) -> Vec<&str> {
        let lines = LineIndex::new(text);
        let wrap = Wrap { text, lines: &lines, width };
        wrap.rows_from(0, 1000).into_iter().map(|row| &text[row]).collect()
    }

    #[test]
    fn wraps_at_words() {
        assert_eq!(rows("who said what", 8), ["who said ", "what"]);
        assert_eq!(rows("vice-president", 8), ["vice-", "presiden", "t"]);
        assert_eq!(rows("a\n\nb", 5), ["a", "", "b"]);
        assert_eq!(rows("漢字漢字", 5), ["漢字", "漢字"]);
    }

    #[test]
    fn shows_what_is_hidden() {
        let widths: Vec<usize> = clusters("a\u{202e}é👩‍👩‍👧\u{1b}", 0..27).map(|cluster| cluster.width).collect();
        assert_eq!(widths, [1, 8, 1, 2, 2]);
        assert_eq!(code_of("\u{200b}"), "<U+200B>");
    }

    #[test]
    fn goes_back_as_it_came() {
        let text = "one two three\n\nfour five six seven\n".repeat(9);
        let lines = LineIndex::new(&text);
        let wrap = Wrap { text: &text, lines: &lines, width: 9 };
        let all = wrap.rows_from(0, 1000);
        let mut back = wrap.rows_before(text.len(), 1000);
        back.reverse();
        back.push(text.len()..text.len());
        assert_eq!(all, back);
    }

    #[test]
    fn wraps_a_long_line_in_stretches() {
        let text = "word ".repeat(40_000);
        let lines = LineIndex::new(&text);
        let wrap = Wrap { text: &text, lines: &lines, width: 20 };
        let middle = wrap.rows_from(100_000, 3);
        assert_eq!(middle.len(), 3);
        assert!(middle[0].start <= 100_000 && 100_000 < middle[0].end);
        assert_eq!(wrap.rows_before(middle[1].start, 1), [middle[0].clone()]);
        let all = wrap.rows_from(0, 100_000);
        assert!(all.windows(2).all(|pair| pair[0].end == pair[1].start));
    }

    proptest! {
        #[test]
        fn fits_the_width_and_loses_nothing(text in "[a-z é漢🙂\u{200b}-]{0,120}", width in 1..20_usize) {
            let lines = LineIndex::new(&text);
            let wrap = Wrap { text: &text, lines: &lines, width };
            let rows = wrap.rows_from(0, 1000);
            let mut at = 0;
            for row in rows {
                prop_assert_eq!(row.start, at);
                at = row.end;
                let shown = text[row.clone()].trim_end_matches(' ');
                let cells: Vec<Cluster> = clusters(&text, row.start..row.start + shown.len()).collect();
                let used: usize = cells.iter().map(|cluster| cluster.width).sum();
                prop_assert!(used <= width || cells.len() == 1, "{:?} takes {}", shown, used);
            }
            prop_assert_eq!(at, text.len());
        }
    }
}
