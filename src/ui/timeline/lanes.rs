//! The lanes of the timeline: a lane a speaker, a mark a quotation, stacked where marks meet.

use super::axis::Axis;
use crate::engine::Interval;

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
    /// What is drawn.
    pub text: String,
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
    /// One day or column.
    pub point: char,
    /// Beginning, middle and end of an interval.
    pub interval: [char; 3],
}

impl Signs {
    /// Block and line drawing characters.
    pub const UNICODE: Self = Self { point: '▮', interval: ['├', '─', '┤'] };
    /// Plain ASCII.
    pub const ASCII: Self = Self { point: '*', interval: ['[', '-', ']'] };
}

/// Lays out the rows of all lanes that have something, in order of their number.
pub fn rows(items: &[Item], axis: Option<&Axis>, signs: Signs) -> Vec<Row> {
    let mut lanes: Vec<usize> = items.iter().map(|item| item.lane).collect();
    lanes.sort_unstable();
    lanes.dedup();
    lanes.into_iter().flat_map(|lane| lane_rows(lane, items, axis, signs)).collect()
}

fn lane_rows(lane: usize, items: &[Item], axis: Option<&Axis>, signs: Signs) -> Vec<Row> {
    let mut first = Row { lane, first: true, ..Row::default() };
    let mut groups: Vec<((usize, usize), Vec<usize>)> = Vec::new();
    for item in items.iter().filter(|item| item.lane == lane) {
        let Some((axis, interval)) = axis.zip(item.said_at) else {
            first.undated.push(item.quote);
            continue;
        };
        let columns = axis.columns(interval);
        match groups.iter_mut().find(|(known, _)| *known == columns) {
            Some((_, quotes)) => quotes.push(item.quote),
            None => groups.push((columns, vec![item.quote])),
        }
    }
    groups.sort();
    let mut rows = vec![first];
    let width = axis.map_or(0, |axis| axis.width);
    for (columns, quotes) in groups {
        let mark = mark(columns, quotes, width, signs);
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
        self.column + self.text.chars().count()
    }
}

/// Draws a mark on `columns`; its numbers stand inside where they fit, else right behind, moved left at the edge.
fn mark((left, right): (usize, usize), quotes: Vec<usize>, width: usize, signs: Signs) -> Mark {
    let room = right - left;
    let label = numbers(&quotes, room.saturating_sub(2).max(8));
    let length = label.chars().count();
    let text = if room >= length + 2 {
        let [begin, middle, end] = signs.interval;
        let before = (room - 2 - length) / 2;
        let behind = room - 2 - length - before;
        let fill = |n: usize| middle.to_string().repeat(n);
        format!("{begin}{}{label}{}{end}", fill(before), fill(behind))
    } else {
        format!("{}{label}", signs.point)
    };
    let length = text.chars().count();
    let column = left.min(width.saturating_sub(length));
    Mark { column, text, quotes }
}

/// Returns the numbers of quotations, from 1, in at most about `room` cells: runs as `3–6`, what does not fit as `+n`.
pub fn numbers(quotes: &[usize], room: usize) -> String {
    let mut parts: Vec<(String, usize)> = Vec::new();
    let mut i = 0;
    while i < quotes.len() {
        let mut end = i;
        while end + 1 < quotes.len() && quotes[end + 1] == quotes[end] + 1 {
            end += 1;
        }
        if end > i + 1 {
            parts.push((format!("{}–{}", quotes[i] + 1, quotes[end] + 1), end - i + 1));
        } else {
            parts.extend((i..=end).map(|n| ((quotes[n] + 1).to_string(), 1)));
        }
        i = end + 1;
    }
    let mut out = String::new();
    let mut left = quotes.len();
    for (n, (part, count)) in parts.iter().enumerate() {
        let last = n + 1 == parts.len();
        let more = if last { 0 } else { 3 };
        if n > 0 && out.chars().count() + 1 + part.chars().count() + more > room {
            out.push('+');
            out.push_str(&left.to_string());
            return out;
        }
        if n > 0 {
            out.push('·');
        }
        out.push_str(part);
        left -= count;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(quote: usize, lane: usize, from: &str, to: &str) -> Item {
        Item { quote, lane, said_at: Some(Interval { from: from.parse().unwrap(), to: to.parse().unwrap() }) }
    }

    #[test]
    fn shortens_numbers() {
        assert_eq!(numbers(&[0], 8), "1");
        assert_eq!(numbers(&[0, 1], 8), "1·2");
        assert_eq!(numbers(&[1, 2, 3, 7], 8), "2–4·8");
        assert_eq!(numbers(&[0, 2, 4, 6, 8, 10], 8), "1·3·5+3");
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
        let axis = Axis::new(&intervals, 40).unwrap();
        let rows = rows(&items, Some(&axis), Signs::UNICODE);
        let shape: Vec<(usize, bool, usize)> = rows.iter().map(|row| (row.lane, row.first, row.marks.len())).collect();
        assert_eq!(shape, [(0, true, 2), (0, false, 1), (1, true, 1)]);
        assert_eq!(rows[2].undated, [4]);
        for row in &rows {
            assert!(row.marks.windows(2).all(|pair| pair[0].end() <= pair[1].column));
            assert!(row.marks.iter().all(|mark| mark.end() <= axis.width.max(12)));
        }
        assert!(rows[1].marks[0].text.starts_with('├') && rows[1].marks[0].text.ends_with('┤'), "{rows:?}");
    }
}
