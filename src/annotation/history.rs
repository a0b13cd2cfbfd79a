//! Undo and redo without limit: the edits that were made, and those that were taken back.

use super::edit::{Conflict, Edit};
use super::model::Annotations;

/// The edits of one reader on one article. Kept with the notes, so that it survives a restart.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    /// What was done, oldest first.
    pub done: Vec<Edit>,
    /// What was taken back, the one to redo first last.
    pub undone: Vec<Edit>,
}

impl History {
    /// Makes `edit` and remembers it; what was undone before can no longer be redone.
    pub fn make(&mut self, notes: &mut Annotations, edit: Edit) -> Result<(), Conflict> {
        notes.apply(&edit)?;
        self.done.push(edit);
        self.undone.clear();
        Ok(())
    }

    /// Takes the last edit back and returns it, or `None` where there is none.
    pub fn undo(&mut self, notes: &mut Annotations) -> Result<Option<&Edit>, Conflict> {
        let Some(edit) = self.done.last() else { return Ok(None) };
        notes.apply(&edit.inverse())?;
        self.undone.extend(self.done.pop());
        Ok(self.undone.last())
    }

    /// Makes the edit undone last again and returns it, or `None` where there is none.
    pub fn redo(&mut self, notes: &mut Annotations) -> Result<Option<&Edit>, Conflict> {
        let Some(edit) = self.undone.last() else { return Ok(None) };
        notes.apply(edit)?;
        self.done.extend(self.undone.pop());
        Ok(self.done.last())
    }
}
