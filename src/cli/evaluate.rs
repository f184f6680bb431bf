//! `marsad evaluate`

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::Args;
use marsad::Classifier;
use marsad::evaluation::{
    Assessed, BehaviourSuite, ModelIdentity, assess, behaviour_table, confident_errors, score,
};
use marsad::training::{Corpus, LabelledSentence};

use super::evaluate_prevalence::PrevalenceArgs;
use super::input::model_with_checksum;
use super::result_options::ResultOptions;
use super::slice_options::SliceOptions;
use super::{Common, terminal};

/// Measure a model on labelled sentences
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  marsad evaluate --model my-model held-out.jsonl
  marsad evaluate --model my-model held-out.jsonl --errors=3 --slice source --slice year
  marsad evaluate --model my-model held-out.jsonl --details --json evaluation.json
  marsad evaluate --model my-model held-out.jsonl --report report.html --plots figures
  marsad evaluate --model my-model --behaviour data/behaviour.jsonl --failures

Data is JSONL, CSV or TSV with the fields text and label, and group where sentences belong
together: sentences of one group are resampled together for the 95 % bootstrap intervals. The
tables show percentile intervals, --details and --json BCa intervals too. A slice is marked as
worse if its accuracy is below that of the other sentences by a one-sided permutation test over
groups, p < 0.05 after Holm's correction for the slices of the field.")]
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
    #[command(flatten)]
    slices: SliceOptions,
    #[command(flatten)]
    result: ResultOptions,
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
    options.result.refuse_existing()?;
    let (classifier, checksum) = model_with_checksum(options.model.as_ref())?;
    if !options.data.is_empty() {
        measure(options, &classifier, checksum, common)?;
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
fn measure(
    options: &Options,
    classifier: &Classifier,
    checksum: String,
    common: &Common,
) -> anyhow::Result<()> {
    let corpus = read_corpus(&options.data, options.strict, common)?;
    let scored = score(classifier, &corpus.sentences);
    for (label, n) in &scored.unknown_labels {
        warn(&format!(
            "{n} sentences are labelled «{label}», which the model does not know; they are left out"
        ));
    }
    let sentences: Vec<&LabelledSentence> = scored
        .rows
        .iter()
        .map(|&row| &corpus.sentences[row])
        .collect();
    let slicings = match sentences.is_empty() {
        // That is said first.
        true => Vec::new(),
        false => options.slices.slicings(&sentences)?,
    };
    let name = options.model.as_ref().map_or_else(
        || "embedded".to_owned(),
        |directory| directory.display().to_string(),
    );
    let prevalence =
        options
            .prevalence
            .prevalence(classifier, &scored.scores, options.seed, common.quiet)?;
    let mut evaluation = assess(Assessed {
        model: ModelIdentity {
            name,
            sha256: Some(checksum),
            training: classifier.config().training.clone(),
        },
        data: &corpus.files,
        labels: classifier.labels(),
        scores: &scored.scores,
        errors: confident_errors(classifier, &corpus, &scored, options.result.examples()),
        unknown_labels: scored.unknown_labels,
        slicings: &slicings,
        resampling: options.result.resampling(options.seed),
    })?;
    evaluation.prevalence = prevalence;
    options.result.put_out(&evaluation)?;
    if let Some(prevalence) = &evaluation.prevalence {
        write!(
            anstream::stdout(),
            "\n{}",
            prevalence.render(options.result.markdown())
        )?;
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
        behaviour_table(&results).render(options.result.markdown())
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
