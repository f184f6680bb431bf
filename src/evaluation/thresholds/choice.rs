//! The threshold for a wanted precision or recall.

use serde::Serialize;

use super::OperatingPoint;
use super::operating_points::Likeliest;
use crate::evaluation::Interval;
use crate::evaluation::binomial::clopper_pearson;
use crate::evaluation::resampling::{draw, generator, percentile_interval};

/// What a threshold is to reach.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    /// A precision of at least this, 0 to 1, with the largest recall that allows.
    Precision(f64),
    /// A recall of at least this, 0 to 1, with the highest threshold that allows.
    Recall(f64),
}

/// The threshold of a label that reaches what is wanted in the test data.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ChosenThreshold {
    /// The threshold and what it gives; the threshold is 0 where no label need be taken away.
    #[serde(flatten)]
    pub point: OperatingPoint,
    /// The 95 % bootstrap interval of the threshold: it is chosen anew in each resample of groups, and is 1 in those where nothing
    /// reaches what is wanted. It says how much the choice owes to these very sentences.
    pub threshold_interval: Option<Interval>,
    /// The share of resamples in which what is wanted can be reached, 0 to 1.
    pub reached: f64,
    /// Precision at the threshold, 0 to 1.
    pub precision: Option<f64>,
    /// Its exact 95 % interval (Clopper and Pearson), which holds for a threshold settled beforehand and for sentences
    /// independent of each other. Not the bootstrap: fifty right sentences among fifty would have the interval 1 to 1, though a
    /// precision of 0.93 may well give that.
    pub precision_interval: Option<Interval>,
    /// Recall at the threshold, 0 to 1.
    pub recall: Option<f64>,
    /// Its exact 95 % interval.
    pub recall_interval: Option<Interval>,
}

impl Wanted {
    /// The point that reaches what is wanted; `points` rise in threshold.
    pub(super) fn choose(self, points: &[OperatingPoint]) -> Option<&OperatingPoint> {
        match self {
            Self::Precision(least) => {
                let mut rising = points.iter();
                rising.find(|point| {
                    point
                        .precision()
                        .is_some_and(|precision| precision >= least)
                })
            }
            Self::Recall(least) => {
                let mut falling = points.iter().rev();
                falling.find(|point| point.recall().is_some_and(|recall| recall >= least))
            }
        }
    }

    /// The point chosen among `points`, which are those of `likeliest`, with its intervals.
    pub(super) fn choose_with_intervals(
        self,
        likeliest: &Likeliest,
        points: &[OperatingPoint],
        groups: &[Vec<usize>],
        n_rows: usize,
        (resamples, seed): (u64, u64),
    ) -> Option<ChosenThreshold> {
        let point = self.choose(points)?;
        let mut rng = generator(seed, 0);
        let mut rows = Vec::with_capacity(n_rows);
        let mut times = vec![0; n_rows];
        let mut thresholds = Vec::new();
        let mut reached = 0;
        for _ in 0..resamples {
            draw(groups, &mut rng, &mut rows);
            times.fill(0);
            for &row in &rows {
                times[row] += 1;
            }
            let points = likeliest.points(|row| times[row]);
            let chosen = self.choose(&points);
            reached += u64::from(chosen.is_some());
            thresholds.push(chosen.map_or(1.0, |point| effective(point, &points)));
        }
        let point = OperatingPoint {
            threshold: effective(point, points),
            ..*point
        };
        Some(ChosenThreshold {
            point,
            threshold_interval: percentile_interval(thresholds),
            reached: reached as f64 / resamples.max(1) as f64,
            precision: point.precision(),
            precision_interval: clopper_pearson(point.right, point.given),
            recall: point.recall(),
            recall_interval: clopper_pearson(point.right, point.support),
        })
    }
}

/// The threshold of a point; 0 for the first, which takes no label away here and is to take none away elsewhere.
fn effective(point: &OperatingPoint, points: &[OperatingPoint]) -> f64 {
    match points.first() == Some(point) {
        true => 0.0,
        false => point.threshold,
    }
}
