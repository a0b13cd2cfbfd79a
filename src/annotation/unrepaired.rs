//! Repairs that the reader does not want: switched off by class or place, kept with the notes, and given to cleaning.

use super::anchor::RawText;
use super::model::{Anchor, Unrepaired};
use crate::engine::RepairClass;
use crate::engine::clean::CleanOptions;
use crate::text::{Raw, Span};

impl Unrepaired {
    /// Tells whether the repairs of this class are switched off.
    pub fn has(&self, class: RepairClass) -> bool {
        self.classes.iter().any(|name| name == class.name())
    }

    /// Switches the repairs of this class off, or on again.
    pub fn switch(&mut self, class: RepairClass) {
        if self.has(class) {
            self.classes.retain(|name| name != class.name());
        } else {
            self.classes.push(class.name().to_owned());
        }
    }

    /// Leaves the repair of the raw bytes `at` undone. What is put in between two characters is told by the two.
    pub fn leave(&mut self, raw: RawText, at: Span<Raw>) {
        let text = raw.text;
        let start = text.floor_char_boundary(at.start.saturating_sub(1));
        let end = text.ceil_char_boundary(at.end + 1);
        let place = raw.anchor(&[if at.is_empty() { Span::new(start, end) } else { at }]);
        if !place.parts.is_empty() && !self.places.contains(&place) {
            self.places.push(place);
        }
    }

    /// Returns what cleaning is to leave alone in this text. A place that is no longer there is repaired again.
    pub fn options(&self, raw: RawText) -> CleanOptions {
        CleanOptions {
            off: RepairClass::ALL.into_iter().filter(|&class| self.has(class)).collect(),
            keep: self.places.iter().filter_map(|place| Self::locate(raw, place)).collect(),
            ..CleanOptions::default()
        }
    }

    /// Returns where a place stands in this text; `None` where it is no longer there.
    pub fn locate(raw: RawText, place: &Anchor) -> Option<Span<Raw>> {
        raw.locate(place)?.first().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::clean::clean;
    use crate::text::PointIndex;

    const TEXT: &str = "The clerk did n't answer ; \" We wo n't pay , \" she said . He did n't know that,\"Dell said .";

    #[test]
    fn what_is_switched_off_stays_as_it_was_and_finds_its_place_again() {
        let index = PointIndex::new(TEXT);
        let raw = RawText { text: TEXT, index: &index };
        let all = clean(TEXT, &CleanOptions::default());
        for repair in &all.repairs {
            let mut unrepaired = Unrepaired::default();
            unrepaired.leave(raw, repair.raw);
            let cleaned = clean(TEXT, &unrepaired.options(raw));
            assert!(!cleaned.repairs.contains(repair), "{repair:?} was made");
            assert!(cleaned.repairs.len() + 4 > all.repairs.len(), "{repair:?} took others with it");
            // The same words in a text with a line more before them.
            let longer = format!("PIER CITY - A new line of another day.\n\n{TEXT}");
            let index = PointIndex::new(&longer);
            let raw = RawText { text: &longer, index: &index };
            let shift = longer.len() - TEXT.len();
            let kept = unrepaired.options(raw).keep;
            assert!(kept.iter().all(|span| span.start >= shift), "{kept:?}");
        }
    }

    #[test]
    fn a_class_is_switched_off_and_on_and_an_unknown_one_is_kept() {
        let mut unrepaired = Unrepaired { classes: vec!["of another day".into()], ..Unrepaired::default() };
        unrepaired.switch(RepairClass::Clitic);
        let index = PointIndex::new(TEXT);
        assert_eq!(unrepaired.options(RawText { text: TEXT, index: &index }).off, [RepairClass::Clitic]);
        unrepaired.switch(RepairClass::Clitic);
        assert_eq!(unrepaired.classes, ["of another day"]);
    }
}
