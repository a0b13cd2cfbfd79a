//! A number and what it counts, in words.

/// Returns `count` and what it counts: `1 tag is left out`, `3 tags are left out`.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
