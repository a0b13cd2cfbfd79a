//! Text as XML 1.0 takes it.

/// Returns `text` with what XML would read as its own escaped; characters that no XML may hold become `�`.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if is_forbidden(c) => out.push('�'),
            c => out.push(c),
        }
    }
    out
}

/// Returns the same for the value of an attribute, where line breaks and tabs would be read as spaces.
pub fn attribute(text: &str) -> String {
    escape(text).replace('\n', "&#10;").replace('\r', "&#13;").replace('\t', "&#9;")
}

/// Returns how many characters of `text` no XML may hold.
pub fn forbidden(text: &str) -> usize {
    text.chars().filter(|&c| is_forbidden(c)).count()
}

/// Source: XML 1.0, fifth edition, production 2; a carriage return would be read as a line break.
fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}
