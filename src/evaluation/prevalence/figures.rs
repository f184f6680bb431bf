//! Figures where the classes have other shares than in the test data.

use serde::{Deserialize, Serialize};

use crate::evaluation::resampling::percentile_interval;
use crate::evaluation::{Interval, Scores};

/// A figure with its 95 % interval; `None` where it is a ratio of nothing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimated {
    /// The figure, 0 to 1.
    pub value: Option<f64>,
    /// The range that holds the true one in 95 of 100 samples.
    pub interval: Option<Interval>,
}

impl Estimated {
    pub(super) fn new(value: Option<f64>, resampled: Vec<f64>) -> Self {
        Self {
            value,
            interval: value.and(percentile_interval(resampled)),
        }
    }
}

/// `rates[truth][prediction]`: how often sentences of a class get each label; `None` for a class without sentences.
pub(super) fn confusion_rates(scores: &Scores, rows: &[usize]) -> Vec<Option<Vec<f64>>> {
    let n_classes = scores.n_classes();
    let mut counts = vec![vec![0.0; n_classes]; n_classes];
    for &row in rows {
        counts[scores.truth[row]][scores.prediction(row)] += 1.0;
    }
    let rates = counts.into_iter().map(|counts| {
        let total: f64 = counts.iter().sum();
        (total > 0.0).then(|| counts.iter().map(|count| count / total).collect())
    });
    rates.collect()
}

/// The figures of a model with these confusions where the classes have these shares.
///
/// How often a class is taken for another is assumed to be the same in the test data and elsewhere; only how often the class
/// occurs is not.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reweighted {
    pub(super) precision: Vec<Option<f64>>,
    pub(super) recall: Vec<Option<f64>>,
    pub(super) f1: Vec<Option<f64>>,
    pub(super) accuracy: Option<f64>,
    pub(super) macro_f1: Option<f64>,
}

impl Reweighted {
    /// All is `None` where a class that occurs has no confusions, because it has no test sentence.
    pub(super) fn new(rates: &[Option<Vec<f64>>], shares: &[f64]) -> Self {
        let n_classes = shares.len();
        let unknown = rates
            .iter()
            .zip(shares)
            .any(|(rates, &share)| rates.is_none() && share > 0.0);
        let recall: Vec<Option<f64>> = rates
            .iter()
            .enumerate()
            .map(|(class, rates)| Some(rates.as_ref()?[class]))
            .collect();
        if unknown {
            return Self {
                precision: vec![None; n_classes],
                recall,
                f1: vec![None; n_classes],
                accuracy: None,
                macro_f1: None,
            };
        }
        let mut predicted = vec![0.0; n_classes];
        for (rates, share) in rates.iter().zip(shares) {
            for (predicted, rate) in predicted.iter_mut().zip(rates.iter().flatten()) {
                *predicted += share * rate;
            }
        }
        let ratio = |part: f64, whole: f64| (whole > 0.0).then(|| part / whole);
        let right = |class: usize| shares[class] * recall[class].unwrap_or(0.0);
        let precision = (0..n_classes).map(|class| ratio(right(class), predicted[class]));
        let f1: Vec<Option<f64>> = (0..n_classes)
            .map(|class| ratio(2.0 * right(class), shares[class] + predicted[class]))
            .collect();
        let defined: Vec<f64> = f1.iter().flatten().copied().collect();
        Self {
            precision: precision.collect(),
            macro_f1: ratio(defined.iter().sum(), defined.len() as f64),
            accuracy: Some((0..n_classes).map(right).sum()),
            recall,
            f1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reweighted_figures_agree_with_sample_weights_of_scikit_learn() {
        // >>> from sklearn.metrics import *
        // >>> t = [0]*5 + [1]*5; p = [0,0,0,0,1, 1,1,1,0,0]; w = [0.1/0.5]*5 + [0.9/0.5]*5
        // >>> precision_score(t, p, average=None, sample_weight=w)  ->  [0.18181818, 0.96428571]
        // >>> recall_score(t, p, average=None, sample_weight=w)     ->  [0.8, 0.6]
        // >>> f1_score(t, p, average=None, sample_weight=w)         ->  [0.29629630, 0.73972603]
        // >>> accuracy_score(t, p, sample_weight=w)                 ->  0.62
        let rates = [Some(vec![0.8, 0.2]), Some(vec![0.4, 0.6])];
        let figures = Reweighted::new(&rates, &[0.1, 0.9]);
        let close = |got: Option<f64>, expected: f64| {
            assert!((got.unwrap() - expected).abs() < 1e-8, "{got:?} {expected}");
        };
        close(figures.precision[0], 0.181_818_18);
        close(figures.precision[1], 0.964_285_71);
        close(figures.recall[0], 0.8);
        close(figures.f1[0], 0.296_296_30);
        close(figures.f1[1], 0.739_726_03);
        close(figures.accuracy, 0.62);
    }

    #[test]
    fn a_class_without_test_sentences_leaves_no_figure_unless_it_does_not_occur() {
        let rates = [Some(vec![1.0, 0.0]), None];
        assert_eq!(Reweighted::new(&rates, &[0.5, 0.5]).accuracy, None);
        assert_eq!(Reweighted::new(&rates, &[1.0, 0.0]).accuracy, Some(1.0));
    }
}
