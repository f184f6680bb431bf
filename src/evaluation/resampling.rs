//! What resamples are made of, and what their figures say.

use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use super::{Interval, figures};

/// The rows of each group, groups in the order of their numbers; a number without rows is no group.
pub(super) fn rows_by_group(groups: &[usize]) -> Vec<Vec<usize>> {
    let n_groups = groups.iter().max().map_or(0, |&group| group + 1);
    let mut rows = vec![Vec::new(); n_groups];
    for (row, &group) in groups.iter().enumerate() {
        rows[group].push(row);
    }
    rows.retain(|rows: &Vec<usize>| !rows.is_empty());
    rows
}

/// The generator of resample `number`: each has a stream of its own, so that threads may take them in any order.
pub(super) fn generator(seed: u64, number: u64) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(number);
    rng
}

/// The rows of as many groups as there are, drawn with replacement, into `rows`.
pub(super) fn draw(groups: &[Vec<usize>], rng: &mut ChaCha8Rng, rows: &mut Vec<usize>) {
    rows.clear();
    for _ in 0..groups.len() {
        rows.extend_from_slice(&groups[rng.gen_range(0..groups.len())]);
    }
}

/// The 95 % percentile interval of `values`; `None` without values.
pub(super) fn percentile_interval(mut values: Vec<f64>) -> Option<Interval> {
    values.sort_by(f64::total_cmp);
    figures::percentile_interval(&values)
}
