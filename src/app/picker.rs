//! A list to choose from, narrowed down by what is typed.

use super::line::Line;
use crate::annotation::{NoteId, QuoteRole};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use uuid::Uuid;

/// For how many of the best the matched letters are kept, to be shown.
const LIT: usize = 200;

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
    /// A word of what is shown beside it that finds it, where the rest is only made for the rows in sight.
    pub word: &'static str,
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
            word: "",
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

/// A row that fits what is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    /// The number of the item; past the last where what is typed would be new.
    pub item: usize,
    /// Which characters of the label were typed, by number.
    pub lit: Vec<u32>,
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
    /// All rows; where new ones can be typed, the last is the new one.
    pub items: Vec<Item>,
    /// Those that fit, the best first.
    pub fits: Vec<Fit>,
    /// The number of the chosen one among them.
    pub at: usize,
    /// Whether something new can be typed, and what to call it.
    pub new: Option<&'static str>,
}

impl Picker {
    /// Makes a list, everything shown.
    pub fn new(choice: Choice, title: impl Into<String>, items: Vec<Item>, new: Option<&'static str>) -> Self {
        let mut picker =
            Self { choice, title: title.into(), query: Line::default(), items, fits: Vec::new(), at: 0, new };
        picker.narrow();
        picker
    }

    /// Narrows the list down to what is typed.
    pub fn narrow(&mut self) {
        self.items.retain(|item| item.value != Value::New);
        let typed = self.query.text().trim();
        self.at = 0;
        if typed.is_empty() {
            self.fits = (0..self.items.len()).map(|item| Fit { item, lit: Vec::new() }).collect();
            return;
        }
        let mut matcher = Matcher::new(Config::DEFAULT);
        let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
        let words: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
        let mut buffer = Vec::new();
        let mut scored: Vec<(u32, usize)> = Vec::new();
        for (n, item) in self.items.iter().enumerate() {
            let label = pattern.score(Utf32Str::new(&item.label, &mut buffer), &mut matcher);
            // A hit beside the label counts less than any in it, and must be whole words as typed: letters strewn over a
            // long detail would put somebody in front of the new name that is being typed.
            let beside = || {
                let told = |word: &String| item.word.contains(word) || item.detail.to_lowercase().contains(word);
                words.iter().all(told).then_some(0)
            };
            if let Some(score) = label.map(|score| score + 10_000).or_else(beside) {
                scored.push((score, n));
            }
        }
        scored.sort_by_key(|&(score, n)| (std::cmp::Reverse(score), n));
        self.fits = scored.into_iter().map(|(_, item)| Fit { item, lit: Vec::new() }).collect();
        for fit in self.fits.iter_mut().take(LIT) {
            let label = Utf32Str::new(&self.items[fit.item].label, &mut buffer);
            pattern.indices(label, &mut matcher, &mut fit.lit);
            fit.lit.sort_unstable();
            fit.lit.dedup();
        }
        if let Some(kind) = self.new
            && !self.items.iter().any(|item| item.label == typed)
        {
            let item = Item::new(Value::New, typed.to_owned()).with(kind);
            self.fits.push(Fit { item: self.items.len(), lit: Vec::new() });
            self.items.push(item);
        }
    }

    /// Moves the choice by `by` rows, around the ends where `around`.
    pub fn step(&mut self, by: isize, around: bool) {
        let count = self.fits.len() as isize;
        if count > 0 {
            let to = self.at as isize + by;
            self.at = if around { to.rem_euclid(count) } else { to.clamp(0, count - 1) } as usize;
        }
    }

    /// Returns the chosen row.
    pub fn chosen(&self) -> Option<&Item> {
        self.items.get(self.fits.get(self.at)?.item)
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
        picker.narrow();
        assert_eq!(picker.chosen().map(|item| item.label.as_str()), Some("Donald Trump"));
        assert_eq!(picker.fits[0].lit, [0, 7, 8]);
        picker.step(-1, true);
        assert_eq!(picker.chosen().map(|item| (item.value.clone(), item.label.as_str())), Some((Value::New, "dtr")));
        picker.query = Line::new("Theresa May");
        picker.narrow();
        assert_eq!(picker.items.len(), 3);
    }

    #[test]
    fn an_empty_list_chooses_nothing() {
        let mut picker = Picker::new(Choice::Tag, "Tag", Vec::new(), Some("new tag"));
        picker.step(1, true);
        assert_eq!(picker.chosen(), None);
    }
}
