//! Memos: on a quotation, a passage, the article, a speaker, a tag and the project; and the list of them all.

// A method named by its path does not fit every lifetime of a document.
#![allow(clippy::redundant_closure_for_method_calls)]

use crate::annotation::decide::excerpt;
use crate::annotation::{NoteId, PassageNote, Stamp};
use crate::app::article::parts;
use crate::app::article::reading;
use crate::app::article::select::Pointed;
use crate::app::articles::arrive;
use crate::app::articles::places::Arrival;
use crate::app::book::codebook;
use crate::app::decide::review;
use crate::app::effect::Effect;
use crate::app::screen::Pane;
use crate::app::state::State;
use crate::app::windows::line::Line;
use crate::app::windows::overlay::{Memo, MemoOn, Overlay};
use crate::app::windows::picker::{Choice, Item, Picker, Value};
use uuid::Uuid;

/// Opens the memo on something.
pub fn ask(state: &mut State, on: MemoOn) {
    let Some((title, text)) = memo(state, on) else {
        return state.say(match on {
            MemoOn::Speaker(_) => "no speaker is chosen",
            _ => "no quotation is selected",
        });
    };
    state.overlays.push(Overlay::Memo(Memo { on, title, line: Line::new(text) }));
}

/// Opens the memo on the passage that is pointed at, else on the selected quotation.
pub fn ask_here(state: &mut State) {
    let on = review::passage(state).map_or(MemoOn::Quote, MemoOn::Passage);
    ask(state, on);
}

/// Returns the first words of a passage in marks.
fn words_of(note: &PassageNote) -> String {
    excerpt(note.anchor.words())
}

/// Opens the memo on the speaker that is chosen in Speakers, or who said the selected quotation.
pub fn ask_speaker(state: &mut State) {
    let document = state.document.as_ref();
    let chosen = document.filter(|_| state.focus == Pane::Speakers).and_then(|document| document.chosen_speaker());
    let speaker = chosen.or_else(|| document?.quote()?.speaker);
    ask(state, MemoOn::Speaker(speaker.unwrap_or(usize::MAX)));
}

/// Returns the heading and the text of a memo; `None` where what it is on is not there.
fn memo(state: &State, on: MemoOn) -> Option<(String, String)> {
    let document = state.document.as_ref();
    let (title, memo) = match on {
        MemoOn::Quote => {
            let (document, quote) = document.and_then(|document| Some((document, document.quote()?)))?;
            let words = quote.spans.first().map_or("", |span| span.of(document.text(Pane::Clean)));
            (format!("Memo on {}", excerpt(words)), quote.memo.clone())
        }
        MemoOn::Passage(id) => {
            let note = document?.notes.passages.get(&id)?;
            (format!("Memo on the passage {}", words_of(note)), note.memo.clone())
        }
        MemoOn::Article => ("Memo on the article".to_owned(), document?.notes.article.memo.clone()),
        MemoOn::Speaker(n) => {
            let document = document?;
            let speaker = document.resolved.speakers.get(n)?;
            (format!("Memo on {}", speaker.name), document.notes.speaker_memo(speaker).map(str::to_owned))
        }
        MemoOn::Tag(id) => {
            let tag = state.shared.book.by_id(id)?;
            (format!("Memo on the tag {}", tag.name), tag.memo.clone())
        }
        MemoOn::Description(id) => {
            let tag = state.shared.book.by_id(id)?;
            (format!("When to give {}, and when not", tag.name), tag.description.clone())
        }
        MemoOn::Project => ("Memo on the project".to_owned(), state.shared.project.memo().map(str::to_owned)),
    };
    Some((title, memo.unwrap_or_default()))
}

/// Keeps what was written.
pub fn keep(state: &mut State, stamp: Stamp, written: &Memo) -> Vec<Effect> {
    let text = written.line.text();
    if memo(state, written.on).is_none_or(|(_, before)| before == text.trim()) {
        return Vec::new();
    }
    match written.on {
        MemoOn::Quote => review::decide_quote(state, stamp, |desk, n| desk.set_memo(n, text)),
        MemoOn::Article => review::decide(state, stamp, |desk| desk.set_article_memo(text)),
        MemoOn::Speaker(n) => review::decide(state, stamp, |desk| desk.set_speaker_memo(n, text)),
        MemoOn::Tag(id) => codebook::describe(state, stamp, id, "wrote a memo on the tag", |tag| tag.memo = full(text)),
        MemoOn::Description(id) => {
            codebook::describe(state, stamp, id, "described the tag", |tag| tag.description = full(text))
        }
        MemoOn::Passage(id) => review::decide(state, stamp, |desk| desk.set_passage_memo(id, text)),
        MemoOn::Project => codebook::note_project(state, stamp, text),
    }
}

fn full(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Where a memo of the list is.
enum Place {
    Own(MemoOn),
    Quote(usize),
    Passage(NoteId),
    Tag(Uuid),
    Elsewhere(usize, Option<NoteId>),
}

/// Opens the list of all memos; those of other articles come when they are read.
pub fn list(state: &mut State) -> Vec<Effect> {
    let items = items(state);
    state.overlays.push(Overlay::Picker(Picker::new(Choice::Memos, "Memos", items, None)));
    state.shared.survey().into_iter().collect()
}

/// Lists anew where the list is open.
pub fn refresh(state: &mut State) {
    let open = |state: &State| matches!(state.overlays.last(), Some(Overlay::Picker(p)) if p.choice == Choice::Memos);
    if open(state) {
        let items = items(state);
        if let Some(Overlay::Picker(picker)) = state.overlays.last_mut() {
            picker.replace(items);
        }
    }
}

fn items(state: &State) -> Vec<Item> {
    let rows = all(state).into_iter().enumerate();
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    rows.map(|(n, (_, on, text))| Item::new(Value::Number(n), line(&text)).with(on)).collect()
}

/// Returns all memos: where each is, on what it is in words, and its text.
fn all(state: &State) -> Vec<(Place, String, String)> {
    let mut out = Vec::new();
    if let Some(document) = &state.document {
        if let Some(memo) = &document.notes.article.memo {
            out.push((Place::Own(MemoOn::Article), "this article".to_owned(), memo.clone()));
        }
        for (n, quote) in document.resolved.quotes.iter().enumerate() {
            if let Some(memo) = &quote.memo {
                let words = quote.spans.first().map_or("", |span| span.of(document.text(Pane::Clean)));
                out.push((Place::Quote(n), excerpt(words), memo.clone()));
            }
        }
        for passage in &document.resolved.passages {
            if let (Some(memo), Some(note)) = (&passage.memo, document.notes.passages.get(&passage.note)) {
                out.push((Place::Passage(passage.note), words_of(note), memo.clone()));
            }
        }
        for (n, speaker) in document.resolved.speakers.iter().enumerate() {
            if let Some(memo) = document.notes.speaker_memo(speaker) {
                out.push((Place::Own(MemoOn::Speaker(n)), speaker.name.clone(), memo.to_owned()));
            }
        }
    }
    if let Some(memo) = state.shared.project.memo() {
        out.push((Place::Own(MemoOn::Project), "the project".to_owned(), memo.to_owned()));
    }
    for tag in state.shared.book.tags() {
        if let Some(memo) = &tag.memo {
            out.push((Place::Tag(tag.id), format!("#{}", tag.name), memo.clone()));
        }
    }
    let here = state.document.as_ref().map(|document| document.article.id.as_str());
    for memo in state.shared.survey.memos.iter().filter(|memo| Some(memo.article.as_str()) != here) {
        let entry = state.entries.iter().position(|entry| entry.id == memo.article);
        let on = format!("{} · {}", memo.article, memo.on);
        out.push((Place::Elsewhere(entry.unwrap_or(usize::MAX), memo.note), on, memo.text.clone()));
    }
    out
}

/// Goes to memo number `n` of the list.
pub fn take(state: &mut State, n: usize) -> Vec<Effect> {
    let Some((place, ..)) = all(state).into_iter().nth(n) else { return Vec::new() };
    match place {
        Place::Own(on) => ask(state, on),
        Place::Quote(n) => {
            arrive::record(state);
            reading::select(state, n);
            ask(state, MemoOn::Quote);
        }
        Place::Passage(id) => {
            arrive::record(state);
            parts::point(state, Pointed::Passage(id));
            ask(state, MemoOn::Passage(id));
        }
        Place::Tag(id) => return codebook::open(state, Some(id)),
        Place::Elsewhere(entry, _) if entry >= state.entries.len() => {
            state.warn("its article is not in this list");
        }
        Place::Elsewhere(entry, Some(note)) => return arrive::go(state, entry, Arrival::Note(note)),
        Place::Elsewhere(entry, None) => return arrive::open(state, entry),
    }
    Vec::new()
}
