//! Why the winner won.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Classifier;
use crate::features::{Feature, FeatureKind, SubwordScratch};
use crate::text::{Offsets, Symbols};

/// What decided between the likeliest label and the runner-up, exactly: the bias and the contributions add
/// up to the difference of the two margins, over all features as well as over all words.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The class of the largest margin.
    pub winner: usize,
    /// The class of the second largest.
    pub runner_up: usize,
    /// The probability of each label, 0 to 1.
    pub probabilities: Vec<f32>,
    /// Margin of the winner minus margin of the runner-up.
    pub difference: f64,
    /// What the bias contributes.
    pub bias: f64,
    /// Each feature of the sentence with all its occurrences, strongest first.
    pub features: Vec<Contribution>,
    /// Each word, in the order of the sentence: its own features, and half of each bigram it is part of.
    pub words: Vec<WordContribution>,
}

/// What a feature contributes.
#[derive(Debug, Clone, PartialEq)]
pub struct Contribution {
    /// What it is.
    pub kind: FeatureKind,
    /// The feature in writing; see [`Feature::show`].
    pub feature: String,
    /// The bytes of the original text behind each occurrence.
    pub spans: Vec<Range<usize>>,
    /// Above zero for the winner, below zero for the runner-up.
    pub contribution: f64,
}

/// What a word contributes.
#[derive(Debug, Clone, PartialEq)]
pub struct WordContribution {
    /// The bytes of the original text behind the word.
    pub span: Range<usize>,
    /// Above zero for the winner, below zero for the runner-up.
    pub contribution: f64,
}

impl Classifier {
    /// Explains the classification of one sentence.
    #[must_use]
    pub fn explain(&self, sentence: &str) -> Explanation {
        let mut scratch = self.scratch();
        let prediction = self.classify(sentence, &mut scratch);
        let winner = prediction.class();
        let rest = (0..self.labels().len()).filter(|&class| class != winner);
        let runner_up = rest
            .reduce(|best, class| {
                if prediction.margins[class] > prediction.margins[best] {
                    class
                } else {
                    best
                }
            })
            .unwrap_or(winner);

        let (mut symbols, mut offsets) = (Symbols::new(), Offsets::default());
        self.normalizer()
            .normalize_with_offsets(sentence, &mut symbols, &mut offsets);
        let mut features = Vec::new();
        self.extractor()
            .extract(&symbols, &mut SubwordScratch::default(), |feature| {
                features.push(feature)
            });

        let table = self.table();
        let scale = f64::from(table.scale()) / (features.len().max(1) as f64).sqrt();
        let contribution = |feature: &Feature| {
            let row = table.row(self.extractor().row(feature));
            (f64::from(row[winner]) - f64::from(row[runner_up])) * scale
        };
        let words = share_among_words(&symbols, &offsets, &features, &contribution);
        let bias = f64::from(table.bias()[winner]) - f64::from(table.bias()[runner_up]);
        let difference = bias + features.iter().map(&contribution).sum::<f64>();
        Explanation {
            winner,
            runner_up,
            probabilities: prediction.probabilities.to_vec(),
            difference,
            bias,
            features: merge_occurrences(&symbols, &offsets, &features, &contribution),
            words,
        }
    }
}

fn merge_occurrences(
    symbols: &Symbols,
    offsets: &Offsets,
    features: &[Feature],
    contribution: &dyn Fn(&Feature) -> f64,
) -> Vec<Contribution> {
    let mut merged: BTreeMap<(FeatureKind, String), Contribution> = BTreeMap::new();
    for feature in features {
        let shown = feature.show(symbols.as_bytes());
        let entry = merged
            .entry((feature.kind, shown.clone()))
            .or_insert_with(|| Contribution {
                kind: feature.kind,
                feature: shown,
                spans: Vec::new(),
                contribution: 0.0,
            });
        entry.spans.push(offsets.original(feature.symbols()));
        entry.contribution += contribution(feature);
    }
    let mut merged: Vec<_> = merged.into_values().collect();
    merged.sort_by(|a, b| b.contribution.abs().total_cmp(&a.contribution.abs()));
    merged
}

fn share_among_words(
    symbols: &Symbols,
    offsets: &Offsets,
    features: &[Feature],
    contribution: &dyn Fn(&Feature) -> f64,
) -> Vec<WordContribution> {
    let ranges: Vec<_> = symbols.words().collect();
    let mut words: Vec<_> = ranges
        .iter()
        .map(|range| WordContribution {
            span: offsets.original(range.clone()),
            contribution: 0.0,
        })
        .collect();
    for feature in features {
        // A feature's last word is the last one that begins before the feature ends; an n-gram may reach one
        // symbol, the boundary mark, beyond its word.
        let last = ranges.partition_point(|range| range.start < feature.end as usize) - 1;
        if feature.kind == FeatureKind::WordBigram {
            words[last - 1].contribution += contribution(feature) / 2.0;
            words[last].contribution += contribution(feature) / 2.0;
        } else {
            words[last].contribution += contribution(feature);
        }
    }
    words
}
