//! `marsad learning-curve`

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use marsad::evaluation::{learning_curve, learning_curve_table};

use super::evaluate::read_corpus;
use super::train::ConfigOptions;
use super::vectors::VectorOptions;
use super::{Common, progress};

/// Show what more labels would bring
#[derive(Debug, Args)]
#[command(after_help = "Example:
  marsad learning-curve labelled.jsonl --test held-out.jsonl --sizes 500,1000,2000 --seeds 5

Trains on random samples of whole groups and measures each model on the test data: mean and standard deviation over
the seeds, and the power law fitted to them, which says what twice the data would bring.")]
pub(super) struct Options {
    /// Labelled data to train on: .jsonl, .csv or .tsv files, or folders of them
    #[arg(required = true, value_name = "DATA")]
    data: Vec<PathBuf>,
    /// Labelled data to measure on
    #[arg(long, required = true, value_name = "DATA")]
    test: Vec<PathBuf>,
    /// How many sentences to train on, separated by commas; a number beyond the data means all
    #[arg(
        long,
        value_name = "N,N,…",
        value_delimiter = ',',
        default_value = "600,1250,2500,5000,1000000",
        value_parser = clap::value_parser!(u64).range(1..)
    )]
    sizes: Vec<u64>,
    /// How many random samples of each size
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..))]
    seeds: u64,
    #[command(flatten)]
    config: ConfigOptions,
    #[command(flatten)]
    vectors: VectorOptions,
    /// Write the table as Markdown
    #[arg(long)]
    markdown: bool,
    /// Stop if a record cannot be used, instead of skipping it
    #[arg(long)]
    strict: bool,
}

pub(super) fn run(options: &Options, common: &Common) -> anyhow::Result<()> {
    let config = options.config.load()?;
    let vectors = options.vectors.load()?;
    let corpus = read_corpus(&options.data, options.strict, common)?;
    let test = read_corpus(&options.test, options.strict, common)?;
    let mut sizes: Vec<usize> = options
        .sizes
        .iter()
        .map(|&size| corpus.sentences.len().min(size as usize))
        .collect();
    sizes.sort_unstable();
    sizes.dedup();
    let seeds: Vec<u64> = (config.seed..).take(options.seeds as usize).collect();
    let n_models = (sizes.len() * seeds.len()) as u64;
    let bar = progress::steps(n_models, "training", common.quiet);
    let points = learning_curve(
        &corpus,
        &test.sentences,
        &config,
        vectors.as_ref(),
        &sizes,
        &seeds,
        || bar.inc(1),
    )?;
    bar.finish_and_clear();
    let table = learning_curve_table(&points).render(options.markdown);
    write!(anstream::stdout(), "{table}")?;
    Ok(())
}
