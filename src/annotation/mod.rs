//! What a reader decides, kept apart from what the program found, and the view that joins the two.

pub mod agreement;
pub mod anchor;
pub mod cast;
pub mod codebook;
pub mod compare;
pub mod decide;
pub mod edit;
pub mod history;
pub mod marks;
pub mod memo;
pub mod merge;
pub mod model;
mod nearby;
pub mod passages;
pub mod project;
mod reading;
pub mod resolved;
pub mod roles;
pub mod seek;
pub mod timeline;
mod unrepaired;

pub use anchor::RawText;
pub use decide::Desk;
pub use edit::{Change, Conflict, Edit};
pub use history::{History, Step};
pub use marks::{Mark, Marks};
pub use model::{
    Anchor, Annotations, ArticleNote, Filler, NoteId, Origin, Part, PassageNote, QuoteNote, QuoteRole, Range,
    SpeakerChoice, SpeakerNote, Stamp, Status, Unrepaired,
};
pub use project::Project;
pub use reading::read;
pub use resolved::{Filled, Resolved, ResolvedPassage, ResolvedQuote, ResolvedSpeaker, resolve};
