//! The decisions a reader can make, each as one named edit that can be taken back.

use super::anchor::RawText;
use super::edit::{Change, Edit};
use super::model::{Annotations, ArticleNote, NoteId, Origin, QuoteNote, SpeakerChoice, Stamp, Status, Unrepaired};
use super::resolved::{Resolved, ResolvedQuote};
use crate::engine::{Interval, QuoteKind};
use crate::text::{Raw, Span};

/// What a decision needs to know: the notes as they are, the view that the reader sees, the raw text, and the moment.
///
/// Every method returns the edit to make, or `None` where there is nothing to do: the index is past the end, or all is
/// already as wished. A correction (speaker, kind, edges, date) of a quotation that is still open accepts it.
#[derive(Debug, Clone, Copy)]
pub struct Desk<'a> {
    /// The notes as they are.
    pub notes: &'a Annotations,
    /// What the reader sees: all indices are into its `quotes` and `speakers`.
    pub resolved: &'a Resolved,
    /// The raw text.
    pub raw: RawText<'a>,
    /// The moment and a fresh id.
    pub stamp: Stamp,
}

impl Desk<'_> {
    /// The quotation is right. Its kind and its speaker's proper name are written down with the decision, so that
    /// another version of the program does not give the words to somebody else.
    pub fn accept(&self, quote: usize) -> Option<Edit> {
        let seen = self.resolved.quotes.get(quote)?;
        self.change(quote, "accepted", |note| {
            note.status = Status::Accepted;
            note.kind = note.kind.or(Some(seen.kind));
            if note.speaker.is_none() {
                let speaker = seen.speaker.and_then(|n| self.resolved.speakers.get(n)).filter(|s| s.named);
                note.speaker = speaker.map(|speaker| SpeakerChoice::Named(speaker.name.clone()));
            }
        })
    }

    /// It is no quotation.
    pub fn reject(&self, quote: usize) -> Option<Edit> {
        self.change(quote, "rejected", |note| note.status = Status::Rejected)
    }

    /// Nothing is decided about it yet. What was written down on accepting it goes too; tags and memo stay.
    pub fn reopen(&self, quote: usize) -> Option<Edit> {
        let seen = self.resolved.quotes.get(quote)?;
        self.change(quote, "reopened", |note| {
            note.status = Status::Open;
            note.kind = None;
            if !seen.speaker_chosen {
                note.speaker = None;
            }
        })
    }

    /// Gives the quotation another speaker, nobody, or (`None`) the one the program found.
    pub fn set_speaker(&self, quote: usize, choice: Option<SpeakerChoice>) -> Option<Edit> {
        let choice = match choice {
            Some(SpeakerChoice::Named(name)) => Some(SpeakerChoice::Named(tidy(&name)?)),
            other => other,
        };
        let (verb, end) = match &choice {
            Some(SpeakerChoice::Named(name)) => ("gave", format!(" to {name}")),
            Some(SpeakerChoice::Nobody) => ("gave", " to nobody".to_owned()),
            None => ("gave", " back to the speaker found".to_owned()),
        };
        let mut edit = self.change(quote, verb, |note| {
            if choice.is_some() && note.status == Status::Open {
                note.status = Status::Accepted;
            }
            note.speaker.clone_from(&choice);
        })?;
        edit.name.push_str(&end);
        Some(edit)
    }

    /// Says whether the words stand in quotation marks.
    pub fn set_kind(&self, quote: usize, kind: QuoteKind) -> Option<Edit> {
        self.change(quote, &format!("set to {}:", kind.name()), |note| {
            note.kind = Some(kind);
            accept_open(note);
        })
    }

    /// Adds a tag, once.
    pub fn add_tag(&self, quote: usize, tag: &str) -> Option<Edit> {
        let tag = tidy(tag)?;
        self.change(quote, &format!("tagged “{tag}”:"), |note| {
            if !note.tags.contains(&tag) {
                note.tags.push(tag.clone());
            }
        })
    }

    /// Takes a tag away.
    pub fn remove_tag(&self, quote: usize, tag: &str) -> Option<Edit> {
        self.change(quote, &format!("took off “{}”:", tag.trim()), |note| note.tags.retain(|known| known != tag))
    }

    /// Writes a memo on the quotation; an empty one takes it away.
    pub fn set_memo(&self, quote: usize, memo: &str) -> Option<Edit> {
        self.change(quote, "wrote a memo on", |note| note.memo = full(memo))
    }

    /// Says when the words were said; `None` goes back to what the program found.
    pub fn set_date(&self, quote: usize, said_at: Option<Interval>) -> Option<Edit> {
        self.change(quote, "dated", |note| {
            note.said_at = said_at;
            if said_at.is_some() {
                accept_open(note);
            }
        })
    }

    /// Adds a quotation that the program did not find. Empty spans count for nothing.
    pub fn add_quote(&self, spans: &[Span<Raw>], kind: QuoteKind, speaker: Option<SpeakerChoice>) -> Option<Edit> {
        let anchor = self.raw.anchor(&self.fitting(spans)?);
        let name = format!("added {}", excerpt(&anchor.parts.first()?.exact));
        let note = QuoteNote {
            anchor,
            origin: Origin::Reader,
            status: Status::Accepted,
            kind: Some(kind),
            speaker,
            ..self.blank()
        };
        Some(self.edit(name, vec![Change::Quote { before: None, after: Some(Box::new(note)) }]))
    }

    /// Takes a quotation out: the reader's own is removed, one that the program found is rejected.
    pub fn remove_quote(&self, quote: usize) -> Option<Edit> {
        let seen = self.resolved.quotes.get(quote)?;
        match seen.note.and_then(|id| self.notes.quotes.get(&id)) {
            Some(note) if note.origin == Origin::Reader => {
                let change = Change::Quote { before: Some(Box::new(note.clone())), after: None };
                Some(self.edit(format!("removed {}", self.words(seen)), vec![change]))
            }
            _ => self.reject(quote),
        }
    }

    /// Removes a note whatever it says: for those whose place is no longer in the text.
    pub fn remove_note(&self, id: NoteId) -> Option<Edit> {
        let note = self.notes.quotes.get(&id)?;
        let words = note.anchor.parts.first().map_or_else(String::new, |part| excerpt(&part.exact));
        let change = Change::Quote { before: Some(Box::new(note.clone())), after: None };
        Some(self.edit(format!("removed the note on {words}"), vec![change]))
    }

    /// Gives the article another date; `None` goes back to what the program found.
    pub fn set_article_date(&self, date: Option<Interval>) -> Option<Edit> {
        self.article("dated the article", |note| note.date = date)
    }

    /// Writes a memo on the article; an empty one takes it away.
    pub fn set_article_memo(&self, memo: &str) -> Option<Edit> {
        self.article("wrote a memo on the article", |note| note.memo = full(memo))
    }

    /// Marks the article as done, or no longer.
    pub fn set_done(&self, done: bool) -> Option<Edit> {
        let name = if done { "marked the article as done" } else { "marked the article as not done" };
        self.article(name, |note| note.done = done)
    }

    /// Flags the article, or no longer.
    pub fn set_flagged(&self, flagged: bool) -> Option<Edit> {
        let name = if flagged { "flagged the article" } else { "took the article's flag off" };
        self.article(name, |note| note.flagged = flagged)
    }

    /// Changes what cleaning is to leave as it was.
    pub fn set_unrepaired(&self, name: &str, change: impl FnOnce(&mut Unrepaired)) -> Option<Edit> {
        self.article(name, |note| change(&mut note.unrepaired))
    }

    /// Changes the note of one quotation, new if need be; a note that says nothing any more goes.
    pub(super) fn change(&self, quote: usize, verb: &str, decide: impl FnOnce(&mut QuoteNote)) -> Option<Edit> {
        let seen = self.resolved.quotes.get(quote)?;
        let before = seen.note.and_then(|id| self.notes.quotes.get(&id));
        let fresh = || QuoteNote { anchor: self.raw.anchor(&seen.raw), ..self.blank() };
        let mut after = before.cloned().unwrap_or_else(fresh);
        let was = after.clone();
        decide(&mut after);
        if after == was {
            return None;
        }
        after.modified = self.stamp.now;
        let change = Change::Quote {
            before: before.cloned().map(Box::new),
            after: (!says_nothing(&after)).then(|| Box::new(after)),
        };
        Some(self.edit(format!("{verb} {}", self.words(seen)), vec![change]))
    }

    fn article(&self, name: &str, decide: impl FnOnce(&mut ArticleNote)) -> Option<Edit> {
        let mut after = self.notes.article.clone();
        decide(&mut after);
        let change = Change::Article { before: Box::new(self.notes.article.clone()), after: Box::new(after.clone()) };
        (after != self.notes.article).then(|| self.edit(name.to_owned(), vec![change]))
    }

    /// The spans that hold text and fit it, in order, or `None` where there are none.
    pub(super) fn fitting(&self, spans: &[Span<Raw>]) -> Option<Vec<Span<Raw>>> {
        let mut spans: Vec<Span<Raw>> =
            spans.iter().copied().filter(|span| !span.of(self.raw.text).is_empty()).collect();
        spans.sort();
        (!spans.is_empty()).then_some(spans)
    }

    pub(super) fn words(&self, quote: &ResolvedQuote) -> String {
        quote.raw.first().map_or_else(String::new, |span| excerpt(span.of(self.raw.text)))
    }

    pub(super) fn edit(&self, name: String, changes: Vec<Change>) -> Edit {
        Edit { name, at: self.stamp.now, changes }
    }

    pub(super) fn blank(&self) -> QuoteNote {
        QuoteNote::blank(self.stamp.id, super::Anchor::default(), self.stamp.now)
    }
}

pub(super) fn accept_open(note: &mut QuoteNote) {
    if note.status == Status::Open {
        note.status = Status::Accepted;
    }
}

/// Tells whether the note leaves everything as the program found it.
fn says_nothing(note: &QuoteNote) -> bool {
    note.origin == Origin::Found
        && note.status == Status::Open
        && note.tags.is_empty()
        && [note.found.is_some(), note.kind.is_some(), note.speaker.is_some(), note.source.is_some()] == [false; 4]
        && [note.cue.is_some(), note.said_at.is_some(), note.memo.is_some()] == [false; 3]
        && [note.addressee.is_some(), note.topic.is_some()] == [false; 2]
}

/// One line without spaces around; `None` where nothing is left.
pub(super) fn tidy(text: &str) -> Option<String> {
    full(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

pub(super) fn full(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The first words of a quotation in marks: `“I don’t think …”`.
pub fn excerpt(text: &str) -> String {
    const LONGEST: usize = 28;
    let marks = |c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '\'' | '`');
    let mut out = String::new();
    for word in text.trim_matches(marks).split_whitespace() {
        if !out.is_empty() {
            if out.chars().count() + word.chars().count() >= LONGEST {
                out.push_str(" …");
                break;
            }
            out.push(' ');
        }
        out.extend(word.chars().take(LONGEST));
    }
    format!("“{out}”")
}
