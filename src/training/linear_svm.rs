//! The linear support vector machine.

use linfa::ParamGuard;
use linfa::traits::Fit;
use ndarray::{Array1, Array2};
use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::require::require;
use super::training_set::{TrainingSet, checked_sample_weights};
use crate::Error;
use crate::features::SparseRecords;
use crate::model::LinearWeights;

/// The checked parameters of [`LinearSvmParams`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LinearSvmValidParams {
    c: f64,
    tolerance: f64,
    max_iterations: u64,
    #[serde(skip)]
    seed: u64,
    #[serde(skip)]
    n_classes: usize,
}

impl Default for LinearSvmValidParams {
    fn default() -> Self {
        Self {
            c: 1.0,
            tolerance: 1e-4,
            max_iterations: 1000,
            seed: 0,
            n_classes: 0,
        }
    }
}

/// The linear support vector machine with squared hinge loss, one class against the rest: for each
/// class it minimises over its weights `w` and bias `b`
///
/// ```text
/// ½(‖w‖² + b²) + C · Σ_i s_i · max(0, 1 − t_i · (b + Σ_j x_ij · w_j))²
/// ```
///
/// for rows `i` with sample weight `s_i` and `t_i = 1` in the class, −1 elsewhere. The bias is the
/// weight of a feature of value 1 and is penalised with the others: the convention of LIBLINEAR
/// and of scikit-learn's `LinearSVC`.
///
/// The solver is dual coordinate descent without shrinking, algorithm 1 of Hsieh et al., A dual
/// coordinate descent method for large-scale linear SVM (ICML 2008), for their L2-SVM. Each pass
/// visits the rows in a new order, drawn from the seed and the class, so that the classes, which
/// run in parallel, do not depend on each other. If the passes run out, the weights reached so far
/// are returned.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LinearSvmParams(LinearSvmValidParams);

impl LinearSvmParams {
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

    /// The factor `C` of the loss, above 0, 1 by default: the larger, the weaker the penalty.
    #[must_use]
    pub fn c(mut self, c: f64) -> Self {
        self.0.c = c;
        self
    }

    /// The spread of projected gradients within one pass at which to stop, above 0, 1e-4 by
    /// default.
    #[must_use]
    pub fn tolerance(mut self, tolerance: f64) -> Self {
        self.0.tolerance = tolerance;
        self
    }

    /// The most passes over the rows, at least 1, 1000 by default.
    #[must_use]
    pub fn max_iterations(mut self, max_iterations: u64) -> Self {
        self.0.max_iterations = max_iterations;
        self
    }

    /// The seed of the row orders, 0 by default.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.0.seed = seed;
        self
    }
}

impl ParamGuard for LinearSvmParams {
    type Checked = LinearSvmValidParams;
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

impl Fit<SparseRecords, Array1<usize>, Error> for LinearSvmValidParams {
    type Object = LinearWeights;

    /// Learns weights of shape `(n_columns, n_classes)`.
    ///
    /// # Errors
    ///
    /// If the training set is empty or holds a target, weight or value out of range.
    fn fit(&self, dataset: &TrainingSet) -> Result<LinearWeights, Error> {
        let sample_weights = checked_sample_weights(dataset, self.n_classes)?;
        let squared_norms: Vec<f64> = (0..dataset.records.n_rows())
            .map(|row| {
                let values = dataset.records.row(row).1;
                1.0 + values
                    .iter()
                    .map(|&value| f64::from(value) * f64::from(value))
                    .sum::<f64>()
            })
            .collect();
        let hyperplanes: Vec<Hyperplane> = (0..self.n_classes)
            .into_par_iter()
            .map(|class| self.fit_class(dataset, &sample_weights, &squared_norms, class))
            .collect();

        let shape = (dataset.records.n_columns(), self.n_classes);
        Ok(LinearWeights {
            weights: Array2::from_shape_fn(shape, |(column, class)| {
                hyperplanes[class].weights[column] as f32
            }),
            bias: hyperplanes
                .iter()
                .map(|hyperplane| hyperplane.bias as f32)
                .collect(),
        })
    }
}

impl LinearSvmValidParams {
    /// Minimises the dual `½ αᵀ(Q + D)α − Σ_i α_i` over `α ≥ 0`, with
    /// `Q_ij = t_i · t_j · (1 + x_i · x_j)` and `D_ii = 1 / (2 C s_i)`, one `α_i` at a time, keeping
    /// `w = Σ_i t_i · α_i · x_i`. `squared_norms` are the `Q_ii`.
    fn fit_class(
        &self,
        dataset: &TrainingSet,
        sample_weights: &[f64],
        squared_norms: &[f64],
        class: usize,
    ) -> Hyperplane {
        let records = &dataset.records;
        let mut rng = ChaCha8Rng::seed_from_u64(self.seed);
        rng.set_stream(class as u64);
        // A row of weight 0 has D_ii = ∞, hence α_i = 0 throughout.
        let mut rows: Vec<usize> = (0..records.n_rows())
            .filter(|&row| sample_weights[row] > 0.0)
            .collect();
        let mut alphas = vec![0.0; records.n_rows()];
        let mut hyperplane = Hyperplane {
            weights: vec![0.0; records.n_columns()],
            bias: 0.0,
        };
        for _ in 0..self.max_iterations {
            shuffle(&mut rows, &mut rng);
            let (mut largest, mut smallest) = (f64::NEG_INFINITY, f64::INFINITY);
            for &row in &rows {
                let sign = if dataset.targets[row] == class {
                    1.0
                } else {
                    -1.0
                };
                let diagonal = 0.5 / (self.c * sample_weights[row]);
                let alpha: &mut f64 = &mut alphas[row];
                let slope = sign * hyperplane.margin(records, row) - 1.0 + diagonal * *alpha;
                let projected = if *alpha == 0.0 { slope.min(0.0) } else { slope };
                largest = largest.max(projected);
                smallest = smallest.min(projected);
                if projected != 0.0 {
                    let previous = *alpha;
                    *alpha = (previous - slope / (squared_norms[row] + diagonal)).max(0.0);
                    hyperplane.add_row(records, row, sign * (*alpha - previous));
                }
            }
            if largest - smallest <= self.tolerance {
                break;
            }
        }
        hyperplane
    }
}

/// The weights of one class against the rest.
struct Hyperplane {
    weights: Vec<f64>,
    bias: f64,
}

impl Hyperplane {
    fn margin(&self, records: &SparseRecords, row: usize) -> f64 {
        let (columns, values) = records.row(row);
        columns
            .iter()
            .zip(values)
            .fold(self.bias, |sum, (&column, &value)| {
                sum + f64::from(value) * self.weights[column as usize]
            })
    }

    fn add_row(&mut self, records: &SparseRecords, row: usize, factor: f64) {
        let (columns, values) = records.row(row);
        for (&column, &value) in columns.iter().zip(values) {
            self.weights[column as usize] += factor * f64::from(value);
        }
        self.bias += factor;
    }
}

/// Fisher & Yates. Written out, because the order that a release of `rand` draws may change.
fn shuffle(rows: &mut [usize], rng: &mut ChaCha8Rng) {
    for last in (1..rows.len()).rev() {
        // The remainder favours small numbers by less than one part in 2^32 for up to 2^32 rows.
        let other = rng.next_u64() % (last as u64 + 1);
        rows.swap(last, other as usize);
    }
}
