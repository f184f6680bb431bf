//! How margins become probabilities that can be taken at their word.

use ndarray::{Array1, Array2};
use serde::{Deserialize, Serialize};

use super::calibration_loss::{CalibrationLoss, TemperatureLoss, VectorLoss};
use super::calibrator::Calibrator;
use super::lbfgs::Lbfgs;
use crate::Error;

/// Small beside a log-loss that matters, and within reach of the rounding of a mean.
const TOLERANCE: f64 = 1e-9;
/// Far more steps than one or two numbers a class need.
const MAX_ITERATIONS: u64 = 1000;

/// The form of the map that makes margins of held-out rows into calibrated ones.
///
/// Guo et al., On calibration of modern neural networks (ICML 2017), section 4.2. Both forms
/// minimise the log-loss of the softmax, with [`Lbfgs`], starting from a map that is no worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Calibration {
    /// Margins stay as they are.
    #[default]
    None,
    /// One scale above 0 for all classes, the inverse of their temperature; never changes which
    /// class is largest.
    Temperature,
    /// A scale and a shift for each class; starts from the temperature.
    Vector,
}

impl Calibration {
    /// Learns from `margins` of shape `(n_rows, n_classes)`, the class index of each row, and its
    /// sample weight (an empty array means 1 each). The rows must not have trained the margins.
    ///
    /// Margins that separate the classes without error have no best scale: it grows until the mean
    /// slope of the log-loss falls to 1e-9.
    ///
    /// # Errors
    ///
    /// If there is no row, if lengths differ, if a target is not below `n_classes`, or if a margin
    /// or weight is not finite or a weight negative.
    pub fn fit(
        self,
        margins: &Array2<f64>,
        targets: &Array1<usize>,
        sample_weights: &Array1<f32>,
    ) -> Result<Calibrator, Error> {
        let n_classes = margins.ncols();
        let loss = CalibrationLoss::new(margins, targets, sample_weights)?;
        if self == Self::None {
            return Ok(Calibrator::identity(n_classes));
        }
        let minimiser = Lbfgs {
            tolerance: TOLERANCE,
            max_iterations: MAX_ITERATIONS,
            l1: None,
        };
        // The logarithm of the scale is searched, so that the scale stays above 0.
        let minimum = minimiser.minimise(&mut TemperatureLoss(&loss), vec![0.0]);
        let temperature_scale = libm::exp(minimum.parameters[0]);
        let mut calibrator = Calibrator::identity(n_classes);
        calibrator.scale.fill(temperature_scale);
        if self == Self::Temperature {
            return Ok(calibrator);
        }
        // Scales are searched relative to the temperature's, which brings all to one magnitude.
        let start = [vec![1.0; n_classes], vec![0.0; n_classes]].concat();
        let mut vector_loss = VectorLoss {
            loss: &loss,
            unit: temperature_scale,
        };
        let minimum = minimiser.minimise(&mut vector_loss, start);
        let (scale, shift) = minimum.parameters.split_at(n_classes);
        calibrator.scale = scale
            .iter()
            .map(|scale| scale * temperature_scale)
            .collect();
        calibrator.shift = shift.to_vec();
        Ok(calibrator)
    }
}
