//! Whether sentences follow templates.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::word_numbers::WordNumbers;

/// An opening is this many words.
const OPENING: usize = 3;
/// A run is this many words.
const RUN: usize = 8;

/// How much sentences repeat each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Repetition {
    /// The number of sentences.
    pub sentences: usize,
    /// How many open with three words with which another sentence opens.
    pub sharing_opening: usize,
    /// How many hold eight words in a row that another sentence holds.
    pub sharing_run: usize,
    /// Openings of several sentences, the most frequent first.
    pub openings: Vec<Recurring>,
    /// Longest runs of eight words or more in several sentences, the most frequent first.
    pub runs: Vec<Recurring>,
}

/// Words that several sentences share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recurring {
    /// The normalised words.
    pub text: String,
    /// The number of sentences that have them.
    pub sentences: usize,
    /// The place of the first of them.
    #[serde(skip)]
    pub first: usize,
}

impl Repetition {
    /// The share of sentences that open like another; `None` if there are no sentences.
    #[must_use]
    pub fn opening_share(&self) -> Option<f64> {
        (self.sentences > 0).then(|| self.sharing_opening as f64 / self.sentences as f64)
    }

    /// The share of sentences that share a run with another; `None` if there are no sentences.
    #[must_use]
    pub fn run_share(&self) -> Option<f64> {
        (self.sentences > 0).then(|| self.sharing_run as f64 / self.sentences as f64)
    }
}

/// Looks for openings and runs of normalised words that sentences share. What recurs within one sentence only does
/// not count.
#[must_use]
pub fn repetition(texts: &[&str]) -> Repetition {
    let numbers = WordNumbers::new(texts);
    let openings = holders(&numbers, texts.len(), |words| {
        words.get(..OPENING).into_iter().collect()
    });
    let runs = holders(&numbers, texts.len(), |words| words.windows(RUN).collect());
    let mut longest: BTreeMap<&[u32], (usize, usize)> = BTreeMap::new();
    let mut sharing_run = 0;
    for (place, words) in numbers.texts.iter().enumerate() {
        let stretches = stretches(words, &runs);
        sharing_run += usize::from(!stretches.is_empty());
        for (stretch, sentences) in stretches {
            longest.entry(stretch).or_insert((sentences, place));
        }
    }
    let longest = longest
        .into_iter()
        .map(|(words, (sentences, first))| (words, sentences, first));
    Repetition {
        sentences: texts.len(),
        sharing_opening: openings.values().map(|holders| holders.0).sum(),
        sharing_run,
        openings: ranked(
            &numbers,
            openings
                .iter()
                .map(|(words, &(sentences, first))| (*words, sentences, first)),
        ),
        runs: ranked(&numbers, longest),
    }
}

/// How many sentences hold each of the pieces that `pieces` finds, and the first that does; only pieces of two
/// sentences or more.
fn holders<'a>(
    numbers: &'a WordNumbers,
    n_texts: usize,
    pieces: impl Fn(&'a [u32]) -> Vec<&'a [u32]>,
) -> BTreeMap<&'a [u32], (usize, usize)> {
    let mut all: Vec<(&[u32], usize)> = Vec::with_capacity(n_texts);
    for (place, words) in numbers.texts.iter().enumerate() {
        all.extend(pieces(words).into_iter().map(|piece| (piece, place)));
    }
    all.sort_unstable();
    all.dedup();
    all.chunk_by(|a, b| a.0 == b.0)
        .filter(|same| same.len() > 1)
        .map(|same| (same[0].0, (same.len(), same[0].1)))
        .collect()
}

/// The longest stretches of `words` all of whose runs are held by equally many sentences, with that number.
fn stretches<'a>(
    words: &'a [u32],
    runs: &BTreeMap<&[u32], (usize, usize)>,
) -> Vec<(&'a [u32], usize)> {
    let counts: Vec<usize> = words
        .windows(RUN)
        .map(|run| runs.get(run).map_or(0, |holders| holders.0))
        .collect();
    let mut start = 0;
    let mut found = Vec::new();
    for same in counts.chunk_by(|a, b| a == b) {
        if same[0] > 0 {
            found.push((&words[start..start + same.len() + RUN - 1], same[0]));
        }
        start += same.len();
    }
    found
}

fn ranked<'a>(
    numbers: &WordNumbers,
    pieces: impl Iterator<Item = (&'a [u32], usize, usize)>,
) -> Vec<Recurring> {
    let mut pieces: Vec<_> = pieces.collect();
    pieces.sort_by_key(|&(words, sentences, first)| {
        (Reverse(sentences), Reverse(words.len()), first, words)
    });
    pieces
        .into_iter()
        .map(|(words, sentences, first)| Recurring {
            text: numbers.show(words),
            sentences,
            first,
        })
        .collect()
}
