//! What windows say in words: why a quotation is whose and of when, and which keys there are.

use super::action::{ACTIONS, Scope};
use super::article::document::Document;
use super::screen::Pane;
use super::state::{State, shown_keys};
use crate::annotation::timeline::days::{self, Style};
use crate::annotation::{ResolvedQuote, Status};
use crate::config::Role;
use crate::engine::{Form, Suspect, SuspectClass};

/// A line of a window: pieces with what they are for.
pub type TextLine = Vec<(Role, String)>;

/// Cells of the column of keys in the help.
const KEYS: usize = 18;

/// Returns the lines that say why the selected quotation is as it is, or `None` where none is selected.
pub fn why(document: &Document) -> Option<Vec<TextLine>> {
    let quote = document.quote()?;
    let text = document.text(Pane::Clean);
    let mut out: Vec<TextLine> = Vec::new();
    let words: Vec<&str> = quote.spans.iter().map(|span| span.of(text).trim()).collect();
    out.push(vec![(Role::Quote, words.join(" … "))]);
    out.push(Vec::new());
    let speaker = quote.speaker.and_then(|n| document.resolved.speakers.get(n));
    row(&mut out, "Speaker", speaker.map_or("nobody who could be named", |speaker| &speaker.name));
    if let Some(speaker) = speaker.filter(|speaker| !speaker.aliases.is_empty()) {
        row(&mut out, "also", &speaker.aliases.join(", "));
    }
    if let Some(mention) = quote.mention {
        row(&mut out, "Source", &format!("“{}”", mention.of(text)));
    }
    if let Some(cue) = quote.cue {
        row(&mut out, "Cue", &format!("“{}”", cue.of(text)));
    }
    for (name, filled) in [("To", &quote.addressee), ("About", &quote.topic)] {
        if let Some(filled) = filled {
            let words = if filled.span.is_some() { format!("“{}”", filled.words) } else { filled.words.clone() };
            row(&mut out, name, &words);
        }
    }
    row(&mut out, "Kind", &kind(quote));
    row(&mut out, "Decision", status(quote.status));
    row(&mut out, "Sure", &format!("{:.2}", quote.confidence));
    if !quote.tags.is_empty() {
        row(&mut out, "Tags", &quote.tags.join(", "));
    }
    list(&mut out, "Because", &quote.evidence, "the program gives no reason");
    for suspect in document.analysis.iter().flat_map(|analysis| &analysis.clean.suspects) {
        if quote.spans.iter().any(|span| span.overlaps(suspect.clean)) {
            row(&mut out, "Suspect", &damage(suspect, text));
        }
    }
    if let Some(said) = quote.said_at {
        out.push(Vec::new());
        row(&mut out, "Said", &days::days(said, Style::Full));
        if let Some(span) = quote.said_span {
            row(&mut out, "by", &format!("“{}”", span.of(text)));
        }
        list(&mut out, "Because", &quote.date_evidence, "the program gives no reason");
    } else {
        out.push(Vec::new());
        row(&mut out, "Said", "nothing tells when");
        list(&mut out, "Because", &quote.date_evidence, "");
    }
    if let Some(memo) = &quote.memo {
        out.push(Vec::new());
        for (n, line) in memo.lines().enumerate() {
            row(&mut out, if n == 0 { "Memo" } else { "" }, line);
        }
    }
    if let Some(date) =
        document.analysis.as_ref().map(|analysis| &analysis.date).filter(|date| !date.evidence.is_empty())
    {
        out.push(Vec::new());
        if let Some(days) = date.interval {
            row(&mut out, "Article", &days::days(days, Style::Full));
        }
        list(&mut out, "Because", &date.evidence, "");
    }
    Some(out)
}

/// Returns what looks damaged at a place, and what may have stood there.
fn damage(suspect: &Suspect, text: &str) -> String {
    let words = suspect.clean.of(text).trim();
    let what = match suspect.class {
        SuspectClass::Coref => "was put in over other words",
        SuspectClass::DroppedWord => "is where a word was dropped",
        SuspectClass::QuoteLost => "is a quotation mark without its other half",
        SuspectClass::Boilerplate => "is no part of the article",
        SuspectClass::Bracket => "is a bracket without its other half",
    };
    let guess = suspect.reconstruction.as_deref().filter(|guess| !guess.is_empty());
    let guess =
        guess.map_or_else(String::new, |guess| match guess.strip_prefix('[').and_then(|n| n.strip_suffix(']')) {
            // Only the length is known.
            Some(length) => format!(": {length}"),
            None => format!("; perhaps “{guess}” stood there"),
        });
    if words.is_empty() { format!("here {what}{guess}") } else { format!("“{words}” {what}{guess}") }
}

fn kind(quote: &ResolvedQuote) -> String {
    let form = match quote.form {
        Form::Prose => "",
        Form::Tweet => ", a post",
        Form::Transcript => ", from a transcript",
        Form::Block => ", set apart",
    };
    let parts = if quote.spans.len() > 1 { format!(", in {} parts", quote.spans.len()) } else { String::new() };
    let nobody = if quote.hypothetical { ", which nobody said" } else { "" };
    format!("{}{form}{parts}{nobody}", quote.kind.name())
}

/// Returns the word for a decision.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Open => "open",
        Status::Accepted => "accepted",
        Status::Rejected => "rejected",
    }
}

fn row(out: &mut Vec<TextLine>, name: &str, value: &str) {
    out.push(vec![(Role::Muted, format!("{name:>9}  ")), (Role::Text, value.to_owned())]);
}

fn list<T: AsRef<str>>(out: &mut Vec<TextLine>, name: &str, lines: &[T], none: &str) {
    if lines.is_empty() && !none.is_empty() {
        row(out, name, none);
    }
    for (n, line) in lines.iter().enumerate() {
        row(out, if n == 0 { name } else { "" }, line.as_ref());
    }
}

/// Returns the keys of `scopes`, made from the table of actions and the keymap.
pub fn help(state: &State, scopes: &[Scope]) -> Vec<TextLine> {
    let mut out = Vec::new();
    for &scope in scopes {
        let mut lines = Vec::new();
        for info in ACTIONS.iter().filter(|info| info.scopes.contains(&scope)) {
            let keys = state.config.keymap.keys_of(scope.name(), info.name);
            if keys.is_empty() {
                continue;
            }
            let keys: Vec<String> = keys.into_iter().map(shown_keys).collect();
            let keys = keys.join("  ");
            lines.push(vec![(Role::HintKey, format!("{keys:>KEYS$}  ")), (Role::Text, info.about.to_owned())]);
        }
        if !lines.is_empty() {
            if !out.is_empty() {
                out.push(Vec::new());
            }
            out.push(vec![(Role::Title, scope.title().to_owned())]);
            out.append(&mut lines);
        }
    }
    out.push(Vec::new());
    out.push(vec![(Role::Muted, "Every key can be changed: see the keymap in the README.".to_owned())]);
    out
}
