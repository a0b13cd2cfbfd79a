//! The journal of a coder: every step on every article, a line each, written before the step reaches its file.
//!
//! It only ever grows. A line that was cut by a crash is the step that was being made, and is passed over. It belongs to
//! one machine: git is told to leave it out, since the notes are what is shared and merged.

use super::line::{Deed, Line};
use super::{disk, place, places};
use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The name of the journal in a coder's folder.
pub const NAME: &str = "journal.jsonl";

/// The journal, shared by the sheets of one store.
#[derive(Debug, Clone)]
pub struct Journal {
    path: PathBuf,
    known: Arc<Mutex<Known>>,
}

/// What was read of the journal so far.
#[derive(Debug, Default)]
struct Known {
    /// So many bytes.
    read: u64,
    /// By file, where its lines lead.
    heads: HashMap<String, Head>,
}

/// Where the lines on one file lead.
#[derive(Debug, Default)]
struct Head {
    /// The hash of the file that was saved last; `None` where none was yet.
    sha256: Option<String>,
    /// The steps since, as they stand in the journal.
    waiting: Vec<Vec<u8>>,
}

impl Journal {
    /// Names the journal of the coder in `folder`. Nothing is read yet.
    pub fn of(folder: &Path) -> Self {
        Self { path: folder.join(NAME), known: Arc::default() }
    }

    /// Returns the steps on `file` that did not reach it, where its bytes have the hash `on_disk`; nothing where the
    /// file is not the one the journal leads to.
    pub fn waiting(&self, file: &str, on_disk: Option<&str>) -> io::Result<Vec<Line>> {
        let mut known = self.known();
        known.refresh(&self.path)?;
        let head = known.heads.get(file).filter(|head| head.sha256.as_deref() == on_disk);
        let lines = head.into_iter().flat_map(|head| &head.waiting);
        Ok(lines.filter_map(|line| serde_json::from_slice(line).ok()).collect())
    }

    /// Tells whether the journal leads to the bytes of `file` with the hash `on_disk` (`None`: there is no file).
    pub fn leads_to(&self, file: &str, on_disk: Option<&str>) -> io::Result<bool> {
        let mut known = self.known();
        known.refresh(&self.path)?;
        Ok(known.heads.get(file).is_some_and(|head| head.sha256.as_deref() == on_disk))
    }

    /// Writes lines behind all others. Where `durable`, they outlive a power cut once this returns.
    pub fn append(&self, lines: &[Line], durable: bool) -> io::Result<()> {
        let _known = self.known();
        let mut options = OpenOptions::new();
        options.create(true).append(true).read(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600).custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed());
        }
        let mut file = options.open(&self.path)?;
        let length = file.seek(SeekFrom::End(0))?;
        let mut text = Vec::new();
        if length > 0 {
            let mut last = [0];
            file.seek(SeekFrom::End(-1))?;
            file.read_exact(&mut last)?;
            if last != [b'\n'] {
                // A line that was cut ends here.
                text.push(b'\n');
            }
        }
        for line in lines {
            serde_json::to_writer(&mut text, line)?;
            text.push(b'\n');
        }
        file.write_all(&text)?;
        if durable {
            file.sync_data()?;
            if length == 0 {
                let folder = self.path.parent().unwrap_or(Path::new("."));
                // What is of this machine alone is not for git: two journals have no sensible merge, the notes have.
                let ignored = OpenOptions::new().write(true).create_new(true).open(folder.join(".gitignore"));
                let _ = ignored.and_then(|mut file| file.write_all(format!("{NAME}\n{}\n", places::NAME).as_bytes()));
                disk::sync_folder(folder)?;
            }
        }
        Ok(())
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    /// Takes in what was written since.
    fn refresh(&mut self, path: &Path) -> io::Result<()> {
        let mut file = match File::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                *self = Self::default();
                return Ok(());
            }
            other => other?,
        };
        let length = file.metadata()?.len();
        if length < self.read {
            // It was replaced by another.
            *self = Self::default();
        }
        if length == self.read {
            return Ok(());
        }
        file.seek(SeekFrom::Start(self.read))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let whole = memchr::memrchr(b'\n', &bytes).map_or(0, |at| at + 1);
        for line in bytes[..whole].split(|&byte| byte == b'\n') {
            self.take(line);
        }
        self.read += whole as u64;
        Ok(())
    }

    /// Takes a line in; what is no line is passed over.
    fn take(&mut self, line: &[u8]) {
        let Some((name, deed)) = beginning(line) else { return };
        if !self.heads.contains_key(name) {
            self.heads.insert(name.to_owned(), Head::default());
        }
        let Some(head) = self.heads.get_mut(name) else { return };
        match deed {
            "make" | "undo" | "redo" => head.waiting.push(line.to_owned()),
            "saved" => {
                if let Ok(Line { deed: Deed::Saved { sha256 }, .. }) = serde_json::from_slice(line) {
                    *head = Head { sha256: Some(sha256), waiting: Vec::new() };
                }
            }
            "open" => {
                if let Ok(Line { deed: Deed::Open { text: Some(text), .. }, .. }) = serde_json::from_slice(line) {
                    let sha256 = (!text.is_empty()).then(|| place::sha256(text.as_bytes()));
                    *head = Head { sha256, waiting: Vec::new() };
                }
            }
            _ => drop(self.heads.remove(name)),
        }
    }
}

/// Returns the file and the deed of a line without reading the rest of it: of a journal of years, most lines are steps
/// that have long reached their file.
fn beginning(line: &[u8]) -> Option<(&str, &str)> {
    let head = &line[..line.len().min(200)];
    let head = head.strip_prefix(br#"{"file":""#)?;
    let name = memchr::memchr(b'"', head)?;
    let rest = head[name..].strip_prefix(br#"","do":""#)?;
    let deed = memchr::memchr(b'"', rest)?;
    Some((std::str::from_utf8(&head[..name]).ok()?, std::str::from_utf8(&rest[..deed]).ok()?))
}

/// Reads a whole journal: its lines, and the numbers (from 1) of those that are none. Nothing where there is no journal.
pub fn read(folder: &Path) -> io::Result<(Vec<Line>, Vec<usize>)> {
    let bytes = match std::fs::read(folder.join(NAME)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((Vec::new(), Vec::new())),
        other => other?,
    };
    let (mut lines, mut broken) = (Vec::new(), Vec::new());
    for (n, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
        match serde_json::from_slice(line) {
            Ok(line) => lines.push(line),
            Err(_) if line.is_empty() => {}
            Err(_) => broken.push(n + 1),
        }
    }
    Ok((lines, broken))
}
