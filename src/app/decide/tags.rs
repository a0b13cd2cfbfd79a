//! Tags on quotations: the list to choose from, with each tag's key and colour, and giving one by its key alone.

use crate::annotation::Stamp;
use crate::annotation::codebook::{Role as TagRole, Tag};
use crate::app::decide::review;
use crate::app::effect::Effect;
use crate::app::state::State;
use crate::app::windows::overlay::{Ask, Letter, Overlay, Pager};
use crate::app::windows::picker::{Choice, Item, Picker, Value};
use crate::config::{Code, Key, Role};

/// Opens the list of tags for the selected quotation: those in use here first, then the codebook's.
pub fn ask(state: &mut State) {
    let Some(document) = &state.document else { return };
    let Some(own) = own(state) else { return state.say("no quotation is selected") };
    let book = &state.shared.book;
    let mut tags: Vec<(&str, usize)> = Vec::new();
    let passages = document.resolved.passages.iter().flat_map(|passage| &passage.tags);
    for tag in document.resolved.quotes.iter().flat_map(|quote| &quote.tags).chain(passages) {
        match tags.iter_mut().find(|(known, _)| known == tag) {
            Some((_, count)) => *count += 1,
            None => tags.push((tag, 1)),
        }
    }
    let last = state.last_tag.as_deref().filter(|last| !tags.iter().any(|(tag, _)| tag == last));
    tags.extend(last.map(|last| (last, 0)));
    tags.sort_by_key(|&(tag, count)| (std::cmp::Reverse(count), tag));
    for (_, tag) in book.tree() {
        if !tags.iter().any(|(known, _)| *known == tag.name) {
            tags.push((&tag.name, 0));
        }
    }
    let fits = |name: &str| book.find(name).is_none_or(on_content);
    // What the codebook wants on other parts of an attribution stands last.
    tags.sort_by_key(|(name, _)| !fits(name));
    let items = tags.iter().map(|&(name, count)| {
        let on = own.iter().any(|own| own == name);
        let known = book.find(name);
        let mut detail: Vec<String> = Vec::new();
        detail.extend((count > 0 || on).then(|| count.to_string()));
        detail.extend(on.then(|| "enter takes it off".to_owned()));
        detail.extend(known.and_then(|tag| tag.parent.as_ref()).map(|parent| format!("in {parent}")));
        if let Some(tag) = known.filter(|tag| !on_content(tag)) {
            let roles: Vec<&str> = tag.roles.iter().map(|role| role.name()).collect();
            detail.push(format!("meant for {}", roles.join(", ")));
        }
        detail.extend(known.and_then(|tag| tag.description.clone()));
        Item {
            on,
            key: known.and_then(|tag| tag.key),
            tint: known.and_then(|tag| tag.colour.clone()),
            ..Item::new(Value::Name(name.to_owned()), name).with(detail.join(" · "))
        }
    });
    let items: Vec<Item> = items.collect();
    let keyed = items.iter().any(|item| item.key.is_some());
    let title = if keyed { "Which tag? keys give theirs, space to type" } else { "Which tag?" };
    state.overlays.push(Overlay::Picker(Picker::new(Choice::Tag, title, items, Some("new tag"))));
}

/// Returns the tags of the passage that is pointed at, else of the selected quotation.
fn own(state: &State) -> Option<&[String]> {
    let document = state.document.as_ref()?;
    let passage = review::passage(state)
        .and_then(|id| document.resolved.passages.iter().find(|passage| passage.note == id))
        .map(|passage| &passage.tags[..]);
    passage.or_else(|| document.quote().map(|quote| &quote.tags[..]))
}

/// Tells whether the codebook lets a tag stand on what was said.
fn on_content(tag: &Tag) -> bool {
    tag.roles.is_empty() || tag.roles.contains(&TagRole::Content)
}

/// Asks for the key of a tag.
pub fn ask_key(state: &mut State) {
    if own(state).is_none() {
        return state.say("no quotation is selected");
    }
    let keyed = state.shared.book.tree().into_iter().filter_map(|(_, tag)| Some((tag.key?, tag)));
    let lines: Vec<_> =
        keyed.map(|(key, tag)| vec![(Role::HintKey, format!("{key}  ")), (Role::Text, tag.name.clone())]).collect();
    if lines.is_empty() {
        return state.say("no tag has a key: give it one in the codebook");
    }
    let pager = Pager { title: "Which tag?".to_owned(), lines, top: 0, rows: 0 };
    state.overlays.push(Overlay::Letter(Letter { ask: Ask::Tag, pager }));
}

/// Gives the selected quotation the tag of a key, or takes it off.
pub fn by_key(state: &mut State, stamp: Stamp, key: char) -> Vec<Effect> {
    let Some(name) = state.shared.book.by_key(key).map(|tag| tag.name.clone()) else {
        state.warn(format!("the key {key} gives no tag"));
        return Vec::new();
    };
    toggle(state, stamp, &name)
}

/// Gives the selected quotation a tag, or takes it off.
pub fn toggle(state: &mut State, stamp: Stamp, name: &str) -> Vec<Effect> {
    let on = own(state).is_some_and(|tags| tags.iter().any(|tag| tag == name));
    review::tag(state, stamp, name, on)
}

/// Takes a key in the list of tags: where nothing is typed yet, the key of a tag gives it, or takes it off.
pub fn key_in_list(state: &mut State, stamp: Stamp, key: Key) -> Option<Vec<Effect>> {
    let Some(Overlay::Picker(picker)) = state.overlays.last() else { return None };
    let (Code::Char(c), false, false) = (key.code, key.ctrl, key.alt) else { return None };
    if picker.choice != Choice::Tag || !picker.query.text().is_empty() {
        return None;
    }
    let name = picker.items().iter().find(|item| item.key == Some(c)).map(|item| item.label.clone())?;
    state.overlays.pop();
    let effects = toggle(state, stamp, &name);
    // The list stays: several can be given, and what is typed on never reaches the panes as commands.
    ask(state);
    Some(effects)
}
