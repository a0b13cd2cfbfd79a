//! The gate: one quick look over a text that tells which kinds of damage it shows, so that sound text is left alone.

use memchr::{memchr_iter, memmem};

/// Which repairs a text asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Signs {
    /// Tokens were set apart by spaces: `word , word .`
    pub tokenised: bool,
    /// The marks are those of the Penn Treebank: ` `` ` and `''`.
    pub treebank: bool,
    /// The text is not tokenised as a whole, but some of its paragraphs may be: see [`patches`].
    pub patches: bool,
}

/// Looks for the signs of tokenised text.
///
/// A space before a comma or a stop is no convention of any printed language (French sets off `; : ! ?`, so these do
/// not count). One slip is no damage: set-off marks must be the rule of the document, not the exception.
pub fn tokenised(text: &str) -> Signs {
    let bytes = text.as_bytes();
    let Stops { apart, glued } = stops(bytes);
    let treebank = memmem::find(bytes, b"``").is_some() && memmem::find(bytes, b"''").is_some();
    let tokenised = apart > 0 && apart >= glued && (apart > 1 || glued == 0);
    Signs { tokenised, treebank, patches: !tokenised && apart >= CERTAIN }
}

/// So many commas and stops set off in one paragraph are no slip.
const CERTAIN: usize = 3;

/// Finds the paragraphs (bytes `start..end`, in order) of a text that is not tokenised as a whole that are so by
/// themselves: one that was pasted from elsewhere. Neighbours are one stretch; a paragraph is a line.
pub fn patches(text: &str) -> Vec<(usize, usize)> {
    let mut patches: Vec<(usize, usize)> = Vec::new();
    let mut start = 0;
    let mut joins = false;
    for line in text.split_inclusive('\n') {
        let end = start + line.trim_end().len();
        let Stops { apart, glued } = stops(line.as_bytes());
        let here = apart >= CERTAIN && apart > glued;
        match patches.last_mut().filter(|_| here && joins) {
            Some(last) => last.1 = end,
            None if here => patches.push((start, end)),
            None => {}
        }
        joins = here || joins && end == start;
        start += line.len();
    }
    patches
}

/// Commas and stops, counted.
struct Stops {
    /// Behind a space.
    apart: usize,
    /// At the end of a word.
    glued: usize,
}

fn stops(bytes: &[u8]) -> Stops {
    let (mut apart, mut glued) = (0_usize, 0_usize);
    for comma in memchr_iter(b',', bytes) {
        match comma.checked_sub(1).map(|before| bytes[before]) {
            Some(b' ') => apart += 1,
            Some(b'0'..=b'9') if bytes.get(comma + 1).is_some_and(u8::is_ascii_digit) => {}
            _ => glued += 1,
        }
    }
    for stop in memchr_iter(b'.', bytes) {
        let next = bytes.get(stop + 1).copied().unwrap_or(b'\n');
        if next != b'.' && !next.is_ascii_whitespace() {
            continue;
        }
        match stop.checked_sub(1).map(|before| bytes[before]) {
            // Spaced dots, `. . .`, are an ellipsis.
            Some(b' ') if next == b'.' || stop >= 2 && bytes[stop - 2] == b'.' || dots_follow(bytes, stop) => {}
            Some(b' ') => apart += 1,
            Some(b'.') | None => {}
            // A stop behind a lower-case word ends a sentence; `Mr.` and `U. S.` keep theirs in tokenised text too.
            Some(b'a'..=b'z') if long_word(bytes, stop) => glued += 1,
            _ => {}
        }
    }
    Stops { apart, glued }
}

fn dots_follow(bytes: &[u8], stop: usize) -> bool {
    bytes.get(stop + 1) == Some(&b' ') && bytes.get(stop + 2) == Some(&b'.')
}

fn long_word(bytes: &[u8], stop: usize) -> bool {
    stop >= 5 && bytes[stop - 5..stop].iter().all(u8::is_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_only_where_the_damage_is_the_rule() {
        assert!(tokenised("The mayor , she said , is late .").tokenised);
        assert!(tokenised("Hello , world").tokenised);
        assert!(!tokenised("The mayor , she said, is late, as ever.").tokenised);
        assert!(!tokenised("He waited . . . and went on.").tokenised);
        assert!(!tokenised("« Bonjour » ! dit-il ; elle rit.").tokenised);
        assert!(!tokenised("It cost 1,200 pounds .5 times over").tokenised);
        assert!(!tokenised("").tokenised);
    }
    #[test]
    fn finds_the_paragraphs_that_are_damaged_by_themselves() {
        let sound = "The ferry sails at six, at nine, and at noon, as ever, weather permitting, they promised.\n\n";
        let pasted = "The ferry , she wrote , is late .";
        let text =
            format!("{sound}{pasted}\n\n{pasted}\n\n{sound}{sound}{pasted}\n{sound}It was , well , late.\n{sound}");
        assert!(!tokenised(&text).tokenised && tokenised(&text).patches);
        let found: Vec<&str> = patches(&text).into_iter().map(|(start, end)| &text[start..end]).collect();
        assert_eq!(found, [format!("{pasted}\n\n{pasted}"), pasted.to_owned()]);
        assert!(!tokenised(sound).patches);
    }
}
