//! What is searched for: words as typed, a regular expression, or words that are nearly right; and where it stands.

use regex::{Regex, RegexBuilder};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// The largest compiled expression, in bytes.
const LARGEST: usize = 4 << 20;
/// How deep an expression may be nested.
const DEEPEST: u32 = 100;

/// How a query is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// The words as typed; any white space between them, any shape of quotation mark and apostrophe.
    #[default]
    Words,
    /// A regular expression in the syntax of the crate `regex`.
    Regex,
    /// Every word nearly as typed, all in one sentence.
    Fuzzy,
}

impl Kind {
    /// Returns its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Regex => "regex",
            Self::Fuzzy => "fuzzy",
        }
    }

    /// Returns the next in turn.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Words => Self::Regex,
            Self::Regex => Self::Fuzzy,
            Self::Fuzzy => Self::Words,
        }
    }
}

/// A query that means nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("column {column}: {reason}")]
pub struct BadPattern {
    /// Where in the query, in code points from 1.
    pub column: usize,
    /// What is wrong there.
    pub reason: String,
}

/// A query, ready to search with. Upper and lower case are alike unless a capital is typed.
#[derive(Debug, Clone)]
pub struct Pattern {
    query: String,
    kind: Kind,
    finder: Finder,
}

#[derive(Debug, Clone)]
enum Finder {
    Regex(Regex),
    Fuzzy { words: Vec<Typed>, exact: bool },
}

impl Pattern {
    /// Reads a query; one that is empty is bad.
    pub fn new(query: &str, kind: Kind) -> Result<Self, BadPattern> {
        if query.trim().is_empty() {
            return Err(BadPattern { column: 1, reason: "nothing to search for".to_owned() });
        }
        let finder = match kind {
            Kind::Words => {
                let exact = query.chars().any(char::is_uppercase);
                Finder::Regex(build(query, &literal(query.trim()), exact)?)
            }
            Kind::Regex => {
                let exact = names_capital(query);
                check(query, exact)?;
                Finder::Regex(build(query, query, exact)?)
            }
            Kind::Fuzzy => {
                let exact = query.chars().any(char::is_uppercase);
                Finder::Fuzzy { words: query.split_whitespace().map(|word| Typed::new(word, exact)).collect(), exact }
            }
        };
        Ok(Self { query: query.to_owned(), kind, finder })
    }

    /// Returns what was typed.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// Returns how it is meant.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Returns where it stands in `text`, in bytes and in order, at most `most` places.
    pub fn places(&self, text: &str, most: usize) -> Vec<Range<usize>> {
        match &self.finder {
            Finder::Regex(regex) => {
                let found = regex.find_iter(text).map(|found| found.range());
                found.filter(|range| !range.is_empty()).take(most).collect()
            }
            Finder::Fuzzy { words, exact } => fuzzy(text, words, *exact, most),
        }
    }
}

/// Returns the expression that finds the words: white space of any length, marks of any shape.
fn literal(query: &str) -> String {
    let mut out = String::new();
    let mut space = false;
    for c in query.chars() {
        if c.is_whitespace() {
            space = true;
            continue;
        }
        if std::mem::take(&mut space) {
            out.push_str(r"\s+");
        }
        match c {
            '\'' => out.push_str("['’‘]"),
            '"' => out.push_str("[\"“”„«»]"),
            c => out.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
        }
    }
    out
}

fn build(query: &str, expression: &str, exact: bool) -> Result<Regex, BadPattern> {
    RegexBuilder::new(expression)
        .case_insensitive(!exact)
        .multi_line(true)
        .size_limit(LARGEST)
        .nest_limit(DEEPEST)
        .build()
        .map_err(|_| BadPattern { column: query.chars().count(), reason: "this is too large to search for".to_owned() })
}

/// Says where an expression is wrong and why; the crate `regex` itself only draws a picture of it.
fn check(query: &str, exact: bool) -> Result<(), BadPattern> {
    let parsed = regex_syntax::ParserBuilder::new()
        .nest_limit(DEEPEST)
        .multi_line(true)
        .case_insensitive(!exact)
        .build()
        .parse(query);
    let (at, reason) = match parsed {
        Ok(_) => return Ok(()),
        Err(regex_syntax::Error::Parse(error)) => (error.span().start.offset, error.kind().to_string()),
        Err(regex_syntax::Error::Translate(error)) => (error.span().start.offset, error.kind().to_string()),
        Err(_) => (0, "this is no regular expression".to_owned()),
    };
    let before = query.get(..at).unwrap_or(query);
    Err(BadPattern { column: before.chars().count() + 1, reason })
}

/// Tells whether an expression names a capital letter; those of classes (`\W`, `\p{Lu}`) are none.
fn names_capital(expression: &str) -> bool {
    let mut characters = expression.chars().peekable();
    while let Some(c) = characters.next() {
        if c == '\\' {
            let class = characters.next();
            if matches!(class, Some('p' | 'P' | 'x' | 'u' | 'U')) && characters.peek() == Some(&'{') {
                characters.by_ref().find(|&c| c == '}');
            } else if matches!(class, Some('p' | 'P')) {
                characters.next();
            }
        } else if c.is_uppercase() {
            return true;
        }
    }
    false
}

/// Returns where every word of the query has one like it in the text: of one word each place, of several the stretch of a
/// sentence from the first to the last of them.
fn fuzzy(text: &str, words: &[Typed], exact: bool, most: usize) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let mut near: Vec<(Range<usize>, Vec<usize>)> = Vec::new();
        words_of(line, |at, part| {
            let meant = meant(words, part, exact);
            if !meant.is_empty() {
                near.push((start + at..start + at + part.len(), meant));
            }
        });
        let there = |word: usize| near.iter().any(|(_, meant)| meant.contains(&word));
        if words.len() == 1 {
            out.extend(near.into_iter().map(|(place, _)| place));
        } else if !near.is_empty() && (0..words.len()).all(there) {
            // Sentences are dear to find: only in a line that has all the words.
            for (at, sentence) in line.split_sentence_bound_indices() {
                let within = start + at..start + at + sentence.len();
                let near = near.iter().filter(|(place, _)| within.start <= place.start && place.end <= within.end);
                stretches(near, words.len(), &mut out);
            }
        }
        start += line.len();
        if out.len() >= most {
            break;
        }
    }
    out.truncate(most);
    out
}

/// Hands every word of `text` and its first byte to `take`: the words of UAX #29, as `unicode_word_indices` gives them.
///
/// To look for them letter by letter takes most of the time of a search. In a text without characters that join or attach
/// to others, letters and digits of ASCII with nothing but spaces or plain marks around are a word whatever stands beyond:
/// only what has other characters in it is looked at so.
fn words_of<'a>(text: &'a str, mut take: impl FnMut(usize, &'a str)) {
    let bytes = text.as_bytes();
    let simple = |c: char| {
        matches!(
            c,
            '“' | '”' | '„' | '‘' | '’' | '–' | '—' | '…' | '«' | '»' | '£' | '€' | '\u{a0}' | '\u{c0}'..='\u{24f}'
        )
    };
    if !text.is_ascii() && !text.chars().all(|c| c.is_ascii() || simple(c)) {
        text.unicode_word_indices().for_each(|(at, word)| take(at, word));
        return;
    }
    let mut at = 0;
    while at < bytes.len() {
        if breaks(bytes, at) > 0 {
            at += breaks(bytes, at);
            continue;
        }
        let from = at;
        let mut plain = true;
        while at < bytes.len() && breaks(bytes, at) == 0 {
            plain &= bytes[at].is_ascii_alphanumeric() || bytes[at] == b'_';
            at += 1;
        }
        let run = &text[from..at];
        if plain {
            // Lines alone (`__`) are no word.
            if run.bytes().any(|byte| byte != b'_') {
                take(from, run);
            }
        } else {
            for (inner, word) in run.unicode_word_indices() {
                take(from + inner, word);
            }
        }
    }
}

/// Returns how many bytes at `at` are a character at which words end, whatever stands beside it; 0 where none is. Marks
/// that may stand in a word (`don't`, `3.5`) are no such character between two that may be letters or digits.
fn breaks(bytes: &[u8], at: usize) -> usize {
    let may_join =
        |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(|b| b.is_ascii_alphanumeric() || !b.is_ascii());
    match bytes[at] {
        byte if byte.is_ascii_alphanumeric() || byte == b'_' => 0,
        b'\'' | b'.' | b':' | b',' | b';' => usize::from(!(may_join(at.checked_sub(1)) && may_join(Some(at + 1)))),
        byte if byte.is_ascii() => 1,
        // “ ” „, the dashes – and —, the dots …; « and »: none of them joins letters.
        0xe2 if matches!(bytes.get(at + 1..at + 3), Some([0x80, 0x9c..=0x9e | 0x93 | 0x94 | 0xa6])) => 3,
        0xc2 if matches!(bytes.get(at + 1), Some(0xab | 0xbb)) => 2,
        _ => 0,
    }
}

/// Adds the stretches of one sentence that have all `count` words; each ends as soon as the last of them stands there.
fn stretches<'a>(
    near: impl Iterator<Item = &'a (Range<usize>, Vec<usize>)>,
    count: usize,
    out: &mut Vec<Range<usize>>,
) {
    let mut last: Vec<Option<Range<usize>>> = vec![None; count];
    for (place, meant) in near {
        for &word in meant {
            last[word] = Some(place.clone());
        }
        if last.iter().all(Option::is_some) {
            let places = last.iter().flatten();
            let from = places.clone().map(|place| place.start).min().unwrap_or(0);
            let to = places.map(|place| place.end).max().unwrap_or(0);
            out.push(from..to);
            last.fill(None);
        }
    }
}

/// A word of a query.
#[derive(Debug, Clone)]
struct Typed {
    letters: Vec<char>,
    /// Which letters it has, see `letters_of`.
    has: u64,
}

impl Typed {
    fn new(word: &str, exact: bool) -> Self {
        let letters = folded(word, exact);
        Self { has: letters_of(letters.iter().copied()), letters }
    }
}

/// Returns the letters of a word as bits; several share one. A slip adds one bit at most and takes one away at most.
fn letters_of(letters: impl Iterator<Item = char>) -> u64 {
    letters.fold(0, |bits, c| bits | 1 << (c as u32 & 63))
}

/// Returns the numbers of the typed words that `part` may be.
fn meant(words: &[Typed], part: &str, exact: bool) -> Vec<usize> {
    // Most words of a text are none of them, and can be told so by their letters and their length.
    let bits = match (part.is_ascii(), exact) {
        (true, true) => letters_of(part.bytes().map(char::from)),
        (true, false) => letters_of(part.bytes().map(|byte| char::from(byte.to_ascii_lowercase()))),
        (false, _) => letters_of(folded(part, exact).into_iter()),
    };
    let may = |word: &Typed| {
        let slips = word.letters.len() / 4;
        let (missing, more) = ((word.has & !bits).count_ones() as usize, (bits & !word.has).count_ones() as usize);
        // It begins with what was typed, or has all its letters; or it differs by some slips.
        missing == 0 || (missing <= slips && more <= slips && part.len() + slips >= word.letters.len())
    };
    let mut letters = None;
    let near = words.iter().enumerate().filter(|(_, word)| may(word));
    near.filter(|(_, word)| near_to(&word.letters, letters.get_or_insert_with(|| folded(part, exact))))
        .map(|(n, _)| n)
        .collect()
}

fn folded(word: &str, exact: bool) -> Vec<char> {
    if exact { word.chars().collect() } else { word.chars().flat_map(char::to_lowercase).collect() }
}

/// Tells whether `word` may be what was meant: it begins with what was typed, has its letters in order and not many more,
/// or differs by one slip in four letters.
fn near_to(typed: &[char], word: &[char]) -> bool {
    if word == typed || (typed.len() >= 2 && word.starts_with(typed)) {
        return true;
    }
    let (short, long) = (typed.len().min(word.len()), typed.len().max(word.len()));
    if typed.len() >= 2 && typed.first() == word.first() && word.len() <= typed.len() * 3 / 2 + 1 {
        let mut rest = word.iter();
        if typed.iter().all(|c| rest.any(|other| other == c)) {
            return true;
        }
    }
    let slips = typed.len() / 4;
    slips > 0 && long - short <= slips && distance(typed, word) <= slips
}

/// Returns how many letters must be put in, left out, changed, or swapped with the next.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut best = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found<'a>(query: &str, kind: Kind, text: &'a str) -> Vec<&'a str> {
        let places = Pattern::new(query, kind).expect("it is whole").places(text, 100);
        places.into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn words_are_found_across_lines_and_in_other_marks() {
        let text = "They don’t pay.\nThe night\n  ferry, the Night Ferry; “yes”";
        assert_eq!(found("night ferry", Kind::Words, text), ["night\n  ferry", "Night Ferry"]);
        assert_eq!(found("Night Ferry", Kind::Words, text), ["Night Ferry"]);
        assert_eq!(found("don't", Kind::Words, text), ["don’t"]);
        assert_eq!(found("\"yes\"", Kind::Words, text), ["“yes”"]);
        assert_eq!(found("a.c", Kind::Words, "abc a.c"), ["a.c"]);
        assert_eq!(found("ärger", Kind::Words, "Ärger ärger"), ["Ärger", "ärger"]);
    }

    #[test]
    fn an_expression_minds_case_where_it_names_a_capital_and_a_bad_one_says_where() {
        assert_eq!(found(r"k\w+n", Kind::Regex, "Khan khan"), ["Khan", "khan"]);
        assert_eq!(found(r"K\W?\p{Ll}+", Kind::Regex, "Khan khan"), ["Khan"]);
        assert_eq!(found(r"\p{Lu}han|\Whan", Kind::Regex, "Khan"), ["Khan"]);
        assert_eq!(found("^b$|x*", Kind::Regex, "a\nb"), ["b"]);
        let bad = |query: &str| Pattern::new(query, Kind::Regex).expect_err("it is bad");
        assert_eq!((bad("é(a").column, bad("é(a").reason.contains("unclosed group")), (2, true));
        assert_eq!(bad("ab[z-a]").column, 4);
        assert!(bad("a{1000}{1000}{1000}").reason.contains("too large"));
        assert!(Pattern::new(&"(".repeat(10_000), Kind::Regex).is_err());
        assert!(Pattern::new("  ", Kind::Words).is_err());
    }

    #[test]
    fn nearly_right_words_are_found_in_one_sentence() {
        let text = "The travell ban was lifted. A ban on fishing stays. Travel is free; nobody is banned.";
        assert_eq!(found("travel ban", Kind::Fuzzy, text), ["travell ban", "Travel is free; nobody is banned"]);
        assert_eq!(found("tarvel", Kind::Fuzzy, "travel gravel travels"), ["travel"]);
        assert_eq!(found("comm", Kind::Fuzzy, "commission car committee"), ["commission", "committee"]);
        assert_eq!(found("Khn", Kind::Fuzzy, "Khan khan Kathrin"), ["Khan"]);
        assert!(found("cat", Kind::Fuzzy, "dog cut coat-check acts").len() <= 1);
    }

    proptest! {
        #[test]
        fn words_are_those_of_the_standard(text in "([a-zB0-9_ .,:;'\\-/()“”„«»’‘—–…é\u{301}\u{ad}\u{200d}\u{2060}漢カאב٣🇩👍]|don't|3\\.5|\\PC){0,40}") {
            let mut found = Vec::new();
            words_of(&text, |at, word| found.push((at, word)));
            prop_assert_eq!(found, text.unicode_word_indices().collect::<Vec<_>>());
        }

        #[test]
        fn no_word_that_is_near_is_left_out(word in "[a-dA-Bé]{1,7}", typed in "[a-dé]{1,7}") {
            let near = near_to(&folded(&typed, false), &folded(&word, false));
            prop_assert_eq!(!meant(&[Typed::new(&typed, false)], &word, false).is_empty(), near);
        }

        #[test]
        fn any_query_is_found_within_the_text_or_said_to_be_bad(query in "[a-z(\\[{*+\\\\é ]{0,12}", text in any::<String>()) {
            for kind in [Kind::Words, Kind::Regex, Kind::Fuzzy] {
                match Pattern::new(&query, kind) {
                    Ok(pattern) => {
                        let places = pattern.places(&text, 50);
                        prop_assert!(places.windows(2).all(|pair| pair[0].end <= pair[1].start));
                        prop_assert!(places.iter().all(|place| text.get(place.clone()).is_some_and(|s| !s.is_empty())));
                    }
                    Err(bad) => prop_assert!(bad.column <= query.chars().count() + 1),
                }
            }
        }
    }
}
