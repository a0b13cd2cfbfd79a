//! The store made again from the journals of its coders: what is missing or broken comes back, what is whole stays.

use super::error::StoreError;
use super::journal::{self, Journal, NAME};
use super::line::{Deed, Line};
use super::paper::{About, Paper};
use super::{disk, lock, place, sheet, shown};
use crate::annotation::{Annotations, History};
use crate::text::counted;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What a rebuild did.
#[derive(Debug, Default)]
pub struct Rebuilt {
    /// Files that are as the journals say.
    pub same: usize,
    /// Files that were written again.
    pub written: Vec<PathBuf>,
    /// What the reader should know, a line each.
    pub notices: Vec<String>,
    /// What could not be mended, a line each.
    pub faults: Vec<String>,
}

/// One file as the journal leads to it.
struct Sketch {
    paper: Paper,
    about: About,
    notes: Annotations,
    history: History,
    /// The hash of the file that was saved last.
    saved: Option<String>,
    /// Whether steps follow that.
    behind: bool,
    /// How many lines did not fit.
    unfit: usize,
}

/// Makes every file again that is missing or broken and that a journal knows. A file that is whole is never written; a
/// broken one is kept beside it under another name.
pub fn rebuild(dir: &Path, wait: Duration) -> Result<Rebuilt, StoreError> {
    let mut out = Rebuilt::default();
    for folder in sheet::coders(dir)? {
        let journal = folder.join(NAME);
        let (lines, broken) = journal::read(&folder).map_err(|error| sheet::failed(&journal, "reading", error))?;
        for number in broken {
            out.notices.push(format!("{}:{number}:1: a line that was cut short is passed over", shown(&journal)));
        }
        let sketches = sketches(&journal, lines, &mut out);
        for (name, sketch) in &sketches {
            let path = folder.join(name);
            match mend(&path, sketch, wait, &mut out) {
                Ok(()) => {}
                Err(error) => out.faults.push(error.to_string()),
            }
        }
        for path in sheet::files(&folder).map_err(|error| sheet::failed(&folder, "reading the folder", error))? {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if !sketches.contains_key(&name)
                && let Err(error) = whole(&path)
            {
                out.faults.push(format!("{error}; the journal does not know this file"));
            }
        }
    }
    Ok(out)
}

/// Follows the lines of a journal to where each file stands at its end.
fn sketches(journal: &Path, lines: Vec<Line>, out: &mut Rebuilt) -> BTreeMap<String, Sketch> {
    let mut sketches: BTreeMap<String, Sketch> = BTreeMap::new();
    for line in lines {
        let plain = Path::new(&line.file);
        if plain.components().count() != 1 || plain.extension().is_none_or(|ending| ending != "toml") {
            // Nothing that a journal says leads out of its folder.
            out.faults.push(format!(
                "{}: {} is no name of a file of notes",
                shown(journal),
                shown(Path::new(&line.file))
            ));
            continue;
        }
        match (&line.deed, sketches.get_mut(&line.file)) {
            (Deed::Open { text: Some(text), .. }, _) => match Sketch::begin(&line, text) {
                Some(sketch) => drop(sketches.insert(line.file.clone(), sketch)),
                None => drop(sketches.remove(&line.file)),
            },
            (Deed::Open { .. }, Some(sketch)) => {
                if let Some((about, _)) = line.about() {
                    sketch.about = about;
                }
            }
            (Deed::Saved { sha256 }, Some(sketch)) => {
                (sketch.saved, sketch.behind) = (Some(sha256.clone()), false);
            }
            (Deed::Gone, _) => drop(sketches.remove(&line.file)),
            (_, Some(sketch)) if line.is_step() => {
                sketch.behind = true;
                sketch.unfit += usize::from(!line.replay(&mut sketch.notes, &mut sketch.history));
            }
            (_, _) => {}
        }
    }
    sketches
}

impl Sketch {
    /// Begins with the file as it was when it was opened.
    fn begin(line: &Line, text: &str) -> Option<Self> {
        let (about, coder) = line.about()?;
        let (paper, notes, history, saved) = if text.is_empty() {
            (Paper::new(&about, coder), Annotations::default(), History::default(), None)
        } else {
            let (paper, content) = Paper::read(text).ok()?;
            (paper, content.notes, content.history, Some(place::sha256(text.as_bytes())))
        };
        Some(Self { paper, about, notes, history, saved, behind: false, unfit: 0 })
    }

    /// Returns the text of the file.
    fn text(&self) -> String {
        let mut paper = self.paper.clone();
        paper.describe(&self.about);
        paper.update(&self.notes, &self.history);
        paper.text()
    }
}

fn mend(path: &Path, sketch: &Sketch, wait: Duration, out: &mut Rebuilt) -> Result<(), StoreError> {
    let failed = |doing| move |error| sheet::failed(path, doing, error);
    let lock = lock::take(path, wait).map_err(failed("locking"))?;
    let _lock = lock.ok_or_else(|| StoreError::Locked { path: path.to_owned() })?;
    let there = disk::read(path).map_err(failed("reading"))?;
    let hash = there.as_deref().map(place::sha256);
    if sketch.saved.is_none() && !sketch.behind {
        return Ok(());
    }
    if there.is_some() && hash == sketch.saved && !sketch.behind {
        out.same += 1;
        return Ok(());
    }
    let text = sketch.text();
    if hash.as_deref() == Some(place::sha256(text.as_bytes()).as_str()) {
        out.same += 1;
        return Ok(());
    }
    let sound = there.as_deref().is_some_and(|bytes| sheet::parse(path, bytes).is_ok());
    // A file that is whole, but which the journal did not write: somebody's work.
    if sound && hash != sketch.saved {
        out.notices.push(format!("{}: whole, and not as the journal says; it is left as it is", shown(path)));
        return Ok(());
    }
    if sketch.unfit > 0 {
        out.notices.push({
            let lines = counted(
                sketch.unfit,
                "line of the journal does not fit and is",
                "lines of the journal do not fit and are",
            );
            format!("{}: {lines} left out", shown(path))
        });
    }
    if !sketch.behind && sketch.saved.as_deref() != Some(&place::sha256(text.as_bytes())) {
        out.notices.push(format!("{}: not byte for byte as it was saved, but with the same steps", shown(path)));
    }
    if let Some(bytes) = there.filter(|_| !sound) {
        let kept =
            (1..1_000_000).map(|n: u32| path.with_extension(format!("toml.broken-{n}"))).find(|path| !path.exists());
        let kept = kept.unwrap_or_else(|| path.with_extension("toml.broken"));
        disk::write(&kept, &bytes).map_err(|error| sheet::failed(&kept, "keeping the broken file", error))?;
        out.notices.push(format!("{}: the broken file is kept in {}", shown(path), shown(&kept)));
    }
    disk::write(path, text.as_bytes()).map_err(failed("saving"))?;
    let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let saved = Line { file, deed: Deed::Saved { sha256: place::sha256(text.as_bytes()) } };
    let folder = path.parent().unwrap_or(Path::new("."));
    Journal::of(folder).append(&[saved], true).map_err(failed("writing the journal"))?;
    out.written.push(path.to_owned());
    Ok(())
}

fn whole(path: &Path) -> Result<(), StoreError> {
    let bytes = disk::read(path).map_err(|error| sheet::failed(path, "reading", error))?.unwrap_or_default();
    sheet::parse(path, &bytes).map(|_| ())
}
