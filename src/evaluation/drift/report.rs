//! What drift there is, as data.

use serde::Serialize;

use super::Verdict;

/// The name of the schema of [`Drift`] in JSON.
pub const DRIFT_SCHEMA: &str = "marsad-drift";
/// Its version; it grows when a field changes its meaning or goes away.
pub const DRIFT_VERSION: u32 = 1;

/// How drift is tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DriftOptions {
    /// How often documents are dealt out to the two sides anew. Default 999.
    pub permutations: u64,
    /// What drives that. Default 1.
    pub seed: u64,
}

impl Default for DriftOptions {
    fn default() -> Self {
        Self {
            permutations: 999,
            seed: 1,
        }
    }
}

/// How two archives or periods differ in the eyes of a model.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Drift {
    /// [`DRIFT_SCHEMA`].
    pub schema: &'static str,
    /// [`DRIFT_VERSION`].
    pub version: u32,
    /// The labels of the model.
    pub label_names: Vec<String>,
    /// What is compared with.
    pub reference: DriftSide,
    /// What is new.
    pub new: DriftSide,
    /// The labels given.
    pub labels: Shift,
    /// How sure the model is, in bins of width 0.05.
    pub confidences: Shift,
    /// The 5,000 most frequent words of both sides, and all others as one.
    pub vocabulary: Shift,
    /// The rate of words that the model does not know; `None` for a model without known words.
    pub unknown_words: Option<RateChange>,
    /// The words that the divergence of the vocabulary owes most to and that are more frequent in the new.
    pub more: Vec<WordChange>,
    /// Those that are less frequent.
    pub less: Vec<WordChange>,
    /// What to do.
    pub verdict: Verdict,
    /// How often documents were dealt out anew.
    pub permutations: u64,
    /// What drives that.
    pub seed: u64,
}

/// One of the two sides; figures are of the sampled documents.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DriftSide {
    /// What it is called.
    pub name: String,
    /// Its documents.
    pub documents: u64,
    /// How many of them, drawn at random, the figures rest on.
    pub sampled_documents: u64,
    /// Their sentences.
    pub sentences: u64,
    /// Their words.
    pub words: u64,
    /// The share of each label, 0 to 1.
    pub label_shares: Vec<f64>,
    /// The mean confidence of their sentences, 0 to 1; `None` without sentences.
    pub mean_confidence: Option<f64>,
    /// The share of words that the model does not know, 0 to 1.
    pub unknown_words: Option<f64>,
}

/// How far a distribution has moved.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Shift {
    /// The population stability index: below 0.1 little, from 0.25 on much.
    pub population_stability: f64,
    /// The Jensen–Shannon divergence in bits, 0 to 1.
    pub jensen_shannon: f64,
    /// Its mean where documents are dealt out at random: what chance alone makes of two such sides.
    pub by_chance: f64,
    /// The share of random dealings with a divergence as large, the real one counted as one of them.
    pub p: f64,
    /// The same corrected for the number of tests (Holm).
    pub corrected_p: f64,
}

/// How far a rate has moved.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RateChange {
    /// The new rate minus that of the reference, −1 to 1.
    pub difference: f64,
    /// The share of random dealings with a difference as large.
    pub p: f64,
    /// The same corrected for the number of tests (Holm).
    pub corrected_p: f64,
}

/// How often a word occurs on the two sides.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WordChange {
    /// The word in its normal form.
    pub word: String,
    /// Occurrences in a thousand words of the reference.
    pub reference: f64,
    /// Occurrences in a thousand words of the new.
    pub new: f64,
}
