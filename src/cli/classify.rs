//! `marsad classify`

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use marsad::archive::{Batch, BatchOptions, CsvRows, JsonlRows, RowFormat, Tally};

use super::input::{InputOptions, load_model};
use super::output::Output;
use super::table_rows::TableRows;
use super::{Common, progress, terminal};

/// Tag sentences or documents
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  marsad classify \"أدان وزير الخارجية الهجوم على السفارة\"
  marsad classify --split articles.jsonl --drop-boilerplate -o tagged.jsonl
  zstdcat archive.jsonl.zst | marsad classify --split --format csv > tagged.csv
  marsad classify --model my-model --min-confidence 0.8 sentences.txt")]
pub(super) struct Options {
    #[command(flatten)]
    input: InputOptions,
    /// Split each document into sentences and tag each of them
    #[arg(long)]
    split: bool,
    /// With --split: leave out bylines, share buttons, links, dates and other page furniture
    #[arg(long, requires = "split")]
    drop_boilerplate: bool,
    /// A model directory [default: the embedded model]
    #[arg(short, long, value_name = "DIR")]
    model: Option<PathBuf>,
    /// Leave out sentences tagged with a lower probability, 0 to 1
    #[arg(long, value_name = "P", default_value_t = 0.0, value_parser = probability)]
    min_confidence: f32,
    /// How to write [default: table on a terminal, csv into a .csv file, jsonl elsewhere]
    #[arg(short, long, value_enum)]
    format: Option<Format>,
    /// Where to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace the output file if it exists
    #[arg(long)]
    overwrite: bool,
    /// Stop at the first record that cannot be read, instead of skipping it
    #[arg(long)]
    strict: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Aligned and coloured, for people
    Table,
    /// A JSON object a line
    Jsonl,
    /// Comma-separated values with a header
    Csv,
}

fn probability(value: &str) -> Result<f32, String> {
    match value.parse() {
        Ok(probability) if (0.0..=1.0).contains(&probability) => Ok(probability),
        _ => Err("must be a number from 0 to 1".to_owned()),
    }
}

pub(super) fn run(options: &Options, common: &Common) -> anyhow::Result<()> {
    let classifier = load_model(options.model.as_ref())?;
    let inputs = options.input.open()?;
    let labels = classifier.labels();
    let format = options.format();
    let rows: Box<dyn RowFormat> = match format {
        Format::Table => Box::new(TableRows::new(labels, terminal::width())),
        Format::Jsonl => Box::new(JsonlRows { labels }),
        Format::Csv => Box::new(CsvRows { labels }),
    };
    let mut output = match (&options.output, format) {
        (Some(path), _) => Output::file(path, options.overwrite)?,
        (None, Format::Table) => Output::stdout(),
        (None, _) => Output::plain_stdout(),
    };
    let mut header = Vec::new();
    rows.header(&mut header);
    std::io::Write::write_all(&mut output, &header)?;

    let batch = Batch::new(
        &classifier,
        BatchOptions {
            split: options.split,
            drop_boilerplate: options.drop_boilerplate,
            min_confidence: options.min_confidence,
        },
        rows.as_ref(),
    );
    let started = Instant::now();
    let mut tally = Tally::default();
    for input in inputs {
        let bar = progress::bytes(input.length(), common.quiet);
        let mut rejected = |rejection: marsad::archive::Rejection| {
            if options.strict {
                return Err(rejection.into());
            }
            bar.suspend(|| {
                anstream::eprintln!(
                    "{}skipped:{} {rejection}",
                    terminal::WARNING,
                    terminal::RESET
                );
            });
            Ok(())
        };
        let blocks = options.input.blocks(input)?;
        let part = batch.run(blocks, &mut output, &mut rejected, &mut |n| bar.inc(n))?;
        bar.finish_and_clear();
        tally.add(&part);
    }
    output.finish()?;
    if !common.quiet {
        report(&tally, labels, started.elapsed().as_secs_f64());
    }
    Ok(())
}

impl Options {
    fn format(&self) -> Format {
        let into_csv = || {
            self.output
                .as_ref()
                .and_then(|path| path.extension())
                .is_some_and(|ending| ending == "csv")
        };
        self.format.unwrap_or_else(|| match &self.output {
            None if terminal::is_terminal() => Format::Table,
            _ if into_csv() => Format::Csv,
            _ => Format::Jsonl,
        })
    }
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
