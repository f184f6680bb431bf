//! Which labels are taken for which.

use serde::{Deserialize, Serialize};

/// The confusion matrix as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfusionCounts {
    /// What a row is: "truth".
    pub rows: String,
    /// What a column is: "prediction".
    pub columns: String,
    /// `counts[truth][prediction]`, in the order of the labels.
    pub counts: Vec<Vec<u64>>,
}

/// One label taken for another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Confusion {
    /// What the sentences are.
    pub truth: String,
    /// What they were taken for.
    pub prediction: String,
    /// How many.
    pub sentences: u64,
    /// Their share of all sentences that are `truth`, 0 to 1.
    pub share_of_truth: f64,
    /// The most confident of them, as places in [`Evaluation::errors`](super::Evaluation::errors).
    pub examples: Vec<usize>,
}
