//! The spread of figures over resamples.

use super::Interval;
use super::figures::{Draws, percentile_interval};

/// The 95 % percentile bootstrap intervals (Efron and Tibshirani 1993, chapter 13) of `N` figures from 2,000 resamples of
/// `n_groups` groups; `None` for a figure that is a ratio of nothing in every resample.
///
/// `figures` gets the numbers of the groups in a resample, some several times, others never.
pub(crate) fn bootstrap<const N: usize>(
    n_groups: usize,
    seed: u64,
    mut figures: impl FnMut(&[usize]) -> [Option<f64>; N],
) -> [Option<Interval>; N] {
    const RESAMPLES: usize = 2000;
    let mut resamples = Draws::new(n_groups, seed);
    let mut values: [Vec<f64>; N] = std::array::from_fn(|_| Vec::with_capacity(RESAMPLES));
    let mut drawn = Vec::with_capacity(n_groups);
    for _ in 0..RESAMPLES {
        resamples.next_units(&mut drawn);
        for (values, figure) in values.iter_mut().zip(figures(&drawn)) {
            values.extend(figure);
        }
    }
    values.map(|mut values| {
        values.sort_by(f64::total_cmp);
        percentile_interval(&values)
    })
}
