//! A user's habits.

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
