//! Which words occur, and how often.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// The words of a text by the hashes of their symbols, with their counts.
///
/// It never holds more than a set number of words: when it would, the rarest are forgotten with their counts, and a word that
/// comes back is counted anew. Which ones are forgotten depends on the text and on how it is divided into batches.
#[derive(Debug)]
pub(super) struct Lexicon {
    entries: HashMap<u64, Entry, BuildHasherDefault<AsItIs>>,
    capacity: usize,
    /// Words with no more occurrences than this have been forgotten at some time.
    forgotten: u64,
}

#[derive(Debug)]
struct Entry {
    word: String,
    count: u64,
}

impl Lexicon {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            entries: HashMap::default(),
            capacity,
            forgotten: 0,
        }
    }

    /// Counts `times` more occurrences of the word with this hash; `word` is called if the word is new.
    pub(super) fn count(&mut self, hash: u64, times: u64, word: impl FnOnce() -> String) {
        let entry = self.entries.entry(hash).or_insert_with(|| Entry {
            word: word(),
            count: 0,
        });
        entry.count += times;
        while self.entries.len() > self.capacity {
            self.forgotten += 1;
            let least = self.forgotten;
            self.entries.retain(|_, entry| entry.count > least);
        }
    }

    /// The `n` most frequent words that occur at least `min_count` times, the most frequent first and equal ones in the order of
    /// their letters: hash, word, count.
    pub(super) fn most_frequent(self, n: usize, min_count: u64) -> Vec<(u64, String, u64)> {
        let mut words: Vec<_> = self
            .entries
            .into_iter()
            .filter(|(_, entry)| entry.count >= min_count)
            .map(|(hash, entry)| (hash, entry.word, entry.count))
            .collect();
        words.sort_unstable_by(|a, b| b.2.cmp(&a.2).then_with(|| a.1.cmp(&b.1)));
        words.truncate(n);
        words
    }
}

/// The hashes of words are mixed well enough to be used as they are.
#[derive(Debug, Default)]
pub(super) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0 << 8 | u64::from(byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rarest_words_are_forgotten_first() {
        let mut lexicon = Lexicon::new(3);
        for (hash, times) in [(1, 5), (2, 1), (3, 2), (4, 1), (1, 1)] {
            lexicon.count(hash, times, || hash.to_string());
        }
        let kept = lexicon.most_frequent(9, 1);
        assert_eq!(
            kept,
            [(1, "1".to_owned(), 6), (3, "3".to_owned(), 2)],
            "the fourth word drove out all words of one occurrence, itself among them"
        );
    }
}
