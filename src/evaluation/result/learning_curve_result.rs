//! What more labels would bring, as it is stored.

use serde::{Deserialize, Serialize};

/// The macro-F1 against the number of sentences, and the power law through it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LearningCurveResult {
    /// From the smallest size to the largest.
    pub points: Vec<LearningCurvePoint>,
    /// `1 − macro-F1 = scale · sentences^−exponent`; `None` where no law can be fitted.
    pub scale: Option<f64>,
    /// See `scale`; above 0 where more labels help.
    pub exponent: Option<f64>,
    /// Twice the largest size.
    pub twice_sentences: Option<f64>,
    /// The macro-F1 the law expects of it.
    pub twice_macro_f1: Option<f64>,
}

/// One size.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LearningCurvePoint {
    /// Mean number of sentences trained on.
    pub sentences: f64,
    /// How many models were trained.
    pub models: usize,
    /// Their mean macro-F1, 0 to 1.
    pub macro_f1: Option<f64>,
    /// Its standard deviation over the models.
    pub deviation: Option<f64>,
    /// What the power law says at this size.
    pub power_law: Option<f64>,
}
