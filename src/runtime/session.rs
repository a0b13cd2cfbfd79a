//! The loop: gathers what has happened, lets the app change its state, does what the app asks for, draws once.

use super::articles::{Articles, Request};
use super::disk::{Disk, Follow, Save, Wanted};
use super::input::{Input, Parser};
use super::mail::{Mail, Mailbox, Signals, mailbox};
use super::paper::{Frame, Paper};
use super::seeker::Seeker;
use super::terminal::Terminal;
use super::user::{Screen, User};
use super::worker::{Job, Worker};
use crate::annotation::Stamp;
use crate::app::{self, Effect, Event, Opened, State};
use crate::config::{Colour, Key, Theme};
use crate::ui;
use ratatui::{TerminalOptions, Viewport};
use rustix::event::{PollFd, PollFlags, Timespec};
use std::io::{self, Read, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// The least time between two frames.
const FRAME: Duration = Duration::from_millis(10);
/// How long the first frame waits for what makes it whole: the analysis of a short article, the background's colour.
const FIRST: Duration = Duration::from_millis(12);
/// How long an escape byte waits for the rest of a sequence.
const ESCAPE: Duration = Duration::from_millis(25);
/// What `Effect::Wake` asks for.
const WAKE: Duration = Duration::from_millis(250);
/// Bytes that are read at a time.
const READ: usize = 1 << 14;

/// Opens the reader, and returns when it was left: 0; 1 where an input could not be opened or notes not be saved; 2 where
/// there is no terminal; 128 and its number after a signal.
pub fn run(request: &Request, samples: &[(&str, &str)]) -> ExitCode {
    let screen = Screen::read();
    let terminal = match Terminal::find(&screen.term) {
        Ok(terminal) => terminal,
        Err(reason) => {
            say(&format!("{reason}; without a screen there is: whosaid extract FILE"));
            return ExitCode::from(2);
        }
    };
    let mut user = User::read();
    let chosen = Chosen::new(&mut user, &screen);
    for mistake in &user.mistakes {
        say(&mistake.to_string());
    }
    if let Some(broken) = user.unreadable() {
        say(&format!("nothing was opened: mend {broken} or move it away; whosaid check-config tells more"));
        return ExitCode::FAILURE;
    }
    let mut failed = Vec::new();
    let mut fail = |line: String| {
        say(&line);
        failed.push(line);
    };
    let articles = Articles::gather(request, samples, user.settings.coder.as_deref(), &mut fail);
    let (articles, first) = match articles {
        Ok(mut articles) => match articles.open_first(&mut fail) {
            Some(first) => (articles, first),
            None => return ExitCode::FAILURE,
        },
        Err(line) => {
            fail(line);
            return ExitCode::FAILURE;
        }
    };
    let end = Session::start(terminal, &screen, user, chosen, articles, first, &failed).and_then(Session::run);
    match end {
        Ok(End::Left) if failed.is_empty() => ExitCode::SUCCESS,
        Ok(End::Left) => ExitCode::FAILURE,
        Ok(End::Signal(signal)) => ExitCode::from(128 + signal),
        Ok(End::Unsaved(lines)) => {
            for line in lines {
                say(&format!("not saved: {line}"));
            }
            ExitCode::FAILURE
        }
        Err(error) => {
            say(&format!("the terminal: {}", super::files::said(&error)));
            ExitCode::FAILURE
        }
    }
}

/// Says a line on stderr, as it may be written to a terminal whatever file names and files put into it. Where nobody can
/// read it any more, it is dropped.
fn say(line: &str) {
    let _ = writeln!(io::stderr(), "whosaid: {}", crate::text::visible::one_line(line));
}

/// The theme, and what it still depends on.
struct Chosen {
    theme: Theme,
    /// The theme for a light background, while it is not known whether it is one.
    light: Option<Theme>,
}

impl Chosen {
    fn new(user: &mut User, screen: &Screen) -> Self {
        let name = user.settings.theme.clone();
        let mut ready = |name: &str| user.theme(name).at_depth(screen.depth);
        if name != "auto" {
            return Self { theme: ready(&name), light: None };
        }
        match screen.light {
            Some(light) => Self { theme: ready(if light { "light" } else { "dark" }), light: None },
            None if screen.may_ask && !screen.no_colour => Self { theme: ready("dark"), light: Some(ready("light")) },
            None => Self { theme: ready("dark"), light: None },
        }
    }
}

/// How the session ended.
enum End {
    /// The reader left.
    Left,
    /// A signal; or the terminal went away, which counts as a hang-up.
    Signal(u8),
    /// The reader left although something could not be saved, and what.
    Unsaved(Vec<String>),
}

/// The running program. The fields are dropped in this order: the terminal is back before the disk is waited for.
#[allow(clippy::struct_excessive_bools)] // four things that are so or not, each by itself
struct Session {
    terminal: Terminal,
    worker: Worker,
    disk: Disk,
    seeker: Seeker,
    signals: Signals,
    mailbox: Mailbox,
    state: State,
    parser: Parser,
    /// The theme to change to where the background turns out to be light.
    light: Option<Theme>,
    /// The article that was opened before the screen.
    first: Option<Box<Opened>>,
    paper: ratatui::Terminal<Paper>,
    frame: Frame,
    /// Whether the state changed since it was drawn.
    changed: bool,
    drawn: Option<Instant>,
    wake: Option<Instant>,
    /// When the escape byte came that waits.
    escape: Option<Instant>,
    suspend: bool,
    /// Whether an analysis was asked for and has not come.
    analysing: bool,
    /// Whether the reader wants to leave, and everything is being saved.
    leaving: bool,
    /// What could not be saved when the reader wanted to leave.
    unsaved: Vec<String>,
    ended: Option<End>,
    /// For tests of the way out: the key that makes the program panic (`WHOSAID_PANIC`).
    panic: Option<Key>,
}

impl Session {
    fn start(
        terminal: Terminal,
        screen: &Screen,
        user: User,
        chosen: Chosen,
        mut articles: Articles,
        (number, first): (usize, Box<Opened>),
        failed: &[String],
    ) -> io::Result<Self> {
        let (post, mailbox) = mailbox()?;
        let signals = Signals::catch(&post)?;
        terminal.hook_panics();
        terminal.set_mouse(user.settings.mouse)?;
        terminal.take()?;
        if chosen.light.is_some() {
            terminal.ask_background()?;
        }
        let (entries, tour) = (articles.entries(), articles.bundled);
        let worker = Worker::start(post.clone())?;
        let (texts, errors) = articles.project();
        let (store, coder) = articles.store();
        let seeker = Seeker::start(store, coder, post.clone())?;
        let (frame, size) = (Frame::default(), terminal.size());
        let config = app::Config {
            keymap: user.keymap,
            theme: chosen.theme,
            settings: user.settings,
            no_color: screen.no_colour,
            depth: Some(screen.depth),
            tour,
            coder: articles.coder().to_owned(),
            first: number,
        };
        let disk = Disk::start(Box::new(articles), post)?;
        let state = State::new(config);
        let mut session = Self {
            paper: sheet(&frame, size)?,
            frame,
            terminal,
            worker,
            disk,
            seeker,
            signals,
            mailbox,
            state,
            parser: Parser::default(),
            light: chosen.light,
            first: Some(first),
            changed: true,
            drawn: None,
            wake: None,
            escape: None,
            suspend: false,
            analysing: false,
            leaving: false,
            unsaved: Vec::new(),
            ended: None,
            panic: std::env::var("WHOSAID_PANIC").ok().and_then(|key| key.parse().ok()),
        };
        session.update(Event::Resize { width: size.0, height: size.1 });
        session.update(Event::Project { texts, errors });
        session.update(Event::Listed(entries));
        let lines = user.mistakes.iter().map(ToString::to_string).chain(failed.iter().cloned());
        if let Some(notice) = summary(lines) {
            session.update(Event::Notice(notice));
        }
        Ok(session)
    }

    fn run(mut self) -> io::Result<End> {
        // The first frame waits a moment, so that it need not be drawn twice.
        let begun = Instant::now();
        while self.state_is_bare() && begun.elapsed() < FIRST && self.ended.is_none() {
            self.wait(Some(FIRST.saturating_sub(begun.elapsed())))?;
        }
        while self.ended.is_none() {
            let due = self.drawn.map_or(Duration::ZERO, |drawn| FRAME.saturating_sub(drawn.elapsed()));
            if self.changed && due.is_zero() {
                self.draw()?;
            }
            let now = Instant::now();
            let frame = self.changed.then(|| now + due);
            let next = [frame, self.wake, self.escape.map(|since| since + ESCAPE)].into_iter().flatten().min();
            self.wait(next.map(|next| next.saturating_duration_since(now)))?;
        }
        Ok(self.finish())
    }

    /// Gives the terminal back, saves what is not saved, and says how it ended.
    fn finish(mut self) -> End {
        if let Some(Effect::Keep { entry, place }) = app::articles::arrive::keep_place(&mut self.state) {
            self.disk.keep(entry, place);
        }
        let Self { terminal, disk, seeker, mut mailbox, ended, unsaved, .. } = self;
        terminal.give_back();
        seeker.close();
        drop(disk);
        let mut failed = unsaved;
        for mail in mailbox.empty() {
            match mail {
                Mail::Event(Event::Saved { result: Err(reason), .. } | Event::ProjectSaved(Err(reason)))
                    if !failed.contains(&reason) =>
                {
                    failed.push(reason);
                }
                _ => {}
            }
        }
        match ended {
            Some(End::Signal(signal)) => End::Signal(signal),
            _ if failed.is_empty() => End::Left,
            _ => End::Unsaved(failed),
        }
    }

    /// Returns whether the first frame still lacks what may come in a moment.
    fn state_is_bare(&self) -> bool {
        self.light.is_some() || self.analysing
    }

    /// Waits for anything to happen, at most so long, and takes it in.
    fn wait(&mut self, most: Option<Duration>) -> io::Result<()> {
        let timeout = most.map(|most| Timespec {
            tv_sec: most.as_secs().try_into().unwrap_or(i64::MAX),
            tv_nsec: most.subsec_nanos().into(),
        });
        let mut ready =
            [PollFd::new(self.terminal.input(), PollFlags::IN), PollFd::new(self.mailbox.bell(), PollFlags::IN)];
        match rustix::event::poll(&mut ready, timeout.as_ref()) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        let [keys, _] = ready.map(|fd| fd.revents());
        if keys.contains(PollFlags::IN) {
            self.read_keys();
        } else if keys.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            self.ended = Some(End::Signal(HANG_UP));
        }
        self.take_mail();
        self.take_signals()?;
        self.take_time();
        Ok(())
    }

    fn read_keys(&mut self) {
        let mut bytes = [0; READ];
        match self.terminal.input().read(&mut bytes) {
            // A terminal that went away is at its end, or an error, for ever: crossterm would turn in circles here.
            Ok(0) => self.ended = Some(End::Signal(HANG_UP)),
            Ok(read) => {
                let mut inputs = Vec::new();
                self.parser.feed(&bytes[..read], &mut |input| inputs.push(input));
                self.take_inputs(inputs);
                self.escape = self.parser.is_undecided().then(Instant::now);
            }
            Err(error) if matches!(error.kind(), io::ErrorKind::Interrupted | io::ErrorKind::WouldBlock) => {}
            Err(_) => self.ended = Some(End::Signal(HANG_UP)),
        }
    }

    fn take_inputs(&mut self, inputs: Vec<Input>) {
        for input in inputs {
            if self.leaving {
                return;
            }
            match input {
                Input::Key(key) => {
                    assert!(self.panic != Some(key), "this was asked for with WHOSAID_PANIC");
                    self.update(Event::Key(key));
                }
                Input::Paste(text, cut) => {
                    self.update(Event::Paste(text));
                    if cut {
                        self.update(Event::Notice("only the first megabyte of the paste was taken".to_owned()));
                    }
                }
                Input::Mouse(mouse) => self.update(Event::Mouse(mouse)),
                Input::Background(r, g, b) => {
                    self.terminal.answered();
                    // As bright to the eye as half-way between black and white (CIE lightness 50).
                    if let Some(light) = self.light.take()
                        && Colour::Rgb(r, g, b).luminance() > 0.184
                    {
                        self.state.config.theme = light;
                        self.changed = true;
                    }
                }
            }
        }
    }

    fn take_mail(&mut self) {
        for mail in self.mailbox.empty() {
            match mail {
                Mail::Event(event) => self.update(event),
                Mail::Saved(failed) if failed.is_empty() || failed == self.unsaved => {
                    self.unsaved = failed;
                    self.ended.get_or_insert(End::Left);
                }
                Mail::Saved(failed) => {
                    self.leaving = false;
                    let reason = failed.join("; ");
                    self.unsaved = failed;
                    self.update(Event::Notice(format!("not saved: {reason}; quit again to leave without it")));
                }
            }
        }
    }

    fn take_signals(&mut self) -> io::Result<()> {
        if let Some(signal) = self.signals.end() {
            self.ended.get_or_insert(End::Signal(signal));
            return Ok(());
        }
        if self.signals.stop() || std::mem::take(&mut self.suspend) {
            self.terminal.give_back();
            // The whole group, as the terminal would: whoever started this program is to stop with it.
            rustix::process::kill_current_process_group(rustix::process::Signal::STOP)?;
            self.signals.goes_on();
            self.terminal.take()?;
            self.begin_anew()?;
        }
        if self.signals.goes_on() {
            // Stopped and continued from outside: the shell may have changed everything.
            self.terminal.take()?;
            self.begin_anew()?;
        }
        if self.signals.resized() {
            self.begin_anew()?;
        }
        Ok(())
    }

    fn take_time(&mut self) {
        if self.wake.is_some_and(|wake| Instant::now() >= wake) {
            self.wake = None;
            self.update(Event::Tick);
        }
        if self.escape.is_some_and(|since| since.elapsed() >= ESCAPE) {
            self.escape = None;
            let mut inputs = Vec::new();
            self.parser.decide(&mut |input| inputs.push(input));
            self.take_inputs(inputs);
        }
    }

    /// Draws everything again, at the size the terminal has now.
    fn begin_anew(&mut self) -> io::Result<()> {
        let size = self.terminal.size();
        self.paper = sheet(&self.frame, size)?;
        self.update(Event::Resize { width: size.0, height: size.1 });
        Ok(())
    }

    fn draw(&mut self) -> io::Result<()> {
        let ratatui::layout::Size { width, height } = self.paper.size()?;
        ui::prepare(&mut self.state, width, height);
        self.paper.draw(|frame| ui::draw(&self.state, frame))?;
        let bytes = self.frame.take();
        self.changed = false;
        self.drawn = Some(Instant::now());
        self.write(&bytes);
        Ok(())
    }

    /// Writes to the terminal; where it is gone, the session ends.
    fn write(&mut self, bytes: &[u8]) {
        if !bytes.is_empty() && self.terminal.write(bytes).is_err() {
            self.ended = Some(End::Signal(HANG_UP));
        }
    }

    /// Lets the app take an event in, and does what it asks for.
    fn update(&mut self, event: Event) {
        self.analysing &= !matches!(event, Event::Analysed { .. });
        self.changed = true;
        let stamp = Stamp { now: jiff::Timestamp::now(), id: uuid::Uuid::now_v7() };
        for effect in app::update(&mut self.state, event, stamp) {
            self.perform(effect);
        }
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Open(entry) if entry == self.state.config.first && self.first.is_some() => {
                if let Some(opened) = self.first.take() {
                    self.update(Event::Opened { entry, result: Ok(opened) });
                }
            }
            Effect::Open(entry) => self.disk.open(entry),
            Effect::Analyse { generation, article, options } => {
                self.analysing = true;
                self.worker.ask(Job { generation, article, options });
            }
            Effect::Save { entry, revision, steps } => {
                self.unsaved.clear();
                self.disk.save(Save { entry, revision, steps });
            }
            Effect::SaveProject(texts) => {
                self.unsaved.clear();
                self.disk.save_project(texts);
            }
            Effect::Follow { step, back, now, except } => self.disk.follow(Follow { step, back, now, except }),
            Effect::Survey => self.seeker.survey(),
            Effect::Seek { generation, pattern, except } => {
                self.seeker.want(generation);
                self.disk.seek(Wanted { seeker: self.seeker.clone(), generation, pattern, except });
            }
            Effect::StopSeeking => self.seeker.stop(),
            Effect::ReadTags(path) => self.disk.read_tags(path),
            Effect::WriteTags { path, text, lost } => self.disk.write_tags(path, text, lost),
            Effect::Keep { entry, place } => self.disk.keep(entry, place),
            Effect::Compare(entry) => self.disk.compare(entry),
            Effect::Amend { entry, coder, step, edit } => self.disk.amend(entry, coder, step, edit),
            Effect::Export { format, path } => self.disk.export(format, path),
            Effect::Copy(text) => {
                let mut sequence = Vec::new();
                let copy = crossterm::clipboard::CopyToClipboard::to_clipboard_from(text);
                if crossterm::queue!(sequence, copy).is_ok() {
                    self.write(&sequence);
                }
            }
            Effect::Wake => {
                self.wake.get_or_insert_with(|| Instant::now() + WAKE);
            }
            Effect::Suspend => self.suspend = true,
            Effect::Mouse(wanted) => {
                if self.terminal.set_mouse(wanted).is_err() {
                    self.ended = Some(End::Signal(HANG_UP));
                }
            }
            Effect::Quit => {
                self.leaving = true;
                self.disk.settle();
            }
        }
    }
}

/// The number of SIGHUP: what a terminal that goes away is said to send.
const HANG_UP: u8 = 1;

/// A sheet to draw on of which nothing is known: the first frame clears the screen and draws every cell.
fn sheet(frame: &Frame, size: (u16, u16)) -> io::Result<ratatui::Terminal<Paper>> {
    frame.take();
    crossterm::queue!(frame.clone(), crossterm::terminal::Clear(crossterm::terminal::ClearType::All))?;
    let options = TerminalOptions { viewport: Viewport::Fullscreen };
    ratatui::Terminal::with_options(Paper::new(frame.clone(), size), options)
}

/// Returns the first line and how many more there are.
fn summary(mut lines: impl Iterator<Item = String>) -> Option<String> {
    let first = lines.next()?;
    Some(match lines.count() {
        0 => first,
        more => format!("{first} (and {more} more)"),
    })
}
