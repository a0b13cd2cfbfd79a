//! What reaches the loop beside input: letters of the other threads, and signals. Both ring one bell that it can wait on.

use crate::app::Event;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};

/// A letter to the loop.
#[derive(Debug)]
pub enum Mail {
    /// Something for the app.
    Event(Event),
    /// All that was to be saved has been tried; what could not be saved, and why.
    Saved(Vec<String>),
}

/// Where letters are posted.
#[derive(Debug, Clone)]
pub struct Post {
    letters: mpsc::Sender<Mail>,
    bell: Arc<UnixStream>,
}

impl Post {
    /// Posts a letter; where nobody reads any more it is dropped.
    pub fn send(&self, mail: Mail) {
        if self.letters.send(mail).is_ok() {
            // A full bell is rung already.
            let _ = (&*self.bell).write(&[1]);
        }
    }
}

/// Where they arrive.
pub struct Mailbox {
    letters: mpsc::Receiver<Mail>,
    bell: UnixStream,
}

/// Makes both ends.
pub fn mailbox() -> io::Result<(Post, Mailbox)> {
    let (sender, letters) = mpsc::channel();
    let (ring, bell) = UnixStream::pair()?;
    ring.set_nonblocking(true)?;
    bell.set_nonblocking(true)?;
    Ok((Post { letters: sender, bell: Arc::new(ring) }, Mailbox { letters, bell }))
}

impl Mailbox {
    /// Returns what to wait on: readable once something is there.
    pub fn bell(&self) -> &UnixStream {
        &self.bell
    }

    /// Silences the bell and returns what is there.
    pub fn empty(&mut self) -> Vec<Mail> {
        let mut rung = [0; 256];
        while matches!((&self.bell).read(&mut rung), Ok(read) if read == rung.len()) {}
        self.letters.try_iter().collect()
    }
}

/// The signals that have come and were not yet looked at.
#[derive(Debug, Default)]
pub struct Signals {
    end: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
    goes_on: Arc<AtomicBool>,
    resized: Arc<AtomicBool>,
}

impl Signals {
    /// From now on signals are noted and ring the bell of `post`.
    pub fn catch(post: &Post) -> io::Result<Self> {
        let signals = Self::default();
        for signal in [SIGTERM, SIGHUP, SIGINT, SIGQUIT] {
            signal_hook::flag::register_usize(signal, Arc::clone(&signals.end), signal as usize)?;
        }
        signal_hook::flag::register(SIGTSTP, Arc::clone(&signals.stop))?;
        signal_hook::flag::register(SIGCONT, Arc::clone(&signals.goes_on))?;
        signal_hook::flag::register(SIGWINCH, Arc::clone(&signals.resized))?;
        for signal in [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH] {
            // After the flags, so that whoever hears the bell finds them set.
            signal_hook::low_level::pipe::register(signal, post.bell.try_clone()?)?;
        }
        Ok(signals)
    }

    /// Returns the signal that asked the program to end.
    pub fn end(&self) -> Option<u8> {
        Some(self.end.load(Ordering::Relaxed)).filter(|&signal| signal != 0).map(|signal| signal as u8)
    }

    /// Returns whether the program was asked to stop since the last call.
    pub fn stop(&self) -> bool {
        self.stop.swap(false, Ordering::Relaxed)
    }

    /// Returns whether the program was continued since the last call.
    pub fn goes_on(&self) -> bool {
        self.goes_on.swap(false, Ordering::Relaxed)
    }

    /// Returns whether the window changed its size since the last call.
    pub fn resized(&self) -> bool {
        self.resized.swap(false, Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_come_in_order_and_the_bell_is_silenced() {
        let (post, mut mailbox) = mailbox().unwrap();
        for n in 0..1000 {
            post.send(Mail::Event(Event::Notice(n.to_string())));
        }
        let mut buffer = [0; 1];
        assert!(mailbox.bell().peek_some(&mut buffer));
        let letters = mailbox.empty();
        assert_eq!(letters.len(), 1000);
        assert!(matches!(&letters[999], Mail::Event(Event::Notice(text)) if text == "999"));
        assert!(!mailbox.bell().peek_some(&mut buffer));
    }

    trait Peek {
        fn peek_some(&self, buffer: &mut [u8]) -> bool;
    }

    impl Peek for UnixStream {
        fn peek_some(&self, _: &mut [u8]) -> bool {
            let mut fds = [rustix::event::PollFd::new(self, rustix::event::PollFlags::IN)];
            let now = rustix::event::Timespec { tv_sec: 0, tv_nsec: 0 };
            rustix::event::poll(&mut fds, Some(&now)).unwrap() == 1
        }
    }
}
