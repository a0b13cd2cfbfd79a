//! `whosaid tag`: adds one annotation without the screen, for scripts.

use super::input::{self, complain, say};
use crate::annotation::{Annotations, Desk, Edit, RawText, Resolved, SpeakerChoice, Stamp, resolve};
use crate::engine::{Analysis, Cancel, QuoteKind, analyze};
use crate::runtime::files::{self, Found};
use crate::source::Article;
use crate::store::Store;
use crate::text::{PointIndex, Raw, Span};
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;
use uuid::Uuid;

/// How long another program may hold the notes before this one gives up.
const WAIT: Duration = Duration::from_secs(30);

/// The arguments of `tag`.
#[derive(clap::Args)]
pub struct Arguments {
    /// The article, or - for stdin.
    path: PathBuf,
    /// Where the quotation stands, in code points of the raw text: START:END, END not included.
    #[arg(long, value_parser = range, value_name = "START:END")]
    quote: (usize, usize),
    /// Who says it.
    #[arg(long, allow_hyphen_values = true)]
    speaker: Option<String>,
    /// A tag; may come several times.
    #[arg(long = "tag", value_name = "T", allow_hyphen_values = true)]
    tags: Vec<String>,
    /// A memo.
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    note: Option<String>,
    /// The id of the article, where the input holds several.
    #[arg(long)]
    id: Option<String>,
    /// What the input is, where its ending does not tell.
    #[arg(long)]
    input: Option<input::Kind>,
    /// The folder of the store.
    #[arg(long)]
    store: Option<PathBuf>,
    /// Whose notes these are.
    #[arg(long)]
    coder: Option<String>,
}

fn range(text: &str) -> Result<(usize, usize), String> {
    let wrong = || "must be START:END, two whole numbers with START before END".to_owned();
    let (start, end) = text.split_once(':').ok_or_else(wrong)?;
    let (start, end) = (start.parse().map_err(|_| wrong())?, end.parse().map_err(|_| wrong())?);
    if start < end { Ok((start, end)) } else { Err(wrong()) }
}

/// Runs the command: 0 only when the annotation is durable on the disk.
pub fn run(arguments: &Arguments) -> ExitCode {
    match tag(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            say(&reason);
            ExitCode::FAILURE
        }
    }
}

fn tag(arguments: &Arguments) -> Result<(), String> {
    let article = article(arguments)?;
    let named = |reason: String| format!("{}: {reason}", arguments.path.display());
    let index = PointIndex::new(&article.text);
    let raw = RawText { text: &article.text, index: &index };
    let (start, end) = arguments.quote;
    let span = raw.index.to_bytes(raw.text, start).zip(raw.index.to_bytes(raw.text, end));
    let (start, end) = span.ok_or_else(|| named(format!("--quote: the text ends at {}", index.len())))?;
    let dir = files::store_dir(arguments.store.as_deref(), Some(&arguments.path))?;
    let coder = files::coder(arguments.coder.as_deref());
    let store = Store::new(dir);
    let mut sheet = store.open_to_write(&article, &coder, WAIT).map_err(|error| error.to_string())?;
    sheet.notices.iter().for_each(|notice| say(notice));
    let options = sheet.notes.article.options(&article, raw, None);
    let analysis = analyze(&article.text, &options, &Cancel::default()).map_err(|error| named(error.to_string()))?;
    let (mut notes, mut history) = (sheet.notes.clone(), sheet.history.clone());
    let mut work = Work { analysis: &analysis, raw, notes: &mut notes, edits: Vec::new() };
    work.note(Span::new(start, end), arguments);
    for edit in work.edits {
        history.done.push(edit);
        history.undone.clear();
    }
    sheet.save(&notes, &history).map_err(|error| error.to_string())
}

/// The notes while the annotation is added step by step.
struct Work<'a> {
    analysis: &'a Analysis,
    raw: RawText<'a>,
    notes: &'a mut Annotations,
    edits: Vec<Edit>,
}

impl Work<'_> {
    /// Adds the quotation, or decides about the one that stands there already, then its tags and memo.
    fn note(&mut self, span: Span<Raw>, arguments: &Arguments) {
        let speaker = arguments.speaker.clone().map(SpeakerChoice::Named);
        let at = |view: &Resolved| view.quotes.iter().position(|quote| quote.raw == [span]);
        match at(&self.view()) {
            None => {
                let kind = if is_marked(span.of(self.raw.text)) { QuoteKind::Direct } else { QuoteKind::Indirect };
                self.make(|desk| desk.add_quote(&[span], kind, speaker));
            }
            Some(_) if speaker.is_some() => {
                self.make(|desk| desk.set_speaker(at(desk.resolved)?, speaker));
            }
            Some(_) => self.make(|desk| desk.accept(at(desk.resolved)?)),
        }
        for tag in &arguments.tags {
            self.make(|desk| desk.add_tag(at(desk.resolved)?, tag));
        }
        if let Some(memo) = &arguments.note {
            self.make(|desk| desk.set_memo(at(desk.resolved)?, memo));
        }
    }

    fn view(&self) -> Resolved {
        resolve(self.analysis, self.notes, self.raw)
    }

    fn make(&mut self, decide: impl FnOnce(&Desk) -> Option<Edit>) {
        let resolved = self.view();
        let stamp = Stamp { now: Timestamp::now(), id: Uuid::now_v7() };
        let desk = Desk { notes: self.notes, resolved: &resolved, raw: self.raw, stamp };
        if let Some(edit) = decide(&desk)
            && self.notes.apply(&edit).is_ok()
        {
            self.edits.push(edit);
        }
    }
}

/// Tells whether the text begins with a quotation mark.
fn is_marked(text: &str) -> bool {
    text.trim_start().starts_with(['"', '“', '”', '„', '«', '»', '‘', '\'', '「', '『', '`'])
}

/// Reads the one article that is meant.
fn article(arguments: &Arguments) -> Result<Article, String> {
    let path = (arguments.path != Path::new("-")).then_some(arguments.path.as_path());
    let named = |reason: String| format!("{}: {reason}", arguments.path.display());
    let mut found = Vec::new();
    let kind = arguments.input.map(Into::into);
    let read = files::articles(path, kind, &mut |part| {
        match part {
            Found::Article(article) if arguments.id.as_ref().is_none_or(|id| *id == article.id) => found.push(article),
            Found::Article(_) => {}
            Found::Skipped(reason) => complain(&arguments.path, reason),
        }
        Ok(())
    });
    read.map_err(named)?.map_err(|error| named(files::said(&error)))?;
    match (found.len(), &arguments.id) {
        (1, _) => Ok(*found.remove(0)),
        (0, Some(id)) => Err(named(format!("there is no article {id:?} in it"))),
        (0, None) => Err(named("there is no article in it".to_owned())),
        (n, _) => Err(named(format!("{n} articles are in it: name one with --id"))),
    }
}
