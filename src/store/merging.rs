//! Two copies of one file of the store made one again: what git calls a merge driver for.

use super::encode;
use super::error::StoreError;
use super::paper::{Content, Paper};
use super::sheet;
use crate::annotation::NoteId;
use crate::annotation::merge::{Copy, merge};
use std::collections::BTreeMap;
use std::path::Path;
use toml_edit::{Item, Table};

/// What merging two files gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MergedFile {
    /// The text of the merged file.
    pub text: String,
    /// At what somebody should look, a line each.
    pub conflicts: Vec<String>,
}

/// Merges the files `ours` and `theirs`, which both come from `base`; each is a name for messages and the bytes. An empty
/// base is one of which nothing is known. Comments and unknown keys of ours stay; unknown keys that only theirs has are
/// taken over, its comments are not.
///
/// An error is one of a file that is no whole store file; nothing is merged then.
pub fn merge_files(
    base: (&Path, &[u8]),
    ours: (&Path, &[u8]),
    theirs: (&Path, &[u8]),
) -> Result<MergedFile, StoreError> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let blank = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_whitespace);
    let (mut paper, mine) = sheet::parse(ours.0, ours.1)?;
    let (other_paper, other) = sheet::parse(theirs.0, theirs.1)?;
    let from = if blank(base.1) { Content::default() } else { sheet::parse(base.0, base.1)?.1 };
    if ours.1 == theirs.1 || theirs.1 == base.1 {
        return Ok(MergedFile { text: text(ours.1), conflicts: Vec::new() });
    }
    if ours.1 == base.1 {
        return Ok(MergedFile { text: text(theirs.1), conflicts: Vec::new() });
    }
    let copy = |content: &Content| Copy { notes: content.notes.clone(), history: content.history.clone() };
    let merged = merge(&copy(&from), &copy(&mine), &copy(&other));
    let mut conflicts = merged.conflicts;
    if mine.about.id != other.about.id {
        conflicts.push(format!("the notes are on two articles: {} and {}", mine.about.id, other.about.id));
    }
    if mine.coder != other.coder {
        conflicts.push("the notes are those of two coders; they stand under the name of the first now".to_owned());
    }
    let about = if mine.about == from.about { &other.about } else { &mine.about };
    if mine.about.sha256 != other.about.sha256 && mine.about != from.about && other.about != from.about {
        conflicts.push("the text of the article changed in both copies".to_owned());
    }
    let own_paper = paper.clone();
    paper.describe(about);
    let (notes, history) = (&merged.copy.notes, &merged.copy.history);
    paper.update(notes, history);
    paper.take_unknown(&own_paper, &merged.ids);
    paper.take_unknown(&other_paper, &merged.ids);
    let text = paper.text();
    // A file that does not hold what was merged is never written.
    let (_, again) = sheet::parse(ours.0, text.as_bytes())?;
    if again.notes != *notes {
        conflicts.push("the merged file does not say what was merged: a fault of this program".to_owned());
    }
    Ok(MergedFile { text, conflicts })
}

impl Paper {
    /// Takes over the keys that this document does not have and the program does not know. `ids` are those of notes that
    /// have another one here.
    fn take_unknown(&mut self, other: &Self, ids: &BTreeMap<NoteId, NoteId>) {
        for (key, item) in other.root() {
            match (item, key) {
                (Item::ArrayOfTables(tables), "quote" | "speaker" | "passage") => {
                    for table in tables {
                        let id = id(table).map(|id| ids.get(&id).copied().unwrap_or(id));
                        if let Some(own) = id.and_then(|id| self.note_table(key, id)) {
                            add_unknown(own, table);
                        }
                    }
                }
                (Item::Table(table), "article") => add_unknown(self.article_table(), table),
                (item, key) if !matches!(key, "edit" | "end") && !self.root().contains_key(key) => {
                    self.put_root(key, item.clone());
                }
                _ => {}
            }
        }
    }
}

/// Returns the id of a table.
pub fn id(table: &Table) -> Option<NoteId> {
    table.get("id").and_then(Item::as_str).and_then(|id| id.parse().ok())
}

fn add_unknown(own: &mut Table, other: &Table) {
    for (key, item) in other {
        if !own.contains_key(key) && !encode::KNOWN.contains(&key) {
            own.insert(key, item.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Anchor, Annotations, Change, Edit, Origin, Part, QuoteNote, Range, SpeakerNote, Status};
    use crate::store::paper::About;
    use jiff::Timestamp;

    fn note(n: u128, tag: &str) -> QuoteNote {
        QuoteNote {
            origin: Origin::Reader,
            status: Status::Accepted,
            tags: vec![tag.into()],
            ..QuoteNote::blank(
                NoteId::from_u128(n),
                Anchor {
                    parts: vec![Part { range: Range { start: 10, end: 14 }, exact: "“so”".into() }],
                    prefix: "he said ".into(),
                    suffix: " then".into(),
                },
                Timestamp::UNIX_EPOCH,
            )
        }
    }

    /// A file as a person and the program made it: `text` with one more step.
    fn grown(text: Option<&str>, name: &str, step: impl FnOnce(&mut Annotations)) -> String {
        let path = Path::new("x.toml");
        let about = About { id: "a".into(), path: None, sha256: "00".into() };
        let (mut paper, content) = match text {
            Some(text) => sheet::parse(path, text.as_bytes()).expect("it is whole"),
            None => (Paper::new(&about, "me"), Content::default()),
        };
        let (before, mut after, mut history) = (content.notes.clone(), content.notes, content.history);
        step(&mut after);
        let ids: std::collections::BTreeSet<NoteId> =
            before.quotes.keys().chain(after.quotes.keys()).copied().collect();
        let boxed = |notes: &Annotations, id: &NoteId| notes.quotes.get(id).cloned().map(Box::new);
        let changes: Vec<Change> = ids
            .iter()
            .map(|id| Change::Quote { before: boxed(&before, id), after: boxed(&after, id) })
            .filter(|change| !matches!(change, Change::Quote { before, after } if before == after))
            .chain(
                after
                    .speakers
                    .values()
                    .filter(|n| !before.speakers.contains_key(&n.id))
                    .map(|n| Change::Speaker { before: None, after: Some(Box::new(n.clone())) }),
            )
            .collect();
        let second = i64::try_from(history.done.len()).expect("few");
        history.done.push(Edit { name: name.into(), at: Timestamp::from_second(second).expect("in range"), changes });
        paper.update(&after, &history);
        paper.text()
    }

    fn merged(base: &str, ours: &str, theirs: &str) -> Result<MergedFile, StoreError> {
        let at = Path::new("x.toml");
        merge_files((at, base.as_bytes()), (at, ours.as_bytes()), (at, theirs.as_bytes()))
    }

    fn content(text: &str) -> Content {
        sheet::parse(Path::new("x.toml"), text.as_bytes()).expect("it is whole").1
    }

    #[test]
    fn files_merge_with_what_people_wrote_into_them() {
        let base = grown(None, "added", |notes| drop(notes.quotes.insert(NoteId::from_u128(1), note(1, "a"))));
        let tag = |tag: &'static str| {
            move |notes: &mut Annotations| {
                notes.quotes.values_mut().for_each(|note| note.tags.push(tag.to_owned()));
            }
        };
        let ours = grown(Some(&base), "tagged b", tag("b")).replace("status = ", "# mine\nweight = 2\nstatus = ");
        let theirs = grown(Some(&base), "tagged c", tag("c"))
            .replace("status = ", "colour = \"red\"\nstatus = ")
            .replace("coder = ", "project = \"p\"\ncoder = ");
        let theirs = grown(Some(&theirs), "named", |notes| {
            let speaker = SpeakerNote {
                id: NoteId::from_u128(7),
                name: "Ann".into(),
                also: vec!["she".into()],
                taken: Vec::new(),
                not_a_person: false,
                memo: None,
                created: Timestamp::UNIX_EPOCH,
                modified: Timestamp::UNIX_EPOCH,
            };
            notes.speakers.insert(speaker.id, speaker);
        });
        let out = merged(&base, &ours, &theirs).expect("all are whole");
        assert_eq!(out.conflicts, Vec::<String>::new());
        let is = content(&out.text);
        assert_eq!(is.notes.quotes[&NoteId::from_u128(1)].tags, ["a", "b", "c"]);
        assert_eq!((is.notes.speakers.len(), is.lost), (1, 0));
        let names: Vec<&str> = is.history.done.iter().map(|edit| edit.name.as_str()).collect();
        assert_eq!(&names[..4], ["added", "tagged b", "tagged c", "named"]);
        for kept in ["# mine", "weight = 2", "colour = \"red\"", "project = \"p\""] {
            assert!(out.text.contains(kept), "{kept} is gone from\n{}", out.text);
        }
        // Made anew in both: one note, with the keys of both.
        let made = |n: u128, key: &str| {
            let text = grown(None, "added", |notes| drop(notes.quotes.insert(NoteId::from_u128(n), note(n, key))));
            text.replace("status = ", &format!("{key} = 1\nstatus = "))
        };
        for (a, b) in [(3, 4), (4, 3)] {
            let out = merged("", &made(a, "mine"), &made(b, "yours")).expect("all are whole");
            assert_eq!(content(&out.text).notes.quotes[&NoteId::from_u128(3)].tags, ["mine", "yours"]);
            assert!(out.text.contains("\nmine = 1") && out.text.contains("\nyours = 1"), "{}", out.text);
        }
        // Without a common base the same note is the same note.
        let out = merged("", &ours, &theirs).expect("all are whole");
        assert_eq!(content(&out.text).notes.quotes.len(), 1);
        // Only one changed: its bytes.
        assert_eq!(merged(&base, &base, &theirs).expect("whole").text, theirs);
        assert_eq!(merged(&base, &ours, &base).expect("whole").text, ours);
    }

    #[test]
    fn a_broken_file_is_named_and_nothing_is_merged() {
        let base = grown(None, "added", |notes| drop(notes.quotes.insert(NoteId::from_u128(1), note(1, "a"))));
        let cut = &base[..base.len() / 2];
        assert!(
            merged(&base, &base, cut).is_err() && merged(&base, cut, &base).is_err() && merged(cut, &base, "").is_err()
        );
    }

    #[test]
    fn histories_stay_whole() {
        let base = grown(None, "added", |notes| drop(notes.quotes.insert(NoteId::from_u128(1), note(1, "a"))));
        let ours = grown(Some(&base), "removed", |notes| notes.quotes.clear());
        let theirs = grown(Some(&base), "memo", |notes| {
            notes.quotes.values_mut().for_each(|note| note.memo = Some("keep me".into()));
        });
        let out = merged(&base, &ours, &theirs).expect("all are whole");
        assert_eq!(out.conflicts.len(), 1);
        let is = content(&out.text);
        assert_eq!(is.lost, 0);
        let (mut notes, mut history) = (is.notes, is.history);
        assert_eq!(notes.quotes[&NoteId::from_u128(1)].memo.as_deref(), Some("keep me"));
        while history.undo(&mut notes).expect("it fits").is_some() {}
        assert_eq!(notes, Annotations::default());
    }
}
