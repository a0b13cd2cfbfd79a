//! Spaces of tokenised text: before stops, inside brackets, about quotation marks, clitics, initials, dashes and signs.
//!
//! Every repair is of a gap between two tokens, or of a quotation mark that lost its gap. What the two neighbours are
//! decides; so one walk over the gaps and the marks, in order, makes the whole list.

use super::RepairClass;
use super::edit::{Edits, With};
use super::hyphens::Hyphens;
use super::marks::{Lean, Mark, Side};
use super::words::Word;

/// What the walk found.
#[derive(Debug, Default)]
pub struct Found {
    /// The repairs.
    pub edits: Edits,
    /// Runs of spaces where a word is missing, as bytes `start..end`.
    pub holes: Vec<(usize, usize)>,
}

/// Walks over tokenised `text`, whose words are `words` and whose quotation marks are `marks` and in which words that begin
/// at `overwritten` may be overwritten (all in order); a new paragraph begins behind each gap that starts at one of `breaks`
/// (in order).
pub fn find(text: &str, words: &[Word], marks: &[Mark], overwritten: &[usize], breaks: &[usize]) -> Found {
    let mut walk = Walk {
        text,
        bytes: text.as_bytes(),
        marks,
        next_mark: 0,
        overwritten,
        breaks,
        next_break: 0,
        hyphens: Hyphens::default(),
        compound: None,
        found: Found { edits: Edits::for_words(words.len()), holes: Vec::new() },
    };
    let mut end = 0;
    for word in words {
        walk.white(end, word.start as usize);
        end = word.end as usize;
    }
    walk.white(end, text.len());
    walk.marks_before(text.len());
    walk.found
}

struct Walk<'a> {
    text: &'a str,
    bytes: &'a [u8],
    marks: &'a [Mark],
    /// The first mark that is not behind us.
    next_mark: usize,
    overwritten: &'a [usize],
    breaks: &'a [usize],
    next_break: usize,
    hyphens: Hyphens,
    /// Where the gap after a compound's hyphen starts: it is deleted too.
    compound: Option<usize>,
    found: Found,
}

/// What becomes of a gap.
enum Gap {
    /// One space.
    One(RepairClass),
    /// Nothing.
    None(RepairClass),
}

impl Walk<'_> {
    /// Goes over the white space at `start..end`, between two words: over each run of spaces in it.
    fn white(&mut self, start: usize, end: usize) {
        if end == start + 1 {
            let (before, after) = (start.checked_sub(1).map(|at| self.bytes[at]), self.bytes.get(end).copied());
            // Nearly all gaps lie between two words.
            let plain = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
            if plain(before)
                && plain(after)
                && !may_join(self.bytes, end)
                && self.breaks.get(self.next_break) != Some(&start)
            {
                return;
            }
        }
        let mut at = start;
        while at < end {
            let spaces = self.bytes[at..end].iter().take_while(|&&byte| byte == b' ').count();
            if spaces > 0 {
                self.gap(at, at + spaces);
            }
            at += spaces + 1;
        }
    }

    fn gap(&mut self, start: usize, end: usize) {
        let before = start.checked_sub(1).map_or(b'\n', |at| self.bytes[at]);
        let after = self.bytes.get(end).copied().unwrap_or(b'\n');
        let single = end == start + 1;
        let breaks = self.breaks.get(self.next_break) == Some(&start);
        self.marks_before(start);
        if breaks {
            self.next_break += 1;
            self.found.edits.add(start, end, With::text("\n\n"), RepairClass::Paragraph);
            return;
        }
        match self.judge(start, end, before, after) {
            Gap::None(class) => self.found.edits.add(start, end, With::NOTHING, class),
            Gap::One(class) if !single => self.found.edits.add(start, end, With::char(' '), class),
            Gap::One(_) => {}
        }
    }

    fn judge(&mut self, start: usize, end: usize, before: u8, after: u8) -> Gap {
        use RepairClass::{Clitic, Dash, Handle, Initials, QuoteSide, Spacing};
        let (text, bytes) = (self.text, self.bytes);
        if matches!(after, b'\n' | b'\r') || matches!(before, b'\n' | b'\r') {
            return Gap::None(Spacing);
        }
        let run = end - start;
        // A word is missing where the spaces about it stayed: four and more between words (three are a double space
        // that was set apart), three before a stop. A dash has padding of its own.
        let dash_follows = begins_with_dash(&bytes[end..]);
        let dash = dash_follows || ends_with_dash(&bytes[..start]);
        let stop = matches!(after, b',' | b'.' | b';' | b':' | b'?' | b'!');
        let wide = match (dash_follows, stop) {
            (true, _) => 6,
            (_, true) => 3,
            _ => 4,
        };
        if !matches!(before, b',' | b'.') && run >= wide && (dash_follows || !dash) {
            self.found.holes.push((start, end));
        }
        let left = self.next_mark.checked_sub(1).map(|i| self.marks[i]).filter(|mark| mark.end == start);
        let right = self.marks.get(self.next_mark).copied().filter(|mark| mark.start == end);
        if let Some(mark) = left {
            match mark.side {
                Side::Open if self.is_overwritten(end) => return Gap::One(Spacing),
                Side::Open => return Gap::None(QuoteSide),
                Side::Apostrophe(Lean::After | Lean::Both) => return Gap::None(Clitic),
                Side::Close | Side::Apostrophe(Lean::Before) => {}
            }
        }
        if let Some(mark) = right {
            return match mark.side {
                Side::Close => Gap::None(QuoteSide),
                Side::Apostrophe(Lean::Before | Lean::Both) => Gap::None(Clitic),
                Side::Open if matches!(before, b'(' | b'[') => Gap::None(Spacing),
                Side::Open | Side::Apostrophe(Lean::After) => Gap::One(Spacing),
            };
        }
        if dash {
            return Gap::One(Dash);
        }
        match after {
            b',' | b';' | b':' | b'?' | b'!' | b')' | b']' | b'}' => return Gap::None(Spacing),
            b'.' => {
                let next = bytes.get(end + 1).copied().unwrap_or(b'\n');
                // `.5`, `.com`, `...` and `. . .` keep their space.
                let ellipsis = next == b'.'
                    || next == b' ' && bytes.get(end + 2) == Some(&b'.')
                    || before == b'.' && start >= 2 && matches!(bytes[start - 2], b' ' | b'.');
                return if next.is_ascii_alphanumeric() || ellipsis { Gap::One(Spacing) } else { Gap::None(Spacing) };
            }
            b'%' if before.is_ascii_digit() => return Gap::None(Spacing),
            b'n' if is_negation(&text[end..]) && takes_negation(super::marks::last_word(&text[..start])) => {
                return Gap::None(Clitic);
            }
            b'n' | b't' | b'm' if is_slurred(&text[..start], &text[end..]) => return Gap::None(Clitic),
            b'-' if before.is_ascii_alphanumeric()
                && bytes.get(end + 1) == Some(&b' ')
                && self.hyphens.joins(text, start, end) =>
            {
                self.compound = Some(end + 1);
                return Gap::None(Dash);
            }
            _ => {}
        }
        match before {
            b'(' | b'[' | b'{' if self.is_overwritten(end) => Gap::One(Spacing),
            b'(' | b'[' | b'{' => Gap::None(Spacing),
            b'$' if after.is_ascii_digit() => Gap::None(Spacing),
            b'#' | b'@' if after.is_ascii_alphanumeric() || after == b'_' => {
                let lone = start < 2 || matches!(bytes[start - 2], b' ' | b'(' | b'\n' | b'[');
                if lone { Gap::None(Handle) } else { Gap::One(Spacing) }
            }
            b'-' if self.compound == Some(start) => Gap::None(Dash),
            b'.' if run == 1 && is_initial(bytes, start) && initial_follows(bytes, end) => Gap::None(Initials),
            0xA3 | 0xAC | 0xA5 if after.is_ascii_digit() && text[..start].ends_with(['£', '€', '¥']) => {
                Gap::None(Spacing)
            }
            _ => Gap::One(Spacing),
        }
    }

    /// Tells whether overwritten words begin at byte `at`. The gap before them is theirs: what stood there is not known.
    fn is_overwritten(&self, at: usize) -> bool {
        self.overwritten.binary_search(&at).is_ok()
    }

    /// Writes the marks that start before byte `at` and were not met yet: their sign, and the gap they may lack.
    fn marks_before(&mut self, at: usize) {
        while let Some(mark) = self.marks.get(self.next_mark).copied().filter(|mark| mark.start < at) {
            self.next_mark += 1;
            let (head, tail) = (&self.text[..mark.start], &self.text[mark.end..]);
            let sign = &self.text[mark.start..mark.end];
            let better = match (mark.double, mark.side, sign) {
                (true, Side::Open, "\"" | "``" | "''" | "”") => "“",
                (true, Side::Close, "\"" | "``" | "''" | "“") => "”",
                (false, _, "`") => "‘",
                (true, ..) if matches!(head.chars().next_back(), Some(c) if c.is_alphanumeric()) => sign,
                (true, ..) if matches!(tail.chars().next(), Some(c) if c.is_alphanumeric()) => sign,
                _ => continue,
            };
            let lost_before = mark.double
                && mark.side == Side::Open
                && matches!(head.chars().next_back(), Some(c) if c.is_alphanumeric() || matches!(c, ',' | '.' | ':' | '?' | '!'));
            let lost_after =
                mark.double && mark.side == Side::Close && tail.chars().next().is_some_and(char::is_alphanumeric);
            let with = match (lost_before, lost_after) {
                (true, _) => With::text(" ").and(better),
                (_, true) => With::text(better).and(" "),
                _ => With::text(better),
            };
            if with.as_str() != sign {
                self.found.edits.add(mark.start, mark.end, with, RepairClass::QuoteSide);
            }
        }
    }
}

/// Tells whether the word at `at` may belong to the word before it: `n’t`, `na`, `me`, `ta`, `m.`
fn may_join(bytes: &[u8], at: usize) -> bool {
    matches!(
        (bytes.get(at), bytes.get(at + 1)),
        (Some(b'n'), Some(b'\'' | b'a' | 0xE2)) | (Some(b'm'), Some(b'e' | b'.')) | (Some(b't'), Some(b'a'))
    )
}

/// `—`, `–`, `--`.
fn begins_with_dash(bytes: &[u8]) -> bool {
    matches!(bytes, [b'-', b'-', ..] | [0xE2, 0x80, 0x93 | 0x94, ..])
}

fn ends_with_dash(bytes: &[u8]) -> bool {
    matches!(bytes, [.., b'-', b'-'] | [.., 0xE2, 0x80, 0x93 | 0x94])
}

/// `n’t`, and then no letter.
fn is_negation(tail: &str) -> bool {
    tail.strip_prefix('n')
        .and_then(|rest| rest.strip_prefix(['\'', '’']))
        .and_then(|rest| rest.strip_prefix('t'))
        .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Tells whether `n’t` may belong to `word`; after any other, the word before it was overwritten.
fn takes_negation(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "do" | "does"
            | "did"
            | "is"
            | "was"
            | "are"
            | "were"
            | "has"
            | "have"
            | "had"
            | "wo"
            | "ca"
            | "would"
            | "could"
            | "should"
            | "might"
            | "must"
            | "need"
            | "ai"
            | "sha"
            | "may"
            | "dare"
            | "ought"
    )
}

/// The Penn Treebank's `gon na`, `got ta`, `wan na`, `gim me`, `lem me`.
fn is_slurred(head: &str, tail: &str) -> bool {
    let word = &tail[..tail.bytes().take_while(u8::is_ascii_alphanumeric).count()];
    let last = super::marks::last_word(head);
    matches!(
        (last, word),
        ("gon" | "wan" | "Gon" | "Wan", "na") | ("got" | "Got", "ta") | ("gim" | "lem" | "Gim" | "Lem", "me")
    )
}

/// Tells whether the bytes before the gap are one letter and a stop: `U.`
fn is_initial(bytes: &[u8], start: usize) -> bool {
    start >= 2
        && (bytes[start - 2].is_ascii_uppercase() || matches!(bytes[start - 2], b'a' | b'p'))
        && (start < 3 || !(bytes[start - 3].is_ascii_alphanumeric() || bytes[start - 3] >= 0x80))
}

fn initial_follows(bytes: &[u8], end: usize) -> bool {
    bytes.get(end + 1) == Some(&b'.') && bytes.get(end).is_some_and(|b| b.is_ascii_uppercase() || *b == b'm')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::clean::{marks, words};
    use crate::text::{Clean, Raw};

    fn repaired(text: &str) -> String {
        let words = words::read(text);
        let marks = marks::read(text, &words, &[]);
        find(text, &words, &marks, &[], &[]).edits.apply::<Raw, Clean>(text).0
    }

    #[test]
    fn glues_stops_brackets_and_signs() {
        assert_eq!(repaired("Well , she paid $ 45 ( or 10 % ) ; why ?"), "Well, she paid $45 (or 10%); why?");
        assert_eq!(repaired("It cost .5 of that ... and then some ."), "It cost .5 of that ... and then some.");
        assert_eq!(repaired("he go[es ] on ( @quill_ada ) or @ dell ."), "he go[es] on (@quill_ada) or @dell.");
        assert_eq!(
            repaired("Mr . Dell of the U. S. left at 5 p. m. today ."),
            "Mr. Dell of the U.S. left at 5 p.m. today."
        );
    }

    #[test]
    fn glues_clitics() {
        assert_eq!(repaired("I do n’t think they 're Quill ’s ."), "I don’t think they're Quill’s.");
        assert_eq!(repaired("We 're gon na win the voters ' trust ."), "We're gonna win the voters' trust.");
    }

    #[test]
    fn turns_marks_to_their_words() {
        assert_eq!(repaired("\" No , \" he said . \" Go . \""), "“No,” he said. “Go.”");
        assert_eq!(repaired("`` No , '' he said ."), "“No,” he said.");
        assert_eq!(repaired("not a word of that,\"Mr . Dell said"), "not a word of that,” Mr. Dell said");
        assert_eq!(repaired("he said : ‘ Go now . ’"), "he said: ‘Go now.’");
    }

    #[test]
    fn pads_dashes_and_joins_compounds() {
        assert_eq!(repaired("The pier   —    a low - income job   —    fell ."), "The pier — a low-income job — fell.");
        assert_eq!(
            repaired("It fell - nobody knows how - and in May , a 15 - year - old said ."),
            "It fell - nobody knows how - and in May, a 15-year-old said."
        );
    }

    #[test]
    fn finds_holes() {
        let holes = |text: &str| find(text, &words::read(text), &[], &[], &[]).holes;
        assert_eq!(holes("approve a    delay , and   more   , then .   So"), [(9, 13), (31, 34)]);
        assert_eq!(holes("the pier   —    fell"), []);
    }
}
