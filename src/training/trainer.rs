//! From a corpus to a model.

use std::collections::{BTreeMap, BTreeSet};

use linfa::DatasetBase;
use ndarray::{Array1, Array2};
use rayon::prelude::*;
use serde_json::json;

use super::naming::top_features;
use super::require::require;
use super::{Calibration, Calibrator, Corpus, DesignMatrix, TrainingConfig, grouped_folds};
use crate::Error;
use crate::features::SparseRecords;
use crate::model::{FORMAT_VERSION, LinearWeights, ModelConfig, ModelFiles, WeightTable};
use crate::vectors::WordVectors;

/// A trained model and what is known of it before it has seen other data.
#[derive(Debug)]
pub struct Trained {
    /// The model, ready to be written.
    pub files: ModelFiles,
    /// The weights before rounding, the idf folded in.
    pub linear: LinearWeights,
    /// Scores of sentences by models that had not seen their groups.
    pub held_out: HeldOut,
}

/// Margins of the sentences of some folds, or of all, by models trained without their fold.
#[derive(Debug)]
pub struct HeldOut {
    /// The class of each sentence.
    pub targets: Array1<usize>,
    /// The group of each sentence.
    pub groups: Vec<usize>,
    /// The fold of each sentence.
    pub folds: Vec<u32>,
    /// Before calibration, shape `(n_sentences, n_classes)`.
    pub margins: Array2<f64>,
    /// The same, each fold calibrated on the other folds; if there is one only, each half of it on the other.
    pub calibrated: Array2<f64>,
}

/// Trains a model on `corpus`: first one on the outside of each fold that is [held out](TrainingConfig::n_held_out), whose scores for
/// the inside serve calibration and the figures of the model card, then one on everything. What is learned of `vectors` is folded into the weights.
///
/// # Errors
///
/// [`Error::Data`] when there are fewer than two labels, a label too rare for the folds, or fewer groups than folds;
/// [`Error::InvalidParameter`] when a parameter is out of range.
pub fn train(
    corpus: &Corpus,
    config: &TrainingConfig,
    vectors: Option<&WordVectors>,
) -> Result<Trained, Error> {
    let labels = two_labels_or_more(corpus)?;
    let design = DesignMatrix::new(&corpus.sentences, &labels, config, vectors)?;
    let held_out = hold_out(
        &design,
        &labels,
        config,
        config.n_held_out(corpus.sentences.len()),
    )?;
    let calibrator = calibrate(&held_out.margins, &held_out.targets, config)?;
    let (files, linear) = fit_model(corpus, design, labels, &calibrator, config, vectors)?;
    Ok(Trained {
        files,
        linear,
        held_out,
    })
}

/// Trains a model on `corpus` whose margins stay as they are, whatever calibration `config` asks for. Nothing is held out, so
/// it takes a fraction of the time of [`train`]. Its probabilities are not to be taken at their word; the label it gives is
/// that of the temperature-calibrated model, up to the rounding of the weights.
///
/// # Errors
///
/// As [`train`], but the data need only suffice for the folds if the estimator itself has use for them.
pub fn train_uncalibrated(
    corpus: &Corpus,
    config: &TrainingConfig,
    vectors: Option<&WordVectors>,
) -> Result<ModelFiles, Error> {
    let labels = two_labels_or_more(corpus)?;
    // The model is to say truly how it was trained.
    let config = TrainingConfig {
        calibration: Calibration::None,
        ..config.clone()
    };
    let design = DesignMatrix::new(&corpus.sentences, &labels, &config, vectors)?;
    let calibrator = Calibrator::identity(labels.len());
    let (files, _) = fit_model(corpus, design, labels, &calibrator, &config, vectors)?;
    Ok(files)
}

/// The labels of `corpus`, sorted.
fn two_labels_or_more(corpus: &Corpus) -> Result<Vec<String>, Error> {
    let labels = corpus.labels();
    if labels.len() < 2 {
        return Err(Error::Data(format!(
            "a classifier needs two labels or more, the data has one: {}",
            labels.join(", ")
        )));
    }
    Ok(labels)
}

/// Trains on every row of `design`, which was made of `corpus`. Returns the model and its weights before rounding, calibration,
/// vectors and idf folded in.
fn fit_model(
    corpus: &Corpus,
    design: DesignMatrix,
    labels: Vec<String>,
    calibrator: &Calibrator,
    config: &TrainingConfig,
    vectors: Option<&WordVectors>,
) -> Result<(ModelFiles, LinearWeights), Error> {
    let everything: Vec<usize> = (0..design.records.n_rows()).collect();
    let mut linear = fit(&design, &everything, &labels, config, config.seed)?;
    calibrator.fold_into(&mut linear);
    if let Some(dense) = &design.dense {
        linear = dense.fold(&linear)?;
    }
    for (mut weights, &idf) in linear.weights.outer_iter_mut().zip(&design.idf) {
        weights *= idf;
    }
    let table = WeightTable::quantise(&linear)?;
    let model = ModelConfig {
        format_version: FORMAT_VERSION,
        normalizer: config.normalizer,
        features: config.features.clone(),
        known_words: design.extractor.vocabulary().len(),
        thresholds: BTreeMap::new(),
        training: json!({
            "config": config,
            "data": corpus.files,
            "sentences": corpus.sentences.len(),
            "calibration": calibrator,
            "vectors": vectors.map(|vectors| json!({
                "words": vectors.words().len(),
                "dimensions": vectors.vectors().ncols(),
                "sha256": vectors.checksum(),
            })),
        }),
        top_features: top_features(
            &corpus.sentences,
            &labels,
            &linear,
            &design,
            config.normalizer,
        ),
        labels,
    };
    let files = ModelFiles::new(
        &model,
        &table,
        design.tokenizer,
        design.extractor.vocabulary(),
    )?;
    Ok((files, linear))
}

/// Scores sentences of `design` by models that have not seen their groups: those of the first `n_held_out` of the folds, all of them if
/// that is `config.folds`.
///
/// # Errors
///
/// As [`train`], and [`Error::InvalidParameter`] unless `n_held_out` is 1 to `config.folds`.
pub fn hold_out(
    design: &DesignMatrix,
    labels: &[String],
    config: &TrainingConfig,
    n_held_out: u32,
) -> Result<HeldOut, Error> {
    require(
        (1..=config.folds).contains(&n_held_out),
        "held_out_folds",
        "1 to the number of folds",
        n_held_out,
    )?;
    let fold_of = grouped_folds(
        &design.targets.to_vec(),
        &design.groups,
        config.folds,
        config.seed,
    )?;
    let rows: Vec<usize> = (0..fold_of.len())
        .filter(|&row| fold_of[row] < n_held_out)
        .collect();
    let folds: Vec<u32> = rows.iter().map(|&row| fold_of[row]).collect();
    // Every fold starts from the one seed, so the order in which threads take them is of no consequence.
    let parts: Vec<Array2<f64>> = (0..n_held_out)
        .into_par_iter()
        .map(|fold| {
            let (outside, inside): (Vec<_>, Vec<_>) =
                (0..fold_of.len()).partition(|&row| fold_of[row] != fold);
            let weights = fit(design, &outside, labels, config, config.seed)?;
            Ok(weights.margins(&design.records.select(&inside)))
        })
        .collect::<Result<_, Error>>()?;
    let mut margins = Array2::zeros((rows.len(), labels.len()));
    let mut next: Vec<_> = parts.iter().map(|part| part.outer_iter()).collect();
    for (mut row, &fold) in margins.outer_iter_mut().zip(&folds) {
        if let Some(part) = next[fold as usize].next() {
            row.assign(&part);
        }
    }
    let targets = select(&design.targets, &rows);
    let groups: Vec<usize> = rows.iter().map(|&row| design.groups[row]).collect();
    // One fold alone is calibrated on one half of itself for the other.
    let parts = match n_held_out {
        1 => grouped_folds(&targets.to_vec(), &groups, 2, config.seed)?,
        _ => folds.clone(),
    };
    let mut calibrated = margins.clone();
    for part in 0..n_held_out.max(2) {
        let (inside, outside): (Vec<_>, Vec<_>) =
            (0..rows.len()).partition(|&row| parts[row] == part);
        let calibrator = calibrate(
            &select_rows(&margins, &outside),
            &select(&targets, &outside),
            config,
        )?;
        let mut scores = select_rows(&margins, &inside);
        calibrator.apply(&mut scores);
        for (&row, scores) in inside.iter().zip(scores.outer_iter()) {
            calibrated.row_mut(row).assign(&scores);
        }
    }
    Ok(HeldOut {
        targets,
        groups,
        folds,
        margins,
        calibrated,
    })
}

/// Every sentence counts once here, whatever its class counts in training: probabilities are to match
/// the frequencies of the data.
fn calibrate(
    margins: &Array2<f64>,
    targets: &Array1<usize>,
    config: &TrainingConfig,
) -> Result<Calibrator, Error> {
    config
        .calibration
        .fit(margins, targets, &Array1::from(Vec::new()))
}

fn fit(
    design: &DesignMatrix,
    rows: &[usize],
    labels: &[String],
    config: &TrainingConfig,
    seed: u64,
) -> Result<LinearWeights, Error> {
    let records: SparseRecords = design.records.select(rows);
    let targets = select(&design.targets, rows);
    let groups: Vec<usize> = rows.iter().map(|&row| design.groups[row]).collect();
    let weights = config.class_weights.sample_weights(&targets, labels)?;
    let folds = match config.estimator.needs_folds() {
        // Without the held-out fold there may be fewer groups than folds.
        true => {
            let n_groups = groups.iter().collect::<BTreeSet<_>>().len() as u32;
            grouped_folds(&targets.to_vec(), &groups, config.folds.min(n_groups), seed)?
        }
        false => Vec::new(),
    };
    let dataset = DatasetBase::new(records, targets).with_weights(weights);
    config.estimator.fit(&dataset, labels.len(), &folds, seed)
}

fn select(targets: &Array1<usize>, rows: &[usize]) -> Array1<usize> {
    rows.iter().map(|&row| targets[row]).collect()
}

fn select_rows(margins: &Array2<f64>, rows: &[usize]) -> Array2<f64> {
    margins.select(ndarray::Axis(0), rows)
}
