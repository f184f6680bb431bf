//! The card as a page.

use super::{CardEvaluation, ModelCard, OwnDataFigures};
use crate::evaluation::{Detail, Evaluation, behaviour_table};
use crate::model::{ModelConfig, ModelFiles, WEIGHTS_FILE};

impl ModelCard {
    /// The text of the `README.md` of the model `files` of configuration `config`: a model card after Mitchell et al. 2019, "Model
    /// cards for model reporting". Every figure comes from what is stored.
    #[must_use]
    pub fn page(&self, files: &ModelFiles, config: &ModelConfig) -> String {
        let mut parts = vec![
            format!("# Model card\n\n{}\n", self.notes.trim()),
            facts(files, config),
        ];
        parts.extend(self.own_data.as_ref().map(own_data));
        let other = self.evaluations.iter();
        parts.extend(other.map(|evaluation| other_data(evaluation, config)));
        if !self.behaviour.is_empty() {
            parts.push(format!(
                "## What it has understood\n\n\
                 Minimal pairs and triples: the share of sentences that get the label expected of them, and of cases of which \
                 every sentence does.\n\n{}",
                behaviour_table(&self.behaviour).to_markdown()
            ));
        }
        if self.own_data.is_none() && self.evaluations.is_empty() {
            parts.push("## How well it does\n\nNo figures are stored.\n".to_owned());
        }
        parts.join("\n")
    }
}

/// What the model is made of.
fn facts(files: &ModelFiles, config: &ModelConfig) -> String {
    let words = match config.known_words {
        0 => String::new(),
        n => format!(
            " and two rows for each of {n} words with vectors (SHA-256 `{}`)",
            config.training["vectors"]["sha256"]
                .as_str()
                .unwrap_or_default()
        ),
    };
    format!(
        "## The model\n\n\
         - Labels: {}.\n\
         - Linear, over {} buckets of hashed features{words}; 16-bit weights; {:.1} MiB in all.\n\
         - SHA-256 of `{WEIGHTS_FILE}`: `{}`.\n\
         - The configuration and the checksums of the data stand in `config.json`, the figures in `card.json`, from which \
         `marsad card` writes this page.\n",
        config.labels.join(", "),
        config.features.n_buckets(),
        files.size() as f64 / f64::from(1 << 20),
        files.checksum(),
    )
}

fn own_data(own_data: &OwnDataFigures) -> String {
    let evaluation = &own_data.evaluation;
    format!(
        "## How well it does on its own data\n\n\
         Cross-validation over {}: each was scored by a model that had not seen its group, calibrated on other folds. \
         Sentences of other origin are harder; measure on your own with `marsad evaluate`.{}\n\n{}\n{}\n",
        sentences(evaluation),
        intervals(evaluation),
        evaluation.tables_to_markdown(Detail::default()),
        own_data.calibration_in_words(),
    )
}

fn other_data(other: &CardEvaluation, config: &ModelConfig) -> String {
    let evaluation = &other.evaluation;
    let files: Vec<String> = evaluation
        .data
        .iter()
        .map(|file| format!("`{}`", file.file))
        .collect();
    let files = files.join(", ");
    let what = if was_trained_on(evaluation, config) {
        "; **the model was trained on them, so the figures say nothing about other sentences**."
    } else if other.held_out {
        "; no group of theirs was trained on."
    } else {
        "."
    };
    let left_out = match evaluation.unknown_labels.values().sum::<usize>() {
        0 => String::new(),
        n => format!(" {n} more have labels that the model does not know."),
    };
    format!(
        "## How well it does on {files}\n\n{} of {files}{what}{left_out}{}\n\n{}",
        sentences(evaluation),
        intervals(evaluation),
        evaluation.tables_to_markdown(Detail::default()),
    )
}

fn sentences(evaluation: &Evaluation) -> String {
    match evaluation.resampling.unit.as_str() {
        "group" => format!(
            "{} sentences in {} groups",
            evaluation.sentences, evaluation.groups
        ),
        _ => format!("{} sentences", evaluation.sentences),
    }
}

fn intervals(evaluation: &Evaluation) -> String {
    let facts = &evaluation.resampling;
    match facts.resamples {
        0 => String::new(),
        n => format!(
            " Intervals are 95 % percentile bootstrap intervals from {n} resamples by {}.",
            facts.unit
        ),
    }
}

/// Whether any of the files measured on is one that the model was trained on.
fn was_trained_on(evaluation: &Evaluation, config: &ModelConfig) -> bool {
    let trained_on = config.training["data"].as_array();
    trained_on.into_iter().flatten().any(|file| {
        let sha256 = file["sha256"].as_str();
        evaluation
            .data
            .iter()
            .any(|measured| Some(measured.sha256.as_str()) == sha256)
    })
}
