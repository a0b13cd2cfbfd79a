//! The one state of the program.

use super::document::Document;
use super::overlay::Overlay;
use super::screen::{Pane, Screen};
use super::select::{Edges, Visual};
use super::{Action, Entry, Scope};
use crate::config::{Key, Keymap, Lookup, Settings, Theme};
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

/// Where the reader was in an article that is no longer open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Return {
    /// The selected quotation.
    pub selected: Option<usize>,
    /// The first byte shown in Raw.
    pub top: usize,
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
    /// Where the reader was in other articles.
    pub returns: BTreeMap<usize, Return>,
    /// The pane that has the keys.
    pub focus: Pane,
    /// The text pane that is shown where there is room for one, and that leads when both scroll.
    pub lead: Pane,
    /// Whether the pane that has the keys fills the screen.
    pub zoom: bool,
    /// How many times the timeline is drawn wider than all days need; 0 is all days.
    pub timeline_zoom: u8,
    /// What the keys of the panes are for.
    pub mode: Mode,
    /// The windows above the panes, the topmost last.
    pub overlays: Vec<Overlay>,
    /// The keys of a sequence that has begun.
    pub pending: Vec<Key>,
    /// Something to tell.
    pub message: Option<Message>,
    /// The tag that was given last.
    pub last_tag: Option<String>,
    /// Whether the mouse is taken.
    pub mouse: bool,
    /// The generation of the newest analysis asked for.
    pub generation: u64,
    /// What stands where, as `prepare` found it.
    pub screen: Screen,
}

impl State {
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
        match (self.overlays.last(), &self.mode, self.focus) {
            (Some(overlay), ..) => overlay.scopes(),
            (None, Mode::Visual(_), _) => &[Scope::Visual],
            (None, Mode::Edges(_), _) => &[Scope::Edges],
            (None, Mode::Normal, Pane::Raw | Pane::Clean) => &[Scope::Text, Scope::Global],
            (None, Mode::Normal, Pane::Speakers) => &[Scope::Speakers, Scope::Global],
            (None, Mode::Normal, Pane::Timeline) => &[Scope::Timeline, Scope::Global],
        }
    }

    /// Returns what `keys` mean in `scopes`.
    pub fn lookup(&self, scopes: &[Scope], keys: &[Key]) -> Lookup<'_> {
        let names: Vec<&str> = scopes.iter().map(|scope| scope.name()).collect();
        self.config.keymap.lookup(&names, keys)
    }

    /// Returns the shortest keys that do `action` in `scopes`, if any do.
    pub fn keys_of(&self, scopes: &[Scope], action: Action) -> Option<&[Key]> {
        let name = action.info().name;
        scopes.iter().find_map(|scope| {
            let keys = self.config.keymap.keys_of(scope.name(), name);
            keys.into_iter().find(|keys| self.lookup(scopes, keys) == Lookup::Action(name))
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
