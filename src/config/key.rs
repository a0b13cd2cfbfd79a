//! A key as it is pressed and as it is written: `j`, `G`, `ctrl-r`, `<space>`, `<enter>`, `<f1>`.

use super::diagnostic::did_you_mean;
use std::fmt;
use std::str::FromStr;

/// What was pressed, without its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// A character; upper case where shift made it so.
    Char(char),
    /// Enter.
    Enter,
    /// Escape.
    Escape,
    /// Tab; with shift set, back-tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Arrow.
    Left,
    /// Arrow.
    Right,
    /// Arrow.
    Up,
    /// Arrow.
    Down,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A function key, from 1.
    F(u8),
}

/// A key with its modifiers. `shift` is never set for characters: the character says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// What was pressed.
    pub code: Code,
    /// Control was held.
    pub ctrl: bool,
    /// Alt was held.
    pub alt: bool,
    /// Shift was held, for keys that are no characters.
    pub shift: bool,
}

impl Key {
    /// Makes the key of a character without modifiers.
    pub fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    /// Makes a key without modifiers.
    pub fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }
}

/// The keys that have a name instead of a character, in the order in which they are looked for.
const NAMED: &[(&str, Code)] = &[
    ("space", Code::Char(' ')),
    ("enter", Code::Enter),
    ("esc", Code::Escape),
    ("tab", Code::Tab),
    ("backspace", Code::Backspace),
    ("del", Code::Delete),
    ("left", Code::Left),
    ("right", Code::Right),
    ("up", Code::Up),
    ("down", Code::Down),
    ("home", Code::Home),
    ("end", Code::End),
    ("pageup", Code::PageUp),
    ("pagedown", Code::PageDown),
    // Other spellings people bring along; what is written is always the first name of a key.
    ("return", Code::Enter),
    ("cr", Code::Enter),
    ("escape", Code::Escape),
    ("bs", Code::Backspace),
    ("delete", Code::Delete),
    ("pgup", Code::PageUp),
    ("pgdn", Code::PageDown),
    ("lt", Code::Char('<')),
];

/// Why a text is no key: the byte of the text where it goes wrong, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct KeyError {
    /// Byte of the text.
    pub at: usize,
    /// What is wrong and what to do.
    pub reason: String,
}

/// Reads a sequence of keys, written with spaces between them: `g g`, `ctrl-w <left>`.
pub fn parse_sequence(text: &str) -> Result<Vec<Key>, KeyError> {
    let mut keys = Vec::new();
    for word in text.split_whitespace() {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        keys.push(word.parse().map_err(|error: KeyError| KeyError { at: at + error.at, ..error })?);
    }
    if keys.is_empty() {
        return Err(KeyError { at: 0, reason: "no key is written here; the space bar is written <space>".to_owned() });
    }
    Ok(keys)
}

/// Writes a sequence of keys as `parse_sequence` reads it.
pub fn write_sequence(keys: &[Key]) -> String {
    keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ")
}

impl FromStr for Key {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let (mut ctrl, mut alt, mut shift) = (false, false, false);
        let mut rest = text;
        while let Some((modifier, behind)) = rest.split_once('-').filter(|(_, behind)| !behind.is_empty()) {
            match modifier.to_ascii_lowercase().as_str() {
                "ctrl" | "c" => ctrl = true,
                "alt" | "a" | "m" => alt = true,
                "shift" | "s" => shift = true,
                _ => break,
            }
            rest = behind;
        }
        let at = text.len() - rest.len();
        let code = code(rest).map_err(|reason| KeyError { at, reason })?;
        Self { code, ctrl, alt, shift }.as_sent().map_err(|reason| KeyError { at: 0, reason })
    }
}

impl Key {
    /// Returns the key as a terminal can send it, or why none can.
    fn as_sent(mut self) -> Result<Self, String> {
        let Code::Char(c) = self.code else { return Ok(self) };
        if self.shift {
            if !c.is_alphabetic() {
                return Err(format!(
                    "write the character that shift and {c} give on your keyboard, without \"shift-\""
                ));
            }
            self.code = Code::Char(c.to_uppercase().next().unwrap_or(c));
            self.shift = false;
        }
        if self.ctrl
            && let Code::Char(c) = self.code
        {
            let c = c.to_ascii_lowercase();
            let same = match c {
                'i' => Some("<tab>"),
                'm' => Some("<enter>"),
                'h' => Some("<backspace>"),
                '[' => Some("<esc>"),
                _ => None,
            };
            if let Some(same) = same {
                return Err(format!("a terminal sends ctrl-{c} as {same}: write {same}"));
            }
            self.code = Code::Char(c);
        }
        Ok(self)
    }
}

/// Reads what stands behind the modifiers: a character, or a name with or without `<` and `>`.
fn code(text: &str) -> Result<Code, String> {
    let mut chars = text.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return if c.is_control() {
            Err("a control character is no key: write ctrl- and a letter".to_owned())
        } else {
            Ok(Code::Char(c))
        };
    }
    let name = text.strip_prefix('<').and_then(|name| name.strip_suffix('>')).unwrap_or(text).to_ascii_lowercase();
    if let Some(&(_, code)) = NAMED.iter().find(|(known, _)| *known == name) {
        return Ok(code);
    }
    if let Some(number) = name.strip_prefix('f').and_then(|number| number.parse().ok())
        && (1..=24).contains(&number)
    {
        return Ok(Code::F(number));
    }
    let hint = did_you_mean(&name, NAMED.iter().map(|(known, _)| *known));
    if hint.is_empty() && text.chars().count() <= 4 && !text.starts_with('<') {
        let apart: Vec<String> = text.chars().map(String::from).collect();
        return Err(format!(
            "{text:?} is no key; keys one after the other are written with spaces: {:?}",
            apart.join(" ")
        ));
    }
    Err(format!("{text:?} is no key{hint}"))
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "ctrl-"), (self.alt, "alt-"), (self.shift, "shift-")] {
            if held {
                f.write_str(name)?;
            }
        }
        match self.code {
            Code::Char(c) if c != ' ' => write!(f, "{c}"),
            Code::F(n) => write!(f, "<f{n}>"),
            code => {
                let name = NAMED.iter().find(|(_, known)| *known == code).map_or("?", |(name, _)| name);
                write!(f, "<{name}>")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for text in [
            "j",
            "G",
            "ctrl-r",
            "<space>",
            "<enter>",
            "g g",
            "<f1>",
            "ctrl-<left>",
            "shift-<tab>",
            "alt-x",
            "-",
            "ctrl--",
            "<",
            ">",
            "ctrl-w <left>",
            "ü",
            "?",
            ":",
            "ctrl-alt-<del>",
            "<pagedown>",
            "ctrl-<space>",
        ] {
            let keys = parse_sequence(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(write_sequence(&keys), text);
        }
    }

    #[test]
    fn other_spellings_mean_the_same() {
        for (other, key) in [
            ("C-r", "ctrl-r"),
            ("ctrl-R", "ctrl-r"),
            ("shift-g", "G"),
            ("Esc", "<esc>"),
            ("<CR>", "<enter>"),
            ("<lt>", "<"),
            ("F5", "<f5>"),
        ] {
            assert_eq!(parse_sequence(other), parse_sequence(key), "{other}");
        }
    }

    #[test]
    fn a_mistake_says_where_and_what_to_do() {
        let case = |text: &str| parse_sequence(text).map_err(|error| (error.at, error.reason)).unwrap_err();
        assert_eq!(case("g ctrl-spcae"), (7, "\"spcae\" is no key; did you mean \"space\"?".to_owned()));
        assert!(case("gg").1.contains("\"g g\""), "{:?}", case("gg"));
        assert!(case("ctrl-i").1.contains("<tab>"));
        assert!(case("shift-1").1.contains("shift and 1"));
        assert!(case("").1.contains("<space>"));
        assert!(case("<f25>").1.contains("no key"));
        assert_eq!(case("strg-x").0, 0);
    }
}
