//! Who put which item into which category.

use std::collections::{BTreeMap, BTreeSet};

use super::coefficient::{Coefficient, Measured};
use super::tally::Tally;
use crate::evaluation::bootstrap;

/// The votes on a number of items, each for one of a fixed list of categories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ratings {
    n_categories: usize,
    /// For each item its votes as rater and category.
    items: Vec<Vec<(usize, usize)>>,
    /// The group of each item: items of one group are resampled together.
    groups: Vec<usize>,
}

impl Ratings {
    /// The ratings of items, each with its votes as rater and category in the order they were cast, and its group.
    ///
    /// # Panics
    ///
    /// If a category is not below `n_categories`, or there are not as many groups as items.
    #[must_use]
    pub fn new(
        n_categories: usize,
        mut items: Vec<Vec<(usize, usize)>>,
        groups: Vec<usize>,
    ) -> Self {
        assert_eq!(items.len(), groups.len(), "one group for each item");
        assert!(
            items.iter().flatten().all(|vote| vote.1 < n_categories),
            "categories are counted from 0"
        );
        let raters: BTreeSet<usize> = items.iter().flatten().map(|vote| vote.0).collect();
        if raters.len() == 2 {
            // Which of two readers comes first must not change from item to item.
            for votes in &mut items {
                votes.sort_unstable();
            }
        }
        Self {
            n_categories,
            items,
            groups,
        }
    }

    /// The same votes for `category` (which becomes 0) or for any other (1).
    #[must_use]
    pub fn against_rest(&self, category: usize) -> Self {
        let is_other = |&(rater, voted): &(usize, usize)| (rater, usize::from(voted != category));
        Self {
            n_categories: 2,
            items: self
                .items
                .iter()
                .map(|votes| votes.iter().map(is_other).collect())
                .collect(),
            groups: self.groups.clone(),
        }
    }

    /// The number of items with two votes or more.
    #[must_use]
    pub fn n_paired(&self) -> usize {
        self.items.iter().filter(|votes| votes.len() > 1).count()
    }

    /// The number of votes for `category`.
    #[must_use]
    pub fn n_votes(&self, category: usize) -> usize {
        let votes = self.items.iter().flatten();
        votes.filter(|vote| vote.1 == category).count()
    }

    /// The value of `coefficient`; `None` where it is a ratio of nothing or not defined for such votes.
    #[must_use]
    pub fn value(&self, coefficient: Coefficient) -> Option<f64> {
        let mut tally = Tally::new(self.n_categories);
        for group in self.tallies_by_group() {
            tally.add(&group);
        }
        tally
            .value(coefficient)
            .filter(|_| self.allows(coefficient))
    }

    /// Every coefficient with its 95 % percentile bootstrap interval over groups.
    #[must_use]
    pub fn measure(&self, seed: u64) -> [Measured; 5] {
        let tallies = self.tallies_by_group();
        let mut sum = Tally::new(self.n_categories);
        let intervals = bootstrap(tallies.len(), seed, |drawn| {
            sum.clear();
            for &group in drawn {
                sum.add(&tallies[group]);
            }
            Coefficient::ALL.map(|coefficient| sum.value(coefficient))
        });
        std::array::from_fn(|index| {
            let coefficient = Coefficient::ALL[index];
            let value = self.value(coefficient);
            Measured {
                coefficient,
                value,
                interval: intervals[index].filter(|_| value.is_some()),
            }
        })
    }

    /// Whether the votes are such as `coefficient` was made for.
    fn allows(&self, coefficient: Coefficient) -> bool {
        let mut numbers = self.items.iter().map(Vec::len).filter(|&n| n > 1);
        match coefficient {
            Coefficient::CohenKappa => numbers.all(|n| n == 2),
            Coefficient::FleissKappa => {
                let first = numbers.next();
                numbers.all(|n| Some(n) == first)
            }
            _ => true,
        }
    }

    fn tallies_by_group(&self) -> Vec<Tally> {
        let mut tallies = BTreeMap::new();
        for (votes, &group) in self.items.iter().zip(&self.groups) {
            let categories: Vec<usize> = votes.iter().map(|vote| vote.1).collect();
            tallies
                .entry(group)
                .or_insert_with(|| Tally::new(self.n_categories))
                .add_item(&categories);
        }
        tallies.into_values().collect()
    }
}
