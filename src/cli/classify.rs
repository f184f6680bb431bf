//! `marsad classify`

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, bail};
use clap::{ArgGroup, Args};
use marsad::archive::{
    Batch, BatchOptions, Input, LeftOut, OnDuplicate, Rejection, RowShape, Summary, SummaryReport,
    Unit,
};
use marsad::model::Thresholds;
use marsad::{Classifier, Error};
use serde_json::{Map, Value, json};

use super::archive_run::ArchiveRun;
use super::input::{InputOptions, model_with_checksum, reason_against, size};
use super::output::Output;
use super::row_options::{RowOptions, Rows};
use super::{Common, progress, terminal};

/// What `--below` takes for no label.
const ABSTAIN: &str = "abstain";
/// What sentences without label are called in counts.
const WITHOUT_LABEL: &str = "(no label)";

/// Tag sentences or documents
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("splitting").args(["split", "per"]).multiple(true))]
#[command(after_help = "Examples:
  marsad classify \"أدان وزير الخارجية الهجوم على السفارة\"
  marsad classify --split articles.jsonl --drop-boilerplate -o tagged.jsonl
  zstdcat archive.jsonl.zst | marsad classify --split --format csv > tagged.csv
  marsad classify sentences.txt --format tsv --fields label,confidence -o labels.tsv
  marsad classify archive.jsonl --per document -o documents.csv
  marsad classify archive/ --split --drop-boilerplate -o tagged/ --compress zstd      (shards; after a crash, again with --resume)
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
    /// Where the model has thresholds: what sentences get whose likeliest label does not reach its own, a label or `abstain`
    ///
    /// With `abstain` their label stays empty (null in JSONL) and their confidence is that of the likeliest label; with a label it
    /// is that label's. [default: abstain]
    #[arg(long, value_name = "LABEL|abstain")]
    below: Option<String>,
    #[command(flatten)]
    rows: RowOptions,
    /// Look for sentences that stood in the input before, word for word or nearly
    #[arg(long, value_enum, value_name = "ACTION")]
    dedup: Option<Dedup>,
    /// With --dedup: the memory for what was seen; about 160 bytes a sentence are ample [bytes, or with K, M or G]
    #[arg(long, value_name = "SIZE", default_value = "128M", value_parser = size, requires = "dedup")]
    dedup_memory: usize,
    /// Stop at the first record that cannot be read, instead of skipping it
    #[arg(long)]
    strict: bool,
    /// Write what could not be read to a file too, as JSON lines; an output folder holds such files anyway
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// Write counts by label, month and input: .html for a page with plots, .json, or .txt
    #[arg(long, value_name = "FILE")]
    summary: Option<PathBuf>,
    /// Go on with the run in the output folder that was stopped or crashed
    #[arg(long, requires = "output")]
    resume: bool,
    /// In an output folder: begin a new shard after so many bytes of rows [bytes, or with K, M or G]
    #[arg(long, value_name = "SIZE", default_value = "256M", value_parser = size)]
    shard_size: usize,
}

/// What becomes of a sentence that stood in the input before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Dedup {
    /// Its row has the field `duplicate`: exact or near
    Mark,
    /// It has no row
    Skip,
}

fn probability(value: &str) -> Result<f32, String> {
    match value.parse() {
        Ok(probability) if (0.0..=1.0).contains(&probability) => Ok(probability),
        _ => Err("must be a number from 0 to 1".to_owned()),
    }
}

pub(super) fn run(options: &Options, common: &Common) -> anyhow::Result<ExitCode> {
    let unit = options.rows.unit();
    let split = options.split || unit == Unit::Document;
    let (classifier, checksum) = model_with_checksum(options.model.as_ref())?;
    let inputs = options.input.open_all()?;
    let labels = classifier.labels();
    let thresholds = options.thresholds(&classifier)?;
    // What is counted: labels, and sentences without one.
    let mut counted = labels.to_vec();
    if thresholds.as_ref().is_some_and(Thresholds::abstains) {
        counted.push(WITHOUT_LABEL.to_owned());
    }
    let (carried, all_carried) = options.input.carried();
    let shape = RowShape {
        unit,
        split,
        carried,
        all_carried,
        duplicates: options.dedup == Some(Dedup::Mark) && unit == Unit::Sentence,
        abstains: counted.len() > labels.len(),
    };
    let rows = options.rows.rows(labels, &shape)?;

    let mut batch = Batch::new(
        &classifier,
        BatchOptions {
            unit,
            split,
            drop_boilerplate: options.drop_boilerplate,
            min_confidence: options.min_confidence,
            thresholds,
        },
        rows.format(),
    );
    if let Some(dedup) = options.dedup {
        let action = match dedup {
            Dedup::Mark => OnDuplicate::Mark,
            Dedup::Skip => OnDuplicate::Skip,
        };
        batch = batch.with_duplicates(action, options.dedup_memory)?;
    }
    let started = Instant::now();
    let names: Vec<String> = inputs.iter().map(|input| input.name.clone()).collect();
    let (summary, code) = if let Some(directory) = options.rows.directory() {
        if options.rejects.is_some() {
            bail!(
                "--rejects: {} will hold what could not be read, in rejects-*.jsonl",
                directory.display()
            );
        }
        let run = ArchiveRun {
            batch: &batch,
            rows: &rows,
            row_options: &options.rows,
            reading: &options.input.read_options(),
            settings: options.settings(&classifier),
            n_classes: batch.n_counts(),
            model: checksum.clone(),
            shard_bytes: options.shard_size as u64,
            resume: options.resume,
            strict: options.strict,
            quiet: common.quiet,
        };
        run.run(inputs, directory)?
    } else if options.resume {
        bail!("only a run into a folder can be resumed: end the name of the output with /");
    } else {
        let mut summary = Summary::new(batch.n_counts());
        options.single_output(inputs, &batch, &rows, &checksum, &mut summary, common.quiet)?;
        (summary, ExitCode::SUCCESS)
    };
    if let Some(path) = &options.summary {
        let name = options
            .model
            .as_ref()
            .map_or("the embedded model".into(), |path| {
                path.display().to_string()
            });
        let report = SummaryReport::new(&summary, &counted, &names, &name)?
            .checksum(&checksum)
            .elapsed(started.elapsed())
            .whole_documents(!split);
        write_summary(&report, path)?;
    }
    if !common.quiet {
        report(&summary, &counted, started.elapsed().as_secs_f64());
    }
    Ok(code)
}

impl Options {
    fn below_or_abstain(&self) -> &str {
        self.below.as_deref().unwrap_or(ABSTAIN)
    }

    /// The thresholds of the model, if it has any.
    fn thresholds(&self, classifier: &Classifier) -> anyhow::Result<Option<Thresholds>> {
        let label = Some(self.below_or_abstain()).filter(|below| *below != ABSTAIN);
        let thresholds = Thresholds::of(classifier.config(), label)?;
        if thresholds.is_none() && self.below.is_some() {
            bail!(
                "--below: the model has no thresholds; `marsad threshold --store` finds and stores them"
            );
        }
        Ok(thresholds)
    }

    /// Classifies `inputs` into one file or standard output, by the model of the checksum `model`.
    fn single_output(
        &self,
        inputs: Vec<Input>,
        batch: &Batch,
        rows: &Rows,
        model: &str,
        summary: &mut Summary,
        quiet: bool,
    ) -> anyhow::Result<()> {
        let mut output = self.rows.open(rows, model)?;
        let mut rejects = match &self.rejects {
            Some(path) => Some((path, Output::file(path, self.rows.overwrite())?)),
            None => None,
        };
        let mut line = Vec::new();
        for (number, input) in (0..).zip(inputs) {
            let bar = progress::bytes(input.length(), quiet);
            let mut rejected = |rejection: Rejection| {
                if self.strict {
                    return Err(rejection.into());
                }
                if let Some((path, file)) = &mut rejects {
                    line.clear();
                    rejection.append_json_line(&mut line);
                    file.write_all(&line).map_err(|e| Error::io(*path, e))?;
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
            if let Some(reason) = reason_against(&input) {
                let rejection = Rejection::unreadable(&input.name, reason);
                summary.add_rejected(rejection.reason.name());
                rejected(rejection)?;
                continue;
            }
            let blocks = self.input.blocks(input)?;
            let mut progress = |n| bar.inc(n);
            batch.run(
                number,
                blocks,
                summary,
                &mut output,
                &mut rejected,
                &mut progress,
            )?;
            bar.finish_and_clear();
        }
        output.finish()?.finish()?;
        rejects.map_or(Ok(()), |(_, file)| file.finish())
    }

    /// What the output depends on, beside inputs and model.
    fn settings(&self, classifier: &Classifier) -> Map<String, Value> {
        let own = json!({
            "split": self.split,
            "drop_boilerplate": self.drop_boilerplate,
            "min_confidence": self.min_confidence,
            "shard_size": self.shard_size,
            "dedup": self.dedup.map(|dedup| format!("{dedup:?}")),
            "dedup_memory": self.dedup.map(|_| self.dedup_memory),
        });
        let mut settings = own.as_object().cloned().unwrap_or_default();
        let thresholds = &classifier.config().thresholds;
        // They are no part of the weights, whose checksum stands for the model.
        if !thresholds.is_empty() {
            settings.insert("thresholds".to_owned(), json!(thresholds));
            settings.insert("below".to_owned(), json!(self.below_or_abstain()));
        }
        settings.extend(self.rows.settings());
        settings.extend(self.input.settings());
        settings
    }
}

/// Writes a summary in the form that the ending of its file's name asks for.
fn write_summary(report: &SummaryReport, path: &Path) -> anyhow::Result<()> {
    let text = match path.extension().and_then(|ending| ending.to_str()) {
        Some("html" | "htm") => report.to_html(),
        Some("json") => report.to_json(),
        _ => report.to_text(),
    };
    std::fs::write(path, text).with_context(|| path.display().to_string())
}

/// Says on standard error what was done.
fn report(summary: &Summary, labels: &[String], seconds: f64) {
    let total = summary.rows();
    let unsure = summary.left_out(LeftOut::LowConfidence);
    let skipped =
        summary.left_out(LeftOut::ExactDuplicate) + summary.left_out(LeftOut::NearDuplicate);
    let (exact, near) = summary.marked();
    let sentences = total + unsure + skipped;
    let rate = sentences as f64 / seconds.max(1e-9);
    anstream::eprintln!(
        "{}{} from {} in {seconds:.1} s ({rate:.0} a second){}",
        terminal::DIM,
        count(sentences, "sentence"),
        count(summary.documents(), "record"),
        terminal::RESET
    );
    if total > 0 {
        let shares = labels
            .iter()
            .enumerate()
            .map(|(class, label)| (label, summary.rows_of(class)))
            .map(|(label, n)| format!("{label} {n} ({:.1} %)", 100.0 * n as f64 / total as f64));
        anstream::eprintln!(
            "{}{}{}",
            terminal::DIM,
            shares.collect::<Vec<_>>().join("  "),
            terminal::RESET
        );
    }
    for (n, what) in [
        (
            summary.left_out(LeftOut::PageFurniture),
            "left out as page furniture",
        ),
        (unsure, "left out for low confidence"),
        (
            summary.left_out(LeftOut::ExactDuplicate),
            "left out as exact duplicates",
        ),
        (
            summary.left_out(LeftOut::NearDuplicate),
            "left out as near-duplicates",
        ),
        (exact, "marked as exact duplicates"),
        (near, "marked as near-duplicates"),
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
    let rejected: u64 = summary.rejected().map(|(_, n)| n).sum();
    if rejected > 0 {
        anstream::eprintln!(
            "{}{} could not be read and {} skipped{}; --strict stops at the first",
            terminal::WARNING,
            count(rejected, "record"),
            if rejected == 1 { "was" } else { "were" },
            terminal::RESET
        );
    }
}

fn count(n: u64, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}
