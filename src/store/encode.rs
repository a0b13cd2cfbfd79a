//! Notes as TOML: the fields of each kind of note in the order in which they stand in the file.

use crate::annotation::{
    Anchor, ArticleNote, Change, Edit, Filler, Origin, PassageNote, QuoteNote, SpeakerChoice, SpeakerNote, Status,
    Unrepaired,
};
use crate::engine::Interval;
use jiff::Timestamp;
use toml_edit::{Array, Datetime, InlineTable, Value};

/// The fields of one note, in order. What is not said is left out.
pub type Fields = Vec<(&'static str, Value)>;

/// Every key that the program may write into a note or the article.
pub const KNOWN: [&str; 31] = [
    "id",
    "origin",
    "status",
    "kind",
    "speaker",
    "nobody",
    "said_at",
    "tags",
    "memo",
    "at",
    "exact",
    "prefix",
    "suffix",
    "found",
    "source",
    "cue",
    "addressee",
    "topic",
    "taken",
    "created",
    "modified",
    "name",
    "also",
    "not_a_person",
    "date",
    "done",
    "flagged",
    "unrepaired",
    "left",
    "path",
    "sha256",
];

/// Returns the fields of a note on a quotation.
pub fn quote(note: &QuoteNote) -> Fields {
    let mut out: Fields = vec![
        ("id", note.id.to_string().into()),
        ("origin", origin(note.origin).into()),
        ("status", status(note.status).into()),
    ];
    out.extend(note.kind.map(|kind| ("kind", kind.name().into())));
    match &note.speaker {
        Some(SpeakerChoice::Named(name)) => out.push(("speaker", name.into())),
        Some(SpeakerChoice::Nobody) => out.push(("nobody", true.into())),
        None => {}
    }
    out.extend(note.said_at.map(|days| ("said_at", interval(days))));
    if !note.tags.is_empty() {
        out.push(("tags", strings(&note.tags)));
    }
    out.extend(note.memo.as_ref().map(|memo| ("memo", memo.into())));
    out.extend(anchor(&note.anchor));
    for (key, place) in [("found", &note.found), ("source", &note.source), ("cue", &note.cue)] {
        out.extend(place.as_ref().map(|place| (key, inline(anchor(place)))));
    }
    for (key, filler) in [("addressee", &note.addressee), ("topic", &note.topic)] {
        out.extend(filler.as_ref().map(|filler| match filler {
            Filler::Stretch(place) => (key, inline(anchor(place))),
            Filler::Words(words) => (key, words.into()),
        }));
    }
    out.extend([("created", time(note.created)), ("modified", time(note.modified))]);
    out
}

/// Returns the fields of a note on a speaker.
pub fn speaker(note: &SpeakerNote) -> Fields {
    let mut out: Fields =
        vec![("id", note.id.to_string().into()), ("name", (&note.name).into()), ("also", strings(&note.also))];
    if !note.taken.is_empty() {
        out.push(("taken", Value::Array(note.taken.iter().map(|place| inline(anchor(place))).collect())));
    }
    if note.not_a_person {
        out.push(("not_a_person", true.into()));
    }
    out.extend(note.memo.as_ref().map(|memo| ("memo", memo.into())));
    out.extend([("created", time(note.created)), ("modified", time(note.modified))]);
    out
}

/// Returns the fields of a note on a tagged stretch.
pub fn passage(note: &PassageNote) -> Fields {
    let mut out: Fields = vec![("id", note.id.to_string().into()), ("tags", strings(&note.tags))];
    out.extend(note.memo.as_ref().map(|memo| ("memo", memo.into())));
    out.extend(anchor(&note.anchor));
    out.extend([("created", time(note.created)), ("modified", time(note.modified))]);
    out
}

/// Returns the fields of the note on the article.
pub fn article(note: &ArticleNote) -> Fields {
    let mut out = Fields::new();
    out.extend(note.date.map(|days| ("date", interval(days))));
    out.extend(note.memo.as_ref().map(|memo| ("memo", memo.into())));
    for (key, on) in [("done", note.done), ("flagged", note.flagged)] {
        if on {
            out.push((key, true.into()));
        }
    }
    let Unrepaired { classes, places } = &note.unrepaired;
    if !classes.is_empty() {
        out.push(("unrepaired", strings(classes)));
    }
    if !places.is_empty() {
        out.push(("left", Value::Array(places.iter().map(|place| inline(anchor(place))).collect())));
    }
    out
}

/// Returns the fields of an edit. Each change says only how to leave the state the edit stands beside: the one after it
/// where it was made, the one before it where it was taken back. The other side follows from the notes themselves.
pub fn edit(edit: &Edit, undone: bool) -> Fields {
    let mut out: Fields = vec![("name", (&edit.name).into()), ("at", time(edit.at))];
    if undone {
        out.push(("undone", true.into()));
    }
    let changes = edit.changes.iter().map(|change| Value::from(step(change, undone)));
    out.push(("changes", Value::Array(changes.collect())));
    out
}

fn step(change: &Change, undone: bool) -> InlineTable {
    let mut out = InlineTable::new();
    let (from, to) = match change {
        Change::Quote { before, after } => {
            let id = before.as_ref().or(after.as_ref()).map(|note| note.id.to_string());
            out.insert("quote", id.unwrap_or_default().into());
            (after.as_deref().map(quote), before.as_deref().map(quote))
        }
        Change::Speaker { before, after } => {
            let id = before.as_ref().or(after.as_ref()).map(|note| note.id.to_string());
            out.insert("speaker", id.unwrap_or_default().into());
            (after.as_deref().map(speaker), before.as_deref().map(speaker))
        }
        Change::Passage { before, after } => {
            let id = before.as_ref().or(after.as_ref()).map(|note| note.id.to_string());
            out.insert("passage", id.unwrap_or_default().into());
            (after.as_deref().map(passage), before.as_deref().map(passage))
        }
        Change::Article { before, after } => {
            out.insert("article", true.into());
            (Some(article(after)), Some(article(before)))
        }
    };
    let (from, to) = if undone { (to, from) } else { (from, to) };
    match (from, to) {
        (_, None) => {
            out.insert("nothing", true.into());
        }
        (None, Some(to)) => {
            out.insert("whole", inline(to));
        }
        (Some(from), Some(to)) => {
            let (set, unset) = difference(&from, &to);
            if !set.is_empty() {
                out.insert("set", inline(set));
            }
            if !unset.is_empty() {
                out.insert("unset", unset.into_iter().collect::<Array>().into());
            }
        }
    }
    out
}

/// Returns the fields to set and the keys to take away on the way from one note to the other.
pub fn difference(from: &Fields, to: &Fields) -> (Fields, Vec<&'static str>) {
    let same = |key: &str, value: &Value| {
        from.iter().any(|(known, was)| *known == key && was.to_string() == value.to_string())
    };
    let set = to.iter().filter(|(key, value)| !same(key, value)).cloned().collect();
    let unset = from.iter().map(|(key, _)| *key).filter(|key| !to.iter().any(|(known, _)| known == key)).collect();
    (set, unset)
}

/// Returns the fields as one inline table.
pub fn inline(fields: Fields) -> Value {
    Value::InlineTable(fields.into_iter().collect())
}

fn anchor(anchor: &Anchor) -> Fields {
    let pair = |start: usize, end: usize| Value::Array([number(start), number(end)].into_iter().collect());
    let at: Array = anchor.parts.iter().map(|part| pair(part.range.start, part.range.end)).collect();
    let exact: Array = anchor.parts.iter().map(|part| part.exact.as_str()).collect();
    vec![
        ("at", at.into()),
        ("exact", exact.into()),
        ("prefix", (&anchor.prefix).into()),
        ("suffix", (&anchor.suffix).into()),
    ]
}

fn interval(days: Interval) -> Value {
    let day = |day: jiff::civil::Date| -> Value { datetime(&day.to_string()) };
    if days.from == days.to {
        day(days.from)
    } else {
        Value::Array([day(days.from), day(days.to)].into_iter().collect())
    }
}

/// Returns the moment as a TOML date and time; as a string in a year that TOML cannot write.
pub fn time(at: Timestamp) -> Value {
    datetime(&at.to_string())
}

fn datetime(text: &str) -> Value {
    text.parse::<Datetime>().map_or_else(|_| text.into(), Value::from)
}

/// Returns a count as a TOML integer.
pub fn number(count: usize) -> Value {
    i64::try_from(count).unwrap_or(i64::MAX).into()
}

fn strings(list: &[String]) -> Value {
    Value::Array(list.iter().map(String::as_str).collect())
}

fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Found => "found",
        Origin::Reader => "reader",
    }
}

/// Returns the word for a decision.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Open => "open",
        Status::Accepted => "accepted",
        Status::Rejected => "rejected",
    }
}
