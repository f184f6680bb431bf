use ndarray::Array2;
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use rand_distr::StandardNormal;

use super::*;
use crate::evaluation::Interval;

/// The classes are three normal distributions in the plane, at the corners of a triangle.
const CENTRES: [[f64; 2]; 3] = [[0.0, 0.0], [2.0, 0.0], [1.0, 1.8]];

fn draw_class(rng: &mut ChaCha8Rng, shares: &[f64; 3]) -> usize {
    let drawn: f64 = rng.r#gen();
    match drawn {
        _ if drawn < shares[0] => 0,
        _ if drawn < shares[0] + shares[1] => 1,
        _ => 2,
    }
}

/// The probabilities of a sentence of `class` under a model that believes in `believed` shares and is `scale` times too sure.
fn draw_probabilities(
    rng: &mut ChaCha8Rng,
    class: usize,
    believed: &[f64; 3],
    scale: f64,
) -> [f64; 3] {
    let mut point = CENTRES[class];
    for coordinate in &mut point {
        *coordinate += rng.sample::<f64, _>(StandardNormal);
    }
    let mut weights = [0.0; 3];
    for (k, weight) in weights.iter_mut().enumerate() {
        let distance: f64 = point
            .iter()
            .zip(CENTRES[k])
            .map(|(a, b)| (a - b).powi(2))
            .sum();
        *weight = (scale * (believed[k].ln() - 0.5 * distance)).exp();
    }
    let total: f64 = weights.iter().sum();
    weights.map(|weight| weight / total)
}

fn test_scores(rng: &mut ChaCha8Rng, n: usize, believed: &[f64; 3], scale: f64) -> Scores {
    let truth: Vec<usize> = (0..n).map(|row| row % 3).collect();
    let rows: Vec<[f64; 3]> = truth
        .iter()
        .map(|&class| draw_probabilities(rng, class, believed, scale))
        .collect();
    Scores {
        truth,
        probabilities: Array2::from(rows),
        groups: (0..n).collect(),
    }
}

fn archive(
    rng: &mut ChaCha8Rng,
    n: usize,
    shares: &[f64; 3],
    believed: &[f64; 3],
    scale: f64,
) -> ArchiveSample {
    let rows: Vec<[f64; 3]> = (0..n)
        .map(|_| {
            let class = draw_class(rng, shares);
            draw_probabilities(rng, class, believed, scale)
        })
        .collect();
    ArchiveSample {
        probabilities: Array2::from(rows),
        documents: (0..n).map(|row| row / 3).collect(),
    }
}

fn size(n: usize) -> ArchiveSize {
    ArchiveSize {
        files: Vec::new(),
        documents: n as u64 / 3,
        sentences: n as u64,
        sampled_sentences: n as u64,
    }
}

#[test]
fn shares_and_precision_are_found_and_their_intervals_hold_them() {
    // 60 archives with shares far from those of the test data, under a model that believes in third ones and is too sure. An
    // interval of 95 % holds the truth 57 times on average; fewer than 50 times once in 500 (scipy.stats.binom.cdf(50, 60, 0.95)
    // -> 0.0012) for each of the nine counts below.
    const CASES: u64 = 60;
    let shares = [0.70, 0.22, 0.08];
    let believed = [0.5, 0.2, 0.3];
    let labels = ["a", "b", "c"].map(str::to_owned);
    let options = PrevalenceOptions {
        resamples: 120,
        seed: 5,
    };
    // The true precision, from a test set so large that chance is none: 300,000 sentences, standard error below 0.002.
    let mut rng = ChaCha8Rng::seed_from_u64(1000);
    let large = test_scores(&mut rng, 300_000, &believed, 1.7);
    let all: Vec<usize> = (0..large.truth.len()).collect();
    let precision = Reweighted::new(&confusion_rates(&large, &all), &shares).precision;
    let mut errors = [[0.0; 3]; 2];
    let mut held = [[0; 3]; 3];
    for case in 0..CASES {
        let mut rng = ChaCha8Rng::seed_from_u64(case);
        let scores = test_scores(&mut rng, 600, &believed, 1.7);
        let sample = archive(&mut rng, 900, &shares, &believed, 1.7);
        let found = estimated_prevalence(&scores, &labels, &sample, size(900), &options).unwrap();
        for (class, label) in found.labels.iter().enumerate() {
            let adjusted = label.adjusted_count.unwrap();
            let holds = |interval: Option<Interval>, truth: f64| {
                let interval = interval.unwrap();
                u32::from(interval.low <= truth && truth <= interval.high)
            };
            errors[0][class] += (label.share.value - shares[class]) / CASES as f64;
            errors[1][class] += (adjusted.value - shares[class]) / CASES as f64;
            held[0][class] += holds(label.share.interval, shares[class]);
            held[1][class] += holds(adjusted.interval, shares[class]);
            held[2][class] += holds(label.precision.interval, precision[class].unwrap());
        }
    }
    println!("mean errors {errors:?}, held {held:?}");
    for error in errors.as_flattened() {
        assert!(error.abs() < 0.012, "mean errors {errors:?}");
    }
    for &held_one in held.as_flattened() {
        assert!(held_one >= 50, "held {held:?} of {CASES}");
    }
}

#[test]
fn counting_labels_would_have_been_wrong() {
    // The same archive, counted as the model labels it: the error is many times that of either estimate.
    let mut rng = ChaCha8Rng::seed_from_u64(3);
    let shares = [0.05, 0.05, 0.90];
    let uniform = [1.0 / 3.0; 3];
    let scores = test_scores(&mut rng, 900, &uniform, 1.0);
    let sample = archive(&mut rng, 3000, &shares, &uniform, 1.0);
    let labels = ["a", "b", "c"].map(str::to_owned);
    let options = PrevalenceOptions {
        resamples: 50,
        seed: 1,
    };
    let found = estimated_prevalence(&scores, &labels, &sample, size(3000), &options).unwrap();
    let label = &found.labels[2];
    assert!(label.counted.unwrap() < 0.82, "{label:?}");
    assert!((label.share.value - 0.9).abs() < 0.02, "{label:?}");
    assert!(
        (label.adjusted_count.unwrap().value - 0.9).abs() < 0.04,
        "{label:?}"
    );
    assert_eq!(found.estimates_agree, Some(true));
    // What is rare is less often right than in the test data.
    assert!(found.labels[0].precision.value < found.labels[0].test_precision);
    let again = estimated_prevalence(&scores, &labels, &sample, size(3000), &options).unwrap();
    assert_eq!(found, again, "the same seed gives the same bytes");
}

#[test]
fn given_shares_are_checked() {
    let mut rng = ChaCha8Rng::seed_from_u64(3);
    let scores = test_scores(&mut rng, 90, &[1.0 / 3.0; 3], 1.0);
    let labels = ["a", "b", "c"].map(str::to_owned);
    let options = PrevalenceOptions {
        resamples: 50,
        seed: 1,
    };
    let given = |prior: &[f64]| given_prevalence(&scores, &labels, prior, &options);
    assert!(given(&[0.5, 0.5]).is_err());
    assert!(given(&[0.5, 0.6, 0.1]).is_err());
    assert!(given(&[1.5, -0.5, 0.0]).is_err());
    let same = given(&[1.0 / 3.0; 3]).unwrap();
    for label in &same.labels {
        assert!((label.precision.value.unwrap() - label.test_precision.unwrap()).abs() < 1e-12);
    }
    let unseen = Scores {
        truth: vec![0; 90],
        ..scores.clone()
    };
    let error = given_prevalence(&unseen, &labels, &[0.5, 0.5, 0.0], &options).unwrap_err();
    assert!(error.to_string().contains("«b»"), "{error}");
}
