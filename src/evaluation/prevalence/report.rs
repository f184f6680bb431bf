//! What is to be expected elsewhere, as data.

use serde::{Deserialize, Serialize};

use super::Estimated;
use crate::evaluation::Interval;

/// How prevalence is estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrevalenceOptions {
    /// Resamples of the intervals. Default 1,000.
    pub resamples: u64,
    /// What drives them. Default 1.
    pub seed: u64,
}

impl Default for PrevalenceOptions {
    fn default() -> Self {
        Self {
            resamples: 1000,
            seed: 1,
        }
    }
}

/// A share of all sentences, 0 to 1, with its 95 % interval; a given share has none.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// The share.
    pub value: f64,
    /// The range that holds the true one in 95 of 100 samples.
    pub interval: Option<Interval>,
}

/// How large an archive is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchiveSize {
    /// Its files.
    pub files: Vec<String>,
    /// Its documents.
    pub documents: u64,
    /// Its sentences.
    pub sentences: u64,
    /// How many of them, drawn at random, the estimate rests on.
    pub sampled_sentences: u64,
}

/// What is to be expected of a model where the labels have other shares than in the test data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Prevalence {
    /// The archive whose shares were estimated; `None` where shares were given.
    pub archive: Option<ArchiveSize>,
    /// Each label.
    pub labels: Vec<LabelPrevalence>,
    /// Accuracy in the test data.
    pub test_accuracy: Option<f64>,
    /// Accuracy to be expected with these shares.
    pub accuracy: Estimated,
    /// Macro-F1 in the test data.
    pub test_macro_f1: Option<f64>,
    /// Macro-F1 to be expected with these shares.
    pub macro_f1: Estimated,
    /// Whether the two estimates agree, so that their intervals overlap for each label; `None` where shares were given.
    pub estimates_agree: Option<bool>,
    /// Resamples of the intervals.
    pub resamples: u64,
    /// What drives them.
    pub seed: u64,
}

/// The share of a label, and what it makes of the label's figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LabelPrevalence {
    /// The label.
    pub label: String,
    /// Its share in the test data.
    pub test_share: f64,
    /// The share that the figures are for: the given one, or that of expectation maximisation.
    pub share: Share,
    /// The share of the archive's sentences that the model gives this label.
    pub counted: Option<f64>,
    /// The share by adjusted count.
    pub adjusted_count: Option<Share>,
    /// Precision in the test data.
    pub test_precision: Option<f64>,
    /// Precision to be expected: of the sentences with this label the share that are.
    pub precision: Estimated,
    /// Recall, which does not depend on shares.
    pub recall: Estimated,
    /// F1 to be expected.
    pub f1: Estimated,
}
