//! What stands at a byte of a text: quotations, cues, mentions, dates, damage. Made once an edit, read a row at a time.

use crate::annotation::{Filled, Resolved};
use crate::engine::{Analysis, RepairClass};
use crate::text::{Clean, Raw, Span};
use std::ops::Range;

/// One marked stretch; `tag` says of what (for a quotation, its number).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// First byte.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Of what.
    pub tag: usize,
}

/// Stretches in order that share no byte.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layer {
    marks: Vec<Mark>,
}

impl Layer {
    /// Makes a layer of stretches in any order: where two share bytes, the one that begins later has them, and of two
    /// that begin together the shorter.
    pub fn new(mut marks: Vec<Mark>) -> Self {
        marks.retain(|mark| mark.start < mark.end);
        marks.sort_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end)));
        let mut out: Vec<Mark> = Vec::with_capacity(marks.len());
        // Those that are open, the innermost last.
        let mut open: Vec<Mark> = Vec::new();
        let mut at = 0;
        for mark in marks.into_iter().map(Some).chain([None]) {
            let upto = mark.map_or(usize::MAX, |mark| mark.start);
            while let Some(&inner) = open.last() {
                push(&mut out, at.max(inner.start), inner.end.min(upto), inner.tag);
                at = at.max(inner.end.min(upto));
                if inner.end > upto {
                    break;
                }
                open.pop();
            }
            at = at.max(upto.min(usize::MAX - 1));
            open.extend(mark);
        }
        Self { marks: out }
    }

    /// Returns the stretches that share a byte with `range`, in order.
    pub fn within(&self, range: &Range<usize>) -> &[Mark] {
        let first = self.marks.partition_point(|mark| mark.end <= range.start);
        let last = self.marks.partition_point(|mark| mark.start < range.end);
        &self.marks[first..last.max(first)]
    }

    /// Returns what stands at byte `at`.
    pub fn at(&self, at: usize) -> Option<usize> {
        self.within(&(at..at + 1)).first().map(|mark| mark.tag)
    }
}

fn push(out: &mut Vec<Mark>, start: usize, end: usize, tag: usize) {
    if start < end {
        match out.last_mut() {
            Some(last) if last.tag == tag && last.end == start => last.end = end,
            _ => out.push(Mark { start, end, tag }),
        }
    }
}

/// The layers of one text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layers {
    /// The quotations; the tag is the number.
    pub quotes: Layer,
    /// The same, a layer a lane: those of one lane share no byte; the outer ones are in the first lanes.
    pub lanes: Vec<Layer>,
    /// Their cues; the tag is the quotation's number.
    pub cues: Layer,
    /// The sources as they stand at their quotations; the tag is the quotation's number.
    pub sources: Layer,
    /// To whom they were said; the tag is the quotation's number.
    pub addressees: Layer,
    /// About what; the tag is the quotation's number.
    pub topics: Layer,
    /// Tagged passages; the tag is their number.
    pub passages: Layer,
    /// Where speakers are named; the tag is the speaker's number.
    pub mentions: Layer,
    /// Date expressions; the tag is their number.
    pub dates: Layer,
    /// Suspects; the tag is their number.
    pub suspects: Layer,
    /// Repairs; the tag is their number. In Clean only those that dropped what cannot be seen: the others show there by
    /// themselves, and where Raw is not on the screen nothing else would tell.
    pub repairs: Layer,
}

impl Layers {
    /// Makes the layers of the clean text.
    pub fn clean(analysis: &Analysis, resolved: &Resolved) -> Self {
        let text = &analysis.clean.text;
        let mark = |span: Span<Clean>, tag| Mark { start: span.start, end: span.end, tag };
        let quotes = resolved.quotes.iter().enumerate();
        let speakers = resolved.speakers.iter().enumerate();
        let sources = quotes.clone().filter_map(|(n, quote)| Some(mark(quote.mention?, n)));
        let suspects = analysis.clean.suspects.iter().enumerate();
        let filled = |filled: &Option<Filled>, n: usize| Some(mark(filled.as_ref()?.span?, n));
        let passages = resolved.passages.iter().enumerate();
        let parts = |n: usize| resolved.quotes[n].spans.iter().map(move |&span| mark(span, n)).collect::<Vec<_>>();
        Self {
            lanes: lanes(resolved, parts),
            addressees: Layer::new(quotes.clone().filter_map(|(n, quote)| filled(&quote.addressee, n)).collect()),
            topics: Layer::new(quotes.clone().filter_map(|(n, quote)| filled(&quote.topic, n)).collect()),
            passages: Layer::new(
                passages.flat_map(|(n, passage)| passage.spans.iter().map(move |&span| mark(span, n))).collect(),
            ),
            quotes: Layer::new(
                quotes.clone().flat_map(|(n, quote)| quote.spans.iter().map(move |&span| mark(span, n))).collect(),
            ),
            cues: Layer::new(quotes.clone().filter_map(|(n, quote)| Some(mark(quote.cue?, n))).collect()),
            sources: Layer::new(sources.collect()),
            mentions: Layer::new(
                speakers
                    .flat_map(|(n, speaker)| speaker.mentions.iter().map(move |mention| mark(mention.span, n)))
                    .collect(),
            ),
            dates: Layer::new(analysis.timexes.iter().enumerate().map(|(n, timex)| mark(timex.span, n)).collect()),
            suspects: Layer::new(
                suspects.map(|(n, suspect)| seen(text, suspect.clean.start, suspect.clean.end, n)).collect(),
            ),
            repairs: Layer::new(
                analysis
                    .clean
                    .repairs
                    .iter()
                    .enumerate()
                    .filter(|(_, repair)| repair.class == RepairClass::Invisible)
                    .map(|(n, repair)| beside(text, repair.clean.start, repair.clean.end, n))
                    .collect(),
            ),
        }
    }

    /// Makes the layers of the raw text `raw`.
    pub fn raw(raw: &str, analysis: &Analysis, resolved: &Resolved) -> Self {
        let quotes = resolved.quotes.iter().enumerate();
        let suspects = analysis.clean.suspects.iter().enumerate();
        let repairs = analysis.clean.repairs.iter().enumerate();
        let mark = |span: Span<Raw>, tag| Mark { start: span.start, end: span.end, tag };
        let parts = |n: usize| resolved.quotes[n].raw.iter().map(move |&span| mark(span, n)).collect::<Vec<_>>();
        let passages = resolved.passages.iter().enumerate();
        Self {
            lanes: lanes(resolved, parts),
            passages: Layer::new(
                passages.flat_map(|(n, passage)| passage.raw.iter().map(move |&span| mark(span, n))).collect(),
            ),
            quotes: Layer::new(
                quotes
                    .flat_map(|(n, quote)| {
                        quote.raw.iter().map(move |span| Mark { start: span.start, end: span.end, tag: n })
                    })
                    .collect(),
            ),
            suspects: Layer::new(
                suspects.map(|(n, suspect)| seen(raw, suspect.raw.start, suspect.raw.end, n)).collect(),
            ),
            repairs: Layer::new(repairs.map(|(n, repair)| seen(raw, repair.raw.start, repair.raw.end, n)).collect()),
            ..Self::default()
        }
    }
}

/// The most lanes that are drawn; what overlaps still more shares the last one.
const LANES: usize = 4;

/// Stacks the quotations in lanes: each in the first that is free from its beginning on, so that what stands in another
/// quotation stands in a lane behind it. `parts` are the stretches of a quotation in the text that is drawn.
fn lanes(resolved: &Resolved, parts: impl Fn(usize) -> Vec<Mark>) -> Vec<Layer> {
    let mut ends: Vec<usize> = Vec::new();
    let mut marks: Vec<Vec<Mark>> = Vec::new();
    // The quotations stand in order of their beginnings, the longer first.
    for (n, quote) in resolved.quotes.iter().enumerate() {
        let hull = quote.hull();
        let free = ends.iter().position(|&end| end <= hull.start);
        let lane = free.unwrap_or(ends.len()).min(LANES - 1);
        if lane == ends.len() {
            ends.push(0);
            marks.push(Vec::new());
        }
        ends[lane] = ends[lane].max(hull.end);
        marks[lane].extend(parts(n));
    }
    marks.into_iter().map(Layer::new).collect()
}

/// A stretch that can be seen: an empty one (a word that is missing) takes in the character behind it.
fn seen(text: &str, start: usize, end: usize, tag: usize) -> Mark {
    let next = || text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    Mark { start, end: if start == end { start + next() } else { end }, tag }
}

/// The same for what was dropped: at the end of a line it is seen at the character before.
fn beside(text: &str, start: usize, end: usize, tag: usize) -> Mark {
    let (head, tail) = (text.get(..start).unwrap_or(""), text.get(start..).unwrap_or(""));
    let last = head.chars().next_back().filter(|&c| c != '\n').map_or(0, char::len_utf8);
    if start == end && last > 0 && tail.chars().next().is_none_or(|c| c == '\n') {
        Mark { start: start - last, end, tag }
    } else {
        seen(text, start, end, tag)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn layer(marks: &[(usize, usize, usize)]) -> Vec<(usize, usize, usize)> {
        let marks = marks.iter().map(|&(start, end, tag)| Mark { start, end, tag }).collect();
        Layer::new(marks).marks.iter().map(|mark| (mark.start, mark.end, mark.tag)).collect()
    }

    #[test]
    fn the_inner_one_is_seen() {
        assert_eq!(layer(&[(0, 10, 0), (3, 5, 1)]), [(0, 3, 0), (3, 5, 1), (5, 10, 0)]);
        assert_eq!(layer(&[(0, 6, 0), (4, 9, 1)]), [(0, 4, 0), (4, 9, 1)]);
        assert_eq!(layer(&[(2, 4, 1), (0, 1, 0), (7, 7, 3)]), [(0, 1, 0), (2, 4, 1)]);
    }

    proptest! {
        #[test]
        fn stretches_share_nothing_and_lose_nothing(marks in prop::collection::vec((0..40_usize, 0..12_usize), 0..12)) {
            let marks: Vec<_> = marks.iter().enumerate().map(|(n, &(start, len))| (start, start + len, n)).collect();
            let flat = layer(&marks);
            prop_assert!(flat.windows(2).all(|pair| pair[0].1 <= pair[1].0));
            for at in 0..60 {
                let covered = marks.iter().any(|mark| mark.0 <= at && at < mark.1);
                let shown = flat.iter().find(|mark| mark.0 <= at && at < mark.1);
                prop_assert_eq!(covered, shown.is_some());
                if let Some(shown) = shown {
                    let (start, end, _) = marks[shown.2];
                    prop_assert!(start <= at && at < end);
                }
            }
        }
    }
}
