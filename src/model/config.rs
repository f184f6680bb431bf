//! Everything about a model but its weights.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::features::FeatureConfig;
use crate::text::Profile;

/// The version of the model directory's layout that this crate writes and reads.
pub const FORMAT_VERSION: u32 = 1;

/// The contents of a model's `config.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelConfig {
    /// [`FORMAT_VERSION`].
    pub format_version: u32,
    /// The label names, in the order of the classes.
    pub labels: Vec<String>,
    /// The normalisation profile.
    pub normalizer: Profile,
    /// The features.
    pub features: FeatureConfig,
    /// The number of words whose vectors are folded into the weights; 0 for a model without vectors.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub known_words: usize,
    /// The least probability, 0 to 1, with which `marsad classify` gives a label, for the labels that have one. The weights do not
    /// depend on it; empty in a model that was just trained.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub thresholds: BTreeMap<String, f32>,
    /// How the model was trained: configuration, data and their checksums. For people; nothing in prediction depends
    /// on it.
    pub training: serde_json::Value,
    /// For each label the features that speak for it most, strongest first.
    pub top_features: Vec<Vec<TopFeature>>,
}

/// A feature named for people: weights belong to buckets, whose features only the training data can name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TopFeature {
    /// The feature in writing; see [`Feature::show`](crate::features::Feature::show).
    pub feature: String,
    /// What one occurrence adds to the margin of the label, beyond what it adds to the labels' mean, times
    /// √(number of features in the sentence).
    pub weight: f32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde wants a reference")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}
