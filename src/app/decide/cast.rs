//! Taking mentions out of a speaker: the chosen one, or all that bear one name, with the quotations they are the source of.

// A method named by its path does not fit every lifetime of a desk.
#![allow(clippy::redundant_closure_for_method_calls)]

use crate::annotation::Stamp;
use crate::app::article::document::{Document, SpeakerRow};
use crate::app::decide::review;
use crate::app::effect::Effect;
use crate::app::screen::Pane;
use crate::app::state::State;
use crate::app::windows::overlay::Overlay;
use crate::app::windows::picker::{Choice, Item, Picker, Value};
use crate::text::{Clean, Raw, Span, counted};

/// Asks what of the chosen speaker is somebody else's: a mention that is chosen, else all of one name.
pub fn ask_split(state: &mut State) {
    let Some(document) = &state.document else { return };
    match document.speaker_row(document.speakers.row) {
        Some(SpeakerRow::Mention(speaker, n)) => {
            let mention = document.resolved.speakers.get(speaker).and_then(|speaker| speaker.mentions.get(n));
            let Some(span) = mention.map(|mention| mention.span) else { return };
            ask_whose(state, speaker, vec![span]);
        }
        Some(SpeakerRow::Speaker(speaker)) => {
            let forms = forms(document, speaker);
            if forms.len() < 2 {
                return state.say("it goes by one name only: open it and choose a mention");
            }
            let title = format!("Which name is not {}?", document.resolved.speakers[speaker].name);
            let items = forms.into_iter().map(|(form, count)| {
                let detail = counted(count, "mention", "mentions");
                Item::new(Value::Name(form.clone()), form).with(detail)
            });
            let picker = Picker::new(Choice::Form(speaker), title, items.collect(), None);
            state.overlays.push(Overlay::Picker(picker));
        }
        None => {}
    }
}

/// Takes the name that is somebody else's, and asks whose it is.
pub fn take_form(state: &mut State, speaker: usize, form: &str) {
    let Some(document) = &state.document else { return };
    let Some(seen) = document.resolved.speakers.get(speaker) else { return };
    let text = document.text(Pane::Clean);
    let spans = seen.mentions.iter().map(|mention| mention.span).filter(|span| span.of(text) == form).collect();
    ask_whose(state, speaker, spans);
}

fn ask_whose(state: &mut State, speaker: usize, spans: Vec<Span<Clean>>) {
    let Some(document) = &state.document else { return };
    let words = spans.first().map_or("", |span| span.of(document.text(Pane::Clean)));
    let title = match spans.len() {
        1 => format!("Who is this “{words}”?"),
        count => format!("Who is “{words}” ({count} mentions)?"),
    };
    let others = document.resolved.speakers.iter().enumerate().filter(|&(n, _)| n != speaker);
    let items = others.map(|(n, other)| {
        let item = Item::new(Value::Name(other.name.clone()), &other.name).with(other.aliases.join(" · "));
        Item { colour: document.colours.get(n).copied(), ..item }
    });
    let picker = Picker::new(Choice::Split(speaker), title, items.collect(), Some("new speaker"));
    state.stretches = spans;
    state.overlays.push(Overlay::Picker(picker));
}

/// Gives the mentions to whoever was chosen or typed.
pub fn split(state: &mut State, stamp: Stamp, speaker: usize, name: &str) -> Vec<Effect> {
    let spans = std::mem::take(&mut state.stretches);
    let Some(document) = &state.document else { return Vec::new() };
    let Some(analysis) = &document.analysis else { return Vec::new() };
    let text = &document.article.text;
    let raw: Vec<Span<Raw>> = spans.iter().map(|&span| analysis.clean.raw_span(span, text)).collect();
    let quotes = document.resolved.quotes.iter().enumerate().filter(|(_, quote)| {
        quote.speaker == Some(speaker)
            && quote.mention.is_some_and(|mention| spans.iter().any(|span| span.overlaps(mention)))
    });
    let quotes: Vec<usize> = quotes.map(|(n, _)| n).collect();
    review::decide(state, stamp, |desk| desk.split_speaker(speaker, &raw, &quotes, name))
}

/// Returns the names under which a speaker is mentioned, each with how often, the commonest first.
fn forms(document: &Document, speaker: usize) -> Vec<(String, usize)> {
    let text = document.text(Pane::Clean);
    let mut out: Vec<(String, usize)> = Vec::new();
    for mention in document.resolved.speakers.get(speaker).map_or(&[][..], |speaker| &speaker.mentions) {
        let form = mention.span.of(text);
        match out.iter_mut().find(|(known, _)| known == form) {
            Some((_, count)) => *count += 1,
            None => out.push((form.to_owned(), 1)),
        }
    }
    out.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    out
}
