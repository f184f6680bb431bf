//! Sentences that are nearly the same.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::min_hash::MinHash;
use crate::text::{Normalizer, Symbols};

/// Shingles are this many symbols of the normalised text.
const SHINGLE: usize = 5;

/// Two texts that resemble each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NearDuplicate {
    /// The place of the earlier text.
    pub first: usize,
    /// The place of the later text.
    pub second: usize,
    /// Jaccard similarity of their sets of shingles, 0 to 1.
    pub similarity: f64,
    /// Whether their normalised texts are equal.
    pub exact: bool,
}

/// The pairs of `texts` whose Jaccard similarity is at least `threshold` (above 0, at most 1), by place.
///
/// A text is the set of the runs of five symbols of its normalised form; a letter that is neither Arabic nor Latin
/// is four symbols. Candidates are found by min-wise
/// hashing and banding (Broder 1997, "On the resemblance and containment of documents") and then compared exactly,
/// so no pair is reported wrongly; from a threshold of 0.1 on, one pair in 10,000 at the threshold is missed at most, and fewer
/// above it. The same texts give the same pairs. A text that occurs several times is compared with others
/// once, and each repetition is paired with its first occurrence only.
#[must_use]
pub fn near_duplicates(texts: &[&str], threshold: f64) -> Vec<NearDuplicate> {
    let normalizer = Normalizer::default();
    let normalised: Vec<Symbols> = texts
        .par_iter()
        .map(|text| {
            let mut symbols = Symbols::new();
            normalizer.normalize_into(text, &mut symbols);
            symbols
        })
        .collect();
    let mut pairs = Vec::new();
    let mut firsts: BTreeMap<&[u8], usize> = BTreeMap::new();
    let mut distinct = Vec::new();
    for (place, symbols) in normalised.iter().enumerate() {
        let first = *firsts.entry(symbols.as_bytes()).or_insert(place);
        if first == place {
            distinct.push(place);
        } else {
            pairs.push(NearDuplicate {
                first,
                second: place,
                similarity: 1.0,
                exact: true,
            });
        }
    }
    let sets: Vec<Vec<u64>> = distinct
        .par_iter()
        .map(|&place| shingles(normalised[place].as_bytes()))
        .collect();
    let candidates = MinHash::for_threshold(threshold).candidates(&sets);
    let near: Vec<NearDuplicate> = candidates
        .into_par_iter()
        .filter_map(|(a, b)| {
            let similarity = jaccard(&sets[a as usize], &sets[b as usize]);
            (similarity >= threshold).then(|| NearDuplicate {
                first: distinct[a as usize],
                second: distinct[b as usize],
                similarity,
                exact: false,
            })
        })
        .collect();
    pairs.extend(near);
    pairs.sort_by_key(|pair| (pair.first, pair.second));
    pairs
}

/// The set of runs of [`SHINGLE`] symbols, sorted; a shorter text is one shingle.
fn shingles(symbols: &[u8]) -> Vec<u64> {
    let pack = |run: &[u8]| {
        run.iter()
            .fold(0, |packed, &symbol| packed << 8 | u64::from(symbol))
    };
    let mut set: Vec<u64> = match symbols.len() {
        0..SHINGLE => vec![pack(symbols)],
        _ => symbols.windows(SHINGLE).map(pack).collect(),
    };
    set.sort_unstable();
    set.dedup();
    set
}

/// `|a ∩ b| / |a ∪ b|` of two sorted sets that are not both empty.
fn jaccard(a: &[u64], b: &[u64]) -> f64 {
    let (mut at_a, mut at_b, mut both) = (0, 0, 0);
    while let (Some(in_a), Some(in_b)) = (a.get(at_a), b.get(at_b)) {
        both += usize::from(in_a == in_b);
        at_a += usize::from(in_a <= in_b);
        at_b += usize::from(in_b <= in_a);
    }
    both as f64 / (a.len() + b.len() - both) as f64
}
