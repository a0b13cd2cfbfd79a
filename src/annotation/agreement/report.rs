//! All measures together, for one document or for many: pair by pair, and over all coders.

use super::measured::{Measured, Undefined};
use super::nominal::{alpha, kappa};
use super::spans::{Counts, count, matches};
use super::unitised::{UnitisedTerms, lanes, unitised_1995, unitised_2016};
use super::units::{Coding, Unit, Wording};
use crate::annotation::model::Range;
use std::collections::{BTreeMap, BTreeSet};

/// How to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// By how many words an edge may be off and the units still be the same.
    pub tolerance: usize,
}

/// What several coders marked in one document.
#[derive(Debug, Clone, Default)]
pub struct DocumentCodings {
    /// The document.
    pub document: String,
    /// What each marked; a coder who did not work on the document is not in the list.
    pub codings: Vec<Coding>,
    /// What is known of its text.
    pub wording: Wording,
    /// Its length in code points, or at least as far as anybody marked it.
    pub length: usize,
}

/// How far two coders agree.
#[derive(Debug, Clone, PartialEq)]
pub struct PairAgreement {
    /// The two.
    pub coders: [String; 2],
    /// What they marked, compared by code points.
    pub exact: Counts,
    /// The same, with the tolerance at the edges.
    pub near: Counts,
    /// Cohen's kappa on *quotation* or *no quotation*, over what both decided.
    pub decisions: Measured,
    /// How many that is over.
    pub decided: usize,
    /// Cohen's kappa on the whole set of tags, over what both hold for a quotation.
    pub tags: Measured,
    /// How many that is over.
    pub matched: usize,
    /// Cohen's kappa on each tag: given or not.
    pub by_tag: BTreeMap<String, Measured>,
    /// The share, 0 to 1, of the matched units to which both give the same speaker, where both name one or nobody.
    pub same_speaker: Measured,
    /// Cohen's kappa on the speaker.
    pub speakers: Measured,
    /// How many these are over.
    pub attributed: usize,
    /// The passages that both tagged, compared by code points.
    pub passages: Counts,
    /// The same, with the tolerance at the edges.
    pub near_passages: Counts,
}

/// How far all coders agree.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// Who coded, by name.
    pub coders: Vec<String>,
    /// Each two of them.
    pub pairs: Vec<PairAgreement>,
    /// Krippendorff's alpha on *quotation* or *no quotation*.
    pub alpha_decisions: Measured,
    /// Krippendorff's alpha on the whole set of tags.
    pub alpha_tags: Measured,
    /// Krippendorff's alpha on the speaker.
    pub alpha_speakers: Measured,
    /// Unitising alpha of 1995 on what is marked as quotation: strict on edges.
    pub unitised_1995: Measured,
    /// Unitising alpha of 2016 on the same: the share of the text on which they differ.
    pub unitised_2016: Measured,
    /// Unitising alpha of 1995 tag by tag, on quotations and passages, added up over the tags.
    pub unitised_tags: Measured,
}

/// Measures the agreement over these documents together: counts are added and units pooled before anything is divided;
/// for the unitising alphas the disagreements, observed and expected, are added, each document weighed by its length.
pub fn measure(documents: &[DocumentCodings], settings: Settings) -> Agreement {
    let names: BTreeSet<&str> = documents.iter().flat_map(|d| &d.codings).map(|coding| coding.coder.as_str()).collect();
    let names: Vec<&str> = names.into_iter().collect();
    let mut pairs = Vec::new();
    for (n, &first) in names.iter().enumerate() {
        for &second in &names[n + 1..] {
            pairs.extend(pair(documents, [first, second], settings));
        }
    }
    let groups: Vec<Vec<&Unit>> = documents.iter().flat_map(|document| groups(document, settings)).collect();
    let values = |of: &dyn Fn(&Unit) -> Option<String>| -> Vec<Vec<String>> {
        groups.iter().map(|group| group.iter().filter_map(|unit| of(unit)).collect()).collect()
    };
    let many = |measured: Measured| if names.len() < 2 { Err(Undefined::OneCoder) } else { measured };
    let unitised = |of: &dyn Fn(&DocumentCodings) -> UnitisedTerms| -> Measured {
        let several = documents.iter().filter(|document| document.codings.len() > 1);
        let terms: UnitisedTerms = several.map(|document| weighed(of(document), document.length)).sum();
        let units = |coding: &Coding| coding.units.iter().chain(&coding.passages).any(Unit::marked);
        let marked = documents.iter().flat_map(|d| &d.codings).any(units);
        if marked { terms.alpha() } else { Err(Undefined::NothingMarked) }
    };
    Agreement {
        coders: names.iter().map(|&name| name.to_owned()).collect(),
        pairs,
        alpha_decisions: many(alpha(&values(&|unit| unit.quotation.map(|is| decision(is).to_owned())))),
        alpha_tags: many(alpha(&values(&|unit| unit.marked().then(|| tag_set(unit))))),
        alpha_speakers: many(alpha(&values(&|unit| unit.speaker.as_deref().filter(|_| unit.marked()).map(speaker)))),
        unitised_1995: many(unitised(&|document| strict(document, &|_| true, false))),
        unitised_2016: many(unitised(&lenient)),
        unitised_tags: many(unitised(&by_tag)),
    }
}

/// Both coefficients are shares of the text: longer documents count for more.
fn weighed(terms: UnitisedTerms, length: usize) -> UnitisedTerms {
    let length = length as f64;
    UnitisedTerms { observed: terms.observed * length, expected: terms.expected * length }
}

fn pair(documents: &[DocumentCodings], coders: [&str; 2], settings: Settings) -> Option<PairAgreement> {
    let (mut exact, mut near) = (Counts::default(), Counts::default());
    let (mut passages, mut near_passages) = (Counts::default(), Counts::default());
    let (mut decisions, mut tags, mut speakers) = (Vec::new(), Vec::new(), Vec::new());
    let mut sets: Vec<[&BTreeSet<String>; 2]> = Vec::new();
    let mut together = false;
    for document in documents {
        let of = |name: &str| document.codings.iter().find(|coding| coding.coder == name);
        let (Some(first), Some(second)) = (of(coders[0]), of(coders[1])) else { continue };
        together = true;
        let [a, b] = [first, second].map(|coding| coding.passages.iter().collect::<Vec<&Unit>>());
        let counts = count(&a, &b, settings.tolerance, &document.wording);
        passages += counts.0;
        near_passages += counts.1;
        let (first, second): (Vec<&Unit>, Vec<&Unit>) = (first.units.iter().collect(), second.units.iter().collect());
        let counts = count(&marked(&first), &marked(&second), settings.tolerance, &document.wording);
        exact += counts.0;
        near += counts.1;
        for (a, b, _) in matches(&first, &second, settings.tolerance, &document.wording) {
            let (a, b) = (first[a], second[b]);
            if let (Some(a), Some(b)) = (a.quotation, b.quotation) {
                decisions.push((decision(a), decision(b)));
            }
            if a.marked() && b.marked() {
                tags.push((tag_set(a), tag_set(b)));
                sets.push([&a.tags, &b.tags]);
                if let (Some(a), Some(b)) = (&a.speaker, &b.speaker) {
                    speakers.push((speaker(a), speaker(b)));
                }
            }
        }
    }
    let known: BTreeSet<&String> = sets.iter().flatten().flat_map(|set| set.iter()).collect();
    let by_tag = known.into_iter().map(|tag| {
        let said = |set: &BTreeSet<String>| if set.contains(tag) { "given" } else { "not given" };
        let pairs: Vec<(&str, &str)> = sets.iter().map(|[a, b]| (said(a), said(b))).collect();
        (tag.clone(), kappa(&pairs))
    });
    let same = speakers.iter().filter(|(a, b)| a == b).count();
    together.then(|| PairAgreement {
        coders: coders.map(str::to_owned),
        exact,
        near,
        decisions: kappa(&decisions),
        decided: decisions.len(),
        tags: kappa(&tags),
        matched: tags.len(),
        by_tag: by_tag.collect(),
        same_speaker: if speakers.is_empty() {
            Err(Undefined::NoUnits)
        } else {
            Ok(same as f64 / speakers.len() as f64)
        },
        speakers: kappa(&speakers),
        attributed: speakers.len(),
        passages,
        near_passages,
    })
}

fn marked<'a>(units: &[&'a Unit]) -> Vec<&'a Unit> {
    units.iter().copied().filter(|unit| unit.marked()).collect()
}

fn decision(is: bool) -> &'static str {
    if is { "a quotation" } else { "no quotation" }
}

fn tag_set(unit: &Unit) -> String {
    let tags: Vec<&str> = unit.tags.iter().map(String::as_str).collect();
    if tags.is_empty() { "no tag".to_owned() } else { tags.join(" + ") }
}

/// Names are compared without regard to case.
fn speaker(name: &str) -> String {
    if name.is_empty() { "nobody".to_owned() } else { name.to_lowercase() }
}

/// Puts the units of all coders that stand for the same words together: each coder's are matched with what the coders
/// before marked.
fn groups(document: &DocumentCodings, settings: Settings) -> Vec<Vec<&Unit>> {
    let mut groups: Vec<Vec<&Unit>> = Vec::new();
    for coding in &document.codings {
        let units: Vec<&Unit> = coding.units.iter().collect();
        let heads: Vec<&Unit> = groups.iter().map(|group| group[0]).collect();
        let mut left = vec![true; units.len()];
        for (a, b, _) in matches(&heads, &units, settings.tolerance, &document.wording) {
            groups[a].push(units[b]);
            left[b] = false;
        }
        groups.extend(units.iter().zip(left).filter(|(_, left)| *left).map(|(&unit, _)| vec![unit]));
    }
    groups
}

/// The parts that each coder marked, of the units that `of` takes; of passages too, where tags are asked for.
fn parts(document: &DocumentCodings, of: &dyn Fn(&Unit) -> bool, passages: bool) -> Vec<Vec<Range>> {
    let marked = |coding: &Coding| -> Vec<Range> {
        let passages = coding.passages.iter().filter(|_| passages);
        let units = coding.units.iter().chain(passages).filter(|unit| unit.marked() && of(unit));
        units.flat_map(|unit| &unit.parts).copied().collect()
    };
    document.codings.iter().map(marked).collect()
}

fn strict(document: &DocumentCodings, of: &dyn Fn(&Unit) -> bool, passages: bool) -> UnitisedTerms {
    lanes(&parts(document, of, passages)).iter().map(|lane| unitised_1995(lane, document.length)).sum()
}

fn by_tag(document: &DocumentCodings) -> UnitisedTerms {
    let tags: BTreeSet<&String> = document
        .codings
        .iter()
        .flat_map(|coding| coding.units.iter().chain(&coding.passages))
        .filter(|unit| unit.marked())
        .flat_map(|unit| &unit.tags)
        .collect();
    tags.into_iter().map(|tag| strict(document, &|unit| unit.tags.contains(tag), true)).sum()
}

fn lenient(document: &DocumentCodings) -> UnitisedTerms {
    lanes(&parts(document, &|_| true, false))
        .into_iter()
        .map(|lane| {
            let lane: Vec<Vec<(Range, ())>> =
                lane.into_iter().map(|units| units.into_iter().map(|unit| (unit, ())).collect()).collect();
            // Code points of disagreement, as a share of the text.
            let terms = unitised_2016(&lane, document.length);
            let length = document.length.max(1) as f64;
            UnitisedTerms { observed: terms.observed / length, expected: terms.expected / length }
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn unit(start: usize, end: usize, quotation: Option<bool>, who: Option<&str>, tags: &[&str]) -> Unit {
        Unit {
            note: Uuid::nil(),
            parts: vec![Range { start, end }],
            quotation,
            speaker: who.map(str::to_owned),
            tags: tags.iter().map(|&tag| tag.to_owned()).collect(),
        }
    }

    fn document(name: &str, codings: &[(&str, &[Unit])]) -> DocumentCodings {
        let codings = codings
            .iter()
            .map(|(coder, units)| Coding { coder: (*coder).into(), units: units.to_vec(), ..Coding::default() })
            .collect();
        DocumentCodings { document: name.into(), codings, wording: Wording::default(), length: 100 }
    }

    const ONE: Settings = Settings { tolerance: 1 };

    #[test]
    fn identical_coders_agree_fully() {
        let units = [
            unit(0, 10, Some(true), Some("Ann"), &["a"]),
            unit(2, 5, Some(true), Some("Ben"), &[]),
            unit(20, 30, Some(true), Some("Ben"), &["b"]),
            unit(40, 50, Some(false), None, &[]),
        ];
        let found = measure(&[document("d", &[("x", &units), ("y", &units)])], ONE);
        let pair = &found.pairs[0];
        assert_eq!((pair.exact.f1(), pair.near.f1()), (Ok(1.0), Ok(1.0)));
        assert_eq!((pair.decided, pair.matched, pair.attributed), (4, 3, 3));
        let ones = [&pair.decisions, &pair.tags, &pair.by_tag["a"], &pair.same_speaker, &pair.speakers];
        assert!(ones.iter().all(|m| **m == Ok(1.0)), "{pair:?}");
        let all = [
            &found.alpha_decisions,
            &found.alpha_tags,
            &found.alpha_speakers,
            &found.unitised_1995,
            &found.unitised_2016,
            &found.unitised_tags,
        ];
        assert!(all.iter().all(|m| matches!(m, Ok(value) if (value - 1.0).abs() < 1e-12)), "{found:?}");
    }

    #[test]
    fn a_rejection_against_an_acceptance_is_a_disagreement_of_decision() {
        let x = [unit(0, 10, Some(true), None, &[]), unit(20, 30, Some(true), None, &[])];
        let y = [unit(0, 10, Some(false), None, &[]), unit(20, 30, Some(true), None, &[])];
        let found = measure(&[document("d", &[("x", &x), ("y", &y)])], ONE);
        let pair = &found.pairs[0];
        assert_eq!(pair.exact, Counts { both: 1, first: 2, second: 1 });
        assert_eq!(pair.decided, 2);
        assert_eq!(pair.decisions, Ok(0.0));
        assert_eq!(pair.same_speaker, Err(Undefined::NoUnits));
        assert!(found.unitised_1995.is_ok_and(|value| value < 1.0));
    }

    #[test]
    fn documents_are_pooled_and_absent_coders_do_not_count() {
        let a = [unit(0, 10, Some(true), Some("Ann"), &["a"])];
        let b = [unit(50, 60, Some(true), Some("ben"), &["b"])];
        let found = measure(
            &[
                document("1", &[("x", &a), ("y", &a)]),
                document("2", &[("x", &b), ("y", &b), ("z", &a)]),
                document("3", &[("x", &b)]),
            ],
            ONE,
        );
        assert_eq!(found.coders, ["x", "y", "z"]);
        let xy = &found.pairs[0];
        assert_eq!(xy.exact, Counts { both: 2, first: 2, second: 2 });
        assert_eq!(found.pairs[1].exact, Counts { both: 0, first: 1, second: 1 });
        assert_eq!(xy.speakers, Ok(1.0));
        assert_eq!(found.alpha_tags, Ok(1.0));
    }

    #[test]
    fn passages_count_for_tags_and_never_among_quotations() {
        let quotes = [unit(0, 10, Some(true), None, &["a"])];
        let mut both = document("d", &[("x", &quotes), ("y", &quotes)]);
        let before = measure(std::slice::from_ref(&both), ONE);
        both.codings[0].passages = vec![unit(50, 60, None, None, &["a"]), unit(70, 80, None, None, &["b"])];
        both.codings[1].passages = vec![unit(50, 60, None, None, &["a"])];
        let found = measure(&[both], ONE);
        assert_eq!(found.pairs[0].passages, Counts { both: 1, first: 2, second: 1 });
        assert_eq!((found.pairs[0].exact, &found.unitised_1995), (before.pairs[0].exact, &before.unitised_1995));
        assert!(found.unitised_tags.is_ok_and(|value| value < 1.0));
    }

    #[test]
    fn one_coder_or_nothing_is_said_in_words() {
        let found = measure(&[document("1", &[("x", &[])])], ONE);
        assert_eq!(found.alpha_tags, Err(Undefined::OneCoder));
        let found = measure(&[document("1", &[("x", &[]), ("y", &[])])], ONE);
        assert_eq!(found.unitised_1995, Err(Undefined::NothingMarked));
        assert_eq!(found.pairs[0].exact.f1(), Err(Undefined::NothingMarked));
        assert_eq!(found.alpha_tags, Err(Undefined::NoUnits));
    }
}
