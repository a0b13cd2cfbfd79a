//! The screen: where everything stands (`prepare`), and drawing it (`draw`), which changes nothing.

use crate::app::State;
use ratatui::Frame;

/// Computes what the screen of this size shows: the only place that writes to what drawing reads.
pub fn prepare(_state: &mut State, _width: u16, _height: u16) {}

/// Draws the state as it was prepared.
pub fn draw(_state: &State, _frame: &mut Frame) {}
