//! The estimator that the configuration names.

use linfa::traits::Fit;
use serde::{Deserialize, Serialize};

use super::complement_naive_bayes::ComplementNaiveBayesParams;
use super::linear_svm::LinearSvmParams;
use super::logistic_regression::LogisticRegressionParams;
use super::member::Member;
use super::stacked_ensemble::StackedEnsembleParams;
use super::training_set::TrainingSet;
use crate::Error;
use crate::model::LinearWeights;

/// An estimator with its parameters, chosen by its `name` in the configuration. Parameters that are
/// left out take their defaults; others than its own are refused.
///
/// # Examples
///
/// ```
/// use marsad::training::Estimator;
///
/// let text = r#"{"name": "logistic_regression", "penalty": "l1", "c": 10.0}"#;
/// let estimator: Estimator = serde_json::from_str(text)?;
/// assert!(matches!(estimator, Estimator::LogisticRegression(_)));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Estimator {
    /// See [`LogisticRegressionParams`].
    LogisticRegression(LogisticRegressionParams),
    /// See [`LinearSvmParams`].
    LinearSvm(LinearSvmParams),
    /// See [`ComplementNaiveBayesParams`].
    ComplementNaiveBayes(ComplementNaiveBayesParams),
    /// See [`StackedEnsembleParams`].
    StackedEnsemble(StackedEnsembleParams),
}

impl Default for Estimator {
    /// Logistic regression with its defaults.
    fn default() -> Self {
        Self::LogisticRegression(LogisticRegressionParams::default())
    }
}

impl Estimator {
    /// Whether [`fit`](Self::fit) reads the folds.
    #[must_use]
    pub fn needs_folds(&self) -> bool {
        matches!(self, Self::StackedEnsemble(_))
    }

    /// Learns weights of shape `(n_columns, n_classes)`.
    ///
    /// `folds` holds the fold of every row, made so that no group is cut; only the stacked ensemble
    /// reads it, and it may be empty for the others. `seed` drives what is drawn at random.
    ///
    /// # Errors
    ///
    /// If a parameter, a target, a weight or a value is out of range, or, for the stacked ensemble,
    /// if a class lies in one fold only or a stage cannot be fitted.
    pub fn fit(
        &self,
        dataset: &TrainingSet,
        n_classes: usize,
        folds: &[u32],
        seed: u64,
    ) -> Result<LinearWeights, Error> {
        let member = match self.clone() {
            Self::LogisticRegression(params) => Member::LogisticRegression(params),
            Self::LinearSvm(params) => Member::LinearSvm(params),
            Self::ComplementNaiveBayes(params) => Member::ComplementNaiveBayes(params),
            Self::StackedEnsemble(params) => {
                let params = params.n_classes(n_classes).folds(folds.to_vec()).seed(seed);
                return params.fit(dataset);
            }
        };
        member.fit(dataset, n_classes, seed)
    }
}
