//! Reading and saving, on a thread of its own, so that the screen never waits for a disk. Saves go before everything else.

use super::mail::{Mail, Post};
use super::worker::said;
use crate::annotation::{Annotations, History};
use crate::app::{Entry, Event, Opened};
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long after a save that failed it is tried again.
const AGAIN: Duration = Duration::from_secs(3);

/// What the disk thread works on: the articles and their notes.
pub trait Shelf: Send {
    /// Reads an article with its notes.
    fn open(&mut self, entry: usize) -> Result<Box<Opened>, String>;
    /// Saves notes durably.
    fn save(&mut self, entry: usize, notes: &Annotations, history: &History) -> Result<(), String>;
    /// Exports what is open; returns what to tell the reader.
    fn export(&mut self, format: &str, path: Option<PathBuf>) -> Result<String, String>;
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
    /// The notes.
    pub notes: Arc<Annotations>,
    /// Their history.
    pub history: Arc<History>,
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
    /// At most one an article, the newest; in the order of the first edit that is not saved.
    saves: VecDeque<Save>,
    /// What could not be saved, and why; tried again at `again`, or with a newer edit of that article.
    failed: Vec<(Save, String)>,
    again: Option<Instant>,
    others: VecDeque<Other>,
    listing: bool,
    /// Whether somebody waits to hear that everything was tried.
    settling: bool,
    closed: bool,
}

enum Other {
    Open(usize),
    Export(String, Option<PathBuf>),
}

enum Task {
    Save(Save),
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

    /// Saves; an older save of the same article that waits is dropped.
    pub fn save(&self, save: Save) {
        self.desk.change(|state| {
            state.failed.retain(|(failed, _)| failed.entry != save.entry);
            match state.saves.iter_mut().find(|waiting| waiting.entry == save.entry) {
                Some(waiting) => *waiting = save,
                None => state.saves.push_back(save),
            }
        });
    }

    /// Opens an article.
    pub fn open(&self, entry: usize) {
        self.desk.change(|state| state.others.push_back(Other::Open(entry)));
    }

    /// Exports.
    pub fn export(&self, format: String, path: Option<PathBuf>) {
        self.desk.change(|state| state.others.push_back(Other::Export(format, path)));
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
            state.others.clear();
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
            if state.closed {
                return None;
            }
            if state.settling {
                state.settling = false;
                return Some(Task::Settled(state.failed.iter().map(|(_, reason)| reason.clone()).collect()));
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
            Task::Save(save) => {
                let result = guard(|| shelf.save(save.entry, &save.notes, &save.history));
                let (entry, revision) = (save.entry, save.revision);
                if let Err(reason) = &result {
                    let mut state = desk.state();
                    // A newer edit that came meanwhile is tried at once and holds all of this one.
                    if !state.saves.iter().any(|newer| newer.entry == entry) {
                        state.failed.push((save, reason.clone()));
                        state.again = Some(Instant::now() + AGAIN);
                    }
                }
                post.send(Mail::Event(Event::Saved { entry, revision, result }));
            }
            Task::Other(Other::Open(entry)) => {
                let result = guard(|| shelf.open(entry));
                post.send(Mail::Event(Event::Opened { entry, result }));
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

/// A fault in one task must not take the others with it, least of all a save.
fn guard<T>(task: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(task))
        .unwrap_or_else(|panic| Err(format!("a fault in the program, please report it: {}", said(&*panic))))
}

#[cfg(test)]
mod tests {
    use super::super::mail::{Mailbox, mailbox};
    use super::*;
    use std::sync::mpsc;

    /// Tells when a save begins, waits for a word, and answers as told.
    struct Slow {
        begun: mpsc::Sender<(usize, usize)>,
        answers: mpsc::Receiver<Result<(), String>>,
    }

    impl Shelf for Slow {
        fn open(&mut self, entry: usize) -> Result<Box<Opened>, String> {
            Err(format!("no {entry}"))
        }

        fn save(&mut self, entry: usize, _: &Annotations, history: &History) -> Result<(), String> {
            self.begun.send((entry, history.done.len())).unwrap();
            self.answers.recv().unwrap()
        }

        fn export(&mut self, _: &str, _: Option<PathBuf>) -> Result<String, String> {
            panic!("on purpose")
        }

        fn list(&mut self) -> (Option<Vec<Entry>>, bool) {
            (None, false)
        }
    }

    type Begun = mpsc::Receiver<(usize, usize)>;
    type Answers = mpsc::Sender<Result<(), String>>;

    fn start() -> (Disk, Mailbox, Begun, Answers) {
        let (post, mailbox) = mailbox().unwrap();
        let ((begun, saw), (tell, answers)) = (mpsc::channel(), mpsc::channel());
        (Disk::start(Box::new(Slow { begun, answers }), post).unwrap(), mailbox, saw, tell)
    }

    /// The number of steps in the history tells one save from another.
    fn save(entry: usize, revision: u64) -> Save {
        let edit =
            crate::annotation::Edit { name: String::new(), at: jiff::Timestamp::UNIX_EPOCH, changes: Vec::new() };
        let history = History { done: vec![edit; revision as usize], undone: Vec::new() };
        Save { entry, revision, notes: Arc::default(), history: Arc::new(history) }
    }

    fn letters(mailbox: &mut Mailbox, count: usize) -> Vec<String> {
        let mut seen = Vec::new();
        while seen.len() < count {
            let mut fds = [rustix::event::PollFd::new(mailbox.bell(), rustix::event::PollFlags::IN)];
            rustix::event::poll(&mut fds, None).unwrap();
            seen.extend(mailbox.empty().into_iter().map(|letter| match letter {
                Mail::Event(Event::Saved { entry, revision, result }) => {
                    format!("{entry} {revision} {}", result.is_ok())
                }
                Mail::Event(Event::Opened { result, .. }) => result.unwrap_err(),
                Mail::Event(Event::Exported(result)) => result.unwrap_err(),
                Mail::Saved(failed) => format!("settled {failed:?}"),
                other @ Mail::Event(_) => panic!("{other:?}"),
            }));
        }
        seen
    }

    #[test]
    fn only_the_newest_save_of_an_article_is_made_and_before_anything_else() {
        let (disk, mut mailbox, saw, tell) = start();
        disk.save(save(0, 1));
        assert_eq!(saw.recv().unwrap(), (0, 1));
        disk.open(7);
        disk.save(save(0, 2));
        disk.save(save(1, 3));
        disk.save(save(0, 4));
        for _ in 0..3 {
            tell.send(Ok(())).unwrap();
        }
        assert_eq!(letters(&mut mailbox, 4), ["0 1 true", "0 4 true", "1 3 true", "no 7"]);
    }

    #[test]
    fn what_failed_is_kept_and_tried_again() {
        let (disk, mut mailbox, saw, tell) = start();
        disk.save(save(0, 1));
        tell.send(Err("disk full".to_owned())).unwrap();
        assert_eq!(letters(&mut mailbox, 1), ["0 1 false"]);
        tell.send(Err("disk full".to_owned())).unwrap();
        disk.settle();
        assert_eq!(letters(&mut mailbox, 2), ["0 1 false", "settled [\"disk full\"]"]);
        tell.send(Ok(())).unwrap();
        drop(disk);
        assert_eq!(letters(&mut mailbox, 1), ["0 1 true"], "once more before the end");
        assert_eq!(saw.iter().count(), 3);
    }

    #[test]
    fn a_fault_is_an_answer_and_the_thread_lives_on() {
        let (disk, mut mailbox, _saw, tell) = start();
        disk.export("csv".to_owned(), None);
        assert!(letters(&mut mailbox, 1)[0].contains("on purpose"));
        tell.send(Ok(())).unwrap();
        disk.save(save(0, 1));
        assert_eq!(letters(&mut mailbox, 1), ["0 1 true"]);
    }
}
