//! How a model is trained.

use serde::{Deserialize, Serialize};

use super::{Calibration, ClassWeights, Estimator};
use crate::features::FeatureConfig;
use crate::text::Profile;

/// Everything that, with the data, determines a model to the byte. Read from JSON (`marsad train --config`); what is left
/// out takes its default.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TrainingConfig {
    /// The normalisation profile.
    pub normalizer: Profile,
    /// The features.
    pub features: FeatureConfig,
    /// The largest number of subword pieces to learn. Default 4,000.
    pub subword_vocabulary: usize,
    /// A feature must occur in at least this many training sentences to get a weight. Default 1.
    pub min_document_frequency: u32,
    /// How vectors are used, if training is given any.
    pub vectors: VectorConfig,
    /// The estimator and its parameters.
    pub estimator: Estimator,
    /// How much each class counts.
    pub class_weights: ClassWeights,
    /// How margins become probabilities.
    pub calibration: Calibration,
    /// The number of folds for out-of-fold scores, 2 or more. Default 5.
    pub folds: u32,
    /// How many of the folds are held out, each in turn: 1 to `folds`. Default: all of them, but only one if there are more than 50,000
    /// sentences, for one fold is plenty then and each takes the time of another training.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held_out_folds: Option<u32>,
    /// Drives everything drawn at random. Default 1.
    pub seed: u64,
}

impl Default for TrainingConfig {
    fn default() -> Self {
        Self {
            normalizer: Profile::default(),
            features: FeatureConfig::default(),
            subword_vocabulary: 4000,
            min_document_frequency: 1,
            vectors: VectorConfig::default(),
            estimator: Estimator::default(),
            class_weights: ClassWeights::Balanced,
            calibration: Calibration::Temperature,
            folds: 5,
            held_out_folds: None,
            seed: 1,
        }
    }
}

impl TrainingConfig {
    /// How many folds are held out in training on `n_sentences` sentences.
    #[must_use]
    pub fn n_held_out(&self, n_sentences: usize) -> u32 {
        match self.held_out_folds {
            Some(folds) => folds,
            None if n_sentences > 50_000 => 1,
            None => self.folds,
        }
    }
}

/// How word vectors become features of a sentence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct VectorConfig {
    /// The mean norm of the dense part of a row, as a multiple of the mean norm of its sparse part; above 0. Default 0.3.
    pub weight: f64,
    /// The `a` of the smooth inverse frequency `a / (a + p)` that weighs each word, above 0. Default 0.001.
    pub frequency: f64,
}

impl Default for VectorConfig {
    fn default() -> Self {
        Self {
            weight: 0.3,
            frequency: 1e-3,
        }
    }
}
