//! `marsad tune`

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use marsad::evaluation::{Candidate, Figure, Table, ranking, search};
use marsad::features::FeatureConfig;
use marsad::training::{
    ClassWeights, ComplementNaiveBayesParams, Estimator, LinearSvmParams, LogisticRegressionParams,
    Member, StackedEnsembleParams, TrainingConfig,
};

use serde::Deserialize;
use serde_json::Value;

use super::evaluate::{read_corpus, warn};
use super::train::ConfigOptions;
use super::vectors::{NO_VECTORS, VectorOptions};
use super::{Common, progress};

/// Compare configurations by cross-validation
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  marsad tune labelled.jsonl -o best.json && marsad train labelled.jsonl --config best.json -o my-model
  marsad tune labelled.jsonl --ablation
  marsad tune labelled.jsonl --candidates candidates.json --by accuracy -o best.json

A file of candidates is a JSON array of objects, each a change to --config, with two fields of its own: \"title\" (required) and
\"no_vectors\" (true to train without word vectors):
  [{\"title\": \"c = 1\", \"estimator\": {\"name\": \"linear_svm\", \"c\": 1}, \"features\": {\"subwords\": false}}]

Folds are stratified by label and never cut a group. Everything not tried is as in --config.")]
pub(super) struct Options {
    /// Labelled data: .jsonl, .csv or .tsv files, or folders of them
    #[arg(required = true, value_name = "DATA")]
    data: Vec<PathBuf>,
    #[command(flatten)]
    config: ConfigOptions,
    #[command(flatten)]
    vectors: VectorOptions,
    /// Instead of estimators, try the configuration without each kind of feature
    #[arg(long)]
    ablation: bool,
    /// Instead of estimators, try the changes to the configuration that a file names
    #[arg(long, value_name = "FILE", conflicts_with = "ablation")]
    candidates: Option<PathBuf>,
    /// The figure that decides which configuration is best
    #[arg(long, value_enum, default_value_t = By::MacroF1)]
    by: By,
    /// Write the best configuration to a file, for `marsad train --config`
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write the table as Markdown
    #[arg(long)]
    markdown: bool,
    /// Stop if a record cannot be used, instead of skipping it
    #[arg(long)]
    strict: bool,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum By {
    MacroF1,
    Accuracy,
    LogLoss,
}

impl By {
    fn figure(self) -> Figure {
        match self {
            Self::MacroF1 => Figure::MacroF1,
            Self::Accuracy => Figure::Accuracy,
            Self::LogLoss => Figure::LogLoss,
        }
    }
}

pub(super) fn run(options: &Options, common: &Common) -> anyhow::Result<()> {
    let mut out = anstream::stdout();
    let base = options.config.load()?;
    let corpus = read_corpus(&options.data, options.strict, common)?;
    let vectors = options.vectors.load()?;
    let candidates = match &options.candidates {
        Some(path) => read_candidates(path, &base)?,
        None if options.ablation => ablations(&base, vectors.is_some()),
        None => estimators(&base),
    };
    let bar = progress::steps(candidates.len() as u64, "cross-validating", common.quiet);
    let scores = search(&corpus, &candidates, vectors.as_ref(), || bar.inc(1))?;
    bar.finish_and_clear();

    let best_first = ranking(&scores, options.by.figure());
    let order: Vec<usize> = match options.ablation {
        true => (0..candidates.len()).collect(),
        false => best_first.clone(),
    };
    let mut table = Table::new([
        "configuration",
        "macro-F1",
        "95 % interval",
        "accuracy",
        "log-loss",
        "calibration error",
    ]);
    for &index in &order {
        let value = |figure| {
            scores[index]
                .value(figure)
                .map_or_else(|| "–".to_owned(), |value| format!("{value:.4}"))
        };
        let interval = scores[index].interval(Figure::MacroF1, base.seed);
        table.push([
            candidates[index].name.clone(),
            value(Figure::MacroF1),
            interval.map_or_else(
                || "–".to_owned(),
                |i| format!("{:.3} – {:.3}", i.low, i.high),
            ),
            value(Figure::Accuracy),
            value(Figure::LogLoss),
            value(Figure::CalibrationError),
        ]);
    }
    write!(out, "{}", table.render(options.markdown))?;
    if let (Some(path), Some(&best)) = (&options.output, best_first.first()) {
        let best = &candidates[best];
        let json = serde_json::to_string_pretty(&best.config)?;
        std::fs::write(path, json + "\n").with_context(|| path.display().to_string())?;
        let flag = match best.vectors {
            true => options.vectors.flag(),
            false => Some(NO_VECTORS.to_owned()),
        };
        // Not a matter of --quiet: without the flag the model is another than the one that was measured.
        if let Some(flag) = flag {
            warn(&format!(
                "{} does not say which word vectors were used; give `marsad train` {flag} too",
                path.display()
            ));
        }
    }
    Ok(())
}

/// One entry of a file of candidates.
#[derive(Deserialize)]
struct Change {
    title: String,
    #[serde(default)]
    no_vectors: bool,
    #[serde(flatten)]
    config: serde_json::Map<String, Value>,
}

fn read_candidates(path: &Path, base: &TrainingConfig) -> anyhow::Result<Vec<Candidate>> {
    let name = || path.display().to_string();
    let text = std::fs::read_to_string(path).with_context(name)?;
    let changes: Vec<Change> = serde_json::from_str(&text).with_context(name)?;
    if changes.is_empty() {
        bail!("{}: there is no candidate in it", path.display());
    }
    let candidate = |change: Change| -> anyhow::Result<Candidate> {
        let mut config = serde_json::to_value(base)?;
        for (field, value) in change.config {
            match (&mut config[&field], value) {
                // Estimators differ in their parameters, so one is taken as a whole.
                (Value::Object(before), Value::Object(value)) if field != "estimator" => {
                    before.extend(value);
                }
                (before, value) => *before = value,
            }
        }
        Ok(Candidate {
            config: serde_json::from_value(config)
                .with_context(|| format!("{}: «{}»", path.display(), change.title))?,
            name: change.title,
            vectors: !change.no_vectors,
        })
    };
    changes.into_iter().map(candidate).collect()
}

fn estimators(base: &TrainingConfig) -> Vec<Candidate> {
    let logistic = |c| LogisticRegressionParams::default().c(c);
    let svm = |c| LinearSvmParams::default().c(c);
    let bayes = |alpha| ComplementNaiveBayesParams::default().alpha(alpha);
    let mut named = Vec::new();
    for c in [0.3, 1.0, 3.0, 10.0] {
        named.push((
            format!("logistic_regression, c = {c}"),
            Estimator::LogisticRegression(logistic(c)),
        ));
    }
    for c in [0.03, 0.1, 0.3, 1.0] {
        named.push((format!("linear_svm, c = {c}"), Estimator::LinearSvm(svm(c))));
    }
    for alpha in [0.1, 0.3, 1.0] {
        named.push((
            format!("complement_naive_bayes, alpha = {alpha}"),
            Estimator::ComplementNaiveBayes(bayes(alpha)),
        ));
    }
    let members = vec![
        Member::LogisticRegression(logistic(1.0)),
        Member::LinearSvm(svm(0.1)),
        Member::ComplementNaiveBayes(bayes(0.3)),
    ];
    let stack = StackedEnsembleParams::default().members(members);
    named.push((
        "stacked_ensemble of c = 1, c = 0.1, alpha = 0.3".to_owned(),
        Estimator::StackedEnsemble(stack),
    ));
    let mut candidates = Vec::new();
    for (name, estimator) in named {
        for (class_weights, weighted) in [
            (ClassWeights::None, ""),
            (ClassWeights::Balanced, ", balanced"),
        ] {
            candidates.push(Candidate {
                name: format!("{name}{weighted}"),
                config: TrainingConfig {
                    estimator: estimator.clone(),
                    class_weights,
                    ..base.clone()
                },
                vectors: true,
            });
        }
    }
    candidates
}

/// `base`, then without each kind of feature; word vectors are one where there are any.
fn ablations(base: &TrainingConfig, has_vectors: bool) -> Vec<Candidate> {
    let without = |name: &str, change: &dyn Fn(&mut FeatureConfig)| {
        let mut config = base.clone();
        change(&mut config.features);
        Candidate {
            name: name.to_owned(),
            config,
            vectors: true,
        }
    };
    let mut candidates = vec![
        without("all features", &|_| {}),
        without("without character n-grams", &|features| {
            features.char_ngrams = None
        }),
        without("without words", &|features| features.words = false),
        without("without word bigrams", &|features| {
            features.word_bigrams = false
        }),
        without("without subwords", &|features| features.subwords = false),
        without("without opening words", &|features| {
            features.opening_words = 0
        }),
        without("without n-grams of the opening", &|features| {
            features.opening_ngrams.clear()
        }),
    ];
    if has_vectors {
        candidates.push(Candidate {
            vectors: false,
            ..without("without word vectors", &|_| {})
        });
    }
    candidates
}
