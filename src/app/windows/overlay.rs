//! The windows that can stand above the panes: a closed list.

use crate::annotation::NoteId;
use crate::app::action::Scope;
use crate::app::compare::comparison::Comparison;
use crate::app::windows::line::Line;
use crate::app::windows::picker::{Choice, Picker};
use crate::config::Role;
use crate::text::pattern::Kind;
use crate::text::{Clean, Raw, Span};
use uuid::Uuid;

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
    /// A letter to press.
    Letter(Letter),
    /// The codebook.
    Codebook(BookWindow),
    /// The list of what was found; it stands in `State::search`.
    Found,
    /// Places that are about to be tagged.
    Preview(Preview),
    /// The comparison with another coder.
    Compare(Box<Comparison>),
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// When the selected quotation was said.
    Date,
    /// The article's date.
    ArticleDate,
    /// What to search for, how it is meant, and where.
    Search(Kind, Reach),
    /// Something about the codebook.
    Book(BookAsk),
    /// Another name for speaker number so and so.
    Rename(usize),
    /// One more name for speaker number so and so.
    Alias(usize),
    /// What to tag everywhere.
    Phrase,
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
    /// On what it is.
    pub on: MemoOn,
    /// On what, in words.
    pub title: String,
    /// What is typed.
    pub line: Line,
}

/// Where to search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reach {
    /// The text that is read.
    #[default]
    Text,
    /// This article: text, quotations, tags, speakers, memos.
    Article,
    /// All articles.
    All,
}

/// On what a memo is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemoOn {
    /// The selected quotation.
    Quote,
    /// The passage of this note.
    Passage(NoteId),
    /// The article.
    Article,
    /// Speaker number so and so.
    Speaker(usize),
    /// The tag of this id.
    Tag(Uuid),
    /// The same, but its description: when to give it and when not.
    Description(Uuid),
    /// The project: all articles of the store.
    Project,
}

/// What a line about the codebook asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BookAsk {
    /// The name of a new tag, below another.
    Add(Option<Uuid>),
    /// Another name.
    Rename(Uuid),
    /// A colour.
    Colour(Uuid),
    /// The name of the tag that is split off.
    Split(Uuid),
    /// The file to take tags from.
    Import,
    /// The file to write the tags to.
    Export,
}

/// A letter to press; the window shows those that mean something.
#[derive(Debug, Clone)]
pub struct Letter {
    /// What for.
    pub ask: Ask,
    /// What is shown.
    pub pager: Pager,
}

/// What a letter is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// The mark to set.
    SetMark,
    /// The mark to go to.
    GoMark,
    /// The key of a tag to give.
    Tag,
    /// The key that a tag is to have.
    KeyOf(Uuid),
}

/// The codebook's window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BookWindow {
    /// The number of the chosen row.
    pub at: usize,
    /// The first row that is shown, as `prepare` found it.
    pub top: usize,
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

/// Places that are about to be tagged.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The tag they get.
    pub tag: String,
    /// The places in order.
    pub places: Vec<Place>,
    /// The number of the chosen one.
    pub at: usize,
}

/// A place that is about to be tagged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Where it stands in Raw.
    pub raw: Span<Raw>,
    /// Where it stands in Clean.
    pub clean: Span<Clean>,
    /// What stands before it.
    pub before: String,
    /// Its words.
    pub words: String,
    /// What stands behind it.
    pub after: String,
    /// Whether it is to be tagged.
    pub on: bool,
    /// Whether it has the tag already.
    pub has: bool,
}

impl Preview {
    /// Returns how many places are switched on.
    pub fn count(&self) -> usize {
        self.places.iter().filter(|place| place.on).count()
    }
}

impl Overlay {
    /// Returns the scopes in which its keys are looked up.
    pub fn scopes(&self) -> &'static [Scope] {
        match self {
            Self::Picker(picker) if picker.choice == Choice::Article => &[Scope::Library, Scope::Picker],
            Self::Picker(_) => &[Scope::Picker],
            Self::Prompt(_) => &[Scope::Input],
            Self::Memo(_) => &[Scope::Memo],
            Self::Pager(_) => &[Scope::Pager],
            Self::Letter(_) => &[Scope::Letter],
            Self::Codebook(_) => &[Scope::Codebook],
            Self::Found => &[Scope::Found],
            Self::Preview(_) => &[Scope::Preview],
            Self::Compare(_) => &[Scope::Compare],
        }
    }

    /// Returns the line that takes what is typed, and whether it may hold line breaks.
    pub fn line_mut(&mut self) -> Option<(&mut Line, bool)> {
        match self {
            Self::Picker(picker) => Some((&mut picker.query, false)),
            Self::Prompt(prompt) => Some((&mut prompt.line, false)),
            Self::Memo(memo) => Some((&mut memo.line, true)),
            Self::Pager(_)
            | Self::Letter(_)
            | Self::Codebook(_)
            | Self::Found
            | Self::Preview(_)
            | Self::Compare(_) => None,
        }
    }
}
