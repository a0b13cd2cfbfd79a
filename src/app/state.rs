//! The one state of the program.

use crate::config::{Keymap, Settings, Theme};

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

/// Everything the program knows.
#[derive(Debug, Default)]
pub struct State {
    /// What the program was started with.
    pub config: Config,
}

impl State {
    /// Makes the state before anything has happened.
    pub fn new(config: Config) -> Self {
        Self { config }
    }
}
