//! Paragraph breaks that were lost when an article's lines were joined.
//!
//! Only from evidence: where quotations begin and end, who is said to speak, how the sentences on both sides begin and how
//! long they are, a tweet's signature line, a wide gap. Each fact was weighed on articles whose lines were joined. What has
//! too little stays joined: a wrong break is worse than a missing one.

mod weights;

use super::class::Class;
use super::lists::{flag, known, start};
use super::marks::{Mark, Role, Side, is_title, last_word};
use super::words::{Word, shape};
use weights::WEIGHTS;

/// The odds, as a logarithm, from which a break is made: five of six are right.
const SURE: f32 = 1.0;
/// A paragraph is hardly shorter, in bytes.
const SHORTEST: usize = 60;

/// How the marks stand about a gap.
const STRUCTURES: usize = 7;
/// How a paragraph may begin.
const STARTS: usize = 12;
/// Lengths in steps: 40, 80, 120, 180, 260 bytes, and more.
const LENGTHS: usize = 6;

const STRUCTURE: usize = 0;
const START: usize = STRUCTURE + STRUCTURES;
const BOTH: usize = START + STARTS;
const LENGTH_BEFORE: usize = BOTH + STRUCTURES * STARTS;
const LENGTH_AFTER: usize = LENGTH_BEFORE + STRUCTURES * LENGTHS;
const REPORTS: usize = LENGTH_AFTER + STRUCTURES * LENGTHS;
const WIDE: usize = REPORTS + STRUCTURES * 4;
const NEXT_QUOTED: usize = WIDE + 1;
/// How many facts there are.
pub const FACTS: usize = NEXT_QUOTED + 2;

/// A gap where a paragraph may begin.
#[derive(Debug)]
pub struct Candidate {
    /// The first byte of the gap.
    pub start: usize,
    /// The facts that hold; a number that is none of theirs where one does not.
    pub facts: [usize; 9],
    /// Whether a tweet's signature line ends before it: that is enough.
    pub signature: bool,
}

/// Returns where the gaps start at which a paragraph begins, in the joined, tokenised `text`, whose words are `words`.
pub fn find(text: &str, words: &[Word], marks: &[Mark]) -> Vec<usize> {
    let mut last = 0;
    let mut breaks = Vec::new();
    for gap in candidates(text, words, marks) {
        let odds: f32 = gap.facts.iter().filter_map(|&fact| WEIGHTS.get(fact)).sum();
        if (odds > SURE || gap.signature) && gap.start - last >= SHORTEST {
            breaks.push(gap.start);
            last = gap.start;
        }
    }
    breaks
}

/// Returns the gaps, in order, between a finished sentence and one that begins, outside quotations or where one is taken up again.
pub fn candidates(text: &str, words: &[Word], marks: &[Mark]) -> Vec<Candidate> {
    let bytes = text.as_bytes();
    if memchr::memchr(b'\n', text.trim_end().as_bytes()).is_some() {
        return Vec::new();
    }
    let mut gaps = Vec::new();
    let mut next_mark = 0;
    let mut depth = 0_i32;
    let mut sentence = 0;
    for (i, word) in words.iter().enumerate() {
        let start = word.end as usize;
        if !may_end(text, word) || bytes.get(start) != Some(&b' ') {
            continue;
        }
        while let Some(mark) = marks.get(next_mark).filter(|mark| mark.end <= start) {
            if mark.double {
                depth = match (mark.side, mark.role) {
                    (Side::Open, Role::Nested) => 2,
                    (Side::Open, _) => 1,
                    (_, Role::ClosesTwo) => 0,
                    _ => (depth - 1).max(0),
                };
            }
            next_mark += 1;
        }
        let end = start + bytes[start..].iter().take_while(|&&b| b == b' ').count();
        let opens = marks.get(next_mark).filter(|mark| mark.start == end && mark.double && mark.side == Side::Open);
        let closed = next_mark
            .checked_sub(1)
            .map(|i| &marks[i])
            .filter(|mark| mark.end == start && mark.double && mark.side == Side::Close);
        if depth > 0 && opens.is_none_or(|mark| mark.role != Role::Reopen) {
            continue;
        }
        let head = text[..closed.map_or(start, |mark| mark.start)].trim_end_matches(' ');
        let signature = is_signature(head);
        let head = head.trim_end_matches(['’', '\'', ' ']);
        if !(signature || head.ends_with(['.', '!', '?', '…'])) {
            continue;
        }
        let from = opens.map_or(end, |mark| mark.end);
        let tail = &text[from..];
        let first = tail.trim_start_matches([' ', '‘']).chars().next();
        let last = last_word(head);
        if last.len() < 2
            || is_title(last)
            || !first.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || c == '[')
        {
            continue;
        }
        let told = head.rfind(['.', '!', '?']).map_or(head, |at| head[..at].trim_end());
        let reported = reports_at_end(told, &words[..=i]);
        let behind = &words[i + 1..];
        let structure = match (closed.is_some(), opens) {
            (_, Some(mark)) if mark.role == Role::Reopen => 0,
            // `he said . " We` goes on with the same speaker.
            (false, Some(_)) if reported => 1,
            (false, Some(_)) => 2,
            (true, Some(_)) => 3,
            (true, None) if reports_soon(text, behind) => 4,
            (true, None) => 5,
            (false, None) => 6,
        };
        let (after, reports) = rest_of_sentence(text, from, behind);
        let length_before = step(start - sentence);
        sentence = end;
        let began = starts(text, from, behind);
        let next_double =
            marks[next_mark..].iter().find(|mark| mark.double && mark.start >= end + usize::from(opens.is_some()));
        // A sentence that quotes a few words, and a quotation that its speaker's name will follow.
        let quotes = opens.is_none() && next_double.is_some_and(|mark| mark.start < end + after);
        let followed =
            opens.is_some() && next_double.is_some_and(|mark| text[..mark.start].trim_end_matches(' ').ends_with(','));
        let if_so = |holds: bool, fact: usize| if holds { fact } else { usize::MAX };
        let facts = [
            STRUCTURE + structure,
            START + began,
            BOTH + structure * STARTS + began,
            LENGTH_BEFORE + structure * LENGTHS + length_before,
            LENGTH_AFTER + structure * LENGTHS + step(after),
            REPORTS + structure * 4 + usize::from(reported) * 2 + usize::from(reports),
            if_so(end - start >= 3, WIDE),
            if_so(quotes, NEXT_QUOTED),
            if_so(followed, NEXT_QUOTED + 1),
        ];
        gaps.push(Candidate { start, facts, signature });
    }
    gaps
}

fn step(length: usize) -> usize {
    [40, 80, 120, 180, 260].iter().take_while(|&&limit| length > limit).count()
}

/// Tells whether a paragraph may end behind `word`, by its last characters: nearly all words end in a letter. A stop, a mark,
/// or a year and a comma.
fn may_end(text: &str, word: &Word) -> bool {
    let bytes = text.as_bytes();
    match bytes[word.end as usize - 1] {
        last if last.is_ascii_alphanumeric() => false,
        b':' | b';' | b'-' => false,
        b',' => text[..word.end as usize].trim_end_matches([' ', ',']).ends_with(|c: char| c.is_ascii_digit()),
        _ => true,
    }
}

/// What the lists say of `word` in a stretch of `text` that begins at byte `from`, perhaps within the word.
fn flags(text: &str, from: usize, word: &Word) -> u32 {
    if word.start as usize >= from { word.flags } else { known(&text[from..word.end as usize]).flags }
}

/// How long the sentence from byte `from` on is, up to a stop that stands apart, and whether a word of it reports speech.
/// `words` are those that end behind `from`, perhaps with some before it.
fn rest_of_sentence(text: &str, from: usize, words: &[Word]) -> (usize, bool) {
    let mut reports = false;
    for word in words.iter().skip_while(|word| word.end as usize <= from) {
        let start = word.start as usize;
        let ends = word.class == Class::Stop && word.end - word.start == 1 && start > from + 1;
        if ends && text.as_bytes().get(start + 1).is_none_or(|&byte| byte == b' ') {
            return (start - from, reports);
        }
        reports |= flags(text, from, word) & flag::REPORT != 0;
    }
    (text.len() - from, reports)
}

/// How what may be a paragraph begins, from byte `from` on.
fn starts(text: &str, from: usize, words: &[Word]) -> usize {
    let mut words = words.iter().skip_while(|word| word.end as usize <= from);
    let Some(first) = words.next() else { return 11 };
    if let Some(start) = start(flags(text, from, first)) {
        return start;
    }
    match words.next() {
        _ if is_title(text[from.max(first.start as usize)..first.end as usize].trim_end_matches('.')) => 9,
        Some(second) if second.of(text).starts_with(char::is_uppercase) => 10,
        _ => 11,
    }
}

/// Tells whether `head` ends in a tweet's signature: `( @handle ) June 3 , 2017 ,`
fn is_signature(head: &str) -> bool {
    let head = head.trim_end_matches([' ', ',']);
    let Some(year) = head.get(head.len().saturating_sub(4)..) else { return false };
    if !(year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit())) {
        return false;
    }
    let before = &head[..head.len() - 4];
    let mut from = before.len().saturating_sub(40);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    before[from..].contains('@') && before[from..].contains(')')
}

/// Tells whether the last sentence of `head` ends in who spoke: `, she said`, `, said Ada Quill`. `words` are all that begin
/// in `head`, perhaps with some behind it.
fn reports_at_end(head: &str, words: &[Word]) -> bool {
    for word in words.iter().rev().skip_while(|word| word.start as usize >= head.len()).take(6) {
        let text = &head[word.start as usize..head.len().min(word.end as usize)];
        if matches!(text, "\"" | "." | "”") {
            return false;
        }
        let whole = text.len() == (word.end - word.start) as usize;
        if if whole { word.flags } else { known(text).flags } & flag::REPORT != 0 {
            return true;
        }
    }
    false
}

/// Tells whether `words` soon say who spoke: `she said`, `Ada Quill told`. A space too many counts as a word.
fn reports_soon(text: &str, words: &[Word]) -> bool {
    let Some(first) = words.first() else { return false };
    let (mut count, mut end) = (0, first.start);
    for word in words {
        count += word.start - end;
        end = word.end;
        if count > 3 || word.has(shape::SIGN) && matches!(word.of(text), "\"" | "." | ",") {
            return false;
        }
        if word.is(flag::REPORT) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::clean::{marks, words};

    #[test]
    fn breaks_where_the_evidence_is() {
        let text = "The council met on Monday night and spoke about the old pier for hours , as it does each year . \" We will not let it \
                    fall into the sea , whatever the engineers tell us , \" said Ada Quill . \" It is ours , and it was our fathers ’ . \" \
                    The fishing club has asked for a new one since the storm . ";
        let words = words::read(text);
        let breaks = find(text, &words, &marks::read(text, &words, &[]));
        let after: Vec<&str> = breaks.iter().map(|&at| &text[at + 1..at + 12]).collect();
        assert_eq!(after, ["\" We will n", "The fishing"]);
    }

    #[test]
    fn knows_a_signature_line() {
        assert!(is_signature("— Ada Quill ( @quill ) June 3 , 2017 ,"));
        assert!(!is_signature("on June 3 , 2017"));
    }
}
