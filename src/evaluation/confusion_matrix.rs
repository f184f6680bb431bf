//! Which labels were taken for which.

/// How often each true class was predicted as each class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfusionMatrix {
    /// `counts[truth][prediction]`.
    counts: Vec<Vec<u64>>,
}

impl ConfusionMatrix {
    /// Counts pairs of true and predicted class.
    ///
    /// # Panics
    ///
    /// If a class is not below `n_classes`.
    #[must_use]
    pub fn new(n_classes: usize, pairs: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let mut counts = vec![vec![0; n_classes]; n_classes];
        for (truth, prediction) in pairs {
            counts[truth][prediction] += 1;
        }
        Self { counts }
    }

    /// The number of classes.
    #[must_use]
    pub fn n_classes(&self) -> usize {
        self.counts.len()
    }

    /// How often `truth` was predicted as `prediction`.
    #[must_use]
    pub fn count(&self, truth: usize, prediction: usize) -> u64 {
        self.counts[truth][prediction]
    }

    /// How often `class` is the truth.
    #[must_use]
    pub fn support(&self, class: usize) -> u64 {
        self.counts[class].iter().sum()
    }

    fn predicted(&self, class: usize) -> u64 {
        self.counts.iter().map(|row| row[class]).sum()
    }

    /// The number of pairs.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.iter().flatten().sum()
    }

    /// The share of right predictions, 0 to 1; `None` without pairs.
    #[must_use]
    pub fn accuracy(&self) -> Option<f64> {
        ratio(
            (0..self.n_classes())
                .map(|class| self.count(class, class))
                .sum(),
            self.total(),
        )
    }

    /// Of the sentences predicted as `class` the share that are, 0 to 1; `None` when none is.
    #[must_use]
    pub fn precision(&self, class: usize) -> Option<f64> {
        ratio(self.count(class, class), self.predicted(class))
    }

    /// Of the sentences that are `class` the share predicted so, 0 to 1; `None` when none is.
    #[must_use]
    pub fn recall(&self, class: usize) -> Option<f64> {
        ratio(self.count(class, class), self.support(class))
    }

    /// The harmonic mean of precision and recall, 2·TP / (support + predicted), 0 to 1; `None` when the class
    /// is neither true nor predicted anywhere.
    #[must_use]
    pub fn f1(&self, class: usize) -> Option<f64> {
        ratio(
            2 * self.count(class, class),
            self.support(class) + self.predicted(class),
        )
    }

    /// The mean of F1 over the classes that are true or predicted somewhere (scikit-learn's `f1_score` with
    /// `average="macro"`); `None` without pairs.
    #[must_use]
    pub fn macro_f1(&self) -> Option<f64> {
        let defined: Vec<f64> = (0..self.n_classes())
            .filter_map(|class| self.f1(class))
            .collect();
        (!defined.is_empty()).then(|| defined.iter().sum::<f64>() / defined.len() as f64)
    }
}

fn ratio(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_agree_with_scikit_learn() {
        // >>> from sklearn.metrics import *
        // >>> t = [0, 0, 0, 1, 1, 2, 2, 2, 2, 2]; p = [0, 0, 1, 1, 2, 2, 2, 2, 0, 1]
        // >>> precision_score(t, p, average=None)  ->  0.66666667, 0.33333333, 0.75
        // >>> recall_score(t, p, average=None)     ->  0.66666667, 0.5, 0.6
        // >>> f1_score(t, p, average=None)         ->  0.66666667, 0.4, 0.66666667
        // >>> f1_score(t, p, average="macro"), accuracy_score(t, p)  ->  0.5777777777777778, 0.6
        let truth = [0, 0, 0, 1, 1, 2, 2, 2, 2, 2];
        let prediction = [0, 0, 1, 1, 2, 2, 2, 2, 0, 1];
        let matrix = ConfusionMatrix::new(3, truth.into_iter().zip(prediction));
        let close = |got: Option<f64>, expected: f64| {
            assert!((got.unwrap() - expected).abs() < 1e-12, "{got:?}")
        };
        for (class, expected) in [2.0 / 3.0, 1.0 / 3.0, 0.75].into_iter().enumerate() {
            close(matrix.precision(class), expected);
        }
        for (class, expected) in [2.0 / 3.0, 0.5, 0.6].into_iter().enumerate() {
            close(matrix.recall(class), expected);
        }
        for (class, expected) in [2.0 / 3.0, 0.4, 2.0 / 3.0].into_iter().enumerate() {
            close(matrix.f1(class), expected);
        }
        close(matrix.macro_f1(), 0.577_777_777_777_777_8);
        close(matrix.accuracy(), 0.6);
    }

    #[test]
    fn a_ratio_of_nothing_is_not_zero() {
        let matrix = ConfusionMatrix::new(3, [(0, 0), (1, 0)]);
        assert_eq!(matrix.precision(1), None);
        assert_eq!(matrix.recall(1), Some(0.0));
        assert_eq!(matrix.f1(2), None);
        assert_eq!(ConfusionMatrix::new(2, []).accuracy(), None);
    }
}
