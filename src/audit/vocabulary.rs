//! How the vocabulary grows with the data.

use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use serde::Serialize;

use super::word_numbers::WordNumbers;
use crate::training::{LabelledSentence, group_numbers};

/// How the vocabulary grows with the data.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Vocabulary {
    /// After an eighth, a quarter, half and all of the sentences.
    pub growth: Vec<VocabularySize>,
    /// The exponent `β` of Heaps' law, distinct words `= K · words^β`, by least squares over the logarithms of the four points
    /// (Heaps 1978, "Information retrieval", section 7.5). `None` if the points are not four different ones. About 0.4
    /// to 0.7 in prose; templates push it down.
    pub heaps_exponent: Option<f64>,
}

/// The vocabulary of a number of sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct VocabularySize {
    /// The number of sentences.
    pub sentences: usize,
    /// The number of words.
    pub words: usize,
    /// The number of distinct normalised words.
    pub distinct: usize,
    /// How many of them occur once.
    pub hapaxes: usize,
}

/// Measures the vocabulary of growing parts of `sentences`. Groups are shuffled by `seed` first, each keeping the order
/// of its sentences, so that the order in which regions or genres were collected does not bend the curve.
#[must_use]
pub fn vocabulary(sentences: &[&LabelledSentence], seed: u64) -> Vocabulary {
    let groups = group_numbers(sentences.iter().copied());
    let n_groups = groups.iter().max().map_or(0, |&group| group + 1);
    let mut rank: Vec<usize> = (0..n_groups).collect();
    rank.shuffle(&mut ChaCha8Rng::seed_from_u64(seed));
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    order.sort_by_key(|&place| (rank[groups[place]], place));
    let texts: Vec<&str> = order
        .iter()
        .map(|&place| sentences[place].text.as_str())
        .collect();

    let numbers = WordNumbers::new(&texts);
    let stops = [8, 4, 2, 1].map(|part| texts.len() / part);
    let mut counts = vec![0u64; numbers.words.len()];
    let mut size = VocabularySize {
        sentences: 0,
        words: 0,
        distinct: 0,
        hapaxes: 0,
    };
    let mut growth = Vec::new();
    for stop in stops {
        for &word in numbers.texts[size.sentences..stop].iter().flatten() {
            let count = &mut counts[word as usize];
            *count += 1;
            size.words += 1;
            size.distinct += usize::from(*count == 1);
        }
        size.sentences = stop;
        size.hapaxes = counts.iter().filter(|&&count| count == 1).count();
        growth.push(size);
    }
    let heaps_exponent = heaps_exponent(&growth);
    Vocabulary {
        growth,
        heaps_exponent,
    }
}

/// The slope of ln distinct over ln words.
fn heaps_exponent(growth: &[VocabularySize]) -> Option<f64> {
    if growth[0].words == 0 || growth.windows(2).any(|pair| pair[0].words == pair[1].words) {
        return None;
    }
    let points: Vec<(f64, f64)> = growth
        .iter()
        .map(|size| {
            (
                libm::log(size.words as f64),
                libm::log(size.distinct as f64),
            )
        })
        .collect();
    let n = points.len() as f64;
    let mean_x = points.iter().map(|point| point.0).sum::<f64>() / n;
    let mean_y = points.iter().map(|point| point.1).sum::<f64>() / n;
    let covariance: f64 = points
        .iter()
        .map(|(x, y)| (x - mean_x) * (y - mean_y))
        .sum();
    let variance: f64 = points.iter().map(|(x, _)| (x - mean_x).powi(2)).sum();
    Some(covariance / variance)
}
