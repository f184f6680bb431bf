//! The figures over all classes.

use serde::{Deserialize, Serialize};

use super::Estimate;

/// Every figure over all classes. [`Figure`](crate::evaluation::Figure) defines each.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct OverallFigures {
    /// Share of right predictions, 0 to 1. Micro-averaged precision, recall and F1 are the same number, since every sentence has
    /// one label and gets one.
    pub accuracy: Estimate,
    /// Mean recall, 0 to 1.
    pub balanced_accuracy: Estimate,
    /// Mean precision, 0 to 1.
    pub macro_precision: Estimate,
    /// Mean recall, 0 to 1; the balanced accuracy under its other name.
    pub macro_recall: Estimate,
    /// Mean F1, 0 to 1.
    pub macro_f1: Estimate,
    /// Precision over all decisions, 0 to 1; equals the accuracy.
    pub micro_precision: Estimate,
    /// Recall over all decisions, 0 to 1; equals the accuracy.
    pub micro_recall: Estimate,
    /// F1 over all decisions, 0 to 1; equals the accuracy.
    pub micro_f1: Estimate,
    /// Mean precision, classes weighted by their support, 0 to 1.
    pub weighted_precision: Estimate,
    /// Mean recall, classes weighted by their support, 0 to 1.
    pub weighted_recall: Estimate,
    /// Mean F1, classes weighted by their support, 0 to 1.
    pub weighted_f1: Estimate,
    /// Mean average precision, 0 to 1.
    pub macro_average_precision: Estimate,
    /// Matthews correlation coefficient, −1 to 1.
    pub matthews_correlation: Estimate,
    /// Cohen's kappa between truth and prediction, −1 to 1.
    pub cohen_kappa: Estimate,
    /// Log-loss in nats, at least 0.
    pub log_loss: Estimate,
    /// Multi-class Brier score, 0 to 2.
    pub brier_score: Estimate,
    /// Expected calibration error, 0 to 1.
    pub expected_calibration_error: Estimate,
    /// Classwise calibration error, 0 to 1.
    pub classwise_calibration_error: Estimate,
}
