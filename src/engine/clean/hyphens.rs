//! Hyphens: one that was set apart (`low - income`) told from one that stands for a dash (`it fell - nobody knows how -`),
//! and the hyphen of a compound told from one that a line break put there.

/// What the document shows of its dashes; looked at when the first spaced hyphen asks.
#[derive(Debug, Default)]
pub struct Hyphens {
    style: Option<Style>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// Dashes are dashes; a spaced hyphen was part of a compound.
    Dashes,
    /// Spaced hyphens stand for dashes.
    Spaced,
    /// There is no sign of either.
    Unknown,
}

impl Hyphens {
    /// Tells whether the hyphen at byte `end`, with a gap from `start` before it and a space behind it, joins a compound.
    pub fn joins(&mut self, text: &str, start: usize, end: usize) -> bool {
        let Some((before, after, chain)) = halves(text, start, end) else { return false };
        let style = *self.style.get_or_insert_with(|| style(text));
        if style == Style::Dashes || chain || is_half(before, after) {
            return true;
        }
        style == Style::Unknown && !is_clausal(after) && !before.is_empty()
    }
}

/// The words on both sides, and whether another hyphen goes on the compound: `hard - to - win`, `hard-to - win`.
fn halves(text: &str, start: usize, end: usize) -> Option<(&str, &str, bool)> {
    let tail = text.get(end + 2..)?;
    let after = &tail[..tail.find(|c: char| !c.is_alphanumeric()).unwrap_or(tail.len())];
    let head = &text[..start];
    let begin = head
        .rfind(|c: char| !c.is_alphanumeric())
        .map_or(0, |at| at + head[at..].chars().next().map_or(1, char::len_utf8));
    let before = &head[begin..];
    if after.is_empty() {
        return None;
    }
    let link = |word: &str| {
        matches!(
            word,
            "to" | "of" | "in" | "and" | "the" | "a" | "at" | "on" | "for" | "by" | "year" | "day" | "up" | "off"
        )
    };
    let short_before = &head[..begin];
    let rest = &tail[after.len()..];
    let chain = short_before.ends_with('-') && !short_before.ends_with(" -")
        || link(after) && rest.starts_with(" - ")
        || link(before) && short_before.ends_with(" - ") && !short_before.ends_with("  - ");
    Some((before, after, chain))
}

/// Tells whether one of the two words is of a kind that compounds are made of.
fn is_half(before: &str, after: &str) -> bool {
    let number = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    let letter = before.len() == 1 && before != "I" && before != "a";
    let participle = !before.is_empty()
        && before.bytes().all(|b| b.is_ascii_lowercase())
        && !is_clausal(before)
        && after.len() > 4
        && (after.ends_with("ed") || after.ends_with("ing"));
    letter || number(before) || is_prefix(before) || is_first_half(before) || is_second_half(after) || participle
}

/// Counts the spaced hyphens that can only be dashes.
fn style(text: &str) -> Style {
    let bytes = text.as_bytes();
    if memchr::memmem::find(bytes, "—".as_bytes()).is_some() || memchr::memmem::find(bytes, b"--").is_some() {
        return Style::Dashes;
    }
    let dashes = memchr::memmem::find_iter(bytes, b" - ")
        .filter(|&at| {
            halves(text, at, at + 1)
                .is_none_or(|(before, after, chain)| !chain && (is_clausal(after) || before.is_empty()))
        })
        .take(2)
        .count();
    if dashes == 2 { Style::Spaced } else { Style::Unknown }
}

/// Tells whether `word` begins a clause or a phrase, and so hardly ends a compound.
fn is_clausal(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "The"
            | "a"
            | "an"
            | "and"
            | "but"
            | "or"
            | "which"
            | "who"
            | "that"
            | "this"
            | "these"
            | "those"
            | "he"
            | "she"
            | "they"
            | "it"
            | "we"
            | "I"
            | "you"
            | "his"
            | "her"
            | "their"
            | "its"
            | "our"
            | "my"
            | "your"
            | "from"
            | "with"
            | "without"
            | "within"
            | "as"
            | "like"
            | "including"
            | "even"
            | "not"
            | "nobody"
            | "if"
            | "when"
            | "while"
            | "because"
            | "though"
            | "although"
            | "after"
            | "before"
            | "is"
            | "are"
            | "was"
            | "were"
            | "has"
            | "have"
            | "had"
            | "will"
            | "would"
            | "could"
            | "such"
            | "some"
            | "many"
            | "for"
            | "of"
            | "at"
            | "where"
            | "what"
            | "how"
            | "than"
            | "so"
            | "perhaps"
            | "especially"
            | "particularly"
            | "then"
            | "just"
            | "only"
            | "almost"
            | "both"
            | "despite"
            | "whom"
            | "whose"
            | "there"
            | "here"
    )
}

/// Tells whether `word` is a prefix that is written with a hyphen.
fn is_prefix(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "anti"
            | "pre"
            | "post"
            | "pro"
            | "non"
            | "co"
            | "re"
            | "ex"
            | "vice"
            | "mid"
            | "multi"
            | "semi"
            | "sub"
            | "ultra"
            | "inter"
            | "counter"
            | "super"
            | "neo"
            | "bi"
            | "tri"
            | "e"
            | "u"
            | "t"
            | "x"
            | "anglo"
            | "afro"
            | "robo"
            | "cyber"
    )
}

/// Tells whether `word` is a whole word that is far more often the first half of a compound than the last before a dash.
pub fn is_first_half(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "self"
            | "well"
            | "high"
            | "low"
            | "long"
            | "short"
            | "full"
            | "part"
            | "half"
            | "cross"
            | "one"
            | "two"
            | "three"
            | "four"
            | "five"
            | "six"
            | "seven"
            | "eight"
            | "nine"
            | "ten"
            | "first"
            | "second"
            | "third"
            | "far"
            | "hard"
            | "left"
            | "right"
            | "old"
            | "new"
            | "all"
            | "twenty"
            | "thirty"
            | "forty"
            | "fifty"
            | "sixty"
            | "seventy"
            | "eighty"
            | "ninety"
            | "then"
            | "ill"
            | "double"
            | "single"
            | "middle"
            | "large"
            | "small"
            | "deep"
            | "top"
            | "front"
            | "once"
            | "lower"
            | "upper"
            | "in"
            | "no"
            | "on"
            | "off"
            | "open"
            | "good"
            | "best"
            | "free"
            | "real"
            | "early"
            | "late"
            | "much"
            | "wide"
            | "over"
            | "under"
            | "fast"
            | "white"
            | "black"
            | "blue"
            | "red"
            | "african"
            | "so"
    )
}

/// Tells whether `word` is far more often the second half of a compound than the first word of a clause.
pub fn is_second_half(word: &str) -> bool {
    matches!(
        word,
        "up" | "old"
            | "year"
            | "day"
            | "time"
            | "level"
            | "based"
            | "wide"
            | "term"
            | "made"
            | "known"
            | "elect"
            | "out"
            | "off"
            | "free"
            | "led"
            | "run"
            | "backed"
            | "American"
            | "Americans"
            | "called"
            | "page"
            | "minute"
            | "hour"
            | "point"
            | "thirds"
            | "quarters"
            | "wing"
            | "class"
            | "income"
            | "profile"
            | "style"
            | "long"
            | "party"
            | "mile"
            | "foot"
            | "century"
            | "owned"
            | "funded"
            | "related"
            | "runner"
            | "runners"
            | "maker"
            | "makers"
            | "making"
            | "care"
            | "friendly"
            | "tier"
            | "scale"
            | "size"
            | "line"
            | "range"
            | "growing"
            | "ridden"
            | "freedom"
            | "down"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joins(text: &str) -> Vec<bool> {
        let mut hyphens = Hyphens::default();
        memchr::memmem::find_iter(text.as_bytes(), b" - ").map(|at| hyphens.joins(text, at, at + 1)).collect()
    }

    #[test]
    fn tells_compounds_from_dashes() {
        assert_eq!(joins("It fell - the pier that is - and a low - income job went with it"), [false, false, true]);
        assert_eq!(joins("Rep. Dell ( R - Tex. ) , a war - ravaged , hard - to - win seat"), [true; 4]);
        assert_eq!(joins("The pier — once ours — is a harbour - board matter"), [true]);
    }
}
