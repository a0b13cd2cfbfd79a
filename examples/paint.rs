//! How long a key takes, from the key to the painted cells: with many notes and articles, against the empty case.
//!
//! `cargo run --profile quick --example paint [NOTES [ARTICLES [KEY]]]` prints the least of some presses of each key, or
//! of one, in microseconds: the median tells more of what else the machine does. The three readers press in turn.

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

/// The same in the list of articles.
const IN_LIST: &[(&str, &str, &str)] = &[
    ("<down>", "down in the list", ""),
    ("<pagedown>", "page in the list", ""),
    ("ctrl-s ctrl-s ctrl-s ctrl-s ctrl-s ctrl-s", "all six orders", ""),
    ("ctrl-t ctrl-t", "hide the done, show", ""),
    ("u", "a letter typed", "<backspace>"),
    ("u m", "two letters typed", "<backspace> <backspace>"),
];

/// How often each key is pressed.
const PRESSES: usize = 31;

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
        let keys = if keys.is_empty() { Vec::new() } else { parse_sequence(keys).expect("keys") };
        let began = Instant::now();
        for key in keys {
            self.feed(Event::Key(key));
        }
        began.elapsed()
    }

    /// Presses keys, and then those that take them back; returns how long the first took.
    fn time(&mut self, keys: &str, back: &str) -> Duration {
        let time = self.press(keys);
        if !back.is_empty() {
            self.press(back);
        }
        time
    }
}

/// Returns the least of some presses of each reader.
fn least(readers: &mut [Reader; 3], keys: &str, back: &str) -> [f64; 3] {
    let mut all = [const { Vec::new() }; 3];
    for _ in 0..PRESSES {
        for (reader, times) in readers.iter_mut().zip(&mut all) {
            times.push(reader.time(keys, back));
        }
    }
    all.map(|times| times.into_iter().min().map_or(f64::NAN, |time| time.as_secs_f64() * 1e6))
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |n: usize| arguments.get(n).map(|text| text.parse::<usize>().expect("a number"));
    let (count, articles, only) = (number(0).unwrap_or(1_000), number(1).unwrap_or(10_000), arguments.get(2));
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
    for reader in &mut readers {
        // The tag that is given again, and a step in each history.
        for keys in ["t", "p", "o", "r", "t", "<enter>"] {
            reader.press(keys);
        }
    }
    for (all, before, after) in [(KEYS, "", ""), (IN_LIST, "o", "<esc>")] {
        for reader in &mut readers {
            reader.press(before);
        }
        for &(keys, name, back) in all.iter().filter(|key| only.is_none_or(|only| only == key.1)) {
            let [a, b, c] = least(&mut readers, keys, back);
            println!("{name:<20} {a:>9.0} {b:>9.0} {:>5.2} {c:>9.0} {:>5.2}", b / a, c / a);
        }
        for reader in &mut readers {
            reader.press(after);
        }
    }
    let whole = |reader: &Reader| reader.state.overlays.is_empty() && reader.state.pending.is_empty();
    assert!(readers.iter().all(whole), "a window is still open: some keys did not do what their names say");
}
