//! An evaluation as a card keeps it.

use serde::{Deserialize, Serialize};

use crate::evaluation::Evaluation;

/// An evaluation as a card keeps it: without sentences, curves and what else the card does not show.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CardEvaluation {
    /// Whether it was made sure that no group of the data was trained on, as `marsad train --test` does.
    pub held_out: bool,
    /// Its figures.
    pub evaluation: Evaluation,
}

/// The directory that a card lies in.
const HERE: &str = ".";

impl CardEvaluation {
    /// Keeps what the card shows of `evaluation`. Sentences stay out because the texts of an archive may not be published with a
    /// model; how the model was trained stands in the `config.json` beside the card.
    #[must_use]
    pub fn new(mut evaluation: Evaluation, held_out: bool) -> Self {
        HERE.clone_into(&mut evaluation.model.name);
        Self {
            held_out,
            evaluation: without_sentences(evaluation),
        }
    }

    /// Whether `other` was measured on the same files.
    #[must_use]
    pub fn is_of_the_data_of(&self, other: &Evaluation) -> bool {
        let checksums = |evaluation: &Evaluation| -> Vec<String> {
            let data = evaluation.data.iter();
            data.map(|file| file.sha256.clone()).collect()
        };
        checksums(&self.evaluation) == checksums(other)
    }
}

pub(super) fn without_sentences(mut evaluation: Evaluation) -> Evaluation {
    evaluation.model.training = serde_json::Value::Null;
    for confusion in &mut evaluation.confusions {
        confusion.examples.clear();
    }
    Evaluation {
        errors: Vec::new(),
        precision_recall: Vec::new(),
        reliability: Vec::new(),
        confidence_histogram: Vec::new(),
        learning_curve: None,
        prevalence: None,
        ..evaluation
    }
}
