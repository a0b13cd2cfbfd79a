//! Colours and attributes, by what they are for.

use std::collections::BTreeMap;

/// A colour as a theme may name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// One of the terminal's 256 colours; the first 16 are the user's own.
    Indexed(u8),
    /// Red, green, blue.
    Rgb(u8, u8, u8),
}

/// How something is painted. `None` leaves what is below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(clippy::struct_excessive_bools)] // each attribute is on or off by itself
pub struct Paint {
    /// The colour of the text.
    pub fg: Option<Colour>,
    /// The colour behind it.
    pub bg: Option<Colour>,
    /// Bold.
    pub bold: bool,
    /// Dim.
    pub dim: bool,
    /// Italic.
    pub italic: bool,
    /// Underlined.
    pub underline: bool,
    /// Struck through.
    pub strike: bool,
    /// Fore- and background exchanged.
    pub reverse: bool,
}

/// What a style is for. The name in a theme file is the variant in snake case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Running text.
    Text,
    /// Text that matters less.
    Muted,
    /// The frame of a pane.
    Border,
    /// The frame of the pane that has the keys.
    BorderFocus,
    /// A pane's title.
    Title,
    /// The line on top.
    Header,
    /// The status line.
    Status,
    /// A key in a hint.
    HintKey,
    /// What a hint's key does.
    HintText,
    /// The selected quotation or row.
    Selected,
    /// The cursor in the text.
    Cursor,
    /// Text being selected.
    Visual,
    /// A quotation (added to its speaker's colour).
    Quote,
    /// A cue.
    Cue,
    /// A mention of a speaker.
    Mention,
    /// A source, where it stands at its quotation.
    Source,
    /// Whom a quotation was said to.
    Addressee,
    /// What a quotation is about.
    Topic,
    /// A tagged passage that is no quotation.
    Passage,
    /// A date expression.
    Timex,
    /// A repair, in Raw.
    Repair,
    /// A suspect place.
    Suspect,
    /// A character shown by its code.
    Control,
    /// What a search found.
    Match,
    /// Accepted.
    Accepted,
    /// Rejected.
    Rejected,
    /// Not decided.
    Open,
    /// An error.
    Error,
    /// A notice.
    Notice,
    /// A window above the panes.
    Overlay,
    /// A tag.
    Tag,
    /// The axis of the timeline.
    Axis,
}

impl Role {
    /// Every role with its name in a theme's file.
    pub const ALL: [(Self, &'static str); 32] = [
        (Self::Text, "text"),
        (Self::Muted, "muted"),
        (Self::Border, "border"),
        (Self::BorderFocus, "border_focus"),
        (Self::Title, "title"),
        (Self::Header, "header"),
        (Self::Status, "status"),
        (Self::HintKey, "hint_key"),
        (Self::HintText, "hint_text"),
        (Self::Selected, "selected"),
        (Self::Cursor, "cursor"),
        (Self::Visual, "visual"),
        (Self::Quote, "quote"),
        (Self::Cue, "cue"),
        (Self::Mention, "mention"),
        (Self::Source, "source"),
        (Self::Addressee, "addressee"),
        (Self::Topic, "topic"),
        (Self::Passage, "passage"),
        (Self::Timex, "timex"),
        (Self::Repair, "repair"),
        (Self::Suspect, "suspect"),
        (Self::Control, "control"),
        (Self::Match, "match"),
        (Self::Accepted, "accepted"),
        (Self::Rejected, "rejected"),
        (Self::Open, "open"),
        (Self::Error, "error"),
        (Self::Notice, "notice"),
        (Self::Overlay, "overlay"),
        (Self::Tag, "tag"),
        (Self::Axis, "axis"),
    ];
}

/// A theme: a paint a role, and the colours of speakers in turn.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// Whether it is for a light background.
    pub light: bool,
    /// The paints; a role that is missing is painted as running text.
    pub roles: BTreeMap<Role, Paint>,
    /// The speakers' colours, used in turn.
    pub speakers: Vec<Paint>,
}

impl Theme {
    /// Returns the paint of `role`.
    pub fn paint(&self, role: Role) -> Paint {
        self.roles.get(&role).copied().unwrap_or_default()
    }

    /// Returns the paint of the `n`th speaker.
    pub fn speaker(&self, n: usize) -> Paint {
        if self.speakers.is_empty() { Paint::default() } else { self.speakers[n % self.speakers.len()] }
    }
}
