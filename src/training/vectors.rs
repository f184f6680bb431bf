//! Vector arithmetic whose sums do not depend on the number of threads.
//!
//! A vector is cut into blocks of a fixed length; each block is summed in eight interleaved lanes,
//! which the compiler keeps in vector registers, and the sums of the blocks are added in order.

use std::ops::Range;

use rayon::prelude::*;

/// Long enough that a task outweighs its scheduling, short enough to stay in the L1 cache.
const BLOCK: usize = 4096;
/// One lane would wait for each addition to finish before it starts the next.
const LANES: usize = 8;

/// `Σ a[i] · b[i]`.
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    sum_blocks(a.len(), |block| {
        let (a, a_rest) = a[block.clone()].as_chunks::<LANES>();
        let (b, b_rest) = b[block].as_chunks::<LANES>();
        let mut lanes = [0.0; LANES];
        for (a, b) in a.iter().zip(b) {
            for lane in 0..LANES {
                lanes[lane] += a[lane] * b[lane];
            }
        }
        let rest: f64 = a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum();
        lanes.iter().sum::<f64>() + rest
    })
}

/// `Σ a[i] · (b[i] − c[i])`, where subtracting two sums would cancel.
pub(super) fn dot_difference(a: &[f64], b: &[f64], c: &[f64]) -> f64 {
    sum_blocks(a.len(), |block| {
        let differences = b[block.clone()].iter().zip(&c[block.clone()]);
        let terms = a[block].iter().zip(differences);
        terms.map(|(a, (b, c))| a * (b - c)).sum()
    })
}

/// Adds the sums that `block_sum` takes over consecutive ranges of `0..length`.
fn sum_blocks(length: usize, block_sum: impl Fn(Range<usize>) -> f64 + Sync) -> f64 {
    // A vector of one block, as calibration has, needs no threads; the sum is the same.
    if length <= BLOCK {
        return block_sum(0..length);
    }
    let sums: Vec<f64> = (0..length.div_ceil(BLOCK))
        .into_par_iter()
        .map(|block| block_sum(block * BLOCK..length.min((block + 1) * BLOCK)))
        .collect();
    sums.iter().sum()
}

/// The largest `|a[i]|`, 0 for an empty vector. A maximum is the same in any order.
pub(super) fn largest_magnitude(a: &[f64]) -> f64 {
    let block = |a: &[f64]| {
        a.iter()
            .fold(0.0, |largest: f64, value| largest.max(value.abs()))
    };
    if a.len() <= BLOCK {
        return block(a);
    }
    a.par_chunks(BLOCK).map(block).reduce(|| 0.0, f64::max)
}

/// `target += factor · source`.
pub(super) fn add_scaled(target: &mut [f64], factor: f64, source: &[f64]) {
    if target.len() <= BLOCK {
        for (target, &source) in target.iter_mut().zip(source) {
            *target += factor * source;
        }
    } else {
        target
            .par_chunks_mut(BLOCK)
            .zip(source.par_chunks(BLOCK))
            .for_each(|(target, source)| add_scaled(target, factor, source));
    }
}

/// `target *= factor`.
pub(super) fn multiply(target: &mut [f64], factor: f64) {
    if target.len() <= BLOCK {
        for value in target {
            *value *= factor;
        }
    } else {
        target
            .par_chunks_mut(BLOCK)
            .for_each(|block| multiply(block, factor));
    }
}
