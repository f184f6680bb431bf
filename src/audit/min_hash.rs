//! Candidates for similar sets.

use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

/// The largest number of hash functions.
const N_HASHES: u32 = 256;
/// The share of pairs at the threshold that may be missed.
const MISSED: f64 = 1e-4;

/// Min-wise hashing with banding: sets that agree in all rows of a band are candidates. Of pairs with Jaccard similarity `s`,
/// the share `(1 − s^rows)^bands` is missed (Leskovec et al. 2014, "Mining of massive datasets", section 3.4).
#[derive(Debug)]
pub(super) struct MinHash {
    rows: usize,
    /// Odd multiplier and summand of each hash function, `rows` for each band.
    functions: Vec<(u64, u64)>,
}

impl MinHash {
    /// As many rows a band as keep the share of missed pairs at `threshold` within one in 10,000, for the fewest
    /// candidates.
    pub(super) fn for_threshold(threshold: f64) -> Self {
        let missed = |rows: u32| {
            let bands = f64::from(N_HASHES / rows);
            (1.0 - threshold.powi(rows as i32)).powf(bands)
        };
        let rows = (1..=8).rev().find(|&rows| missed(rows) <= MISSED);
        let rows = rows.unwrap_or(1);
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let n_functions = N_HASHES / rows * rows;
        Self {
            rows: rows as usize,
            functions: (0..n_functions)
                .map(|_| (rng.next_u64() | 1, rng.next_u64()))
                .collect(),
        }
    }

    /// Pairs of places in `sets` that agree in a band, the smaller place first, sorted and without repetition.
    pub(super) fn candidates(&self, sets: &[Vec<u64>]) -> Vec<(u32, u32)> {
        let signatures: Vec<Vec<u64>> = sets.par_iter().map(|set| self.signature(set)).collect();
        let n_bands = self.functions.len() / self.rows;
        let mut pairs: Vec<(u32, u32)> = (0..n_bands)
            .into_par_iter()
            .flat_map_iter(|band| {
                let rows = band * self.rows..(band + 1) * self.rows;
                let mut keys: Vec<(&[u64], u32)> = signatures
                    .iter()
                    .zip(0..)
                    .map(|(signature, place)| (&signature[rows.clone()], place))
                    .collect();
                keys.sort_unstable();
                let pairs_of = |same: &[(&[u64], u32)]| {
                    let places: Vec<u32> = same.iter().map(|key| key.1).collect();
                    pairs(&places)
                };
                keys.chunk_by(|a, b| a.0 == b.0)
                    .flat_map(pairs_of)
                    .collect::<Vec<_>>()
            })
            .collect();
        pairs.par_sort_unstable();
        pairs.dedup();
        pairs
    }

    fn signature(&self, set: &[u64]) -> Vec<u64> {
        let least = |&(multiplier, summand): &(u64, u64)| {
            let hashes = set.iter().map(|&shingle| {
                // Multiply-shift leaves the low bits poor; the finisher of SplitMix64 spreads the high ones down.
                let mixed = (shingle ^ summand).wrapping_mul(multiplier);
                let mixed = (mixed ^ mixed >> 32).wrapping_mul(0x9E37_79B9_7F4A_7C15);
                mixed ^ mixed >> 29
            });
            hashes.min().unwrap_or(u64::MAX)
        };
        self.functions.iter().map(least).collect()
    }
}

fn pairs(places: &[u32]) -> Vec<(u32, u32)> {
    let later = |(at, &a): (usize, &u32)| {
        let rest = &places[at + 1..];
        rest.iter().map(move |&b| (a, b)).collect::<Vec<_>>()
    };
    places.iter().enumerate().flat_map(later).collect()
}
