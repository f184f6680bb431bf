//! What every trainer of this crate learns.

use linfa::traits::PredictInplace;
use ndarray::{Array1, Array2};

use super::argmax;
use crate::features::SparseRecords;

/// A linear model: the margin of class `k` for a row `x` is `bias[k] + Σ_j x[j] · weights[j, k]`.
#[derive(Debug, Clone, PartialEq)]
pub struct LinearWeights {
    /// Shape `(n_columns, n_classes)`.
    pub weights: Array2<f32>,
    /// Shape `(n_classes,)`.
    pub bias: Array1<f32>,
}

impl LinearWeights {
    /// The margins of all rows, shape `(n_rows, n_classes)`, summed in `f64` in the order of the columns.
    ///
    /// # Panics
    ///
    /// If `records` has other columns than the weights.
    #[must_use]
    pub fn margins(&self, records: &SparseRecords) -> Array2<f64> {
        assert_eq!(
            records.n_columns(),
            self.weights.nrows(),
            "columns of records and weights differ"
        );
        let mut margins = Array2::zeros((records.n_rows(), self.bias.len()));
        for (row, mut margin) in margins.outer_iter_mut().enumerate() {
            let (columns, values) = records.row(row);
            for (sum, &bias) in margin.iter_mut().zip(&self.bias) {
                *sum = f64::from(bias);
            }
            for (&column, &value) in columns.iter().zip(values) {
                let weights = self.weights.row(column as usize);
                for (sum, &weight) in margin.iter_mut().zip(weights) {
                    *sum += f64::from(value) * f64::from(weight);
                }
            }
        }
        margins
    }
}

impl PredictInplace<SparseRecords, Array1<usize>> for LinearWeights {
    /// Writes the class of the largest margin of every row; of equal margins the first wins.
    fn predict_inplace(&self, records: &SparseRecords, classes: &mut Array1<usize>) {
        for (margin, class) in self.margins(records).outer_iter().zip(classes.iter_mut()) {
            *class = argmax(margin.iter().copied());
        }
    }

    fn default_target(&self, records: &SparseRecords) -> Array1<usize> {
        Array1::zeros(records.n_rows())
    }
}
