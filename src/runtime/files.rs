//! Files and folders as inputs, and where the store and its coder are: what the commands and the screen both need.

use crate::source::{Article, Kind, csv, decode, jsonl, single};
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// The longest input that is read as one piece (a text, a CSV file, a line of JSONL), in bytes.
pub const LONGEST: u64 = 64 << 20;

/// What comes out of an input.
#[derive(Debug)]
pub enum Found {
    /// An article, with its notices.
    Article(Box<Article>),
    /// A part of the input (a line, a row) that is no article, and why.
    Skipped(String),
}

/// Hands every article of the file `path`, or of stdin where that is `None`, to `each`, one after the other.
///
/// JSON lines are read as a stream. The inner error is `each`'s own; the outer one says in one line why the input as a
/// whole could not be read.
pub fn articles(
    path: Option<&Path>,
    kind: Option<Kind>,
    each: &mut dyn FnMut(Found) -> io::Result<()>,
) -> Result<io::Result<()>, String> {
    let told = kind.or_else(|| Kind::of(path?));
    let kind = told.unwrap_or(Kind::Text);
    let mut input: Box<dyn BufRead> = match path {
        Some(path) => Box::new(BufReader::new(open(path, kind != Kind::Jsonl)?)),
        None => Box::new(io::stdin().lock()),
    };
    match kind {
        Kind::Jsonl => lines(&mut *input, path, each),
        Kind::Csv => {
            let decoded = decode::decode(&whole(&mut *input)?).map_err(|error| error.to_string())?;
            let mut notices = decoded.notices;
            if decoded.text.trim().is_empty() {
                return Ok(each(Found::Skipped("it is empty: there is no header in it".to_owned())));
            }
            let mut rows = 0;
            let result = csv::parse(&decoded.text, path, &mut |row| {
                rows += 1;
                each(match row {
                    Ok(mut article) => {
                        article.notices.splice(..0, std::mem::take(&mut notices));
                        Found::Article(Box::new(article))
                    }
                    Err(error) => Found::Skipped(error.to_string()),
                })
            });
            let result = result.map_err(|error| error.to_string())?;
            Ok(if rows == 0 && result.is_ok() {
                each(Found::Skipped("there is no row in it".to_owned()))
            } else {
                result
            })
        }
        Kind::Text | Kind::Markdown | Kind::Html => {
            let bytes = whole(&mut *input)?;
            let kind = if told.is_none() && Kind::is_page(&bytes) { Kind::Html } else { kind };
            let article = single(&bytes, kind, path).map_err(|error| error.to_string())?;
            Ok(each(Found::Article(Box::new(article))))
        }
    }
}

/// Reads a file of JSON lines.
fn lines(
    input: &mut dyn BufRead,
    path: Option<&Path>,
    each: &mut dyn FnMut(Found) -> io::Result<()>,
) -> Result<io::Result<()>, String> {
    let mut ids = HashSet::new();
    let (mut read, mut number) = (0_usize, 0_usize);
    let mut first_problem = None;
    let mut line = Vec::new();
    loop {
        line.clear();
        let length = input.take(LONGEST + 1).read_until(b'\n', &mut line).map_err(|error| said(&error))?;
        if length == 0 {
            break;
        }
        number += 1;
        if length as u64 > LONGEST {
            return Err(format!("line {number}: {}", too_long()));
        }
        let bytes = if number == 1 { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line) } else { &line };
        if number == 1 && (bytes.first() == Some(&0) || bytes.starts_with(b"PK\x03\x04")) {
            return Err("not text: it is a binary file".to_owned());
        }
        if bytes.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let article = std::str::from_utf8(bytes)
            .map_err(|error| format!("line {number}, column {}: a byte that is not UTF-8", error.valid_up_to() + 1))
            .and_then(|line| {
                let line = line.trim_end_matches(['\n', '\r']);
                jsonl::parse_line(line, number, path).map_err(|error| error.to_string())
            });
        let found = match article {
            Ok(mut article) => {
                read += 1;
                if !ids.insert(article.id.clone()) {
                    article.notices.push(format!("line {number}: the id {:?} comes twice", article.id));
                }
                Found::Article(Box::new(article))
            }
            Err(reason) => {
                // Until one line is an article, the file may be no JSONL at all.
                if read == 0 && first_problem.is_none() {
                    first_problem = Some(reason.clone());
                }
                Found::Skipped(reason)
            }
        };
        if let Err(error) = each(found) {
            return Ok(Err(error));
        }
    }
    match first_problem {
        Some(reason) if read == 0 => Err(format!("no article in it as JSONL: {reason}")),
        None if read == 0 => Ok(each(Found::Skipped("it is empty: there is no article in it".to_owned()))),
        _ => Ok(Ok(())),
    }
}

/// Opens a regular file to read; a pipe, a device, a socket or (where `bounded`) a file that is too long is refused
/// before it can block.
fn open(path: &Path, bounded: bool) -> Result<File, String> {
    let kind = fs::metadata(path).map_err(|error| said(&error))?;
    if kind.is_dir() {
        return Err("it is a folder".to_owned());
    }
    if !kind.is_file() {
        return Err(format!("it is no regular file but {}", special(&kind)));
    }
    if bounded && kind.len() > LONGEST {
        return Err(too_long());
    }
    File::open(path).map_err(|error| said(&error))
}

fn whole(input: &mut dyn BufRead) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    input.take(LONGEST + 1).read_to_end(&mut bytes).map_err(|error| said(&error))?;
    if bytes.len() as u64 > LONGEST { Err(too_long()) } else { Ok(bytes) }
}

fn too_long() -> String {
    format!("too large: the limit is {} MB", LONGEST >> 20)
}

#[cfg(unix)]
fn special(kind: &fs::Metadata) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;
    let kind = kind.file_type();
    if kind.is_fifo() {
        "a pipe (fifo)"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn special(_: &fs::Metadata) -> &'static str {
    "something else"
}

/// Returns what the system says, without its number.
pub fn said(error: &io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error") {
        Some(at) => text[..at].to_owned(),
        None => text,
    }
}

/// Hands every file below `folder` that may hold articles to `each`, in order of their names, folder by folder. Hidden
/// files and folders are left out, so are exports from the screen, and no link to a folder is followed. What cannot be
/// listed goes to `fail`.
pub fn walk(folder: &Path, each: &mut dyn FnMut(PathBuf), fail: &mut dyn FnMut(&Path, String)) {
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let entries: Vec<fs::DirEntry> = match fs::read_dir(&folder) {
            Ok(entries) => entries.filter_map(Result::ok).collect(),
            Err(error) => {
                fail(&folder, said(&error));
                continue;
            }
        };
        let (mut files, mut folders) = (Vec::new(), Vec::new());
        for entry in entries {
            let path = entry.path();
            if entry.file_name().as_encoded_bytes().starts_with(b".") || is_export(&path) {
                continue;
            }
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(path),
                Ok(kind) if Kind::of(&path).is_some() && (kind.is_file() || (kind.is_symlink() && path.is_file())) => {
                    files.push(path);
                }
                _ => {}
            }
        }
        files.sort_unstable();
        files.into_iter().for_each(&mut *each);
        // The last pushed is the next opened.
        folders.sort_unstable_by(|a, b| b.cmp(a));
        open.extend(folders);
    }
}

/// Tells whether the name of a file is one that an export from the screen gives (`a.quotes.md`, `a.quotes-2.csv`): written
/// beside the article, it is not the next article.
fn is_export(path: &Path) -> bool {
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or("");
    let Some((before, number)) = stem.rsplit_once(".quotes") else { return false };
    let number = number.strip_prefix('-').map_or(number.is_empty(), |n| n.parse::<usize>().is_ok());
    !before.is_empty() && number
}

/// Returns the store's folder: the one given, else `WHOSAID_STORE`, else a `.whosaid` in `start` (a file or a folder;
/// the working folder where nothing is said) or above it, else one in the user's data folder.
pub fn store_dir(explicit: Option<&Path>, start: Option<&Path>) -> Result<PathBuf, String> {
    if let Some(dir) = explicit {
        return Ok(dir.to_owned());
    }
    if let Some(dir) = std::env::var_os("WHOSAID_STORE").filter(|dir| !dir.is_empty()) {
        return Ok(dir.into());
    }
    let start = start.filter(|start| *start != Path::new("-")).unwrap_or(Path::new("."));
    let start = start.canonicalize().or_else(|_| std::path::absolute(start)).unwrap_or_default();
    if let Some(dir) = start.ancestors().map(|folder| folder.join(".whosaid")).find(|dir| dir.is_dir()) {
        return Ok(dir);
    }
    let folders = directories::ProjectDirs::from("", "", "whosaid");
    let folders = folders.ok_or("no place for the store: there is no home folder; name one with --store DIR")?;
    Ok(folders.data_dir().join("store"))
}

/// Returns the name under which notes are kept: the one in the settings, else the user's, else `me`.
pub fn coder(setting: Option<&str>) -> String {
    let user = ["USER", "USERNAME"].iter().find_map(|key| std::env::var(key).ok());
    let mut named = setting.map(str::to_owned).into_iter().chain(user).map(|name| name.trim().to_owned());
    named.find(|name| !name.is_empty()).unwrap_or_else(|| "me".to_owned())
}
