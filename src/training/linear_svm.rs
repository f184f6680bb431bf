//! The linear support vector machine.

use std::ops::Range;

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
/// visits the rows in a new order, drawn from the seed and the same for every class. If the passes run
/// out, the weights reached so far are returned.
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
            .into_par_iter()
            .map(|row| {
                let values = dataset.records.row(row).1;
                let squares = values.iter().map(|&value| f64::from(value).powi(2));
                1.0 + squares.sum::<f64>()
            })
            .collect();
        let problem = Problem {
            params: self,
            dataset,
            sample_weights: &sample_weights,
            squared_norms: &squared_norms,
        };
        let n_parts = self.n_classes.div_ceil(LANES);
        let parts: Vec<Hyperplanes> = (0..n_parts)
            .into_par_iter()
            .map(|part| {
                let first = |part| part * self.n_classes / n_parts;
                problem.solve(first(part)..first(part + 1))
            })
            .collect();

        let mut weights = Array2::zeros((dataset.records.n_columns(), self.n_classes));
        let mut bias = Vec::with_capacity(self.n_classes);
        for part in parts {
            for (mut row, lanes) in weights.outer_iter_mut().zip(&part.weights) {
                for (lane, class) in part.classes.clone().enumerate() {
                    row[class] = lanes[lane];
                }
            }
            bias.extend(
                part.bias[..part.classes.len()]
                    .iter()
                    .map(|&bias| bias as f32),
            );
        }
        Ok(LinearWeights {
            weights,
            bias: bias.into(),
        })
    }
}

/// As many classes are learned side by side, so that a row is read once for all of them and the weights of a column lie together.
const LANES: usize = 4;

/// What one class against the rest needs, for every class.
struct Problem<'a> {
    params: &'a LinearSvmValidParams,
    dataset: &'a TrainingSet,
    sample_weights: &'a [f64],
    /// The `Q_ii`.
    squared_norms: &'a [f64],
}

impl Problem<'_> {
    /// Minimises for each of `classes`, at most [`LANES`], the dual `½ αᵀ(Q + D)α − Σ_i α_i` over `α ≥ 0`, with
    /// `Q_ij = t_i · t_j · (1 + x_i · x_j)` and `D_ii = 1 / (2 C s_i)`, one `α_i` at a time, keeping
    /// `w = Σ_i t_i · α_i · x_i`. What a class learns does not depend on the others: each stops by itself.
    fn solve(&self, classes: Range<usize>) -> Hyperplanes {
        let records = &self.dataset.records;
        let mut rng = ChaCha8Rng::seed_from_u64(self.params.seed);
        // A row of weight 0 has D_ii = ∞, hence α_i = 0 throughout.
        let mut rows: Vec<u32> = (0..records.n_rows() as u32)
            .filter(|&row| self.sample_weights[row as usize] > 0.0)
            .collect();
        let mut alphas = vec![[0.0; LANES]; records.n_rows()];
        let mut learning = std::array::from_fn::<bool, LANES, _>(|lane| lane < classes.len());
        let mut hyperplanes = Hyperplanes {
            weights: vec![[0.0; LANES]; records.n_columns()],
            bias: [0.0; LANES],
            classes,
        };
        for _ in 0..self.params.max_iterations {
            shuffle(&mut rows, &mut rng);
            let mut largest = [f64::NEG_INFINITY; LANES];
            let mut smallest = [f64::INFINITY; LANES];
            for row in rows.iter().map(|&row| row as usize) {
                let (columns, values) = records.row(row);
                let margins = hyperplanes.margins(columns, values);
                let diagonal = 0.5 / (self.params.c * self.sample_weights[row]);
                let target = self.dataset.targets[row].wrapping_sub(hyperplanes.classes.start);
                let mut steps = [0.0; LANES];
                for lane in (0..LANES).filter(|&lane| learning[lane]) {
                    let sign = if target == lane { 1.0 } else { -1.0 };
                    let alpha: &mut f64 = &mut alphas[row][lane];
                    let slope = sign * margins[lane] - 1.0 + diagonal * *alpha;
                    let projected = if *alpha == 0.0 { slope.min(0.0) } else { slope };
                    largest[lane] = largest[lane].max(projected);
                    smallest[lane] = smallest[lane].min(projected);
                    if projected != 0.0 {
                        let previous = *alpha;
                        *alpha = (previous - slope / (self.squared_norms[row] + diagonal)).max(0.0);
                        steps[lane] = sign * (*alpha - previous);
                    }
                }
                if steps.iter().any(|&step| step != 0.0) {
                    hyperplanes.add(columns, values, steps);
                }
            }
            for lane in 0..LANES {
                learning[lane] &= largest[lane] - smallest[lane] > self.params.tolerance;
            }
            if learning == [false; LANES] {
                break;
            }
        }
        hyperplanes
    }
}

/// The weights of neighbouring classes, each against the rest.
struct Hyperplanes {
    classes: Range<usize>,
    /// Half the width of `f64`, because how much of them the caches hold decides the speed.
    weights: Vec<[f32; LANES]>,
    bias: [f64; LANES],
}

impl Hyperplanes {
    fn margins(&self, columns: &[u32], values: &[f32]) -> [f64; LANES] {
        // Two sums of every other term need not wait for one another.
        let mut sums = [[0.0f32; LANES]; 2];
        let mut pairs = columns.chunks_exact(2).zip(values.chunks_exact(2));
        for (columns, values) in &mut pairs {
            for half in 0..2 {
                let weights = &self.weights[columns[half] as usize];
                for lane in 0..LANES {
                    sums[half][lane] += values[half] * weights[lane];
                }
            }
        }
        if let ([.., column], [.., value]) = (columns, values)
            && columns.len() % 2 == 1
        {
            let weights = &self.weights[*column as usize];
            for lane in 0..LANES {
                sums[0][lane] += value * weights[lane];
            }
        }
        std::array::from_fn(|lane| self.bias[lane] + f64::from(sums[0][lane] + sums[1][lane]))
    }

    /// Adds to each class its `steps` times the row.
    fn add(&mut self, columns: &[u32], values: &[f32], steps: [f64; LANES]) {
        let factors = steps.map(|step| step as f32);
        for (&column, &value) in columns.iter().zip(values) {
            let weights = &mut self.weights[column as usize];
            for lane in 0..LANES {
                weights[lane] += value * factors[lane];
            }
        }
        for (bias, step) in self.bias.iter_mut().zip(steps) {
            *bias += step;
        }
    }
}

/// Fisher & Yates. Written out, because the order that a release of `rand` draws may change.
fn shuffle(rows: &mut [u32], rng: &mut ChaCha8Rng) {
    for last in (1..rows.len()).rev() {
        // The remainder favours small numbers by less than one part in 2^32 for up to 2^32 rows.
        let other = rng.next_u64() % (last as u64 + 1);
        rows.swap(last, other as usize);
    }
}
