//! Multinomial logistic regression.

use linfa::ParamGuard;
use linfa::traits::Fit;
use ndarray::{Array1, Array2};
use serde::{Deserialize, Serialize};

use super::lbfgs::Lbfgs;
use super::orthant::L1;
use super::penalty::Penalty;
use super::require::require;
use super::softmax_loss::SoftmaxLoss;
use super::training_set::{TrainingSet, checked_sample_weights};
use crate::Error;
use crate::features::SparseRecords;
use crate::model::LinearWeights;

/// The checked parameters of [`LogisticRegressionParams`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogisticRegressionValidParams {
    penalty: Penalty,
    c: f64,
    tolerance: f64,
    max_iterations: u64,
    #[serde(skip)]
    n_classes: usize,
}

impl Default for LogisticRegressionValidParams {
    fn default() -> Self {
        Self {
            penalty: Penalty::L2,
            c: 1.0,
            tolerance: 1e-4,
            max_iterations: 1000,
            n_classes: 0,
        }
    }
}

/// Multinomial logistic regression: minimises over weights `W` and biases `b`
///
/// ```text
/// ½‖W‖² + C · Σ_i s_i · loss_i      (penalty L2)
/// ‖W‖₁  + C · Σ_i s_i · loss_i      (penalty L1)
/// loss_i = −ln( exp(m_i,y(i)) / Σ_k exp(m_ik) ),   m_ik = b_k + Σ_j x_ij · W_jk
/// ```
///
/// for rows `i` with target `y(i)` and sample weight `s_i`. Biases are not penalised. This is the
/// convention of scikit-learn's `LogisticRegression`, with one difference: for two classes
/// scikit-learn learns one weight vector, we learn two; under L2 our `C` is then twice theirs.
///
/// The solver is L-BFGS, or OWL-QN for L1 (see [`Lbfgs`]), on the objective divided by
/// `C · Σ_i s_i`, so that the tolerance means the same for few and many rows. If the iterations run
/// out, the weights reached so far are returned. A class without rows gets a bias so low that its
/// probability stays within the tolerance.
///
/// Besides the records it holds their transpose, `25 · n_classes` numbers of 8 bytes for each
/// column that occurs, and one for each row and class.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LogisticRegressionParams(LogisticRegressionValidParams);

impl LogisticRegressionParams {
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

    /// The norm that is added to the loss; L2 by default.
    #[must_use]
    pub fn penalty(mut self, penalty: Penalty) -> Self {
        self.0.penalty = penalty;
        self
    }

    /// The factor `C` of the loss, above 0, 1 by default: the larger, the weaker the penalty.
    #[must_use]
    pub fn c(mut self, c: f64) -> Self {
        self.0.c = c;
        self
    }

    /// The largest component of the gradient at which to stop, above 0, 1e-4 by default.
    #[must_use]
    pub fn tolerance(mut self, tolerance: f64) -> Self {
        self.0.tolerance = tolerance;
        self
    }

    /// The most steps to take, at least 1, 1000 by default.
    #[must_use]
    pub fn max_iterations(mut self, max_iterations: u64) -> Self {
        self.0.max_iterations = max_iterations;
        self
    }
}

impl ParamGuard for LogisticRegressionParams {
    type Checked = LogisticRegressionValidParams;
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
            params.c > 0.0 && params.c.is_finite(),
            "c",
            "above 0 and finite",
            params.c,
        )?;
        require(
            params.tolerance > 0.0 && params.tolerance.is_finite(),
            "tolerance",
            "above 0 and finite",
            params.tolerance,
        )?;
        require(
            params.max_iterations >= 1,
            "max_iterations",
            "at least 1",
            params.max_iterations,
        )?;
        Ok(params)
    }

    fn check(self) -> Result<Self::Checked, Error> {
        self.check_ref()?;
        Ok(self.0)
    }
}

impl Fit<SparseRecords, Array1<usize>, Error> for LogisticRegressionValidParams {
    type Object = LinearWeights;

    /// Learns weights of shape `(n_columns, n_classes)`.
    ///
    /// # Errors
    ///
    /// If the training set is empty or holds a target, weight or value out of range.
    fn fit(&self, dataset: &TrainingSet) -> Result<LinearWeights, Error> {
        let mut shares = checked_sample_weights(dataset, self.n_classes)?;
        let total: f64 = shares.iter().sum();
        for share in &mut shares {
            *share /= total;
        }
        let strength = 1.0 / (self.c * total);
        let l2 = match self.penalty {
            Penalty::L2 => strength,
            Penalty::L1 => 0.0,
        };
        let mut loss = SoftmaxLoss::new(dataset, &shares, l2, self.n_classes);
        let n_weights = loss.n_weights();
        let minimiser = Lbfgs {
            tolerance: self.tolerance,
            max_iterations: self.max_iterations,
            l1: match self.penalty {
                Penalty::L2 => None,
                Penalty::L1 => Some(L1 {
                    strength,
                    n_penalised: n_weights,
                }),
            },
        };
        let start = vec![0.0; n_weights + self.n_classes];
        let minimum = minimiser.minimise(&mut loss, start);

        let mut weights = Array2::zeros((dataset.records.n_columns(), self.n_classes));
        let (learned, bias) = minimum.parameters.split_at(n_weights);
        for (&column, learned) in loss
            .active()
            .iter()
            .zip(learned.chunks_exact(self.n_classes))
        {
            for (weight, &learned) in weights.row_mut(column as usize).iter_mut().zip(learned) {
                *weight = learned as f32;
            }
        }
        Ok(LinearWeights {
            weights,
            bias: bias.iter().map(|&bias| bias as f32).collect(),
        })
    }
}
