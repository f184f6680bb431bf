//! Trains and scores each part.

use std::collections::BTreeSet;
use std::path::Path;

use ndarray::Array2;

use super::Part;
use crate::Error;
use crate::evaluation::{
    CurvePoint, ErrorCase, Figure, PartResult, Scores, confident_errors, learning_curve, score,
};
use crate::model::Classifier;
use crate::training::{Corpus, LabelledSentence, TrainingConfig, group_numbers, train};
use crate::vectors::WordVectors;

/// What the models of all parts said of the sentences they had not seen.
#[derive(Debug)]
pub struct CrossValidated {
    /// The scores of all parts, one after the other; a sentence scored in several repeats is there once for each, always with the same
    /// group. A label that a part's model does not know has the probability 0 there.
    pub scores: Scores,
    /// The sentence of the corpus behind each score.
    pub rows: Vec<usize>,
    /// The repeat of each score.
    pub repeats: Vec<u32>,
    /// What each part gave.
    pub parts: Vec<PartResult>,
    /// The most confident errors of the first repeat, the most confident first, each explained by the model that made it.
    pub errors: Vec<ErrorCase>,
}

impl CrossValidated {
    /// The macro-F1 of each repeat, over all its parts.
    #[must_use]
    pub fn macro_f1_of_repeats(&self) -> Vec<Option<f64>> {
        let repeats: BTreeSet<u32> = self.repeats.iter().copied().collect();
        let rows = |repeat| (0..self.repeats.len()).filter(move |&row| self.repeats[row] == repeat);
        repeats
            .into_iter()
            .map(|repeat| {
                self.scores
                    .select(&rows(repeat).collect::<Vec<_>>())
                    .value(Figure::MacroF1)
            })
            .collect()
    }
}

/// Trains a model for each of `parts`, all of it (vocabulary, weights and calibration) on what the part is trained on, and scores what it holds
/// out. `examples` errors of each confusion are explained. `done` is called after each part.
///
/// # Errors
///
/// As [`train`]; the error names the part.
pub fn cross_validate(
    corpus: &Corpus,
    parts: &[Part],
    config: &TrainingConfig,
    vectors: Option<&WordVectors>,
    examples: usize,
    done: impl Fn(),
) -> Result<CrossValidated, Error> {
    let labels = corpus.labels();
    let groups = group_numbers(&corpus.sentences);
    let mut probabilities: Vec<f64> = Vec::new();
    let mut truth = Vec::new();
    let mut rows = Vec::new();
    let mut repeats = Vec::new();
    let mut results = Vec::new();
    let mut errors: Vec<ErrorCase> = Vec::new();
    for part in parts {
        let trained_on = sample(corpus, &part.trained_on);
        let trained = train(&trained_on, config, vectors).map_err(|e| {
            Error::Data(format!(
                "{}, trained on {} sentences: {e}",
                part.name,
                part.trained_on.len()
            ))
        })?;
        let classifier = trained
            .files
            .classifier(Path::new("a part of the cross-validation"))?;
        let start = truth.len();
        let texts: Vec<LabelledSentence> = part
            .scored
            .iter()
            .map(|&row| corpus.sentences[row].clone())
            .collect();
        for (sentence, &row) in texts.iter().zip(&part.scored) {
            truth.push(labels.binary_search(&sentence.label).unwrap_or_default());
            rows.push(row);
            repeats.push(part.repeat);
        }
        probabilities.extend(all_probabilities(&classifier, &texts, &labels));
        if part.repeat == 0 {
            let mut scored = score(&classifier, &texts);
            for row in &mut scored.rows {
                *row = part.scored[*row];
            }
            errors.extend(confident_errors(&classifier, corpus, &scored, examples));
        }
        let n = part.scored.len();
        let of_part = Scores {
            truth: truth[start..].to_vec(),
            probabilities: matrix(&probabilities[start * labels.len()..], n, labels.len()),
            groups: part.scored.iter().map(|&row| groups[row]).collect(),
        };
        let unknown: BTreeSet<&String> = texts
            .iter()
            .map(|sentence| &sentence.label)
            .filter(|label| !classifier.labels().contains(label))
            .collect();
        results.push(PartResult {
            name: part.name.clone(),
            trained_on: part.trained_on.len(),
            sentences: n,
            accuracy: of_part.value(Figure::Accuracy),
            macro_f1: of_part.value(Figure::MacroF1),
            log_loss: of_part.value(Figure::LogLoss),
            labels_not_trained: unknown.into_iter().cloned().collect(),
        });
        done();
    }
    errors.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    Ok(CrossValidated {
        scores: Scores {
            probabilities: matrix(&probabilities, truth.len(), labels.len()),
            truth,
            groups: rows.iter().map(|&row| groups[row]).collect(),
        },
        rows,
        repeats,
        parts: results,
        errors: keep(errors, examples),
    })
}

/// The learning curve over the first repeat of `parts`: for each of them, models trained on samples of what it is trained on, measured on what it
/// holds out. `sizes` are shares of the smallest part, above 0 and at most 1.
///
/// # Errors
///
/// As [`learning_curve`]; the error names the part.
pub fn cross_validated_curve(
    corpus: &Corpus,
    parts: &[Part],
    config: &TrainingConfig,
    vectors: Option<&WordVectors>,
    shares: &[f64],
    done: impl Fn(),
) -> Result<Vec<CurvePoint>, Error> {
    let parts: Vec<&Part> = parts.iter().filter(|part| part.repeat == 0).collect();
    let smallest = parts
        .iter()
        .map(|part| part.trained_on.len())
        .min()
        .unwrap_or_default();
    let mut sizes: Vec<usize> = shares
        .iter()
        .map(|share| ((smallest as f64 * share).round() as usize).clamp(1, smallest.max(1)))
        .collect();
    sizes.sort_unstable();
    sizes.dedup();
    let mut points: Vec<CurvePoint> = Vec::new();
    for (number, part) in parts.into_iter().enumerate() {
        let (training, test) = (
            sample(corpus, &part.trained_on),
            sample(corpus, &part.scored),
        );
        let seed = config.seed.wrapping_add(number as u64);
        let curve = learning_curve(
            &training,
            &test.sentences,
            config,
            vectors,
            &sizes,
            &[seed],
            &done,
        )
        .map_err(|e| Error::Data(format!("{}: {e}", part.name)))?;
        match points.is_empty() {
            true => points = curve,
            false => {
                for (point, more) in points.iter_mut().zip(curve) {
                    point.sentences.extend(more.sentences);
                    point.macro_f1.extend(more.macro_f1);
                }
            }
        }
    }
    Ok(points)
}

/// The most confident errors, `examples` of each confusion.
fn keep(errors: Vec<ErrorCase>, examples: usize) -> Vec<ErrorCase> {
    let mut kept: Vec<ErrorCase> = Vec::new();
    for error in errors {
        let is_like =
            |other: &&ErrorCase| other.truth == error.truth && other.prediction == error.prediction;
        if kept.iter().filter(is_like).count() < examples {
            kept.push(error);
        }
    }
    kept
}

/// The probability of each of `labels` for each sentence, row after row; 0 for a label that the model does not know.
fn all_probabilities(
    classifier: &Classifier,
    sentences: &[LabelledSentence],
    labels: &[String],
) -> Vec<f64> {
    let place: Vec<Option<usize>> = labels
        .iter()
        .map(|label| classifier.labels().iter().position(|known| known == label))
        .collect();
    let mut scratch = classifier.scratch();
    let mut all = Vec::with_capacity(sentences.len() * labels.len());
    for sentence in sentences {
        let prediction = classifier.classify(&sentence.text, &mut scratch);
        let probability =
            |place: &Option<usize>| place.map_or(0.0, |k| f64::from(prediction.probabilities[k]));
        all.extend(place.iter().map(probability));
    }
    all
}

fn matrix(values: &[f64], n_rows: usize, n_classes: usize) -> Array2<f64> {
    Array2::from_shape_fn((n_rows, n_classes), |(row, class)| {
        values[row * n_classes + class]
    })
}

/// The sentences at `rows`.
fn sample(corpus: &Corpus, rows: &[usize]) -> Corpus {
    Corpus {
        sentences: rows
            .iter()
            .map(|&row| corpus.sentences[row].clone())
            .collect(),
        ..Corpus::default()
    }
}
