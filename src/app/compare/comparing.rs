//! Walking through what two coders see differently, and taking over either side, each time as one named step.

use crate::annotation::compare::{Side, compare};
use crate::annotation::{Annotations, Edit, Stamp, Step};
use crate::app::action::Action;
use crate::app::article::reading;
use crate::app::compare::comparison::Comparison;
use crate::app::decide::{history, review};
use crate::app::effect::Effect;
use crate::app::explain;
use crate::app::screen::{Pane, Shape};
use crate::app::state::State;
use crate::app::windows::overlay::{Overlay, Pager};
use crate::app::windows::picker::{Choice, Item, Picker, Value};
use crate::text::Span;
use crate::text::counted;

/// By how many words an edge may be off and still count as the same, as in `whosaid agree`.
const TOLERANCE: usize = 1;

/// Takes in the notes of the other coders: compares with the only one, or asks with which.
pub fn others(state: &mut State, entry: usize, others: Vec<(String, Annotations)>) {
    let Some(document) = state.document.as_ref().filter(|document| document.entry == entry) else { return };
    let mine = &document.notes;
    let found: Vec<usize> = others.iter().map(|(_, theirs)| compare(mine, theirs, TOLERANCE).len()).collect();
    match (others.len(), found.first()) {
        (0, _) => state.say("no other coder has notes on this article"),
        (1, Some(0)) => state.say(format!("no disagreement with {}", others[0].0)),
        (1, _) => {
            state.others = others;
            begin(state, 0);
        }
        _ => {
            let items = others.iter().zip(found).enumerate().map(|(n, ((coder, _), count))| {
                let detail = counted(count, "disagreement", "disagreements");
                Item::new(Value::Number(n), coder).with(detail)
            });
            let picker = Picker::new(Choice::Coder, "Compare with whom?", items.collect(), None);
            state.others = others;
            state.overlays.push(Overlay::Picker(picker));
        }
    }
}

/// Begins the walk with coder number `n` of the others.
pub fn begin(state: &mut State, n: usize) {
    let Some((coder, theirs)) = state.others.get(n).cloned() else { return };
    let Some(document) = &state.document else { return };
    let list = compare(&document.notes, &theirs, TOLERANCE);
    if list.is_empty() {
        return state.say(format!("no disagreement with {coder}"));
    }
    let comparison = Comparison { coder, theirs, list, at: 0, made: Vec::new(), unmade: Vec::new(), writing: false };
    state.overlays.push(Overlay::Compare(Box::new(comparison)));
    show(state);
}

/// Does what a key means in the comparison.
pub fn run(state: &mut State, action: Action, stamp: Stamp) -> Vec<Effect> {
    let Some(Overlay::Compare(comparison)) = state.overlays.last_mut() else { return Vec::new() };
    let last = comparison.list.len().saturating_sub(1);
    let at = comparison.at;
    match action {
        Action::NextDisagreement if at == last => state.say("this is the last disagreement"),
        Action::PreviousDisagreement if at == 0 => state.say("this is the first disagreement"),
        Action::NextDisagreement => comparison.at += 1,
        Action::PreviousDisagreement => comparison.at -= 1,
        Action::First => comparison.at = 0,
        Action::Last => comparison.at = last,
        Action::AdoptTheirs => return adopt(state, Side::Second, stamp),
        Action::AdoptMine => return adopt(state, Side::First, stamp),
        Action::Undo => return travel(state, true),
        Action::Redo => return travel(state, false),
        Action::Help => {
            let lines = explain::help(state, state.scopes());
            state.overlays.push(Overlay::Pager(Pager { title: "Keys".to_owned(), lines, top: 0, rows: 0 }));
            return Vec::new();
        }
        _ => {
            state.overlays.pop();
            return Vec::new();
        }
    }
    show(state);
    Vec::new()
}

/// Makes one coder follow the other in the disagreement that is looked at.
fn adopt(state: &mut State, side: Side, stamp: Stamp) -> Vec<Effect> {
    let Some((Overlay::Compare(comparison), document)) = state.overlays.last().zip(state.document.as_ref()) else {
        return Vec::new();
    };
    let Some(disagreement) = comparison.list.get(comparison.at) else {
        state.say("nothing is left to decide");
        return Vec::new();
    };
    let Some(edit) = disagreement.adopt(side, [&document.notes, &comparison.theirs], stamp) else {
        state.say("there is nothing to take over");
        return Vec::new();
    };
    if side == Side::Second {
        let effects = review::decide(state, stamp, |_| Some(edit.clone()));
        if !effects.is_empty() {
            settled(state, Side::First, Step::Make(edit));
        }
        return effects;
    }
    ask(state, Step::Make(edit.clone()), edit)
}

/// Asks for a step on the other coder's notes.
fn ask(state: &mut State, step: Step, edit: Edit) -> Vec<Effect> {
    let entry = state.document.as_ref().map_or(0, |document| document.entry);
    let Some(Overlay::Compare(comparison)) = state.overlays.last_mut() else { return Vec::new() };
    if comparison.writing {
        let text = format!("the notes of {} are still being written", comparison.coder);
        state.say(text);
        return Vec::new();
    }
    comparison.writing = true;
    vec![Effect::Amend { entry, coder: comparison.coder.clone(), step, edit: Box::new(edit) }]
}

/// Takes in that a step on the other coder's notes was made, or could not be.
pub fn amended(state: &mut State, step: Step, edit: Edit, result: Result<Annotations, String>) {
    let Some(Overlay::Compare(comparison)) = state.overlays.iter_mut().rev().find(|o| matches!(o, Overlay::Compare(_)))
    else {
        return;
    };
    comparison.writing = false;
    match result {
        Ok(notes) => {
            comparison.theirs = notes;
            let word = match step {
                Step::Make(_) => "",
                Step::Undo => "undone: ",
                Step::Redo => "done again: ",
            };
            let text = format!("{}: {word}{}", comparison.coder, edit.name);
            if let Step::Make(_) = step {
                settled(state, Side::Second, Step::Make(edit));
            } else {
                settled(state, Side::Second, step);
            }
            state.say(text);
        }
        Err(reason) => state.warn(reason),
    }
}

/// Undoes what was taken over last, on whichever side that was, or redoes it.
fn travel(state: &mut State, back: bool) -> Vec<Effect> {
    let Some(Overlay::Compare(comparison)) = state.overlays.last() else { return Vec::new() };
    let last = if back { comparison.made.last() } else { comparison.unmade.last() };
    let Some((side, edit)) = last.cloned() else {
        state.say(if back { "nothing was taken over here yet" } else { "nothing to redo" });
        return Vec::new();
    };
    let step = if back { Step::Undo } else { Step::Redo };
    if side == Side::Second {
        return ask(state, step, edit);
    }
    let effects = history::travel(state, back, false);
    if !effects.is_empty() {
        settled(state, Side::First, step);
    }
    effects
}

/// Remembers a step and looks anew at what differs.
fn settled(state: &mut State, side: Side, step: Step) {
    let Some(document) = &state.document else { return };
    let Some(Overlay::Compare(comparison)) = state.overlays.iter_mut().rev().find(|o| matches!(o, Overlay::Compare(_)))
    else {
        return;
    };
    match step {
        Step::Make(edit) => {
            comparison.made.push((side, edit));
            comparison.unmade.clear();
        }
        Step::Undo => comparison.unmade.extend(comparison.made.pop()),
        Step::Redo => comparison.made.extend(comparison.unmade.pop()),
    }
    comparison.list = compare(&document.notes, &comparison.theirs, TOLERANCE);
    comparison.at = comparison.at.min(comparison.list.len().saturating_sub(1));
    let said = state.message.take();
    show(state);
    state.message = said;
}

/// Shows the place of the disagreement in the texts.
fn show(state: &mut State) {
    let (lead, single) = (state.lead, state.screen.shape == Shape::Single);
    let Some(Overlay::Compare(comparison)) = state.overlays.last() else { return };
    let (Some(document), Some(disagreement)) = (&mut state.document, comparison.list.get(comparison.at)) else {
        return;
    };
    let notes = [&document.notes, &comparison.theirs];
    let raw = document.raw_text();
    let anchors = [Side::First, Side::Second].map(|side| disagreement.anchor(side, notes[side as usize]));
    let spans = anchors.into_iter().flatten().filter_map(|anchor| raw.locate(anchor)).flatten();
    let Some(hull) = crate::text::span::hull(&spans.collect::<Vec<Span<_>>>()) else { return };
    let Some(analysis) = document.analysis.clone() else { return };
    let selected = document.resolved.quotes.iter().position(|quote| quote.raw_hull().overlaps(hull));
    document.selected = selected.or(document.selected);
    document.spot = Some(analysis.clean.map.forward(hull));
    if single {
        // The window would hide it further below.
        let at = if lead == Pane::Raw { hull.start } else { document.carry(Pane::Raw, hull.start) };
        document.place_mut(lead).top = at;
        document.place_mut(lead).reveal = None;
    } else {
        reading::reveal(state, Pane::Raw, hull.range());
    }
}
