//! The words of tokenised text as the offset rule counts them, and the classes of words it looks at.

/// One token: bytes `start..end`, a stretch without spaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Its number where runs of two and more spaces count as tokens too.
    pub with_runs: u32,
    /// Its number where they do not, and a compound set apart by its hyphen is one token.
    pub without: u32,
    /// Whether it begins with a capital.
    pub capital: bool,
}

impl Word {
    /// Returns the text of the token.
    pub fn of(self, text: &str) -> &str {
        &text[self.start as usize..self.end as usize]
    }
}

/// Splits `text` at spaces.
pub fn split(text: &str) -> Vec<Word> {
    let bytes = text.as_bytes();
    let mut words: Vec<Word> = Vec::with_capacity(bytes.len() / 5);
    let (mut with_runs, mut without) = (0, 0);
    let mut at = 0;
    while at < bytes.len() {
        let gap = at;
        while at < bytes.len() && matches!(bytes[at], b' ' | b'\n' | b'\r' | b'\t') {
            at += 1;
        }
        if at - gap > 1 {
            with_runs += 1;
        }
        let start = at;
        // Words are short: a search of its own for each end costs more than a look at each byte.
        while at < bytes.len() && !matches!(bytes[at], b' ' | b'\n' | b'\t') {
            at += 1;
        }
        let end = at;
        if start == end {
            break;
        }
        let hyphen = end - start == 1 && bytes[start] == b'-';
        let joined = words.last().is_some_and(|last| {
            let last = &bytes[last.start as usize..last.end as usize];
            // `low - income`, `$ 45` and `U. S.` were one token each.
            last == b"-" || last == b"$" || is_initial(last) && is_initial(&bytes[start..end])
        });
        if !(hyphen || joined) {
            without += 1;
        }
        if !(joined && is_initial(&bytes[start..end])) {
            with_runs += 1;
        }
        words.push(Word {
            start: start as u32,
            end: end as u32,
            with_runs,
            without,
            capital: bytes[start].is_ascii_uppercase(),
        });
    }
    words
}

fn is_initial(word: &[u8]) -> bool {
    word.len() == 2 && word[0].is_ascii_uppercase() && word[1] == b'.'
}

/// To what a pronoun can refer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pronoun {
    /// A person.
    Person,
    /// A thing or a group.
    Group,
    /// The speaker's own group.
    We,
}

/// Returns to what `word` can refer, where it is a pronoun.
pub fn pronoun(word: &str) -> Option<Pronoun> {
    if word.len() > 7 {
        return None;
    }
    Some(match word {
        "he" | "He" | "his" | "His" | "him" | "himself" | "she" | "She" | "her" | "Her" | "herself" => Pronoun::Person,
        "they" | "They" | "their" | "Their" | "them" | "it" | "It" | "its" | "Its" => Pronoun::Group,
        "we" | "We" | "us" | "our" | "Our" => Pronoun::We,
        _ => return None,
    })
}

/// A class of neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Class {
    /// The end of a sentence, or of the text.
    Stop,
    /// A comma, colon or semicolon.
    Comma,
    /// A quotation mark.
    Quote,
    /// A dash or bracket.
    Dash,
    /// `a`, `the`, `this`, `his`.
    Determiner,
    /// `’s`.
    Possessive,
    /// Forms of be, have, do.
    Auxiliary,
    /// `would`, `can`, `n’t`, `not`.
    Modal,
    /// `to`.
    To,
    /// Other prepositions.
    Preposition,
    /// `and`, `or`, `but`.
    And,
    /// `that`, `if`, `when`, `who`.
    Clause,
    /// Reporting verbs.
    Report,
    /// A subject pronoun.
    Subject,
    /// A title.
    Title,
    /// Another capitalised word.
    Capital,
    /// A word in -ed.
    Past,
    /// A word in -ing.
    Ing,
    /// A word in -ly.
    Adverb,
    /// A word in -s.
    Plural,
    /// A number.
    Number,
    /// Any other word.
    Other,
}

/// How many classes there are.
pub const CLASSES: usize = 22;

/// Returns the class of `word`.
pub fn class(word: &str) -> Class {
    let Some(&first) = word.as_bytes().first() else { return Class::Stop };
    match first {
        b'.' | b'!' | b'?' => return Class::Stop,
        b',' | b':' | b';' => return Class::Comma,
        b'"' | b'`' => return Class::Quote,
        b'(' | b')' | b'[' | b']' | b'-' => return Class::Dash,
        b'$' | b'0'..=b'9' | b'#' | b'%' => return Class::Number,
        b'\'' => return if word.len() > 1 { Class::Possessive } else { Class::Quote },
        0x80.. => {
            return match word.chars().next() {
                Some('’') if word.len() > 3 => Class::Possessive,
                Some('“' | '”' | '‘' | '’') => Class::Quote,
                Some('—' | '–') => Class::Dash,
                _ => Class::Other,
            };
        }
        _ => {}
    }
    let mut buffer = [0; 9];
    let word = if first.is_ascii_uppercase() {
        if super::super::marks::is_title(word.trim_end_matches('.')) && word.ends_with('.') {
            return Class::Title;
        }
        // A month, a prime minister, a first name: rarely the verb, but at the start of a question.
        if matches!(word, "May" | "Will") {
            return Class::Capital;
        }
        // Function words are short.
        let Some(lower) = buffer.get_mut(..word.len()) else { return Class::Capital };
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        return std::str::from_utf8(lower).ok().and_then(function).unwrap_or(Class::Capital);
    } else {
        word
    };
    function(word).unwrap_or_else(|| {
        if super::super::marks::is_report(word) {
            Class::Report
        } else if word.len() > 3 && word.ends_with("ed") {
            Class::Past
        } else if word.len() > 4 && word.ends_with("ing") {
            Class::Ing
        } else if word.len() > 3 && word.ends_with("ly") {
            Class::Adverb
        } else if word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") {
            Class::Plural
        } else {
            Class::Other
        }
    })
}

fn function(word: &str) -> Option<Class> {
    if word.len() > 9 {
        return None;
    }
    Some(match word {
        "a" | "an" | "the" | "this" | "these" | "those" | "his" | "her" | "its" | "their" | "our" | "my" | "your"
        | "no" | "every" | "each" | "any" | "some" | "another" | "both" | "all" => Class::Determiner,
        "is" | "was" | "are" | "were" | "be" | "been" | "being" | "has" | "have" | "had" | "do" | "does" | "did"
        | "having" => Class::Auxiliary,
        "would" | "could" | "should" | "will" | "can" | "may" | "might" | "must" | "n’t" | "n't" | "not" | "cannot"
        | "never" | "shall" => Class::Modal,
        "to" => Class::To,
        "of" | "in" | "on" | "at" | "by" | "for" | "with" | "from" | "into" | "about" | "against" | "among"
        | "between" | "over" | "under" | "after" | "before" | "during" | "through" | "without" | "toward"
        | "towards" | "like" | "near" | "behind" | "within" | "upon" | "across" | "since" | "until" | "around"
        | "including" | "despite" | "via" => Class::Preposition,
        "and" | "or" | "but" | "nor" | "plus" => Class::And,
        "that" | "if" | "when" | "who" | "which" | "while" | "because" | "as" | "than" | "where" | "what" | "how"
        | "whether" | "though" | "although" | "why" | "whose" | "so" | "once" | "unless" => Class::Clause,
        "he" | "she" | "they" | "it" | "we" | "i" | "you" | "them" | "him" | "us" | "me" => Class::Subject,
        _ => return None,
    })
}
