//! The data of plots.

use crate::evaluation::{ConfidenceBin, CurveOfPrecision, PrecisionPoint, ReliabilityBin, Scores};

/// A curve has at most this many points beside the first: more cannot be seen.
const MOST_STEPS: usize = 200;

/// The precision-recall curve of `class` against the rest; `None` when it does not occur.
///
/// A long curve is thinned out to points at equal numbers of sentences of the class found.
pub(super) fn curve_of_precision(
    scores: &Scores,
    class: usize,
    label: &str,
) -> Option<CurveOfPrecision> {
    let probability = |row: usize| scores.probabilities[[row, class]];
    let mut order: Vec<usize> = (0..scores.truth.len()).collect();
    order.sort_by(|&a, &b| probability(b).total_cmp(&probability(a)));
    let support = scores.truth.iter().filter(|&&truth| truth == class).count();
    if support == 0 {
        return None;
    }
    let mut points = Vec::new();
    let mut hits = 0;
    let (mut hits_before, mut last_step) = (0, None);
    for (taken, &row) in (1..).zip(&order) {
        hits += usize::from(scores.truth[row] == class);
        let next = order.get(taken);
        if next.is_some_and(|&next| probability(next) >= probability(row)) {
            continue;
        }
        let step = hits * MOST_STEPS / support;
        let is_last = next.is_none();
        let found_more = hits > hits_before && last_step != Some(step);
        if points.is_empty() || found_more || is_last {
            points.push(PrecisionPoint {
                threshold: probability(row),
                precision: hits as f64 / taken as f64,
                recall: hits as f64 / support as f64,
            });
            (hits_before, last_step) = (hits, Some(step));
        }
    }
    Some(CurveOfPrecision {
        label: label.to_owned(),
        points,
    })
}

/// Confidence against accuracy in 15 bins, those of the expected calibration error.
pub(super) fn reliability(scores: &Scores) -> Vec<ReliabilityBin> {
    const BINS: usize = 15;
    let mut bins = vec![(0u64, 0.0, 0u64); BINS];
    for (confidence, is_right) in confidences(scores) {
        let bin = &mut bins[bin(confidence, BINS)];
        bin.0 += 1;
        bin.1 += confidence;
        bin.2 += u64::from(is_right);
    }
    let bin = |(number, (n, confidence, right)): (usize, (u64, f64, u64))| ReliabilityBin {
        low: number as f64 / BINS as f64,
        high: (number + 1) as f64 / BINS as f64,
        sentences: n,
        confidence: (n > 0).then(|| confidence / n as f64),
        accuracy: (n > 0).then(|| right as f64 / n as f64),
    };
    bins.into_iter().enumerate().map(bin).collect()
}

/// How many sentences are right and wrong in 20 bins of confidence.
pub(super) fn confidence_histogram(scores: &Scores) -> Vec<ConfidenceBin> {
    const BINS: usize = 20;
    let mut bins = vec![(0u64, 0u64); BINS];
    for (confidence, is_right) in confidences(scores) {
        let (right, wrong) = &mut bins[bin(confidence, BINS)];
        *right += u64::from(is_right);
        *wrong += u64::from(!is_right);
    }
    let bin = |(number, (right, wrong)): (usize, (u64, u64))| ConfidenceBin {
        low: number as f64 / BINS as f64,
        high: (number + 1) as f64 / BINS as f64,
        right,
        wrong,
    };
    bins.into_iter().enumerate().map(bin).collect()
}

fn confidences(scores: &Scores) -> impl Iterator<Item = (f64, bool)> {
    (0..scores.truth.len()).map(|row| {
        let prediction = scores.prediction(row);
        let confidence = scores.probabilities[[row, prediction]];
        (confidence, prediction == scores.truth[row])
    })
}

/// Bins are open below and closed above.
fn bin(confidence: f64, n_bins: usize) -> usize {
    ((confidence * n_bins as f64).ceil() as usize).clamp(1, n_bins) - 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, array};

    #[test]
    fn the_curve_is_that_of_scikit_learn() {
        // >>> from sklearn.metrics import precision_recall_curve
        // >>> precision_recall_curve([0, 1, 1, 0, 1], [0.125, 0.375, 0.375, 0.5, 0.75])
        // precision [0.6, 0.75, 0.5, 1, 1], recall [1, 1, 0.333, 0.333, 0], thresholds [0.125, 0.375, 0.5, 0.75]
        // Points at which no more of the class is found, but for the ends, are left out here: that at 0.5.
        let column = array![0.125, 0.375, 0.375, 0.5, 0.75];
        let scores = Scores {
            truth: vec![0, 1, 1, 0, 1],
            probabilities: Array2::from_shape_fn((5, 2), |(row, class)| match class {
                1 => column[row],
                _ => 1.0 - column[row],
            }),
            groups: (0..5).collect(),
        };
        let curve = curve_of_precision(&scores, 1, "b").unwrap();
        let points: Vec<_> = curve
            .points
            .iter()
            .map(|point| (point.threshold, point.precision, point.recall))
            .collect();
        assert_eq!(
            points,
            [
                (0.75, 1.0, 1.0 / 3.0),
                (0.375, 0.75, 1.0),
                (0.125, 0.6, 1.0)
            ]
        );
        let bins = reliability(&scores);
        // Confidences 0.875, 0.625, 0.625, 0.5, 0.75; right, wrong, wrong, right (0 of equal ones), right.
        assert_eq!((bins[9].sentences, bins[9].accuracy), (2, Some(0.0)));
        assert_eq!((bins[13].sentences, bins[13].confidence), (1, Some(0.875)));
        assert_eq!((bins[0].sentences, bins[0].accuracy), (0, None));
        let histogram = confidence_histogram(&scores);
        assert_eq!((histogram[12].right, histogram[12].wrong), (0, 2));
        assert_eq!((histogram[9].right, histogram[9].wrong), (1, 0));
    }

    #[test]
    fn a_long_curve_is_thinned_out_and_a_class_that_does_not_occur_has_none() {
        let n = 5000;
        let scores = Scores {
            truth: (0..n).map(|row| usize::from(row % 3 == 0)).collect(),
            probabilities: Array2::from_shape_fn((n, 3), |(row, class)| match class {
                1 => row as f64 / n as f64,
                _ => 0.0,
            }),
            groups: (0..n).collect(),
        };
        let points = curve_of_precision(&scores, 1, "b").unwrap().points;
        assert!((200..=202).contains(&points.len()), "{}", points.len());
        assert!(
            points
                .windows(2)
                .all(|pair| pair[0].threshold > pair[1].threshold)
        );
        assert_eq!(points.last().map(|point| point.recall), Some(1.0));
        assert_eq!(curve_of_precision(&scores, 2, "c"), None);
    }
}
