//! Scored sentences with their truth, and the figures they give.

use ndarray::{Array2, ArrayView1, Axis};
use serde::{Deserialize, Serialize};

use super::figures::WeightedScores;
use super::{ConfusionMatrix, Figure};
use crate::model::argmax;
use crate::training::softmax_inplace;

/// What a model said of sentences whose class is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Scores {
    /// The true class of each sentence.
    pub truth: Vec<usize>,
    /// The probability of each class, shape `(n_sentences, n_classes)`.
    pub probabilities: Array2<f64>,
    /// The group of each sentence: sentences of one group are resampled together.
    pub groups: Vec<usize>,
}

/// A range that holds the true figure in 95 of 100 samples.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Scores {
    /// Scores from calibrated margins of shape `(n_sentences, n_classes)`.
    #[must_use]
    pub fn from_margins(truth: Vec<usize>, margins: &Array2<f64>, groups: Vec<usize>) -> Self {
        let mut probabilities = margins.clone();
        for mut row in probabilities.outer_iter_mut() {
            let mut margins = row.to_vec();
            softmax_inplace(&mut margins);
            row.assign(&ArrayView1::from(&margins));
        }
        Self {
            truth,
            probabilities,
            groups,
        }
    }

    /// The number of classes.
    #[must_use]
    pub fn n_classes(&self) -> usize {
        self.probabilities.ncols()
    }

    /// The likeliest class of sentence `row`; of equal ones the first.
    #[must_use]
    pub fn prediction(&self, row: usize) -> usize {
        argmax(self.probabilities.row(row).iter().copied())
    }

    /// The confusion matrix of all sentences.
    #[must_use]
    pub fn confusion_matrix(&self) -> ConfusionMatrix {
        ConfusionMatrix::new(
            self.n_classes(),
            (0..self.truth.len()).map(|row| (self.truth[row], self.prediction(row))),
        )
    }

    /// The value of `figure`; `None` where it is a ratio of nothing.
    #[must_use]
    pub fn value(&self, figure: Figure) -> Option<f64> {
        let weighted = WeightedScores::new(self, &[figure]);
        weighted.sums(&vec![1; self.truth.len()]).value(figure)
    }

    /// The scores of some sentences.
    #[must_use]
    pub fn select(&self, rows: &[usize]) -> Self {
        Self {
            truth: rows.iter().map(|&row| self.truth[row]).collect(),
            probabilities: self.probabilities.select(Axis(0), rows),
            groups: rows.iter().map(|&row| self.groups[row]).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn log_loss_and_calibration_error_follow_their_definitions() {
        let scores = Scores {
            truth: vec![0, 1, 0, 1],
            probabilities: array![[0.9, 0.1], [0.9, 0.1], [0.61, 0.39], [0.35, 0.65]],
            groups: vec![0, 1, 2, 3],
        };
        // -(ln 0.9 + ln 0.1 + ln 0.61 + ln 0.65) / 4; scikit-learn's log_loss gives 0.833253…
        let expected = -(0.9f64.ln() + 0.1f64.ln() + 0.61f64.ln() + 0.65f64.ln()) / 4.0;
        assert!((scores.value(Figure::LogLoss).unwrap() - expected).abs() < 1e-12);
        // Bin (13/15, 14/15]: two sentences, mean confidence 0.9, accuracy 0.5. Bin (9/15, 10/15]: two, 0.63 and 1.
        let expected = 0.5 * (0.9 - 0.5) + 0.5 * (1.0 - 0.63);
        assert!((scores.value(Figure::CalibrationError).unwrap() - expected).abs() < 1e-12);
    }

    #[test]
    fn the_interval_of_an_accuracy_is_the_binomial_one() {
        // 400 independent sentences, 300 of them right: the normal approximation gives 0.75 ± 1.96·√(0.75·0.25/400).
        let n = 400;
        let scores = Scores {
            truth: (0..n).map(|row| usize::from(row % 4 == 0)).collect(),
            probabilities: Array2::from_shape_fn(
                (n, 2),
                |(_, class)| if class == 0 { 0.8 } else { 0.2 },
            ),
            groups: (0..n).collect(),
        };
        let interval = scores.interval(Figure::Accuracy, 7).unwrap();
        let half = 1.96 * (0.75 * 0.25 / n as f64).sqrt();
        assert!((interval.low - (0.75 - half)).abs() < 0.005, "{interval:?}");
        assert!(
            (interval.high - (0.75 + half)).abs() < 0.005,
            "{interval:?}"
        );
    }

    #[test]
    fn sentences_of_one_group_are_resampled_together() {
        // All of one group: every resample is the sample.
        let scores = Scores {
            truth: vec![0, 1, 1],
            probabilities: array![[0.9, 0.1], [0.9, 0.1], [0.2, 0.8]],
            groups: vec![0, 0, 0],
        };
        let interval = scores.interval(Figure::Accuracy, 1).unwrap();
        assert_eq!((interval.low, interval.high), (2.0 / 3.0, 2.0 / 3.0));
    }
}
