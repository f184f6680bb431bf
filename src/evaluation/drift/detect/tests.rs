use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use super::*;
use crate::evaluation::drift::{Advice, CONFIDENCE_BINS};

/// Documents of five sentences. Of each, all are of one label, so that sentences are not independent.
fn documents(seed: u64, n: usize, share: f64, confidence: f64, topic: f64) -> Vec<DocumentProfile> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    (0..n)
        .map(|_| {
            let mut labels = vec![0; 2];
            labels[usize::from(!rng.gen_bool(share))] = 5;
            let mut confidences = vec![0; CONFIDENCE_BINS];
            let mut sum = 0.0;
            for _ in 0..5 {
                let drawn: f64 = (confidence + rng.gen_range(-0.1..0.1f64)).clamp(0.0, 0.999);
                confidences[(drawn * 20.0) as usize] += 1;
                sum += drawn;
            }
            let mut words: Vec<(Box<str>, u64)> = Vec::new();
            for _ in 0..40 {
                words.push((format!("w{:03}", rng.gen_range(0..200)).into(), 1));
            }
            for at in 0..10 {
                if rng.gen_bool(topic) {
                    words.push((format!("x{at}").into(), 1));
                }
            }
            words.sort();
            words.dedup_by(|a, b| a.0 == b.0);
            let n_words = words.len() as u64;
            let unknown = words
                .iter()
                .filter(|(word, _)| word.starts_with('x'))
                .count() as u64;
            DocumentProfile {
                labels,
                confidences,
                confidence: sum,
                words,
                n_words,
                n_known: n_words - unknown,
            }
        })
        .collect()
}

fn drift(old: &[DocumentProfile], new: &[DocumentProfile]) -> Drift {
    let labels = ["a", "b"].map(str::to_owned);
    let sides = [
        ("old", old, old.len() as u64),
        ("new", new, new.len() as u64),
    ];
    let options = DriftOptions {
        permutations: 199,
        seed: 1,
    };
    detect_drift(&labels, true, sides, &options).unwrap()
}

#[test]
fn two_samples_of_one_source_are_told_apart_no_more_often_than_the_level_says() {
    // Of 60 true ties four tests with Holm's correction reject one in 3 cases on average; more than 8 once in 100:
    // >>> scipy.stats.binom.sf(8, 60, 0.05)  ->  0.0026…
    let rejected = (0..60).filter(|&seed| {
        let old = documents(seed, 60, 0.5, 0.8, 0.2);
        let new = documents(1000 + seed, 60, 0.5, 0.8, 0.2);
        let found = drift(&old, &new);
        [found.labels, found.confidences, found.vocabulary]
            .iter()
            .any(|shift| shift.corrected_p < 0.05)
            || found.unknown_words.unwrap().corrected_p < 0.05
    });
    let rejected = rejected.count();
    assert!(rejected <= 8, "{rejected} of 60");
}

#[test]
fn what_moved_is_named_and_nothing_else() {
    let old = documents(1, 200, 0.5, 0.8, 0.1);
    let same = drift(&old, &documents(2, 200, 0.5, 0.8, 0.1));
    assert_eq!(same.verdict.advice, Advice::KeepTheModel, "{same:?}");
    let labels = drift(&old, &documents(3, 200, 0.9, 0.8, 0.1));
    assert_eq!(labels.verdict.advice, Advice::CheckASample, "{labels:?}");
    assert!(labels.labels.corrected_p < 0.05 && labels.vocabulary.corrected_p > 0.05);
    let strange = drift(&old, &documents(4, 200, 0.5, 0.6, 0.8));
    assert_eq!(strange.verdict.advice, Advice::CollectLabels, "{strange:?}");
    assert!(
        strange
            .more
            .iter()
            .all(|change| change.word.starts_with('x'))
    );
    assert!(strange.confidences.population_stability > 0.25);
    assert_eq!(strange, drift(&old, &documents(4, 200, 0.5, 0.6, 0.8)));
    let few = drift(&old, &documents(2, 20, 0.5, 0.8, 0.1));
    assert!(few.verdict.words.contains("20 documents"), "{few:?}");
}

#[test]
fn divergence_is_that_of_the_sums() {
    let old = documents(1, 30, 0.5, 0.8, 0.1);
    let new = documents(2, 10, 0.9, 0.8, 0.1);
    let sum = |documents: &[DocumentProfile], class: usize| {
        documents
            .iter()
            .map(|document| document.labels[class])
            .sum::<u64>()
    };
    let expected = crate::evaluation::drift::jensen_shannon(
        &[sum(&old, 0), sum(&old, 1)],
        &[sum(&new, 0), sum(&new, 1)],
    );
    let found = drift(&old, &new);
    assert!((found.labels.jensen_shannon - expected).abs() < 1e-15);
    assert!(found.labels.p >= 1.0 / 200.0);
    let empty = detect_drift(
        &[],
        true,
        [("old", &old, 30), ("nothing.jsonl", &[], 0)],
        &DriftOptions::default(),
    );
    assert!(empty.unwrap_err().to_string().contains("nothing.jsonl"));
}
