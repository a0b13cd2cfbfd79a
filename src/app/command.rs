//! Doing an action: the one place where the names of the table become deeds.

// A method named by its path does not fit every lifetime of a desk.
#![allow(clippy::redundant_closure_for_method_calls)]

use super::action::{ACTIONS, Action, Scope};
use super::article::reading;
use super::article::{marking, parts, time};
use super::articles::{arrive, jumps, library};
use super::book::{book_window, codebook};
use super::compare::comparing;
use super::decide::review;
use super::decide::{cast, history, ledger, memos, passages, reviewing, tags};
use super::effect::Effect;
use super::screen::Pane;
use super::seek::search;
use super::state::State;
use super::windows::overlay::{Ask, MemoOn, Overlay, Pager, Question, Reach};
use super::windows::picker::{Choice, Item, Picker, Value};
use super::{citation, explain, tour};
use crate::annotation::{QuoteRole, Stamp};
use crate::config::Lookup;

/// Does `action`.
pub fn run(state: &mut State, action: Action, stamp: Stamp) -> Vec<Effect> {
    tour::saw(state, action);
    match state.overlays.last() {
        Some(Overlay::Pager(_)) => return in_pager(state, action),
        Some(Overlay::Codebook(_)) => return book_window::run(state, action, stamp),
        Some(Overlay::Found) => return search::in_list(state, action),
        Some(Overlay::Preview(_)) => return passages::in_preview(state, action, stamp),
        Some(Overlay::Compare(_)) => return comparing::run(state, action, stamp),
        Some(_) => return in_overlay(state, action, stamp),
        None => {}
    }
    if reading::is_marking(state)
        && let Some(effects) = marking::run(state, action, stamp)
    {
        return effects;
    }
    if jumps_away(action) {
        arrive::record(state);
    }
    match action {
        Action::Accept => return review::accept(state, stamp),
        Action::Reject => return review::reject(state, stamp),
        Action::Reopen => return review::decide_quote(state, stamp, |desk, n| desk.reopen(n)),
        Action::Remove => return parts::remove(state, stamp),
        Action::Undo | Action::Redo => {
            let back = action == Action::Undo;
            if codebook::is_last_step(state, back) {
                return codebook::travel(state, stamp, back);
            }
            return if back { history::undo(state) } else { history::redo(state) };
        }
        Action::History => history::open(state),
        Action::Compare => {
            let open = state.document.as_ref().filter(|document| document.analysis.is_some());
            let ask = open.map(|document| Effect::Compare(document.entry));
            state.comparing = ask.is_some();
            return ask.into_iter().collect();
        }
        Action::RepeatTag => match state.last_tag.clone() {
            Some(tag) => return review::tag(state, stamp, &tag, false),
            None => tags::ask(state),
        },
        Action::Done => {
            let done = state.document.as_ref().is_some_and(|document| document.notes.article.done);
            return review::decide(state, stamp, |desk| desk.set_done(!done));
        }
        Action::Flag => {
            let flagged = state.document.as_ref().is_some_and(|document| document.notes.article.flagged);
            return review::decide(state, stamp, |desk| desk.set_flagged(!flagged));
        }
        Action::NotAPerson => {
            let chosen = state.document.as_ref().and_then(|document| document.chosen_speaker());
            return review::decide(state, stamp, |desk| desk.not_a_person(chosen?));
        }
        Action::Speaker => review::ask_speaker(state),
        Action::Tag => tags::ask(state),
        Action::TagByKey => tags::ask_key(state),
        Action::Codebook => return codebook::open(state, None),
        Action::Memo => memos::ask_here(state),
        Action::ArticleMemo => memos::ask(state, MemoOn::Article),
        Action::SpeakerMemo => memos::ask_speaker(state),
        Action::ProjectMemo => memos::ask(state, MemoOn::Project),
        Action::MemoList => return memos::list(state),
        Action::Date => review::ask(state, Question::Date),
        Action::ArticleDate => review::ask(state, Question::ArticleDate),
        Action::Merge => review::ask_merge(state),
        Action::Export => review::ask_export(state),
        Action::Rename => {
            if let Some(speaker) = state.document.as_ref().and_then(|document| document.chosen_speaker()) {
                review::ask(state, Question::Rename(speaker));
            }
        }
        Action::Search => search::ask(state, Reach::Text),
        Action::SearchThis => search::this(state),
        Action::FindHere => search::ask(state, Reach::Article),
        Action::FindAll => search::ask(state, Reach::All),
        Action::FoundList => search::again(state),
        Action::NextMatch => search::step(state, true),
        Action::PreviousMatch => search::step(state, false),
        Action::SetMark => jumps::ask(state, Ask::SetMark),
        Action::GoMark => jumps::ask(state, Ask::GoMark),
        Action::MarkList => jumps::list(state),
        Action::JumpBack => return arrive::travel(state, true),
        Action::JumpForward => return arrive::travel(state, false),
        Action::Select => marking::begin_select(state),
        Action::Edges => marking::begin_edges(state),
        Action::TagEvery => review::ask(state, Question::Phrase),
        Action::Addressee => parts::ask(state, QuoteRole::Addressee),
        Action::Topic => parts::ask(state, QuoteRole::Topic),
        Action::Split => cast::ask_split(state),
        Action::Alias => {
            if let Some(speaker) = state.document.as_ref().and_then(|document| document.chosen_speaker()) {
                review::ask(state, Question::Alias(speaker));
            }
        }
        Action::Why => why(state),
        Action::Help => help(state),
        Action::Actions => actions(state),
        Action::Library => library::open(state),
        Action::NextArticle => return step_article(state, true),
        Action::PreviousArticle => return step_article(state, false),
        Action::NextUnfinished => return library::next_unfinished(state, true),
        Action::PreviousUnfinished => return library::next_unfinished(state, false),
        Action::Copy => {
            if let Some(text) = citation::citation(state) {
                state.say("copied the quotation with its citation");
                return vec![Effect::Copy(text)];
            }
            state.say("no quotation is selected");
        }
        Action::Tour => tour::toggle(state),
        Action::Mouse => {
            state.mouse = !state.mouse;
            state.say(if state.mouse { "the mouse is taken" } else { "the mouse is left to the terminal" });
            return vec![Effect::Mouse(state.mouse)];
        }
        Action::Ledger => ledger::open(state),
        Action::LeaveRepair => return ledger::leave(state, stamp),
        Action::Suspend => return vec![Effect::Suspend],
        Action::Quit => return arrive::keep_place(state).into_iter().chain([Effect::Quit]).collect(),
        _ => go(state, action),
    }
    Vec::new()
}

/// Tells whether an action may lead far away: the place before it is kept.
fn jumps_away(action: Action) -> bool {
    matches!(
        action,
        Action::First
            | Action::Last
            | Action::NextOpen
            | Action::LeastSure
            | Action::NextMatch
            | Action::PreviousMatch
            | Action::SearchThis
    )
}

/// Does an action that only moves or shows.
fn go(state: &mut State, action: Action) {
    match (action, state.focus) {
        (Action::NextQuote, _) => reading::step_quote(state, true),
        (Action::PreviousQuote, _) => reading::step_quote(state, false),
        (Action::NextRole, _) => parts::step(state, true),
        (Action::PreviousRole, _) => parts::step(state, false),
        (Action::CycleQuote, _) => parts::cycle(state),
        (Action::NextPassage, _) => parts::next_passage(state),
        (Action::OnlyOpen, _) => reviewing::only_open(state),
        (Action::OnlySpeaker, _) => reviewing::only_speaker(state),
        (Action::LeastSureFirst, _) => reviewing::least_sure_first(state),
        (Action::EveryQuote, _) => reviewing::everything(state),
        (Action::NextOpen | Action::LeastSure, _) => {
            let next = action == Action::NextOpen;
            let any = if next { reading::next_open(state) } else { reading::least_sure(state) };
            if !any {
                state.say("every quotation is decided");
            }
        }
        (Action::Down, Pane::Speakers) => reading::step_speaker(state, 1),
        (Action::Up, Pane::Speakers) => reading::step_speaker(state, -1),
        (Action::Down, Pane::Timeline) => time::step_lane(state, true),
        (Action::Up, Pane::Timeline) => time::step_lane(state, false),
        (Action::Right, Pane::Timeline) => time::step_time(state, true),
        (Action::Left, Pane::Timeline) => time::step_time(state, false),
        (Action::ZoomIn, _) => time::zoom(state, 1),
        (Action::ZoomOut, _) => time::zoom(state, -1),
        (Action::ZoomAll, _) => time::zoom(state, i8::MIN),
        (Action::PanLeft, _) => time::pan(state, false),
        (Action::PanRight, _) => time::pan(state, true),
        (Action::Order, _) => time::order(state),
        (Action::SentenceRight, _) => reading::step_sentence(state, true),
        (Action::SentenceLeft, _) => reading::step_sentence(state, false),
        (Action::Down | Action::ScrollDown, _) => reading::scroll(state, 1),
        (Action::Up | Action::ScrollUp, _) => reading::scroll(state, -1),
        (Action::PageDown, _) => reading::page(state, 1, 1),
        (Action::PageUp, _) => reading::page(state, -1, 1),
        (Action::HalfPageDown, _) => reading::page(state, 1, 2),
        (Action::HalfPageUp, _) => reading::page(state, -1, 2),
        (Action::First, _) => reading::extreme(state, false),
        (Action::Last, _) => reading::extreme(state, true),
        (Action::Open, _) => reading::open_speaker(state, true),
        (Action::Close, _) => reading::open_speaker(state, false),
        (Action::NextPane, _) => turn(state, 1),
        (Action::PreviousPane, _) => turn(state, 3),
        (Action::PaneRaw, _) => reading::focus(state, Pane::Raw),
        (Action::PaneClean, _) => reading::focus(state, Pane::Clean),
        (Action::PaneSpeakers, _) => reading::focus(state, Pane::Speakers),
        (Action::PaneTimeline, _) => reading::focus(state, Pane::Timeline),
        (Action::Zoom, _) => state.zoom = !state.zoom,
        _ => {}
    }
}

fn turn(state: &mut State, by: usize) {
    let pane = Pane::ALL[(state.focus.index() + by) % 4];
    reading::focus(state, pane);
}

fn why(state: &mut State) {
    let Some(document) = &state.document else { return };
    let Some(lines) = explain::why(document) else { return state.say("no quotation is selected") };
    state.overlays.push(Overlay::Pager(Pager { title: "Why?".to_owned(), lines, top: 0, rows: 0 }));
}

fn help(state: &mut State) {
    let lines = explain::help(state, state.scopes());
    state.overlays.push(Overlay::Pager(Pager { title: "Keys".to_owned(), lines, top: 0, rows: 0 }));
}

fn actions(state: &mut State) {
    let scopes = state.scopes();
    let items = ACTIONS.iter().enumerate().filter(|(_, info)| info.scopes.iter().any(|scope| scopes.contains(scope)));
    let items = items.map(|(n, info)| {
        let keys = state.keys_of(scopes, info.action).unwrap_or_default();
        Item::new(Value::Number(n), info.about).with(keys)
    });
    let picker = Picker::new(Choice::Action, "What to do?", items.collect(), None);
    state.overlays.push(Overlay::Picker(picker));
}

fn step_article(state: &mut State, forward: bool) -> Vec<Effect> {
    let Some(current) = state.opening.or(state.document.as_ref().map(|document| document.entry)) else {
        return Vec::new();
    };
    let next = if forward { current + 1 } else { current.wrapping_sub(1) };
    if next >= state.entries.len() {
        state.say(if forward { "this is the last article" } else { "this is the first article" });
        return Vec::new();
    }
    arrive::open(state, next)
}

/// Does what a key means in a window that is read. What means nothing there closes it and is done below.
fn in_pager(state: &mut State, action: Action) -> Vec<Effect> {
    let height = usize::from(state.screen.overlay.height).max(1);
    let Some(Overlay::Pager(pager)) = state.overlays.last_mut() else { return Vec::new() };
    let most = pager.rows.saturating_sub(height);
    pager.top = match action {
        Action::Down => pager.top + 1,
        Action::Up => pager.top.saturating_sub(1),
        Action::PageDown => pager.top + height,
        Action::PageUp => pager.top.saturating_sub(height),
        Action::HalfPageDown => pager.top + height / 2,
        Action::HalfPageUp => pager.top.saturating_sub(height / 2),
        Action::First => 0,
        Action::Last => most,
        _ => {
            state.overlays.pop();
            return Vec::new();
        }
    }
    .min(most);
    Vec::new()
}

/// Does what a key means in a list, a line or a memo.
fn in_overlay(state: &mut State, action: Action, stamp: Stamp) -> Vec<Effect> {
    let height = isize::try_from(state.screen.overlay.height).unwrap_or(1).max(2) - 1;
    match (action, state.overlays.last_mut()) {
        (Action::Down, Some(Overlay::Picker(picker))) => picker.step(1, true),
        (Action::Up, Some(Overlay::Picker(picker))) => picker.step(-1, true),
        (Action::PageDown, Some(Overlay::Picker(picker))) => picker.step(height, false),
        (Action::PageUp, Some(Overlay::Picker(picker))) => picker.step(-height, false),
        (Action::SortList | Action::HideDone, _) => library::arrange(state, action),
        (Action::Confirm | Action::KeepMemo, _) => return confirm(state, stamp),
        (Action::OtherKind, _) => search::turn(state),
        (Action::Cancel, _) => {
            state.overlays.pop();
        }
        _ => {}
    }
    Vec::new()
}

/// Takes what was chosen or typed.
fn confirm(state: &mut State, stamp: Stamp) -> Vec<Effect> {
    match state.overlays.pop() {
        Some(Overlay::Picker(picker)) => {
            if let Some(n) = picker.number() {
                let steps = picker.choice == Choice::History;
                return if steps { history::go_to(state, n) } else { arrive::open(state, n) };
            }
            let Some(item) = picker.chosen() else { return Vec::new() };
            match (picker.choice, &item.value) {
                (Choice::Action, &Value::Number(n)) => run(state, ACTIONS[n].action, stamp),
                (Choice::Coder, &Value::Number(n)) => {
                    comparing::begin(state, n);
                    Vec::new()
                }
                (Choice::Ledger, &Value::Number(n)) => {
                    ledger::places(state, n);
                    Vec::new()
                }
                (Choice::Places(row), value) => {
                    arrive::record(state);
                    ledger::take(state, stamp, row, value)
                }
                (Choice::Mark, Value::Name(letter)) => {
                    letter.chars().next().map_or_else(Vec::new, |letter| jumps::go(state, letter))
                }
                (Choice::Memos, &Value::Number(n)) => memos::take(state, n),
                (Choice::MergeTag(_) | Choice::MoveTag(_) | Choice::TagRoles(_) | Choice::SplitTag(_), _) => {
                    book_window::choose(state, stamp, &picker, item)
                }
                (Choice::Stretch | Choice::Every, _) => passages::take(state, stamp, picker.choice, &item.label),
                (Choice::Fill(role), _) => parts::fill(state, stamp, role, item),
                (Choice::Form(speaker), _) => {
                    cast::take_form(state, speaker, &item.label);
                    Vec::new()
                }
                (Choice::Split(speaker), _) => cast::split(state, stamp, speaker, &item.label),
                (choice, _) => review::take(state, stamp, choice, item),
            }
        }
        Some(Overlay::Prompt(prompt)) => {
            let text = prompt.line.text().trim().to_owned();
            match prompt.question {
                Question::Search(..) => search::take(state, prompt),
                Question::Book(_) => book_window::take(state, stamp, prompt),
                Question::Rename(n) => review::decide(state, stamp, |desk| desk.rename_speaker(n, &text)),
                Question::Alias(n) => review::decide(state, stamp, |desk| desk.add_alias(n, &text)),
                Question::Phrase => {
                    passages::ask_every(state, &text);
                    Vec::new()
                }
                Question::Date | Question::ArticleDate => {
                    let effects = review::take_date(state, stamp, &text, prompt.question == Question::ArticleDate);
                    if state.message.as_ref().is_some_and(|message| message.error) && prompt.wrong {
                        // What was typed stays, to be mended.
                        state.overlays.push(Overlay::Prompt(prompt));
                    }
                    effects
                }
            }
        }
        Some(Overlay::Memo(memo)) => memos::keep(state, stamp, &memo),
        _ => Vec::new(),
    }
}

/// Returns the action that `keys` mean in `scopes`, if they mean one.
pub fn meaning(state: &State, scopes: &[Scope], keys: &[crate::config::Key]) -> Option<Action> {
    match state.lookup(scopes, keys) {
        Lookup::Action(name) => Action::from_name(name),
        _ => None,
    }
}
