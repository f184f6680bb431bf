//! The units of each resample.

use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

/// Resamples, one after the other: as many units as there are, drawn with replacement.
#[derive(Debug)]
pub(in crate::evaluation) struct Draws {
    rng: ChaCha8Rng,
    n_units: usize,
}

impl Draws {
    pub(in crate::evaluation) fn new(n_units: usize, seed: u64) -> Self {
        Self {
            rng: ChaCha8Rng::seed_from_u64(seed),
            n_units,
        }
    }

    /// The units of the next resample, some several times, others never.
    pub(in crate::evaluation) fn next_units(&mut self, units: &mut Vec<usize>) {
        let Self { rng, n_units } = self;
        units.clear();
        units.extend((0..*n_units).map(|_| rng.gen_range(0..*n_units)));
    }

    /// How often each unit is in the next resample.
    pub(super) fn next_counts(&mut self) -> Vec<u32> {
        let mut counts = vec![0; self.n_units];
        for _ in 0..self.n_units {
            counts[self.rng.gen_range(0..self.n_units)] += 1;
        }
        counts
    }
}
