//! `marsad compare`

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::Args;
use marsad::evaluation::{ComparisonOptions, Predictions, compare, comparison_text};
use marsad::training::LabelledSentence;

use super::evaluate::read_corpus;
use super::input::model_with_checksum;
use super::{Common, progress};

/// Test whether one model is better than another
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  marsad compare old-model new-model held-out.jsonl
  marsad compare default my-model fasttext.csv held-out.jsonl --sentences 10

Every model is compared with the first on the same sentences: the difference of macro-F1 and accuracy with its 95 % interval
(paired bootstrap), and p-values of approximate randomisation, the bootstrap and McNemar's exact test, corrected for the
number of comparisons (Holm). Sentences of one group are resampled and exchanged together.

A predictions file is JSONL, CSV or TSV with id or text, and prediction or label; probabilities may stand in an object
«probabilities», or in columns called as the labels. What `marsad classify` writes will do.")]
pub(super) struct Options {
    /// Two models or more, then the labelled data
    ///
    /// A model is a directory, `default` for the embedded model, or a predictions file (.jsonl, .csv or .tsv). The data
    /// are a .jsonl, .csv or .tsv file or a folder of them.
    #[arg(required = true, num_args = 3.., value_names = ["MODEL", "MODEL", "DATA"])]
    paths: Vec<PathBuf>,
    /// List so many sentences that only one of the two has right, each way
    #[arg(long, value_name = "N", default_value_t = 0)]
    sentences: usize,
    /// How many resamples and exchanges to draw
    #[arg(long, value_name = "N", default_value_t = 9999, value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    resamples: u64,
    /// Write everything as one JSON object
    #[arg(long, conflicts_with = "markdown")]
    json: bool,
    /// Write the tables as Markdown
    #[arg(long)]
    markdown: bool,
    /// Stop if a record of the data cannot be used, instead of skipping it
    #[arg(long)]
    strict: bool,
    /// Drives the resampling
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

pub(super) fn run(options: &Options, common: &Common) -> anyhow::Result<()> {
    let [models @ .., data] = options.paths.as_slice() else {
        bail!("name two models and the data");
    };
    let corpus = read_corpus(std::slice::from_ref(data), options.strict, common)?;
    let mut predictions = models
        .iter()
        .map(|model| read_model(model, &corpus.sentences))
        .collect::<anyhow::Result<Vec<_>>>()?;
    for at in 1..predictions.len() {
        // The same model twice is a check of the tests, and needs two names.
        let name = predictions[at].name.clone();
        if predictions[..at].iter().any(|earlier| earlier.name == name) {
            predictions[at].name = format!("{name} ({})", at + 1);
        }
    }
    let spinner = progress::spinner("resampling", common.quiet);
    let comparison = compare(
        &corpus,
        &predictions,
        &ComparisonOptions {
            resamples: options.resamples,
            seed: options.seed,
            sentences: options.sentences,
        },
    )?;
    spinner.finish_and_clear();
    let mut out = anstream::stdout();
    match options.json {
        true => writeln!(out, "{}", serde_json::to_string_pretty(&comparison)?)?,
        false => write!(out, "{}", comparison_text(&comparison, options.markdown))?,
    }
    Ok(())
}

fn read_model(path: &Path, sentences: &[LabelledSentence]) -> anyhow::Result<Predictions> {
    let name = path.display().to_string();
    let directory = path.to_owned();
    let model = match name.as_str() {
        "default" => None,
        _ if path.is_dir() => Some(&directory),
        _ => return Ok(Predictions::read(path, sentences)?),
    };
    let (classifier, checksum) = model_with_checksum(model)?;
    Ok(Predictions::of_model(
        name,
        checksum,
        &classifier,
        sentences,
    ))
}
