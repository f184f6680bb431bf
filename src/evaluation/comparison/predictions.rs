//! What a model says of every sentence of a data set.

use rayon::prelude::*;
use serde::Serialize;

use crate::model::Classifier;
use crate::training::LabelledSentence;

/// Where predictions come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PredictionSource {
    /// A model of ours.
    Model,
    /// A file that another tool has written.
    File,
}

/// What a model says of every sentence of a data set, in the order of the sentences.
#[derive(Debug, Clone, PartialEq)]
pub struct Predictions {
    /// What the model is called in tables.
    pub name: String,
    /// Where the predictions come from.
    pub source: PredictionSource,
    /// The SHA-256 of the weights or of the file, in hexadecimal.
    pub sha256: String,
    /// The label of each sentence; `None` where the model gives none, which is never right.
    pub labels: Vec<Option<String>>,
    /// The probability of the true label of each sentence, 0 to 1, where the model says it of every sentence.
    pub truth_probability: Option<Vec<f64>>,
}

impl Predictions {
    /// What `classifier` says: its likeliest label. A label that it does not know has probability 0.
    #[must_use]
    pub fn of_model(
        name: String,
        sha256: String,
        classifier: &Classifier,
        sentences: &[LabelledSentence],
    ) -> Self {
        let labels = classifier.labels();
        let (predicted, truth_probability) = sentences
            .par_iter()
            .map_init(
                || classifier.scratch(),
                |scratch, sentence| {
                    let prediction = classifier.classify(&sentence.text, scratch);
                    let class = labels.iter().position(|label| *label == sentence.label);
                    let probability =
                        class.map_or(0.0, |class| f64::from(prediction.probabilities[class]));
                    (Some(labels[prediction.class()].clone()), probability)
                },
            )
            .unzip();
        Self {
            name,
            source: PredictionSource::Model,
            sha256,
            labels: predicted,
            truth_probability: Some(truth_probability),
        }
    }
}
