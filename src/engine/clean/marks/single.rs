//! Single marks: apostrophes, possessives and clitics told from single quotation marks.

use super::context::last_word;
use super::{Lean, Mark, Role, Side};
use crate::engine::clean::lists::{flag, is};

/// Decides the side of every single mark, after the double ones.
pub fn decide(text: &str, marks: &mut [Mark]) {
    let mut open = false;
    for index in 0..marks.len() {
        let mark = marks[index];
        if mark.double {
            // A single-marked quotation does not reach over the end of the double-marked one about it.
            if mark.side == Side::Close {
                open = false;
            }
            continue;
        }
        let side = side_of(text, &mark, &marks[index + 1..], open);
        match side {
            Side::Open => open = true,
            Side::Close => open = false,
            Side::Apostrophe(_) => {}
        }
        marks[index].side = side;
        marks[index].role = Role::Plain;
    }
}

fn side_of(text: &str, mark: &Mark, rest: &[Mark], open: bool) -> Side {
    let shape = &text[mark.start..mark.end];
    let (head, tail) = (&text[..mark.start], &text[mark.end..]);
    let left = head.chars().next_back().unwrap_or('\n');
    let right = tail.chars().next().unwrap_or('\n');
    if matches!(shape, "‘" | "‚" | "`") {
        return Side::Open;
    }
    let near_left = head.trim_end_matches(' ').chars().next_back().unwrap_or('\n');
    let near_right = tail.trim_start_matches(' ').chars().next().unwrap_or('\n');
    // `Khan ’s`, `do n’t` and, with the mark itself set apart, `Jr.' s`.
    if is_clitic(tail) {
        if near_left.is_alphanumeric() || matches!(near_left, '.' | ')' | '%') {
            return Side::Apostrophe(Lean::Both);
        }
    } else if right == ' ' && left == '.' && is_clitic(tail.trim_start_matches(' ')) {
        return Side::Apostrophe(Lean::Both);
    }
    if right.is_ascii_digit() && shape == "’" {
        return Side::Apostrophe(Lean::After);
    }
    if left.is_alphanumeric() {
        // Glued to the word before: a possessive, or the close of what is open.
        return if open { Side::Close } else { Side::Apostrophe(Lean::Before) };
    }
    if right.is_alphanumeric() && !matches!(left, '.' | ',' | '!' | '?') {
        if shape == "’" || is_clipped(tail) {
            return Side::Apostrophe(Lean::After);
        }
        return Side::Open;
    }
    if matches!(left, '.' | ',' | '!' | '?' | '…') && !right.is_alphanumeric() {
        return Side::Close;
    }
    if matches!(near_left, '.' | ',' | '!' | '?' | '…') && (open || shape == "’" || !near_right.is_alphanumeric()) {
        return Side::Close;
    }
    if near_left.is_alphanumeric() {
        let word = last_word(head);
        if open && (shape == "’" || !near_right.is_uppercase()) {
            return if word.ends_with(['s', 'S']) && closes_later(text, rest) && near_right.is_alphanumeric() {
                Side::Apostrophe(Lean::Before)
            } else {
                Side::Close
            };
        }
        if shape == "’" {
            return if near_right.is_ascii_digit() && !word.ends_with('s') {
                Side::Apostrophe(Lean::After)
            } else {
                Side::Apostrophe(Lean::Before)
            };
        }
        if word.ends_with(['s', 'S']) && !is(word, flag::REPORT | flag::OPEN_ENDED) {
            return Side::Apostrophe(Lean::Before);
        }
        if !near_right.is_alphanumeric() {
            return if open { Side::Close } else { Side::Apostrophe(Lean::Before) };
        }
    }
    if near_right.is_alphanumeric() || matches!(near_right, '"' | '“') {
        if shape == "’" && near_right.is_ascii_digit() {
            return Side::Apostrophe(Lean::After);
        }
        return if shape == "’" { Side::Close } else { Side::Open };
    }
    if open || shape == "’" { Side::Close } else { Side::Open }
}

/// Tells whether another single mark could close the quotation before the sentence ends.
fn closes_later(text: &str, rest: &[Mark]) -> bool {
    rest.iter().take_while(|mark| !mark.double).next().is_some_and(|mark| {
        let head = text[..mark.start].trim_end_matches(' ');
        !is_clitic(&text[mark.end..]) && head.ends_with([',', '.', '!', '?'])
    })
}

/// Tells whether `tail` begins with a clitic: `s`, `re`, `ve`, `ll`, `d`, `m`, `t`, and then no letter.
pub fn is_clitic(tail: &str) -> bool {
    let letters = tail.bytes().take_while(u8::is_ascii_alphabetic).count();
    if tail[letters..].chars().next().is_some_and(char::is_alphanumeric) {
        return false;
    }
    matches!(&tail[..letters], "s" | "S" | "re" | "RE" | "ve" | "VE" | "ll" | "LL" | "d" | "D" | "m" | "M" | "t" | "T")
}

/// Tells whether `tail` begins with a word that is written with an apostrophe before it: `’em`, `’tis`, `’cause`.
fn is_clipped(tail: &str) -> bool {
    let letters = tail.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let word = &tail[..letters];
    matches!(word, "em" | "tis" | "Tis" | "twas" | "Twas" | "til" | "Til" | "cause" | "Cause" | "bout" | "round" | "n")
        || word.len() == 3 && word.ends_with('s') && word.as_bytes()[..2].iter().all(u8::is_ascii_digit)
}
