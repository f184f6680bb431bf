//! Paired tests.

use rand::Rng;
use serde::Serialize;

use super::macro_f1_difference::PairCounts;
use crate::evaluation::Interval;
use crate::evaluation::binomial::fair_coin;
use crate::evaluation::resampling::{draw, generator, percentile_interval, rows_by_group};

/// What two models say of the same sentences.
#[derive(Debug, Clone, Copy)]
pub struct PairedOutcomes<'a> {
    /// The number of classes.
    pub n_classes: usize,
    /// The true class of each sentence.
    pub truth: &'a [usize],
    /// The group of each sentence: sentences of one group are resampled and exchanged together.
    pub groups: &'a [usize],
    /// What the two models say of each sentence; `None` is no answer, which is never right.
    pub predictions: [&'a [Option<usize>]; 2],
}

/// A figure of the second model minus that of the first.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Tested {
    /// The difference, −1 to 1.
    pub difference: f64,
    /// Its 95 % interval, from the paired bootstrap by group.
    pub interval: Interval,
    /// The p-value of the paired bootstrap: below 0.05 where the interval leaves out 0.
    pub bootstrap_p: f64,
    /// The p-value of approximate randomisation by group.
    pub randomisation_p: f64,
}

/// How two models differ on the same sentences. All tests are two-sided.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PairedTests {
    /// The difference of macro-F1.
    pub macro_f1: Tested,
    /// The difference of accuracy.
    pub accuracy: Tested,
    /// Sentences that only the second model has right.
    pub won: u64,
    /// Sentences that only the first model has right.
    pub lost: u64,
    /// The p-value of the exact test of Mc Nemar 1947 on `won` against `lost`, which takes sentences as independent.
    pub mc_nemar_p: f64,
}

impl PairedOutcomes<'_> {
    /// Tests the two models with `resamples` resamples and as many exchanges.
    ///
    /// - **Paired bootstrap** (Efron and Tibshirani 1993, chapters 13 and 15): groups are drawn with replacement, both models
    ///   measured on the same draw; the interval has the quantiles 0.025 and 0.975 of the differences, and the p-value is twice
    ///   the smaller of the shares of differences below and above 0, those of 0 counted on both sides.
    /// - **Approximate randomisation** (Noreen 1989, *Computer-intensive methods for testing hypotheses*): in each group the two
    ///   models change places with probability ½, which would change nothing if they were equally good; the p-value is
    ///   the share of exchanges with a difference as large as the observed one, which is counted as one of them.
    /// - **Mc Nemar**: the exact binomial test of sentences won against sentences lost.
    ///
    /// # Panics
    ///
    /// If the lists differ in length or hold a class that is not below `n_classes`.
    #[must_use]
    pub fn test(&self, resamples: u64, seed: u64) -> PairedTests {
        let groups = rows_by_group(self.groups);
        let mut counts = PairCounts::new(self.n_classes);
        for row in 0..self.truth.len() {
            counts.add(self.truth[row], self.of(row));
        }
        let observed = counts.differences();
        let drawn = self.resample(&groups, resamples, seed, &mut counts);
        let exchanged = self.exchange(&groups, resamples, seed, &mut counts, observed);
        let tested = |figure: usize| {
            let values = &drawn[figure];
            let share = |side: &dyn Fn(f64) -> bool| {
                let n = values.iter().filter(|&&value| side(value)).count();
                (n + 1) as f64 / (values.len() + 1) as f64
            };
            let tail = share(&|value| value <= 0.0).min(share(&|value| value >= 0.0));
            Tested {
                difference: observed[figure],
                interval: percentile_interval(values.clone()).unwrap_or(Interval {
                    low: observed[figure],
                    high: observed[figure],
                }),
                bootstrap_p: (2.0 * tail).min(1.0),
                randomisation_p: exchanged[figure],
            }
        };
        let (won, lost) = self.won_and_lost();
        PairedTests {
            macro_f1: tested(0),
            accuracy: tested(1),
            won,
            lost,
            mc_nemar_p: fair_coin(won, lost),
        }
    }

    fn of(&self, row: usize) -> [Option<usize>; 2] {
        self.predictions.map(|predictions| predictions[row])
    }

    fn won_and_lost(&self) -> (u64, u64) {
        let (mut won, mut lost) = (0, 0);
        for (row, &truth) in self.truth.iter().enumerate() {
            let [first, second] = self.of(row).map(|prediction| prediction == Some(truth));
            won += u64::from(second && !first);
            lost += u64::from(first && !second);
        }
        (won, lost)
    }

    /// The differences of macro-F1 and of accuracy in each resample.
    fn resample(
        &self,
        groups: &[Vec<usize>],
        resamples: u64,
        seed: u64,
        counts: &mut PairCounts,
    ) -> [Vec<f64>; 2] {
        let mut rng = generator(seed, 0);
        let mut rows = Vec::with_capacity(self.truth.len());
        let mut values = [const { Vec::new() }; 2];
        for _ in 0..resamples {
            draw(groups, &mut rng, &mut rows);
            counts.clear();
            for &row in &rows {
                counts.add(self.truth[row], self.of(row));
            }
            for (values, difference) in values.iter_mut().zip(counts.differences()) {
                values.push(difference);
            }
        }
        values
    }

    /// The p-values of approximate randomisation.
    fn exchange(
        &self,
        groups: &[Vec<usize>],
        exchanges: u64,
        seed: u64,
        counts: &mut PairCounts,
        observed: [f64; 2],
    ) -> [f64; 2] {
        // Differences that are equal on paper may differ in their last bits.
        const SAME: f64 = 1e-12;
        let mut rng = generator(seed, 1);
        let mut as_large = [1u64; 2];
        for _ in 0..exchanges {
            counts.clear();
            for rows in groups {
                let exchange = rng.r#gen::<bool>();
                for &row in rows {
                    let [first, second] = self.of(row);
                    let predictions = match exchange {
                        true => [second, first],
                        false => [first, second],
                    };
                    counts.add(self.truth[row], predictions);
                }
            }
            for ((n, difference), observed) in
                as_large.iter_mut().zip(counts.differences()).zip(observed)
            {
                *n += u64::from(difference.abs() >= observed.abs() - SAME);
            }
        }
        as_large.map(|n| n as f64 / (exchanges + 1) as f64)
    }
}

#[cfg(test)]
mod tests;
