//! The objective of multinomial logistic regression on sparse rows.

use rayon::prelude::*;

use super::lbfgs::Objective;
use super::softmax::softmax_log_sum_inplace;
use super::training_set::TrainingSet;
use super::vectors::dot;
use crate::features::SparseRecords;

/// The mean log-loss with an L2 penalty,
///
/// ```text
/// f(W, b) = Σ_i p_i · (ln Σ_k exp(m_ik) − m_i,y(i)) + λ/2 · ‖W‖² + 1/(2K) · (Σ_k b_k)²
/// m_ik = b_k + Σ_j x_ij · W_jk
/// ```
///
/// with rows `i`, columns `j`, `K` classes `k`, targets `y` and row shares `p_i` that sum to 1.
///
/// The last term chooses among equal optima: adding one number to all biases changes no
/// probability, so it is 0 at the optimum and moves nothing else. Without it the projected steps of
/// OWL-QN let the biases wander off together until their differences drown.
///
/// Its parameters are `W` over the *active* columns, those that occur in the records, row after
/// row, then `b`. A column that does not occur has weight 0 at every optimum and costs nothing here.
pub(super) struct SoftmaxLoss<'a> {
    dataset: &'a TrainingSet,
    /// The records by column, so that a sum over a column runs in the order of the rows.
    transposed: SparseRecords,
    active: Vec<u32>,
    /// The place of a column among the active; unused for the others. As `u32` it is half as much
    /// to miss the cache with.
    places: Vec<u32>,
    shares: &'a [f64],
    l2: f64,
    n_classes: usize,
    /// `p_i · (probability_ik − [k = y(i)])`, the derivative by the margins.
    residuals: Vec<f64>,
    losses: Vec<f64>,
}

impl<'a> SoftmaxLoss<'a> {
    /// `shares` are the `p_i`, one a row; `l2` is λ; targets lie below `n_classes`.
    pub(super) fn new(
        dataset: &'a TrainingSet,
        shares: &'a [f64],
        l2: f64,
        n_classes: usize,
    ) -> Self {
        let records = &dataset.records;
        let transposed = records.transpose();
        let mut active = Vec::new();
        let mut places = vec![0; records.n_columns()];
        for (column, place) in places.iter_mut().enumerate() {
            if !transposed.row(column).0.is_empty() {
                *place = active.len() as u32;
                active.push(column as u32);
            }
        }
        Self {
            dataset,
            transposed,
            active,
            places,
            shares,
            l2,
            n_classes,
            residuals: vec![0.0; records.n_rows() * n_classes],
            losses: vec![0.0; records.n_rows()],
        }
    }

    /// The columns that occur, rising: the weights of the `i`-th are parameters
    /// `i · n_classes .. (i + 1) · n_classes`.
    pub(super) fn active(&self) -> &[u32] {
        &self.active
    }

    /// The number of weights; the biases follow.
    pub(super) fn n_weights(&self) -> usize {
        self.active.len() * self.n_classes
    }

    /// Fills `losses` and `residuals`; a row is summed by one thread.
    fn evaluate_rows(&mut self, weights: &[f64], bias: &[f64]) {
        let (dataset, shares, places) = (self.dataset, self.shares, &self.places);
        let n_classes = self.n_classes;
        self.residuals
            .par_chunks_exact_mut(n_classes)
            .zip(&mut self.losses)
            .enumerate()
            .for_each(|(row, (margins, loss))| {
                margins.copy_from_slice(bias);
                let (columns, values) = dataset.records.row(row);
                for (&column, &value) in columns.iter().zip(values) {
                    let start = places[column as usize] as usize * n_classes;
                    add_multiple(margins, value, &weights[start..start + n_classes]);
                }
                let target = dataset.targets[row];
                let target_margin = margins[target];
                *loss = shares[row] * (softmax_log_sum_inplace(margins) - target_margin);
                margins[target] -= 1.0;
                for residual in margins {
                    *residual *= shares[row];
                }
            });
    }

    /// Writes the derivative by the weights; a column is summed by one thread.
    fn differentiate_weights(&self, weights: &[f64], gradient: &mut [f64]) {
        let n_classes = self.n_classes;
        gradient
            .par_chunks_exact_mut(n_classes)
            .zip(weights.par_chunks_exact(n_classes))
            .zip(&self.active)
            .for_each(|((gradient, weights), &column)| {
                for (slope, weight) in gradient.iter_mut().zip(weights) {
                    *slope = self.l2 * weight;
                }
                let (rows, values) = self.transposed.row(column as usize);
                for (&row, &value) in rows.iter().zip(values) {
                    let start = row as usize * n_classes;
                    add_multiple(gradient, value, &self.residuals[start..start + n_classes]);
                }
            });
    }
}

impl Objective for SoftmaxLoss<'_> {
    fn evaluate(&mut self, parameters: &[f64], gradient: &mut [f64]) -> f64 {
        let (weights, bias) = parameters.split_at(self.n_weights());
        let (weight_gradient, bias_gradient) = gradient.split_at_mut(weights.len());
        self.evaluate_rows(weights, bias);
        self.differentiate_weights(weights, weight_gradient);
        bias_gradient.fill(0.0);
        for residuals in self.residuals.chunks_exact(self.n_classes) {
            add_multiple(bias_gradient, 1.0, residuals);
        }
        let bias_mean = bias.iter().sum::<f64>() / self.n_classes as f64;
        for slope in bias_gradient {
            *slope += bias_mean;
        }
        let centring = 0.5 * self.n_classes as f64 * bias_mean * bias_mean;
        self.losses.iter().sum::<f64>() + 0.5 * self.l2 * dot(weights, weights) + centring
    }
}

/// `sums += value · terms`.
#[inline]
fn add_multiple(sums: &mut [f64], value: f32, terms: &[f64]) {
    for (sum, term) in sums.iter_mut().zip(terms) {
        *sum += f64::from(value) * term;
    }
}
