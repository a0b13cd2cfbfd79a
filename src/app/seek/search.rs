//! Searching: in the text that is read, in this article with its notes, and in all articles, as a list that fills.

use crate::annotation::seek::{Hit, Within, context, seek};
use crate::app::Action;
use crate::app::article::reading;
use crate::app::articles::arrive;
use crate::app::articles::places::Arrival;
use crate::app::book::codebook;
use crate::app::decide::memos;
use crate::app::effect::Effect;
use crate::app::screen::Pane;
use crate::app::seek::find::{self, find};
use crate::app::seek::hits::{MOST, Row, Search};
use crate::app::state::{Mode, State};
use crate::app::windows::line::Line;
use crate::app::windows::overlay::{Overlay, Prompt, Question, Reach};
use crate::text::counted;
use crate::text::pattern::{Kind, Pattern};
use uuid::Uuid;

/// Asks what to search for.
pub fn ask(state: &mut State, reach: Reach) {
    if state.document.is_none() {
        return;
    }
    let question = Question::Search(state.search.kind, reach);
    let prompt = Prompt { question, title: String::new(), line: Line::default(), echo: String::new(), wrong: false };
    state.overlays.push(Overlay::Prompt(prompt));
    echo(state);
}

/// Takes the next way to mean a query.
pub fn turn(state: &mut State) {
    if let Some(Overlay::Prompt(prompt)) = state.overlays.last_mut()
        && let Question::Search(kind, reach) = prompt.question
    {
        prompt.question = Question::Search(kind.next(), reach);
        state.search.kind = kind.next();
        echo(state);
    }
}

/// Says what the program makes of the query that is being typed.
pub fn echo(state: &mut State) {
    let keys = state.keys_of(&[crate::app::Scope::Input], Action::OtherKind).unwrap_or_default();
    let lead = state.lead;
    let text = state.document.as_ref().map_or("", |document| document.text(lead));
    let Some(Overlay::Prompt(prompt)) = state.overlays.last_mut() else { return };
    let Question::Search(kind, reach) = prompt.question else { return };
    let place = match reach {
        Reach::Text => "the text",
        Reach::Article => "this article and its notes",
        Reach::All => "all articles and their notes",
    };
    prompt.title = format!("Search {place}: {}", kind.name());
    let typed = prompt.line.text();
    (prompt.echo, prompt.wrong) = match (Pattern::new(typed, kind), reach) {
        _ if typed.trim().is_empty() => (format!("{keys}: words, regex, fuzzy; a capital makes case count"), false),
        (Err(bad), _) => (bad.to_string(), true),
        (Ok(pattern), Reach::Text) => match pattern.places(text, find::MOST).len() {
            0 => ("not in the text".to_owned(), true),
            count => (counted(count, "place", "places"), false),
        },
        (Ok(_), _) => (String::new(), false),
    };
}

/// Searches for what was typed; a query that means nothing stays, to be mended.
pub fn take(state: &mut State, prompt: Prompt) -> Vec<Effect> {
    let Question::Search(kind, reach) = prompt.question else { return Vec::new() };
    let typed = prompt.line.text().trim().to_owned();
    if typed.is_empty() {
        if let Some(document) = state.document.as_mut().filter(|_| reach == Reach::Text) {
            document.found = None;
        }
        return Vec::new();
    }
    match Pattern::new(&typed, kind) {
        Err(bad) => {
            state.warn(bad.to_string());
            state.overlays.push(Overlay::Prompt(prompt));
            Vec::new()
        }
        Ok(pattern) if reach == Reach::Text => {
            in_text(state, &pattern);
            Vec::new()
        }
        Ok(pattern) => into_list(state, pattern, reach),
    }
}

/// Searches the text from where the reader is.
pub fn in_text(state: &mut State, pattern: &Pattern) {
    let pane = state.lead;
    arrive::record(state);
    let Some(document) = &mut state.document else { return };
    let from = document.place(pane).top;
    document.found = find(document.text(pane), pattern, pane, from);
    if document.found.is_some() {
        show_match(state);
    } else {
        state.warn(format!("{} is not in the text", pattern.query()));
    }
}

/// Searches the text for the selected words, or for the name of the chosen speaker.
pub fn this(state: &mut State) {
    let Some(document) = &state.document else { return };
    let words = if let Mode::Visual(visual) = &state.mode {
        document.text(visual.pane).get(visual.range()).unwrap_or("").to_owned()
    } else {
        let chosen = if state.focus == Pane::Speakers { document.chosen_speaker() } else { None };
        let speaker = chosen.or_else(|| document.quote()?.speaker);
        speaker.map_or(String::new(), |n| document.resolved.speakers[n].name.clone())
    };
    match Pattern::new(words.trim(), Kind::Words) {
        Ok(pattern) => in_text(state, &pattern),
        Err(_) => state.say("select words first, or a quotation with a speaker"),
    }
}

/// Goes to the next place that a search found, or the one before.
pub fn step(state: &mut State, forward: bool) {
    let Some(found) = state.document.as_mut().and_then(|document| document.found.as_mut()) else {
        return state.say("nothing was searched for");
    };
    found.step(forward);
    show_match(state);
}

/// Shows the place of the search the reader is at.
fn show_match(state: &mut State) {
    let Some(found) = state.document.as_ref().and_then(|document| document.found.as_ref()) else { return };
    let (place, pane) = (found.place(), found.pane);
    let (at, count, query) = (found.at + 1, found.places.len(), found.query.clone());
    let most = if count == find::MOST { "+" } else { "" };
    state.say(format!("{query}: {at} of {count}{most}"));
    reading::reveal(state, pane, place.clone());
    if let Mode::Visual(visual) = &mut state.mode
        && visual.pane == pane
    {
        match visual.anchor {
            Some(_) => visual.cursor = place.end,
            None => visual.cursor = place.start,
        }
    }
}

/// Lists what is found; the open article at once, the others as they are read.
fn into_list(state: &mut State, pattern: Pattern, reach: Reach) -> Vec<Effect> {
    let generation = state.search.generation + 1;
    let mut rows = in_document(state, &pattern);
    if reach == Reach::All {
        rows.extend(in_shared(state, &pattern));
    }
    let open = state.document.as_ref().map(|document| document.entry);
    let cut = rows.len() >= MOST;
    let running = reach == Reach::All && state.entries.len() > 1 && !cut;
    state.search = Search {
        kind: pattern.kind(),
        query: pattern.query().to_owned(),
        reach,
        generation,
        rows,
        running,
        progress: (0, state.entries.len()),
        cut,
        ..Search::default()
    };
    state.overlays.push(Overlay::Found);
    if running {
        vec![Effect::Seek { generation, pattern: Box::new(pattern), except: open }]
    } else {
        // What an older search still looks for is wanted no more.
        vec![Effect::StopSeeking]
    }
}

/// Returns what is found in the open article, with the speakers that the program found.
fn in_document(state: &State, pattern: &Pattern) -> Vec<Row> {
    let Some(document) = &state.document else { return Vec::new() };
    let mut hits = seek(pattern, document.raw_text(), &document.notes, MOST);
    let noted = |name: &str| document.notes.speakers.values().any(|note| note.name == name);
    for speaker in document.resolved.speakers.iter().filter(|speaker| !noted(&speaker.name)) {
        let range = pattern.places(&speaker.name, 1).pop();
        let first = speaker.mentions.first().zip(document.analysis.as_ref());
        if let Some(range) = range {
            hits.push(Hit {
                within: Within::Speaker,
                place: first.map(|(mention, analysis)| analysis.clean.map.back(mention.span)),
                note: None,
                context: context(&speaker.name, range),
            });
        }
    }
    hits.truncate(MOST);
    hits.into_iter().map(|hit| Row { entry: Some(document.entry), tag: None, hit }).collect()
}

/// Returns what is found in the codebook and the memo of the store.
fn in_shared(state: &State, pattern: &Pattern) -> Vec<Row> {
    let row = |within: Within, tag: Option<Uuid>, text: &str, beside: &str| {
        let mut context = context(text, pattern.places(text, 1).pop()?);
        context[2].push_str(beside);
        Some(Row { entry: None, tag, hit: Hit { within, place: None, note: None, context } })
    };
    let mut out = Vec::new();
    for tag in state.shared.book.tags() {
        out.extend(row(Within::Tag, Some(tag.id), &tag.name, " · in the codebook"));
        for text in tag.description.iter().chain(&tag.memo) {
            out.extend(row(Within::Memo, Some(tag.id), text, &format!(" · of the tag {}", tag.name)));
        }
    }
    out.extend(state.shared.project.memo().and_then(|memo| row(Within::Memo, None, memo, " · on the project")));
    out
}

/// Takes in what was found in other articles.
pub fn found(
    state: &mut State,
    generation: u64,
    rows: Vec<(usize, Hit)>,
    progress: (usize, usize),
    done: bool,
) -> Vec<Effect> {
    let search = &mut state.search;
    if generation != search.generation || !search.running {
        return Vec::new();
    }
    search.progress = progress;
    search.rows.extend(rows.into_iter().map(|(entry, hit)| Row { entry: Some(entry), tag: None, hit }));
    search.cut = search.rows.len() > MOST;
    search.rows.truncate(MOST);
    search.running = !done && !search.cut;
    if search.cut && !done { vec![Effect::StopSeeking] } else { Vec::new() }
}

/// Opens the list of the last search again.
pub fn again(state: &mut State) {
    if state.search.query.is_empty() {
        return state.say("nothing was searched for in a list yet");
    }
    state.overlays.push(Overlay::Found);
}

/// Does what a key means in the list.
pub fn in_list(state: &mut State, action: Action) -> Vec<Effect> {
    let height = usize::from(state.screen.overlay.height).max(2) - 1;
    let count = state.search.listed().count();
    let search = &mut state.search;
    let last = count.saturating_sub(1);
    match action {
        Action::Down => search.at = if search.at >= last { 0 } else { search.at + 1 },
        Action::Up => search.at = search.at.checked_sub(1).unwrap_or(last),
        Action::PageDown => search.at = (search.at + height).min(last),
        Action::PageUp => search.at = search.at.saturating_sub(height),
        Action::First => search.at = 0,
        Action::Last => search.at = last,
        Action::OtherKind => {
            search.only = match search.only {
                None => Some(Within::Text),
                Some(Within::Text) => Some(Within::Quotation),
                Some(Within::Quotation) => Some(Within::Tag),
                Some(Within::Tag) => Some(Within::Speaker),
                Some(Within::Speaker) => Some(Within::Memo),
                Some(Within::Memo) => None,
            };
            search.at = 0;
        }
        Action::GoHit => {
            let row = search.listed().nth(search.at).cloned();
            return row.map_or_else(Vec::new, |row| go(state, &row));
        }
        _ => {
            state.overlays.pop();
            if std::mem::take(&mut state.search.running) {
                state.say("the search was stopped");
                return vec![Effect::StopSeeking];
            }
        }
    }
    Vec::new()
}

fn go(state: &mut State, row: &Row) -> Vec<Effect> {
    state.overlays.pop();
    let Some(entry) = row.entry else {
        match row.tag {
            Some(tag) => return codebook::open(state, Some(tag)),
            None => memos::ask(state, crate::app::windows::overlay::MemoOn::Project),
        }
        return Vec::new();
    };
    match (row.hit.place, row.hit.note) {
        (Some(place), _) => arrive::go(state, entry, Arrival::Place(place)),
        (None, Some(note)) => arrive::go(state, entry, Arrival::Note(note)),
        (None, None) => arrive::open(state, entry),
    }
}
