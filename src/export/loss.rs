//! What a format could not hold, counted.

use crate::text::counted;
use std::fmt;

/// What a format could not hold: each kind of loss with how often it came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LossReport {
    losses: Vec<([&'static str; 2], usize)>,
}

impl LossReport {
    /// Counts `times` more losses of one kind, told in words that fit behind 1 and behind more: `memo is left out`,
    /// `memos are left out`.
    pub fn add(&mut self, what: [&'static str; 2], times: usize) {
        if times == 0 {
            return;
        }
        match self.losses.iter_mut().find(|(known, _)| *known == what) {
            Some((_, count)) => *count += times,
            None => self.losses.push((what, times)),
        }
    }

    /// Tells whether nothing was lost.
    pub fn is_empty(&self) -> bool {
        self.losses.is_empty()
    }
}

/// A line each: `3 memos are left out`.
impl fmt::Display for LossReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, ([one, many], count)) in self.losses.iter().enumerate() {
            let end = if n == 0 { "" } else { "\n" };
            write!(f, "{end}{}", counted(*count, one, many))?;
        }
        Ok(())
    }
}
