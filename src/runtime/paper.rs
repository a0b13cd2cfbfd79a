//! What ratatui draws on: a frame is gathered and written at once, between marks that let the terminal show it whole.

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::queue;
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

/// Hold what follows and show it at once (synchronized output, DEC private mode 2026); terminals without it ignore it.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";

/// The bytes of one frame.
#[derive(Clone, Default)]
pub struct Frame(Rc<RefCell<Vec<u8>>>);

impl Frame {
    /// Returns the bytes to write for this frame, empty where nothing changed, and begins the next.
    pub fn take(&self) -> Vec<u8> {
        let drawn = std::mem::take(&mut *self.0.borrow_mut());
        if drawn.is_empty() { drawn } else { [BEGIN, &drawn, END].concat() }
    }
}

impl Write for Frame {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A back end that asks the terminal nothing: crossterm's would, and read the answer from under our own reader.
pub struct Paper {
    inner: CrosstermBackend<Frame>,
    frame: Frame,
    size: Size,
    /// Where the cursor was left, where it is shown.
    cursor: Option<Position>,
    /// Whether it is known what the terminal's cursor does.
    settled: bool,
}

impl Paper {
    /// Makes a sheet of this size that writes into `frame`.
    pub fn new(frame: Frame, (width, height): (u16, u16)) -> Self {
        let size = Size { width, height };
        Self { inner: CrosstermBackend::new(frame.clone()), frame, size, cursor: None, settled: false }
    }
}

impl Backend for Paper {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut content = content.peekable();
        if content.peek().is_none() {
            return Ok(());
        }
        self.inner.draw(content)?;
        // Drawing moved the cursor.
        self.settled &= self.cursor.is_none();
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.settled && self.cursor.is_none() {
            return Ok(());
        }
        (self.cursor, self.settled) = (None, true);
        queue!(self.frame, Hide)
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.cursor.is_some() {
            return Ok(());
        }
        (self.cursor, self.settled) = (Some(Position::ORIGIN), false);
        queue!(self.frame, Show)
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor.unwrap_or(Position::ORIGIN))
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let position = position.into();
        if self.cursor.is_some() {
            if self.settled && self.cursor == Some(position) {
                return Ok(());
            }
            (self.cursor, self.settled) = (Some(position), true);
        }
        queue!(self.frame, MoveTo(position.x, position.y))
    }

    fn clear(&mut self) -> io::Result<()> {
        self.inner.clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.inner.clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::ZERO })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn scroll_region_up(&mut self, region: std::ops::Range<u16>, line_count: u16) -> io::Result<()> {
        self.inner.scroll_region_up(region, line_count)
    }

    fn scroll_region_down(&mut self, region: std::ops::Range<u16>, line_count: u16) -> io::Result<()> {
        self.inner.scroll_region_down(region, line_count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::widgets::Paragraph;
    use ratatui::{Terminal, TerminalOptions, Viewport};

    #[test]
    fn a_frame_is_whole_and_nothing_is_written_where_nothing_changed() {
        let frame = Frame::default();
        let paper = Paper::new(frame.clone(), (10, 2));
        let mut terminal = Terminal::with_options(paper, TerminalOptions { viewport: Viewport::Fullscreen }).unwrap();
        let mut draw = |text: &str, cursor: Option<(u16, u16)>| {
            terminal
                .draw(|f| {
                    f.render_widget(Paragraph::new(text), f.area());
                    if let Some(at) = cursor {
                        f.set_cursor_position(at);
                    }
                })
                .unwrap();
            String::from_utf8(frame.take()).unwrap()
        };
        let first = draw("hello", None);
        assert!(first.starts_with("\x1b[?2026h") && first.ends_with("\x1b[?2026l"), "{first:?}");
        assert!(first.contains("hello") && first.contains("\x1b[?25l"));
        assert_eq!(draw("hello", None), "");
        let typing = draw("hello", Some((3, 1)));
        assert!(typing.contains("\x1b[?25h") && typing.contains("\x1b[2;4H"), "{typing:?}");
        assert_eq!(draw("hello", Some((3, 1))), "");
        assert!(draw("hellx", Some((3, 1))).contains("\x1b[2;4H"), "the cursor goes back to its place");
        assert!(draw("hellx", None).contains("\x1b[?25l"));
    }
}
