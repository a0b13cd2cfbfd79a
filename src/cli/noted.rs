//! What `export` and `timeline` are written from: articles, what was found in them, and the notes on them.

use super::input::{self, Inputs, complain, say};
use super::output;
use crate::annotation::codebook::Codebook;
use crate::annotation::{self, Annotations, Resolved};
use crate::engine::Analysis;
use crate::export::Document;
use crate::runtime::files;
use crate::source::Article;
use crate::store::{ProjectFiles, Store, disk};
use crate::text::counted;
use std::collections::HashMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::rc::Rc;

/// Which articles, whose notes, and where to write.
#[derive(clap::Args)]
pub struct Source {
    #[command(flatten)]
    inputs: Inputs,
    /// Where to write: a file, or a folder for a format of one article a file; stdout where nothing is said.
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
    /// The folder of the store.
    #[arg(long, value_name = "DIR")]
    store: Option<PathBuf>,
    /// Whose notes to take.
    #[arg(long, value_name = "NAME")]
    coder: Option<String>,
}

/// Articles as they were read, with whose notes.
pub struct Noted {
    works: Vec<Work>,
    coder: String,
    /// Whether all inputs and all notes could be read.
    pub whole: bool,
}

/// An article with everything that was found and decided about it.
struct Work {
    article: Article,
    analysis: Analysis,
    notes: Annotations,
    resolved: Resolved,
    book: Rc<Codebook>,
}

impl Noted {
    /// Returns the articles as an export gets them.
    pub fn documents(&self) -> Vec<Document<'_>> {
        self.works.iter().map(|work| work.document(&self.coder)).collect()
    }

    /// Tells whether there is no article.
    pub fn is_empty(&self) -> bool {
        self.works.is_empty()
    }

    /// Leaves out of each article what `choose` does not return.
    pub fn choose(&mut self, choose: impl Fn(&Resolved) -> Resolved) {
        for work in &mut self.works {
            work.resolved = choose(&work.resolved);
        }
    }
}

impl Source {
    /// Returns where to write, if not to stdout.
    pub fn out(&self) -> Option<&Path> {
        self.out.as_deref()
    }

    /// Reads and analyses the articles. What is wrong with one or with its notes is said, and the others go on.
    pub fn read(&self) -> io::Result<Noted> {
        let mut noted = Noted { works: Vec::new(), coder: files::coder(self.coder.as_deref()), whole: true };
        let mut books = HashMap::new();
        let whole = input::articles(&self.inputs, |article| {
            match work(self.store.as_deref(), article, &noted.coder, &mut books) {
                Ok(work) => noted.works.extend(work),
                Err(reason) => {
                    noted.whole = false;
                    say(&reason);
                }
            }
            Ok(())
        })?;
        noted.whole &= whole;
        Ok(noted)
    }

    /// Hands the articles and what to write to to `write`: stdout, or a file that is written whole or not at all. Where
    /// that fails, says why and returns the exit code.
    pub fn write(
        &self,
        noted: &Noted,
        write: impl FnOnce(&[Document], &mut dyn Write) -> io::Result<()>,
    ) -> Result<(), ExitCode> {
        let documents = noted.documents();
        if let Some(path) = &self.out {
            return disk::write_export(path, |out| write(&documents, out)).map_err(|error| {
                complain(path, files::said(&error));
                ExitCode::FAILURE
            });
        }
        let mut out = output::stdout();
        write(&documents, &mut out).and_then(|()| out.flush()).map_err(|error| input::exit(Err(error)))
    }
}

impl Work {
    fn document<'a>(&'a self, coder: &'a str) -> Document<'a> {
        let Self { article, analysis, notes, resolved, book } = self;
        Document { article, analysis, notes, resolved, book, coder }
    }
}

/// Reads the notes on an article and joins them with what is found in it; `books` are the codebooks of the stores so far.
fn work(
    store: Option<&Path>,
    article: Article,
    coder: &str,
    books: &mut HashMap<PathBuf, Rc<Codebook>>,
) -> Result<Option<Work>, String> {
    let start = article.path.as_deref().unwrap_or(Path::new("."));
    let store = Store::new(files::store_dir(store, Some(start))?);
    let loaded = store.load(&article, coder).map_err(|error| error.to_string())?;
    let Ok((analysis, resolved)) = annotation::read(&article, &loaded.notes, None) else { return Ok(None) };
    if !resolved.orphans.is_empty() {
        complain(
            start,
            counted(
                resolved.orphans.len(),
                "note no longer has its place in the text",
                "notes no longer have their place in the text",
            ),
        );
    }
    let book = books.entry(store.dir().to_owned()).or_insert_with_key(|dir| Rc::new(codebook(dir, coder)));
    Ok(Some(Work { article, analysis, notes: loaded.notes, resolved, book: Rc::clone(book) }))
}

/// Reads the codebook of a store; what is wrong with it is said, and the tags are exported all the same.
fn codebook(dir: &Path, coder: &str) -> Codebook {
    let (_, texts, errors) = ProjectFiles::open(dir, coder);
    for error in &errors {
        say(&error.to_string());
    }
    let (book, found) = Codebook::parse(&texts.codebook, &dir.join("codebook.toml").to_string_lossy());
    for fault in &found {
        say(&fault.to_string());
    }
    book
}
