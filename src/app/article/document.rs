//! The article that is open: its texts, what was found and decided, what is selected, and the reader's place in it.

use crate::annotation::timeline::{Picture, page::Piece};
use crate::annotation::{Annotations, History, RawText, Resolved, ResolvedQuote, Status, Unrepaired, resolve};
use crate::app::article::layers::Layers;
use crate::app::article::select::Pointed;
use crate::app::screen::Pane;
use crate::app::seek::find::Found;
use crate::engine::{Analysis, DateFrom, Interval};
use crate::source::Article;
use crate::text::cells::Wrap;
use crate::text::{Clean, LineIndex, PointIndex, Raw, Span};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// The article that is open.
#[derive(Debug)]
pub struct Document {
    /// Its place in the list.
    pub entry: usize,
    /// The article as it was read.
    pub article: Arc<Article>,
    /// The date given on the command line.
    pub given_date: Option<Date>,
    /// Why nothing can be saved, where nothing can.
    pub read_only: Option<String>,
    /// The reader's notes.
    pub notes: Annotations,
    /// Their history.
    pub history: History,
    /// What the program found; `None` until the analysis is done.
    pub analysis: Option<Arc<Analysis>>,
    /// Found and decided, joined.
    pub resolved: Resolved,
    /// The colour of each speaker of `resolved`, as a number in the theme's turn; it stays when the order changes.
    pub colours: Vec<usize>,
    /// The numbers of the quotations that have a date, in the order of time, then the others in the order of the text.
    pub by_time: Vec<usize>,
    /// What is marked in Raw.
    pub raw_layers: Layers,
    /// What is marked in Clean.
    pub clean_layers: Layers,
    /// The selected quotation.
    pub selected: Option<usize>,
    /// What is pointed at in the selected quotation or beside it.
    pub pointed: Option<Pointed>,
    /// A place of interest that is no quotation: a mention, a match.
    pub spot: Option<Span<Clean>>,
    /// What a search found.
    pub found: Option<Found>,
    /// Where the reader is in Raw.
    pub raw: Place,
    /// Where the reader is in Clean.
    pub clean: Place,
    /// Where the reader is in Speakers.
    pub speakers: SpeakersPlace,
    /// Where the reader is in Timeline.
    pub timeline: TimelinePlace,
    /// How saving goes.
    pub saving: Saving,
    /// The reader's date of the article and unwanted repairs with which the newest analysis was asked.
    pub analysed_with: (Option<Interval>, Unrepaired),
    points: PointIndex,
    raw_lines: LineIndex,
    clean_lines: LineIndex,
    slots: BTreeMap<Slot, usize>,
}

/// By what a speaker's colour is kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Slot {
    Found(usize),
    Named(String),
}

/// A reader's place in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// A byte of the first row that is shown.
    pub top: usize,
    /// Bytes that are to be brought into view by the next `prepare`.
    pub reveal: Option<Range<usize>>,
    /// The rows that are shown, as `prepare` found them.
    pub rows: Vec<Range<usize>>,
}

/// A reader's place in Speakers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SpeakersPlace {
    /// The chosen row, counted over speakers and the mentions of the open one.
    pub row: usize,
    /// The speaker whose mentions are shown.
    pub open: Option<usize>,
    /// The first line that is shown, as `prepare` found it.
    pub top: usize,
}

/// A reader's place in Timeline.
#[derive(Debug, Clone, Default)]
pub struct TimelinePlace {
    /// Steps of the zoom; none shows all days.
    pub zoom: u8,
    /// Whether the list goes by place in the text; else by time.
    pub by_place: bool,
    /// The layout, as `prepare` made it.
    pub picture: Option<Picture>,
    /// Whether the resolved view has changed since.
    pub stale: bool,
    /// What is shown of it, as `prepare` found it.
    pub pieces: Vec<Piece>,
    /// The selection that was brought into sight last.
    pub revealed: Option<Option<usize>>,
}

/// A row of Speakers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpeakerRow {
    /// A speaker, by its number.
    Speaker(usize),
    /// A mention of the open speaker, by its number among them.
    Mention(usize, usize),
}

/// How saving goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Saving {
    /// Counts up with every edit.
    pub revision: u64,
    /// The newest revision that is durable.
    pub saved: u64,
    /// Why the last save failed.
    pub failed: Option<String>,
}

impl Document {
    /// Opens an article that was read.
    pub fn new(entry: usize, opened: crate::app::Opened) -> Self {
        let text = &opened.article.text;
        Self {
            entry,
            points: PointIndex::new(text),
            raw_lines: LineIndex::new(text),
            clean_lines: LineIndex::new(""),
            given_date: opened.given_date,
            read_only: opened.read_only,
            notes: opened.notes,
            history: opened.history,
            analysis: None,
            resolved: Resolved::default(),
            colours: Vec::new(),
            by_time: Vec::new(),
            raw_layers: Layers::default(),
            clean_layers: Layers::default(),
            selected: None,
            pointed: None,
            spot: None,
            found: None,
            raw: Place::default(),
            clean: Place::default(),
            speakers: SpeakersPlace::default(),
            timeline: TimelinePlace::default(),
            saving: Saving::default(),
            analysed_with: Default::default(),
            slots: BTreeMap::new(),
            article: opened.article,
        }
    }

    /// Takes in what the program found. The selection and the place in the text stay as they are, where they can.
    pub fn analysed(&mut self, analysis: Arc<Analysis>) {
        let place = self.analysis.as_ref().map(|old| old.clean.map.back(Span::empty(self.clean.top)).start);
        self.clean_lines = LineIndex::new(&analysis.clean.text);
        let top = place.unwrap_or(self.raw.top);
        self.clean.top = analysis.clean.map.forward(Span::empty(top)).start;
        self.clean.rows.clear();
        self.spot = None;
        self.found = None;
        self.analysis = Some(analysis);
        self.resolve();
    }

    /// Joins found and decided anew. The selection stays on the same quotation.
    pub fn resolve(&mut self) {
        let Some(analysis) = self.analysis.clone() else { return };
        let before = self
            .selected
            .and_then(|n| self.resolved.quotes.get(n))
            .map(|quote| (quote.note, quote.found, quote.raw_hull()));
        let open = self.speakers.open.and_then(|n| self.resolved.speakers.get(n)).map(|speaker| speaker.name.clone());
        let chosen = self.chosen_speaker().map(|n| self.resolved.speakers[n].name.clone());
        let raw = RawText { text: &self.article.text, index: &self.points };
        self.resolved = resolve(&analysis, &self.notes, raw);
        self.timeline.stale = true;
        self.raw_layers = Layers::raw(&self.article.text, &analysis, &self.resolved);
        self.clean_layers = Layers::clean(&analysis, &self.resolved);
        self.colour();
        let quotes = &self.resolved.quotes;
        self.by_time = (0..quotes.len()).collect();
        self.by_time.sort_by_key(|&n| (quotes[n].said_at.is_none(), quotes[n].said_at, n));
        self.selected = before.and_then(|(note, found, hull)| {
            let find = |wanted: &dyn Fn(&ResolvedQuote) -> bool| quotes.iter().position(wanted);
            note.and_then(|_| find(&|quote| quote.note == note))
                .or_else(|| found.and_then(|_| find(&|quote| quote.found == found)))
                .or_else(|| find(&|quote| quote.raw_hull().overlaps(hull)))
                .or_else(|| find(&|quote| quote.raw_hull().start >= hull.start))
                .or(quotes.len().checked_sub(1))
        });
        self.speakers.open = open.and_then(|name| self.resolved.speakers.iter().position(|s| s.name == name));
        let chosen = chosen.and_then(|name| self.resolved.speakers.iter().position(|speaker| speaker.name == name));
        self.speakers.row =
            chosen.map_or(self.speakers.row, |n| self.row_of_speaker(n)).min(self.speaker_rows().saturating_sub(1));
    }

    /// Gives every speaker its colour: a new one the next that is free.
    fn colour(&mut self) {
        self.colours.clear();
        for speaker in &self.resolved.speakers {
            let slot =
                speaker.found.iter().min().map_or_else(|| Slot::Named(speaker.name.clone()), |&n| Slot::Found(n));
            let next = self.slots.len();
            self.colours.push(*self.slots.entry(slot).or_insert(next));
        }
    }

    /// Returns the raw text with its index.
    pub fn raw_text(&self) -> RawText<'_> {
        RawText { text: &self.article.text, index: &self.points }
    }

    /// Returns the text of Raw or Clean.
    pub fn text(&self, pane: Pane) -> &str {
        match (pane, &self.analysis) {
            (Pane::Raw, _) => &self.article.text,
            (_, Some(analysis)) => &analysis.clean.text,
            (_, None) => "",
        }
    }

    /// Returns the text of Raw or Clean wrapped to `width` cells.
    pub fn wrap(&self, pane: Pane, width: usize) -> Wrap<'_> {
        let lines = if pane == Pane::Raw { &self.raw_lines } else { &self.clean_lines };
        Wrap { text: self.text(pane), lines, width }
    }

    /// Returns the reader's place in Raw or Clean.
    pub fn place(&self, pane: Pane) -> &Place {
        if pane == Pane::Raw { &self.raw } else { &self.clean }
    }

    /// Returns the reader's place in Raw or Clean.
    pub fn place_mut(&mut self, pane: Pane) -> &mut Place {
        if pane == Pane::Raw { &mut self.raw } else { &mut self.clean }
    }

    /// Returns the cells at the left of a text: a bar a lane of quotations, the sign of a decision, and a space.
    pub fn gutter(&self) -> u16 {
        2 + self.raw_layers.lanes.len().max(1) as u16
    }

    /// Leads a byte of one text to the other.
    pub fn carry(&self, from: Pane, at: usize) -> usize {
        let Some(analysis) = &self.analysis else { return at };
        if from == Pane::Raw {
            analysis.clean.map.forward(Span::<Raw>::empty(at)).start
        } else {
            analysis.clean.map.back(Span::<Clean>::empty(at)).start
        }
    }

    /// Returns the selected quotation.
    pub fn quote(&self) -> Option<&ResolvedQuote> {
        self.resolved.quotes.get(self.selected?)
    }

    /// Returns the bytes of quotation `n` in Raw or Clean, from its first to its last part.
    pub fn hull(&self, pane: Pane, n: usize) -> Option<Range<usize>> {
        let quote = self.resolved.quotes.get(n)?;
        Some(if pane == Pane::Raw { quote.raw_hull().range() } else { quote.hull().range() })
    }

    /// Returns how many quotations are decided.
    pub fn decided(&self) -> usize {
        self.resolved.quotes.iter().filter(|quote| quote.status != Status::Open).count()
    }

    /// Returns the article's days and whether the reader or the command line gave them.
    pub fn date(&self) -> Option<(Interval, bool)> {
        if let Some(date) = self.notes.article.date {
            return Some((date, true));
        }
        let date = &self.analysis.as_ref()?.date;
        Some((date.interval?, matches!(date.from, DateFrom::Given | DateFrom::Metadata)))
    }

    /// Returns how many rows Speakers has.
    pub fn speaker_rows(&self) -> usize {
        self.resolved.speakers.len() + self.open_mentions()
    }

    fn open_mentions(&self) -> usize {
        self.speakers.open.and_then(|n| self.resolved.speakers.get(n)).map_or(0, |speaker| speaker.mentions.len())
    }

    /// Returns row `row` of Speakers.
    pub fn speaker_row(&self, row: usize) -> Option<SpeakerRow> {
        if row >= self.speaker_rows() {
            return None;
        }
        let Some(open) = self.speakers.open.filter(|&open| row > open) else { return Some(SpeakerRow::Speaker(row)) };
        let mentions = self.open_mentions();
        let below = row - open - 1;
        Some(if below < mentions { SpeakerRow::Mention(open, below) } else { SpeakerRow::Speaker(row - mentions) })
    }

    /// Returns the row of speaker `n`.
    pub fn row_of_speaker(&self, n: usize) -> usize {
        if self.speakers.open.is_some_and(|open| n > open) { n + self.open_mentions() } else { n }
    }

    /// Tells whether the chosen row of Speakers has a second line, of aliases.
    pub fn speakers_second_line(&self) -> bool {
        match self.speaker_row(self.speakers.row) {
            Some(SpeakerRow::Speaker(n)) => !self.resolved.speakers[n].aliases.is_empty(),
            _ => false,
        }
    }

    /// Chooses the speaker of the selected quotation in Speakers.
    pub fn choose_own_speaker(&mut self) {
        if let Some(n) = self.quote().and_then(|quote| quote.speaker) {
            self.speakers.row = self.row_of_speaker(n);
        }
    }

    /// Returns the speaker that is chosen in Speakers.
    pub fn chosen_speaker(&self) -> Option<usize> {
        match self.speaker_row(self.speakers.row)? {
            SpeakerRow::Speaker(n) | SpeakerRow::Mention(n, _) => Some(n),
        }
    }
}
