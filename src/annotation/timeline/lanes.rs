//! The lanes of the timeline: a lane a speaker, a mark a quotation, stacked where marks meet.

use super::axis::Axis;
use crate::engine::Interval;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

/// One quotation on its way to the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// Its number in the article, from 0.
    pub quote: usize,
    /// Its lane.
    pub lane: usize,
    /// When it was said.
    pub said_at: Option<Interval>,
}

/// A mark in the picture: quotations of one lane and the same days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Column of its first cell.
    pub column: usize,
    /// Its cells.
    pub width: usize,
    /// The numbers of its quotations, as they are shown.
    pub label: String,
    /// Whether it has a beginning and an end, and its label between them; else a point with the label behind it.
    pub long: bool,
    /// Whether all it stands for is of one day; a point that is not is hollow.
    pub sure: bool,
    /// The quotations it stands for.
    pub quotes: Vec<usize>,
}

/// One row of the picture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Its lane.
    pub lane: usize,
    /// Whether it is the lane's first row, which has the name.
    pub first: bool,
    /// Its marks from left to right.
    pub marks: Vec<Mark>,
    /// Quotations of the lane that have no date; only on the first row.
    pub undated: Vec<usize>,
}

/// The signs marks are drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signs {
    /// One day.
    pub point: char,
    /// More days than one that have no room for an interval.
    pub hollow: char,
    /// Beginning, middle and end of an interval.
    pub interval: [char; 3],
    /// Between the first and the last of a run of numbers.
    pub run: char,
    /// Between numbers.
    pub join: char,
    /// A compressed stretch of the axis.
    pub gap: char,
    /// An empty place of a lane.
    pub dot: char,
}

impl Signs {
    /// Block and line drawing characters.
    pub const UNICODE: Self =
        Self {
            point: '▮', hollow: '▯', interval: ['├', '─', '┤'], run: '–', join: '·', gap: '⋯', dot: '·'
        };
    /// Plain ASCII.
    pub const ASCII: Self =
        Self { point: '*', hollow: 'o', interval: ['[', '-', ']'], run: '-', join: ',', gap: '~', dot: '.' };
}

/// Lays out the rows of all lanes that have something, in order of their number.
pub fn rows(items: &[Item], axis: Option<&Axis>, signs: Signs) -> Vec<Row> {
    let mut lanes: BTreeMap<usize, Vec<Item>> = BTreeMap::new();
    for item in items {
        lanes.entry(item.lane).or_default().push(*item);
    }
    lanes.into_iter().flat_map(|(lane, items)| lane_rows(lane, &items, axis, signs)).collect()
}

fn lane_rows(lane: usize, items: &[Item], axis: Option<&Axis>, signs: Signs) -> Vec<Row> {
    let mut first = Row { lane, first: true, ..Row::default() };
    let mut groups: BTreeMap<(usize, usize), (Vec<usize>, bool)> = BTreeMap::new();
    for item in items {
        match axis.zip(item.said_at) {
            Some((axis, interval)) => {
                let (quotes, sure) = groups.entry(axis.columns(interval)).or_insert((Vec::new(), true));
                quotes.push(item.quote);
                *sure &= interval.from == interval.to;
            }
            None => first.undated.push(item.quote),
        }
    }
    let mut rows = vec![first];
    let width = axis.map_or(0, |axis| axis.width);
    for (columns, (quotes, sure)) in groups {
        let mark = Mark { sure, ..mark(columns, quotes, width, signs) };
        let free = rows.iter_mut().find(|row| row.marks.last().is_none_or(|last| last.end() <= mark.column));
        match free {
            Some(row) => row.marks.push(mark),
            None => rows.push(Row { lane, marks: vec![mark], ..Row::default() }),
        }
    }
    rows
}

impl Mark {
    /// Returns the column behind its last cell.
    pub fn end(&self) -> usize {
        self.column + self.width
    }

    /// Returns what is seen of it in the columns `view`: the column, counted from its first, and the signs, a cell each.
    /// The numbers of a long mark stand in the middle of what is seen.
    pub fn seen(&self, view: &Range<usize>, signs: Signs) -> Option<(usize, String)> {
        let (from, to) = (self.column.max(view.start), self.end().min(view.end));
        if from >= to {
            return None;
        }
        let whole: Vec<char> = if self.long {
            let [begin, middle, end] = signs.interval;
            let mut cells = vec![middle; to - from];
            let (head, tail) = (self.column >= view.start, self.end() <= view.end);
            let room = cells.len().saturating_sub(usize::from(head) + usize::from(tail));
            let label: Vec<char> = self.label.chars().collect();
            if label.len() <= room {
                let at = usize::from(head) + (room - label.len()) / 2;
                cells[at..at + label.len()].copy_from_slice(&label);
            }
            if head {
                cells[0] = begin;
            }
            if tail && let Some(last) = cells.last_mut() {
                *last = end;
            }
            cells
        } else {
            let point = if self.sure { signs.point } else { signs.hollow };
            let all = std::iter::once(point).chain(self.label.chars());
            all.skip(from - self.column).take(to - from).collect()
        };
        Some((from - view.start, whole.into_iter().collect()))
    }
}

/// Makes the mark on `columns`; its numbers stand inside where they fit, else right behind, moved left at the edge.
fn mark((left, right): (usize, usize), quotes: Vec<usize>, width: usize, signs: Signs) -> Mark {
    let room = right - left;
    let label = numbers(&quotes, room.saturating_sub(2).max(8), signs);
    let length = label.chars().count();
    let long = room >= length + 2;
    let cells = if long { room } else { length + 1 };
    Mark { column: left.min(width.saturating_sub(cells)), width: cells, label, long, sure: true, quotes }
}

/// Returns the numbers of quotations, from 1, in at most `room` cells: runs as `3–6`, what does not fit as `+n`. One
/// number always stands.
pub fn numbers(quotes: &[usize], room: usize, signs: Signs) -> String {
    let mut out = String::new();
    let mut best = None;
    let mut at = 0;
    while at < quotes.len() {
        let mut end = at;
        while end + 1 < quotes.len() && quotes[end + 1] == quotes[end] + 1 {
            end += 1;
        }
        // A run of two is no shorter as a run.
        let end = if end > at + 1 { end } else { at };
        let mut part = (quotes[at] + 1).to_string();
        if end > at {
            let _ = write!(part, "{}{}", signs.run, quotes[end] + 1);
        }
        let rest = |left: usize| if left > 0 { format!("+{left}") } else { String::new() };
        let whole = |part: &str, left: usize| {
            let join = if out.is_empty() { String::new() } else { signs.join.to_string() };
            format!("{out}{join}{part}{}", rest(left))
        };
        if best.is_none() {
            best = Some(whole(&(quotes[0] + 1).to_string(), quotes.len() - 1));
        }
        let text = whole(&part, quotes.len() - end - 1);
        if text.chars().count() <= room {
            best = Some(text);
        }
        if out.chars().count() > room {
            break;
        }
        out = whole(&part, 0);
        at = end + 1;
    }
    best.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(quote: usize, lane: usize, from: &str, to: &str) -> Item {
        Item { quote, lane, said_at: Some(Interval { from: from.parse().unwrap(), to: to.parse().unwrap() }) }
    }

    #[test]
    fn shortens_numbers() {
        let numbers = |quotes: &[usize]| super::numbers(quotes, 8, Signs::UNICODE);
        assert_eq!(numbers(&[0]), "1");
        assert_eq!(numbers(&[0, 1]), "1·2");
        assert_eq!(numbers(&[1, 2, 3, 7]), "2–4·8");
        assert_eq!(numbers(&[0, 2, 4, 6, 8, 10]), "1·3·5+3");
        assert_eq!(numbers(&(99..1000).collect::<Vec<_>>()), "100–1000");
        assert_eq!(numbers(&(99..1000).step_by(2).collect::<Vec<_>>()), "100+450");
    }

    #[test]
    fn a_long_mark_keeps_its_numbers_in_sight() {
        let mark = Mark { column: 10, width: 30, label: "7".to_owned(), long: true, sure: false, quotes: vec![6] };
        let seen = |view: Range<usize>| mark.seen(&view, Signs::ASCII);
        assert_eq!(seen(0..10), None);
        assert_eq!(seen(0..15), Some((10, "[-7--".to_owned())));
        assert_eq!(seen(20..25), Some((0, "--7--".to_owned())));
        assert_eq!(seen(35..60), Some((0, "-7--]".to_owned())));
        let point = Mark { width: 3, label: "12".to_owned(), long: false, ..mark.clone() };
        assert_eq!(point.seen(&(11..30), Signs::ASCII), Some((0, "12".to_owned())));
        assert_eq!(point.seen(&(0..30), Signs::ASCII), Some((10, "o12".to_owned())));
        let sure = Mark { sure: true, ..point };
        assert_eq!(sure.seen(&(0..30), Signs::ASCII), Some((10, "*12".to_owned())));
    }

    #[test]
    fn stacks_what_meets() {
        let items = [
            item(0, 0, "2017-06-03", "2017-06-06"),
            item(1, 0, "2017-06-03", "2017-06-03"),
            item(2, 0, "2017-06-06", "2017-06-06"),
            item(3, 1, "2017-06-04", "2017-06-05"),
            Item { quote: 4, lane: 1, said_at: None },
        ];
        let intervals: Vec<Interval> = items.iter().filter_map(|item| item.said_at).collect();
        let axis = Axis::new(&intervals, 40, 1.0).unwrap();
        let rows = rows(&items, Some(&axis), Signs::UNICODE);
        let shape: Vec<(usize, bool, usize)> = rows.iter().map(|row| (row.lane, row.first, row.marks.len())).collect();
        assert_eq!(shape, [(0, true, 2), (0, false, 1), (1, true, 1)]);
        assert_eq!(rows[2].undated, [4]);
        for row in &rows {
            assert!(row.marks.windows(2).all(|pair| pair[0].end() <= pair[1].column));
            assert!(row.marks.iter().all(|mark| mark.end() <= axis.width.max(12)));
        }
        assert!(rows[1].marks[0].long || rows[0].marks[0].long, "{rows:?}");
    }
}
