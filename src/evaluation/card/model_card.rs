//! Everything the card of a model says that its other files do not.

use serde::{Deserialize, Serialize};

use super::card_evaluation::without_sentences;
use super::{CardEvaluation, OwnDataFigures};
use crate::Error;
use crate::evaluation::{CapabilityResult, Evaluation};
use crate::model::ModelConfig;

/// The `schema` of a stored card.
pub const CARD_SCHEMA: &str = "marsad-card";

/// The `version` of the schema that this crate writes and reads.
pub const CARD_VERSION: u32 = 1;

/// Everything the card of a model says that its other files do not: the contents of `card.json`, from which `README.md` is
/// written. Nothing in prediction depends on it, and a model without it works.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModelCard {
    /// [`CARD_SCHEMA`].
    schema: String,
    /// [`CARD_VERSION`].
    version: u32,
    /// The SHA-256 of the weights that were measured, in hexadecimal.
    pub model_sha256: String,
    /// The SHA-256 of the `README.md` written from this, so that one that people have written or changed is noticed.
    pub(super) readme_sha256: Option<String>,
    /// What the people who trained the model want to say of it, in Markdown: purpose, data, guideline, limits, licence.
    pub notes: String,
    /// The cross-validation on the training data; `None` if it is not known.
    pub own_data: Option<OwnDataFigures>,
    /// Figures on other data.
    pub evaluations: Vec<CardEvaluation>,
    /// Pass rates on behavioural cases, in the order of the capabilities there.
    pub behaviour: Vec<CapabilityResult>,
}

impl ModelCard {
    /// A card without figures for the model whose weights have the checksum `model_sha256`.
    #[must_use]
    pub fn new(model_sha256: String, notes: String) -> Self {
        Self {
            schema: CARD_SCHEMA.to_owned(),
            version: CARD_VERSION,
            model_sha256,
            readme_sha256: None,
            notes,
            own_data: None,
            evaluations: Vec::new(),
            behaviour: Vec::new(),
        }
    }

    /// Keeps the figures of a cross-validation on the training data.
    pub fn set_own_data(&mut self, own_data: OwnDataFigures) {
        self.own_data = Some(OwnDataFigures {
            evaluation: without_sentences(own_data.evaluation),
            ..own_data
        });
    }

    /// Adds an evaluation of this model, in place of an earlier one on the same files. Whether no group of theirs was trained on
    /// stays known of an earlier one; else `held_out` says it.
    ///
    /// # Errors
    ///
    /// [`Error::Data`] when another model than that of `config` was measured, or the models of a cross-validation.
    pub fn add(
        &mut self,
        evaluation: Evaluation,
        config: &ModelConfig,
        held_out: bool,
    ) -> Result<(), Error> {
        match &evaluation.model.sha256 {
            None => {
                return Err(Error::Data(
                    "is a cross-validation, whose models are not kept: a card shows what `marsad evaluate --model DIR --json` \
                     measured"
                        .to_owned(),
                ));
            }
            Some(sha256) if *sha256 != self.model_sha256 => {
                return Err(Error::Data(format!(
                    "measures the model «{}» with weights of SHA-256 {sha256}, but those of this model have {}: measure this \
                     model with `marsad evaluate --model DIR --json`",
                    evaluation.model.name, self.model_sha256
                )));
            }
            Some(_) => evaluation
                .check_labels(&config.labels)
                .map_err(Error::Data)?,
        }
        let known = self
            .evaluations
            .iter_mut()
            .find(|known| known.is_of_the_data_of(&evaluation));
        match known {
            Some(known) => *known = CardEvaluation::new(evaluation, known.held_out || held_out),
            None => self
                .evaluations
                .push(CardEvaluation::new(evaluation, held_out)),
        }
        Ok(())
    }

    /// What a training with all its data would have measured and is not known, for people.
    #[must_use]
    pub fn missing(&self) -> Vec<&'static str> {
        [
            (self.own_data.is_none(), "cross-validation on its own data"),
            (self.evaluations.is_empty(), "figures on held-out data"),
            (self.behaviour.is_empty(), "pass rates on behavioural cases"),
        ]
        .into_iter()
        .filter_map(|(is_missing, what)| is_missing.then_some(what))
        .collect()
    }
}
