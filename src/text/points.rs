//! Bytes to Unicode code points and back, for everything that leaves the program.

/// Bytes between two anchors; below 256, see [`count_points`].
const STEP: usize = 64;

/// Converts between byte offsets and code point offsets of one text.
///
/// Keeps the count at every 64th byte, so a look-up reads at most 64 bytes; an ASCII text needs none.
#[derive(Debug, Clone)]
pub struct PointIndex {
    /// Code points before byte `i * STEP`; empty where the text is ASCII.
    anchors: Vec<usize>,
    bytes: usize,
    points: usize,
}

impl PointIndex {
    /// Reads `text` once.
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { anchors: Vec::new(), bytes: text.len(), points: text.len() };
        }
        let mut anchors = Vec::with_capacity(text.len() / STEP + 1);
        let mut points = 0;
        for chunk in text.as_bytes().chunks(STEP) {
            anchors.push(points);
            points += count_points(chunk);
        }
        Self { anchors, bytes: text.len(), points }
    }

    /// Returns the number of code points in the text.
    pub fn len(&self) -> usize {
        self.points
    }

    /// Tells whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.points == 0
    }

    /// Returns the code points before byte `at` of `text`; past the end counts as the end.
    ///
    /// `text` must be the text the index was made from.
    pub fn to_points(&self, text: &str, at: usize) -> usize {
        if at >= self.bytes {
            return self.points;
        }
        if self.anchors.is_empty() {
            return at;
        }
        let anchor = at / STEP;
        self.anchors[anchor] + count_points(&text.as_bytes()[anchor * STEP..at])
    }

    /// Returns the byte at which code point `point` of `text` begins, or `None` past the end (the end itself is fine).
    pub fn to_bytes(&self, text: &str, point: usize) -> Option<usize> {
        if point >= self.points {
            return (point == self.points).then_some(self.bytes);
        }
        if self.anchors.is_empty() {
            return Some(point);
        }
        let anchor = self.anchors.partition_point(|&count| count <= point) - 1;
        let mut seen = self.anchors[anchor];
        for (offset, &byte) in text.as_bytes()[anchor * STEP..].iter().enumerate() {
            if !is_continuation(byte) {
                if seen == point {
                    return Some(anchor * STEP + offset);
                }
                seen += 1;
            }
        }
        None
    }
}

fn is_continuation(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

/// Counts within at most [`STEP`] bytes: the sum fits a byte, so that the processor adds many at a time.
fn count_points(bytes: &[u8]) -> usize {
    bytes.iter().map(|&byte| u8::from(!is_continuation(byte))).sum::<u8>().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_counting(text in "[a-zé漢🙂]{0,900}") {
            let index = PointIndex::new(&text);
            for (point, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(index.to_points(&text, byte), point);
                prop_assert_eq!(index.to_bytes(&text, point), Some(byte));
            }
            prop_assert_eq!(index.to_bytes(&text, index.len()), Some(text.len()));
            prop_assert_eq!(index.to_bytes(&text, index.len() + 1), None);
        }
    }
}
