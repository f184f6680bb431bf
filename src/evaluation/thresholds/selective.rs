//! Accuracy of those sentences of which a model is surest.

use serde::Serialize;

use crate::evaluation::binomial::clopper_pearson;
use crate::evaluation::{Interval, Scores};

/// What the model is worth on the sentences it is surest of.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SelectivePoint {
    /// The least confidence of these sentences, 0 to 1.
    pub confidence: f64,
    /// How many there are.
    pub sentences: u64,
    /// Their share of all sentences, 0 to 1.
    pub coverage: f64,
    /// The share of right labels among them, 0 to 1.
    pub accuracy: f64,
}

/// The selective-accuracy curve: one minus the risk of the risk-coverage curve (El-Yaniv and Wiener 2010, "On the foundations of
/// noise-free selective classification").
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SelectiveCurve {
    /// A point for each confidence that occurs, from the surest sentences to all.
    pub points: Vec<SelectivePoint>,
    /// The mean share of wrong labels over the coverages 1/n, 2/n, … 1, 0 to 1; lower is better (Geifman and El-Yaniv 2017,
    /// "Selective classification for deep neural networks"). Equal confidences count in the order of the data. `None` without
    /// sentences.
    pub area_under_risk: Option<f64>,
}

/// The curve of all sentences of `scores`.
#[must_use]
pub fn selective_curve(scores: &Scores) -> SelectiveCurve {
    let mut sentences: Vec<(f64, bool)> = (0..scores.truth.len())
        .map(|row| {
            let class = scores.prediction(row);
            (
                scores.probabilities[[row, class]],
                class == scores.truth[row],
            )
        })
        .collect();
    sentences.sort_by(|a, b| b.0.total_cmp(&a.0));
    let n = sentences.len();
    let mut points: Vec<SelectivePoint> = Vec::new();
    let (mut right, mut risks) = (0u64, 0.0);
    for (count, &(confidence, is_right)) in (1u64..).zip(&sentences) {
        right += u64::from(is_right);
        let accuracy = right as f64 / count as f64;
        risks += 1.0 - accuracy;
        let point = SelectivePoint {
            confidence,
            sentences: count,
            coverage: count as f64 / n as f64,
            accuracy,
        };
        match points.last_mut() {
            Some(last) if last.confidence.total_cmp(&confidence).is_eq() => *last = point,
            _ => points.push(point),
        }
    }
    SelectiveCurve {
        points,
        area_under_risk: (n > 0).then(|| risks / n as f64),
    }
}

impl SelectiveCurve {
    /// The first point that covers at least this share of the sentences.
    #[must_use]
    pub fn at_coverage(&self, coverage: f64) -> Option<&SelectivePoint> {
        self.points
            .iter()
            .find(|point| point.coverage >= coverage - 1e-12)
    }
}

impl SelectivePoint {
    /// The exact 95 % interval of the accuracy (Clopper and Pearson).
    #[must_use]
    pub fn interval(&self) -> Option<Interval> {
        let right = (self.accuracy * self.sentences as f64).round() as u64;
        clopper_pearson(right, self.sentences)
    }
}
