//! What may happen to the program: everything the runtime tells the app.

use super::articles::places::Return;
use super::effect::ProjectTexts;
use super::shared::Survey;
use crate::annotation::seek::Hit;
use crate::annotation::{Annotations, Edit, History, Step};
use crate::config::Key;
use crate::engine::Analysis;
use crate::source::Article;
use jiff::Timestamp;
use std::path::PathBuf;
use std::sync::Arc;

/// One thing that happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted: never read as commands.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The screen has another size, in cells.
    Resize {
        /// Columns.
        width: u16,
        /// Rows.
        height: u16,
    },
    /// The list of articles is known, or grew.
    Listed(Vec<Entry>),
    /// Article number `entry` of the list was read, or could not be.
    Opened {
        /// Its place in the list.
        entry: usize,
        /// The article with its notes, or why there is none.
        result: Result<Box<Opened>, String>,
    },
    /// An analysis is done.
    Analysed {
        /// The generation it was asked for with; an older one than the newest is dropped.
        generation: u64,
        /// What it found.
        analysis: Arc<Analysis>,
    },
    /// A save is done.
    Saved {
        /// The article's place in the list.
        entry: usize,
        /// The revision that was saved.
        revision: u64,
        /// Whether it is durable; else why not. The notes stay in memory and the save is tried again at the next edit.
        result: Result<(), String>,
    },
    /// What belongs to the store was read, or not.
    Project {
        /// The texts of its files.
        texts: ProjectTexts,
        /// What is wrong with them, a line each.
        errors: Vec<String>,
    },
    /// What belongs to the store was saved, or why not; it is tried again with the next change.
    ProjectSaved(Result<(), String>),
    /// The notes of other articles followed a step of the codebook.
    Followed {
        /// How many files.
        count: usize,
        /// Those that could not, a line each.
        failed: Vec<String>,
    },
    /// The notes of the whole store were read.
    Surveyed(Box<Survey>),
    /// A search goes on.
    Found {
        /// The generation it was asked for with.
        generation: u64,
        /// What was found since: the article's place in the list, and the place in it.
        hits: Vec<(usize, Hit)>,
        /// How many articles were searched, of how many.
        progress: (usize, usize),
        /// Whether that was all.
        done: bool,
    },
    /// A file of tags was read.
    TagsRead {
        /// The file.
        path: PathBuf,
        /// Its text.
        text: Result<String, String>,
    },
    /// What other coders noted on an article: their names and notes.
    Others {
        /// The article's place in the list.
        entry: usize,
        /// The notes, or why they could not be read.
        result: Result<Vec<(String, Annotations)>, String>,
    },
    /// A step on another coder's notes was made, or could not be.
    Amended {
        /// The step.
        step: Step,
        /// The edit it was about.
        edit: Box<Edit>,
        /// The notes since, or what went wrong.
        result: Result<Box<Annotations>, String>,
    },
    /// An export is done: what to tell the reader.
    Exported(Result<String, String>),
    /// Something the reader should know.
    Notice(String),
    /// A quarter of a second has passed since the app asked to be woken.
    Tick,
}

/// One article of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub id: String,
    /// What to call it on the screen: its title or its name.
    pub title: String,
    /// Quotations the reader has decided about.
    pub decided: usize,
    /// Whether the reader has marked it as done.
    pub done: bool,
    /// Whether the reader has flagged it.
    pub flagged: bool,
    /// When the last step was made that can be undone.
    pub last: Option<Timestamp>,
    /// How many quotations it has, where it was open before.
    pub quotes: Option<usize>,
    /// How sure the program is of the open quotation it is least sure of, in percent, where it was open before.
    pub sure: Option<u8>,
}

/// An article that was read, with the reader's notes.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The article.
    pub article: Arc<Article>,
    /// The notes.
    pub notes: Annotations,
    /// Their history.
    pub history: History,
    /// Why nothing can be saved, where nothing can: another instance, a newer version, a broken store, a read-only folder.
    pub read_only: Option<String>,
    /// The date given on the command line.
    pub given_date: Option<jiff::civil::Date>,
    /// Where the reader was in it, where that is known from another day.
    pub place: Option<Return>,
}

/// What the mouse did, and where, in cells from the top left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    /// What.
    pub kind: MouseKind,
    /// Column from 0.
    pub column: u16,
    /// Row from 0.
    pub row: u16,
}

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseKind {
    /// The left button went down.
    Down,
    /// It moved with the left button held.
    Drag,
    /// The left button went up.
    Up,
    /// The wheel turned up.
    WheelUp,
    /// The wheel turned down.
    WheelDown,
}
