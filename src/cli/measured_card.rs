//! What training measures for the model card.

use std::collections::BTreeMap;

use marsad::Classifier;
use marsad::evaluation::{
    Assessed, BehaviourSuite, Evaluation, Figure, ModelCard, ModelIdentity, OwnDataFigures,
    Resampling, Scores, assess, evaluate,
};
use marsad::training::{Corpus, Trained};
use ndarray::Array2;

use super::evaluate::warn;

/// What the figures of the card are measured with.
pub(super) struct Measured<'a> {
    pub(super) trained: &'a Trained,
    pub(super) classifier: &'a Classifier,
    /// Drives the resampling of the intervals.
    pub(super) seed: u64,
    /// What was trained on.
    pub(super) corpus: &'a Corpus,
    /// Held-out data, no group of which was trained on.
    pub(super) test: Option<&'a Corpus>,
    pub(super) suite: &'a BehaviourSuite,
    pub(super) notes: String,
}

/// The card of a model that was just trained: cross-validation, held-out data, behavioural cases.
pub(super) fn measured_card(measured: &Measured<'_>) -> Result<ModelCard, marsad::Error> {
    let checksum = measured.trained.files.checksum();
    let config = measured.classifier.config();
    let mut card = ModelCard::new(checksum.clone(), measured.notes.clone());
    card.set_own_data(own_data(measured)?);
    if let Some(test) = measured.test {
        let (scores, unknown) = evaluate(measured.classifier, &test.sentences);
        for (label, n) in &unknown {
            warn(&format!(
                "{n} held-out sentences are labelled «{label}», which the model does not know; they are left out"
            ));
        }
        let held_out = figures(measured, Some(checksum), test, &scores, unknown)?;
        card.add(held_out, config, true)?;
    }
    card.behaviour = measured.suite.run(measured.classifier)?.0;
    Ok(card)
}

fn own_data(measured: &Measured<'_>) -> Result<OwnDataFigures, marsad::Error> {
    let held_out = &measured.trained.held_out;
    let scores = |margins: &Array2<f64>| {
        Scores::from_margins(held_out.targets.to_vec(), margins, held_out.groups.clone())
    };
    let uncalibrated = scores(&held_out.margins);
    Ok(OwnDataFigures {
        uncalibrated_log_loss: uncalibrated.value(Figure::LogLoss),
        uncalibrated_calibration_error: uncalibrated.value(Figure::CalibrationError),
        evaluation: figures(
            measured,
            None,
            measured.corpus,
            &scores(&held_out.calibrated),
            BTreeMap::new(),
        )?,
    })
}

/// Every figure of `scores`, which are of `data`. The models of a cross-validation have no checksum.
fn figures(
    measured: &Measured<'_>,
    sha256: Option<String>,
    data: &Corpus,
    scores: &Scores,
    unknown_labels: BTreeMap<String, usize>,
) -> Result<Evaluation, marsad::Error> {
    let name = match &sha256 {
        Some(_) => ".",
        None => "cross-validation",
    };
    assess(Assessed {
        model: ModelIdentity {
            name: name.to_owned(),
            sha256,
            training: serde_json::Value::Null,
        },
        data: &data.files,
        labels: measured.classifier.labels(),
        scores,
        unknown_labels,
        errors: Vec::new(),
        slicings: &[],
        resampling: Resampling {
            seed: measured.seed,
            ..Resampling::default()
        },
    })
}
