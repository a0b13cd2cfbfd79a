//! Where two coders differ on one article, in the order of the text, and the edit that makes one follow the other.

use super::agreement::{Coding, Match, Unit, Wording, coding, matches, shown_name};
use super::edit::{Change, Edit};
use super::model::{Anchor, Annotations, Filler, NoteId, Origin, PassageNote, QuoteNote, Range, SpeakerChoice, Stamp};

/// One of the two coders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The one named first.
    First,
    /// The other.
    Second,
}

impl Side {
    /// Returns the other side.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::First => Self::Second,
            Self::Second => Self::First,
        }
    }
}

/// What two coders differ in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// Only this one has a note there.
    Only(Side),
    /// One holds it for a quotation, and the other does not, or has not decided.
    Decision,
    /// The edges, or the parts.
    Edges,
    /// The speaker.
    Speaker,
    /// The cue, the source, to whom or about what, where both said so.
    Roles,
    /// The tags.
    Tags,
}

/// One disagreement. Two notes that differ in several ways make several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// Where: the hull of what either marked, in code points of the raw text.
    pub at: Range,
    /// The notes of the first and of the second.
    pub notes: [Option<NoteId>; 2],
    /// Whether they are on a tagged passage, not on a quotation.
    pub passage: bool,
    /// What differs.
    pub what: Difference,
}

/// Returns all disagreements of two coders on one article in the order of the text. Edges count as different where one
/// is more than `tolerance` words off; a speaker where both said who it is; a note that says nothing counts for none.
pub fn compare(first: &Annotations, second: &Annotations, tolerance: usize) -> Vec<Disagreement> {
    let mut wording = Wording::default();
    wording.add(first);
    wording.add(second);
    let codings: [Coding; 2] = [coding("", first), coding("", second)];
    let mut out = Vec::new();
    for passage in [false, true] {
        let units = codings.each_ref().map(|coding| if passage { &coding.passages[..] } else { &coding.units[..] });
        out.extend(differences([first, second], units, passage, tolerance, &wording));
    }
    out.sort_by(|x, y| (x.at, &x.what, x.notes).cmp(&(y.at, &y.what, y.notes)));
    out
}

/// Returns the disagreements on quotations, or those on passages.
fn differences(
    [first, second]: [&Annotations; 2],
    units: [&[Unit]; 2],
    passage: bool,
    tolerance: usize,
    wording: &Wording,
) -> Vec<Disagreement> {
    let [a, b] = units.map(|units| units.iter().collect::<Vec<&Unit>>());
    let pairs = matches(&a, &b, tolerance, wording);
    let mut out = Vec::new();
    for &(m, n, how) in &pairs {
        let (one, other) = (a[m], b[n]);
        let hulls = [one.hull(), other.hull()];
        let at = Range { start: hulls[0].start.min(hulls[1].start), end: hulls[0].end.max(hulls[1].end) };
        let both = one.marked() && other.marked();
        let differ = [
            (Difference::Decision, one.quotation != other.quotation),
            (Difference::Edges, how == Match::Overlap),
            (Difference::Speaker, both && said(one).zip(said(other)).is_some_and(|(a, b)| a != b)),
            (Difference::Roles, both && roles(first, one).zip(roles(second, other)).is_some_and(|(a, b)| differ(a, b))),
            (Difference::Tags, both && one.tags != other.tags),
        ];
        for (what, _) in differ.into_iter().filter(|(_, differ)| *differ) {
            out.push(Disagreement { at, notes: [Some(one.note), Some(other.note)], passage, what });
        }
    }
    let alone = |units: &[&Unit], side: Side| -> Vec<Disagreement> {
        let paired: Vec<usize> = pairs.iter().map(|&(m, n, _)| if side == Side::First { m } else { n }).collect();
        let rest = units.iter().enumerate().filter(|(n, _)| !paired.contains(n));
        rest.map(|(_, unit)| {
            let mut notes = [None, None];
            notes[side as usize] = Some(unit.note);
            Disagreement { at: unit.hull(), notes, passage, what: Difference::Only(side) }
        })
        .collect()
    };
    out.extend(alone(&a, Side::First));
    out.extend(alone(&b, Side::Second));
    out
}

impl Disagreement {
    /// Returns the edit on the notes of `side.other()` that makes them say what those of `side` say, in this one thing;
    /// `None` where they do so already, or a note is no longer there. `notes` are the first's and the second's.
    pub fn adopt(&self, side: Side, notes: [&Annotations; 2], stamp: Stamp) -> Option<Edit> {
        if self.passage {
            return self.adopt_passage(side, notes, stamp);
        }
        let note = |side: Side| self.notes[side as usize].and_then(|id| notes[side as usize].quotes.get(&id));
        let (from, to) = (note(side), note(side.other()));
        let (name, after) = match (&self.what, from, to) {
            (Difference::Only(_), Some(from), None) => {
                let speaker = shown(notes[side as usize], from);
                let copy = QuoteNote { id: stamp.id, speaker, created: stamp.now, modified: stamp.now, ..from.clone() };
                ("took over", Some(copy))
            }
            // The other has nothing here: neither will this one.
            (Difference::Only(_), None, Some(_)) => ("dropped", None),
            (Difference::Decision, Some(from), Some(to)) => {
                let origin = if to.origin == Origin::Reader { from.origin } else { to.origin };
                ("took over the decision on", Some(QuoteNote { status: from.status, origin, ..to.clone() }))
            }
            (Difference::Edges, Some(from), Some(to)) => {
                let found = match to.origin {
                    Origin::Found => to.found.clone().or_else(|| Some(to.anchor.clone())),
                    Origin::Reader => to.found.clone(),
                };
                ("took over the edges of", Some(QuoteNote { anchor: from.anchor.clone(), found, ..to.clone() }))
            }
            (Difference::Speaker, Some(from), Some(to)) => {
                let speaker = shown(notes[side as usize], from);
                ("took over the speaker of", Some(QuoteNote { speaker, source: from.source.clone(), ..to.clone() }))
            }
            (Difference::Roles, Some(from), Some(to)) => {
                let [cue, source] = [from.cue.clone().or(to.cue.clone()), from.source.clone().or(to.source.clone())];
                let addressee = from.addressee.clone().or(to.addressee.clone());
                let topic = from.topic.clone().or(to.topic.clone());
                ("took over the roles of", Some(QuoteNote { source, cue, addressee, topic, ..to.clone() }))
            }
            (Difference::Tags, Some(from), Some(to)) => {
                ("took over the tags of", Some(QuoteNote { tags: from.tags.clone(), ..to.clone() }))
            }
            _ => return None,
        };
        if after.as_ref() == to {
            return None;
        }
        let words = after.as_ref().or(to).and_then(|note| note.anchor.parts.first()).map(|part| excerpt(&part.exact));
        let after = after.map(|note| Box::new(QuoteNote { modified: stamp.now, ..note }));
        Some(Edit {
            name: format!("{name} {}", words.unwrap_or_default()),
            at: stamp.now,
            changes: vec![Change::Quote { before: to.cloned().map(Box::new), after }],
        })
    }
}

impl Disagreement {
    /// The same for a passage: its tags and its edges follow, a memo of one's own stays.
    fn adopt_passage(&self, side: Side, notes: [&Annotations; 2], stamp: Stamp) -> Option<Edit> {
        let note = |side: Side| self.notes[side as usize].and_then(|id| notes[side as usize].passages.get(&id));
        let (from, to) = (note(side), note(side.other()));
        let (name, after) = match (&self.what, from, to) {
            (Difference::Only(_), Some(from), None) => {
                let copy = PassageNote { id: stamp.id, created: stamp.now, modified: stamp.now, ..from.clone() };
                ("took over", Some(copy))
            }
            (Difference::Only(_), None, Some(_)) => ("dropped", None),
            (Difference::Edges, Some(from), Some(to)) => {
                ("took over the edges of", Some(PassageNote { anchor: from.anchor.clone(), ..to.clone() }))
            }
            (Difference::Tags, Some(from), Some(to)) => {
                ("took over the tags of", Some(PassageNote { tags: from.tags.clone(), ..to.clone() }))
            }
            _ => return None,
        };
        if after.as_ref() == to {
            return None;
        }
        let words = after.as_ref().or(to).and_then(|note| note.anchor.parts.first()).map(|part| excerpt(&part.exact));
        let after = after.map(|note| Box::new(PassageNote { modified: stamp.now, ..note }));
        Some(Edit {
            name: format!("{name} {}", words.unwrap_or_default()),
            at: stamp.now,
            changes: vec![Change::Passage { before: to.cloned().map(Box::new), after }],
        })
    }

    /// Returns where the note of `side` stands.
    pub fn anchor<'a>(&self, side: Side, notes: &'a Annotations) -> Option<&'a Anchor> {
        let id = self.notes[side as usize]?;
        if self.passage {
            return notes.passages.get(&id).map(|note| &note.anchor);
        }
        notes.quotes.get(&id).map(|note| &note.anchor)
    }
}

/// Returns the note of a unit.
fn roles<'a>(notes: &'a Annotations, unit: &Unit) -> Option<&'a QuoteNote> {
    notes.quotes.get(&unit.note)
}

/// Tells whether two notes fill a role differently that both fill. What stands in the text counts by its place.
fn differ(a: &QuoteNote, b: &QuoteNote) -> bool {
    fn ranges(anchor: &Anchor) -> Vec<Range> {
        anchor.parts.iter().map(|part| part.range).collect()
    }
    let places = |a: &Option<Anchor>, b: &Option<Anchor>| {
        a.as_ref().zip(b.as_ref()).is_some_and(|(a, b)| ranges(a) != ranges(b))
    };
    let fillers = |a: &Option<Filler>, b: &Option<Filler>| match (a, b) {
        (Some(Filler::Stretch(a)), Some(Filler::Stretch(b))) => ranges(a) != ranges(b),
        (Some(a), Some(b)) => a != b,
        _ => false,
    };
    places(&a.cue, &b.cue)
        || places(&a.source, &b.source)
        || fillers(&a.addressee, &b.addressee)
        || fillers(&a.topic, &b.topic)
}

/// Returns what the unit says of its speaker; names are compared without regard to case.
fn said(unit: &Unit) -> Option<String> {
    unit.speaker.as_ref().map(|name| name.to_lowercase())
}

/// Returns the speaker of a note by the name under which its coder shows him.
fn shown(notes: &Annotations, note: &QuoteNote) -> Option<SpeakerChoice> {
    let choice = note.speaker.as_ref()?;
    let SpeakerChoice::Named(name) = choice else { return Some(SpeakerChoice::Nobody) };
    let name = shown_name(name, notes);
    Some(if name.is_empty() { SpeakerChoice::Nobody } else { SpeakerChoice::Named(name) })
}

/// Returns the first words in quotation marks.
fn excerpt(text: &str) -> String {
    const LONGEST: usize = 32;
    let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = plain.trim_matches(['“', '”', '"', '\'', '‘', '’']);
    match plain.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("“{}…”", plain[..at].trim_end()),
        None => format!("“{plain}”"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Part, SpeakerNote, Status};
    use jiff::Timestamp;
    use uuid::Uuid;

    const TEXT: &str = "“We cannot wait,” said Maria Lopez. “Not now,” she added. “Never,” said Ben.";

    fn note(id: u128, words: &str) -> QuoteNote {
        let at = TEXT.find(words).expect("it is in the text");
        let start = TEXT[..at].chars().count();
        let range = Range { start, end: start + words.chars().count() };
        let anchor = Anchor { parts: vec![Part { range, exact: words.to_owned() }], ..Anchor::default() };
        QuoteNote {
            status: Status::Accepted,
            speaker: Some(SpeakerChoice::Named("Maria Lopez".into())),
            tags: vec!["a".into()],
            ..QuoteNote::blank(Uuid::from_u128(id), anchor, Timestamp::UNIX_EPOCH)
        }
    }

    fn notes(list: Vec<QuoteNote>) -> Annotations {
        Annotations { quotes: list.into_iter().map(|note| (note.id, note)).collect(), ..Annotations::default() }
    }

    fn stamp(n: u128) -> Stamp {
        Stamp { now: Timestamp::from_second(7).expect("in range"), id: Uuid::from_u128(1000 + n) }
    }

    fn passage(id: u128, words: &str, tags: &[&str]) -> PassageNote {
        PassageNote {
            id: Uuid::from_u128(id),
            anchor: note(id, words).anchor,
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            memo: Some("mine".into()),
            created: Timestamp::UNIX_EPOCH,
            modified: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn passages_differ_in_place_and_tags_and_adopting_settles_it() {
        let all = |list: Vec<PassageNote>| Annotations {
            passages: list.into_iter().map(|note| (note.id, note)).collect(),
            ..Annotations::default()
        };
        let one = all(vec![passage(1, "cannot wait", &["a"]), passage(2, "she added", &["a"])]);
        let two = all(vec![passage(11, "cannot wait", &["b"]), passage(12, "Ben", &["c"])]);
        let what: Vec<Difference> = compare(&one, &two, 0).into_iter().map(|found| found.what).collect();
        assert_eq!(what, [Difference::Tags, Difference::Only(Side::First), Difference::Only(Side::Second)]);
        for side in [Side::First, Side::Second] {
            let mut both = [one.clone(), two.clone()];
            for n in 0..3 {
                let next = compare(&both[0], &both[1], 0).remove(0);
                let edit = next.adopt(side, [&both[0], &both[1]], stamp(n)).expect("there is something to do");
                both[side.other() as usize].apply(&edit).expect("it was made for these notes");
            }
            assert_eq!(compare(&both[0], &both[1], 0), []);
            assert_eq!(both[side as usize], [&one, &two][side as usize].clone());
        }
    }

    fn coders() -> [Annotations; 2] {
        let one = notes(vec![
            note(1, "“We cannot wait,”"),
            QuoteNote { speaker: Some(SpeakerChoice::Named("Lopez".into())), ..note(2, "“Not now,”") },
            note(3, "“Never,”"),
        ]);
        let wait = QuoteNote {
            tags: vec!["b".into(), "a".into()],
            origin: Origin::Reader,
            ..note(11, "We cannot wait,” said Maria")
        };
        let two = notes(vec![
            wait,
            QuoteNote { status: Status::Rejected, ..note(12, "Not now") },
            QuoteNote { speaker: Some(SpeakerChoice::Named("Ben".into())), ..note(13, "Never") },
            QuoteNote { status: Status::Rejected, ..note(14, "she added") },
        ]);
        [one, two]
    }

    #[test]
    fn disagreements_come_in_the_order_of_the_text() {
        let [one, two] = coders();
        let found = compare(&one, &two, 0);
        let what: Vec<Difference> = found.iter().map(|d| d.what.clone()).collect();
        assert_eq!(
            what,
            [
                Difference::Edges,
                Difference::Tags,
                Difference::Decision,
                Difference::Only(Side::Second),
                Difference::Speaker
            ]
        );
        assert_eq!(compare(&one, &two, 2).len(), 4, "two words at the edge are within the tolerance");
        assert_eq!(compare(&one, &one, 0), []);
    }

    #[test]
    fn adopting_either_side_settles_it() {
        for side in [Side::First, Side::Second] {
            let mut both = coders();
            let mut n = 0;
            while let Some(next) = compare(&both[0], &both[1], 0).first().cloned() {
                n += 1;
                assert!(n < 10, "it must come to an end: {next:?}");
                let edit = next.adopt(side, [&both[0], &both[1]], stamp(n)).expect("there is something to do");
                let other = &mut both[side.other() as usize];
                let before = other.clone();
                let inverse = other.apply(&edit).expect("it was made for these notes");
                let mut back = other.clone();
                back.apply(&inverse).expect("an inverse fits");
                assert_eq!(back, before);
            }
            let kept = &coders()[side as usize];
            assert_eq!(&both[side as usize], kept, "the side that is adopted does not change");
            let words = |notes: &Annotations| -> Vec<(Status, Vec<String>)> {
                let mut units: Vec<&QuoteNote> = notes.quotes.values().collect();
                units.sort_by_key(|note| note.anchor.parts[0].range);
                units.iter().map(|note| (note.status, note.tags.clone())).collect()
            };
            assert_eq!(words(&both[0]), words(&both[1]));
        }
    }

    #[test]
    fn a_merge_of_speakers_counts_for_the_name() {
        let one =
            notes(vec![QuoteNote { speaker: Some(SpeakerChoice::Named("Lopez".into())), ..note(1, "“Never,”") }]);
        let two = notes(vec![note(2, "“Never,”")]);
        assert_eq!(compare(&one, &two, 0).len(), 1);
        let merged = SpeakerNote {
            id: Uuid::from_u128(9),
            name: "Maria Lopez".into(),
            also: vec!["Lopez".into()],
            taken: Vec::new(),
            not_a_person: false,
            memo: None,
            created: Timestamp::UNIX_EPOCH,
            modified: Timestamp::UNIX_EPOCH,
        };
        let one = Annotations { speakers: [(merged.id, merged)].into(), ..one };
        assert_eq!(compare(&one, &two, 0), []);
    }

    #[test]
    fn what_is_gone_cannot_be_adopted() {
        let [one, two] = coders();
        let first = compare(&one, &two, 0).remove(0);
        assert_eq!(first.adopt(Side::First, [&Annotations::default(), &two], stamp(1)), None);
        let copy = QuoteNote { id: Uuid::from_u128(11), ..one.quotes[&Uuid::from_u128(1)].clone() };
        let edges = first.adopt(Side::First, [&one, &notes(vec![copy])], stamp(1)).expect("found is written");
        assert_eq!(edges.name, "took over the edges of “We cannot wait,”");
    }
}
