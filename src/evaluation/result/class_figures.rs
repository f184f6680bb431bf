//! The figures of one class.

use serde::{Deserialize, Serialize};

use super::Estimate;

/// Every figure of one class.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClassFigures {
    /// Its name.
    pub label: String,
    /// How many sentences are of it.
    pub support: u64,
    /// How many sentences were predicted to be of it.
    pub predicted: u64,
    /// Of those predicted, the share that are, 0 to 1.
    pub precision: Estimate,
    /// Of those that are, the share predicted, 0 to 1.
    pub recall: Estimate,
    /// Harmonic mean of both, 0 to 1.
    pub f1: Estimate,
    /// Area under the precision-recall curve by steps, 0 to 1.
    pub average_precision: Estimate,
    /// Calibration error of the probabilities of this class, 0 to 1.
    pub calibration_error: Estimate,
}
