//! Precision and recall of a label at each threshold.

use serde::Serialize;

use crate::evaluation::Scores;

/// What a label is worth when it is given only from a threshold on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct OperatingPoint {
    /// The least probability with which the label is given, 0 to 1.
    pub threshold: f64,
    /// How many sentences get it.
    pub given: u64,
    /// How many of them are right.
    pub right: u64,
    /// How many sentences it is the truth of.
    pub support: u64,
}

impl OperatingPoint {
    /// Of the sentences with the label the share that are right; `None` when none has it.
    #[must_use]
    pub fn precision(&self) -> Option<f64> {
        (self.given > 0).then(|| self.right as f64 / self.given as f64)
    }

    /// Of the sentences of the label the share that get it; `None` when there is none.
    #[must_use]
    pub fn recall(&self) -> Option<f64> {
        (self.support > 0).then(|| self.right as f64 / self.support as f64)
    }
}

/// The sentences that a label is likeliest for, from the lowest probability to the highest.
///
/// A threshold only ever takes labels away, as `marsad classify` does: a sentence whose likeliest label is another one never gets
/// this one, so the curve ends at the recall that the model has without thresholds.
#[derive(Debug, Clone)]
pub(super) struct Likeliest {
    /// Row, probability, whether it is right.
    rows: Vec<(usize, f64, bool)>,
    /// The sentences of the label.
    support: Vec<usize>,
}

impl Likeliest {
    pub(super) fn new(scores: &Scores, class: usize) -> Self {
        let n = scores.truth.len();
        let mut rows: Vec<(usize, f64, bool)> = (0..n)
            .filter(|&row| scores.prediction(row) == class)
            .map(|row| {
                let probability = scores.probabilities[[row, class]];
                (row, probability, scores.truth[row] == class)
            })
            .collect();
        rows.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        Self {
            rows,
            support: (0..n).filter(|&row| scores.truth[row] == class).collect(),
        }
    }

    /// A point for each probability that occurs, from the lowest to the highest, where each sentence comes `times(row)` times. The
    /// first point's threshold is the lowest probability, which takes no label away.
    pub(super) fn points(&self, times: impl Fn(usize) -> u64) -> Vec<OperatingPoint> {
        let support = self.support.iter().map(|&row| times(row)).sum();
        let mut points: Vec<OperatingPoint> = Vec::new();
        let (mut given, mut right) = (0, 0);
        for &(row, threshold, is_right) in self.rows.iter().rev() {
            let n = times(row);
            if n == 0 {
                continue;
            }
            given += n;
            right += if is_right { n } else { 0 };
            let point = OperatingPoint {
                threshold,
                given,
                right,
                support,
            };
            match points.last_mut() {
                // Equal probabilities stand and fall together. They are copies of the same number.
                Some(last) if last.threshold.total_cmp(&threshold).is_eq() => *last = point,
                _ => points.push(point),
            }
        }
        points.reverse();
        points
    }
}
