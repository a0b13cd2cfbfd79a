//! Decisions about tagged stretches: one, or every place where a phrase stands, whether it is a quotation or not.

use super::decide::{Desk, excerpt, full, tidy};
use super::edit::{Change, Edit};
use super::model::{NoteId, PassageNote, Stamp};
use super::resolved::ResolvedPassage;
use crate::text::{Raw, Span};

/// Quotation marks and spaces, which do not count when a stretch is compared with a quotation.
fn marks(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '\'' | '`' | ',' | '.')
}

impl Desk<'_> {
    /// Tags stretches, in one step. A stretch that is a quotation, but for its marks, is tagged as that; one that is a
    /// passage already gets the tag too; any other becomes a passage. `None` where all have the tag already.
    pub fn tag_stretches(&self, spans: &[Span<Raw>], tag: &str) -> Option<Edit> {
        let tag = tidy(tag)?;
        let spans = self.fitting(spans)?;
        let mut changes: Vec<Change> = Vec::new();
        let mut fresh = 0;
        for &span in &spans {
            fresh += 1;
            let stamp = Stamp { id: self.stamp.nth_id(fresh), ..self.stamp };
            changes.extend(Desk { stamp, ..*self }.tag_stretch(span, &tag));
        }
        let words = excerpt(spans.first()?.of(self.raw.text));
        let name = match changes.len() {
            0 => return None,
            1 => format!("tagged {words} as {tag}"),
            n => format!("tagged {n} × {words} as {tag}"),
        };
        Some(self.edit(name, changes))
    }

    /// Tells whether a stretch has a tag, as a quotation or a passage.
    pub fn is_tagged(&self, span: Span<Raw>, tag: &str) -> bool {
        let has = |tags: &[String]| tags.iter().any(|own| own == tag);
        match self.quote_at(span) {
            Some(n) => has(&self.resolved.quotes[n].tags),
            None => self.passage_at(span).is_some_and(|passage| has(&passage.tags)),
        }
    }

    fn tag_stretch(&self, span: Span<Raw>, tag: &str) -> Option<Change> {
        if let Some(n) = self.quote_at(span) {
            return self.add_tag(n, tag)?.changes.pop();
        }
        let before = self.passage_at(span).and_then(|passage| self.notes.passages.get(&passage.note));
        let mut after = before.cloned().unwrap_or_else(|| PassageNote {
            id: self.stamp.id,
            anchor: self.raw.anchor(&[span]),
            tags: Vec::new(),
            memo: None,
            created: self.stamp.now,
            modified: self.stamp.now,
        });
        if after.tags.iter().any(|own| own == tag) {
            return None;
        }
        after.tags.push(tag.to_owned());
        after.modified = self.stamp.now;
        Some(Change::Passage { before: before.cloned().map(Box::new), after: Some(Box::new(after)) })
    }

    /// Returns the quotation that stands exactly at `span`, but for its marks.
    fn quote_at(&self, span: Span<Raw>) -> Option<usize> {
        let bare = |span: Span<Raw>| {
            let words = span.of(self.raw.text);
            let start = span.start + (words.len() - words.trim_start_matches(marks).len());
            (start, start + words.trim_matches(marks).len())
        };
        self.resolved.quotes.iter().position(|quote| matches!(quote.raw[..], [own] if bare(own) == bare(span)))
    }

    fn passage_at(&self, span: Span<Raw>) -> Option<&ResolvedPassage> {
        self.resolved.passages.iter().find(|passage| passage.raw == [span])
    }

    /// Takes a tag off a passage; without tags and memo it is no passage any more.
    pub fn untag_passage(&self, id: NoteId, tag: &str) -> Option<Edit> {
        self.passage(id, &format!("took off “{}”:", tag.trim()), |note| note.tags.retain(|own| own != tag))
    }

    /// Adds a tag to a passage, once.
    pub fn tag_passage(&self, id: NoteId, tag: &str) -> Option<Edit> {
        let tag = tidy(tag)?;
        self.passage(id, &format!("tagged “{tag}”:"), |note| {
            if !note.tags.contains(&tag) {
                note.tags.push(tag.clone());
            }
        })
    }

    /// Writes a memo on a passage; an empty one takes it away.
    pub fn set_passage_memo(&self, id: NoteId, memo: &str) -> Option<Edit> {
        self.passage(id, "wrote a memo on", |note| note.memo = full(memo))
    }

    /// Moves a passage.
    pub fn move_passage(&self, id: NoteId, span: Span<Raw>) -> Option<Edit> {
        let anchor = self.raw.anchor(&self.fitting(&[span])?);
        self.passage(id, "moved the edges of", |note| note.anchor = anchor)
    }

    /// Removes a passage.
    pub fn remove_passage(&self, id: NoteId) -> Option<Edit> {
        self.passage(id, "removed the passage", |note| {
            note.tags.clear();
            note.memo = None;
        })
    }

    fn passage(&self, id: NoteId, verb: &str, decide: impl FnOnce(&mut PassageNote)) -> Option<Edit> {
        let before = self.notes.passages.get(&id)?;
        let mut after = before.clone();
        decide(&mut after);
        if after == *before {
            return None;
        }
        after.modified = self.stamp.now;
        let words = before.anchor.parts.first().map_or_else(String::new, |part| excerpt(&part.exact));
        let after = (!after.tags.is_empty() || after.memo.is_some()).then(|| Box::new(after));
        Some(
            self.edit(
                format!("{verb} {words}"),
                vec![Change::Passage { before: Some(Box::new(before.clone())), after }],
            ),
        )
    }
}
