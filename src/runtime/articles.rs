//! The articles that can be opened, from wherever they come, and the notes of those that are open.

use super::disk::{Follow, Shelf};
use super::exports;
use super::files::{self, Found};
use super::items::{Item, may_follow, read_item};
use crate::annotation::codebook::Codebook;
use crate::annotation::{self, Annotations, Edit, History, Step};
use crate::app::effect::ProjectTexts;
use crate::app::{Entry, Opened, Pane, Return};
use crate::export::{self, Document, Format};
use crate::source::{Article, Kind, text};
use crate::store::{self, Place, Places, Progress, ProjectFiles, ProjectText, Store, StoreError};
use jiff::civil::Date;
use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How long to wait for another program to let go of the notes.
const PATIENCE: Duration = Duration::from_millis(200);

/// How many entries of the list are looked up in the store at a time, so that saves get their turn.
const AT_A_TIME: usize = 500;

/// The articles and their notes.
pub struct Articles {
    items: Vec<Item>,
    open: BTreeMap<usize, Open>,
    store: Store,
    coder: String,
    date: Option<Date>,
    /// Files with several articles in them, which are read once the screen is there.
    unread: VecDeque<PathBuf>,
    /// How far the reader has come with the first so many items.
    progress: Vec<Progress>,
    /// What belongs to the store as a whole, once it was read.
    project: Option<ProjectFiles>,
    /// Whether they are the bundled ones, since none was asked for.
    pub bundled: bool,
    /// Where the reader was in each article.
    places: Places,
}

struct Open {
    article: Arc<Article>,
    sheet: crate::store::Sheet,
}

/// What was given on the command line.
#[derive(Debug, Default, Clone)]
pub struct Request {
    /// Files, folders, `-` for standard input; the samples where there is none.
    pub paths: Vec<PathBuf>,
    /// What the input is, where its ending does not tell.
    pub input: Option<Kind>,
    /// The folder of the store.
    pub store: Option<PathBuf>,
    /// The articles' date.
    pub date: Option<Date>,
    /// Whose notes.
    pub coder: Option<String>,
}

impl Articles {
    /// Gathers what was asked for; `fail` gets a line for everything that is no article. Files of one article are not
    /// opened yet, and folders are listed but not read. `samples` are name and text, for where nothing was asked for.
    pub fn gather(
        request: &Request,
        samples: &[(&str, &str)],
        coder: Option<&str>,
        fail: &mut dyn FnMut(String),
    ) -> Result<Self, String> {
        let start = request.paths.first().map(PathBuf::as_path);
        let store = Store::new(files::store_dir(request.store.as_deref(), start)?);
        let coder = files::coder(request.coder.as_deref().or(coder));
        let mut articles = Self {
            items: Vec::new(),
            open: BTreeMap::new(),
            places: store.places(&coder),
            store,
            coder,
            date: request.date,
            unread: VecDeque::new(),
            progress: Vec::new(),
            project: None,
            bundled: request.paths.is_empty(),
        };
        if request.paths.is_empty() {
            articles.items.extend(samples.iter().map(|(name, sample)| {
                Item::Read(Arc::new(Article { id: (*name).to_owned(), ..text::parse(sample, None) }))
            }));
        }
        for path in &request.paths {
            articles.add(path, request.input, fail);
        }
        if articles.items.is_empty() {
            // Only files with several articles: the first is needed now.
            while articles.items.is_empty() && articles.read_next(fail) {}
        }
        Ok(articles)
    }

    fn add(&mut self, path: &Path, input: Option<Kind>, fail: &mut dyn FnMut(String)) {
        if path == Path::new("-") {
            self.read(None, input, fail);
            return;
        }
        if path.is_dir() {
            let before = self.items.len() + self.unread.len();
            let (items, unread) = (&mut self.items, &mut self.unread);
            let mut each = |path: PathBuf| match Kind::of(&path) {
                Some(Kind::Jsonl | Kind::Csv) => unread.push_back(path),
                _ => items.push(Item::File { id: id_of(&path), path }),
            };
            files::walk(path, &mut each, &mut |path, reason| fail(format!("{}: {reason}", path.display())));
            if self.items.len() + self.unread.len() == before {
                let endings = ".txt, .md, .html, .jsonl and .csv";
                fail(format!("{}: there is no article in this folder (files that end in {endings})", path.display()));
            }
            return;
        }
        match input.or_else(|| Kind::of(path)) {
            Some(Kind::Jsonl | Kind::Csv) => self.read(Some(path), input, fail),
            _ => match std::fs::metadata(path) {
                Ok(_) => self.items.push(Item::File { id: id_of(path), path: path.to_owned() }),
                Err(error) => fail(format!("{}: {}", path.display(), files::said(&error))),
            },
        }
    }

    /// Reads a file, or standard input, that holds several articles.
    fn read(&mut self, path: Option<&Path>, input: Option<Kind>, fail: &mut dyn FnMut(String)) {
        let name = path.map_or_else(|| "-".to_owned(), |path| path.display().to_string());
        let result = files::articles(path, input, &mut |found| {
            match found {
                Found::Article(article) => self.items.push(Item::Read(Arc::from(article))),
                Found::Skipped(reason) => fail(format!("{name}: {reason}")),
            }
            Ok(())
        });
        match result {
            Err(reason) => fail(format!("{name}: {reason}")),
            Ok(Err(error)) => fail(format!("{name}: {}", files::said(&error))),
            Ok(Ok(())) => {}
        }
    }

    fn read_next(&mut self, fail: &mut dyn FnMut(String)) -> bool {
        let Some(path) = self.unread.pop_front() else { return false };
        self.read(Some(&path), None, fail);
        true
    }

    /// Returns whose notes these are.
    pub fn coder(&self) -> &str {
        &self.coder
    }

    /// Opens the article in which the reader was last, else the first that can be opened, and forgets those before it;
    /// `fail` gets a line for each of them. Notes that are broken are an error: nobody should read on without them
    /// unawares. Returns its number with it.
    pub fn open_first(&mut self, fail: &mut dyn FnMut(String)) -> Option<(usize, Box<Opened>)> {
        if let Some(last) = self.last()
            && last > 0
            && let Ok(opened) = self.open_soundly(last)
        {
            return Some((last, opened));
        }
        while !self.items.is_empty() {
            match self.open_soundly(0) {
                Ok(opened) => return Some((0, opened)),
                Err(reason) => {
                    fail(reason);
                    self.items.remove(0);
                    if self.items.is_empty() {
                        self.read_next(fail);
                    }
                }
            }
        }
        None
    }

    /// Returns the number of the article in which the reader was last.
    fn last(&self) -> Option<usize> {
        let (file, id) = self.places.last()?;
        self.items.iter().position(|item| {
            let (name, _, path) = named(item);
            let path = || path.map(|path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned()));
            name == id && path().unwrap_or_default() == file
        })
    }

    fn open_soundly(&mut self, entry: usize) -> Result<Box<Opened>, String> {
        let opened = self.open(entry)?;
        if opened.read_only.is_some()
            && let Err(error @ StoreError::Broken(_)) = self.store.load(&opened.article, &self.coder)
        {
            self.open.remove(&entry);
            return Err(error.to_string());
        }
        Ok(opened)
    }

    /// Returns the list as far as it is known.
    pub fn entries(&self) -> Vec<Entry> {
        let mut progress = self.progress.iter().copied();
        let entry = |item| {
            let (id, title, path) = named(item);
            let Progress { decided, done, flagged, last } = progress.next().unwrap_or_default();
            let (quotes, sure) = self.places.of(path, id).map_or((None, None), |place| (place.quotes, place.sure));
            Entry { id: id.clone(), title: title.unwrap_or(id).clone(), decided, done, flagged, last, quotes, sure }
        };
        self.items.iter().map(entry).collect()
    }

    fn article(&self, entry: usize) -> Result<Arc<Article>, String> {
        read_item(self.items.get(entry).ok_or("there is no such article")?)
    }

    /// Returns the store and whose notes are kept.
    pub fn store(&self) -> (Store, String) {
        (self.store.clone(), self.coder.clone())
    }

    /// Returns what belongs to the store as a whole, and what is wrong with it.
    pub fn project(&mut self) -> (ProjectTexts, Vec<String>) {
        let (files, texts, errors) = ProjectFiles::open(self.store.dir(), &self.coder);
        self.project = Some(files);
        let ProjectText { codebook, project, marks } = texts;
        (ProjectTexts { codebook, project, marks }, errors.iter().map(ToString::to_string).collect())
    }

    /// Lets the notes in one file follow a step of the codebook; returns whether they changed.
    fn follow_in(&mut self, path: &Path, job: &Follow) -> Result<bool, String> {
        let Follow { step, back, now, except } = job;
        let change = |notes: &mut Annotations, history: &mut History| {
            if *back { step.take_back(notes, history, *now) } else { step.follow(notes, history) }
        };
        if let Some((entry, open)) = self.open.iter_mut().find(|(_, open)| open.sheet.path() == path)
            && open.sheet.read_only.is_none()
        {
            if Some(*entry) == *except {
                return Ok(false);
            }
            let (mut notes, mut history) = (open.sheet.notes.clone(), open.sheet.history.clone());
            return match change(&mut notes, &mut history) {
                Ok(true) => open.sheet.save(&notes, &history).map(|()| true).map_err(|error| error.to_string()),
                Ok(false) => Ok(false),
                Err(conflict) => Err(format!("{}: {conflict}", path.display())),
            };
        }
        if !may_follow(path, step, *back) {
            return Ok(false);
        }
        store::amend(path, PATIENCE, change).map_err(|error| error.to_string())
    }
}

fn id_of(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

impl Shelf for Articles {
    fn open(&mut self, entry: usize) -> Result<Box<Opened>, String> {
        if !self.open.contains_key(&entry) {
            let article = self.article(entry)?;
            let sheet = self.store.open(&article, &self.coder, PATIENCE).map_err(|error| error.to_string())?;
            self.open.insert(entry, Open { article, sheet });
        }
        let Open { article, sheet } = &self.open[&entry];
        let mut article = Arc::clone(article);
        let (article_path, article_id) = (article.path.clone(), article.id.clone());
        if !sheet.notices.is_empty() {
            Arc::make_mut(&mut article).notices.extend(sheet.notices.iter().cloned());
        }
        Ok(Box::new(Opened {
            article,
            notes: sheet.notes.clone(),
            history: sheet.history.clone(),
            read_only: sheet.read_only.clone(),
            given_date: self.date,
            place: self.places.of(article_path.as_deref(), &article_id).map(back),
        }))
    }

    fn save(&mut self, entry: usize, steps: &[Step]) -> Result<(), String> {
        let open = self.open.get_mut(&entry).ok_or("the article is not open")?;
        open.sheet.take(steps).map_err(|error| error.to_string())
    }

    fn others(&mut self, entry: usize) -> Result<Vec<(String, Annotations)>, String> {
        let open = self.open.get(&entry).ok_or("the article is not open")?;
        self.store.others(&open.article, &self.coder).map_err(|error| error.to_string())
    }

    fn amend(&mut self, entry: usize, coder: &str, step: &Step, edit: &Edit) -> Result<Annotations, String> {
        let open = self.open.get(&entry).ok_or("the article is not open")?;
        let sheet = self.store.open_to_write(&open.article, coder, PATIENCE);
        let mut sheet = sheet.map_err(|error| error.to_string())?;
        let fits = match step {
            Step::Make(_) => true,
            Step::Undo => sheet.history.done.last() == Some(edit),
            Step::Redo => sheet.history.undone.last() == Some(edit),
        };
        if !fits {
            return Err(format!("{coder} has gone on since: compare again"));
        }
        sheet.take(std::slice::from_ref(step)).map_err(|error| error.to_string())?;
        Ok(sheet.notes.clone())
    }

    fn keep(&mut self, entry: usize, place: &Return) {
        let Some(item) = self.items.get(entry) else { return };
        let (id, _, path) = named(item);
        let Return { selected, top, focus, lead, quotes, sure } = *place;
        let (pane, lead) = (focus.title().to_owned(), lead.title().to_owned());
        self.places.keep(path, id, Place { quote: selected, top, pane, lead, quotes, sure });
    }

    fn export(&mut self, format: &str, path: Option<PathBuf>) -> Result<String, String> {
        let format: Format = format.parse().map_err(|error: export::NoFormat| error.to_string())?;
        let path = path.map_or_else(|| self.beside(format), Ok)?;
        let book = ProjectFiles::open(self.store.dir(), &self.coder).1.codebook;
        let (book, _) = Codebook::parse(&book, "codebook.toml");
        let works: Vec<_> = self
            .open
            .values()
            .filter_map(|open| Some((open, annotation::read(&open.article, &open.sheet.notes, self.date).ok()?)))
            .collect();
        let documents: Vec<Document> = works
            .iter()
            .map(|(open, (analysis, resolved))| Document {
                article: &open.article,
                analysis,
                notes: &open.sheet.notes,
                resolved,
                book: &book,
                coder: &self.coder,
            })
            .collect();
        let loss = exports::write(format, &documents, &path)
            .map_err(|failed| format!("{}: {}", failed.path.display(), files::said(&failed.error)))?;
        let missing = if loss.is_empty() { String::new() } else { format!("; {loss}") };
        Ok(format!("exported to {}{}", path.display(), missing.lines().collect::<Vec<_>>().join("; ")))
    }

    fn save_project(&mut self, texts: &ProjectTexts) -> Result<(), String> {
        let Some(project) = &mut self.project else { return Ok(()) };
        let ProjectTexts { codebook, project: notes, marks } = texts.clone();
        project.save(&ProjectText { codebook, project: notes, marks }).map_err(|error| error.to_string())
    }

    fn follow(&mut self, job: &Follow) -> (usize, Vec<String>) {
        let (mut count, mut failed) = (0, Vec::new());
        if !self.store.dir().is_dir() {
            return (0, failed);
        }
        match store::note_files(self.store.dir()) {
            Ok(files) => {
                for file in files {
                    match self.follow_in(&file, job) {
                        Ok(changed) => count += usize::from(changed),
                        Err(reason) => failed.push(reason),
                    }
                }
            }
            Err(error) => failed.push(error.to_string()),
        }
        (count, failed)
    }

    fn items(&mut self) -> Vec<Item> {
        self.items.clone()
    }

    fn list(&mut self) -> (Option<Vec<Entry>>, bool) {
        let known = self.progress.len();
        if known < self.items.len() {
            let until =
                if self.store.dir().is_dir() { (known + AT_A_TIME).min(self.items.len()) } else { self.items.len() };
            for item in &self.items[known..until] {
                let (id, _, path) = named(item);
                self.progress
                    .push(path.and_then(|path| self.store.progress(path, id, &self.coder)).unwrap_or_default());
            }
        } else {
            // What is wrong with a file of a folder is said when the folder is checked, not over what is being read.
            self.read_next(&mut |_| {});
        }
        let whole = self.progress.len() == self.items.len();
        (whole.then(|| self.entries()), !whole || !self.unread.is_empty())
    }
}

/// Returns a place as the screen wants it.
fn back(place: &Place) -> Return {
    let pane = |name: &str| Pane::ALL.into_iter().find(|pane| pane.title() == name).unwrap_or_default();
    let lead = Some(pane(&place.lead)).filter(|pane| pane.is_text()).unwrap_or_default();
    let Place { quote: selected, top, quotes, sure, .. } = *place;
    Return { selected, top, focus: pane(&place.pane), lead, quotes, sure }
}

/// Returns an item's name, title and file.
fn named(item: &Item) -> (&String, Option<&String>, Option<&Path>) {
    match item {
        Item::File { path, id } => (id, None, Some(path)),
        Item::Read(article) => (&article.id, article.title.as_ref(), article.path.as_deref()),
    }
}

impl Articles {
    /// Returns a file beside the first open article that is not there yet; in the working folder where it has no file.
    fn beside(&self, format: Format) -> Result<PathBuf, String> {
        let open = self.open.values().next().ok_or("no article is open")?;
        let folder = open.article.path.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        let plain = export::file_name(&open.article.id);
        let name = |n: usize| match n {
            1 => format!("{plain}.quotes.{}", format.ending()),
            n => format!("{plain}.quotes-{n}.{}", format.ending()),
        };
        let free = (1..1000).map(|n| folder.join(name(n))).find(|path| !path.exists());
        free.ok_or_else(|| "name a file: there are too many exports already".to_owned())
    }
}
