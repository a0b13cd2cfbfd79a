//! One copy of a reader's notes, with what led to them.

use crate::annotation::history::History;
use crate::annotation::model::Annotations;

/// One copy: the notes and the history that led to them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Copy {
    /// The notes.
    pub notes: Annotations,
    /// Their history.
    pub history: History,
}
