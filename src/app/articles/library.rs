//! The list of articles: how far each of them is, in which order they stand, which is the next; and the place in each.

use crate::annotation::Status;
use crate::app::action::Action;
use crate::app::articles::arrive;
use crate::app::articles::listing::Sort;
use crate::app::effect::Effect;
use crate::app::event::Entry;
use crate::app::state::State;
use crate::app::windows::fuzzy::Folded;
use crate::app::windows::overlay::Overlay;
use crate::app::windows::picker::{Choice, Item, Picker, Rows, Value};
use std::cmp::Reverse;
use std::sync::Arc;

/// Cells of a progress bar.
const BAR: usize = 8;

/// How far an article is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Doing,
    ToDo,
    Flagged,
    Done,
}

impl Stage {
    fn of(entry: &Entry) -> Self {
        match (entry.done, entry.flagged, entry.decided) {
            (true, ..) => Self::Done,
            (_, true, _) => Self::Flagged,
            (.., 0) => Self::ToDo,
            _ => Self::Doing,
        }
    }

    /// Its word, its sign, and its sign in ASCII: never told by colour alone.
    fn shown(self) -> (&'static str, [&'static str; 2]) {
        match self {
            Self::Doing => ("doing", ["◐", "-"]),
            Self::ToDo => ("to do", ["○", " "]),
            Self::Flagged => ("flagged", ["⚑", "!"]),
            Self::Done => ("done", ["✓", "*"]),
        }
    }
}

/// Opens the list, at the article that is open.
pub fn open(state: &mut State) {
    let current = state.document.as_ref().map(|document| document.entry);
    let picker = picker(state, "", current);
    state.overlays.push(Overlay::Picker(picker));
}

/// Takes in the articles there are now, also in the list where it is open.
pub fn take_in(state: &mut State, entries: Vec<Entry>) {
    state.library.folded = Arc::new(Folded::new(entries.iter().map(|entry| entry.title.as_str())));
    (state.entries, state.library.order) = (entries, None);
    // Of the article that is open, the reader knows more than the disk did when it was looked at.
    listed(state);
    rearrange(state);
}

/// Sorts the list by another thing, or hides what is done. What is typed and the chosen article stay.
pub fn arrange(state: &mut State, action: Action) {
    if action == Action::SortList {
        (state.library.sort, state.library.order) = (state.library.sort.next(), None);
    } else {
        state.library.hide_done = !state.library.hide_done;
    }
    rearrange(state);
}

/// Makes the list anew where it is the topmost window. What is typed and the chosen article stay.
fn rearrange(state: &mut State) {
    let Some(Overlay::Picker(list)) = state.overlays.last() else { return };
    if list.choice != Choice::Article {
        return;
    }
    let (typed, chosen) = (list.query.text().to_owned(), list.number());
    let list = picker(state, &typed, chosen);
    state.overlays.pop();
    state.overlays.push(Overlay::Picker(list));
}

fn picker(state: &mut State, typed: &str, chosen: Option<usize>) -> Picker {
    let order = order(state);
    let entries = &state.entries;
    let done = entries.iter().filter(|entry| entry.done).count();
    let hidden = if state.library.hide_done { " · done ones hidden" } else { "" };
    let title = format!("Articles · {done} of {} done · {}{hidden}", entries.len(), state.library.sort.name());
    let mut list = Picker::numbered(Choice::Article, title, Rows::Numbered(Arc::clone(&order)));
    if !typed.is_empty() {
        list.query.insert(typed, false);
        list.narrow(|n| label(state, n), Some(&state.library.folded));
    }
    let stands = |at: &usize| list.fit(*at).is_some_and(|row| Some(order[row]) == chosen);
    list.at = (0..list.count()).find(stands).unwrap_or(0);
    list
}

/// Returns the numbers of the articles that are listed, in their order.
fn order(state: &mut State) -> Arc<[usize]> {
    let all = sorted(state);
    if !state.library.hide_done {
        return all;
    }
    all.iter().copied().filter(|&n| !state.entries[n].done).collect()
}

/// Returns the numbers of all articles in their order.
fn sorted(state: &mut State) -> Arc<[usize]> {
    if let Some(order) = &state.library.order {
        return Arc::clone(order);
    }
    let entries = &state.entries;
    let mut order: Vec<usize> = (0..entries.len()).collect();
    match state.library.sort {
        Sort::Order => {}
        Sort::Name => order.sort_by_cached_key(|&n| entries[n].title.to_lowercase()),
        Sort::Status => order.sort_by_key(|&n| Stage::of(&entries[n])),
        Sort::Progress => order.sort_by_key(|&n| part(&entries[n])),
        Sort::LastWorkedOn => order.sort_by_key(|&n| Reverse(entries[n].last)),
        Sort::LeastSure => order.sort_by_key(|&n| entries[n].sure.unwrap_or(u8::MAX)),
    }
    let order: Arc<[usize]> = Arc::from(order);
    state.library.order = Some(Arc::clone(&order));
    order
}

/// Returns the label of article `n` in the list, and how far it is in a word, which finds it too.
pub fn label(state: &State, n: usize) -> (&str, &'static str) {
    state.entries.get(n).map_or(("", ""), |entry| (&entry.title, word(entry)))
}

/// Returns the row of article `n` in the list.
pub fn item(state: &State, n: usize) -> Item {
    let Some(entry) = state.entries.get(n) else { return Item::new(Value::Number(n), "") };
    let (_, sign) = Stage::of(entry).shown();
    let item = Item::new(Value::Number(n), &entry.title).with(detail(state, entry));
    Item { on: entry.done, sign: Some(sign), ..item }
}

fn word(entry: &Entry) -> &'static str {
    if entry.done && entry.flagged { "done, flagged" } else { Stage::of(entry).shown().0 }
}

/// Returns what stands beside an article in the list: how far it is, and what the list is sorted by.
fn detail(state: &State, entry: &Entry) -> String {
    let count = match (entry.quotes, entry.decided) {
        (Some(all), decided) => format!("{decided}/{all}"),
        (None, 0) => String::new(),
        (None, decided) => format!("{decided} decided"),
    };
    let mut detail = format!("{} {count:<7} {}", bar(entry, state.config.settings.ascii), word(entry));
    match state.library.sort {
        Sort::LastWorkedOn => detail.extend(entry.last.map(|last| format!(" · {}", last.strftime("%Y-%m-%d")))),
        Sort::LeastSure => detail.extend(entry.sure.map(|sure| format!(" · {sure} % sure"))),
        _ => {}
    }
    detail
}

/// Returns the part that is decided, in percent: all of it where the article is done.
fn part(entry: &Entry) -> usize {
    match (entry.done, entry.quotes) {
        (true, _) => 100,
        (false, Some(all)) => (entry.decided * 100).checked_div(all).unwrap_or(0).min(99),
        // Never opened here: something was decided, nobody knows of how much.
        (false, None) => usize::from(entry.decided > 0),
    }
}

fn bar(entry: &Entry, ascii: bool) -> String {
    let cells = (part(entry) * BAR).div_ceil(100);
    let (full, empty) = if ascii { ("=", ".") } else { ("█", "·") };
    full.repeat(cells) + &empty.repeat(BAR - cells)
}

/// Goes to the next article that is not done, or the one before, around the end.
pub fn next_unfinished(state: &mut State, forward: bool) -> Vec<Effect> {
    let current = state.opening.or(state.document.as_ref().map(|document| document.entry)).unwrap_or(0);
    let count = state.entries.len();
    let step = |by: usize| if forward { (current + by) % count } else { (current + count - by) % count };
    if let Some(n) = (1..count).map(step).find(|&n| !state.entries[n].done) {
        return arrive::open(state, n);
    }
    state.say("no other article is left to do");
    Vec::new()
}

/// Tells the list how the article that is open stands now.
pub fn listed(state: &mut State) {
    let Some(document) = &state.document else { return };
    let Some(entry) = state.entries.get_mut(document.entry) else { return };
    // Only what its order goes by makes the list go another way.
    if !matches!(state.library.sort, Sort::Order | Sort::Name) {
        state.library.order = None;
    }
    let article = &document.notes.article;
    (entry.done, entry.flagged) = (article.done, article.flagged);
    entry.last = document.history.done.last().map(|edit| edit.at);
    if document.analysis.is_some() {
        let quotes = &document.resolved.quotes;
        entry.decided = document.decided();
        entry.quotes = Some(quotes.len());
        let open = quotes.iter().filter(|quote| quote.status == Status::Open);
        entry.sure = open.map(|quote| (quote.confidence.clamp(0.0, 1.0) * 100.0) as u8).min();
    }
}
