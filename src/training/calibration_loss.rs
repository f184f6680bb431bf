//! The objectives of calibration.

use ndarray::{Array1, Array2};
use rayon::prelude::*;

use super::lbfgs::Objective;
use super::softmax::softmax_log_sum_inplace;
use super::training_set::{checked_weights, invalid_row};
use crate::Error;

/// Rows summed by one task; a constant, so that sums do not depend on the number of threads.
const BLOCK_ROWS: usize = 1024;

/// The mean log-loss `Σ_i p_i · −ln softmax(scale · m_i + shift)_y(i)` of held-out margins, with
/// the shares `p_i` of the sample weights.
pub(super) struct CalibrationLoss {
    /// Row after row, `n_classes` each.
    margins: Vec<f64>,
    targets: Vec<usize>,
    shares: Vec<f64>,
    n_classes: usize,
}

/// A loss with its derivatives by the scale and the shift of each class.
struct Slopes {
    loss: f64,
    by_scale: Vec<f64>,
    by_shift: Vec<f64>,
}

impl CalibrationLoss {
    /// # Errors
    ///
    /// As [`Calibration::fit`](super::Calibration::fit).
    pub(super) fn new(
        margins: &Array2<f64>,
        targets: &Array1<usize>,
        sample_weights: &Array1<f32>,
    ) -> Result<Self, Error> {
        let (n_rows, n_classes) = margins.dim();
        let weights = checked_weights(n_rows, n_classes, targets, sample_weights)?;
        for (row, margins) in margins.outer_iter().enumerate() {
            if let Some(margin) = margins.iter().find(|margin| !margin.is_finite()) {
                return Err(invalid_row(row, "a margin", "finite", margin));
            }
        }
        let total: f64 = weights.iter().sum();
        Ok(Self {
            margins: margins.iter().copied().collect(),
            targets: targets.to_vec(),
            shares: weights.iter().map(|weight| weight / total).collect(),
            n_classes,
        })
    }

    fn slopes(&self, scale: &[f64], shift: &[f64]) -> Slopes {
        let blocks: Vec<Slopes> = self
            .margins
            .par_chunks(BLOCK_ROWS * self.n_classes)
            .enumerate()
            .map(|(block, margins)| self.block_slopes(block * BLOCK_ROWS, margins, scale, shift))
            .collect();
        let mut sum = Slopes::zero(self.n_classes);
        for block in &blocks {
            sum.loss += block.loss;
            for class in 0..self.n_classes {
                sum.by_scale[class] += block.by_scale[class];
                sum.by_shift[class] += block.by_shift[class];
            }
        }
        sum
    }

    /// Sums over the rows of `margins`, of which the first is row `first`.
    fn block_slopes(&self, first: usize, margins: &[f64], scale: &[f64], shift: &[f64]) -> Slopes {
        let mut sum = Slopes::zero(self.n_classes);
        let mut probabilities = vec![0.0; self.n_classes];
        for (row, margins) in (first..).zip(margins.chunks_exact(self.n_classes)) {
            for (class, calibrated) in probabilities.iter_mut().enumerate() {
                *calibrated = scale[class] * margins[class] + shift[class];
            }
            let (target, share) = (self.targets[row], self.shares[row]);
            let target_margin = probabilities[target];
            sum.loss += share * (softmax_log_sum_inplace(&mut probabilities) - target_margin);
            probabilities[target] -= 1.0;
            for (class, residual) in probabilities.iter().enumerate() {
                sum.by_scale[class] += share * residual * margins[class];
                sum.by_shift[class] += share * residual;
            }
        }
        sum
    }
}

impl Slopes {
    fn zero(n_classes: usize) -> Self {
        Self {
            loss: 0.0,
            by_scale: vec![0.0; n_classes],
            by_shift: vec![0.0; n_classes],
        }
    }
}

/// The loss by one parameter, the logarithm of a scale common to all classes.
pub(super) struct TemperatureLoss<'a>(pub(super) &'a CalibrationLoss);

impl Objective for TemperatureLoss<'_> {
    fn evaluate(&mut self, parameters: &[f64], gradient: &mut [f64]) -> f64 {
        let scale = libm::exp(parameters[0]);
        let n_classes = self.0.n_classes;
        let slopes = self
            .0
            .slopes(&vec![scale; n_classes], &vec![0.0; n_classes]);
        // The chain rule: d scale / d ln(scale) = scale.
        gradient[0] = scale * slopes.by_scale.iter().sum::<f64>();
        slopes.loss
    }
}

/// The loss by the scales of all classes, in multiples of `unit`, then their shifts.
pub(super) struct VectorLoss<'a> {
    pub(super) loss: &'a CalibrationLoss,
    pub(super) unit: f64,
}

impl Objective for VectorLoss<'_> {
    fn evaluate(&mut self, parameters: &[f64], gradient: &mut [f64]) -> f64 {
        let n_classes = self.loss.n_classes;
        let scale: Vec<f64> = parameters[..n_classes]
            .iter()
            .map(|scale| scale * self.unit)
            .collect();
        let slopes = self.loss.slopes(&scale, &parameters[n_classes..]);
        for (class, by_scale) in slopes.by_scale.iter().enumerate() {
            gradient[class] = by_scale * self.unit;
        }
        gradient[n_classes..].copy_from_slice(&slopes.by_shift);
        slopes.loss
    }
}
