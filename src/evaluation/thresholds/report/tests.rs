use ndarray::{Array2, array};

use super::*;

/// Class 0 is likeliest for the first six sentences, with the probabilities given; right on the 1st, 2nd, 4th and 5th.
fn scores() -> Scores {
    Scores {
        truth: vec![0, 0, 1, 0, 0, 1, 1, 0],
        probabilities: array![
            [0.95, 0.05],
            [0.90, 0.10],
            [0.80, 0.20],
            [0.70, 0.30],
            [0.60, 0.40],
            [0.55, 0.45],
            [0.10, 0.90],
            [0.30, 0.70],
        ],
        groups: (0..8).collect(),
    }
}

fn labels() -> Vec<String> {
    ["a", "b"].map(str::to_owned).to_vec()
}

fn chosen(wanted: Wanted) -> Option<ChosenThreshold> {
    let options = ThresholdOptions::default();
    let report = threshold_report(&scores(), &labels(), &[Some(wanted), None], &options);
    report.labels[0].chosen
}

#[test]
#[expect(clippy::float_cmp, reason = "thresholds are copies of probabilities")]
fn thresholds_follow_the_definitions() {
    // Given from 0.60: five, four right, of five that are. From 0.55: six, four right.
    let point = chosen(Wanted::Precision(0.8)).unwrap();
    assert_eq!(point.point.threshold, 0.60);
    assert_eq!(
        (point.point.given, point.point.right, point.point.support),
        (5, 4, 5)
    );
    assert_eq!((point.precision, point.recall), (Some(0.8), Some(0.8)));
    // >>> scipy.stats.binomtest(4, 5).proportion_ci(method="exact")  ->  low=0.2835820638819105, high=0.9949492366205319
    let interval = point.precision_interval.unwrap();
    assert!((interval.low - 0.283_582_063_881_910_5).abs() < 1e-9);
    assert!((interval.high - 0.994_949_236_620_531_9).abs() < 1e-9);
    assert_eq!(
        chosen(Wanted::Precision(1.0)).unwrap().point.threshold,
        0.90
    );
    assert_eq!(chosen(Wanted::Recall(0.4)).unwrap().point.threshold, 0.90);
    assert_eq!(chosen(Wanted::Recall(0.41)).unwrap().point.threshold, 0.70);
    assert_eq!(
        chosen(Wanted::Recall(0.9)),
        None,
        "one sentence is likeliest something else"
    );
}

#[test]
fn what_cannot_be_reached_is_named_with_what_can() {
    let wanted = [Some(Wanted::Recall(0.9)), Some(Wanted::Precision(0.9))];
    let report = threshold_report(&scores(), &labels(), &wanted, &ThresholdOptions::default());
    assert_eq!(report.out_of_reach(), [("a", Some(0.8))]);
    // Of class b the surest is right: threshold 0.9, one sentence of three.
    assert_eq!(
        report.thresholds().into_iter().collect::<Vec<_>>(),
        [("b".to_owned(), 0.9)]
    );
    let together = report.together.unwrap();
    assert!((together.coverage - 7.0 / 8.0).abs() < 1e-12);
    assert!((together.accuracy.unwrap() - 5.0 / 7.0).abs() < 1e-12);
}

#[test]
fn the_selective_curve_rises_from_the_surest_to_all() {
    let curve = selective_curve(&scores());
    // The surest: 0.95 right, then two of 0.90 right.
    let at = curve.at_coverage(0.3).unwrap();
    assert_eq!(
        (at.sentences, at.confidence.to_bits()),
        (3, 0.90f64.to_bits())
    );
    assert!((at.accuracy - 1.0).abs() < 1e-12);
    let all = curve.at_coverage(1.0).unwrap();
    assert!((all.accuracy - 5.0 / 8.0).abs() < 1e-12);
    // In the order of confidence: right ×3, wrong (0.80), right and wrong (0.70 each), right (0.60), wrong (0.55).
    let risks = [
        0.0,
        0.0,
        0.0,
        1.0 / 4.0,
        1.0 / 5.0,
        2.0 / 6.0,
        2.0 / 7.0,
        3.0 / 8.0,
    ];
    let mean = risks.iter().sum::<f64>() / 8.0;
    assert!((curve.area_under_risk.unwrap() - mean).abs() < 1e-12);
}

#[test]
fn the_interval_of_a_threshold_holds_the_true_one() {
    // Class 0 is likeliest everywhere, and right with its probability: precision from t on is (t + 1) / 2 for probabilities even
    // between 0.5 and 1, so that the threshold for precision 0.9 is 0.8.
    use rand::Rng;
    use rand_chacha::rand_core::SeedableRng;
    let mut held = 0;
    for seed in 0..60 {
        let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(seed);
        let n = 400;
        let drawn: Vec<(f64, usize)> = (0..n)
            .map(|_| {
                let probability = rng.gen_range(0.5..1.0);
                (probability, usize::from(!rng.gen_bool(probability)))
            })
            .collect();
        let scores = Scores {
            truth: drawn.iter().map(|drawn| drawn.1).collect(),
            probabilities: Array2::from_shape_fn((n, 2), |(row, class)| match class {
                0 => drawn[row].0,
                _ => 1.0 - drawn[row].0,
            }),
            groups: (0..n).collect(),
        };
        let options = ThresholdOptions {
            resamples: 200,
            seed,
        };
        let wanted = [Some(Wanted::Precision(0.9)), None];
        let report = threshold_report(&scores, &labels(), &wanted, &options);
        let interval = report.labels[0].chosen.unwrap().threshold_interval.unwrap();
        held += usize::from(interval.low <= 0.8 && 0.8 <= interval.high);
    }
    // Choosing the lowest threshold that happens to do has a lean downwards; the interval is asked to hold 0.8 in most cases.
    assert!(held >= 48, "{held} of 60");
}
