//! What the app asks the runtime to do: everything that touches the world.

use super::articles::places::Return;
use crate::annotation::codebook;
use crate::annotation::{Edit, Step};
use crate::engine::Options;
use crate::source::Article;
use crate::text::Pattern;
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
    /// Take these steps on the notes that are kept and save them durably: answered by `Saved`.
    Save {
        /// The article's place in the list.
        entry: usize,
        /// Counts up with every edit.
        revision: u64,
        /// What was done since the last save was asked for, in order.
        steps: Vec<Step>,
    },
    /// Read what other coders noted on an article: answered by `Others`.
    Compare(usize),
    /// Take a step on another coder's notes on an article: answered by `Amended`.
    Amend {
        /// The article's place in the list.
        entry: usize,
        /// The other coder.
        coder: String,
        /// The step.
        step: Step,
        /// The edit that is made, or is the last there to be undone or redone.
        edit: Box<Edit>,
    },
    /// Remember where the reader is in an article; nothing is lost where that fails.
    Keep {
        /// The article's place in the list.
        entry: usize,
        /// The place.
        place: Box<Return>,
    },
    /// Export the articles that are open in this format: answered by `Exported`.
    Export {
        /// The format's name.
        format: String,
        /// Where to; beside the article where nothing is said.
        path: Option<PathBuf>,
    },
    /// Save what belongs to the store: answered by `ProjectSaved`.
    SaveProject(Arc<ProjectTexts>),
    /// Let the notes of all articles but one follow a step of the codebook, or its taking back: answered by `Followed`.
    Follow {
        /// The step.
        step: Arc<codebook::Step>,
        /// Whether it is taken back.
        back: bool,
        /// When.
        now: jiff::Timestamp,
        /// The article whose notes follow already.
        except: Option<usize>,
    },
    /// Read the notes of the whole store: answered by `Surveyed`.
    Survey,
    /// Search all articles but the open one: answered by `Found`, more than once.
    Seek {
        /// Counts up with every search.
        generation: u64,
        /// What to search for.
        pattern: Box<Pattern>,
        /// The article that is searched already.
        except: Option<usize>,
    },
    /// Give up the search that is running.
    StopSeeking,
    /// Read a file of tags: answered by `TagsRead`.
    ReadTags(PathBuf),
    /// Write a file of tags: answered by `Exported`.
    WriteTags {
        /// Where.
        path: PathBuf,
        /// What.
        text: String,
        /// What the format could not hold, in words.
        lost: String,
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

/// The texts of the files that belong to the store as a whole; empty for a file that is not there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProjectTexts {
    /// The codebook.
    pub codebook: String,
    /// The memo of the store and the steps of the codebook.
    pub project: String,
    /// The reader's marks.
    pub marks: String,
}
