//! Thresholds of all labels.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use super::operating_points::Likeliest;
use super::{ChosenThreshold, OperatingPoint, SelectiveCurve, Wanted, selective_curve};
use crate::evaluation::binomial::clopper_pearson;
use crate::evaluation::resampling::rows_by_group;
use crate::evaluation::{Interval, Scores};

/// The name of the schema of [`ThresholdReport`] in JSON.
pub const THRESHOLDS_SCHEMA: &str = "marsad-thresholds";
/// Its version; it grows when a field changes its meaning or goes away.
pub const THRESHOLDS_VERSION: u32 = 1;

/// How thresholds are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThresholdOptions {
    /// Resamples of the intervals. Default 2,000.
    pub resamples: u64,
    /// What drives them. Default 1.
    pub seed: u64,
}

impl Default for ThresholdOptions {
    fn default() -> Self {
        Self {
            resamples: 2000,
            seed: 1,
        }
    }
}

/// Curves of all labels, and the thresholds that reach what is wanted.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ThresholdReport {
    /// [`THRESHOLDS_SCHEMA`].
    pub schema: &'static str,
    /// [`THRESHOLDS_VERSION`].
    pub version: u32,
    /// The number of test sentences.
    pub sentences: usize,
    /// Each label.
    pub labels: Vec<LabelThreshold>,
    /// What all chosen thresholds do together; `None` where none was chosen.
    pub together: Option<Together>,
    /// Accuracy of the sentences that the model is surest of.
    pub selective: SelectiveCurve,
    /// Resamples of the intervals.
    pub resamples: u64,
    /// What drives them.
    pub seed: u64,
}

/// A label with its curve and its threshold.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LabelThreshold {
    /// The label.
    pub label: String,
    /// What is wanted of it.
    pub wanted: Option<Wanted>,
    /// The threshold that reaches it; `None` where nothing is wanted or no threshold reaches it.
    pub chosen: Option<ChosenThreshold>,
    /// Precision and recall at each threshold, which rise.
    pub curve: Vec<OperatingPoint>,
}

/// What thresholds do to all sentences.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Together {
    /// The share of sentences that keep their label, 0 to 1.
    pub coverage: f64,
    /// The share of right labels among them, 0 to 1; `None` when there are none.
    pub accuracy: Option<f64>,
    /// Its exact 95 % interval (Clopper and Pearson).
    pub interval: Option<Interval>,
}

/// Measures every label of `labels` on `scores`; `wanted` holds what is wanted of each, in the same order.
///
/// # Panics
///
/// If `labels` or `wanted` are fewer than the classes of `scores`.
#[must_use]
pub fn threshold_report(
    scores: &Scores,
    labels: &[String],
    wanted: &[Option<Wanted>],
    options: &ThresholdOptions,
) -> ThresholdReport {
    let groups = rows_by_group(&scores.groups);
    let n_rows = scores.truth.len();
    let of_label = |class: usize| {
        let likeliest = Likeliest::new(scores, class);
        let curve = likeliest.points(|_| 1);
        let chosen = wanted[class].and_then(|wanted| {
            let how = (options.resamples, options.seed);
            wanted.choose_with_intervals(&likeliest, &curve, &groups, n_rows, how)
        });
        LabelThreshold {
            label: labels[class].clone(),
            wanted: wanted[class],
            chosen,
            curve,
        }
    };
    let labels: Vec<LabelThreshold> = (0..scores.n_classes())
        .into_par_iter()
        .map(of_label)
        .collect();
    ThresholdReport {
        schema: THRESHOLDS_SCHEMA,
        version: THRESHOLDS_VERSION,
        sentences: n_rows,
        together: together(scores, &labels),
        labels,
        selective: selective_curve(scores),
        resamples: options.resamples,
        seed: options.seed,
    }
}

fn together(scores: &Scores, labels: &[LabelThreshold]) -> Option<Together> {
    if labels.iter().all(|label| label.chosen.is_none()) {
        return None;
    }
    let (mut kept, mut right) = (0u64, 0u64);
    for (row, &truth) in scores.truth.iter().enumerate() {
        let class = scores.prediction(row);
        let least = labels[class]
            .chosen
            .map_or(0.0, |chosen| chosen.point.threshold);
        if scores.probabilities[[row, class]] >= least {
            kept += 1;
            right += u64::from(class == truth);
        }
    }
    Some(Together {
        coverage: kept as f64 / scores.truth.len().max(1) as f64,
        accuracy: (kept > 0).then(|| right as f64 / kept as f64),
        interval: clopper_pearson(right, kept),
    })
}

impl ThresholdReport {
    /// The chosen thresholds by label, as a model stores them. Probabilities of a model are `f32`, so nothing is lost.
    #[must_use]
    pub fn thresholds(&self) -> BTreeMap<String, f32> {
        let chosen = |label: &LabelThreshold| {
            Some((label.label.clone(), label.chosen?.point.threshold as f32))
        };
        self.labels.iter().filter_map(chosen).collect()
    }

    /// The labels for which no threshold reaches what is wanted, each with the best precision or recall that can be reached.
    #[must_use]
    pub fn out_of_reach(&self) -> Vec<(&str, Option<f64>)> {
        let missed = self
            .labels
            .iter()
            .filter(|label| label.wanted.is_some() && label.chosen.is_none());
        missed
            .map(|label| {
                let figures = label.curve.iter().filter_map(|point| match label.wanted {
                    Some(Wanted::Recall(_)) => point.recall(),
                    _ => point.precision(),
                });
                (label.label.as_str(), figures.reduce(f64::max))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests;
