//! Anchors: a place in the raw text written so that it can be found again after the text changed.

use super::model::{Anchor, Part, Range};
use crate::text::{PointIndex, Raw, Span};
use std::ops::Range as Bytes;

/// How many code points of context an anchor keeps on either side (W3C Web Annotation's `TextQuoteSelector` leaves the
/// length open; 32 is what Hypothesis uses).
pub const CONTEXT: usize = 32;

/// How much of the context must be the same (0 to 1) where the words alone do not prove the place.
const ENOUGH: f32 = 0.6;

/// By how much the context of the best place must beat the next best, or the two are lookalikes.
const CLEAR: f32 = 0.15;

/// From this many code points on, words that stand in the text only once are proof enough of their place.
const TELLING: usize = 24;

/// The most bytes between two parts: what interrupts them is a cue and its source, hardly more than a sentence.
const GAP: usize = 1_000;

/// The most places that are looked at; words that stand in more places prove nothing.
const MOST: usize = 2_000;

/// The raw text with its code point index: what anchors are made from and looked up in.
#[derive(Debug, Clone, Copy)]
pub struct RawText<'a> {
    /// The raw text.
    pub text: &'a str,
    /// Its index.
    pub index: &'a PointIndex,
}

impl RawText<'_> {
    /// Makes the anchor of these spans; spans that are empty or fit no character boundary are left out.
    pub fn anchor(&self, spans: &[Span<Raw>]) -> Anchor {
        let spans: Vec<Span<Raw>> = spans.iter().copied().filter(|span| !span.of(self.text).is_empty()).collect();
        let part = |span: &Span<Raw>| Part {
            range: Range {
                start: self.index.to_points(self.text, span.start),
                end: self.index.to_points(self.text, span.end),
            },
            exact: span.of(self.text).to_owned(),
        };
        Anchor {
            parts: spans.iter().map(part).collect(),
            prefix: spans.first().map_or("", |span| before(self.text, span.start)).to_owned(),
            suffix: spans.last().map_or("", |span| behind(self.text, span.end)).to_owned(),
        }
    }

    /// Returns where the anchor stands in this text, or `None` where it is no longer there (an orphan).
    ///
    /// First the exact place with its context. Else every place that has the same words, told apart by what stands before
    /// and behind; words count as the same when only spaces, invisible characters or the shapes of quotation marks and
    /// dashes differ. Where two places look alike, or nothing but a few common words speaks for one, it is an orphan: a
    /// note on the wrong words is worse than none.
    pub fn locate(&self, anchor: &Anchor) -> Option<Vec<Span<Raw>>> {
        let exact = self.in_place(anchor);
        if let Some(spans) = &exact
            && (self.stands_between(anchor, spans) || self.context(anchor, spans).is_none_or(|same| same > 0.99))
        {
            return exact;
        }
        let mut places = self.places(anchor)?;
        if places.is_empty() {
            places = Folded::new(self.text).places(anchor)?;
        }
        let only = places.len() == 1;
        let mut scored: Vec<(f32, Vec<Span<Raw>>)> =
            places.into_iter().map(|spans| (self.context(anchor, &spans).unwrap_or(0.0), spans)).collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (best, second) = (scored.first()?.0, scored.get(1).map_or(0.0, |place| place.0));
        // The old place wins unless another one has clearly more of the context.
        if let Some(spans) = exact {
            let own = self.context(anchor, &spans).unwrap_or(0.0);
            if best - own < CLEAR && (only || own >= ENOUGH / 2.0) {
                return Some(spans);
            }
        }
        let length: usize = anchor.parts.iter().map(|part| part.exact.chars().count()).sum();
        let proven = if only { best >= ENOUGH || length >= TELLING } else { best >= ENOUGH && best - second >= CLEAR };
        proven.then(|| scored.swap_remove(0).1)
    }

    /// The spans where the anchor says they are, if their words are there.
    fn in_place(&self, anchor: &Anchor) -> Option<Vec<Span<Raw>>> {
        let spans: Option<Vec<Span<Raw>>> = anchor
            .parts
            .iter()
            .map(|part| {
                let start = self.index.to_bytes(self.text, part.range.start)?;
                let end = start + part.exact.len();
                let same = self.text.get(start..end).is_some_and(|text| text == part.exact);
                // Words that are not as long as their range says were not written by this program.
                let whole = part.range.end.checked_sub(part.range.start) == Some(part.exact.chars().count());
                (same && whole && start < end).then_some(Span::new(start, end))
            })
            .collect();
        spans.filter(|spans| !spans.is_empty())
    }

    /// Whether all of the anchor's context stands around `spans`, letter for letter.
    fn stands_between(&self, anchor: &Anchor, spans: &[Span<Raw>]) -> bool {
        let before = spans.first().and_then(|span| self.text.get(..span.start));
        let behind = spans.last().and_then(|span| self.text.get(span.end..));
        before.is_some_and(|text| text.ends_with(&anchor.prefix))
            && behind.is_some_and(|text| text.starts_with(&anchor.suffix))
    }

    /// How much of the anchor's context stands around `spans`, 0 to 1; `None` where the anchor has none.
    fn context(&self, anchor: &Anchor, spans: &[Span<Raw>]) -> Option<f32> {
        let start = spans.first()?.start;
        let end = spans.last()?.end;
        let sides = [(anchor.prefix.as_str(), before(self.text, start)), (&anchor.suffix, behind(self.text, end))];
        let known: Vec<f32> = sides.iter().filter(|(was, _)| !was.is_empty()).map(|(was, is)| alike(was, is)).collect();
        (!known.is_empty()).then(|| known.iter().sum::<f32>() / known.len() as f32)
    }

    /// Every place with exactly these words; `None` where there are too many to tell.
    fn places(&self, anchor: &Anchor) -> Option<Vec<Vec<Span<Raw>>>> {
        let words: Vec<&str> = anchor.parts.iter().map(|part| part.exact.as_str()).collect();
        let places = all(self.text, &words)?;
        Some(places.into_iter().map(|parts| parts.into_iter().map(|b| Span::new(b.start, b.end)).collect()).collect())
    }
}

/// The 32 code points before byte `at`.
fn before(text: &str, at: usize) -> &str {
    let text = text.get(..at).unwrap_or("");
    let skip = text.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
    &text[skip..]
}

/// The 32 code points from byte `at` on.
fn behind(text: &str, at: usize) -> &str {
    let text = text.get(at..).unwrap_or("");
    let end = text.char_indices().nth(CONTEXT).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// How alike two short texts are, 0 to 1, whatever their spaces and the shapes of their marks.
fn alike(was: &str, is: &str) -> f32 {
    if was == is {
        return 1.0;
    }
    let folded = |text: &str| text.chars().filter_map(fold).collect::<Vec<char>>();
    let (was, is) = (folded(was), folded(is));
    if was.is_empty() {
        return 1.0;
    }
    similar::capture_diff_slices(similar::Algorithm::Myers, &was, &is)
        .iter()
        .filter(|op| op.tag() == similar::DiffTag::Equal)
        .map(|op| op.old_range().len())
        .sum::<usize>() as f32
        / was.len() as f32
}

/// Every place where the parts follow one another: each place of the first, then each next part at its nearest.
fn all(text: &str, words: &[&str]) -> Option<Vec<Vec<Bytes<usize>>>> {
    let (first, rest) = words.split_first()?;
    if words.iter().any(|part| part.is_empty()) {
        return None;
    }
    let next: Vec<_> = rest.iter().map(|part| (memchr::memmem::Finder::new(part), part.len())).collect();
    let mut places = Vec::new();
    let mut from = 0;
    let finder = memchr::memmem::Finder::new(first);
    while let Some(at) = text.as_bytes().get(from..).and_then(|text| finder.find(text)) {
        let start = from + at;
        let mut end = start + first.len();
        let mut parts = Vec::with_capacity(words.len());
        parts.push(start..end);
        let whole = next.iter().all(|(finder, len)| {
            let window = &text.as_bytes()[end..text.len().min(end + GAP + len)];
            finder.find(window).is_some_and(|at| {
                parts.push(end + at..end + at + len);
                end += at + len;
                true
            })
        });
        if whole {
            places.push(parts);
        }
        if places.len() > MOST {
            return None;
        }
        // A match never begins inside a character, so its first character can be stepped over.
        from = start + first.chars().next().map_or(1, char::len_utf8);
    }
    Some(places)
}

/// A text without spaces and with plain marks, and where each of its bytes came from.
struct Folded {
    text: String,
    /// For every byte of `text`, the bytes of the character it came from.
    from: Vec<(u32, u8)>,
}

impl Folded {
    fn new(text: &str) -> Self {
        let mut out = Self { text: String::with_capacity(text.len()), from: Vec::with_capacity(text.len()) };
        for (at, c) in text.char_indices() {
            if let (Some(folded), Ok(at)) = (fold(c), u32::try_from(at)) {
                out.text.push(folded);
                out.from.resize(out.text.len(), (at, c.len_utf8() as u8));
            }
        }
        out
    }

    fn places(&self, anchor: &Anchor) -> Option<Vec<Vec<Span<Raw>>>> {
        let words: Vec<String> =
            anchor.parts.iter().map(|part| part.exact.chars().filter_map(fold).collect()).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let back = |bytes: Bytes<usize>| {
            let start = self.from[bytes.start].0 as usize;
            let (last, len) = self.from[bytes.end - 1];
            Span::new(start, last as usize + usize::from(len))
        };
        let places = all(&self.text, &words)?;
        Some(places.into_iter().map(|parts| parts.into_iter().map(back).collect()).collect())
    }
}

/// The character as it counts when words are compared, or `None` where it does not count.
fn fold(c: char) -> Option<char> {
    match c {
        _ if c.is_whitespace() => None,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => None,
        '“' | '”' | '„' | '‟' | '«' | '»' | '＂' => Some('"'),
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '`' | '´' | '＇' => Some('\''),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => Some('-'),
        _ => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const OLD: &str = "The bridge is shut. “We will not reopen it before spring,” said Anna Lind, the city engineer. “No.”\n\
                       The mayor was asked twice. “No,” he said. Then he was asked again. “No,” he said.";

    fn anchor(text: &str, words: &[&str], nth: usize) -> Anchor {
        let index = PointIndex::new(text);
        let mut spans = Vec::new();
        let mut from = text.match_indices(words[0]).nth(nth).expect("the words are there").0;
        for part in words {
            let at = from + text[from..].find(part).expect("the part is there");
            spans.push(Span::new(at, at + part.len()));
            from = at + part.len();
        }
        RawText { text, index: &index }.anchor(&spans)
    }

    fn found(text: &str, anchor: &Anchor) -> Option<Vec<(usize, String)>> {
        let index = PointIndex::new(text);
        let spans = RawText { text, index: &index }.locate(anchor)?;
        Some(spans.iter().map(|span| (span.start, span.of(text).to_owned())).collect())
    }

    fn one(text: &str, anchor: &Anchor) -> Option<(usize, String)> {
        found(text, anchor).map(|mut spans| spans.remove(0))
    }

    #[test]
    fn follows_a_text_that_moved() {
        let was = anchor(OLD, &["“We will not reopen it before spring,”"], 0);
        let new = format!("By our own reporter 🙂\n\n{OLD}");
        let at = new.find("“We").unwrap_or(0);
        assert_eq!(one(&new, &was).map(|(start, _)| start), Some(at));
    }

    #[test]
    fn tells_the_same_words_apart_by_their_context() {
        let was = anchor(OLD, &["“No,”"], 1);
        let new = OLD.replacen("The bridge", "The old bridge over the river", 1);
        assert_eq!(one(&new, &was).map(|(start, _)| start), new.rfind("“No,”"));
    }

    #[test]
    fn prefers_a_better_context_to_the_old_place() {
        let old = "She said “No.” at noon in Oslo, and he said “No.” at night in Rome, they say.";
        let was = anchor(old, &["“No.”"], 1);
        let new = format!("{}{}", " ".repeat(was.parts[0].range.start - 9), old);
        // By chance the first one now stands where the second stood.
        assert_eq!(one(&new, &was).map(|(start, _)| start), new.rfind("“No.”"));
    }

    #[test]
    fn orphans_rather_than_land_on_a_lookalike() {
        let was = anchor(OLD, &["“No,”"], 0);
        assert_eq!(found("Nobody was asked. Still: “No,” wrote a reader of this newspaper.", &was), None);
        let negated = anchor(OLD, &["“We will not reopen it before spring,”"], 0);
        assert_eq!(found(&OLD.replace("will not", "will"), &negated), None);
        let many = "Yes or “No,” he said. ".repeat(9);
        let middle = anchor(&many, &["“No,”"], 4);
        assert_eq!(found(&format!("- {many}"), &middle), None, "places of one context");
        assert_eq!(one(&many, &middle).map(|(start, _)| start), many.match_indices("“No").nth(4).map(|m| m.0));
    }

    #[test]
    fn sees_through_other_spaces_and_marks() {
        let was = anchor(OLD, &["“We will not reopen it before spring,”"], 0);
        let new = OLD.replace('“', "\" ").replace('”', " \"").replace(' ', "  ");
        let (start, words) = one(&new, &was).expect("it is found");
        assert!(words.starts_with("\"  We  will") && words.ends_with(",  \""), "{start} {words}");
    }

    #[test]
    fn keeps_parts_together() {
        let old = "“We will,” she said, “not reopen it.” Then: “not reopen it.”";
        let was = anchor(old, &["“We will,”", "“not reopen it.”"], 0);
        let new = format!("Oslo, Tuesday. {old}");
        let parts = found(&new, &was).expect("it is found");
        assert_eq!(parts.len(), 2);
        assert_eq!(Some(parts[1].0), new.find("“not"));
    }

    #[test]
    fn finds_nothing_for_nothing() {
        assert_eq!(found(OLD, &Anchor::default()), None);
        let beyond = Part { range: Range { start: 5, end: usize::MAX }, exact: "never in the text".to_owned() };
        assert_eq!(found(OLD, &Anchor { parts: vec![beyond], ..Anchor::default() }), None);
        let empty = Part { range: Range { start: 5, end: 5 }, exact: String::new() };
        assert_eq!(found(OLD, &Anchor { parts: vec![empty], ..Anchor::default() }), None);
    }

    proptest! {
        #[test]
        fn is_where_it_was_made(text in "[a-c é漢🙂\n“”]{1,80}", a in 0_usize..80, b in 0_usize..80) {
            let points: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let (a, b) = (points[a % points.len()], points[b % points.len()]);
            let span = Span::new(a.min(b), a.max(b));
            prop_assume!(!span.is_empty());
            let index = PointIndex::new(&text);
            let raw = RawText { text: &text, index: &index };
            prop_assert_eq!(raw.locate(&raw.anchor(&[span])), Some(vec![span]));
        }

        #[test]
        fn never_lands_on_other_words(old in "[ab “”,.]{5,60}", new in "[ab “”,.]{0,60}", at in 0_usize..40) {
            let points: Vec<usize> = old.char_indices().map(|(at, _)| at).chain([old.len()]).collect();
            let start = points[at % (points.len() - 1)];
            let index = PointIndex::new(&old);
            let anchor = RawText { text: &old, index: &index }.anchor(&[Span::new(start, old.len())]);
            if let Some(spans) = found(&new, &anchor) {
                let plain = |text: &str| text.chars().filter_map(fold).collect::<String>();
                prop_assert_eq!(plain(&spans[0].1), plain(&anchor.parts[0].exact));
            }
        }
    }
}
