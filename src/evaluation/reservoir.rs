//! A random sample of a stream of unknown length.

use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

/// A sample without replacement of what is offered to it, each item with the same probability, in memory that is bounded by its
/// capacity (Vitter 1985, "Random sampling with a reservoir", algorithm R). The same seed and order give the same sample.
///
/// # Examples
///
/// ```
/// use marsad::evaluation::Reservoir;
///
/// let mut sample = Reservoir::new(10, 1);
/// (0..1000).for_each(|n| sample.offer(n));
/// assert_eq!((sample.offered(), sample.into_items().len()), (1000, 10));
/// ```
#[derive(Debug, Clone)]
pub struct Reservoir<T> {
    items: Vec<T>,
    capacity: usize,
    offered: u64,
    rng: ChaCha8Rng,
}

impl<T> Reservoir<T> {
    /// An empty sample that will hold at most `capacity` items.
    #[must_use]
    pub fn new(capacity: usize, seed: u64) -> Self {
        Self {
            items: Vec::new(),
            capacity,
            offered: 0,
            rng: ChaCha8Rng::seed_from_u64(seed),
        }
    }

    /// Takes `item` into the sample, perhaps in place of another.
    pub fn offer(&mut self, item: T) {
        self.offered += 1;
        if self.items.len() < self.capacity {
            self.items.push(item);
            return;
        }
        let place = self.rng.gen_range(0..self.offered) as usize;
        if let Some(old) = self.items.get_mut(place) {
            *old = item;
        }
    }

    /// How many items were offered.
    #[must_use]
    pub fn offered(&self) -> u64 {
        self.offered
    }

    /// The sample; all items in their order while there is room for all.
    #[must_use]
    pub fn into_items(self) -> Vec<T> {
        self.items
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_has_the_same_chance() {
        // 10 of 100, 2,000 times: each item is drawn 200 times on average, standard deviation √(2000 · 0.1 · 0.9) = 13.4.
        let mut drawn = [0; 100];
        for seed in 0..2000 {
            let mut sample = Reservoir::new(10, seed);
            (0..100).for_each(|item| sample.offer(item));
            for item in sample.into_items() {
                drawn[item] += 1;
            }
        }
        assert!(drawn.iter().all(|&n| (140..=260).contains(&n)), "{drawn:?}");
    }
}
