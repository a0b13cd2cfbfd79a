//! The lines of a text: where each begins, and the line and column of a byte.

/// The starts of a text's lines, in bytes. A line ends after its `\n`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<usize>,
    len: usize,
}

impl LineIndex {
    /// Reads `text` once.
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1));
        Self { starts, len: text.len() }
    }

    /// Returns the number of lines; an empty text has one.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// Returns the line (from 0) that holds byte `at`; past the end gives the last.
    pub fn line_of(&self, at: usize) -> usize {
        self.starts.partition_point(|&start| start <= at).saturating_sub(1)
    }

    /// Returns the bytes of line `line` without its `\n`, or `None` past the last line.
    pub fn range(&self, line: usize) -> Option<std::ops::Range<usize>> {
        let start = *self.starts.get(line)?;
        let end = self.starts.get(line + 1).map_or(self.len, |&next| next - 1);
        Some(start..end)
    }

    /// Returns line and column of byte `at`, both from 1, the column in code points, as editors count them.
    pub fn line_column(&self, text: &str, at: usize) -> (usize, usize) {
        let line = self.line_of(at);
        let before = text.get(self.starts[line]..at.min(self.len)).unwrap_or("");
        (line + 1, before.chars().count() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_lines() {
        let text = "a\nbé\n";
        let lines = LineIndex::new(text);
        assert_eq!(lines.count(), 3);
        assert_eq!(lines.range(1), Some(2..5));
        assert_eq!(lines.range(2), Some(6..6));
        assert_eq!(lines.range(3), None);
        assert_eq!(lines.line_column(text, 5), (2, 3));
        assert_eq!(lines.line_of(999), 2);
    }
}
