//! What belongs to the store as a whole, as the screen holds it: the codebook, the memo and the marks, and their saving.

use super::effect::{Effect, ProjectTexts};
use crate::annotation::codebook::{Codebook, Step};
use crate::annotation::{Marks, NoteId, Project};
use crate::config::Diagnostic;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What belongs to the store as a whole.
#[derive(Debug, Default)]
pub struct Shared {
    /// The codebook.
    pub book: Codebook,
    /// Its text as it is to stand in the file; empty where there is no codebook yet.
    pub book_text: String,
    /// Why the codebook cannot be changed, where it cannot.
    pub book_fault: Option<String>,
    /// The memo of the store, and the steps of the codebook.
    pub project: Project,
    /// The reader's marks.
    pub marks: Marks,
    /// What the notes of all articles hold, as they were read last.
    pub survey: Survey,
    /// Whether they are being read.
    pub surveying: bool,
    /// Steps of the codebook that other articles are still following, and whether they are taken back.
    pub following: Vec<(Arc<Step>, bool)>,
    /// Counts up with every change.
    pub revision: u64,
}

/// What the notes of a whole store hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Survey {
    /// How many notes carry each tag.
    pub tags: BTreeMap<String, usize>,
    /// The notes that carry tags.
    pub tagged: Vec<Tagged>,
    /// The memos.
    pub memos: Vec<StoredMemo>,
    /// How many files could not be read.
    pub broken: usize,
}

/// A note that carries tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tagged {
    /// The article's id.
    pub article: String,
    /// The note.
    pub note: NoteId,
    /// Its tags.
    pub tags: Vec<String>,
    /// The words it is on.
    pub words: String,
}

/// A memo in the notes of some article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredMemo {
    /// The article's id.
    pub article: String,
    /// Whose notes they are.
    pub coder: String,
    /// The note on a quotation or a passage that holds it; none for the article's own and for speakers.
    pub note: Option<NoteId>,
    /// On what it is: the words of a quotation or a passage, the name of a speaker, `the article`.
    pub on: String,
    /// The memo.
    pub text: String,
}

impl Shared {
    /// Takes in what was read; returns what is wrong with it.
    pub fn read(&mut self, texts: &ProjectTexts, errors: &[String]) -> Vec<String> {
        let (book, found) = Codebook::parse(&texts.codebook, "codebook.toml");
        if !texts.codebook.is_empty() {
            self.book = book;
        }
        self.book_text.clone_from(&texts.codebook);
        let (project, in_project) = Project::parse(&texts.project, "project.toml");
        let (marks, in_marks) = Marks::parse(&texts.marks, "marks");
        (self.project, self.marks) = (project, marks);
        let unread = errors.iter().find(|error| error.contains("codebook.toml")).cloned();
        self.book_fault = found.first().map(Diagnostic::to_string).or(unread);
        let found = found.iter().chain(&in_project).chain(&in_marks).map(Diagnostic::to_string);
        errors.iter().cloned().chain(found).collect()
    }

    /// Takes another codebook.
    pub fn set_book(&mut self, book: Codebook) {
        self.book_text = book.text();
        self.book = book;
    }

    /// Asks to save what belongs to the store.
    pub fn save(&mut self) -> Effect {
        self.revision += 1;
        Effect::SaveProject(Arc::new(ProjectTexts {
            codebook: self.book_text.clone(),
            project: self.project.text(),
            marks: self.marks.text(),
        }))
    }

    /// Asks to read the notes of the whole store, where they are not being read already.
    pub fn survey(&mut self) -> Option<Effect> {
        let ask = !std::mem::replace(&mut self.surveying, true);
        ask.then_some(Effect::Survey)
    }
}
