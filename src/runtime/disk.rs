//! Reading and saving, on a thread of its own, so that the screen never waits for a disk. Saves go before everything else.

use super::items::Item;
use super::mail::{Mail, Post};
use super::seeker::{Search, Seeker};
use super::worker::said;
use crate::annotation::codebook;
use crate::annotation::{Annotations, Edit, Step};
use crate::app::effect::ProjectTexts;
use crate::app::{Entry, Event, Opened, Return};
use crate::source::decode;
use crate::store::disk;
use crate::text::Pattern;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long after a save that failed it is tried again.
const AGAIN: Duration = Duration::from_secs(3);

/// What the disk thread works on: the articles and their notes.
pub trait Shelf: Send {
    /// Reads an article with its notes.
    fn open(&mut self, entry: usize) -> Result<Box<Opened>, String>;
    /// Takes steps on the notes of an article and saves them durably. Steps of a save that failed are taken already: it
    /// is tried again with those that came since, or with none.
    fn save(&mut self, entry: usize, steps: &[Step]) -> Result<(), String>;
    /// Reads what other coders noted on an article.
    fn others(&mut self, entry: usize) -> Result<Vec<(String, Annotations)>, String>;
    /// Takes a step on another coder's notes on an article; returns the notes since.
    fn amend(&mut self, entry: usize, coder: &str, step: &Step, edit: &Edit) -> Result<Annotations, String>;
    /// Remembers where the reader was in an article.
    fn keep(&mut self, entry: usize, place: &Return);
    /// Exports what is open; returns what to tell the reader.
    fn export(&mut self, format: &str, path: Option<PathBuf>) -> Result<String, String>;
    /// Saves what belongs to the store as a whole.
    fn save_project(&mut self, texts: &ProjectTexts) -> Result<(), String>;
    /// Lets the notes of all articles follow a step of the codebook; returns how many files did, and which could not.
    fn follow(&mut self, job: &Follow) -> (usize, Vec<String>);
    /// Returns all articles as far as they are known.
    fn items(&mut self) -> Vec<Item>;
    /// Goes on with what is left to list; returns the list where it changed, and whether there is more to do.
    fn list(&mut self) -> (Option<Vec<Entry>>, bool);
}

/// Notes to save.
#[derive(Debug, Clone)]
pub struct Save {
    /// The article's place in the list.
    pub entry: usize,
    /// Counts up with every edit.
    pub revision: u64,
    /// What was done since the save before.
    pub steps: Vec<Step>,
}

/// A step of the codebook that notes are to follow.
#[derive(Debug, Clone)]
pub struct Follow {
    /// The step.
    pub step: Arc<codebook::Step>,
    /// Whether it is taken back.
    pub back: bool,
    /// When.
    pub now: jiff::Timestamp,
    /// The article whose notes follow already.
    pub except: Option<usize>,
}

/// A search to be handed on, with the articles as they are known then.
pub struct Wanted {
    /// Who searches.
    pub seeker: Seeker,
    /// Counts up with every search.
    pub generation: u64,
    /// What to search for.
    pub pattern: Box<Pattern>,
    /// The article that is searched already.
    pub except: Option<usize>,
}

/// The disk thread. When dropped, everything that is to be saved is saved first.
pub struct Disk {
    desk: Arc<Desk>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Desk {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// At most one an article, with all its steps; in the order of the first step that is not saved.
    saves: VecDeque<Save>,
    /// What could not be saved, and why; tried again at `again`, or with a newer edit of that article.
    failed: Vec<(Save, String)>,
    again: Option<Instant>,
    /// Steps of the codebook, in their order.
    follows: VecDeque<Follow>,
    /// What belongs to the store as a whole: the newest.
    project: Option<Arc<ProjectTexts>>,
    project_failed: Option<(Arc<ProjectTexts>, String)>,
    keeps: VecDeque<(usize, Box<Return>)>,
    others: VecDeque<Other>,
    listing: bool,
    /// Whether somebody waits to hear that everything was tried.
    settling: bool,
    closed: bool,
}

enum Other {
    Open(usize),
    Compare(usize),
    Amend(usize, String, Step, Box<Edit>),
    Export(String, Option<PathBuf>),
    Seek(Wanted),
    ReadTags(PathBuf),
    WriteTags(PathBuf, String, String),
}

enum Task {
    Save(Save),
    Follow(Follow, bool),
    Project(Arc<ProjectTexts>),
    Keep(usize, Box<Return>),
    Other(Other),
    List,
    Settled(Vec<String>),
}

impl Disk {
    /// Starts the thread, which answers with `Opened`, `Saved`, `Exported` and `Listed`.
    pub fn start(shelf: Box<dyn Shelf>, post: Post) -> std::io::Result<Self> {
        let desk = Arc::new(Desk::default());
        desk.state().listing = true;
        let of_thread = Arc::clone(&desk);
        let thread =
            std::thread::Builder::new().name("disk".to_owned()).spawn(move || work(&of_thread, shelf, &post))?;
        Ok(Self { desk, thread: Some(thread) })
    }

    /// Saves; a save of the same article that waits becomes one with it.
    pub fn save(&self, save: Save) {
        self.desk.change(|state| {
            state.failed.retain(|(failed, _)| failed.entry != save.entry);
            match state.saves.iter_mut().find(|waiting| waiting.entry == save.entry) {
                Some(waiting) => {
                    waiting.revision = save.revision;
                    waiting.steps.extend(save.steps);
                }
                None => state.saves.push_back(save),
            }
        });
    }

    /// Remembers where the reader was.
    pub fn keep(&self, entry: usize, place: Box<Return>) {
        self.desk.change(|state| state.keeps.push_back((entry, place)));
    }

    /// Opens an article.
    pub fn open(&self, entry: usize) {
        self.desk.change(|state| state.others.push_back(Other::Open(entry)));
    }

    /// Reads the notes of other coders.
    pub fn compare(&self, entry: usize) {
        self.desk.change(|state| state.others.push_back(Other::Compare(entry)));
    }

    /// Takes a step on another coder's notes.
    pub fn amend(&self, entry: usize, coder: String, step: Step, edit: Box<Edit>) {
        self.desk.change(|state| state.others.push_back(Other::Amend(entry, coder, step, edit)));
    }

    /// Exports.
    pub fn export(&self, format: String, path: Option<PathBuf>) {
        self.desk.change(|state| state.others.push_back(Other::Export(format, path)));
    }

    /// Saves what belongs to the store as a whole; an older state of it that waits is dropped.
    pub fn save_project(&self, texts: Arc<ProjectTexts>) {
        self.desk.change(|state| {
            state.project_failed = None;
            state.project = Some(texts);
        });
    }

    /// Lets the notes of all articles follow a step of the codebook.
    pub fn follow(&self, job: Follow) {
        self.desk.change(|state| state.follows.push_back(job));
    }

    /// Hands a search on, with all articles that are known.
    pub fn seek(&self, wanted: Wanted) {
        self.desk.change(|state| state.others.push_back(Other::Seek(wanted)));
    }

    /// Reads a file of tags.
    pub fn read_tags(&self, path: PathBuf) {
        self.desk.change(|state| state.others.push_back(Other::ReadTags(path)));
    }

    /// Writes a file of tags; `lost` says what the format could not hold.
    pub fn write_tags(&self, path: PathBuf, text: String, lost: String) {
        self.desk.change(|state| state.others.push_back(Other::WriteTags(path, text, lost)));
    }

    /// Tries everything that is not saved; then `Mail::Saved` says what could not be.
    pub fn settle(&self) {
        self.desk.change(|state| {
            state.retry();
            state.settling = true;
        });
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        self.desk.change(|state| {
            state.retry();
            // What another coder's notes are to say is no less an edit.
            state.others.retain(|other| matches!(other, Other::Amend(..)));
            state.closed = true;
        });
        if let Some(thread) = self.thread.take() {
            // Its panics are caught inside; there is nothing to learn from the result.
            let _ = thread.join();
        }
    }
}

impl State {
    fn retry(&mut self) {
        self.again = None;
        let failed = std::mem::take(&mut self.failed);
        self.saves.extend(failed.into_iter().map(|(save, _)| save));
        let project = self.project_failed.take().map(|(texts, _)| texts);
        self.project = self.project.take().or(project);
    }
}

impl Desk {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state());
        self.changed.notify_one();
    }

    /// Waits for something to do; `None` once everything is done and nobody will ask again.
    fn next(&self) -> Option<Task> {
        let mut state = self.state();
        loop {
            if state.again.is_some_and(|again| Instant::now() >= again) {
                state.retry();
            }
            if let Some(save) = state.saves.pop_front() {
                return Some(Task::Save(save));
            }
            // Notes first: where the rest fails, the same change of the codebook can be made again.
            if let Some(job) = state.follows.pop_front() {
                let unsaved = !state.failed.is_empty();
                return Some(Task::Follow(job, unsaved));
            }
            if let Some(texts) = state.project.take() {
                return Some(Task::Project(texts));
            }
            if let Some((entry, place)) = state.keeps.pop_front() {
                return Some(Task::Keep(entry, place));
            }
            if state.closed {
                return state.others.pop_front().map(Task::Other);
            }
            if state.settling {
                state.settling = false;
                let failed = state.failed.iter().map(|(_, reason)| reason);
                let failed = failed.chain(state.project_failed.iter().map(|(_, reason)| reason));
                return Some(Task::Settled(failed.cloned().collect()));
            }
            if let Some(other) = state.others.pop_front() {
                return Some(Task::Other(other));
            }
            if state.listing {
                return Some(Task::List);
            }
            state = match state.again {
                Some(again) => {
                    let left = again.saturating_duration_since(Instant::now());
                    self.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0
                }
                None => self.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
            };
        }
    }
}

fn work(desk: &Desk, mut shelf: Box<dyn Shelf>, post: &Post) {
    while let Some(task) = desk.next() {
        match task {
            Task::Save(mut save) => {
                let result = guard(|| shelf.save(save.entry, &save.steps));
                let (entry, revision) = (save.entry, save.revision);
                if let Err(reason) = &result {
                    let mut state = desk.state();
                    // A newer edit that came meanwhile is tried at once and holds all of this one.
                    save.steps.clear();
                    if !state.saves.iter().any(|newer| newer.entry == entry) {
                        state.failed.push((save, reason.clone()));
                        state.again = Some(Instant::now() + AGAIN);
                    }
                }
                post.send(Mail::Event(Event::Saved { entry, revision, result }));
            }
            Task::Follow(_, true) => {
                let failed = vec!["other notes are not saved yet; undo this and do it again".to_owned()];
                post.send(Mail::Event(Event::Followed { count: 0, failed }));
            }
            Task::Follow(job, false) => {
                let (count, failed) = guard(|| Ok(shelf.follow(&job))).unwrap_or_else(|reason| (0, vec![reason]));
                post.send(Mail::Event(Event::Followed { count, failed }));
            }
            Task::Project(texts) => {
                let result = guard(|| shelf.save_project(&texts));
                if let Err(reason) = &result {
                    let mut state = desk.state();
                    if state.project.is_none() {
                        state.project_failed = Some((texts, reason.clone()));
                        state.again = Some(Instant::now() + AGAIN);
                    }
                }
                post.send(Mail::Event(Event::ProjectSaved(result)));
            }
            Task::Other(Other::Seek(Wanted { seeker, generation, pattern, except })) => {
                let items = guard(|| Ok(shelf.items())).unwrap_or_default();
                seeker.search(Search { generation, pattern, except, items });
            }
            Task::Other(Other::ReadTags(path)) => {
                let text = guard(|| read_text(&path));
                post.send(Mail::Event(Event::TagsRead { path, text }));
            }
            Task::Other(Other::WriteTags(path, text, lost)) => {
                let result = guard(|| {
                    let written = disk::write_export(&path, |out| out.write_all(text.as_bytes()));
                    written.map_err(|error| format!("{}: {error}", path.display()))
                });
                let lost = if lost.is_empty() { lost } else { format!("; left out: {lost}") };
                let told = result.map(|()| format!("wrote the codebook to {}{lost}", path.display()));
                post.send(Mail::Event(Event::Exported(told)));
            }
            Task::Keep(entry, place) => {
                // A place is no loss.
                let _ = guard(|| {
                    shelf.keep(entry, &place);
                    Ok(())
                });
            }
            Task::Other(Other::Open(entry)) => {
                let result = guard(|| shelf.open(entry));
                post.send(Mail::Event(Event::Opened { entry, result }));
            }
            Task::Other(Other::Compare(entry)) => {
                let result = guard(|| shelf.others(entry));
                post.send(Mail::Event(Event::Others { entry, result }));
            }
            Task::Other(Other::Amend(entry, coder, step, edit)) => {
                let result = guard(|| shelf.amend(entry, &coder, &step, &edit)).map(Box::new);
                post.send(Mail::Event(Event::Amended { step, edit, result }));
            }
            Task::Other(Other::Export(format, path)) => {
                let result = guard(|| shelf.export(&format, path));
                post.send(Mail::Event(Event::Exported(result)));
            }
            Task::List => {
                let (entries, more) = guard(|| Ok(shelf.list())).unwrap_or_default();
                desk.state().listing = more;
                if let Some(entries) = entries {
                    post.send(Mail::Event(Event::Listed(entries)));
                }
            }
            Task::Settled(failed) => post.send(Mail::Saved(failed)),
        }
    }
}

/// Reads a file of tags as text.
fn read_text(path: &Path) -> Result<String, String> {
    let named = |reason: String| format!("{}: {reason}", path.display());
    let bytes = disk::read(path).map_err(|error| named(error.to_string()))?;
    let bytes = bytes.ok_or_else(|| named("there is no such file".to_owned()))?;
    decode::decode(&bytes).map(|decoded| decoded.text).map_err(|error| named(error.to_string()))
}

/// A fault in one task must not take the others with it, least of all a save.
fn guard<T>(task: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(task))
        .unwrap_or_else(|panic| Err(format!("a fault in the program, please report it: {}", said(&*panic))))
}

#[cfg(test)]
mod tests;
