//! Documents as counts that can be divided between two sides again and again.

use std::collections::BTreeMap;

use super::{DocumentProfile, jensen_shannon};

/// The most frequent words of both sides together have a count of their own; all others share one.
const VOCABULARY: usize = 5000;

/// The documents of both sides, those of the reference first.
pub(super) struct PooledDocuments<'a> {
    profiles: Vec<&'a DocumentProfile>,
    pub(super) n_reference: usize,
    /// The words with a count of their own, the most frequent first.
    pub(super) vocabulary: Vec<&'a str>,
    /// By document: the place of each of its words in the vocabulary, and its count.
    words: Vec<Vec<(u32, u64)>>,
}

/// The counts of one side.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Counts {
    pub(super) labels: Vec<u64>,
    pub(super) confidences: Vec<u64>,
    /// By place in the vocabulary; the last is all other words.
    pub(super) words: Vec<u64>,
    pub(super) n_words: u64,
    pub(super) n_known: u64,
}

/// What is tested: the divergences of labels, confidences and words, and the change of the rate of unknown words.
pub(super) const N_STATISTICS: usize = 4;

impl<'a> PooledDocuments<'a> {
    pub(super) fn new(reference: &'a [DocumentProfile], new: &'a [DocumentProfile]) -> Self {
        let profiles: Vec<&DocumentProfile> = reference.iter().chain(new).collect();
        let mut totals: BTreeMap<&str, u64> = BTreeMap::new();
        for (word, count) in profiles.iter().flat_map(|profile| &profile.words) {
            *totals.entry(word).or_default() += count;
        }
        let mut by_count: Vec<(&str, u64)> = totals.into_iter().collect();
        // Equal ones stay in the order of their letters.
        by_count.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        by_count.truncate(VOCABULARY);
        let vocabulary: Vec<&str> = by_count.into_iter().map(|(word, _)| word).collect();
        let places: BTreeMap<&str, u32> = (0..)
            .zip(&vocabulary)
            .map(|(at, &word)| (word, at))
            .collect();
        let others = vocabulary.len() as u32;
        let words = profiles.iter().map(|profile| {
            let mut counts: BTreeMap<u32, u64> = BTreeMap::new();
            for (word, count) in &profile.words {
                let place = places.get(&**word).copied().unwrap_or(others);
                *counts.entry(place).or_default() += count;
            }
            counts.into_iter().collect()
        });
        Self {
            words: words.collect(),
            n_reference: reference.len(),
            profiles,
            vocabulary,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.profiles.len()
    }

    /// The counts of the documents with these numbers.
    pub(super) fn counts(&self, documents: &[usize]) -> Counts {
        let widths = self.profiles.first().map_or((0, 0), |profile| {
            (profile.labels.len(), profile.confidences.len())
        });
        let mut counts = Counts {
            labels: vec![0; widths.0],
            confidences: vec![0; widths.1],
            words: vec![0; self.vocabulary.len() + 1],
            n_words: 0,
            n_known: 0,
        };
        for &document in documents {
            let profile = self.profiles[document];
            add(&mut counts.labels, &profile.labels);
            add(&mut counts.confidences, &profile.confidences);
            for &(word, count) in &self.words[document] {
                counts.words[word as usize] += count;
            }
            counts.n_words += profile.n_words;
            counts.n_known += profile.n_known;
        }
        counts
    }
}

impl Counts {
    /// What is left of `self` without `part`, which was counted in it.
    pub(super) fn without(&self, part: &Self) -> Self {
        let minus = |all: &[u64], part: &[u64]| all.iter().zip(part).map(|(a, b)| a - b).collect();
        Self {
            labels: minus(&self.labels, &part.labels),
            confidences: minus(&self.confidences, &part.confidences),
            words: minus(&self.words, &part.words),
            n_words: self.n_words - part.n_words,
            n_known: self.n_known - part.n_known,
        }
    }

    /// The share of words that the model does not know, 0 to 1; 0 without words.
    pub(super) fn unknown(&self) -> f64 {
        (self.n_words - self.n_known) as f64 / self.n_words.max(1) as f64
    }

    /// How far `self` and `new` lie apart.
    pub(super) fn statistics(&self, new: &Self) -> [f64; N_STATISTICS] {
        [
            jensen_shannon(&self.labels, &new.labels),
            jensen_shannon(&self.confidences, &new.confidences),
            jensen_shannon(&self.words, &new.words),
            (new.unknown() - self.unknown()).abs(),
        ]
    }
}

fn add(sums: &mut [u64], others: &[u64]) {
    for (sum, other) in sums.iter_mut().zip(others) {
        *sum += other;
    }
}
