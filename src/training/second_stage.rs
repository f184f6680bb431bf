//! The small dense model that weighs the members of a stacked ensemble.

use linfa::DatasetBase;
use linfa::traits::Fit;
use linfa_logistic::MultiLogisticRegression;
use ndarray::{Array1, Array2, ArrayView1, Axis};

use crate::Error;
use crate::model::LinearWeights;

/// The largest slope per row at which the solver stops; its problem has a few dozen numbers.
const TOLERANCE: f64 = 1e-6;
/// Far more steps than a few dozen numbers need.
const MAX_ITERATIONS: u64 = 1000;
/// How many copies an average row gets where the sample weights are no multiples of the smallest.
const MEAN_COPIES: f64 = 8.0;

/// Multinomial logistic regression over the standardised margins of the members: with member
/// margins `m_1 … m_M` of `K` classes each, the margin of class `k` is
/// `bias[k] + Σ_m Σ_j factors[m] · m_m[j] · weights[m·K + j, k]`.
pub(super) struct SecondStage {
    /// One a member: 1 over the standard deviation of its margins.
    factors: Vec<f64>,
    /// Shape `(M·K, K)`.
    weights: Array2<f64>,
    /// Shape `(K,)`.
    bias: Array1<f64>,
}

impl SecondStage {
    /// Learns from `margins`, one `(n_rows, n_classes)` a member, minimising
    /// `Σ_i s_i · loss_i + α/2 · ‖weights‖²`. Every class must have a row of weight above 0.
    ///
    /// # Errors
    ///
    /// If a member's margins are all equal, or linfa-logistic fails.
    pub(super) fn fit(
        margins: &[Array2<f64>],
        targets: &Array1<usize>,
        sample_weights: &[f64],
        alpha: f64,
    ) -> Result<Self, Error> {
        let mut factors = Vec::with_capacity(margins.len());
        for (member, margins) in margins.iter().enumerate() {
            let spread = weighted_deviation(margins, sample_weights);
            if !(spread > 0.0 && spread.is_finite()) {
                return Err(Error::ConstantMember { member });
            }
            factors.push(1.0 / spread);
        }

        let (copies, unit) = copies_of_rows(sample_weights);
        let rows: Vec<usize> = copies
            .iter()
            .enumerate()
            .flat_map(|(row, &copies)| std::iter::repeat_n(row, copies))
            .collect();
        let n_classes = margins[0].ncols();
        let records =
            Array2::from_shape_fn((rows.len(), margins.len() * n_classes), |(row, column)| {
                let (member, class) = (column / n_classes, column % n_classes);
                factors[member] * margins[member][(rows[row], class)]
            });
        let dataset = DatasetBase::new(records, targets.select(Axis(0), &rows));
        // linfa-logistic sums the loss over its rows: dividing α by the weight of one copy keeps
        // the proportion of loss and penalty.
        let fitted = MultiLogisticRegression::default()
            .alpha(alpha / unit)
            .gradient_tolerance(TOLERANCE * rows.len() as f64)
            .max_iterations(MAX_ITERATIONS)
            .fit(&dataset)?;
        Ok(Self {
            factors,
            weights: fitted.params().clone(),
            bias: fitted.intercept().clone(),
        })
    }

    /// One linear model that gives the margins of this stage over those of `members`.
    pub(super) fn fold(&self, members: &[LinearWeights]) -> LinearWeights {
        let mut weights = Array2::zeros(members[0].weights.dim());
        for (column, mut weights) in weights.outer_iter_mut().enumerate() {
            let mut sums = vec![0.0; self.bias.len()];
            for (index, member) in members.iter().enumerate() {
                self.add_member(&mut sums, index, member.weights.row(column));
            }
            for (weight, &sum) in weights.iter_mut().zip(&sums) {
                *weight = sum as f32;
            }
        }
        let mut bias = self.bias.to_vec();
        for (index, member) in members.iter().enumerate() {
            self.add_member(&mut bias, index, member.bias.view());
        }
        LinearWeights {
            weights,
            bias: bias.iter().map(|&bias| bias as f32).collect(),
        }
    }

    /// Adds to the `sums` of the classes what `inputs`, one column or the biases of member
    /// `index`, contribute.
    fn add_member(&self, sums: &mut [f64], index: usize, inputs: ArrayView1<f32>) {
        for (class, &input) in inputs.iter().enumerate() {
            let scaled = self.factors[index] * f64::from(input);
            let second = self.weights.row(index * inputs.len() + class);
            for (sum, second) in sums.iter_mut().zip(second) {
                *sum += scaled * second;
            }
        }
    }
}

/// The standard deviation of all numbers of `margins`, each row weighing as much as its sample
/// weight.
fn weighted_deviation(margins: &Array2<f64>, sample_weights: &[f64]) -> f64 {
    let total = sample_weights.iter().sum::<f64>() * margins.ncols() as f64;
    let weighted_sum = |f: &dyn Fn(f64) -> f64| -> f64 {
        let rows = margins.outer_iter().zip(sample_weights);
        rows.map(|(row, weight)| weight * row.iter().map(|&margin| f(margin)).sum::<f64>())
            .sum()
    };
    let mean = weighted_sum(&|margin| margin) / total;
    (weighted_sum(&|margin| (margin - mean) * (margin - mean)) / total).sqrt()
}

/// How often each row is repeated to stand for its sample weight, and the weight of one copy.
///
/// Weights that are multiples of the smallest (above 0) are met exactly. Others are rounded to
/// multiples of an eighth of the mean weight.
fn copies_of_rows(sample_weights: &[f64]) -> (Vec<usize>, f64) {
    let positive: Vec<f64> = sample_weights
        .iter()
        .copied()
        .filter(|&weight| weight > 0.0)
        .collect();
    let smallest = positive.iter().copied().fold(f64::INFINITY, f64::min);
    let mean = positive.iter().sum::<f64>() / positive.len() as f64;
    let is_multiple = |weight: &f64| {
        let ratio = weight / smallest;
        (ratio - ratio.round()).abs() < 1e-6
    };
    let exact = mean / smallest <= MEAN_COPIES && positive.iter().all(is_multiple);
    let unit = if exact { smallest } else { mean / MEAN_COPIES };
    let copies = sample_weights.iter().map(|&weight| {
        if weight == 0.0 {
            return 0;
        }
        #[expect(
            clippy::cast_sign_loss,
            reason = "weights are checked to be at least 0"
        )]
        let copies = (weight / unit).round() as usize;
        // A light row keeps one copy: dropping it could drop the last row of a class.
        copies.max(1)
    });
    (copies.collect(), unit)
}

#[cfg(test)]
mod tests {
    use super::copies_of_rows;

    #[test]
    fn multiples_of_the_smallest_weight_are_met_exactly() {
        assert_eq!(
            copies_of_rows(&[0.5, 1.5, 0.0, 1.0]),
            (vec![1, 3, 0, 2], 0.5)
        );
        assert_eq!(copies_of_rows(&[3.0, 3.0]), (vec![1, 1], 3.0));
    }

    #[test]
    fn other_weights_are_rounded_to_eighths_of_the_mean() {
        // mean 2, unit 2/8: 0.7/0.25 = 2.8, 2.3/0.25 = 9.2, 3/0.25 = 12
        assert_eq!(copies_of_rows(&[0.7, 2.3, 3.0]), (vec![3, 9, 12], 0.25));
        // mean 8, unit 1: the light row is kept
        assert_eq!(copies_of_rows(&[0.25, 15.75]), (vec![1, 16], 1.0));
    }
}
