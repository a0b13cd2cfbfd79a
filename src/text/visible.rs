//! A character as it may be shown: nothing from an article reaches the terminal unmapped.
//!
//! Controls, bidirectional marks and zero-width characters would otherwise act on the terminal, or vanish without a
//! trace, so that what is tagged is not what is in the file. Every text, name, tag, memo, file name and error passes here.

use std::borrow::Cow;

/// How one character is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// As itself.
    Plain(char),
    /// As a space: tabs, and spaces of other widths.
    Space,
    /// As a caret form such as `^[`, in a distinct style: C0 controls and DEL.
    Caret(char),
    /// As its code point such as `<U+202E>`, in a distinct style: C1, bidi, zero-width, private and unassigned controls.
    Code(u32),
}

/// Returns how `c` is shown. Line breaks are the caller's business; here they show as `^J`.
pub fn shown(c: char) -> Shown {
    match c {
        ' '..='~' => Shown::Plain(c),
        '\t' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Shown::Space,
        '\0'..='\u{1f}' => Shown::Caret(char::from(c as u8 + 0x40)),
        '\u{7f}' => Shown::Caret('?'),
        _ if is_hidden(c) => Shown::Code(c as u32),
        _ => Shown::Plain(c),
    }
}

/// Tells whether `c` acts on the terminal or is invisible there: C1 controls, soft hyphen, bidi and zero-width
/// characters (but for the joiners that emoji and scripts need inside a grapheme), line separators, interlinear,
/// tag and variation characters, private use and non-characters.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{e0fff}' | '\u{f0000}'..='\u{10ffff}')
        || (c as u32) & 0xFFFE == 0xFFFE
}

/// Returns `text` with every character in its visible form, for one line: no control, no line break is left.
///
/// Borrows where nothing had to change.
pub fn one_line(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| matches!(shown(c), Shown::Plain(_))) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push(' '),
            _ => push(&mut out, c),
        }
    }
    Cow::Owned(out)
}

/// Appends the visible form of `c`.
pub fn push(out: &mut String, c: char) {
    use std::fmt::Write as _;
    match shown(c) {
        Shown::Plain(c) => out.push(c),
        Shown::Space => out.push(' '),
        Shown::Caret(c) => {
            out.push('^');
            out.push(c);
        }
        Shown::Code(code) => {
            // Writing to a String cannot fail.
            let _ = write!(out, "<U+{code:04X}>");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn maps_what_acts_on_a_terminal() {
        assert_eq!(one_line("a\u{1b}[31mb"), "a^[[31mb");
        assert_eq!(one_line("x\u{202e}y\u{9b}"), "x<U+202E>y<U+009B>");
        assert_eq!(one_line("tab\there"), "tab here");
        assert!(matches!(one_line("“Khan” 🙂"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn leaves_no_control(text in any::<String>()) {
            prop_assert!(one_line(&text).chars().all(|c| !c.is_control()));
        }
    }
}
