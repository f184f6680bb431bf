//! What a check is to look for.

use crate::Error;
use crate::training::{Estimator, LinearSvmParams, TrainingConfig};

/// What a check is to look for.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckOptions {
    /// From this Jaccard similarity on, two sentences are nearly the same; above 0, at most 1. Default 0.5.
    pub similarity: f64,
    /// The largest share of sentences that may open like another, 0 to 1. Default 0.3.
    pub max_openings: f64,
    /// The largest share of sentences that may share a run of eight words with another, 0 to 1. Default 0.01.
    pub max_runs: f64,
    /// The number of most surprising sentences; 0 leaves the model out. Default 50.
    pub surprising: usize,
    /// The model that is surprised. Default a linear SVM, which is quick.
    pub config: TrainingConfig,
    /// The fields over which labels are counted; if there are none, those with at most 40 values.
    pub fields: Vec<String>,
    /// Drives the order in which the vocabulary grows. Default 1.
    pub seed: u64,
}

impl Default for CheckOptions {
    fn default() -> Self {
        Self {
            similarity: 0.5,
            max_openings: 0.3,
            max_runs: 0.01,
            surprising: 50,
            config: TrainingConfig {
                estimator: Estimator::LinearSvm(LinearSvmParams::default()),
                ..TrainingConfig::default()
            },
            fields: Vec::new(),
            seed: 1,
        }
    }
}

impl CheckOptions {
    /// # Errors
    ///
    /// [`Error::InvalidParameter`] when a share is out of range.
    pub(super) fn check(&self) -> Result<(), Error> {
        let within = |parameter, value: f64, rule, holds: bool| match holds {
            true => Ok(()),
            false => Err(Error::InvalidParameter {
                parameter,
                rule,
                got: value.to_string(),
            }),
        };
        let similarity = self.similarity;
        within(
            "similarity",
            similarity,
            "above 0 and at most 1",
            similarity > 0.0 && similarity <= 1.0,
        )?;
        for (parameter, share) in [
            ("max-openings", self.max_openings),
            ("max-runs", self.max_runs),
        ] {
            within(
                parameter,
                share,
                "between 0 and 1",
                (0.0..=1.0).contains(&share),
            )?;
        }
        Ok(())
    }
}
