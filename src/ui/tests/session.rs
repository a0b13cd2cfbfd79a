//! A reader at the screen: keys go in, screens and effects come out.

use crate::annotation::{Annotations, History, Stamp, Step};
use crate::app::{Config, Effect, Entry, Event, Mouse, MouseKind, Opened, Return, State, update};
use crate::config::key::parse_sequence;
use crate::config::{Key, Keymap, Settings, Theme};
use crate::engine::{
    Analysis, CleanText, DateFrom, DocumentDate, Form, Interval, Mention, MentionKind, Quote, QuoteKind, SaidAt,
    Speaker, SpeakerId, SpeakerKind, Suspect, SuspectClass,
};
use crate::engine::{Cancel, analyze};
use crate::source::Article;
use crate::text::{Clean, OffsetMap, Raw, Span};
use jiff::Timestamp;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::Style;
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// The raw text: its clean one has no double space.
pub const TEXT: &str = "“We will not pay,” said  Ann Bell on Saturday. “Not one cent,” she added.\n\n\
    Mayor Bo Stone told reporters that “it is late”. “Who pays?” asked a reader. Nobody said ‘never’ then.\n";

/// A reader at a screen of some size.
pub struct Session {
    pub state: State,
    pub width: u16,
    pub height: u16,
    /// The effects that the session does not answer itself.
    pub effects: Vec<Effect>,
    /// The notes as they were saved last, by article.
    pub saved: BTreeMap<usize, (Arc<Annotations>, Arc<History>)>,
    /// Steps that are not saved, because saving failed.
    steps: BTreeMap<usize, Vec<Step>>,
    /// The other coders, with their notes and histories.
    pub others: BTreeMap<String, (Annotations, History)>,
    /// Whether saves fail.
    pub broken: bool,
    pub read_only: Option<String>,
    /// Whether the engine reads the articles; else they are read as `TEXT`.
    engine: bool,
    texts: Vec<String>,
    ids: u128,
    /// The second of the clock.
    now: i64,
    /// Where the reader was in the articles on another day.
    pub place: Option<Return>,
    /// Articles that take their time to come, where they do.
    pub late: Option<Vec<usize>>,
}

impl Session {
    /// Opens the first of these articles on a screen of this size.
    pub fn open(texts: &[&str], width: u16, height: u16) -> Self {
        Self::with(texts, width, height, |_| {})
    }

    /// The same, read by the engine.
    pub fn of_engine(texts: &[&str], width: u16, height: u16) -> Self {
        let mut session = Self::with(&[], width, height, |_| {});
        session.engine = true;
        session.texts = texts.iter().map(|text| (*text).to_owned()).collect();
        session.list();
        session
    }

    /// The same, with other settings.
    pub fn with(texts: &[&str], width: u16, height: u16, set: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config {
            keymap: Keymap::shipped(),
            theme: Theme::shipped("dark").expect("it is shipped"),
            settings: Settings::default(),
            no_color: false,
            ..Config::default()
        };
        set(&mut config);
        let mut session = Self {
            state: State::new(config),
            width,
            height,
            effects: Vec::new(),
            saved: BTreeMap::new(),
            steps: BTreeMap::new(),
            others: BTreeMap::new(),
            broken: false,
            read_only: None,
            engine: false,
            texts: texts.iter().map(|text| (*text).to_owned()).collect(),
            ids: 0,
            now: 0,
            place: None,
            late: None,
        };
        session.list();
        session
    }

    fn list(&mut self) {
        let entries = (0..self.texts.len()).map(|n| Entry {
            id: format!("a{n}"),
            title: format!("Article {}", n + 1),
            ..Entry::default()
        });
        let entries = entries.collect();
        self.feed(Event::Listed(entries));
    }

    /// Gives the program an event and answers what it asks for, as the runtime would.
    pub fn feed(&mut self, event: Event) {
        let mut queue = std::collections::VecDeque::from([event]);
        while let Some(event) = queue.pop_front() {
            self.ids += 1;
            let now = Timestamp::from_second(self.now).expect("in range");
            let stamp = Stamp { now, id: Uuid::from_u128(self.ids << 64) };
            for effect in update(&mut self.state, event, stamp) {
                match effect {
                    Effect::Open(entry) if self.late.is_some() => {
                        self.late.iter_mut().for_each(|late| late.push(entry));
                    }
                    Effect::Open(entry) => queue.push_back(Event::Opened { entry, result: self.article(entry) }),
                    Effect::Analyse { generation, article, options } => {
                        let analysis = if self.engine {
                            analyze(&article.text, &options, &Cancel::default()).expect("nobody cancels it")
                        } else {
                            analysis(&article.text)
                        };
                        queue.push_back(Event::Analysed { generation, analysis: Arc::new(analysis) });
                    }
                    Effect::Save { entry, revision, steps } => {
                        let result = if self.broken { Err("the disk is full".to_owned()) } else { Ok(()) };
                        self.steps.entry(entry).or_default().extend(steps);
                        if result.is_ok() {
                            let (notes, history) = self.saved.entry(entry).or_default();
                            for step in &self.steps.remove(&entry).unwrap_or_default() {
                                let taken = Arc::make_mut(history).take(Arc::make_mut(notes), step);
                                assert_eq!(taken, Ok(true), "what is saved follows from what was saved");
                            }
                        }
                        queue.push_back(Event::Saved { entry, revision, result });
                    }
                    Effect::Compare(entry) => {
                        let others = self.others.iter().map(|(name, (notes, _))| (name.clone(), notes.clone()));
                        queue.push_back(Event::Others { entry, result: Ok(others.collect()) });
                    }
                    Effect::Amend { coder, step, edit, .. } => {
                        let (notes, history) = self.others.get_mut(&coder).expect("there is such a coder");
                        let result = if self.broken {
                            Err("ben: the disk is full".to_owned())
                        } else {
                            assert_eq!(history.take(notes, &step), Ok(true), "what is taken over fits");
                            Ok(Box::new(notes.clone()))
                        };
                        queue.push_back(Event::Amended { step, edit, result });
                    }
                    other => self.effects.push(other),
                }
            }
        }
        crate::ui::prepare(&mut self.state, self.width, self.height);
    }

    /// Lets the articles come that take their time.
    pub fn come(&mut self) {
        for entry in self.late.take().unwrap_or_default() {
            let result = self.article(entry);
            self.feed(Event::Opened { entry, result });
        }
    }

    fn article(&self, entry: usize) -> Result<Box<Opened>, String> {
        let text = self.texts.get(entry).ok_or("there is no such article")?;
        let (notes, history) = self
            .saved
            .get(&entry)
            .map_or_else(Default::default, |(notes, history)| ((**notes).clone(), (**history).clone()));
        Ok(Box::new(Opened {
            article: Arc::new(Article {
                id: format!("a{entry}"),
                path: None,
                title: None,
                date: None,
                text: text.as_str().into(),
                kind: crate::source::Kind::Text,
                notices: Vec::new(),
            }),
            notes,
            history,
            read_only: self.read_only.clone(),
            given_date: None,
            place: self.place.clone(),
        }))
    }

    /// Sets the clock to so many seconds.
    pub fn clock(&mut self, seconds: i64) -> &mut Self {
        self.now = seconds;
        self
    }

    /// Presses keys, written as in a keymap.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for key in parse_sequence(keys).expect("keys") {
            self.feed(Event::Key(key));
        }
        self
    }

    /// Types text.
    pub fn types(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.feed(Event::Key(Key::char(c)));
        }
        self
    }

    /// Does something with the mouse at the place where `text` stands.
    pub fn mouse(&mut self, kind: MouseKind, text: &str) -> &mut Self {
        let (column, row) = self.find(text).unwrap_or_else(|| panic!("{text} is not on the screen:\n{}", self.page()));
        self.feed(Event::Mouse(Mouse { kind, column, row }));
        self
    }

    /// Changes the size of the screen.
    pub fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        (self.width, self.height) = (width, height);
        self.feed(Event::Resize { width, height });
        self
    }

    /// Draws the screen.
    pub fn buffer(&self) -> Buffer {
        let mut terminal = Terminal::new(TestBackend::new(self.width, self.height)).expect("it cannot fail");
        terminal.draw(|frame| crate::ui::draw(&self.state, frame)).expect("it cannot fail");
        terminal.backend().buffer().clone()
    }

    /// Returns the rows of the screen.
    pub fn rows(&self) -> Vec<String> {
        let buffer = self.buffer();
        let width = usize::from(self.width.max(1));
        buffer.content.chunks(width).map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect()).collect()
    }

    /// Returns the screen as one text.
    pub fn page(&self) -> String {
        self.rows().join("\n")
    }

    /// Tells whether `text` stands on the screen.
    pub fn shows(&self, text: &str) -> bool {
        self.rows().iter().any(|row| row.contains(text))
    }

    /// Returns the cell where `text` first stands.
    pub fn find(&self, text: &str) -> Option<(u16, u16)> {
        self.rows().iter().enumerate().find_map(|(y, row)| {
            let at = row.find(text)?;
            Some((row[..at].chars().count() as u16, y as u16))
        })
    }

    /// Returns the style in which `text` first stands in pane `pane`.
    pub fn style(&self, pane: crate::app::Pane, text: &str) -> Style {
        let area = self.state.screen.panes[pane.index()];
        let buffer = self.buffer();
        for y in area.y..area.bottom() {
            let row: Vec<&str> = (area.x..area.right()).map(|x| buffer[(x, y)].symbol()).collect();
            if let Some(at) = row.concat().find(text) {
                let column = row.concat()[..at].chars().count() as u16;
                return buffer[(area.x + column, y)].style();
            }
        }
        panic!("{text} is not in {pane:?}:\n{}", self.page());
    }

    /// Returns the last line of the screen: the message or the hints.
    pub fn said(&self) -> String {
        self.rows().last().map_or_else(String::new, |row| row.trim().to_owned())
    }
}

/// Words, speaker, source, cue, days, how sure.
type Row = (&'static str, Option<u32>, Option<&'static str>, Option<&'static str>, Option<Interval>, f32);

/// An analysis of `TEXT`, or of any other text with no quotation; double spaces are cleaned away.
fn analysis(raw: &str) -> Analysis {
    let mut builder = OffsetMap::<Raw, Clean>::builder();
    let mut text = String::new();
    let mut last = 0;
    for (at, _) in raw.match_indices("  ") {
        text.push_str(&raw[last..at]);
        builder.change(at..at + 1, text.len()..text.len());
        last = at + 1;
    }
    text.push_str(&raw[last..]);
    let map = builder.finish(raw.len(), text.len());
    let find = |part: &str| text.find(part).map(|at| Span::<Clean>::new(at, at + part.len()));
    let day = |from: &str, to: &str| Interval { from: from.parse().unwrap(), to: to.parse().unwrap() };
    let rows: [Row; 4] = [
        ("“We will not pay,”", Some(0), Some("Ann Bell"), Some("said"), Some(day("2017-06-03", "2017-06-03")), 0.9),
        ("“Not one cent,”", Some(0), Some("she"), Some("added"), Some(day("2017-06-03", "2017-06-05")), 0.7),
        ("“it is late”", Some(1), Some("Mayor Bo Stone"), Some("told"), Some(day("2017-01-01", "2017-01-31")), 0.5),
        ("“Who pays?”", None, Some("a reader"), Some("asked"), None, 0.3),
    ];
    let quotes = rows.into_iter().filter_map(|(words, speaker, source, cue, said, confidence)| {
        Some(Quote {
            kind: QuoteKind::Direct,
            form: Form::Prose,
            spans: vec![find(words)?],
            mention: source.and_then(find),
            speaker: speaker.map(SpeakerId),
            cue: cue.and_then(find),
            said_at: said.map(|interval| SaidAt {
                interval,
                span: find("Saturday"),
                evidence: vec!["the sentence says so".into()],
            }),
            undated: None,
            nested_in: None,
            hypothetical: false,
            confidence,
            evidence: vec!["the cue stands beside the name".into()],
        })
    });
    let quotes: Vec<Quote> = quotes.collect();
    let speaker = |name: &str, aliases: &[&str]| Speaker {
        name: Some(name.to_owned()),
        description: None,
        aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        mentions: std::iter::once(name)
            .chain(aliases.iter().copied())
            .filter_map(find)
            .map(|span| Mention { span, kind: MentionKind::Name })
            .collect(),
        kind: SpeakerKind::Person,
    };
    let speakers = if quotes.is_empty() {
        Vec::new()
    } else {
        vec![speaker("Ann Bell", &["she"]), speaker("Bo Stone", &["Mayor Bo Stone"])]
    };
    let suspects = find("reporters").into_iter().map(|clean| Suspect {
        raw: map.back(clean),
        clean,
        class: SuspectClass::Coref,
        reconstruction: None,
    });
    Analysis {
        quotes,
        speakers,
        timexes: Vec::new(),
        date: DocumentDate {
            interval: Some(day("2017-06-06", "2017-06-06")),
            from: DateFrom::Text,
            evidence: vec!["a stamp".into()],
            ..DocumentDate::default()
        },
        clean: CleanText { suspects: suspects.collect(), repairs: Vec::new(), map, text: text.into() },
    }
}
