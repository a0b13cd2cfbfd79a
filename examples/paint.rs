//! How long a key takes, from the key to the painted cells: with many notes and articles, against the empty case.
//!
//! `cargo run --profile quick --example paint [NOTES [ARTICLES]]` prints the median of each key in microseconds.

use jiff::Timestamp;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};
use uuid::Uuid;
use whosaid::annotation::{Annotations, Desk, Edit, History, RawText, Stamp, resolve};
use whosaid::app::{Config, Effect, Entry, Event, Opened, State, update};
use whosaid::config::key::parse_sequence;
use whosaid::config::{Keymap, Settings, Theme};
use whosaid::engine::{Analysis, Cancel, Options, analyze};
use whosaid::source::Article;
use whosaid::text::PointIndex;

/// Keys, what they do, and the keys that take it back; only the first are timed.
const KEYS: &[(&str, &str, &str)] = &[
    ("j", "next quotation", ""),
    ("k", "previous quotation", ""),
    ("ctrl-e", "scroll", ""),
    ("<space>", "page", ""),
    (".", "next open", ""),
    (",", "least sure", ""),
    ("a", "accept", "u"),
    ("x", "reject", "u"),
    ("T", "same tag", "u"),
    ("u", "undo", "U"),
    ("D", "done", "u"),
    ("3", "to Speakers", "2"),
    ("4", "to Timeline", "2"),
    ("z", "zoom", "z"),
    ("w", "why", "<esc>"),
    ("s", "list of speakers", "<esc>"),
    ("t", "list of tags", "<esc>"),
    ("H", "history", "<esc>"),
    ("o", "list of articles", "<esc>"),
    ("?", "help", "<esc>"),
];

/// A screen that is painted at every key.
struct Reader {
    state: State,
    terminal: Terminal<TestBackend>,
    article: Arc<Article>,
    analysis: Arc<Analysis>,
    noted: (Annotations, History),
    ids: u128,
}

impl Reader {
    fn new(article: &Arc<Article>, analysis: &Arc<Analysis>, noted: (Annotations, History), articles: usize) -> Self {
        let config = Config {
            keymap: Keymap::shipped(),
            theme: Theme::shipped("dark").expect("it is shipped"),
            settings: Settings { advance: false, ..Settings::default() },
            ..Config::default()
        };
        let terminal = Terminal::new(TestBackend::new(120, 40)).expect("it cannot fail");
        let (article, analysis) = (Arc::clone(article), Arc::clone(analysis));
        let mut reader = Self { state: State::new(config), terminal, article, analysis, noted, ids: 0 };
        let entry = |n| Entry { id: format!("a{n}"), title: format!("Article number {n}"), ..Entry::default() };
        reader.feed(Event::Listed((0..articles).map(entry).collect()));
        reader
    }

    fn feed(&mut self, event: Event) {
        let mut queue = VecDeque::from([event]);
        while let Some(event) = queue.pop_front() {
            self.ids += 1;
            let now = Timestamp::from_second(2_000_000_000).expect("in range");
            let stamp = Stamp { now, id: Uuid::from_u128((1 << 120) + (self.ids << 40)) };
            for effect in update(&mut self.state, event, stamp) {
                match effect {
                    Effect::Open(entry) => {
                        let opened = Opened {
                            article: Arc::clone(&self.article),
                            notes: self.noted.0.clone(),
                            history: self.noted.1.clone(),
                            read_only: None,
                            given_date: None,
                            place: None,
                        };
                        queue.push_back(Event::Opened { entry, result: Ok(Box::new(opened)) });
                    }
                    Effect::Analyse { generation, .. } => {
                        queue.push_back(Event::Analysed { generation, analysis: Arc::clone(&self.analysis) });
                    }
                    Effect::Save { entry, revision, .. } => {
                        queue.push_back(Event::Saved { entry, revision, result: Ok(()) });
                    }
                    _ => {}
                }
            }
        }
        self.paint();
    }

    fn paint(&mut self) {
        whosaid::ui::prepare(&mut self.state, 120, 40);
        self.terminal.draw(|frame| whosaid::ui::draw(&self.state, frame)).expect("it cannot fail");
    }

    fn press(&mut self, keys: &str) -> Duration {
        let began = Instant::now();
        for key in parse_sequence(keys).expect("keys") {
            self.feed(Event::Key(key));
        }
        began.elapsed()
    }

    /// The median of some presses.
    fn time(&mut self, keys: &str, back: &str) -> Duration {
        let mut all: Vec<Duration> = (0..15)
            .map(|_| {
                let time = self.press(keys);
                if !back.is_empty() {
                    self.press(back);
                }
                time
            })
            .collect();
        all.sort();
        all[all.len() / 2]
    }
}

fn main() {
    let mut numbers = std::env::args().skip(1).map(|text| text.parse::<usize>().expect("a number"));
    let (count, articles) = (numbers.next().unwrap_or(1_000), numbers.next().unwrap_or(10_000));
    let names = ["Maren Holt", "Tomas Reyle", "Ada Quill", "Ben Hart", "Maria Lopez"];
    let text: String = (0..count)
        .map(|n| {
            let name = names[n % names.len()];
            format!("“We have counted {n} ships and the harbour is not full yet,” said {name} on Monday. ")
                + if n % 4 == 3 { "Nobody in the port slept that night.\n\n" } else { "" }
        })
        .collect();
    let article = Arc::new(whosaid::source::text::parse(&text, None));
    let analysis = analyze(&article.text, &Options::default(), &Cancel::default()).expect("nobody cancels it");
    let analysis = Arc::new(analysis);
    // All but the first few are decided and tagged, in a history of two steps each.
    let index = PointIndex::new(&article.text);
    let raw = RawText { text: &article.text, index: &index };
    let (mut notes, mut history) = (Annotations::default(), History::default());
    let resolved = resolve(&analysis, &notes, raw);
    let mut make = |notes: &mut Annotations, n: usize, decide: &dyn Fn(&Desk) -> Option<Edit>| {
        let now = Timestamp::from_second(1_800_000_000 + n as i64).expect("in range");
        let stamp = Stamp { now, id: Uuid::from_u128((1 << 119) + (n as u128) * 1000) };
        let edit = decide(&Desk { notes, resolved: &resolved, raw, stamp });
        if let Some(edit) = edit {
            history.make(notes, edit).expect("a fresh edit fits");
        }
    };
    for n in 5..resolved.quotes.len() {
        make(&mut notes, n, &|desk| desk.add_tag(n, "harbour"));
    }
    let second = resolve(&analysis, &notes, raw);
    for n in 5..second.quotes.len() {
        let now = Timestamp::from_second(1_900_000_000 + n as i64).expect("in range");
        let desk = Desk { notes: &notes, resolved: &second, raw, stamp: Stamp { now, id: Uuid::from_u128(n as u128) } };
        if let Some(edit) = desk.accept(n) {
            history.make(&mut notes, edit).expect("a fresh edit fits");
        }
    }
    println!(
        "{} quotations, {} notes, {} steps, {articles} articles",
        resolved.quotes.len(),
        notes.quotes.len(),
        history.done.len()
    );
    let empty = (Annotations::default(), History::default());
    let mut readers = [
        Reader::new(&article, &analysis, empty.clone(), 1),
        Reader::new(&article, &analysis, (notes, history), 1),
        Reader::new(&article, &analysis, empty, articles),
    ];
    println!("{:<20} {:>9} {:>9} {:>5} {:>9} {:>5}", "key", "empty µs", "notes µs", "x", "list µs", "x");
    for &(keys, name, back) in KEYS {
        let [a, b, c] = readers.each_mut().map(|reader| {
            if keys == "u" {
                reader.press("T");
            }
            reader.time(keys, back).as_secs_f64() * 1e6
        });
        println!("{name:<20} {a:>9.0} {b:>9.0} {:>5.2} {c:>9.0} {:>5.2}", b / a, c / a);
    }
}
