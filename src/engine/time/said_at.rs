//! When each quotation was said: the expression that governs it, else the occasion it belongs to, else the article's date.

use super::{DocumentDate, Timex};
use crate::engine::analysis::Page;
use crate::engine::quotes::Quote;

/// Gives each quotation the time at which it was said.
pub fn date_quotes(_page: &Page, _quotes: &mut [Quote], _timexes: &[Timex], _date: &DocumentDate) {}
