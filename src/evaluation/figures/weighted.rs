//! What each sentence adds to the sums, worked out once for all resamples.

use super::Figure;
use super::ranking::Ranking;
use super::sums::{BINS, FigureSums};
use crate::evaluation::Scores;

/// What each sentence adds to the [`FigureSums`] of a sample in which it may be several times.
#[derive(Debug)]
pub(in crate::evaluation) struct WeightedScores {
    n_classes: usize,
    sentences: Vec<Sentence>,
    /// For each sentence and class the bin and what is added to it; empty where no figure needs it.
    class_bins: Vec<(u8, f64)>,
    /// For each class; empty where no figure needs it.
    rankings: Vec<Ranking>,
}

#[derive(Debug, Clone, Copy)]
struct Sentence {
    truth: u32,
    prediction: u32,
    bin: u32,
    gap: f64,
    log_loss: f64,
    brier: f64,
}

impl WeightedScores {
    /// What `figures` need of `scores`.
    pub(in crate::evaluation) fn new(scores: &Scores, figures: &[Figure]) -> Self {
        let n_classes = scores.n_classes();
        let n_rows = scores.truth.len();
        let probability = |row: usize, class: usize| scores.probabilities[[row, class]];
        let of_class = |row: usize, class: usize| f64::from(u8::from(scores.truth[row] == class));
        let needs_probabilities = !figures.iter().all(|figure| figure.counts_only());
        let sentence = |row: usize| {
            let (truth, prediction) = (scores.truth[row], scores.prediction(row));
            let mut sentence = Sentence {
                truth: truth as u32,
                prediction: prediction as u32,
                bin: 0,
                gap: 0.0,
                log_loss: 0.0,
                brier: 0.0,
            };
            if needs_probabilities {
                let confidence = probability(row, prediction);
                let distance = |class| (probability(row, class) - of_class(row, class)).powi(2);
                sentence.bin = bin(confidence) as u32;
                sentence.gap = confidence - of_class(row, prediction);
                // Kept from 0 by the smallest step of `f64`, as scikit-learn does.
                sentence.log_loss = -libm::log(probability(row, truth).max(f64::EPSILON));
                sentence.brier = (0..n_classes).map(distance).sum();
            }
            sentence
        };
        let class_bins = match figures.iter().any(|figure| figure.needs_class_bins()) {
            true => (0..n_rows)
                .flat_map(|row| (0..n_classes).map(move |class| (row, class)))
                .map(|(row, class)| {
                    let probability = probability(row, class);
                    (bin(probability) as u8, probability - of_class(row, class))
                })
                .collect(),
            false => Vec::new(),
        };
        let ranking = |class: usize| {
            Ranking::new(
                n_rows,
                |row| probability(row, class),
                |row| scores.truth[row] == class,
            )
        };
        let rankings = match figures.iter().any(|figure| figure.needs_ranking()) {
            true => (0..n_classes).map(ranking).collect(),
            false => Vec::new(),
        };
        Self {
            n_classes,
            sentences: (0..n_rows).map(sentence).collect(),
            class_bins,
            rankings,
        }
    }

    /// The sums of a sample in which sentence `i` is `weights[i]` times.
    pub(in crate::evaluation) fn sums(&self, weights: &[u32]) -> FigureSums {
        let mut sums = FigureSums::new(self.n_classes);
        self.sum_into(weights, &mut sums);
        sums
    }

    /// The same into `sums`, whatever they were.
    pub(super) fn sum_into(&self, weights: &[u32], sums: &mut FigureSums) {
        sums.clear();
        for (sentence, &weight) in self.sentences.iter().zip(weights) {
            sums.matrix.add(
                sentence.truth as usize,
                sentence.prediction as usize,
                u64::from(weight),
            );
            let weight = f64::from(weight);
            sums.log_loss += weight * sentence.log_loss;
            sums.brier += weight * sentence.brier;
            sums.gaps[sentence.bin as usize] += weight * sentence.gap;
        }
        for (of_sentence, &weight) in self.class_bins.chunks(self.n_classes.max(1)).zip(weights) {
            let weight = f64::from(weight);
            for (gaps, &(bin, gap)) in sums.class_gaps.iter_mut().zip(of_sentence) {
                gaps[usize::from(bin)] += weight * gap;
            }
        }
        for (value, ranking) in sums.average_precision.iter_mut().zip(&self.rankings) {
            *value = ranking.average_precision(weights);
        }
    }
}

/// The bin of a probability; bins are open below and closed above, but for 0, which is in the first.
pub(super) fn bin(probability: f64) -> usize {
    ((probability * BINS as f64).ceil() as usize).clamp(1, BINS) - 1
}
