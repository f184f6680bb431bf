//! The figures of each slice.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Slicing, worse_by_permutation};
use crate::evaluation::{Figure, Resampling, Scores, SliceField, SliceResult, holm};

/// A slice with a corrected p-value below this is marked.
const LEVEL: f64 = 0.05;

/// The figures of each slice of `scores`, with intervals, and whether it is worse than the others: see [`worse_by_permutation`]. The p-values
/// of a field are corrected by [`holm`].
///
/// # Panics
///
/// Unless `slicing` has a value (or none) for each sentence.
#[must_use]
pub fn slice_field(scores: &Scores, slicing: &Slicing, resampling: Resampling) -> SliceField {
    assert_eq!(scores.truth.len(), slicing.values.len(), "one value each");
    let mut rows_of: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (row, value) in slicing.values.iter().enumerate() {
        if let Some(value) = value {
            rows_of.entry(value).or_default().push(row);
        }
    }
    let values: Vec<(&str, Vec<usize>)> = rows_of.into_iter().collect();
    // Of each group and value: the sentences and how many are right.
    let mut units: BTreeMap<(usize, usize), (u64, u64)> = BTreeMap::new();
    for (number, (_, rows)) in values.iter().enumerate() {
        for &row in rows {
            let unit = units.entry((number, scores.groups[row])).or_default();
            unit.0 += 1;
            unit.1 += u64::from(scores.prediction(row) == scores.truth[row]);
        }
    }
    let slices: Vec<SliceResult> = values
        .par_iter()
        .enumerate()
        .map(|(number, (value, rows))| {
            let of_slice = scores.select(rows);
            let figures = [Figure::Accuracy, Figure::MacroF1, Figure::LogLoss];
            let estimates = of_slice.estimates(&figures, resampling);
            let units: Vec<(u64, u64, bool)> = units
                .iter()
                .map(|(&(of, _), &(n, right))| (n, right, of == number))
                .collect();
            let accuracy = |inside: bool| {
                let of = units.iter().filter(|unit| unit.2 == inside);
                let (n, right) = of.fold((0, 0), |sum, unit| (sum.0 + unit.0, sum.1 + unit.1));
                (n > 0).then(|| right as f64 / n as f64)
            };
            SliceResult {
                value: (*value).to_owned(),
                sentences: rows.len() as u64,
                groups: units.iter().filter(|unit| unit.2).count() as u64,
                accuracy: estimates[0],
                macro_f1: estimates[1],
                log_loss: estimates[2],
                difference: accuracy(true).zip(accuracy(false)).map(|(a, b)| a - b),
                p_value: worse_by_permutation(&units, resampling.seed, number as u64),
                p_holm: None,
                worse: false,
            }
        })
        .collect();
    let corrected = holm(
        &slices
            .iter()
            .filter_map(|slice| slice.p_value)
            .collect::<Vec<_>>(),
    );
    let mut corrected = corrected.into_iter();
    SliceField {
        field: slicing.field.clone(),
        without_value: slicing
            .values
            .iter()
            .filter(|value| value.is_none())
            .count() as u64,
        slices: slices
            .into_iter()
            .map(|slice| {
                let p_holm = slice.p_value.and_then(|_| corrected.next());
                SliceResult {
                    p_holm,
                    worse: p_holm.is_some_and(|p| p < LEVEL),
                    ..slice
                }
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;

    #[test]
    fn a_slice_that_is_worse_is_marked_and_its_like_are_not() {
        // 300 sentences of each of three sources; of the second half are wrong, of the others a tenth.
        let n = 900;
        let is_wrong = |row: usize| match row % 3 {
            1 => (row / 3).is_multiple_of(2),
            _ => (row / 3).is_multiple_of(10),
        };
        let scores = Scores {
            truth: (0..n).map(|row| usize::from(is_wrong(row))).collect(),
            probabilities: Array2::from_shape_fn((n, 2), |(_, class)| [0.8, 0.2][class]),
            groups: (0..n).collect(),
        };
        let values = (0..n).map(|row| (row != 0).then(|| ["a", "b", "c"][row % 3].to_owned()));
        let slicing = Slicing::new("source", values.collect()).unwrap();
        let resampling = Resampling {
            resamples: 200,
            seed: 1,
        };
        let field = slice_field(&scores, &slicing, resampling);
        assert_eq!(field.without_value, 1);
        let marked: Vec<_> = field
            .slices
            .iter()
            .map(|slice| (&*slice.value, slice.worse))
            .collect();
        assert_eq!(marked, [("a", false), ("b", true), ("c", false)]);
        let b = &field.slices[1];
        assert_eq!(
            (b.sentences, b.groups, b.accuracy.value),
            (300, 300, Some(0.5))
        );
        let rest = (270.0 + 270.0) / 599.0;
        assert!((b.difference.unwrap() - (0.5 - rest)).abs() < 1e-12);
        // The smallest p there can be, times three slices.
        assert_eq!((b.p_value, b.p_holm), (Some(1e-4), Some(3.0 * 1e-4)));
        assert!(field.slices[0].p_holm.unwrap() > 0.9);
    }
}
