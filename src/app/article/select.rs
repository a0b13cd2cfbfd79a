//! Selecting text and moving the edges of a quotation: a cursor between graphemes, and the units it moves by.

use crate::annotation::{NoteId, QuoteRole};
use crate::app::action::Action;
use crate::app::screen::Pane;
use crate::text::units;
use std::ops::Range;

/// Text being selected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visual {
    /// In which text.
    pub pane: Pane,
    /// The cursor: it stands before this byte.
    pub cursor: usize,
    /// Where the selection began, once it has.
    pub anchor: Option<usize>,
}

impl Visual {
    /// Returns the bytes that are selected; empty before the selection has begun.
    pub fn range(&self) -> Range<usize> {
        let anchor = self.anchor.unwrap_or(self.cursor);
        anchor.min(self.cursor)..anchor.max(self.cursor)
    }

    /// Selects `range`, the cursor behind it.
    pub fn take(&mut self, range: Range<usize>) {
        self.anchor = Some(range.start);
        self.cursor = range.end;
    }

    /// Moves the cursor or takes a unit; false where `action` is neither.
    pub fn act(&mut self, text: &str, action: Action) -> bool {
        let at = self.cursor;
        // Behind the anchor words are taken up to their ends, before it from their beginnings.
        let forward = self.anchor.is_some_and(|anchor| at >= anchor);
        match action {
            Action::TakeWord => self.take(units::word(text, self.looked_at(text))),
            Action::TakeSentence => self.take(units::sentence(text, self.looked_at(text))),
            Action::TakeParagraph => self.take(units::paragraph(text, self.looked_at(text))),
            Action::TakeMarks => {
                let Some(range) = wider(text, &self.range(), self.looked_at(text)) else { return true };
                self.take(range);
            }
            Action::OtherEnd => {
                if let Some(anchor) = self.anchor {
                    (self.anchor, self.cursor) = (Some(at), anchor);
                }
            }
            Action::First => self.cursor = 0,
            Action::Last => self.cursor = text.len(),
            _ => match step(text, at, action, forward) {
                Some(to) => self.cursor = to,
                None => return false,
            },
        }
        true
    }

    /// Returns the byte the cursor is at: behind a selection, its last character.
    fn looked_at(&self, text: &str) -> usize {
        let range = self.range();
        if !range.is_empty() && self.cursor == range.end {
            units::previous_grapheme(text, range.end)
        } else {
            self.cursor
        }
    }
}

/// What is pointed at, or has its edges moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pointed {
    /// Part number so and so of the selected quotation.
    Part(usize),
    /// What has this role of it.
    Role(QuoteRole),
    /// A tagged passage.
    Passage(NoteId),
}

/// The edges of a quotation, of one of its roles, or of a passage being moved, in Clean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edges {
    /// The number of the quotation.
    pub quote: usize,
    /// Of what the edges are.
    pub what: Pointed,
    /// The parts as they are to be.
    pub parts: Vec<Range<usize>>,
    /// The number of the part whose edge moves.
    pub part: usize,
    /// Whether its end moves, not its beginning.
    pub end: bool,
}

impl Edges {
    /// Returns the place of the edge that moves.
    pub fn cursor(&self) -> usize {
        self.parts.get(self.part).map_or(0, |part| if self.end { part.end } else { part.start })
    }

    /// Moves the edge; false where `action` is no move. No part ever becomes empty, and none is the last to be dropped.
    pub fn act(&mut self, text: &str, action: Action) -> bool {
        let Some(part) = self.parts.get(self.part).cloned() else { return false };
        match action {
            // From edge to edge through all parts.
            Action::OtherEnd if self.end => {
                self.part = (self.part + 1) % self.parts.len();
                self.end = false;
            }
            Action::OtherEnd => self.end = true,
            Action::DropPart => {
                if self.parts.len() > 1 {
                    self.parts.remove(self.part);
                    self.part = self.part.min(self.parts.len() - 1);
                }
            }
            Action::TakeMarks => {
                let inside = units::next_grapheme(text, part.start).min(units::previous_grapheme(text, part.end));
                if let Some(range) = wider(text, &part, inside) {
                    self.parts[self.part] = range;
                }
            }
            _ => {
                let Some(to) = step(text, self.cursor(), action, self.end) else { return false };
                if self.end && to > part.start {
                    self.parts[self.part].end = to;
                } else if !self.end && to < part.end {
                    self.parts[self.part].start = to;
                }
            }
        }
        true
    }
}

/// Returns what stands in quotation marks around byte `at`; where that is selected already, what stands around it.
fn wider(text: &str, selected: &Range<usize>, at: usize) -> Option<Range<usize>> {
    let found = units::quoted(text, at)?;
    if found != *selected {
        return Some(found);
    }
    [found.end, found.start.checked_sub(1)?]
        .into_iter()
        .filter_map(|beside| units::quoted(text, text.floor_char_boundary(beside)))
        .find(|wide| wide.start <= found.start && found.end <= wide.end && *wide != found)
}

/// Returns where `action` leads from byte `at`; `ends` says whether a word or sentence is taken up to its end.
fn step(text: &str, at: usize, action: Action, ends: bool) -> Option<usize> {
    Some(match action {
        Action::Left => units::previous_grapheme(text, at),
        Action::Right => units::next_grapheme(text, at),
        Action::WordRight if ends => units::next_word_end(text, at),
        Action::WordRight => units::next_word(text, at),
        Action::WordLeft if ends => units::previous_word_end(text, at),
        Action::WordLeft => units::previous_word(text, at),
        Action::SentenceRight if ends => {
            let end = units::sentence(text, at).end;
            if end > at { end } else { units::sentence(text, units::next_sentence(text, at)).end.max(at) }
        }
        Action::SentenceRight => units::next_sentence(text, at),
        Action::SentenceLeft => units::previous_sentence(text, at),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "He said, “I say ‘no way’ to that. Never.” She left early.";

    fn visual(at: &str, actions: &[Action]) -> String {
        let mut visual = Visual { pane: Pane::Clean, cursor: TEXT.find(at).unwrap_or(0), anchor: None };
        for &action in actions {
            if action == Action::Select {
                visual.anchor = Some(visual.cursor);
            } else {
                assert!(visual.act(TEXT, action), "{action:?}");
            }
        }
        TEXT[visual.range()].to_owned()
    }

    #[test]
    fn takes_units() {
        use Action::{OtherEnd, Right, Select, TakeMarks, TakeSentence, TakeWord, WordLeft, WordRight};
        assert_eq!(visual("no way", &[TakeMarks]), "‘no way’");
        assert_eq!(visual("no way", &[TakeMarks, TakeMarks]), "“I say ‘no way’ to that. Never.”");
        assert_eq!(visual("left", &[TakeWord]), "left");
        assert_eq!(visual("left", &[TakeSentence]), "She left early.");
        assert_eq!(visual("left", &[Select, WordRight, WordRight]), "left early");
        assert_eq!(visual("left", &[Select, WordRight, WordRight, WordLeft]), "left");
        assert_eq!(visual("left", &[Select, Right, Right]), "le");
        assert_eq!(visual("left", &[TakeWord, OtherEnd, WordLeft]), "She left");
        assert_eq!(visual("left", &[]), "");
    }

    #[test]
    fn moves_edges_and_never_empties() {
        let quote = TEXT.find("no way").unwrap_or(0)..TEXT.find("’ to").unwrap_or(0);
        let mut edges = Edges { quote: 0, what: Pointed::Part(0), parts: vec![quote.clone()], part: 0, end: true };
        edges.act(TEXT, Action::WordRight);
        edges.act(TEXT, Action::WordRight);
        assert_eq!(&TEXT[edges.parts[0].clone()], "no way’ to");
        for _ in 0..40 {
            edges.act(TEXT, Action::Left);
        }
        assert_eq!(&TEXT[edges.parts[0].clone()], "n");
        edges.parts = vec![quote];
        edges.act(TEXT, Action::OtherEnd);
        edges.act(TEXT, Action::WordLeft);
        edges.act(TEXT, Action::WordLeft);
        assert_eq!(&TEXT[edges.parts[0].clone()], "say ‘no way");
        edges.act(TEXT, Action::TakeMarks);
        assert!(TEXT[edges.parts[0].clone()].starts_with('“'));
    }

    #[test]
    fn every_edge_of_every_part_moves() {
        let part = |words: &str| TEXT.find(words).map_or(0..0, |at| at..at + words.len());
        let parts = vec![part("I say"), part("to that"), part("Never")];
        let mut edges = Edges { quote: 0, what: Pointed::Part(1), parts, part: 1, end: true };
        let words = |edges: &Edges| edges.parts.iter().map(|part| &TEXT[part.clone()]).collect::<Vec<_>>().join("|");
        edges.act(TEXT, Action::WordLeft);
        assert_eq!(words(&edges), "I say|to|Never");
        edges.act(TEXT, Action::OtherEnd);
        assert_eq!((edges.part, edges.end), (2, false));
        edges.act(TEXT, Action::OtherEnd);
        edges.act(TEXT, Action::OtherEnd);
        edges.act(TEXT, Action::WordRight);
        assert_eq!(words(&edges), "say|to|Never");
        for left in ["to|Never", "Never", "Never"] {
            edges.act(TEXT, Action::DropPart);
            assert_eq!(words(&edges), left);
        }
    }
}
