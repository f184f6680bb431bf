//! `marsad evaluate`

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::Args;
use marsad::Classifier;
use marsad::evaluation::{
    BehaviourSuite, Table, behaviour_table, class_table, confusion_table, evaluate, overall_table,
};
use marsad::training::Corpus;

use super::evaluate_prevalence::PrevalenceArgs;
use super::input::load_model;
use super::{Common, terminal};

/// Measure a model on labelled sentences
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  marsad evaluate --model my-model held-out.jsonl
  marsad evaluate --model my-model --behaviour data/behaviour.jsonl --failures

Data is JSONL, CSV or TSV with the fields text and label, and group where sentences belong together.
Intervals are 95 % bootstrap intervals; sentences of one group are resampled together.")]
pub(super) struct Options {
    /// Labelled data: .jsonl, .csv or .tsv files, or folders of them
    #[arg(required_unless_present = "behaviour", value_name = "DATA")]
    data: Vec<PathBuf>,
    /// Behavioural cases (.jsonl): minimal pairs with the label expected of each sentence
    #[arg(long, value_name = "FILE")]
    behaviour: Option<PathBuf>,
    /// List the behavioural cases that fail
    #[arg(long, requires = "behaviour")]
    failures: bool,
    /// A model directory [default: the embedded model]
    #[arg(short, long, value_name = "DIR")]
    model: Option<PathBuf>,
    /// Write the tables as Markdown
    #[arg(long)]
    markdown: bool,
    /// Stop if a record cannot be used, instead of skipping it
    #[arg(long)]
    strict: bool,
    /// Drives the resampling of the intervals
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    prevalence: PrevalenceArgs,
}

pub(super) fn run(options: &Options, common: &Common) -> anyhow::Result<()> {
    let classifier = load_model(options.model.as_ref())?;
    if !options.data.is_empty() {
        measure(options, &classifier, common)?;
    }
    if let Some(path) = &options.behaviour {
        if !options.data.is_empty() {
            writeln!(anstream::stdout())?;
        }
        test_behaviour(options, &classifier, path)?;
    }
    Ok(())
}

/// Figures on labelled sentences.
fn measure(options: &Options, classifier: &Classifier, common: &Common) -> anyhow::Result<()> {
    let mut out = anstream::stdout();
    let corpus = read_corpus(&options.data, options.strict, common)?;
    let (scores, unknown) = evaluate(classifier, &corpus.sentences);
    if scores.truth.is_empty() {
        let known = classifier.labels().join(", ");
        bail!("no sentence has a label that the model knows; it knows: {known}");
    }
    for (label, n) in unknown {
        warn(&format!(
            "{n} sentences are labelled «{label}», which the model does not know; they are left out"
        ));
    }
    let labels = classifier.labels();
    let show = |table: Table| table.render(options.markdown);
    writeln!(out, "{}", show(overall_table(&scores, options.seed)))?;
    writeln!(out, "{}", show(class_table(&scores, labels, options.seed)))?;
    write!(
        out,
        "{}",
        show(confusion_table(&scores.confusion_matrix(), labels))
    )?;
    let prevalence = &options.prevalence;
    if let Some(prevalence) =
        prevalence.prevalence(classifier, &scores, options.seed, common.quiet)?
    {
        write!(out, "\n{}", prevalence.render(options.markdown))?;
    }
    Ok(())
}

/// Pass rates on behavioural cases.
fn test_behaviour(options: &Options, classifier: &Classifier, path: &Path) -> anyhow::Result<()> {
    let mut out = anstream::stdout();
    let suite = BehaviourSuite::read(path)?;
    if suite.cases.is_empty() {
        bail!("{}: there is no case in it", path.display());
    }
    let (results, failures) = suite.run(classifier)?;
    write!(
        out,
        "{}",
        behaviour_table(&results).render(options.markdown)
    )?;
    if options.failures {
        for failure in failures {
            let expected = &failure.case.sentences[failure.sentence];
            writeln!(
                out,
                "\n{}  expected {}, got {}\n  {}",
                failure.case.id, expected.label, failure.predicted, expected.text
            )?;
        }
    }
    Ok(())
}

/// Reads labelled data and says on standard error what could not be used.
pub(super) fn read_corpus(
    data: &[PathBuf],
    strict: bool,
    common: &Common,
) -> anyhow::Result<Corpus> {
    const SHOWN: usize = 10;
    let mut corpus = Corpus::read(data)?;
    if strict && !corpus.rejected.is_empty() {
        return Err(corpus.rejected.swap_remove(0).into());
    }
    for error in corpus.rejected.iter().take(SHOWN) {
        warn(&format!("skipped {error}"));
    }
    if !corpus.rejected.is_empty() {
        let n = corpus.rejected.len();
        warn(&format!(
            "{n} of {} records were skipped",
            n + corpus.sentences.len()
        ));
    }
    if !common.quiet {
        let (style, reset) = (terminal::DIM, terminal::RESET);
        anstream::eprintln!(
            "{style}{} labelled sentences{reset}",
            corpus.sentences.len()
        );
    }
    Ok(corpus)
}

pub(super) fn warn(message: &str) {
    anstream::eprintln!("{}warning:{} {message}", terminal::WARNING, terminal::RESET);
}
