//! `marsad inspect`

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use marsad::evaluation::Table;

use super::input::load_model;
use super::terminal::{BOLD, RESET, isolate};

/// Show what a model is made of
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  marsad inspect
  marsad inspect my-model --top 30
  marsad inspect my-model --json")]
pub(super) struct Options {
    /// A model directory [default: the embedded model]
    model: Option<PathBuf>,
    /// How many features to list for each label, at most 30
    #[arg(long, value_name = "N", default_value_t = 12)]
    top: usize,
    /// Write the whole configuration as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(options: &Options) -> anyhow::Result<()> {
    let mut out = anstream::stdout();
    let classifier = load_model(options.model.as_ref())?;
    let config = classifier.config();
    if options.json {
        writeln!(out, "{}", serde_json::to_string_pretty(config)?)?;
        return Ok(());
    }
    let table = classifier.table();
    let weights = table.n_rows() * table.n_classes();
    let n_buckets = config.features.n_buckets();
    let used = (0..n_buckets as u32)
        .filter(|&bucket| table.row(bucket).iter().any(|&weight| weight != 0))
        .count();
    writeln!(out, "labels      {}", config.labels.join(", "))?;
    writeln!(
        out,
        "normaliser  {}",
        serde_json::to_value(config.normalizer)?
            .as_str()
            .unwrap_or_default()
    )?;
    writeln!(
        out,
        "features    {}",
        serde_json::to_string(&config.features)?
    )?;
    writeln!(
        out,
        "buckets     {} ({:.1} % in use)",
        n_buckets,
        100.0 * used as f64 / n_buckets as f64
    )?;
    writeln!(out, "vectors     {} known words", config.known_words)?;
    writeln!(
        out,
        "weights     {weights} of 16 bits, {:.1} MiB",
        (2 * weights) as f64 / f64::from(1 << 20)
    )?;
    for (label, threshold) in &config.thresholds {
        writeln!(out, "threshold   {label} from {threshold}")?;
    }
    writeln!(
        out,
        "trained on  {} sentences",
        config
            .training
            .get("sentences")
            .unwrap_or(&serde_json::Value::Null)
    )?;
    if let Some(estimator) = config.training.pointer("/config/estimator") {
        writeln!(out, "estimator   {estimator}")?;
    }
    for (label, features) in config.labels.iter().zip(&config.top_features) {
        writeln!(out, "\n{BOLD}{label}{RESET}")?;
        let mut rows = Table::new(["weight", "feature"]);
        for feature in features.iter().take(options.top) {
            rows.push([format!("{:+.2}", feature.weight), isolate(&feature.feature)]);
        }
        write!(out, "{}", rows.to_text())?;
    }
    Ok(())
}
