//! `whosaid agree`: how far the coders of a store agree, document by document and over all.

mod show;

use super::input::{complain, exit, say};
use super::output::stdout;
use crate::annotation::agreement::{DocumentCodings, Settings, coding, measure};
use crate::runtime::files::{self, Found};
use crate::store::{self, StoredNotes};
use show::Measured;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
Measured is what stands in the notes: quotations that a coder accepted, added, rejected or tagged. What nobody decided on
is nobody's word, so agreement tells most where all coders went through the whole article.

  exact, near   F1 of what two coders marked: on the same code points; with every edge at most WORDS words off
  decision      Cohen's kappa on quotation or not, over what both decided
  tags          Cohen's kappa on the set of tags; the JSON has it for each tag
  speaker       the share of quotations given to the same speaker; in the JSON its kappa too
  alpha         Krippendorff's alpha (nominal), any number of coders, missing values allowed
  unitised      Krippendorff's alpha for units that the coders cut out themselves: of 1995 (strict on edges), of 2016
                (the share of the text they differ on); of tags, passages that are no quotations count too

Where a measure has no value, the reason is told.";

/// The arguments of `agree`.
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub struct Arguments {
    /// The folder of the store, or the folder that holds a .whosaid.
    dir: PathBuf,
    /// By how many words an edge may be off and the quotations still be the same.
    #[arg(long, default_value_t = 1, value_name = "WORDS")]
    tolerance: usize,
    /// Write JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> ExitCode {
    let inner = arguments.dir.join(".whosaid");
    let dir = if inner.is_dir() { inner } else { arguments.dir.clone() };
    let stored = match store::notes_of(&dir) {
        Ok(stored) => stored,
        Err(error) => {
            say(&error.to_string());
            return ExitCode::FAILURE;
        }
    };
    let mut whole = true;
    let mut sheets = Vec::new();
    for sheet in stored {
        match sheet {
            Ok(sheet) => sheets.push(sheet),
            Err(error) => {
                say(&error.to_string());
                whole = false;
            }
        }
    }
    let coders: BTreeSet<&str> = sheets.iter().map(|sheet| sheet.coder.as_str()).collect();
    let reason = match coders.len() {
        0 => Some("there are no notes in this store".to_owned()),
        1 => Some(format!("notes of one coder only ({}); agreement needs two", coders.first().unwrap_or(&""))),
        _ => None,
    };
    if let Some(reason) = reason {
        complain(&arguments.dir, reason);
        return ExitCode::FAILURE;
    }
    let (documents, sound) = documents(&dir, sheets);
    whole &= sound;
    let settings = Settings { tolerance: arguments.tolerance };
    let alone = documents.iter().filter(|document| document.codings.len() < 2).count();
    let shared: Vec<DocumentCodings> = documents.into_iter().filter(|document| document.codings.len() > 1).collect();
    if shared.is_empty() {
        complain(&arguments.dir, "there is no document that two coders worked on");
        return ExitCode::FAILURE;
    }
    let overall = measure(&shared, settings);
    let each: Vec<Measured> = shared
        .into_iter()
        .map(|document| Measured { agreement: measure(std::slice::from_ref(&document), settings), document })
        .collect();
    let text = if arguments.json {
        format!("{:#}\n", show::json(&each, &overall, settings, alone))
    } else {
        show::table(&each, &overall, settings, alone)
    };
    let mut out = stdout();
    exit(out.write_all(text.as_bytes()).and_then(|()| out.flush()).map(|()| whole))
}

/// Puts the notes on each document together; false where some could not be compared.
fn documents(dir: &Path, sheets: Vec<StoredNotes>) -> (Vec<DocumentCodings>, bool) {
    let mut whole = true;
    let mut by_document: BTreeMap<(String, Option<String>), Vec<StoredNotes>> = BTreeMap::new();
    for sheet in sheets {
        by_document.entry((sheet.id.clone(), sheet.article.clone())).or_default().push(sheet);
    }
    let texts = Texts::read(dir, &by_document);
    let mut out = Vec::new();
    for ((id, _), sheets) in by_document {
        let mut document = DocumentCodings { document: id.clone(), ..DocumentCodings::default() };
        let first = &sheets[0];
        if let Some(other) = sheets.iter().find(|sheet| sheet.sha256 != first.sha256) {
            let reason =
                format!("{} and {} worked on different texts of {id}; it is left out", first.coder, other.coder);
            complain(&other.path, reason);
            whole = false;
            continue;
        }
        let mut end = 0;
        if let Some(text) = texts.by_hash.get(&first.sha256) {
            end = text.chars().count();
            document.wording.put(0, text);
        }
        for sheet in &sheets {
            if document.codings.iter().any(|coding| coding.coder == sheet.coder) {
                complain(&sheet.path, format!("{} has two files on {id}; this one is left out", sheet.coder));
                whole = false;
                continue;
            }
            document.wording.add(&sheet.notes);
            document.codings.push(coding(&sheet.coder, &sheet.notes));
        }
        document.length = end.max(document.wording.end());
        out.push(document);
    }
    (out, whole)
}

/// The texts of the articles that can still be found, by the hash for which notes were made.
struct Texts {
    by_hash: BTreeMap<String, String>,
}

impl Texts {
    /// Reads every article once whose file the notes name. One that is gone or changed is no fault: the anchors hold
    /// enough of it to compare their edges.
    fn read(dir: &Path, documents: &BTreeMap<(String, Option<String>), Vec<StoredNotes>>) -> Self {
        let wanted: BTreeSet<&str> = documents.values().flatten().map(|sheet| sheet.sha256.as_str()).collect();
        let paths: BTreeSet<&String> = documents.keys().filter_map(|(_, path)| path.as_ref()).collect();
        let root = dir.canonicalize().ok().and_then(|dir| dir.parent().map(Path::to_owned)).unwrap_or_default();
        let mut by_hash = BTreeMap::new();
        for path in paths {
            // What cannot be read is done without, see above.
            let path = root.join(path);
            if !path.is_file() {
                continue;
            }
            let _ = files::articles(Some(&path), None, &mut |found| {
                if let Found::Article(article) = found {
                    let hash = store::sha256(article.text.as_bytes());
                    if wanted.contains(hash.as_str()) {
                        by_hash.insert(hash, article.text.to_string());
                    }
                }
                Ok(())
            });
        }
        Self { by_hash }
    }
}
