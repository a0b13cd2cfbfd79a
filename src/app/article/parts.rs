//! The parts of the selected quotation, pointed at one after the other: its words, its cue, its source, to whom and about
//! what it was said; and the tagged passages beside it.

// A method named by its path does not fit every lifetime of a desk.
#![allow(clippy::redundant_closure_for_method_calls)]

use crate::annotation::decide::excerpt;
use crate::annotation::{QuoteRole, ResolvedQuote, Stamp};
use crate::app::article::document::Document;
use crate::app::article::reading;
use crate::app::article::select::{Pointed, Visual};
use crate::app::decide::review;
use crate::app::effect::Effect;
use crate::app::screen::Pane;
use crate::app::state::{Mode, State};
use crate::app::windows::overlay::Overlay;
use crate::app::windows::picker::{Choice, Item, Picker, Value};
use crate::text::{Clean, Raw, Span, units};

/// Points at the next part of the selected quotation, or the one before, around the end.
pub fn step(state: &mut State, forward: bool) {
    let Some(document) = &state.document else { return };
    let stops = stops(document);
    if stops.is_empty() {
        return state.say("no quotation is selected");
    }
    let at = document.pointed.and_then(|pointed| stops.iter().position(|&stop| stop == pointed)).unwrap_or(0);
    let next = (at + if forward { 1 } else { stops.len() - 1 }) % stops.len();
    point(state, stops[next]);
}

/// Points at something: it is lit in the text and named in the last line.
pub fn point(state: &mut State, pointed: Pointed) {
    let Some(document) = &mut state.document else { return };
    let span = place(document, pointed);
    document.pointed = Some(pointed);
    document.spot = span;
    let said = describe(document, pointed);
    if let Some(span) = span {
        reading::reveal(state, Pane::Clean, span.range());
    }
    state.say(said);
}

/// Everything that can be pointed at in the selected quotation, in the order of the keys.
fn stops(document: &Document) -> Vec<Pointed> {
    let Some(quote) = document.quote() else { return Vec::new() };
    let roles = QuoteRole::ALL.into_iter().filter(|&role| filled(quote, role)).map(Pointed::Role);
    (0..quote.spans.len()).map(Pointed::Part).chain(roles).collect()
}

fn filled(quote: &ResolvedQuote, role: QuoteRole) -> bool {
    match role {
        QuoteRole::Content => false,
        QuoteRole::Cue => quote.cue.is_some(),
        QuoteRole::Source => quote.mention.is_some(),
        QuoteRole::Addressee => quote.addressee.is_some(),
        QuoteRole::Topic => quote.topic.is_some(),
    }
}

/// Returns where what is pointed at stands; words that the reader typed stand nowhere.
pub fn place(document: &Document, pointed: Pointed) -> Option<Span<Clean>> {
    match pointed {
        Pointed::Part(n) => document.quote()?.spans.get(n).copied(),
        Pointed::Role(role) => place_of(document.quote()?, role),
        Pointed::Passage(id) => {
            document.resolved.passages.iter().find(|passage| passage.note == id).map(|passage| passage.hull())
        }
    }
}

/// Returns where the stretch of a role stands.
pub fn place_of(quote: &ResolvedQuote, role: QuoteRole) -> Option<Span<Clean>> {
    match role {
        QuoteRole::Content => Some(quote.hull()),
        QuoteRole::Cue => quote.cue,
        QuoteRole::Source => quote.mention,
        QuoteRole::Addressee => quote.addressee.as_ref()?.span,
        QuoteRole::Topic => quote.topic.as_ref()?.span,
    }
}

/// Says what is pointed at, in words.
fn describe(document: &Document, pointed: Pointed) -> String {
    let text = document.text(Pane::Clean);
    let words = |span: Option<Span<Clean>>| span.map_or_else(String::new, |span| excerpt(span.of(text)));
    let at = words(place(document, pointed));
    match pointed {
        Pointed::Part(n) => match document.quote().map_or(0, |quote| quote.spans.len()) {
            0 | 1 => format!("content {at}"),
            count => format!("content, part {} of {count}: {at}", n + 1),
        },
        Pointed::Role(QuoteRole::Source) => {
            let speaker = document.quote().and_then(|quote| document.resolved.speakers.get(quote.speaker?));
            format!("source {at} · {}", speaker.map_or("nobody named", |speaker| &speaker.name))
        }
        Pointed::Role(role) => {
            let quote = document.quote();
            let typed = match role {
                QuoteRole::Addressee => quote.and_then(|quote| quote.addressee.as_ref()),
                QuoteRole::Topic => quote.and_then(|quote| quote.topic.as_ref()),
                _ => None,
            };
            let typed = typed.filter(|filled| filled.span.is_none()).map(|filled| excerpt(&filled.words));
            format!("{} {}", role.name(), typed.unwrap_or(at))
        }
        Pointed::Passage(id) => {
            let tags = document.resolved.passages.iter().find(|passage| passage.note == id);
            let tags = tags.map_or_else(String::new, |passage| passage.tags.join(", "));
            format!("passage {at} · {tags}")
        }
    }
}

/// Points at the next tagged passage, around the end; the first is the next behind where the reader is.
pub fn next_passage(state: &mut State) {
    let Some(document) = &state.document else { return };
    let passages = &document.resolved.passages;
    let known = |id| passages.iter().position(|passage| passage.note == id);
    let next = if let Some(Pointed::Passage(id)) = document.pointed {
        known(id).map_or(0, |at| at + 1)
    } else {
        let from = document.quote().map_or(document.clean.top, |quote| quote.hull().start);
        passages.partition_point(|passage| passage.hull().start < from)
    };
    let Some(passage) = passages.get(next).or(passages.first()) else {
        return state.say("no passage is tagged: select text and tag it");
    };
    let id = passage.note;
    point(state, Pointed::Passage(id));
}

/// Selects the next of the quotations that stand at the place of the selected one: those it overlaps, those they
/// overlap, and so on, around the end.
pub fn cycle(state: &mut State) {
    let Some(document) = &state.document else { return };
    let Some(selected) = document.selected else { return state.say("no quotation is selected") };
    let hulls: Vec<Span<Raw>> = document.resolved.quotes.iter().map(|quote| quote.raw_hull()).collect();
    let Some(&own) = hulls.get(selected) else { return };
    let mut place = own;
    // The quotations stand in order, so that a place grows until nothing more touches it.
    loop {
        let wider = hulls.iter().filter(|hull| hull.overlaps(place)).fold(place, |place, &hull| place.hull(hull));
        if wider == place {
            break;
        }
        place = wider;
    }
    let here: Vec<usize> = (0..hulls.len()).filter(|&n| hulls[n].overlaps(place)).collect();
    let at = here.iter().position(|&n| n == selected).unwrap_or(0);
    if here.len() < 2 {
        return state.say("this is the only quotation at this place");
    }
    let next = (at + 1) % here.len();
    reading::select(state, here[next]);
    state.say(format!("quotation {} of {} at this place", next + 1, here.len()));
}

/// Takes off what is pointed at: a part, a role, a passage; else removes or rejects the selected quotation.
pub fn remove(state: &mut State, stamp: Stamp) -> Vec<Effect> {
    let pointed = state.document.as_ref().and_then(|document| document.pointed);
    let parts = state.document.as_ref().and_then(Document::quote).map_or(0, |quote| quote.spans.len());
    let effects = match pointed {
        Some(Pointed::Part(part)) if parts > 1 => {
            review::decide_quote(state, stamp, |desk, n| desk.remove_part(n, part))
        }
        Some(Pointed::Role(role)) => review::decide_quote(state, stamp, |desk, n| desk.clear_role(n, role)),
        Some(Pointed::Passage(id)) => review::decide(state, stamp, |desk| desk.remove_passage(id)),
        _ => return review::decide_quote(state, stamp, |desk, n| desk.remove_quote(n)),
    };
    if let Some(document) = &mut state.document {
        (document.pointed, document.spot) = (None, None);
    }
    effects
}

/// Gives the selected text a role of the selected quotation; where none is selected, the word at the cursor.
pub fn give(state: &mut State, visual: &Visual, role: QuoteRole, stamp: Stamp) -> Vec<Effect> {
    let Some((span, clean)) = stretch(state, visual) else {
        state.say("no text is selected");
        return Vec::new();
    };
    let Some(document) = &state.document else { return Vec::new() };
    if document.selected.is_none() {
        state.say("no quotation is selected: it would be nobody's");
        return Vec::new();
    }
    // A source that is a mention of somebody says who speaks.
    let named = document
        .resolved
        .speakers
        .iter()
        .find(|speaker| speaker.named && speaker.mentions.iter().any(|mention| mention.span.overlaps(clean)));
    let speaker = named.filter(|_| role == QuoteRole::Source).map(|speaker| speaker.name.clone());
    state.mode = Mode::Normal;
    let effects = review::decide_quote(state, stamp, |desk, n| desk.set_role(n, role, &[span], speaker.as_deref()));
    if let Some(document) = state.document.as_mut().filter(|_| !effects.is_empty()) {
        document.pointed = (role != QuoteRole::Content).then_some(Pointed::Role(role));
        document.spot = Some(clean);
    }
    effects
}

/// Returns what is selected, without the spaces around it, in both texts; where nothing is, the word at the cursor.
pub fn stretch(state: &State, visual: &Visual) -> Option<(Span<Raw>, Span<Clean>)> {
    let document = state.document.as_ref()?;
    let analysis = document.analysis.as_ref()?;
    let text = document.text(visual.pane);
    let mut range = visual.range();
    if range.is_empty() {
        range = units::word(text, visual.cursor);
    }
    let words = text.get(range.clone())?;
    let start = range.start + (words.len() - words.trim_start().len());
    let end = start + words.trim().len();
    let (raw, clean) = if visual.pane == Pane::Raw {
        let raw = Span::<Raw>::new(start, end);
        (raw, analysis.clean.map.forward(raw))
    } else {
        let clean = Span::<Clean>::new(start, end);
        (analysis.clean.map.back(clean), clean)
    };
    (start < end && !raw.is_empty()).then_some((raw, clean))
}

/// Opens the list of whom it was said to, or about what, for the selected quotation.
pub fn ask(state: &mut State, role: QuoteRole) {
    let Some(document) = &state.document else { return };
    let Some(quote) = document.quote() else { return state.say("no quotation is selected") };
    let is = |filled: &Option<crate::annotation::Filled>| filled.as_ref().map(|filled| filled.words.clone());
    let (title, new, own) = if role == QuoteRole::Addressee {
        ("To whom was it said?", "somebody else", is(&quote.addressee))
    } else {
        ("About what was it said?", "new topic", is(&quote.topic))
    };
    let mut words: Vec<String> = own.iter().cloned().collect();
    let known = document
        .resolved
        .quotes
        .iter()
        .filter_map(|quote| is(if role == QuoteRole::Addressee { &quote.addressee } else { &quote.topic }));
    let speakers = document.resolved.speakers.iter().map(|speaker| speaker.name.clone());
    let speakers: Vec<String> = if role == QuoteRole::Addressee { speakers.collect() } else { Vec::new() };
    for word in known.chain(speakers) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    let items = words.into_iter().map(|word| {
        let on = Some(&word) == own.as_ref();
        let item = Item::new(Value::Name(word.clone()), word);
        if on { Item { on, ..item.with("enter takes it off") } } else { item }
    });
    let picker = Picker::new(Choice::Fill(role), title, items.collect(), Some(new));
    state.overlays.push(Overlay::Picker(picker));
}

/// Takes what was chosen or typed as an addressee or a topic; what holds already is taken off.
pub fn fill(state: &mut State, stamp: Stamp, role: QuoteRole, item: &Item) -> Vec<Effect> {
    let words = if item.on { "" } else { item.label.as_str() };
    review::decide_quote(state, stamp, |desk, n| desk.fill_role(n, role, words))
}
