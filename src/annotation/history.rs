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

/// One step of a reader: what a journal keeps, and what is handed to the disk instead of all notes.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// A new edit was made.
    Make(Edit),
    /// The last edit was taken back.
    Undo,
    /// The edit that was taken back last was made again.
    Redo,
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

    /// Takes one step; false where there is nothing to undo or redo.
    pub fn take(&mut self, notes: &mut Annotations, step: &Step) -> Result<bool, Conflict> {
        match step {
            Step::Make(edit) => self.make(notes, edit.clone()).map(|()| true),
            Step::Undo => self.undo(notes).map(|edit| edit.is_some()),
            Step::Redo => self.redo(notes).map(|edit| edit.is_some()),
        }
    }

    /// Returns the steps that lead from this history to `to`: each taken in turn makes the same notes and history. `None`
    /// where no steps do, because something was forgotten without a new edit.
    pub fn steps_to(&self, to: &Self) -> Option<Vec<Step>> {
        let shared = self.done.iter().zip(&to.done).take_while(|(a, b)| a == b).count();
        let back = self.done.len() - shared;
        // Only backwards: what is taken back stands on what was taken back before.
        let undone = self.undone.iter().chain(self.done[shared..].iter().rev());
        if shared == to.done.len() && undone.eq(&to.undone) {
            return Some(vec![Step::Undo; back]);
        }
        // Only forwards, through what was taken back before.
        let again = to.done.len() - shared;
        if back == 0 && again <= self.undone.len() {
            let kept = self.undone.len() - again;
            let redone = self.undone[kept..].iter().rev();
            if again > 0 && redone.eq(&to.done[shared..]) && self.undone[..kept] == to.undone[..] {
                return Some(vec![Step::Redo; again]);
            }
        }
        let fresh = to.done[shared..].iter().chain(to.undone.iter().rev());
        let mut out = vec![Step::Undo; back];
        out.extend(fresh.cloned().map(Step::Make));
        // Only a new edit makes a reader's program forget what could be redone.
        let forgotten = out.len() == back;
        out.extend(vec![Step::Undo; to.undone.len()]);
        (!forgotten).then_some(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use proptest::prelude::*;

    /// An edit like no other: that two are made alike in one moment happens to nobody.
    fn edit(n: usize) -> Edit {
        Edit { name: format!("step {n}"), at: Timestamp::UNIX_EPOCH, changes: Vec::new() }
    }

    fn walked(steps: &[u8]) -> (Vec<History>, History) {
        let (mut notes, mut history) = (Annotations::default(), History::default());
        let mut all = vec![history.clone()];
        for &n in steps {
            let step = match n % 4 {
                0 => Step::Undo,
                1 => Step::Redo,
                _ => Step::Make(edit(all.len())),
            };
            history.take(&mut notes, &step).expect("an empty edit always fits");
            all.push(history.clone());
        }
        (all, history)
    }

    proptest! {
        #[test]
        fn steps_lead_from_any_moment_to_any_later_one(steps in prop::collection::vec(any::<u8>(), 0..30), at in any::<prop::sample::Index>()) {
            let (all, end) = walked(&steps);
            let mut from = all[at.index(all.len())].clone();
            let way = from.steps_to(&end).expect("they were made by steps");
            let mut notes = Annotations::default();
            for step in &way {
                prop_assert!(from.take(&mut notes, step).expect("it fits"));
            }
            prop_assert_eq!(&from.done, &end.done);
            prop_assert_eq!(&from.undone, &end.undone);
        }

        #[test]
        fn one_step_is_one_step(steps in prop::collection::vec(any::<u8>(), 1..30)) {
            let (all, _) = walked(&steps);
            for pair in all.windows(2) {
                prop_assert!(pair[0].steps_to(&pair[1]).is_some_and(|steps| steps.len() <= 1));
            }
        }
    }
}
