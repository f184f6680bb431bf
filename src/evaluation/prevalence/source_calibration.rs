//! Probabilities that agree with the test sentences before they are carried elsewhere.

use ndarray::Array2;

use crate::evaluation::Scores;
use crate::training::{Lbfgs, Objective, softmax_inplace};

/// Small beside a log-loss that matters.
const TOLERANCE: f64 = 1e-7;
/// Far more steps than a handful of numbers needs, and an end where the test sentences are told apart without error.
const MAX_ITERATIONS: u64 = 200;

/// A temperature and a factor for each class that make the probabilities of a model calibrated on test sentences, so that their
/// means are the shares of the classes there.
///
/// Carrying probabilities over to other shares takes them at their word, and asks for which shares they were meant: class weights
/// and training data of other shares would otherwise be read as a finding. A temperature and one bias a class cure that with
/// the fewest parameters (Alexandari, Kundaje and Shrikumar 2020, "Maximum likelihood with bias-corrected calibration is
/// hard-to-beat at label shift adaptation").
#[derive(Debug, Clone, PartialEq)]
pub struct SourceCalibration {
    /// What logarithms of probabilities are multiplied by.
    scale: f64,
    /// What they are raised by, one a class.
    shift: Vec<f64>,
}

impl SourceCalibration {
    /// Fits it to `scores` by largest likelihood. Without sentences it changes nothing; a class without sentences has no factor.
    #[must_use]
    pub fn fit(scores: &Scores) -> Self {
        let rows: Vec<usize> = (0..scores.truth.len()).collect();
        Self::of_rows(scores, &rows)
    }

    /// The same from some of the sentences, which may come several times.
    pub(super) fn of_rows(scores: &Scores, rows: &[usize]) -> Self {
        let n_classes = scores.n_classes();
        let mut loss = Loss {
            margins: Array2::from_shape_fn((rows.len(), n_classes), |(row, class)| {
                logarithm(scores.probabilities[[rows[row], class]])
            }),
            truth: rows.iter().map(|&row| scores.truth[row]).collect(),
            seen: vec![false; n_classes],
            row: vec![0.0; n_classes],
        };
        for &class in &loss.truth {
            loss.seen[class] = true;
        }
        let minimiser = Lbfgs {
            tolerance: TOLERANCE,
            max_iterations: MAX_ITERATIONS,
            l1: None,
        };
        let minimum = minimiser.minimise(&mut loss, vec![0.0; 1 + n_classes]);
        Self {
            scale: libm::exp(minimum.parameters[0]),
            shift: minimum.parameters[1..].to_vec(),
        }
    }

    /// The calibrated probabilities for probabilities of shape `(n_rows, n_classes)`.
    ///
    /// # Panics
    ///
    /// If they have another number of classes.
    #[must_use]
    pub fn apply(&self, probabilities: &Array2<f64>) -> Array2<f64> {
        assert_eq!(probabilities.ncols(), self.shift.len(), "classes differ");
        self.apply_to_logarithms(logarithms(probabilities))
    }

    /// The same for the [`logarithms`] of probabilities.
    pub(super) fn apply_to_logarithms(&self, mut margins: Array2<f64>) -> Array2<f64> {
        for mut row in margins.outer_iter_mut() {
            for (margin, shift) in row.iter_mut().zip(&self.shift) {
                *margin = self.scale * *margin + shift;
            }
            if let Some(row) = row.as_slice_mut() {
                softmax_inplace(row);
            }
        }
        margins
    }
}

/// The mean of −ln of the calibrated probability of the true class, of the logarithm of the scale and the shifts.
struct Loss {
    margins: Array2<f64>,
    truth: Vec<usize>,
    /// Which classes have sentences.
    seen: Vec<bool>,
    row: Vec<f64>,
}

impl Objective for Loss {
    fn evaluate(&mut self, parameters: &[f64], gradient: &mut [f64]) -> f64 {
        let (scale, shift) = (libm::exp(parameters[0]), &parameters[1..]);
        gradient.fill(0.0);
        let mut value = 0.0;
        for (margins, &truth) in self.margins.outer_iter().zip(&self.truth) {
            for ((cell, margin), shift) in self.row.iter_mut().zip(margins).zip(shift) {
                *cell = scale * margin + shift;
            }
            softmax_inplace(&mut self.row);
            value -= logarithm(self.row[truth]);
            for (class, probability) in self.row.iter().enumerate() {
                let slope = probability - f64::from(u8::from(class == truth));
                gradient[0] += slope * scale * margins[class];
                gradient[1 + class] += slope;
            }
        }
        let n = self.truth.len().max(1) as f64;
        for slope in gradient.iter_mut() {
            *slope /= n;
        }
        for (slope, seen) in gradient[1..].iter_mut().zip(&self.seen) {
            if !seen {
                *slope = 0.0;
            }
        }
        value / n
    }
}

/// The logarithms of probabilities.
pub(super) fn logarithms(probabilities: &Array2<f64>) -> Array2<f64> {
    probabilities.mapv(logarithm)
}

/// Probabilities are kept from 0 as in the log-loss.
fn logarithm(probability: f64) -> f64 {
    libm::log(probability.max(f64::EPSILON))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn mean_probabilities_become_the_shares_of_the_test_sentences() {
        // Of largest likelihood are shifts with which they agree: the derivative by a shift is the difference.
        let scores = Scores {
            truth: vec![0, 0, 0, 1, 0, 1],
            probabilities: array![
                [0.6, 0.4],
                [0.5, 0.5],
                [0.3, 0.7],
                [0.4, 0.6],
                [0.2, 0.8],
                [0.1, 0.9]
            ],
            groups: (0..6).collect(),
        };
        let calibrated = SourceCalibration::fit(&scores).apply(&scores.probabilities);
        let mean = calibrated.column(0).sum() / 6.0;
        assert!((mean - 4.0 / 6.0).abs() < 1e-5, "{mean}");
    }
}
