//! `marsad evaluate --prior` and `--archive`: figures where labels are as frequent as they are.

use anyhow::{Context, ensure};
use clap::Args;
use marsad::Classifier;
use marsad::evaluation::{
    ArchiveSample, ArchiveSize, Prevalence, PrevalenceOptions, Reservoir, Scores,
    estimated_prevalence, given_prevalence,
};
use ndarray::Array2;

use super::input::find;
use super::read_documents::{for_each_document, sentences};
use super::reading_options::ReadingOptions;
use super::shares::Shares;

/// Sentences of an archive that the estimate rests on, at most: beyond this the test sentences are what it owes its width to.
const SAMPLE: usize = 10_000;
/// How far given shares may be from summing to 1, as they are rounded.
const ROUNDED: f64 = 0.005;

/// Where labels have other shares than in the test data.
#[derive(Debug, Args)]
pub(super) struct PrevalenceArgs {
    /// Re-weight the figures to these shares of the labels; labels not named share the rest as in the data
    #[arg(long, value_name = "LABEL=SHARE,…", requires = "data", help_heading = PREVALENCE)]
    prior: Option<Shares>,
    /// Estimate the shares of the labels in files, folders or patterns of texts without labels, and re-weight the figures to them
    ///
    /// Documents are split into sentences without page furniture. The estimate rests on at most 10,000 sentences, drawn at random.
    #[arg(long, value_name = "FILE", num_args = 1.., requires = "data", conflicts_with = "prior", help_heading = PREVALENCE)]
    archive: Vec<String>,
    #[command(flatten, next_help_heading = "Input of --archive")]
    reading: ReadingOptions,
}

const PREVALENCE: &str = "Prevalence";

impl PrevalenceArgs {
    /// What is to be expected with the shares asked for; `None` when none were.
    pub(super) fn prevalence(
        &self,
        classifier: &Classifier,
        scores: &Scores,
        seed: u64,
        quiet: bool,
    ) -> anyhow::Result<Option<Prevalence>> {
        let labels = classifier.labels();
        let options = PrevalenceOptions {
            seed,
            ..PrevalenceOptions::default()
        };
        if let Some(prior) = &self.prior {
            let prior = whole_prior(&prior.of(labels)?, scores).context("--prior")?;
            return Ok(Some(given_prevalence(scores, labels, &prior, &options)?));
        }
        if self.archive.is_empty() {
            return Ok(None);
        }
        let (sample, size) = self.sample(classifier, seed, quiet)?;
        Ok(Some(estimated_prevalence(
            scores, labels, &sample, size, &options,
        )?))
    }

    /// A random sample of the archive's sentences, each with the probabilities of its labels.
    fn sample(
        &self,
        classifier: &Classifier,
        seed: u64,
        quiet: bool,
    ) -> anyhow::Result<(ArchiveSample, ArchiveSize)> {
        let options = self.reading.read_options();
        let mut inputs = Vec::new();
        for name in &self.archive {
            inputs.extend(find(name, &options)?);
        }
        let mut reservoir = Reservoir::new(SAMPLE, seed);
        let mut documents = 0usize;
        for_each_document(
            inputs,
            &options,
            classifier,
            quiet,
            |document, scratch| -> Vec<Vec<f32>> {
                sentences(&document.text)
                    .map(|sentence| {
                        classifier
                            .classify(sentence, scratch)
                            .probabilities
                            .to_vec()
                    })
                    .collect()
            },
            |probabilities| {
                for row in probabilities {
                    reservoir.offer((documents, row));
                }
                documents += 1;
            },
        )?;
        let sentences = reservoir.offered();
        let items = reservoir.into_items();
        let n_classes = classifier.labels().len();
        let sample = ArchiveSample {
            probabilities: Array2::from_shape_fn((items.len(), n_classes), |(row, class)| {
                f64::from(items[row].1[class])
            }),
            documents: items.iter().map(|item| item.0).collect(),
        };
        let size = ArchiveSize {
            files: self.archive.clone(),
            documents: documents as u64,
            sentences,
            sampled_sentences: items.len() as u64,
        };
        Ok((sample, size))
    }
}

/// The share of each label: labels not named divide what is left in the proportions of the test data.
fn whole_prior(given: &[Option<f64>], scores: &Scores) -> anyhow::Result<Vec<f64>> {
    let named: f64 = given.iter().flatten().sum();
    let rest = |class: usize| match given[class] {
        Some(_) => 0,
        None => scores.truth.iter().filter(|&&truth| truth == class).count(),
    };
    let unnamed: usize = (0..given.len()).map(rest).sum();
    ensure!(
        named <= 1.0 + ROUNDED,
        "the shares sum to {named:.3}, they must sum to 1 at most"
    );
    if unnamed == 0 {
        ensure!(
            (named - 1.0).abs() <= ROUNDED,
            "the shares sum to {named:.3}; there is no other label in the data to take the rest, so they must sum to 1"
        );
    }
    let left = match unnamed {
        0 => 0.0,
        _ => (1.0 - named).max(0.0),
    };
    let share = |class: usize| match given[class] {
        Some(share) => share,
        None => left * rest(class) as f64 / unnamed.max(1) as f64,
    };
    let shares: Vec<f64> = (0..given.len()).map(share).collect();
    let total: f64 = shares.iter().sum();
    Ok(shares.into_iter().map(|share| share / total).collect())
}
