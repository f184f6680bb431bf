//! What a stacked ensemble is made of.

use linfa::traits::Fit;
use serde::{Deserialize, Serialize};

use super::complement_naive_bayes::ComplementNaiveBayesParams;
use super::linear_svm::LinearSvmParams;
use super::logistic_regression::LogisticRegressionParams;
use super::training_set::TrainingSet;
use crate::Error;
use crate::model::LinearWeights;

/// An estimator that learns straight from the records, chosen by its `name` in the configuration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Member {
    /// See [`LogisticRegressionParams`].
    LogisticRegression(LogisticRegressionParams),
    /// See [`LinearSvmParams`].
    LinearSvm(LinearSvmParams),
    /// See [`ComplementNaiveBayesParams`].
    ComplementNaiveBayes(ComplementNaiveBayesParams),
}

impl Member {
    /// Learns weights of shape `(n_columns, n_classes)`; `seed` drives what is drawn at random.
    ///
    /// # Errors
    ///
    /// If a parameter, a target, a weight or a value is out of range.
    pub fn fit(
        &self,
        dataset: &TrainingSet,
        n_classes: usize,
        seed: u64,
    ) -> Result<LinearWeights, Error> {
        match self.clone() {
            Self::LogisticRegression(params) => params.n_classes(n_classes).fit(dataset),
            Self::LinearSvm(params) => params.n_classes(n_classes).seed(seed).fit(dataset),
            Self::ComplementNaiveBayes(params) => params.n_classes(n_classes).fit(dataset),
        }
    }
}
