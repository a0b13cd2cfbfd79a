//! The selected quotation as it is pasted elsewhere.

use super::screen::Pane;
use super::state::State;
use crate::annotation::timeline::days::{self, Style};

/// Returns the selected quotation with its citation, for the clipboard.
pub fn citation(state: &State) -> Option<String> {
    let document = state.document.as_ref()?;
    let quote = document.quote()?;
    let text = document.text(Pane::Clean);
    let words: Vec<&str> = quote.spans.iter().map(|span| span.of(text).trim()).collect();
    let words = words.join(" … ");
    let marked = words.starts_with(['“', '"', '«', '„', '‘', '\'']);
    let mut out = if marked { words } else { format!("“{words}”") };
    let speaker = quote.speaker.and_then(|n| document.resolved.speakers.get(n));
    let said = quote.said_at.map(|said| days::days(said, Style::Full));
    let title = state.title();
    let parts: Vec<&str> = speaker.map(|speaker| speaker.name.as_str()).into_iter().chain(said.as_deref()).collect();
    if !parts.is_empty() {
        out.push_str(" — ");
        out.push_str(&parts.join(", "));
    }
    if !title.is_empty() {
        out.push_str(" (");
        out.push_str(title);
        out.push(')');
    }
    Some(out)
}
