//! `marsad threshold`

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{bail, ensure};
use clap::Args;
use marsad::evaluation::{ThresholdOptions, ThresholdReport, Wanted, evaluate, threshold_report};
use marsad::model::ModelFiles;

use super::evaluate::{read_corpus, warn};
use super::input::load_model;
use super::shares::Shares;
use super::{Common, progress};

/// Find from which probability on a label can be believed
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  marsad threshold --model my-model tuning.jsonl
  marsad threshold --model my-model tuning.jsonl --precision 0.95
  marsad threshold --model my-model tuning.jsonl --precision attack=0.95 --recall unrelated=0.9 --store
  marsad classify --model my-model news.txt --below unrelated

A label is given if it is the likeliest and its probability reaches the threshold; that is what `marsad classify` does with the
thresholds that --store writes into the model's config.json. Precision asks for the lowest threshold that reaches it, recall for the
highest. Take other sentences to find thresholds than to judge them.")]
pub(super) struct Options {
    /// Labelled data: .jsonl, .csv or .tsv files, or folders of them
    #[arg(required_unless_present = "remove", value_name = "DATA")]
    data: Vec<PathBuf>,
    /// The precision wanted of all labels, or of some [0.95, or LABEL=0.95,LABEL=0.9]
    #[arg(long, value_name = "P|LABEL=P,…")]
    precision: Option<Shares>,
    /// The recall wanted of all labels, or of some [0.8, or LABEL=0.8,LABEL=0.9]
    #[arg(long, value_name = "R|LABEL=R,…")]
    recall: Option<Shares>,
    /// A model directory [default: the embedded model]
    #[arg(short, long, value_name = "DIR")]
    model: Option<PathBuf>,
    /// Write the thresholds into the model, in place of those it has
    #[arg(long, requires = "model")]
    store: bool,
    /// Take the thresholds out of the model
    #[arg(long, requires = "model", conflicts_with_all = ["store", "data"])]
    remove: bool,
    /// How many resamples the intervals of thresholds rest on
    #[arg(long, value_name = "N", default_value_t = 2000, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    resamples: u64,
    /// Write everything, whole curves too, as one JSON object
    #[arg(long, conflicts_with = "markdown")]
    json: bool,
    /// Write the tables as Markdown
    #[arg(long)]
    markdown: bool,
    /// Stop if a record cannot be used, instead of skipping it
    #[arg(long)]
    strict: bool,
    /// Drives the resampling of the intervals
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

pub(super) fn run(options: &Options, common: &Common) -> anyhow::Result<()> {
    if let (true, Some(model)) = (options.remove, &options.model) {
        return Ok(ModelFiles::store_thresholds(model, BTreeMap::new())?);
    }
    let classifier = load_model(options.model.as_ref())?;
    let labels = classifier.labels();
    let wanted = options.wanted(labels)?;
    let corpus = read_corpus(&options.data, options.strict, common)?;
    let (scores, unknown) = evaluate(&classifier, &corpus.sentences);
    ensure!(
        !scores.truth.is_empty(),
        "no sentence has a label that the model knows; it knows: {}",
        labels.join(", ")
    );
    for (label, n) in unknown {
        warn(&format!(
            "{n} sentences are labelled «{label}», which the model does not know; they are left out"
        ));
    }
    let spinner = progress::spinner("resampling", common.quiet);
    let how = ThresholdOptions {
        resamples: options.resamples,
        seed: options.seed,
    };
    let report = threshold_report(&scores, labels, &wanted, &how);
    spinner.finish_and_clear();
    let mut out = anstream::stdout();
    match options.json {
        true => writeln!(out, "{}", serde_json::to_string_pretty(&report)?)?,
        false => write!(out, "{}", report.render(options.markdown))?,
    }
    match (&options.model, options.store) {
        (Some(model), true) => store(model, &report),
        _ => Ok(()),
    }
}

/// Stores all thresholds that were asked for, or none.
fn store(model: &Path, report: &ThresholdReport) -> anyhow::Result<()> {
    let missed: Vec<String> = report
        .out_of_reach()
        .into_iter()
        .map(|(label, best)| {
            let best = best.map_or_else(|| "none".to_owned(), |best| format!("{best:.3}"));
            format!("«{label}» (the best is {best})")
        })
        .collect();
    if !missed.is_empty() {
        bail!(
            "nothing was stored, because what is wanted is out of reach for {}; ask less of it, such as --precision LABEL=0.9",
            missed.join(", ")
        );
    }
    let thresholds = report.thresholds();
    ensure!(
        !thresholds.is_empty(),
        "nothing to store: say what is wanted with --precision or --recall"
    );
    Ok(ModelFiles::store_thresholds(model, thresholds)?)
}

impl Options {
    /// What is wanted of each label.
    fn wanted(&self, labels: &[String]) -> anyhow::Result<Vec<Option<Wanted>>> {
        let of = |shares: &Option<Shares>| match shares {
            Some(shares) => shares.of(labels),
            None => Ok(vec![None; labels.len()]),
        };
        let (precision, recall) = (of(&self.precision)?, of(&self.recall)?);
        let pairs = labels.iter().zip(precision.into_iter().zip(recall));
        pairs
            .map(|(label, wanted)| match wanted {
                (Some(_), Some(_)) => bail!(
                    "both a precision and a recall are wanted of «{label}»; a threshold can be found for one of them"
                ),
                (Some(precision), None) => Ok(Some(Wanted::Precision(precision))),
                (None, recall) => Ok(recall.map(Wanted::Recall)),
            })
            .collect()
    }
}
