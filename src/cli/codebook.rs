//! `whosaid codebook`: shows a codebook, changes it with the notes that carry its tags, imports and exports it.

use super::input::{complain, exit, say};
use super::output::stdout;
use crate::annotation::codebook::{Codebook, Refused, Retag, Tag, read_csv, read_qdc, write_csv, write_qdc};
use crate::source::decode;
use crate::store::{self, disk};
use crate::text::counted;
use crate::text::visible::one_line;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

/// How long another program may hold the notes before this one gives up.
const WAIT: Duration = Duration::from_secs(30);

const HELP: &str = "\
Without an option, the tags are shown as a tree; what is wrong in FILE is said on stderr as FILE:LINE:COLUMN: reason.

Changes are made in the order add, rename, merge, move, remove, import; export comes last. With --store, notes of all
coders follow a renaming, a merge or a removal (each as one step that can be undone); without it, only FILE changes.
Comments and unknown keys in FILE stay. Nothing is changed where a tag is unknown, a name or key is taken, or a tag would
stand under itself.

An import changes the tags that are known by their id (or, failing that, their name) and adds the others; it removes none.
.qdc is the REFI-QDA codebook (QualCoder, ATLAS.ti, NVivo, MAXQDA): it has no place for keys and roles. CSV has the
columns id, name, parent, colour, key, description, roles, memo, and holds everything.";

/// The arguments of `codebook`.
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub struct Arguments {
    /// The codebook, a TOML file; need not be there for --import and --add.
    file: PathBuf,
    /// Add a tag.
    #[arg(long, value_name = "TAG")]
    add: Vec<String>,
    /// Rename a tag.
    #[arg(long, num_args = 2, value_names = ["TAG", "NAME"], action = clap::ArgAction::Append)]
    rename: Vec<String>,
    /// Merge a tag into another.
    #[arg(long, num_args = 2, value_names = ["TAG", "INTO"], action = clap::ArgAction::Append)]
    merge: Vec<String>,
    /// Put a tag under another; - for the top.
    #[arg(long = "move", num_args = 2, value_names = ["TAG", "PARENT"], action = clap::ArgAction::Append)]
    move_to: Vec<String>,
    /// Remove a tag; what stands below it moves up.
    #[arg(long, value_name = "TAG")]
    remove: Vec<String>,
    /// Take over the tags of a .qdc (or .qde) or .csv file.
    #[arg(long, value_name = "IN")]
    import: Option<PathBuf>,
    /// Write the tags to a .qdc or .csv file.
    #[arg(long, value_name = "OUT")]
    export: Option<PathBuf>,
    /// The store whose notes follow a renaming, a merge or a removal.
    #[arg(long)]
    store: Option<PathBuf>,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> ExitCode {
    match work(arguments) {
        Ok(result) => exit(result),
        Err(reason) => {
            say(&reason);
            ExitCode::FAILURE
        }
    }
}

/// Returns whether all went well; an error is what made it stop, in one line.
fn work(arguments: &Arguments) -> Result<io::Result<bool>, String> {
    let file = &arguments.file;
    let changes = [&arguments.add, &arguments.rename, &arguments.merge, &arguments.move_to, &arguments.remove];
    let changes = arguments.import.is_some() || changes.iter().any(|list| !list.is_empty());
    let fresh = arguments.import.is_some() || !arguments.add.is_empty();
    let (mut book, sound) = match disk::read(file).map_err(|error| format!("{}: reading: {error}", file.display()))? {
        Some(bytes) => read(file, &bytes)?,
        None if fresh => (Codebook::default(), true),
        None => return Err(format!("{}: there is no such file", file.display())),
    };
    if changes && !sound {
        return Err(format!("{}: nothing was changed; mend what is wrong first", file.display()));
    }
    let before = book.text();
    let mut retags = change(&mut book, arguments).map_err(|refused| format!("{}: {refused}", file.display()))?;
    let mut whole = sound;
    if let Some(from) = &arguments.import {
        let (renamed, left) = book.take_over(&import(from)?);
        retags.extend(renamed);
        for reason in &left {
            complain(from, reason);
        }
        whole &= left.is_empty();
    }
    // The notes first: where that fails halfway, the same command does the rest.
    if let Some(dir) = &arguments.store {
        whole &= follow(dir, &retags)?;
    } else if !retags.is_empty() {
        complain(file, "no --store was named: notes that carry these tags keep the old ones");
    }
    let after = book.text();
    if after != before {
        if !whole && !retags.is_empty() && arguments.store.is_some() {
            return Err(format!("{}: not changed, since some notes could not follow", file.display()));
        }
        save(file, after.as_bytes())?;
    }
    if let Some(to) = &arguments.export {
        export(&book, to)?;
    } else if !changes {
        let used = arguments.store.as_deref().map(used).transpose()?;
        let mut out = stdout();
        let written = out.write_all(tree(&book, used.as_ref()).as_bytes()).and_then(|()| out.flush());
        return Ok(written.map(|()| whole));
    }
    Ok(Ok(whole))
}

/// Reads the codebook and says what is wrong in it; the flag is false where something is.
fn read(file: &Path, bytes: &[u8]) -> Result<(Codebook, bool), String> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = memchr::memchr_iter(b'\n', &bytes[..error.valid_up_to()]).count() + 1;
        format!("{}:{line}:1: a byte that is not UTF-8", file.display())
    })?;
    let (book, found) = Codebook::parse(text, &file.to_string_lossy());
    for diagnostic in &found {
        say(&diagnostic.to_string());
    }
    Ok((book, found.is_empty()))
}

/// Makes all changes, or none of them.
fn change(book: &mut Codebook, arguments: &Arguments) -> Result<Vec<Retag>, Refused> {
    let mut made = book.clone();
    let mut retags = Vec::new();
    for name in &arguments.add {
        made.add(Tag::new(name.trim()))?;
    }
    for pair in arguments.rename.chunks_exact(2) {
        retags.push(made.rename(&pair[0], &pair[1])?);
    }
    for pair in arguments.merge.chunks_exact(2) {
        retags.push(made.merge(&pair[0], &pair[1])?);
    }
    for pair in arguments.move_to.chunks_exact(2) {
        made.move_to(&pair[0], Some(pair[1].as_str()).filter(|parent| *parent != "-"))?;
    }
    for name in &arguments.remove {
        retags.push(made.remove(name)?);
    }
    *book = made;
    Ok(retags)
}

/// Lets all notes of the store follow; false where some could not.
fn follow(dir: &Path, retags: &[Retag]) -> Result<bool, String> {
    if retags.is_empty() {
        return Ok(true);
    }
    let (mut whole, mut count) = (true, 0);
    for sheet in store::notes_of(dir).map_err(|error| error.to_string())? {
        let done = sheet.and_then(|sheet| {
            let mut changed = false;
            for retag in retags {
                changed |= store::amend(&sheet.path, WAIT, |notes, history| {
                    let edit = retag.edit(notes, Timestamp::now());
                    edit.map_or(Ok(false), |edit| history.make(notes, edit).map(|()| true))
                })?;
            }
            Ok(changed)
        });
        match done {
            Ok(changed) => count += usize::from(changed),
            Err(error) => {
                say(&error.to_string());
                whole = false;
            }
        }
    }
    say(&counted(count, "file of notes followed", "files of notes followed"));
    Ok(whole)
}

fn import(from: &Path) -> Result<Vec<Tag>, String> {
    let bytes = disk::read(from).map_err(|error| format!("{}: reading: {error}", from.display()))?;
    let bytes = bytes.ok_or_else(|| format!("{}: there is no such file", from.display()))?;
    let text = decode::decode(&bytes).map_err(|error| format!("{}: {error}", from.display()))?.text;
    let name = from.to_string_lossy();
    let read = match ending(from).as_deref() {
        Some("qdc" | "qde" | "xml") => read_qdc(&text, &name),
        Some("csv") => read_csv(&text, &name),
        _ => return Err(format!("{}: must end with .qdc, .qde or .csv", from.display())),
    };
    let (tags, notices) = read.map_err(|diagnostic| diagnostic.to_string())?;
    for notice in &notices {
        complain(from, notice);
    }
    Ok(tags)
}

fn export(book: &Codebook, to: &Path) -> Result<(), String> {
    let text = match ending(to).as_deref() {
        Some("qdc") => {
            let (text, lost) = write_qdc(book).map_err(|reason| format!("{}: {reason}", to.display()))?;
            for what in &lost {
                complain(to, format!("left out: {what}"));
            }
            text
        }
        Some("csv") => write_csv(book),
        _ => return Err(format!("{}: must end with .qdc or .csv", to.display())),
    };
    save(to, text.as_bytes())
}

fn save(path: &Path, bytes: &[u8]) -> Result<(), String> {
    disk::write_export(path, |out| out.write_all(bytes)).map_err(|error| format!("{}: saving: {error}", path.display()))
}

fn ending(path: &Path) -> Option<String> {
    path.extension().map(|ending| ending.to_string_lossy().to_lowercase())
}

/// Counts the notes that carry each tag.
fn used(dir: &Path) -> Result<BTreeMap<String, usize>, String> {
    let mut out: BTreeMap<String, usize> = BTreeMap::new();
    for sheet in store::notes_of(dir).map_err(|error| error.to_string())? {
        match sheet {
            Ok(sheet) => {
                for tag in sheet.notes.quotes.values().flat_map(|note| &note.tags) {
                    *out.entry(tag.clone()).or_default() += 1;
                }
            }
            Err(error) => say(&error.to_string()),
        }
    }
    Ok(out)
}

fn tree(book: &Codebook, used: Option<&BTreeMap<String, usize>>) -> String {
    let mut out = String::new();
    for (depth, tag) in book.tree() {
        let _ = write!(out, "{}{}", "  ".repeat(depth), one_line(&tag.name));
        if let Some(key) = tag.key {
            let _ = write!(out, "  [{key}]");
        }
        if let Some(used) = used {
            let _ = write!(out, "  {}", used.get(&tag.name).copied().unwrap_or(0));
        }
        if let Some(description) = &tag.description {
            let _ = write!(out, "  {}", one_line(description));
        }
        out.push('\n');
    }
    let strange = used.into_iter().flatten().filter(|(name, _)| book.find(name).is_none());
    for (name, count) in strange {
        let _ = writeln!(out, "{}  {count}  (not in the codebook)", one_line(name));
    }
    out
}
