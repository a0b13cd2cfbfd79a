//! A mistake in a user's file: where it is and what to do.

use std::fmt;

/// One mistake. Shows as `FILE:LINE:COLUMN: reason`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file, as the user would name it.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// From 1, in code points.
    pub column: usize,
    /// What is wrong and what to do.
    pub reason: String,
    /// Whether the file is not even TOML, so that nobody can tell what else was meant.
    pub unreadable: bool,
}

impl Diagnostic {
    /// Makes the diagnostic for byte `at` of `text`, the content of `file`.
    pub fn at(file: &str, text: &str, at: usize, reason: impl Into<String>) -> Self {
        let mut at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let before = &text[..at];
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            file: file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[start..].chars().count() + 1,
            reason: reason.into(),
            unreadable: false,
        }
    }
}

impl Diagnostic {
    /// Says that the file as a whole could not be read.
    #[must_use]
    pub fn of_whole_file(mut self) -> Self {
        self.unreadable = true;
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.reason)
    }
}

/// Returns `; did you mean "NAME"?` for the nearest of `names`, or nothing where none is near.
///
/// Near is at most a third of the letters changed (Levenshtein).
pub(super) fn did_you_mean<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    let limit = word.chars().count().div_ceil(3).max(1);
    names
        .into_iter()
        .map(|name| (distance(word, name), name))
        .filter(|&(far, _)| far <= limit)
        .min()
        .map_or_else(String::new, |(_, name)| format!("; did you mean {name:?}?"))
}

/// Edits of one character that lead from `a` to `b`.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let swap = corner + usize::from(from != *to);
            corner = row[j + 1];
            row[j + 1] = swap.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lines_and_code_points() {
        let text = "a\nüx = 1\n";
        assert_eq!(Diagnostic::at("f", text, text.find('x').unwrap(), "r").to_string(), "f:2:2: r");
        assert_eq!(Diagnostic::at("f", text, 3, "r").to_string(), "f:2:1: r", "inside a character is at it");
        assert_eq!(Diagnostic::at("f", text, 999, "r").to_string(), "f:3:1: r");
        assert_eq!(Diagnostic::at("f", "", 0, "r").to_string(), "f:1:1: r");
    }

    #[test]
    fn suggests_what_is_near() {
        assert_eq!(did_you_mean("acept", ["accept", "reject"]), "; did you mean \"accept\"?");
        assert_eq!(did_you_mean("zzz", ["accept", "reject"]), "");
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
    }
}
