//! `marsad classify`

use std::path::PathBuf;
use std::time::Instant;

use clap::{ArgGroup, Args};
use marsad::archive::{Batch, BatchOptions, RowShape, Tally, Unit};

use super::input::{Input, InputOptions, load_model};
use super::row_options::RowOptions;
use super::{Common, progress, terminal};

/// Tag sentences or documents
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("splitting").args(["split", "per"]).multiple(true))]
#[command(after_help = "Examples:
  marsad classify \"أدان وزير الخارجية الهجوم على السفارة\"
  marsad classify --split articles.jsonl --drop-boilerplate -o tagged.jsonl
  zstdcat archive.jsonl.zst | marsad classify --split --format csv > tagged.csv
  marsad classify sentences.txt --format tsv --fields label,confidence -o labels.tsv
  marsad classify archive.jsonl --per document -o documents.csv
  marsad classify --model my-model --min-confidence 0.8 sentences.txt")]
pub(super) struct Options {
    #[command(flatten)]
    input: InputOptions,
    /// Split each document into sentences and tag each of them
    #[arg(long)]
    split: bool,
    /// With --split or --per document: leave out bylines, share buttons, links, dates and other page furniture
    #[arg(long, requires = "splitting")]
    drop_boilerplate: bool,
    /// A model directory [default: the embedded model]
    #[arg(short, long, value_name = "DIR")]
    model: Option<PathBuf>,
    /// Leave out sentences tagged with a lower probability, 0 to 1
    #[arg(long, value_name = "P", default_value_t = 0.0, value_parser = probability)]
    min_confidence: f32,
    #[command(flatten)]
    rows: RowOptions,
    /// Stop at the first record that cannot be read, instead of skipping it
    #[arg(long)]
    strict: bool,
}

fn probability(value: &str) -> Result<f32, String> {
    match value.parse() {
        Ok(probability) if (0.0..=1.0).contains(&probability) => Ok(probability),
        _ => Err("must be a number from 0 to 1".to_owned()),
    }
}

pub(super) fn run(options: &Options, common: &Common) -> anyhow::Result<()> {
    let unit = options.rows.unit();
    let split = options.split || unit == Unit::Document;
    let classifier = load_model(options.model.as_ref())?;
    let inputs = options.input.open()?;
    let labels = classifier.labels();
    let shape = RowShape {
        unit,
        split,
        ..RowShape::default()
    };
    let rows = options.rows.rows(labels, &shape)?;
    let mut output = options.rows.open(&rows)?;

    let batch = Batch::new(
        &classifier,
        BatchOptions {
            unit,
            split,
            drop_boilerplate: options.drop_boilerplate,
            min_confidence: options.min_confidence,
        },
        rows.format(),
    );
    let started = Instant::now();
    let mut tally = Tally::default();
    for Input {
        name,
        format,
        reader,
        length,
    } in inputs
    {
        let bar = progress::bytes(length, common.quiet);
        let mut rejected = |error: marsad::Error| {
            if options.strict {
                return Err(error);
            }
            bar.suspend(|| {
                anstream::eprintln!("{}skipped:{} {error}", terminal::WARNING, terminal::RESET);
            });
            Ok(())
        };
        let part = batch.run(
            &name,
            reader,
            &format,
            &mut output,
            &mut rejected,
            &mut |n| bar.inc(n),
        )?;
        bar.finish_and_clear();
        tally.add(&part);
    }
    output.finish()?.finish()?;
    if !common.quiet {
        report(&tally, labels, started.elapsed().as_secs_f64());
    }
    Ok(())
}

/// Says on standard error what was done.
fn report(tally: &Tally, labels: &[String], seconds: f64) {
    let total: u64 = tally.rows.iter().sum();
    let sentences = total + tally.unsure;
    let rate = sentences as f64 / seconds.max(1e-9);
    anstream::eprintln!(
        "{}{} from {} in {seconds:.1} s ({rate:.0} a second){}",
        terminal::DIM,
        count(sentences, "sentence"),
        count(tally.documents, "record"),
        terminal::RESET
    );
    if total > 0 {
        let shares = labels
            .iter()
            .zip(&tally.rows)
            .map(|(label, &n)| format!("{label} {n} ({:.1} %)", 100.0 * n as f64 / total as f64));
        anstream::eprintln!(
            "{}{}{}",
            terminal::DIM,
            shares.collect::<Vec<_>>().join("  "),
            terminal::RESET
        );
    }
    for (n, what) in [
        (tally.boilerplate, "left out as page furniture"),
        (tally.unsure, "left out for low confidence"),
    ] {
        if n > 0 {
            anstream::eprintln!(
                "{}{} {what}{}",
                terminal::DIM,
                count(n, "unit"),
                terminal::RESET
            );
        }
    }
    if tally.rejected > 0 {
        anstream::eprintln!(
            "{}{} could not be read and {} skipped{}; --strict stops at the first",
            terminal::WARNING,
            count(tally.rejected, "record"),
            if tally.rejected == 1 { "was" } else { "were" },
            terminal::RESET
        );
    }
}

fn count(n: u64, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}
