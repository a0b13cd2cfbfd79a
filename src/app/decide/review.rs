//! Deciding: every decision is one named edit, made, remembered, shown in all panes and saved.

// A method named by its path does not fit every lifetime of a desk.
#![allow(clippy::redundant_closure_for_method_calls)]

use crate::annotation::decide::Desk;
use crate::annotation::timeline::days::{self, Style};
use crate::annotation::{Change, Edit, NoteId, SpeakerChoice, Stamp, Status, Step};
use crate::app::article::reading;
use crate::app::article::select::Pointed;
use crate::app::effect::Effect;
use crate::app::state::State;
use crate::app::windows::overlay::{Overlay, Prompt, Question};
use crate::app::windows::picker::{Choice, Item, Picker, Value};
use crate::engine::time::{ambiguity, parse_typed};
use crate::engine::{Interval, QuoteKind};
use crate::text::{Raw, Span, counted};
use jiff::civil::Date;

/// The formats that can be exported, with what each is for; those to read first, then those of other programs.
pub const FORMATS: &[(&str, &str)] = &[
    ("markdown", "to read: a block a quotation"),
    ("csv", "a row a quotation, for tables and R"),
    ("jsonl", "a line an article, all that is known"),
    ("toml", "as the store keeps it"),
    ("html", "a page for a browser: text, quotations, timeline"),
    ("qdpx", "REFI-QDA: QualCoder, ATLAS.ti, NVivo, MAXQDA"),
    ("brat", "brat standoff, with its text and its names"),
    ("label-studio", "Label Studio tasks, and the interface for them"),
    ("cas-json", "UIMA CAS as JSON, for INCEpTION"),
    ("doccano", "doccano: entities and relations"),
    ("prodigy", "Prodigy: tokens, spans and relations"),
    ("w3c", "W3C Web Annotation, JSON-LD"),
    ("stam", "STAM: stand-off text annotation"),
    ("tei", "TEI P5: an edition with said elements"),
    ("conll", "CoNLL columns with IOB2 tags"),
    ("svg", "the timeline as an image, to print"),
    ("timeline", "the timeline as text"),
];

/// Makes the edit that `make` decides on, where it decides on one, and asks to save it.
pub fn decide(state: &mut State, stamp: Stamp, make: impl FnOnce(&Desk) -> Option<Edit>) -> Vec<Effect> {
    let Some(document) = state.document.as_mut().filter(|document| document.analysis.is_some()) else {
        return Vec::new();
    };
    if let Some(reason) = &document.read_only {
        let text = format!("nothing can be changed: {reason}");
        state.warn(text);
        return Vec::new();
    }
    let raw = document.raw_text();
    let desk = Desk { notes: &document.notes, resolved: &document.resolved, raw, stamp };
    let Some(edit) = make(&desk) else {
        state.say("nothing to change");
        return Vec::new();
    };
    match document.history.make(&mut document.notes, edit.clone()) {
        Ok(()) => {
            state.say(edit.name.clone());
            state.undone_in.clear();
            changed(state, vec![Step::Make(edit)])
        }
        Err(conflict) => {
            state.warn(conflict.to_string());
            Vec::new()
        }
    }
}

/// Makes an edit about the selected quotation.
pub fn decide_quote(state: &mut State, stamp: Stamp, make: impl FnOnce(&Desk, usize) -> Option<Edit>) -> Vec<Effect> {
    let Some(selected) = state.document.as_ref().and_then(|document| document.selected) else {
        state.say("no quotation is selected");
        return Vec::new();
    };
    decide(state, stamp, |desk| make(desk, selected))
}

/// Accepts the selected quotation and, where that is wished, goes to the next open one.
pub fn accept(state: &mut State, stamp: Stamp) -> Vec<Effect> {
    let accepted = state.document.as_ref().and_then(|d| d.quote()).is_some_and(|q| q.status == Status::Accepted);
    let effects = if accepted { Vec::new() } else { decide_quote(state, stamp, |desk, n| desk.accept(n)) };
    if accepted || !effects.is_empty() {
        advance(state);
    }
    effects
}

/// Rejects the selected quotation and, where that is wished, goes to the next open one.
pub fn reject(state: &mut State, stamp: Stamp) -> Vec<Effect> {
    let effects = decide_quote(state, stamp, |desk, n| desk.reject(n));
    if !effects.is_empty() {
        advance(state);
    }
    effects
}

fn advance(state: &mut State) {
    if state.config.settings.advance && !reading::next_open(state) {
        let decided = state.document.as_ref().is_some_and(|d| d.decided() == d.resolved.quotes.len());
        state.say(if decided {
            "every quotation is decided: mark the article as done, or go to the next".to_owned()
        } else {
            format!("all of these are decided: {}", state.filter.words())
        });
    }
}

/// Shows the notes as they are now, and asks to save the steps that led to them.
pub(in crate::app) fn changed(state: &mut State, steps: Vec<Step>) -> Vec<Effect> {
    let Some(document) = &mut state.document else { return Vec::new() };
    let article = &document.notes.article;
    let anew = (article.date, &article.unrepaired) != (document.analysed_with.0, &document.analysed_with.1);
    // A word on the article as a whole changes nothing of what stands in it.
    let of_article = |change: &Change| matches!(change, Change::Article { .. });
    if !matches!(&steps[..], [Step::Make(edit)] if edit.changes.iter().all(of_article)) {
        document.resolve();
    }
    if state.focus != crate::app::Pane::Speakers {
        document.choose_own_speaker();
    }
    document.saving.revision += 1;
    let save = Effect::Save { entry: document.entry, revision: document.saving.revision, steps };
    crate::app::articles::library::listed(state);
    let mut effects = vec![save];
    if anew {
        effects.extend(analyse(state));
    }
    effects
}

/// Asks for the analysis of the article that is open; `None` where none is.
pub fn analyse(state: &mut State) -> Option<Effect> {
    state.generation += 1;
    let document = state.document.as_mut()?;
    let note = &document.notes.article;
    let options = note.options(&document.article, document.raw_text(), document.given_date);
    document.analysed_with = (note.date, note.unrepaired.clone());
    let article = document.article.clone();
    Some(Effect::Analyse { generation: state.generation, article, options: Box::new(options) })
}

/// Adds the quotation that stands at `spans`; it is selected.
pub fn add_quote(state: &mut State, stamp: Stamp, spans: &[Span<Raw>]) -> Vec<Effect> {
    let effects = decide(state, stamp, |desk| desk.add_quote(spans, QuoteKind::Direct, None));
    if !effects.is_empty()
        && let Some(document) = &state.document
    {
        let new = document.resolved.quotes.iter().position(|quote| quote.note == Some(stamp.id));
        if let Some(new) = new {
            reading::select(state, new);
        }
    }
    effects
}

/// Opens the list of speakers for the selected quotation.
pub fn ask_speaker(state: &mut State) {
    let Some(document) = &state.document else { return };
    let Some(quote) = document.quote() else { return state.say("no quotation is selected") };
    let mut items: Vec<Item> = speakers(state).into_iter().map(|(_, item)| item).collect();
    items.push(Item::new(Value::Nobody, "nobody").with("no one who could be named"));
    if quote.speaker_chosen && quote.found.is_some() {
        items.push(Item::new(Value::AsFound, "as found").with("what the program found"));
    }
    let title = "Who said it?";
    state.overlays.push(Overlay::Picker(Picker::new(Choice::Speaker, title, items, Some("new speaker"))));
}

/// Opens the list of speakers that can take over the chosen one.
pub fn ask_merge(state: &mut State) {
    let Some(speaker) = state.document.as_ref().and_then(|document| document.chosen_speaker()) else { return };
    let name = state.document.as_ref().map_or("", |document| &document.resolved.speakers[speaker].name);
    let title = format!("{name} is the same as …");
    let items = speakers(state).into_iter().filter(|(n, _)| *n != speaker);
    let items = items.map(|(n, item)| Item { value: Value::Number(n), ..item }).collect();
    state.overlays.push(Overlay::Picker(Picker::new(Choice::Merge(speaker), title, items, None)));
}

fn speakers(state: &State) -> Vec<(usize, Item)> {
    let Some(document) = &state.document else { return Vec::new() };
    let own = document.quote().and_then(|quote| quote.speaker);
    let speakers = document.resolved.speakers.iter().enumerate();
    speakers
        .map(|(n, speaker)| {
            let mut detail = match speaker.quotes {
                0 => String::new(),
                count => counted(count, "quotation", "quotations"),
            };
            for alias in speaker.aliases.iter().take(3) {
                detail.push_str(if detail.is_empty() { "" } else { " · " });
                detail.push_str(alias);
            }
            let item = Item::new(Value::Name(speaker.name.clone()), &speaker.name).with(detail);
            (n, Item { on: own == Some(n), colour: document.colours.get(n).copied(), ..item })
        })
        .collect()
}

/// Opens the list of formats.
pub fn ask_export(state: &mut State) {
    let items =
        FORMATS.iter().map(|&(name, about)| Item::new(Value::Name(name.to_owned()), name).with(about)).collect();
    state.overlays.push(Overlay::Picker(Picker::new(Choice::Export, "Export as", items, None)));
}

/// Asks for a line.
pub fn ask(state: &mut State, question: Question) {
    let Some(document) = &state.document else { return };
    let (title, begin) = match question {
        Question::Date => {
            let Some(quote) = document.quote() else { return state.say("no quotation is selected") };
            let begin = quote.said_at.filter(|_| quote.date_chosen).map_or_else(String::new, typed);
            ("When was it said?", begin)
        }
        Question::ArticleDate => {
            ("Of which day is the article?", document.notes.article.date.map_or_else(String::new, typed))
        }
        Question::Rename(n) => {
            let Some(speaker) = document.resolved.speakers.get(n) else { return };
            ("Name of the speaker", speaker.name.clone())
        }
        Question::Alias(n) => {
            if document.resolved.speakers.get(n).is_none() {
                return;
            }
            ("Another name of this speaker", String::new())
        }
        Question::Phrase => ("Tag every … (or what was searched last)", String::new()),
        // These ask for themselves.
        Question::Search(..) | Question::Book(_) => return,
    };
    let line = crate::app::windows::line::Line::new(begin);
    state.overlays.push(Overlay::Prompt(Prompt {
        question,
        title: title.to_owned(),
        line,
        echo: String::new(),
        wrong: false,
    }));
    echo(state);
}

fn typed(days: Interval) -> String {
    if days.from == days.to { days.from.to_string() } else { format!("{}..{}", days.from, days.to) }
}

/// Says what the program makes of the line that is being typed.
pub fn echo(state: &mut State) {
    let reference = reference(state);
    let Some(Overlay::Prompt(prompt)) = state.overlays.last_mut() else { return };
    if !matches!(prompt.question, Question::Date | Question::ArticleDate) {
        return;
    }
    let text = prompt.line.text().trim();
    (prompt.echo, prompt.wrong) = match text {
        "" => ("as found; or 2017-06-03, June 2017, last Saturday, 2016..2017".to_owned(), false),
        _ => match parse_typed(text, reference) {
            Ok(days) => {
                let mut echo = days::days(days, Style::Full);
                // The weekday tells whether it is the day that was meant.
                if days.from == days.to {
                    echo = format!("{} {echo}", days.from.strftime("%A"));
                }
                let late = prompt.question == Question::Date && reference.is_some_and(|article| days.from > article);
                let about = ambiguity(text).or(late.then_some("after the article’s date"));
                (about.map_or_else(|| echo.clone(), |about| format!("{echo}: {about}")), false)
            }
            Err(reason) => (reason, true),
        },
    };
}

/// Takes the date that was typed: of the selected quotation, or of the article. An empty line takes the date back.
pub fn take_date(state: &mut State, stamp: Stamp, text: &str, article: bool) -> Vec<Effect> {
    let days = match text.trim() {
        "" => None,
        text => match parse_typed(text, reference(state)) {
            Ok(days) => Some(days),
            Err(reason) => {
                state.warn(reason);
                return Vec::new();
            }
        },
    };
    if article {
        decide(state, stamp, |desk| desk.set_article_date(days))
    } else {
        decide_quote(state, stamp, |desk, n| desk.set_date(n, days))
    }
}

/// The article's last possible day, for what is typed relative to it.
fn reference(state: &State) -> Option<Date> {
    state.document.as_ref()?.date().map(|(days, _)| days.to)
}

/// Takes what was chosen from a list about the selected quotation.
pub fn take(state: &mut State, stamp: Stamp, choice: Choice, item: &Item) -> Vec<Effect> {
    match (choice, &item.value) {
        (Choice::Speaker, value) => {
            let choice = match value {
                Value::Nobody => Some(SpeakerChoice::Nobody),
                Value::AsFound => None,
                _ => Some(SpeakerChoice::Named(item.label.clone())),
            };
            decide_quote(state, stamp, |desk, n| desk.set_speaker(n, choice))
        }
        (Choice::Tag, _) => tag(state, stamp, &item.label, item.on),
        (Choice::Merge(speaker), &Value::Number(into)) => {
            decide(state, stamp, |desk| desk.merge_speakers(into, &[speaker]))
        }
        (Choice::Export, _) => vec![Effect::Export { format: item.label.clone(), path: None }],
        _ => Vec::new(),
    }
}

/// Gives the selected quotation, or the passage pointed at, a tag, or takes it off.
pub fn tag(state: &mut State, stamp: Stamp, tag: &str, off: bool) -> Vec<Effect> {
    if !off {
        state.last_tag = Some(tag.to_owned());
    }
    if let Some(id) = passage(state) {
        return decide(state, stamp, |desk| if off { desk.untag_passage(id, tag) } else { desk.tag_passage(id, tag) });
    }
    decide_quote(state, stamp, |desk, n| if off { desk.remove_tag(n, tag) } else { desk.add_tag(n, tag) })
}

/// Returns the passage that is pointed at.
pub fn passage(state: &State) -> Option<NoteId> {
    match state.document.as_ref()?.pointed? {
        Pointed::Passage(id) => Some(id),
        Pointed::Part(_) | Pointed::Role(_) => None,
    }
}
