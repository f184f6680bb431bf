//! The counts from which every coefficient of agreement is made.

use super::coefficient::Coefficient;

/// Sums over items whose votes fall into `K` categories. Tallies add up, so that a resample of items is a sum of theirs.
///
/// Written for item `i` with `m_i` votes, `n_ic` of them for category `c`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tally {
    /// Items with at least one vote.
    items: f64,
    /// Items with at least two votes.
    paired_items: f64,
    /// `Σ_i Σ_c n_ic (n_ic − 1) / (m_i (m_i − 1))` over items with two votes or more.
    agreement: f64,
    /// `Σ_i Σ_c n_ic (n_ic − 1) / (m_i − 1)`: the diagonal of Krippendorff's coincidence matrix.
    coincidences: f64,
    /// `Σ_i n_ic` over items with two votes or more.
    paired_votes: Vec<f64>,
    /// `Σ_i n_ic / m_i` over all items.
    shares: Vec<f64>,
    /// How often the first vote was for the row's category and the second for the column's.
    contingency: Vec<f64>,
}

impl Tally {
    pub(super) fn new(n_categories: usize) -> Self {
        Self {
            items: 0.0,
            paired_items: 0.0,
            agreement: 0.0,
            coincidences: 0.0,
            paired_votes: vec![0.0; n_categories],
            shares: vec![0.0; n_categories],
            contingency: vec![0.0; n_categories * n_categories],
        }
    }

    /// Adds an item with these votes.
    pub(super) fn add_item(&mut self, votes: &[usize]) {
        let n_categories = self.shares.len();
        let m = votes.len() as f64;
        let mut counts = vec![0.0; n_categories];
        for &category in votes {
            counts[category] += 1.0;
        }
        if m < 1.0 {
            return;
        }
        self.items += 1.0;
        for (share, count) in self.shares.iter_mut().zip(&counts) {
            *share += count / m;
        }
        let &[first, second, ..] = votes else {
            return;
        };
        let pairs: f64 = counts.iter().map(|count| count * (count - 1.0)).sum();
        self.paired_items += 1.0;
        self.agreement += pairs / (m * (m - 1.0));
        self.coincidences += pairs / (m - 1.0);
        for (sum, count) in self.paired_votes.iter_mut().zip(&counts) {
            *sum += count;
        }
        self.contingency[first * n_categories + second] += 1.0;
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.items += other.items;
        self.paired_items += other.paired_items;
        self.agreement += other.agreement;
        self.coincidences += other.coincidences;
        for (sums, others) in [
            (&mut self.paired_votes, &other.paired_votes),
            (&mut self.shares, &other.shares),
            (&mut self.contingency, &other.contingency),
        ] {
            for (sum, other) in sums.iter_mut().zip(others) {
                *sum += other;
            }
        }
    }

    pub(super) fn clear(&mut self) {
        *self = Self::new(self.shares.len());
    }

    pub(super) fn value(&self, coefficient: Coefficient) -> Option<f64> {
        match coefficient {
            Coefficient::Observed => self.observed(),
            Coefficient::KrippendorffAlpha => self.krippendorff_alpha(),
            Coefficient::CohenKappa => self.cohen_kappa(),
            Coefficient::FleissKappa => self.fleiss_kappa(),
            Coefficient::GwetAc1 => self.gwet_ac1(),
        }
    }

    fn observed(&self) -> Option<f64> {
        ratio(self.agreement, self.paired_items)
    }

    /// `1 − (n − 1) (n − Σ_c o_cc) / (n² − Σ_c n_c²)` with `n` pairable votes.
    fn krippendorff_alpha(&self) -> Option<f64> {
        let n: f64 = self.paired_votes.iter().sum();
        let squares: f64 = self.paired_votes.iter().map(|count| count * count).sum();
        let disagreement = (n - 1.0) * (n - self.coincidences);
        Some(1.0 - ratio(disagreement, n * n - squares)?)
    }

    fn cohen_kappa(&self) -> Option<f64> {
        let k = self.shares.len();
        let n = self.paired_items;
        let at = |row: usize, column: usize| self.contingency[row * k + column];
        let agreed: f64 = (0..k).map(|c| at(c, c)).sum();
        let expected: f64 = (0..k)
            .map(|c| {
                let first: f64 = (0..k).map(|other| at(c, other)).sum();
                let second: f64 = (0..k).map(|other| at(other, c)).sum();
                first * second
            })
            .sum();
        // (agreed / n − expected / n²) / (1 − expected / n²), in whole numbers as long as possible.
        ratio(agreed * n - expected, n * n - expected)
    }

    fn fleiss_kappa(&self) -> Option<f64> {
        let n: f64 = self.paired_votes.iter().sum();
        let squares: f64 = self.paired_votes.iter().map(|count| count * count).sum();
        let observed = self.observed()?;
        let expected = ratio(squares, n * n)?;
        ratio(observed - expected, ratio(n * n - squares, n * n)?)
    }

    /// Expected agreement `Σ_c π_c (1 − π_c) / (K − 1)`.
    fn gwet_ac1(&self) -> Option<f64> {
        let observed = self.observed()?;
        let spread: f64 = self
            .shares
            .iter()
            .map(|share| share / self.items * (1.0 - share / self.items))
            .sum();
        let expected = ratio(spread, self.shares.len() as f64 - 1.0)?;
        ratio(observed - expected, 1.0 - expected)
    }
}

fn ratio(numerator: f64, denominator: f64) -> Option<f64> {
    (denominator > 0.0).then(|| numerator / denominator)
}
