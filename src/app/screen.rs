//! What stands where on the screen: written by `ui::prepare`, read by drawing and by the mouse.

use super::action::Action;

/// One of the four panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Pane {
    /// The text as it came.
    Raw,
    /// The text repaired.
    #[default]
    Clean,
    /// Who is quoted.
    Speakers,
    /// When it was said.
    Timeline,
}

impl Pane {
    /// The panes in their order.
    pub const ALL: [Self; 4] = [Self::Raw, Self::Clean, Self::Speakers, Self::Timeline];

    /// Returns its place in `ALL`.
    pub fn index(self) -> usize {
        self as usize
    }

    /// Returns its title.
    pub fn title(self) -> &'static str {
        match self {
            Self::Raw => "Raw",
            Self::Clean => "Clean",
            Self::Speakers => "Speakers",
            Self::Timeline => "Timeline",
        }
    }

    /// Tells whether it shows text.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Raw | Self::Clean)
    }
}

/// A rectangle of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Area {
    /// Column of its left edge.
    pub x: u16,
    /// Row of its upper edge.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    /// Makes the rectangle.
    pub fn new(x: u16, y: u16, width: u16, height: u16) -> Self {
        Self { x, y, width, height }
    }

    /// Tells whether it holds no cell.
    pub fn is_empty(self) -> bool {
        self.width == 0 || self.height == 0
    }

    /// Tells whether the cell lies inside.
    pub fn contains(self, column: u16, row: u16) -> bool {
        self.x <= column && column < self.right() && self.y <= row && row < self.bottom()
    }

    /// Returns one past its last column.
    pub fn right(self) -> u16 {
        self.x.saturating_add(self.width)
    }

    /// Returns one past its last row.
    pub fn bottom(self) -> u16 {
        self.y.saturating_add(self.height)
    }
}

/// How the panes share the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shape {
    /// Raw and Clean above, Speakers and Timeline below.
    Wide,
    /// One text above, Speakers and Timeline below.
    Medium,
    /// One pane, with tabs.
    #[default]
    Single,
}

/// What stands where.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Screen {
    /// Columns of the whole screen.
    pub width: u16,
    /// Rows of the whole screen.
    pub height: u16,
    /// How the panes share it.
    pub shape: Shape,
    /// The inside of each pane; empty where it is not shown.
    pub panes: [Area; 4],
    /// The pane with its frame; empty where it is not shown or has none.
    pub frames: [Area; 4],
    /// The line on top.
    pub header: Area,
    /// The line of tabs, where there is one.
    pub tabs: Area,
    /// The line of the tour above the status, while it goes on.
    pub guide: Area,
    /// The line or two at the bottom.
    pub status: Area,
    /// What can be clicked besides the panes.
    pub buttons: Vec<(Area, Button)>,
    /// Where the timeline shows which quotation.
    pub marks: Vec<(Area, usize)>,
    /// The inside of the topmost window.
    pub overlay: Area,
    /// The number of the first item that the topmost window shows.
    pub overlay_top: usize,
}

/// Something that can be clicked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Button {
    /// A hint.
    Do(Action),
    /// A pane's tab or title.
    Show(Pane),
}

impl Screen {
    /// Returns the rows that a window may take: the tour stays in sight.
    pub fn room(&self) -> u16 {
        if self.guide.is_empty() { self.height } else { self.guide.y }
    }

    /// Returns the pane whose inside holds the cell.
    pub fn pane_at(&self, column: u16, row: u16) -> Option<Pane> {
        Pane::ALL.into_iter().find(|pane| self.panes[pane.index()].contains(column, row))
    }

    /// Returns the button at the cell.
    pub fn button_at(&self, column: u16, row: u16) -> Option<Button> {
        self.buttons.iter().find(|(area, _)| area.contains(column, row)).map(|&(_, button)| button)
    }
}
