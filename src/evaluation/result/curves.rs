//! The data of plots.

use serde::{Deserialize, Serialize};

/// Precision against recall of one class.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CurveOfPrecision {
    /// The class.
    pub label: String,
    /// From the highest threshold to the lowest; at most 202 points, the first and last among them.
    pub points: Vec<PrecisionPoint>,
}

/// What a threshold gives.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PrecisionPoint {
    /// Sentences with at least this probability of the class are taken to be of it.
    pub threshold: f64,
    /// Of those taken, the share that are, 0 to 1.
    pub precision: f64,
    /// Of those that are, the share taken, 0 to 1.
    pub recall: f64,
}

/// The sentences whose confidence lies in a range.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ReliabilityBin {
    /// Confidences above this,
    pub low: f64,
    /// up to and with this.
    pub high: f64,
    /// How many sentences.
    pub sentences: u64,
    /// Their mean confidence; `None` without sentences.
    pub confidence: Option<f64>,
    /// The share of them that is right; `None` without sentences.
    pub accuracy: Option<f64>,
}

/// How many sentences, right and wrong, have a confidence in a range.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ConfidenceBin {
    /// Confidences above this,
    pub low: f64,
    /// up to and with this.
    pub high: f64,
    /// Predicted right.
    pub right: u64,
    /// Predicted wrong.
    pub wrong: u64,
}
