//! One note of two copies, merged field by field.

use crate::annotation::model::{
    Anchor, ArticleNote, Filler, Origin, PassageNote, QuoteNote, SpeakerChoice, SpeakerNote, Status, Unrepaired,
};
use crate::engine::Interval;

/// What begins the paragraph of a memo that holds the other copy's values.
pub const MARK: &str = "Conflict: ";

/// Merges one note; `both` where both copies have it and neither is as the base was.
pub fn three<T: Clone + PartialEq>(
    [base, ours, theirs]: [Option<&T>; 3],
    both: impl FnOnce(Option<&T>, &T, &T, &mut Vec<String>) -> T,
) -> (Option<T>, Vec<String>) {
    let mut said = Vec::new();
    let note = if ours == theirs || base == theirs {
        ours.cloned()
    } else if base == ours {
        theirs.cloned()
    } else {
        match (ours, theirs) {
            (Some(ours), Some(theirs)) => Some(both(base, ours, theirs, &mut said)),
            (ours, theirs) => {
                said.push("one copy removed the note and the other changed it: it was kept".to_owned());
                ours.or(theirs).cloned()
            }
        }
    };
    (note, said)
}

/// The values of one note as they are merged, and what was in doubt.
#[derive(Default)]
struct Fields {
    /// The other copy's values, in words, where ours stayed.
    theirs: Vec<String>,
}

impl Fields {
    /// Merges one value.
    fn take<T: Clone + PartialEq>(&mut self, [base, ours, theirs]: [&T; 3], word: impl FnOnce(&T) -> String) -> T {
        if ours == theirs || base == theirs {
            return ours.clone();
        }
        if base == ours {
            return theirs.clone();
        }
        self.theirs.push(word(theirs));
        ours.clone()
    }

    /// Merges two memos and puts the other copy's values below them.
    fn memo(&self, [base, ours, theirs]: [&Option<String>; 3], said: &mut Vec<String>) -> Option<String> {
        let mut paragraphs: Vec<String> = Vec::new();
        let (ours, theirs) = match (ours, theirs) {
            (ours, theirs) if ours == theirs || base == theirs => (ours, &None),
            (ours, theirs) if base == ours => (theirs, &None),
            both => {
                said.push("both copies changed the memo: both texts were kept".to_owned());
                both
            }
        };
        paragraphs.extend(ours.clone());
        // What stands there as paragraphs of its own already needs to be said no second time.
        let held = |text: &String, paragraphs: &[String]| {
            let all = format!("\n\n{}\n\n", paragraphs.join("\n\n"));
            all.contains(&format!("\n\n{text}\n\n"))
        };
        paragraphs.extend(theirs.clone().filter(|text| !held(text, &paragraphs)));
        if !self.theirs.is_empty() {
            let values = self.theirs.join("; ");
            said.push(format!("both copies changed the same; the other one has {values}"));
            let line = format!("{MARK}the other copy has {values}.");
            if !held(&line, &paragraphs) {
                paragraphs.push(line);
            }
        }
        (!paragraphs.is_empty()).then(|| paragraphs.join("\n\n"))
    }
}

/// Merges two lists without order: what either added, without what either took away; ours first.
fn set<T: Clone + PartialEq>([base, ours, theirs]: [&[T]; 3]) -> Vec<T> {
    let gone = |value: &T| base.contains(value) && !(ours.contains(value) && theirs.contains(value));
    let mut out: Vec<T> = Vec::new();
    for value in ours.iter().chain(theirs) {
        if !gone(value) && !out.contains(value) {
            out.push(value.clone());
        }
    }
    out
}

/// Merges two notes on a quotation; what was in doubt is added to `said`.
pub fn quote(base: Option<&QuoteNote>, ours: &QuoteNote, theirs: &QuoteNote, said: &mut Vec<String>) -> QuoteNote {
    // Where both made it, next to nothing was said before, and the quotation stood where it was found.
    let blank = QuoteNote::blank(ours.id, place(ours).clone(), ours.created);
    let base = base.unwrap_or(&blank);
    let mut fields = Fields::default();
    let at = |note: &QuoteNote| (note.anchor.clone(), note.found.clone());
    let (anchor, found) =
        fields.take([&at(base), &at(ours), &at(theirs)], |(anchor, _)| format!("the place {}", spot(anchor)));
    let status = fields.take([&base.status, &ours.status, &theirs.status], |status| {
        let word = match status {
            Status::Open => "no decision",
            Status::Accepted => "it accepted",
            Status::Rejected => "it rejected",
        };
        word.to_owned()
    });
    let kind = fields.take([&base.kind, &ours.kind, &theirs.kind], |kind| {
        kind.map_or("no kind".to_owned(), |kind| format!("the kind {}", kind.name()))
    });
    let speaker = fields.take([&base.speaker, &ours.speaker, &theirs.speaker], |choice| match choice {
        Some(SpeakerChoice::Named(name)) => format!("the speaker {name}"),
        Some(SpeakerChoice::Nobody) => "nobody as the speaker".to_owned(),
        None => "the speaker that was found".to_owned(),
    });
    let source =
        fields.take([&base.source, &ours.source, &theirs.source], |at| format!("the source {}", spots(at.as_ref())));
    let cue = fields.take([&base.cue, &ours.cue, &theirs.cue], |at| format!("the cue {}", spots(at.as_ref())));
    let addressee = fields.take([&base.addressee, &ours.addressee, &theirs.addressee], |filler| {
        format!("the addressee {}", filled(filler.as_ref()))
    });
    let topic = fields
        .take([&base.topic, &ours.topic, &theirs.topic], |filler| format!("the topic {}", filled(filler.as_ref())));
    let said_at =
        fields.take([&base.said_at, &ours.said_at, &theirs.said_at], |days| format!("the date {}", dates(*days)));
    QuoteNote {
        id: ours.id,
        anchor,
        found,
        // A quotation that the reader added in one copy and the program found in the other was found.
        origin: if ours.origin == theirs.origin { ours.origin } else { Origin::Found },
        status,
        kind,
        speaker,
        source,
        cue,
        addressee,
        topic,
        said_at,
        tags: set([&base.tags, &ours.tags, &theirs.tags]),
        memo: fields.memo([&base.memo, &ours.memo, &theirs.memo], said),
        created: ours.created.min(theirs.created),
        modified: ours.modified.max(theirs.modified),
    }
}

/// Merges two notes on a speaker.
pub fn speaker(
    base: Option<&SpeakerNote>,
    ours: &SpeakerNote,
    theirs: &SpeakerNote,
    said: &mut Vec<String>,
) -> SpeakerNote {
    let blank = SpeakerNote { also: Vec::new(), taken: Vec::new(), not_a_person: false, memo: None, ..ours.clone() };
    let base = base.unwrap_or(&blank);
    let mut fields = Fields::default();
    let name = fields.take([&base.name, &ours.name, &theirs.name], |name| format!("the name {name}"));
    let nobody = fields.take([&base.not_a_person, &ours.not_a_person, &theirs.not_a_person], ToString::to_string);
    SpeakerNote {
        id: ours.id,
        name,
        also: set([&base.also, &ours.also, &theirs.also]),
        taken: set([&base.taken, &ours.taken, &theirs.taken]),
        not_a_person: nobody,
        memo: fields.memo([&base.memo, &ours.memo, &theirs.memo], said),
        created: ours.created.min(theirs.created),
        modified: ours.modified.max(theirs.modified),
    }
}

/// Merges two notes on a tagged stretch.
pub fn passage(
    base: Option<&PassageNote>,
    ours: &PassageNote,
    theirs: &PassageNote,
    said: &mut Vec<String>,
) -> PassageNote {
    let blank = PassageNote { tags: Vec::new(), memo: None, ..ours.clone() };
    let base = base.unwrap_or(&blank);
    let mut fields = Fields::default();
    let anchor =
        fields.take([&base.anchor, &ours.anchor, &theirs.anchor], |anchor| format!("the place {}", spot(anchor)));
    PassageNote {
        id: ours.id,
        anchor,
        tags: set([&base.tags, &ours.tags, &theirs.tags]),
        memo: fields.memo([&base.memo, &ours.memo, &theirs.memo], said),
        created: ours.created.min(theirs.created),
        modified: ours.modified.max(theirs.modified),
    }
}

/// Merges two notes on the article.
pub fn article(base: &ArticleNote, ours: &ArticleNote, theirs: &ArticleNote, said: &mut Vec<String>) -> ArticleNote {
    let mut fields = Fields::default();
    let date = fields.take([&base.date, &ours.date, &theirs.date], |days| format!("the date {}", dates(*days)));
    ArticleNote {
        date,
        done: fields.take([&base.done, &ours.done, &theirs.done], ToString::to_string),
        flagged: fields.take([&base.flagged, &ours.flagged, &theirs.flagged], ToString::to_string),
        memo: fields.memo([&base.memo, &ours.memo, &theirs.memo], said),
        unrepaired: Unrepaired {
            classes: set([&base.unrepaired, &ours.unrepaired, &theirs.unrepaired].map(|left| left.classes.as_slice())),
            places: set([&base.unrepaired, &ours.unrepaired, &theirs.unrepaired].map(|left| left.places.as_slice())),
        },
    }
}

/// Where the quotation stood before anybody moved its edges.
pub fn place(note: &QuoteNote) -> &Anchor {
    note.found.as_ref().unwrap_or(&note.anchor)
}

/// Returns the first words of an anchor.
pub fn words(anchor: &Anchor) -> String {
    const LONGEST: usize = 32;
    let text = anchor.words();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

/// Returns an anchor in words that lose nothing of it: its ranges and its text.
fn spot(anchor: &Anchor) -> String {
    let parts = anchor.parts.iter().map(|part| format!("[{}, {}] “{}”", part.range.start, part.range.end, part.exact));
    parts.collect::<Vec<_>>().join(" + ")
}

fn spots(anchor: Option<&Anchor>) -> String {
    anchor.map_or("that was found".to_owned(), spot)
}

fn filled(filler: Option<&Filler>) -> String {
    match filler {
        Some(Filler::Stretch(anchor)) => spot(anchor),
        Some(Filler::Words(words)) => format!("“{words}”"),
        None => "left out".to_owned(),
    }
}

fn dates(days: Option<Interval>) -> String {
    match days {
        None => "that was found".to_owned(),
        Some(days) if days.from == days.to => days.from.to_string(),
        Some(days) => format!("{} to {}", days.from, days.to),
    }
}
