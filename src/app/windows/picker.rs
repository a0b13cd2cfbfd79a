//! A list to choose from, narrowed down by what is typed.

use crate::annotation::{NoteId, QuoteRole};
use crate::app::windows::fuzzy::{Folded, Typed, is_plain, sorted};
use crate::app::windows::line::Line;
use std::sync::Arc;
use uuid::Uuid;

/// What is chosen, and for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// The speaker of the selected quotation.
    Speaker,
    /// A tag of the selected quotation.
    Tag,
    /// The speaker that takes over speaker number so and so.
    Merge(usize),
    /// The tag of the stretch that was selected.
    Stretch,
    /// The tag of every place that was found.
    Every,
    /// Who or what has this role of the selected quotation.
    Fill(QuoteRole),
    /// Which name of speaker number so and so is somebody else's.
    Form(usize),
    /// Who it is that was taken for speaker number so and so.
    Split(usize),
    /// A format to export to.
    Export,
    /// An action.
    Action,
    /// An article.
    Article,
    /// How many steps are to stand.
    History,
    /// A coder to compare with.
    Coder,
    /// A class of repairs or suspects.
    Ledger,
    /// A place of the class in row number so and so of the ledger.
    Places(usize),
    /// A mark.
    Mark,
    /// A memo.
    Memos,
    /// The tag that takes over this one.
    MergeTag(Uuid),
    /// The tag under which this one is put.
    MoveTag(Uuid),
    /// A role that this tag may stand on.
    TagRoles(Uuid),
    /// The notes that get the tag that is split off this one.
    SplitTag(Uuid),
}

/// What choosing an item means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A name, a tag, a format.
    Name(String),
    /// The name that was typed, which is new.
    New,
    /// Nobody who could be named.
    Nobody,
    /// As the program found it.
    AsFound,
    /// A number: of a speaker, an article or an action.
    Number(usize),
    /// A note on a quotation.
    Note(NoteId),
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it means.
    pub value: Value,
    /// What is shown, and searched.
    pub label: String,
    /// What is shown beside it.
    pub detail: String,
    /// Whether it holds already: the quotation has this tag, the article is done.
    pub on: bool,
    /// A speaker's colour.
    pub colour: Option<usize>,
    /// The colour of a tag, `#rrggbb`.
    pub tint: Option<String>,
    /// The key that gives it.
    pub key: Option<char>,
    /// What stands in front of it instead of the sign of `on`, and the same in ASCII.
    pub sign: Option<[&'static str; 2]>,
}

impl Item {
    /// Makes a row without detail.
    pub fn new(value: Value, label: impl Into<String>) -> Self {
        Self {
            value,
            label: label.into(),
            detail: String::new(),
            on: false,
            colour: None,
            tint: None,
            key: None,
            sign: None,
        }
    }

    /// Adds what is shown beside it.
    #[must_use]
    pub fn with(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }
}

/// The rows of a list.
#[derive(Debug, Clone)]
pub enum Rows {
    /// All of them, made; where new ones can be typed, the last is the new one.
    Made(Vec<Item>),
    /// Thousands, a number each, of an article or a step: a row is made when it is seen (`app::rows`).
    Numbered(Arc<[usize]>),
}

/// A list to choose from.
#[derive(Debug, Clone)]
pub struct Picker {
    /// What is chosen.
    pub choice: Choice,
    /// Its heading.
    pub title: String,
    /// What is typed.
    pub query: Line,
    /// All rows.
    pub rows: Rows,
    /// What was typed, and the places among all rows of those that fit it, the best first; before it what was typed on
    /// the way there. Nothing where nothing is typed.
    fits: Vec<(String, Vec<usize>)>,
    /// Whether the last row, behind those that fit, is the new one that is typed.
    offers: bool,
    /// The number of the chosen one among them.
    pub at: usize,
    /// Whether something new can be typed, and what to call it.
    pub new: Option<&'static str>,
}

impl Picker {
    /// Makes a list, everything shown.
    pub fn new(choice: Choice, title: impl Into<String>, items: Vec<Item>, new: Option<&'static str>) -> Self {
        Self { new, ..Self::numbered(choice, title, Rows::Made(items)) }
    }

    /// Makes a list of rows that may be made when they are seen, everything shown.
    pub fn numbered(choice: Choice, title: impl Into<String>, rows: Rows) -> Self {
        let (query, fits) = (Line::default(), Vec::new());
        Self { choice, title: title.into(), query, rows, fits, offers: false, at: 0, new: None }
    }

    /// Returns the rows that are made.
    pub fn items(&self) -> &[Item] {
        match &self.rows {
            Rows::Made(items) => items,
            Rows::Numbered(_) => &[],
        }
    }

    /// Returns how many rows there are, whether they fit or not.
    pub fn all(&self) -> usize {
        match &self.rows {
            Rows::Made(items) => items.len(),
            Rows::Numbered(numbers) => numbers.len(),
        }
    }

    /// Returns how many rows fit what is typed.
    pub fn count(&self) -> usize {
        self.fits.last().map_or(self.all(), |(_, fits)| fits.len() + usize::from(self.offers))
    }

    /// Returns the place among all rows of the one at `at` of those that fit what is typed.
    pub fn fit(&self, at: usize) -> Option<usize> {
        match self.fits.last() {
            Some((_, fits)) if self.offers && at == fits.len() => self.all().checked_sub(1),
            Some((_, fits)) => fits.get(at).copied(),
            None => (at < self.all()).then_some(at),
        }
    }

    /// Returns which characters of each label were typed, by number: for the rows that are seen.
    pub fn lit<'a>(&self, labels: impl Iterator<Item = &'a str>) -> Vec<Vec<u32>> {
        let mut typed = Typed::new(self.narrowed());
        labels.map(|label| typed.lit(label)).collect()
    }

    /// For what was typed the rows were narrowed last.
    fn narrowed(&self) -> &str {
        self.fits.last().map_or("", |(typed, _)| typed)
    }

    /// Narrows the list down to what is typed. `label` tells the label of a row that is not made, and a word beside it
    /// that finds it too; `folded` has these labels as they are searched, where somebody keeps them.
    ///
    /// What goes on with what was typed before is looked for among what fitted that; what takes letters back is there.
    pub fn narrow<'a>(&mut self, label: impl Fn(usize) -> (&'a str, &'static str), folded: Option<&Folded>) {
        if let Rows::Made(items) = &mut self.rows {
            items.retain(|item| item.value != Value::New);
        }
        let typed = self.query.text().trim().to_owned();
        (self.at, self.offers) = (0, false);
        let goes_on = |before: &str| typed.starts_with(before) && is_plain(&typed);
        while self.fits.last().is_some_and(|(before, _)| !goes_on(before)) {
            self.fits.pop();
        }
        if typed.is_empty() {
            return;
        }
        if self.narrowed() != typed {
            let fits = self.narrowed_further(&typed, label, folded);
            self.fits.push((typed.clone(), fits));
        }
        if let (Some(kind), Rows::Made(items)) = (self.new, &mut self.rows)
            && !items.iter().any(|item| item.label == typed)
        {
            self.offers = true;
            items.push(Item::new(Value::New, typed).with(kind));
        }
    }

    /// Returns the rows that fit what is typed, of those that fitted before.
    fn narrowed_further<'a>(
        &self,
        typed: &str,
        label: impl Fn(usize) -> (&'a str, &'static str),
        folded: Option<&Folded>,
    ) -> Vec<usize> {
        let mut sought = Typed::new(typed);
        let before = self.fits.last().map(|(_, fits)| fits.iter().copied());
        match (&self.rows, before) {
            (Rows::Made(items), before) => {
                let score = |row: usize| {
                    let item = items.get(row)?;
                    Some((sought.score(&item.label, || item.detail.to_lowercase())?, row))
                };
                let rows = before.map_or_else(|| (0..items.len()).collect(), Iterator::collect::<Vec<_>>);
                sorted(rows.into_iter().filter_map(score).collect())
            }
            (Rows::Numbered(numbers), Some(rows)) => sought.fits(rows, |row| numbers.get(row).copied(), label, folded),
            (Rows::Numbered(numbers), None) => {
                sought.fits(0..numbers.len(), |row| numbers.get(row).copied(), label, folded)
            }
        }
    }

    /// Puts other rows in the place of these, narrowed as before; the choice stays at its row.
    pub fn replace(&mut self, items: Vec<Item>) {
        let at = self.at;
        (self.rows, self.fits) = (Rows::Made(items), Vec::new());
        self.narrow(|_| ("", ""), None);
        self.choose(at);
    }

    /// Chooses row `at` of those that fit, or the last.
    pub fn choose(&mut self, at: usize) {
        self.at = at.min(self.count().saturating_sub(1));
    }

    /// Moves the choice by `by` rows, around the ends where `around`.
    pub fn step(&mut self, by: isize, around: bool) {
        let count = self.count() as isize;
        if count > 0 {
            let to = self.at as isize + by;
            self.at = if around { to.rem_euclid(count) } else { to.clamp(0, count - 1) } as usize;
        }
    }

    /// Returns the chosen row, where the rows are made.
    pub fn chosen(&self) -> Option<&Item> {
        self.items().get(self.fit(self.at)?)
    }

    /// Returns the number of the chosen row, where the rows are numbers.
    pub fn number(&self) -> Option<usize> {
        match &self.rows {
            Rows::Numbered(numbers) => numbers.get(self.fit(self.at)?).copied(),
            Rows::Made(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picker() -> Picker {
        let names = ["Sadiq Khan", "Donald Trump", "Theresa May"];
        let items = names.iter().map(|name| Item::new(Value::Name((*name).to_owned()), *name)).collect();
        Picker::new(Choice::Speaker, "Who", items, Some("new speaker"))
    }

    #[test]
    fn narrows_to_what_is_typed_and_offers_it_as_new() {
        let mut picker = picker();
        picker.query.insert("dtr", false);
        picker.narrow(|_| ("", ""), None);
        assert_eq!(picker.chosen().map(|item| item.label.as_str()), Some("Donald Trump"));
        assert_eq!((picker.fit(0), picker.lit(["Donald Trump"].into_iter())), (Some(1), vec![vec![0, 7, 8]]));
        picker.step(-1, true);
        assert_eq!(picker.chosen().map(|item| (item.value.clone(), item.label.as_str())), Some((Value::New, "dtr")));
        picker.query = Line::new("Theresa May");
        picker.narrow(|_| ("", ""), None);
        assert_eq!((picker.all(), picker.count()), (3, 1));
    }

    #[test]
    fn rows_that_are_numbers_are_found_by_their_labels_as_one_types_on() {
        let titles = ["The harbour", "A ferry", "The ferry strike", "Strikes"];
        let label = |n: usize| (titles[n], if n == 3 { "done" } else { "to do" });
        let folded = Some(Folded::new(titles.into_iter()));
        let typed = |picker: &mut Picker, text: &str| {
            picker.query = Line::new(text);
            picker.narrow(label, folded.as_ref());
            (0..picker.count()).filter_map(|at| picker.fit(at)).collect::<Vec<_>>()
        };
        let mut picker = Picker::numbered(Choice::Article, "", Rows::Numbered(Arc::from([3, 2, 1, 0])));
        assert_eq!((picker.count(), picker.number(), picker.chosen()), (4, Some(3), None));
        for word in ["ferry", "strike", "done", "the h", "!ferry", "zz", ""] {
            let mut fresh = picker.clone();
            let at_once = typed(&mut fresh, word);
            let by_letters = (1..=word.len()).map(|end| typed(&mut picker, &word[..end])).last();
            assert_eq!(by_letters.unwrap_or_else(|| typed(&mut picker, word)), at_once, "{word}");
        }
        assert_eq!(typed(&mut picker, "ferry"), [1, 2]);
        assert_eq!((picker.number(), typed(&mut picker, "done")), (Some(2), vec![0]));
    }

    #[test]
    fn an_empty_list_chooses_nothing() {
        let mut picker = Picker::new(Choice::Tag, "Tag", Vec::new(), Some("new tag"));
        picker.step(1, true);
        assert_eq!(picker.chosen(), None);
    }
}
