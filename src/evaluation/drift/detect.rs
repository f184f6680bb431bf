//! Two archives or periods side by side.

use rand::seq::SliceRandom;
use rayon::prelude::*;

use super::counts::{Counts, N_STATISTICS, PooledDocuments};
use super::{
    DRIFT_SCHEMA, DRIFT_VERSION, DocumentProfile, Drift, DriftOptions, DriftSide, RateChange,
    Shift, Verdict, WordChange, population_stability,
};
use crate::Error;
use crate::evaluation::holm;
use crate::evaluation::resampling::generator;

/// How many words are listed that became more frequent, and less.
const LISTED: usize = 10;
/// Statistics that are equal on paper may differ in their last bits.
const SAME: f64 = 1e-12;

/// Compares two samples of documents, each with its name and the number of documents it was drawn from. Whether a difference may
/// be chance is tested by dealing out all documents to two sides of the same sizes at random, so that sentences of one document
/// stay together (permutation test; Good 2005, *Permutation, parametric and bootstrap tests of hypotheses*).
///
/// # Errors
///
/// [`Error::Data`] when a side has no sentence.
pub fn detect_drift(
    labels: &[String],
    knows_words: bool,
    [reference, new]: [(&str, &[DocumentProfile], u64); 2],
    options: &DriftOptions,
) -> Result<Drift, Error> {
    for (name, profiles, _) in [reference, new] {
        if profiles.iter().all(|profile| profile.sentences() == 0) {
            return Err(Error::Data(format!(
                "{name}: holds no sentence to compare with"
            )));
        }
    }
    let pooled = PooledDocuments::new(reference.1, new.1);
    let all: Vec<usize> = (0..pooled.len()).collect();
    let total = pooled.counts(&all);
    let old_counts = pooled.counts(&all[..pooled.n_reference]);
    let new_counts = total.without(&old_counts);
    let observed = old_counts.statistics(&new_counts);
    // The side with fewer documents is counted, the other is the rest.
    let n_counted = pooled.n_reference.min(pooled.len() - pooled.n_reference);
    let permuted: Vec<[f64; N_STATISTICS]> = (0..options.permutations)
        .into_par_iter()
        .map(|number| {
            let mut order = all.clone();
            let mut rng = generator(options.seed, number);
            let (drawn, _) = order.partial_shuffle(&mut rng, n_counted);
            let counted = pooled.counts(drawn);
            total.without(&counted).statistics(&counted)
        })
        .collect();
    let n_tests = if knows_words {
        N_STATISTICS
    } else {
        N_STATISTICS - 1
    };
    let p_values: Vec<f64> = (0..n_tests)
        .map(|at| {
            let as_large = permuted
                .iter()
                .filter(|values| values[at] >= observed[at] - SAME);
            (as_large.count() + 1) as f64 / (permuted.len() + 1) as f64
        })
        .collect();
    let corrected = holm(&p_values);
    let shift = |at: usize, old: &[u64], new: &[u64]| Shift {
        population_stability: population_stability(old, new),
        jensen_shannon: observed[at],
        by_chance: permuted.iter().map(|values| values[at]).sum::<f64>()
            / permuted.len().max(1) as f64,
        p: p_values[at],
        corrected_p: corrected[at],
    };
    let mut drift = Drift {
        schema: DRIFT_SCHEMA,
        version: DRIFT_VERSION,
        label_names: labels.to_vec(),
        reference: side(reference, &old_counts, knows_words),
        new: side(new, &new_counts, knows_words),
        labels: shift(0, &old_counts.labels, &new_counts.labels),
        confidences: shift(1, &old_counts.confidences, &new_counts.confidences),
        vocabulary: shift(2, &old_counts.words, &new_counts.words),
        unknown_words: knows_words.then(|| RateChange {
            difference: new_counts.unknown() - old_counts.unknown(),
            p: p_values[3],
            corrected_p: corrected[3],
        }),
        more: Vec::new(),
        less: Vec::new(),
        verdict: Verdict::default(),
        permutations: options.permutations,
        seed: options.seed,
    };
    (drift.more, drift.less) = changed_words(&pooled.vocabulary, &old_counts, &new_counts);
    drift.verdict = Verdict::of(&drift);
    Ok(drift)
}

fn side(
    (name, profiles, documents): (&str, &[DocumentProfile], u64),
    counts: &Counts,
    knows_words: bool,
) -> DriftSide {
    let sentences: u64 = counts.labels.iter().sum();
    let confidence: f64 = profiles.iter().map(|profile| profile.confidence).sum();
    DriftSide {
        name: name.to_owned(),
        documents,
        sampled_documents: profiles.len() as u64,
        sentences,
        words: counts.n_words,
        label_shares: counts
            .labels
            .iter()
            .map(|&n| n as f64 / sentences.max(1) as f64)
            .collect(),
        mean_confidence: (sentences > 0).then(|| confidence / sentences as f64),
        unknown_words: (knows_words && counts.n_words > 0).then(|| counts.unknown()),
    }
}

/// The words with the largest shares in the divergence, those that are more frequent in the new and those that are less.
fn changed_words(
    vocabulary: &[&str],
    old: &Counts,
    new: &Counts,
) -> (Vec<WordChange>, Vec<WordChange>) {
    let [n, m] = [old, new].map(|counts| counts.words.iter().sum::<u64>().max(1) as f64);
    let mut changes: Vec<(f64, WordChange)> = vocabulary
        .iter()
        .zip(old.words.iter().zip(&new.words))
        .map(|(word, (&a, &b))| {
            let (p, q) = (a as f64 / n, b as f64 / m);
            let middle = 0.5 * (p + q);
            let part = |share: f64| match share > 0.0 {
                true => share * libm::log2(share / middle),
                false => 0.0,
            };
            let change = WordChange {
                word: (*word).to_owned(),
                reference: 1000.0 * p,
                new: 1000.0 * q,
            };
            (part(p) + part(q), change)
        })
        .collect();
    changes.sort_by(|a, b| b.0.total_cmp(&a.0));
    let listed = |more: bool| {
        let changes = changes.iter().map(|(_, change)| change);
        let of_kind = changes.filter(|change| (change.new > change.reference) == more);
        of_kind
            .filter(|change| (change.new - change.reference).abs() > 0.0)
            .take(LISTED)
            .cloned()
            .collect()
    };
    (listed(true), listed(false))
}

#[cfg(test)]
mod tests;
