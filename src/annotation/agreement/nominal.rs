//! Agreement on values without order: Cohen's kappa for two coders, Krippendorff's alpha for any number of them.

use super::measured::{Measured, Undefined};
use std::collections::BTreeMap;

/// Returns Cohen's kappa of two coders over the units that both have, -1 to 1.
///
/// Source: J. Cohen, *A coefficient of agreement for nominal scales*, Educational and Psychological Measurement 20
/// (1960), 37-46. Undefined where there are no units, or both gave every unit one and the same value.
pub fn kappa<T: Ord + ToString>(pairs: &[(T, T)]) -> Measured {
    let (first, _) = pairs.first().ok_or(Undefined::NoUnits)?;
    let mut margins: BTreeMap<&T, (u64, u64)> = BTreeMap::new();
    let mut same = 0_u64;
    for (a, b) in pairs {
        margins.entry(a).or_default().0 += 1;
        margins.entry(b).or_default().1 += 1;
        same += u64::from(a == b);
    }
    let units = pairs.len() as f64;
    if margins.len() == 1 {
        return Err(Undefined::OneValue(first.to_string()));
    }
    let by_chance: f64 = margins.values().map(|&(a, b)| (a as f64 / units) * (b as f64 / units)).sum();
    Ok((same as f64 / units - by_chance) / (1.0 - by_chance))
}

/// Returns Krippendorff's alpha for nominal values, at most 1. `units` has for each unit the value of every coder who
/// gave one: a coder who did not is left out, and the order of coders does not matter.
///
/// Source: K. Krippendorff, *Computing Krippendorff's Alpha-Reliability* (2011), section C: nominal data, any number
/// of observers, missing data. Undefined where no unit has two values, or all those that do have one and the same.
pub fn alpha<T: Ord + ToString>(units: &[Vec<T>]) -> Measured {
    let mut totals: BTreeMap<&T, f64> = BTreeMap::new();
    let mut disagreement = 0.0;
    for unit in units.iter().filter(|unit| unit.len() > 1) {
        let mut here: BTreeMap<&T, f64> = BTreeMap::new();
        for value in unit {
            *here.entry(value).or_default() += 1.0;
            *totals.entry(value).or_default() += 1.0;
        }
        let given = unit.len() as f64;
        let alike: f64 = here.values().map(|count| count * (count - 1.0)).sum();
        disagreement += (given * (given - 1.0) - alike) / (given - 1.0);
    }
    let (one, _) = totals.iter().next().ok_or(Undefined::NoUnits)?;
    if totals.len() == 1 {
        return Err(Undefined::OneValue(one.to_string()));
    }
    let all: f64 = totals.values().sum();
    let expected = all * all - totals.values().map(|count| count * count).sum::<f64>();
    Ok(1.0 - (all - 1.0) * disagreement / expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(measured: &Measured, value: f64) -> bool {
        measured.as_ref().is_ok_and(|m| (m - value).abs() < 1e-9)
    }

    #[test]
    fn kappa_of_a_table_worked_by_hand() {
        // 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: observed 0.7, by chance 0.5.
        let mut pairs = vec![("yes", "yes"); 20];
        pairs.extend(vec![("yes", "no"); 5]);
        pairs.extend(vec![("no", "yes"); 10]);
        pairs.extend(vec![("no", "no"); 15]);
        assert!(close(&kappa(&pairs), 0.4));
    }

    #[test]
    fn alpha_of_the_worked_example_with_missing_data() {
        // Krippendorff 2011, section C: four observers, twelve units, alpha = 0.743.
        let rows = [
            [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
            [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
        ];
        let units: Vec<Vec<i32>> =
            (0..12).map(|n| rows.iter().map(|row| row[n]).filter(|&value| value != 0).collect()).collect();
        let alpha = alpha(&units).unwrap();
        assert!((alpha - 0.743).abs() < 0.0005, "{alpha}");
    }

    #[test]
    fn what_is_undefined_says_why() {
        assert_eq!(kappa::<&str>(&[]), Err(Undefined::NoUnits));
        assert_eq!(kappa(&[("a", "a"), ("a", "a")]), Err(Undefined::OneValue("a".into())));
        assert_eq!(alpha::<&str>(&[vec!["a"], vec![]]), Err(Undefined::NoUnits));
        assert_eq!(alpha(&[vec!["a", "a"], vec!["b"]]), Err(Undefined::OneValue("a".into())));
        // One coder says always a, the other always b: defined, and no better than chance.
        assert!(close(&kappa(&[("a", "b"), ("a", "b")]), 0.0));
    }
}
