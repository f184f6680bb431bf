//! How a model does on the data it was trained on.

use serde::{Deserialize, Serialize};

use crate::evaluation::Evaluation;
use crate::evaluation::table::share;

/// Figures on the training data, each sentence scored by a model that had not seen its group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OwnDataFigures {
    /// Log-loss in nats before calibration.
    pub uncalibrated_log_loss: Option<f64>,
    /// Expected calibration error before calibration, 0 to 1.
    pub uncalibrated_calibration_error: Option<f64>,
    /// After calibration.
    pub evaluation: Evaluation,
}

impl OwnDataFigures {
    /// What calibration brought.
    #[must_use]
    pub fn calibration_in_words(&self) -> String {
        let calibrated = &self.evaluation.overall;
        format!(
            "Calibration took the log-loss from {} to {} and the expected calibration error from {} to {}.",
            share(self.uncalibrated_log_loss),
            share(calibrated.log_loss.value),
            share(self.uncalibrated_calibration_error),
            share(calibrated.expected_calibration_error.value),
        )
    }
}
