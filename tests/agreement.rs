//! The measures of agreement give what other people's libraries give (fixtures/agreement/make.py).

use serde_json::Value;
use whosaid::annotation::Range;
use whosaid::annotation::agreement::{Measured, Unit, Wording, alpha, count, kappa};

fn cases() -> Vec<Value> {
    serde_json::from_str(include_str!("fixtures/agreement/cases.json")).expect("the fixture is JSON")
}

fn strings(list: &Value) -> Vec<Option<String>> {
    list.as_array().expect("a list").iter().map(|v| v.as_str().map(str::to_owned)).collect()
}

fn same(case: &Value, key: &str, ours: &Measured) {
    let near = match (case[key].as_f64(), ours) {
        (Some(theirs), Ok(ours)) => (theirs - ours).abs() < 1e-9,
        (None, Err(_)) => true,
        _ => false,
    };
    assert!(near, "seed {}: {key} is {} and ours {ours:?}", case["seed"], case[key]);
}

#[test]
fn kappa_equals_scikit_learn() {
    for case in cases() {
        let (a, b) = (strings(&case["pair"][0]), strings(&case["pair"][1]));
        let pairs: Vec<(String, String)> = a.into_iter().flatten().zip(b.into_iter().flatten()).collect();
        same(&case, "kappa_scikit_learn", &kappa(&pairs));
    }
}

#[test]
fn alpha_equals_krippendorff_and_simpledorff() {
    for case in cases() {
        let rows: Vec<Vec<Option<String>>> = case["table"].as_array().expect("rows").iter().map(strings).collect();
        let units: Vec<Vec<String>> =
            (0..rows[0].len()).map(|n| rows.iter().filter_map(|row| row[n].clone()).collect()).collect();
        let ours = alpha(&units);
        same(&case, "alpha_krippendorff", &ours);
        same(&case, "alpha_simpledorff", &ours);
    }
}

#[test]
fn exact_f1_equals_scikit_learn() {
    for case in cases() {
        let units = |n: usize| -> Vec<Unit> {
            let spans = case["spans"][n].as_array().expect("spans");
            let at = |v: &Value| usize::try_from(v.as_u64().expect("an offset")).expect("small");
            let unit = |span: &Value| Unit {
                note: whosaid::annotation::NoteId::nil(),
                parts: vec![Range { start: at(&span[0]), end: at(&span[1]) }],
                quotation: Some(true),
                speaker: None,
                tags: std::collections::BTreeSet::new(),
            };
            spans.iter().map(unit).collect()
        };
        let (a, b) = (units(0), units(1));
        let (a, b): (Vec<&Unit>, Vec<&Unit>) = (a.iter().collect(), b.iter().collect());
        let (exact, _) = count(&a, &b, 0, &Wording::default());
        same(&case, "f1_scikit_learn", &exact.f1());
    }
}

#[test]
fn most_cases_have_a_value() {
    let defined = |key: &str| cases().iter().filter(|case| case[key].is_f64()).count();
    assert_eq!((cases().len(), defined("kappa_scikit_learn"), defined("alpha_krippendorff")), (22, 20, 20));
}
