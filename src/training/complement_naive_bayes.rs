//! Complement naive Bayes.

use linfa::ParamGuard;
use linfa::traits::Fit;
use ndarray::{Array1, Array2, Axis};
use serde::{Deserialize, Serialize};

use super::require::require;
use super::training_set::{TrainingSet, checked_sample_weights, invalid_row};
use crate::Error;
use crate::features::SparseRecords;
use crate::model::LinearWeights;

/// The checked parameters of [`ComplementNaiveBayesParams`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ComplementNaiveBayesValidParams {
    alpha: f64,
    norm: bool,
    #[serde(skip)]
    n_classes: usize,
}

impl Default for ComplementNaiveBayesValidParams {
    fn default() -> Self {
        Self {
            alpha: 1.0,
            norm: false,
            n_classes: 0,
        }
    }
}

/// Complement naive Bayes of Rennie et al., Tackling the poor assumptions of naive Bayes text
/// classifiers (ICML 2003): a class is scored by what the *other* classes contain,
///
/// ```text
/// W_jk = −ln( (α + Σ_{i: y(i)≠k} s_i · x_ij) / Σ_j' (α + Σ_{i: y(i)≠k} s_i · x_ij') )
/// ```
///
/// for rows `i` with target `y(i)` and sample weight `s_i`, columns `j`, classes `k`; with `norm`
/// each class is divided by `Σ_j W_jk`. There is no bias. The same numbers as scikit-learn's
/// `ComplementNB(alpha, norm=norm)`, which likewise counts columns that never occur.
///
/// Values must be at least 0. Dense columns of the records are not counts: they are left out and
/// get weight 0. The complement of a class without rows is the whole corpus.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ComplementNaiveBayesParams(ComplementNaiveBayesValidParams);

impl ComplementNaiveBayesParams {
    /// The defaults of every setter, for `n_classes` classes (at least 2).
    #[must_use]
    pub fn new(n_classes: usize) -> Self {
        Self::default().n_classes(n_classes)
    }

    /// The number of classes, at least 2; targets lie below it.
    #[must_use]
    pub fn n_classes(mut self, n_classes: usize) -> Self {
        self.0.n_classes = n_classes;
        self
    }

    /// The count that every column is given beforehand, above 0, 1 by default.
    #[must_use]
    pub fn alpha(mut self, alpha: f64) -> Self {
        self.0.alpha = alpha;
        self
    }

    /// Whether the weights of each class are divided by their sum; false by default.
    #[must_use]
    pub fn norm(mut self, norm: bool) -> Self {
        self.0.norm = norm;
        self
    }
}

impl ParamGuard for ComplementNaiveBayesParams {
    type Checked = ComplementNaiveBayesValidParams;
    type Error = Error;

    fn check_ref(&self) -> Result<&Self::Checked, Error> {
        let params = &self.0;
        require(
            params.n_classes >= 2,
            "n_classes",
            "at least 2",
            params.n_classes,
        )?;
        require(
            params.alpha > 0.0 && params.alpha.is_finite(),
            "alpha",
            "above 0 and finite",
            params.alpha,
        )?;
        Ok(params)
    }

    fn check(self) -> Result<Self::Checked, Error> {
        self.check_ref()?;
        Ok(self.0)
    }
}

impl Fit<SparseRecords, Array1<usize>, Error> for ComplementNaiveBayesValidParams {
    type Object = LinearWeights;

    /// Learns weights of shape `(n_columns, n_classes)` in one pass over the rows.
    ///
    /// # Errors
    ///
    /// If the training set is empty, holds a target or weight out of range, or a value below 0.
    fn fit(&self, dataset: &TrainingSet) -> Result<LinearWeights, Error> {
        let sample_weights = checked_sample_weights(dataset, self.n_classes)?;
        let mut weights = self.complement_counts(dataset, &sample_weights)?;
        for mut class in weights.axis_iter_mut(Axis(1)) {
            let total: f64 = class.iter().sum();
            class.mapv_inplace(|count| -libm::log(count / total));
            if self.norm {
                let sum: f64 = class.iter().sum();
                class.mapv_inplace(|weight| weight / sum);
            }
        }
        let shape = (dataset.records.n_columns(), self.n_classes);
        Ok(LinearWeights {
            weights: Array2::from_shape_fn(shape, |place| {
                weights.get(place).map_or(0.0, |&weight| weight as f32)
            }),
            bias: Array1::zeros(self.n_classes),
        })
    }
}

impl ComplementNaiveBayesValidParams {
    /// `α + Σ_{i: y(i)≠k} s_i · x_ij`, shape `(n_counts, n_classes)`.
    fn complement_counts(
        &self,
        dataset: &TrainingSet,
        sample_weights: &[f64],
    ) -> Result<Array2<f64>, Error> {
        let records = &dataset.records;
        let n_counts = records.n_counts();
        let mut counts = Array2::<f64>::zeros((n_counts, self.n_classes));
        for (row, (&target, sample_weight)) in
            dataset.targets.iter().zip(sample_weights).enumerate()
        {
            let (columns, values) = records.row(row);
            // Columns rise, so the dense ones come last.
            let entries = columns.iter().zip(values);
            for (&column, &value) in
                entries.take_while(|&(&column, _)| (column as usize) < n_counts)
            {
                if value < 0.0 {
                    return Err(invalid_row(
                        row,
                        "a record value",
                        "at least 0 for complement naive Bayes",
                        value,
                    ));
                }
                counts[(column as usize, target)] += sample_weight * f64::from(value);
            }
        }
        for mut column in counts.outer_iter_mut() {
            // The others are added up, not subtracted from the total, so that a complement
            // without a count is exactly α.
            let own = column.to_owned();
            for (class, count) in column.iter_mut().enumerate() {
                let others = own.iter().enumerate().filter(|&(other, _)| other != class);
                *count = self.alpha + others.map(|(_, count)| count).sum::<f64>();
            }
        }
        Ok(counts)
    }
}
