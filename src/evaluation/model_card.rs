//! The card that lies beside a model.

use std::fmt::Write;

use super::{CapabilityResult, Figure, Scores, Summary, behaviour_table, confusion_table};
use crate::model::{ModelConfig, WEIGHTS_FILE};

/// What the card needs to know beyond the configuration.
#[derive(Debug, Clone)]
pub struct CardFacts<'a> {
    /// The configuration of the model.
    pub config: &'a ModelConfig,
    /// Scores of the training sentences by models that had not seen their group, before calibration.
    pub uncalibrated: &'a Scores,
    /// The same after calibration.
    pub calibrated: &'a Scores,
    /// Their figures.
    pub summary: &'a Summary<'a>,
    /// The SHA-256 of the weights.
    pub checksum: &'a str,
    /// The number of bytes of the model's files.
    pub size: usize,
    /// The scores on held-out data, if there is any, and the names of its files.
    pub test: Option<(&'a Scores, String)>,
    /// The results on behavioural cases, if there are any.
    pub behaviour: &'a [CapabilityResult],
    /// Drives the resampling of the intervals.
    pub seed: u64,
    /// What the people who train the model want to say of it, in Markdown: purpose, data, guideline, limits, licence.
    pub notes: &'a str,
}

/// The text of a model's `README.md`: a model card after Mitchell et al. 2019, "Model cards for model reporting".
#[must_use]
pub fn model_card(facts: &CardFacts) -> String {
    let CardFacts {
        config,
        uncalibrated,
        calibrated,
        summary,
        ref test,
        behaviour,
        seed,
        ..
    } = *facts;
    let mut card = String::from("# Model card\n\n");
    let _ = writeln!(card, "{}\n", facts.notes.trim());
    let _ = writeln!(card, "## The model\n");
    let _ = writeln!(card, "- Labels: {}.", config.labels.join(", "));
    let _ = writeln!(
        card,
        "- Linear, over {} buckets of hashed features{}; 16-bit weights; {:.1} MiB in all.",
        config.features.n_buckets(),
        match config.known_words {
            0 => String::new(),
            n => format!(
                " and two rows for each of {n} words with vectors (SHA-256 `{}`)",
                config.training["vectors"]["sha256"]
                    .as_str()
                    .unwrap_or_default()
            ),
        },
        facts.size as f64 / f64::from(1 << 20)
    );
    let _ = writeln!(card, "- SHA-256 of `{WEIGHTS_FILE}`: `{}`.", facts.checksum);
    let _ = writeln!(
        card,
        "- The configuration and the checksums of the data stand in `config.json`.\n"
    );
    let _ = writeln!(card, "## How well it does on its own data\n");
    let _ = writeln!(
        card,
        "Cross-validation over {} sentences: each was scored by a model that had not seen its group, \
         calibrated on other folds. Intervals are 95 % bootstrap intervals over groups. Sentences of other \
         origin are harder; measure on your own with `marsad evaluate`.\n",
        calibrated.truth.len()
    );
    let _ = writeln!(card, "{}", summary.overall_table().to_markdown());
    let _ = writeln!(card, "{}", summary.class_table().to_markdown());
    let _ = writeln!(
        card,
        "{}",
        confusion_table(summary.confusion_matrix(), &config.labels).to_markdown()
    );
    let figure = |scores: &Scores, figure| super::table::share(scores.value(figure));
    let _ = writeln!(
        card,
        "Calibration took the log-loss from {} to {} and the expected calibration error from {} to {}.",
        figure(uncalibrated, Figure::LogLoss),
        figure(calibrated, Figure::LogLoss),
        figure(uncalibrated, Figure::CalibrationError),
        figure(calibrated, Figure::CalibrationError),
    );
    if let Some((scores, files)) = test {
        let _ = writeln!(card, "\n## How well it does on held-out data\n");
        let _ = writeln!(
            card,
            "{} sentences of {files}; no group of theirs was trained on.\n",
            scores.truth.len()
        );
        let summary = Summary::new(scores, &config.labels, seed);
        let _ = writeln!(card, "{}", summary.overall_table().to_markdown());
        let _ = write!(card, "{}", summary.class_table().to_markdown());
    }
    if !behaviour.is_empty() {
        let _ = writeln!(card, "\n## What it has understood\n");
        let _ = writeln!(
            card,
            "Minimal pairs and triples: the share of sentences that get the label expected of them, and of cases of which \
             every sentence does.\n"
        );
        let _ = write!(card, "{}", behaviour_table(behaviour).to_markdown());
    }
    card
}
