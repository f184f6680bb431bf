//! Figures with their intervals.

use rayon::prelude::*;

use super::bca::{bca_interval, percentile_interval};
use super::blocks::blocks;
use super::{Draws, Figure, WeightedScores};
use crate::evaluation::{Estimate, Interval, Scores};

/// How many resamples are drawn, and what drives them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resampling {
    /// How many; 0 gives no intervals.
    pub resamples: usize,
    /// What drives them.
    pub seed: u64,
}

impl Default for Resampling {
    fn default() -> Self {
        Self {
            resamples: 2000,
            seed: 1,
        }
    }
}

/// Resamples are drawn by one thread, this many at a time, and measured by all.
const AT_A_TIME: usize = 64;

impl Scores {
    /// Each of `figures` with its 95 % percentile and `BCa` bootstrap intervals. Groups are drawn with replacement, as many as
    /// there are; the acceleration is by jackknife over groups. Resamples in which a figure is a ratio of nothing are left out of its
    /// interval. The same bytes on any number of threads, since resamples are drawn one after the other and each is measured by one thread.
    ///
    /// All figures of a resample are measured in one pass over the sentences, or two with average precision.
    #[must_use]
    pub fn estimates(&self, figures: &[Figure], resampling: Resampling) -> Vec<Estimate> {
        let weighted = WeightedScores::new(self, figures);
        let units = self.units();
        let n_units = units.iter().max().map_or(0, |&unit| unit + 1);
        let measure = |weights: &[u32]| -> Vec<Option<f64>> {
            let sums = weighted.sums(weights);
            figures.iter().map(|&figure| sums.value(figure)).collect()
        };
        let values = measure(&vec![1; units.len()]);
        if resampling.resamples == 0 {
            let estimate = |value| Estimate {
                value,
                ..Estimate::default()
            };
            return values.into_iter().map(estimate).collect();
        }
        let resampled = resampled(&units, n_units, resampling, measure);
        let jackknife: Vec<Vec<Option<f64>>> = blocks(n_units)
            .into_par_iter()
            .map(|block| {
                let kept = |&unit: &usize| u32::from(!block.contains(&unit));
                measure(&units.iter().map(kept).collect::<Vec<u32>>())
            })
            .collect();
        values
            .into_par_iter()
            .enumerate()
            .map(|(figure, value)| {
                let sorted = sorted_column(&resampled, figure);
                let bca = |value| {
                    let jackknife: Vec<f64> = column(&jackknife, figure).collect();
                    bca_interval(value, &sorted, &jackknife)
                };
                Estimate {
                    value,
                    percentile: percentile_interval(&sorted).filter(|_| value.is_some()),
                    bca: value.and_then(bca),
                }
            })
            .collect()
    }

    /// The value of each of `figures` with the percentile interval alone, the same as by [`estimates`](Self::estimates), in half the time.
    #[must_use]
    pub(in crate::evaluation) fn percentile_intervals(
        &self,
        figures: &[Figure],
        resampling: Resampling,
    ) -> Vec<(Option<f64>, Option<Interval>)> {
        let weighted = WeightedScores::new(self, figures);
        let units = self.units();
        let n_units = units.iter().max().map_or(0, |&unit| unit + 1);
        let measure = |weights: &[u32]| -> Vec<Option<f64>> {
            let sums = weighted.sums(weights);
            figures.iter().map(|&figure| sums.value(figure)).collect()
        };
        let values = measure(&vec![1; units.len()]);
        let resampled = resampled(&units, n_units, resampling, measure);
        let interval = |figure| percentile_interval(&sorted_column(&resampled, figure));
        values
            .into_iter()
            .enumerate()
            .map(|(figure, value)| (value, interval(figure).filter(|_| value.is_some())))
            .collect()
    }

    /// The group of each sentence, counted from 0 in the order of the group numbers, none left out.
    pub(in crate::evaluation) fn units(&self) -> Vec<usize> {
        let n_groups = self.groups.iter().max().map_or(0, |&group| group + 1);
        let mut is_used = vec![false; n_groups];
        for &group in &self.groups {
            is_used[group] = true;
        }
        let mut next = 0;
        let number: Vec<usize> = is_used
            .iter()
            .map(|&is_used| {
                next += usize::from(is_used);
                next.saturating_sub(1)
            })
            .collect();
        self.groups.iter().map(|&group| number[group]).collect()
    }
}

/// What `measure` gives for each resample of `n_units` units, when it is told how often each sentence is in it.
fn resampled(
    units: &[usize],
    n_units: usize,
    resampling: Resampling,
    measure: impl Fn(&[u32]) -> Vec<Option<f64>> + Sync,
) -> Vec<Vec<Option<f64>>> {
    let mut draws = Draws::new(n_units, resampling.seed);
    let mut resampled = Vec::with_capacity(resampling.resamples);
    while n_units > 0 && resampled.len() < resampling.resamples {
        let n = AT_A_TIME.min(resampling.resamples - resampled.len());
        let counts: Vec<Vec<u32>> = (0..n).map(|_| draws.next_counts()).collect();
        resampled.par_extend(counts.par_iter().map(|counts| {
            let weights: Vec<u32> = units.iter().map(|&unit| counts[unit]).collect();
            measure(&weights)
        }));
    }
    resampled
}

/// The values of one figure, where it has one.
fn column(measured: &[Vec<Option<f64>>], figure: usize) -> impl Iterator<Item = f64> {
    measured.iter().filter_map(move |values| values[figure])
}

fn sorted_column(measured: &[Vec<Option<f64>>], figure: usize) -> Vec<f64> {
    let mut values: Vec<f64> = column(measured, figure).collect();
    values.sort_by(f64::total_cmp);
    values
}
