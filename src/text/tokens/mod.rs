//! Tokens, sentences and paragraphs of a text, in one pass over its bytes.
//!
//! A token is a word (with its inner apostrophes, hyphens and abbreviation dots), a number, a quotation mark or one other
//! mark. Words that a person selects on the screen come from unicode-segmentation; these are the engine's, made for speed.

mod sentences;

use super::spelling::{Speller, Spelling, spell};
use super::{Clean, Span};
use sentences::{closes, ends_sentence};
use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with inner apostrophes, hyphens and dots: `don’t`, `vice-president`, `U.S.`, `Khan’s` is `Khan` and `’s`.
    Word,
    /// Digits, with inner commas, dots and letters: `1,200`, `3.5`, `21st`.
    Number,
    /// A quotation mark, single marks that are no apostrophe included.
    Mark,
    /// Any other character that is no white space.
    Punct,
}

/// One token: bytes `start..end` of the clean text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What it is.
    pub kind: TokenKind,
    /// Whether it begins with an upper-case letter.
    pub capital: bool,
    /// Whether it is a word of several, with hyphens between.
    pub joined: bool,
}

impl Token {
    /// Returns the bytes of the token.
    pub fn span(self) -> Span<Clean> {
        Span::new(self.start as usize, self.end as usize)
    }

    /// Returns the text of the token.
    pub fn of(self, text: &str) -> &str {
        self.span().of(text)
    }
}

/// The tokens of a text, and which of them make a sentence and a paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tokens {
    /// All tokens in order.
    pub all: Vec<Token>,
    /// How each is spelled.
    pub spellings: Vec<Spelling>,
    /// Sentences as ranges of token numbers, in order, without gaps.
    pub sentences: Vec<Range<usize>>,
    /// Paragraphs as ranges of token numbers, in order, without gaps; a line break ends one.
    pub paragraphs: Vec<Range<usize>>,
    /// For each token its sentence and its paragraph: attribution asks for them all the time.
    places: Vec<(u32, u32)>,
}

impl Tokens {
    /// Reads `text` once. Texts past 4 GiB are cut there; the sources refuse them long before.
    pub fn new(text: &str) -> Self {
        let mut out = Self::default();
        out.read(text);
        out.split(text);
        out.place();
        out
    }

    /// Returns the number of the first token that begins at or after byte `at`.
    pub fn at_or_after(&self, at: usize) -> usize {
        self.all.partition_point(|token| (token.start as usize) < at)
    }

    /// Returns the numbers of the tokens that share a byte with `span`.
    pub fn within(&self, span: Span<Clean>) -> Range<usize> {
        let first = self.all.partition_point(|token| token.end as usize <= span.start);
        let last = self.all.partition_point(|token| (token.start as usize) < span.end);
        first..last.max(first)
    }

    /// Returns the sentence that holds token `token`, as its number in `sentences`.
    pub fn sentence_of(&self, token: usize) -> usize {
        self.places.get(token).map_or(self.sentences.len(), |place| place.0 as usize)
    }

    /// Returns the paragraph that holds token `token`, as its number in `paragraphs`.
    pub fn paragraph_of(&self, token: usize) -> usize {
        self.places.get(token).map_or(self.paragraphs.len(), |place| place.1 as usize)
    }

    /// Returns the bytes that the tokens `range` take, or an empty span where there are none.
    pub fn span(&self, range: Range<usize>) -> Span<Clean> {
        match (self.all.get(range.start), range.end.checked_sub(1).and_then(|last| self.all.get(last))) {
            (Some(first), Some(last)) if !range.is_empty() => Span::new(first.start as usize, last.end as usize),
            _ => Span::empty(0),
        }
    }

    fn read(&mut self, text: &str) {
        let bytes = text.as_bytes();
        self.all.reserve(bytes.len() / 5);
        self.spellings.reserve(bytes.len() / 5);
        let mut at = 0;
        let mut paragraph = 0;
        while at < bytes.len().min(u32::MAX as usize) {
            let byte = bytes[at];
            if byte == b'\n' {
                if self.all.len() > paragraph {
                    self.paragraphs.push(paragraph..self.all.len());
                    paragraph = self.all.len();
                }
                at += 1;
                continue;
            }
            if byte == b' ' || byte == b'\t' || byte == b'\r' {
                at += 1;
                continue;
            }
            let c = char_at(text, at);
            if byte.is_ascii_alphabetic() || !byte.is_ascii() && is_letter(c) {
                at = self.word(text, at, c.is_uppercase());
                continue;
            }
            if c.is_whitespace() {
                at += c.len_utf8();
                continue;
            }
            let (end, kind) = if c.is_ascii_digit() {
                (number_end(text, at), TokenKind::Number)
            } else if is_apostrophe(c) && clitic_end(text, at).is_some() {
                (clitic_end(text, at).unwrap_or(at + c.len_utf8()), TokenKind::Word)
            } else {
                // `` and '' are one mark each.
                let double = (c == '`' || c == '\'') && bytes.get(at + 1) == Some(&byte);
                let end = at + c.len_utf8() + usize::from(double);
                (end, if is_mark(c) { TokenKind::Mark } else { TokenKind::Punct })
            };
            let capital = c.is_uppercase();
            self.all.push(Token { start: at as u32, end: end as u32, kind, capital, joined: false });
            self.spellings.push(spell(&text[at..end], kind, capital));
            at = end;
        }
        if self.all.len() > paragraph {
            self.paragraphs.push(paragraph..self.all.len());
        }
    }

    /// Reads the word that begins at `start` with a letter, `capital` or not, and returns its end.
    #[inline]
    fn word(&mut self, text: &str, start: usize, capital: bool) -> usize {
        let mut joined = false;
        let mut speller = Speller::new();
        let end = word_end(text, start, &mut speller, &mut joined);
        let kind = TokenKind::Word;
        self.all.push(Token { start: start as u32, end: end as u32, kind, capital, joined });
        self.spellings.push(speller.spelling(&text[start..end], kind, capital));
        end
    }

    fn place(&mut self) {
        self.places = vec![(0, 0); self.all.len()];
        for (number, sentence) in self.sentences.iter().enumerate() {
            self.places[sentence.clone()].iter_mut().for_each(|place| place.0 = number as u32);
        }
        for (number, paragraph) in self.paragraphs.iter().enumerate() {
            self.places[paragraph.clone()].iter_mut().for_each(|place| place.1 = number as u32);
        }
    }

    /// Splits each paragraph into sentences: after `.`, `!`, `?` and the marks that close behind them, unless the dot
    /// belongs to an abbreviation or an initial, or the next word is lower case.
    fn split(&mut self, text: &str) {
        let mut sentences = Vec::with_capacity(self.all.len() / 20 + 1);
        for paragraph in &self.paragraphs {
            let mut start = paragraph.start;
            let mut i = paragraph.start;
            while i < paragraph.end {
                if !ends_sentence(self, text, i) {
                    i += 1;
                    continue;
                }
                let mut next = i + 1;
                // Closing marks and brackets, and further stops, stay with the sentence.
                while next < paragraph.end && closes(&self.all, text, next) {
                    next += 1;
                }
                let begins = self.all.get(next).filter(|_| next < paragraph.end).is_none_or(|token| {
                    token.capital
                        || token.kind == TokenKind::Number
                        || token.kind == TokenKind::Mark
                        || matches!(token.of(text), "(" | "[" | "@" | "#" | "$" | "—" | "–" | "-" | "<")
                });
                if begins {
                    sentences.push(start..next);
                    start = next;
                }
                i = next;
            }
            if start < paragraph.end {
                sentences.push(start..paragraph.end);
            }
        }
        self.sentences = sentences;
    }
}

/// Tells whether `c` is a letter; for dashes and curly marks without a search through all of Unicode.
fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphabetic(),
        '\u{2000}'..='\u{203f}' => false,
        _ => c.is_alphabetic(),
    }
}

fn char_at(text: &str, at: usize) -> char {
    let byte = text.as_bytes()[at];
    if byte < 0x80 { char::from(byte) } else { text[at..].chars().next().unwrap_or('\u{fffd}') }
}

/// Tells whether `c` may be an apostrophe.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ')
}

/// Tells whether `c` is a quotation mark of any kind.
pub fn is_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '“'
            | '”'
            | '„'
            | '‟'
            | '«'
            | '»'
            | '\''
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '`'
            | '´'
            | '‹'
            | '›'
            | '「'
            | '」'
            | '『'
            | '』'
            | '＂'
    )
}

/// Returns the end of a clitic (`’s`, `n’t` belongs to its word) that begins with an apostrophe at `at`.
fn clitic_end(text: &str, at: usize) -> Option<usize> {
    let after = at + text[at..].chars().next()?.len_utf8();
    // Only directly behind a letter: `Khan’s`; a mark that opens has a space before it.
    let behind = text[..at].chars().next_back()?;
    if !behind.is_alphanumeric() && behind != '.' {
        return None;
    }
    let len = match text.as_bytes()[after..] {
        [b's' | b'S' | b'd' | b'D' | b'm' | b'M' | b't' | b'T', ..] => 1,
        [b'r' | b'R' | b'v' | b'V', b'e' | b'E', ..] | [b'l' | b'L', b'l' | b'L', ..] => 2,
        _ => return None,
    };
    let stops = text[after + len..].chars().next().is_none_or(|c| !c.is_alphanumeric());
    stops.then_some(after + len)
}

/// What a byte inside a word means for it.
#[derive(Clone, Copy)]
enum Inner {
    /// It belongs to the word.
    Word,
    /// It ends the word.
    Stop,
    /// That depends on what stands about it.
    Maybe,
}

static INNER: [Inner; 256] = inner();

const fn inner() -> [Inner; 256] {
    let mut out = [Inner::Stop; 256];
    let mut byte = 0;
    while byte < 256 {
        out[byte] = match byte as u8 {
            b'-' | b'&' | b'\'' | b'.' | 0x80.. => Inner::Maybe,
            byte if byte.is_ascii_alphanumeric() => Inner::Word,
            _ => Inner::Stop,
        };
        byte += 1;
    }
    out
}

/// Returns the end of the word that begins at `start`, which `speller` reads, and says in `hyphens` whether there are any in it.
fn word_end(text: &str, start: usize, speller: &mut Speller, hyphens: &mut bool) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while at < bytes.len() {
        let byte = bytes[at];
        match INNER[byte as usize] {
            Inner::Word => {
                speller.add(byte);
                at += 1;
                continue;
            }
            Inner::Stop => break,
            Inner::Maybe => {}
        }
        // Behind two letters a dot is no abbreviation's.
        if byte == b'.' && at - start > 1 && bytes[at - 2..at].iter().all(u8::is_ascii_alphabetic) {
            break;
        }
        let c = char_at(text, at);
        let next = at + c.len_utf8();
        if is_letter(c) || c.is_numeric() || ('\u{300}'..='\u{36f}').contains(&c) {
            speller.add_all(&bytes[at..next]);
            at = next;
            continue;
        }
        let follows = next < bytes.len() && char_at(text, next).is_alphanumeric();
        let joined = match c {
            '-' | '‑' => follows,
            '&' => follows && at - start <= 2,
            // `don’t` and `O’Neill` are whole; `Khan’s` and `they’re` end before the apostrophe.
            _ if is_apostrophe(c) => {
                follows
                    && (clitic_end(text, at).is_none()
                        || text[start..at].ends_with('n') && text[next..].starts_with('t'))
            }
            // An abbreviation's dots: `U.S.`, `a.m.`; only between and after single letters.
            '.' => {
                is_dotted(&text[start..at]) && (follows && is_dotted_ahead(text, next) || text[start..at].contains('.'))
            }
            _ => false,
        };
        if !joined {
            break;
        }
        *hyphens |= byte == b'-';
        speller.add_all(&bytes[at..next]);
        at = next;
    }
    at
}

/// Tells whether `word` is single letters with dots between them.
fn is_dotted(word: &str) -> bool {
    word.split('.').all(|part| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
    })
}

/// Tells whether one letter stands at `at`, with no further letter behind it.
fn is_dotted_ahead(text: &str, at: usize) -> bool {
    let mut ahead = text[at..].chars();
    ahead.next().is_some_and(char::is_alphabetic) && !ahead.next().is_some_and(char::is_alphanumeric)
}

fn number_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while at < bytes.len() {
        let byte = bytes[at];
        let follows = bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        if byte.is_ascii_alphanumeric() || (matches!(byte, b',' | b'.' | b':') && follows) {
            at += 1;
        } else {
            break;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<&str> {
        Tokens::new(text).all.iter().map(|token| token.of(text)).collect()
    }

    fn sentences(text: &str) -> Vec<String> {
        let tokens = Tokens::new(text);
        tokens.sentences.iter().map(|range| tokens.span(range.clone()).of(text).to_owned()).collect()
    }

    #[test]
    fn keeps_words_whole() {
        assert_eq!(words("Khan’s vice-president didn’t go."), ["Khan", "’s", "vice-president", "didn’t", "go", "."]);
        assert_eq!(words("U.S. troops at 5:30 a.m., 1,200"), ["U.S.", "troops", "at", "5:30", "a.m.", ",", "1,200"]);
        assert_eq!(words("``We'' said O’Neill"), ["``", "We", "''", "said", "O’Neill"]);
        assert_eq!(words("“I’m here,”she"), ["“", "I", "’m", "here", ",", "”", "she"]);
    }

    #[test]
    fn splits_sentences() {
        assert_eq!(
            sentences("Mr. Khan spoke. “It is late.” He left."),
            ["Mr. Khan spoke.", "“It is late.”", "He left."]
        );
        assert_eq!(
            sentences("J. B. Priestley met the U.S. envoy. Then?"),
            ["J. B. Priestley met the U.S. envoy.", "Then?"]
        );
        assert_eq!(sentences("One\nTwo"), ["One", "Two"]);
        assert_eq!(sentences("He left the U.S. The end."), ["He left the U.S.", "The end."]);
        assert_eq!(sentences("“Really?” she asked."), ["“Really?” she asked."]);
    }

    proptest! {
        #[test]
        fn covers_everything_in_order(text in "[a-zA-Z0-9 .,’'\"“”é漢\n-]{0,200}") {
            let tokens = Tokens::new(&text);
            let mut at = 0;
            for token in &tokens.all {
                prop_assert!(text[at..token.start as usize].chars().all(char::is_whitespace));
                at = token.end as usize;
                prop_assert!(token.end > token.start && text.is_char_boundary(at));
            }
            prop_assert!(text[at..].chars().all(char::is_whitespace));
            for ranges in [&tokens.sentences, &tokens.paragraphs] {
                let joined: Vec<usize> = ranges.iter().cloned().flatten().collect();
                prop_assert!(joined.iter().copied().eq(0..tokens.all.len()));
            }
        }
    }
}
