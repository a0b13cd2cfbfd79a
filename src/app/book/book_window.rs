//! What keys do in the codebook's window, and what its questions and lists ask for.

use crate::annotation::codebook::{Codebook, Refused, Role as TagRole, Tag, colour, read_csv, read_qdc};
use crate::annotation::codebook::{write_csv, write_qdc};
use crate::annotation::{NoteId, Stamp};
use crate::app::action::Action;
use crate::app::book::codebook;
use crate::app::decide::{memos, tags};
use crate::app::effect::Effect;
use crate::app::state::State;
use crate::app::windows::line::Line;
use crate::app::windows::overlay::{Ask, BookAsk, BookWindow, Letter, MemoOn, Overlay, Pager, Prompt, Question};
use crate::app::windows::picker::{Choice, Item, Picker, Value};
use crate::config::Role;
use crate::text::counted;
use std::collections::BTreeSet;
use std::path::PathBuf;
use uuid::Uuid;

/// Colours for tags, by name: chosen by Okabe and Ito (2008) to be told apart by readers who see no red, green or blue.
pub const COLOURS: [(&str, &str); 8] = [
    ("orange", "#e69f00"),
    ("sky", "#56b4e9"),
    ("green", "#009e73"),
    ("yellow", "#f0e442"),
    ("blue", "#0072b2"),
    ("red", "#d55e00"),
    ("pink", "#cc79a7"),
    ("grey", "#999999"),
];

/// Does what a key means in the codebook's window.
pub fn run(state: &mut State, action: Action, stamp: Stamp) -> Vec<Effect> {
    let height = usize::from(state.screen.overlay.height).max(2) - 1;
    let rows = codebook::rows(state);
    let Some(Overlay::Codebook(BookWindow { at, .. })) = state.overlays.last_mut() else { return Vec::new() };
    let last = rows.len().saturating_sub(1);
    *at = (*at).min(last);
    let row = rows.get(*at);
    match action {
        Action::Down => *at = (*at + 1).min(last),
        Action::Up => *at = at.saturating_sub(1),
        Action::PageDown => *at = (*at + height).min(last),
        Action::PageUp => *at = at.saturating_sub(height),
        Action::First => *at = 0,
        Action::Last => *at = last,
        Action::Close => drop(state.overlays.pop()),
        Action::Undo => return codebook::travel(state, stamp, true),
        Action::Redo => return codebook::travel(state, stamp, false),
        Action::AddTag => prompt(state, BookAsk::Add(row.and_then(|row| parent_of(&rows, row))), ""),
        Action::ImportTags => prompt(state, BookAsk::Import, ""),
        Action::Export => prompt(state, BookAsk::Export, "codebook.qdc"),
        _ => match row {
            Some(row) => return on_tag(state, action, stamp, &row.tag.clone(), row.loose),
            None => state.say("there is no tag yet: a adds one"),
        },
    }
    Vec::new()
}

/// Does what is done to the chosen tag.
fn on_tag(state: &mut State, action: Action, stamp: Stamp, tag: &Tag, loose: bool) -> Vec<Effect> {
    let id = tag.id;
    match action {
        Action::Tag => return tags::toggle(state, stamp, &tag.name),
        Action::AddBelow => prompt(state, BookAsk::Add(Some(id)), ""),
        Action::Rename => prompt(state, BookAsk::Rename(id), &tag.name),
        Action::Recolour => prompt(state, BookAsk::Colour(id), ""),
        Action::Split => prompt(state, BookAsk::Split(id), ""),
        Action::KeyOfTag => {
            let lines = vec![vec![(Role::Text, "press the key that gives it; space for none".to_owned())]];
            let pager = Pager { title: format!("Key of {}", tag.name), lines, top: 0, rows: 0 };
            state.overlays.push(Overlay::Letter(Letter { ask: Ask::KeyOf(id), pager }));
        }
        Action::Merge => pick(state, Choice::MergeTag(id), format!("{} is the same as …", tag.name), id),
        Action::MoveTag => pick(state, Choice::MoveTag(id), format!("Put {} under …", tag.name), id),
        Action::TagRoles => {
            let items = TagRole::ALL
                .iter()
                .enumerate()
                .map(|(n, role)| Item { on: tag.roles.contains(role), ..Item::new(Value::Number(n), role.name()) });
            let title = format!("{} may stand on … (on all where none is marked)", tag.name);
            state.overlays.push(Overlay::Picker(Picker::new(Choice::TagRoles(id), title, items.collect(), None)));
        }
        Action::Remove => {
            let name = tag.name.clone();
            return codebook::change(state, stamp, |book| {
                known(book, &name)?;
                Ok((format!("removed the tag {name}"), vec![book.remove(&name)?]))
            });
        }
        Action::Describe | Action::Memo if loose => {
            // It must be in the codebook to be described there.
            let name = tag.name.clone();
            let effects = codebook::change(state, stamp, |book| {
                known(book, &name)?;
                Ok((format!("took the tag {name} into the codebook"), Vec::new()))
            });
            memos::ask(state, if action == Action::Memo { MemoOn::Tag(id) } else { MemoOn::Description(id) });
            return effects;
        }
        Action::Describe => memos::ask(state, MemoOn::Description(id)),
        Action::Memo => memos::ask(state, MemoOn::Tag(id)),
        _ => {}
    }
    Vec::new()
}

/// Takes a tag into the codebook that notes carry and it does not have.
fn known(book: &mut Codebook, name: &str) -> Result<(), Refused> {
    if book.find(name).is_none() { book.add(Tag::new(name)) } else { Ok(()) }
}

fn parent_of(rows: &[codebook::Row], row: &codebook::Row) -> Option<Uuid> {
    let parent = row.tag.parent.as_ref()?;
    rows.iter().find(|row| row.tag.name == *parent).map(|row| row.tag.id)
}

fn prompt(state: &mut State, ask: BookAsk, begin: &str) {
    let name = |id: Uuid| codebook::rows(state).into_iter().find(|row| row.tag.id == id).map(|row| row.tag.name);
    let (title, echo) = match ask {
        BookAsk::Add(None) => ("A new tag".to_owned(), String::new()),
        BookAsk::Add(Some(id)) => (format!("A new tag under {}", name(id).unwrap_or_default()), String::new()),
        BookAsk::Rename(id) => {
            (format!("Rename {}", name(id).unwrap_or_default()), "the notes of all articles follow".to_owned())
        }
        BookAsk::Colour(id) => {
            let names: Vec<&str> = COLOURS.iter().map(|(name, _)| *name).collect();
            (format!("Colour of {}", name(id).unwrap_or_default()), format!("#rrggbb or {}", names.join(", ")))
        }
        BookAsk::Split(id) => (format!("A new tag, split off {}", name(id).unwrap_or_default()), String::new()),
        BookAsk::Import => ("Take over the tags of which file?".to_owned(), ".qdc, .qde or .csv".to_owned()),
        BookAsk::Export => ("Write the codebook to which file?".to_owned(), ".qdc or .csv".to_owned()),
    };
    let question = Question::Book(ask);
    state.overlays.push(Overlay::Prompt(Prompt { question, title, line: Line::new(begin), echo, wrong: false }));
}

fn pick(state: &mut State, choice: Choice, title: String, own: Uuid) {
    let top = matches!(choice, Choice::MoveTag(_)).then(|| Item::new(Value::AsFound, "(the top)"));
    let tags = codebook::rows(state).into_iter().filter(|row| row.tag.id != own);
    let tags = tags.filter(|row| !row.loose || matches!(choice, Choice::MergeTag(_)));
    let items = tags.map(|row| Item {
        tint: row.tag.colour.clone(),
        ..Item::new(Value::Name(row.tag.name.clone()), &row.tag.name).with(row.tag.description.unwrap_or_default())
    });
    let items = top.into_iter().chain(items).collect();
    state.overlays.push(Overlay::Picker(Picker::new(choice, title, items, None)));
}

/// Takes what was typed; what is refused stays, to be mended.
pub fn take(state: &mut State, stamp: Stamp, prompt: Prompt) -> Vec<Effect> {
    let Question::Book(ask) = prompt.question else { return Vec::new() };
    let text = prompt.line.text().trim().to_owned();
    let name = |id: Uuid| codebook::rows(state).into_iter().find(|row| row.tag.id == id).map(|row| row.tag.name);
    let effects = match ask {
        BookAsk::Add(parent) => {
            let parent = parent.and_then(name);
            let effects = codebook::change(state, stamp, |book| {
                if let Some(parent) = &parent {
                    known(book, parent)?;
                }
                let used = |hex: &str| book.tags().iter().filter(|tag| tag.colour.as_deref() == Some(hex)).count();
                let free = COLOURS.iter().min_by_key(|(_, hex)| used(hex)).map(|(_, hex)| (*hex).to_owned());
                book.add(Tag { parent, colour: free, ..Tag::new(&text) })?;
                Ok((format!("added the tag {text}"), Vec::new()))
            });
            // The new one is chosen.
            let row = codebook::rows(state).iter().position(|row| row.tag.name == text && !row.loose);
            if let (Some(Overlay::Codebook(window)), Some(row)) = (state.overlays.last_mut(), row)
                && !effects.is_empty()
            {
                window.at = row;
            }
            effects
        }
        BookAsk::Rename(id) => {
            let Some(from) = name(id).filter(|from| *from != text) else { return Vec::new() };
            codebook::change(state, stamp, |book| {
                known(book, &from)?;
                Ok((format!("renamed the tag {from} to {text}"), vec![book.rename(&from, &text)?]))
            })
        }
        BookAsk::Colour(id) => {
            let Some(tag) = name(id) else { return Vec::new() };
            let named = COLOURS.iter().find(|(name, _)| *name == text).map(|(_, hex)| (*hex).to_owned());
            let tint = named.or_else(|| colour(&text));
            if tint.is_none() && !text.is_empty() {
                state.warn("a colour is #rgb, #rrggbb or a name from the list");
                state.overlays.push(Overlay::Prompt(prompt));
                return Vec::new();
            }
            codebook::change(state, stamp, |book| {
                known(book, &tag)?;
                book.describe(&tag, |tag| tag.colour = tint)?;
                Ok((format!("recoloured the tag {tag}"), Vec::new()))
            })
        }
        BookAsk::Split(id) => {
            if text.is_empty() || codebook::rows(state).iter().any(|row| row.tag.name == text) {
                state.warn("the new tag needs a name that no other has");
                state.overlays.push(Overlay::Prompt(prompt));
                return Vec::new();
            }
            split_list(state, id, &text, &BTreeSet::new(), 0);
            return Vec::new();
        }
        BookAsk::Import => vec![Effect::ReadTags(PathBuf::from(&text))],
        BookAsk::Export => export(state, &text),
    };
    if effects.is_empty() && state.message.as_ref().is_some_and(|message| message.error) {
        state.overlays.push(Overlay::Prompt(prompt));
    }
    effects
}

/// Opens the list of notes that carry the tag to split: enter marks those that get the new one.
fn split_list(state: &mut State, id: Uuid, new: &str, chosen: &BTreeSet<NoteId>, at: usize) {
    let from = codebook::rows(state).into_iter().find(|row| row.tag.id == id).map(|row| row.tag.name);
    let Some(from) = from else { return };
    let mut items = vec![Item::new(Value::AsFound, new).with(format!("for the {} marked", chosen.len()))];
    items.extend(carriers(state, &from).into_iter().map(|(note, words, article)| Item {
        on: chosen.contains(&note),
        ..Item::new(Value::Note(note), words).with(article)
    }));
    let title = format!("Split off {from}: mark, then take row 1");
    let mut picker = Picker::new(Choice::SplitTag(id), title, items, None);
    picker.choose(at);
    state.overlays.push(Overlay::Picker(picker));
}

/// Returns the notes that carry a tag, with their words and article: those of the open article first.
fn carriers(state: &State, tag: &str) -> Vec<(NoteId, String, String)> {
    let mut out = Vec::new();
    let carries = |tags: &[String]| tags.iter().any(|own| own == tag);
    let open = state.document.as_ref();
    let quotes = open.iter().flat_map(|document| document.notes.quotes.values());
    let passages = open.iter().flat_map(|document| document.notes.passages.values());
    let notes = quotes.map(|note| (note.id, &note.tags, &note.anchor));
    for (id, _, anchor) in
        notes.chain(passages.map(|note| (note.id, &note.tags, &note.anchor))).filter(|(_, tags, _)| carries(tags))
    {
        let words = anchor.words();
        out.push((id, words.to_owned(), "this article".to_owned()));
    }
    let here = open.map(|document| document.article.id.as_str());
    let others = state.shared.survey.tagged.iter().filter(|tagged| carries(&tagged.tags));
    for tagged in others.filter(|tagged| Some(tagged.article.as_str()) != here) {
        if !out.iter().any(|(note, ..)| *note == tagged.note) {
            out.push((tagged.note, tagged.words.clone(), tagged.article.clone()));
        }
    }
    out
}

/// Takes what was chosen from a list of the codebook's window.
pub fn choose(state: &mut State, stamp: Stamp, picker: &Picker, item: &Item) -> Vec<Effect> {
    let name = |id: Uuid| codebook::rows(state).into_iter().find(|row| row.tag.id == id).map(|row| row.tag.name);
    match (picker.choice, &item.value) {
        (Choice::MergeTag(id), Value::Name(into)) => {
            let Some(from) = name(id) else { return Vec::new() };
            codebook::change(state, stamp, |book| {
                known(book, &from)?;
                known(book, into)?;
                Ok((format!("merged the tag {from} into {into}"), vec![book.merge(&from, into)?]))
            })
        }
        (Choice::MoveTag(id), value) => {
            let Some(tag) = name(id) else { return Vec::new() };
            let parent = if let Value::Name(parent) = value { Some(parent.as_str()) } else { None };
            codebook::change(state, stamp, |book| {
                known(book, &tag)?;
                book.move_to(&tag, parent)?;
                Ok((format!("put the tag {tag} under {}", parent.unwrap_or("the top")), Vec::new()))
            })
        }
        (Choice::TagRoles(id), &Value::Number(n)) => {
            let Some((tag, role)) = name(id).zip(TagRole::ALL.get(n).copied()) else { return Vec::new() };
            let effects = codebook::change(state, stamp, |book| {
                known(book, &tag)?;
                book.describe(&tag, |tag| match tag.roles.iter().position(|known| *known == role) {
                    Some(at) => drop(tag.roles.remove(at)),
                    None => tag.roles.push(role),
                })?;
                Ok((format!("changed where the tag {tag} may stand"), Vec::new()))
            });
            // Several may be chosen: the list stays, at the same row.
            let again = state.shared.book.by_id(id).cloned();
            if let Some(tag) = again {
                on_tag(state, Action::TagRoles, stamp, &tag, false);
            }
            if let Some(Overlay::Picker(list)) = state.overlays.last_mut() {
                list.choose(picker.at);
            }
            effects
        }
        (Choice::SplitTag(id), value) => {
            let mut chosen: BTreeSet<NoteId> = picker.items().iter().filter(|item| item.on).filter_map(note).collect();
            let new = picker.items().first().map_or(String::new(), |item| item.label.clone());
            if let &Value::Note(note) = value {
                if !chosen.remove(&note) {
                    chosen.insert(note);
                }
                split_list(state, id, &new, &chosen, picker.at);
                return Vec::new();
            }
            let Some(from) = name(id) else { return Vec::new() };
            codebook::change(state, stamp, |book| {
                known(book, &from)?;
                Ok((format!("split the tag {new} off {from}"), vec![book.split(&from, Tag::new(&new), chosen)?]))
            })
        }
        _ => Vec::new(),
    }
}

fn note(item: &Item) -> Option<NoteId> {
    if let Value::Note(note) = item.value { Some(note) } else { None }
}

/// Gives a tag its key; a space takes it away.
pub fn give_key(state: &mut State, stamp: Stamp, id: Uuid, key: char) -> Vec<Effect> {
    let name = codebook::rows(state).into_iter().find(|row| row.tag.id == id).map(|row| row.tag.name);
    let Some(name) = name else { return Vec::new() };
    codebook::change(state, stamp, |book| {
        known(book, &name)?;
        book.describe(&name, |tag| tag.key = Some(key).filter(|key| !key.is_whitespace()))?;
        let done = if key.is_whitespace() { "took the key off" } else { "gave a key to" };
        Ok((format!("{done} the tag {name}"), Vec::new()))
    })
}

/// Takes over the tags of a file that was read.
pub fn import(state: &mut State, stamp: Stamp, path: &std::path::Path, text: Result<String, String>) -> Vec<Effect> {
    let file = path.to_string_lossy();
    let csv = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    let read = text.and_then(|text| {
        let read = if csv { read_csv(&text, &file) } else { read_qdc(&text, &file) };
        read.map_err(|diagnostic| diagnostic.to_string())
    });
    let (tags, mut notices) = match read {
        Ok(read) => read,
        Err(reason) => {
            state.warn(reason);
            return Vec::new();
        }
    };
    let effects = codebook::change(state, stamp, |book| {
        let (retags, left) = book.take_over(&tags);
        notices.extend(left);
        Ok((format!("took over {} of {file}", counted(tags.len(), "tag", "tags")), retags))
    });
    if let Some(first) = notices.first() {
        state.warn(format!("{}; {first}", counted(tags.len(), "tag read", "tags read")));
    }
    effects
}

/// Writes the codebook to a file.
fn export(state: &mut State, file: &str) -> Vec<Effect> {
    let path = PathBuf::from(file);
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let written = match ending.as_deref() {
        Some("qdc") => write_qdc(&state.shared.book).map(|(text, lost)| (text, lost.join("; "))),
        Some("csv") => Ok((write_csv(&state.shared.book), String::new())),
        _ => Err("the file must end with .qdc or .csv".to_owned()),
    };
    match written {
        Ok((text, lost)) => vec![Effect::WriteTags { path, text, lost }],
        Err(reason) => {
            state.warn(reason);
            Vec::new()
        }
    }
}
