//! The terminal: taken when the screen opens, and given back as it was on every way out, a panic too.

use rustix::termios::{self, OptionalActions, QueueSelector, Termios};
use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::os::fd::AsFd;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Alternate screen, cleared; bracketed paste.
const ENTER: &str = "\x1b[?1049h\x1b[H\x1b[2J\x1b[?2004h";
/// Everything that may be on, off: held frame, attributes, pastes, alternate screen, hidden cursor.
const LEAVE: &str = "\x1b[?2026l\x1b[0m\x1b[?2004l\x1b[?1049l\x1b[?25h";
/// Buttons, drags, and reports that also reach past column 223. Bare movement is not asked for: it would never be idle.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";
/// "Which colour is your background?" (xterm ctlseqs, OSC 11).
const ASK_BACKGROUND: &str = "\x1b]11;?\x1b\\";

/// Why there is no terminal to draw on.
#[derive(Debug, thiserror::Error)]
pub enum NoTerminal {
    /// Output goes to a file or a pipe.
    #[error("standard output is no terminal")]
    Output,
    /// Nothing can be typed.
    #[error("there is no terminal to read keys from ({0})")]
    Input(io::Error),
    /// `TERM` is unset or `dumb`.
    #[error("this terminal cannot place text (TERM is {0:?})")]
    Dumb(String),
}

/// The terminal; gives itself back when dropped.
pub struct Terminal {
    shared: Arc<Shared>,
}

struct Shared {
    input: File,
    output: File,
    /// The settings to go back to, while the terminal is taken.
    before: Mutex<Option<Termios>>,
    /// Whether the mouse is wanted while the terminal is taken.
    mouse: AtomicBool,
    /// Whether a question was asked and not yet answered.
    asked: AtomicBool,
}

impl Terminal {
    /// Finds the terminal without changing anything. Keys come from standard input, or, where that is something else,
    /// from the terminal that output goes to. `term` is the value of `TERM`.
    pub fn find(term: &str) -> Result<Self, NoTerminal> {
        if !io::stdout().is_terminal() {
            return Err(NoTerminal::Output);
        }
        if matches!(term, "" | "dumb") {
            return Err(NoTerminal::Dumb(term.to_owned()));
        }
        let output = File::from(io::stdout().as_fd().try_clone_to_owned().map_err(NoTerminal::Input)?);
        let input = if io::stdin().is_terminal() {
            File::from(io::stdin().as_fd().try_clone_to_owned().map_err(NoTerminal::Input)?)
        } else {
            open_terminal_of(&output).map_err(NoTerminal::Input)?
        };
        let shared = Shared {
            input,
            output,
            before: Mutex::new(None),
            mouse: AtomicBool::new(false),
            asked: AtomicBool::new(false),
        };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// Takes the terminal: raw keys, alternate screen, pastes told apart, the mouse where wanted. Taking it again, after
    /// somebody else changed it, is fine.
    pub fn take(&self) -> io::Result<()> {
        let shared = &*self.shared;
        let mut before = shared.before.lock().unwrap_or_else(PoisonError::into_inner);
        let now = termios::tcgetattr(&shared.input)?;
        let mut raw = now.clone();
        raw.make_raw();
        // In the background this stops the program until it is in the foreground again, which is right.
        termios::tcsetattr(&shared.input, OptionalActions::Now, &raw)?;
        before.get_or_insert(now);
        drop(before);
        shared.say(ENTER)?;
        if shared.mouse.load(Ordering::Relaxed) { shared.say(MOUSE_ON) } else { Ok(()) }
    }

    /// Gives the terminal back. Does nothing where it is not taken.
    pub fn give_back(&self) {
        self.shared.give_back();
    }

    /// Takes or leaves the mouse.
    pub fn set_mouse(&self, wanted: bool) -> io::Result<()> {
        let taken = self.shared.before.lock().unwrap_or_else(PoisonError::into_inner).is_some();
        let was = self.shared.mouse.swap(wanted, Ordering::Relaxed);
        if taken && was != wanted { self.shared.say(if wanted { MOUSE_ON } else { MOUSE_OFF }) } else { Ok(()) }
    }

    /// Asks for the background's colour; the answer comes as input, or never.
    pub fn ask_background(&self) -> io::Result<()> {
        self.shared.asked.store(true, Ordering::Relaxed);
        self.shared.say(ASK_BACKGROUND)
    }

    /// Notes that the question was answered.
    pub fn answered(&self) {
        self.shared.asked.store(false, Ordering::Relaxed);
    }

    /// Returns the size in cells, columns and rows; 80 x 24 where the terminal does not know.
    pub fn size(&self) -> (u16, u16) {
        match termios::tcgetwinsize(&self.shared.output) {
            Ok(size) if size.ws_col > 0 && size.ws_row > 0 => (size.ws_col, size.ws_row),
            _ => (80, 24),
        }
    }

    /// Returns what keys come from.
    pub fn input(&self) -> &File {
        &self.shared.input
    }

    /// Writes everything at once.
    pub fn write(&self, bytes: &[u8]) -> io::Result<()> {
        (&self.shared.output).write_all(bytes)
    }

    /// From now on, a panic of this thread gives the terminal back before it says what happened. Other threads catch
    /// their panics themselves and say nothing over the screen.
    pub fn hook_panics(&self) {
        let shared = Arc::downgrade(&self.shared);
        let owner = std::thread::current().id();
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| match shared.upgrade() {
            Some(shared) if std::thread::current().id() == owner => {
                shared.give_back();
                before(info);
            }
            Some(_) => {}
            None => before(info),
        }));
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.give_back();
    }
}

impl Shared {
    fn say(&self, text: &str) -> io::Result<()> {
        (&self.output).write_all(text.as_bytes())
    }

    fn give_back(&self) {
        let mut before = self.before.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(settings) = before.take() else { return };
        // Where the terminal is gone there is nothing to give back and nobody to tell.
        if self.mouse.load(Ordering::Relaxed) {
            let _ = self.say(MOUSE_OFF);
        }
        let _ = self.say(LEAVE);
        if self.asked.load(Ordering::Relaxed) {
            // An answer still on its way would be typed into the shell.
            let _ = termios::tcflush(&self.input, QueueSelector::IFlush);
        }
        let _ = termios::tcsetattr(&self.input, OptionalActions::Now, &settings);
    }
}

/// Opens the terminal behind `output` for reading: by its own name, because some systems cannot wait on `/dev/tty`.
fn open_terminal_of(output: &File) -> io::Result<File> {
    let named = termios::ttyname(output, Vec::new()).ok().and_then(|name| {
        let name = name.into_string().ok()?;
        File::options().read(true).write(true).open(name).ok()
    });
    named.map_or_else(|| File::options().read(true).write(true).open("/dev/tty"), Ok)
}
