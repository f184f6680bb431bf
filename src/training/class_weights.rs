//! How much each class counts.

use std::collections::BTreeMap;

use ndarray::Array1;
use serde::{Deserialize, Serialize};

use super::require::require;
use super::training_set::invalid_row;
use crate::Error;

/// The factor that the rows of a class weigh in training; `"none"`, `"balanced"` or
/// `{"given": {"label": factor}}` in the configuration.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClassWeights {
    /// Every row weighs 1.
    #[default]
    None,
    /// A row of class `c` weighs `n / (k · n_c)`, with `n` rows, `k` classes that occur and `n_c`
    /// rows of the class: every class weighs the same in sum. scikit-learn's
    /// `class_weight="balanced"`.
    Balanced,
    /// A factor above 0 for each label; labels left out weigh 1.
    Given(BTreeMap<String, f64>),
}

impl ClassWeights {
    /// The sample weight of every row, shape `(n_rows,)`. `labels[c]` is the name of class `c`;
    /// targets lie below its length.
    ///
    /// # Errors
    ///
    /// If a target has no label, a given label is unknown or its factor is not above 0.
    pub fn sample_weights(
        &self,
        targets: &Array1<usize>,
        labels: &[String],
    ) -> Result<Array1<f32>, Error> {
        let mut counts = vec![0_u64; labels.len()];
        for (row, &target) in targets.iter().enumerate() {
            *counts
                .get_mut(target)
                .ok_or_else(|| invalid_row(row, "target", "the index of a label", target))? += 1;
        }
        let factors = match self {
            Self::None => vec![1.0; labels.len()],
            Self::Balanced => balanced_factors(&counts),
            Self::Given(given) => given_factors(given, labels)?,
        };
        Ok(targets.mapv(|target| factors[target] as f32))
    }
}

fn balanced_factors(counts: &[u64]) -> Vec<f64> {
    let n_rows: u64 = counts.iter().sum();
    let n_occurring = counts.iter().filter(|&&count| count > 0).count();
    counts
        .iter()
        // A class without rows has a factor that no row reads.
        .map(|&count| n_rows as f64 / (n_occurring as f64 * count.max(1) as f64))
        .collect()
}

fn given_factors(given: &BTreeMap<String, f64>, labels: &[String]) -> Result<Vec<f64>, Error> {
    let mut factors = vec![1.0; labels.len()];
    for (label, &factor) in given {
        let class = labels.iter().position(|known| known == label);
        let class = class.ok_or_else(|| Error::UnknownLabel {
            label: label.clone(),
            known: labels.join(", "),
        })?;
        require(
            factor > 0.0 && factor.is_finite(),
            "class_weights",
            "above 0 and finite",
            format_args!("{factor} for {label:?}"),
        )?;
        factors[class] = factor;
    }
    Ok(factors)
}
