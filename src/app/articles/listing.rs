//! How the list of articles is shown: in which order, and what of it.

use crate::app::windows::fuzzy::Folded;
use std::sync::Arc;

/// How the list of articles is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListView {
    /// In which order.
    pub sort: Sort,
    /// Whether articles that are done are left out.
    pub hide_done: bool,
    /// The numbers of all articles in this order, kept while nothing changes it.
    pub order: Option<Arc<[usize]>>,
    /// The titles of all articles as they are searched.
    pub folded: Arc<Folded>,
}

/// The orders of the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// As they were given, which is also how next and previous go.
    #[default]
    Order,
    /// By name.
    Name,
    /// What was begun, what is to do, what is flagged, what is done.
    Status,
    /// The least part decided first.
    Progress,
    /// What was worked on last first.
    LastWorkedOn,
    /// The one with the open quotation the program is least sure of first; those never opened last.
    LeastSure,
}

impl Sort {
    const ALL: [(Self, &'static str); 6] = [
        (Self::Order, "in their order"),
        (Self::Name, "by name"),
        (Self::Status, "by status"),
        (Self::Progress, "by progress"),
        (Self::LastWorkedOn, "last worked on first"),
        (Self::LeastSure, "least sure first"),
    ];

    /// Returns the order in words.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// Returns the order after this one, around the end.
    #[must_use]
    pub fn next(self) -> Self {
        Self::ALL[(self as usize + 1) % Self::ALL.len()].0
    }
}
