//! What keys do while text is selected or edges are moved.

use crate::annotation::{QuoteRole, Stamp};
use crate::app::action::Action;
use crate::app::article::document::Document;
use crate::app::article::select::{Edges, Pointed, Visual};
use crate::app::article::{parts, reading};
use crate::app::decide::{passages, review};
use crate::app::effect::Effect;
use crate::app::screen::Pane;
use crate::app::state::{Mode, State};
use crate::text::{Clean, Raw, Span, units};
use std::ops::Range;

/// Does `action` where it belongs to marking; `None` where the panes are to do it. Moving edges ends with any action
/// that does not move one, and the edges are kept.
pub fn run(state: &mut State, action: Action, stamp: Stamp) -> Option<Vec<Effect>> {
    match state.mode {
        Mode::Visual(_) => in_visual(state, action, stamp),
        Mode::Edges(_) => in_edges(state, action, stamp),
        Mode::Normal => None,
    }
}

fn in_visual(state: &mut State, action: Action, stamp: Stamp) -> Option<Vec<Effect>> {
    let Mode::Visual(mut visual) = state.mode.clone() else { return None };
    let text = state.document.as_ref()?.text(visual.pane);
    match action {
        Action::Cancel => {
            state.mode = Mode::Normal;
            return Some(Vec::new());
        }
        Action::MakeQuote => return Some(make_quote(state, &visual, stamp)),
        Action::AddPart => return Some(parts::give(state, &visual, QuoteRole::Content, stamp)),
        Action::MakeCue => return Some(parts::give(state, &visual, QuoteRole::Cue, stamp)),
        Action::MakeSource => return Some(parts::give(state, &visual, QuoteRole::Source, stamp)),
        Action::MakeAddressee => return Some(parts::give(state, &visual, QuoteRole::Addressee, stamp)),
        Action::MakeTopic => return Some(parts::give(state, &visual, QuoteRole::Topic, stamp)),
        Action::TagStretch | Action::TagEvery => {
            passages::ask(state, &visual, action == Action::TagEvery);
            return Some(Vec::new());
        }
        Action::TakeQuote => {
            if let Some(range) = quote_around(state, &visual) {
                visual.take(range);
            }
        }
        Action::Copy => {
            let words = text.get(visual.range()).unwrap_or("").to_owned();
            if words.is_empty() {
                state.say("no text is selected");
                return Some(Vec::new());
            }
            state.mode = Mode::Normal;
            state.say("copied the selected text");
            return Some(vec![Effect::Copy(words)]);
        }
        Action::Select => visual.anchor = Some(visual.cursor),
        Action::Down | Action::Up => {
            visual.cursor = row_step(state, &visual, action == Action::Down);
        }
        _ if visual.act(text, action) => {}
        _ => return None,
    }
    let (pane, cursor) = (visual.pane, visual.cursor);
    state.mode = Mode::Visual(visual);
    reading::reveal(state, pane, cursor..cursor);
    Some(Vec::new())
}

/// Makes the selected text a quotation; where none is selected, what stands in marks around the cursor.
fn make_quote(state: &mut State, visual: &Visual, stamp: Stamp) -> Vec<Effect> {
    let Some(document) = &state.document else { return Vec::new() };
    let text = document.text(visual.pane);
    let mut range = visual.range();
    if range.is_empty() {
        range = units::quoted(text, visual.cursor).unwrap_or(range);
    }
    let range = trimmed(text, range);
    let span = match (visual.pane, &document.analysis) {
        (Pane::Raw, _) => Span::<Raw>::new(range.start, range.end),
        (_, Some(analysis)) => analysis.clean.map.back(Span::<Clean>::new(range.start, range.end)),
        (_, None) => return Vec::new(),
    };
    if span.is_empty() {
        state.say("no text is selected, and no quotation marks stand around the cursor");
        return Vec::new();
    }
    state.mode = Mode::Normal;
    review::add_quote(state, stamp, &[span])
}

fn in_edges(state: &mut State, action: Action, stamp: Stamp) -> Option<Vec<Effect>> {
    let Mode::Edges(mut edges) = state.mode.clone() else { return None };
    let text = state.document.as_ref()?.text(Pane::Clean);
    if action == Action::Cancel {
        state.mode = Mode::Normal;
        state.say("the edges are as they were");
        return Some(Vec::new());
    }
    if action == Action::DropPart && edges.parts.len() < 2 {
        state.say("this is the only part");
        return Some(Vec::new());
    }
    if edges.act(text, action) {
        let cursor = edges.cursor();
        state.mode = Mode::Edges(edges);
        reading::reveal(state, Pane::Clean, cursor..cursor);
        return Some(Vec::new());
    }
    if action == Action::Help {
        return None;
    }
    Some(keep_edges(state, stamp))
}

/// Keeps the edges as they are now.
pub fn keep_edges(state: &mut State, stamp: Stamp) -> Vec<Effect> {
    let Mode::Edges(edges) = std::mem::take(&mut state.mode) else { return Vec::new() };
    let Some(document) = &state.document else { return Vec::new() };
    let Some(analysis) = &document.analysis else { return Vec::new() };
    if stretches(document, edges.quote, edges.what) == edges.parts {
        return Vec::new();
    }
    let text = document.text(Pane::Clean);
    let spans: Vec<Span<Raw>> = edges
        .parts
        .iter()
        .map(|part| trimmed(text, part.clone()))
        .map(|part| analysis.clean.map.back(Span::new(part.start, part.end)))
        .collect();
    if let Some(document) = &mut state.document {
        document.spot = None;
    }
    match edges.what {
        Pointed::Part(_) => review::decide(state, stamp, |desk| desk.move_edges(edges.quote, &spans)),
        Pointed::Role(role) => review::decide(state, stamp, |desk| desk.set_role(edges.quote, role, &spans, None)),
        Pointed::Passage(id) => review::decide(state, stamp, |desk| desk.move_passage(id, *spans.first()?)),
    }
}

/// Begins to move the edges of what is pointed at, else of the selected quotation: first the end of its last part.
pub fn begin_edges(state: &mut State) {
    let Some(document) = &state.document else { return };
    let quote = document.selected.unwrap_or(0);
    let wanted = document.pointed.filter(|&pointed| !stretches(document, quote, pointed).is_empty());
    let what = wanted.unwrap_or(Pointed::Part(usize::MAX));
    let parts = stretches(document, quote, what);
    if parts.is_empty() || (document.selected.is_none() && !matches!(what, Pointed::Passage(_))) {
        return state.say("no quotation is selected");
    }
    let last = parts.len() - 1;
    let part = if let Pointed::Part(n) = what { n.min(last) } else { last };
    let cursor = parts[part].clone();
    state.mode = Mode::Edges(Edges { quote, what, parts, part, end: true });
    reading::focus(state, Pane::Clean);
    reading::reveal(state, Pane::Clean, cursor);
}

/// Returns the stretches whose edges can be moved: all parts of a quotation, or the one of a role or a passage.
fn stretches(document: &Document, quote: usize, what: Pointed) -> Vec<Range<usize>> {
    let Some(quote) = document.resolved.quotes.get(quote) else { return Vec::new() };
    match what {
        Pointed::Part(_) => quote.spans.iter().map(|span| span.range()).collect(),
        Pointed::Role(role) => parts::place_of(quote, role).map(Span::range).into_iter().collect(),
        Pointed::Passage(_) => parts::place(document, what).map(Span::range).into_iter().collect(),
    }
}

/// Begins to select text where the reader looks: at a match, at the quotation, else at the top of what is seen.
pub fn begin_select(state: &mut State) {
    let pane = state.lead;
    let Some(document) = state.document.as_ref().filter(|document| document.analysis.is_some()) else { return };
    let rows = &document.place(pane).rows;
    let view = rows.first().map_or(0, |row| row.start)..rows.last().map_or(0, |row| row.end);
    let found = document.found.as_ref().filter(|found| found.pane == pane).map(|found| found.place().start);
    let quote = document.selected.and_then(|n| document.hull(pane, n)).map(|hull| hull.start);
    let cursor = found.into_iter().chain(quote).find(|at| view.contains(at)).unwrap_or(view.start);
    state.focus = pane;
    state.mode = Mode::Visual(Visual { pane, cursor, anchor: None });
}

/// Returns the quotation around the cursor, from its first to its last part; where that is selected already, the one
/// around it; where none is around, the selected quotation.
fn quote_around(state: &State, visual: &Visual) -> Option<Range<usize>> {
    let document = state.document.as_ref()?;
    let range = visual.range();
    let at = if range.is_empty() { visual.cursor } else { range.start };
    let hulls = (0..document.resolved.quotes.len()).filter_map(|n| document.hull(visual.pane, n));
    let around = hulls.filter(|hull| hull.contains(&at) && hull.end >= range.end && *hull != range);
    around.min_by_key(ExactSizeIterator::len).or_else(|| document.hull(visual.pane, document.selected?))
}

/// Returns the byte a row below the cursor or above it, at the same column.
fn row_step(state: &State, visual: &Visual, down: bool) -> usize {
    let Some(document) = &state.document else { return visual.cursor };
    let width = usize::from(state.screen.panes[visual.pane.index()].width.saturating_sub(document.gutter()));
    if width == 0 {
        return visual.cursor;
    }
    let wrap = document.wrap(visual.pane, width);
    let rows = wrap.rows_from(visual.cursor, 2);
    let Some(row) = rows.first() else { return visual.cursor };
    let column = column(document.text(visual.pane), row, visual.cursor);
    let target = if down { rows.get(1).cloned() } else { wrap.rows_before(visual.cursor, 1).pop() };
    target.map_or(visual.cursor, |row| byte_at(document.text(visual.pane), &row, column))
}

/// Returns the cell of byte `at` in the row `row`, counted from its beginning.
pub fn column(text: &str, row: &Range<usize>, at: usize) -> usize {
    crate::text::cells::clusters(text, row.start..at.clamp(row.start, row.end)).map(|cluster| cluster.width).sum()
}

/// Returns the byte at cell `column` of the row `row`, or its last cluster.
pub fn byte_at(text: &str, row: &Range<usize>, column: usize) -> usize {
    let mut cells = 0;
    let mut last = row.start;
    for cluster in crate::text::cells::clusters(text, row.clone()) {
        last = cluster.start;
        cells += cluster.width;
        if cells > column {
            break;
        }
    }
    last
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = text.get(range.clone()).unwrap_or("");
    let start = range.start + (words.len() - words.trim_start().len());
    start..start + words.trim().len()
}
