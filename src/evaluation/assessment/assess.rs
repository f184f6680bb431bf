//! From scores to an evaluation.

use std::collections::BTreeMap;

use super::curves::{confidence_histogram, curve_of_precision, reliability};
use crate::Error;
use crate::evaluation::{
    ClassFigures, Confusion, ConfusionCounts, EVALUATION_SCHEMA, EVALUATION_VERSION, ErrorCase,
    Estimate, Evaluation, Figure, ModelIdentity, OverallFigures, Resampling, ResamplingFacts,
    Scores, Slicing, slice_field,
};
use crate::training::DataFile;

/// What an [`Evaluation`] is made of.
#[derive(Debug, Clone)]
pub struct Assessed<'a> {
    /// The model.
    pub model: ModelIdentity,
    /// The files measured on.
    pub data: &'a [DataFile],
    /// The names of the classes.
    pub labels: &'a [String],
    /// What the model said.
    pub scores: &'a Scores,
    /// Labels it does not know, with their numbers of sentences.
    pub unknown_labels: BTreeMap<String, usize>,
    /// Errors to show, the most confident first.
    pub errors: Vec<ErrorCase>,
    /// What to sort the sentences into slices by.
    pub slicings: &'a [Slicing],
    /// How intervals are made.
    pub resampling: Resampling,
}

/// Works out every figure, interval, confusion, slice and curve.
///
/// # Errors
///
/// [`Error::Data`] without sentences.
pub fn assess(assessed: Assessed<'_>) -> Result<Evaluation, Error> {
    let Assessed {
        model,
        data,
        labels,
        scores,
        unknown_labels,
        errors,
        slicings,
        resampling,
    } = assessed;
    if scores.truth.is_empty() {
        return Err(Error::Data(format!(
            "no sentence has a label that the model knows; it knows: {}",
            labels.join(", ")
        )));
    }
    let matrix = scores.confusion_matrix();
    let mut figures = Figure::OVERALL.to_vec();
    figures.extend((0..labels.len()).flat_map(Figure::of_class));
    let estimates: BTreeMap<Figure, Estimate> = figures
        .iter()
        .copied()
        .zip(scores.estimates(&figures, resampling))
        .collect();
    let of = |figure: Figure| estimates.get(&figure).copied().unwrap_or_default();
    let n_units = scores
        .units()
        .iter()
        .max()
        .map_or(0, |&last| last as u64 + 1);
    let n = scores.truth.len() as u64;
    Ok(Evaluation {
        schema: EVALUATION_SCHEMA.to_owned(),
        version: EVALUATION_VERSION,
        software: concat!("marsad ", env!("CARGO_PKG_VERSION")).to_owned(),
        model,
        data: data.to_vec(),
        sentences: n,
        groups: n_units,
        unknown_labels,
        labels: labels.to_vec(),
        resampling: ResamplingFacts {
            resamples: resampling.resamples,
            seed: resampling.seed,
            unit: if n_units == n { "sentence" } else { "group" }.to_owned(),
            units: n_units,
            level: 0.95,
        },
        confusion_matrix: ConfusionCounts {
            rows: "truth".to_owned(),
            columns: "prediction".to_owned(),
            counts: matrix.counts().to_vec(),
        },
        overall: overall(of),
        classes: (0..labels.len())
            .map(|class| ClassFigures {
                label: labels[class].clone(),
                support: matrix.support(class),
                predicted: matrix.predicted(class),
                precision: of(Figure::Precision(class)),
                recall: of(Figure::Recall(class)),
                f1: of(Figure::F1(class)),
                average_precision: of(Figure::AveragePrecision(class)),
                calibration_error: of(Figure::ClassCalibrationError(class)),
            })
            .collect(),
        confusions: confusions(matrix.counts(), labels, &errors),
        errors_in_all: n
            - (0..labels.len())
                .map(|class| matrix.count(class, class))
                .sum::<u64>(),
        errors,
        slices: slicings
            .iter()
            .map(|slicing| slice_field(scores, slicing, resampling))
            .collect(),
        precision_recall: labels
            .iter()
            .enumerate()
            .filter_map(|(class, label)| curve_of_precision(scores, class, label))
            .collect(),
        reliability: reliability(scores),
        confidence_histogram: confidence_histogram(scores),
        cross_validation: None,
        learning_curve: None,
        prevalence: None,
    })
}

fn overall(of: impl Fn(Figure) -> Estimate) -> OverallFigures {
    OverallFigures {
        accuracy: of(Figure::Accuracy),
        balanced_accuracy: of(Figure::BalancedAccuracy),
        macro_precision: of(Figure::MacroPrecision),
        macro_recall: of(Figure::BalancedAccuracy),
        macro_f1: of(Figure::MacroF1),
        micro_precision: of(Figure::Accuracy),
        micro_recall: of(Figure::Accuracy),
        micro_f1: of(Figure::Accuracy),
        weighted_precision: of(Figure::WeightedPrecision),
        weighted_recall: of(Figure::WeightedRecall),
        weighted_f1: of(Figure::WeightedF1),
        macro_average_precision: of(Figure::MacroAveragePrecision),
        matthews_correlation: of(Figure::Matthews),
        cohen_kappa: of(Figure::CohenKappa),
        log_loss: of(Figure::LogLoss),
        brier_score: of(Figure::Brier),
        expected_calibration_error: of(Figure::CalibrationError),
        classwise_calibration_error: of(Figure::ClasswiseCalibrationError),
    }
}

/// Every confusion that occurs, from the most frequent to the rarest, of equal ones the first of the matrix.
fn confusions(counts: &[Vec<u64>], labels: &[String], errors: &[ErrorCase]) -> Vec<Confusion> {
    let mut confusions = Vec::new();
    for (truth, row) in counts.iter().enumerate() {
        let support: u64 = row.iter().sum();
        for (prediction, &sentences) in row.iter().enumerate() {
            if truth == prediction || sentences == 0 {
                continue;
            }
            let is_example = |error: &ErrorCase| {
                error.truth == labels[truth] && error.prediction == labels[prediction]
            };
            confusions.push(Confusion {
                truth: labels[truth].clone(),
                prediction: labels[prediction].clone(),
                sentences,
                share_of_truth: sentences as f64 / support as f64,
                examples: (0..errors.len())
                    .filter(|&i| is_example(&errors[i]))
                    .collect(),
            });
        }
    }
    confusions.sort_by_key(|confusion| std::cmp::Reverse(confusion.sentences));
    confusions
}
