//! A user's habits.

use super::diagnostic::Diagnostic;
use super::document::{Document, entries};

/// The settings that are shipped: every key with its default and what it does.
const SHIPPED: &str = include_str!("../../assets/settings.toml");

/// The keys of a settings file.
const KEYS: [&str; 5] = ["theme", "mouse", "ascii", "advance", "coder"];

/// The settings, each with its default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The theme's name, or `auto`: light or dark by the terminal's background.
    pub theme: String,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// Whether only ASCII is drawn around the text.
    pub ascii: bool,
    /// Whether `accept` goes on to the next open quotation.
    pub advance: bool,
    /// The name under which notes are kept.
    pub coder: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { theme: "auto".to_owned(), mouse: true, ascii: false, advance: true, coder: None }
    }
}

impl Settings {
    /// Returns the settings that are shipped.
    pub fn shipped() -> Self {
        Self::default().changed_by("settings.toml", SHIPPED, &mut |_| true).0
    }

    /// Returns the shipped settings changed by a user's file, and the mistakes in it; each costs that key alone.
    /// `is_theme` tells whether there is a theme of a name.
    pub fn with_user(file: &str, text: &str, is_theme: &mut dyn FnMut(&str) -> bool) -> (Self, Vec<Diagnostic>) {
        Self::shipped().changed_by(file, text, is_theme)
    }

    fn changed_by(mut self, file: &str, text: &str, is_theme: &mut dyn FnMut(&str) -> bool) -> (Self, Vec<Diagnostic>) {
        let (mut document, root) = Document::parse(file, text);
        for entry in entries(&root) {
            let (key, value) = (entry.key, entry.value);
            match key {
                "theme" => {
                    if let Some(name) = document.string(value, key) {
                        if name == "auto" || is_theme(name) {
                            name.clone_into(&mut self.theme);
                        } else {
                            let names = std::iter::once("auto").chain(super::Theme::shipped_names());
                            document.unknown(value.span().start, "theme", name, names);
                        }
                    }
                }
                "mouse" => self.mouse = document.boolean(value, key).unwrap_or(self.mouse),
                "ascii" => self.ascii = document.boolean(value, key).unwrap_or(self.ascii),
                "advance" => self.advance = document.boolean(value, key).unwrap_or(self.advance),
                "coder" => {
                    if let Some(name) = document.string(value, key) {
                        self.coder = (!name.trim().is_empty()).then(|| name.trim().to_owned());
                    }
                }
                _ => document.unknown(entry.at, "setting", key, KEYS),
            }
        }
        (self, document.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_file_has_no_mistake_and_says_the_defaults() {
        let (settings, said) = Settings::default().changed_by("settings.toml", SHIPPED, &mut |_| false);
        assert_eq!(said, []);
        assert_eq!(settings, Settings::default());
        for key in KEYS {
            assert!(SHIPPED.lines().any(|line| line.starts_with(key)), "{key} is not in the file");
        }
    }

    #[test]
    fn each_mistake_is_named_and_costs_that_key_alone() {
        let text = "theme = \"drak\"\nmouse = \"no\"\nadvanec = false\nascii = true\ncoder = \" Ada \"\n";
        let (settings, said) = Settings::with_user("s.toml", text, &mut |name| name == "dark");
        let said: Vec<_> = said.iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "s.toml:1:9: there is no theme \"drak\"; did you mean \"dark\"?",
                "s.toml:2:9: mouse wants true or false, and this is a text",
                "s.toml:3:1: there is no setting \"advanec\"; did you mean \"advance\"?",
            ]
        );
        assert!(settings.ascii && settings.mouse && settings.advance);
        assert_eq!(settings.coder.as_deref(), Some("Ada"));
    }
}
