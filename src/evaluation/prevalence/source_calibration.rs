//! Probabilities that agree with the test sentences before they are carried elsewhere.

use ndarray::{Array1, Array2};

use crate::evaluation::Scores;
use crate::training::{Calibration, softmax_inplace};

/// Rounds of fitting the factors; each brings the means closer.
const MAX_ROUNDS: usize = 500;
const TOLERANCE: f64 = 1e-9;

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
    /// Fits it to `scores`, first the temperature and then the factors, by largest likelihood. Without sentences it changes nothing.
    #[must_use]
    pub fn fit(scores: &Scores) -> Self {
        let rows: Vec<usize> = (0..scores.truth.len()).collect();
        Self::of_rows(scores, &rows)
    }

    /// The same from some of the sentences, which may come several times.
    pub(super) fn of_rows(scores: &Scores, rows: &[usize]) -> Self {
        let n_classes = scores.n_classes();
        let margins = Array2::from_shape_fn((rows.len(), n_classes), |(row, class)| {
            logarithm(scores.probabilities[[rows[row], class]])
        });
        let truth: Array1<usize> = rows.iter().map(|&row| scores.truth[row]).collect();
        let scale = Calibration::Temperature
            .fit(&margins, &truth, &Array1::from(Vec::new()))
            .map_or(1.0, |calibrator| calibrator.scale[0]);
        let mut calibration = Self {
            scale,
            shift: vec![0.0; n_classes],
        };
        let mut shares = vec![0.0; n_classes];
        for &class in &truth {
            shares[class] += 1.0 / rows.len() as f64;
        }
        // Of largest likelihood are the factors with which the mean probabilities are the shares: raise what is too low.
        let scaled = calibration.apply_margins(margins);
        let mut factors = vec![1.0; n_classes];
        for _ in 0..MAX_ROUNDS {
            let mut sums = vec![0.0; n_classes];
            for row in scaled.outer_iter() {
                let total: f64 = row.iter().zip(&factors).map(|(p, factor)| p * factor).sum();
                for ((sum, p), factor) in sums.iter_mut().zip(row).zip(&factors) {
                    *sum += p * factor / total;
                }
            }
            let mut change: f64 = 0.0;
            for ((factor, share), sum) in factors.iter_mut().zip(&shares).zip(&sums) {
                // Nothing can be learned of a class that is not there.
                if *share > 0.0 && *sum > 0.0 {
                    let step = share * rows.len() as f64 / sum;
                    *factor *= step;
                    change = change.max((step - 1.0).abs());
                }
            }
            if change < TOLERANCE {
                break;
            }
        }
        calibration.shift = factors.into_iter().map(libm::log).collect();
        calibration
    }

    /// The calibrated probabilities for probabilities of shape `(n_rows, n_classes)`.
    ///
    /// # Panics
    ///
    /// If they have another number of classes.
    #[must_use]
    pub fn apply(&self, probabilities: &Array2<f64>) -> Array2<f64> {
        assert_eq!(probabilities.ncols(), self.shift.len(), "classes differ");
        self.apply_margins(probabilities.mapv(logarithm))
    }

    fn apply_margins(&self, mut margins: Array2<f64>) -> Array2<f64> {
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

/// Probabilities are kept from 0 as in the log-loss.
fn logarithm(probability: f64) -> f64 {
    libm::log(probability.max(f64::EPSILON))
}
