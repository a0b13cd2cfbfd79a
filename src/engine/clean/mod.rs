//! Cleaning: repairs what is certain, marks what is not, and maps every character back to the raw text.

pub mod class;
pub mod coref;
pub mod marks;
pub mod words;

mod boilerplate;
mod breaks;
mod chars;

mod edit;
mod entity;
mod escapes;
mod gate;
mod hyphens;
mod lists;
mod markdown;
mod mojibake;
mod orphans;
mod spacing;
mod wrap;

use crate::text::{Clean, OffsetMap, Raw, Span};
use edit::Edits;
use std::sync::Arc;

/// The clean text and how it came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CleanText {
    /// The text to read and to tag.
    pub text: Arc<str>,
    /// From the raw text to this one.
    pub map: OffsetMap<Raw, Clean>,
    /// What was repaired, in order of the raw text.
    pub repairs: Vec<Repair>,
    /// What looks damaged and was left as it is, in order of the raw text.
    pub suspects: Vec<Suspect>,
}

impl CleanText {
    /// Returns the raw bytes from which `span` came, without white space at their ends: a mark and the space that was
    /// dropped beside it are one place of the map. `raw` is the text that was cleaned.
    pub fn raw_span(&self, span: Span<Clean>, raw: &str) -> Span<Raw> {
        let back = self.map.back(span);
        let text = back.of(raw);
        let start = back.start + (text.len() - text.trim_start().len());
        Span::new(start, start + text.trim().len())
    }
}

/// One repair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repair {
    /// The raw bytes that were changed.
    pub raw: Span<Raw>,
    /// What stands there now.
    pub clean: Span<Clean>,
    /// Of which kind.
    pub class: RepairClass,
}

/// A kind of repair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RepairClass {
    /// Spaces before punctuation, runs of spaces, padding of brackets.
    Spacing,
    /// The side of a quotation mark.
    QuoteSide,
    /// A dash and the spaces about it.
    Dash,
    /// Initials and abbreviations that were pulled apart: `U. S.`
    Initials,
    /// Clitics that were pulled apart: `do n’t`.
    Clitic,
    /// UTF-8 read as another encoding.
    Mojibake,
    /// HTML entities.
    Entity,
    /// Invisible characters: soft hyphens, zero-width spaces.
    Invisible,
    /// Hard-wrapped lines.
    Wrap,
    /// Paragraph breaks that were lost.
    Paragraph,
    /// A handle or hashtag pulled apart.
    Handle,
    /// Letters set as one type: `ﬁ`.
    Ligature,
    /// Markdown: emphasis, links, headings.
    Markup,
}

impl RepairClass {
    /// Every class, in the order of the ledger.
    pub const ALL: [Self; 13] = [
        Self::Spacing,
        Self::QuoteSide,
        Self::Dash,
        Self::Initials,
        Self::Clitic,
        Self::Mojibake,
        Self::Entity,
        Self::Invisible,
        Self::Wrap,
        Self::Paragraph,
        Self::Handle,
        Self::Ligature,
        Self::Markup,
    ];

    /// Returns the word used in files and on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Spacing => "spacing",
            Self::QuoteSide => "quote_side",
            Self::Dash => "dash",
            Self::Initials => "initials",
            Self::Clitic => "clitic",
            Self::Mojibake => "mojibake",
            Self::Entity => "entity",
            Self::Invisible => "invisible",
            Self::Wrap => "wrap",
            Self::Paragraph => "paragraph",
            Self::Handle => "handle",
            Self::Ligature => "ligature",
            Self::Markup => "markup",
        }
    }
}

/// One place that looks damaged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspect {
    /// The raw bytes.
    pub raw: Span<Raw>,
    /// The same place in the clean text.
    pub clean: Span<Clean>,
    /// Of which kind.
    pub class: SuspectClass,
    /// What may have stood there, where that can be inferred.
    pub reconstruction: Option<String>,
}

/// A kind of damage that is marked and not repaired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SuspectClass {
    /// Words overwritten by a coreference tool.
    Coref,
    /// A word that was dropped.
    DroppedWord,
    /// A quotation mark that was lost.
    QuoteLost,
    /// A line that is not of the article: advertisement, photo credit, share line.
    Boilerplate,
    /// A bracket without its other half.
    Bracket,
}

impl SuspectClass {
    /// Every class, in the order of the ledger.
    pub const ALL: [Self; 5] = [Self::Coref, Self::DroppedWord, Self::QuoteLost, Self::Boilerplate, Self::Bracket];

    /// Returns the word used in files and on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Coref => "coref",
            Self::DroppedWord => "dropped_word",
            Self::QuoteLost => "quote_lost",
            Self::Boilerplate => "boilerplate",
            Self::Bracket => "bracket",
        }
    }
}

/// What cleaning is told of a text, and what it leaves alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CleanOptions {
    /// Whether the text is Markdown.
    pub markdown: bool,
    /// Classes that are not repaired.
    pub off: Vec<RepairClass>,
    /// Single repairs, by their raw bytes, that are not made.
    pub keep: Vec<Span<Raw>>,
}

/// Cleans `raw`: repairs what is certain, marks what is not. A text that shows no damage comes out byte for byte.
///
/// Suspects of tokenised text are looked for before its gaps are repaired: what was dropped or overwritten shows there.
/// Rounds of passes, until one finds nothing: a repair may bring another damage to light, and what comes out is sound.
pub fn clean(raw: &str, options: &CleanOptions) -> CleanText {
    let mut work = Work::new(raw, options);
    if options.markdown {
        let marks = markdown::find(raw);
        work.make(marks);
    }
    for _ in 0..ROUNDS {
        if !work.round() {
            break;
        }
    }
    work.finish()
}

/// More rounds than any text needs; a bound for hostile input.
const ROUNDS: usize = 8;

/// A text on its way from raw to clean. The text between is neither; it counts as `Clean` here.
struct Work<'a> {
    raw: &'a str,
    options: &'a CleanOptions,
    /// The text so far, where it is not `raw` itself any more.
    text: Option<String>,
    map: OffsetMap<Raw, Clean>,
    /// Whether the text was tokenised, so that its lines may have been joined.
    joined: bool,
    repairs: Vec<(Span<Raw>, RepairClass)>,
    suspects: Vec<(Span<Raw>, SuspectClass, Option<String>)>,
}

impl<'a> Work<'a> {
    fn new(raw: &'a str, options: &'a CleanOptions) -> Self {
        Self {
            raw,
            options,
            text: None,
            map: OffsetMap::identity(raw.len()),
            joined: false,
            repairs: Vec::new(),
            suspects: Vec::new(),
        }
    }

    fn text(&self) -> &str {
        self.text.as_deref().unwrap_or(self.raw)
    }

    /// Runs every pass once; returns whether one changed the text.
    fn round(&mut self) -> bool {
        let mut changed = self.characters();
        let wrapped = wrap::find(self.text());
        changed |= self.make(wrapped);
        let escapes = escapes::find(self.text());
        changed |= self.make(escapes);
        let signs = gate::tokenised(self.text());
        self.joined |= signs.tokenised;
        if signs.tokenised {
            let found = self.tokens();
            changed |= self.make(found);
        } else if signs.patches {
            let found = self.patches();
            changed |= self.make(found);
        }
        changed
    }

    /// Finds what to repair in a text that is tokenised throughout, and marks what is not to be repaired.
    fn tokens(&mut self) -> Edits {
        let text = self.text();
        let words = words::read(text);
        let coref::Found { overwrites, likely } = coref::find(text, &words);
        let overwritten: Vec<_> = overwrites.iter().map(|o| (o.start, o.end)).collect();
        let marks = marks::read(text, &words, &overwritten);
        let found = spacing::find(text, &words, &marks, &likely, &breaks::find(text, &words, &marks));
        let raw = |(start, end)| self.map.back(Span::new(start, end));
        let mut suspects: Vec<_> =
            found.holes.iter().map(|&hole| (raw(hole), SuspectClass::DroppedWord, None)).collect();
        suspects.extend(orphans::marks(&marks).map(|mark| (raw(mark), SuspectClass::QuoteLost, None)));
        suspects.extend(orphans::brackets(text).into_iter().map(|at| (raw(at), SuspectClass::Bracket, None)));
        suspects.extend(overwrites.iter().map(|overwrite| {
            (raw((overwrite.start, overwrite.end)), SuspectClass::Coref, overwrite.original.describe())
        }));
        self.suspects.extend(suspects);
        found.edits
    }

    /// Does the same for the paragraphs that are tokenised in a text that is not. What only a whole text can show, names
    /// that were put in and lost halves of quotations, is not looked for.
    fn patches(&mut self) -> Edits {
        let text = self.text();
        let (mut edits, mut suspects) = (Edits::default(), Vec::new());
        for (from, to) in gate::patches(text) {
            let patch = &text[from..to];
            let words = words::read(patch);
            let found = spacing::find(patch, &words, &marks::read(patch, &words, &[]), &[], &[]);
            let raw = |(start, end): (usize, usize)| self.map.back(Span::new(from + start, from + end));
            suspects.extend(found.holes.into_iter().map(|hole| (raw(hole), SuspectClass::DroppedWord, None)));
            suspects.extend(orphans::brackets(patch).into_iter().map(|at| (raw(at), SuspectClass::Bracket, None)));
            for edit in found.edits.iter() {
                edits.add(from + edit.start, from + edit.end, edit.with, edit.class);
            }
        }
        self.suspects.extend(suspects);
        edits
    }

    /// Repairs characters until all are right: what was escaped or misread twice takes two rounds.
    fn characters(&mut self) -> bool {
        let mut changed = false;
        for _ in 0..ROUNDS {
            let entities = entity::find(self.text());
            let mut again = self.make(entities);
            let single = chars::find(self.text());
            again |= self.make(single);
            if !again {
                break;
            }
            changed = true;
        }
        changed
    }

    /// Makes `edits`, but for those the options switch off; returns whether any was made.
    fn make(&mut self, mut edits: Edits) -> bool {
        let (map, options) = (&self.map, self.options);
        let raw_of = |edit: &edit::Edit| map.back(edit::span(edit));
        if !options.off.is_empty() || !options.keep.is_empty() {
            edits.retain(|edit| {
                !options.off.contains(&edit.class) && {
                    let raw = raw_of(edit);
                    let inside = |kept: Span<Raw>| kept.start < raw.start && raw.end < kept.end;
                    !options.keep.iter().any(|&kept| kept == raw || kept.overlaps(raw) || inside(kept))
                }
            });
        }
        if edits.is_empty() {
            return false;
        }
        self.repairs.extend(edits.iter().map(|edit| (raw_of(edit), edit.class)));
        let (text, next) = edits.apply::<Clean, Clean>(self.text());
        self.map = self.map.then(&next);
        self.text = Some(text);
        true
    }

    fn finish(mut self) -> CleanText {
        for (start, end) in boilerplate::find(self.text(), self.joined) {
            self.suspects.push((self.map.back(Span::new(start, end)), SuspectClass::Boilerplate, None));
        }
        let map = self.map;
        self.repairs.sort_by_key(|&(raw, _)| raw);
        self.suspects.sort_by_key(|&(raw, class, _)| (raw, class));
        self.suspects.dedup();
        let mut forward = map.forward_in_order();
        let repairs = self.repairs.into_iter().map(|(raw, class)| Repair { raw, clean: forward(raw), class }).collect();
        drop(forward);
        CleanText {
            repairs,
            suspects: self
                .suspects
                .into_iter()
                .map(|(raw, class, reconstruction)| Suspect { raw, clean: map.forward(raw), class, reconstruction })
                .collect(),
            text: self.text.map_or_else(|| self.raw.into(), Into::into),
            map,
        }
    }
}

#[cfg(test)]
mod tests;
