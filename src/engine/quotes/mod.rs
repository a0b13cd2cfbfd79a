//! Quotations: where speech begins and ends. Who said it is `attribution`'s business.

pub mod forms;
pub mod lost;
pub mod marks;

pub use marks::Stretch;

use super::model::linear::Linear;
use super::page::Page;
use super::{SaidAt, SpeakerId};
use crate::text::{Clean, Span, span};
use lost::Lost;
use std::borrow::Cow;

/// One quotation.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// Whether all, part or none of its words stand in quotation marks.
    pub kind: QuoteKind,
    /// How it is set.
    pub form: Form,
    /// The parts of its content in order, with their marks; at least one. `"...," she said, "..."` has two.
    pub spans: Vec<Span<Clean>>,
    /// The source as it is written at the quotation (`he`, `Mr. Khan`).
    pub mention: Option<Span<Clean>>,
    /// Who that is.
    pub speaker: Option<SpeakerId>,
    /// The cue: `said`, `according to`.
    pub cue: Option<Span<Clean>>,
    /// When it was said.
    pub said_at: Option<SaidAt>,
    /// Why no day can be told, where there is none.
    pub undated: Option<Evidence>,
    /// The number of the quotation it stands in.
    pub nested_in: Option<usize>,
    /// Whether nobody said it: what somebody should say, or might.
    pub hypothetical: bool,
    /// How likely the whole finding is right, 0 to 1.
    pub confidence: f32,
    /// The rule and the evidence, in words a person can check.
    pub evidence: Vec<Evidence>,
}

impl Quote {
    /// Returns the hull of its parts.
    pub fn hull(&self) -> Span<Clean> {
        span::hull(&self.spans).unwrap_or(Span::empty(0))
    }
}

/// One piece of evidence, in words a person can check.
pub type Evidence = Cow<'static, str>;

/// Whether a quotation stands in marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuoteKind {
    /// All its words stand in marks, or it is set as speech (tweet, transcript, block).
    Direct,
    /// Part of its words stand in marks.
    Mixed,
    /// None of its words stand in marks.
    Indirect,
}

impl QuoteKind {
    /// Returns the word used in files and on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Indirect => "indirect",
        }
    }

    /// Returns the kind of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Direct, Self::Mixed, Self::Indirect].into_iter().find(|kind| kind.name() == name)
    }
}

/// How a quotation is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Form {
    /// Within running text.
    #[default]
    Prose,
    /// A tweet or other post, signed by its author.
    Tweet,
    /// A transcript or interview: `PENCE: ...`.
    Transcript,
    /// A block set apart.
    Block,
}

/// What stands in quotation marks.
#[derive(Debug, Clone, Default)]
pub struct Marked {
    /// The stretches between marks; nested ones last.
    pub stretches: Vec<Stretch>,
    /// For each token whether it stands in marks.
    pub quoted: Vec<bool>,
    /// Speech set without marks, and lines that sign.
    pub forms: forms::Forms,
}

/// Finds what stands in quotation marks, with the model built in.
pub fn find(page: &Page) -> Marked {
    find_with(page, &lost::MODEL)
}

/// Finds what stands in quotation marks; `lost` tells where marks stood that were lost.
pub fn find_with(page: &Page, lost: &Linear) -> Marked {
    let lost = Lost::new(page, lost);
    let stretches = marks::pair_damaged(page.text, lost.as_ref());
    let mut quoted = vec![false; page.tokens.all.len()];
    for stretch in stretches.iter().filter(|stretch| stretch.nested_in.is_none()) {
        let range = page.tokens.within(Span::new(stretch.outer.start, stretch.outer.end));
        quoted[range].fill(true);
    }
    let forms = forms::find(page, &stretches, &quoted);
    // What is said in a conversation is told by nobody.
    for set in forms.speech.iter().filter(|set| set.form == Form::Transcript) {
        quoted[page.tokens.within(set.span)].fill(true);
    }
    Marked { stretches, quoted, forms }
}
