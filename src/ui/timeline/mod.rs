//! The timeline: who said what when, as a picture; and the list under it where there is room.

pub mod axis;
pub mod lanes;

use super::ink::{self, Ink};
use crate::annotation::{ResolvedQuote, ResolvedSpeaker, Status};
use crate::config::Role;
use crate::engine::Interval;
use axis::{Axis, Label};
use lanes::{Item, Row, Signs};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// What the timeline is drawn from.
#[derive(Debug, Clone, Copy)]
pub struct Timeline<'a> {
    /// The quotations.
    pub quotes: &'a [ResolvedQuote],
    /// Their speakers.
    pub speakers: &'a [ResolvedSpeaker],
    /// The colour of each speaker, as a number in the theme's turn.
    pub colours: &'a [usize],
    /// The clean text.
    pub text: &'a str,
    /// The selected quotation.
    pub selected: Option<usize>,
    /// Whether the list goes by time; else by place in the text.
    pub by_time: bool,
    /// Whether only ASCII is drawn around the text.
    pub ascii: bool,
}

/// Returns the order of the list: the numbers of the quotations that are not rejected, by time (undated last) or place.
pub fn order(quotes: &[ResolvedQuote], by_time: bool) -> Vec<usize> {
    let mut order: Vec<usize> = (0..quotes.len()).filter(|&n| quotes[n].status != Status::Rejected).collect();
    if by_time {
        order.sort_by_key(|&n| (quotes[n].said_at.is_none(), quotes[n].said_at.map(|i| (i.from, i.to)), n));
    }
    order
}

/// Returns an interval as people write it, as short as it can be: `2016`, `Jan 2017`, `6 Jun 2017`, `4–6 Jun 2017`.
pub fn days(interval: Interval) -> String {
    let (from, to) = (interval.from, interval.to);
    let month = |date: jiff::civil::Date| axis::MONTHS[usize::try_from(date.month()).unwrap_or(1) - 1];
    let full = |date: jiff::civil::Date| format!("{} {} {}", date.day(), month(date), date.year());
    let whole_months = from.day() == 1 && to == to.last_of_month();
    if from == to {
        full(from)
    } else if whole_months && from.month() == 1 && to.month() == 12 {
        if from.year() == to.year() { from.year().to_string() } else { format!("{}–{}", from.year(), to.year()) }
    } else if whole_months && from.year() == to.year() {
        if from.month() == to.month() {
            format!("{} {}", month(from), from.year())
        } else {
            format!("{}–{} {}", month(from), month(to), from.year())
        }
    } else if from.year() == to.year() && from.month() == to.month() {
        format!("{}–{} {} {}", from.day(), to.day(), month(from), from.year())
    } else if from.year() == to.year() {
        format!("{} {} – {}", from.day(), month(from), full(to))
    } else {
        format!("{} – {}", full(from), full(to))
    }
}

/// What stands where in the pane.
struct Picture {
    /// Columns of the names.
    names: usize,
    /// Columns of those without a date.
    undated: usize,
    axis: Option<Axis>,
    rows: Vec<Row>,
    /// Which of the rows are in sight.
    shown: std::ops::Range<usize>,
    /// Rows of the axis.
    head: usize,
    /// Rows of the list.
    list: usize,
}

impl Picture {
    fn list_area(&self, area: Rect) -> Rect {
        let top = area.height - self.list as u16;
        Rect { y: area.y + top, height: self.list as u16, ..area }
    }
}

impl Timeline<'_> {
    /// Draws the picture, and the list where at least three rows are left for it.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, ink: Ink) {
        if area.is_empty() {
            return;
        }
        let Some(picture) = self.picture(area) else {
            ink::text(buffer, area, 0, 0, "no quotations", ink.role(Role::Muted));
            return;
        };
        let left = picture.names + 1;
        if let Some(axis) = &picture.axis {
            self.draw_axis(buffer, area, left, axis, ink);
        } else {
            ink::text(buffer, area, left, 0, "no dates in this article", ink.role(Role::Muted));
        }
        if picture.undated > 0 {
            let column = (area.width as usize).saturating_sub(7);
            ink::text(buffer, area, column, picture.head - 1, "undated", ink.role(Role::Axis));
        }
        for (line, row) in picture.rows[picture.shown.clone()].iter().enumerate() {
            self.draw_row(buffer, area, picture.head + line, row, picture.names, picture.axis.as_ref(), ink);
        }
        if picture.list > 0 {
            self.draw_list(buffer, picture.list_area(area), ink);
        }
    }

    /// Returns where each quotation stands in `area`, in the picture and in the list; a mark of several is its first.
    pub fn marks(&self, area: Rect) -> Vec<(Rect, usize)> {
        let Some(picture) = self.picture(area).filter(|_| !area.is_empty()) else { return Vec::new() };
        let mut out = Vec::new();
        let mut place = |column: usize, line: usize, width: usize, quote: usize| {
            let wanted = Rect {
                x: area.x.saturating_add(column as u16),
                y: area.y.saturating_add(line as u16),
                width: width as u16,
                height: 1,
            };
            out.push((wanted.intersection(area), quote));
        };
        for (line, row) in picture.rows[picture.shown.clone()].iter().enumerate() {
            for mark in &row.marks {
                let width = mark.text.chars().count();
                // Clicked again, a mark of several goes on to its next.
                let here = mark.quotes.iter().position(|&n| Some(n) == self.selected).map_or(0, |n| n + 1);
                place(
                    picture.names + 1 + mark.column,
                    picture.head + line,
                    width,
                    mark.quotes[here % mark.quotes.len()],
                );
            }
            if let Some(&first) = row.undated.first() {
                let width = ink::width(&lanes::numbers(&row.undated, 8));
                place((area.width as usize).saturating_sub(width), picture.head + line, width, first);
            }
        }
        if picture.list > 0 {
            let order = order(self.quotes, self.by_time);
            let wanted = order.iter().position(|&n| Some(n) == self.selected);
            for (line, at) in window(order.len(), picture.list, wanted).enumerate() {
                place(0, area.height as usize - picture.list + line, area.width as usize, order[at]);
            }
        }
        out
    }

    /// Lays everything out in `area`; `None` where there are no quotations.
    fn picture(&self, area: Rect) -> Option<Picture> {
        let items = self.items();
        if items.is_empty() {
            return None;
        }
        let names = self.name_width(&items, area.width as usize);
        let undated = if items.iter().any(|item| item.said_at.is_none()) { 9 } else { 0 };
        let width = (area.width as usize).saturating_sub(names + 1 + undated);
        let dated: Vec<Interval> = items.iter().filter_map(|item| item.said_at).collect();
        let axis = Axis::new(&dated, width);
        let signs = if self.ascii { Signs::ASCII } else { Signs::UNICODE };
        let rows = lanes::rows(&items, axis.as_ref(), signs);
        // The list gets what the picture leaves, and a third of a high pane in any case.
        let height = area.height as usize;
        let head = if axis.is_some() { 2 } else { 1 };
        let list = height.saturating_sub(head + rows.len() + 1).max(if height >= 14 { height / 3 } else { 0 });
        let list = if list >= 3 { list } else { 0 };
        let shown = self.window(&rows, height.saturating_sub(head + if list > 0 { list + 1 } else { 0 }));
        Some(Picture { names, undated, axis, rows, shown, head, list })
    }

    fn items(&self) -> Vec<Item> {
        let nobody = self.speakers.len();
        order(self.quotes, false)
            .into_iter()
            .map(|quote| {
                let found = &self.quotes[quote];
                Item { quote, lane: found.speaker.unwrap_or(nobody), said_at: found.said_at }
            })
            .collect()
    }

    fn name(&self, lane: usize) -> &str {
        self.speakers.get(lane).map_or("(nobody named)", |speaker| &speaker.name)
    }

    fn name_width(&self, items: &[Item], width: usize) -> usize {
        let longest = items.iter().map(|item| ink::width(self.name(item.lane))).max().unwrap_or(0);
        longest.min(22).min(width / 3)
    }

    /// Returns which rows are shown, so that the selected quotation's is among them.
    fn window(&self, rows: &[Row], height: usize) -> std::ops::Range<usize> {
        let wanted = rows.iter().position(|row| {
            self.selected.is_some_and(|selected| {
                row.undated.contains(&selected) || row.marks.iter().any(|mark| mark.quotes.contains(&selected))
            })
        });
        window(rows.len(), height, wanted)
    }

    fn draw_axis(&self, buffer: &mut Buffer, area: Rect, left: usize, axis: &Axis, ink: Ink) {
        let gap = if self.ascii { "~" } else { "⋯" };
        let (years, days) = axis.labels(gap);
        let style = ink.role(Role::Axis);
        for (line, labels) in [years, days].into_iter().enumerate() {
            for Label { column, text } in labels {
                ink::text(buffer, area, left + column, line, &text, style);
            }
        }
    }

    #[allow(clippy::too_many_arguments, reason = "one row of one picture: its place, its parts and its colours")]
    fn draw_row(
        &self,
        buffer: &mut Buffer,
        area: Rect,
        line: usize,
        row: &Row,
        names: usize,
        axis: Option<&Axis>,
        ink: Ink,
    ) {
        let colour = self.colour(Some(row.lane), ink);
        if row.first {
            ink::text(buffer, area, 0, line, &ink::cut(self.name(row.lane), names), colour);
        }
        let left = names + 1;
        if let Some(axis) = axis {
            let dot = if self.ascii { "." } else { "·" };
            let gaps: Vec<_> = axis.gaps().collect();
            for column in (0..axis.width).step_by(2).filter(|column| !gaps.iter().any(|gap| gap.contains(column))) {
                ink::text(buffer, area, left + column, line, dot, ink.role(Role::Muted));
            }
        }
        for mark in &row.marks {
            let here = self.selected.is_some_and(|selected| mark.quotes.contains(&selected));
            ink::text(buffer, area, left + mark.column, line, &mark.text, Self::emphasis(colour, here, ink));
        }
        if !row.undated.is_empty() {
            let here = self.selected.is_some_and(|selected| row.undated.contains(&selected));
            let text = lanes::numbers(&row.undated, 8);
            let column = (area.width as usize).saturating_sub(ink::width(&text));
            ink::text(buffer, area, column, line, &text, Self::emphasis(colour, here, ink));
        }
    }

    fn colour(&self, speaker: Option<usize>, ink: Ink) -> Style {
        let colour = speaker.and_then(|n| self.colours.get(n));
        colour.map_or_else(|| ink.role(Role::Muted), |&colour| ink.speaker(colour))
    }

    fn emphasis(colour: Style, here: bool, ink: Ink) -> Style {
        if here { colour.patch(ink.role(Role::Selected)).add_modifier(Modifier::BOLD) } else { colour }
    }

    fn draw_list(&self, buffer: &mut Buffer, area: Rect, ink: Ink) {
        let order = order(self.quotes, self.by_time);
        let wanted = order.iter().position(|&n| Some(n) == self.selected);
        let shown = window(order.len(), area.height as usize, wanted);
        let dates: Vec<String> = order[shown.clone()]
            .iter()
            .map(|&n| self.quotes[n].said_at.map_or_else(|| "undated".to_owned(), days))
            .collect();
        let date_width = dates.iter().map(|date| ink::width(date)).max().unwrap_or(0).min(area.width as usize / 3);
        for (line, (&n, date)) in order[shown].iter().zip(&dates).enumerate() {
            let quote = &self.quotes[n];
            let colour = self.colour(quote.speaker, ink);
            let style = Self::emphasis(colour, Some(n) == self.selected, ink);
            let words = quote.hull().of(self.text).split_whitespace().collect::<Vec<_>>().join(" ");
            let name = quote.speaker.map_or("(nobody named)", |speaker| self.name(speaker));
            let text = format!("{:>3}  {:<date_width$}  {}: {}", n + 1, ink::cut(date, date_width), name, words);
            ink::text(buffer, area, 0, line, &ink::cut(&text, area.width as usize), style);
        }
    }
}

/// Returns the `height` rows of `count` that hold `wanted`, near their middle.
pub fn window(count: usize, height: usize, wanted: Option<usize>) -> std::ops::Range<usize> {
    let last = count.saturating_sub(height);
    let top = wanted.map_or(0, |wanted| wanted.saturating_sub(height / 2)).min(last);
    top..count.min(top + height)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(from: &str, to: &str) -> Interval {
        Interval { from: from.parse().unwrap(), to: to.parse().unwrap() }
    }

    #[test]
    fn writes_days_as_people_do() {
        for (from, to, text) in [
            ("2017-06-06", "2017-06-06", "6 Jun 2017"),
            ("2017-06-04", "2017-06-06", "4–6 Jun 2017"),
            ("2017-05-30", "2017-06-06", "30 May – 6 Jun 2017"),
            ("2017-01-01", "2017-01-31", "Jan 2017"),
            ("2016-07-01", "2016-12-31", "Jul–Dec 2016"),
            ("2016-01-01", "2016-12-31", "2016"),
            ("2010-01-01", "2019-12-31", "2010–2019"),
        ] {
            assert_eq!(days(interval(from, to)), text);
        }
    }

    #[test]
    fn keeps_the_wanted_row_in_sight() {
        assert_eq!(window(10, 4, Some(9)), 6..10);
        assert_eq!(window(10, 4, None), 0..4);
        assert_eq!(window(3, 9, Some(2)), 0..3);
    }
}
