//! Several models against the first.

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde::Serialize;

use super::macro_f1_difference::PairCounts;
use super::{
    COMPARISON_SCHEMA, COMPARISON_VERSION, ComparedModel, Comparison, ComparisonData,
    PairedOutcomes, PairedTests, Predictions, SentenceWon,
};
use crate::Error;
use crate::evaluation::holm;
use crate::training::{Corpus, group_numbers};

/// How models are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ComparisonOptions {
    /// Resamples of the bootstrap, and exchanges of approximate randomisation; at least 1. Default 9,999, so that the smallest
    /// p-value is 0.0001.
    pub resamples: u64,
    /// What drives them. Default 1.
    pub seed: u64,
    /// How many sentences won and how many lost to list for each pair. Default 0.
    pub sentences: usize,
}

impl Default for ComparisonOptions {
    fn default() -> Self {
        Self {
            resamples: 9999,
            seed: 1,
            sentences: 0,
        }
    }
}

/// A model against the first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Compared {
    /// The name of the first model.
    pub first: String,
    /// The name of the model.
    pub second: String,
    /// Differences, the model minus the first, and p-values as each test gives them.
    #[serde(flatten)]
    pub tests: PairedTests,
    /// The p-values corrected for the number of comparisons (Holm), each test by itself.
    pub corrected: Corrected,
    /// Sentences that only this model has right, as many as were asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sentences_won: Vec<SentenceWon>,
    /// Sentences that only the first model has right, as many as were asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sentences_lost: Vec<SentenceWon>,
}

/// P-values corrected for the number of comparisons.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Corrected {
    /// Of the bootstrap of macro-F1.
    pub macro_f1_bootstrap_p: f64,
    /// Of approximate randomisation of macro-F1.
    pub macro_f1_randomisation_p: f64,
    /// Of the bootstrap of accuracy.
    pub accuracy_bootstrap_p: f64,
    /// Of approximate randomisation of accuracy.
    pub accuracy_randomisation_p: f64,
    /// Of the exact test of Mc Nemar.
    pub mc_nemar_p: f64,
}

/// Compares each model with the first on the sentences of `corpus`.
///
/// # Errors
///
/// [`Error::Data`] for fewer than two models; [`Error::WrongLength`] when a model does not say something of each sentence;
/// [`Error::InvalidParameter`] for no resamples.
pub fn compare(
    corpus: &Corpus,
    models: &[Predictions],
    options: &ComparisonOptions,
) -> Result<Comparison, Error> {
    check(corpus, models, options)?;
    let sentences = &corpus.sentences;
    let mut labels: BTreeSet<&str> = sentences.iter().map(|s| s.label.as_str()).collect();
    labels.extend(
        models
            .iter()
            .flat_map(|m| m.labels.iter().flatten())
            .map(String::as_str),
    );
    let labels: Vec<&str> = labels.into_iter().collect();
    // Every label is in the list.
    let class = |label: &str| labels.binary_search(&label).unwrap_or(labels.len());
    let truth: Vec<usize> = sentences.iter().map(|s| class(&s.label)).collect();
    let groups = group_numbers(sentences);
    let classes: Vec<Vec<Option<usize>>> = models
        .iter()
        .map(|model| {
            model
                .labels
                .iter()
                .map(|label| label.as_deref().map(class))
                .collect()
        })
        .collect();

    let tests: Vec<PairedTests> = classes[1..]
        .par_iter()
        .map(|second| {
            let outcomes = PairedOutcomes {
                n_classes: labels.len(),
                truth: &truth,
                groups: &groups,
                predictions: [&classes[0], second],
            };
            outcomes.test(options.resamples, options.seed)
        })
        .collect();
    let corrected = |p: fn(&PairedTests) -> f64| holm(&tests.iter().map(p).collect::<Vec<_>>());
    let macro_bootstrap = corrected(|tests| tests.macro_f1.bootstrap_p);
    let macro_randomisation = corrected(|tests| tests.macro_f1.randomisation_p);
    let accuracy_bootstrap = corrected(|tests| tests.accuracy.bootstrap_p);
    let accuracy_randomisation = corrected(|tests| tests.accuracy.randomisation_p);
    let mc_nemar = corrected(|tests| tests.mc_nemar_p);
    let comparisons = (0..tests.len()).map(|at| Compared {
        first: models[0].name.clone(),
        second: models[at + 1].name.clone(),
        tests: tests[at],
        corrected: Corrected {
            macro_f1_bootstrap_p: macro_bootstrap[at],
            macro_f1_randomisation_p: macro_randomisation[at],
            accuracy_bootstrap_p: accuracy_bootstrap[at],
            accuracy_randomisation_p: accuracy_randomisation[at],
            mc_nemar_p: mc_nemar[at],
        },
        sentences_won: won(
            corpus,
            [&models[0], &models[at + 1]],
            false,
            options.sentences,
        ),
        sentences_lost: won(
            corpus,
            [&models[0], &models[at + 1]],
            true,
            options.sentences,
        ),
    });
    Ok(Comparison {
        schema: COMPARISON_SCHEMA,
        version: COMPARISON_VERSION,
        data: ComparisonData {
            files: corpus.files.clone(),
            sentences: sentences.len(),
            groups: groups.iter().collect::<BTreeSet<_>>().len(),
            labels: labels.iter().map(|&label| label.to_owned()).collect(),
        },
        resamples: options.resamples,
        seed: options.seed,
        models: models
            .iter()
            .zip(&classes)
            .map(|(model, classes)| measured(model, classes, &truth, labels.len()))
            .collect(),
        comparisons: comparisons.collect(),
    })
}

fn check(
    corpus: &Corpus,
    models: &[Predictions],
    options: &ComparisonOptions,
) -> Result<(), Error> {
    if models.len() < 2 {
        return Err(Error::Data(
            "a comparison needs two models or more".to_owned(),
        ));
    }
    if options.resamples == 0 {
        return Err(Error::InvalidParameter {
            parameter: "resamples",
            rule: "at least 1",
            got: "0".to_owned(),
        });
    }
    for model in models {
        if model.labels.len() != corpus.sentences.len() {
            return Err(Error::WrongLength {
                what: "predictions",
                expected: corpus.sentences.len(),
                got: model.labels.len(),
            });
        }
    }
    Ok(())
}

fn measured(
    model: &Predictions,
    classes: &[Option<usize>],
    truth: &[usize],
    n_classes: usize,
) -> ComparedModel {
    let mut counts = PairCounts::new(n_classes);
    for (&truth, &class) in truth.iter().zip(classes) {
        counts.add(truth, [class, None]);
    }
    // Kept from 0 by the smallest step of f64, as scikit-learn does.
    let log_loss = model.truth_probability.as_ref().map(|probabilities| {
        let loss = |p: &f64| -libm::log(p.max(f64::EPSILON));
        probabilities.iter().map(loss).sum::<f64>() / probabilities.len().max(1) as f64
    });
    ComparedModel {
        name: model.name.clone(),
        source: model.source,
        sha256: model.sha256.clone(),
        macro_f1: counts.macro_f1(0),
        accuracy: counts.accuracy(0),
        log_loss,
        without_label: classes.iter().filter(|class| class.is_none()).count() as u64,
    }
}

/// The first `n` sentences that only one of two models has right, in the order of the data: the first model if `by_first`.
fn won(
    corpus: &Corpus,
    [first, second]: [&Predictions; 2],
    by_first: bool,
    n: usize,
) -> Vec<SentenceWon> {
    let rows = corpus
        .sentences
        .iter()
        .zip(first.labels.iter().zip(&second.labels));
    rows.filter(|(sentence, (first, second))| {
        let right = |label: &Option<String>| label.as_ref() == Some(&sentence.label);
        right(first) == by_first && right(second) != by_first
    })
    .take(n)
    .map(|(sentence, (first, second))| SentenceWon {
        id: sentence.id.clone(),
        line: sentence.line,
        text: sentence.text.clone(),
        truth: sentence.label.clone(),
        first: first.clone(),
        second: second.clone(),
    })
    .collect()
}
