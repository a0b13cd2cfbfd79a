//! The picture and its list as pieces of text with places, for a screen or a page of text.

use super::{Picture, days, lanes, names, signs};
use crate::annotation::Resolved;
use crate::text::cells;
use std::ops::Range;

/// What a piece of text is, for its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// What is behind: dots, remarks.
    Muted,
    /// The axis.
    Axis,
    /// Something of this lane.
    Lane(usize),
    /// Something of this lane that is selected.
    Selected(usize),
}

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Cells from the left.
    pub column: usize,
    /// Lines from the top.
    pub line: usize,
    /// The text; it may hold anything an article holds.
    pub text: String,
    /// What it is.
    pub ink: Ink,
    /// The quotations it stands for.
    pub quotes: Vec<usize>,
}

/// How the lines are shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// Lines of the axis.
    pub head: usize,
    /// The rows of the lanes that are shown.
    pub rows: Range<usize>,
    /// The lines of the list that are shown, at the bottom.
    pub list: Range<usize>,
}

impl Picture {
    /// Shares `height` lines between the picture and its list, so that quotation `selected` is in both. The list gets what
    /// the picture leaves, and a third of a high page in any case; less than three lines of more
    /// are no list.
    pub fn share(&self, height: usize, selected: Option<usize>) -> Share {
        let head = if self.axis.is_some() { 2 } else { 1 };
        let list = height.saturating_sub(head + self.rows.len() + 1).max(if height >= 14 { height / 3 } else { 0 });
        let list = if list >= self.order.len().min(3) { list.min(self.order.len()) } else { 0 };
        let lanes = height.saturating_sub(head + if list > 0 { list + 1 } else { 0 });
        let row = selected.and_then(|n| self.row_of(n));
        let line = selected.and_then(|n| self.line_of(n));
        Share { head, rows: window(self.rows.len(), lanes, row), list: window(self.order.len(), list, line) }
    }

    /// Returns everything that stands on a page of `height` lines.
    pub fn pieces(&self, resolved: &Resolved, text: &str, height: usize, selected: Option<usize>) -> Vec<Piece> {
        let share = self.share(height, selected);
        let mut out = Vec::new();
        self.head(&share, &mut out);
        for (line, row) in share.rows.clone().enumerate() {
            self.row(row, share.head + line, resolved, selected, &mut out);
        }
        if !share.list.is_empty() {
            self.list(&share, share.head + share.rows.len() + 1, resolved, text, selected, &mut out);
        }
        out.retain(|piece| piece.line < height);
        out
    }

    fn head(&self, share: &Share, out: &mut Vec<Piece>) {
        let left = self.name_width + 1;
        let mut say = |column, line, text: String, ink| out.push(Piece { column, line, text, ink, quotes: Vec::new() });
        if self.axis.is_none() {
            let text = cells::cut("no dates in this article", self.frame.width.saturating_sub(left));
            return say(left, 0, text, Ink::Muted);
        }
        for (line, labels) in [&self.labels.0, &self.labels.1].into_iter().enumerate() {
            for label in labels {
                say(left + label.column, line, label.text.clone(), Ink::Axis);
            }
        }
        if self.undated > 0 {
            say(self.undated_column(), share.head - 1, "undated".to_owned(), Ink::Axis);
        }
        // Where not all days are in sight, an arrow tells to which side there are more.
        let (view, ascii) = (self.view(), self.frame.ascii);
        if view.start > 0 {
            say(left - 1, 1, if ascii { "<" } else { "‹" }.to_owned(), Ink::Muted);
        }
        if self.axis.as_ref().is_some_and(|axis| view.end < axis.width) {
            say(left + self.room, 1, if ascii { ">" } else { "›" }.to_owned(), Ink::Muted);
        }
    }

    fn undated_column(&self) -> usize {
        if self.axis.is_none() { self.name_width + 1 } else { self.frame.width.saturating_sub(self.undated - 1) }
    }

    fn row(&self, at: usize, line: usize, resolved: &Resolved, selected: Option<usize>, out: &mut Vec<Piece>) {
        let (row, signs, view) = (&self.rows[at], signs(self.frame.ascii), self.view());
        let left = self.name_width + 1;
        let plain = Ink::Lane(row.lane);
        let mut say = |column, text: String, ink, quotes| out.push(Piece { column, line, text, ink, quotes });
        if row.first {
            say(0, self.names[row.lane].clone(), plain, Vec::new());
        }
        let gap = |column: usize| {
            let at = self.gaps.partition_point(|gap| gap.end <= column);
            self.gaps.get(at).is_some_and(|gap| gap.contains(&column))
        };
        let dots = view.clone().map(|column| if column % 2 == 0 && !gap(column) { signs.dot } else { ' ' });
        say(left, dots.collect(), Ink::Muted, Vec::new());
        for (n, mark) in row.marks.iter().enumerate() {
            let Some((column, text)) = mark.seen(&view, signs) else { continue };
            let here = selected.filter(|selected| mark.quotes.contains(selected));
            let end = column + text.chars().count();
            say(left + column, text, here.map_or(plain, |_| Ink::Selected(row.lane)), mark.quotes.clone());
            // The selected one tells its days beside it, where nothing else stands.
            let Some(interval) = here.and_then(|n| resolved.quotes.get(n)?.said_at) else { continue };
            let label = self.days(interval);
            let width = label.chars().count() + 2;
            let before = n.checked_sub(1).and_then(|n| row.marks.get(n)).map_or(0, lanes::Mark::end);
            let behind = row.marks.get(n + 1).map_or(view.end, |next| next.column.min(view.end));
            let behind = if row.marks.len() == n + 1 { self.room } else { behind.saturating_sub(view.start) };
            if end + width <= behind {
                say(left + end, format!(" {label} "), Ink::Axis, mark.quotes.clone());
            } else if before.saturating_sub(view.start) + width <= column {
                say(left + column - width, format!(" {label} "), Ink::Axis, mark.quotes.clone());
            }
        }
        if !row.undated.is_empty() {
            let here = selected.is_some_and(|selected| row.undated.contains(&selected));
            let column = self.undated_column();
            let text = lanes::numbers(&row.undated, self.frame.width.saturating_sub(column), signs);
            say(column, text, if here { Ink::Selected(row.lane) } else { plain }, row.undated.clone());
        }
    }

    fn days(&self, interval: crate::engine::Interval) -> String {
        let text = days::days(interval, days::Style::Short);
        if self.frame.ascii { text.replace('–', "-") } else { text }
    }

    fn list(
        &self,
        share: &Share,
        top: usize,
        resolved: &Resolved,
        text: &str,
        selected: Option<usize>,
        out: &mut Vec<Piece>,
    ) {
        let title = if self.frame.by_place { "as they stand in the text" } else { "as they were said" };
        let ink = Ink::Muted;
        let rule = if self.frame.ascii { "-" } else { "─" };
        let title = cells::cut(title, self.frame.width);
        let rest = self.frame.width.saturating_sub(cells::width(&title) + 1);
        let title = format!("{title} {}", rule.repeat(rest));
        out.push(Piece { column: 0, line: top - 1, text: title, ink, quotes: Vec::new() });
        let shown = &self.order[share.list.clone()];
        // A narrow line keeps cells for words: of long dates and names less is said.
        let narrow = self.frame.width < 60;
        let most = if narrow { 14 } else { 24 };
        let date = |&n: &usize| {
            let whole = resolved.quotes[n].said_at.map_or_else(|| "undated".to_owned(), |said| self.days(said));
            let short = whole.rsplit_once(' ').map(|(days, _)| days.to_owned());
            if cells::width(&whole) > most { short.unwrap_or(whole) } else { whole }
        };
        let dates: Vec<String> = shown.iter().map(date).collect();
        let width = dates.iter().map(|date| cells::width(date)).max().unwrap_or(0).min(most);
        let digits = self.places.len().to_string().len().max(2);
        for ((line, &n), date) in shown.iter().enumerate().zip(&dates) {
            let quote = &resolved.quotes[n];
            let lane = quote.speaker.unwrap_or(self.lanes.len() - 1);
            // More than a line's words are not looked at.
            let words: String = quote.hull().of(text).chars().take(self.frame.width * 2 + 40).collect();
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            let name = names::short(&self.lanes[lane], if narrow { 12 } else { 40 });
            let date = cells::cut(date, width);
            let air = " ".repeat(width.saturating_sub(cells::width(&date)));
            let text = format!("{:>digits$}  {date}{air}  {name}: {words}", n + 1);
            out.push(Piece {
                column: 0,
                line: top + line,
                text: cells::cut(&text, self.frame.width),
                ink: if selected == Some(n) { Ink::Selected(lane) } else { Ink::Lane(lane) },
                quotes: vec![n],
            });
        }
    }
}

/// Returns the `height` rows of `count` that hold `wanted`, near their middle.
pub fn window(count: usize, height: usize, wanted: Option<usize>) -> Range<usize> {
    let last = count.saturating_sub(height);
    let top = wanted.map_or(0, |wanted| wanted.saturating_sub(height / 2)).min(last);
    top..count.min(top + height)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_wanted_row_in_sight() {
        assert_eq!(window(10, 4, Some(9)), 6..10);
        assert_eq!(window(10, 4, None), 0..4);
        assert_eq!(window(3, 9, Some(2)), 0..3);
    }
}
