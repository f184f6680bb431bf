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
        let sample = Sample::new(self, figures);
        let values = sample.measure_whole();
        if resampling.resamples == 0 {
            let estimate = |value| Estimate {
                value,
                ..Estimate::default()
            };
            return values.into_iter().map(estimate).collect();
        }
        let resampled = sample.resample(resampling);
        let jackknife: Vec<Vec<Option<f64>>> = blocks(sample.n_units)
            .into_par_iter()
            .map(|block| sample.measure(|unit| u32::from(!block.contains(&unit))))
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

    /// The 95 % percentile bootstrap interval of `figure` (Efron and Tibshirani 1993, chapter 13) from 2,000 resamples of
    /// groups, the same as by [`estimates`](Self::estimates) in half the time; `None` where the figure is a ratio of nothing.
    #[must_use]
    pub fn interval(&self, figure: Figure, seed: u64) -> Option<Interval> {
        let figures = [figure];
        let sample = Sample::new(self, &figures);
        sample.measure_whole()[0]?;
        let resampled = sample.resample(Resampling {
            seed,
            ..Resampling::default()
        });
        percentile_interval(&sorted_column(&resampled, 0))
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

/// Scores whose figures are measured over and over, with its units, which are drawn or left out, counted otherwise each time.
struct Sample<'a> {
    figures: &'a [Figure],
    weighted: WeightedScores,
    /// The unit of each sentence, below `n_units`.
    units: Vec<usize>,
    n_units: usize,
}

impl<'a> Sample<'a> {
    fn new(scores: &Scores, figures: &'a [Figure]) -> Self {
        let units = scores.units();
        Self {
            figures,
            weighted: WeightedScores::new(scores, figures),
            n_units: units.iter().max().map_or(0, |&unit| unit + 1),
            units,
        }
    }

    /// The figures where each unit counts `weight` times.
    fn measure(&self, weight: impl Fn(usize) -> u32) -> Vec<Option<f64>> {
        let weights: Vec<u32> = self.units.iter().map(|&unit| weight(unit)).collect();
        let sums = self.weighted.sums(&weights);
        self.figures
            .iter()
            .map(|&figure| sums.value(figure))
            .collect()
    }

    fn measure_whole(&self) -> Vec<Option<f64>> {
        self.measure(|_| 1)
    }

    /// The figures of each resample.
    fn resample(&self, resampling: Resampling) -> Vec<Vec<Option<f64>>> {
        let mut draws = Draws::new(self.n_units, resampling.seed);
        let mut resampled = Vec::with_capacity(resampling.resamples);
        while self.n_units > 0 && resampled.len() < resampling.resamples {
            let n = AT_A_TIME.min(resampling.resamples - resampled.len());
            let counts: Vec<Vec<u32>> = (0..n).map(|_| draws.next_counts()).collect();
            let measured = counts
                .par_iter()
                .map(|counts| self.measure(|unit| counts[unit]));
            resampled.par_extend(measured);
        }
        resampled
    }
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
