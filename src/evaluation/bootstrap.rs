//! The spread of figures over resamples.

use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use super::Interval;

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
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut values: [Vec<f64>; N] = std::array::from_fn(|_| Vec::with_capacity(RESAMPLES));
    let mut drawn = vec![0; n_groups];
    for _ in 0..RESAMPLES {
        drawn.fill_with(|| rng.gen_range(0..n_groups));
        for (values, figure) in values.iter_mut().zip(figures(&drawn)) {
            values.extend(figure);
        }
    }
    values.map(percentiles)
}

fn percentiles(mut values: Vec<f64>) -> Option<Interval> {
    values.sort_by(f64::total_cmp);
    let last = values.len().checked_sub(1)?;
    let at = |share: f64| values[(share * last as f64).round() as usize];
    Some(Interval {
        low: at(0.025),
        high: at(0.975),
    })
}
