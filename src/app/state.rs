//! The one state of the program.

use super::article::document::Document;
use super::article::select::{Edges, Visual};
use super::articles::listing::ListView;
use super::articles::places::{Arrival, Jumps, Return};
use super::decide::filter::Filter;
use super::screen::{Pane, Screen};
use super::seek::hits::Search;
use super::shared::Shared;
use super::windows::overlay::Overlay;
use super::{Action, Entry, Scope};
use crate::annotation::Annotations;
use crate::config::key::write_sequence;
use crate::config::{Code, Depth, Key, Keymap, Lookup, Settings, Theme};
use crate::text::{Clean, Span};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// What the program was started with.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The keys.
    pub keymap: Keymap,
    /// The colours.
    pub theme: Theme,
    /// The habits.
    pub settings: Settings,
    /// Whether no colour may be used (`NO_COLOR`).
    pub no_color: bool,
    /// How many colours there are; as many as wanted where it is not said.
    pub depth: Option<Depth>,
    /// Whether the reader came without an article of their own: the first bundled one teaches the keys.
    pub tour: bool,
    /// Whose notes are shown and made; nothing where that is not to be said.
    pub coder: String,
    /// The number of the article to open first.
    pub first: usize,
}

/// What the keys of the panes are for at the moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Mode {
    /// Reading and deciding.
    #[default]
    Normal,
    /// Selecting text.
    Visual(Visual),
    /// Moving the edges of a quotation.
    Edges(Edges),
}

/// Something to tell the reader until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// What.
    pub text: String,
    /// Whether something went wrong.
    pub error: bool,
}

/// What is to be done once the article that was asked for is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// Undo its last step.
    Undo,
    /// Redo the step that was undone last in it.
    Redo,
}

/// Everything the program knows.
#[derive(Debug, Default)]
pub struct State {
    /// What the program was started with.
    pub config: Config,
    /// The list of articles.
    pub entries: Vec<Entry>,
    /// The article that is open.
    pub document: Option<Document>,
    /// The article that was asked for and has not come yet.
    pub opening: Option<usize>,
    /// Why the article that was asked for last could not be read.
    pub failed: Option<String>,
    /// What is to be done once it has come.
    pub then: Option<Then>,
    /// The articles in which steps were undone, the last one last: where a redo leads.
    pub undone_in: Vec<usize>,
    /// What other coders noted on the article, as it was read last to compare.
    pub others: Vec<(String, Annotations)>,
    /// Whether these are being read, to compare: keys wait until they are there.
    pub comparing: bool,
    /// The keys that wait.
    pub held: Vec<Key>,
    /// How the list of articles is shown.
    pub library: ListView,
    /// Where the reader was in other articles.
    pub returns: BTreeMap<usize, Return>,
    /// What belongs to the store as a whole: codebook, marks, memo.
    pub shared: Shared,
    /// What was found last, as a list.
    pub search: Search,
    /// The places the reader jumped from.
    pub jumps: Jumps,
    /// Where to go once article so and so is open.
    pub arrival: Option<(usize, Arrival)>,
    /// The pane that has the keys.
    pub focus: Pane,
    /// The text pane that is shown where there is room for one, and that leads when both scroll.
    pub lead: Pane,
    /// Whether the pane that has the keys fills the screen.
    pub zoom: bool,
    /// What the keys of the panes are for.
    pub mode: Mode,
    /// The windows above the panes, the topmost last.
    pub overlays: Vec<Overlay>,
    /// The keys of a sequence that has begun.
    pub pending: Vec<Key>,
    /// Something to tell.
    pub message: Option<Message>,
    /// What is under review, and in which order.
    pub filter: Filter,
    /// The stretches of Clean that a list is open for: to be tagged, or given to another speaker.
    pub stretches: Vec<Span<Clean>>,
    /// The tag that was given last.
    pub last_tag: Option<String>,
    /// How many lessons of the tour are done, while it goes on.
    pub tour: Option<usize>,
    /// Whether the mouse is taken.
    pub mouse: bool,
    /// Where in a text the mouse's button went down.
    pub pressed: Option<(Pane, usize)>,
    /// The generation of the newest analysis asked for.
    pub generation: u64,
    /// The moment of the newest event.
    pub now: Timestamp,
    /// What stands where, as `prepare` found it.
    pub screen: Screen,
}

impl State {
    /// Tells whether an article was asked for that is not there yet, or not read.
    pub fn awaits_article(&self) -> bool {
        self.opening.is_some() || self.document.as_ref().is_some_and(|document| document.analysis.is_none())
    }

    /// Makes the state before anything has happened.
    pub fn new(mut config: Config) -> Self {
        if config.no_color {
            config.theme = config.theme.without_colours();
        }
        let mouse = config.settings.mouse;
        Self { config, mouse, ..Self::default() }
    }

    /// Returns the scopes in which keys mean something now, the first to ask first.
    pub fn scopes(&self) -> &'static [Scope] {
        match (self.overlays.last(), &self.mode) {
            (Some(overlay), _) => overlay.scopes(),
            (None, Mode::Visual(_)) => &[Scope::Visual],
            (None, Mode::Edges(_)) => &[Scope::Edges],
            (None, Mode::Normal) => self.pane_scopes(),
        }
    }

    /// Returns the scopes of the pane that has the keys, without windows and modes.
    pub fn pane_scopes(&self) -> &'static [Scope] {
        match self.focus {
            Pane::Raw | Pane::Clean => &[Scope::Text, Scope::Global],
            Pane::Speakers => &[Scope::Speakers, Scope::Global],
            Pane::Timeline => &[Scope::Timeline, Scope::Global],
        }
    }

    /// Returns what `keys` mean in `scopes`.
    pub fn lookup(&self, scopes: &[Scope], keys: &[Key]) -> Lookup<'_> {
        let names: Vec<&str> = scopes.iter().map(|scope| scope.name()).collect();
        self.config.keymap.lookup(&names, keys)
    }

    /// Returns the keys to press for `action` in `scopes`, as they are shown, if there are any: the shortest, rather a
    /// letter than a capital, a digit or a named key, rather that than one with control; to leave a window rather escape,
    /// to go where a row leads rather enter.
    pub fn keys_of(&self, scopes: &[Scope], action: Action) -> Option<String> {
        let name = action.info().name;
        let usual = match action {
            Action::Cancel | Action::Close | Action::KeepMemo => Some(Code::Escape),
            Action::GoHit => Some(Code::Enter),
            _ => None,
        };
        let far = |key: &Key| match key.code {
            Code::Char(c) if c.is_lowercase() => 0,
            Code::Char(c) if c.is_alphabetic() => 1,
            Code::Char(c) if c.is_alphanumeric() => 2,
            _ => 3,
        };
        let rank = |keys: &[Key]| {
            let held = keys.iter().filter(|key| key.ctrl || key.alt).count();
            let usual = usual.is_some_and(|code| keys == [Key::plain(code)]);
            (!usual, held, keys.len(), keys.iter().map(far).sum::<usize>())
        };
        scopes.iter().find_map(|scope| {
            let keys = self.config.keymap.keys_of(scope.name(), name).into_iter();
            let reached = keys.filter(|keys| self.lookup(scopes, keys) == Lookup::Action(name));
            reached.min_by_key(|keys| rank(keys)).map(shown_keys)
        })
    }

    /// Tells the reader something.
    pub fn say(&mut self, text: impl Into<String>) {
        self.message = Some(Message { text: text.into(), error: false });
    }

    /// Tells the reader that something went wrong.
    pub fn warn(&mut self, text: impl Into<String>) {
        self.message = Some(Message { text: text.into(), error: true });
    }

    /// Returns what to call the article that is open.
    pub fn title(&self) -> &str {
        let Some(document) = &self.document else { return "" };
        let listed = self.entries.get(document.entry).map(|entry| entry.title.as_str());
        document.article.title.as_deref().or(listed).unwrap_or(&document.article.id)
    }
}

/// Returns a sequence of keys as it is shown: as it is written, but one named key without its brackets.
pub fn shown_keys(keys: &[Key]) -> String {
    let text = write_sequence(keys);
    match text.strip_prefix('<').and_then(|text| text.strip_suffix('>')) {
        Some(name) if keys.len() == 1 && !name.is_empty() => name.to_owned(),
        _ => text,
    }
}
