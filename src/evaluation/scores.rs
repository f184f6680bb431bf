//! Scored sentences with their truth, and the figures they give.

use ndarray::{Array2, ArrayView1};
use serde::{Deserialize, Serialize};

use super::ConfusionMatrix;
use super::bootstrap::bootstrap;
use crate::model::argmax;
use crate::training::softmax_inplace;

/// Confidences are sorted into this many bins of equal width for the calibration error.
const BINS: usize = 15;

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

/// The figures of a set of scored sentences.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Figure {
    /// Mean of F1 over the classes, 0 to 1.
    MacroF1,
    /// Share of right predictions, 0 to 1.
    Accuracy,
    /// F1 of one class, 0 to 1.
    F1(usize),
    /// Precision of one class, 0 to 1.
    Precision(usize),
    /// Recall of one class, 0 to 1.
    Recall(usize),
    /// Mean of −ln of the probability of the true class, in nats; at least 0.
    LogLoss,
    /// Expected calibration error over 15 bins, 0 to 1.
    CalibrationError,
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
        self.confusion_matrix_of(&self.all_rows())
    }

    /// The value of `figure`; `None` where it is a ratio of nothing.
    #[must_use]
    pub fn value(&self, figure: Figure) -> Option<f64> {
        self.value_of(figure, &self.all_rows())
    }

    /// The 95 % percentile bootstrap interval of `figure` (Efron and Tibshirani 1993, chapter 13) from 2,000 resamples of
    /// groups; `None` where a ratio of nothing leaves no sample.
    #[must_use]
    pub fn interval(&self, figure: Figure, seed: u64) -> Option<Interval> {
        let groups = self.rows_by_group();
        let mut rows = Vec::with_capacity(self.truth.len());
        let [interval] = bootstrap(groups.len(), seed, |drawn| {
            rows.clear();
            rows.extend(drawn.iter().flat_map(|&group| &groups[group]));
            [self.value_of(figure, &rows)]
        });
        interval
    }

    fn all_rows(&self) -> Vec<usize> {
        (0..self.truth.len()).collect()
    }

    fn rows_by_group(&self) -> Vec<Vec<usize>> {
        let n_groups = self.groups.iter().max().map_or(0, |&group| group + 1);
        let mut rows = vec![Vec::new(); n_groups];
        for (row, &group) in self.groups.iter().enumerate() {
            rows[group].push(row);
        }
        rows.retain(|rows| !rows.is_empty());
        rows
    }

    fn confusion_matrix_of(&self, rows: &[usize]) -> ConfusionMatrix {
        ConfusionMatrix::new(
            self.n_classes(),
            rows.iter()
                .map(|&row| (self.truth[row], self.prediction(row))),
        )
    }

    fn value_of(&self, figure: Figure, rows: &[usize]) -> Option<f64> {
        match figure {
            Figure::MacroF1 => self.confusion_matrix_of(rows).macro_f1(),
            Figure::Accuracy => self.confusion_matrix_of(rows).accuracy(),
            Figure::F1(class) => self.confusion_matrix_of(rows).f1(class),
            Figure::Precision(class) => self.confusion_matrix_of(rows).precision(class),
            Figure::Recall(class) => self.confusion_matrix_of(rows).recall(class),
            Figure::LogLoss => self.log_loss(rows),
            Figure::CalibrationError => self.calibration_error(rows),
        }
    }

    /// Probabilities are kept from 0 by the smallest step of `f64`, as scikit-learn does.
    fn log_loss(&self, rows: &[usize]) -> Option<f64> {
        let loss =
            |&row: &usize| -libm::log(self.probabilities[[row, self.truth[row]]].max(f64::EPSILON));
        (!rows.is_empty()).then(|| rows.iter().map(loss).sum::<f64>() / rows.len() as f64)
    }

    /// The mean distance between confidence and accuracy over bins of confidence, weighted by their
    /// size (Guo et al. 2017, "On calibration of modern neural networks", equation 3).
    fn calibration_error(&self, rows: &[usize]) -> Option<f64> {
        let mut confidence = [0.0; BINS];
        let mut right = [0.0; BINS];
        for &row in rows {
            let prediction = self.prediction(row);
            let probability = self.probabilities[[row, prediction]];
            // Bins are open below and closed above.
            let bin = ((probability * BINS as f64).ceil() as usize).clamp(1, BINS) - 1;
            confidence[bin] += probability;
            right[bin] += f64::from(u8::from(prediction == self.truth[row]));
        }
        let gaps = confidence
            .iter()
            .zip(&right)
            .map(|(confidence, right)| (confidence - right).abs());
        (!rows.is_empty()).then(|| gaps.sum::<f64>() / rows.len() as f64)
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
