//! The timeline as columns and rows: who said what when. What draws it, on a screen or in a file, only paints it.

pub mod axis;
pub mod days;
pub mod lanes;
pub mod names;
pub mod page;

use super::{Resolved, ResolvedQuote, Status};
use crate::engine::{Interval, SpeakerKind};
use crate::text::cells;
use axis::{Axis, Label};
use lanes::{Item, Row, Signs};
use std::ops::Range;

/// The widest column of names, in cells.
const NAMES: usize = 24;
/// By how much a step of the zoom stretches the axis.
const STEP: f64 = 1.5;
/// The last step of the zoom: the axis is some 130 times as wide as the screen then.
pub const MOST: u8 = 12;
/// Cells that stay free at either side of a mark that is brought into sight.
const MARGIN: usize = 3;

/// For what a picture is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Frame {
    /// Cells of a line.
    pub width: usize,
    /// Steps of the zoom; none shows all days.
    pub zoom: u8,
    /// Whether the list goes by place in the text; else by time.
    pub by_place: bool,
    /// Whether only ASCII is drawn around names and words.
    pub ascii: bool,
}

/// A speaker with a lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lane {
    /// What to call it.
    pub name: String,
    /// Whether it is a person with a name, which can be shortened to the last name.
    pub person: bool,
}

/// The layout: axis, lanes and list of all quotations that are not rejected.
#[derive(Debug, Clone)]
pub struct Picture {
    /// For what it was laid out.
    pub frame: Frame,
    /// The lanes by number; behind the speakers' the one of those that nobody is named for.
    pub lanes: Vec<Lane>,
    /// The names as they are shown, by number of the lane.
    pub names: Vec<String>,
    /// Cells of the names.
    pub name_width: usize,
    /// Cells of those without a date, with the air before them; 0 where there is none.
    pub undated: usize,
    /// Cells of the axis that are shown.
    pub room: usize,
    /// The axis, where anything has a date.
    pub axis: Option<Axis>,
    /// The rows of the lanes.
    pub rows: Vec<Row>,
    /// The order of the list.
    pub order: Vec<usize>,
    /// The first column of the axis that is shown.
    left: usize,
    /// The labels of the axis, as far as it is shown: years, and months and days.
    labels: (Vec<Label>, Vec<Label>),
    /// Which columns of the axis have no dots.
    gaps: Vec<Range<usize>>,
    /// For each quotation its row, and its mark there; and its line of the list.
    places: Vec<Option<Place>>,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    row: usize,
    mark: Option<usize>,
    line: usize,
}

/// Returns the order of the list: the numbers of the quotations that are not rejected, by time (undated last) or place.
pub fn order(quotes: &[ResolvedQuote], by_place: bool) -> Vec<usize> {
    let mut order: Vec<usize> = (0..quotes.len()).filter(|&n| quotes[n].status != Status::Rejected).collect();
    if !by_place {
        order.sort_by_key(|&n| (quotes[n].said_at.is_none(), quotes[n].said_at.map(|i| (i.from, i.to)), n));
    }
    order
}

/// Returns what has a place in the picture: all quotations that are not rejected, with the numbers of their lanes.
pub fn items(resolved: &Resolved) -> Vec<Item> {
    let nobody = resolved.speakers.len();
    let item = |quote: usize| {
        let found = &resolved.quotes[quote];
        Item { quote, lane: found.speaker.unwrap_or(nobody), said_at: found.said_at }
    };
    order(&resolved.quotes, true).into_iter().map(item).collect()
}

/// Returns the lanes by number: the speakers, then the one of those that nobody is named for.
pub fn lanes(resolved: &Resolved) -> Vec<Lane> {
    let speakers = resolved.speakers.iter().map(|speaker| Lane {
        name: speaker.name.clone(),
        person: speaker.named && speaker.kind == SpeakerKind::Person,
    });
    speakers.chain([Lane { name: "(nobody named)".to_owned(), person: false }]).collect()
}

impl Picture {
    /// Lays out `resolved`; `None` where it has no quotation that is not rejected.
    pub fn new(resolved: &Resolved, frame: Frame) -> Option<Self> {
        let items = items(resolved);
        if items.is_empty() {
            return None;
        }
        let lanes = lanes(resolved);
        let signs = signs(frame.ascii);
        let used = |lane: usize| items.iter().any(|item| item.lane == lane);
        let longest =
            lanes.iter().enumerate().filter(|&(lane, _)| used(lane)).map(|(_, lane)| cells::width(&lane.name));
        // A narrow screen gives the names a bit more than a third: less cuts too many of them.
        let name_width = longest.max().unwrap_or(0).min(NAMES).min(frame.width * 3 / 8);
        let dated: Vec<Interval> = items.iter().filter_map(|item| item.said_at).collect();
        let undated = if dated.len() == items.len() {
            0
        } else if dated.is_empty() {
            frame.width.saturating_sub(name_width)
        } else {
            // The labels hold to 8 cells, or have the one number that is longer.
            "undated".len().max(8).max(items.len().to_string().len() * 2 + 1) + 1
        };
        // Where not all days are in sight, an arrow at the right edge may tell so.
        let arrow = usize::from(frame.zoom > 0 && undated == 0);
        let room = frame.width.saturating_sub(name_width + 1 + undated + arrow);
        let axis = Axis::new(&dated, room, STEP.powi(i32::from(frame.zoom.min(MOST))));
        let rows = lanes::rows(&items, axis.as_ref(), signs);
        let order = order(&resolved.quotes, frame.by_place);
        let mut places = vec![None; resolved.quotes.len()];
        for (line, &n) in order.iter().enumerate() {
            places[n] = Some(Place { row: 0, mark: None, line });
        }
        for (at, row) in rows.iter().enumerate() {
            let marked =
                row.marks.iter().enumerate().flat_map(|(m, mark)| mark.quotes.iter().map(move |&n| (n, Some(m))));
            for (n, mark) in marked.chain(row.undated.iter().map(|&n| (n, None))) {
                if let Some(place) = &mut places[n] {
                    (place.row, place.mark) = (at, mark);
                }
            }
        }
        let names = lanes.iter().map(|lane| names::short(lane, name_width)).collect();
        let gaps = axis.as_ref().map(|axis| axis.gaps().collect()).unwrap_or_default();
        let labels = (Vec::new(), Vec::new());
        let mut picture =
            Self { frame, lanes, names, name_width, undated, room, axis, rows, order, left: 0, labels, gaps, places };
        picture.label();
        Some(picture)
    }

    /// Returns the columns of the axis that are shown.
    pub fn view(&self) -> Range<usize> {
        let width = self.axis.as_ref().map_or(0, |axis| axis.width);
        self.left..(self.left + self.room).min(width)
    }

    /// Shows the axis from column `left`, as far as there is anything.
    pub fn turn(&mut self, left: usize) {
        let width = self.axis.as_ref().map_or(0, |axis| axis.width);
        let left = left.min(width.saturating_sub(self.room));
        if left != self.left {
            self.left = left;
            self.label();
        }
    }

    /// Shows earlier or later days, by half of what is shown; false where there are none.
    pub fn pan(&mut self, later: bool) -> bool {
        let (before, by) = (self.left, (self.room / 2).max(1));
        self.turn(if later { before + by } else { before.saturating_sub(by) });
        self.left != before
    }

    /// Brings the mark of quotation `n` into sight.
    pub fn reveal(&mut self, n: usize) {
        let Some(mark) = self.mark_of(n) else { return };
        let (from, to, view) = (mark.column, mark.end(), self.view());
        let fits = to - from + 2 * MARGIN <= self.room;
        if fits && from < view.start + MARGIN {
            self.turn(from.saturating_sub(MARGIN));
        } else if fits && to + MARGIN > view.end {
            self.turn((to + MARGIN).saturating_sub(self.room));
        } else if !fits && (from >= view.end || to <= view.start) {
            self.turn(from.saturating_sub(MARGIN));
        }
    }

    /// Takes over what was shown before the zoom: the middle of the mark of quotation `n`, or else of what was shown,
    /// stays where it was.
    pub fn follow(&mut self, before: &Self, n: Option<usize>) {
        let (Some(axis), Some(old)) = (&self.axis, &before.axis) else { return };
        let view = before.view();
        let middle = n.and_then(|n| before.mark_of(n)).map(|mark| (mark.column, mark.end()));
        let seen = middle.map(|(from, to)| (from.max(view.start), to.min(view.end))).filter(|(from, to)| from < to);
        let (from, to) = seen.unwrap_or((view.start, view.end));
        let column = f64::midpoint(from as f64, to as f64);
        let now = axis.place(old.day_at(column));
        self.turn((now - (column - view.start as f64)).round().max(0.0) as usize);
    }

    /// Returns the row of quotation `n`.
    pub fn row_of(&self, n: usize) -> Option<usize> {
        self.places.get(n).copied().flatten().map(|place| place.row)
    }

    /// Returns the line of quotation `n` in the list.
    pub fn line_of(&self, n: usize) -> Option<usize> {
        self.places.get(n).copied().flatten().map(|place| place.line)
    }

    /// Returns the mark of quotation `n`; `None` where it has no date.
    pub fn mark_of(&self, n: usize) -> Option<&lanes::Mark> {
        let place = self.places.get(n).copied().flatten()?;
        self.rows[place.row].marks.get(place.mark?)
    }

    fn label(&mut self) {
        let view = self.view();
        let gap = signs(self.frame.ascii).gap.to_string();
        self.labels = self.axis.as_ref().map(|axis| axis.labels(&view, &gap)).unwrap_or_default();
    }
}

fn signs(ascii: bool) -> Signs {
    if ascii { Signs::ASCII } else { Signs::UNICODE }
}
