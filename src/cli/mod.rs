//! What does the user type, and what does the user see?

mod agreement;
mod archive_run;
mod card;
mod classify;
mod compare;
mod completions;
mod cross_validate;
mod data;
mod data_check;
mod drift;
mod evaluate;
mod evaluate_prevalence;
mod explain;
mod input;
mod input_files;
mod inspect;
mod learning_curve;
mod measured_card;
mod new_directory;
mod normalize;
mod output;
mod pretrain;
mod progress;
mod read_documents;
mod reading_options;
mod result_options;
mod row_options;
mod shares;
mod slice_options;
mod split;
mod table_rows;
mod terminal;
mod threshold;
mod train;
mod tune;
mod vectors;

use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

/// Tag the sentences of Arabic news archives: attack, official statement, diplomatic meeting or unrelated, or labels of your own
#[derive(Debug, Parser)]
#[command(
    name = "marsad",
    version,
    max_term_width = 100,
    arg_required_else_help = true
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    common: Common,
}

/// Flags that every command takes.
#[derive(Debug, Args)]
struct Common {
    /// Say nothing but results and errors
    #[arg(short, long, global = true)]
    quiet: bool,
    /// How many threads to use [default: all cores]
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Tag sentences or documents
    Classify(classify::Options),
    /// Train a model on labelled sentences
    Train(train::Options),
    /// Compare configurations by cross-validation
    Tune(tune::Options),
    /// Measure a model on labelled sentences
    Evaluate(evaluate::Options),
    /// Write the card of a model from stored evaluations
    Card(card::Options),
    /// Measure a configuration on sentences it was not trained on
    CrossValidate(cross_validate::Options),
    /// Test whether one model is better than another
    Compare(compare::Options),
    /// Find from which probability on a label can be believed
    Threshold(threshold::Options),
    /// Show whether new texts are still like those that a model was judged on
    Drift(drift::Options),
    /// Check labelled data
    Data(data::Options),
    /// Measure how far readers agree
    Agreement(agreement::Options),
    /// Show what more labels would bring
    LearningCurve(learning_curve::Options),
    /// Show why a sentence got its label
    Explain(explain::Options),
    /// Show what a model is made of
    Inspect(inspect::Options),
    /// Split texts into sentences
    Split(split::Options),
    /// Show the normalised form of texts
    Normalize(normalize::Options),
    /// Learn word vectors from texts without labels
    Pretrain(pretrain::Options),
    /// Look at word vectors
    Vectors(vectors::Options),
    /// Print a completion script for a shell
    Completions(completions::Options),
}

/// Runs the command line and says how it went: 0 for success, 1 for an error or for data with findings, 2 for wrong usage.
pub(crate) fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(code) => code,
        // A reader that has seen enough, such as `head`, closes the pipe: that is no error.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("{}error:{} {error:#}", terminal::ERROR, terminal::RESET);
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    if let Some(threads) = cli.common.threads {
        rayon::ThreadPoolBuilder::new()
            .num_threads(usize::from(threads))
            .build_global()?;
    }
    let common = &cli.common;
    match cli.command {
        Command::Classify(options) => return classify::run(&options, common),
        Command::Train(options) => train::run(&options, common),
        Command::Tune(options) => tune::run(&options, common),
        Command::Evaluate(options) => evaluate::run(&options, common),
        Command::Card(options) => card::run(&options, common),
        Command::CrossValidate(options) => cross_validate::run(&options, common),
        Command::Compare(options) => compare::run(&options, common),
        Command::Threshold(options) => threshold::run(&options, common),
        Command::Drift(options) => drift::run(&options, common),
        Command::LearningCurve(options) => learning_curve::run(&options, common),
        Command::Explain(options) => explain::run(&options),
        Command::Inspect(options) => inspect::run(&options),
        Command::Split(options) => split::run(&options),
        Command::Normalize(options) => normalize::run(&options),
        Command::Pretrain(options) => pretrain::run(&options, common),
        Command::Vectors(options) => vectors::run(&options),
        Command::Data(options) => return data::run(&options, common),
        Command::Agreement(options) => agreement::run(&options, common),
        Command::Completions(options) => completions::run(&options),
    }
    .map(|()| ExitCode::SUCCESS)
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let broken = |e: &std::io::Error| e.kind() == std::io::ErrorKind::BrokenPipe;
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(broken)
            || matches!(cause.downcast_ref(), Some(marsad::Error::Io { source, .. }) if broken(source))
    })
}
