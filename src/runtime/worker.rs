//! The analysis, on a thread of its own: one job runs, one waits, and the newest wins.

use super::mail::{Mail, Post};
use crate::app::Event;
use crate::engine::{Cancel, Options, analyze};
use crate::source::Article;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

/// One article to analyse.
#[derive(Debug)]
pub struct Job {
    /// The generation to answer with.
    pub generation: u64,
    /// The article.
    pub article: Arc<Article>,
    /// What is known of it.
    pub options: Box<Options>,
}

/// The worker; stops when dropped.
pub struct Worker {
    slots: Arc<Slots>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Slots {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    waiting: Option<Job>,
    running: Option<Cancel>,
    closed: bool,
}

impl Worker {
    /// Starts the worker, which answers with `Event::Analysed`.
    pub fn start(post: Post) -> std::io::Result<Self> {
        let slots = Arc::new(Slots::default());
        let of_thread = Arc::clone(&slots);
        let thread = std::thread::Builder::new().name("analysis".to_owned()).spawn(move || work(&of_thread, &post))?;
        Ok(Self { slots, thread: Some(thread) })
    }

    /// Asks for an analysis; what was asked before and is not done is dropped.
    pub fn ask(&self, job: Job) {
        let mut state = self.slots.state();
        state.waiting = Some(job);
        if let Some(running) = &state.running {
            running.cancel();
        }
        self.slots.changed.notify_one();
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let mut state = self.slots.state();
        state.closed = true;
        state.waiting = None;
        if let Some(running) = &state.running {
            running.cancel();
        }
        drop(state);
        self.slots.changed.notify_one();
        // Not waited for: a long step may not look at its flag soon, and nothing of it is wanted.
        self.thread.take();
    }
}

impl Slots {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a job; `None` once the worker is to stop.
    fn next(&self) -> Option<(Job, Cancel)> {
        let mut state = self.state();
        loop {
            if state.closed {
                return None;
            }
            if let Some(job) = state.waiting.take() {
                let cancel = Cancel::default();
                state.running = Some(cancel.clone());
                return Some((job, cancel));
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

fn work(slots: &Slots, post: &Post) {
    while let Some((job, cancel)) = slots.next() {
        let done = catch_unwind(AssertUnwindSafe(|| analyze(&job.article.text, &job.options, &cancel)));
        slots.state().running = None;
        match done {
            Ok(Ok(analysis)) => {
                let analysis = Arc::new(analysis);
                post.send(Mail::Event(Event::Analysed { generation: job.generation, analysis }));
            }
            Ok(Err(_cancelled)) => {}
            Err(panic) => {
                let reason = said(&*panic);
                let text = format!("{}: the analysis failed, please report this: {reason}", job.article.id);
                post.send(Mail::Event(Event::Notice(text)));
            }
        }
    }
}

/// Returns what a panic said.
pub(super) fn said(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("no reason given").to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::mail::mailbox;
    use super::*;
    use crate::source::text;

    #[test]
    fn the_newest_request_is_answered_last_and_stale_ones_at_most_before_it() {
        let (post, mut mailbox) = mailbox().unwrap();
        let worker = Worker::start(post).unwrap();
        let article = Arc::new(text::parse(&"\"Yes\", said Ada Lovelace.\n\n".repeat(200), None));
        for generation in 1..=20 {
            worker.ask(Job { generation, article: Arc::clone(&article), options: Box::default() });
        }
        let mut seen = Vec::new();
        while seen.last() != Some(&20) {
            let mut fds = [rustix::event::PollFd::new(mailbox.bell(), rustix::event::PollFlags::IN)];
            rustix::event::poll(&mut fds, None).unwrap();
            for letter in mailbox.empty() {
                let Mail::Event(Event::Analysed { generation, .. }) = letter else { panic!("{letter:?}") };
                seen.push(generation);
            }
        }
        assert!(seen.is_sorted() && seen.len() < 20, "{seen:?}");
    }
}
