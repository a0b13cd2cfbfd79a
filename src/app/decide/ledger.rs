//! The ledger: what cleaning repaired and suspects, class by class; to look at each place, and to leave repairs be.

use crate::annotation::{Anchor, Stamp, Unrepaired};
use crate::app::article::reading;
use crate::app::decide::review;
use crate::app::effect::Effect;
use crate::app::screen::Pane;
use crate::app::state::State;
use crate::app::windows::overlay::Overlay;
use crate::app::windows::picker::{Choice, Item, Picker, Value};
use crate::engine::{Analysis, RepairClass, SuspectClass};
use crate::text::{Clean, Raw, Span, counted, units};

/// Code points of a place that are shown in the list.
const SHOWN: usize = 30;

/// One row of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    /// Repairs of a class.
    Repaired(RepairClass),
    /// Suspect places of a class.
    Suspected(SuspectClass),
    /// Repairs that the reader wants left undone.
    Left,
}

/// Returns all rows in their order.
fn rows() -> Vec<Row> {
    let repaired = RepairClass::ALL.into_iter().map(Row::Repaired);
    repaired.chain(SuspectClass::ALL.into_iter().map(Row::Suspected)).chain([Row::Left]).collect()
}

/// Opens the ledger: a row a class that has something, or is switched off.
pub fn open(state: &mut State) {
    let Some(document) = &state.document else { return };
    let Some(analysis) = &document.analysis else {
        state.say("the article is still being read");
        return;
    };
    let mut items = Vec::new();
    for (n, row) in rows().into_iter().enumerate() {
        let (label, count, off) = match row {
            Row::Repaired(class) => {
                (class.name(), repairs(analysis, class).count(), document.notes.article.unrepaired.has(class))
            }
            Row::Suspected(class) => (class.name(), suspects(analysis, class).count(), false),
            Row::Left => ("left as it was", document.notes.article.unrepaired.places.len(), false),
        };
        let detail = match (row, count) {
            (_, 0) if off => "not repaired: switched off".to_owned(),
            (_, 0) => continue,
            (Row::Repaired(_), n) => counted(n, "repair", "repairs"),
            (Row::Suspected(_), n) => format!("{n} suspect, not changed"),
            (Row::Left, n) => format!("{n} by your wish"),
        };
        items.push(Item {
            on: !off && matches!(row, Row::Repaired(_)),
            ..Item::new(Value::Number(n), label.replace('_', " ")).with(detail)
        });
    }
    if items.is_empty() {
        state.say("nothing was repaired and nothing is suspect");
        return;
    }
    state.overlays.push(Overlay::Picker(Picker::new(Choice::Ledger, "Repairs and suspects", items, None)));
}

/// Opens the list of the places of row number `n`.
pub fn places(state: &mut State, n: usize) {
    let Some(row) = rows().get(n).copied() else { return };
    let Some(document) = &state.document else { return };
    let Some(analysis) = &document.analysis else { return };
    let raw = &document.article.text;
    let clean = &analysis.clean.text;
    let mut items = Vec::new();
    let title = match row {
        Row::Repaired(class) => {
            let off = document.notes.article.unrepaired.has(class);
            let switch = if off { "repair these again" } else { "leave all of these as they were" };
            items.push(Item::new(Value::AsFound, switch));
            items.extend(repairs(analysis, class).enumerate().map(|(k, repair)| {
                let (was, is) = around(raw, repair.raw, clean, repair.clean);
                Item::new(Value::Number(k), was).with(format!("→ {is}"))
            }));
            format!("Repaired: {}", class.name().replace('_', " "))
        }
        Row::Suspected(class) => {
            items.extend(suspects(analysis, class).enumerate().map(|(k, suspect)| {
                let was = excerpt(raw, widened(raw, suspect.raw));
                let guess = suspect.reconstruction.as_deref().map_or(String::new(), |guess| match guess {
                    "" => "may have been put in".to_owned(),
                    guess => format!("perhaps {guess}"),
                });
                Item::new(Value::Number(k), was).with(guess)
            }));
            format!("Suspect: {}", class.name().replace('_', " "))
        }
        Row::Left => {
            items.extend(document.notes.article.unrepaired.places.iter().enumerate().map(|(k, place)| {
                match Unrepaired::locate(document.raw_text(), place) {
                    Some(span) => {
                        Item::new(Value::Number(k), excerpt(raw, widened(raw, span))).with("enter repairs it again")
                    }
                    None => Item::new(Value::Number(k), words(place)).with("no longer in the text; enter forgets it"),
                }
            }));
            "Left as it was".to_owned()
        }
    };
    state.overlays.push(Overlay::Picker(Picker::new(Choice::Places(n), title, items, None)));
}

/// Takes what was chosen among the places of row number `n`: goes there, or switches the class.
pub fn take(state: &mut State, stamp: Stamp, n: usize, value: &Value) -> Vec<Effect> {
    let Some(row) = rows().get(n).copied() else { return Vec::new() };
    let Some(document) = &state.document else { return Vec::new() };
    let Some(analysis) = document.analysis.clone() else { return Vec::new() };
    match (row, value) {
        (Row::Repaired(class), Value::AsFound) => {
            let name = class.name().replace('_', " ");
            let off = document.notes.article.unrepaired.has(class);
            let name = if off { format!("repaired {name} again") } else { format!("left {name} as it was") };
            return review::decide(state, stamp, |desk| desk.set_unrepaired(&name, |left| left.switch(class)));
        }
        (Row::Repaired(class), &Value::Number(k)) => {
            if let Some(repair) = repairs(&analysis, class).nth(k) {
                show(state, &analysis, repair.clean);
                state.say("R leaves this repair as it was");
            }
        }
        (Row::Suspected(class), &Value::Number(k)) => {
            if let Some(suspect) = suspects(&analysis, class).nth(k) {
                show(state, &analysis, suspect.clean);
            }
        }
        (Row::Left, &Value::Number(k)) => {
            let Some(place) = document.notes.article.unrepaired.places.get(k).map(words) else { return Vec::new() };
            let name = format!("repaired “{place}” again");
            return review::decide(state, stamp, |desk| desk.set_unrepaired(&name, |left| drop(left.places.remove(k))));
        }
        _ => {}
    }
    Vec::new()
}

/// Leaves the repairs at the place that is pointed at as they were.
pub fn leave(state: &mut State, stamp: Stamp) -> Vec<Effect> {
    let Some(document) = &state.document else { return Vec::new() };
    let (Some(analysis), Some(spot)) = (document.analysis.clone(), document.spot) else {
        state.say("no repair is pointed at: L lists them");
        return Vec::new();
    };
    let touched = |repair: &&crate::engine::Repair| {
        repair.clean.overlaps(spot) || (repair.clean.is_empty() && spot.covers(repair.clean))
    };
    let places: Vec<Span<Raw>> = analysis.clean.repairs.iter().filter(touched).map(|repair| repair.raw).collect();
    if places.is_empty() {
        state.say("no repair is pointed at: L lists them");
        return Vec::new();
    }
    let name = format!("left “{}” as it was", excerpt(&analysis.clean.text, spot).trim());
    review::decide(state, stamp, |desk| {
        desk.set_unrepaired(&name, |left| places.iter().for_each(|&place| left.leave(desk.raw, place)))
    })
}

/// Returns the words at a place, as they were when the reader left them, with what stood about a mere space.
fn words(place: &Anchor) -> String {
    let exact = place.words();
    let before = place.prefix.rsplit(char::is_whitespace).next().unwrap_or("");
    let behind = place.suffix.split(char::is_whitespace).next().unwrap_or("");
    format!("{before}{exact}{behind}").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Goes to a place of the clean text.
fn show(state: &mut State, analysis: &Analysis, place: Span<Clean>) {
    let spot = widened(&analysis.clean.text, place);
    if let Some(document) = &mut state.document {
        document.spot = Some(spot);
    }
    reading::reveal(state, Pane::Clean, spot.range());
}

fn repairs(analysis: &Analysis, class: RepairClass) -> impl Iterator<Item = &crate::engine::Repair> {
    analysis.clean.repairs.iter().filter(move |repair| repair.class == class)
}

fn suspects(analysis: &Analysis, class: SuspectClass) -> impl Iterator<Item = &crate::engine::Suspect> {
    analysis.clean.suspects.iter().filter(move |suspect| suspect.class == class)
}

/// Returns the words around a place as they were and as they are.
fn around(raw: &str, was: Span<Raw>, clean: &str, is: Span<Clean>) -> (String, String) {
    (excerpt(raw, widened(raw, was)), excerpt(clean, widened(clean, is)))
}

/// Returns `span` with the words it touches, so that a space or nothing at all can be pointed at.
fn widened<S>(text: &str, span: Span<S>) -> Span<S> {
    let start = units::previous_word(text, span.start);
    let end = units::next_word_end(text, span.end);
    Span::new(start.max(span.start.saturating_sub(SHOWN)), end.min(span.end + SHOWN))
}

fn excerpt<S>(text: &str, span: Span<S>) -> String {
    let start = text.floor_char_boundary(span.start);
    let end = text.ceil_char_boundary(span.end.min(text.len()));
    text[start..end].chars().map(|c| if c.is_whitespace() { ' ' } else { c }).take(2 * SHOWN).collect()
}
