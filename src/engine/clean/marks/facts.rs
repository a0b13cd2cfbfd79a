//! What speaks for and against each reading of a mark and of the text before it, as numbers of the facts that hold.
//!
//! A fact has one weight in `weights.rs`. A *side* fact counts for closing and against opening; a *stretch* fact
//! counts for being quoted and against being told; a *move* or *edge* fact counts where the reading makes that move.

use super::classes::{AFTERS, BEFORES, ENDS, GROUPS, STARTS, after, before, end_of_stretch, group, start_of_stretch};
use super::{Mark, Side, context};
use crate::engine::clean::class::Class;
use crate::engine::clean::lists::{counted, known};
use crate::engine::clean::words::{Word, shape};

/// Doubling lengths from eight bytes on.
const LENGTHS: usize = 9;

const BEFORE: usize = 0;
const AFTER: usize = BEFORE + BEFORES;
const BOTH: usize = AFTER + AFTERS;
const SPACE: usize = BOTH + GROUPS * AFTERS;
const REPORTED: usize = SPACE + 8;
const OVERWRITTEN: usize = REPORTED + GROUPS;
const LENGTH: usize = OVERWRITTEN + 2;
const FIRST_PERSON: usize = LENGTH + LENGTHS;
const THIRD_PERSON: usize = FIRST_PERSON + 5;
const REPORT: usize = THIRD_PERSON + 4;
const CLITIC: usize = REPORT + 4;
const PRESENT: usize = CLITIC + 4;
const PAST: usize = PRESENT + 4;
const SENTENCES: usize = PAST + 4;
const SHAPE: usize = SENTENCES + 5;
const NESTED_LENGTH: usize = SHAPE + STARTS * ENDS;
const EDGE: usize = NESTED_LENGTH + LENGTHS;
const MOVE: usize = EDGE + 6;
const LENGTH_END: usize = MOVE + 8 * 4 * 2;
const LENGTH_START: usize = LENGTH_END + LENGTHS * ENDS;
const END_REPORT: usize = LENGTH_START + LENGTHS * STARTS;
const AROUND: usize = END_REPORT + ENDS * 4;
const CAPITALS: usize = AROUND + (GROUPS + 1) * STARTS;
const REPORTED_AFTER: usize = CAPITALS + LENGTHS * 4;
const SWALLOWED: usize = REPORTED_AFTER + AFTERS;
const SWALLOWED_BEFORE: usize = SWALLOWED + 3;
const SWALLOWED_AFTER: usize = SWALLOWED_BEFORE + 3 * ENDS;
/// How many facts there are.
pub const FACTS: usize = SWALLOWED_AFTER + 3 * STARTS;

/// What an end of a paragraph, or of the text, does to an open quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// The quotation runs on over it.
    RunsOn,
    /// It closes so many quotations (one or two).
    Closes(usize),
    /// The end of the text leaves so many open (none to two).
    Ends(usize),
}

impl Edge {
    /// Returns the number of its fact.
    pub fn fact(self) -> usize {
        EDGE + match self {
            Self::RunsOn => 0,
            Self::Closes(depth) => depth.clamp(1, 2),
            Self::Ends(depth) => 3 + depth.min(2),
        }
    }
}

/// A move of the reading at a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Move {
    /// Opens a quotation.
    Open,
    /// Closes none: the open was lost.
    OrphanClose,
    /// Closes the quotation.
    Close,
    /// Opens one inside another.
    Nest,
    /// Opens again in an open quotation: a new paragraph, or a close that was lost.
    Again,
    /// Closes the inner of two.
    CloseInner,
    /// Closes both.
    CloseBoth,
    /// Opens again inside the inner of two.
    AgainInner,
    /// Overwritten words hid no mark.
    Stay,
    /// They hid the mark that opens a quotation.
    LostOpen,
    /// They hid the mark that closes one.
    LostClose,
    /// They hid the mark that closes the inner of two.
    LostInner,
}

impl Move {
    /// The moves that can be made at each depth, and the depth each leads to.
    pub const AT: [&'static [(Self, usize)]; 3] = [
        &[(Self::Open, 1), (Self::OrphanClose, 0)],
        &[(Self::Close, 0), (Self::Nest, 2), (Self::Again, 1)],
        &[(Self::CloseInner, 1), (Self::CloseBoth, 0), (Self::AgainInner, 1)],
    ];

    /// The moves at overwritten words.
    pub const OVER: [&'static [(Self, usize)]; 3] = [
        &[(Self::Stay, 0), (Self::LostOpen, 1)],
        &[(Self::Stay, 1), (Self::LostClose, 0)],
        &[(Self::Stay, 2), (Self::LostInner, 1)],
    ];

    /// Returns the side of the mark, where there is one.
    pub fn side(self) -> Option<Side> {
        match self {
            Self::OrphanClose | Self::Close | Self::CloseInner | Self::CloseBoth => Some(Side::Close),
            Self::Open | Self::Nest | Self::Again | Self::AgainInner => Some(Side::Open),
            Self::Stay | Self::LostOpen | Self::LostClose | Self::LostInner => None,
        }
    }

    /// Returns the number of its fact at a mark that stands `at` such a place.
    pub fn fact(self, at: Place) -> usize {
        MOVE + (self as usize * 4 + at.seam) * 2 + usize::from(at.lost)
    }

    /// Returns the numbers of its facts at overwritten words behind such an end of the text and before such a beginning;
    /// `None` where it loses no mark.
    pub fn lost_facts(self, end: usize, start: usize) -> Option<[usize; 3]> {
        let which = match self {
            Self::LostOpen => 0,
            Self::LostClose => 1,
            Self::LostInner => 2,
            _ => return None,
        };
        Some([SWALLOWED + which, SWALLOWED_BEFORE + which * ENDS + end, SWALLOWED_AFTER + which * STARTS + start])
    }
}

/// Where a mark stands, as far as moves differ by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// 0 at the start of a paragraph, 1 where a sentence may begin, 2 beside overwritten words, 3 elsewhere.
    pub seam: usize,
    /// Whether words of this text were overwritten, and marks with them.
    pub lost: bool,
}

/// The facts of one mark that speak for its closing.
#[derive(Debug)]
pub struct MarkFacts {
    /// Their numbers.
    pub facts: [usize; 8],
    /// Where it stands.
    pub place: Place,
    /// What its shape says by itself: more than any fact where it is directional.
    pub shape: f32,
    /// Whether no mark stands here, but words that may have overwritten one.
    pub overwritten: bool,
    /// How the text behind it begins, of `STARTS` ways.
    pub start: usize,
    /// How the text before it ends, of `ENDS` ways.
    pub end: usize,
    group: usize,
}

impl MarkFacts {
    /// Reads the facts of `mark`. In a `treebank` text `''` closes; elsewhere it may open as well.
    pub fn of(text: &str, words: &[Word], mark: &Mark, overwritten: &[(usize, usize)], treebank: bool) -> Self {
        let context = context::of(text, words, mark, overwritten);
        let (before, after) = (before(&context), after(text, mark, &context));
        let stop = matches!(context.before, '.' | ',' | '?' | '!' | '…');
        let space = usize::from(context.space_before) * 4 + usize::from(context.space_after) * 2 + usize::from(stop);
        let none = usize::MAX;
        let seam = match context.before {
            '\n' => 0,
            '.' | '?' | '!' | '…' if context.after.is_uppercase() => 1,
            _ if context.damaged_before || context.damaged_after => 2,
            _ => 3,
        };
        Self {
            facts: [
                BEFORE + before,
                AFTER + after,
                BOTH + group(before) * AFTERS + after,
                SPACE + space,
                if context.report_before { REPORTED + group(before) } else { none },
                if context.damaged_before { OVERWRITTEN } else { none },
                if context.damaged_after { OVERWRITTEN + 1 } else { none },
                if context.report_before { REPORTED_AFTER + after } else { none },
            ],
            place: Place { seam, lost: !overwritten.is_empty() },
            shape: match &text[mark.start..mark.end] {
                "“" | "``" => -3.0,
                "”" => 3.0,
                "''" if treebank => 3.0,
                // The tokeniser did not know it for a mark, so the spaces about it are the writer's.
                "''" if context.space_before && !context.space_after => -3.0,
                "''" if context.space_after && !context.space_before => 3.0,
                _ => 0.0,
            },
            overwritten: false,
            start: start_of_stretch(after),
            end: end_of_stretch(before),
            group: group(before),
        }
    }

    /// Reads the facts of overwritten words, as though they were a mark.
    pub fn of_overwritten(text: &str, words: &[Word], mark: &Mark, overwritten: &[(usize, usize)]) -> Self {
        Self { facts: [usize::MAX; 8], overwritten: true, ..Self::of(text, words, mark, overwritten, false) }
    }
}

/// The facts of the text between two marks that speak for its being quoted.
#[derive(Debug)]
pub struct StretchFacts {
    /// Their numbers.
    pub facts: [usize; 14],
    /// One more where it is quoted inside a quotation.
    pub nested: usize,
    /// Whether a paragraph ends in it.
    pub paragraphs: bool,
}

impl StretchFacts {
    /// Reads the facts of the bytes `from..to` of `text`, which stand between two marks. `words` are the words of the text,
    /// without some of those that end before `from`.
    pub fn of(
        text: &str,
        words: &[Word],
        (from, to): (usize, usize),
        left: Option<&MarkFacts>,
        right: Option<&MarkFacts>,
    ) -> Self {
        let mut counts = Counts::default();
        counts.add(text, words, (from, to));
        let text = &text[from..to];
        let length = (text.len() / 8 + 1).ilog2().min(8) as usize;
        let start = left.map_or(STARTS - 2, |mark| if mark.overwritten { STARTS - 1 } else { mark.start });
        let end = right.map_or(ENDS - 2, |mark| if mark.overwritten { ENDS - 1 } else { mark.end });
        let group = left.filter(|mark| !mark.overwritten).map_or(GROUPS, |mark| mark.group);
        let next = right.map_or(STARTS - 2, |mark| if mark.overwritten { STARTS - 1 } else { mark.start });
        Self {
            facts: [
                LENGTH + length,
                FIRST_PERSON + counts.of(counted::FIRST).min(4),
                THIRD_PERSON + counts.of(counted::THIRD).min(3),
                REPORT + counts.of(counted::REPORT).min(3),
                CLITIC + counts.of(counted::CLITIC).min(3),
                PRESENT + counts.of(counted::PRESENT).min(3),
                PAST + counts.of(counted::PAST).min(3),
                SENTENCES + counts.sentences.min(4),
                SHAPE + start * ENDS + end,
                LENGTH_END + length * ENDS + end,
                LENGTH_START + length * STARTS + start,
                END_REPORT + end * 4 + counts.of(counted::REPORT).min(3),
                AROUND + group * STARTS + next,
                CAPITALS + length * 4 + (counts.capitals * 3).div_ceil(counts.words.max(1)).min(3),
            ],
            nested: NESTED_LENGTH + length,
            paragraphs: memchr::memchr(b'\n', text.as_bytes())
                .is_some_and(|at| !text[at..].trim().is_empty() || text[at..].len() > 1)
                || text.ends_with('\n'),
        }
    }
}

/// What the words of a stretch are, counted. A word here is a run of letters: `low-income` is two.
#[derive(Default)]
struct Counts {
    kinds: [usize; counted::KINDS],
    sentences: usize,
    words: usize,
    capitals: usize,
}

impl Counts {
    /// How many words of a kind of [`counted`] there are.
    fn of(&self, kind: u32) -> usize {
        self.kinds[kind as usize]
    }

    /// Counts bytes `from..to` of `text`.
    fn add(&mut self, text: &str, words: &[Word], (from, to): (usize, usize)) {
        let first = words.iter().position(|word| word.end as usize > from).unwrap_or(words.len());
        for &word in words[first..].iter().take_while(|word| (word.start as usize) < to) {
            let (start, end) = ((word.start as usize).max(from), (word.end as usize).min(to));
            if word.has(shape::LETTERS) && end - start == (word.end - word.start) as usize {
                self.words += 1;
                self.capitals += usize::from(word.capital());
                // Letters are no clitic behind a space.
                let kind = word.counted();
                self.kinds[kind as usize] += usize::from(kind != counted::CLITIC);
            } else if word.has(shape::SIGN) {
                self.sentences += usize::from(word.class == Class::Stop);
            } else {
                self.add_parts(&text[start..end]);
            }
        }
    }

    /// Counts a word that is more than letters.
    fn add_parts(&mut self, word: &str) {
        let bytes = word.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let start = at;
            at += bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
            if start == at {
                let stop = matches!(bytes[at], b'.' | b'?' | b'!');
                self.sentences += usize::from(stop && bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace));
                at += 1;
                continue;
            }
            self.words += 1;
            self.capitals += usize::from(bytes[start].is_ascii_uppercase());
            let kind = known(&word[start..at]).counted();
            let apostrophe = start > 0 && matches!(bytes[start - 1], 0x99 | b'\'');
            self.kinds[kind as usize] += usize::from(kind != counted::CLITIC || apostrophe);
        }
    }
}
