//! From a raw article to who said what, and when: pure functions of the text, without terminal, file, clock or environment.

pub mod analysis;
pub mod attribution;
pub mod clean;
pub mod lexicon;
pub mod model;
pub mod page;
pub mod people;
pub mod quotes;
pub mod time;
pub mod words;

pub use analysis::{Analysis, Cancel, Cancelled, Options, analyze};
pub use clean::{CleanText, Repair, RepairClass, Suspect, SuspectClass};
pub use people::{Mention, MentionKind, Speaker, SpeakerId, SpeakerKind};
pub use quotes::{Form, Quote, QuoteKind};
pub use time::{DateFrom, DocumentDate, Interval, SaidAt, Timex, TimexType};
