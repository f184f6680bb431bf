//! `marsad cross-validate`

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use marsad::evaluation::{
    Assessed, CrossValidationResult, LearningCurveResult, ModelIdentity, Part, assess,
    cross_validate, cross_validated_curve, parts_by_date, parts_by_value, stratified_parts,
};
use marsad::training::{Corpus, LabelledSentence, TrainingConfig};

use super::evaluate::{read_corpus, warn};
use super::result_options::ResultOptions;
use super::slice_options::{SliceOptions, period};
use super::train::ConfigOptions;
use super::vectors::VectorOptions;
use super::{Common, progress};

/// Measure a configuration on sentences it was not trained on
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  marsad cross-validate labelled.jsonl --folds 5 --repeats 3
  marsad cross-validate labelled.jsonl --by-date date
  marsad cross-validate labelled.jsonl --leave-one-out source --slice genre
  marsad cross-validate labelled.jsonl --learning-curve --report report.html

Every part is scored by a model that was trained, vocabulary and calibration included, without
it and without its groups. By date the data is cut at months into folds + 1 stretches, and each
is scored by a model of those before it. `marsad tune` compares configurations, `marsad evaluate`
measures a model that is there.")]
pub(super) struct Options {
    /// Labelled data: .jsonl, .csv or .tsv files, or folders of them
    #[arg(required = true, value_name = "DATA")]
    data: Vec<PathBuf>,
    /// How many folds, or periods that are scored [default: 5]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000), conflicts_with = "leave_one_out")]
    folds: Option<u32>,
    /// How often the sentences are dealt out anew
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1000), conflicts_with_all = ["by_date", "leave_one_out"])]
    repeats: u32,
    /// Train on the past and score the future, by the dates in a field
    #[arg(long, value_name = "FIELD", conflicts_with = "leave_one_out")]
    by_date: Option<String>,
    /// Leave each value of a field out once, such as each source
    #[arg(long, value_name = "FIELD")]
    leave_one_out: Option<String>,
    /// Also train on samples of each part, and say what twice the labels would bring
    #[arg(long)]
    learning_curve: bool,
    /// The sizes of the samples, as shares of what a part is trained on
    #[arg(long, value_name = "SHARE,…", value_delimiter = ',', default_value = "0.1,0.2,0.4,0.7,1", value_parser = share, requires = "learning_curve")]
    shares: Vec<f64>,
    #[command(flatten)]
    config: ConfigOptions,
    #[command(flatten)]
    vectors: VectorOptions,
    #[command(flatten)]
    slices: SliceOptions,
    #[command(flatten)]
    result: ResultOptions,
    /// Stop if a record cannot be used, instead of skipping it
    #[arg(long)]
    strict: bool,
}

fn share(value: &str) -> Result<f64, String> {
    let share = value
        .parse()
        .ok()
        .filter(|share| *share > 0.0 && *share <= 1.0);
    share.ok_or_else(|| "must be a number above 0 and at most 1, such as 0.25".to_owned())
}

pub(super) fn run(options: &Options, common: &Common) -> anyhow::Result<()> {
    options.result.refuse_existing()?;
    let config = options.config.load()?;
    let vectors = options.vectors.load()?;
    let corpus = read_corpus(&options.data, options.strict, common)?;
    let parts = parts(options, &corpus, &config)?;
    let examples = options.result.examples();
    let bar = progress::steps(parts.len() as u64, "cross-validating", common.quiet);
    let step = || bar.inc(1);
    let validated = cross_validate(&corpus, &parts, &config, vectors.as_ref(), examples, step)?;
    bar.finish_and_clear();
    for part in &validated.parts {
        if !part.labels_not_trained.is_empty() {
            warn(&format!(
                "{}: no sentence trained on has the label {}, so all of these are errors",
                part.name,
                part.labels_not_trained.join(", ")
            ));
        }
    }
    let curve = match options.learning_curve {
        true => {
            let n_parts = parts.iter().filter(|part| part.repeat == 0).count();
            let n_models = (n_parts * options.shares.len()) as u64;
            let bar = progress::steps(n_models, "learning curve", common.quiet);
            let points = cross_validated_curve(
                &corpus,
                &parts,
                &config,
                vectors.as_ref(),
                &options.shares,
                || bar.inc(1),
            )?;
            bar.finish_and_clear();
            Some(LearningCurveResult::of(&points))
        }
        false => None,
    };
    let scored: Vec<&LabelledSentence> = validated
        .rows
        .iter()
        .map(|&row| &corpus.sentences[row])
        .collect();
    let macro_f1_of_repeats = validated.macro_f1_of_repeats();
    let n_scored_once = validated
        .repeats
        .iter()
        .filter(|&&repeat| repeat == 0)
        .count();
    let labels = corpus.labels();
    let mut evaluation = assess(Assessed {
        model: ModelIdentity {
            name: "cross-validation".to_owned(),
            sha256: None,
            training: serde_json::json!({ "config": config }),
        },
        data: &corpus.files,
        labels: &labels,
        scores: &validated.scores,
        unknown_labels: BTreeMap::new(),
        errors: validated.errors,
        slicings: &options.slices.slicings(&scored)?,
        resampling: options.result.resampling(config.seed),
    })?;
    evaluation.cross_validation = Some(CrossValidationResult {
        design: match (&options.by_date, &options.leave_one_out) {
            (Some(_), _) => "by date",
            (_, Some(_)) => "leave one out",
            _ => "stratified groups",
        }
        .to_owned(),
        field: options
            .by_date
            .clone()
            .or_else(|| options.leave_one_out.clone()),
        repeats: options.repeats,
        macro_f1_of_repeats,
        never_scored: corpus.sentences.len() - n_scored_once,
        parts: validated.parts,
    });
    evaluation.learning_curve = curve;
    options.result.put_out(&evaluation)
}

fn parts(options: &Options, corpus: &Corpus, config: &TrainingConfig) -> anyhow::Result<Vec<Part>> {
    let folds = options.folds.unwrap_or(5);
    if let Some(field) = &options.leave_one_out {
        return Ok(parts_by_value(corpus, field)?);
    }
    let Some(field) = &options.by_date else {
        return Ok(stratified_parts(
            corpus,
            folds,
            options.repeats,
            config.seed,
        )?);
    };
    let periods: Vec<Option<String>> = corpus
        .sentences
        .iter()
        .map(|sentence| period(sentence.field(field)?))
        .collect();
    let n_without = periods.iter().filter(|period| period.is_none()).count();
    if n_without > 0 {
        warn(&format!(
            "{n_without} of {} sentences have no date in «{field}» that can be read, such as 2015-08-06; they are left out",
            periods.len()
        ));
    }
    Ok(parts_by_date(corpus, &periods, folds)?)
}
