//! Where a quotation mark stood that was lost: the other end of a stretch that has only one of its marks.
//!
//! A guess, made only in texts that lost words. The places where the mark may have stood (beside words that were written over
//! others, behind stops and commas) are ranked by what stands about them, about the mark that is left, and between the two.

use crate::engine::SuspectClass;
use crate::engine::clean::marks::{is_title, last_word};
use crate::engine::lexicon::{self, flag};
use crate::engine::model::linear::Linear;
use crate::engine::model::{Tag, key};
use crate::engine::page::Page;
use std::ops::Range;
use std::sync::LazyLock;

/// The longest stretch that is looked for, in bytes.
const REACH: usize = 900;

/// The weights built in.
pub static MODEL: LazyLock<Linear> = LazyLock::new(|| Linear::read(include_bytes!("../../../assets/model/lost.bin")));

/// A stretch that has one of its marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// Its opening mark ends at this byte.
    Opened(usize),
    /// Its closing mark begins at this byte.
    Closed(usize),
}

/// A text that lost words.
pub struct Lost<'a> {
    page: &'a Page<'a>,
    /// Words that were written over others, as bytes of the text, in order.
    overwritten: Vec<Range<usize>>,
    model: &'a Linear,
}

/// A place where a mark may have stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The byte.
    pub at: usize,
    /// 0 before overwritten words, 1 behind them, 2 behind a stop or comma.
    kind: u32,
}

impl<'a> Lost<'a> {
    /// Returns what is known of a page that lost words or marks; `None` where it lost none.
    pub fn new(page: &'a Page<'a>, model: &'a Linear) -> Option<Self> {
        let of_class = |class| page.suspects.iter().filter(move |suspect| suspect.class == class);
        let overwritten: Vec<_> =
            of_class(SuspectClass::Coref).map(|suspect| suspect.clean.start..suspect.clean.end).collect();
        let lost = !overwritten.is_empty() || of_class(SuspectClass::QuoteLost).next().is_some();
        lost.then_some(Self { page, overwritten, model })
    }

    /// Returns where the other mark stood, within `range`.
    pub fn other(&self, half: Half, range: Range<usize>) -> Option<usize> {
        let mut facts = Vec::new();
        let mut best: Option<(f32, usize)> = None;
        for place in self.places(half, range) {
            self.features(half, place, &mut facts);
            let score = self.model.score(&facts);
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, place.at));
            }
        }
        best.map(|(_, at)| at)
    }

    /// Returns the places within `range` where the other mark of the stretch may have stood, in order.
    pub fn places(&self, half: Half, range: Range<usize>) -> Vec<Place> {
        let text = self.page.text;
        let range = match half {
            Half::Opened(open) => open.max(range.start)..floor(text, range.end.min(open + REACH)),
            Half::Closed(close) => floor(text, range.start.max(close.saturating_sub(REACH)))..close.min(range.end),
        };
        if range.start >= range.end {
            return Vec::new();
        }
        let mut out = Vec::new();
        let near = &self.overwritten[self.overwritten.partition_point(|over| over.start < range.start)..];
        let near = &near[..near.partition_point(|over| over.end <= range.end)];
        for over in near {
            out.push(Place { at: over.start, kind: 0 });
            out.push(Place { at: over.end, kind: 1 });
        }
        for (offset, _) in text[range.clone()].match_indices([',', ':', '.', '!', '?', '…']) {
            let at = range.start + offset;
            let end = at + text[at..].chars().next().map_or(1, char::len_utf8);
            let ends = text[end..].starts_with(char::is_whitespace) && !is_title(last_word(&text[range.start..at]));
            if ends && !near.iter().any(|over| over.start <= end && end <= over.end) {
                out.push(Place { at: end, kind: 2 });
            }
        }
        // Something stands between the two marks.
        out.retain(|place| match half {
            Half::Opened(open) => place.at > open && !text[open..place.at].trim().is_empty(),
            Half::Closed(close) => place.at < close && !text[place.at..close].trim().is_empty(),
        });
        out.sort_by_key(|place| (place.at, place.kind));
        out
    }

    /// Writes the features of `place` into `out`.
    pub fn features(&self, half: Half, place: Place, out: &mut Vec<u32>) {
        out.clear();
        let (tokens, words) = (self.page.tokens, self.page.words);
        let (closes, mark) = match half {
            Half::Opened(open) => (1, tokens.at_or_after(open)),
            Half::Closed(close) => (0, tokens.at_or_after(close)),
        };
        let at = tokens.at_or_after(place.at);
        let inside = if closes == 1 { mark..at.max(mark) } else { at.min(mark)..mark };
        let tag = |at: usize| words.get(at).map_or(Tag::Stop, |word| word.tag);
        let hash = |at: usize| words.get(at).map_or(0, |word| word.hash);
        let before = |back: usize| at.checked_sub(back).map_or((Tag::Stop, 0), |at| (tag(at), hash(at)));
        let said = |range: Range<usize>| words[range].iter().filter(|word| word.is(flag::SAID)).count().min(2) as u32;
        let all = words.len();
        let (said_before, said_behind) = (said(at.saturating_sub(6)..at), said(at.min(all)..all.min(at + 6)));
        let length = steps(inside.len(), &[2, 4, 7, 10, 14, 20, 28, 38, 50, 70, 100]);
        let stops = words[inside.clone()].iter().filter(|word| word.tag == Tag::Stop).count().min(4) as u32;
        let said_inside = said(inside.clone());
        let own = words[inside.clone()].iter().filter(|word| OWN.contains(&word.hash)).count().min(3) as u32;
        let theirs = words[inside.clone()].iter().filter(|word| THEIRS.contains(&word.hash)).count().min(2) as u32;
        let last = self.page.text[..place.at].trim_end().bytes().next_back().unwrap_or(b' ');
        let last = u32::from(if last.is_ascii_alphanumeric() { b'a' } else { last });
        let next = self.page.text[place.at..].trim_start().chars().next().is_some_and(char::is_uppercase);
        let kind = closes << 4 | place.kind;
        // What stands beyond the mark that is left.
        let far = if closes == 1 {
            let said = said(mark.saturating_sub(7)..mark.saturating_sub(1));
            let comma = mark.checked_sub(2).map_or(Tag::Stop, tag);
            u32::from(matches!(comma, Tag::Comma | Tag::Colon)) << 2 | said
        } else {
            let said = said((mark + 1).min(all)..all.min(mark + 7));
            let comma = mark.checked_sub(1).map_or(Tag::Stop, tag);
            u32::from(matches!(comma, Tag::Comma)) << 3 | u32::from(matches!(comma, Tag::Stop)) << 2 | said
        };
        let (one, two) = (before(1), before(2));
        let overs = self
            .overwritten
            .iter()
            .filter(|over| {
                let within = tokens.at_or_after(over.start);
                inside.contains(&within) && within != at
            })
            .count()
            .min(4) as u32;
        out.extend([
            key(1, kind, 0),
            key(2, kind, length),
            key(3, kind << 8 | length, far),
            key(4, kind, stops << 4 | far),
            key(5, kind, last << 8 | u32::from(next)),
            key(6, kind << 8 | last, said_before << 4 | said_behind),
            key(7, kind, (one.0 as u32) << 8 | tag(at) as u32),
            key(8, kind, one.1),
            key(9, kind, hash(at)),
            key(10, kind, hash(at + 1)),
            key(11, kind, two.1),
            key(12, kind, own << 8 | theirs << 4 | said_inside),
            key(13, closes, said_inside << 8 | length),
            key(14, closes, own << 8 | length),
            key(15, kind, overs),
            key(16, kind << 8 | last, said_before << 8 | u32::from(next) << 4 | said_behind),
            key(17, kind, (two.0 as u32) << 8 | one.0 as u32),
            key(18, kind, (tag(at) as u32) << 8 | tag(at + 1) as u32),
            key(19, kind << 8 | last, far << 8 | u32::from(next)),
            key(20, kind << 8 | stops, overs << 4 | said_inside),
            key(21, kind, length << 8 | last),
        ]);
    }
}

/// Words of one who speaks of himself.
const OWN: [u32; 10] = [
    lexicon::hash("i"),
    lexicon::hash("we"),
    lexicon::hash("our"),
    lexicon::hash("my"),
    lexicon::hash("us"),
    lexicon::hash("me"),
    lexicon::hash("you"),
    lexicon::hash("your"),
    lexicon::hash("’re"),
    lexicon::hash("’m"),
];

/// Words by which those who speak are told of.
const THEIRS: [u32; 4] = [lexicon::hash("he"), lexicon::hash("she"), lexicon::hash("his"), lexicon::hash("her")];

fn steps(length: usize, limits: &[usize]) -> u32 {
    limits.iter().take_while(|&&limit| length > limit).count() as u32
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::clean::Suspect;
    use crate::engine::words::Words;
    use crate::text::{Span, Tokens};
    use proptest::prelude::*;
    use std::slice;

    /// Returns what `ask` finds in `text`, whose words at the bytes `over` were written over others.
    fn in_page<T>(text: &str, over: &[Range<usize>], ask: impl Fn(&Lost) -> T) -> Option<T> {
        let suspect = |over: &Range<usize>| Suspect {
            raw: Span::new(over.start, over.end),
            clean: Span::new(over.start, over.end),
            class: SuspectClass::Coref,
            reconstruction: None,
        };
        let suspects: Vec<Suspect> = over.iter().map(suspect).collect();
        let tokens = Tokens::new(text);
        let words = Words::new(&tokens, &suspects).all;
        let page = Page { text, tokens: &tokens, words: &words, suspects: &suspects };
        Lost::new(&page, &MODEL).map(|lost| ask(&lost))
    }

    #[test]
    fn finds_where_a_mark_stood() {
        let text =
            "The pier is old, Quill said. Quill We will mend it before our children see it fall.” The club was glad.";
        let close = text.find('”').unwrap_or(0);
        let found =
            in_page(text, slice::from_ref(&(29..34)), |lost| lost.other(Half::Closed(close), 0..close)).flatten();
        assert_eq!(
            found.map(|at| text[at..close].trim_start_matches([' ', 'Q', 'u', 'i', 'l'])),
            Some(&text[35..close])
        );

        let text = "“We will mend it before winter, Quill he said. The club was glad. It is two hundred years old. ";
        let found =
            in_page(text, slice::from_ref(&(34..39)), |lost| lost.other(Half::Opened(3), 3..text.len())).flatten();
        assert_eq!(found.map(|at| text[..at].trim_end_matches(' ')), Some("“We will mend it before winter,"));
    }

    #[test]
    fn asks_nothing_in_a_sound_text() {
        assert_eq!(in_page("“We will mend it, he said.", &[], |_| ()), None);
    }

    proptest! {
        #[test]
        fn never_panics(text in "[a-zA-Z .,'’‘\"“”é-]{0,120}", over in 0_usize..120, at in 0_usize..130, to in 0_usize..130) {
            let cut = |at: usize| floor(&text, at);
            let over = cut(over)..cut(over + 5);
            for half in [Half::Opened(cut(at)), Half::Closed(cut(at))] {
                let found = in_page(&text, slice::from_ref(&over), |lost| lost.other(half, cut(to.min(at))..cut(to.max(at))));
                prop_assert!(found.flatten().is_none_or(|at| text.is_char_boundary(at)));
            }
        }
    }
}
