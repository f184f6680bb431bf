//! Which model was measured.

use serde::{Deserialize, Serialize};

/// What tells a model from every other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelIdentity {
    /// The directory as it was named, or "embedded".
    pub name: String,
    /// The SHA-256 of its weights, in hexadecimal; `None` for the models of a cross-validation, which are not kept.
    pub sha256: Option<String>,
    /// How it was trained: the `training` of its `config.json`.
    pub training: serde_json::Value,
}
