//! How much more often two words meet than chance would have it.

use ndarray::Array2;
use rayon::prelude::*;

use super::cooccurrence::Cooccurrence;
use super::randomized_svd::Operator;

/// Rows of a product are computed in blocks of this many.
const BLOCK: usize = 256;

/// The matrix of positive pointwise mutual information with smoothed contexts (Levy, Goldberg and Dagan 2015, "Improving
/// distributional similarity with lessons learned from word embeddings"): for word `w`, context `c` and counts `n`,
///
/// ```text
/// M[w, c] = max(0, ln( n[w, c] / (n[w] · p[c]) ))      p[c] = n[c]^α / Σ_c' n[c']^α
/// ```
///
/// `n` is symmetric, so one set of logarithms serves the matrix and its transpose.
#[derive(Debug)]
pub(super) struct PointwiseInformation {
    row_starts: Vec<usize>,
    columns: Vec<u32>,
    /// `ln n[w, c]`.
    logarithms: Vec<f32>,
    /// `ln n[w]`.
    words: Vec<f32>,
    /// `ln p[c]`.
    contexts: Vec<f32>,
}

impl PointwiseInformation {
    /// The matrix for `counts`, contexts smoothed with the exponent `smoothing`, 0 to 1.
    pub(super) fn new(counts: Cooccurrence, smoothing: f64) -> Self {
        let totals: Vec<f64> = counts
            .row_starts
            .windows(2)
            .map(|row| {
                counts.counts[row[0]..row[1]]
                    .iter()
                    .map(|&n| f64::from(n))
                    .sum()
            })
            .collect();
        let smoothed: Vec<f64> = totals.iter().map(|&n| libm::pow(n, smoothing)).collect();
        let all: f64 = smoothed.iter().sum();
        // Most pairs are rare: the logarithms of small numbers are computed once.
        let small: Vec<f32> = (0..4096).map(|n| libm::log(f64::from(n)) as f32).collect();
        let logarithms = counts
            .counts
            .par_iter()
            .map(|&n| match small.get(n as usize) {
                Some(&logarithm) => logarithm,
                None => libm::log(f64::from(n)) as f32,
            })
            .collect();
        // A word without neighbours has no entries, so its −∞ is never used.
        Self {
            row_starts: counts.row_starts,
            columns: counts.columns,
            logarithms,
            words: totals.iter().map(|&n| libm::log(n) as f32).collect(),
            contexts: smoothed
                .iter()
                .map(|&n| libm::log(n / all) as f32)
                .collect(),
        }
    }

    /// The product with `x` of the matrix whose entries are `max(0, ln n[i, j] − rows[i] − columns[j])`.
    fn product(&self, x: &Array2<f32>, rows: &[f32], columns: &[f32]) -> Array2<f32> {
        let width = x.ncols();
        let mut product = Array2::zeros((self.words.len(), width));
        let (Some(x), Some(out)) = (x.as_slice(), product.as_slice_mut()) else {
            unreachable!("both are in the standard layout");
        };
        out.par_chunks_mut(BLOCK * width)
            .enumerate()
            .for_each(|(block, out)| {
                for (row, sums) in (block * BLOCK..).zip(out.chunks_exact_mut(width)) {
                    let range = self.row_starts[row]..self.row_starts[row + 1];
                    for (&column, &logarithm) in self.columns[range.clone()]
                        .iter()
                        .zip(&self.logarithms[range])
                    {
                        let column = column as usize;
                        let value = logarithm - rows[row] - columns[column];
                        if value > 0.0 {
                            for (sum, &x) in sums.iter_mut().zip(&x[column * width..][..width]) {
                                *sum += value * x;
                            }
                        }
                    }
                }
            });
        product
    }
}

impl Operator for PointwiseInformation {
    fn size(&self) -> usize {
        self.words.len()
    }

    fn times(&self, x: &Array2<f32>) -> Array2<f32> {
        self.product(x, &self.words, &self.contexts)
    }

    fn transposed_times(&self, x: &Array2<f32>) -> Array2<f32> {
        self.product(x, &self.contexts, &self.words)
    }
}

#[cfg(test)]
mod tests {
    use ndarray::Array;

    use super::super::cooccurrence::BOUNDARY;
    use super::*;

    #[test]
    fn entries_are_as_defined() {
        // Window 1: the pairs 0-1 twice, 1-2 once, 2-3 once.
        let tokens = [0, 1, BOUNDARY, 0, 1, 2, BOUNDARY, 2, 3];
        let information = PointwiseInformation::new(Cooccurrence::of(&tokens, 4, 1), 0.75);
        let matrix = information.times(&Array::eye(4));
        let totals = [2.0f64, 3.0, 2.0, 1.0];
        let all: f64 = totals.iter().map(|n| n.powf(0.75)).sum();
        let counts = [
            [0.0, 2.0, 0.0, 0.0],
            [2.0, 0.0, 1.0, 0.0],
            [0.0, 1.0, 0.0, 1.0],
            [0.0, 0.0, 1.0, 0.0],
        ];
        for (word, row) in counts.iter().enumerate() {
            for (context, &n) in row.iter().enumerate() {
                let chance: f64 = totals[word] * totals[context].powf(0.75) / all;
                let expected = if n > 0.0 {
                    f64::ln(n / chance).max(0.0)
                } else {
                    0.0
                };
                assert!((f64::from(matrix[(word, context)]) - expected).abs() < 1e-6);
            }
        }
        let transposed = information.transposed_times(&Array::eye(4));
        assert!(
            (&transposed - &matrix.t())
                .iter()
                .all(|x: &f32| x.abs() < 1e-6)
        );
    }
}
