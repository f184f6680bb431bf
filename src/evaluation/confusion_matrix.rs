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

    /// Counts a pair `times` more.
    pub(super) fn add(&mut self, truth: usize, prediction: usize, times: u64) {
        self.counts[truth][prediction] += times;
    }

    /// The counts, `[truth][prediction]`.
    #[must_use]
    pub fn counts(&self) -> &[Vec<u64>] {
        &self.counts
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

    /// How often `class` is predicted.
    #[must_use]
    pub fn predicted(&self, class: usize) -> u64 {
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
        self.mean(|class| self.f1(class))
    }

    /// The mean of recall over the classes that occur (`balanced_accuracy_score`); `None` without pairs.
    #[must_use]
    pub fn balanced_accuracy(&self) -> Option<f64> {
        self.mean(|class| self.recall(class))
    }

    /// The mean of precision over the classes that are predicted somewhere; `None` without pairs.
    #[must_use]
    pub fn macro_precision(&self) -> Option<f64> {
        self.mean(|class| self.precision(class))
    }

    /// The mean of precision weighted by support, over the classes that are predicted somewhere; `None` when none of these occurs.
    #[must_use]
    pub fn weighted_precision(&self) -> Option<f64> {
        self.weighted_mean(|class| self.precision(class))
    }

    /// The mean of recall weighted by support; `None` without pairs.
    #[must_use]
    pub fn weighted_recall(&self) -> Option<f64> {
        self.weighted_mean(|class| self.recall(class))
    }

    /// The mean of F1 weighted by support; `None` without pairs.
    #[must_use]
    pub fn weighted_f1(&self) -> Option<f64> {
        self.weighted_mean(|class| self.f1(class))
    }

    /// The Matthews correlation coefficient for several classes, −1 to 1 (Gorodkin 2004); `None` when all pairs are of one true
    /// or of one predicted class.
    #[must_use]
    pub fn matthews_correlation(&self) -> Option<f64> {
        let Margins {
            right,
            chance,
            truths,
            predictions,
            total,
        } = self.margins();
        let spread = (total * total - truths).sqrt() * (total * total - predictions).sqrt();
        (spread > 0.0).then(|| (right * total - chance) / spread)
    }

    /// Cohen's kappa between truth and prediction, −1 to 1 (Cohen 1960); `None` when all pairs are of one and the same class.
    #[must_use]
    pub fn cohen_kappa(&self) -> Option<f64> {
        let Margins {
            right,
            chance,
            total,
            ..
        } = self.margins();
        let possible = total * total - chance;
        (possible > 0.0).then(|| (right * total - chance) / possible)
    }

    fn margins(&self) -> Margins {
        let classes = 0..self.n_classes();
        let sum = |term: &dyn Fn(usize) -> u64| -> f64 {
            // Whole numbers far below 2^53 are exact, in whatever order they are added.
            classes.clone().map(|class| term(class) as f64).sum()
        };
        Margins {
            right: sum(&|class| self.count(class, class)),
            chance: sum(&|class| self.support(class) * self.predicted(class)),
            truths: sum(&|class| self.support(class).pow(2)),
            predictions: sum(&|class| self.predicted(class).pow(2)),
            total: self.total() as f64,
        }
    }

    fn mean(&self, figure: impl Fn(usize) -> Option<f64>) -> Option<f64> {
        let (mut sum, mut n) = (0.0, 0.0);
        for value in (0..self.n_classes()).filter_map(figure) {
            sum += value;
            n += 1.0;
        }
        (n > 0.0).then(|| sum / n)
    }

    fn weighted_mean(&self, figure: impl Fn(usize) -> Option<f64>) -> Option<f64> {
        let (mut sum, mut weight) = (0.0, 0.0);
        for class in 0..self.n_classes() {
            if let Some(value) = figure(class) {
                sum += value * self.support(class) as f64;
                weight += self.support(class) as f64;
            }
        }
        (weight > 0.0).then(|| sum / weight)
    }
}

/// Sums over the classes: of right pairs, of the products and squares of how often each is true and predicted, and of all pairs.
struct Margins {
    right: f64,
    chance: f64,
    truths: f64,
    predictions: f64,
    total: f64,
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
