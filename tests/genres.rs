//! Who says what in short articles of many genres, as marked by hand (`tests/genres/README.md`): a score a genre, with a floor.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use whosaid::engine::{Analysis, Cancel, Options, Quote, QuoteKind, analyze};

/// The least F1 of quotations in marks or set as speech, in percent, of a genre in `first/` and in `second/`: about
/// one quotation below what was reached.
const FLOORS: &[(&str, f64, f64)] = &[
    ("blocks", 47.0, 76.0),
    ("british", 78.0, 68.0),
    ("comments", 83.0, 80.0),
    ("court", 26.0, 83.0),
    ("crime", 85.0, 80.0),
    ("debate", 48.0, 76.0),
    ("earnings", 77.0, 49.0),
    ("feature", 71.0, 82.0),
    ("interview", 93.0, 89.0),
    ("letters", 71.0, 61.0),
    ("live_blog", 80.0, 83.0),
    ("nested", 72.0, 77.0),
    ("obituary", 69.0, 60.0),
    ("opinion", 9.0, 60.0),
    ("press_release", 71.0, 71.0),
    ("review", 0.0, 42.0),
    ("science", 78.0, 85.0),
    ("sources", 80.0, 87.0),
    ("sports", 58.0, 83.0),
    ("transcript", 87.0, 87.0),
    ("translated", 69.0, 83.0),
    ("tweets", 87.0, 85.0),
];

/// The same of all genres together.
const ALL: (f64, f64) = (85.0, 91.0);

/// The least F1 of all reported speech in the two halves, in percent.
const REPORTED: (f64, f64) = (69.0, 62.0);

/// Words before names that no name needs.
const TITLES: &[&str] =
    &["mr", "mrs", "ms", "dr", "sir", "sen", "gov", "sgt", "the", "senator", "judge", "lady", "lord"];

/// One quotation as marked by hand.
#[derive(Debug, Clone)]
struct Item {
    label: String,
    /// Byte ranges of the text.
    parts: Vec<(usize, usize)>,
}

/// An article and what is marked in it.
struct Marked {
    text: String,
    items: Vec<Item>,
}

/// What was reached in one genre: in marks or set as speech, and reported.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    gold: usize,
    right: usize,
    found: usize,
    false_finds: usize,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.gold += other.gold;
        self.right += other.right;
        self.found += other.found;
        self.false_finds += other.false_finds;
    }

    /// F1 of the quotations with the right speaker, in percent.
    fn f1(self) -> f64 {
        let all = self.gold + self.found + self.false_finds;
        if all == 0 { 100.0 } else { 200.0 * self.right as f64 / all as f64 }
    }
}

/// Reads the brackets out of an article.
fn parse(marked: &str) -> Marked {
    let mut text = String::new();
    let mut items: Vec<Item> = Vec::new();
    // Label, start, and the item that was closed last when it was opened.
    let mut open: Vec<(&str, usize, Option<usize>)> = Vec::new();
    let mut last = None;
    let mut rest = marked;
    while let Some(c) = rest.chars().next() {
        let label = rest.strip_prefix("[[").and_then(|inner| inner.split_once('|')).map(|(label, _)| label);
        if let Some(label) = label.filter(|label| !label.contains([']', '\n'])) {
            open.push((label, text.len(), last));
            rest = &rest[label.len() + 3..];
        } else if let Some(behind) = rest.strip_prefix("]]").filter(|_| !open.is_empty()) {
            let (label, start, before) = open.pop().expect("it is not empty");
            let part = (start, text.len());
            if label == "+" {
                let before: usize = before.expect("it goes on from something");
                let between = &text[items[before].parts.last().expect("at least one").1..start];
                let told = between.find(|c: char| c.is_ascii_lowercase());
                let ended = told.is_some_and(|at| between[at..].contains(['.', '!', '?']));
                if ended {
                    items.push(Item { label: items[before].label.clone(), parts: vec![part] });
                    last = Some(items.len() - 1);
                } else {
                    items[before].parts.push(part);
                    last = Some(before);
                }
            } else {
                items.push(Item { label: label.to_owned(), parts: vec![part] });
                last = Some(items.len() - 1);
            }
            rest = behind;
        } else {
            text.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    assert!(open.is_empty(), "not closed: {open:?}");
    Marked { text, items }
}

fn articles(path: &Path) -> Vec<Marked> {
    let file = std::fs::read_to_string(path).expect("the genre is there");
    let mut out = Vec::new();
    for part in format!("\n{file}").split("\n==== ").skip(1) {
        let (_, body) = part.split_once('\n').expect("a line tells what it is");
        out.push(parse(&format!("{}\n", body.trim_matches('\n'))));
    }
    out
}

/// For each byte whether a letter or figure begins there that these parts hold.
fn letters(text: &str, parts: &[(usize, usize)]) -> Vec<bool> {
    let mut out = vec![false; text.len()];
    for &(start, end) in parts {
        for (at, c) in text[start..end].char_indices() {
            out[start + at] |= c.is_alphanumeric();
        }
    }
    out
}

fn count(of: impl Iterator<Item = bool>) -> usize {
    of.filter(|is| *is).count()
}

fn common(a: &[bool], b: &[bool]) -> usize {
    count(a.iter().zip(b).map(|(a, b)| *a && *b))
}

fn size(a: &[bool]) -> usize {
    count(a.iter().copied())
}

/// The words of a name, without titles.
fn words(name: &str) -> Vec<String> {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    words.filter(|word| !TITLES.contains(word)).map(str::to_owned).collect()
}

fn is_right(label: &str, name: Option<&str>) -> bool {
    let label = label.trim_start_matches(['~', '%']);
    match name {
        None => label.starts_with('?') || label.is_empty(),
        Some(name) => {
            let known = words(name);
            !label.starts_with('?') && !label.is_empty() && words(label).iter().all(|word| known.contains(word))
        }
    }
}

/// The words in marks within a reported quotation.
fn marked_part(text: &str, (start, end): (usize, usize)) -> Option<(usize, usize)> {
    let inner = &text[start..end];
    let open = inner.find(['"', '“', '«', '„'])?;
    let first = open + inner[open..].chars().next().map_or(0, char::len_utf8);
    let close = inner.rfind(['"', '”', '»', '“']).filter(|close| *close > first)?;
    Some((start + first, start + close))
}

fn name_of<'a>(analysis: &'a Analysis, quote: &Quote) -> Option<&'a str> {
    quote.speaker.and_then(|id| analysis.speaker(id)).and_then(|speaker| speaker.name.as_deref())
}

/// Scores one article; `errors` takes what is wrong, a line each.
fn measure(article: &Marked, errors: &mut String) -> (Tally, Tally) {
    let text = &article.text;
    let analysis = analyze(text, &Options::default(), &Cancel::default()).expect("nobody cancels");
    let raw = |quote: &Quote| -> Vec<(usize, usize)> {
        let spans = quote.spans.iter().map(|span| analysis.clean.raw_span(*span, text));
        spans.map(|span| (span.start, span.end)).collect()
    };
    let found: Vec<(&Quote, Vec<bool>)> =
        analysis.quotes.iter().map(|quote| (quote, letters(text, &raw(quote)))).collect();
    let free = article.items.iter().filter(|item| item.label == "*").flat_map(|item| item.parts.clone());
    let free = letters(text, &free.collect::<Vec<_>>());
    let gold: Vec<&Item> = article.items.iter().filter(|item| !matches!(item.label.as_str(), "*" | "-")).collect();
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (n, item) in gold.iter().enumerate() {
        let wanted = letters(text, &item.parts);
        let marked = item.label.starts_with('~').then(|| marked_part(text, item.parts[0])).flatten();
        let marked = letters(text, &marked.into_iter().collect::<Vec<_>>());
        for (m, (_, held)) in found.iter().enumerate().filter(|(_, (_, held))| size(held) > 0) {
            let both = common(&wanted, held);
            let mut share = both as f64 / (size(&wanted) + size(held) - both) as f64;
            let holds = size(&marked) > 0 && 2 * common(&marked, held) >= size(&marked);
            if share < 0.5 && holds && 2 * (size(held) - both) <= size(held) {
                share = 0.5;
            }
            if share >= 0.5 {
                pairs.push((share, n, m));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut of_gold, mut of_found) = (BTreeMap::new(), BTreeMap::new());
    for (_, n, m) in pairs {
        if !of_gold.contains_key(&n) && !of_found.contains_key(&m) {
            of_gold.insert(n, m);
            of_found.insert(m, n);
        }
    }
    let (mut direct, mut reported) = (Tally::default(), Tally::default());
    for (n, item) in gold.iter().enumerate() {
        let tally = if item.label.starts_with('~') { &mut reported } else { &mut direct };
        tally.gold += 1;
        let said = &text[item.parts[0].0..item.parts[0].1];
        let Some(quote) = of_gold.get(&n).map(|&m| found[m].0) else {
            writeln!(errors, "  missed   {}: {said:.70}", item.label).expect("a string takes text");
            continue;
        };
        tally.found += 1;
        let name = name_of(&analysis, quote);
        tally.right += usize::from(is_right(&item.label, name));
        if !is_right(&item.label, name) {
            writeln!(errors, "  speaker  {}, not {name:?}: {said:.70}", item.label).expect("a string takes text");
        }
    }
    for (m, (quote, held)) in found.iter().enumerate() {
        if of_found.contains_key(&m) || size(held) == 0 || 2 * common(held, &free) >= size(held) {
            continue;
        }
        let tally = if quote.kind == QuoteKind::Direct { &mut direct } else { &mut reported };
        tally.false_finds += 1;
        let said = quote.hull().of(&analysis.clean.text);
        let name = name_of(&analysis, quote);
        writeln!(errors, "  no quote {} of {name:?}: {said:.70}", quote.kind.name()).expect("a string takes text");
    }
    (direct, reported)
}

/// Scores all genres of one half; returns them by name, and all reported speech.
fn half(name: &str) -> (BTreeMap<String, Tally>, Tally) {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/genres")).join(name);
    let mut genres: BTreeMap<String, Tally> = BTreeMap::new();
    let mut reported = Tally::default();
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        let genre = path.file_stem().expect("a name").to_string_lossy().into_owned();
        for article in articles(&path) {
            let mut errors = String::new();
            let (direct, indirect) = measure(&article, &mut errors);
            genres.entry(genre.clone()).or_default().add(direct);
            reported.add(indirect);
            println!("{name}/{genre}: {:.50}\n{errors}", article.text.lines().next().unwrap_or_default());
        }
    }
    (genres, reported)
}

#[test]
fn genres_stay_as_well_read_as_they_were() {
    let (first, first_reported) = half("first");
    let (second, second_reported) = half("second");
    let mut table = String::from("genre           first            second           (right of all, F1, its floor)\n");
    let mut holds = FLOORS.len() == first.len();
    let mut row = |name: &str, one: (Tally, f64), two: (Tally, f64)| {
        let cell = |(tally, floor): (Tally, f64)| {
            format!("{:>3}/{:<3} {:5.1} >= {floor:<4}", tally.right, tally.gold, tally.f1())
        };
        let fits = one.0.f1() >= one.1 && two.0.f1() >= two.1;
        let low = if fits { "" } else { "  below its floor" };
        writeln!(table, "{name:<14} {}  {}{low}", cell(one), cell(two)).expect("a string takes text");
        fits
    };
    let mut all = (Tally::default(), Tally::default());
    for (genre, &tally) in &first {
        let other = second.get(genre).copied().unwrap_or_default();
        let floor = FLOORS.iter().find(|floor| floor.0 == genre).map_or((genre.as_str(), 100.0, 100.0), |floor| *floor);
        holds &= row(genre, (tally, floor.1), (other, floor.2));
        all.0.add(tally);
        all.1.add(other);
    }
    holds &= row("all", (all.0, ALL.0), (all.1, ALL.1));
    holds &= row("reported", (first_reported, REPORTED.0), (second_reported, REPORTED.1));
    println!("{table}");
    assert!(holds, "\n{table}");
}

#[test]
fn brackets_are_read_out() {
    let marked = parse("\"[[A B|One,]]\" she said, \"[[+|two, '[[?|three]]']].\" He said. \"[[+|Four]]\" [[-|\"x\"]]");
    assert_eq!(marked.text, "\"One,\" she said, \"two, 'three'.\" He said. \"Four\" \"x\"");
    let words = |item: &Item| item.parts.iter().map(|&(a, b)| &marked.text[a..b]).collect::<Vec<_>>().join("|");
    let read: Vec<(String, String)> = marked.items.iter().map(|item| (item.label.clone(), words(item))).collect();
    let wanted = [("A B", "One,|two, 'three'"), ("?", "three"), ("A B", "Four"), ("-", "\"x\"")];
    assert_eq!(read, wanted.map(|(label, words)| (label.to_owned(), words.to_owned())));
}
