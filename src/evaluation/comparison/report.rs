//! What a comparison says, as data.

use serde::Serialize;

use super::{Compared, PredictionSource};
use crate::training::DataFile;

/// The name of the schema of [`Comparison`] in JSON.
pub const COMPARISON_SCHEMA: &str = "marsad-comparison";
/// Its version; it grows when a field changes its meaning or goes away.
pub const COMPARISON_VERSION: u32 = 1;

/// Models measured on the same sentences, each compared with the first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// [`COMPARISON_SCHEMA`].
    pub schema: &'static str,
    /// [`COMPARISON_VERSION`].
    pub version: u32,
    /// What was compared on.
    pub data: ComparisonData,
    /// Resamples of the bootstrap, and exchanges of approximate randomisation.
    pub resamples: u64,
    /// What drives them.
    pub seed: u64,
    /// The models in the order given.
    pub models: Vec<ComparedModel>,
    /// Each model but the first against the first.
    pub comparisons: Vec<Compared>,
}

/// The sentences that models are compared on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComparisonData {
    /// The files.
    pub files: Vec<DataFile>,
    /// The number of sentences.
    pub sentences: usize,
    /// The number of groups; that of the sentences where there are no groups.
    pub groups: usize,
    /// The labels of the sentences and those that models gave them, sorted.
    pub labels: Vec<String>,
}

/// How a model does by itself.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComparedModel {
    /// What it is called.
    pub name: String,
    /// Whether it is a model of ours or a file.
    pub source: PredictionSource,
    /// The SHA-256 of its weights or of its file.
    pub sha256: String,
    /// Macro-F1, 0 to 1, over the labels that are true or that it gives.
    pub macro_f1: f64,
    /// Share of right labels, 0 to 1.
    pub accuracy: f64,
    /// Mean of −ln of the probability of the true label, in nats; `None` where its probabilities are not known.
    pub log_loss: Option<f64>,
    /// Sentences that it gives no label.
    pub without_label: u64,
}

/// A sentence that one of two models has right.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SentenceWon {
    /// Its identifier.
    pub id: Option<String>,
    /// Its line in its file, counted from 1.
    pub line: u64,
    /// The sentence.
    pub text: String,
    /// Its label.
    pub truth: String,
    /// What the first model says.
    pub first: Option<String>,
    /// What the second model says.
    pub second: Option<String>,
}
