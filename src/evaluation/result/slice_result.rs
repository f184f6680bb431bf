//! The figures of parts of the data.

use serde::{Deserialize, Serialize};

use super::Estimate;

/// The sentences sorted by the values of one field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SliceField {
    /// The field, such as "source", "year of date" or "length (quartile)", which counts characters.
    pub field: String,
    /// The sentences that have no value there; they are in no slice.
    pub without_value: u64,
    /// One for each value, in the order of the values.
    pub slices: Vec<SliceResult>,
}

/// The sentences of one value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SliceResult {
    /// The value.
    pub value: String,
    /// How many sentences have it.
    pub sentences: u64,
    /// In how many groups they lie.
    pub groups: u64,
    /// Share of right predictions.
    pub accuracy: Estimate,
    /// Mean F1 over the classes that are true or predicted in the slice.
    pub macro_f1: Estimate,
    /// Log-loss in nats.
    pub log_loss: Estimate,
    /// Accuracy here minus accuracy in all other sentences with a value; `None` where there are no others.
    pub difference: Option<f64>,
    /// How likely a difference this far below zero is if the value has no bearing on accuracy; by permutation of whole groups,
    /// one-sided.
    pub p_value: Option<f64>,
    /// The same after Holm's correction for the slices of the field.
    pub p_holm: Option<f64>,
    /// Whether `p_holm` is below 0.05.
    pub worse: bool,
}
