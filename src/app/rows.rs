//! The rows of long lists, of articles and of steps: a row is made when it is seen, and never all of them.

use super::articles::library;
use super::decide::history;
use super::state::State;
use super::windows::overlay::Overlay;
use super::windows::picker::{Choice, Item, Picker, Rows};
use std::borrow::Cow;

/// Returns the row at `at` of those that fit what is typed.
pub fn row<'a>(state: &State, picker: &'a Picker, at: usize) -> Option<Cow<'a, Item>> {
    let n = picker.fit(at)?;
    match &picker.rows {
        Rows::Made(items) => items.get(n).map(Cow::Borrowed),
        Rows::Numbered(numbers) => {
            let &number = numbers.get(n)?;
            let item = if picker.choice == Choice::History {
                history::item(state, number)
            } else {
                library::item(state, number)
            };
            Some(Cow::Owned(item))
        }
    }
}

/// Narrows the topmost list down to what is typed.
pub fn narrow(state: &mut State) {
    if let Some(Overlay::Picker(_)) = state.overlays.last()
        && let Some(Overlay::Picker(mut picker)) = state.overlays.pop()
    {
        let choice = picker.choice;
        let folded = (choice == Choice::Article).then_some(&*state.library.folded);
        picker.narrow(|n| label(state, choice, n), folded);
        state.overlays.push(Overlay::Picker(picker));
    }
}

/// Returns the label of row number `n`, and a word beside it that finds it too.
pub fn label(state: &State, choice: Choice, n: usize) -> (&str, &'static str) {
    if choice == Choice::History { history::label(state, n) } else { library::label(state, n) }
}
