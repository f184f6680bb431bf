//! Sentences in the order of the probability of a class.

/// Set where a sentence is of the class.
const IS_OF_CLASS: u32 = 1 << 31;
/// Set where the next sentence has a lower probability: here lies a threshold.
const IS_THRESHOLD: u32 = 1 << 30;
const ROW: u32 = IS_THRESHOLD - 1;

/// The sentences from the highest probability of a class to the lowest.
#[derive(Debug, Clone)]
pub(super) struct Ranking {
    /// Rows with the two flags.
    entries: Vec<u32>,
}

impl Ranking {
    /// The ranking by `probability` of each row, of which `is_of_class` says whether it is of the class.
    ///
    /// # Panics
    ///
    /// If there are 2^30 rows or more.
    pub(super) fn new(
        n_rows: usize,
        probability: impl Fn(usize) -> f64,
        is_of_class: impl Fn(usize) -> bool,
    ) -> Self {
        assert!(n_rows < IS_THRESHOLD as usize, "fewer than 2^30 sentences");
        let mut order: Vec<usize> = (0..n_rows).collect();
        order.sort_by(|&a, &b| probability(b).total_cmp(&probability(a)));
        let entry = |place: usize| {
            let row = order[place];
            let next = order.get(place + 1);
            let ends = next.is_none_or(|&next| probability(next) < probability(row));
            row as u32
                | if is_of_class(row) { IS_OF_CLASS } else { 0 }
                | if ends { IS_THRESHOLD } else { 0 }
        };
        Self {
            entries: (0..n_rows).map(entry).collect(),
        }
    }

    /// The average precision when row `i` counts `weights[i]` times: `Σ (R_t − R_{t−1}) P_t` over the thresholds t; `None` without a
    /// sentence of the class.
    pub(super) fn average_precision(&self, weights: &[u32]) -> Option<f64> {
        let (mut taken, mut hits, mut fresh) = (0u64, 0u64, 0u64);
        let mut sum = 0.0;
        for &entry in &self.entries {
            let weight = u64::from(weights[(entry & ROW) as usize]);
            taken += weight;
            fresh += weight * u64::from(entry / IS_OF_CLASS);
            if entry & IS_THRESHOLD != 0 && fresh > 0 {
                hits += fresh;
                sum += fresh as f64 * hits as f64 / taken as f64;
                fresh = 0;
            }
        }
        (hits > 0).then(|| sum / hits as f64)
    }
}
