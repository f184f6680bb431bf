//! The largest singular values of a matrix too large to hold.

use linfa_linalg::cholesky::Cholesky;
use linfa_linalg::eigh::{EigSort, Eigh};
use linfa_linalg::triangular::{SolveTriangular, UPLO};
use ndarray::{Array1, Array2, Axis, Slice};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use rand_distr::{Distribution, StandardNormal};
use rayon::prelude::*;

use crate::Error;

/// Sums over rows are taken in blocks of this many, whatever the number of threads.
const BLOCK: usize = 1024;

/// A square matrix that can be multiplied from the left.
pub(super) trait Operator {
    /// The number of rows, and of columns.
    fn size(&self) -> usize;
    /// The matrix times `x`, shape `(size, n)`.
    fn times(&self, x: &Array2<f32>) -> Array2<f32>;
    /// The transposed matrix times `x`, shape `(size, n)`.
    fn transposed_times(&self, x: &Array2<f32>) -> Array2<f32>;
}

/// The singular values from the largest down, shape `(n,)`, and their left vectors, shape `(size, n)`.
#[derive(Debug, Clone)]
pub(super) struct Svd {
    pub(super) values: Array1<f32>,
    pub(super) left: Array2<f32>,
}

/// How the randomised method works.
#[derive(Debug, Clone, Copy)]
pub(super) struct SvdParams {
    /// Singular values wanted.
    pub(super) n: usize,
    /// Columns beyond those.
    pub(super) oversampling: usize,
    /// Passes that sharpen the subspace.
    pub(super) power_iterations: usize,
    /// Drives the random start.
    pub(super) seed: u64,
}

/// The truncated singular value decomposition of `matrix` by the randomised subspace iteration of Halko, Martinsson and Tropp
/// 2011, "Finding structure with randomness", algorithms 4.4 and 5.1; `done` is called after each product with the matrix.
///
/// # Errors
///
/// [`Error::Data`] when the matrix has a lower rank than the columns asked for.
pub(super) fn randomized_svd(
    matrix: &impl Operator,
    params: SvdParams,
    mut done: impl FnMut(),
) -> Result<Svd, Error> {
    let width = (params.n + params.oversampling).min(matrix.size());
    let mut rng = ChaCha8Rng::seed_from_u64(params.seed);
    let start =
        Array2::from_shape_simple_fn((matrix.size(), width), || StandardNormal.sample(&mut rng));
    let mut basis = orthonormal(matrix.times(&start))?;
    done();
    for _ in 0..params.power_iterations {
        basis = orthonormal(matrix.transposed_times(&basis))?;
        done();
        basis = orthonormal(matrix.times(&basis))?;
        done();
    }
    // With Q the basis and B = Qᵀ M: M ≈ Q B, and B Bᵀ = V Σ² Vᵀ gives the left vectors Q V.
    let projected = matrix.transposed_times(&basis);
    done();
    let (values, vectors) = gram(&projected)
        .eigh()
        .map_err(|e| lower_rank(&e))?
        .sort_eig_desc();
    let n = params.n.min(width);
    let vectors = vectors
        .slice_axis(Axis(1), Slice::from(..n))
        .mapv(|x| x as f32);
    Ok(Svd {
        values: values
            .iter()
            .take(n)
            .map(|x| x.max(0.0).sqrt() as f32)
            .collect(),
        left: times_small(&basis, &with_fixed_signs(vectors)),
    })
}

/// The sign of a singular vector is free: the coordinate of the largest size is made positive.
fn with_fixed_signs(mut vectors: Array2<f32>) -> Array2<f32> {
    for mut vector in vectors.axis_iter_mut(Axis(1)) {
        let largest = vector.iter().fold(
            0f32,
            |largest, &x| if x.abs() > largest.abs() { x } else { largest },
        );
        if largest < 0.0 {
            vector.mapv_inplace(|x| -x);
        }
    }
    vectors
}

/// An orthonormal basis of the columns of `x`, by two rounds of Cholesky QR (Yamamoto et al. 2015, "Roundoff error analysis
/// of the Cholesky QR2 algorithm").
fn orthonormal(mut x: Array2<f32>) -> Result<Array2<f32>, Error> {
    for _ in 0..2 {
        let lower = gram(&x).cholesky().map_err(|e| lower_rank(&e))?;
        let inverse = lower
            .solve_triangular(&Array2::eye(lower.nrows()), UPLO::Lower)
            .map_err(|e| lower_rank(&e))?;
        x = times_small(&x, &inverse.t().mapv(|x| x as f32));
    }
    Ok(x)
}

/// `xᵀ x` in `f64`.
fn gram(x: &Array2<f32>) -> Array2<f64> {
    let blocks: Vec<Array2<f64>> = x
        .axis_chunks_iter(Axis(0), BLOCK)
        .into_par_iter()
        .map(|block| {
            let block = block.mapv(f64::from);
            block.t().dot(&block)
        })
        .collect();
    let mut sum = Array2::zeros((x.ncols(), x.ncols()));
    for block in &blocks {
        sum += block;
    }
    sum
}

/// `x · small`, block by block.
fn times_small(x: &Array2<f32>, small: &Array2<f32>) -> Array2<f32> {
    let mut product = Array2::zeros((x.nrows(), small.ncols()));
    product
        .axis_chunks_iter_mut(Axis(0), BLOCK)
        .into_par_iter()
        .zip(x.axis_chunks_iter(Axis(0), BLOCK).into_par_iter())
        .for_each(|(mut product, x)| product.assign(&x.dot(small)));
    product
}

fn lower_rank(error: &impl std::fmt::Display) -> Error {
    Error::Data(format!(
        "the words meet in too few ways for so many dimensions ({error}): ask for fewer, or give more text"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Dense(Array2<f32>);

    impl Operator for Dense {
        fn size(&self) -> usize {
            self.0.nrows()
        }
        fn times(&self, x: &Array2<f32>) -> Array2<f32> {
            self.0.dot(x)
        }
        fn transposed_times(&self, x: &Array2<f32>) -> Array2<f32> {
            self.0.t().dot(x)
        }
    }

    #[test]
    fn known_singular_values_and_vectors_are_found() {
        // A = H₁ diag(d) H₂ with reflections H, so the singular values are d and the left vectors columns of H₁.
        let n = 60;
        let reflection = |phase: f32| {
            let v = Array1::from_shape_fn(n, |i| (i as f32 * phase).sin());
            let scale = 2.0 / v.dot(&v);
            Array2::from_shape_fn((n, n), |(i, j)| {
                f32::from(u8::from(i == j)) - scale * v[i] * v[j]
            })
        };
        let (left, right) = (reflection(0.7), reflection(1.3));
        let d = Array1::from_shape_fn(n, |i| 0.7f32.powi(i as i32));
        let matrix = Dense((&left * &d).dot(&right));
        let params = SvdParams {
            n: 6,
            oversampling: 6,
            power_iterations: 3,
            seed: 1,
        };
        let mut products = 0;
        let svd = randomized_svd(&matrix, params, || products += 1).unwrap();
        assert_eq!(products, 2 + 2 * 3);
        for k in 0..6 {
            assert!(
                (svd.values[k] / d[k] - 1.0).abs() < 1e-3,
                "{k}: {}",
                svd.values[k]
            );
            let cosine = svd.left.column(k).dot(&left.column(k));
            assert!((cosine.abs() - 1.0).abs() < 1e-3, "{k}: {cosine}");
        }
    }

    #[test]
    fn a_basis_is_orthonormal_although_its_columns_nearly_agree() {
        let x = Array2::from_shape_fn((3000, 8), |(i, j)| {
            (i as f32 * 0.01).sin() + 1e-3 * (i as f32 * (j + 1) as f32 * 0.1).cos()
        });
        let basis = orthonormal(x).unwrap();
        let difference = gram(&basis) - Array2::<f64>::eye(8);
        assert!(difference.iter().all(|x| x.abs() < 1e-5), "{difference}");
    }
}
