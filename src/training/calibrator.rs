//! The fitted map from raw margins to calibrated ones.

use ndarray::Array2;
use serde::{Deserialize, Serialize};

use crate::model::LinearWeights;

/// Replaces the margin `m_k` of class `k` by `scale[k] · m_k + shift[k]`. The softmax of the result
/// is the calibrated probability.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Calibrator {
    /// One a class.
    pub scale: Vec<f64>,
    /// One a class.
    pub shift: Vec<f64>,
}

impl Calibrator {
    /// Leaves margins as they are.
    #[must_use]
    pub fn identity(n_classes: usize) -> Self {
        Self {
            scale: vec![1.0; n_classes],
            shift: vec![0.0; n_classes],
        }
    }

    /// Calibrates `margins` of shape `(n_rows, n_classes)` in place.
    ///
    /// # Panics
    ///
    /// If `margins` has another number of classes.
    pub fn apply(&self, margins: &mut Array2<f64>) {
        assert_eq!(
            margins.ncols(),
            self.scale.len(),
            "classes of margins and calibrator differ"
        );
        for mut row in margins.outer_iter_mut() {
            for (class, margin) in row.iter_mut().enumerate() {
                *margin = self.scale[class] * *margin + self.shift[class];
            }
        }
    }

    /// Changes `model` so that its margins come out calibrated, up to rounding to `f32`.
    ///
    /// # Panics
    ///
    /// If `model` has another number of classes.
    pub fn fold_into(&self, model: &mut LinearWeights) {
        assert_eq!(
            model.bias.len(),
            self.scale.len(),
            "classes of model and calibrator differ"
        );
        for mut column in model.weights.outer_iter_mut() {
            for (weight, scale) in column.iter_mut().zip(&self.scale) {
                *weight = (scale * f64::from(*weight)) as f32;
            }
        }
        for (class, bias) in model.bias.iter_mut().enumerate() {
            *bias = (self.scale[class] * f64::from(*bias) + self.shift[class]) as f32;
        }
    }
}
