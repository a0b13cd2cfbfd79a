//! What the app asks the runtime to do: everything that touches the world.

use crate::annotation::{Annotations, History};
use crate::engine::Options;
use crate::source::Article;
use std::path::PathBuf;
use std::sync::Arc;

/// One thing to do. The answer comes as an event.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Read article number `0` of the list: answered by `Opened`.
    Open(usize),
    /// Analyse on the worker: answered by `Analysed`, unless a newer request came.
    Analyse {
        /// Counts up with every request.
        generation: u64,
        /// The article.
        article: Arc<Article>,
        /// What is known of it.
        options: Box<Options>,
    },
    /// Save the notes durably: answered by `Saved`.
    Save {
        /// The article's place in the list.
        entry: usize,
        /// Counts up with every edit.
        revision: u64,
        /// The notes.
        notes: Arc<Annotations>,
        /// Their history.
        history: Arc<History>,
    },
    /// Export the articles that are open in this format: answered by `Exported`.
    Export {
        /// The format's name.
        format: String,
        /// Where to; beside the article where nothing is said.
        path: Option<PathBuf>,
    },
    /// Put text on the clipboard.
    Copy(String),
    /// Send a `Tick` in a quarter of a second.
    Wake,
    /// Give the terminal back and stop until the shell continues the program.
    Suspend,
    /// Take or leave the mouse.
    Mouse(bool),
    /// End the program, once everything is saved.
    Quit,
}
