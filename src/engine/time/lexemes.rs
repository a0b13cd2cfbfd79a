//! Tokens become lexemes: what each is for a date, hyphenated words taken apart, abbreviations joined to their dots.

use super::word_table::{look_up, may_know};
use super::words::Lex;
use crate::engine::page::Page;
use crate::text::{Clean, Span, Token, TokenKind};

/// A token, or a part of one, as the grammar of dates reads it.
#[derive(Debug, Clone, Copy)]
pub struct Lexeme {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What it is.
    pub lex: Lex,
    /// Whether it begins with an upper-case letter.
    pub capital: bool,
    /// Whether a hyphen joins it to the one before.
    pub hyphen: bool,
    /// Whether nothing stands between it and the one before.
    pub touches: bool,
}

/// The lexemes of a page.
#[derive(Debug)]
pub struct Lexemes<'a> {
    /// The clean text.
    pub text: &'a str,
    /// All of them in order.
    pub all: Vec<Lexeme>,
}

impl<'a> Lexemes<'a> {
    /// Reads the tokens of `page` once.
    pub fn new(page: &Page<'a>) -> Self {
        let mut out = Self { text: page.text, all: Vec::with_capacity(page.tokens.all.len() + 64) };
        let bytes = page.text.as_bytes();
        let mut last_end = 0;
        let mut hyphen = false;
        let tokens = &page.tokens.all;
        for (number, &token) in tokens.iter().enumerate() {
            if token.start > last_end + 1 && out.breaks(last_end, token.start) {
                out.push(Lexeme {
                    start: last_end,
                    end: last_end,
                    lex: Lex::Break,
                    capital: false,
                    hyphen: false,
                    touches: false,
                });
                hyphen = false;
            }
            let touches = token.start == last_end;
            last_end = token.end;
            let lexeme = Lexeme {
                start: token.start,
                end: token.end,
                lex: Lex::Other,
                capital: token.capital,
                hyphen: std::mem::take(&mut hyphen),
                touches,
            };
            // A date that somebody typed has no words.
            let known = page.words.get(number).is_none_or(|word| may_know(word.hash));
            // Most words are no part of any date, by their hash alone.
            if token.kind == TokenKind::Word
                && !known
                && !token.joined
                && token.end > token.start + 1
                && bytes[token.start as usize].is_ascii_alphabetic()
            {
                out.push(lexeme);
                continue;
            }
            let word = token.of(page.text);
            match token.kind {
                TokenKind::Word => out.read_word(lexeme, word, known),
                TokenKind::Number => out.push(Lexeme { lex: figures(word), ..lexeme }),
                TokenKind::Mark | TokenKind::Punct => match word {
                    "-" | "‑" | "–" if touches && tokens.get(number + 1).is_some_and(|t| t.start == token.end) => {
                        hyphen = true;
                    }
                    "." if touches => out.dot(token),
                    _ => out.push(Lexeme { lex: mark(word), ..lexeme }),
                },
            }
        }
        out
    }

    /// Returns what lexeme `i` is; past the end, a break.
    pub fn lex(&self, i: usize) -> Lex {
        self.all.get(i).map_or(Lex::Break, |lexeme| lexeme.lex)
    }

    /// Returns what the lexeme before `i` is.
    pub fn before(&self, i: usize) -> Lex {
        i.checked_sub(1).map_or(Lex::Break, |i| self.lex(i))
    }

    /// Returns the text of lexeme `i`.
    pub fn word(&self, i: usize) -> &'a str {
        self.all.get(i).and_then(|lexeme| self.text.get(lexeme.start as usize..lexeme.end as usize)).unwrap_or("")
    }

    /// Tells whether lexeme `i` is hyphenated to the one before.
    pub fn hyphen(&self, i: usize) -> bool {
        self.all.get(i).is_some_and(|lexeme| lexeme.hyphen)
    }

    /// Tells whether lexeme `i` begins with an upper-case letter.
    pub fn capital(&self, i: usize) -> bool {
        self.all.get(i).is_some_and(|lexeme| lexeme.capital)
    }

    /// Tells whether lexeme `i` touches the one before.
    pub fn touches(&self, i: usize) -> bool {
        self.all.get(i).is_some_and(|lexeme| lexeme.touches)
    }

    /// Returns the bytes of lexemes `from..to`.
    pub fn span(&self, from: usize, to: usize) -> Span<Clean> {
        match (self.all.get(from), to.checked_sub(1).and_then(|last| self.all.get(last))) {
            (Some(first), Some(last)) => Span::new(first.start as usize, last.end as usize),
            _ => Span::empty(0),
        }
    }

    fn push(&mut self, lexeme: Lexeme) {
        self.all.push(lexeme);
    }

    /// A blank line ends what may belong together; a single line break may be a wrapped line.
    fn breaks(&self, from: u32, to: u32) -> bool {
        self.text.as_bytes()[from as usize..to as usize].iter().filter(|&&byte| byte == b'\n').nth(1).is_some()
    }

    /// A word, `known` where the table may hold it; taken apart at its hyphens where a part may belong to a date.
    fn read_word(&mut self, lexeme: Lexeme, word: &str, known: bool) {
        let bytes = word.as_bytes();
        if let Some(first) = memchr::memchr(b'-', bytes)
            && first + 1 < bytes.len()
            && bytes.split(|&b| b == b'-').any(|part| part_of(part) != Lex::Other)
        {
            let mut at = lexeme.start;
            let mut hyphen = lexeme.hyphen;
            for part in bytes.split(|&b| b == b'-') {
                let end = at + part.len() as u32;
                let capital = part.first().is_some_and(u8::is_ascii_uppercase);
                self.push(Lexeme { start: at, end, lex: part_of(part), hyphen, capital, ..lexeme });
                at = end + 1;
                hyphen = true;
            }
            return;
        }
        let lex = match if known { look_up(bytes) } else { Lex::Other } {
            Lex::Other => clitic(word),
            // Lower case these are other words.
            Lex::MonthShort(_) | Lex::WeekdayShort(_) | Lex::Month(3 | 5) if !lexeme.capital => Lex::Other,
            lex => lex,
        };
        // A clitic that was pulled away from its mark: `Saturday ’ s`.
        if word == "s" && lexeme.touches && self.all.last().is_some_and(|last| last.lex == Lex::Apostrophe) {
            if let Some(last) = self.all.last_mut() {
                last.lex = Lex::Possessive;
                last.end = lexeme.end;
            }
            return;
        }
        self.push(Lexeme { lex, ..lexeme });
    }

    /// A dot that touches: it belongs to an abbreviation, or it is a mark of its own.
    fn dot(&mut self, token: Token) {
        match self.all.last_mut() {
            Some(last) if matches!(last.lex, Lex::MonthShort(_) | Lex::WeekdayShort(_)) => last.end = token.end,
            _ => {}
        }
        if !matches!(self.all.last().map(|last| last.lex), Some(Lex::MonthShort(_) | Lex::WeekdayShort(_))) {
            self.push(Lexeme {
                start: token.start,
                end: token.end,
                lex: Lex::Other,
                capital: false,
                hyphen: false,
                touches: true,
            });
        }
    }
}

/// A part of a hyphenated word.
fn part_of(part: &[u8]) -> Lex {
    match part.first() {
        Some(byte) if byte.is_ascii_digit() => std::str::from_utf8(part).map_or(Lex::Other, figures),
        _ => look_up(part),
    }
}

fn clitic(word: &str) -> Lex {
    if matches!(word, "'s" | "’s" | "ʼs" | "‘s") { Lex::Possessive } else { Lex::Other }
}

fn mark(word: &str) -> Lex {
    match word {
        "," => Lex::Comma,
        "-" | "–" | "—" | "_" | "--" => Lex::Dash,
        "/" => Lex::Slash,
        "'" | "’" | "‘" => Lex::Apostrophe,
        "$" | "#" | "£" | "€" | "¥" | "%" => Lex::Amount,
        _ => Lex::Other,
    }
}

/// Reads a token that begins with a figure.
fn figures(word: &str) -> Lex {
    let bytes = word.as_bytes();
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let Some(number) = word.get(..digits).filter(|d| d.len() <= 8).and_then(|d| d.parse::<u32>().ok()) else {
        return Lex::Other;
    };
    let rest = &bytes[digits..];
    if rest.is_empty() {
        return Lex::Number(number, digits as u8);
    }
    let ends = |ending: &[u8]| rest.eq_ignore_ascii_case(ending);
    if ends(b"st") || ends(b"nd") || ends(b"rd") || ends(b"th") {
        return u8::try_from(number).map_or(Lex::Other, Lex::Nth);
    }
    if ends(b"s") && number.is_multiple_of(10) && (digits == 2 || digits == 4) {
        return Lex::Decades(number as u16);
    }
    if ends(b"am") && (1..=12).contains(&number) {
        return Lex::Hours(number as u8 % 12, 0);
    }
    if ends(b"pm") && (1..=12).contains(&number) {
        return Lex::Hours(number as u8 % 12 + 12, 0);
    }
    if let Some(minutes) = rest.strip_prefix(b":") {
        let two = minutes.get(..2).filter(|m| m.iter().all(u8::is_ascii_digit));
        if let (Some(two), true) = (two, number < 24 && digits <= 2) {
            let minute = (two[0] - b'0') * 10 + two[1] - b'0';
            let after = &minutes[2..];
            if minute < 60 {
                if after.is_empty() || (after.len() == 3 && after[0] == b':') {
                    return Lex::Clock(number as u8, minute);
                }
                if after.eq_ignore_ascii_case(b"am") {
                    return Lex::Hours(number as u8 % 12, minute);
                }
                if after.eq_ignore_ascii_case(b"pm") {
                    return Lex::Hours(number as u8 % 12 + 12, minute);
                }
            }
        }
        return Lex::Other;
    }
    if let Some(fraction) = rest.strip_prefix(b".") {
        if fraction.iter().all(u8::is_ascii_digit) {
            return Lex::Decimal;
        }
        return Lex::Other;
    }
    if rest[0] == b',' {
        // `1,200`: an amount; `3,2017` is a date whose space was lost, and stays an amount.
        return Lex::Decimal;
    }
    Lex::Other
}
