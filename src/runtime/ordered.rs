//! Work on several threads whose results come in the order in which it was given.

use std::collections::VecDeque;
use std::num::NonZero;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, Scope};

/// How many pieces a thread may have done or before it: so much memory is taken, and no more.
const AHEAD: usize = 4;

/// A piece of work, and where its result goes.
type Job<T, R> = (T, Sender<R>);

/// Threads that turn each `T` into an `R`; they end when this is dropped.
pub struct Ordered<'a, T, R> {
    work: Arc<dyn Fn(T) -> R + Send + Sync + 'a>,
    /// Where the threads take their work from; `None` where there is one processor only, and all is done at once.
    jobs: Option<Sender<Job<T, R>>>,
    /// The results to come, the next one first.
    waiting: VecDeque<Receiver<R>>,
    most: usize,
}

impl<'scope, T: Send + 'scope, R: Send + 'scope> Ordered<'scope, T, R> {
    /// Begins as many threads as there are processors for this program.
    pub fn new(scope: &'scope Scope<'scope, '_>, work: impl Fn(T) -> R + Send + Sync + 'scope) -> Self {
        Self::with(scope, thread::available_parallelism().map_or(1, NonZero::get), work)
    }

    fn with(scope: &'scope Scope<'scope, '_>, threads: usize, work: impl Fn(T) -> R + Send + Sync + 'scope) -> Self {
        let work: Arc<dyn Fn(T) -> R + Send + Sync + 'scope> = Arc::new(work);
        let (jobs, queue) = mpsc::channel::<Job<T, R>>();
        if threads > 1 {
            let queue = Arc::new(Mutex::new(queue));
            for _ in 0..threads {
                let (queue, work) = (Arc::clone(&queue), Arc::clone(&work));
                scope.spawn(move || {
                    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    while let Ok((piece, result)) = next() {
                        // That nobody waits for it any more is no error.
                        let _ = result.send(work(piece));
                    }
                });
            }
        }
        Self { work, jobs: (threads > 1).then_some(jobs), waiting: VecDeque::new(), most: threads * AHEAD }
    }

    /// Gives a piece of work; returns the result that is next in order, once enough of them are on their way.
    pub fn give(&mut self, piece: T) -> Option<R> {
        let Some(jobs) = &self.jobs else { return Some((self.work)(piece)) };
        let (result, waiting) = mpsc::channel();
        // Threads that died take the program with them when their scope ends.
        let _ = jobs.send((piece, result));
        self.waiting.push_back(waiting);
        if self.waiting.len() < self.most { None } else { self.rest() }
    }

    /// Waits for the result that is next in order; `None` when there are no more.
    pub fn rest(&mut self) -> Option<R> {
        self.waiting.pop_front()?.recv().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_order() {
        for threads in [1, 3] {
            let mut out = Vec::new();
            thread::scope(|scope| {
                // The first of each three takes longest.
                let slow = |n: u64| (0..(3 - n % 3) * 20_000).fold(n, |a, b| std::hint::black_box(a ^ b ^ b));
                let mut doubled = Ordered::with(scope, threads, move |n| slow(n) * 2);
                out.extend((0..100).filter_map(|n| doubled.give(n)));
                out.extend(std::iter::from_fn(|| doubled.rest()));
            });
            assert!(out.iter().copied().eq((0..100).map(|n| n * 2)), "{out:?}");
        }
    }
}
