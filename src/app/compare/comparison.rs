//! What two coders see differently on one article, in words.

use crate::annotation::agreement::shown_name;
use crate::annotation::compare::{Difference, Disagreement, Side};
use crate::annotation::{Anchor, Annotations, Edit, QuoteNote, SpeakerChoice};
use crate::app::explain;

/// The comparison with another coder's notes on the article that is open.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The other coder.
    pub coder: String,
    /// The other coder's notes.
    pub theirs: Annotations,
    /// What differs now, in the order of the text.
    pub list: Vec<Disagreement>,
    /// The number of the one that is looked at.
    pub at: usize,
    /// What was taken over here, on which side: to be undone in turn.
    pub(in crate::app) made: Vec<(Side, Edit)>,
    /// What was undone here.
    pub(in crate::app) unmade: Vec<(Side, Edit)>,
    /// Whether the other coder's notes are just being written.
    pub(in crate::app) writing: bool,
}

impl Comparison {
    /// Returns how many there are of each kind, in words: `2 decisions, 1 speaker`.
    pub fn summary(&self) -> String {
        let names = [
            ["of one coder only", "of one coder only"],
            ["decision", "decisions"],
            ["place of edges", "places of edges"],
            ["speaker", "speakers"],
            ["case of roles", "cases of roles"],
            ["case of tags", "cases of tags"],
        ];
        let mut counts = [0; 6];
        for one in &self.list {
            counts[match one.what {
                Difference::Only(_) => 0,
                Difference::Decision => 1,
                Difference::Edges => 2,
                Difference::Speaker => 3,
                Difference::Roles => 4,
                Difference::Tags => 5,
            }] += 1;
        }
        let parts = counts.into_iter().zip(names).filter(|(count, _)| *count > 0);
        parts.map(|(count, name)| format!("{count} {}", name[usize::from(count > 1)])).collect::<Vec<_>>().join(", ")
    }

    /// Returns what differs, in words; `mine` is whose notes are open.
    pub fn what(&self, mine: &str) -> String {
        let Some(one) = self.list.get(self.at) else { return "nothing differs any more".to_owned() };
        match &one.what {
            Difference::Only(Side::First) => format!("only {mine} {} it", if mine == "you" { "have" } else { "has" }),
            Difference::Only(Side::Second) => format!("only {} has it", self.coder),
            Difference::Decision => "is it a quotation?".to_owned(),
            Difference::Edges => "where does it begin and end?".to_owned(),
            Difference::Speaker => "who said it?".to_owned(),
            Difference::Roles => "which cue, which source, to whom, about what?".to_owned(),
            Difference::Tags => "which tags?".to_owned(),
        }
    }

    /// Returns what a side says, in a line: the words, the decision, the speaker, the tags.
    pub fn says(&self, side: Side, mine: &Annotations) -> String {
        let notes = [mine, &self.theirs][side as usize];
        if let Some(one) = self.list.get(self.at).filter(|one| one.passage) {
            let note = one.notes[side as usize].and_then(|id| notes.passages.get(&id));
            return note.map_or_else(
                || "nothing here".to_owned(),
                |note| words(vec!["passage".to_owned()], &note.tags, &note.anchor),
            );
        }
        let note = self.list.get(self.at).and_then(|one| notes.quotes.get(&one.notes[side as usize]?));
        note.map_or_else(|| "nothing here".to_owned(), |note| line(note, notes))
    }
}

fn line(note: &QuoteNote, notes: &Annotations) -> String {
    let mut parts = vec![explain::status(note.status).to_owned()];
    match &note.speaker {
        Some(SpeakerChoice::Named(name)) => parts.push(shown_name(name, notes)),
        Some(SpeakerChoice::Nobody) => parts.push("nobody".to_owned()),
        None => {}
    }
    words(parts, &note.tags, &note.anchor)
}

/// Returns what is said of a stretch, its tags and its words, in a line.
fn words(mut parts: Vec<String>, tags: &[String], anchor: &Anchor) -> String {
    parts.extend(tags.iter().map(|tag| format!("#{tag}")));
    let words: Vec<&str> = anchor.parts.iter().map(|part| part.exact.trim()).collect();
    let words = words.join(" … ");
    parts.push(words.split_whitespace().collect::<Vec<_>>().join(" "));
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}
