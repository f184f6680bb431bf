//! A sentence that got another label than its own.

use serde::{Deserialize, Serialize};

/// A sentence that got another label than its own, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ErrorCase {
    /// The file it comes from, without its folders.
    pub file: Option<String>,
    /// Its line there, counted from 1.
    pub line: Option<u64>,
    /// Its identifier.
    pub id: Option<String>,
    /// The sentence.
    pub text: String,
    /// What it is.
    pub truth: String,
    /// What it was taken for.
    pub prediction: String,
    /// The probability of `prediction`, 0 to 1.
    pub confidence: f64,
    /// The probability of `truth`, 0 to 1.
    pub probability_of_truth: f64,
    /// The label that came second. Contributions above zero speak for `prediction`, those below zero for this one.
    pub runner_up: String,
    /// What the bias contributes.
    pub bias: f64,
    /// The margin of `prediction` minus that of `runner_up`: the sum of the bias and all contributions.
    pub difference: f64,
    /// Each word in the order of the sentence, from [`Classifier::explain`](crate::Classifier::explain).
    pub evidence: Vec<EvidenceWord>,
}

/// What a word contributes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EvidenceWord {
    /// Where it begins in the text, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The word as it stands there.
    pub word: String,
    /// Above zero for the prediction, below zero for the runner-up.
    pub contribution: f64,
}
