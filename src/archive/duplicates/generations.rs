//! A set of hashes that forgets the oldest.

use super::mix::place;

/// A set of 64-bit hashes in two tables of one size: the young one takes what is new, and when it is full the old one is emptied and
/// they change places. What is met again in the old one goes to the young one. So a hash is found as long as fewer than
/// [`guaranteed`](Self::guaranteed) others came after it was last met, and is forgotten at the latest when twice as many have.
#[derive(Debug, Clone)]
pub(super) struct Generations {
    /// Both tables with open addressing, one behind the other; 0 is an empty slot.
    slots: Vec<u64>,
    /// Whether the second table is the young one.
    second_is_young: bool,
    n_in_young: usize,
}

impl Generations {
    /// A set that takes at most `bytes`, which must be at least 64.
    pub(super) fn new(bytes: usize) -> Self {
        let n_slots = bytes / size_of::<u64>() / 2 * 2;
        Self {
            slots: vec![0; n_slots],
            second_is_young: false,
            n_in_young: 0,
        }
    }

    /// How many hashes a table takes: three quarters of its slots, so that an empty slot is never far.
    pub(super) fn guaranteed(&self) -> usize {
        self.slots.len() / 2 * 3 / 4
    }

    pub(super) fn bytes(&self) -> usize {
        self.slots.capacity() * size_of::<u64>()
    }

    /// Remembers `hash` and says whether it was there.
    pub(super) fn insert(&mut self, hash: u64) -> bool {
        let hash = hash.max(1);
        let half = self.slots.len() / 2;
        let (first, second) = self.slots.split_at_mut(half);
        let (young, old) = match self.second_is_young {
            false => (first, second),
            true => (second, first),
        };
        let at = slot(young, hash);
        if young[at] == hash {
            return true;
        }
        young[at] = hash;
        let in_old = old[slot(old, hash)] == hash;
        self.n_in_young += 1;
        // Three quarters, as `guaranteed` says.
        if self.n_in_young == old.len() * 3 / 4 {
            old.fill(0);
            self.second_is_young = !self.second_is_young;
            self.n_in_young = 0;
        }
        in_old
    }

    /// Reads the memory where `hash` is looked for, so that it is near when it is needed.
    #[inline]
    pub(super) fn touch(&self, hash: u64) -> u64 {
        let half = self.slots.len() / 2;
        let place = place(hash, half);
        self.slots[place] ^ self.slots[half + place]
    }
}

/// The slot in `table` that holds `hash`, or the empty one where it belongs. A table has empty slots.
#[inline]
fn slot(table: &[u64], hash: u64) -> usize {
    let mut at = place(hash, table.len());
    while table[at] != 0 && table[at] != hash {
        at += 1;
        if at == table.len() {
            at = 0;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::super::mix::mix;
    use super::*;

    proptest! {
        #[test]
        fn what_was_met_lately_is_found_and_nothing_else(
            bytes in 64usize..2000,
            hashes in prop::collection::vec(0u64..300, 0..3000),
        ) {
            let mut set = Generations::new(bytes);
            prop_assert!(set.bytes() <= bytes);
            let mut met: HashMap<u64, usize> = HashMap::new();
            for (now, &hash) in hashes.iter().enumerate() {
                let found = set.insert(mix(hash));
                if let Some(then) = met.insert(hash, now) {
                    let others: std::collections::HashSet<_> = hashes[then + 1..now].iter().collect();
                    if others.len() < set.guaranteed() {
                        prop_assert!(found);
                    }
                } else {
                    prop_assert!(!found);
                }
            }
        }
    }

    #[test]
    fn what_was_met_long_ago_is_forgotten() {
        let mut set = Generations::new(1 << 10);
        set.insert(mix(1));
        for hash in 0..2 * set.guaranteed() as u64 {
            set.insert(mix(hash + 2));
        }
        assert!(!set.insert(mix(1)));
    }
}
