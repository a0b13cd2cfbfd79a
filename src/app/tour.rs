//! The first minutes: ten keys of the reader, each taught by having it pressed.

use super::action::{Action, Scope};
use super::state::{Mode, State};

/// One key to press.
struct Lesson {
    action: Action,
    /// What the key does.
    what: &'static str,
    /// How what it opens is left again; an action in braces stands for its keys there.
    then: &'static str,
}

const fn lesson(action: Action, what: &'static str, then: &'static str) -> Lesson {
    Lesson { action, what, then }
}

const LESSONS: [Lesson; 10] = [
    lesson(Action::NextQuote, "goes to the next quotation: all four panes follow", ""),
    lesson(Action::Why, "tells why the program thinks so", "read the evidence; {close} closes it"),
    lesson(Action::Accept, "accepts the quotation as it is and goes to the next open one", ""),
    lesson(
        Action::Speaker,
        "says who said it",
        "type to narrow the list down; {confirm} takes a name, {cancel} leaves",
    ),
    lesson(Action::Tag, "gives it a tag", "type any word; {confirm} gives it, {cancel} leaves"),
    lesson(
        Action::Edges,
        "moves where it ends or begins",
        "{word_right} and {word_left} move the edge by a word, {other_end} takes the other one; {keep} keeps it",
    ),
    lesson(Action::Undo, "takes the last step back; there is no limit, not even at the end of the program", ""),
    lesson(Action::Memo, "writes a memo on it", "type; {keep_memo} keeps it"),
    lesson(Action::NextPane, "goes to the next of the four panes", ""),
    lesson(Action::Help, "shows every key of where you are: the last one to learn", "{close} closes it"),
];

/// Begins the tour, or leaves it.
pub fn toggle(state: &mut State) {
    state.tour = match state.tour {
        Some(_) => None,
        None => Some(0),
    };
    state.say(if state.tour.is_some() { "the tour: press the key above" } else { "the tour is over" });
}

/// Takes in that `action` is about to be done; the lesson that asked for it is done then.
pub fn saw(state: &mut State, action: Action) {
    let free = state.overlays.is_empty();
    let Some(done) = &mut state.tour else { return };
    match LESSONS.get(*done) {
        Some(lesson) if free && lesson.action == action => *done += 1,
        // Whatever is done after the last lesson ends the tour.
        None if free => state.tour = None,
        _ => {}
    }
}

/// Returns what the tour says now: how far it is, the key to press if there is one to press at once, and the rest.
pub fn says(state: &State) -> Option<(String, String, String)> {
    let done = state.tour?;
    let count = LESSONS.len();
    let open = !state.overlays.is_empty() || state.mode != Mode::Normal;
    let before = done.checked_sub(1).map(|before| &LESSONS[before]);
    if let Some(before) = before.filter(|before| open && !before.then.is_empty()) {
        return Some((format!("tour {done}/{count}"), String::new(), with_keys(state, before.then)));
    }
    let Some(lesson) = LESSONS.get(done) else {
        let next = key(state, Action::NextArticle);
        let rest = "goes to the next article: these ten keys are enough for all of them".to_owned();
        return Some(("tour done".to_owned(), next, rest));
    };
    let at = format!("tour {}/{count}", done + 1);
    Some((at, key(state, lesson.action), lesson.what.to_owned()))
}

/// Returns the keys of an action in the panes; where it has none, how it is found by name.
fn key(state: &State, action: Action) -> String {
    let scopes: &[Scope] = state.pane_scopes();
    state.keys_of(scopes, action).unwrap_or_else(|| format!(":{}", action.info().name))
}

/// Returns `text` with the keys of where the reader is in the place of `{action}`.
fn with_keys(state: &State, text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, (name, after))) = rest.split_once('{').and_then(|(b, a)| Some((b, a.split_once('}')?))) {
        let keys = Action::from_name(name).and_then(|action| state.keys_of(state.scopes(), action));
        out.push_str(before);
        out.push_str(&keys.unwrap_or_else(|| name.to_owned()));
        rest = after;
    }
    out + rest
}
