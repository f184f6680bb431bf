//! Which words are known.

use super::hash;
use crate::text::Symbols;

/// The most words that may be known: more than a language uses.
pub(crate) const MAX_KNOWN_WORDS: usize = 1 << 22;

/// So many slots in a row are never taken by words that were not chosen to collide.
const MAX_PROBES: usize = 1000;

/// Marks an empty slot; no vocabulary comes near this many words.
const EMPTY: u32 = u32::MAX;

/// The words that have a row of their own, by the hashes of their symbols.
///
/// A word is known by its 64-bit hash alone: of a thousand million strange words, fewer than one in ten million is
/// taken for one of 60,000 known ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vocabulary {
    hashes: Vec<u64>,
    /// Open addressing with linear probing, at most half full.
    slots: Vec<u32>,
}

impl Vocabulary {
    /// A vocabulary of the words with these hashes, in their order.
    ///
    /// # Errors
    ///
    /// The place of the first hash that an earlier one equals, or that collides with too many others.
    pub fn new(hashes: Vec<u64>) -> Result<Self, usize> {
        let mut vocabulary = Self {
            slots: vec![EMPTY; (hashes.len() * 2).next_power_of_two()],
            hashes,
        };
        for index in 0..vocabulary.hashes.len() {
            let hash = vocabulary.hashes[index];
            match vocabulary.find(hash) {
                Err(slot) if vocabulary.distance(hash, slot) < MAX_PROBES => {
                    vocabulary.slots[slot] = index as u32;
                }
                _ => return Err(index),
            }
        }
        Ok(vocabulary)
    }

    /// The hash of the first word of a normalised text, 0 for a text without words.
    #[must_use]
    pub fn hash(word: &Symbols) -> u64 {
        word.words().next().map_or(0, |range| {
            hash::word(&word.with_slack()[range.start..], range.len())
        })
    }

    /// The place of the word with this hash.
    #[inline]
    #[must_use]
    pub fn index(&self, hash: u64) -> Option<u32> {
        if self.hashes.is_empty() {
            return None;
        }
        self.find(hash).ok().map(|slot| self.slots[slot])
    }

    /// The hashes of the words, in their order.
    #[must_use]
    pub fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    /// The number of words.
    #[must_use]
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Whether no word is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// How far `slot` lies behind the first one tried for `hash`.
    fn distance(&self, hash: u64, slot: usize) -> usize {
        slot.wrapping_sub(hash as usize) & (self.slots.len() - 1)
    }

    /// The slot of `hash`, or the empty slot where it would go.
    #[inline]
    fn find(&self, hash: u64) -> Result<usize, usize> {
        let mask = self.slots.len() - 1;
        // The low bits of a word's hash are mixed as well as the high ones.
        let mut slot = hash as usize & mask;
        loop {
            match self.slots[slot] {
                EMPTY => return Err(slot),
                index if self.hashes[index as usize] == hash => return Ok(slot),
                _ => slot = (slot + 1) & mask,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_word_is_found_at_its_place_and_a_strange_one_is_not() {
        // Hashes that share their low bits, so that probing is put to the test.
        let hashes: Vec<u64> = (0..900).map(|i| i << 40 | 5).collect();
        let vocabulary = Vocabulary::new(hashes.clone()).unwrap();
        for (place, &hash) in hashes.iter().enumerate() {
            assert_eq!(vocabulary.index(hash), Some(place as u32));
            assert_eq!(vocabulary.index(hash ^ 2), None);
        }
        assert_eq!(Vocabulary::default().index(7), None);
        assert_eq!(Vocabulary::new(vec![3, 4, 3]), Err(2));
        // Hashes made to collide would make every look-up as slow as their number.
        let hostile = (0..5000).map(|i| i << 40 | 5).collect();
        assert!(Vocabulary::new(hostile).is_err());
    }
}
