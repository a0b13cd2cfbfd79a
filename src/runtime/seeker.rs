//! Searching all articles and reading all notes, on a thread of its own: the newest search wins, and is given up at once.

use super::items::{Item, read_item};
use super::mail::{Mail, Post};
use super::worker::said;
use crate::annotation::seek::{Hit, seek};
use crate::annotation::{Annotations, RawText};
use crate::app::Event;
use crate::app::shared::{StoredMemo, Survey, Tagged};
use crate::store::{self, Store, StoredNotes};
use crate::text::{Pattern, PointIndex};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How often what was found is told.
const PAUSE: Duration = Duration::from_millis(40);
/// The most places of one article.
const MOST: usize = 200;
/// The most notes with tags that are kept for a list.
const TAGGED: usize = 20_000;

/// A search of all articles.
pub struct Search {
    /// Counts up with every search.
    pub generation: u64,
    /// What to search for.
    pub pattern: Box<Pattern>,
    /// The article that is searched already.
    pub except: Option<usize>,
    /// The articles.
    pub items: Vec<Item>,
}

/// The thread's desk; the thread stops when `close` is called.
#[derive(Clone)]
pub struct Seeker {
    desk: Arc<Desk>,
}

#[derive(Default)]
struct Desk {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    search: Option<Search>,
    /// The generation that may go on.
    wanted: u64,
    survey: bool,
    closed: bool,
}

enum Task {
    Search(Search),
    Survey,
}

impl Seeker {
    /// Starts the thread, which answers with `Found` and `Surveyed`.
    pub fn start(store: Store, coder: String, post: Post) -> std::io::Result<Self> {
        let desk = Arc::new(Desk::default());
        let of_thread = Arc::clone(&desk);
        std::thread::Builder::new().name("search".to_owned()).spawn(move || {
            while let Some(task) = of_thread.next() {
                let done = catch_unwind(AssertUnwindSafe(|| match task {
                    Task::Search(search) => run(&of_thread, &store, &coder, &search, &post),
                    Task::Survey => survey(&of_thread, &store, &post),
                }));
                if let Err(panic) = done {
                    let text = format!("the search failed, please report this: {}", said(&*panic));
                    post.send(Mail::Event(Event::Notice(text)));
                }
            }
        })?;
        Ok(Self { desk })
    }

    /// Tells that from now on only this generation is wanted.
    pub fn want(&self, generation: u64) {
        self.desk.state().wanted = generation;
    }

    /// Gives up what is being searched.
    pub fn stop(&self) {
        let mut state = self.desk.state();
        state.search = None;
        state.wanted = 0;
    }

    /// Searches, where nothing newer is wanted by now.
    pub fn search(&self, search: Search) {
        let mut state = self.desk.state();
        if state.wanted == search.generation {
            state.search = Some(search);
            drop(state);
            self.desk.changed.notify_one();
        }
    }

    /// Reads the notes of the whole store.
    pub fn survey(&self) {
        self.desk.state().survey = true;
        self.desk.changed.notify_one();
    }

    /// Ends the thread as soon as it looks; it is not waited for, since it only reads.
    pub fn close(&self) {
        let mut state = self.desk.state();
        state.closed = true;
        state.search = None;
        drop(state);
        self.desk.changed.notify_one();
    }
}

impl Desk {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self) -> Option<Task> {
        let mut state = self.state();
        loop {
            if state.closed {
                return None;
            }
            if let Some(search) = state.search.take() {
                return Some(Task::Search(search));
            }
            if std::mem::take(&mut state.survey) {
                return Some(Task::Survey);
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn goes_on(&self, generation: u64) -> bool {
        let state = self.state();
        state.wanted == generation && !state.closed
    }
}

fn run(desk: &Desk, store: &Store, coder: &str, search: &Search, post: &Post) {
    let of = search.items.len();
    let mut hits: Vec<(usize, Hit)> = Vec::new();
    let mut told = Instant::now();
    for (entry, item) in search.items.iter().enumerate() {
        if !desk.goes_on(search.generation) {
            return;
        }
        // An article that cannot be read is said to be so when it is opened.
        if Some(entry) != search.except
            && let Ok(article) = read_item(item)
        {
            let notes = match &article.path {
                Some(path) => {
                    let file = store.file_of(path, &article.id, coder);
                    let read = || store::read_notes(&file).ok().map(|stored| stored.notes);
                    if file.exists() { read().unwrap_or_default() } else { Annotations::default() }
                }
                None => store.load(&article, coder).map(|loaded| loaded.notes).unwrap_or_default(),
            };
            let index = PointIndex::new(&article.text);
            let raw = RawText { text: &article.text, index: &index };
            hits.extend(seek(&search.pattern, raw, &notes, MOST).into_iter().map(|hit| (entry, hit)));
        }
        if told.elapsed() >= PAUSE {
            told = Instant::now();
            let hits = std::mem::take(&mut hits);
            let generation = search.generation;
            post.send(Mail::Event(Event::Found { generation, hits, progress: (entry + 1, of), done: false }));
        }
    }
    let generation = search.generation;
    post.send(Mail::Event(Event::Found { generation, hits, progress: (of, of), done: true }));
}

fn survey(desk: &Desk, store: &Store, post: &Post) {
    let mut out = Survey::default();
    // A store that is not there yet has no notes.
    for path in store::note_files(store.dir()).unwrap_or_default() {
        {
            let mut state = desk.state();
            if state.closed {
                return;
            }
            if state.search.is_some() {
                // A search is waited for; this is not.
                state.survey = true;
                return;
            }
        }
        match store::read_notes(&path) {
            Ok(stored) => add(&mut out, stored),
            Err(_) => out.broken += 1,
        }
    }
    post.send(Mail::Event(Event::Surveyed(Box::new(out))));
}

fn add(out: &mut Survey, stored: StoredNotes) {
    let StoredNotes { id: article, coder, notes, .. } = stored;
    let (mut memos, mut tagged) = (Vec::new(), Vec::new());
    let mut memo = |note, on: &str, text: String| {
        memos.push(StoredMemo { article: article.clone(), coder: coder.clone(), note, on: on.to_owned(), text });
    };
    if let Some(text) = notes.article.memo {
        memo(None, "the article", text);
    }
    for note in notes.speakers.into_values() {
        if let Some(text) = note.memo {
            memo(None, &note.name, text);
        }
    }
    let quotes = notes.quotes.into_values().map(|note| (note.id, note.anchor, note.memo, note.tags));
    let passages = notes.passages.into_values().map(|note| (note.id, note.anchor, note.memo, note.tags));
    for (note, anchor, text, tags) in quotes.chain(passages) {
        let words: String = anchor.words().chars().take(120).collect();
        if let Some(text) = text {
            memo(Some(note), &words, text);
        }
        tagged.push((note, tags, words));
    }
    for (note, tags, words) in tagged.into_iter().filter(|(_, tags, _)| !tags.is_empty()) {
        for tag in &tags {
            *out.tags.entry(tag.clone()).or_default() += 1;
        }
        if out.tagged.len() < TAGGED {
            out.tagged.push(Tagged { article: article.clone(), note, tags, words });
        }
    }
    out.memos.extend(memos);
}
