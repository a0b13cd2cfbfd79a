//! The whole engine on the sample articles that come with the program, against what is true of them.

use jiff::civil::Date;
use serde_json::Value;
use std::fmt::Write as _;
use std::path::PathBuf;
use whosaid::engine::{Analysis, Cancel, Options, Quote, QuoteKind, analyze};
use whosaid::text::{Clean, PointIndex, Span};

/// What must be reached on one sample: shares of the true quotations, in percent.
struct Floor {
    name: &'static str,
    found: usize,
    speaker: usize,
    /// Of those whose time the text states.
    dated: usize,
}

const FLOORS: &[Floor] = &[
    Floor { name: "council", found: 86, speaker: 86, dated: 80 },
    Floor { name: "damaged", found: 84, speaker: 80, dated: 75 },
    Floor { name: "interview", found: 88, speaker: 80, dated: 84 },
    Floor { name: "long", found: 88, speaker: 71, dated: 88 },
    Floor { name: "nested", found: 77, speaker: 64, dated: 90 },
    Floor { name: "posts", found: 85, speaker: 75, dated: 75 },
    Floor { name: "tour", found: 95, speaker: 90, dated: 95 },
];

/// What was reached on one sample, in percent.
struct Reached {
    quotations: usize,
    found: usize,
    speaker: usize,
    dated: usize,
}

fn read(name: &str) -> (String, Value) {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/samples")).join(name);
    let text = std::fs::read_to_string(path.with_extension("txt")).expect("the sample is there");
    let truth = std::fs::read_to_string(path.with_extension("truth.json")).expect("its truth is there");
    (text, serde_json::from_str(&truth).expect("the truth is JSON"))
}

/// A part of a quotation in code points of the raw text.
fn points(analysis: &Analysis, index: &PointIndex, text: &str, part: Span<Clean>) -> (usize, usize) {
    let raw = analysis.clean.raw_span(part, text);
    (index.to_points(text, raw.start), index.to_points(text, raw.end))
}

/// How much of two stretches is common to both, 0 to 1.
fn overlap(a: (usize, usize), b: (usize, usize)) -> f64 {
    let common = a.1.min(b.1).saturating_sub(a.0.max(b.0));
    let hull = a.1.max(b.1).saturating_sub(a.0.min(b.0));
    if hull == 0 { 0.0 } else { common as f64 / hull as f64 }
}

fn last_name(name: Option<&str>) -> Option<String> {
    name.and_then(|name| name.split_whitespace().next_back()).map(str::to_lowercase)
}

fn day(value: &Value) -> Option<Date> {
    value.as_str()?.parse().ok()
}

/// Tells whether a quotation is dated within a day of what is true.
fn is_dated(quote: &Quote, from: Date, to: Date) -> bool {
    let Some(said) = &quote.said_at else { return false };
    let apart = |a: Date, b: Date| a.until(b).map_or(i32::MAX, |span| span.get_days());
    // Days from the end of the one to the beginning of the other; negative where they overlap.
    apart(said.interval.to, from) <= 1 && apart(to, said.interval.from) <= 1
}

fn measure(name: &str) -> Reached {
    let (text, truth) = read(name);
    let options = Options { given_date: day(&truth["date"]), ..Options::default() };
    let analysis = analyze(&text, &options, &Cancel::default()).expect("nobody cancels");
    let index = PointIndex::new(&text);
    // The truth tells the parts of an interrupted quotation one by one; an indirect one counts as a whole.
    let mut open: Vec<(&Quote, Span<Clean>)> = Vec::new();
    for quote in &analysis.quotes {
        match quote.kind {
            QuoteKind::Direct => open.extend(quote.spans.iter().map(|&part| (quote, part))),
            _ => open.push((quote, quote.hull())),
        }
    }
    let quotes = truth["quotes"].as_array().expect("a list");
    let (mut found, mut speaker, mut dated, mut stated) = (0, 0, 0, 0);
    for wanted in quotes {
        let point = |key: &str| wanted[key].as_u64().expect("an offset") as usize;
        let place = (point("start"), point("end"));
        let days = day(&wanted["said_at"][0]).zip(day(&wanted["said_at"][1]));
        stated += usize::from(days.is_some());
        let best = open
            .iter()
            .enumerate()
            .map(|(n, &(_, part))| (overlap(place, points(&analysis, &index, &text, part)), n))
            .filter(|(share, _)| *share >= 0.5)
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let Some((_, n)) = best else { continue };
        let (quote, _) = open.remove(n);
        found += 1;
        let name = quote.speaker.and_then(|id| analysis.speaker(id)).and_then(|speaker| speaker.name.as_deref());
        speaker += usize::from(last_name(name) == last_name(wanted["speaker"].as_str()));
        dated += usize::from(days.is_some_and(|(from, to)| is_dated(quote, from, to)));
    }
    let share = |n: usize, of: usize| (n * 100).checked_div(of).unwrap_or(100);
    Reached {
        quotations: quotes.len(),
        found: share(found, quotes.len()),
        speaker: share(speaker, quotes.len()),
        dated: share(dated, stated),
    }
}

#[test]
fn samples_stay_as_well_read_as_they_were() {
    let mut table = String::from("sample     quotations  found       speaker     dated\n");
    let mut holds = true;
    for floor in FLOORS {
        let got = measure(floor.name);
        let fits = got.found >= floor.found && got.speaker >= floor.speaker && got.dated >= floor.dated;
        holds &= fits;
        let cell = |value: usize, least: usize| format!("{value} (>= {least})");
        writeln!(
            table,
            "{:<10} {:>10}  {:<11} {:<11} {:<11}{}",
            floor.name,
            got.quotations,
            cell(got.found, floor.found),
            cell(got.speaker, floor.speaker),
            cell(got.dated, floor.dated),
            if fits { "" } else { "  below its floor" }
        )
        .expect("a string takes text");
    }
    assert!(holds, "shares in percent, with their floors:\n{table}");
}
