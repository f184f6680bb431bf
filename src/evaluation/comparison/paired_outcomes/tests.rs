use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use super::*;

/// Sentences in groups of `group`, and two models that are right on a sentence with these probabilities. Within a group they
/// are right or wrong together with probability `together`.
fn case(
    seed: u64,
    n: usize,
    group: usize,
    together: f64,
    right: [f64; 2],
) -> (Vec<usize>, Vec<usize>, [Vec<Option<usize>>; 2]) {
    const CLASSES: usize = 3;
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let truth: Vec<usize> = (0..n).map(|_| rng.gen_range(0..CLASSES)).collect();
    let groups: Vec<usize> = (0..n).map(|row| row / group).collect();
    let predictions = right.map(|right| {
        let mut shared = 0.0;
        (0..n)
            .map(|row| {
                if row % group == 0 {
                    shared = rng.r#gen::<f64>();
                }
                let drawn = match rng.gen_bool(together) {
                    true => shared,
                    false => rng.r#gen::<f64>(),
                };
                let wrong = (truth[row] + rng.gen_range(1..CLASSES)) % CLASSES;
                Some(if drawn < right { truth[row] } else { wrong })
            })
            .collect()
    });
    (truth, groups, predictions)
}

/// In how many of 200 cases each test is below 5 %: randomisation and bootstrap of macro-F1, Mc Nemar.
fn rejections(n: usize, group: usize, together: f64, right: [f64; 2]) -> [usize; 3] {
    let mut rejected = [0; 3];
    for seed in 0..200 {
        let (truth, groups, [first, second]) = case(seed, n, group, together, right);
        let outcomes = PairedOutcomes {
            n_classes: 3,
            truth: &truth,
            groups: &groups,
            predictions: [&first, &second],
        };
        let tests = outcomes.test(499, seed);
        for (n, p) in rejected.iter_mut().zip([
            tests.macro_f1.randomisation_p,
            tests.macro_f1.bootstrap_p,
            tests.mc_nemar_p,
        ]) {
            *n += usize::from(p < 0.05);
        }
    }
    rejected
}

#[test]
fn a_planted_tie_is_found_different_no_more_often_than_the_level_says() {
    // Of 200 true ties a test at 5 % rejects 10 on average; more than 20 would happen once in 1,000 such experiments:
    // >>> scipy.stats.binom.sf(20, 200, 0.05)  ->  0.0011…
    let rejected = rejections(200, 1, 0.0, [0.8, 0.8]);
    assert!(rejected.iter().all(|&n| n <= 20), "{rejected:?}");
}

#[test]
fn a_planted_improvement_is_found() {
    // 0.75 against 0.85 on 400 sentences: won 85, lost 45 on average, 3.5 standard deviations.
    let rejected = rejections(400, 1, 0.0, [0.75, 0.85]);
    assert!(rejected.iter().all(|&n| n >= 170), "{rejected:?}");
}

#[test]
fn in_groups_of_like_sentences_only_the_tests_by_group_keep_the_level() {
    let [randomisation, bootstrap, mc_nemar] = rejections(400, 8, 0.9, [0.8, 0.8]);
    // With 50 groups the percentile bootstrap is a little too sure, as is known (Efron and Tibshirani 1993, section 13.6).
    assert!(randomisation <= 20, "{randomisation}");
    assert!(bootstrap <= 30, "{bootstrap}");
    assert!(mc_nemar > 40, "{mc_nemar}");
}

#[test]
fn small_cases_follow_the_definitions() {
    // Two classes, five sentences; the first model is wrong on the last, the second on none.
    // >>> from sklearn.metrics import f1_score
    // >>> f1_score([0,0,1,1,1], [0,0,1,1,0], average="macro")  ->  0.8
    let truth = [0, 0, 1, 1, 1];
    let first = [0, 0, 1, 1, 0].map(Some);
    let second = truth.map(Some);
    let outcomes = PairedOutcomes {
        n_classes: 2,
        truth: &truth,
        groups: &[0, 1, 2, 3, 4],
        predictions: [&first, &second],
    };
    let tests = outcomes.test(999, 1);
    assert!((tests.macro_f1.difference - 0.2).abs() < 1e-12);
    assert!((tests.accuracy.difference - 0.2).abs() < 1e-12);
    assert_eq!((tests.won, tests.lost), (1, 0));
    // Every exchange gives the same difference or its opposite.
    assert!((tests.macro_f1.randomisation_p - 1.0).abs() < 1e-12);
    assert!((tests.mc_nemar_p - 1.0).abs() < 1e-12);
    // All in one group: every resample is the sample.
    let together = PairedOutcomes {
        groups: &[0; 5],
        ..outcomes
    };
    let interval = together.test(99, 1).macro_f1.interval;
    assert!((interval.low - interval.high).abs() < 1e-12);
    // No answer is wrong, but it is no label either: F1 of class 1 is 2·2 / (3 + 2), of class 0 it is 1.
    let silent = [Some(0), Some(0), Some(1), Some(1), None];
    let tests = PairedOutcomes {
        predictions: [&silent, &second],
        ..outcomes
    }
    .test(99, 1);
    assert!((tests.macro_f1.difference - 0.1).abs() < 1e-12);
}
