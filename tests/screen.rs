//! A terminal for tests: the program runs in a pty, and a test waits for what is on the screen, never for time.

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

/// How long anything may take before a test gives up.
const PATIENCE: Duration = Duration::from_secs(30);

/// The program in its terminal.
pub struct Screen {
    child: Box<dyn Child + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    keys: Option<Box<dyn Write + Send>>,
    seen: Arc<(Mutex<Seen>, Condvar)>,
}

/// What the program has written so far.
struct Seen {
    picture: vt100::Parser,
    bytes: Vec<u8>,
    /// Whether nobody reads any more: the program ended, or its window was closed.
    over: bool,
    closing: bool,
}

/// How to start the program.
pub struct Start<'a> {
    pub arguments: &'a [&'a str],
    /// The folder that holds the store and the configuration, and nothing else at first.
    pub home: &'a Path,
    /// Rows and columns.
    pub size: (u16, u16),
    pub environment: &'a [(&'a str, &'a str)],
}

impl Screen {
    pub fn start(start: &Start) -> Self {
        let (rows, cols) = start.size;
        let pty = native_pty_system().openpty(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).expect("a pty");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_whosaid"));
        command.args(start.arguments);
        command.cwd(start.home);
        for name in ["COLORTERM", "COLORFGBG", "NO_COLOR", "WHOSAID_PANIC", "TERM_PROGRAM"] {
            command.env_remove(name);
        }
        command.env("TERM", "xterm-256color");
        command.env("WHOSAID_STORE", start.home.join("store"));
        command.env("WHOSAID_CONFIG", start.home.join("config"));
        command.env("RUST_BACKTRACE", "0");
        for (name, value) in start.environment {
            command.env(name, value);
        }
        let child = pty.slave.spawn_command(command).expect("the program starts");
        drop(pty.slave);
        let mut output = pty.master.try_clone_reader().expect("its output");
        let keys = pty.master.take_writer().expect("its keys");
        let seen = Seen {
            picture: vt100::Parser::new(size(rows), size(cols), 0),
            bytes: Vec::new(),
            over: false,
            closing: false,
        };
        let seen = Arc::new((Mutex::new(seen), Condvar::new()));
        let of_thread = Arc::clone(&seen);
        std::thread::spawn(move || {
            let mut bytes = [0; 8192];
            loop {
                let read = output.read(&mut bytes).unwrap_or(0);
                let mut seen = of_thread.0.lock().expect("nobody panics with it");
                seen.picture.process(&bytes[..read]);
                seen.bytes.extend_from_slice(&bytes[..read]);
                seen.over = read == 0 || seen.closing;
                of_thread.1.notify_all();
                if seen.over {
                    return;
                }
            }
        });
        Self { child, master: Some(pty.master), keys: Some(keys), seen }
    }

    /// Types; `\r` is enter, `\x1b` escape.
    pub fn send(&mut self, keys: &str) {
        let writer = self.keys.as_mut().expect("the terminal is there");
        writer.write_all(keys.as_bytes()).expect("keys are taken");
        writer.flush().expect("keys are taken");
    }

    /// Waits until the screen is as wanted, and returns its text; panics with `what` and the screen where it never is.
    #[track_caller]
    pub fn wait(&self, what: &str, wanted: impl Fn(&str) -> bool) -> String {
        self.wait_seen(what, |seen| Some(seen.picture.screen().contents()).filter(|text| wanted(text)))
    }

    /// Waits until the screen shows this text.
    #[track_caller]
    pub fn wait_for(&self, text: &str) -> String {
        self.wait(&format!("{text:?}"), |screen| screen.contains(text))
    }

    #[track_caller]
    fn wait_seen<T>(&self, what: &str, wanted: impl Fn(&Seen) -> Option<T>) -> T {
        let end = Instant::now() + PATIENCE;
        let mut seen = self.seen.0.lock().expect("nobody panics with it");
        loop {
            if let Some(found) = wanted(&seen) {
                return found;
            }
            let left = end.saturating_duration_since(Instant::now());
            if seen.over || left.is_zero() {
                let shown = seen.picture.screen().contents();
                // The reader thread still needs the lock.
                drop(seen);
                panic!("waited for {what} in vain:\n{shown}");
            }
            seen = self.seen.1.wait_timeout(seen, left).expect("nobody panics with it").0;
        }
    }

    /// Waits for the program to end and returns its exit code.
    #[track_caller]
    pub fn exit_code(&mut self) -> u32 {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            if let Some(status) = self.child.try_wait().expect("the child is ours") {
                // Its last words may still be on their way.
                self.drain();
                return status.exit_code();
            }
            std::thread::yield_now();
        }
        panic!("it does not end:\n{}", self.text());
    }

    fn drain(&self) {
        let end = Instant::now() + PATIENCE;
        let mut seen = self.seen.0.lock().expect("nobody panics with it");
        while !seen.over && Instant::now() < end {
            seen = self.seen.1.wait_timeout(seen, Duration::from_millis(100)).expect("nobody panics with it").0;
        }
    }

    /// Returns what is on the screen now.
    pub fn text(&self) -> String {
        self.seen.0.lock().expect("nobody panics with it").picture.screen().contents()
    }

    /// Returns every byte the program wrote so far.
    pub fn bytes(&self) -> Vec<u8> {
        self.seen.0.lock().expect("nobody panics with it").bytes.clone()
    }

    /// Returns the program's process id.
    pub fn pid(&self) -> rustix::process::Pid {
        let id = self.child.process_id().and_then(|id| i32::try_from(id).ok()).expect("it runs");
        rustix::process::Pid::from_raw(id).expect("no process has id 0")
    }

    /// Changes the size of the window.
    pub fn resize(&self, rows: u16, cols: u16) {
        let master = self.master.as_ref().expect("the terminal is there");
        self.seen.0.lock().expect("nobody panics with it").picture.screen_mut().set_size(size(rows), size(cols));
        master.resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).expect("it can be resized");
    }

    /// Returns which modes the program switched on and not off again.
    pub fn left_on(&self) -> Vec<String> {
        left_on(&self.bytes())
    }

    /// Waits until the terminal is taken, or given back, and the screen shows this text.
    #[track_caller]
    pub fn wait_taken(&self, taken: bool, text: &str) {
        self.wait_seen(if taken { "the screen taken" } else { "the screen given back" }, |seen| {
            let shown = seen.picture.screen().contents().contains(text);
            (left_on(&seen.bytes).is_empty() != taken && shown).then_some(())
        });
    }

    /// Takes the terminal away, as closing its window does.
    #[track_caller]
    pub fn close_window(&mut self, (rows, cols): (u16, u16)) {
        self.seen.0.lock().expect("nobody panics with it").closing = true;
        // What it draws now wakes our reader, which must let go of the terminal too.
        self.resize(rows, cols);
        let end = Instant::now() + PATIENCE;
        let mut seen = self.seen.0.lock().expect("nobody panics with it");
        while !seen.over {
            assert!(Instant::now() < end, "nothing was drawn after the window changed its size");
            seen = self.seen.1.wait_timeout(seen, Duration::from_millis(100)).expect("nobody panics with it").0;
        }
        drop(seen);
        self.keys = None;
        self.master = None;
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // A test that failed half-way leaves nothing running.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn size(cells: u16) -> NonZero<u16> {
    NonZero::new(cells).expect("a screen has cells")
}

fn left_on(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let mut on = BTreeMap::from([("25", true)]);
    for (at, _) in text.match_indices("\x1b[?") {
        let rest = &text[at + 3..];
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        match rest[end..].chars().next() {
            Some('h') => on.insert(&rest[..end], true),
            Some('l') => on.insert(&rest[..end], false),
            _ => None,
        };
    }
    on.into_iter().filter(|(mode, on)| (*mode == "25") != *on).map(|(mode, _)| mode.to_owned()).collect()
}
