//! What a search for a list found, as far as it has come.

use crate::annotation::seek::{Hit, Within};
use crate::app::windows::overlay::Reach;
use crate::text::pattern::Kind;
use uuid::Uuid;

/// How many places a list holds.
pub const MOST: usize = 5_000;

/// What a search for a list found.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// How the last query was meant.
    pub kind: Kind,
    /// What was typed.
    pub query: String,
    /// Where it was searched for.
    pub reach: Reach,
    /// Counts up with every search; answers of an older one are dropped.
    pub generation: u64,
    /// The places.
    pub rows: Vec<Row>,
    /// Whether it still goes on.
    pub running: bool,
    /// How many articles were searched, of how many.
    pub progress: (usize, usize),
    /// Whether there are more places than the list holds.
    pub cut: bool,
    /// What to list; everything where nothing is named.
    pub only: Option<Within>,
    /// The number of the chosen row among those that are listed.
    pub at: usize,
    /// The first that is shown, as `prepare` found it.
    pub top: usize,
}

/// One place of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The article's place in the list of articles; none for what belongs to the store.
    pub entry: Option<usize>,
    /// The tag whose memo or description it is.
    pub tag: Option<Uuid>,
    /// The place.
    pub hit: Hit,
}

impl Search {
    /// Returns the rows that are listed.
    pub fn listed(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| self.only.is_none_or(|only| row.hit.within == only))
    }
}
