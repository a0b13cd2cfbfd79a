//! The windows that can stand above the panes: a closed list.

use super::action::Scope;
use super::line::Line;
use super::picker::Picker;
use crate::config::Role;

/// A window above the panes.
#[derive(Debug, Clone)]
pub enum Overlay {
    /// A list to choose from.
    Picker(Picker),
    /// A line to type.
    Prompt(Prompt),
    /// The memo editor.
    Memo(Memo),
    /// Something to read.
    Pager(Pager),
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// When the selected quotation was said.
    Date,
    /// The article's date.
    ArticleDate,
    /// What to search for.
    Search,
    /// Another name for speaker number so and so.
    Rename(usize),
}

/// A line to type.
#[derive(Debug, Clone)]
pub struct Prompt {
    /// What is asked for.
    pub question: Question,
    /// The same in words.
    pub title: String,
    /// What is typed.
    pub line: Line,
    /// What the program makes of it so far.
    pub echo: String,
    /// Whether it makes nothing of it.
    pub wrong: bool,
}

/// The memo editor.
#[derive(Debug, Clone)]
pub struct Memo {
    /// Whether the memo is on the article, not on the selected quotation.
    pub article: bool,
    /// On what, in words.
    pub title: String,
    /// What is typed.
    pub line: Line,
}

/// Something to read.
#[derive(Debug, Clone)]
pub struct Pager {
    /// Its heading.
    pub title: String,
    /// Its lines.
    pub lines: Vec<Vec<(Role, String)>>,
    /// The first row that is shown.
    pub top: usize,
    /// How many rows its lines take, as `prepare` found it.
    pub rows: usize,
}

impl Overlay {
    /// Returns the scopes in which its keys are looked up.
    pub fn scopes(&self) -> &'static [Scope] {
        match self {
            Self::Picker(_) => &[Scope::Picker],
            Self::Prompt(_) => &[Scope::Input],
            Self::Memo(_) => &[Scope::Memo],
            Self::Pager(_) => &[Scope::Pager],
        }
    }

    /// Returns the line that takes what is typed, and whether it may hold line breaks.
    pub fn line_mut(&mut self) -> Option<(&mut Line, bool)> {
        match self {
            Self::Picker(picker) => Some((&mut picker.query, false)),
            Self::Prompt(prompt) => Some((&mut prompt.line, false)),
            Self::Memo(memo) => Some((&mut memo.line, true)),
            Self::Pager(_) => None,
        }
    }
}
