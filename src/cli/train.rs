//! `marsad train`

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use marsad::evaluation::{BehaviourSuite, Detail};
use marsad::training::{Corpus, TrainingConfig, train};

use super::evaluate::read_corpus;
use super::measured_card::{Measured, measured_card};
use super::new_directory::{read_notes, refuse_existing};
use super::vectors::VectorOptions;
use super::{Common, progress, terminal};

/// Train a model on labelled sentences
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  marsad train labelled.jsonl -o my-model
  marsad train labelled.csv --config my-config.json --seed 7 -o my-model
  marsad classify --model my-model new.txt

Data is JSONL, CSV or TSV with the fields text and label; id, tags and group are optional.
The labels are those of the data. Sentences of one group (an article, a batch) are never split
between training and held-out folds. The same data, vectors, configuration and seed give the same bytes.")]
pub(super) struct Options {
    /// Labelled data: .jsonl, .csv or .tsv files, or folders of them
    #[arg(required = true, value_name = "DATA")]
    data: Vec<PathBuf>,
    /// The directory of the new model
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// Replace a model that is there
    #[arg(long)]
    overwrite: bool,
    #[command(flatten)]
    config: ConfigOptions,
    #[command(flatten)]
    vectors: VectorOptions,
    /// Held-out labelled data, whose figures go into the model card
    #[arg(long, value_name = "DATA")]
    test: Vec<PathBuf>,
    /// Behavioural cases, whose pass rates go into the model card
    #[arg(long, value_name = "FILE")]
    behaviour: Option<PathBuf>,
    /// Markdown for the model card: purpose, data, guideline, limits, licence
    #[arg(long, value_name = "FILE")]
    notes: Option<PathBuf>,
    /// Stop if a record cannot be used, instead of skipping it
    #[arg(long)]
    strict: bool,
}

/// The training configuration, as the commands that train take it.
#[derive(Debug, Args)]
pub(super) struct ConfigOptions {
    /// A training configuration in JSON, or a model directory or its config.json, whose configuration is taken
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Drives everything drawn at random [default: the configuration's, 1]
    #[arg(long)]
    seed: Option<u64>,
}

/// What people should say of a model and have not.
pub(super) const NO_NOTES: &str = "This model was trained with Marsad. Say here what it is for, where its data comes from, by which \
guideline it was labelled, what it should not be used for, and under which licence it stands (`marsad train --notes FILE`).";

pub(super) fn run(options: &Options, common: &Common) -> anyhow::Result<()> {
    let mut out = anstream::stdout();
    let config = options.config.load()?;
    refuse_existing(&options.output, "a model", options.overwrite)?;
    let notes = read_notes(options.notes.as_ref(), NO_NOTES)?;
    let corpus = read_corpus(&options.data, options.strict, common)?;
    let test = match options.test.as_slice() {
        [] => None,
        paths => Some(read_corpus(paths, options.strict, common)?),
    };
    if let Some(test) = &test {
        check_apart(&corpus, test)?;
    }
    let suite = match &options.behaviour {
        Some(path) => BehaviourSuite::read(path)?,
        None => BehaviourSuite::default(),
    };
    let spinner = progress::spinner("training", common.quiet);
    let trained = train(&corpus, &config, options.vectors.load()?.as_ref())?;
    spinner.finish_and_clear();

    let classifier = trained.files.classifier(&options.output)?;
    let card = measured_card(&Measured {
        trained: &trained,
        classifier: &classifier,
        seed: config.seed,
        corpus: &corpus,
        test: test.as_ref(),
        suite: &suite,
        notes,
    })?;
    let page = card.page(&trained.files, classifier.config());
    trained
        .files
        .write(&options.output, &page, options.overwrite)?;
    card.write_facts(&options.output, &page)?;
    if !common.quiet {
        writeln!(
            out,
            "{}Cross-validation, {} of {} folds held out, no group in two of them{}\n",
            terminal::BOLD,
            config.n_held_out(corpus.sentences.len()),
            config.folds,
            terminal::RESET
        )?;
        if let Some(own_data) = &card.own_data {
            let evaluation = &own_data.evaluation;
            let tables = evaluation.tables_to_text(Detail::default(), terminal::width());
            writeln!(out, "{tables}\n{}", own_data.calibration_in_words())?;
        }
        writeln!(out, "The model is in {}.", options.output.display())?;
    }
    Ok(())
}

/// Refuses held-out data that shares a group with the training data, or that has none of its labels.
fn check_apart(corpus: &Corpus, test: &Corpus) -> anyhow::Result<()> {
    let groups = |corpus: &Corpus| -> BTreeSet<String> {
        let groups = corpus
            .sentences
            .iter()
            .map(|sentence| sentence.group.clone());
        groups.flatten().collect()
    };
    let labels = corpus.labels();
    if !test
        .sentences
        .iter()
        .any(|sentence| labels.contains(&sentence.label))
    {
        bail!(
            "no held-out sentence has a label that is trained on: {}",
            labels.join(", ")
        );
    }
    match groups(corpus).intersection(&groups(test)).next() {
        Some(group) => {
            bail!("the group «{group}» is trained on and held out: leave it out of one of the two")
        }
        None => Ok(()),
    }
}

impl ConfigOptions {
    /// The configuration these options ask for.
    pub(super) fn load(&self) -> anyhow::Result<TrainingConfig> {
        let mut config = match &self.config {
            Some(path) => read_config(path)?,
            None => TrainingConfig::default(),
        };
        if let Some(seed) = self.seed {
            config.seed = seed;
        }
        Ok(config)
    }
}

/// Reads a training configuration, or that of a model.
pub(super) fn read_config(path: &Path) -> anyhow::Result<TrainingConfig> {
    let file = if path.is_dir() {
        path.join("config.json")
    } else {
        path.to_owned()
    };
    let name = || file.display().to_string();
    let text = std::fs::read_to_string(&file).with_context(name)?;
    let mut json: serde_json::Value = serde_json::from_str(&text).with_context(name)?;
    // A model stores the configuration it was trained with under "training".
    if let Some(config) = json
        .get_mut("training")
        .and_then(|training| training.get_mut("config"))
    {
        json = config.take();
    }
    serde_json::from_value(json).with_context(name)
}
